"""Pairs of articles: how alike their words are, and how much of them they share."""

from __future__ import annotations

import math
from collections.abc import Collection
from itertools import combinations_with_replacement
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research._article_sample import SEED, drawn_articles, sample_settings
from metoo_research._wording import plural
from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TOKENIZER_VERSION, TokenKind, normal_form, token_spans
from metoo_research.words._counting import (
    COUNTED_KINDS,
    Codes,
    article_codes,
    article_index,
    codes_and_values,
    require_columns,
)
from metoo_research.words.document_terms import document_term_counts

Floats: TypeAlias = NDArray[np.float64]
# What an article has of a passage, at one place or several.
_Wording: TypeAlias = tuple[tuple[str, ...], ...]

# A table of more rows than this does not fit into an ordinary machine's memory.
_MOST_PAIRS = 10_000_000
# Columns of the table of articles by words that are held at once.
_BLOCK = 2_000
# Sums of products differ in their last digits between machines.
_DIGITS = 12

_FORMULAS = {
    "cosine": "sum of w_a w_b / sqrt(sum of w_a^2 * sum of w_b^2)",
    "jaccard": "types_shared / (types_a + types_b - types_shared)",
}
_WEIGHTING = {
    "count": "w = count",
    "tf_idf": "w = count * log10(articles / articles with the word)",
}


def similarity(
    words: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    weighting: Literal["count", "tf_idf"] = "count",
    kinds: Collection[TokenKind] = COUNTED_KINDS,
    stop_words: str | Collection[str] | None = None,
    most_articles: int | None = None,
    seed: int = SEED,
) -> Result:
    """Compare the words of each pair of articles.

    Parameters
    ----------
    words
        One row per article and word, as `document_term_counts` gives it (``article_id``,
        ``word``, ``count``), or one row per token (``article_id``, ``word``, ``kind``).
    articles
        One row per article: ``article_id``. Articles without a word keep their rows.
    weighting
        Of the words in ``cosine``. ``"count"``: their counts, so that the words of grammar,
        which all texts share, carry most of it. ``"tf_idf"``: words that few articles have
        count for more, and one that all have for nothing.
    kinds, stop_words
        Of tokens; see `document_term_counts`. A table of counts is taken as it is.
    most_articles, seed
        Of more articles, so many are drawn at random and compared;
        ``attrs["articles_compared"]`` says so. Weights are of all articles. None: all, which
        is 500 thousand pairs of 1,000 articles.

    Returns
    -------
    One row per pair, in the order of the articles, each pair once:

    ``article_a``, ``article_b``
        The articles.
    ``cosine``
        From 0, no word in common, to 1, the same words in the same proportions.
    ``jaccard``
        Share of the words of either article that both have, from 0 to 1; counts do not
        matter. Bad for articles of different length: the longer has words of its own.
    ``types_shared``, ``types_a``, ``types_b``
        Different words; the same word in two kinds is one.

    NaN where an article of the pair has no word, or none that weighs more than nothing;
    ``attrs["not_computed"]`` says in how many rows.

    Raises
    ------
    TableError
        If a column is missing, a count cannot be one, a row belongs to no article, an option
        has no meaning, or there are more than 10 million pairs.
    """
    if weighting not in _WEIGHTING:
        raise TableError(f"weighting is 'count' or 'tf_idf', not {weighting!r}")
    given = words
    if "count" not in words.columns:
        words = document_term_counts(words, articles, kinds=kinds, stop_words=stop_words)
    elif stop_words is not None:
        raise TableError("stop_words apply to tokens; leave them out in document_term_counts")
    article, term, count = _counts(words, articles)
    ids = article_index(articles)
    n_articles, n_tokens = len(ids), count.sum()
    drawn = drawn_articles(ids.tolist(), most_articles, seed=seed)
    n_drawn = len(drawn)
    first, second = _pairs(n_drawn)

    weight = count
    if weighting == "tf_idf":
        weight = count * np.log10(n_articles / np.bincount(term)[term])
    place = np.full(n_articles, -1)
    place[drawn] = np.arange(n_drawn)
    compared = place[article] >= 0
    article, term, weight = place[article[compared]], term[compared], weight[compared]
    ids = ids[drawn]
    n_types = np.bincount(article, minlength=n_drawn).astype(np.int64)
    products = _products(article, term, weight, n_drawn)
    shared = _products(article, term, np.ones(len(term)), n_drawn)[first, second]
    norms = np.sqrt(np.bincount(article, weights=weight**2, minlength=n_drawn))
    norms = norms[first] * norms[second]
    either = n_types[first] + n_types[second] - shared
    empty = (n_types[first] == 0) | (n_types[second] == 0)
    cosine = np.full(len(first), np.nan)
    np.divide(products[first, second], norms, out=cosine, where=norms > 0)
    jaccard = np.full(len(first), np.nan)
    np.divide(shared, either, out=jaccard, where=~empty)
    table = pd.DataFrame(
        {
            "article_a": pd.Series(ids[first], dtype="str"),
            "article_b": pd.Series(ids[second], dtype="str"),
            "cosine": np.minimum(cosine.round(_DIGITS), 1.0),
            "jaccard": jaccard,
            "types_shared": shared.round().astype(np.int64),
            "types_a": n_types[first],
            "types_b": n_types[second],
        }
    )
    told = {
        "no word": int(empty.sum()),
        "no word that weighs more than nothing": int((np.isnan(cosine) & ~empty).sum()),
    }
    settings = words.attrs
    return result(
        table,
        {
            "table": "similarity",
            "weighting": _WEIGHTING[weighting],
            "formulas": dict(_FORMULAS),
            "kinds": settings.get("kinds"),
            "stop_words": settings.get("stop_words"),
            "tokenizer": given.attrs.get("tokenizer"),
            "n_articles": n_articles,
            **sample_settings(n_drawn, n_articles, seed=seed),
            "n_tokens": float(n_tokens) if (count % 1).any() else int(n_tokens),
            "not_computed": {
                reason: f"{number} of {plural(len(table), 'row')}"
                for reason, number in told.items()
                if number
            },
        },
    )


