"""Dispersion: how evenly a word is spread over the parts of a corpus.

A count alone does not tell a word that every article uses from one that a single article
repeats. All measures here compare the share of a word's occurrences that lies in each part
with the share of the corpus that the part makes up.

References
----------
Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. *International
Journal of Corpus Linguistics* 13(4), 403-437.

Lijffijt, J., & Gries, S. Th. (2012). Correction to Stefan Th. Gries' "Dispersions and
adjusted frequencies in corpora". *International Journal of Corpus Linguistics* 17(1),
147-149.

Juilland, A., Brodin, D., & Davidovitch, C. (1970). *Frequency Dictionary of French Words*.
Mouton.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from metoo_research.errors import TableError


def gries_dp(counts: Sequence[float], part_sizes: Sequence[float]) -> float:
    """Deviation of proportions: 0 for an even spread, towards 1 for a word in one part.

    DP = ½ Σ |vᵢ − sᵢ|, with vᵢ the share of the word's occurrences in part i and sᵢ the
    part's share of the corpus (Gries 2008).

    Parameters
    ----------
    counts
        Occurrences of the word in each part.
    part_sizes
        Tokens in each part, in the same order. Parts without tokens are allowed.

    Returns
    -------
    A number from 0 to 1 − min(s); NaN if the word does not occur or fewer than two parts
    hold tokens, because then there is nothing to be spread over.

    Raises
    ------
    TableError
        If the lengths differ, a number is negative or not finite, or a part without tokens
        has occurrences.
    """
    occurrences, sizes = _checked(counts, part_sizes)
    if occurrences.sum() == 0 or np.count_nonzero(sizes) < 2:
        return math.nan
    shares = occurrences / occurrences.sum() - sizes / sizes.sum()
    return float(np.abs(shares).sum() / 2)


def gries_dp_norm(counts: Sequence[float], part_sizes: Sequence[float]) -> float:
    """DP brought to the range 0 to 1: DP / (1 − min(s)).

    The correction of Lijffijt and Gries (2012). The minimum is taken over the parts that
    hold tokens: no word can be concentrated in an empty part. Parameters, errors and NaN as
    in `gries_dp`.
    """
    _, sizes = _checked(counts, part_sizes)
    dp = gries_dp(counts, part_sizes)
    if math.isnan(dp):
        return math.nan
    return float(dp / (1 - sizes[sizes > 0].min() / sizes.sum()))


def juilland_d(counts: Sequence[float], part_sizes: Sequence[float]) -> float:
    """Juilland's D: 1 for an even spread, 0 for a word that stands in one part only.

    D = 1 − V / √(n − 1), with V the coefficient of variation of the word's relative
    frequencies in the n parts that hold tokens (Juilland et al. 1970; relative frequencies
    because parts differ in size).

    The standard deviation is the population's (divided by n). Some software divides by
    n − 1 and so reports values below 0 for a word in one part; the definition that keeps D
    within 0 and 1 is the one taken here. Parameters, errors and NaN as in `gries_dp`.
    """
    occurrences, sizes = _checked(counts, part_sizes)
    held = sizes > 0
    if occurrences.sum() == 0 or np.count_nonzero(held) < 2:
        return math.nan
    rates = occurrences[held] / sizes[held]
    variation = rates.std() / rates.mean()
    return float(1 - variation / math.sqrt(len(rates) - 1))


def dp_from_pairs(
    row: NDArray[np.int64],
    word_share: NDArray[np.float64],
    part_share: NDArray[np.float64],
    n_rows: int,
) -> NDArray[np.float64]:
    """DP of many words at once, from the parts in which they occur.

    Both shares sum to 1, so the parts with too many occurrences deviate by as much as those
    with too few: DP = Σ max(vᵢ − sᵢ, 0), and parts without the word need not be visited.

    Parameters
    ----------
    row
        The word's number, for each word and part that occur together.
    word_share, part_share
        vᵢ and sᵢ of `gries_dp`, in the same order.
    n_rows
        Number of words.
    """
    excess = np.maximum(word_share - part_share, 0)
    return np.bincount(row, weights=excess, minlength=n_rows).astype(np.float64)


def _checked(
    counts: Sequence[float], part_sizes: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    occurrences = np.asarray(counts, dtype=np.float64)
    sizes = np.asarray(part_sizes, dtype=np.float64)
    if occurrences.ndim != 1 or occurrences.shape != sizes.shape:
        raise TableError(
            f"counts and part_sizes need the same length, not {len(counts)} and "
            f"{len(part_sizes)}"
        )
    if not (np.isfinite(occurrences).all() and np.isfinite(sizes).all()):
        raise TableError("counts and part_sizes must be finite numbers")
    if (occurrences < 0).any() or (sizes < 0).any():
        raise TableError("counts and part_sizes cannot be negative")
    if (occurrences[sizes == 0] > 0).any():
        raise TableError("a part without tokens cannot have occurrences")
    return occurrences, sizes
