"""The texts of the chart of reported figures: what stands in each row, and how high it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Transform

from metoo_research.charts import layout
from metoo_research.charts.rows import MAX_LABEL_LINES
from metoo_research.charts.social_figures import range_words, window_and_source
from metoo_research.charts.style import GREY, INK, SMALL_PT, TEXT_PT
from metoo_research.charts.tables import records
from metoo_research.charts.text import glued, line_mm, wrap
from metoo_research.charts.text import width_mm as text_mm

GAP_MM: Final = 2.2


@dataclass(frozen=True)
class Line:
    """One line of text."""

    text: str
    size: float = TEXT_PT
    bold: bool = False
    color: str = INK
    indent: float = 0.0  # mm; with `same_line`, to the right of the line before
    same_line: bool = False


@dataclass
class Row:
    """One figure: its texts left and right of the axis, and where its point stands."""

    figure: Mapping[str, Any]
    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)
    top: float = 0.0
    height: float = 0.0
    point: float = 0.0


def arrange(
    figures: pd.DataFrame, side_mm: float, width_mm: float
) -> tuple[list[Row], list[tuple[float, str]], float]:
    """Set the texts and give each row its place: rows, group headings, height of all."""
    rows: list[Row] = []
    groups: list[tuple[float, str]] = []
    y = 0.8
    platform = None
    for figure in records(figures):
        if figure["platform_shown"] != platform:
            platform = figure["platform_shown"]
            y += 1.2 if groups else 0.0
            groups.append((y, platform[:1].upper() + platform[1:]))
            y += line_mm(TEXT_PT) + 0.8
        make = _beside if side_mm else _above
        row = make(figure, side_mm or width_mm - 2 * layout.MARGIN_MM - 4)
        row.top = y
        row.point += y
        rows.append(row)
        y += row.height
    return rows, groups, y


def _beside(figure: Mapping[str, Any], width: float) -> Row:
    """Set a row of the wide form: the thing counted left, number and source right."""
    left = [Line(text) for text in wrap(figure["what"], width, max_lines=3)]
    left += _small(figure["label"], width, max_lines=MAX_LABEL_LINES)
    right = [Line(text, bold=True) for text in wrap(figure["as_written"], width, bold=True)]
    for text in _remarks(figure):
        right += _small(text, width, max_lines=4)
    row = Row(figure, left, right, point=line_mm(TEXT_PT) / 2)
    row.height = max(_height(left), _height(right)) + GAP_MM
    return row


def _above(figure: Mapping[str, Any], width: float) -> Row:
    """Set a row of the narrow form: all texts over the axis."""
    number, what = figure["as_written"], figure["what"]
    lines = [Line(text, bold=True) for text in wrap(number, width, bold=True)]
    offset = text_mm(lines[-1].text, bold=True) + 1.2
    if offset + text_mm(what) <= width:
        lines.append(Line(what, indent=offset, same_line=True))
    else:
        lines += [Line(text) for text in wrap(what, width, max_lines=3)]
    label = " ".join(wrap(figure["label"], width, size=SMALL_PT, max_lines=4))
    remarks = [text for text in _remarks(figure) if text != range_words(figure)]
    lines += _small("; ".join([label, *remarks]), width, max_lines=10)
    row = Row(figure, lines, point=_height(lines) + 2.2)
    row.height = row.point + 1.7 + GAP_MM
    return row


def _remarks(figure: Mapping[str, Any]) -> Iterator[str]:
    if figure["other_subject"]:
        yield f"another campaign: {figure['other_subject']}"
    yield window_and_source(figure)
    if figure["bound"] == "vague" and figure["drawn_high"] > figure["drawn_low"]:
        yield range_words(figure)


def _small(text: str, width: float, *, max_lines: int) -> list[Line]:
    lines = wrap(glued(text), width, size=SMALL_PT, max_lines=max_lines)
    return [Line(line, size=SMALL_PT, color=GREY) for line in lines]


def _height(lines: Sequence[Line]) -> float:
    return sum(line_mm(line.size) for line in lines if not line.same_line)


def write(ax: Axes, lines: Sequence[Line], x: float, y: float, at: Transform) -> None:
    """Write lines one under the other, down from `y` mm."""
    for line in lines:
        if line.same_line:
            y -= line_mm(line.size)
        ax.text(
            x + line.indent,
            y + line_mm(line.size) / 2,
            line.text,
            transform=at,
            fontsize=line.size,
            fontweight="bold" if line.bold else "normal",
            color=line.color,
            va="center_baseline",
        )
        y += line_mm(line.size)