def shared_words(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    min_words: int = 6,
    max_articles: int = 1_000,
) -> Result:
    """Count the words that each pair of articles has in common passages.

    Parameters
    ----------
    passages
        As `shared_passages` gives them: ``passage_id``, ``article_id``, ``text``.
    articles
        One row per article: ``article_id``.
    min_words
        As in `shared_passages`: words count where so many in a row stand in both articles.
    max_articles
        Passages of more articles than this are left out: a line that stands under every
        article of an outlet makes them share nothing that is worth a row for each pair.

    Returns
    -------
    One row per pair of articles that have a passage in common, in the order of the articles,
    each pair once: ``article_a``, ``article_b``, ``passages`` (how many they have in common),
    ``words`` (of these passages, in the article in which they are fewer). ``attrs["pairs"]``
    is the number of all pairs, ``attrs["passages_left_out"]`` what `max_articles` left out.

    Raises
    ------
    TableError
        If a column is missing, a passage belongs to no article, or an option has no meaning.
    """
    for name, value in (("min_words", min_words), ("max_articles", max_articles)):
        if value < 2:
            raise TableError(f"{name} is a whole number from 2 on, not {value!r}")
    require_columns(passages, ["passage_id", "article_id", "text"], name="passages")
    ids = article_index(articles)
    rows = pd.DataFrame(
        {
            "passage": passages["passage_id"],
            "article": article_codes(passages, articles, name="passages"),
            "text": passages["text"],
        }
    )
    shares = _Shares(len(ids))
    left_out = 0
    for _, places in rows.groupby("passage", sort=False):
        texts: dict[int, list[list[str]]] = {}
        for of, text in zip(places["article"].tolist(), places["text"].tolist(), strict=True):
            texts.setdefault(of, []).append(_words_of(text))
        if len(texts) > max_articles:
            left_out += 1
            continue
        # Most articles have a passage in the same words: each wording is compared once.
        holders: dict[_Wording, list[int]] = {}
        for of, wording in texts.items():
            holders.setdefault(tuple(map(tuple, wording)), []).append(of)
        runs = {wording: _runs_of(wording, min_words) for wording in holders}
        for one, other in combinations_with_replacement(holders, 2):
            common = runs[one] & runs[other]
            if common:
                number = min(_words_covered(text, common, min_words) for text in (one, other))
                shares.add(holders[one], holders[other], number)
    first, second, n_passages, n_words = shares.summed()
    table = pd.DataFrame(
        {
            "article_a": pd.Series(ids[first], dtype="str"),
            "article_b": pd.Series(ids[second], dtype="str"),
            "passages": n_passages,
            "words": n_words,
        }
    )
    return result(
        table,
        {
            "table": "shared_words",
            "min_words": min_words,
            "max_articles": max_articles,
            "tokenizer": TOKENIZER_VERSION,
            "n_articles": len(ids),
            "pairs": math.comb(len(ids), 2),
            "passages": int(rows["passage"].nunique()),
            "passages_left_out": left_out,
        },
    )


