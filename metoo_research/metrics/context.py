"""What a study knows of platforms and campaigns, and what sentences name of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from metoo_research.metrics.attribution import Attribution, find_attributions
from metoo_research.metrics.vocabulary import (
    COMPANY_WORDS,
    FUNDRAISING_PLATFORMS,
    PETITION_PLATFORMS,
)
from metoo_research.metrics.windows import Window, find_windows
from metoo_research.study import DEFAULT_PLATFORMS, Platform, Study

#: How many sentences back a platform or a hashtag is still what a figure speaks of.
LOOK_BACK = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a sentence names a platform; ``names`` is empty for "social media"."""

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Social:
    """That a figure is of social media: its measure, and where it was counted."""

    measure: str | None
    platform: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A figure's platform ("Twitter", "Twitter+Facebook", or None) and how that is known.

    ``named`` has the platforms that are named, also those that the study does not list.
    """

    platform: str | None
    basis: str | None
    named: tuple[str, ...] = ()


class Sentence:
    """A sentence and what it names; each is looked for once, and only when it is asked for."""

    def __init__(self, text: str, context: Context) -> None:
        """Take a sentence of an article that a study is about."""
        self.text = text
        self._context = context
        #: What its last count of social media counts, once its figures have been read.
        self.counted: Social | None = None

    @cached_property
    def mentions(self) -> list[Mention]:
        """Platforms, in order."""
        return self._context.platforms_in(self.text)

    @cached_property
    def platforms(self) -> list[Mention]:
        """Platforms that have a name."""
        return [mention for mention in self.mentions if mention.names]

    @cached_property
    def campaigns(self) -> list[tuple[int, str]]:
        """Hashtags and campaigns with their places, in order."""
        return list(self._context.campaigns_in(self.text))

    @cached_property
    def points_back(self) -> bool:
        """Whether it speaks of "this hashtag" or the like."""
        return bool(_POINTS_BACK.search(self.text))

    @cached_property
    def windows(self) -> list[Window]:
        """Time windows, in order."""
        return find_windows(self.text)

    @cached_property
    def attributions(self) -> list[Attribution]:
        """Who says what, in order."""
        return find_attributions(self.text)


#: Words that place a figure on no platform in particular.
_GENERIC: Final = (
    r"\b(?i:(?:on|across|over|through|via|throughout|all over|around)(?: \w+)? social[- ]"
    r"(?:media|networks?|networking)|online|(?:on|across) the (?:internet|web))\b"
)
#: Platforms whose names are words too: theirs are only those behind "on".
_WORDS_TOO: Final = ("Discord", "Signal", "Medium", "LINE", "Line", "Gab", "Vine", "VK", "X")
_BEHIND_ON: Final = rf"(?<=\b[Oo]n )(?P<elsewhere>{'|'.join(_WORDS_TOO)})(?![\w&-]| [A-Z])"
_GENERIC_CUES: Final = ("social", "online", "internet", " web")
_JOINED: Final = re.compile(r"(?:,\s|,?\s(?:and|or|as well as)\s(?:on\s)?|/)$")
_POINTS_BACK: Final = re.compile(
    r"\b(?:this|that|the same|the latter) (?:hashtag|trend|campaign|phrase|tag|movement|one)\b",
    re.IGNORECASE,
)
_OTHER_CAMPAIGN: Final = re.compile(
    r"(?<![\w&])(?P<tag>#(?=\w*[^\W\d_])\w+)"
    r"|[“\"‘'](?P<quoted>[A-Z]\w{3,40})[”\"’'],?\s"
    r"(?:posts?|hashtag|trend|campaign|movement|tweets)\b"
)


class Context:
    """What a study knows of platforms and campaigns, made ready for matching."""

    def __init__(self, study: Study) -> None:
        """Compile one expression for all platforms and one for the campaign's names."""
        self.study = study
        # A study that lists its own platforms still has to know the others when it sees them.
        others = _not_listed(study.platforms)
        platforms = (*study.platforms, *others)
        self._listed = {platform.name for platform in study.platforms}
        self._by_group = {f"p{n}": platform for n, platform in enumerate(platforms)}
        spelled = ((one.name, {one.name, *one.aliases}) for one in platforms)
        self._now_x = next((name for name, all_ in spelled if all_ & {"X", "Twitter"}), "X")
        self._owners = {platform.name: platform.owner for platform in platforms}
        named = [f"(?P<{group}>{_spellings(p)})" for group, p in self._by_group.items()]
        self._platforms = re.compile("|".join([*named, _BEHIND_ON, _GENERIC]))
        self._cues_of_others = (*_cues_of(others), *(f"on {w.lower()}" for w in _WORDS_TOO))
        # Most texts name none of the others; then the short expression does.
        self._only_listed = re.compile("|".join([*named[: len(study.platforms)], _GENERIC]))
        self._cues_of_listed = (*_cues_of(study.platforms), *_GENERIC_CUES)
        campaign = study.campaign
        names = [re.escape(name) for name in (*campaign.hashtags, *campaign.names)]
        #: The campaign's first hashtag, else its first name.
        self.main_subject = next(iter((*campaign.hashtags, *campaign.names)), None)
        self._campaign = (
            re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE) if names else None
        )

    # --- what a sentence names -------------------------------------------------------------

    def platforms_in(self, text: str) -> list[Mention]:
        """Platforms named in a text, in order; neighbours joined ("Facebook and Twitter")."""
        lowered = text.lower()
        if any(cue in lowered for cue in self._cues_of_others):
            platforms = self._platforms
        elif any(cue in lowered for cue in self._cues_of_listed):
            platforms = self._only_listed
        else:
            return []
        found: list[Mention] = []
        for match in platforms.finditer(text):
            names = self._named_by(match)
            last = found[-1] if found else None
            if (
                last
                and last.names
                and names
                and _JOINED.fullmatch(text, last.end, match.start())
            ):
                both = tuple(dict.fromkeys((*last.names, *names)))
                found[-1] = Mention(last.start, match.end(), both)
            else:
                found.append(Mention(match.start(), match.end(), names))
        return found

    def _named_by(self, match: re.Match[str]) -> tuple[str, ...]:
        group = match.lastgroup
        if group is None:
            return ()
        if group in self._by_group:
            return (self._by_group[group].name,)
        return (self._now_x if match[0] == "X" else match[0],)

    def campaigns_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Give the hashtags and campaigns of a text with their places, in order."""
        found: dict[int, str] = {}
        for start, _ in self.names_in(text):
            found[start] = self.main_subject or ""
        for match in _OTHER_CAMPAIGN.finditer(text):
            name = match["tag"] or f"#{match['quoted']}"
            if not (self._campaign and self._campaign.fullmatch(name)):
                found.setdefault(match.start(), name)
        yield from sorted(found.items())

    def names_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Give the places where the campaign's own names stand."""
        if self._campaign:
            yield from (match.span() for match in self._campaign.finditer(text))

    # --- what a figure speaks of -----------------------------------------------------------

    def place_of(
        self,
        sentence: Sentence,
        number: tuple[int, int],
        unit: tuple[int, int],
        neighbours: Sequence[tuple[int, int]],
        earlier: Sequence[Sentence],
        told_by: str | None = None,
    ) -> Place:
        """Say on which platform a figure was counted.

        In this order: a word of the counted thing itself ("tweets"); a platform directly
        behind it ("followers on Twitter"); the platform that tells the figure; a platform
        named in the sentence, the one nearest before the number, else the nearest behind it
        with no other number between; the last one named in the sentences before. "Social
        media" names no platform, and ends the search, as does a platform that the study
        does not list.

        Parameters
        ----------
        sentence
            The sentence.
        number, unit
            Spans in it.
        neighbours
            Spans of all numbers of the sentence, in order.
        earlier
            The sentences before, nearest first.
        told_by
            Who is said to have told the figure, as resolved.
        """
        mentions = sentence.mentions
        at = bisect_left(mentions, number[0], key=lambda mention: mention.start)
        before, after = mentions[max(at - _NEAR, 0) : at], mentions[at : at + _NEAR]
        own = [m for m in after if unit[0] <= m.start < unit[1] and m.names]
        if own:
            names = dict.fromkeys(name for mention in own for name in mention.names)
            return self._place(tuple(names), "unit word")
        following = bisect_left(neighbours, (number[1], 0))
        limit = neighbours[following][0] if following < len(neighbours) else len(sentence.text)
        close = [m for m in after if m.start < limit]
        candidates = [
            *_directly_behind(sentence.text, unit[1], close),
            *(m for m in (*before, *after) if m.names == (told_by,)),
            *(m for m in reversed(before) if m.names),
            *(m for m in close if m.names),
            *close,
            *before[-1:],
            *(m for m in after if m.names),
        ]
        if candidates:
            return self._place(candidates[0].names, "same sentence")
        for other in earlier:
            if other.platforms:
                return self._place(other.platforms[-1].names, "earlier sentence")
        return Place(None, None)

    def _place(self, names: tuple[str, ...], basis: str) -> Place:
        """A figure's place; what was counted on a platform not listed too is on none."""
        listed = bool(names) and self._listed.issuperset(names)
        return Place("+".join(names) if listed else None, basis, names)

    def subject_of(
        self, sentence: Sentence, number: int, earlier: Sequence[Sentence], opening: str | None
    ) -> str | None:
        """Say which campaign or hashtag a figure speaks of.

        The one named nearest before the number in its sentence, else nearest behind it; for
        "this hashtag", "the trend" and the like the last one named before; else the study's
        own campaign. Where the study names none, the last one named before, or the first of
        the article.
        """
        here = sentence.campaigns
        if here:
            at = bisect_left(here, (number, ""))
            return here[at - 1][1] if at else here[0][1]
        if self.main_subject is None or sentence.points_back:
            for other in earlier:
                if other.campaigns:
                    return other.campaigns[-1][1]
        return self.main_subject or opening

    def company_of(
        self, said: str, sentence: Sentence, earlier: Sequence[Sentence]
    ) -> str | None:
        """Resolve "the company" to the owner of the platform last named, or None."""
        if not _COMPANY.fullmatch(said):
            return None
        for one in (sentence, *earlier):
            if one.platforms:
                name = one.platforms[-1].names[-1]
                return self._owners.get(name) or name
        return None

    def platform_called(self, said: str) -> str | None:
        """Give the platform's name if ``said`` is one of its names, else None."""
        match = self._platforms.fullmatch(said.strip())
        return next(iter(self._named_by(match)), None) if match else None


