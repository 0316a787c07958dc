"""Digits that are no figures: links, handles, names, clock times, scores, references, dates.

Everything a mask covers is passed over by the number grammar, so that it cannot become a
metric; dates are kept as expressions of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from metoo_research.metrics.vocabulary import CURRENCY_SIGNS, MONTHS, WEEKDAYS

_CLOCK_ZONES = r"(?:GMT|BST|UTC|E[SD]?T|P[SD]?T|C[SD]?T|M[SD]T|CET|CEST|IST|AEST|AEDT)"
_CURRENCY_CODES = "USD?|HKD?|AUD?|CAD|EUR|GBP|JPY|CHF|CNY|INR|NZD?|RM|Rs|SGD?"
_STREETS = (
    r"St|Street|Rd|Road|Ave|Avenue|Blvd|Boulevard|Lane|Ln|Drive|Dr|Way|Square|Place|Court"
)
_REFERENCES = (
    r"page|pages|p|pp|chapter|section|article|paragraph|act|scene|verse|line|figure|fig|table|item"
    r"|question|rule|clause|title|proposition|prop|amendment|no|nos|number|flight|room|gate|route"
    r"|highway|interstate|channel|episode|season|series|volume|vol|issue|part|step|level|grade"
    r"|phase|round|week|game|day|stage|lane|seed|pick|group|pool|class|type|category|unit|suite"
    r"|apartment|apt|floor|district|ward|division|version|case|order|resolution|bill|model|mark"
    r"|psalm|lot|exhibit|box|building|platform|track|zone|tier|formula|windows|covid"
)

#: What is no figure, with the name of its kind. Order matters: the first that covers a
#: place decides.
MASKS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "link",
        re.compile(r"https?://\S+|www\.\S+|\b[\w-]{1,63}\.(?:com|org|net|co|ly|me|uk)/\S+"),
    ),
    ("e-mail", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,63}")),
    ("handle", re.compile(r"(?<!\w)@\w+")),
    ("hashtag", re.compile(r"(?<!\w)[#＃](?=\w*[^\W\d_])\w+")),
    (
        "clock time",
        re.compile(
            rf"\b\d{{1,2}}(?::\d{{2}}){{1,2}}(?:\s*[ap]\.?m\b\.?)?(?:\s*{_CLOCK_ZONES}\b)?"
            rf"|\b\d{{1,2}}(?:\.\d{{2}})?\s*(?:[ap]\.m\.|[ap]m\b)"
            rf"|\b\d{{1,2}}(?:\.\d{{2}})?\s*o['’]clock|\b\d{{4}}\s+(?:{_CLOCK_ZONES}|hours)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "telephone number",
        re.compile(
            r"(?<![\w.,$£€-])(?:\+\d{1,3}[ .-]?)?\(?\d{3,5}\)?[ .-]\d{3,4}[ .-]\d{3,4}(?![\w,])"
            r"|(?<!\w)\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}(?!\w)|\b1?-?[89]\d{2}-\d{3}-\d{4}\b"
            r"|\b\d{3}-\d{4}\b|\b1-800-[\w-]+"
        ),
    ),
    ("shorthand", re.compile(r"\b(?:24/7|9/11|7/7|50[-/–]50|20/20|4x4|101)\b(?!\s*%)")),
    (
        "name with digits",
        re.compile(
            rf"(?<![\w$£€.,])(?!(?:{_CURRENCY_CODES})\d)(?:[A-Z][A-Za-z]{{0,9}}[-/]?\d[\w-]*"
            r"|[A-Z]+[a-z]*-\d+\w*|[a-z]{1,2}[A-Z]\w*\d\w*|[a-z]+\d\w*)(?![\w]|\.\d)"
        ),
    ),
    (
        "reference",
        re.compile(
            rf"\b(?:(?i:{_REFERENCES})\.?|№|#)[ \u00a0-]?\d+(?:\.\d+)*(?:\([a-z0-9]+\))*"
            rf"(?![\d,.]*\d)(?!\s*(?:%|percent|per\s+cent|million|billion|thousand|hundred))"
        ),
    ),
    (
        "address",
        re.compile(
            rf"(?<![\w.,])\d+(?:-\d+)?\s(?:[A-Z][\w.]*\s){{1,3}}(?:{_STREETS})\b"
            r"|\b\d{5}(?=\sZIP\b)|(?<=ZIP [Cc]ode )\d{5}\b"
        ),
    ),
    ("rank", re.compile(r"\b(?:top|bottom)[ -]\d{1,4}\b(?!\s?(?:%|per))", re.IGNORECASE)),
    ("case number", re.compile(r"\b\d{1,4}[-–][A-Za-z]{1,4}[-–]\d{2,}\b|\b\d{2,4}/\d{4,}\b")),
)

#: "beat Leeds 3-1": two numbers of one or two digits that nothing is counted by.
_SCORE = re.compile(
    rf"(?<![\w.,:{CURRENCY_SIGNS}–-])\d{{1,3}}\s?[-–]\s?\d{{1,3}}(?:[-–]\d{{1,3}})?(?![\w%–-])"
    r"(?!\s*(?:to\b|percent|per\s+cent|year|million|billion|thousand|hundred|[a-z]+s\b))"
)
_SCORED_BY = re.compile(
    r"\b(?:w[io]n|beat\w*|lo(?:st|se|ss)|defeat\w*|draw|drew|tied?|lead|led|score\w*|record"
    r"|victory|trail\w*|vot(?:e[sd]?|ing)|against|over|set|match|game|half-time|halftime)\b",
    re.IGNORECASE,
)

#: A capitalised name before a bare number: "iPhone 11", "Model 3", "Big 12", "Boeing 787".
_NAMED = re.compile(
    r"(?<!^)(?<![.!?:;][ \"“”'’])\b(?P<name>[a-z]?[A-Z][\w&/’'-]*)\s(?P<number>\d{1,4}s?)"
    r"(?![\w%]|[.,:]\d|\s?(?:%|percent|per\s+cent|million|billion|thousand|hundred|dozen|-year))"
)
_COUNTED_AFTER = re.compile(
    r"[-\s](?:[a-z][\w'’-]*\s){0,3}?(?!was|is|has|his|its|as|this)[a-z]+s\b"
)
# "iPhone 11 costs": such a name is a product, whatever follows.
_CAMEL = re.compile(r"[a-z]+[A-Z]")
_NO_NAME = re.compile(
    r"(?:In|On|At|By|The|About|Over|Some|Nearly|Almost|Only|Just|More|Than|Of|And|But|For|From"
    r"|With|After|Before|When|While|Since|Around|Under|Up|To|Another|These|Those|All|Their|Its"
    r"|His|Her|My|Our|Your|An?|I|We|He|She|They|It|That|This|If|As|So|Or|Between|Within"
    rf"|US|USD|HK|AUD|CAD|EUR|GBP|Rs|RM|INR|NZ|A|PS|Y|JPY|CHF|{MONTHS}|{WEEKDAYS})$",
    re.IGNORECASE,
)

_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_DATE = re.compile(
    rf"(?P<month_day>\b{MONTHS}\s+{_DAY}\b(?:\s*[-–]\s*{_DAY}\b)?(?:,?\s+{_YEAR}\b)?"
    rf"(?!\s*(?:percent|per\s+cent|%|million|billion)))"
    rf"|(?P<day_month>\b{_DAY}(?:\s+of)?\s+{MONTHS}(?!\w)(?:,?\s+{_YEAR}\b)?)"
    rf"|(?P<month_year>\b{MONTHS}(?:\s+of)?,?\s+{_YEAR}\b)"
    rf"|(?P<iso>\b{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b)"
    rf"|(?P<numeric>\b\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d{{2}})\b)"
    r"|(?P<decade>(?<![\w$£€.,])(?:(?:1[5-9]|20)\d0|['’]\d0)s\b)"
    rf"|(?P<span>(?<![\w$£€.,-]){_YEAR}\s?[-–/]\s?(?:{_YEAR}|\d\d)\b(?![\w%]))"
    rf"|(?P<year>(?<![\w$£€.,#-]){_YEAR}(?=['’]s\b|(?![\w%,.]*\d|['’]\w|[-–]\d|s?\w)))"
    r"|(?P<far_year>(?<=\b[Bb]y )21\d\d\b)"
)
# A bare number from 1500 to 2099 is a year, unless something is counted by it.
_COUNTS_AFTER_YEAR = re.compile(
    r"\s+(?:(?:young|new|other|more|different|registered|female|male)\s+)?(?:people|persons|women"
    r"|men|children|tweets?|retweets|likes|comments|posts|replies|reactions|shares|views|times"
    r"|users|followers|signatures|responses|messages|cases|deaths|employees|workers|members"
    r"|students|miles|feet|km|kg|pounds|dollars|euros|units|homes|jobs|votes|seats|points|rpm"
    r"|sq|square|words|pages|stories|complaints|victims|survivors|reports|donations|donors|hours"
    r"|days|meters|metres|calories|megawatts|respondents|adults|protesters|demonstrators"
    r"|marchers|participants|arrests|incidents|companies|countries)\b"
)


Keep = Callable[[re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch of text that the number grammar passes over, and why."""

    start: int
    end: int
    kind: str


