"""Which units the intervals of word frequencies draw: articles, or sentences of one article."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    Codes,
    CountedTokens,
    article_index,
    code_point_order,
    counts_per_article,
    groups_named,
    is_of_kinds,
)
from metoo_research.words.intervals import Bootstrap, Numbers, Units, ratio_intervals


@dataclass(frozen=True)
class FrequencyIntervals:
    """Ends of the interval of each row, as shares of 1, and how many units each group has."""

    low: Numbers
    high: Numbers
    articles: Codes
    sentences: Codes | None

    def settings(self, groups: pd.DataFrame, by: list[str]) -> dict[str, Any]:
        """Tell what was drawn in how many groups, and which have no interval, and why."""
        over_articles = self.articles >= 2
        if self.sentences is None:
            over_sentences = np.zeros(len(groups), dtype=bool)
            reason = "fewer than two articles with tokens, and no sentence_id in the tokens"
        else:
            over_sentences = ~over_articles & (self.sentences >= 2)
            reason = "fewer than two articles and fewer than two sentences with tokens"
        without = ~(over_articles | over_sentences)
        told: dict[str, Any] = {
            "drawn": {
                "articles": f"in {int(over_articles.sum()):,} of {len(groups):,} groups",
                "sentences": f"in {int(over_sentences.sum()):,} of {len(groups):,} groups",
            }
        }
        if without.any():
            told["groups_without_interval"] = int(without.sum())
            told["reason"] = reason
            told["named"] = groups_named(groups, by, without)
        return told


def frequency_intervals(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    counted: CountedTokens,
    *,
    kinds: Collection[TokenKind],
    group_of_article: Codes,
    n_groups: int,
    rows: Codes,
    wanted: NDArray[np.bool_],
    bootstrap: Bootstrap,
) -> FrequencyIntervals:
    """Interval of the rate of each wanted row.

    Parameters
    ----------
    tokens, articles, kinds
        What ``counted`` was made of.
    group_of_article, n_groups
        Group of each article, and how many there are.
    rows
        Sorted; each is group * number of terms + term.
    wanted
        Rows that need an interval; the others get NaN.
    bootstrap
        Level, draws and seed.
    """
    n_terms = max(len(counted.words), 1)
    row_group = rows // n_terms
    sizes = counted.article_sizes
    with_tokens = np.bincount(group_of_article[sizes > 0], minlength=n_groups)

    # In the order of their ids, so that the draws do not change with the order of the tables.
    place = code_point_order(pd.Series(article_index(articles)))
    in_order = np.argsort(place)
    article, term, count = counts_per_article(counted)
    row = np.searchsorted(rows, group_of_article[article] * n_terms + term)
    kept = wanted[row]
    low, high = ratio_intervals(
        Units(group_of_article[in_order], sizes[in_order]),
        row=row[kept],
        unit=place[article[kept]],
        count=count[kept],
        row_group=row_group,
        bootstrap=bootstrap,
    )
    if "sentence_id" not in tokens.columns:
        return FrequencyIntervals(low, high, with_tokens, None)

    sentence = tokens["sentence_id"].to_numpy(dtype=np.int64)[is_of_kinds(tokens, kinds)]
    alone = (with_tokens == 1)[group_of_article[counted.article]]
    article, term, sentence = counted.article[alone], counted.term[alone], sentence[alone]
    # A group has one such article only, so its units stand in the order of their sentences.
    span = int(sentence.max(initial=0)) + 1
    keys, unit = np.unique(article * span + sentence, return_inverse=True)
    group_of_unit = group_of_article[keys // span]
    row = np.searchsorted(rows, group_of_article[article] * n_terms + term)
    kept = wanted[row]
    n_units = max(len(keys), 1)
    pairs, pair_count = np.unique(row[kept] * n_units + unit[kept], return_counts=True)
    within = ratio_intervals(
        Units(group_of_unit, np.bincount(unit, minlength=len(keys)).astype(np.int64)),
        row=pairs // n_units,
        unit=pairs % n_units,
        count=pair_count.astype(np.int64),
        row_group=row_group,
        bootstrap=bootstrap,
    )
    single = (with_tokens == 1)[row_group]
    return FrequencyIntervals(
        np.where(single, within[0], low),
        np.where(single, within[1], high),
        with_tokens,
        np.bincount(group_of_unit, minlength=n_groups),
    )
