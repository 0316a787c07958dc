"""Row for row, what a picture shows and what the table beside it says.

Each function of `ROWS` takes a drawn chart and its table, read again from the CSV, and gives
two lists that are to be equal: what stands in the Axes, and what the table says of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from comparison_rows import COMPARED
from figure_rows import (
    Rows,
    metrics_by_article,
    metrics_sources,
    metrics_timeline,
    reported_metrics,
)
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation
from picture_texts import all_as_drawn, as_drawn, columns_beside, is_heading, number, score
from read_back import figure_of, label, row_labels

from metoo_research.charts.passage_kinds import KINDS
from metoo_research.charts.tables import records


def corpus_overview(ax: Axes, table: pd.DataFrame) -> Rows:
    analysed, aside = (c for c in ax.containers if isinstance(c, BarContainer))
    labels, beside = row_labels(ax), dict(columns_beside(ax))
    picture = zip(
        labels,
        [(bar.get_x(), bar.get_width()) for bar in analysed],
        [(bar.get_x(), bar.get_width()) for bar in aside],
        beside["analysed"],
        beside["set aside"],
        strict=True,
    )
    names = all_as_drawn(list(table["label"]), labels)
    expected = [
        (name, (0, one), (one, other), number(one), number(other))
        for name, one, other in zip(
            names, table["words_analysed"], table["words_set_aside"], strict=True
        )
    ]
    return list(picture), expected


def passage_map(ax: Axes, table: pd.DataFrame) -> Rows:
    meanings = _key(ax)
    labels = row_labels(ax)
    picture = [
        (
            labels[round(y)],
            x0,
            x1,
            meanings[color, hatch],
        )
        for strips in ax.collections
        if isinstance(strips, PolyCollection)
        for hatch in [strips.get_hatch() or ""]
        for color in [to_hex(np.asarray(strips.get_facecolor())[0])]
        for path in strips.get_paths()
        for (x0, y), (x1, _) in [path.get_extents().get_points()]
    ]
    shown = dict(zip(dict.fromkeys(table["article_id"]), labels, strict=True))
    expected = [
        (
            as_drawn(row["label"], shown[row["article_id"]]),
            row["start"],
            row["end"],
            KINDS[row["kind"]].name,
        )
        for row in records(table.dropna(subset=["start", "end"]))
    ]
    return sorted(picture), sorted(expected)


def _key(ax: Axes) -> dict[tuple[str, str], str]:
    """Of each patch in the key, told by colour and hatching, its meaning."""
    figure = figure_of(ax)
    words = [(t.get_position(), label(t.get_text())) for t in figure.texts]
    found = {}
    for patch in figure.findobj(Rectangle):
        if isinstance(patch, Rectangle) and str(patch.get_label()).startswith("metoo"):
            x, y = patch.get_x(), patch.get_y() + patch.get_height() / 2
            meaning = min(
                words, key=lambda word: abs(word[0][0] - x - 6.5) + abs(word[0][1] - y - 1.2)
            )
            found[to_hex(patch.get_facecolor()), patch.get_hatch() or ""] = meaning[1]
    return found


def _bars_with_columns(ax: Axes, table: pd.DataFrame, item: str) -> Rows:
    (bars,) = (c for c in ax.containers if isinstance(c, BarContainer))
    written = {t.xy[1]: t.get_text() for t in ax.texts if isinstance(t, Annotation)}
    beside = columns_beside(ax)
    labels = row_labels(ax)
    picture = [
        (labels[row], bar.get_width(), written[row], *(cells[row] for _, cells in beside))
        for row, bar in enumerate(bars)
    ]
    names = {"per_million": "per million words", "articles_containing": "in articles"}
    own = [column for column in table.columns if column not in (item, "kind", "count")]
    headings = [heading for heading, _ in beside]
    assert all_as_drawn([names.get(column, column) for column in own], headings) == headings
    expected = [
        (
            name,
            count,
            number(count),
            *(
                # "3 of 5": the number of all articles is in no cell of the table
                seen
                if column == "articles_containing" and seen.split()[0] == number(value)
                else number(value)
                for column, value, seen in zip(own, row[own], shown[3:], strict=True)
            ),
        )
        for name, count, (_, row), shown in zip(
            all_as_drawn(list(table[item]), labels),
            table["count"],
            table.iterrows(),
            picture,
            strict=True,
        )
    ]
    return picture, expected


def word_frequency(ax: Axes, table: pd.DataFrame) -> Rows:
    return _bars_with_columns(ax, table, "word")


def hashtags_mentions(ax: Axes, table: pd.DataFrame) -> Rows:
    (bars,) = (c for c in ax.containers if isinstance(c, BarContainer))
    hatched = [isinstance(bar, Rectangle) and bool(bar.get_hatch()) for bar in bars]
    assert hatched == [kind == "mention" for kind in table["kind"]]
    return _bars_with_columns(ax, table, "tag")


def word_positions(ax: Axes, table: pd.DataFrame) -> Rows:
    labels, heights = row_labels(ax), list(ax.get_yticks())
    bold = [t for t in ax.texts if t.get_fontweight() == "bold"]
    counts = {
        round(t.get_position()[1], 3): t.get_text()
        for t in ax.texts
        if t not in bold and not is_heading(t)
    }
    picture = []
    for at, y in enumerate(heights):
        heading = max(
            (t.get_position()[1], label(t.get_text())) for t in bold if t.get_position()[1] < y
        )
        ticks = [
            round(float(x), 6)
            for lines in ax.collections
            if isinstance(lines, LineCollection)
            for (x, low), (_, high) in lines.get_segments()
            if abs((low + high) / 2 - y) < 0.01
        ]
        picture.append((heading[1], labels[at], sorted(ticks), counts[round(y, 3)]))
    expected: list[Any] = []
    articles = list(dict.fromkeys(zip(table["article_id"], table["label"], strict=True)))
    words = list(dict.fromkeys(table["word"].dropna()))
    for (article, name), word in ((a, w) for a in articles for w in words):
        rows = table.loc[(table["article_id"] == article) & (table["word"] == word)]
        places = sorted(round(x * 100, 6) for x in rows["position"].dropna())
        shown = as_drawn(name, picture[len(expected)][0])
        expected.append((shown, word, places, str(len(places))))
    return picture, expected


def sentiment_by_article(ax: Axes, table: pd.DataFrame) -> Rows:
    labels = row_labels(ax)
    picture: list[Any] = []
    for points in ax.collections:
        if isinstance(points, PathCollection):
            filled = len(points.get_facecolor()) > 0
            offsets = np.asarray(points.get_offsets()).tolist()
            picture += [(labels[round(y)], round(x, 6), filled) for x, y in offsets]
    means = table.drop_duplicates("article_id").reset_index(drop=True)
    beside = dict(columns_beside(ax))
    counted = [f"{number(n)} sentence{'' if n == 1 else 's'}" for n in means["sentences"]]
    if "sentences" in beside:
        names = all_as_drawn(list(means["label"]), labels)
        assert beside["sentences"] == [number(n) for n in means["sentences"]]
    else:
        only = [seen.removesuffix(n).strip() for seen, n in zip(labels, counted, strict=True)]
        shown = all_as_drawn(list(means["label"]), only)
        names = [f"{name} {n}" for name, n in zip(shown, counted, strict=True)]
    picture += _means(ax, labels, beside["mean"], 0)
    without = [score(mean) for mean in means["mean_without_topic"]]
    picture += _means(ax, labels, beside.get("without topic", without), 1)
    of = dict(zip(means["article_id"], names, strict=True))
    expected: list[Any] = [
        (of[row["article_id"]], row["compound"], row["scored"])
        for row in records(table.dropna(subset=["compound"]))
    ]
    expected += [
        (name, *_triple(row, end), score(row[f"mean{end or '_compound'}"]))
        for end in ("", "_without_topic")
        for name, (_, row) in zip(names, means.iterrows(), strict=True)
    ]
    return sorted(picture, key=repr), sorted(expected, key=repr)


def sentiment_without_topic(ax: Axes, table: pd.DataFrame) -> Rows:
    labels, beside = row_labels(ax), dict(columns_beside(ax))
    picture: list[Any] = []
    expected: list[Any] = []
    names = all_as_drawn(list(table["label"]), labels)
    for which, (end, heading) in enumerate(
        (("", "all words"), ("_without_topic", "without topic"))
    ):
        column = f"mean{end or '_compound'}"
        written = [score(mean) for mean in table[column]]
        picture += _means(ax, labels, beside.get(heading, written), which)
        expected += [
            (name, *_triple(row, end), text)
            for name, (_, row), text in zip(names, table.iterrows(), written, strict=True)
        ]
    picture.append(beside["topic words’ share of negative"])
    expected.append(["–" if pd.isna(s) else f"{s:.0%}" for s in table["topic_share"]])
    return picture, expected


def _means(ax: Axes, labels: list[str], written: list[str], which: int) -> list[Any]:
    """Of each row its mean, its interval (of those drawn the first or second) and its text."""
    lines = [line for line in ax.lines if line.get_marker() in ("D", "s")]
    means = np.asarray(lines[which].get_xdata()).tolist()
    bars = [c for c in ax.collections if isinstance(c, LineCollection)][which]
    ends = {
        round(float(segment[0][1])): (float(segment[0][0]), float(segment[-1][0]))
        for segment in bars.get_segments()
        if len(segment) and not np.isnan(segment).any()
    }
    return [
        (labels[row], _known(mean), *ends.get(row, (None, None)), written[row])
        for row, mean in enumerate(means)
    ]


def _triple(row: pd.Series[Any], end: str) -> list[float | None]:
    low, high = row[f"ci_low{end}"], row[f"ci_high{end}"]
    if pd.isna(low) or pd.isna(high):
        low = high = None
    return [_known(row[f"mean{end or '_compound'}"]), low, high]


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


ROWS: dict[str, Callable[[Axes, pd.DataFrame], Rows]] = {
    function.__name__: function
    for function in (
        *(corpus_overview, passage_map, word_frequency, hashtags_mentions, word_positions),
        *(sentiment_by_article, sentiment_without_topic, reported_metrics, metrics_timeline),
        *(metrics_by_article, metrics_sources),
    )
} | COMPARED
