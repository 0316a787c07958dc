"""Two-by-two tables of a word in two corpora: log-likelihood and chi-squared.

=================  ===========  ==============
..                 target       reference
=================  ===========  ==============
the word           a            b
all other words    c            d
=================  ===========  ==============

Every function takes a, b and the totals of both corpora (a + c and b + d), as numbers or
arrays of one shape, and gives NaN where a row or a column of the table is empty: nothing can
be compared there. The statistics are never negative; `direction` tells who uses the word
more, and quanteda's signed numbers are the product of both.

References
----------
Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
*Computational Linguistics* 19(1), 61-74.

Rayson, P., & Garside, R. (2000). Comparing corpora using frequency profiling. *Proceedings
of the Workshop on Comparing Corpora*, 1-6 (the two-cell form).

Yates, F. (1934). Contingency tables involving small numbers and the chi-squared test.
*Supplement to the Journal of the Royal Statistical Society* 1(2), 217-235.

Williams, D. A. (1976). Improved likelihood ratio tests for complete contingency tables.
*Biometrika* 63(1), 33-37.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, cast, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from metoo_research.errors import TableError

Numbers = NDArray[np.float64]
Correction = Literal["yates", "yates_if_small", "williams"]

#: Expected counts under this are small (Yates' correction as quanteda applies it).
_SMALL = 5


@dataclass(frozen=True)
class TwoByTwo:
    """The four cells of each table: the word and all others, in target and reference."""

    a: Numbers
    b: Numbers
    c: Numbers
    d: Numbers

    @property
    def total(self) -> Numbers:
        """Tokens of both corpora."""
        return self.a + self.b + self.c + self.d

    @property
    def excess(self) -> Numbers:
        """How far a lies from its expected count: (ad - bc) / N."""
        return divide(self.a * self.d - self.b * self.c, self.total)

    def margins(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Rows (the word, other words), then columns (target, reference)."""
        return self.a + self.b, self.c + self.d, self.a + self.c, self.b + self.d

    def smallest_margin(self) -> Numbers:
        """0 where a row or column is empty."""
        return cast(Numbers, np.min(np.stack(self.margins()), axis=0))


def two_by_two(
    count_target: ArrayLike,
    count_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
) -> TwoByTwo:
    """Return the four cells, or raise `TableError` if the counts cannot be counts."""
    named = {
        "count_target": count_target,
        "count_reference": count_reference,
        "total_target": total_target,
        "total_reference": total_reference,
    }
    checked = {name: _checked(values, name) for name, values in named.items()}
    try:
        a, b, of_target, of_reference = np.broadcast_arrays(*checked.values())
    except ValueError:
        shapes = ", ".join(f"{name} {values.shape}" for name, values in checked.items())
        raise TableError(f"counts and totals need the same length, not {shapes}") from None
    for side, count, total in (("target", a, of_target), ("reference", b, of_reference)):
        if (count > total).any():
            at = np.flatnonzero(np.ravel(count > total))[0]
            raise TableError(
                f"count_{side} is {np.ravel(count)[at]:g}, but total_{side} only "
                f"{np.ravel(total)[at]:g}; the total counts all words"
            )
    return TwoByTwo(a, b, of_target - a, of_reference - b)


def log_likelihood(
    count_target: ArrayLike,
    count_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
    *,
    cells: Literal[4, 2] = 4,
    correction: Correction | None = None,
) -> Numbers:
    """Log-likelihood ratio G²: how surprising the two counts are if nothing differs.

    G² = 2 Σ O ln(O / E) over all four cells (Dunning 1993), an empty cell adding nothing.
    The two-cell form (``cells=2``; Rayson & Garside 2000, the UCREL log-likelihood wizard)
    sums over the word's own row only. It is not chi-squared distributed and grows with the
    size of the corpora; it is here to check published numbers.

    Parameters
    ----------
    count_target, count_reference
        How often the word stands in each corpus.
    total_target, total_reference
        All words of each corpus, this one too.
    cells
        4 or 2.
    correction
        As for `chi_squared`; only with four cells.

    Returns
    -------
    G², 0 or more, in the shape of the input; NaN where a row or column is empty.

    Raises
    ------
    TableError
        If a count is negative, missing or above its total, or an option has no meaning.
    """
    table = two_by_two(count_target, count_reference, total_target, total_reference)
    if cells not in (4, 2):
        raise TableError(f"cells is 4 or 2, not {cells!r}")
    if cells == 2:
        if correction is not None:
            raise TableError("a correction belongs to the four-cell form; take cells=4")
        row, _, target, reference = table.margins()
        terms = _surprise(table.a, divide(row * target, table.total))
        terms += _surprise(table.b, divide(row * reference, table.total))
        return known(table, np.maximum(2 * terms, 0))
    shift = _shift(table, checked_correction(correction)) * np.sign(table.excess)
    statistic = g2(table.a - shift, table.b + shift, table.c + shift, table.d - shift)
    if correction == "williams":
        statistic = divide(statistic, _williams(table))
    return known(table, statistic)


