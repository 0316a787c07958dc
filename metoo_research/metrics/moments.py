"""Moments: the words of a date, a weekday or a part of a day, and the time they stand for.

Nothing is invented. A weekday, a date without a year or a part of a day needs a day that it
is told from; without one, or where a word is not understood, there is no moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from metoo_research.metrics.vocabulary import MONTHS, WEEKDAYS

Precision = Literal["hour", "part of day", "day", "week", "month", "year", "decade"]
Basis = Literal["words", "article date", "event"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time from `start` up to `end` (in UTC), and what it rests on.

    A clock time is a `point`: what happens "by noon" has happened when noon begins.
    """

    start: datetime
    end: datetime
    precision: Precision
    basis: Basis = "words"
    point: bool = False

    @property
    def close(self) -> datetime:
        """The time at which "by" this moment is over."""
        return self.start if self.point else self.end


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day that moments are told from.

    Attributes
    ----------
    day
        The day, in the study's zone.
    moment
        Of an article the latest time it can have been published at, of an event its start.
    exact
        Whether the minute is known, not only the day.
    basis
        What the anchor is.
    look
        Where "Monday" lies from here: on or before this day, on or after it, or ("near", for
        dates; weekdays as after) whichever is nearer.
    """

    day: date
    moment: datetime
    exact: bool
    basis: Basis
    look: Literal["before", "after", "near"]


@dataclass(frozen=True, slots=True)
class Anchors:
    """The days that one figure's moments can be told from."""

    zone: ZoneInfo
    article: Anchor | None = None
    event: Anchor | None = None

    @property
    def first(self) -> Anchor | None:
        """The article's date where it is known, else the event's."""
        return self.article or self.event


def instant(day: date, hour: int, minute: int, zone: tzinfo) -> datetime:
    """Give the moment of a day at which its clocks show a time; 24 is the day's end."""
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    return datetime.combine(day, time(hour, minute), tzinfo=zone).astimezone(UTC)


def days(first: date, after: date, zone: tzinfo, precision: Precision, basis: Basis) -> Stretch:
    """Give the stretch from one day's beginning to that of another."""
    return Stretch(instant(first, 0, 0, zone), instant(after, 0, 0, zone), precision, basis)


def add_months(day: date, months: int) -> date:
    """Give the same day of another month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    return first + timedelta(days=min(day.day, _days_in(first)) - 1)


def _days_in(first: date) -> int:
    return ((first + timedelta(days=31)).replace(day=1) - first).days


def unit_around(day: date, unit: str, anchors: Anchors, basis: Basis) -> Stretch | None:
    """Give the calendar day, week (from Monday), month, year or decade that holds a day."""
    zone = anchors.zone
    if unit == "day":
        return days(day, day + timedelta(days=1), zone, "day", basis)
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return days(monday, monday + timedelta(days=7), zone, "week", basis)
    if unit == "month":
        first = day.replace(day=1)
        return days(first, add_months(first, 1), zone, "month", basis)
    if unit == "year":
        return days(date(day.year, 1, 1), date(day.year + 1, 1, 1), zone, "year", basis)
    if unit == "decade":
        year = day.year // 10 * 10
        return days(date(year, 1, 1), date(year + 10, 1, 1), zone, "decade", basis)
    return None


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
    # "the 2016" is cut from "the 2016 election", which is no year.
    rf"|(?P<nothing>[,\s]+|(?:of|on|at|in)\b|the\b(?!\s{_YEAR}(?!s)))",
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
# As the letters say, though "EST" is written in summer too.
_PLACES: Final[Mapping[str, Callable[[], tzinfo]]] = {
    "et": lambda: ZoneInfo("America/New_York"),
    "est": lambda: timezone(timedelta(hours=-5)),
    "edt": lambda: timezone(timedelta(hours=-4)),
    "pt": lambda: ZoneInfo("America/Los_Angeles"),
    "pst": lambda: timezone(timedelta(hours=-8)),
    "pdt": lambda: timezone(timedelta(hours=-7)),
    "gmt": lambda: UTC,
    "utc": lambda: UTC,
    "bst": lambda: timezone(timedelta(hours=1)),
}
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NEVER_ALONE: Final = frozenset({"modifier", "hours", "place", "part", "clock"})
_OF_A_DAY: Final = _NEVER_ALONE | {"weekday", "date", "relative_day"}
_LONGEST = 120


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
    if len(text) > _LONGEST:
        return None
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
        return found and _within_day(*found, pieces, anchors)
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
    return chosen and unit_around(chosen, "month", anchors, anchor.basis)


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
        back = {"week": lambda: today - timedelta(days=7), "month": lambda: add_months(today, -1)}
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
        day, basis = _of_some_year(day, anchor), anchor.basis
    if day is None or weekday not in {None, day.weekday()}:
        return None
    return day, basis


def _weekday(weekday: int, anchor: Anchor) -> tuple[date, Basis]:
    if anchor.look == "before":
        away = -((anchor.day.weekday() - weekday) % 7)
    else:
        away = (weekday - anchor.day.weekday()) % 7
    return anchor.day + timedelta(days=away), anchor.basis


def _of_some_year(day: date, anchor: Anchor) -> date | None:
    """The day of that month in the year that lies nearest to the anchor."""
    candidates = []
    for year in range(anchor.day.year - 8, anchor.day.year + 9):  # February 29, around 1900
        try:
            candidates.append(day.replace(year=year))
        except ValueError:
            continue
    away = {one: (one - anchor.day).days for one in candidates}
    if anchor.look == "before":
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
            "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001
            "REQUIRE_PARTS": parts,
            "PREFER_DAY_OF_MONTH": "first",
            "PREFER_DATES_FROM": "current_period",
            "TIMEZONE": "UTC",  # else it asks the machine for its own
        },
    )
    return read and read.date()


def _within_day(
    day: date, basis: Basis, pieces: Mapping[str, str], anchors: Anchors
) -> Stretch | None:
    zone = anchors.zone
    if "clock" in pieces:
        found = _clock(day, basis, pieces, zone)
        if found is not None:
            return found
    part = pieces.get("part", "")
    if pieces.get("modifier") == "early" and part == ("" if "hours" in pieces else "morning"):
        part = "early"
    elif pieces.get("modifier") == "early" and part == "morning":
        part = "early"
    if part not in _PARTS:
        return days(day, day + timedelta(days=1), zone, "day", basis)
    start, end = (instant(day, hour, 0, zone) for hour in _PARTS[part])
    if part in {"noon", "midday"}:
        return Stretch(start, end, "hour", basis, point=True)
    return Stretch(start, end, "part of day", basis)


def _clock(
    day: date, basis: Basis, pieces: Mapping[str, str], zone: tzinfo
) -> Stretch | None:
    """A time of day; None where it is not told whether before or after noon, or where."""
    said, place = pieces["clock"], pieces.get("place")
    if place is not None:
        if place not in _PLACES:  # local time, of no named place
            return None
        zone = _PLACES[place]()
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
    at = instant(day, hour, minute, zone) if hour < 24 and minute < 60 else None
    return at and Stretch(at, at, "hour", basis, point=True)
