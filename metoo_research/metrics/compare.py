"""Comparing what articles report: which figures agree, bound one another, grow, or conflict.

Two figures are comparable only if they count the same thing: the same measure, on the same
platform, about the same campaign. A number as worded stands for a range of true counts: "more
than 200,000" for everything above, "4.7 million" for what rounds to it. Two such ranges that
meet do not contradict each other; whether ranges that do not meet conflict depends on the time
each was counted at, because counts of posts grow.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from metoo_research._wording import worded
from metoo_research.errors import TableError
from metoo_research.metrics.checks import as_moments, check_columns, check_once
from metoo_research.metrics.intervals import Interval, interval_of

__all__ = ["RELATIONS", "Relation", "compare_metrics"]

Relation = Literal["same", "agree", "bounds", "growth", "conflict", "not comparable"]

RELATIONS: Final[dict[str, str]] = {
    "same": "the same number with the same hedge",
    "agree": "different words, but one true count can lie in both",
    "bounds": "one is a bound that the other keeps to",
    "growth": "counted at different times, and the later is not smaller",
    "conflict": "no count can be both, or a count that only grows got smaller",
    "not comparable": "the numbers differ, and the times they were counted at are not known, "
    "or each counts a stretch of time of its own",
}

# How long before its end a window may have been counted, in hours: "by Monday" at any time of
# that day.
_SLACK: Final = {"hour": 1.0, "part of day": 6.0, "day": 24.0}
_SAME_TIME_HOURS: Final = 1.0
_TOO_COARSE: Final = frozenset({"week", "month", "year", "decade"})

_NEEDED: Final = (
    "article_id", "start", "end", "number_text", "value", "value_high", "bound", "modifier",
    "measure", "kind", "role", "platform", "subject", "window_text", "window_end", "source",
)  # fmt: skip
_SIDE: Final = {
    "article": "str", "start": "int64", "end": "int64", "said": "str", "window": "str",
    "source": "str",
}  # fmt: skip
_COLUMNS: Final = {
    **dict.fromkeys(("measure", "platform", "subject"), "str"),
    **{f"{name}_a": kind for name, kind in _SIDE.items()},
    **{f"{name}_b": kind for name, kind in _SIDE.items()},
    "relation": "str",
    **dict.fromkeys(("low_a", "high_a", "low_b", "high_b"), "float64"),
    **dict.fromkeys(("hours_between", "growth_per_hour"), "float64"),
    "repeats": "bool",
    **dict.fromkeys(("articles_a", "articles_b"), "int64"),
}


def compare_metrics(
    metrics: pd.DataFrame,
    *,
    between: Literal["statements", "figures"] = "statements",
    max_pairs: int | None = 100_000,
) -> pd.DataFrame:
    """Compare every two statements that count the same thing.

    Figures that say the same (measure, platform, subject, number and hedge as worded, time
    window, source; capitals do not count) are one statement, however many articles make it.

    Parameters
    ----------
    metrics
        The metrics table with its windows resolved (``window_end``; ``window_start`` and
        ``window_precision`` are used where they are there). Only figures of social media
        with a platform, a measure and a subject are compared.
    between
        "figures": take each figure by itself, also where others say the same.
    max_pairs
        The most pairs of different statements to give; None for all. Where there are more,
        the statements that most articles make are compared, equally many of each group that
        counts one thing. How many are left out stands in ``attrs``.

    Returns
    -------
    One row per pair of statements, and one for each statement that is made more than once
    (relation "same"), in the order of the table: ``measure``, ``platform``, ``subject``; for
    both sides, of the first figure that says so, ``article``, ``start``, ``end`` (the
    number's characters), ``said`` (hedge and number; in brackets a hedge that the sentence in
    ``evidence`` says of an earlier number), ``window``, ``source``, and
    ``low``/``high`` (counts that the words can stand for, see
    :func:`~metoo_research.metrics.intervals.interval_of`); ``relation`` (one of
    :data:`RELATIONS`);
    ``hours_between`` the times they were counted at, where both are known to the day or
    better (b minus a); ``growth_per_hour`` of the numbers as reported, for the relation
    "growth" where both are hedged alike; ``repeats`` (True where two articles give the same
    number with the same source: they may have copied one another or the same release);
    ``articles_a``, ``articles_b`` (how many articles say so).

    "growth" is said only of counts that begin at the same time and of which one was
    certainly counted later: "by Monday" and "by Monday noon" are not told apart. A stretch
    of time that lies within another cannot have the larger count.

    ``attrs`` counts: ``figures_compared``, ``figures_left_out`` (without platform, measure,
    subject or finite value), ``statements``, ``statements_left_out`` and
    ``pairs_left_out`` (by ``max_pairs``; rows of relation "same" within a statement are
    never left out).

    Raises
    ------
    TableError
        If a column is missing, a figure stands in the table twice, or ``max_pairs`` is below
        0.
    """
    check_columns(metrics, _NEEDED, "the metrics table")
    if between not in {"statements", "figures"}:
        raise TableError(f"between is 'statements' or 'figures', not {between!r}")
    if max_pairs is not None and max_pairs < 0:
        raise TableError(f"max_pairs is a number from 0 on, or None for all, not {max_pairs}")
    figures = metrics[(metrics["role"] == "figure") & (metrics["kind"] == "social_metric")]
    check_once(figures)
    compared = figures.dropna(subset=["measure", "platform", "subject"])
    compared = compared[np.isfinite(compared["value"].to_numpy(dtype=np.float64))]
    groups = _grouped(_statements(compared, each=between == "figures"))
    most = _most_of_each([len(group) for group in groups], max_pairs)
    rows: list[dict[str, Any]] = []
    for group in groups:
        rows.extend(_pairs(group, most))
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    sizes = [len(group) for group in groups]
    table.attrs = {
        "figures_compared": len(compared),
        "figures_left_out": len(figures) - len(compared),
        "statements": sum(sizes),
        "statements_left_out": sum(max(size - most, 0) for size in sizes),
        "pairs_left_out": sum(math.comb(n, 2) - math.comb(min(n, most), 2) for n in sizes),
    }
    return table


# --- statements ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a figure stands: its article and its characters."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Window:
    """When something was counted. None: not known, or not to the day."""

    text: str | None
    start: pd.Timestamp | None
    end: pd.Timestamp | None
    told_end: pd.Timestamp | None  # however coarse
    slack: float


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one or more articles say, and where."""

    thing: tuple[str, str, str]
    said: str
    value: float
    value_high: float | None
    bound: str
    interval: Interval
    window: _Window
    source: str | None
    places: list[_Place] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)