#: Platforms that are no defaults, and yet where something else was counted than on those.
_OTHERS: Final = tuple(
    Platform(name=name)
    for name in (
        *sorted(PETITION_PLATFORMS | FUNDRAISING_PLATFORMS),
        "Truth Social", "Parler", "Twitch", "Quora", "VKontakte", "KakaoTalk", "Viber", "Koo",
        "ShareChat", "Douyin", "Kuaishou", "Xiaohongshu", "Zhihu", "Douban", "Flickr",
        "MySpace", "Myspace", "Orkut", "Google+", "Clubhouse", "Periscope", "SoundCloud",
        "Spotify", "Substack", "Yammer", "Nextdoor", "Friendster",
    )
)  # fmt: skip


def _not_listed(listed: Sequence[Platform]) -> list[Platform]:
    """The known platforms that a study does not list, by no name of theirs."""
    names = {name for platform in listed for name in (platform.name, *platform.aliases)}
    return [
        platform
        for platform in (*DEFAULT_PLATFORMS, *_OTHERS)
        if names.isdisjoint((platform.name, *platform.aliases))
    ]


def _cues_of(platforms: Sequence[Platform]) -> tuple[str, ...]:
    """Strings without one of which a text names none of some platforms."""
    return tuple(
        cue.lower().rstrip("*")
        for platform in platforms
        for cue in (platform.name, *platform.aliases, *platform.words)
    )


_NEAR = 4
_COMPANY: Final = re.compile(
    rf"(?:the|a|an|its) (?:{'|'.join(sorted(COMPANY_WORDS, key=len, reverse=True))})"
    r"(?:['’]s)?(?: (?:spokes\w+|representatives?|officials?|statement|figures|data))?",
    re.IGNORECASE,
)
_ON: Final = re.compile(r"\s(?:\w+\s){0,3}?(?:on|via|to|across)\s")


def _directly_behind(text: str, unit_end: int, close: Sequence[Mention]) -> list[Mention]:
    """The platform that a figure is said to be on: "2.7 million followers on Twitter"."""
    return [m for m in close[:1] if m.names and _ON.fullmatch(text, unit_end, m.start)]


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
