"""The calendar under the words: stretches of time, and the days that they are told from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal
from zoneinfo import ZoneInfo

Precision = Literal["hour", "part of day", "day", "week", "month", "year", "decade"]
Basis = Literal["words", "article date", "event"]
_COARSE_TO_FINE: Final[tuple[Precision, ...]] = (
    "decade", "year", "month", "week", "day", "part of day", "hour",
)  # fmt: skip


def coarser(one: Precision, other: Precision) -> Precision:
    """Give the coarser of two precisions."""
    return min(one, other, key=_COARSE_TO_FINE.index)


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
        dates; weekdays as after) whichever is nearer. "before" leaves open what "October 27"
        means on October 17, where "back" is sure that it is past ("since October 27").
    """

    day: date
    moment: datetime
    exact: bool
    basis: Basis
    look: Literal["before", "back", "after", "near"]


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