def chi_squared(
    count_target: ArrayLike,
    count_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
    *,
    correction: Correction | None = None,
) -> Numbers:
    """Pearson's chi-squared: N (|ad - bc| - Nδ)² / product of the four margins.

    Parameters
    ----------
    count_target, count_reference
        How often the word stands in each corpus.
    total_target, total_reference
        All words of each corpus, this one too.
    correction
        ``None``
            δ = 0.
        ``"yates"``
            Every count is moved by δ = ½ towards what is expected, never past it (Yates
            1934; R's ``chisq.test``).
        ``"yates_if_small"``
            Only where an expected count is under 5 and |ad - bc| is at least N / 2. This is
            what quanteda does by the names "default" and "yates".
        ``"williams"``
            The statistic divided by q = 1 + (N/r₁ + N/r₂ - 1)(N/c₁ + N/c₂ - 1) / 6N, with r
            and c the margins (Williams 1976). quanteda multiplies chi-squared by q, which
            makes it larger instead of smaller, and leaves tables with an empty cell as they
            are; q needs no such exception, and there is none here.

    Returns
    -------
    Chi-squared, 0 or more, in the shape of the input; NaN where a row or column is empty.

    Raises
    ------
    TableError
        If a count is negative, missing or above its total, or the correction is unknown.
    """
    table = two_by_two(count_target, count_reference, total_target, total_reference)
    row, others, target, reference = table.margins()
    distance = np.abs(table.excess) - _shift(table, checked_correction(correction))
    # N³ distance² over the margins, in an order in which no product passes 1e308.
    statistic = (
        divide(table.total * distance, row)
        * divide(table.total * distance, others)
        * divide(table.total, target)
        * divide(np.ones_like(target), reference)
    )
    if correction == "williams":
        statistic = divide(statistic, _williams(table))
    return known(table, statistic)


def direction(
    count_target: ArrayLike,
    count_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
) -> Numbers:
    """Return 1 where the target uses the word more, -1 where the reference does, else 0.

    quanteda gives a word that both use equally the sign -1; its statistic is 0 all the same.
    NaN where a corpus is empty.
    """
    table = two_by_two(count_target, count_reference, total_target, total_reference)
    _, _, target, reference = table.margins()
    empty = (target == 0) | (reference == 0)
    signs = np.where(empty, np.nan, np.sign(table.a * table.d - table.b * table.c))
    return shaped(signs)


def p_of_chi_squared(statistic: ArrayLike) -> Numbers:
    """Probability of a larger chi-squared with one degree of freedom: erfc(√(x / 2))."""
    values = np.asarray(statistic, dtype=np.float64)
    distinct, at = np.unique(values, return_inverse=True)
    p = np.array([math.erfc(math.sqrt(x / 2)) if x >= 0 else math.nan for x in distinct])
    return shaped(p[at].reshape(values.shape) if values.size else values)


def checked_correction(correction: Correction | None) -> Correction | None:
    """Return the correction, or raise `TableError` if there is none of that name."""
    if correction is not None and correction not in get_args(Correction):
        known_names = ", ".join(map(repr, get_args(Correction)))
        raise TableError(f"correction is None, {known_names}, not {correction!r}")
    return correction


def g2(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Four-cell G² of cells that are known to be counts; 0 where a margin is empty."""
    total = a + b + c + d
    terms = _surprise(a, divide((a + b) * (a + c), total))
    terms += _surprise(b, divide((a + b) * (b + d), total))
    terms += _surprise(c, divide((c + d) * (a + c), total))
    terms += _surprise(d, divide((c + d) * (b + d), total))
    # Rounding takes equal shares a little under 0.
    statistic: Numbers = np.maximum(2 * terms, 0)
    return statistic


def divide(above: ArrayLike, below: ArrayLike) -> Numbers:
    """Quotient; NaN, without a warning, where nothing stands below."""
    one, other = np.broadcast_arrays(
        np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    )
    quotient: Numbers = np.divide(one, other, out=np.full(one.shape, np.nan), where=other != 0)
    return quotient


def known(table: TwoByTwo, values: Numbers) -> Numbers:
    """NaN where a row or column of the table is empty."""
    return shaped(np.where(table.smallest_margin() > 0, values, np.nan))


def shaped(values: Numbers) -> Numbers:
    """Return a plain number for the input of plain numbers."""
    plain: Numbers = values[()]
    return plain


def _checked(values: ArrayLike, name: str) -> Numbers:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise TableError(f"{name} holds something that is no number: {values!r}") from None
    if np.isnan(numbers).any():
        raise TableError(
            f"{name} holds a missing count; leave the word out or give it a number"
        )
    if (numbers < 0).any() or np.isinf(numbers).any():
        worst = numbers[(numbers < 0) | np.isinf(numbers)].flat[0]
        raise TableError(f"{name} holds {worst:g}; counts are 0 or more")
    return numbers


def _surprise(observed: Numbers, expected: Numbers) -> Numbers:
    """O ln(O / E), 0 for O = 0."""
    there = observed > 0
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=there)
    logs: Numbers = observed * np.log(ratio)
    return logs


def _shift(table: TwoByTwo, correction: Correction | None) -> Numbers:
    """How far Yates' correction moves every count towards its expected value."""
    distance = np.nan_to_num(np.abs(table.excess))
    if correction == "yates":
        moved: Numbers = np.minimum(distance, 0.5)
        return moved
    if correction == "yates_if_small":
        row, others, target, reference = table.margins()
        smallest = divide(np.minimum(row, others) * np.minimum(target, reference), table.total)
        return np.where((distance >= 0.5) & (smallest < _SMALL), 0.5, 0.0)
    return np.zeros_like(distance)


def _williams(table: TwoByTwo) -> Numbers:
    row, others, target, reference = table.margins()
    total = table.total
    rows = divide(total, row) + divide(total, others) - 1
    columns = divide(total, target) + divide(total, reference) - 1
    q: Numbers = 1 + rows * columns / np.where(total > 0, 6 * total, np.nan)
    return q
