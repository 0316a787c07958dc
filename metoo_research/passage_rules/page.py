"""What rules are made of: lines, the page they stand on, and wordings to look for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# No furniture is longer; a longer line is body, whatever it says.
_LONGEST_FURNITURE = 1000
_MOST_WORDS = 100

_MARKS = " \t\"'“”‘’«»()[]{}<>*_.,:;!?…|—–-#"
_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_ENDS_WHOLE_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
# "?" and "!" end headlines too, but hardly within quotation marks.
_ENDS_LIKE_PROSE = re.compile(r"(?:[.:;,…][\"'”’)\]]*|[?!][\"”]+)$")
# Words that headlines in title case leave small.
SMALL_WORDS = frozenset(
    "a an and as at but by en for from how if in into is it its nor of off on or out over per"
    " so than that the to up v via vs was with yet".split()
)
# Names of the parts of a newspaper or a site.
SECTIONS = frozenset(
    "analysis arts asia books breaking business celebrity celebs comment crime culture economy"
    " education entertainment environment europe exclusive explainer fashion features film"
    " football health home international interview investigation latest law life lifestyle"
    " living local magazine media money music national news opinion people podcast politics"
    " profile regional review science showbiz society sport sports stories style tech"
    " technology television theatre top travel trending tv uk us usa video views voices women"
    " world".split()
)


@dataclass(slots=True)
class Line:
    """A passage: its place, its text with single spaces, and what the rules said of it."""

    start: int
    end: int
    text: str
    starts_block: bool
    kind: str = "body"
    rule: str | None = None
    #: What in the file's own structure told its bounds; None for a line of text.
    given: str | None = None
    #: Author, handle and date of an embedded post, as far as the file tells them.
    post: tuple[str | None, str | None, str | None] | None = None
    #: The words without the marks around them; of a long line only the first.
    words: list[str] = field(init=False)
    #: The text without the bullets, arrows and markdown marks around it.
    bare: str = field(init=False)
    #: Whether it stops with a mark that ends a sentence or a part of one.
    ends_sentence: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what all rules ask for."""
        beginning = self.text[:_LONGEST_FURNITURE].split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
        self.words = [word for raw in beginning if (word := raw.strip(_MARKS))]
        self.bare = self.text.lstrip("*_ •·»›►▶→|>")
        if self.text.startswith(("*", "_")):
            self.bare = self.bare.rstrip("*_ ")
        self.ends_sentence = bool(_ENDS_SENTENCE.search(self.text[-20:]))

    @property
    def is_long(self) -> bool:
        """Whether it is too long to be anything but body."""
        return len(self.text) > _LONGEST_FURNITURE

    @property
    def is_prose(self) -> bool:
        """Unclaimed, and nothing but running text: long enough and ended like a sentence."""
        return self.rule is None and len(self.words) >= 8 and self.ends_sentence

    @property
    def is_sentence(self) -> bool:
        """Unclaimed, a few words at least, and ended like a whole sentence."""
        return (
            self.rule is None
            and len(self.words) >= 3
            and bool(_ENDS_WHOLE_SENTENCE.search(self.text[-20:]))
        )

    @property
    def ends_like_prose(self) -> bool:
        """Whether it stops with a mark that headlines do not stop with."""
        return bool(_ENDS_LIKE_PROSE.search(self.text[-20:]))

    @property
    def is_headline_like(self) -> bool:
        """Short, begun like a title, and not ended like prose."""
        return (
            2 <= len(self.words) <= 28
            and not self.is_long
            and not self.text[0].islower()
            and not self.ends_like_prose
            and not re.match(r"[•*·\-–—]\s", self.text)
        )

    @property
    def is_title_case(self) -> bool:
        """Whether the words that title case would capitalise are capitalised."""
        candidates = [
            word for word in self.words if word[0].isalpha() and word.lower() not in SMALL_WORDS
        ]
        capitals = sum(not word[0].islower() for word in candidates)
        return len(candidates) >= 2 and capitals >= 0.75 * len(candidates)

    @property
    def is_capitalised(self) -> bool:
        """Whether every word begins with a capital (or has none to begin with)."""
        return bool(self.words) and not any(word[0].islower() for word in self.words)


@dataclass(slots=True)
class Page:
    """All lines of one article, for rules that look at neighbours."""

    lines: list[Line]
    _index: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        """Number the lines by where they start."""
        self._index = {line.start: number for number, line in enumerate(self.lines)}

    def before(self, line: Line) -> Line | None:
        """Give the line above, or None."""
        number = self._index[line.start] - 1
        return self.lines[number] if number >= 0 else None

    def after(self, line: Line) -> Line | None:
        """Give the line below, or None."""
        number = self._index[line.start] + 1
        return self.lines[number] if number < len(self.lines) else None

    def above(self, line: Line) -> Iterator[Line]:
        """All lines above, the nearest first."""
        number = self._index[line.start]
        return (self.lines[n] for n in range(number - 1, -1, -1))

    def below(self, line: Line) -> Iterator[Line]:
        """All lines below, the nearest first."""
        number = self._index[line.start]
        return (self.lines[n] for n in range(number + 1, len(self.lines)))

    def is_near_an_end(self, line: Line, lines: int = 8) -> bool:
        """Whether it is among the first or the last lines."""
        number = self._index[line.start]
        return number < lines or number >= len(self.lines) - lines

    def of_kind(self, kind: str) -> list[Line]:
        """Lines that a rule has given this kind."""
        return [line for line in self.lines if line.rule and line.kind == kind]

    @property
    def open(self) -> list[Line]:
        """Lines that no rule has claimed yet."""
        return [line for line in self.lines if line.rule is None]


Finder = Callable[[Page], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named way to find lines of one kind."""

    name: str
    kind: str
    find: Finder


@dataclass(frozen=True, slots=True)
class Wording:
    """What a kind of furniture says, and how many words it takes at most to say it."""

    expression: re.Pattern[str]
    most_words: int
    never_prose: bool = False

    def fits(self, line: Line) -> bool:
        """Whether an unclaimed line is worded so, from its first character."""
        return (
            line.rule is None
            and len(line.words) <= self.most_words
            and not line.is_long
            and bool(self.expression.match(line.bare))
            and not (self.never_prose and line.ends_like_prose)
        )

    def anywhere(self, page: Page) -> Iterator[Line]:
        """Lines worded so, wherever they stand."""
        return (line for line in page.lines if self.fits(line))


def wording(*patterns: str, most_words: int, never_prose: bool = False) -> Wording:
    """Make a wording of patterns for the beginning of a line; capitals do not matter."""
    expression = "|".join(f"(?:{pattern})" for pattern in patterns)
    return Wording(re.compile(expression, re.IGNORECASE), most_words, never_prose)


MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
DATE = (
    rf"(?:(?:{WEEKDAY},?\s+)?"
    rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}))"
)
NETWORK = (
    r"(?:twitter|facebook|instagram|youtube|tiktok|linkedin|pinterest|snapchat|whatsapp"
    r"|threads|bluesky|mastodon|telegram|reddit|flipboard|x)"
)
