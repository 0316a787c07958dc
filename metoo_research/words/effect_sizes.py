"""How much more often one corpus uses a word: effect sizes beside the tests of significance.

A test tells how surely two corpora differ, which with enough words they always do; an effect
size tells by how much. All functions take counts and totals as `contingency` does, and give
NaN where a corpus is empty or the word stands in neither.

References
----------
Hardie, A. (2014). *Log Ratio: an informal introduction*. ESRC Centre for Corpus Approaches to
Social Science, Lancaster University.

Gabrielatos, C., & Marchi, A. (2011). Keyness: matching metrics to definitions. *Corpus
Linguistics in the South* 1, University of Portsmouth.

Wilson, A. (2013). Embracing Bayes factors for key item analysis in corpus linguistics. In M.
Bieswanger & A. Koll-Stobbe (Eds.), *New Approaches to the Study of Linguistic Variability*
(pp. 3-11). Peter Lang.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from metoo_research.errors import TableError
from metoo_research.words.contingency import Numbers, TwoByTwo, divide, shaped, two_by_two

ZeroRule = Literal["half", "infinite"]


def log_ratio(
    count_target: ArrayLike,
    count_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
    *,
    zero: ZeroRule = "half",
) -> Numbers:
    """Binary logarithm of the ratio of relative frequencies: 1 is twice, 2 four times as often.

    Parameters
    ----------
    count_target, count_reference
        How often the word stands in each corpus.
    total_target, total_reference
        All words of each corpus.
    zero
        A word that one corpus lacks: ``"half"`` takes its count there for 0.5 (Hardie 2014),
        ``"infinite"`` gives infinity with its sign.

    Returns
    -------
    Positive where the target uses the word more.
    """
    if zero not in get_args(ZeroRule):
        raise TableError(f"zero is 'half' or 'infinite', not {zero!r}")
    table = two_by_two(count_target, count_reference, total_target, total_reference)
    a, b = table.a, table.b
    if zero == "half":
        a, b = np.where(a == 0, 0.5, a), np.where(b == 0, 0.5, b)
    _, _, target, reference = table.margins()
    return _compared(table, _log(a, 2) - _log(b, 2) + _log(reference, 2) - _log(target, 2))


def percent_difference(
    count_target: ArrayLike,
    count_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
) -> Numbers:
    """Difference of the relative frequencies in percent of the reference's.

    %DIFF of Gabrielatos & Marchi (2011): 100 is twice as often, -50 half as often, -100 not at
    all. Infinite where only the target has the word; the authors put 10⁻¹⁸ for the zero,
    which gives numbers that mean nothing.
    """
    table = two_by_two(count_target, count_reference, total_target, total_reference)
    _, _, target, reference = table.margins()
    rate_target, rate_reference = divide(table.a, target), divide(table.b, reference)
    percent = 100 * divide(rate_target - rate_reference, rate_reference)
    return _compared(table, np.where((table.b == 0) & (table.a > 0), np.inf, percent))


def log_odds_ratio(
    count_target: ArrayLike,
    count_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
    *,
    smoothing: float = 0.0,
) -> Numbers:
    """Natural logarithm of ad / bc, each cell plus ``smoothing`` (0.5: Haldane and Anscombe).

    Without smoothing, infinite where one of the cells is 0, and NaN where two opposite ones
    leave nothing to compare.
    """
    if not smoothing >= 0 or np.isinf(smoothing):
        raise TableError(f"smoothing is 0 or more, not {smoothing!r}")
    table = two_by_two(count_target, count_reference, total_target, total_reference)
    above = _log(table.a + smoothing) + _log(table.d + smoothing)
    below = _log(table.b + smoothing) + _log(table.c + smoothing)
    both = np.isinf(above) & np.isinf(below)
    return _compared(table, np.where(both, np.nan, above - np.where(both, 0, below)))


def pointwise_mutual_information(
    count_target: ArrayLike,
    count_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
) -> Numbers:
    """Natural logarithm of the target's count over its expected count (quanteda's "pmi").

    ln(a N / ((a + b)(a + c))); minus infinity where the target lacks the word, where quanteda
    adds 10⁻⁹ before the logarithm.
    """
    table = two_by_two(count_target, count_reference, total_target, total_reference)
    row, _, target, _ = table.margins()
    ratio = divide(table.a * table.total, row * target)
    return _compared(table, _log(ratio))


def bayes_factor_bic(
    log_likelihood: ArrayLike, total_target: ArrayLike, total_reference: ArrayLike
) -> Numbers:
    """Approximate Bayes factor BIC = G² - ln(N), N the words of both corpora (Wilson 2013).

    Over 2 is positive, over 6 strong, over 10 very strong evidence for a difference; under 0
    speaks for none.
    """
    total = np.asarray(total_target, dtype=np.float64) + np.asarray(total_reference)
    statistic = np.asarray(log_likelihood, dtype=np.float64)
    return shaped(statistic - _log(np.where(total > 0, total, np.nan)))


def _compared(table: TwoByTwo, values: Numbers) -> Numbers:
    row, _, target, reference = table.margins()
    there = (row > 0) & (target > 0) & (reference > 0)
    return shaped(np.where(there, values, np.nan))


def _log(values: ArrayLike, base: float = np.e) -> Numbers:
    """Logarithm; minus infinity for 0, without a warning."""
    numbers = np.asarray(values, dtype=np.float64)
    out = np.where(np.isnan(numbers), np.nan, -np.inf)
    logs: Numbers = np.log(numbers, out=out, where=numbers > 0)
    return logs if base == np.e else logs / np.log(base)
