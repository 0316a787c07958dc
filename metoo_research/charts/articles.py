"""What the corpus consists of: words per article, and the parts of each article."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from metoo_research.charts import layout
from metoo_research.charts.coordinates import axes_mm
from metoo_research.charts.key import KeyItem, letter_look, patch
from metoo_research.charts.palettes import palette
from metoo_research.charts.rows import Column, draw_columns, label_blocks, row_heights, set_rows
from metoo_research.charts.style import (
    GREY,
    NARROW_MM,
    PALE,
    RULE,
    SMALL_PT,
    TWO_COLUMNS_MM,
)
from metoo_research.charts.tables import articles_in, articles_of, need, row_limit, shown_of
from metoo_research.charts.text import clean, count, percent, plural, width_mm

_OVERVIEW: Final = ("article_id", "words_analysed", "words_set_aside")
_PASSAGES: Final = ("article_id", "start", "end", "kind")
_NO_ARTICLES: Final = "No article in this corpus."


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
        Axes to draw in, instead of a new figure.

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
    top = row_limit(top)
    everything = articles_in(articles, table).merge(
        table.loc[:, list(_OVERVIEW)], on="article_id", how="left"
    )
    shown = everything.head(top)
    title = title or "Words analysed and set aside" + shown_of(len(shown), len(everything))
    if shown.empty:
        return layout.empty(ax, width=width_mm, message=_NO_ARTICLES, title=title)

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
    ax.barh(range(len(shown)), set_aside, left=analysed, height=thick, **look)
    set_rows(ax, blocks, heights)
    ax.set_xlim(0, max(float((analysed + set_aside).max()), 1) * 1.01)
    ax.xaxis.set_major_locator(MaxNLocator(4 if width_mm < NARROW_MM else 6, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda number, _: count(number)))
    ax.set_xlabel("words", loc="left")
    layout.tidy(ax, left=True)
    columns = [
        Column("analysed", [count(n) for n in shown["words_analysed"]], 16),
        Column("set aside", [count(n) for n in shown["words_set_aside"]], 16),
    ]
    draw_columns(ax, columns, start=2)
    names = ", ".join(_kind(kind).name for kind in kinds)
    key = [
        KeyItem(patch(facecolor=palette().main, linewidth=0), f"analysed: {names}"),
        KeyItem(patch(**look), "set aside: all other parts"),
    ]
    return layout.finish(
        ax,
        title=title,
        table=shown,
        alt=describe_corpus_overview(everything, top=top),
        key=key,
    )


def describe_corpus_overview(table: pd.DataFrame, *, top: int = 40) -> str:
    """Say in words what `corpus_overview` shows: type, axis, sums and extremes."""
    need(table, _OVERVIEW, chart="corpus_overview")
    if table.empty:
        return _NO_ARTICLES
    shown = table.head(row_limit(top))
    analysed = shown["words_analysed"]
    words = analysed.sum() + shown["words_set_aside"].sum()
    text = (
        f"Stacked bar chart of the number of words, one bar for each of "
        f"{articles_of(len(shown), len(table))}. Of {count(words)} words, "
        f"{count(analysed.sum())} are analysed and the others set aside."
    )
    if analysed.notna().any() and len(shown) > 1:
        labels = list(articles_in(shown)["label"])
        most, fewest = int(analysed.argmax()), int(analysed.argmin())
        text += (
            f" Most words analysed: {labels[most]} ({count(analysed.iloc[most])}); "
            f"fewest: {labels[fewest]} ({count(analysed.iloc[fewest])})."
        )
    return text


class _Kind(NamedTuple):
    letter: str
    role: str  # in the palette
    hatch: str
    name: str

    @property
    def color(self) -> str:
        return str(getattr(palette(), self.role))


_KINDS: Final = {
    "headline": _Kind("H", "main", "", "headline"),
    "subhead": _Kind("S", "main_middle", "", "subhead"),
    "body": _Kind("B", "main_pale", "", "body"),
    "byline": _Kind("A", "third", "", "byline (author)"),
    "date": _Kind("D", "third", "/////", "date"),
    "section_tag": _Kind("T", "third", ".....", "section tag"),
    "caption": _Kind("C", "fifth", "", "caption"),
    "embedded_tweet": _Kind("E", "second", "", "embedded post"),
    "tweet_credit": _Kind("R", "second", "/////", "credit of the post"),
    "promo": _Kind("P", "fourth", "", "promotion"),
    "boilerplate": _Kind("L", "fourth", "\\\\\\\\\\", "boilerplate"),
    "comment_ui": _Kind("U", "sixth", "xxxxx", "comment function"),
}


@layout.chart
def passage_map(
    passages: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw each article as a strip of its passages, each passage marked by its kind.

    Parameters
    ----------
    passages
        One row per passage: ``article_id``, ``label``, ``start`` and ``end`` (characters),
        ``kind``. ``text_length`` (of the article, in characters) ends the strip; without it
        the strip ends with the last passage.
    articles, top, title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; article 0 is the uppermost row. A kind is told by colour and hatching and, where
    there is room, by its letter; neighbours of one kind share a letter.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    need(passages, _PASSAGES, chart="passage_map")
    top = row_limit(top)
    everyone = articles_in(articles, passages)
    shown_articles = everyone.head(top)
    title = title or "Parts of each article" + shown_of(len(shown_articles), len(everyone))
    if everyone.empty:
        return layout.empty(ax, width=width_mm, message=_NO_ARTICLES, title=title)

    columns = [c for c in (*_PASSAGES, "text_length") if c in passages.columns]
    shown = shown_articles.merge(passages.loc[:, columns], on="article_id", how="left")
    if "text_length" not in shown.columns:
        shown["text_length"] = shown.groupby("article_id")["end"].transform("max")
    blocks = label_blocks(list(shown_articles["label"]), min(0.3 * width_mm, 52))
    heights = row_heights(blocks, least=9)
    height = min(heights)  # the scale of what is drawn within any row
    ax = layout.begin(ax, width=width_mm, body=sum(heights))
    set_rows(ax, blocks, heights)
    ax.set_xlim(0, float(shown["text_length"].fillna(0).max()) or 1)
    ax.xaxis.set_major_locator(MaxNLocator(3 if width_mm < NARROW_MM else 6, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda number, _: count(number)))
    ax.set_xlabel("characters from the beginning", loc="left")
    layout.tidy(ax)
    kinds = [kind for kind in _KINDS if (shown["kind"] == kind).any()]
    drawn = shown.loc[shown["start"].notna(), "kind"].map(clean)
    others = sorted(set(drawn) - set(_KINDS))
    for row, article_id in enumerate(shown_articles["article_id"]):
        _strip(ax, row, shown.loc[shown["article_id"] == article_id], height)
    layout.finish(
        ax,
        title=title,
        table=shown,
        alt=describe_passage_map(passages, articles=articles, top=top),
        key=[_key_item(_kind(kind)) for kind in [*kinds, *others]],
    )
    # Letters last: whether one fits depends on the width that the labels leave.
    for row, article_id in enumerate(shown_articles["article_id"]):
        _letters(ax, row, shown.loc[shown["article_id"] == article_id], height)
    return ax


def describe_passage_map(
    passages: pd.DataFrame, *, articles: pd.DataFrame | None = None, top: int = 40
) -> str:
    """Say in words what `passage_map` shows: type, axis and the share of each kind."""
    need(passages, _PASSAGES, chart="passage_map")
    everyone = articles_in(articles, passages)
    if everyone.empty:
        return _NO_ARTICLES
    number = min(row_limit(top), len(everyone))
    shown = passages.loc[passages["article_id"].isin(everyone["article_id"].head(number))]
    known = (shown["end"] - shown["start"]).dropna()
    lengths = known.groupby(shown["kind"].map(clean)).sum()
    shares = (lengths / lengths.sum()).sort_values(ascending=False, kind="stable")
    parts = ", ".join(
        f"{_kind(str(kind)).name} {percent(share)}" for kind, share in shares.items()
    )
    return (
        f"One strip for each of {articles_of(number, len(everyone))}, from the first to the "
        f"last character, divided into {plural(len(known), 'passage')} by "
        f"kind. Share of the characters: {parts or 'no passage'}."
    )


def _kind(kind: str) -> _Kind:
    return _KINDS.get(kind, _Kind("?", "other_pale", "", clean(kind) or "kind not named"))


def _key_item(kind: _Kind) -> KeyItem:
    swatch = patch(letter=kind.letter, **_look(kind))
    return KeyItem(swatch, kind.name)


def _look(kind: _Kind) -> dict[str, Any]:
    return {
        "facecolor": kind.color,
        "hatch": kind.hatch,
        "edgecolor": "white",
        "linewidth": 0.4,
    }


_STRIP_MM: Final = 4.0
_STRIP_DOWN_MM: Final = 1.4  # the strip's middle is below the row's, to leave room for letters


def _strip(ax: Axes, row: int, passages: pd.DataFrame, height: float) -> None:
    y = row + (_STRIP_DOWN_MM - _STRIP_MM / 2) / height
    tall = _STRIP_MM / height
    if passages["text_length"].notna().any():
        length = float(passages["text_length"].max())
        ax.add_patch(Rectangle((0, y), length, tall, facecolor="white", edgecolor=RULE, lw=0.5))
    known = passages.dropna(subset=["start", "end"])
    for kind, own in known.groupby(known["kind"].map(clean), sort=False):
        strips = [
            (float(start), float(end - start))
            for start, end in own[["start", "end"]].to_numpy()
        ]
        ax.broken_barh(strips, (y, tall), **_look(_kind(str(kind))))


def _letters(ax: Axes, row: int, passages: pd.DataFrame, height: float) -> None:
    known = passages.dropna(subset=["start", "end"]).sort_values("start", kind="stable")
    if known.empty:
        place = (ax.get_xlim()[1] * 0.01, row + _STRIP_DOWN_MM / height)
        ax.text(*place, "no passage", fontsize=SMALL_PT, color=GREY, va="center_baseline")
        return
    per_mm = ax.get_xlim()[1] / axes_mm(ax)[0]
    names = known["kind"].map(clean)
    by_run = known.groupby((names != names.shift()).cumsum())
    starts, ends = by_run["start"].min(), by_run["end"].max()
    free_from = float("-inf")
    for name, start, end in zip(names[names != names.shift()], starts, ends, strict=True):
        kind = _kind(name)
        middle, needed = (start + end) / 2, width_mm(kind.letter, size=SMALL_PT) + 0.4
        y = row + _STRIP_DOWN_MM / height
        look = letter_look(kind.color, over=True)
        if (end - start) / per_mm < needed:
            if middle / per_mm - needed / 2 < free_from:
                continue
            free_from = middle / per_mm + needed / 2
            y = row - (_STRIP_MM / 2 - _STRIP_DOWN_MM + 1.5) / height
            look = letter_look("white", over=True) | {"color": GREY}
        ax.text(middle, y, kind.letter, **look)
