"""Comparing what articles report: which figures agree, bound one another, grow, or conflict.

Two figures are comparable only if they count the same thing: the same measure, on the same
platform, about the same campaign. A number as worded stands for a range of true counts: "more
than 200,000" for everything above, "4.7 million" for what rounds to it. Two such ranges that
meet do not contradict each other; whether ranges that do not meet conflict depends on the time
each was counted at, because counts of posts grow.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, Literal

import pandas as pd

from metoo_research.errors import TableError

Relation = Literal["same", "agree", "bounds", "growth", "conflict", "not comparable"]

RELATIONS: Final[dict[str, str]] = {
    "same": "the same number with the same hedge",
    "agree": "different words, but one true count can lie in both",
    "bounds": "one is a bound that the other keeps to",
    "growth": "counted at different times, and the later is not smaller",
    "conflict": "no count can be both, or a count that only grows got smaller",
    "not comparable": "the numbers differ, and the times they were counted at are not known",
}

# "about", "nearly": no rule says how far off; a tenth is what newspapers round to.
_ABOUT: Final = 0.1
_BELOW: Final = frozenset(
    {"nearly", "almost", "close to", "virtually", "practically", "nigh on"}
)
_SAME_TIME_HOURS: Final = 1.0
_TOO_COARSE: Final = frozenset({"week", "month", "year", "decade"})

_NEEDED: Final = (
    "article_id", "start", "end", "number_text", "value", "value_high", "bound", "modifier",
    "measure", "kind", "role", "platform", "subject", "window_text", "window_end", "source",
)  # fmt: skip
_COLUMNS: Final = (
    "measure", "platform", "subject", "article_a", "start_a", "end_a", "said_a", "window_a",
    "source_a", "article_b", "start_b", "end_b", "said_b", "window_b", "source_b", "relation",
    "low_a", "high_a", "low_b", "high_b", "hours_between", "growth_per_hour", "repeats",
)  # fmt: skip


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
    The interval. "more than" has no upper end (infinity); "about" is taken as within 10 %;
    a vague count reaches up to the next power of ten ("thousands": 1,000 to 9,999).
    """
    if not math.isnan(value_high):
        return Interval(min(value, value_high), max(value, value_high))
    if bound == "at_least":
        return Interval(value, math.inf)
    if bound == "at_most":
        return Interval(0.0, value)
    if bound == "vague":
        return Interval(
            value, 10 ** (math.floor(math.log10(value)) + 1) - 1 if value > 0 else 0
        )
    if bound == "about":
        high = value if modifier in _BELOW else value * (1 + _ABOUT)
        return Interval(value * (1 - _ABOUT), high)
    half = _last_place(number_text, value) / 2
    return Interval(value - half, value + half)


def _last_place(number_text: str, value: float) -> float:
    """The size of the last place that a number was given to: 100,000 for "4.7 million".

    A number in words, or below 1,000, is taken as counted to the unit.
    """
    digits = re.match(r"[\d,.\u00a0\u202f ]*\d", number_text)
    if not digits or value < 1000:
        return 1.0
    plain = re.sub(r"[^\d.]", "", digits[0])
    try:
        written = float(plain)
    except ValueError:
        return 1.0
    if written == 0:
        return 1.0
    scale = value / written
    if "." in plain:
        return scale * 10.0 ** -len(plain.partition(".")[2])
    zeros = len(plain) - len(plain.rstrip("0"))
    return scale * 10.0**zeros


def compare_metrics(metrics: pd.DataFrame) -> pd.DataFrame:
    """Compare every two figures that count the same thing.

    Parameters
    ----------
    metrics
        The metrics table with its windows resolved (``window_end``). Only figures of social
        media with a platform, a measure and a subject are compared.

    Returns
    -------
    One row per pair, in the order of the table: ``measure``, ``platform``, ``subject``; for
    both sides ``article``, ``start``, ``end`` (the number's characters), ``said`` (hedge and
    number), ``window``, ``source``, and ``low``/``high`` (counts that the words can stand
    for, see :func:`interval_of`); ``relation`` (one of :data:`RELATIONS`);
    ``hours_between`` the times they were counted at, where both are known (b minus a);
    ``growth_per_hour`` of the numbers as reported, for the relation "growth" where both are
    hedged alike; ``repeats`` (True where two articles give the same number with the same
    source: they may have copied one another or the same release).
    ``attrs["figures_compared"]`` and ``attrs["figures_left_out"]`` count the figures.

    Raises
    ------
    TableError
        If a column is missing.
    """
    missing = [name for name in _NEEDED if name not in metrics.columns]
    if missing:
        raise TableError(f"the metrics table has no column {missing[0]!r}")
    figures = metrics[(metrics["role"] == "figure") & (metrics["kind"] == "social_metric")]
    same_thing = ["measure", "platform", "subject"]
    compared = figures.dropna(subset=same_thing)
    rows: list[dict[str, Any]] = []
    for _, group in compared.groupby(same_thing, sort=False):
        rows.extend(_pairs(group))
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    table.attrs["figures_compared"] = len(compared)
    table.attrs["figures_left_out"] = len(figures) - len(compared)
    return table


