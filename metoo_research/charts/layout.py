"""Where things stand on a figure, in millimetres.

The width of a figure is given; its height follows from the rows, so that no label is ever
squeezed. Title and key stand above the axes, notes and the source line below, all of them
inside the figure. What a chart drew, and its description in words, is kept with its axes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial, wraps
from inspect import signature
from itertools import count
from typing import Any, Final, ParamSpec
from weakref import WeakKeyDictionary

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from metoo_research.charts.arguments import arguments_of
from metoo_research.charts.chart_figure import ChartFigure
from metoo_research.charts.columns import saved
from metoo_research.charts.coordinates import axes_mm, figure_mm, figure_of, from_place
from metoo_research.charts.key import KeyItem, Pen, draw_key
from metoo_research.charts.page_height import HIGHEST_MM, most_that_fit
from metoo_research.charts.palettes import Variant, current_variant
from metoo_research.charts.palettes import variant as _variant
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
    NOT_IN_FONT,
    block,
    clean,
    drawable,
    glued,
    line_mm,
    lines_in,
    small_block,
)
from metoo_research.charts.text import width_mm as text_mm
from metoo_research.errors import TableError

MARGIN_MM: Final = 2.0
_GAP_MM: Final = 2.0
_NOTE_MM: Final = 2 * line_mm(SMALL_PT)  # of the note that a chart is cut

P = ParamSpec("P")
_marks = count(1)


@dataclass
class Sheet:
    """What stands around one Axes, and what is drawn in it."""

    width_mm: float
    body_mm: float
    # The part of a caller's figure that the chart may use (x, y, width, height, as shares of
    # the figure); None in a figure made here, whose height is ours to set.
    slot: tuple[float, float, float, float] | None = None
    title: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    key: tuple[KeyItem, ...] = ()
    x_label: str = ""
    x_wrapped: str = ""
    around: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # mm beyond the Axes
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    alt: str = ""
    variant: Variant = "colour"
    found: dict[Text, str] = field(default_factory=dict)  # what stood in a caller's Axes
    again: Callable[[], Axes] | None = None  # draws the chart once more, in a figure of its own
    # Title, key and source carry this label, to be found and replaced.
    mark: str = field(default_factory=lambda: f"metoo furniture {next(_marks)}")


_sheets: WeakKeyDictionary[Axes, Sheet] = WeakKeyDictionary()


def chart(function: Callable[P, Axes]) -> Callable[P, Axes]:
    """Make a function a chart: drawn under our settings, and able to be drawn again.

    A figure of our own that would be higher than a page is drawn with a lower ``top``, so that
    its title and its description say of how many rows; a note says why.
    """
    draw: Callable[..., Axes] = styled(function)
    option = signature(function).parameters.get("top")

    def once(**options: Any) -> Axes:
        ax = draw(**options)
        _sheets[ax].variant = current_variant()
        if _sheets[ax].slot is None:
            _sheets[ax].again = partial(once, **options)
        return ax

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> Axes:
        options = arguments_of(function, args, kwargs)
        ax = once(**options)
        if option is None or _sheets[ax].slot or _sizes(ax)[1] <= HIGHEST_MM:
            return ax

        def fewer(top: int, **other: Any) -> Axes:
            return once(**{**options, "top": top, **other})

        chosen: Any = options.get("top", option.default)
        asked = row_limit(chosen)
        drawn = {asked: ax}

        def sizes(top: int) -> tuple[float, float]:
            drawn[top] = fewer(top)
            return _sizes(drawn[top])

        top = most_that_fit(sizes, asked, _sizes(ax), HIGHEST_MM - _NOTE_MM)
        if top == asked:
            return ax
        note = "More rows would not fit on a page."
        if options.get("title"):  # which need not say how many of how many
            note = f"{title_of(fewer(top, title=None))}: more rows would not fit on a page."
        return _noted(drawn[top], note)

    return run


def _noted(ax: Axes, note: str) -> Axes:
    """Add a note to a finished chart, now and whenever it is drawn again."""
    sheet = _sheets[ax]
    sheet.notes += (note,)
    again = sheet.again
    sheet.again = again and (lambda: _noted(again(), note))
    return _replaced(ax)


def _sizes(ax: Axes) -> tuple[float, float]:
    """Give the height in mm of the rows, and of the whole figure."""
    return _sheets[ax].body_mm, figure_mm(figure_of(ax))[1]


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
    sheet = _sheet(ax)
    if sheet.again is None:
        raise TableError(
            "this chart stands in a figure of your own; draw it there under charts.variant(…)"
        )
    with _variant(variant):
        again = sheet.again()
    other = _sheets[again]
    if other.alt != sheet.alt or not other.table.equals(sheet.table):
        raise TableError("the table was changed since the chart was drawn; draw both anew")
    other.title, other.source = sheet.title, sheet.source
    return _replaced(again)


def variant_of(ax: Axes) -> Variant:
    """Give the variant that a chart of this package was drawn in: "colour" or "grey"."""
    return _sheet(ax).variant


def width_for(ax: Axes | None, width: float) -> float:
    """Give the width in mm that a chart may use: `width`, or that of a caller's Axes."""
    return float(width) if ax is None else axes_mm(ax)[0]


