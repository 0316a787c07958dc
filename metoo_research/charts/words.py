"""Which words, hashtags and mentions the articles use, and how often each article does."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.counted import counted_note
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.key import KeyItem, patch
from metoo_research.charts.palettes import palette
from metoo_research.charts.rows import (
    Column,
    draw_columns,
    label_blocks,
    row_heights,
    set_rows,
    shades_swatch,
)
from metoo_research.charts.style import (
    GREY,
    NARROW_MM,
    SMALL_PT,
    TWO_COLUMNS_MM,
)
from metoo_research.charts.tables import (
    articles_in,
    column_names,
    each_of_articles,
    need,
    row_limit,
    tie_note,
    ties_left_out,
)
from metoo_research.charts.text import clean, count, some_of, widest_mm
from metoo_research.charts.text import width_mm as text_mm

_NO_WORDS: Final = "No word in this corpus."
_NO_TAGS: Final = "No hashtag and no mention in this corpus."
_LEAST_COLUMN_MM: Final = 5.5
_WIDEST_COLUMN_MM: Final = 15.0
_AROUND_MM: Final = 1.6  # a number of a column, so that it stands apart from the next


@layout.chart
def word_frequency(
    frequency: pd.DataFrame,
    by_article: pd.DataFrame | None = None,
    *,
    articles: pd.DataFrame | None = None,
    top: int = 25,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw the most frequent words as bars, with their counts in each article beside them.

    Parameters
    ----------
    frequency
        One row per word of the whole corpus, all of them, so that the title can say of how
        many: ``word``, ``count``; ``per_million`` is written beside the bars where it is
        given, and without `by_article` also ``articles_containing``; ``kind`` tells a hashtag
        from a word.
    by_article
        One row per article and word: ``article_id``, ``word``, ``count`` (and ``kind`` where
        `frequency` has it). A pair without a row counts 0. Without this table only the bars
        are drawn.
    articles
        ``article_id`` and ``label`` of all articles in their order. Needed where `by_article`
        has no ``label``, or lacks articles.
    top
        How many words to draw. Equal counts stand in alphabetical order, and a note says if
        the cut goes through equal counts.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; bar 0 is the uppermost. Where the articles are too many for one column each,
    the columns give way to the number of articles that hold the word, in the picture and in
    its table, and a note says so.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    need(frequency, ("word", "count"), chart="word_frequency")
    table, notes, label_of = _top_counts(frequency, by_article, articles, "word", top)
    title = title or _headline("word", table, len(frequency))
    if table.empty:
        return layout.empty(ax, width=width_mm, message=_NO_WORDS, title=title)
    ax, drawn, too_many = _draw(ax, table, "word", label_of, width_mm)
    per_article = _shades_key(drawn, label_of)
    in_all = KeyItem(patch(**_bar()), "occurrences in all articles")
    return layout.finish(
        ax,
        title=title,
        table=drawn,
        alt=_describe(drawn, "word", len(frequency), label_of),
        key=[in_all, *per_article] if per_article else [],
        notes=[*notes, *too_many, *counted_note(frequency.attrs)],
    )


describe_word_frequency = description_of(word_frequency)


@layout.chart
def hashtags_mentions(
    tags: pd.DataFrame,
    by_article: pd.DataFrame | None = None,
    *,
    articles: pd.DataFrame | None = None,
    top: int = 25,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw how often each hashtag and each mention occurs, in all and in each article.

    Parameters
    ----------
    tags
        One row per tag of the whole corpus: ``tag`` (with its sign), ``kind`` (hashtag or
        mention), ``count``.
    by_article
        One row per article and tag: ``article_id``, ``tag``, ``count``.
    articles, top, title, width_mm, ax
        As for `word_frequency`.

    Returns
    -------
    The Axes; bar 0 is the uppermost.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    need(tags, ("tag", "kind", "count"), chart="hashtags_mentions")
    table, notes, label_of = _top_counts(tags, by_article, articles, "tag", top)
    title = title or _headline("tag", table, len(tags))
    if table.empty:
        return layout.empty(ax, width=width_mm, message=_NO_TAGS, title=title)
    ax, drawn, too_many = _draw(ax, table, "tag", label_of, width_mm)
    key = [
        KeyItem(patch(**_bar(kind)), name)
        for kind, name in (("hashtag", "hashtag (#)"), ("mention", "mention (@)"))
        if (table["kind"] == kind).any()
    ]
    if not table["kind"].isin(["hashtag", "mention"]).all():
        key.append(KeyItem(patch(**_bar("other")), "of another kind"))
    return layout.finish(
        ax,
        title=title,
        table=drawn,
        alt=_describe(drawn, "tag", len(tags), label_of),
        key=[*key, *_shades_key(drawn, label_of)],
        notes=[*notes, *too_many],
    )


describe_hashtags_mentions = description_of(hashtags_mentions)


_NOUNS: Final = {
    "word": ("word", "words"),
    "tag": ("hashtag or mention", "hashtags and mentions"),
}


def _bar(kind: str = "") -> dict[str, Any]:
    """Give the look of a bar: hatched of a mention, dotted of another kind of tag."""
    look: dict[str, Any] = {"facecolor": palette().main, "edgecolor": "white", "linewidth": 0}
    if kind == "mention":
        return look | {"facecolor": palette().second, "hatch": "/////"}
    return look if kind in ("", "hashtag") else look | {"facecolor": GREY, "hatch": "....."}


def _headline(item: str, table: pd.DataFrame, total: int) -> str:
    names = _NOUNS[item][1]
    if table["count"].isna().all() and len(table):
        return f"{some_of(len(table), total, *_NOUNS[item])}, not counted"
    if len(table) == total:
        return "Words by frequency" if item == "word" else "Hashtags and mentions"
    return f"The {len(table):,} most frequent of {total:,} {names}"


def _top_counts(
    totals: pd.DataFrame,
    by_article: pd.DataFrame | None,
    articles: pd.DataFrame | None,
    item: str,
    top: int,
) -> tuple[pd.DataFrame, list[str], dict[str, str]]:
    """Take the most frequent items and their counts in each article.

    Returns
    -------
    The table as drawn (``word`` or ``tag``, ``count``, … and one column per article), notes,
    and the label of each article's column.
    """
    top = row_limit(top)
    columns = [item, "kind", "count", "per_million", "articles_containing"]
    ordered = totals.sort_values(["count", item], ascending=[False, True], kind="stable")
    table = ordered[[c for c in columns if c in totals.columns]].head(top)
    table = table.reset_index(drop=True)
    notes = tie_note(ordered["count"], top, *_NOUNS[item])
    if by_article is None:
        return table, notes, {}

    need(by_article, ("article_id", item, "count"), chart=f"{item} counts by article")
    everyone = articles_in(articles, by_article)
    labels, ids = list(everyone["label"]), list(everyone["article_id"])
    names = column_names(labels, ids, taken=columns)
    keys = [k for k in (item, "kind") if k in table.columns and k in by_article.columns]
    of_these = by_article.loc[by_article[item].isin(table[item])]
    known = of_these.groupby([*keys, "article_id"])["count"].sum(min_count=1)
    pairs = table[keys].merge(pd.DataFrame({"article_id": ids}), how="cross")
    wanted = pd.MultiIndex.from_frame(pairs)
    per_pair = known.reindex(wanted, fill_value=0).to_numpy(float)  # a count given as NaN stays
    counts = pd.DataFrame(per_pair.reshape(len(table), len(ids)), columns=names)
    if counts.notna().all(axis=None):
        counts = counts.astype("int64")
    table = table.assign(articles_containing=(counts > 0).sum(axis="columns").to_numpy())
    table = pd.concat([table, counts], axis="columns")
    return table, notes, dict(zip(names, labels, strict=True))


def _draw(
    ax: Axes | None, table: pd.DataFrame, item: str, label_of: dict[str, str], width_mm: float
) -> tuple[Axes, pd.DataFrame, list[str]]:
    """Draw bars and columns; give the Axes, what of the table is drawn, and what is not."""
    blocks = label_blocks([clean(word) for word in table[item]], 0.3 * width_mm)
    heights = row_heights(blocks, least=4.6)
    ax = layout.begin(ax, width=width_mm, body=sum(heights))
    counts = table["count"].fillna(0)
    bars = ax.barh(range(len(table)), counts, height=0.7, **_bar())
    if "kind" in table.columns and item == "tag":
        for bar, kind in zip(bars, table["kind"], strict=True):
            bar.set(**_bar(str(kind) or "other"))
    set_rows(ax, blocks, heights)
    ax.set_xlim(0, max(float(counts.max()), 1))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda number, _: count(number)))
    ax.set_xlabel("occurrences", loc="left")
    layout.tidy(ax, left=True)
    for at, number in enumerate(table["count"]):
        place = (0 if pd.isna(number) else number, at)
        ax.annotate(
            count(number),
            place,
            xytext=(3, 0),
            textcoords="offset points",
            fontsize=SMALL_PT,
            va="center_baseline",
            annotation_clip=False,
        )
    start = 3 + widest_mm(map(count, table["count"]), size=SMALL_PT)
    columns, notes = _columns(table, label_of, blocks, start, width_mm)
    draw_columns(ax, list(columns.values()), start=start)
    bars_mm = _room_mm(blocks, start, width_mm) - sum(one.width for one in columns.values())
    ticks = int(bars_mm / (text_mm(count(counts.max())) + 4))
    ax.xaxis.set_major_locator(MaxNLocator(min(max(ticks, 1), 4), integer=True))
    drawn = [name for name in (item, "kind", "count") if name in table.columns]
    return ax, table[[*drawn, *columns]], notes


def _shades_key(table: pd.DataFrame, label_of: dict[str, str]) -> list[KeyItem]:
    """Explain the columns of the articles, where they are drawn."""
    if not set(label_of).intersection(table.columns):
        return []
    return [KeyItem(shades_swatch(), "in each article (darker: more)")]


def _columns(
    table: pd.DataFrame,
    label_of: dict[str, str],
    blocks: list[str],
    start: float,
    width_mm: float,
) -> tuple[dict[str, Column], list[str]]:
    """Choose of the table's columns those that fit beside the bars; say what does not."""
    rates, holding = {}, {}
    if "per_million" in table.columns:
        cells = [count(number) for number in table["per_million"]]
        least = 15 if width_mm >= NARROW_MM else 12
        rates["per_million"] = Column.fitted(
            "per million words", cells, around=_AROUND_MM, least=least
        )
    if "articles_containing" in table.columns:
        of = f" of {len(label_of):,}" if label_of else ""  # counted from these articles
        cells = [
            "not counted" if pd.isna(number) else f"{number:,.0f}{of}"
            for number in table["articles_containing"]
        ]
        holding["articles_containing"] = Column.fitted("in articles", cells, around=2, least=12)
    if not label_of:
        return rates | holding, []
    if len(label_of) == 1:  # its count is that of the bar
        return rates, []
    room = _room_mm(blocks, start, width_mm) - 0.2 * width_mm  # for the bars
    numbers = [count(number) for name in label_of for number in table[name]]
    least_mm = max(_LEAST_COLUMN_MM, widest_mm(numbers, size=SMALL_PT) + _AROUND_MM)
    each = (room - sum(column.width for column in rates.values())) / len(label_of)
    if each < least_mm and rates and room / len(label_of) >= least_mm:
        each, rates = room / len(label_of), {}
    if each < least_mm:
        note = f"Counts per article are not drawn: {len(label_of):,} columns do not fit."
        return rates | holding, [note]
    highest = max(float(table[list(label_of)].max().max()), 1)
    by_article = {
        name: Column(
            label,
            [count(number) for number in table[name]],
            min(each, max(_WIDEST_COLUMN_MM, least_mm)),
            [float(number) / highest for number in table[name]],
        )
        for name, label in label_of.items()
    }
    return rates | by_article, []


