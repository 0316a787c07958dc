"""What a finished chart shows, read from its Axes."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import wraps
from itertools import combinations
from typing import Any, ParamSpec, TypeVar

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from metoo_research import charts
from metoo_research.charts.text import TO_THE_RIGHT

P = ParamSpec("P")
R = TypeVar("R")


def measured(function: Callable[P, R]) -> Callable[P, R]:
    """Measure text as it is drawn: in a figure of ours, with our settings."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with style.context(charts.STYLE):
            return function(*args, **kwargs)

    return run


def figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


@measured
def visible_texts(figure: Figure) -> list[Text]:
    """All texts that are drawn, tick labels beyond the axis limits left out."""
    figure.draw_without_rendering()
    hidden = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                if not low <= tick.get_loc() <= high:
                    hidden.add(tick.label1)
    return [
        text
        for text in figure.findobj(Text)
        if isinstance(text, Text)
        and text.get_visible()
        and text.get_text().strip()
        and text not in hidden
    ]


def label(text: str) -> str:
    """Give a text that may be wrapped on one line, without marks of its direction."""
    return " ".join(text.replace(TO_THE_RIGHT, "").split())


def strings(figure: Figure) -> list[str]:
    """All texts, each on one line."""
    return [label(text.get_text()) for text in visible_texts(figure)]


def told(ax: Axes) -> str:
    """All texts of a chart as one line."""
    return " ".join(strings(figure_of(ax)))


def row_labels(ax: Axes) -> list[str]:
    """Labels of the rows from the top down, each on one line."""
    return [label(tick.get_text()) for tick in ax.get_yticklabels()]


@measured
def overlaps(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes overlap by more than a pixel."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in visible_texts(figure)]
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]


@measured
def cut_off(figure: Figure) -> list[str]:
    """Texts that reach beyond the figure."""
    page = figure.bbox
    return [
        text.get_text()
        for text in visible_texts(figure)
        for box in [text.get_window_extent()]
        if box.x0 < page.x0 - 0.5
        or box.x1 > page.x1 + 0.5
        or box.y0 < page.y0 - 0.5
        or box.y1 > page.y1 + 0.5
    ]


def pixels(ax: Axes, *, dpi: float = 100) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Draw a picture and give its pixels: rows from the top, red, green and blue of each."""
    figure = figure_of(ax)
    picture = io.BytesIO()
    figure.savefig(picture, format="rgba", dpi=dpi)
    wide, high = (int(side * dpi) for side in figure.get_size_inches())
    return np.frombuffer(picture.getvalue(), np.uint8).reshape(high, wide, 4)[..., :3].copy()
