"""The social-media figures that the articles report, on one logarithmic axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.coordinates import left_of
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.key import KeyItem, arrow, marker, patch, sign
from metoo_research.charts.metric_rows import Line, Row, Sides, arrange, write, write_row
from metoo_research.charts.palettes import palette
from metoo_research.charts.social_figures import (
    ends_in_words,
    marked_words,
    range_words,
    social_figures,
)
from metoo_research.charts.style import (
    GREY,
    PALE,
    SMALL_PT,
    TEXT_PT,
    TWO_COLUMNS_MM,
)
from metoo_research.charts.tables import records, row_limit, shown_of
from metoo_research.charts.text import clean, count, some_of, tick_number, widest_mm

_NOTHING: Final = "No social-media figure reported in this corpus."
_ARROW_PT: Final = 17.0
_DRAWN: Final = ("drawn_low", "drawn_high")


@layout.chart
def reported_metrics(
    metrics: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    subject: str | None = None,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw each reported social-media figure with its hedge, time window and source.

    Only rows of kind "social_metric" and, where ``role`` is given, of role "figure" are
    drawn; a note counts the others. Rows are grouped by platform.

    A filled point is a number reported as it is; an arrow to the right stands for "more than",
    to the left for "fewer than"; an open point with ≈ for "about", "nearly"; a hatched band
    for a vague word ("thousands": 1,000 to 9,999, up to the next power of ten) or, with
    ``value_high``, for a range. A figure about another campaign is a grey diamond.

    Parameters
    ----------
    metrics
        The metrics table: ``article_id``, ``label``, ``number_text``, ``value``, ``bound``,
        ``modifier``, ``unit``, ``measure``, ``kind``, ``platform``, ``subject``,
        ``window_text``, ``attributed_to``, ``source``.
    articles
        As for `corpus_overview`.
    subject
        The campaign, such as "#MeToo"; by default the one that most figures speak of.
    top
        How many figures to draw, the largest about the campaign; the title says of how many.
    title, width_mm, ax
        As for `corpus_overview`. Under 120 mm the texts stand above each figure's line.

    Returns
    -------
    The Axes, with a logarithmic x-axis and, along y, millimetres from the top.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    top = row_limit(top)
    social = social_figures(metrics, articles, subject=subject, chart="reported_metrics")
    figures, total = social.largest(top), len(social.table)
    title = title or f"Social-media figures reported{social.about}" + shown_of(
        len(figures), total, "figures"
    )
    if figures.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    sides = Sides(width_mm)
    rows, groups, body = arrange(figures, sides)
    ax = layout.begin(ax, width=width_mm, body=body)
    ax.set_xscale("log")
    ax.set_ylim(body, 0)
    decades = _set_axis(ax, figures, sides.axis_mm)
    for at, name in groups:
        ax.axhline(at - 0.6, color=PALE, linewidth=0.6)
        write(ax, [Line(name, bold=True)], sides.left, at, left_of(ax))
    for row in rows:
        write_row(ax, row, sides)
        _draw_figure(ax, row, sides)
        for decade in decades:
            tall = row.height if sides.wide else 3.4
            middle = row.top + row.height / 2 if sides.wide else row.point
            ax.vlines(
                decade, middle - tall / 2, middle + tall / 2, color=PALE, lw=0.5, zorder=0
            )
    layout.tidy(ax, grid=False)
    ax.spines["bottom"].set_visible(True)
    ax.set_yticks([])
    return layout.finish(
        ax,
        title=title,
        table=figures,
        alt=_describe(figures, total, social.about),
        key=_key(figures, social.campaign),
        notes=[*_left_out(figures, total), *social.notes(figures)],
    )


describe_reported_metrics = description_of(reported_metrics)


def _describe(figures: pd.DataFrame, total: int, about: str) -> str:
    platforms = figures["platform_shown"].value_counts(sort=False)
    by_platform = ", ".join(f"{name} {number:,}" for name, number in platforms.items())
    named = figures["source_named"] != ""
    text = (
        f"{some_of(len(figures), total, 'reported social-media figure').capitalize()} on a "
        f"logarithmic axis{', the largest' * (len(figures) < total)}, grouped by platform: "
        f"{by_platform}. "
        f"Lower bounds: {int((figures['bound'] == 'at_least').sum()):,}; "
        f"vague words: {int((figures['bound'] == 'vague').sum()):,}; "
        f"with a source named: {int(named.sum()):,}."
    )
    return text + ends_in_words(figures, about) + marked_words(figures)


def _left_out(figures: pd.DataFrame, total: int) -> list[str]:
    """Say which figures are not drawn."""
    number = total - len(figures)
    return [f"Not drawn: the {plural(number, 'smallest figure')}."] if number else []


def _set_axis(ax: Axes, figures: pd.DataFrame, strip_mm: float) -> list[float]:
    """Set limits and decades of the x-axis; give the decades that have a line."""
    low = figures["drawn_low"].where(lambda value: value > 0)
    low = low.where(np.isfinite(low)).dropna()
    high = figures["drawn_high"].where(np.isfinite(figures["drawn_high"])).dropna()
    least, most = (low.min(), max(high.max(), low.min())) if len(low) else (1.0, 10.0)
    # Half a decade more on either side, for the arrows.
    start, end = np.log10(least) - 0.5, np.log10(most) + 0.5
    start, end = min(start, end - 2), max(end, start + 2)
    ax.set_xlim(10**start, 10**end)
    powers = range(int(np.ceil(start)), int(np.floor(end)) + 1)
    decades = [10.0**power for power in powers if power >= 0]
    between = strip_mm / (end - start)
    labels = [tick_number(decade) for decade in decades]
    if _widest(labels) > between:
        labels = [label.replace(" ", "\n") for label in labels]
    step = max(int(np.ceil(_widest(labels) / between)), 1)
    shown = [label if at % step == 0 else "" for at, label in enumerate(labels)]
    ax.set_xticks(decades, shown)
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xlabel("number reported (each line ten times the last)")
    return decades


def _widest(labels: Sequence[str]) -> float:
    """Give the width in mm that the widest tick label takes, with a gap."""
    return widest_mm(labels, size=SMALL_PT) + 2


def _sign(figure: Mapping[str, Any]) -> str:
    """Say how a figure is drawn: as a "point", "band", …; "none" where it has no place."""
    low, high, bound = figure["drawn_low"], figure["drawn_high"], figure["bound"]
    if not (np.isfinite(low) and low > 0):
        return "none"
    if high > low:
        return "band"
    return str(bound) if bound in ("at_least", "at_most", "about") else "point"


def _band(color: str) -> dict[str, Any]:
    return {"facecolor": "white", "edgecolor": color, "hatch": "//////", "linewidth": 0.8}


def _draw_figure(ax: Axes, row: Row, sides: Sides) -> None:
    figure, y = row.figure, row.point
    other = bool(figure["other_subject"])
    color, shape = (palette().other, "D") if other else (palette().main, "o")
    low, high, sign = figure["drawn_low"], figure["drawn_high"], _sign(figure)
    if sign == "none":
        words: dict[str, Any] = {"fontsize": SMALL_PT, "color": GREY, "va": "center"}
        words["bbox"] = {"facecolor": "white", "linewidth": 0, "pad": 1}
        ax.text(0.02, y, "no place on this axis", transform=ax.get_yaxis_transform(), **words)
        return
    if sign == "band":
        band = Rectangle((low, y - 1.3), high - low, 2.6, label=figure["as_written"])
        band.set(**_band(color), zorder=2)
        ax.add_patch(band)
        if not sides.wide and figure["bound"] == "vague":
            _name_range(ax, figure, y)
        return
    open_point = sign == "about"
    ax.plot(
        [low],
        [y],
        marker=shape,
        markersize=5,
        color=color,
        markerfacecolor="white" if open_point else color,
        label=figure["as_written"],
        zorder=3,
    )
    if sign in ("at_least", "at_most"):
        tip = _ARROW_PT if sign == "at_least" else -_ARROW_PT
        ax.annotate(
            "",
            xy=(low, y),
            xytext=(tip, 0),
            textcoords="offset points",
            # The head is at the text's end: only that end can be given in points.
            arrowprops={
                "arrowstyle": "<|-",
                "color": color,
                "linewidth": 1.2,
                "shrinkA": 0,
                "shrinkB": 0,
            },
        )
    elif open_point:
        ax.annotate(
            "≈",
            (low, y),
            xytext=(-5, 0),
            textcoords="offset points",
            fontsize=TEXT_PT + 1,
            color=color,
            ha="right",
            va="center_baseline",
        )


def _name_range(ax: Axes, figure: Mapping[str, Any], y: float) -> None:
    """Write the ends of a vague figure's band beside it, on the side with more room."""
    ends = [float(at) for at in ax.transData.transform([(figure[k], y) for k in _DRAWN])[:, 0]]
    box = ax.get_window_extent()
    right = box.x1 - ends[1] >= ends[0] - box.x0
    ax.annotate(
        f"{count(figure['drawn_low'])} to {count(figure['drawn_high'])}",
        (figure["drawn_high" if right else "drawn_low"], y),
        xytext=(3 if right else -3, 0),
        textcoords="offset points",
        fontsize=SMALL_PT,
        color=GREY,
        ha="left" if right else "right",
        va="center_baseline",
        bbox={"facecolor": "white", "linewidth": 0, "pad": 0.4},
    )


