"""Time windows as a timeline draws them: from when to when, and how exactly that is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from metoo_research.charts.text import GLUE, clean
from metoo_research.errors import TableError

Shape = Literal["up to", "stretch", "since", "not known"]
Unit = Literal["part of day", "day", "week", "month", "year", "decade"]

_UNITS: Final = ("part of day", "day", "week", "month", "year", "decade")
_EXACT: Final = ("hour", "minute", "second")
_PART_HOURS: Final = 6
_MOMENT_BEFORE: Final = pd.Timedelta(microseconds=1)
_A_DAY: Final = pd.Timedelta(days=1)
_NO_TIME: Final = pd.Timedelta(0)


@dataclass(frozen=True)
class Window:
    """When a figure was counted. The beginning lies between `start_from` and `start_to`, the
    end between `end_from` and `end_to`; the two of a pair are equal where the time is known
    exactly, and NaT where there is none.
    """  # noqa: D205

    shape: Shape
    start_from: Any = pd.NaT
    start_to: Any = pd.NaT
    end_from: Any = pd.NaT
    end_to: Any = pd.NaT
    unit: Unit | None = None  # None: known to the hour

    @property
    def placed(self) -> bool:
        """Whether the window has a place on an axis of time."""
        return self.shape != "not known"

    @property
    def exact(self) -> bool:
        """Whether no beginning or end lies somewhere in a stretch of time."""
        pairs = ((self.start_from, self.start_to), (self.end_from, self.end_to))
        return all(pd.isna(first) or first == last for first, last in pairs)

    @property
    def last(self) -> Any:
        """The latest moment that is known of the window: its end, else its beginning."""
        return self.start_to if pd.isna(self.end_to) else self.end_to

    @property
    def first(self) -> Any:
        """The earliest moment that is known of the window: its beginning, else its end."""
        return self.end_from if pd.isna(self.start_from) else self.start_from


def zone_of(zone: str | tzinfo | None) -> tzinfo:
    """Give the time zone of a name; UTC for None.

    Raises
    ------
    TableError
        If there is no zone of that name.
    """
    if isinstance(zone, tzinfo):
        return zone
    try:
        return ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise TableError(
            f"no time zone is called {zone!r}; use a name such as Europe/London"
        ) from error


def event_of(event: datetime | date | None, zone: tzinfo) -> tuple[Any, Any]:
    """Give the event's beginning and end in UTC: of a date, those of the day.

    A moment ends when it begins. NaT, twice, for no event.
    """
    if event is None or pd.isna(event):
        return pd.NaT, pd.NaT
    start = pd.Timestamp(event)
    if start.tzinfo is None:
        start = localized(start, zone)
    start = start.tz_convert("UTC")
    end = start if isinstance(event, datetime) else _unit_after(start, "day", zone)
    return start, end


def window_of(figure: Mapping[str, Any], zone: tzinfo) -> Window:
    """Read one figure's window.

    What was counted up to a day ended somewhere in it, though not after ``window_end``; what
    was counted since a day began somewhere in it. A stretch that is shorter than the unit it
    is known to has the width of that unit. A part of a day is a quarter of it.

    Raises
    ------
    TableError
        If ``window_precision`` is no word for one.
    """
    start, end = figure["window_start"], figure["window_end"]
    unit = _unit(figure["window_precision"])
    has_start, has_end = pd.notna(start), pd.notna(end)
    if not (has_start or has_end) or (has_start and has_end and end < start):
        return Window("not known")
    kind = clean(figure["window_kind"])
    if has_end and (kind == "as_of" or not has_start):
        return Window("up to", start, start, _unit_before(end, unit, zone), end, unit=unit)
    if has_start and (kind == "since" or not has_end):
        return Window("since", start, _unit_after(start, unit, zone), end, end, unit=unit)
    if unit is None:
        return Window("stretch", start, start, end, end)
    if start == end:  # "at the end of October": before it or after it
        first, last = _unit_before(end, unit, zone), _unit_after(start, unit, zone)
        return Window("stretch", first, last, first, last, unit=unit)
    if kind == "duration":
        return _duration(figure, unit, zone)
    opening = _floor(start, unit, zone)
    if end - start < _unit_after(opening, unit, zone) - opening:
        start, end = opening, _unit_after(end - _MOMENT_BEFORE, unit, zone)
    return Window("stretch", start, start, end, end, unit=unit)


def _duration(figure: Mapping[str, Any], unit: Unit, zone: tzinfo) -> Window:
    """A length of time: how far it can be shifted, and where to.

    It can be shifted in a longer window; and by a day where it is told from a day: later from
    that of the event, which may have begun late, earlier from that of the article.
    """
    start, end, hours = (
        figure[name] for name in ("window_start", "window_end", "window_hours")
    )
    spare = end - start - pd.Timedelta(hours=hours) if pd.notna(hours) else _NO_TIME
    if spare > _NO_TIME:
        return Window("stretch", start, start + spare, end - spare, end, unit=unit)
    basis = clean(figure["window_basis"])
    later = earlier = _NO_TIME
    if basis == "event" and _is_midnight(start.tz_convert(zone), zone):
        later = _A_DAY
    elif basis == "article date" and _is_midnight(end.tz_convert(zone), zone):
        earlier = _A_DAY
    if unit == "part of day":  # "overnight" has hours of its own
        later = earlier = _NO_TIME
    return Window(
        "stretch", start - earlier, start + later, end - earlier, end + later, unit=unit
    )


def _unit(precision: object) -> Unit | None:
    word = clean(precision)
    for unit in _UNITS:
        if word == unit:
            return unit
    if word and word not in _EXACT:
        known = ", ".join((*_EXACT[:1], *_UNITS))
        raise TableError(f"window_precision is {word!r}; it can be {known} or missing")
    return None


def _unit_before(end: Any, unit: Unit | None, zone: tzinfo) -> Any:
    """The beginning of the unit that `end` closes or cuts: on Tuesday, 00:00, of Monday."""
    return end if unit is None else _floor(end - _MOMENT_BEFORE, unit, zone)


def _unit_after(start: Any, unit: Unit | None, zone: tzinfo) -> Any:
    """The end of the unit that begins at `start` or holds it."""
    if unit is None:
        return start
    local = floor_to(start.tz_convert(zone).tz_localize(None), unit)
    return localized(local + step(unit), zone).tz_convert("UTC")


def _floor(moment: Any, unit: Unit, zone: tzinfo) -> Any:
    local = floor_to(moment.tz_convert(zone).tz_localize(None), unit)
    return localized(local, zone).tz_convert("UTC")


def floor_to(clock: pd.Timestamp, unit: Unit) -> pd.Timestamp:
    """Give the beginning of the quarter of a day, day, week … decade of a local time."""
    day = clock.normalize()
    if unit == "part of day":
        return day + pd.Timedelta(hours=clock.hour // _PART_HOURS * _PART_HOURS)
    if unit == "week":
        return day - pd.Timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit == "year":
        return day.replace(month=1, day=1)
    if unit == "decade":
        return day.replace(year=day.year // 10 * 10, month=1, day=1)
    return day


def step(unit: Unit, number: int = 1) -> pd.DateOffset:
    """Give a number of calendar units."""
    if unit == "part of day":
        return pd.DateOffset(hours=_PART_HOURS * number)
    if unit == "year" or unit == "decade":
        return pd.DateOffset(years=10 * number if unit == "decade" else number)
    if unit == "month":
        return pd.DateOffset(months=number)
    return pd.DateOffset(days=7 * number if unit == "week" else number)


def localized(clock: pd.Timestamp, zone: tzinfo) -> pd.Timestamp:
    """Give the moment at which clocks of `zone` show a time; where they skip it, the next."""
    moment = clock.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    assert isinstance(moment, pd.Timestamp)  # noqa: S101  no NaT from a time
    return moment


# --- in words ------------------------------------------------------------------------------


#: The spaces in "Mon 16 Oct 2017, 06:00" and "4 days".
_IN_TIMES: Final = re.compile(r"(?<=[a-z]) (?=\d)|(?<=\d) (?=[A-Zdh])|(?<=,) (?=\d\d:)")


def unbroken(words: str) -> str:
    """Keep each date and time in `words` on one line."""
    return _IN_TIMES.sub(GLUE, words)


def day_words(local: pd.Timestamp, *, year: bool) -> str:
    """Write "Mon 16 Oct" or "Mon 16 Oct 2017", whatever the machine's language is."""
    words = f"{local.day_name()[:3]} {local.day} {local.month_name()[:3]}"
    return f"{words} {local.year}" if year else words


