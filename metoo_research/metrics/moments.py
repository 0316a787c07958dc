"""Moments: the words of a date, a weekday or a part of a day, and the time they stand for.

Nothing is invented. A weekday, a date without a year or a part of a day needs a day that it
is told from; without one, or where a word is not understood, there is no moment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from metoo_research.metrics.timeline import (
    Anchor,
    Anchors,
    Basis,
    Stretch,
    add_months,
    days,
    instant,
    unit_around,
)
from metoo_research.metrics.vocabulary import MONTHS, WEEKDAYS

# --- the words -----------------------------------------------------------------------------

_YEAR: Final = r"(?:1[5-9]|20)\d\d\b"
_DAY: Final = r"\d{1,2}(?!\d)(?:st|nd|rd|th)?"
_PIECE: Final = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d\b)"
    rf"|(?P<day_of_year>(?:(?:{MONTHS})\s{_DAY}|{_DAY}(?:\sof)?\s(?:{MONTHS})(?!\w)),?\s{_YEAR})"
    rf"|(?P<day_of_month>(?:{MONTHS})\s{_DAY}|{_DAY}(?:\sof)?\s(?:{MONTHS})(?!\w))"
    rf"|(?P<month_of_year>(?:{MONTHS})(?:\sof)?,?\s{_YEAR})"
    rf"|(?P<month>(?:{MONTHS})(?!\w))"
    r"|(?P<clock>\d{1,2}(?:[:.]\d\d)?\s?(?:a\.?m\b\.?|p\.?m\b\.?)"
    r"|\d{1,2}[:.]\d\d|\d{1,2}\so'clock|midnight)"
    r"|(?P<decade>(?:(?:1[5-9]|20)\d|')\d?0s\b)"
    rf"|(?P<year>{_YEAR})"
    rf"|(?P<weekday>{WEEKDAYS}\b)"
    r"|(?P<relative>(?:last|this)\s(?:week|month|year|decade|weekend)\b|the\sweekend\b)"
    r"|(?P<relative_day>(?:(?:last|this)\s(?=(?:night|morning|afternoon|evening)\b)"
    r"|yesterday\b|today\b|to(?=night\b)))"
    r"|(?P<part>(?:morning|midday|noon|lunchtime|afternoon|evening|night|dawn|teatime)\b)"
    r"|(?P<modifier>(?:earlier|early|later|late|mid)\b-?)"
    r"|(?P<hours>hours\b)"
    r"|(?P<place>local\stime\b|(?:[ep][sd]?t|gmt|bst|utc)\b)"
    # Not every "the": "the Sept. 11" and "the 2016" are cut from "the 2016 election", "the
    # Monday" is one of the story told, and "the last week" are the seven days past.
    r"|(?P<nothing>[,\s]+|(?:of|on|at|in)\b"
    r"|the\b(?=\s(?:early|late|mid|morning|afternoon|evening|night|(?:\d\d|')?\d0s)\b))",
    re.IGNORECASE,
)
_EDGE: Final = re.compile(
    r"(?:(?:the|its|their) )?(?:very )?(?P<edge>end|close|start|beginning) of (?P<whole>.+)",
    re.IGNORECASE,
)
#: Hours at which the parts of a day begin and end. A part that is not here is the whole day.
_PARTS: Final[Mapping[str, tuple[int, int]]] = {
    "early": (0, 6),
    "morning": (6, 12),
    "noon": (12, 13),
    "midday": (12, 13),
    "lunchtime": (12, 14),
    "afternoon": (12, 18),
    "evening": (18, 22),
    "night": (18, 24),
}
_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?:\s?(?P<half>[ap])\.?m\.?)?", re.IGNORECASE
)
#: Zones by the letters behind a clock time. "EST" is written all the year round for the time
#: that is kept in the east.
_PLACES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("et", "est", "edt"), "America/New_York"),
    **dict.fromkeys(("pt", "pst", "pdt"), "America/Los_Angeles"),
    **dict.fromkeys(("gmt", "utc"), "UTC"),
    "bst": "Europe/London",
}
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BACKWARD: Final = frozenset({"before", "back"})
_SOON_DAYS: Final = 60
_NEVER_ALONE: Final = frozenset({"modifier", "hours", "place", "part", "clock"})
_OF_A_DAY: Final = _NEVER_ALONE | {"weekday", "date", "relative_day"}


def resolve_moment(text: str, anchors: Anchors) -> Stretch | None:
    """Give the time that the words of a moment stand for.

    Parameters
    ----------
    text
        The words alone, such as "the early hours of Monday" or "9 p.m. on October 16".
    anchors
        The days that it can be told from.

    Returns
    -------
    The moment; None where the words or the anchors do not tell it.
    """
    text = " ".join(text.replace("’", "'").split())
    try:
        return _edge_of(text, anchors) or _resolve(text, anchors)
    except (OverflowError, ValueError):  # beyond the calendar, or no date of it: "June 31"
        return None


def _edge_of(text: str, anchors: Anchors) -> Stretch | None:
    """The end or the beginning of something: a point, only as exact as the thing is."""
    found = _EDGE.fullmatch(text)
    whole = _resolve(found["whole"], anchors) if found else None
    if found is None or whole is None:
        return None
    at = whole.end if found["edge"].lower() in {"end", "close"} else whole.start
    return replace(whole, start=at, end=at, point=True)


def _pieces(text: str) -> dict[str, str] | None:
    """The words by what they are; None if one is unknown or of a sort that came before."""
    pieces: dict[str, str] = {}
    at = 0
    while at < len(text):
        found = _PIECE.match(text, at)
        if found is None or found.end() == at:
            return None
        at = found.end()
        name = found.lastgroup or ""
        if name in {"iso", "day_of_year", "day_of_month"}:
            name = "date"
        if name == "nothing":
            continue
        if name in pieces:
            return None
        pieces[name] = found[0].lower().strip(" -")
    return pieces


def _resolve(text: str, anchors: Anchors) -> Stretch | None:
    pieces = _pieces(text)
    if not pieces or pieces.keys() <= _NEVER_ALONE:
        return None
    if pieces.keys() <= _OF_A_DAY:
        found = _day_of(pieces, anchors)
        moment = found and _within_day(*found, pieces, anchors)
        return moment if moment and _on_its_side(moment, pieces, anchors) else None
    # "Late October" is not told apart from October: no rule says where it begins.
    names = pieces.keys() - {"modifier"}
    if len(names) != 1:
        return None
    (name,) = names
    if name == "relative":
        return _relative(pieces[name], anchors)
    return _part_of_calendar(name, pieces[name], anchors)


def _part_of_calendar(name: str, said: str, anchors: Anchors) -> Stretch | None:
    if name == "decade":
        digits = int(re.sub(r"\D", "", said))
        if digits < 100:  # '80s
            digits += 1900 if digits >= 30 else 2000
        return unit_around(date(digits, 1, 1), "decade", anchors, "words")
    if name == "year":
        return unit_around(date(int(said), 1, 1), "year", anchors, "words")
    read = _read_date(said)
    if read is None:
        return None
    if name == "month_of_year":
        return unit_around(read, "month", anchors, "words")
    anchor = anchors.first
    if anchor is None:
        return None
    here = anchor.day.replace(day=1)
    chosen = _of_some_year(read.replace(day=1), replace(anchor, day=here))
    if chosen is None:
        return None
    return unit_around(chosen, "month", anchors, anchor.basis)


def _relative(said: str, anchors: Anchors) -> Stretch | None:
    """What is told from the day of publication: last week, this month, the weekend."""
    article = anchors.article
    if article is None:
        return None
    which, unit = said.split()
    today = article.day
    if unit == "weekend":
        return _weekend(which, article, anchors)
    if which == "last" and unit == "decade":  # the last ten years, or the decade before?
        return None
    if which == "last":
        back = {
            "week": lambda: today - timedelta(days=7),
            "month": lambda: add_months(today, -1),
        }
        today = back.get(unit, lambda: add_months(today, -12))()
    return unit_around(today, unit, anchors, "article date")


def _weekend(which: str, article: Anchor, anchors: Anchors) -> Stretch | None:
    at_weekend = article.day.weekday() >= 5
    if which == "this" and not at_weekend:  # the one past or the one to come?
        return None
    saturday = article.day - timedelta(days=(article.day.weekday() - 5) % 7)
    if which == "last" and at_weekend:
        saturday -= timedelta(days=7)
    return days(saturday, saturday + timedelta(days=2), anchors.zone, "day", "article date")


# --- days and what lies in them ------------------------------------------------------------


def _day_of(pieces: Mapping[str, str], anchors: Anchors) -> tuple[date, Basis] | None:
    """The day, and what it rests on; None if the words contradict each other."""
    if "relative_day" in pieces:
        article = anchors.article
        if article is None or pieces.keys() & {"weekday", "date"}:
            return None
        said = pieces["relative_day"]
        back = said == "yesterday" or (said == "last" and pieces.get("part") == "night")
        if said == "last" and not back:
            return None
        return article.day - timedelta(days=int(back)), article.basis
    if "date" not in pieces and "weekday" not in pieces:
        return None
    anchor = anchors.first
    weekday = _WEEKDAYS.index(pieces["weekday"][:3]) if "weekday" in pieces else None
    if "date" not in pieces:
        return None if anchor is None or weekday is None else _weekday(weekday, anchor)
    said = pieces["date"]
    day = _read_date(said)
    basis: Basis = "words"
    if day is not None and not re.search(_YEAR, said):
        if anchor is None:
            return None
        if anchor.look == "before" and _is_soon(day, anchor.day):
            return None  # of this year, and still to come, or of the last?
        day, basis = _of_some_year(day, anchor), anchor.basis
    if day is None or weekday not in {None, day.weekday()}:
        return None
    return day, basis


def _on_its_side(moment: Stretch, pieces: Mapping[str, str], anchors: Anchors) -> bool:
    """Whether a moment is not told from a day on whose other side it lies.

    "Monday night" in Monday's morning paper is not the Monday just found; nor is "Sunday
    morning" where the event began on that Sunday's afternoon.
    """
    anchor = anchors.first
    if anchor is None or moment.basis == "words" or "relative_day" in pieces:
        return True
    if anchor.look in _BACKWARD:
        return moment.start <= anchor.moment
    return "date" in pieces or moment.close > anchor.moment


def _weekday(weekday: int, anchor: Anchor) -> tuple[date, Basis]:
    if anchor.look in _BACKWARD:
        away = -((anchor.day.weekday() - weekday) % 7)
    else:
        away = (weekday - anchor.day.weekday()) % 7
    return anchor.day + timedelta(days=away), anchor.basis


def _is_soon(day: date, today: date) -> bool:
    """Whether a day of the calendar comes round within the next weeks."""
    coming = [today + timedelta(days=ahead) for ahead in range(1, _SOON_DAYS + 1)]
    return (day.month, day.day) in {(one.month, one.day) for one in coming}


def _of_some_year(day: date, anchor: Anchor) -> date | None:
    """The day of that month in the year that lies nearest to the anchor."""
    candidates = []
    for year in range(anchor.day.year - 8, anchor.day.year + 9):  # February 29, around 1900
        try:
            candidates.append(day.replace(year=year))
        except ValueError:
            continue
    away = {one: (one - anchor.day).days for one in candidates}
    if anchor.look in _BACKWARD:
        away = {one: far for one, far in away.items() if far <= 0}
    elif anchor.look == "after":
        away = {one: far for one, far in away.items() if far >= 0}
    return min(away, key=lambda one: abs(away[one]), default=None)


@lru_cache(maxsize=4096)
def _read_date(said: str) -> date | None:
    """Read a day or a month of the calendar; where no year is said, it is put into 2000.

    What is asked for is in the text: dateparser would fill in what is not from its base.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        return date.fromisoformat(said)
    import dateparser  # slow to import

    parts = ["month", *(["year"] if re.search(_YEAR, said) else [])]
    if re.search(rf"\b{_DAY}", said, re.IGNORECASE):
        parts.append("day")
    read = dateparser.parse(
        said,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime(2000, 1, 1),
            "REQUIRE_PARTS": parts,
            "PREFER_DAY_OF_MONTH": "first",
            "PREFER_DATES_FROM": "current_period",
            "TIMEZONE": "UTC",  # else it asks the machine for its own
        },
    )
    return None if read is None else read.date()


