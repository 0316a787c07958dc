"""Dates, years and decades: numbers that tell when, and are no figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from metoo_research.metrics.vocabulary import MEASURES, MONTHS, PERSON_NOUNS

_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:1[5-9]\d\d|20\d\d)"
_ALONE: Final = r"(?<![\w$£€.,-])"
# The look ahead lets the expression fail at once where no date can begin.
_DATE: Final = re.compile(
    rf"(?<=[Bb]etween )(?P<month_days>{MONTHS}\s{_DAY}\sand\s{_DAY}\b(?![,.]?\d))"
    rf"|(?=[JFMASOND])\b(?P<month_day>{MONTHS}\s{_DAY}\b(?:\s?[-–]\s?{_DAY}\b)?(?:,?\s{_YEAR}\b)?"
    r"(?![,.]\d)(?!\s?(?:percent|per\s+cent|%|million|billion)))"
    rf"|(?=[JFMASOND])\b(?P<month_year>{MONTHS}(?:\sof)?,?\s{_YEAR}\b)"
    rf"|(?=\d)(?:\b(?P<day_month>(?:{_DAY}\s?[-–]\s?|(?:(?<=[Bb]etween )|(?<=\b[Ff]rom )"
    rf"|(?<=\b[Oo]n )){_DAY}\s(?:and|to)\s)?{_DAY}(?:\sof)?\s{MONTHS}(?!\w)(?:,?\s{_YEAR}\b)?)"
    rf"|\b(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b)"
    r"|\b(?P<numeric>\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)\b(?![./]\d))"
    r"|(?P<decade>(?<![\w$£€.,])(?:1[5-9]|20)\d0s\b)"
    rf"|(?P<span>{_ALONE}{_YEAR}\s?[-–/]\s?(?:{_YEAR}|\d\d)\b(?![\w%]))"
    rf"|(?P<year>(?<![\w$£€.,#-]){_YEAR}(?=['’]s\b|(?![\w%]|[,.]\d|['’]\w|[-–]\d)))"
    r"|(?P<far_year>(?<=\b[Bb]y )21\d\d\b))"
    r"|(?=['’])(?P<short_decade>(?<!\w)['’]\d0s\b)"
)
_PLURALS: Final = "|".join(
    f"{noun[:-1]}(?:y|ies)" if noun.endswith("y") else f"{noun}s?"
    for noun in sorted({*MEASURES, *PERSON_NOUNS})
)
# A bare number from 1500 to 2099 is a year, unless something is counted by it.
_COUNTED: Final = re.compile(
    r"\s(?:(?:young|new|other|more|different|registered|female|male|separate)\s)?"
    rf"(?:{_PLURALS}|persons|women|men|children|times|cases|deaths|miles|feet|km|kg|pounds"
    r"|dollars|euros|units|homes|jobs|votes|seats|points|rpm|sq|square|words|pages|complaints"
    r"|reports|donors|hours|days|meters|metres|calories|megawatts|respondents|protesters"
    r"|demonstrators|marchers|participants|arrests|incidents|companies|countries)\b"
)


def find_dates(text: str) -> Iterator[tuple[int, int]]:
    """Find where a sentence tells dates, years and decades."""
    for match in _DATE.finditer(text):
        if match.lastgroup != "year" or not _COUNTED.match(text, match.end()):
            yield match.span()
