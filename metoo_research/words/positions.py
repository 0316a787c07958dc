"""Where through each article words stand: the table behind the x-ray chart."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from pandas.arrays import IntegerArray

from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    COUNTED_KINDS,
    Codes,
    checked_kinds,
)
from metoo_research.words.matching import Match, find_all, pattern_list, token_sequence


def word_positions(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    words: str | Sequence[str],
    *,
    match: Match = "glob",
    ignore_punctuation: bool = False,
    kinds: Collection[TokenKind] = COUNTED_KINDS,
) -> Result:
    """Give the relative position of each occurrence in its article.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``sentence_id``, ``start``, ``end``, ``word``,
        ``kind``.
    articles
        One row per article: ``article_id``; for regular expressions also ``text``.
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
        If a column is missing, no word is given, a token belongs to no article, or a regular
        expression cannot be used (see `concordance`).
    """
    kinds = checked_kinds(kinds)
    patterns = pattern_list(words)
    sequence = token_sequence(tokens, articles, ignore_punctuation=ignore_punctuation)

    counts = tokens["kind"].isin(kinds).to_numpy(dtype=bool)[sequence.row]
    sizes = np.bincount(sequence.article[counts], minlength=len(articles)).astype(np.int64)
    counted_before: Codes = np.cumsum(counts) - counts
    article_starts = np.cumsum(sizes) - sizes
    index = counted_before - article_starts[sequence.article]

    n_articles = len(articles)
    parts = []
    for at, places in enumerate(find_all(sequence, articles, patterns, match)):
        first = places.first
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
                    "start": _padded(places.start, len(absent)),
                    "end": _padded(places.end, len(absent)),
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
    return result(
        table,
        {
            "table": "word_positions",
            "words": patterns,
            "match": match,
            "ignore_punctuation": ignore_punctuation,
            "kinds": list(kinds),
            "formulas": {"position": "(i + 1/2) / tokens_in_article, i counted from 0"},
            "occurrences": int(table["start"].notna().sum()),
            "tokenizer": tokens.attrs.get("tokenizer"),
            "n_articles": n_articles,
            "n_tokens": int(sizes.sum()),
        },
    )


def _padded(offsets: Codes, missing: int) -> IntegerArray:
    """Offsets, followed by ``missing`` missing ones."""
    values = np.append(offsets, np.zeros(missing, dtype=np.int64))
    return IntegerArray(values, np.arange(len(values)) >= len(offsets))
