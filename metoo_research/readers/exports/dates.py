"""Dates as databases write them, in English, French and German."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv januar jänner jän",
            "february feb février fevrier févr fevr fév februar feber",
            "march mar mars märz maerz mär mrz",
            "april apr avril avr",
            "may mai",
            "june jun juin juni",
            "july jul juillet juil juli",
            "august aug août aout",
            "september sep sept septembre",
            "october oct octobre oktober okt",
            "november nov novembre",
            "december dec décembre decembre déc dezember dez",
        ),
        1,
    )
    for name in names.split()
}
_WORD: Final = r"(?P<month>[^\W\d_]+)\.?"
_YEAR: Final = r"(?P<year>(?:1[89]|20)\d{2})"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?<![\w,.]){_WORD}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)",
        rf"(?<![\w.,/-])(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th)?\s+{_WORD},?\s+{_YEAR}(?!\d)",
        r"(?<!\d)(?P<year>(?:1[89]|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
        r"(?<![\w-])(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\w)",
    )
)
# In 4.10.2017 the day comes first; with a stroke it depends on the country.
_DOTTED: Final = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})(?!\d)")
_STROKES: Final = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})(?![\d/])")
_TIME: Final = re.compile(
    r"\b(?P<hour>\d{1,2})[:h.](?P<minute>\d{2})(?::\d{2})?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>(?:GMT|UTC)\s?(?:[+-]\d{1,2})?|[A-Z]{3,4})?(?!\w)"
)
# Hours ahead of UTC. The American ones are those of RFC 2822, 4.3; names that stand for more
# than one zone elsewhere are written so by databases for these.
_ZONES: Final = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "CET": 1, "CEST": 2, "BST": 1,
}  # fmt: skip


def find_date(said: str) -> str | None:
    """Find the one date in a short text, in ISO 8601.

    A time of day is kept with its zone where both are written. Figures whose day and month
    could be exchanged (3/4/2017) give None, and so does a month without a day.
    """
    said = " ".join(said[:_LONGEST].split())
    for form in _FORMS:
        for found in form.finditer(said):
            month = found["month"].casefold()
            number = int(month) if month.isdigit() else _MONTHS.get(month.rstrip("."), 0)
            if date := _date(int(found["year"]), number, int(found["day"])):
                return _with_time(date, said[found.end() :]) or date.date().isoformat()
    if (dotted := _DOTTED.search(said)) and (
        date := _date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    ):
        return date.date().isoformat()
    if strokes := _STROKES.search(said):
        one, other, year = (int(strokes[number]) for number in (1, 2, 3))
        readings = {_date(year, one, other), _date(year, other, one)} - {None}
        if len(readings) == 1 and (date := readings.pop()):
            return date.date().isoformat()
    return None


def is_date_line(line: str) -> bool:
    """Whether a line is a date and little else (a day's name, a time, an edition)."""
    bare = " ".join(line[:_LONGEST].split())
    return len(bare) <= _LONGEST_DATE_LINE and find_date(bare) is not None


_LONGEST_DATE_LINE: Final = 60
_LONGEST: Final = 500


def _date(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def _with_time(date: datetime, rest: str) -> str | None:
    """The date with the time of day behind it, where its zone is written too."""
    found = _TIME.search(rest[:40])
    if found is None or not found["zone"]:
        return None
    zone = found["zone"].replace(" ", "")
    if zone.startswith(("GMT", "UTC")):
        ahead = int(zone[3:] or 0)
    elif zone in _ZONES:
        ahead = _ZONES[zone]
    else:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "Pp" else 0)
    try:
        moment = date.replace(
            hour=hour, minute=int(found["minute"]), tzinfo=timezone(timedelta(hours=ahead))
        )
    except ValueError:
        return None
    return moment.isoformat()