def _within_day(
    day: date, basis: Basis, pieces: Mapping[str, str], anchors: Anchors
) -> Stretch | None:
    zone = anchors.zone
    if "clock" in pieces:
        found = _clock(day, basis, pieces, zone)
        if found is not None:
            return found
    part = pieces.get("part", "")
    early_hours = part == "morning" or (not part and "hours" in pieces)
    if early_hours and pieces.get("modifier") == "early":
        part = "early"
    if part not in _PARTS:
        return days(day, day + timedelta(days=1), zone, "day", basis)
    start, end = (instant(day, hour, 0, zone) for hour in _PARTS[part])
    if part in {"noon", "midday"}:
        return Stretch(start, end, "hour", basis, point=True)
    return Stretch(start, end, "part of day", basis)


def _clock(day: date, basis: Basis, pieces: Mapping[str, str], zone: tzinfo) -> Stretch | None:
    """A time of day; None where it is not told whether before or after noon, or where."""
    said, place = pieces["clock"], pieces.get("place")
    if place is not None:
        if place not in _PLACES:  # local time, of no named place
            return None
        zone = ZoneInfo(_PLACES[place])
    if said == "midnight":  # that of the day's end, in newspapers; not every writer's
        at = instant(day, 24, 0, zone)
        return Stretch(at, at, "day", basis, point=True)
    found = _CLOCK.fullmatch(said)
    if found is None:  # o'clock
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (found["half"].lower() == "p")
    elif hour < 13 and not said.startswith("0"):
        return None
    if hour > 23 or minute > 59:
        return None
    at = instant(day, hour, minute, zone)
    return Stretch(at, at, "hour", basis, point=True)
