"""Lengths of time: "48 hours", "a fortnight", "two and a half years"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from metoo_research.metrics.timeline import Precision, add_months
from metoo_research.metrics.vocabulary import NUMBER_WORDS, ONES, TENS

LengthUnit = Literal["second", "minute", "hour", "day", "week", "month", "year", "decade"]

#: A number of units as windows write it; a hedge may stand before it.
COUNT: Final = (
    rf"(?:(?:two|three) and a half|half an?|a dozen|\d[\d,.]*|{NUMBER_WORDS}"
    r"|an?(?: single)?|one|single)"
)
UNIT: Final = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?|years?"
    r"|decades?)"
)
_UNITS: Final[dict[str, LengthUnit]] = {
    "sec": "second", "min": "minute", "hou": "hour", "hr": "hour", "hrs": "hour",
    "day": "day", "wee": "week", "for": "week", "mon": "month", "yea": "year",
    "dec": "decade",
}  # fmt: skip
_HOURS: Final = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1, "day": 24, "week": 168}
_MONTHS: Final = {"month": 1, "year": 12, "decade": 120}
_PRECISIONS: Final[dict[LengthUnit, Precision]] = {
    "second": "hour", "minute": "hour", "hour": "hour", "day": "day", "week": "day",
    "month": "month", "year": "year", "decade": "decade",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Length:
    """So many units of time."""

    count: float
    unit: LengthUnit

    @property
    def hours(self) -> float:
        """The length in hours; NaN for months and longer, which have no one length."""
        return self.count * _HOURS[self.unit] if self.unit in _HOURS else math.nan

    @property
    def precision(self) -> Precision:
        """How exactly something told in these units is told."""
        return _PRECISIONS[self.unit]

    def from_moment(
        self, start: datetime, zone: ZoneInfo, *, sign: Literal[1, -1] = 1
    ) -> datetime:
        """Give the moment that lies this length after another, or before it.

        Hours are hours that pass. Days and more are counted on the calendar, so that noon
        stays noon where the clocks are changed in between.

        Raises
        ------
        ValueError
            If it is a part of a month, which is no date.
        OverflowError
            If the calendar ends before.
        """
        if self.unit in {"second", "minute", "hour"}:
            return start + sign * timedelta(hours=self.hours)
        local = start.astimezone(zone)
        if self.unit in _MONTHS:
            months = self.count * _MONTHS[self.unit]
            if months != int(months):
                raise ValueError(f"{months} months are no date")
            day = add_months(local.date(), sign * int(months))
            return datetime.combine(day, local.timetz()).astimezone(UTC)
        return (local + sign * timedelta(hours=self.hours)).astimezone(UTC)


def read_length(count: str | None, unit: str) -> Length | None:
    """Read a number of units.

    Parameters
    ----------
    count
        As written; None for one ("its first week").
    unit
        As written.

    Returns
    -------
    The length; None where no number is said ("several hours", "the first weeks").
    """
    unit = unit.lower()
    if count is None and unit.endswith("s"):
        return None
    number = 1.0 if count is None else _read_count(count.lower())
    known = _UNITS.get(unit) or _UNITS.get(unit[:3])
    if number is None or known is None:
        return None
    return Length(number * (2 if unit.startswith("fortnight") else 1), known)


def _read_count(said: str) -> float | None:
    if said[0].isdigit():
        digits = said.replace(",", "").rstrip(".")
        # Longer ones are no number of units, and too many digits no number at all.
        return float(digits) if re.fullmatch(r"\d{1,6}(?:\.\d{1,4})?", digits) else None
    if said in {"a", "an", "one", "single", "a single"}:
        return 1.0
    if said == "a dozen":
        return 12.0
    if said.startswith("half"):
        return 0.5
    whole, _, half = said.partition(" and a ")
    words = re.split(r"[ -]", whole)
    values = [TENS.get(word, ONES.get(word)) for word in words]
    if None in values:
        return None
    return float(sum(value for value in values if value is not None)) + 0.5 * bool(half)