def find_masks(text: str) -> list[Mask]:
    """Find everything with digits in it that is no figure, dates included.

    Returns
    -------
    Masks in order, none overlapping; dates have the kind "date".
    """
    found = [
        Mask(match.start(), match.end(), kind)
        for kind, pattern, keep in _IN_ORDER
        for match in pattern.finditer(text)
        if keep is None or keep(match)
    ]
    found.extend(
        Mask(match.start("number"), match.end("number"), "name and number")
        for match in _NAMED.finditer(text)
        if not _NO_NAME.match(match["name"])
        and (_CAMEL.match(match["name"]) or not _COUNTED_AFTER.match(text, match.end()))
    )
    return _without_overlap(found)


def _is_date(match: re.Match[str]) -> bool:
    return not (
        match.lastgroup == "year" and _COUNTS_AFTER_YEAR.match(match.string, match.end())
    )


def _is_score(match: re.Match[str]) -> bool:
    return bool(_SCORED_BY.search(match.string))


#: A date is asked for before the masks that could take a part of it.
_IN_ORDER: Final[tuple[tuple[str, re.Pattern[str], Keep | None], ...]] = (
    *((kind, pattern, None) for kind, pattern in MASKS[:4]),
    ("date", _DATE, _is_date),
    *((kind, pattern, None) for kind, pattern in MASKS[4:]),
    ("score", _SCORE, _is_score),
)


def _without_overlap(masks: list[Mask]) -> list[Mask]:
    """Keep, of masks that overlap, the one that was found by the earlier rule."""
    kept: list[Mask] = []
    taken = bytearray(max((mask.end for mask in masks), default=0))
    for mask in masks:
        if not any(taken[mask.start : mask.end]):
            taken[mask.start : mask.end] = b"\1" * (mask.end - mask.start)
            kept.append(mask)
    return sorted(kept, key=lambda mask: mask.start)