def _room_mm(blocks: list[str], start: float, width_mm: float) -> float:
    """Give the room for bars and columns, in mm."""
    return width_mm - 2 * layout.MARGIN_MM - widest_mm(blocks) - 1.5 - start


def _describe(table: pd.DataFrame, item: str, total: int, label_of: dict[str, str]) -> str:
    known = table["count"].dropna()
    shown = [
        f"{clean(word)} ({count(n)})"
        for word, n in zip(table[item], table["count"], strict=True)
        if known.empty or pd.notna(n)
    ]
    first = ", ".join(shown[:3])
    text = "Bar chart of the number of occurrences of " + some_of(
        len(table), total, *_NOUNS[item]
    )
    if known.empty:
        return f"{text}, none of them counted: {first}."
    text += f", from the most to the least frequent. Most frequent: {first}"
    alike = ties_left_out(known, 3)
    text += f" and {alike:,} more with as many" if alike else ""
    text += f"; last: {shown[-1]}." if len(shown) > 3 + alike else "."
    if len(known) < len(table):
        text += f" {plural(len(table) - len(known), 'row')} not counted."
    if "articles_containing" in table.columns and len(label_of) > 1:
        text += f" A column tells in how many of {len(label_of):,} articles each occurs."
    if label_of and set(label_of) <= set(table.columns):
        everywhere = int((table[list(label_of)] > 0).all(axis=1).sum())
        number = len(label_of)
        common = (
            f"; {everywhere:,} of the {len(table):,} occur in all" if len(table) > 1 else ""
        )
        text += f" Columns give the count in {each_of_articles(number, number)}{common}."
    return text