class _Shares:
    """What pairs of articles share, passage by passage."""

    def __init__(self, n_articles: int) -> None:
        self._n_articles = n_articles
        self._pairs: list[NDArray[np.int64]] = []
        self._words: list[NDArray[np.int64]] = []

    def add(self, some: list[int], others: list[int], words: int) -> None:
        """Add words that each of some articles has in common with each of the others."""
        first, second = np.array(some, dtype=np.int64), np.array(others, dtype=np.int64)
        if some is others:
            left, right = np.triu_indices(len(some), k=1)
            first, second = first[left], first[right]
        else:
            first, second = np.repeat(first, len(second)), np.tile(second, len(first))
        low, high = np.minimum(first, second), np.maximum(first, second)
        self._pairs.append(low * self._n_articles + high)
        self._words.append(np.full(len(low), words, dtype=np.int64))

    def summed(self) -> tuple[Codes, Codes, Codes, Codes]:
        """Both articles of each pair, the number of passages, and their words."""
        if not self._pairs:
            nothing = np.zeros(0, dtype=np.int64)
            return nothing, nothing, nothing, nothing
        pairs, row, n_passages = np.unique(
            np.concatenate(self._pairs), return_inverse=True, return_counts=True
        )
        n_words = np.bincount(row, weights=np.concatenate(self._words)).astype(np.int64)
        return pairs // self._n_articles, pairs % self._n_articles, n_passages, n_words


def _counts(words: pd.DataFrame, articles: pd.DataFrame) -> tuple[Codes, Codes, Floats]:
    """Article, word and count of each article and word that occur together."""
    require_columns(words, ["article_id", "word", "count"], name="words")
    count = pd.to_numeric(words["count"], errors="coerce").to_numpy(dtype=np.float64)
    if not (np.isfinite(count) & (count >= 0)).all():
        raise TableError("the words table has a count that is negative or missing")
    article = article_codes(words, articles, name="words")
    code, vocabulary = codes_and_values(words["word"])
    if (code < 0).any():
        raise TableError("the words table has a row without a word")
    held = count > 0
    n_words = max(len(vocabulary), 1)
    pairs, row = np.unique(article[held] * n_words + code[held], return_inverse=True)
    summed = np.bincount(row, weights=count[held], minlength=len(pairs)).astype(np.float64)
    term = np.unique(pairs % n_words, return_inverse=True)[1].astype(np.int64)
    return (pairs // n_words).astype(np.int64), term, summed


def _pairs(n_articles: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    number = n_articles * (n_articles - 1) // 2
    if number > _MOST_PAIRS:
        raise TableError(
            f"{n_articles:,} articles make {number:,} pairs, which do not fit into memory; "
            "draw some of them (most_articles=1000)"
        )
    return np.triu_indices(n_articles, k=1)


def _products(article: Codes, term: Codes, weight: Floats, n_articles: int) -> Floats:
    """Sum of the products of weights over all words, for each two articles."""
    products = np.zeros((n_articles, n_articles))
    order = np.argsort(term, kind="stable")
    article, term, weight = article[order], term[order], weight[order]
    n_terms = int(term[-1]) + 1 if len(term) else 0
    for begin in range(0, n_terms, _BLOCK):
        low, high = np.searchsorted(term, [begin, begin + _BLOCK])
        block = np.zeros((n_articles, min(_BLOCK, n_terms - begin)))
        block[article[low:high], term[low:high] - begin] = weight[low:high]
        products += block @ block.T
    return products


def _words_of(text: str) -> list[str]:
    return [
        normal_form(text[start:end])
        for start, end, kind in token_spans(text)
        if kind in ("word", "number", "hashtag", "mention")
    ]


def _runs_of(texts: _Wording, size: int) -> set[tuple[str, ...]]:
    return {tuple(text[at : at + size]) for text in texts for at in range(len(text) - size + 1)}


def _words_covered(texts: _Wording, common: set[tuple[str, ...]], size: int) -> int:
    """Words that stand in a common run, in all texts of one article."""
    return sum(_covered(text, common, size) for text in texts)


def _covered(text: tuple[str, ...], common: set[tuple[str, ...]], size: int) -> int:
    covered, reached = 0, 0
    for at in range(len(text) - size + 1):
        if tuple(text[at : at + size]) in common:
            covered += at + size - max(at, reached)
            reached = at + size
    return covered
