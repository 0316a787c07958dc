"""Which article reports which figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.coordinates import above_columns, left_of
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.extremes import at_end
from metoo_research.charts.palettes import palette
from metoo_research.charts.rows import draw_headings, label_blocks
from metoo_research.charts.social_figures import NOT_NAMED, social_figures
from metoo_research.charts.style import PALE, SMALL_PT, TWO_COLUMNS_MM
from metoo_research.charts.tables import articles_in, records, row_limit, shown_of, whole_as_in
from metoo_research.charts.text import (
    clean,
    count,
    glued,
    line_mm,
    lines_in,
    some_of,
    widest_mm,
    wrap,
)

_NOTHING: Final = "No social-media figure reported in this corpus."
_SOURCE_SIGN: Final = "•"
_THIN_SPACE: Final = "\u202f"  # at which no line breaks


@layout.chart
def metrics_by_article(
    metrics: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    subject: str | None = None,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of figures: what is counted down the side, articles along the top.

    A cell holds the number as the article has it, with its hedge; an empty cell means that
    the article reports no such figure. • marks a figure for which the article names a source.

    Parameters
    ----------
    metrics, articles, subject
        As for `reported_metrics`. With `articles`, those that report nothing have a column
        too.
    top
        How many rows to draw; the title says of how many. Articles that do not fit beside
        one another are left out, those without a figure first; a note says how many.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes: along x one unit per article, along y millimetres from the top.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    top = row_limit(top)
    social = social_figures(metrics, articles, subject=subject, chart="metrics_by_article")
    figures = social.table
    figures["row"] = _row_names(figures)
    names = list(dict.fromkeys(figures["row"]))
    whole = f"Which article reports which figure{social.about}"
    if figures.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title or whole)

    rows = len(names)
    names = names[:top]
    everyone = articles_in(articles, metrics)
    grid = _grid(figures, names, everyone, width_mm)
    # An empty row would say that no article reports this: its article may be left out.
    while not all(any(row) for row in grid.cells):
        names = [name for name, row in zip(names, grid.cells, strict=True) if any(row)]
        grid = _grid(figures, names, everyone, width_mm)
    has_own_title = bool(title)  # which need not say of how many
    title = title or "".join(
        [
            whole,
            shown_of(len(grid.articles), len(everyone)),
            shown_of(len(names), rows, "rows"),
        ]
    )
    ax = layout.begin(ax, width=width_mm, body=sum(grid.heights))
    ax.set_xlim(0, len(grid.articles))
    ax.set_ylim(sum(grid.heights), 0)
    of_others = set(figures.loc[figures["other_subject"] != "", "row"])
    middles = _draw_cells(ax, grid, [name in of_others for name in names])
    number = len(grid.articles)
    draw_headings(
        ax,
        list(grid.articles["label"]),
        [grid.column_mm] * number,
        [at + 0.5 for at in range(number)],
        at=above_columns(ax),
    )
    ax.set_yticks(middles, [""] * len(middles) if grid.stacked else grid.labels)
    ax.tick_params(axis="y", length=0, pad=3)
    ax.set_xticks([])
    layout.tidy(ax, grid=False)
    drawn = figures["row"].isin(names) & figures["article_id"].isin(grid.articles["article_id"])
    shown = figures.loc[drawn]
    notes = []
    if (shown["source_named"] != "").any():
        notes.append(f"{_SOURCE_SIGN} The article names a source for the figure.")
    if has_own_title and number < len(everyone):
        notes.append(f"{plural(number, 'article')} of {len(everyone):,} shown.")
    if not drawn.all():
        notes.append(f"Not shown: {plural(int((~drawn).sum()), 'figure')}.")
    return layout.finish(
        ax,
        title=title,
        table=_columns_drawn(shown, grid.articles),
        alt=_describe(shown, grid.articles, len(everyone), int((~drawn).sum())),
        notes=[*notes, *social.notes(shown)],
    )


describe_metrics_by_article = description_of(metrics_by_article)


def _draw_cells(ax: Axes, grid: _Grid, of_others: list[bool]) -> list[float]:
    """Draw the rows, those of another campaign on their own ground; give their middles."""
    y = 0.0
    middles = []
    rows = zip(grid.labels, grid.cells, grid.heights, of_others, strict=True)
    for label, cells, height, of_other in rows:
        ax.axhline(y, color=PALE, linewidth=0.5)
        top = y
        if grid.stacked:
            top += lines_in(label) * line_mm() + 0.8
            ax.text(0, y + 0.8, label, va="top", transform=left_of(ax))
        bottom = y + height
        middles.append((top + bottom) / 2)
        face = palette().other_pale if of_other else palette().main_pale
        edge = 0.4 / grid.column_mm
        for at, cell in enumerate(cells):
            if cell:
                size = 1 - 2 * edge, bottom - top - 0.8
                place = at + edge, top + 0.4
                ax.add_artist(Rectangle(place, *size, facecolor=face, linewidth=0))
                look: dict[str, Any] = {"fontsize": SMALL_PT, "ha": "center", "va": "center"}
                ax.text(at + 0.5, middles[-1], cell, **look)
        y = bottom
    return middles


def _columns_drawn(figures: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Give the table a row for each article whose column is drawn empty: without a figure."""
    silent = articles.loc[~articles["article_id"].isin(figures["article_id"])]
    if silent.empty:
        return figures
    return whole_as_in(pd.concat([figures, silent], ignore_index=True), figures)


