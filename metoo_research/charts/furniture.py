"""Title, key, notes and source line around the Axes of a chart."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes
from matplotlib.text import Text

from metoo_research.charts.coordinates import axes_mm, figure_mm, figure_of, from_place
from metoo_research.charts.key import Pen, draw_key
from metoo_research.charts.sheet import Sheet, sheets
from metoo_research.charts.style import GREY, MM_PER_INCH, SMALL_PT, TITLE_PT
from metoo_research.charts.text import (
    NOT_IN_FONT,
    block,
    drawable,
    glued,
    line_mm,
    lines_in,
    small_block,
)
from metoo_research.charts.text import width_mm as text_mm

MARGIN_MM: Final = 2.0
_GAP_MM: Final = 2.0


def lay_out(ax: Axes, *, measure: bool = True) -> Axes:
    """Place the furniture of `ax` and the Axes between it; fit the height of our figures.

    Measuring what stands around the Axes takes most of the time; it is not needed again where
    only the furniture has changed.
    """
    sheet = sheets[ax]
    remove_furniture(ax)
    top, bottom = _furnish(ax, sheet)
    for _ in range(4):
        if measure:
            words = [text_mm(word) for word in sheet.x_label.split(" ")]
            sheet.x_wrapped = block(sheet.x_label, max(axes_mm(ax)[0], *words, 1.0))
            ax.xaxis.label.set_text(sheet.x_wrapped)
            sheet.around = _overhang(ax)
        before = axes_mm(ax)[0]
        _place(ax, sheet, top, bottom)
        # Labels were measured around an Axes of another width: good enough if it was close.
        if not measure or abs(axes_mm(ax)[0] - before) < 0.5:
            break
    return ax


def remove_furniture(ax: Axes) -> None:
    """Take away what stands around a chart."""
    mark = sheets[ax].mark
    for artist in figure_of(ax).findobj(lambda found: found.get_label() == mark):
        artist.remove()


def _place(ax: Axes, sheet: Sheet, top: float, bottom: float) -> None:
    """Give the Axes what title, key, source and labels leave; make our figures high enough."""
    figure = figure_of(ax)
    across, high = figure_mm(figure)
    left, right, over, under = sheet.around
    sheet.rest_mm = top + over + under + bottom
    x, y = (sheet.slot[0] * across, sheet.slot[1] * high) if sheet.slot else (0.0, 0.0)
    if sheet.slot:
        body = max(sheet.slot[3] * high - sheet.rest_mm, 5.0)
    else:
        body = sheet.body_mm
        high = body + sheet.rest_mm
        figure.set_size_inches(across / MM_PER_INCH, high / MM_PER_INCH)
    x += MARGIN_MM + left
    y += bottom + under
    width = max(sheet.width_mm - left - right - 2 * MARGIN_MM, 5.0)
    ax.set_position((x / across, y / high, width / across, body / high))
    sheet.placed = ax.get_position().bounds


def _overhang(ax: Axes) -> tuple[float, float, float, float]:
    """Measure how far labels stick out of the Axes, in mm: left, right, top, bottom."""
    inner = ax.get_window_extent()
    outer = ax.get_tightbbox()
    if outer is None or not ax.axison:
        return 0.0, 0.0, 0.0, 0.0
    mm = MM_PER_INCH / figure_of(ax).dpi
    return (
        max(inner.x0 - outer.x0, 0) * mm,
        max(outer.x1 - inner.x1, 0) * mm,
        max(outer.y1 - inner.y1, 0) * mm,
        max(inner.y0 - outer.y0, 0) * mm,
    )


def _furnish(ax: Axes, sheet: Sheet) -> tuple[float, float]:
    """Draw title, key, notes and source; give the height taken at the top and at the bottom."""
    figure = figure_of(ax)
    width = sheet.width_mm - 2 * MARGIN_MM
    x, y, _, share = sheet.slot or (0.0, 0.0, 1.0, 1.0)
    at = from_place(figure, x, y + share)
    pen = Pen(figure, at, sheet.mark)
    top = MARGIN_MM
    title = block(sheet.title, width, size=TITLE_PT, bold=True)
    if title:
        look = {"fontsize": TITLE_PT, "fontweight": "bold", "va": "top"}
        pen.write(MARGIN_MM, -top, title, **look)
        top += lines_in(title) * line_mm(TITLE_PT) + _GAP_MM
    if sheet.key:
        top += draw_key(pen, sheet.key, MARGIN_MM, -top, width) + _GAP_MM

    shown = [*sheet.notes]
    texts = [text.get_text() for text in ax.findobj(Text) if isinstance(text, Text)]
    texts += [sheet.title, sheet.source, *sheet.notes, *(item.meaning for item in sheet.key)]
    if any(NOT_IN_FONT in drawable(text) for text in texts):
        shown.append(f"{NOT_IN_FONT} stands for a character that the font lacks.")
    below = "\n".join(
        small_block(glued(text), width) for text in [*shown, sheet.source] if text
    )
    if not below:
        return top, MARGIN_MM
    pen = Pen(figure, from_place(figure, x, y), sheet.mark)
    pen.write(MARGIN_MM, MARGIN_MM, below, fontsize=SMALL_PT, color=GREY, va="bottom")
    return top, MARGIN_MM + lines_in(below) * line_mm(SMALL_PT) + _GAP_MM
