"""Rows of figures: the texts of each, beside its axis or over it, and how high it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Transform

from metoo_research.charts import layout
from metoo_research.charts.coordinates import left_of, right_of
from metoo_research.charts.rows import MAX_LABEL_LINES
from metoo_research.charts.social_figures import range_words, window_and_source
from metoo_research.charts.style import FAINT, GREY, INK, NARROW_MM, PALE, SMALL_PT, TEXT_PT
from metoo_research.charts.tables import records
from metoo_research.charts.text import glued, line_mm, wrap
from metoo_research.charts.text import width_mm as text_mm

ROW_GAP_MM: Final = 2.2


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

    def put(self, y: float) -> float:
        """Move the row down by `y`; give where the next one begins."""
        self.top += y
        self.point += y
        return y + self.height

    def strip(self, *, wide: bool) -> tuple[float, float]:
        """Give the part of the row, from top to bottom, where no text stands over the axis."""
        if wide:
            return self.top, self.top + self.height
        return self.point - 2.3, self.point + 2.3


@dataclass(frozen=True)
class Sides:
    """Where the texts of figures stand: beside the axis, or over it in a narrow chart."""

    width_mm: float

    @property
    def wide(self) -> bool:
        """Whether there is room beside the axis."""
        return self.width_mm >= NARROW_MM

    @property
    def text_mm(self) -> float:
        """The width of the texts, on each side or over the axis."""
        inner = self.width_mm - 2 * layout.MARGIN_MM
        return 0.29 * self.width_mm if self.wide else inner - 4

    @property
    def axis_mm(self) -> float:
        """The width of the axis."""
        beside = self.text_mm + 3 if self.wide else 5
        return self.width_mm - 2 * (layout.MARGIN_MM + beside)

    @property
    def left(self) -> float:
        """Where the texts begin, in mm right of the axis' left end."""
        return -(self.text_mm + 3) if self.wide else 0.0


def arrange(
    figures: pd.DataFrame, sides: Sides
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
        row = (_beside if sides.wide else _above)(figure, sides.text_mm)
        rows.append(row)
        y = row.put(y)
    return rows, groups, y


def _beside(figure: Mapping[str, Any], width: float) -> Row:
    """Set a row of the wide form: the thing counted left, number and source right."""
    left = [Line(text) for text in wrap(figure["what"], width, max_lines=3)]
    left += small(glued(figure["label"]), width, max_lines=MAX_LABEL_LINES)
    right = [Line(text, bold=True) for text in wrap(figure["as_written"], width, bold=True)]
    for text in _remarks(figure):
        right += small(glued(text), width, max_lines=4)
    row = Row(figure, left, right, point=line_mm(TEXT_PT) / 2)
    row.height = max(height_of(left), height_of(right)) + ROW_GAP_MM
    return row


def _above(figure: Mapping[str, Any], width: float) -> Row:
    """Set a row of the narrow form: all texts over the axis."""
    number, what = figure["as_written"], figure["what"]
    lines = number_and_thing(number, what, width)
    label = " ".join(wrap(figure["label"], width, size=SMALL_PT, max_lines=4))
    remarks = [text for text in _remarks(figure) if text != range_words(figure)]
    lines += small(glued("; ".join([label, *remarks])), width, max_lines=10)
    row = Row(figure, lines, point=height_of(lines) + 2.2)
    row.height = row.point + 1.7 + ROW_GAP_MM
    return row


def number_and_thing(number: str, what: str, width: float) -> list[Line]:
    """Set a number in bold and what it counts, on one line if there is room."""
    lines = [Line(text, bold=True) for text in wrap(number, width, bold=True, max_lines=3)]
    offset = text_mm(lines[-1].text, bold=True) + 1.2
    if offset + text_mm(what) <= width:
        return [*lines, Line(what, indent=offset, same_line=True)]
    return lines + [Line(text) for text in wrap(what, width, max_lines=3)]


def _remarks(figure: Mapping[str, Any]) -> Iterator[str]:
    if figure["other_subject"]:
        yield f"another campaign: {figure['other_subject']}"
    yield window_and_source(figure)
    if figure["bound"] == "vague" and figure["drawn_high"] > figure["drawn_low"]:
        yield range_words(figure)


def small(text: str, width: float, *, max_lines: int) -> list[Line]:
    """Set a text in small grey letters."""
    lines = wrap(text, width, size=SMALL_PT, max_lines=max_lines) if text else []
    return [Line(line, size=SMALL_PT, color=GREY) for line in lines]


def height_of(lines: Sequence[Line]) -> float:
    """Give the height of lines one under the other, in mm."""
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


def write_row(ax: Axes, row: Row, sides: Sides) -> None:
    """Write a figure's texts and draw its line, on a ground where it is of another campaign."""
    write(ax, row.left, sides.left, row.top, left_of(ax))
    if sides.wide:
        write(ax, row.right, 3, row.top, right_of(ax))
    if row.figure["other_subject"]:
        top, bottom = row.strip(wide=sides.wide)
        tall = (top - 0.6, bottom - ROW_GAP_MM + 0.6) if sides.wide else (top, bottom)
        ax.axhspan(*tall, color=FAINT, linewidth=0, zorder=-1)
    ax.axhline(row.point, color=PALE, linewidth=0.5, zorder=0)
