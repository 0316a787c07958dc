"""The source line: which articles, from when, how many."""

from __future__ import annotations

from typing import Final

import pandas as pd

from metoo_research._wording import plural
from metoo_research.charts.tables import articles_in, need
from metoo_research.charts.text import clean

_MOST_OUTLETS: Final = 6
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def source_line(
    articles: pd.DataFrame, *, about: str = "", words: int | None = None, note: str = ""
) -> str:
    """Write the source line of a figure from the table of articles.

    Parameters
    ----------
    articles
        One row per article: ``article_id``, and where they are known ``outlet``, ``label`` and
        ``published``.
    about
        The campaign, such as "#MeToo".
    words
        How many words were counted.
    note
        A sentence to add, such as the settings of the count.

    Returns
    -------
    For instance "Source: 3 news articles about #MeToo (Herald, Post, Radio 4), published 16 to
    17 October 2017; n = 3 articles, 1,500 words." Up to six outlets are named, more are
    counted; dates that are not known are said to be so. Days are those of each article's own
    time zone.

    Raises
    ------
    TableError
        If ``article_id`` is missing.
    """
    need(articles, ("article_id",), chart="source_line")
    number = len(articles)
    text = f"Source: {plural(number, 'news article')}"
    if about:
        text += f" about {clean(about)}"
    text += _outlets(articles) + _dates(articles)
    text += f"; n = {plural(number, 'article')}"
    if words is not None:
        text += f", {plural(words, 'word')}"
    return f"{text}. {clean(note)}".strip() if note else f"{text}."


def _outlets(articles: pd.DataFrame) -> str:
    if "outlet" in articles.columns and articles["outlet"].notna().any():
        known = articles["outlet"].dropna()
        names = list(dict.fromkeys(clean(name) for name in known))
        missing = len(articles) - len(known)
        unknown = [f"{missing:,} of unknown outlet"] if missing else []
        if len(names) > _MOST_OUTLETS:
            return ", ".join([f" from {len(names):,} outlets", *unknown])
        return f" ({', '.join([*names, *unknown])})"
    labels = list(articles_in(articles)["label"])  # of articles, so they are no outlets
    if len(labels) > _MOST_OUTLETS:
        return " of unknown outlets"
    return f" ({', '.join(labels)})" if labels else ""


def _dates(articles: pd.DataFrame) -> str:
    if "published" not in articles.columns:
        return ""
    known = [time for time in articles["published"] if pd.notna(time)]
    if not known:
        return ", dates of publication unknown"
    days = sorted({(time.year, time.month, time.day) for time in known})
    text = f", published {_span(days[0], days[-1])}"
    if len(known) < len(articles):
        text += f" (date known for {len(known):,} of {len(articles):,})"
    return text


def _span(first: tuple[int, int, int], last: tuple[int, int, int]) -> str:
    """Write "16 October 2017", "16 to 17 October 2017", "30 November 2017 to 2 May 2018"."""
    year, month, day = last
    end = f"{day} {_MONTHS[month - 1]} {year}"
    if first == last:
        return end
    start = f"{first[2]}"
    if first[:2] != last[:2]:
        start += f" {_MONTHS[first[1] - 1]}"
    if first[0] != year:
        start += f" {first[0]}"
    return f"{start} to {end}"
