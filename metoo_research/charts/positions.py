"""Where words stand in the course of each article (an x-ray plot)."""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.coordinates import above as above_corner
from metoo_research.charts.coordinates import right_of
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.palettes import palette
from metoo_research.charts.rows import MAX_LABEL_LINES, draw_headings
from metoo_research.charts.style import FAINT, GREY, INK, NARROW_MM, SMALL_PT, TWO_COLUMNS_MM
from metoo_research.charts.tables import (
    MOST_ROWS,
    articles_in,
    each_of_articles,
    need,
    row_limit,
    shown_of,
    whole_as_in,
)
from metoo_research.charts.text import block, clean, count, line_mm, lines_in, some_of
from metoo_research.errors import TableError

By = Literal["article", "word"]

_POSITIONS: Final = ("article_id", "word", "position")
_NOTHING: Final = "No word to look for, or no article, in this corpus."
_ROW_MM: Final = 4.4
#: How many words there is room for on a page with one article: as its rows, or as groups.
_MOST_WORDS: Final = {"article": 30, "word": 12}


@layout.chart
def word_positions(
    table: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    by: By = "article",
    top: int = 12,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw a tick wherever a word occurs between the beginning and the end of an article.

    Parameters
    ----------
    table
        One row per occurrence: ``article_id``, ``label``, ``word``, ``position`` (0 is the
        beginning of the article, 1 its end). A row without ``position`` stands for a word
        that does not occur.
    articles
        As for `corpus_overview`.
    by
        What the rows are grouped by. Every article has a row for every word, also without an
        occurrence.
    top
        How many articles to draw, from the first; the title says of how many.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes. Along x, percent of the article; along y, millimetres from the top, with a tick
    at the middle of each row, so that labels and rows can be read back. Each row is one
    collection of lines, in the order of the rows.

    Raises
    ------
    TableError
        If a column is missing, `by` is unknown or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    asked = _checked(table, articles, by, top)
    shown, ids, words = asked.table, asked.ids, asked.words
    title = title or "Where words occur in each article" + shown_of(len(ids), len(asked.names))
    if not (words and ids):
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    label_mm, heading_mm = 0.28 * width_mm, 0.5 * width_mm
    counted, count_mm = ("occurrences", 20.0) if width_mm >= NARROW_MM else ("times", 10.0)
    headings, ticks, labels = [], [], []
    pairs: list[tuple[str, str]] = []
    y = 0.0
    for group, rows in _groups(asked, by):
        heading = block(group, heading_mm, bold=True, max_lines=MAX_LABEL_LINES)
        tall = lines_in(heading) * line_mm() + 1.0
        headings.append((y + tall / 2 + 0.3, heading))
        y += tall
        for name, pair in rows:
            # Repeated in every group: whole names would leave room for fewer articles.
            label = block(name, label_mm, size=SMALL_PT, max_lines=3)
            height = max(_ROW_MM, lines_in(label) * line_mm(SMALL_PT) + 1.0)
            ticks.append(y + height / 2)
            labels.append(label)
            pairs.append(pair)
            y += height
        y += 1.6

    ax = layout.begin(ax, width=width_mm, body=y)
    ax.set_xlim(0, 100)
    ax.set_ylim(y, 0)
    for at, heading in headings:
        ax.text(0, at, heading, fontweight="bold", va="center", ha="left")
    totals = []
    for at, (article_id, word) in zip(ticks, pairs, strict=True):
        own = shown.loc[(shown["article_id"] == article_id) & (shown["word"] == word)]
        places = own["position"].dropna().to_numpy(dtype=float) * 100
        totals.append(len(places))
        ax.add_artist(Rectangle((0, at - 1.5), 100, 3.0, facecolor=FAINT, linewidth=0))
        look: dict[str, Any] = {"color": palette().main, "linewidth": 1.1, "clip_on": False}
        ax.vlines(places, at - 1.5, at + 1.5, **look)
        ax.text(
            2 + count_mm / 2,
            at,
            count(len(places)),
            transform=right_of(ax),
            fontsize=SMALL_PT,
            color=INK if len(places) else GREY,
            ha="center",
            va="center_baseline",
        )
    draw_headings(ax, [counted], [count_mm], [2 + count_mm / 2], at=above_corner(ax))
    ax.set_yticks(ticks, labels, fontsize=SMALL_PT)
    ax.tick_params(axis="y", length=0, pad=3)
    ax.set_xticks([0, 25, 50, 75, 100], ["0%\nbeginning", "25%", "50%", "75%", "100%\nend"])
    ax.set_xlabel("position in the article")
    layout.tidy(ax, grid=False)
    return layout.finish(
        ax,
        title=title,
        table=_rows_drawn(shown, pairs, asked.names),
        alt=_describe(asked),
        notes=[asked.left_out],
    )


def _groups(asked: _Asked, by: By) -> list[tuple[str, list[tuple[str, tuple[str, str]]]]]:
    """Give each group of rows: its heading, and of each row the name, article and word."""
    words = {word: clean(word) for word in asked.words}
    articles = {article_id: asked.names[article_id] for article_id in asked.ids}
    if by == "article":
        return [
            (heading, [(name, (article_id, word)) for word, name in words.items()])
            for article_id, heading in articles.items()
        ]
    return [
        (heading, [(name, (article_id, word)) for article_id, name in articles.items()])
        for word, heading in words.items()
    ]


def _rows_drawn(
    shown: pd.DataFrame, pairs: list[tuple[str, str]], names: dict[str, str]
) -> pd.DataFrame:
    """Give the table the rows of words that an article has not: without a position."""
    rows = pd.DataFrame(pairs, columns=["article_id", "word"])
    rows = rows.astype({name: shown[name].dtype for name in rows.columns})
    table = rows.merge(shown.drop(columns="label"), on=["article_id", "word"], how="left")
    table.insert(1, "label", table["article_id"].map(names))
    return whole_as_in(table, shown)


describe_word_positions = description_of(word_positions)


def _describe(asked: _Asked) -> str:
    number = len(asked.ids)
    parts = []
    for word in asked.words:
        found = asked.table.loc[(asked.table["word"] == word) & asked.table["position"].notna()]
        holding = found["article_id"].nunique()
        where = some_of(holding, number, "article")
        parts.append(f"{clean(word)} {plural(len(found), 'time')} in {where}")
    return (
        f"One line for each word in {each_of_articles(number, len(asked.names))}, from "
        f"beginning to end, with a tick at each occurrence. Occurrences: {'; '.join(parts)}. "
        f"{asked.left_out}".rstrip()
    )


class _Asked(NamedTuple):
    """What is drawn: occurrences, articles and words; and what is not."""

    table: pd.DataFrame
    names: dict[str, str]  # of all articles
    ids: list[str]
    words: list[str]
    left_out: str


def _checked(table: pd.DataFrame, articles: pd.DataFrame | None, by: str, top: int) -> _Asked:
    """Choose articles, and words in order of appearance: as many as there is room for."""
    need(table, _POSITIONS, chart="word_positions")
    top = row_limit(top)
    if by not in ("article", "word"):
        raise TableError(f"by is {by!r}; it can be 'article' or 'word'")
    everyone = articles_in(articles, table)
    names = dict(zip(everyone["article_id"], everyone["label"], strict=True))
    ids = list(names)[:top]
    words = list(dict.fromkeys(table["word"].dropna()))
    fit = min(max(MOST_ROWS // max(len(ids), 1), 1), _MOST_WORDS[by])
    left_out = ""
    if len(words) > fit:
        left_out = f"The first {fit:,} of {len(words):,} words are shown."
    words = words[:fit]
    # A row without a word names an article that has none of the words.
    keep = table["word"].isin(words) | table["word"].isna()
    shown = table.loc[table["article_id"].isin(ids) & keep]
    kept = (*_POSITIONS, "sentence_id", "start", "end")  # the last lead back to the article
    shown = shown[[name for name in kept if name in shown.columns]].copy()
    shown.insert(1, "label", shown["article_id"].map(names))
    return _Asked(shown, names, ids, words, left_out)
