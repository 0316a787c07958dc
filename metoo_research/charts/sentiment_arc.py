"""How the score changes from the beginning of an article to its end."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.bands import Bands
from metoo_research.charts.coordinates import beside
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.extremes import both_ends
from metoo_research.charts.score_axis import (
    all_words,
    both_keys,
    known_scores,
    named_alike,
    without_topic,
)
from metoo_research.charts.style import RULE, TWO_COLUMNS_MM
from metoo_research.charts.tables import (
    articles_in,
    each_of_articles,
    need,
    row_limit,
    shown_of,
)
from metoo_research.charts.text import MINUS, count, signed
from metoo_research.errors import TableError

_NOTHING: Final = "No sentence to score in this corpus."
_MARK_PT: Final = 3.2
_APART_MM: Final = 0.8  # of a mean from the middle of its part, where there are two of them


@layout.chart
def sentiment_arc(
    table: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    top: int = 12,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw the mean score of each part of each article, one strip per article.

    Parameters
    ----------
    table
        One row per article and part: ``article_id``, ``part`` (1, 2, … from the beginning),
        ``mean`` or ``mean_compound`` (−1 to 1), and ``mean_without_topic`` if known. A part
        without a mean (NaN, or no row) breaks the line; a note counts them. ``label`` names
        the articles, ``sentences`` are summed beside the strips, and the fewest and the most
        of a part told in a note, where they are given.
    articles, title, width_mm, ax
        As for `corpus_overview`; an article without a row keeps its strip.
    top
        How many articles to draw, from the first, 40 at the most; the title says of how many.

    Returns
    -------
    The Axes: along x the number of the part, along y millimetres from the top. All strips
    have the scale from −1 to +1. The two means of a part stand beside each other, so that
    neither hides the other where they are equal.

    Raises
    ------
    TableError
        If a column is missing, a part stands twice or is no whole number from 1, or `top` is
        below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    table, no_topic = known_scores(named_alike(table))
    need(table, ("article_id", "part", "mean"), chart="sentiment_arc")
    everyone = articles_in(articles, table)
    table = _numbered(table)
    names = everyone.head(min(row_limit(top), 40))
    both = "mean_without_topic" in table.columns
    title = title or (
        "Sentiment from beginning to end"
        + (", with and without topic words" if both else "")
        + shown_of(len(names), len(everyone))
    )
    if names.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    shown = names.merge(
        table.drop(columns="label", errors="ignore"), on="article_id", how="left"
    )
    parts = int(shown["part"].max()) if shown["part"].notna().any() else 1
    bands = Bands(ax, list(names["label"]), scale=(-1.0, 1.0), width=width_mm)
    ax = bands.ax
    bands.level(0.0, color=RULE)
    ax.set_xlim(0.5, parts + 0.5)
    marks = [("mean", all_words(), beside(ax, -_APART_MM if both else 0.0))]
    if both:
        marks.append(("mean_without_topic", without_topic(), beside(ax, _APART_MM)))
    sentences = []
    parts_of: list[pd.DataFrame] = []
    for row, article_id in enumerate(names["article_id"]):
        own = shown.loc[shown["article_id"] == article_id].set_index("part")
        every = own[own.index.notna()].reindex(range(1, parts + 1))
        x = np.arange(1.0, parts + 1)
        for column, mark, at in reversed(marks):
            look = mark | {"markersize": _MARK_PT, "transform": at}
            bands.course(row, x, every[column].to_numpy(float), None, look)
        parts_of.append(every)
        if "sentences" in shown.columns:
            sentences.append(count(own["sentences"].sum()))
    bands.scale_words((1.0, "+1"), (0.0, "0"), (-1.0, f"{MINUS}1"))
    if sentences:
        bands.columns([("sentences", sentences)], start=6.0)
    places = [1, parts] if parts > 1 else [1]
    ax.set_xticks(places, ["first", "last"][: len(places)])
    ax.set_xlabel(f"{plural(parts, 'part')} of the article")
    layout.tidy(ax, grid=False)
    kept = ["article_id", "label", "part", "mean", "mean_without_topic", "sentences"]
    alt = _describe(shown, names, len(everyone))
    return layout.finish(
        ax,
        title=title,
        table=_rows_drawn(parts_of, names)[[c for c in kept if c in shown.columns]],
        alt=alt,
        key=both_keys(shown, joined=True),
        notes=[
            f"Every strip goes from {MINUS}1 (most negative) to +1 (most positive).",
            *_notes(pd.concat(parts_of)),
            no_topic,
        ],
    )


def _numbered(table: pd.DataFrame) -> pd.DataFrame:
    """Take the rows that have a part; refuse what is no number of one, and one part twice."""
    known = table.loc[table["part"].notna()]
    if (known["part"].astype(float) % 1 != 0).any():
        raise TableError("the chart sentiment_arc needs whole numbers in the column part")
    if known.duplicated(["article_id", "part"]).any():
        raise TableError("the chart sentiment_arc draws one row per part; one stands twice")
    return known


def _rows_drawn(parts_of: list[pd.DataFrame], names: pd.DataFrame) -> pd.DataFrame:
    """Join the parts of all articles, those without a mean too."""
    tables = [
        every.assign(article_id=article_id, label=label).reset_index(names="part")
        for every, article_id, label in zip(
            parts_of, names["article_id"], names["label"], strict=True
        )
    ]
    table = pd.concat(tables, ignore_index=True)
    whole = [name for name in ("sentences",) if name in table]
    return table.astype(dict.fromkeys(["part", *whole], "Int64"))


describe_sentiment_arc = description_of(sentiment_arc)


def _describe(shown: pd.DataFrame, names: pd.DataFrame, total: int) -> str:
    scores, words = ["mean"], ""
    if "mean_without_topic" in shown.columns:
        scores.append("mean_without_topic")
        words = " with all words and with topic words made neutral"
    text = (
        f"One strip for {each_of_articles(len(names), total)}: the mean score of "
        f"each part{words}, from the beginning to the end of the article, from {MINUS}1 to +1."
    )
    told = [_ends(shown, score) for score in scores]
    if not told[0]:
        return f"{text} No part has a mean."
    text += f" {told[0]}"
    if told[1:] and told[1]:
        text += f" Without topic words, {told[1][:1].lower()}{told[1][1:]}"
    unknown = len(names) - shown.dropna(subset=["mean"])["article_id"].nunique()
    return f"{text} No mean: {plural(unknown, 'article')}." if unknown else text


def _ends(shown: pd.DataFrame, score: str) -> str:
    """Name the article and the part of the lowest mean of all, and of the highest."""
    known = shown.dropna(subset=[score])
    places = [
        f"{label}, part {int(part)}"
        for label, part in zip(known["label"], known["part"], strict=True)
    ]
    ends = ("Lowest", False), ("highest", True)
    return both_ends(places, known[score], ends=ends, write=signed, noun="part")


def _notes(parts: pd.DataFrame) -> list[str]:
    """Say how many sentences a part has, and why some have no mean; `parts` has all of them."""
    notes = []
    if "sentences" in parts.columns and parts["sentences"].notna().any():
        fewest, most = int(parts["sentences"].min()), int(parts["sentences"].max())
        between = "or" if most == fewest + 1 else "to"
        said = f"{fewest:,} {between} {most:,} sentences"
        said = said if fewest < most else plural(most, "sentence")
        notes.append(f"A part has {said}.")
    unknown = parts["mean"].isna()
    of = plural(len(parts), "part")
    topic = 0
    if "mean_without_topic" in parts.columns:
        topic = int((parts["mean_without_topic"].isna() & ~unknown).sum())
    if unknown.any():
        more = f", and none but topic words in {topic:,} more" if topic else ""
        notes.append(f"Gaps: no word of the lexicon in {int(unknown.sum()):,} of {of}{more}.")
    elif topic:
        notes.append(f"Gaps: no word of the lexicon but topic words in {topic:,} of {of}.")
    return notes
