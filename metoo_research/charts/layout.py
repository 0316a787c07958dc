"""Where things stand on a figure, in millimetres.

The width of a figure is given; its height follows from the rows, so that no label is ever
squeezed. Title and key stand above the axes, notes and the source line below, all of them
inside the figure. What a chart drew, and its description in words, is kept with its axes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from inspect import signature
from math import ceil
from typing import Any, Final, ParamSpec

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from metoo_research.charts.arguments import arguments_of
from metoo_research.charts.chart_figure import ChartFigure
from metoo_research.charts.columns import saved
from metoo_research.charts.coordinates import figure_mm, figure_of
from metoo_research.charts.furniture import MARGIN_MM as MARGIN_MM
from metoo_research.charts.furniture import lay_out
from metoo_research.charts.key import KeyItem
from metoo_research.charts.page_height import HIGHEST_MM, most_that_fit
from metoo_research.charts.palettes import Variant, current_variant
from metoo_research.charts.palettes import variant as _variant
from metoo_research.charts.sheet import Sheet, sheet_of, sheets
from metoo_research.charts.slot import slot_mm, slot_of, take
from metoo_research.charts.style import (
    GREY,
    MM_PER_INCH,
    RULE,
    SMALL_PT,
    TITLE_PT,
    styled,
)
from metoo_research.charts.tables import row_limit
from metoo_research.charts.text import (
    block,
    clean,
    drawable,
    glued,
    line_mm,
    small_block,
)
from metoo_research.errors import TableError

# Two charts fit beside each other in a figure of Matplotlib's own size.
_LEAST_SLOT_MM: Final = 50.0
_NOTE_MM: Final = 2 * line_mm(SMALL_PT)  # of the note that a chart is cut

P = ParamSpec("P")


def chart(function: Callable[P, Axes]) -> Callable[P, Axes]:
    """Make a function a chart: drawn under our settings, and able to be drawn again.

    What would be higher than a page, or than its place in a figure of the caller's, is drawn
    with a lower ``top``, so that its title and its description say of how many rows; a note
    says why.
    """
    draw: Callable[..., Axes] = styled(function)
    name = getattr(function, "__name__", "chart")
    option = signature(function).parameters.get("top")

    def once(**options: Any) -> Axes:
        ax = draw(**options)
        sheet = sheets[ax]
        sheet.variant = current_variant()
        if sheet.slot is None:
            own = {"ax": None, "width_mm": sheet.width_mm} if options.get("ax") else {}
            sheet.again = partial(once, **{**options, **own})
        return ax

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> Axes:
        options = arguments_of(function, args, kwargs)
        if option is not None:
            options.setdefault("top", option.default)
        place = options.get("ax")
        if place is None:
            ax, _, note = _fitting(once, options, HIGHEST_MM)
            return _noted(ax, note)
        # How many rows fit is found out in figures of our own, as wide as the place.
        width, high = slot_mm(place)
        in_slot = slot_of(place) is not None
        narrow = in_slot and width < _LEAST_SLOT_MM
        needed = f"{_LEAST_SLOT_MM:g} mm of width" if narrow else ""
        if not needed:
            alone = {**options, "ax": None, "width_mm": width}
            room = high if in_slot else HIGHEST_MM
            ax, cut, note = _fitting(once, alone, room, in_slot=in_slot)
            if in_slot and _sizes(ax, in_slot)[1] > high:
                needed = f"{width:.0f} × {ceil(_sizes(ax, in_slot)[1])} mm"
        if needed:
            here = f"this Axes has {width:.0f} × {high:.0f} mm"
            raise TableError(
                f"the chart {name} needs at least {needed}; {here}: give the figure more room "
                "(figsize), or leave ax out"
            )
        return _noted(once(**{**options, **cut}), note)

    return run


def _fitting(
    draw: Callable[..., Axes], options: dict[str, Any], room: float, *, in_slot: bool = False
) -> tuple[Axes, dict[str, int], str]:
    """Draw a chart with as many rows as `room` has height for, in mm, or with one.

    Returns
    -------
    The chart, the ``top`` it was drawn with if that is not what was asked for, and the note
    that says so, which the chart has in a slot only.
    """
    ax = draw(**options)
    if "top" not in options or _sizes(ax, in_slot)[1] <= room:
        return ax, {}, ""
    asked = row_limit(options["top"])
    drawn = {asked: ax}

    def fewer(top: int, **other: Any) -> Axes:
        return draw(**{**options, "top": top, **other})

    def sizes(top: int) -> tuple[float, float]:
        drawn[top] = fewer(top)
        return _sizes(drawn[top], in_slot)

    def note(top: int) -> str:
        where = "here" if in_slot else "on a page"
        if not options.get("title"):
            return f"More rows would not fit {where}."
        # A title of the caller's need not say how many of how many.
        return f"{title_of(fewer(top, title=None))}: more rows would not fit {where}."

    top = most_that_fit(sizes, asked, _sizes(ax, in_slot), room - _NOTE_MM)
    if top == asked:
        return ax, {}, ""
    if in_slot:  # which may be too narrow for the note in two lines
        while _sizes(_noted(drawn[top], note(top)), in_slot)[1] > room and top > 1:
            top -= 1
            drawn[top] = fewer(top)
    return drawn[top], {"top": top}, note(top)


def _noted(ax: Axes, note: str) -> Axes:
    """Add a note to a finished chart, if there is one, now and whenever it is drawn again."""
    if not note:
        return ax
    sheet = sheets[ax]
    sheet.notes += (note,)
    again = sheet.again
    sheet.again = again and (lambda: _noted(again(), note))
    return _replaced(ax)


def _sizes(ax: Axes, in_slot: bool) -> tuple[float, float]:
    """Give the height in mm of the rows, and of the whole chart; the least in a slot."""
    sheet = sheets[ax]
    body = sheet.body_mm if not in_slot or sheet.least_mm is None else sheet.least_mm
    return body, body + sheet.rest_mm


def redrawn(ax: Axes, *, variant: Variant) -> Axes:
    """Draw a chart of this package once more, in another variant.

    Parameters
    ----------
    ax
        What a function of this package returned. Its tables are still as they were then.
    variant
        "colour" or "grey".

    Returns
    -------
    The Axes of a new figure of the same size, with the same title, table, description and
    source line.

    Raises
    ------
    TableError
        If `ax` was not drawn by this package or stands in a figure of the caller's, there is no
        such variant, or the table was changed since.
    """
    sheet = sheet_of(ax)
    if sheet.again is None:
        raise TableError(
            "this chart stands in a figure of your own; draw it there under charts.variant(…)"
        )
    with _variant(variant):
        again = sheet.again()
    other = sheets[again]
    if other.alt != sheet.alt or not other.table.equals(sheet.table):
        raise TableError("the table was changed since the chart was drawn; draw both anew")
    other.title, other.source = sheet.title, sheet.source
    return _replaced(again)


def variant_of(ax: Axes) -> Variant:
    """Give the variant that a chart of this package was drawn in: "colour" or "grey"."""
    return sheet_of(ax).variant


def width_for(ax: Axes | None, width: float) -> float:
    """Give the width in mm that a chart may use: `width`, or that of a caller's Axes."""
    return float(width) if ax is None else slot_mm(ax)[0]