def _pairs(group: pd.DataFrame) -> Iterator[dict[str, Any]]:
    names = [str(name) for name in group.columns]
    records = [
        dict(zip(names, row, strict=True)) for row in group.itertuples(index=False, name=None)
    ]
    sides = [
        interval_of(
            record["number_text"],
            record["value"],
            record["bound"],
            value_high=record["value_high"],
            modifier=_text(record["modifier"]),
        )
        for record in records
    ]
    for one, other in combinations(range(len(records)), 2):
        a, b = records[one], records[other]
        hours = _hours_between(a, b)
        relation = _relation(a, b, sides[one], sides[other], hours)
        row = {"measure": a["measure"], "platform": a["platform"], "subject": a["subject"]}
        for mark, record, side in (("a", a, sides[one]), ("b", b, sides[other])):
            row |= {
                f"article_{mark}": record["article_id"],
                f"start_{mark}": record["start"],
                f"end_{mark}": record["end"],
                f"said_{mark}": said(record["modifier"], record["number_text"]),
                f"window_{mark}": _text(record["window_text"]),
                f"source_{mark}": _text(record["source"]),
                f"low_{mark}": side.low,
                f"high_{mark}": side.high,
            }
        row |= {
            "relation": relation,
            "hours_between": hours,
            "growth_per_hour": _growth(a, b, hours) if relation == "growth" else math.nan,
            "repeats": _repeats(a, b),
        }
        yield row


def said(modifier: object, number: str) -> str:
    """Give a figure as worded: hedge and number ("more than 200,000")."""
    hedge = _text(modifier)
    if hedge is None:
        return number
    after = hedge in {"+", "or more", "or so", "or fewer", "or less", "and counting", "plus"}
    return f"{number} {hedge}" if after else f"{hedge} {number}"


def _relation(
    a: dict[str, Any], b: dict[str, Any], left: Interval, right: Interval, hours: float
) -> Relation:
    if a["value"] == b["value"] and a["bound"] == b["bound"]:
        return "same"
    if not math.isnan(hours) and abs(hours) >= _SAME_TIME_HOURS:
        earlier, later = (left, right) if hours > 0 else (right, left)
        return "growth" if later.high >= earlier.low else "conflict"
    if left.meets(right):
        one_sided = {"at_least", "at_most"} & {a["bound"], b["bound"]}
        return "bounds" if one_sided else "agree"
    same_time = not math.isnan(hours) or (
        _text(a["window_text"]) is not None
        and _text(a["window_text"]) == _text(b["window_text"])
    )
    return "conflict" if same_time else "not comparable"


def _hours_between(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Hours from a to b; NaN where a time is not known to the day."""
    if {a.get("window_precision"), b.get("window_precision")} & _TOO_COARSE:
        return math.nan
    if pd.isna(a["window_end"]) or pd.isna(b["window_end"]):
        return math.nan
    return float((b["window_end"] - a["window_end"]).total_seconds() / 3600)


def _growth(a: dict[str, Any], b: dict[str, Any], hours: float) -> float:
    if a["bound"] != b["bound"] or a["bound"] not in {"exact", "about", "at_least"}:
        return math.nan
    return float((b["value"] - a["value"]) / hours)


def _repeats(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """The same number from the same named source in two articles."""
    source = _text(a["source"])
    return bool(
        a["article_id"] != b["article_id"]
        and a["value"] == b["value"]
        and source is not None
        and source == _text(b["source"])
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
