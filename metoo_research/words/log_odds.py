"""Log-odds with a Dirichlet prior, which keeps rare words from looking typical.

References
----------
Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words: lexical feature selection
and evaluation for identifying the content of political conflict. *Political Analysis* 16(4),
372-403, equations 15 to 22.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike

from metoo_research.errors import TableError
from metoo_research.words.contingency import Numbers, divide

Variance = Literal["full", "approximate"]


class LogOdds(NamedTuple):
    """``log_odds`` (natural logarithm, positive: the target) and ``z``, over its deviation."""

    log_odds: Numbers
    z: Numbers


def dirichlet_log_odds(
    count_target: ArrayLike,
    count_reference: ArrayLike,
    *,
    prior: ArrayLike,
    variance: Variance = "full",
) -> LogOdds:
    """Compare the odds of each word in two corpora under a common prior.

    δ = ln((y₁ + α) / (n₁ + α₀ - y₁ - α)) - ln((y₂ + α) / (n₂ + α₀ - y₂ - α)), and z = δ over
    the root of its variance, which is the sum of the reciprocals of the four numbers in the
    brackets; y the counts, n their sum, α the word's prior count, α₀ the sum of those (Monroe
    et al. 2008).

    scattertext's "uninformative" score of the same name is 1 - 2Φ(z): negative for words of
    the target.

    Parameters
    ----------
    count_target, count_reference
        Counts of **all** words of both corpora, in the same order: their sums are the totals.
    prior
        Prior count of each word, or one number for all: 0.01 is the uninformative prior, the
        counts of a larger corpus make an informative one.
    variance
        ``"full"``, as above (their equation 19; scattertext), or ``"approximate"``: only
        1 / (y₁ + α) + 1 / (y₂ + α) (equation 20; tidylo), which makes z of a frequent word
        too large.

    Returns
    -------
    Both as arrays in the order of the words; NaN where a word has neither count nor prior in
    one of the corpora.

    Raises
    ------
    TableError
        If the lengths differ, or a number is negative or missing.
    """
    if variance not in get_args(Variance):
        raise TableError(f"variance is 'full' or 'approximate', not {variance!r}")
    one = np.asarray(count_target, dtype=np.float64)
    other = np.asarray(count_reference, dtype=np.float64)
    alpha = np.asarray(prior, dtype=np.float64)
    if alpha.ndim == 0:
        alpha = np.full(one.shape, float(alpha))
    if one.ndim != 1 or one.shape != other.shape or one.shape != alpha.shape:
        raise TableError("the counts of both corpora and the prior need the same words")
    for values in (one, other, alpha):
        if not np.isfinite(values).all() or (values < 0).any():
            raise TableError("counts and priors are 0 or more, none is missing")
    size = float(alpha.sum())
    with_prior, other_with_prior = one + alpha, other + alpha
    others, other_others = one.sum() + size - with_prior, other.sum() + size - other_with_prior
    odds, other_odds = divide(with_prior, others), divide(other_with_prior, other_others)
    known = (odds > 0) & (other_odds > 0)
    ratio = np.divide(odds, other_odds, out=np.full(odds.shape, np.nan), where=known)
    delta: Numbers = np.log(ratio)
    spread = divide(1.0, with_prior) + divide(1.0, other_with_prior)
    if variance == "full":
        spread = spread + divide(1.0, others) + divide(1.0, other_others)
    return LogOdds(delta, divide(delta, np.sqrt(spread)))
