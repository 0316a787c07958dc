"""Fisher's exact test of a word in two corpora.

References
----------
Fisher, R. A. (1935). The logic of inductive inference. *Journal of the Royal Statistical
Society* 98(1), 39-82.

Agresti, A. (1992). A survey of exact inference for contingency tables. *Statistical Science*
7(1), 131-153.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike

from metoo_research.errors import TableError
from metoo_research.words.contingency import Numbers, shaped, two_by_two

Alternative = Literal["two-sided", "greater", "less"]

# Tables as likely as the observed one are as extreme; rounding must not part them (R's value).
_AS_LIKELY = 1 + 1e-7
_HALVINGS = 80


class FisherExact(NamedTuple):
    """``p`` and the conditional maximum-likelihood estimate of the odds ratio."""

    p: Numbers
    odds_ratio: Numbers


def fisher_exact(
    count_target: ArrayLike,
    count_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
    *,
    alternative: Alternative = "two-sided",
) -> FisherExact:
    """Test exactly whether two corpora use a word equally, all margins given.

    Parameters
    ----------
    count_target, count_reference
        How often the word stands in each corpus, whole numbers.
    total_target, total_reference
        All words of each corpus, this one too.
    alternative
        ``"two-sided"`` sums the probabilities of all tables that are at most as likely as
        the observed one (as R's ``fisher.test``), ``"greater"`` those with as many or more
        occurrences in the target, ``"less"`` as many or fewer.

    Returns
    -------
    ``p`` and ``odds_ratio``, each in the shape of the input. The odds ratio is the
    conditional maximum-likelihood estimate, which R and quanteda report; it is nearer to 1
    than the sample's ad / bc (see `log_odds_ratio`), 0 or infinite where the count is the
    least or the most that the margins allow. Both are NaN where a row or column is empty.

    Raises
    ------
    TableError
        If a count is negative, missing, no whole number or above its total.
    """
    if alternative not in get_args(Alternative):
        names = ", ".join(map(repr, get_args(Alternative)))
        raise TableError(f"alternative is {names}, not {alternative!r}")
    table = two_by_two(count_target, count_reference, total_target, total_reference)
    cells = np.stack([np.ravel(cell) for cell in (table.a, table.b, table.c, table.d)], axis=1)
    if (cells != np.floor(cells)).any():
        raise TableError("Fisher's exact test needs whole numbers of words")
    # Rare words have few distinct tables.
    distinct, at = np.unique(cells, axis=0, return_inverse=True)
    made = np.array(
        [
            _exact(int(a), int(b), int(c), int(d), alternative)
            for a, b, c, d in distinct.tolist()
        ]
    )
    made = made.reshape(-1, 2)[at.ravel()]
    shape = table.a.shape
    return FisherExact(shaped(made[:, 0].reshape(shape)), shaped(made[:, 1].reshape(shape)))


def _exact(a: int, b: int, c: int, d: int, alternative: Alternative) -> tuple[float, float]:
    word, target, reference = a + b, a + c, b + d
    if not word or not target or not reference or not c + d:
        return math.nan, math.nan
    least, most = max(0, word - reference), min(word, target)
    support = np.arange(least, most + 1, dtype=np.float64)
    # Each probability follows from the one before it, so no factorial is needed.
    x = support[:-1]
    steps = np.log((word - x) * (target - x)) - np.log((x + 1) * (reference - word + x + 1))
    weights = np.concatenate([[0.0], np.cumsum(steps)])
    weights -= weights.max()
    probability = np.exp(weights)
    probability /= probability.sum()
    at = a - least
    if alternative == "greater":
        p = probability[at:].sum()
    elif alternative == "less":
        p = probability[: at + 1].sum()
    else:
        p = probability[probability <= probability[at] * _AS_LIKELY].sum()
    return min(float(p), 1.0), _conditional_odds_ratio(a, support, weights)


def _conditional_odds_ratio(a: int, support: Numbers, weights: Numbers) -> float:
    """Odds ratio under which the expected count is the observed one, by bisection."""
    if len(support) == 1:
        return math.nan
    if a == support[0]:
        return 0.0
    if a == support[-1]:
        return math.inf

    def expected(log_odds: float) -> float:
        logs = weights + log_odds * support
        tilted = np.exp(logs - logs.max())
        return float((tilted * support).sum() / tilted.sum())

    low, high = -1.0, 1.0
    while expected(low) > a:
        low *= 2
    while expected(high) < a:
        high *= 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if expected(middle) < a else (low, middle)
    return math.exp((low + high) / 2)
