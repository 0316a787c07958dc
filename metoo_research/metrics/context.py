"""On which platform a figure was counted, and of which campaign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from metoo_research.metrics.vocabulary import COMPANY_WORDS
from metoo_research.study import Platform, Study

#: How many sentences back a platform or a hashtag is still what a figure speaks of.
_LOOK_BACK = 5
#: Words that place a figure on no platform in particular.
_GENERIC: Final = (
    r"(?:on|across|over|through|via|throughout|all over|around)(?: \w+)? social[- ]"
    r"(?:media|networks?|networking)|online|(?:on|across) the (?:internet|web)"
)
_JOINED: Final = re.compile(r"(?:,\s|,?\s(?:and|or|as well as)\s(?:on\s)?|/)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a sentence names a platform; ``names`` is empty for "social media"."""

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A figure's platform ("Twitter", "Twitter+Facebook", or None) and how that is known."""

    platform: str | None
    basis: str | None


@dataclass(slots=True)
class Context:
    """What a study knows of platforms and campaigns, made ready for matching."""

    study: Study
    _platforms: re.Pattern[str] = field(init=False)
    _by_group: dict[str, Platform] = field(init=False)
    _campaign: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        """Compile one expression for all platforms and one for the campaign's names."""
        self._by_group = {f"p{n}": p for n, p in enumerate(self.study.platforms)}
        parts = [
            f"(?P<{group}>{_spellings(platform)})" for group, platform in self._by_group.items()
        ]
        self._platforms = re.compile("|".join([*parts, rf"\b(?i:{_GENERIC})\b"]))
        campaign = self.study.campaign
        names = [re.escape(name) for name in (*campaign.hashtags, *campaign.names)]
        self._campaign = (
            re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE) if names else None
        )

    @property
    def main_subject(self) -> str | None:
        """The campaign's first hashtag, else its first name."""
        campaign = self.study.campaign
        return next(iter((*campaign.hashtags, *campaign.names)), None)

    def mentions(self, text: str) -> list[Mention]:
        """Platforms named in a text, in order; neighbours joined ("Facebook and Twitter")."""
        found: list[Mention] = []
        for match in self._platforms.finditer(text):
            names = (self._by_group[match.lastgroup].name,) if match.lastgroup else ()
            last = found[-1] if found else None
            joined = (
                last
                and names
                and last.names
                and _JOINED.fullmatch(text[last.end : match.start()])
            )
            if last and joined:
                both = tuple(dict.fromkeys((*last.names, *names)))
                found[-1] = Mention(last.start, match.end(), both)
            else:
                found.append(Mention(match.start(), match.end(), names))
        return found

    def place_of(
        self,
        text: str,
        number: tuple[int, int],
        unit: tuple[int, int],
        neighbours: Sequence[tuple[int, int]],
        earlier: Sequence[str],
    ) -> Place:
        """Say on which platform a figure was counted.

        In this order: a word of the counted thing itself ("tweets"); a platform named in
        the sentence, the one nearest before the number, else the nearest behind it with no
        other number between; the last one named in the sentences before. "Social media"
        names no platform, and ends the search.

        Parameters
        ----------
        text
            The sentence.
        number, unit
            Spans in it.
        neighbours
            Spans of the other numbers of the sentence.
        earlier
            The sentences before, nearest first.
        """
        mentions = self.mentions(text)
        own = [m for m in mentions if unit[0] <= m.start < unit[1] and m.names]
        if own:
            names = dict.fromkeys(name for mention in own for name in mention.names)
            return Place("+".join(names), "unit word")
        before = [m for m in mentions if m.end <= number[0]]
        after = [
            m
            for m in mentions
            if m.start >= number[1]
            and not any(number[1] <= other[0] < m.start for other in neighbours)
        ]
        named_before = [m for m in before if m.names]
        nearest = named_before[-1] if named_before else None
        if nearest is None and after:
            nearest = next((m for m in after if m.names), after[0])
        if nearest is None and before:
            nearest = before[-1]
        if nearest is None:
            later = [m for m in mentions if m.names and m.start >= number[1]]
            nearest = later[0] if later else None
        if nearest is not None:
            return Place("+".join(nearest.names) or None, "same sentence")
        for sentence in earlier[:_LOOK_BACK]:
            named = [m for m in self.mentions(sentence) if m.names]
            if named:
                return Place("+".join(named[-1].names), "earlier sentence")
        return Place(None, None)

    def subject_of(self, text: str, earlier: Sequence[str]) -> str | None:
        """Say which campaign or hashtag a figure speaks of.

        A hashtag or campaign named in the sentence; for "this hashtag", "the trend" and the
        like the last one named before; else the study's own campaign.
        """
        here = self._campaigns_in(text)
        if here:
            return here[-1] if len(set(here)) > 1 and here[0] == self.main_subject else here[0]
        if _POINTS_BACK.search(text):
            for sentence in earlier[:_LOOK_BACK]:
                named = self._campaigns_in(sentence)
                if named:
                    return named[-1]
        return self.main_subject

    def _campaigns_in(self, text: str) -> list[str]:
        found: list[tuple[int, str]] = []
        if self._campaign and self.main_subject:
            found += [(m.start(), self.main_subject) for m in self._campaign.finditer(text)]
        known = {start for start, _ in found}
        for match in _OTHER_CAMPAIGN.finditer(text):
            name = match["tag"] or f"#{match['quoted']}"
            inside = self._campaign and self._campaign.fullmatch(name)
            if match.start() not in known and not inside:
                found.append((match.start(), name))
        return [name for _, name in sorted(found)]

    def company_of(self, said: str, text: str, earlier: Sequence[str]) -> str | None:
        """Resolve "the company" to the owner of the platform last named, or None."""
        if said.lower() not in COMPANY_WORDS:
            return None
        for sentence in (text, *earlier[:_LOOK_BACK]):
            named = [m for m in self.mentions(sentence) if m.names]
            if named:
                name = named[-1].names[-1]
                owner = next(p.owner for p in self.study.platforms if p.name == name)
                return owner or name
        return None

    def platform_called(self, said: str) -> str | None:
        """Give the platform's name if ``said`` is one of its names, else None."""
        match = self._platforms.fullmatch(said.strip())
        return self._by_group[match.lastgroup].name if match and match.lastgroup else None


_POINTS_BACK: Final = re.compile(
    r"\b(?:this|that|the same|the latter) (?:hashtag|trend|campaign|phrase|tag|movement)\b",
    re.IGNORECASE,
)
_OTHER_CAMPAIGN: Final = re.compile(
    r"(?<![\w&])(?P<tag>#(?=\w*[^\W\d_])\w+)"
    r"|[“\"‘'](?P<quoted>[A-Z]\w{3,40})[”\"’'],?\s"
    r"(?:posts?|hashtag|trend|campaign|movement|tweets)\b"
)


def _spellings(platform: Platform) -> str:
    """An expression for a platform's names (as written) and its own words (any case)."""
    names = [re.escape(name) for name in (platform.name, *platform.aliases)]
    words = [
        re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)
        for word in platform.words
    ]
    parts = [rf"(?<![\w@#])(?:{'|'.join(names)})(?!\w)"]
    if words:
        parts.append(rf"\b(?i:{'|'.join(words)})\b")
    return "|".join(parts)
