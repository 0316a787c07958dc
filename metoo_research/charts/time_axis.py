"""An axis of time: from when to when it reaches, and its ticks in words.

Times stand on it in hours since the event, or since 1970 where there is no event.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from metoo_research._wording import plural
from metoo_research.charts.style import SMALL_PT
from metoo_research.charts.text import MINUS, clean, widest_mm
from metoo_research.charts.timeline_windows import (
    Unit,
    Window,
    day_words,
    floor_to,
    localized,
    step,
)

Tick = tuple[float, str]

_EPOCH: Final = pd.Timestamp(0, tz="UTC")
_HOUR: Final = pd.Timedelta(hours=1)
_DAY_HOURS: Final = 24.0
# A beginning or another campaign that would stretch the axis more than this runs off it.
_FURTHEST: Final = 4.0
_AROUND: Final = 0.04  # room at either end, as a share
#: Times are drawn closer together the further they are from the event where at least half of
#: them would otherwise share this part of the axis.
_CROWDED: Final = 1 / 12
_CROWDED_HOURS: Final = 7 * _DAY_HOURS
_SINCE_HOURS: Final = 120 * _DAY_HOURS  # beyond, dates say more than "+150 days"
_TICK_GAP_MM: Final = 2.5

_SINCE_STEPS: Final = (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720)
_CLOCK_STEPS: Final = (1, 2, 3, 6, 12)
_CALENDAR_STEPS: Final[tuple[tuple[Unit, int], ...]] = (
    *(("day", 1), ("day", 2), ("day", 4), ("day", 7), ("day", 14)),
    *(("month", 1), ("month", 3), ("month", 6)),
    *(("year", 1), ("year", 2), ("year", 5), ("year", 10), ("year", 20), ("year", 50)),
)
_MOST_STEPS: Final = 60
_OFFSETS: Final[tuple[tuple[str, int, Unit | None], ...]] = (
    *(("6 h", 6, None), ("12 h", 12, None), ("1 day", 1, "day"), ("2 days", 2, "day")),
    *(("4 days", 4, "day"), ("1 week", 1, "week"), ("2 weeks", 2, "week")),
    *(("1 month", 1, "month"), ("3 months", 3, "month"), ("6 months", 6, "month")),
    *(("1 year", 1, "year"), ("2 years", 2, "year"), ("5 years", 5, "year")),
    *(("10 years", 10, "year"), ("20 years", 20, "year"), ("50 years", 50, "year")),
)


@dataclass(frozen=True)
class TimeAxis:
    """How times are put on the x-axis."""

    origin: pd.Timestamp
    low: float
    high: float
    label: str
    ticks: tuple[Tick, ...] = ()
    #: Hours from which on the axis is logarithmic; None where it is even throughout.
    bend: float | None = None

    def at(self, moment: Any) -> float:
        """Give the place of a moment on the axis, which may lie beyond its ends."""
        return float((moment - self.origin) / _HOUR)

    def share(self, hours: float) -> float:
        """Give how far along the axis a place is, from 0 to 1."""
        low, here, high = (self._even(at) for at in (self.low, hours, self.high))
        return (here - low) / (high - low)

    def _even(self, hours: float) -> float:
        return hours if self.bend is None else math.asinh(hours / self.bend)

    def set_on(self, ax: Axes) -> None:
        """Give `ax` these limits and ticks."""
        if self.bend is not None:
            ax.set_xscale("asinh", linear_width=self.bend)
        ax.set_xlim(self.low, self.high)
        ax.set_xticks([at for at, _ in self.ticks], [words for _, words in self.ticks])
        ax.xaxis.set_minor_locator(NullLocator())
        ax.set_xlabel(self.label)


def time_axis(
    own: Sequence[Window],
    others: Sequence[Window],
    *,
    event: Any,
    event_end: Any,
    zone: tzinfo,
    room_mm: float,
) -> TimeAxis:
    """Choose reach, scale and ticks of an axis.

    Parameters
    ----------
    own, others
        The windows to place, those of the campaign and those of others. The axis reaches over
        the ends of the first; a beginning long before, or another campaign, may run off it.
    event, event_end
        The moment that time is counted from, twice, or the day, its beginning and its end:
        then the ticks are dates, not hours since the event. NaT for none.
    room_mm
        Width of the axis, for as many ticks as fit.
    """
    origin = _EPOCH if pd.isna(event) else event
    low, high, ends = _reach(own or others, others if own else (), origin, event_end)
    bend = None if pd.isna(event) else _bend(ends, high - low)
    room = (high - low) * _AROUND
    axis = TimeAxis(origin, low - room, high + room, "", bend=bend)
    if bend is not None:
        even = [math.asinh(at / bend) for at in (low, high)]
        room = (even[1] - even[0]) * _AROUND
        low, high = (math.sinh(at) * bend for at in (even[0] - room, even[1] + room))
        axis = TimeAxis(origin, low, high, "", bend=bend)
        ticks = _compressed_ticks(axis, zone, room_mm)
        label = f"time from the event, drawn closer the further away ({_zone_name(zone)})"
    elif event == event_end and axis.high - axis.low < _SINCE_HOURS:
        ticks = _since_ticks(axis, zone, room_mm)
        label = f"time since the event ({_years(axis, zone)}{_zone_name(zone)})"
    else:
        ticks = _calendar_ticks(axis, zone, room_mm)
        label = f"date ({_years(axis, zone)}{_zone_name(zone)})"
    return TimeAxis(origin, axis.low, axis.high, label, tuple(ticks), bend)


def _reach(
    core: Sequence[Window],
    others: Sequence[Window],
    origin: pd.Timestamp,
    event_end: Any,
) -> tuple[float, float, list[float]]:
    """Give the axis' ends, and the ends of the windows, in hours."""

    def hours(moments: Iterable[Any]) -> list[float]:
        return [(moment - origin) / _HOUR for moment in moments if pd.notna(moment)]

    ends = hours(window.end_to for window in core) or hours(window.start_to for window in core)
    # Of an end that is only known to a day, the whole day is drawn.
    shown = [*ends, *hours(window.end_from for window in core)]
    if pd.notna(event_end):
        shown += [0.0, *hours([event_end])]
    lengths = [end - start for w in core for end, start in [hours((w.last, w.first))]]
    low, high = min(shown), max(shown)
    limit = _FURTHEST * max(high - low, float(np.median(lengths)), _DAY_HOURS)
    further = hours(moment for w in core for moment in (w.first, w.last))
    near = [at for at in further if high - at <= limit and at - low <= limit]
    low, high = min([low, *near]), max([high, *near])
    span = max(high - low, _DAY_HOURS)
    for window in others:
        first, last = hours((window.first, window.last))
        if high + span >= last and first >= low - span:
            shown += [first, last]
    low, high = min([low, *shown]), max([high, *shown])
    if high - low < 1:  # a single moment
        low, high = low - _DAY_HOURS / 2, high + _DAY_HOURS / 2
    return low, high, ends


