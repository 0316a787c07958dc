"""The place that a chart may take in a figure of the caller's."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.text import Text

from metoo_research.charts.coordinates import figure_mm, figure_of
from metoo_research.charts.furniture import remove_furniture
from metoo_research.charts.sheet import Place, sheets
from metoo_research.charts.style import RULE, STYLE


def slot_of(ax: Axes) -> Place | None:
    """Give the place of a caller's Axes, before a chart was drawn in it; None in our figures.

    Where the caller has moved the Axes since, its place is where it stands now.
    """
    place: Place = ax.get_position().bounds
    sheet = sheets.get(ax)
    if sheet is None or (sheet.slot is not None and place != sheet.placed):
        return place
    return sheet.slot


def slot_mm(ax: Axes) -> tuple[float, float]:
    """Give width and height of the place in mm; of one of our figures, those of the figure."""
    width, height = figure_mm(figure_of(ax))
    _, _, across, high = slot_of(ax) or (0.0, 0.0, 1.0, 1.0)
    return across * width, high * height


def take(ax: Axes) -> dict[Text, str]:
    """Make an Axes ready for a chart; give the texts of the caller's that stay in it.

    An earlier chart is taken away. Paper is white, since our inks are dark, and no layout
    engine moves what we place.
    """
    slot, figure = slot_of(ax), figure_of(ax)
    if ax in sheets:
        remove_furniture(ax)
    if slot is not None:
        ax.set_position(slot)
        figure.set_layout_engine("none")
        for holder in (figure, ax.get_figure(root=False)):
            if holder is not None:
                holder.set_facecolor("white")
        ax.set_facecolor("white")
        for spine in ax.spines.values():
            spine.set(edgecolor=RULE, linewidth=STYLE["axes.linewidth"], visible=True)
    if ax in sheets or _is_blank(ax):
        ax.clear()
        ax.set_axisbelow(True)
        # Reset, ticks would stand on all four sides.
        ax.tick_params(reset=True, top=False, right=False, labeltop=False, labelright=False)
        for axis in (ax.xaxis, ax.yaxis):
            # Not cleared with the Axes: an earlier chart without a label has fixed its place.
            axis._autolabelpos = True  # type: ignore[union-attr]
            axis._init()  # type: ignore[union-attr]
        return {}
    texts = [text for text in ax.findobj(Text) if isinstance(text, Text)]
    return {text: text.get_text() for text in texts if text.get_text()}


def _is_blank(ax: Axes) -> bool:
    """Say whether the caller has put nothing into an Axes yet."""
    titles = [ax.get_title(loc=side) for side in ("left", "center", "right")]
    named = any([*titles, ax.get_xlabel(), ax.get_ylabel()])
    return not (ax.has_data() or named or ax.texts or ax.artists or ax.get_legend())
