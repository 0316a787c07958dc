"""The measures of dispersion for many words at once; `dispersion` says what each one is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metoo_research.words._counting import Codes

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """Words and the parts they occur in, as numbers.

    ``row``, ``size`` and ``count`` hold one entry for each word and part that occur together:
    the word's number, the tokens of the part, the word's count there. ``parts``, ``tokens``
    and ``smallest`` hold one entry per word: how many parts with tokens its group has, their
    tokens in all, and those of the smallest of them.
    """

    row: Codes
    size: Codes
    count: Codes
    parts: Codes
    tokens: Codes
    smallest: Codes

    @property
    def compared(self) -> NDArray[np.bool_]:
        """Whether there are two parts to be spread over."""
        return self.parts >= 2

    def total(self) -> Codes:
        """Occurrences of each word."""
        return self._sum(self.count).astype(np.int64)

    def parts_containing(self) -> Codes:
        """Parts in which each word occurs."""
        return np.bincount(self.row, minlength=len(self.parts)).astype(np.int64)

    def dp(self) -> Numbers:
        """`gries_dp` of each word.

        Both shares sum to 1, so the parts with too many occurrences deviate by as much as
        those with too few: DP = Σ max(vᵢ − sᵢ, 0), and parts without the word need not be
        visited.
        """
        word_share, part_share = self._shares()
        return self._known(self._sum(np.maximum(word_share - part_share, 0)))

    def dp_norm(self) -> Numbers:
        """`gries_dp_norm` of each word."""
        highest: Numbers = np.full(len(self.parts), np.nan)
        known = self.compared
        highest[known] = 1 - self.smallest[known] / self.tokens[known]
        norm: Numbers = self.dp() / highest
        return norm

    def juilland_d(self) -> Numbers:
        """`juilland_d` of each word."""
        rates = self.count / self.size
        mean, deviation = self._mean_and_deviation(rates)
        below = np.where(self.compared, mean * np.sqrt(np.maximum(self.parts - 1, 1)), np.nan)
        spread = 1 - deviation / np.where(below > 0, below, np.nan)
        return self._known(np.clip(spread, 0.0, 1.0))  # beyond lies rounding alone

    def standard_deviation(self) -> Numbers:
        """Population standard deviation of the counts; 0 for a word that does not occur."""
        _, deviation = self._mean_and_deviation(self.count)
        return np.where(self.compared, deviation, np.nan)

    def variation_coefficient(self) -> Numbers:
        """Standard deviation of the counts, divided by their mean."""
        mean, deviation = self._mean_and_deviation(self.count)
        return self._known(deviation / np.where(mean > 0, mean, np.nan))

    def rosengren_s(self) -> Numbers:
        """Rosengren's S of each word."""
        _, part_share = self._shares()
        root = self._sum(np.sqrt(part_share * self.count))
        total = self.total()
        return self._known(root**2 / np.where(total > 0, total, np.nan))

    def kl_divergence(self) -> Numbers:
        """Kullback-Leibler divergence of each word's shares from the parts', in bits."""
        word_share, part_share = self._shares()
        return self._known(self._sum(word_share * np.log2(word_share / part_share)))

    def _shares(self) -> tuple[Numbers, Numbers]:
        return self.count / self.total()[self.row], self.size / self.tokens[self.row]

    def _mean_and_deviation(self, values: Numbers | Codes) -> tuple[Numbers, Numbers]:
        parts = np.maximum(self.parts, 1)
        mean = self._sum(values) / parts
        # The parts without the word deviate by the mean itself.
        squares = self._sum((values - mean[self.row]) ** 2)
        squares += (self.parts - self.parts_containing()) * mean**2
        return mean, np.sqrt(squares / parts)

    def _sum(self, values: Numbers | Codes) -> Numbers:
        sums = np.bincount(self.row, weights=values, minlength=len(self.parts))
        return sums.astype(np.float64)  # whole numbers where there is nothing to add

    def _known(self, values: Numbers) -> Numbers:
        """NaN where a word does not occur or has nothing to be spread over."""
        return np.where(self.compared & (self.total() > 0), values, np.nan)


def spread_over_articles(
    row: Codes,
    article: Codes,
    count: Codes,
    *,
    row_group: Codes,
    group_of_article: Codes,
    article_sizes: Codes,
    n_groups: int,
) -> Spread:
    """Put together what the measures need, with the articles of a word's group as parts.

    Parameters
    ----------
    row, article, count
        For each word of a group (a row) and article that occur together.
    row_group
        Group of each row.
    group_of_article, article_sizes
        Group and tokens of each article.
    n_groups
        Number of groups.
    """
    held = article_sizes > 0
    group, size = group_of_article[held], article_sizes[held]
    smallest = np.full(n_groups, np.iinfo(np.int64).max)
    np.minimum.at(smallest, group, size)
    tokens = np.bincount(group, weights=size, minlength=n_groups).astype(np.int64)
    return Spread(
        row=row,
        size=article_sizes[article],
        count=count,
        parts=np.bincount(group, minlength=n_groups).astype(np.int64)[row_group],
        tokens=tokens[row_group],
        smallest=smallest[row_group],
    )
