"""A test at the level of articles: how often chance would part them as well as the groups do.

Words come in lumps, so a test that takes each word for an independent draw finds differences
everywhere. Here whole articles change sides, with all their words.

References
----------
Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. *Statistical
Applications in Genetics and Molecular Biology* 9(1), article 39.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.words._counting import Codes
from metoo_research.words.contingency import Numbers, g2

# Statistics that are equal on paper can differ in their last digits.
_TOLERANCE = 1e-9
_LOG_MOST = math.log(1e15)


@dataclass(frozen=True)
class Permutation:
    """How many ways there are to deal the articles out, and which of them are tried.

    ``permutations`` is the most that is tried: all ways where there are no more, else as
    many random ones.
    """

    articles_target: int
    articles_reference: int
    permutations: int = 1000
    seed: int = 2017

    def __post_init__(self) -> None:
        if self.permutations < 0:
            raise TableError(f"permutations is 0 or more, not {self.permutations!r}")
        if self.seed < 0:
            raise TableError(f"seed is a whole number from 0 on, not {self.seed!r}")

    @property
    def labelings(self) -> float:
        """Ways to choose the target's articles among all; infinite from 10¹⁵ on."""
        one, other = self.articles_target, self.articles_reference
        logarithm = math.lgamma(one + other + 1) - math.lgamma(one + 1) - math.lgamma(other + 1)
        # The number itself can have thousands of digits.
        return math.comb(one + other, one) if logarithm < _LOG_MOST else math.inf

    @property
    def exact(self) -> bool:
        """Whether all ways are tried."""
        return self.labelings <= self.permutations

    @property
    def smallest_p(self) -> float:
        """The least p that can come out.

        One in all labelings; two where both sides hold as many articles, because changing
        them over gives the same difference. Among random ones, the observed labeling counts
        as one (Phipson & Smyth 2010). NaN without permutations.
        """
        if not self.permutations:
            return math.nan
        mirrored = 2 if self.articles_target == self.articles_reference else 1
        least = mirrored / self.labelings
        return least if self.exact else max(least, 1 / (1 + self.permutations))

    def settings(self) -> dict[str, Any]:
        """Return what was done, for the settings of a result."""
        return {
            "labelings": "over 10^15" if math.isinf(self.labelings) else self.labelings,
            "tried": self.labelings if self.exact else self.permutations,
            "exact": self.exact,
            "seed": None if self.exact else self.seed,
        }

    def labels(self) -> Iterator[NDArray[np.bool_]]:
        """Which articles are the target's, once per labeling tried."""
        n_articles = self.articles_target + self.articles_reference
        if self.exact:
            for chosen in combinations(range(n_articles), self.articles_target):
                label = np.zeros(n_articles, dtype=bool)
                label[list(chosen)] = True
                yield label
            return
        rng = np.random.default_rng(self.seed)
        observed = np.arange(n_articles) < self.articles_target
        for _ in range(self.permutations):
            yield rng.permutation(observed)


def permutation_p(
    article: Codes,
    term: Codes,
    count: Numbers,
    *,
    article_sizes: Numbers,
    is_target: NDArray[np.bool_],
    n_terms: int,
    permutations: int = 1000,
    seed: int = 2017,
) -> tuple[Numbers, Permutation]:
    """Share of the labelings of the articles that part a word's use at least as well.

    The measure is the four-cell G² of each word; the sizes of the articles move with them, so
    it is computed anew for both sides each time.

    Parameters
    ----------
    article, term, count
        For each article and term that occur together. Only terms to be tested are needed.
    article_sizes
        All words of each article; none is 0, because an article without words can change
        sides without changing anything.
    is_target
        Whether each article is the target's.
    n_terms
        How many terms there are.
    permutations
        Try all labelings if there are no more than this, else as many random ones; 0 gives NaN.
    seed
        For random ones.

    Returns
    -------
    One p per term, NaN for a term that does not occur or is the only one; and what was tried.
    """
    plan = Permutation(int(is_target.sum()), int((~is_target).sum()), permutations, seed)
    if not permutations or not plan.articles_target or not plan.articles_reference:
        return np.full(n_terms, np.nan), plan
    of_term = np.bincount(term, weights=count, minlength=n_terms).astype(np.float64)
    total = float(article_sizes.sum())

    def statistic(label: NDArray[np.bool_]) -> Numbers:
        weights = count * label[article]
        # Without entries, bincount counts in whole numbers.
        a = np.bincount(term, weights=weights, minlength=n_terms).astype(np.float64)
        target = float(article_sizes[label].sum())
        b = of_term - a
        return g2(a, b, target - a, total - target - b)

    observed = statistic(is_target)
    bar = observed * (1 - _TOLERANCE) - _TOLERANCE
    reached = np.zeros(n_terms, dtype=np.int64)
    for label in plan.labels():
        reached += statistic(label) >= bar
    p = reached / plan.labelings if plan.exact else (1 + reached) / (1 + permutations)
    return np.where((of_term > 0) & (of_term < total), p, np.nan), plan
