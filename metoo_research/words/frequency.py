"""Word frequency, with what a reviewer asks for beside each count."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    COUNTED_KINDS,
    Codes,
    article_groups,
    by_columns,
    checked_kinds,
    counted_tokens,
    counts_per_article,
    groups_named,
    stopped_terms,
)
from metoo_research.words.dispersion import dp_from_pairs
from metoo_research.words.stop_words import resolve_stop_words

_FORMULAS = {
    "per_million": "1,000,000 * count / tokens_counted",
    "rank": "count descending, ties share the lowest rank",
    "dispersion_dp": "DP over articles (Gries 2008)",
    "dispersion_dp_norm": "DP / (1 - min(s)) (Lijffijt & Gries 2012)",
}
_COLUMNS = (
    "word",
    "kind",
    "count",
    "per_million",
    "rank",
    "articles_containing",
    "dispersion_dp",
    "dispersion_dp_norm",
    "tokens_counted",
    "articles_counted",
)


def word_frequency(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    kinds: Collection[TokenKind] = COUNTED_KINDS,
    stop_words: str | Collection[str] | None = None,
    min_count: int = 1,
) -> pd.DataFrame:
    """Count words in the corpus, or in each group of articles.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``word`` (normal form), ``kind``.
    articles
        One row per article: ``article_id`` and the columns named in ``by``. Articles
        without a token count too.
    by
        Column or columns of ``articles`` that make the groups (``"article_id"``,
        ``"outlet"``, ...); ``None`` for the whole corpus. Articles without a value are a
        group of their own.
    kinds
        Kinds of tokens that count.
    stop_words
        Words to leave out: a language code (see `stop_words`), a `StopList` or words of
        your own; ``None`` leaves out none.
    min_count
        Words with a lower count in their group are left out.

    Returns
    -------
    One row per group, word and kind, groups in the order of their first article, within a
    group by count descending, then word, then kind (by code point):

    ``by`` columns
        The group.
    ``word``, ``kind``
        The same word as, say, a hashtag and a plain word has two rows.
    ``count``
        Occurrences in the group.
    ``per_million``
        Occurrences per million of ``tokens_counted``.
    ``rank``
        1 for the highest count of the group; equal counts share the lowest rank (1, 2, 2,
        4). Stop words have no rank; ``min_count`` does not change ranks.
    ``articles_containing``
        Articles of the group in which the word occurs.
    ``dispersion_dp``, ``dispersion_dp_norm``
        Gries' DP over the articles of the group, with all tokens of ``kinds`` as their
        sizes: 0 for an even spread (see `gries_dp`, `gries_dp_norm`). NaN where fewer than
        two articles of the group hold tokens.
    ``tokens_counted``, ``articles_counted``
        Tokens of ``kinds`` in the group, stop words too; articles in the group, those
        without tokens too.

    ``attrs`` holds the settings, the numbers of tokens and articles, ``left_out`` (rows and
    tokens that stop words and ``min_count`` removed, tokens of other kinds) and
    ``groups_without_rows``.

    Raises
    ------
    TableError
        If a column is missing, a token belongs to no article, or an option has no meaning.
    """
    if min_count < 1:
        raise TableError(f"min_count is a whole number from 1 on, not {min_count!r}")
    grouping = by_columns(by)
    stop_list = resolve_stop_words(stop_words)
    counted = counted_tokens(tokens, articles, kinds)
    group_of_article, groups = article_groups(articles, grouping, taken=_COLUMNS)

    article, term, pair_count = counts_per_article(counted)
    n_terms = max(len(counted.words), 1)
    rows, row = np.unique(group_of_article[article] * n_terms + term, return_inverse=True)
    group, row_term = rows // n_terms, rows % n_terms
    count = np.bincount(row, weights=pair_count, minlength=len(rows)).astype(np.int64)

    group_tokens = _sums(group_of_article, counted.article_sizes, len(groups))
    group_articles = np.bincount(group_of_article, minlength=len(groups)).astype(np.int64)
    dp = dp_from_pairs(
        row,
        pair_count / count[row],
        counted.article_sizes[article] / group_tokens[group[row]],
        len(rows),
    )
    highest = _highest_dp(group_of_article, counted.article_sizes, len(groups))[group]
    dp = np.where(np.isnan(highest), np.nan, dp)

    stopped = stopped_terms(counted, stop_list)[row_term]
    too_few = ~stopped & (count < min_count)
    # A count of 0 puts the stop words last, where they change no other rank.
    ranked = pd.Series(np.where(stopped, 0, count)).groupby(group)

    table = groups.iloc[group].reset_index(drop=True)
    table["word"] = pd.Series(counted.words[row_term], dtype="str")
    table["kind"] = pd.Series(counted.kinds[row_term], dtype="str")
    table["count"] = count
    table["per_million"] = 1_000_000 * count / group_tokens[group]
    table["rank"] = ranked.rank(method="min", ascending=False).astype("int64")
    table["articles_containing"] = np.bincount(row, minlength=len(rows)).astype(np.int64)
    table["dispersion_dp"] = dp
    table["dispersion_dp_norm"] = dp / highest
    table["tokens_counted"] = group_tokens[group]
    table["articles_counted"] = group_articles[group]

    order = np.lexsort(
        (_code_point_order(table["kind"]), _code_point_order(table["word"]), -count, group)
    )
    order = order[~(stopped | too_few)[order]]
    result: pd.DataFrame = table.iloc[order].reset_index(drop=True)
    result.attrs = {
        "table": "word_frequency",
        "by": grouping,
        "kinds": list(checked_kinds(kinds)),
        "stop_words": None if stop_list is None else stop_list.settings(),
        "min_count": min_count,
        "formulas": dict(_FORMULAS),
        "tokenizer": tokens.attrs.get("tokenizer"),
        "n_articles": len(articles),
        "n_tokens": int(counted.article_sizes.sum()),
        "left_out": {
            "stop_words": _left_out(stopped, count),
            "min_count": _left_out(too_few, count),
            "other_kinds": {"tokens": counted.other_kinds},
        },
        "groups_without_rows": groups_named(
            groups, grouping, ~np.isin(np.arange(len(groups)), group[order])
        ),
    }
    return result


def _left_out(rows: NDArray[np.bool_], count: Codes) -> dict[str, int]:
    return {"rows": int(rows.sum()), "tokens": int(count[rows].sum())}


def _highest_dp(group_of_article: Codes, sizes: Codes, n_groups: int) -> NDArray[np.float64]:
    """1 − min(s) of each group over its articles with tokens; NaN where these are under two."""
    held = sizes > 0
    group, size = group_of_article[held], sizes[held]
    smallest = np.full(n_groups, np.inf)
    np.minimum.at(smallest, group, size)
    total = _sums(group, size, n_groups)
    spread = np.bincount(group, minlength=n_groups) >= 2
    highest = np.full(n_groups, np.nan)
    highest[spread] = 1 - smallest[spread] / total[spread]
    return highest


def _sums(group: Codes, values: Codes, n_groups: int) -> Codes:
    return np.bincount(group, weights=values, minlength=n_groups).astype(np.int64)


def _code_point_order(column: pd.Series[str]) -> Codes:
    """Rank of each value among the distinct values, sorted by code point."""
    codes, values = pd.factorize(column)
    order = sorted(range(len(values)), key=lambda at: str(values[at]))
    rank = np.empty(len(values), dtype=np.int64)
    rank[order] = np.arange(len(values))
    return rank[codes]
