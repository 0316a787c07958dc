"""Row for row, what the pictures of reported figures show and what their tables say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import timeline_tables as timeline
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation
from picture_texts import all_as_drawn, as_drawn, blocks, is_heading, shares
from read_back import label, row_labels

from metoo_research.charts.tables import records
from metoo_research.charts.text import clean

Rows = tuple[list[Any], list[Any]]


def reported_metrics(ax: Axes, table: pd.DataFrame) -> Rows:
    signs: list[tuple[float, Any]] = []
    arrows = {
        t.xy[1]: np.sign(t.get_position()[0])
        for t in ax.texts
        if isinstance(t, Annotation) and t.arrow_patch is not None
    }
    for line in ax.lines:
        if line.get_marker() in ("o", "D"):
            x, y = (
                float(np.asarray(line.get_xdata())[0]),
                float(np.asarray(line.get_ydata())[0]),
            )
            full = str(line.get_markerfacecolor()) != "white"
            other = line.get_marker() == "D"
            signs.append((y, (line.get_label(), x, x, arrows.get(y, 0), full, other)))
    for band in ax.patches:
        if isinstance(band, Rectangle) and band.get_hatch():
            ends = band.get_x(), band.get_x() + band.get_width()
            signs.append((band.get_y(), (band.get_label(), *ends, 0, True, False)))
    picture: list[Any] = [sign for _, sign in sorted(signs)]
    expected: list[Any] = [
        (
            row["as_written"],
            row["drawn_low"],
            row["drawn_high"],
            {"at_least": 1, "at_most": -1}.get(row["bound"], 0),
            row["bound"] != "about",
            bool(row["other_subject"]),
        )
        for row in records(table)
    ]
    texts, headings = blocks(ax, list(table["as_written"]))
    platforms = [clean(name) for name in table["platform_shown"]]
    picture.append(headings)
    expected.append([name[:1].upper() + name[1:] for name in platforms])
    for block, (_, row) in zip(texts, table.iterrows(), strict=True):
        facts = ("as_written", "what", "window_text", "attributed_to", "other_subject")
        picture.append(shares(block, *_texts(row, *facts), clean(row["label"])))
        expected.append([True] * len(picture[-1]))
    return picture, expected


def metrics_timeline(ax: Axes, table: pd.DataFrame, event: datetime = timeline.EVENT) -> Rows:
    marks: list[tuple[float, Any]] = []
    for line in ax.lines:
        if line.get_marker() in ("o", "D"):
            x, y = (
                float(np.asarray(line.get_xdata())[0]),
                float(np.asarray(line.get_ydata())[0]),
            )
            marks.append((y, (line.get_label(), "point", x, x)))
    for bar in ax.patches:
        if isinstance(bar, Rectangle) and bar.get_zorder() == 2:
            kind = "hatched" if bar.get_hatch() else "bar"
            x, end = bar.get_x(), bar.get_x() + bar.get_width()
            y = bar.get_y() + bar.get_height() / 2
            marks.append((y, (bar.get_label(), kind, round(x, 6), round(end, 6))))
    picture: list[Any] = [
        mark for _, mark in sorted(marks, key=lambda m: (round(m[0], 3), m[1][2]))
    ]
    expected: list[Any] = [
        (row["as_written"], *mark)
        for _, row in table.iterrows()
        for mark in _windows(row, ax, event)
    ]
    picture.append(len(ax.get_yticks()))
    expected.append(len(table))
    texts, headings = blocks(ax, list(table["as_written"]))
    picture.append([heading.startswith("Time not known") for heading in headings])
    expected.append([shape == "not known" for shape in table["window_shape"]])
    for block, (_, row) in zip(texts, table.iterrows(), strict=True):
        facts = ("as_written", "what", "platform_shown", "window_text", "time_in_words")
        picture.append(shares(block, *_texts(row, *facts), clean(row["label"])))
        expected.append([True] * len(picture[-1]))
    return picture, expected


def _windows(
    row: Mapping[str, Any] | pd.Series[Any], ax: Axes, event: datetime
) -> Iterator[tuple[str, float, float]]:
    """What the limits of a window make one expect, in hours since the event."""
    first, start, last, end = (
        round((pd.Timestamp(row[f"drawn_{name}"]) - event) / pd.Timedelta(hours=1), 6)
        if pd.notna(row[f"drawn_{name}"])
        else None
        for name in ("start_from", "start_to", "end_from", "end_to")
    )
    shape = row["window_shape"]
    if shape == "up to":
        assert last is not None
        assert end is not None
        yield ("point", end, end) if last == end else ("hatched", last, end)
    elif shape == "since":
        assert first is not None
        assert start is not None
        if first < start:
            yield "hatched", first, start
        yield "bar", start, round(ax.get_xlim()[1], 6) if end is None else end
    elif shape == "stretch":
        assert start is not None
        assert last is not None
        yield "bar", start, last


def metrics_by_article(ax: Axes, table: pd.DataFrame) -> Rows:
    headings = [label(t.get_text()) for t in ax.texts if is_heading(t)]
    rows = row_labels(ax)
    if not any(rows):  # the names stand over the cells
        names = [t for t in ax.texts if t.get_verticalalignment() == "top"]
        rows = [label(t.get_text()) for t in sorted(names, key=lambda t: t.get_position()[1])]
    heights = list(ax.get_yticks())
    picture = [
        (rows[heights.index(y)], headings[int(x)], label(t.get_text()))
        for t in ax.texts
        for x, y in [t.get_position()]
        if y in heights
    ]
    cells: dict[tuple[str, str], list[str]] = {}
    for figure in records(table[table["row"].notna()]):  # the others: columns drawn empty
        dot = " •" if pd.notna(figure["attributed_to"]) or pd.notna(figure["source"]) else ""
        name = next(seen for seen in headings if as_drawn(figure["label"], seen) == seen)
        cells.setdefault((str(figure["row"]), name), []).append(f"{figure['as_written']}{dot}")
    expected = [(*place, " ".join(texts)) for place, texts in cells.items()]
    return sorted(picture), sorted(expected)


def metrics_sources(ax: Axes, table: pd.DataFrame) -> Rows:
    labels, heights = row_labels(ax), list(ax.get_yticks())
    lines: dict[int, list[tuple[float, str]]] = {at: [] for at in range(len(heights))}
    for t in ax.texts:
        if t.get_horizontalalignment() == "left":
            y = t.get_position()[1]
            nearest = min(range(len(heights)), key=lambda at: abs(heights[at] - y))
            lines[nearest].append((y, t.get_text()))
    parts: dict[tuple[int, bool], tuple[float, float]] = {}
    for bar in ax.patches:
        if isinstance(bar, Rectangle):
            y = bar.get_y() + bar.get_height() / 2
            at = min(range(len(heights)), key=lambda at: abs(heights[at] - y))
            parts[at, bool(bar.get_hatch())] = (bar.get_x(), bar.get_width())
    picture = [
        (
            name,
            parts.get((at, False)),
            parts.get((at, True)),
            " ".join(t for _, t in sorted(lines[at])),
        )
        for at, name in enumerate(labels)
    ]
    expected: list[Any] = []
    for name, row in zip(
        all_as_drawn(list(table["label"]), labels), records(table), strict=True
    ):
        words = "no figure"
        if row["figures"]:
            words = f"{row['with_source'] or 'none'} of {row['figures']} with a source"
            words += f" {row['sources']}" if row["with_source"] else ""
        named = (0, row["with_source"]) if row["with_source"] else None
        without = (row["with_source"], row["without_source"]) if row["without_source"] else None
        expected.append((name, named, without, words))
    return picture, expected


def _texts(row: pd.Series[Any], *columns: str) -> list[str]:
    return [clean(row[column]) for column in columns]
