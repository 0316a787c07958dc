"""Where through each article words stand: the table behind the x-ray chart."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from pandas.arrays import IntegerArray

from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    COUNTED_KINDS,
    Codes,
    checked_kinds,
)
from metoo_research.words.matching import Match, find, pattern_list, token_sequence


def word_positions(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    words: str | Sequence[str],
    *,
    match: Match = "glob",
    ignore_punctuation: bool = False,
    kinds: Collection[TokenKind] = COUNTED_KINDS,
) -> pd.DataFrame:
    """Give the relative position of each occurrence in its article.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``sentence_id``, ``start``, ``end``, ``word``,
        ``kind``.
    articles
        One row per article: ``article_id``.
    words
        Words or phrases; patterns as in `concordance`.
    match, ignore_punctuation
        As in `concordance`.
    kinds
        Kinds of tokens that make up an article's length.

    Returns
    -------
    One row per article, word and occurrence, and one row for every article and word
    without an occurrence, in the order of articles, ``words`` and text: ``article_id``,
    ``word`` (as given), ``start``, ``end`` (of the whole phrase), ``position``,
    ``tokens_in_article``. A row without an occurrence has no ``start``, ``end`` and
    ``position``.

    ``position`` is (i + ½) / n for the i-th, from 0, of the article's n tokens of
    ``kinds``, so it lies between 0 and 1, and that of the only token of an article is ½.
    An occurrence that begins with a token of another kind takes the i of the counted token
    that follows it.

    Raises
    ------
    TableError
        If a column is missing, no word is given, or a token belongs to no article.
    """
    kinds = checked_kinds(kinds)
    patterns = pattern_list(words)
    sequence = token_sequence(tokens, articles, ignore_punctuation=ignore_punctuation)
    start_of = tokens["start"].to_numpy(dtype=np.int64)
    end_of = tokens["end"].to_numpy(dtype=np.int64)

    counts = tokens["kind"].isin(kinds).to_numpy(dtype=bool)[sequence.row]
    sizes = np.bincount(sequence.article[counts], minlength=len(articles)).astype(np.int64)
    counted_before: Codes = np.cumsum(counts) - counts
    article_starts = np.cumsum(sizes) - sizes
    index = counted_before - article_starts[sequence.article]

    n_articles = len(articles)
    parts = []
    for at, pattern in enumerate(patterns):
        first, length = find(sequence, pattern, match)
        article = sequence.article[first]
        size = sizes[article]
        place = np.minimum(index[first], np.maximum(size - 1, 0)) + 0.5
        position = np.full(len(first), np.nan)
        np.divide(place, size, out=position, where=size > 0)
        absent = np.setdiff1d(np.arange(n_articles), article)
        parts.append(
            pd.DataFrame(
                {
                    "article": np.concatenate([article, absent]),
                    "pattern": at,
                    "start": _padded(start_of[sequence.row[first]], len(absent)),
                    "end": _padded(end_of[sequence.row[first + length - 1]], len(absent)),
                    "position": np.append(position, np.full(len(absent), np.nan)),
                }
            )
        )
    found = pd.concat(parts).sort_values(["article", "pattern", "start"], kind="stable")
    article = found["article"].to_numpy(dtype=np.int64)
    ids = articles["article_id"].astype("str").reset_index(drop=True)
    table = pd.DataFrame(
        {
            "article_id": ids.iloc[article].reset_index(drop=True),
            "word": pd.Series([patterns[at] for at in found["pattern"]], dtype="str"),
            "start": found["start"].array,
            "end": found["end"].array,
            "position": found["position"].to_numpy(),
            "tokens_in_article": sizes[article],
        }
    )
    table.attrs = {
        "table": "word_positions",
        "words": patterns,
        "match": match,
        "ignore_punctuation": ignore_punctuation,
        "kinds": list(kinds),
        "n_articles": n_articles,
        "occurrences": int(table["start"].notna().sum()),
    }
    return table


def _padded(offsets: Codes, missing: int) -> IntegerArray:
    """Offsets, followed by ``missing`` missing ones."""
    values = np.append(offsets, np.zeros(missing, dtype=np.int64))
    return IntegerArray(values, np.arange(len(values)) >= len(offsets))