def _statements(figures: pd.DataFrame, *, each: bool) -> list[_Statement]:
    """Put figures that say the same together, in the order in which they are first said."""
    statements: dict[tuple[object, ...], _Statement] = {}
    moments = [
        as_moments(figures[name], name) if name in figures else [None] * len(figures)
        for name in ("window_start", "window_end")
    ]
    nothing = pd.Series(None, index=figures.index, dtype="object")
    precisions = figures.get("window_precision", nothing)
    sentences = figures.get("evidence", nothing)
    names = [name for name in _NEEDED if name != "window_end"]
    records = zip(*(figures[name].tolist() for name in names), strict=True)
    told = zip(*moments, precisions.tolist(), sentences.tolist(), strict=True)
    for at, (cells, (start, end, precision, sentence)) in enumerate(
        zip(records, told, strict=True)
    ):
        row = dict(zip(names, cells, strict=True))
        high = None if math.isnan(row["value_high"]) else float(row["value_high"])
        window, source = _text(row["window_text"]), _text(row["source"])
        thing = (row["measure"], row["platform"], row["subject"])
        words = worded(row["modifier"], row["number_text"])
        key = (
            *map(str.casefold, (*thing, words, window or "", source or "")),
            *(row["value"], high, row["bound"], start, end, _text(precision)),
            at if each else None,
        )
        if key not in statements:
            statements[key] = _Statement(
                thing,
                worded(row["modifier"], row["number_text"], sentence),
                row["value"],
                high,
                row["bound"],
                interval_of(
                    row["number_text"],
                    row["value"],
                    row["bound"],
                    value_high=row["value_high"],
                    modifier=_text(row["modifier"]),
                ),
                _window(window, start, end, precision),
                source,
            )
        statement = statements[key]
        statement.places.append(_Place(row["article_id"], row["start"], row["end"]))
        statement.articles.add(row["article_id"])
    return list(statements.values())


def _window(
    text: str | None, start: pd.Timestamp | None, end: pd.Timestamp | None, precision: object
) -> _Window:
    if precision in _TOO_COARSE:
        return _Window(text, None, None, end, 0.0)
    return _Window(text, start, end, end, _SLACK.get(str(precision), _SAME_TIME_HOURS))


def _grouped(statements: Sequence[_Statement]) -> list[list[_Statement]]:
    groups: dict[tuple[str, ...], list[_Statement]] = {}
    for statement in statements:
        groups.setdefault(tuple(map(str.casefold, statement.thing)), []).append(statement)
    return list(groups.values())


