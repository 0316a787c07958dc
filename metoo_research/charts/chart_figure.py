"""The figure that a chart stands in: the same text whoever draws it, and in every format."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import matplotlib as mpl
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure

from metoo_research.charts.style import STYLE
from metoo_research.charts.text import TO_THE_RIGHT

_AT_DRAWING: Final = ("text.hinting",)
_AT_SAVING: Final = (
    *(*_AT_DRAWING, "pdf.fonttype", "svg.fonttype"),
    *("savefig.bbox", "savefig.facecolor", "savefig.transparent"),
)


class ChartFigure(Figure):
    """A figure whose text is as wide as it was measured, whoever draws or saves it."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw at any resolution the letters in the widths that the layout reckoned with."""
        if hasattr(renderer, "file"):  # only that of PDF files has one
            renderer.draw_text = _in_parts(renderer)  # type: ignore[method-assign]
        with mpl.rc_context({key: STYLE[key] for key in _AT_DRAWING}):
            super().draw(renderer)

    def savefig(self, *args: Any, **kwargs: Any) -> None:
        """Save in the width that was asked for, with fonts embedded and text as text."""
        with mpl.rc_context({key: STYLE[key] for key in _AT_SAVING}):
            super().savefig(*args, **kwargs)


def _in_parts(renderer: RendererBase) -> Callable[..., None]:
    """Draw what stands between marks of direction part by part, without the marks.

    In a PDF file Matplotlib 3.11 moves all that follows a mark to the left by a space.
    """
    draw = renderer.draw_text

    def width(text: str, prop: Any) -> float:
        return renderer.get_text_width_height_descent(text, prop, False)[0]

    def draw_text(gc: Any, x: float, y: float, s: str, *look: Any, **more: Any) -> None:
        prop, angle = look[:2]
        before, turned = "", math.radians(angle)
        for part in s.split(TO_THE_RIGHT):
            # With a full stop, since a space at the end has no width.
            along = width(f"{before}.", prop) - width(".", prop) if before else 0.0
            at = x + along * math.cos(turned), y + along * math.sin(turned)
            if part:
                draw(gc, *at, part, *look, **more)
            before += f"{part}{TO_THE_RIGHT}"

    return draw_text
