"""Uncertainty of frequencies: bootstrap intervals over articles, or over sentences.

Words come in lumps: an article that uses a word once is likely to use it again. An interval
that takes each token for an independent draw is therefore far too narrow; here whole articles
are drawn (or the sentences of a single one), with all their tokens.

References
----------
Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*. Chapman & Hall,
chapter 13 (the percentile interval).

Lijffijt, J., Nevalainen, T., Säily, T., Papapetrou, P., Puolamäki, K., & Mannila, H. (2016).
Significance testing of word frequencies in corpora. *Digital Scholarship in the Humanities*
31(2), 374-397.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.words._counting import Codes

Numbers = NDArray[np.float64]

#: Cells (pairs of a word and a unit, times draws) that are held at once; 8 bytes each.
_CELLS_AT_ONCE = 4_000_000
#: A word is common where it stands in more than so many units, and in one of so many.
_MANY, _COMMON = 100, 25


@dataclass(frozen=True)
class Bootstrap:
    """How an interval is made; `TableError` where the numbers have no meaning."""

    level: float = 0.95
    draws: int = 1000
    seed: int = 2017

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise TableError(f"level lies between 0 and 1 (0.95), not {self.level!r}")
        fewest = int(np.ceil(2 / (1 - self.level) - 1e-9))
        if self.draws < fewest:
            raise TableError(
                f"draws is {fewest} or more for a level of {self.level:g}, not {self.draws!r}"
            )
        if self.seed < 0:
            raise TableError(f"seed is a whole number from 0 on, not {self.seed!r}")

    def settings(self) -> dict[str, Any]:
        """Return the method and its numbers, for the settings of a result."""
        return {
            "method": "percentile bootstrap of count / tokens",
            "level": self.level,
            "draws": self.draws,
            "seed": self.seed,
        }


@dataclass(frozen=True)
class Units:
    """What is drawn: the unit's group, and how many tokens it holds.

    Units of a group must stand in an order that does not depend on the order of the tables,
    because that is the order in which they are drawn.
    """

    group: Codes
    size: Codes


def ratio_intervals(
    units: Units,
    *,
    row: Codes,
    unit: Codes,
    count: Codes,
    row_group: Codes,
    bootstrap: Bootstrap,
) -> tuple[Numbers, Numbers]:
    """Interval of each row's rate, count / tokens, in its group of units.

    As many units as the group holds are drawn with replacement, each with its counts and its
    tokens, and the rate is the ratio of both sums. The interval lies between the quantiles
    (1 - level) / 2 and (1 + level) / 2 of the rates (linear interpolation). Units without
    tokens are not drawn. Each group starts anew from the seed: its interval does not depend
    on which other groups there are.

    Parameters
    ----------
    units
        All units of all groups.
    row, unit, count
        Number of the row and of the unit, and the count, for each row and unit that occur
        together; in any order, each pair once.
    row_group
        Group of each row.
    bootstrap
        Level, draws and seed.

    Returns
    -------
    Lower and upper ends, as shares of 1; NaN where fewer than two units of the group hold
    tokens, and for a row without occurrences: all draws are 0 then, which says nothing about
    how rare the word is.
    """
    low = np.full(len(row_group), np.nan)
    high = low.copy()
    held = np.flatnonzero(units.size > 0)
    held = held[np.argsort(units.group[held], kind="stable")]
    of_group, first_unit = np.unique(units.group[held], return_index=True)
    last_unit = np.append(first_unit, len(held))[1:]
    place = np.zeros(len(units.group), dtype=np.int64)
    order = np.lexsort((unit, row, row_group[row]))
    row, unit, count = row[order], unit[order], count[order]
    pair_group = row_group[row]
    weights = np.empty((0, bootstrap.draws), dtype=np.uint8)
    for group, start, stop in zip(of_group, first_unit, last_unit, strict=True):
        members = held[start:stop]
        first, last = np.searchsorted(pair_group, [group, group + 1])
        if len(members) < 2 or first == last:
            continue
        if len(weights) != len(members):
            weights = _weights(len(members), bootstrap)
        place[members] = np.arange(len(members))
        ends = _group_intervals(
            row[first:last],
            place[unit[first:last]],
            count[first:last],
            weights,
            units.size[members],
            bootstrap.level,
        )
        rows = np.unique(row[first:last])
        low[rows], high[rows] = ends
    return low, high


def _weights(n_units: int, bootstrap: Bootstrap) -> NDArray[np.uint8]:
    """How often each unit is drawn (rows) in each draw (columns).

    A byte is enough: the chance that a unit is drawn more than 255 times is under 1e-500.
    """
    random = np.random.default_rng(bootstrap.seed)
    weights = np.empty((n_units, bootstrap.draws), dtype=np.uint8)
    at_once = max(1, _CELLS_AT_ONCE // n_units)
    for start in range(0, bootstrap.draws, at_once):
        n = min(at_once, bootstrap.draws - start)
        drawn = random.integers(0, n_units, size=(n, n_units))
        drawn += n_units * np.arange(n)[:, None]
        times = np.bincount(drawn.ravel(), minlength=n * n_units)
        weights[:, start : start + n] = times.reshape(n, n_units).T
    return weights


def _group_intervals(
    row: Codes,
    unit: Codes,
    count: Codes,
    weights: NDArray[np.uint8],
    size: Codes,
    level: float,
) -> NDArray[np.float64]:
    """Lower and upper ends for the rows of one group, in the order of their numbers."""
    draws = weights.shape[1]
    total = _weighted_sums(size, weights)
    starts = np.flatnonzero(np.append(True, row[1:] != row[:-1]))
    lengths = np.diff(np.append(starts, len(row)))
    ends = np.empty((2, len(starts)))

    # Most words stand in one unit only, and their interval is that of a single occurrence
    # there, times their count.
    once = np.flatnonzero(lengths == 1)
    alone, which = np.unique(unit[starts[once]], return_inverse=True)
    at_once = max(1, _CELLS_AT_ONCE // draws)
    of_alone = np.empty((2, len(alone)))
    for at in range(0, len(alone), at_once):
        part = slice(at, at + at_once)
        of_alone[:, part] = _quantiles(weights[alone[part]] / total, level)
    ends[:, once] = of_alone[:, which] * count[starts[once]]

    # A word that stands in many units is multiplied with all weights in one go, the others
    # with the weights of their own units only.
    common = (lengths > _MANY) & (lengths * _COMMON > len(size)) | (lengths > at_once)
    several = np.flatnonzero((lengths > 1) & common)
    rows_at_once = max(1, _CELLS_AT_ONCE // max(len(size), draws))
    for chosen in np.split(several, range(rows_at_once, len(several), rows_at_once)):
        pair, which, _ = _pairs_of(starts[chosen], lengths[chosen])
        counts = np.zeros((len(chosen), len(size)))
        counts[which, unit[pair]] = count[pair]
        sums = _weighted_sums(counts, weights)
        ends[:, chosen] = _quantiles(sums / total, level)

    several = np.flatnonzero((lengths > 1) & ~common)
    block = np.cumsum(lengths[several]) // at_once
    for chosen in np.split(several, np.flatnonzero(np.diff(block)) + 1):
        pair, _, first = _pairs_of(starts[chosen], lengths[chosen])
        if len(pair):
            weighted = weights[unit[pair]] * count[pair, None].astype(np.float64)
            sums = np.add.reduceat(weighted, first, axis=0)
            ends[:, chosen] = _quantiles(sums / total, level)
    return ends


def _pairs_of(starts: Codes, lengths: Codes) -> tuple[Codes, Codes, Codes]:
    """Pairs of the chosen rows, which of the rows each belongs to, and where each begins."""
    first = np.cumsum(lengths) - lengths
    which = np.repeat(np.arange(len(lengths)), lengths)
    return np.repeat(starts - first, lengths) + np.arange(len(which)), which, first


def _weighted_sums(values: NDArray[Any], weights: NDArray[np.uint8]) -> Numbers:
    """Sums of ``values`` (a column per unit) in each draw.

    They are whole numbers, so the order in which they are added does not matter.
    """
    sums = np.zeros((*values.shape[:-1], weights.shape[1]))
    at_once = max(1, _CELLS_AT_ONCE // weights.shape[1])
    for at in range(0, len(weights), at_once):
        part = slice(at, at + at_once)
        sums += values[..., part].astype(np.float64) @ weights[part].astype(np.float64)
    return sums


def _quantiles(rates: Numbers, level: float) -> Numbers:
    ends = np.quantile(rates, [(1 - level) / 2, (1 + level) / 2], axis=1)
    return np.asarray(ends, dtype=np.float64)
