"""Ranges and changes: "10 to 20", "33-35 billion", "between 5% and 6%", "from 3 to 5"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from metoo_research.metrics.expression import Number

_HEDGE: Final = r"(?:(?:about|around|nearly|almost|over|more than|as many as|up to|just)\s)?"
# What stands between the ends of a range …
_DASH: Final = re.compile(r"\s?[-–—]\s?")
_TO: Final = re.compile(r"-?\s?(?:to|through)\s?-?\s?")
_AND: Final = re.compile(r"\s(?:and|or)\s")
_OR: Final = re.compile(r"\sor\s(?:even\s)?")
_CHANGED_TO: Final = re.compile(rf"\s(?:[a-z]+\s){{1,2}}to\s{_HEDGE}|\s?,?\sto\s{_HEDGE}")
# … and before its lower one.
_BETWEEN: Final = re.compile(r"\bbetween\s(?:about\s|around\s|roughly\s)?$", re.IGNORECASE)
_FROM: Final = re.compile(rf"\bfrom\s{_HEDGE}$", re.IGNORECASE)
_BY: Final = re.compile(r"\bby\s$", re.IGNORECASE)
_LONGEST_OPENING = 24
_DIGITS: Final = re.compile(r"[\d.,]+")


def join_ranges(text: str, numbers: Sequence[Number]) -> list[Number]:
    """Make one number of the two ends of a range or a change.

    Parameters
    ----------
    text
        The sentence.
    numbers
        Its numbers, in order.

    Returns
    -------
    The numbers; a range has the value of its first end, and that of its second as
    ``value_high``.
    """
    joined: list[Number] = []
    for high in numbers:
        low = joined[-1] if joined else None
        if low is None or not _make_a_range(text, low, high):
            joined.append(high)
            continue
        joined[-1] = replace(
            low,
            end=high.end,
            value=low.value * _shared_scale(text, low, high),
            value_high=high.value,
            kind=high.kind if low.kind == "count" else low.kind,
            unit_start=high.unit_start,
            glued_unit=high.glued_unit,
            currency=low.currency or high.currency,
        )
    return joined


def _make_a_range(text: str, low: Number, high: Number) -> bool:
    if {low.kind, high.kind} & {"ordinal", "fraction"} or low.vague or high.vague:
        return False
    alike = low.kind == high.kind or (low.kind == "count" and low.glued_unit is None)
    if low.is_range or not alike:
        return False
    between = text[low.unit_start : high.prefix_start]
    opening = text[max(low.prefix_start - _LONGEST_OPENING, 0) : low.prefix_start]
    if _DASH.fullmatch(between):
        return low.value < high.value * max(1.0, _shared_scale(text, low, high))
    if _TO.fullmatch(between):
        # "fell by 12 points to 45": a change and where it led, not the ends of a range.
        # A vote of "31 to 14" is none either.
        changed = low.kind in {"money", "percentage"} and _BY.search(opening)
        if low.value > high.value and not _FROM.search(opening):
            return False
        return not changed and "point" not in text[low.end : low.unit_start]
    if _BETWEEN.search(opening):
        return bool(_AND.fullmatch(between))
    if _OR.fullmatch(between):
        return low.kind == high.kind == "count" and 0 < low.value < high.value <= 2 * low.value
    return bool(_FROM.search(opening) and _CHANGED_TO.fullmatch(between))


def _shared_scale(text: str, low: Number, high: Number) -> float:
    """Give the scale that both ends share: the "billion" of "33-35 billion"."""
    digits = _DIGITS.match(text, high.start, high.end)
    if not digits or not _DIGITS.fullmatch(text, low.start, low.end):
        return 1.0
    plain = float(digits[0].rstrip(".,").replace(",", ""))
    if not plain or low.value >= plain or digits.end() == high.end:
        return 1.0
    return abs(high.value) / plain
