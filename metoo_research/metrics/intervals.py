"""The counts that a number as worded can stand for: "more than 200,000", "4.7 million"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

# "about", "nearly": no rule says how far off; a tenth is what newspapers round to.
_ABOUT: Final = 0.1
_BELOW: Final = frozenset(
    {"nearly", "almost", "close to", "virtually", "practically", "nigh on", "approaching"}
)


@dataclass(frozen=True, slots=True)
class Interval:
    """The counts that a number as worded can stand for, both ends included."""

    low: float
    high: float

    def meets(self, other: Interval) -> bool:
        """Whether one count can lie in both."""
        return self.low <= other.high and other.low <= self.high


def interval_of(
    number_text: str, value: float, bound: str, *, value_high: float = math.nan,
    modifier: str | None = None,
) -> Interval:  # fmt: skip
    """Give the counts that a number can stand for.

    Parameters
    ----------
    number_text
        The number as written: its last digit that is not a rounding zero tells how exactly
        it was given ("4.7 million": to 100,000).
    value, value_high
        The number's value, and the upper end of a range.
    bound
        exact, at_least, at_most, about or vague.
    modifier
        The hedge: "nearly" and its like are never above the number.

    Returns
    -------
    The interval. "more than" has no upper end (infinity), of a range ("more than 10 to 20")
    the lower end stays; "up to" begins at 0; "about" is taken as within 10 %; a vague count
    reaches up to the next power of ten ("thousands": 1,000 to 9,999). A value that is no
    finite number gives NaN.
    """
    low, high = value, value if math.isnan(value_high) else value_high
    low, high = min(low, high), max(low, high)
    if not (math.isfinite(low) and math.isfinite(high)):
        return Interval(math.nan, math.nan)
    if bound == "at_least":
        return Interval(low, math.inf)
    if bound == "at_most":
        return Interval(min(low, 0.0), high)
    if bound == "about":
        below, above = abs(low) * _ABOUT, abs(high) * _ABOUT
        return Interval(low - below, high if modifier in _BELOW else high + above)
    if low < high:
        return Interval(low, high)
    if bound == "vague":
        return Interval(low, 10.0 ** (math.floor(math.log10(low)) + 1) - 1 if low > 0 else low)
    half = _last_place(number_text, value) / 2
    return Interval(value - half, value + half)


def _last_place(number_text: str, value: float) -> float:
    """The size of the last place that a number was given to: 100,000 for "4.7 million".

    A number below 1,000 is taken as counted to the unit.
    """
    if abs(value) < 1000:
        return 1.0
    digits = re.match(r"[\d,.\u00a0\u202f ]*\d", number_text)
    plain = re.sub(r"[^\d.]", "", digits[0]) if digits else ""
    try:
        written = float(plain)
    except ValueError:  # in words: "a million", "half a million"
        plain, written = f"{value:.0f}", value
    if written == 0:
        return 1.0
    scale = abs(value / written)
    if "." in plain:
        return scale * 10.0 ** -len(plain.partition(".")[2])
    zeros = len(plain) - len(plain.rstrip("0"))
    return scale * 10.0**zeros
