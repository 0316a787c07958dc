"""What the corpus consists of: how many words of each article are analysed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.extremes import both_ends
from metoo_research.charts.key import KeyItem, patch
from metoo_research.charts.palettes import palette
from metoo_research.charts.passage_kinds import kind_of
from metoo_research.charts.rows import Column, draw_columns, label_blocks, row_heights, set_rows
from metoo_research.charts.style import (
    GREY,
    NARROW_MM,
    PALE,
    TWO_COLUMNS_MM,
)
from metoo_research.charts.tables import (
    NO_ARTICLES,
    articles_in,
    each_of_articles,
    need,
    once,
    row_limit,
    shown_of,
)
from metoo_research.charts.text import count, labels_that_fit, some_of

_OVERVIEW: Final = ("article_id", "words_analysed", "words_set_aside")


@layout.chart
def corpus_overview(
    table: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    kinds: Collection[str] = ("headline", "subhead", "body"),
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many words of each article are analysed and how many are set aside.

    Parameters
    ----------
    table
        One row per article: ``article_id``, ``label``, ``words_analysed`` (in the passages
        that are counted), ``words_set_aside`` (in all others). A missing count is written "not
        counted" and gets no bar.
    articles
        ``article_id`` and ``label`` of all articles, in the order to draw them. Needed where
        `table` has no ``label`` (the id is shown then), or lacks articles.
    kinds
        The kinds of passages that are counted, for the key.
    top
        How many articles to draw, from the first, 200 at the most; the title says of how many.
    title
        Replaces the title made here.
    width_mm
        Width of a new figure; its height follows from the rows.
    ax
        Axes to draw in, instead of a new figure. The chart keeps to its place, at least 50 mm
        wide, with as many rows as that has height for, and takes that of an earlier chart. The
        paper of Axes and figure becomes white, and the figure's layout engine is switched off.

    Returns
    -------
    The Axes; article 0 is the uppermost row.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    need(table, _OVERVIEW, chart="corpus_overview")
    once(table, "article_id", chart="corpus_overview")
    top = row_limit(top)
    everything = articles_in(articles, table).merge(
        table.loc[:, list(_OVERVIEW)], on="article_id", how="left"
    )
    shown = everything.head(top)
    title = title or "Words analysed and set aside" + shown_of(len(shown), len(everything))
    if shown.empty:
        return layout.empty(ax, width=width_mm, message=NO_ARTICLES, title=title)

    blocks = label_blocks(list(shown["label"]), min(0.3 * width_mm, 52))
    heights = row_heights(blocks, least=6)
    ax = layout.begin(ax, width=width_mm, body=sum(heights))
    thick = min(0.62, 4.5 / min(heights))
    analysed = shown["words_analysed"].fillna(0)
    set_aside = shown["words_set_aside"].fillna(0)
    ax.barh(range(len(shown)), analysed, height=thick, color=palette().main)
    look: dict[str, Any] = {
        "facecolor": PALE,
        "edgecolor": GREY,
        "hatch": "/////",
        "linewidth": 0.5,
    }
    aside = ax.barh(range(len(shown)), set_aside, left=analysed, height=thick, **look)
    for bar in aside:
        bar.set_visible(bar.get_width() > 0)  # the edge of nothing would be a line
    set_rows(ax, blocks, heights)
    ax.set_xlim(0, max(float((analysed + set_aside).max()), 1) * 1.01)
    highest = count((analysed + set_aside).max())
    fit = labels_that_fit(0.45 * width_mm, [highest], most=4 if width_mm < NARROW_MM else 6)
    ax.xaxis.set_major_locator(MaxNLocator(fit, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda number, _: count(number)))
    ax.set_xlabel("words", loc="left")
    layout.tidy(ax, left=True)
    columns = [
        Column.fitted(heading, [count(n) for n in shown[name]], around=2.5, least=16)
        for heading, name in (("analysed", "words_analysed"), ("set aside", "words_set_aside"))
    ]
    draw_columns(ax, columns, start=2)
    names = ", ".join(kind_of(kind).name for kind in kinds)
    solid = patch(facecolor=palette().main, linewidth=0)
    key = [
        KeyItem(swatch, meaning)
        for words, swatch, meaning in (
            (analysed, solid, f"analysed: {names}"),
            (set_aside, patch(**look), "set aside: all other parts"),
        )
        if (words > 0).any()
    ]
    return layout.finish(
        ax,
        title=title,
        table=shown,
        alt=_describe_overview(shown, len(everything)),
        key=key,
    )


describe_corpus_overview = description_of(corpus_overview)


def _describe_overview(shown: pd.DataFrame, total: int) -> str:
    analysed = shown["words_analysed"]
    known = shown.loc[analysed.notna() & shown["words_set_aside"].notna()]
    text = (
        f"Stacked bar chart of the number of words, one bar for "
        f"{each_of_articles(len(shown), total)}."
    )
    if known.empty:
        text += " Their words are not counted."
    else:
        words = int(known["words_analysed"].sum())
        everything = words + int(known["words_set_aside"].sum())
        text += f" Analysed: {some_of(words, everything, 'word')}."
        if len(known) < len(shown):
            text += f" Words not counted in {plural(len(shown) - len(known), 'article')}."
    if analysed.notna().any() and len(shown) > 1:
        labels = list(articles_in(shown)["label"])
        ends = ("Most words analysed", True), ("fewest", False)
        text += f" {both_ends(labels, analysed, ends=ends, write=count)}"
    return text