def begin(ax: Axes | None, *, width: float, body: float, least: float | None = None) -> Axes:
    """Give the Axes to draw in: `ax`, or a new one in a figure of `width` mm.

    Parameters
    ----------
    ax
        The caller's Axes, or None. The chart with all its labels stays within the place that
        this Axes has, and takes that of an earlier chart in it.
    width
        Width in mm, as `width_for` gives it.
    body
        Height of the Axes in mm, without labels, title and source.
    least
        How low the Axes may be in a figure of the caller's, if lower than `body`.
    """
    if ax is not None:
        found, slot = take(ax), slot_of(ax)
        sheets[ax] = Sheet(width, body, slot, least_mm=least, found=found)
        return ax
    figure = ChartFigure(figsize=(width / MM_PER_INCH, (body + 40) / MM_PER_INCH))
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0.01, 0.2, 0.98, 0.6))
    sheets[ax] = Sheet(width, body, least_mm=least)
    return ax


def finish(
    ax: Axes,
    *,
    title: str,
    table: pd.DataFrame,
    alt: str,
    key: Sequence[KeyItem] = (),
    notes: Sequence[str] = (),
) -> Axes:
    """Put title, key and notes around a drawn Axes and fix the size of its figure.

    Parameters
    ----------
    table
        What is drawn, row for row.
    alt
        The picture in words.
    """
    sheet = sheets[ax]
    sheet.title, sheet.key, sheet.notes = clean(title), tuple(key), tuple(notes)
    sheet.table, sheet.alt = saved(table.reset_index(drop=True)), alt
    for text in ax.findobj(Text):
        if isinstance(text, Text) and sheet.found.get(text) != text.get_text():
            text.set_text(drawable(text.get_text()))
    if ax.get_xlabel() != sheet.x_wrapped:  # which an earlier call set
        sheet.x_label = ax.get_xlabel()
    for axis in (ax.xaxis, ax.yaxis):
        if not axis.label.get_text():
            axis.set_label_coords(0, 0)  # or its place would be sought anew at each drawing
    return lay_out(ax)