def _describe(figures: pd.DataFrame, articles: pd.DataFrame, total: int, not_drawn: int) -> str:
    per_article = (
        figures["article_id"].value_counts().reindex(articles["article_id"], fill_value=0)
    )
    most = at_end(list(articles["label"]), per_article, highest=True, write=count)
    reporting = figures.groupby("row", sort=False)["article_id"].nunique()
    shared = reporting[reporting > 1]
    named = figures["source_named"] != ""
    text = (
        f"Table of {plural(len(reporting), 'kind')} of figures by "
        f"{some_of(len(articles), total, 'article')}, with the number in each cell. "
        f"{plural(len(figures), 'figure')}, {int(named.sum()):,} with a source named. "
        f"Most figures: {most}."
    )
    if not_drawn:
        text += f" Not drawn: {plural(not_drawn, 'figure')}."
    none = int((per_article == 0).sum())
    if none:
        text += f" {plural(none, 'article')} without a figure."
    if len(shared):
        parts = ", ".join(f"{row} ({n:,} articles)" for row, n in shared.items())
        return f"{text} Reported by more than one: {parts}."
    return f"{text} No kind of figure is reported by more than one article."


def _row_names(figures: pd.DataFrame) -> list[str]:
    names = []
    for measure, platform, other in zip(
        figures["measure"], figures["platform_shown"], figures["other_subject"], strict=True
    ):
        what = clean(measure).replace("+", ", ") or "measure not named"
        where = platform if platform == NOT_NAMED else f"on {platform}"
        aside = f" (another campaign: {other})" if other else ""
        names.append(
            f"{what}, {where}{aside}" if where == NOT_NAMED else f"{what} {where}{aside}"
        )
    return names


@dataclass(frozen=True)
class _Grid:
    """How the table is set: its columns, the wrapped texts and the height of each row."""

    articles: pd.DataFrame
    column_mm: float
    labels: list[str]
    cells: list[list[str]]
    heights: list[float]
    stacked: bool  # the labels stand over the cells, not beside them


def _grid(
    figures: pd.DataFrame, names: list[str], everyone: pd.DataFrame, width_mm: float
) -> _Grid:
    """Set the labels beside the cells, or over them where no cell would be wide enough."""
    room = width_mm - 2 * layout.MARGIN_MM
    written = {_cell_text(figure) for figure in records(figures)}
    words = {word for text in written for word in text.split(" ")}
    needed = min(widest_mm(words, size=SMALL_PT) + 1.4, 0.45 * room)
    labels = label_blocks(names, 0.26 * width_mm)
    label_mm = widest_mm(labels) + 1.5
    stacked = (room - label_mm) / len(everyone) < needed
    if stacked:
        labels = label_blocks(names, room)
    else:
        room -= label_mm
    articles = _columns(everyone, figures, max(int(room / needed), 1))
    column_mm = room / len(articles)
    own = figures.loc[figures["article_id"].isin(articles["article_id"])]
    cells = _cells(own, names, list(articles["article_id"]), column_mm - 1.0)
    heights = []
    for label, row in zip(labels, cells, strict=True):
        of_label = lines_in(label) * line_mm()
        of_cells = max(lines_in(cell) for cell in row) * line_mm(SMALL_PT)
        both = of_label + max(of_cells, 2.0) + 1.0 if stacked else max(of_label, of_cells)
        heights.append(both + 2.2)
    return _Grid(articles, column_mm, labels, cells, heights, stacked)


def _columns(everyone: pd.DataFrame, figures: pd.DataFrame, fit: int) -> pd.DataFrame:
    """Take as many articles as fit, those that report something first, in their order."""
    if len(everyone) <= fit:
        return everyone
    reporting = everyone["article_id"].isin(figures["article_id"])
    kept = [*everyone.index[reporting], *everyone.index[~reporting]][:fit]
    return everyone.loc[sorted(kept)].reset_index(drop=True)


def _cell_text(figure: Mapping[str, Any]) -> str:
    sign = f"{_THIN_SPACE}{_SOURCE_SIGN}" if figure["source_named"] else ""
    return f"{figure['as_written']}{sign}"


def _cells(
    figures: pd.DataFrame, names: list[str], ids: list[str], width: float
) -> list[list[str]]:
    """Write each cell: one line or more per figure, in the order of the table."""
    cells: dict[tuple[str, str], list[str]] = {}
    for figure in records(figures):
        lines = wrap(glued(_cell_text(figure)), width, size=SMALL_PT)
        cells.setdefault((figure["row"], figure["article_id"]), []).extend(lines)
    return [["\n".join(cells.get((name, key), [])) for key in ids] for name in names]
