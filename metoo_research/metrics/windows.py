"""Time windows: the words that say when, since when, or in how long something was counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from metoo_research.metrics.vocabulary import MONTHS, TIME_UNITS, WEEKDAYS

WindowKind = Literal["as_of", "duration", "since", "period"]


@dataclass(frozen=True, slots=True)
class Window:
    """A time window as written, and its kind."""

    start: int
    end: int
    text: str
    kind: WindowKind


_NUMBER: Final = (
    r"(?:\d[\d,.]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|twenty|thirty|forty[- ]eight|forty|fifty|sixty|several|a few|a couple of|the|a single"
    r"|half an?|twenty[- ]four)"
)
_HEDGED: Final = (
    r"(?:just |only |barely |about |around |roughly |nearly |almost |less than |more than |under "
    r"|over |fewer than |approximately |at least |well under )*"
)
_PART_OF_DAY: Final = r"(?:morning|afternoon|evening|night|lunchtime|noon|midday)"
_CLOCK: Final = r"\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?"
_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_DATE: Final = rf"(?:{MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s{MONTHS})"
_MOMENT: Final = (
    rf"(?:(?:the )?(?:early|late|mid)?[ -]?(?:{_PART_OF_DAY} )?(?:hours )?(?:of )?(?:on )?"
    rf"(?:{WEEKDAYS}|{_DATE}(?:,? {_YEAR})?|{MONTHS}(?: {_YEAR})?|{_YEAR})(?: {_PART_OF_DAY})?"
    rf"|(?:early |late )?(?:yesterday|today|tonight|midnight|noon|midday)(?: {_PART_OF_DAY})?"
    rf"|(?:the )?(?:next|following|same) (?:day|{_PART_OF_DAY})"
    rf"|(?:{_CLOCK}) (?:on )?(?:{WEEKDAYS})|(?:the )?(?:end|start|beginning|middle) of [^,.;]{{3,30}}"
    r"|the weekend|last (?:week|month|year|night)|this (?:week|month|year|morning|evening))"
)
#: Each kind of window once, the more telling kinds first.
_WINDOWS: Final[tuple[tuple[WindowKind, re.Pattern[str]], ...]] = (
    (
        "duration",
        re.compile(
            rf"\b(?:in|within|over|during|inside|for|after|throughout) (?:the space of )?{_HEDGED}"
            rf"(?:(?:the )?(?:first|last|past|next|previous|following|final) "
            rf"(?:{_HEDGED}{_NUMBER} )?|(?:{_HEDGED}){_NUMBER}[ -])"
            rf"(?:full |short |single )?{TIME_UNITS}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "period",
        re.compile(
            rf"\b{_HEDGED}{_NUMBER} {TIME_UNITS} (?:later|earlier|ago|after|before|since)\b",
            re.IGNORECASE,
        ),
    ),
    ("duration", re.compile(r"\bovernight\b", re.IGNORECASE)),
    (
        "as_of",
        re.compile(rf"\b(?:by|as of|until|till|up to|up until) (?:about )?{_MOMENT}", re.IGNORECASE),
    ),
    ("as_of", re.compile(r"\b(?:so far|to date|at the time of (?:writing|publication)|at last count)\b",
                         re.IGNORECASE)),
    (
        "since",
        re.compile(
            rf"\b(?:since|(?:going|dating|stretching) back to|as early as) (?:then\b"
            rf"|the (?:early |mid-?|late )?(?:{_YEAR}|['’]?\d0)s|{_MOMENT}|(?:its|the|her|his|their) [^,.;]{{3,40}})",
            re.IGNORECASE,
        ),
    ),
    (
        "period",
        re.compile(
            rf"\b(?:between {_MOMENT} and {_MOMENT}|from {_MOMENT} (?:to|until|through) {_MOMENT})",
            re.IGNORECASE,
        ),
    ),
    (
        "period",
        re.compile(
            rf"\b(?:on (?:{WEEKDAYS}|{_DATE})(?: {_PART_OF_DAY})?(?:,? {_YEAR})?"
            rf"|in (?:early |late |mid-)?(?:{MONTHS} )?{_YEAR}\b|in (?:{MONTHS})\b(?! \d)"
            rf"|(?:last|this|over the|during the|that) (?:week(?:end)?|month|year|summer|spring"
            rf"|autumn|fall|winter|decade)\b"
            rf"|(?:early |late )?(?:{WEEKDAYS}) {_PART_OF_DAY}|yesterday|last night"
            r"|this (?:morning|afternoon|evening))",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip


def find_windows(text: str) -> list[Window]:
    """Find the time windows of a sentence, in order; none overlap."""
    found: list[Window] = []
    for kind, pattern in _WINDOWS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= other.start or start >= other.end for other in found):
                found.append(Window(start, end, match[0].strip(), kind))
    return sorted(found, key=lambda window: window.start)


_CLAUSE_END: Final = re.compile(r"[;:]|,\s(?:but|while|whereas|although|though)\b|\s[–—]\s")


def window_of(text: str, number: tuple[int, int], windows: Sequence[Window]) -> Window | None:
    """Choose the window that a number stands in.

    Windows of the same clause only; how long something took says more than when it was, and
    a window behind the number more than one before it.
    """
    outside = [
        window
        for window in windows
        if not (window.start <= number[0] < window.end) and _same_clause(text, number, window)
    ]
    if not outside:
        return None

    def distance(window: Window) -> tuple[int, int]:
        weak = 1 if window.kind == "period" else 0
        behind = window.start >= number[1]
        gap = window.start - number[1] if behind else number[0] - window.end
        return weak, gap if behind else gap + 1

    return min(outside, key=distance)


def _same_clause(text: str, number: tuple[int, int], window: Window) -> bool:
    between = (
        text[number[1] : window.start]
        if window.start >= number[1]
        else text[window.end : number[0]]
    )
    return not _CLAUSE_END.search(between)
