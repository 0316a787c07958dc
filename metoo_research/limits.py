"""What a corpus of this size, and with what is known of it, can and cannot tell."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import pandas as pd

from metoo_research._wording import plural

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus

# Below this, a permutation test of two halves can reach p < 0.05 only if every article of
# one half lies above every article of the other.
_CUSTOMARY_P = 0.05
_ONE = "No: it is one article."
_MOST_NAMED = 10


def smallest_p(articles: int) -> float:
    """Give the smallest p that a permutation test of two groups of articles could reach.

    The groups are taken as equal as can be, which is the best case: 1 / C(n, n // 2),
    one-sided. NaN for fewer than two articles.
    """
    return 1 / comb(articles, articles // 2) if articles >= 2 else float("nan")


def limits_of(corpus: Corpus) -> pd.DataFrame:
    """Say what the corpus can tell, computed from what is in it.

    Parameters
    ----------
    corpus
        The articles.

    Returns
    -------
    One row per question: ``question`` and ``answer``.
    """
    articles = corpus.articles
    number = len(articles)
    dated = int(articles["published"].notna().sum())
    truncated = int(articles["truncated"].sum())
    copies = int(articles["duplicate_of"].notna().sum())
    all_of_them = plural(number, "article")
    rows = [
        ("Is it a sample of the coverage?", _sample(number)),
        ("Can two groups of articles be told apart?", _groups(number - copies, copies)),
        ("Can outlets be compared?", _outlets(articles["outlet"].dropna(), number)),
        ("Can change over time be shown?", _time(dated, number)),
        (
            "Is each article whole?",
            f"No: {truncated:,} of {all_of_them} {'was' if truncated == 1 else 'were'} cut "
            "short before being collected."
            if truncated
            else "No article shows signs of having been cut short.",
        ),
    ]
    if copies:
        flagged = articles[articles["duplicate_of"].notna()]
        rows.append(("Is each article a report of its own?", _copies(flagged, number)))
    return pd.DataFrame(rows, columns=["question", "answer"])


def _copies(copies: pd.DataFrame, number: int) -> str:
    named = [
        f"{one} of {original}"
        for one, original in zip(copies["article_id"], copies["duplicate_of"], strict=True)
    ]
    more = f" and {len(named) - _MOST_NAMED:,} more" if len(named) > _MOST_NAMED else ""
    verb = "is a copy" if len(named) == 1 else "are copies"
    ids = "; ".join(named[:_MOST_NAMED])
    return (
        f"No: {len(named):,} of {number:,} {verb} of another ({ids}{more}). Each counts as an "
        "article: in numbers of articles and outlets, in intervals, in what more than one "
        "article reports. mr.unique(corpus) leaves copies out."
    )


def _time(dated: int, number: int) -> str:
    if number == 1:
        return _ONE
    if not dated:
        return f"No: none of {number:,} articles has a date of publication."
    return f"Only between articles with a date: {dated:,} of {number:,}."


def _sample(number: int) -> str:
    if number == 1:
        return _ONE
    return (
        f"Not by itself: {number:,} articles stand for the coverage only if they were drawn "
        "from it by a rule that you can name."
    )


def _outlets(named: pd.Series, number: int) -> str:
    if number == 1:
        return _ONE
    different = len(set(named))
    verb = "names its" if len(named) == 1 else "name their"
    known = f"{len(named):,} of {number:,} articles {verb}"
    if different < 2:
        return f"No: {known} outlet, {plural(different, 'outlet')} in all."
    said = f"{known} outlet, {different:,} outlets in all"
    if different < len(named):
        return f"{said}."
    return f"{said}; with one article each, outlet and article are the same thing."


def _groups(number: int, copies: int) -> str:
    """Say what p two groups can reach; copies tell nothing new, and are left aside."""
    if number < 2:
        return f"No: there is one article{' and its copies' if copies else ''}."
    least = smallest_p(number)
    sizes = f"{number // 2} against {number - number // 2}"
    if copies:
        sizes += " (copies left out)"
    if least >= _CUSTOMARY_P:
        return (
            f"No: with {sizes}, a permutation test cannot reach a p under {least:.2g}, "
            "however large the difference."
        )
    return (
        f"In principle: with {sizes}, the smallest p that a permutation test could reach is "
        f"{least:.2g}."
    )