def _key(figures: pd.DataFrame, campaign: str) -> list[KeyItem]:
    """Explain the signs that occur, and no others."""
    drawn = [(_sign(figure), figure) for figure in records(figures)]
    others = {sign for sign, figure in drawn if figure["other_subject"]} - {"none"}
    own = {sign for sign, figure in drawn if not figure["other_subject"]} - {"none"}
    items = []
    for name, make, meaning in (
        ("point", partial(marker, "o"), "number without a hedge"),
        ("at_least", partial(arrow, 1), "more than, at least"),
        ("at_most", partial(arrow, -1), "fewer than, at most"),
    ):
        if name in own | others:
            items.append(KeyItem(make(color=_color(name in own), markersize=4.5), meaning))
    if "about" in own | others:
        items.append(KeyItem(sign("≈○", color=_color("about" in own)), "about, nearly"))
    bands = [figure for name, figure in drawn if name == "band"]
    if bands:
        vague = next((figure for figure in bands if figure["bound"] == "vague"), None)
        example = "range"
        if vague:
            word = clean(vague["number_text"]).lower()
            example = f"vague: “{word}” {range_words(vague)}"
        items.append(KeyItem(patch(**_band(_color("band" in own))), example))
    if others:
        color = palette().other
        swatch = (
            patch(**_band(color))
            if others == {"band"}
            else marker("D", color=color, markersize=4.5)
        )
        items.append(KeyItem(swatch, f"another campaign than {campaign}"))
    return items


def _color(is_own: bool) -> str:
    return palette().main if is_own else palette().other