def empty(ax: Axes | None, *, width: float, message: str, title: str) -> Axes:
    """Draw the sentence that there is nothing to draw."""
    ax = begin(ax, width=width, body=14, least=8)
    ax.set_axis_off()
    # A wrapped guess from the figure's width: an empty Axes has no labels beside it.
    shown = block(message, sheets[ax].width_mm * 0.9)
    ax.text(0.5, 0.5, shown, transform=ax.transAxes, ha="center", va="center", color=GREY)
    return finish(ax, title=title, table=pd.DataFrame(), alt=f"{title}. {message}")


def drawn(ax: Axes) -> pd.DataFrame:
    """Give the table that a chart of this package drew in `ax`, row for row."""
    return sheet_of(ax).table.copy()


def alt_text(ax: Axes) -> str:
    """Give the description in words of a chart of this package."""
    return sheet_of(ax).alt


def title_of(ax: Axes) -> str:
    """Give the title of a chart of this package, on one line."""
    return sheet_of(ax).title


def chart_in(drawing: Axes | Figure) -> tuple[Figure, Axes | None]:
    """Give the figure of a drawing, and the one chart of this package in it, if it is one."""
    if isinstance(drawing, Axes):
        return figure_of(drawing), drawing if drawing in sheets else None
    charts = [ax for ax in drawing.axes if ax in sheets]
    return drawing, charts[0] if len(charts) == 1 else None


@styled
def set_source(figure: Figure, source: str) -> None:
    """Put the source line at the bottom of the picture, in place of an earlier one.

    A figure made by a chart grows by the lines it needs. In any other figure the line stands
    at the bottom; without a chart in it, Matplotlib's constrained layout makes room.
    """
    shown = clean(source)
    if shown and not shown.lower().startswith("source"):
        shown = f"Source: {shown}"
    charts = [ax for ax in figure.axes if ax in sheets]
    if charts and sheets[charts[0]].slot is None:
        sheets[charts[0]].source = shown
        _replaced(charts[0])
        return
    if not charts and figure.get_layout_engine() is None:
        figure.set_layout_engine("constrained")
    width = figure_mm(figure)[0]
    text = small_block(glued(shown), width - 2 * MARGIN_MM)
    look: dict[str, Any] = {"ha": "left", "fontsize": SMALL_PT, "color": GREY}
    figure.supxlabel(text, x=MARGIN_MM / width, **look)


@styled
def set_title(figure: Figure, title: str) -> None:
    """Replace the title of the figure's first chart; give a figure without a chart one."""
    for ax in figure.axes:
        if ax in sheets:
            sheets[ax].title = clean(title)
            _replaced(ax)
            return
    width = figure_mm(figure)[0] - 2 * MARGIN_MM
    figure.suptitle(block(clean(title), width, size=TITLE_PT, bold=True))


@styled
def _replaced(ax: Axes) -> Axes:
    """Place the furniture of a finished chart anew."""
    return lay_out(ax, measure=False)


def tidy(ax: Axes, *, grid: bool = True, left: bool = False) -> None:
    """Leave of the frame only what is read: a light grid along x, no box."""
    for side in ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)
    ax.spines["left"].set_visible(left)
    ax.spines["left"].set_color(RULE)
    if grid:
        ax.grid(axis="x")
