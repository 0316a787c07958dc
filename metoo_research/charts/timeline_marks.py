"""What stands on the axis of the timeline: the event, and a sign for each figure's window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D

from metoo_research.charts.key import Pen, Swatch
from metoo_research.charts.metric_rows import Row
from metoo_research.charts.palettes import palette
from metoo_research.charts.style import INK, SMALL_PT
from metoo_research.charts.text import line_mm, lines_in
from metoo_research.charts.time_axis import TimeAxis
from metoo_research.charts.timeline_windows import Window

#: The look of a stretch in which a count begins or ends, no one knows when.
HATCHED: Final[dict[str, Any]] = {"facecolor": "white", "hatch": "//////", "linewidth": 0.8}
_BAR_MM: Final = 2.8
_ARROW_PT: Final = 11.0


def draw_event(
    ax: Axes,
    axis: TimeAxis,
    heading: str,
    strips: Sequence[tuple[float, float]],
    *,
    hours: float,
    through: bool,
) -> None:
    """Draw the event behind the rows: its moment as a line, a whole day as a band.

    Parameters
    ----------
    heading
        Its name, which stands over the rows.
    strips
        From where to where, in mm, each row can be drawn in.
    hours
        How long the event's day is; 0 where its moment is known.
    through
        Whether nothing stands between the heading and the first of them.
    """
    side = "right" if axis.share(0.0) > 0.5 else "left"
    ax.text(0, 0, heading, va="top", ha=side, color=INK)
    under = lines_in(heading) * line_mm() + 0.6
    for low, high in [(under, strips[0][0] if through else under + 1.4), *strips]:
        if hours:
            place = (0, low)
            day = Rectangle(place, hours, high - low, linewidth=0)
            day.set_facecolor(palette().contrast_pale)
            day.set_zorder(-0.5)
            ax.add_patch(day)
        ax.vlines(0, low, high, color=palette().contrast, linewidth=1.0, zorder=0.5)


def draw_window(ax: Axes, axis: TimeAxis, row: Row, window: Window, event: Any) -> None:
    """Draw one figure's window in its row.

    Parameters
    ----------
    event
        Where a count without a beginning is drawn from; NaT for none.
    """
    other = bool(row.figure["other_subject"])
    color, shape = (palette().other, "D") if other else (palette().main, "o")
    if pd.notna(window.end_to) and axis.at(window.end_to) < axis.low:
        _beside_axis(ax, row.point, 0.02, "◂ before this axis", "left", color)
        return
    if axis.at(window.first) > axis.high:
        _beside_axis(ax, row.point, 0.98, "after this axis ▸", "right", color)
        return
    pen = _RowPen(ax, axis, row.point, color, str(row.figure["as_written"]))
    if window.shape == "up to":
        pen.line(beginning(window, event, other=other), window.end_from)
        pen.hatched(window.end_from, window.end_to)
        if window.end_from == window.end_to:
            pen.sign(axis.at(window.end_to), shape)
    elif window.shape == "since":
        pen.hatched(window.start_from, window.start_to)
        end = axis.high if pd.isna(window.end_to) else axis.at(window.end_to)
        pen.bar(axis.at(window.start_to), end)
        pen.sign(end, _head(">"), size=_ARROW_PT)
    elif window.start_from == window.end_to:
        pen.sign(axis.at(window.end_to), shape)
    elif window.start_to < window.end_from:
        pen.hatched(window.start_from, window.start_to)
        pen.bar(axis.at(window.start_to), axis.at(window.end_from))
        pen.hatched(window.end_from, window.end_to)
    else:
        pen.hatched(window.start_from, window.end_to)
    if window.shape != "up to" and axis.at(window.first) < axis.low:
        pen.sign(axis.low, _head("<"), size=_ARROW_PT)


def beginning(window: Window, event: Any, *, other: bool) -> Any:
    """Give the moment that a count up to a time is drawn from; NaT where none is known.

    The event begins nothing for another campaign, nor for what was counted before it.
    """
    if pd.isna(window.start_from) and not other and pd.notna(event):
        return event if event < window.end_from else pd.NaT
    return window.start_from


def open_bar() -> Swatch:
    """Make a swatch that is a bar with an arrow at its end."""
    color = palette().main

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.bar(x, y, 3.4, 2.0, facecolor=color, linewidth=0)
        look: dict[str, Any] = {"color": color, "markersize": 7.5}
        pen.line([x + 3.4], [y], marker=_head(">"), linestyle="none", **look)

    return draw


def hatched_end() -> Swatch:
    """Make a swatch that is a line with its end somewhere in a hatched stretch."""
    color = palette().main

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.line([x, x + 2], [y, y], color=color)
        pen.bar(x + 2, y, 3, 2.4, edgecolor=color, **HATCHED)

    return draw


def dotted_line() -> Swatch:
    """Make a swatch that is a line without a beginning."""
    color = palette().main

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.line([x, x + 5], [y, y], linestyle=":", color=color, linewidth=1.0)

    return draw


def _head(shape: Literal[">", "<"]) -> MarkerStyle:
    """Give the head of an arrow with its base at the point: it covers the corners of a bar."""
    forward = 0.225 if shape == ">" else -0.225
    return MarkerStyle(shape, transform=Affine2D().scale(0.55, 1).translate(forward, 0))


def _beside_axis(ax: Axes, y: float, x: float, words: str, side: str, color: str) -> None:
    look: dict[str, Any] = {"fontsize": SMALL_PT, "color": color, "ha": side}
    look["bbox"] = {"facecolor": "white", "linewidth": 0, "pad": 1}
    ax.text(x, y, words, transform=ax.get_yaxis_transform(), va="center_baseline", **look)


class _RowPen:
    """Draws one row: at a height, in a colour."""

    def __init__(self, ax: Axes, axis: TimeAxis, y: float, color: str, label: str) -> None:
        self.ax, self.axis, self.y, self.color, self.label = ax, axis, y, color, label

    def bar(self, start: float, end: float, **look: Any) -> None:
        place = (start, self.y - _BAR_MM / 2)
        bar = Rectangle(place, end - start, _BAR_MM, label=self.label, edgecolor=self.color)
        bar.set(**({"facecolor": self.color, "linewidth": 0.8} | look), zorder=2)
        self.ax.add_patch(bar)

    def hatched(self, start: Any, end: Any) -> None:
        if end > start:
            self.bar(self.axis.at(start), self.axis.at(end), **HATCHED)

    def line(self, start: Any, end: Any) -> None:
        known = pd.notna(start)
        begin = self.axis.at(start) if known else self.axis.low
        style = "-" if known else ":"
        x, y = [begin, self.axis.at(end)], [self.y, self.y]
        self.ax.plot(x, y, linestyle=style, color=self.color, linewidth=1.0, zorder=1.5)

    def sign(self, x: float, shape: str | MarkerStyle, *, size: float = 5) -> None:
        look: dict[str, Any] = {"color": self.color, "markersize": size, "label": self.label}
        self.ax.plot([x], [self.y], marker=shape, clip_on=False, zorder=3, **look)