def _most_of_each(sizes: Sequence[int], max_pairs: int | None) -> int:
    """How many statements of each group may be compared so that the pairs fit."""
    low, high = 1, max(sizes, default=1)
    if max_pairs is None:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if sum(math.comb(min(size, middle), 2) for size in sizes) <= max_pairs:
            low = middle
        else:
            high = middle - 1
    return low


# --- pairs -----------------------------------------------------------------------------------


def _pairs(group: Sequence[_Statement], most: int) -> Iterator[dict[str, Any]]:
    """The rows of the statements that count one thing."""
    by_articles = sorted(range(len(group)), key=lambda at: -len(group[at].articles))
    chosen = [group[at] for at in sorted(by_articles[:most])]
    for statement in group:
        if len(statement.places) > 1:
            first = statement.places[0]
            others = (place for place in statement.places if place.article != first.article)
            second = next(others, statement.places[1])
            yield _row(statement, first, statement, second)
    for a, b in combinations(chosen, 2):
        yield _row(a, a.places[0], b, b.places[0])


def _row(a: _Statement, at_a: _Place, b: _Statement, at_b: _Place) -> dict[str, Any]:
    relation = _relation(a, b)
    hours = _hours_between(a.window, b.window)
    row: dict[str, Any] = dict(
        zip(("measure", "platform", "subject"), a.thing, strict=True),
        relation=relation,
        hours_between=hours,
        growth_per_hour=_growth(a, b, hours) if relation == "growth" else math.nan,
        repeats=_repeats(a, b),
    )
    for mark, one, at in (("a", a, at_a), ("b", b, at_b)):
        row |= {
            f"article_{mark}": at.article,
            f"start_{mark}": at.start,
            f"end_{mark}": at.end,
            f"said_{mark}": one.said,
            f"window_{mark}": one.window.text,
            f"source_{mark}": one.source,
            f"low_{mark}": one.interval.low,
            f"high_{mark}": one.interval.high,
            f"articles_{mark}": len(one.articles),
        }
    return row


def _relation(a: _Statement, b: _Statement) -> Relation:
    if (a.value, a.value_high, a.bound) == (b.value, b.value_high, b.bound):
        return "same"
    one, other = a.window, b.window
    if one.end is not None and other.end is not None:
        for inner, outer in ((a, b), (b, a)):
            if _within(inner.window, outer.window):
                if outer.interval.high < inner.interval.low:
                    return "conflict"
                if inner.window.start == outer.window.start:
                    return "growth"
        if one.start is not None and other.start is not None and not _same_time(one, other):
            return "not comparable"
    if a.interval.meets(b.interval):
        one_sided = {"at_least", "at_most"} & {a.bound, b.bound}
        return "bounds" if one_sided else "agree"
    return "conflict" if _same_time(one, other) else "not comparable"


def _within(inner: _Window, outer: _Window) -> bool:
    """Whether all that one window counts is certainly in the other, which ends later.

    A window without a start counts from the beginning on.
    """
    if inner.end is None or outer.end is None or not _hours(inner.end, outer.end) > 0:
        return False
    begins = outer.start is None or (inner.start is not None and outer.start <= inner.start)
    return begins and _hours(inner.end, outer.end) >= outer.slack


def _same_time(one: _Window, other: _Window) -> bool:
    """Whether two counts are of the same time; where that is not resolved, in its words."""
    if one.end is not None and other.end is not None:
        starts = (one.start, other.start)
        near = starts[0] == starts[1] or (
            None not in starts and abs(_hours(*starts)) < _SAME_TIME_HOURS  # type: ignore[arg-type]
        )
        return near and abs(_hours(one.end, other.end)) < _SAME_TIME_HOURS
    if one.text is None or other.text is None or one.text.casefold() != other.text.casefold():
        return False
    return None in (one.told_end, other.told_end) or one.told_end == other.told_end


def _hours(first: pd.Timestamp, second: pd.Timestamp) -> float:
    return float((second - first).total_seconds() / 3600)


def _hours_between(a: _Window, b: _Window) -> float:
    """Hours from a to b; NaN where a time is not known to the day."""
    return math.nan if a.end is None or b.end is None else _hours(a.end, b.end)


def _growth(a: _Statement, b: _Statement, hours: float) -> float:
    if a.bound != b.bound or a.bound not in {"exact", "about", "at_least"}:
        return math.nan
    return (b.value - a.value) / hours


def _repeats(a: _Statement, b: _Statement) -> bool:
    """The same number from the same named source in two articles."""
    return (
        a.value == b.value
        and a.value_high == b.value_high
        and a.source is not None
        and b.source is not None
        and a.source.casefold() == b.source.casefold()
        and len(a.articles | b.articles) > 1
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
