"""Drawing the example timeline, and reading back what stands on it."""

from __future__ import annotations

import chart_tables as tables
import numpy as np
import timeline_tables as timeline
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from read_back import figure_of, strings

from metoo_research import charts


def draw(*rows: dict[str, object], width_mm: float = 180, top: int = 40) -> Axes:
    """Draw rows, or else the whole example, in hours since its event."""
    return charts.metrics_timeline(
        timeline.table(*rows) if rows else timeline.timeline(),
        event=timeline.EVENT,
        event_name=timeline.EVENT_NAME,
        zone=timeline.ZONE,
        articles=tables.articles(),
        width_mm=width_mm,
        top=top,
    )


def signs(ax: Axes, shapes: str = "oD") -> list[tuple[str, float]]:
    """Of each point the number as worded and where it stands, in hours since the event."""
    return [
        (str(line.get_label()), float(np.asarray(line.get_xdata())[0]))
        for line in ax.lines
        if line.get_marker() in list(shapes)
    ]


def bars(ax: Axes, *, hatched: bool) -> list[tuple[str, float, float]]:
    """Of each bar the number as worded, its beginning and its end, in hours."""
    return [
        (str(bar.get_label()), round(bar.get_x(), 3), round(bar.get_x() + bar.get_width(), 3))
        for bar in ax.patches
        if isinstance(bar, Rectangle) and is_figure(bar) and bool(bar.get_hatch()) == hatched
    ]


def is_figure(bar: Patch) -> bool:
    """Whether a patch stands for a figure, not for the event or another campaign's row."""
    return bar.get_zorder() == 2


def leading_lines(ax: Axes) -> list[Line2D]:
    """The thin lines that lead to the end of a count."""
    return [line for line in ax.lines if line.get_zorder() == 1.5]


def text(ax: Axes) -> str:
    return " ".join(strings(figure_of(ax)))