def begin(ax: Axes | None, *, width: float, body: float) -> Axes:
    """Give the Axes to draw in: `ax`, or a new one in a figure of `width` mm.

    Parameters
    ----------
    ax
        The caller's Axes, or None. The chart with all its labels stays within the place that
        this Axes has.
    width
        Width in mm, as `width_for` gives it.
    body
        Height of the Axes in mm, without labels, title and source.
    """
    if ax is not None:
        place = ax.get_position()
        slot = (float(place.x0), float(place.y0), float(place.width), float(place.height))
        texts = [text for text in ax.findobj(Text) if isinstance(text, Text)]
        found = {text: text.get_text() for text in texts if text.get_text()}
        _sheets[ax] = Sheet(width_mm=width, body_mm=body, slot=slot, found=found)
        return ax
    figure = ChartFigure(figsize=(width / MM_PER_INCH, (body + 40) / MM_PER_INCH))
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0.01, 0.2, 0.98, 0.6))
    _sheets[ax] = Sheet(width_mm=width, body_mm=body)
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
    sheet = _sheets[ax]
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
    return _lay_out(ax)


def empty(ax: Axes | None, *, width: float, message: str, title: str) -> Axes:
    """Draw the sentence that there is nothing to draw."""
    ax = begin(ax, width=width, body=14)
    ax.set_axis_off()
    # A wrapped guess from the figure's width: an empty Axes has no labels beside it.
    shown = block(message, _sheets[ax].width_mm * 0.9)
    ax.text(0.5, 0.5, shown, transform=ax.transAxes, ha="center", va="center", color=GREY)
    return finish(ax, title=title, table=pd.DataFrame(), alt=f"{title}. {message}")


def drawn(ax: Axes) -> pd.DataFrame:
    """Give the table that a chart of this package drew in `ax`, row for row."""
    return _sheet(ax).table.copy()


def alt_text(ax: Axes) -> str:
    """Give the description in words of a chart of this package."""
    return _sheet(ax).alt


def title_of(ax: Axes) -> str:
    """Give the title of a chart of this package, on one line."""
    return _sheet(ax).title


def chart_in(drawing: Axes | Figure) -> tuple[Figure, Axes | None]:
    """Give the figure of a drawing, and the one chart of this package in it, if it is one."""
    if isinstance(drawing, Axes):
        return figure_of(drawing), drawing if drawing in _sheets else None
    charts = [ax for ax in drawing.axes if ax in _sheets]
    return drawing, charts[0] if len(charts) == 1 else None


def _sheet(ax: Axes) -> Sheet:
    if ax not in _sheets:
        raise TableError("this Axes was not drawn by metoo_research.charts; give its data")
    return _sheets[ax]


@styled
def set_source(figure: Figure, source: str) -> None:
    """Put the source line at the bottom of the picture, in place of an earlier one.

    A figure made by a chart grows by the lines it needs. In any other figure the line stands
    at the bottom; without a chart in it, Matplotlib's constrained layout makes room.
    """
    shown = clean(source)
    if shown and not shown.lower().startswith("source"):
        shown = f"Source: {shown}"
    charts = [ax for ax in figure.axes if ax in _sheets]
    if charts and _sheets[charts[0]].slot is None:
        _sheets[charts[0]].source = shown
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
        if ax in _sheets:
            _sheets[ax].title = clean(title)
            _replaced(ax)
            return
    width = figure_mm(figure)[0] - 2 * MARGIN_MM
    figure.suptitle(block(clean(title), width, size=TITLE_PT, bold=True))


@styled
def _replaced(ax: Axes) -> Axes:
    """Place the furniture of a finished chart anew."""
    return _lay_out(ax, measure=False)


def _lay_out(ax: Axes, *, measure: bool = True) -> Axes:
    """Place the furniture of `ax` and the Axes between it; fit the height of our figures.

    Measuring what stands around the Axes takes most of the time; it is not needed again where
    only the furniture has changed.
    """
    sheet = _sheets[ax]
    figure = figure_of(ax)
    for artist in figure.findobj(lambda found: found.get_label() == sheet.mark):
        artist.remove()
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


def _place(ax: Axes, sheet: Sheet, top: float, bottom: float) -> None:
    """Give the Axes what title, key, source and labels leave; make our figures high enough."""
    figure = figure_of(ax)
    across, high = figure_mm(figure)
    left, right, over, under = sheet.around
    high_of_rest = top + over + under + bottom
    x, y = (sheet.slot[0] * across, sheet.slot[1] * high) if sheet.slot else (0.0, 0.0)
    if sheet.slot:
        body = max(sheet.slot[3] * high - high_of_rest, 5.0)
    else:
        body = sheet.body_mm
        high = body + high_of_rest
        figure.set_size_inches(across / MM_PER_INCH, high / MM_PER_INCH)
    x += MARGIN_MM + left
    y += bottom + under
    width = max(sheet.width_mm - left - right - 2 * MARGIN_MM, 5.0)
    ax.set_position((x / across, y / high, width / across, body / high))


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


def tidy(ax: Axes, *, grid: bool = True, left: bool = False) -> None:
    """Leave of the frame only what is read: a light grid along x, no box."""
    for side in ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)
    ax.spines["left"].set_visible(left)
    ax.spines["left"].set_color(RULE)
    if grid:
        ax.grid(axis="x")