def moment_words(moment: Any, zone: tzinfo, *, year: bool) -> str:
    """Write "Mon 16 Oct, 06:00"."""
    local = moment.tz_convert(zone)
    return f"{day_words(local, year=year)}, {local:%H:%M}"


def window_words(window: Window, zone: tzinfo, *, year: bool) -> str:
    """Write a window: "up to Mon 16 Oct, 06:00", "since some time in the 1980s"."""
    if window.shape == "not known":
        return ""
    if window.shape == "up to":
        return f"up to {_end_words(window.end_from, window.end_to, window.unit, zone, year)}"
    if window.shape == "since":
        first, last = window.start_from, window.start_to
        return f"since {_end_words(first, last, window.unit, zone, year)}"
    limits = (window.start_from, window.end_to, window.unit, zone, year)
    if window.exact:
        return _span(*limits)
    words = _span(*limits, joined="and")
    return f"between {words}" if " and " in words else f"within {words}"


def _end_words(first: Any, last: Any, unit: Unit | None, zone: tzinfo, year: bool) -> str:
    """Write where in time an end lies; of a day, week … the whole, whatever part of it."""
    if unit is None:
        return moment_words(first, zone, year=year)
    local = first.tz_convert(zone)
    if unit == "part of day":
        day = day_words(local, year=year)
        return f"some time between {local:%H:%M} and {_closing_clock(last, zone)} on {day}"
    if unit == "day":
        return f"some time on {day_words(local, year=year)}"
    if unit == "week":
        return f"some time in the week of {day_words(floor_to(local, unit), year=year)}"
    return f"some time in {_unit_words(local, unit)}"


