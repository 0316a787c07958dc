"""Rows of points with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import Formatter, MaxNLocator

from metoo_research.charts import layout
from metoo_research.charts.palettes import palette
from metoo_research.charts.rows import label_blocks, row_heights, set_rows
from metoo_research.charts.style import FAINT, GREY, NARROW_MM
from metoo_research.charts.text import MINUS, labels_that_fit, significant

_MOST_DECIMALS: Final = 9  # of a number of an axis: what lies beyond is rounding
_AXIS_SHARE: Final = 0.5  # of the width, about the least that the axis has
_LABEL_SHARE: Final = 0.3  # of the width, for the names of the rows


def begin_rows(ax: Axes | None, names: Sequence[str], *, width: float) -> Axes:
    """Give an Axes with one named row each, every second on a faint ground."""
    blocks = label_blocks(names, min(_LABEL_SHARE * width, 52))
    return begin_blocks(ax, blocks, width=width, least=4.8)


def begin_blocks(ax: Axes | None, blocks: Sequence[str], *, width: float, least: float) -> Axes:
    """`begin_rows` for names that are wrapped, with rows at least so high, in mm."""
    heights = row_heights(blocks, least=least)
    ax = layout.begin(ax, width=width, body=sum(heights))
    set_rows(ax, blocks, heights)
    for row in range(1, len(blocks), 2):
        ax.axhspan(row - 0.5, row + 0.5, color=FAINT, linewidth=0, zorder=0)
    return ax


def draw_dots(
    ax: Axes,
    values: pd.Series[float],
    low: pd.Series[float] | None = None,
    high: pd.Series[float] | None = None,
    *,
    down: float = 0.0,
    mark: dict[str, Any] | None = None,
) -> None:
    """Draw one point per row (as one line) and its interval, `down` below the row's middle."""
    mark = mark or dot()
    y = np.arange(len(values)) + down
    ax.plot(values.to_numpy(dtype=float), y, linestyle="none", zorder=3, clip_on=False, **mark)
    if low is not None and high is not None:
        ends = low.to_numpy(dtype=float), high.to_numpy(dtype=float)
        ax.hlines(y, *ends, color=mark["color"], linewidth=1.4)


def dot() -> dict[str, Any]:
    """Give the look of a point that is what the chart is about."""
    return {"marker": "o", "color": palette().main, "markersize": 4.5}


def other_dot() -> dict[str, Any]:
    """Give the look of a point that is set against it, in another shape too."""
    return {"marker": "D", "color": palette().contrast, "markersize": 4.2}


def even_dot() -> dict[str, Any]:
    """Give the look of a point that is of neither side."""
    return {"marker": "s", "color": GREY, "markersize": 3.5}


def hollow(mark: dict[str, Any]) -> dict[str, Any]:
    """Give the look of the same point, not filled."""
    return mark | {"markerfacecolor": "white"}


def number_axis(ax: Axes, *values: pd.Series[float], zero: bool, width: float) -> None:
    """Fit the x-axis to finite `values`, from zero on if asked, with few ticks."""
    everything = pd.concat(values) if values else pd.Series(dtype=float)
    known = everything.astype(float).replace([np.inf, -np.inf], np.nan).dropna()
    least, most = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    if zero:
        least, most = min(least, 0.0), max(most, 0.0)
    room = (most - least) * (0.03 if zero else 0.1) or abs(most) * 0.05 or 1.0
    ax.set_xlim(least - (0 if zero and least == 0 else room), most + room)
    ends = significant(least), significant(most)
    fit = labels_that_fit(_AXIS_SHARE * width, ends, most=2 if width < NARROW_MM else 6)
    ax.xaxis.set_major_locator(MaxNLocator(fit))
    ax.xaxis.set_major_formatter(AxisNumbers())


class AxisNumbers(Formatter):
    """Numbers of an axis: all with as many decimals, 0 without any, and a real minus."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Write one number by itself."""
        return _written(x, _decimals(x))

    def format_ticks(self, values: Any) -> list[str]:
        """Write the numbers of all ticks."""
        decimals = max(map(_decimals, values), default=0)
        return [_written(value, decimals) for value in values]


def _written(number: float, decimals: int) -> str:
    rounded = round(number, _MOST_DECIMALS)
    return f"{rounded:,.{decimals}f}".replace("-", MINUS) if rounded else "0"


def _decimals(number: float) -> int:
    return len(f"{number:.{_MOST_DECIMALS}f}".rstrip("0").partition(".")[2])


def cells(values: pd.Series[float]) -> list[str]:
    """Write a column of measures."""
    return [significant(value) for value in values]
