"""Labelled rows, and columns of numbers to the right of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform
from numpy.typing import NDArray

from metoo_research.charts.coordinates import above, right_of
from metoo_research.charts.key import Pen, Swatch, ink_on
from metoo_research.charts.palettes import palette
from metoo_research.charts.style import GREY, INK, SMALL_PT
from metoo_research.charts.text import block, line_mm, lines_in, widest_mm, wrap
from metoo_research.charts.text import width_mm as text_mm

_Numbers = NDArray[np.float64]
_Map = Callable[[_Numbers], _Numbers]

MAX_LABEL_LINES: Final = 8  # in one column of print, the longest names of newspapers take 6
_MAX_HEADING_LINES: Final = 5
_MAX_HEADING_MM: Final = 60  # of a heading set upright


def label_blocks(labels: Sequence[str], width: float) -> list[str]:
    """Wrap row labels to `width` mm; what is beyond eight lines is cut."""
    return [block(text, width, max_lines=MAX_LABEL_LINES) for text in labels]


def row_mm(blocks: Sequence[str], *, least: float) -> float:
    """Give the height at which the tallest label leaves a gap to the next."""
    tallest = max((lines_in(text) for text in blocks), default=1)
    return max(least, tallest * line_mm() + 1.4)


def row_heights(blocks: Sequence[str], *, least: float) -> list[float]:
    """Give each row the height at which its own label leaves a gap to the next."""
    return [row_mm([text], least=least) for text in blocks]


def set_rows(ax: Axes, blocks: Sequence[str], heights: Sequence[float] = ()) -> None:
    """Label the rows 0, 1, 2 … from the top down.

    Rows of different `heights` are laid out by the scale of the axis: what is drawn within 0.4
    of a row is as high in each of them, and the rest is the gap to the next.
    """
    if len(set(heights)) > 1:
        ax.set_yscale("function", functions=_uneven(heights))
    ax.set_yticks(range(len(blocks)), list(blocks))
    ax.tick_params(axis="y", length=0, pad=3)
    ax.set_ylim(len(blocks) - 0.5, -0.5)


def _uneven(heights: Sequence[float]) -> tuple[_Map, _Map]:
    """Give the millimetres of places in rows, and the way back."""
    inner = 0.4 * min(heights)
    places, at_mm, top = [-0.5], [0.0], 0.0
    for row, height in enumerate(heights):
        middle = top + height / 2
        top += height
        places += [row - 0.4, row + 0.4, row + 0.5]
        at_mm += [middle - inner, middle + inner, top]

    def forth(values: _Numbers) -> _Numbers:
        return np.interp(values, places, at_mm)

    def back(values: _Numbers) -> _Numbers:
        return np.interp(values, at_mm, places)

    return forth, back


@dataclass(frozen=True)
class Column:
    """A column of texts beside the rows."""

    heading: str
    cells: Sequence[str]
    width: float
    shades: Sequence[float] | None = None  # from 0 to 1; they fill the cells
    shows: tuple[str, ...] = ()  # the columns of the table that it writes

    @classmethod
    def fitted(
        cls,
        heading: str,
        cells: Sequence[str],
        *,
        around: float,
        least: float,
        shows: tuple[str, ...] = (),
    ) -> Column:
        """Make a column as wide as its cells and `around` them, in mm, or as `least`."""
        width = max(widest_mm(cells, size=SMALL_PT) + around, least)
        return cls(heading, cells, width, shows=shows)


def draw_columns(ax: Axes, columns: Sequence[Column], *, start: float) -> None:
    """Draw `columns` from `start` mm right of the Axes."""
    at = right_of(ax)
    x = start
    shade_of = shades()
    for column in columns:
        for row, cell in enumerate(column.cells):
            color = INK
            if column.shades is not None:
                face = shade_of(column.shades[row]) if column.shades[row] > 0 else "white"
                place = (x + 0.2, row - 0.46)
                rectangle = Rectangle(
                    place, column.width - 0.4, 0.92, transform=at, facecolor=face, linewidth=0
                )
                rectangle.set_clip_on(False)
                ax.add_artist(rectangle)  # limits are set: `add_patch` would reckon them anew
                color = ink_on(face) if column.shades[row] > 0 else GREY
            ax.text(
                x + column.width / 2,
                row,
                cell,
                transform=at,
                fontsize=SMALL_PT,
                color=color,
                ha="center",
                va="center_baseline" if "\n" not in cell else "center",
            )
        x += column.width
    widths = [column.width for column in columns]
    centres = [start + sum(widths[:at]) + width / 2 for at, width in enumerate(widths)]
    headings = [column.heading for column in columns]
    draw_headings(ax, headings, widths, centres, at=above(ax))


def shades_swatch() -> Swatch:
    """Make a swatch that is three cells, of few, more and many."""
    shade_of = shades()

    def draw(pen: Pen, x: float, y: float) -> None:
        for at, share in enumerate((0.0, 0.5, 1.0)):
            pen.bar(x + at * 5 / 3, y, 5 / 3, 2.6, facecolor=shade_of(share), linewidth=0)

    return draw


def shades() -> LinearSegmentedColormap:
    """Give the colours from few (0) to many (1)."""
    return LinearSegmentedColormap.from_list("shades", list(palette().shades))


def draw_headings(
    ax: Axes,
    headings: Sequence[str],
    widths: Sequence[float],
    centres: Sequence[float],
    *,
    at: Transform,
) -> None:
    """Write a heading over each column.

    All stand upright (read from below) as soon as one would not fit across its column without
    breaking a word. `widths` are in mm, `centres` in the x-coordinates of `at`.
    """
    flat = [_flat(text, width) for text, width in zip(headings, widths, strict=True)]
    upright = any(text is None for text in flat)
    shown = [
        _upright(heading, width) if upright or text is None else text
        for heading, text, width in zip(headings, flat, widths, strict=True)
    ]
    for text, centre in zip(shown, centres, strict=True):
        ax.text(
            centre,
            1.0,
            text,
            transform=at,
            fontsize=SMALL_PT,
            color=GREY,
            rotation=90 if upright else 0,
            multialignment="left" if upright else "center",
            ha="center",
            va="bottom",
        )


def _upright(heading: str, width: float) -> str:
    """Wrap a heading for an upright column: as short as its lines allow."""
    lines = max(int((width - 0.4) / line_mm(SMALL_PT)), 1)
    for length in range(16, _MAX_HEADING_MM, 2):
        text = block(heading, length, size=SMALL_PT)
        if lines_in(text) <= lines:
            return text
    return block(heading, _MAX_HEADING_MM, size=SMALL_PT, max_lines=lines)


def _flat(heading: str, width: float) -> str | None:
    """Wrap a heading across its column, or give None where it does not fit."""
    room = width - 1.0
    if any(text_mm(word, size=SMALL_PT) > room for word in heading.split(" ")):
        return None
    lines = wrap(heading, room, size=SMALL_PT)
    return "\n".join(lines) if len(lines) <= _MAX_HEADING_LINES else None