def _closing_clock(last: Any, zone: tzinfo) -> str:
    """The clock time of an end: a day ends at 24:00, not on the next."""
    clock = f"{last.tz_convert(zone):%H:%M}"
    return "24:00" if clock == "00:00" else clock


def _span(
    first: Any, last: Any, unit: Unit | None, zone: tzinfo, year: bool, *, joined: str = "to"
) -> str:
    """Write a stretch: in whole days, months … where it is told in these, else in hours."""
    start, end = first.tz_convert(zone), last.tz_convert(zone)
    inside = (last - _MOMENT_BEFORE).tz_convert(zone) if last > first else start
    if unit in ("month", "year", "decade"):
        words = [_unit_words(at, unit) for at in (start, inside)]
        return words[0] if words[0] == words[1] else f" {joined} ".join(words)
    # What was "counted in two days" may run from clock time to clock time.
    if unit in ("day", "week") and all(_is_midnight(at, zone) for at in (start, end)):
        words = [day_words(at, year=year) for at in (start, inside)]
        return words[0] if words[0] == words[1] else f" {joined} ".join(words)
    closing = _closing_clock(last, zone)
    if start.date() != inside.date():
        closing = f"{day_words(inside, year=year)}, {closing}"
    return f"{moment_words(first, zone, year=year)} {joined} {closing}"


def _is_midnight(local: pd.Timestamp, zone: tzinfo) -> bool:
    """Whether a day begins; where clocks skip midnight, it begins later."""
    return local == localized(local.tz_localize(None).normalize(), zone)


def _unit_words(local: pd.Timestamp, unit: Unit) -> str:
    if unit == "month":
        return f"{local.month_name()[:3]} {local.year}"
    if unit == "year":
        return f"{local.year}"
    return f"the {local.year // 10 * 10}s"
