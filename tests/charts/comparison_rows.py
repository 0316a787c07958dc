"""Row for row, what the pictures that compare show and what their tables say."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D
from picture_texts import all_as_drawn, columns_beside, is_heading, number, score
from read_back import label, row_labels

from metoo_research.charts.bands import BAND_MM
from metoo_research.charts.tables import records

Rows = tuple[list[Any], list[Any]]


def rounded(value: float) -> float | None:
    """To six significant digits; None where it is missing."""
    if pd.isna(value):
        return None
    return float(f"{value:.6g}") + 0.0


def dots(ax: Axes) -> list[Line2D]:
    return [
        line for line in ax.lines if str(line.get_marker()) in ("o", "D", "s", "^", ">", "<")
    ]


def points(line: Line2D) -> list[tuple[float, float]]:
    x, y = (np.asarray(data, dtype=float) for data in (line.get_xdata(), line.get_ydata()))
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True) if not math.isnan(b)]


def segments(ax: Axes, which: int = 0) -> list[np.ndarray[Any, np.dtype[np.float64]]]:
    bars = [found for found in ax.collections if isinstance(found, LineCollection)][which]
    return [s for s in map(np.asarray, bars.get_segments()) if len(s) and not np.isnan(s).any()]


def keyness(ax: Axes, table: pd.DataFrame) -> Rows:
    tested = "p_permutation" if "p_permutation" in table.columns else "q"
    labels, beside = row_labels(ax), dict(columns_beside(ax))
    found: dict[int, Any] = {}
    for line in dots(ax):
        for x, y in points(line):
            beyond = str(line.get_marker()) in "<>"
            full = str(line.get_markerfacecolor()) != "white"
            found[round(y)] = (math.copysign(math.inf, x) if beyond else rounded(x), full)
    picture = [
        (name, found.get(row), beside["times"][row], beside["articles"][row])
        for row, name in enumerate(labels)
    ]
    expected = [
        (
            name,
            None
            if pd.isna(row["log_ratio"])
            else (rounded(row["log_ratio"]), bool(row[tested] < 0.05)),
            " : ".join(
                # a star where the ratio is that to another number than the 0
                number(row[one]) + "*" * (row[one] == 0 and math.isfinite(row["log_ratio"]))
                for one in ("count_target", "count_reference")
            ),
            f"{number(row['articles_target'])} : {number(row['articles_reference'])}",
        )
        for name, row in zip(
            all_as_drawn(list(table["word"]), labels), records(table), strict=True
        )
    ]
    return picture, expected


def word_scatter(ax: Axes, table: pd.DataFrame) -> Rows:
    (every,) = (found for found in ax.collections if isinstance(found, PathCollection))
    zero = ax.get_xticks()[0]
    assert zero == ax.get_yticks()[0]

    def rate(place: float) -> float | None:
        return 0.0 if place == zero else rounded(10**place)

    places = [(rate(x), rate(y)) for x, y in np.asarray(every.get_offsets()).tolist()]
    named = sorted((rate(x), rate(y)) for line in dots(ax) for x, y in points(line))
    names = [label(text.get_text()) for text in ax.texts]
    rows = records(table.dropna(subset=["per_million_target", "per_million_reference"]))
    rates = [
        (rounded(row["per_million_reference"]), rounded(row["per_million_target"]))
        for row in rows
    ]
    own = [row for row in rows if row["named"]]
    picture = [places, named, names]
    expected = [
        rates,
        sorted(place for place, row in zip(rates, rows, strict=True) if row["named"]),
        all_as_drawn([row["word"] for row in own], names),
    ]
    return picture, expected


def _measured(ax: Axes, table: pd.DataFrame, item: str, measure: str, *written: str) -> Rows:
    """Points in their rows, the intervals drawn, and the columns of whole numbers."""
    labels, beside = row_labels(ax), dict(columns_beside(ax))
    (line,) = dots(ax)
    found = {round(y): rounded(x) for x, y in points(line)}
    headings = [heading for heading in ("times", "articles", "tokens") if heading in beside]
    assert headings
    ends: dict[int, Any] = {}
    if f"{measure}_low" in table.columns:
        ends = {round(s[0][1]): (rounded(s[0][0]), rounded(s[-1][0])) for s in segments(ax)}
    picture = [
        (name, found.get(row), ends.get(row), *(beside[heading][row] for heading in headings))
        for row, name in enumerate(labels)
    ]
    columns = dict(zip(("times", "articles", "tokens"), written, strict=True))
    expected = []
    for name, row in zip(all_as_drawn(list(table[item]), labels), records(table), strict=True):
        low, high = (row.get(f"{measure}_{end}", float("nan")) for end in ("low", "high"))
        interval = None if pd.isna(low) else (rounded(low), rounded(high))
        cells = [number(row[columns[heading]]) for heading in headings]
        expected.append((name, rounded(row[measure]), interval, *cells))
    return picture, expected


def word_rates(ax: Axes, table: pd.DataFrame) -> Rows:
    return _measured(ax, table, "word", "per_million", "count", "articles_containing", "")


def collocations(ax: Axes, table: pd.DataFrame) -> Rows:
    item = "ngram" if "ngram" in table.columns else "collocation"
    measure = "z" if "z" in table.columns else "count"
    return _measured(ax, table, item, measure, "count", "articles_containing", "")


def text_measure(ax: Axes, table: pd.DataFrame) -> Rows:
    return _measured(ax, table, "label", "mattr", "", "", "tokens")


def _value(y: float, middle: float, low: float, high: float) -> float | None:
    """What stands at a height in a strip whose scale goes from `low` to `high`."""
    return rounded(round(low + (0.5 - (y - middle) / BAND_MM) * (high - low), 9))


def word_trend(ax: Axes, table: pd.DataFrame) -> Rows:
    labels, middles = row_labels(ax), list(ax.get_yticks())
    top = float(table[["per_million", "high"]].max().max())
    picture: list[Any] = []
    for row, line in enumerate(dots(ax)):
        own = {
            round(x, 6): (
                _value(s[0][1], middles[row], 0, top),
                _value(s[1][1], middles[row], 0, top),
            )
            for s in segments(ax, row)
            for x in [float(s[0][0])]
        }
        for x, y in points(line):
            value = _value(y, middles[row], 0, top)
            picture.append((labels[row], round(x, 6), value, own.get(round(x, 6))))
    begins, ends = pd.to_datetime(table["period_start"]), pd.to_datetime(table["period_end"])
    day = pd.Timedelta(days=1)
    middle = ((begins - begins.min()) / day + (ends - begins.min()) / day) / 2
    (bars,) = ax.containers  # the articles of each period
    assert isinstance(bars, BarContainer)
    heights = [abs(bar.get_height()) for bar in bars]
    periods = table.drop_duplicates("period_start").dropna(subset=["articles_counted"])
    most = max(periods["articles_counted"].max(), 1)
    tallest = max(heights, default=0.0)
    shares = [height / tallest if tallest else 0.0 for height in heights]
    assert shares == pytest.approx([n / most for n in periods["articles_counted"]], abs=1e-3)
    assert labels[-1] == "articles"
    words = list(dict.fromkeys(table["word"]))
    labels = labels[: len(words)]
    names = dict(zip(words, all_as_drawn(words, labels), strict=True))
    expected = [
        (
            names[row["word"]],
            round(x, 6),
            rounded(row["per_million"]),
            None if pd.isna(row["low"]) else (rounded(row["low"]), rounded(row["high"])),
        )
        for x, row in zip(middle, records(table), strict=True)
        if pd.notna(row["per_million"])
    ]
    return sorted(picture, key=repr), sorted(expected, key=repr)


def _cells(ax: Axes, table: pd.DataFrame, write: Callable[[dict[str, Any]], str]) -> Rows:
    labels = row_labels(ax)
    headings = {
        int(t.get_position()[0]): label(t.get_text()) for t in ax.texts if is_heading(t)
    }
    picture = [
        (headings[int(x)], labels[int(y)], label(t.get_text()))
        for t in ax.texts
        if not is_heading(t)
        for x, y in [t.get_position()]
    ]
    columns = list(dict.fromkeys(table["label_a"]))
    rows = list(dict.fromkeys(table["label_b"]))
    over = dict(zip(columns, all_as_drawn(columns, list(headings.values())), strict=True))
    beside = dict(zip(rows, all_as_drawn(rows, labels), strict=True))
    expected = [
        (over[row["label_a"]], beside[row["label_b"]], write(row)) for row in records(table)
    ]
    return sorted(picture), sorted(expected)


def similarity(ax: Axes, table: pd.DataFrame) -> Rows:
    return _cells(
        ax, table, lambda row: "–" if pd.isna(row["cosine"]) else f"{row['cosine']:.2f}"
    )


def shared_passages(ax: Axes, table: pd.DataFrame) -> Rows:
    def write(row: dict[str, Any]) -> str:
        if not row["passages"]:
            return "0"
        return f"{row['passages']:.0f} {row['words']:.0f}"

    picture, expected = _cells(ax, table, write)  # in a narrow cell without the word "words"
    return [(*place, cell.removesuffix(" words")) for *place, cell in picture], expected


def word_shift(ax: Axes, table: pd.DataFrame) -> Rows:
    (bars,) = (found for found in ax.containers if isinstance(found, BarContainer))
    labels, adds = row_labels(ax), dict(columns_beside(ax))["adds"]
    widths = [rounded(bar.get_width()) for bar in bars]
    picture = list(zip(labels, widths, adds, strict=True))
    shown = [float(text.replace("−", "-").replace("+", "")) for text in adds]
    assert sum(shown[:-1]) == pytest.approx(shown[-1], abs=0.01)
    sizes = table["contribution"].abs()
    longest = sizes[table["kind"] == "word"].max()
    limit = 1.3 * longest if sizes.max() > 5 * longest else math.inf
    arrows = [int(y) for line in dots(ax) for _, y in points(line)]
    assert sorted(arrows) == [at for at, size in enumerate(sizes) if size > limit]
    expected = [
        (name, rounded(float(np.clip(row["contribution"], -limit, limit))), text)
        for name, row, text in zip(
            all_as_drawn(list(table["shown_as"]), labels), records(table), adds, strict=True
        )
    ]
    signs = [np.sign(value) for value in table["contribution"]]
    return [picture, [np.sign(value) for value in shown]], [expected, signs]


def _sentiment(ax: Axes, table: pd.DataFrame, column: str) -> Rows:
    labels, beside = row_labels(ax), dict(columns_beside(ax))
    picture: list[Any] = []
    expected: list[Any] = []
    counted_as = next(name for name in ("sentences", "places") if name in table.columns)
    if counted_as in beside:
        names = all_as_drawn(list(table[column]), labels)
        assert beside[counted_as] == [number(n) for n in table[counted_as]]
    else:
        noun = counted_as[:-1]
        counted = [f"{n:.0f} {noun}{'' if n == 1 else 's'}" for n in table[counted_as]]
        only = [seen.removesuffix(n).strip() for seen, n in zip(labels, counted, strict=True)]
        shown = all_as_drawn(list(table[column]), only)
        names = [f"{name} {n}" for name, n in zip(shown, counted, strict=True)]
    both = ("", "all words"), ("_without_topic", "without topic")
    for which, (line, (end, heading)) in enumerate(zip(dots(ax), both, strict=True)):
        written = [score(mean) for mean in table[f"mean{end}"]]
        assert beside.get(heading, written) == written
        ends = {
            round(s[0][1]): (rounded(s[0][0]), rounded(s[-1][0])) for s in segments(ax, which)
        }
        x = np.asarray(line.get_xdata(), dtype=float)
        picture += [(labels[row], rounded(x[row]), ends.get(row)) for row in range(len(labels))]
        for name, row in zip(names, records(table), strict=True):
            low, high = row[f"low{end}"], row[f"high{end}"]
            interval = None if pd.isna(low) else (rounded(low), rounded(high))
            expected.append((name, rounded(row[f"mean{end}"]), interval))
    if "topic_share" in table.columns:
        picture.append(beside["topic words’ share of negative"])
        expected.append(["–" if pd.isna(s) else f"{s:.0%}" for s in table["topic_share"]])
    return picture, expected


def sentiment_groups(ax: Axes, table: pd.DataFrame) -> Rows:
    return _sentiment(ax, table, "outlet")


def sentiment_voices(ax: Axes, table: pd.DataFrame) -> Rows:
    labels, beside = row_labels(ax), dict(columns_beside(ax))
    counted = [
        f"{number(one)} : {number(other)}"
        for one, other in zip(
            table["sentences_speech"], table["sentences_narration"], strict=True
        )
    ]
    if "sentences" in beside:
        assert beside["sentences"] == counted
        names = all_as_drawn(list(table["label"]), labels)
    else:  # in one column they stand under the names
        ends = [f" n = {n}" for n in counted]
        only = [seen.removesuffix(end) for seen, end in zip(labels, ends, strict=True)]
        shown = all_as_drawn(list(table["label"]), only)
        names = [name + end for name, end in zip(shown, ends, strict=True)]
    picture: list[Any] = []
    expected: list[Any] = []
    for line in dots(ax):
        full = str(line.get_markerfacecolor()) != "white"
        places = {round(y): rounded(x) for x, y in points(line)}
        picture += [(labels[row], line.get_marker(), full, x) for row, x in places.items()]
    for sign, voice in (("D", "speech"), ("o", "narration"), ("^", "embedded")):
        for full, end in ((True, ""), (False, "_without_topic")):
            means = table.get(f"mean_{voice}{end}", pd.Series(dtype=float))
            if means.notna().any():
                values = [rounded(value) for value in means]
                expected += [(n, sign, full, x) for n, x in zip(names, values, strict=True)]
    for end in ("", "_without_topic"):
        for row, cell in zip(records(table), beside["speech − narration"], strict=True):
            known = pd.notna(row[f"contrast{end}"])
            picture.append(score(row[f"contrast{end}"]) in cell if known else cell)
            expected.append(True if known else "not compared\nnot compared")
            if pd.notna(row[f"ci_low{end}"]):
                interval = f"({score(row[f'ci_low{end}'])} to {score(row[f'ci_high{end}'])})"
                picture.append(interval in cell)
                expected.append(True)
    return sorted(picture, key=repr), sorted(expected, key=repr)


def sentiment_targets(ax: Axes, table: pd.DataFrame) -> Rows:
    return _sentiment(ax, table, "target")


def sentiment_arc(ax: Axes, table: pd.DataFrame) -> Rows:
    labels, middles = row_labels(ax), list(ax.get_yticks())
    picture = [
        (labels[row], line.get_marker(), x, _value(y, middles[row], -1, 1))
        for line in dots(ax)
        for x, y in points(line)
        for row in [int(np.argmin([abs(y - middle) for middle in middles]))]
    ]
    ids = list(dict.fromkeys(table["article_id"]))
    full = list(table.drop_duplicates("article_id")["label"])
    names = dict(zip(ids, all_as_drawn(full, labels), strict=True))
    expected = [
        (names[row["article_id"]], sign, float(row["part"]), rounded(row[column]))
        for row in records(table)
        for sign, column in (("D", "mean"), ("s", "mean_without_topic"))
        if pd.notna(row[column])
    ]
    return sorted(picture), sorted(expected)


COMPARED: dict[str, Callable[[Axes, pd.DataFrame], Rows]] = {
    function.__name__: function
    for function in (
        *(keyness, word_scatter, word_rates, word_trend, collocations, text_measure),
        *(similarity, shared_passages, word_shift),
        *(sentiment_groups, sentiment_voices, sentiment_targets, sentiment_arc),
    )
}