def _bend(ends: Sequence[float], span: float) -> float | None:
    """Give where to bend the axis: the first quarter of the times lies before it."""
    away = np.sort(np.abs(ends))
    crowded = np.mean(away < span * _CROWDED) >= 0.5
    if span < _CROWDED_HOURS or not crowded:
        return None
    return max(float(np.quantile(away, 0.25)), 6.0)


# --- ticks ---------------------------------------------------------------------------------


def _fits(ticks: Sequence[Tick], axis: TimeAxis, room_mm: float) -> bool:
    widths = [_tick_mm(words) for _, words in ticks]
    places = [axis.share(at) * room_mm for at, _ in ticks]
    return all(
        places[at + 1] - places[at] >= (widths[at] + widths[at + 1]) / 2 + _TICK_GAP_MM
        for at in range(len(ticks) - 1)
    )


def _tick_mm(words: str) -> float:
    return widest_mm([words], size=SMALL_PT)


def _local(axis: TimeAxis, hours: float, zone: tzinfo) -> pd.Timestamp:
    moment = axis.origin + pd.Timedelta(hours=hours)
    return moment.round("1s").tz_convert(zone)


def _since_ticks(axis: TimeAxis, zone: tzinfo, room_mm: float) -> list[Tick]:
    """Hours or days since the event, over the date and the clock time."""
    ticks: list[Tick] = []
    for hours in _SINCE_STEPS:
        first, last = math.ceil(axis.low / hours), math.floor(axis.high / hours)
        if last - first > _MOST_STEPS:
            continue
        ticks = []
        for at in (number * hours for number in range(first, last + 1)):
            local = _local(axis, at, zone)
            words = f"{day_words(local, year=False)}\n{local:%H:%M}"
            ticks.append((float(at), f"{_since_words(at)}\n{words}"))
        if _fits(ticks, axis, room_mm):
            break
    return ticks


