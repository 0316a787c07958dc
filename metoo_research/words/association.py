"""How strongly two words attract each other, from four numbers.

Every function takes, as numbers or arrays of one shape:

``n_ii``
    how often both words stand together,
``n_ix``, ``n_xi``
    how often the first stands with any word, any word with the second,
``n_xx``
    all pairs.

NaN stands where a word stands with none, or with every, other word and the measure compares
the two. The arguments are NLTK's ``(n_ii, (n_ix, n_xi), n_xx)``; NLTK's measures of the same
names give equal numbers, apart from what a docstring says.

References
----------
Manning, C. D., & Schütze, H. (1999). *Foundations of Statistical Natural Language
Processing*. MIT Press, chapter 5.

Church, K. W., & Hanks, P. (1990). Word association norms, mutual information, and
lexicography. *Computational Linguistics* 16(1), 22-29.

Quasthoff, U., & Wolff, C. (2002). The Poisson collocation measure and its applications.
*Second International Workshop on Computational Approaches to Collocations*.

Rychlý, P. (2008). A lexicographer-friendly association score. *Proceedings of RASLAN 2008*,
6-9.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from metoo_research.errors import TableError
from metoo_research.words.contingency import (
    Numbers,
    TwoByTwo,
    chi_squared,
    divide,
    log_likelihood,
    shaped,
    two_by_two,
)


def pair_log_likelihood(
    n_ii: ArrayLike, n_ix: ArrayLike, n_xi: ArrayLike, n_xx: ArrayLike
) -> Numbers:
    """Four-cell G² (Dunning 1993); also large for words that avoid each other.

    NLTK's ``likelihood_ratio``.
    """
    table = pair_table(n_ii, n_ix, n_xi, n_xx)
    return log_likelihood(table.a, table.b, table.a + table.c, table.b + table.d)


def pair_chi_squared(
    n_ii: ArrayLike, n_ix: ArrayLike, n_xi: ArrayLike, n_xx: ArrayLike
) -> Numbers:
    """Pearson's chi-squared without correction (Manning & Schütze 5.3.3; NLTK's ``chi_sq``)."""
    table = pair_table(n_ii, n_ix, n_xi, n_xx)
    return chi_squared(table.a, table.b, table.a + table.c, table.b + table.d)


def pair_information(
    n_ii: ArrayLike, n_ix: ArrayLike, n_xi: ArrayLike, n_xx: ArrayLike
) -> Numbers:
    """Pointwise mutual information in bits, log₂ of observed over expected pairs.

    Church & Hanks (1990); NLTK's ``pmi``. Prefers rare words. Minus infinity where the words
    never stand together.
    """
    table = pair_table(n_ii, n_ix, n_xi, n_xx)
    return _known(table, _log(divide(table.a, expected_pairs(table))) / np.log(2))


def pair_t_score(n_ii: ArrayLike, n_ix: ArrayLike, n_xi: ArrayLike, n_xx: ArrayLike) -> Numbers:
    """Give (observed - expected) / √observed, the t-score (Manning & Schütze 5.3.1).

    NaN where the words never stand together; NLTK's ``student_t`` puts 10⁻²⁰ under the root,
    which gives a huge negative number there. Prefers frequent words.
    """
    table = pair_table(n_ii, n_ix, n_xi, n_xx)
    return _known(table, divide(table.a - expected_pairs(table), np.sqrt(table.a)))


def pair_log_dice(
    n_ii: ArrayLike, n_ix: ArrayLike, n_xi: ArrayLike, n_xx: ArrayLike
) -> Numbers:
    """14 + log₂(2 n_ii / (n_ix + n_xi)) (Rychlý 2008).

    At most 14; one more is twice as strong; 0 is one pair in 16,000 occurrences. It does not
    depend on the size of the corpus. NLTK has the coefficient in it as ``dice``. Minus
    infinity where the words never stand together.
    """
    table = pair_table(n_ii, n_ix, n_xi, n_xx)
    both = (table.a + table.c) + (table.a + table.b)
    return _known(table, 14 + _log(divide(2 * table.a, both)) / np.log(2))


def pair_poisson_stirling(
    n_ii: ArrayLike,
    n_ix: ArrayLike,
    n_xi: ArrayLike,
    n_xx: ArrayLike,
    *,
    base: float = np.e,
) -> Numbers:
    """Compute n_ii (ln(n_ii / expected) - 1), the Poisson probability by Stirling's formula.

    The formula holds for the natural logarithm (Quasthoff & Wolff 2002; Text::NSP). NLTK's
    ``poisson_stirling`` takes the binary one and still subtracts 1; ``base=2`` gives its
    numbers. 0 where the words never stand together.
    """
    if not base > 1 or np.isinf(base):
        raise TableError(f"base is a number over 1 (2 for NLTK's), not {base!r}")
    table = pair_table(n_ii, n_ix, n_xi, n_xx)
    ratio = divide(table.a, expected_pairs(table))
    logs = np.where(table.a > 0, _log(ratio), 0.0) / np.log(base)
    return _known(table, table.a * (logs - 1))


def pair_table(n_ii: ArrayLike, n_ix: ArrayLike, n_xi: ArrayLike, n_xx: ArrayLike) -> TwoByTwo:
    """Return the four cells, or raise `TableError` if the counts contradict each other."""
    both, first, second, pairs = (
        np.asarray(values, dtype=np.float64) for values in (n_ii, n_ix, n_xi, n_xx)
    )
    if (both > first).any():
        raise TableError("n_ii is larger than n_ix; a pair also counts for its first word")
    if (both > second).any():
        raise TableError("n_ii is larger than n_xi; a pair also counts for its second word")
    if (first > pairs).any():
        raise TableError("n_ix is larger than n_xx; n_xx counts all pairs")
    return two_by_two(both, second - both, first, pairs - first)


def expected_pairs(table: TwoByTwo) -> Numbers:
    """Pairs to be expected if the words stood together by chance alone."""
    row, _, first, _ = table.margins()
    return divide(row * first, table.total)


def _known(table: TwoByTwo, values: Numbers) -> Numbers:
    row, _, first, _ = table.margins()
    return shaped(np.where((row > 0) & (first > 0), values, np.nan))


def _log(values: Numbers) -> Numbers:
    """Natural logarithm; minus infinity for 0, without a warning."""
    out = np.where(np.isnan(values), np.nan, -np.inf)
    logs: Numbers = np.log(values, out=out, where=values > 0)
    return logs