def _since_words(hours: int) -> str:
    sign = MINUS if hours < 0 else "+"
    size = abs(hours)
    if size > 72 and size % 24 == 0:
        return f"{sign}{plural(size // 24, 'day')}"
    return f"{sign}{size} h" if size else "event"


def _calendar_ticks(axis: TimeAxis, zone: tzinfo, room_mm: float) -> list[Tick]:
    """Clock times, dates, months or years: as many as fit."""
    ticks: list[Tick] = []
    for make in (_clock_ticks, _date_ticks):
        for found in make(axis, zone):
            ticks = found
            if len(ticks) > 1 and _fits(ticks, axis, room_mm):
                return ticks
    return ticks[:1]


def _clock_ticks(axis: TimeAxis, zone: tzinfo) -> Iterator[list[Tick]]:
    first = _local(axis, axis.low, zone).tz_localize(None).normalize()
    span = axis.high - axis.low
    for hours in _CLOCK_STEPS:
        if span / hours > _MOST_STEPS:
            continue
        ticks: list[Tick] = []
        shown = ""
        for number in range(int((span + 2 * _DAY_HOURS) / hours) + 1):
            clock = first + pd.Timedelta(hours=number * hours)
            at = axis.at(localized(clock, zone))
            if axis.low <= at <= axis.high and (not ticks or at > ticks[-1][0]):
                day = day_words(clock, year=False)
                ticks.append((at, f"{clock:%H:%M}" + (f"\n{day}" if day != shown else "")))
                shown = day
        yield ticks


def _date_ticks(axis: TimeAxis, zone: tzinfo) -> Iterator[list[Tick]]:
    ends = [_local(axis, at, zone).tz_localize(None) for at in (axis.low, axis.high)]
    many_years = ends[0].year != ends[1].year
    for unit, number in _CALENDAR_STEPS:
        if (axis.high - axis.low) / (_UNIT_HOURS[unit] * number) > _MOST_STEPS:
            continue
        clock = floor_to(ends[0], "year" if unit == "month" else unit)
        if unit == "year":
            clock = clock.replace(year=clock.year // number * number)
        ticks = []
        while clock <= ends[1]:
            at = axis.at(localized(clock, zone))
            if at >= axis.low:
                ticks.append((at, _date_label(clock, unit, year=many_years)))
            clock = clock + step(unit, number)
        yield ticks


_UNIT_HOURS: Final = {"day": 24.0, "month": 730.5, "year": 8766.0}


def _date_label(clock: pd.Timestamp, unit: Unit, *, year: bool) -> str:
    if unit == "year":
        return f"{clock.year}"
    if unit == "month":
        return f"{clock.month_name()[:3]}\n{clock.year}"
    words = day_words(clock, year=False).replace(" ", "\n", 1)
    return f"{words}\n{clock.year}" if year else words


def _compressed_ticks(axis: TimeAxis, zone: tzinfo, room_mm: float) -> list[Tick]:
    """The event, then "+1 day", "+1 week" … as far as each has room."""
    event = _local(axis, 0.0, zone).tz_localize(None)
    ticks = [_offset_tick(axis, zone, "event", 0.0)]
    for sign, before in ((1, "+"), (-1, MINUS)):
        for words, number, unit in _OFFSETS:
            at = float(sign * number)
            if unit:
                at = axis.at(localized(event + step(unit, sign * number), zone))
            if not axis.low <= at <= axis.high:
                continue
            tried = sorted([*ticks, _offset_tick(axis, zone, f"{before}{words}", at)])
            if _fits(tried, axis, room_mm):
                ticks = tried
    return ticks


def _offset_tick(axis: TimeAxis, zone: tzinfo, words: str, hours: float) -> Tick:
    local = _local(axis, hours, zone)
    return hours, f"{words}\n{local.day} {local.month_name()[:3]}\n{local.year}"


def _years(axis: TimeAxis, zone: tzinfo) -> str:
    """The year, where the ticks do not say it: "2017, "."""
    first, last = (_local(axis, at, zone).year for at in (axis.low, axis.high))
    return f"{first}, " if first == last else ""


def _zone_name(zone: tzinfo) -> str:
    """Name a time zone as people do: "New York time" of America/New_York."""
    name = clean(getattr(zone, "key", None) or zone.tzname(None) or str(zone))
    continent, _, place = name.rpartition("/")
    return f"{place.replace('_', ' ')} time" if continent else name
