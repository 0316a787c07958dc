"""How far coders agree: Krippendorff's alpha, with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError

Level = Literal["nominal", "ordinal", "interval", "ratio"]
_Floats = NDArray[np.float64]
#: Numbers held at a time for an interval.
_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Reliability:
    """Krippendorff's alpha with its interval, and what it rests on.

    Attributes
    ----------
    alpha, low, high
        NaN where it cannot be computed.
    units, judgements
        Units with at least two values, and the values in them.
    """

    alpha: float
    low: float
    high: float
    units: int
    judgements: int


def krippendorff_alpha(
    codings: pd.DataFrame,
    *,
    level: Level = "nominal",
    draws: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Reliability:
    """Compute Krippendorff's alpha for any number of coders, values missing or not.

    ``alpha = 1 - D_o / D_e``: the disagreement within units, over the disagreement that the
    same values would show if they were dealt out by chance (Krippendorff 2011, "Computing
    Krippendorff's Alpha-Reliability"). 1 is perfect agreement, 0 what chance gives. Its
    interval is that of the percentiles of alpha over units drawn with replacement (Zapf and
    others 2016, BMC Medical Research Methodology 16:93).

    Parameters
    ----------
    codings
        One row per unit, one column per coder; missing values are NaN.
    level
        "nominal": two values are the same or not; "ordinal": values are numbers of which only
        the order counts, and how many values lie between; "interval": their difference squared
        counts, and values are numbers; "ratio": that of their difference over their sum,
        for counts of all sizes, of which the largest would outweigh all others.
    draws
        Draws for the interval.
    confidence
        Of the interval.
    seed
        Of the draws.

    Returns
    -------
    The :class:`Reliability`. Alpha is NaN without two values in a unit, or where all values
    are the same, so that there is nothing that could be told apart.

    Raises
    ------
    TableError
        If an option has no meaning.
    """
    if draws < 1 or not 0 < confidence < 1:
        raise TableError("draws is a whole number from 1 on, confidence lies between 0 and 1")
    paired = codings[codings.notna().sum(axis="columns") >= 2]
    sizes = paired.notna().sum(axis="columns").to_numpy(dtype=np.float64)
    if level not in get_args(Level):
        raise TableError(f"level is one of {', '.join(get_args(Level))}, not {level!r}")

    def alphas(weights: _Floats) -> _Floats:
        if level == "ordinal":
            return _ordinal_alphas(paired, weights)
        return _alphas(weights, sizes, *sums)

    sums = _interval_sums(paired) if level == "interval" else _sums_by_value(paired, level)
    (alpha,) = alphas(np.ones((1, len(paired))))
    low = high = math.nan
    if not math.isnan(alpha):
        random = np.random.default_rng(seed)
        chances = np.full(len(paired), 1 / len(paired))
        drawn = alphas(random.multinomial(len(paired), chances, size=draws).astype(np.float64))
        drawn = drawn[~np.isnan(drawn)]  # draws in which all values are the same
        if len(drawn):
            tail = (1 - confidence) / 2
            low, high = (float(np.quantile(drawn, share)) for share in (tail, 1 - tail))
    return Reliability(float(alpha), low, high, len(paired), int(sizes.sum()))


def _sums_by_value(
    paired: pd.DataFrame, level: Level
) -> tuple[_Floats, _Floats, _Floats | None]:
    """Per unit: the differences over its pairs, and how often each value stands in it.

    Also the differences between values; None where two values are the same or not.
    """
    codes, values = pd.factorize(paired.to_numpy(dtype=object).ravel())  # missing ones: -1
    unit = np.repeat(np.arange(len(paired)), paired.shape[1])
    counts = np.zeros((len(paired), len(values)))
    np.add.at(counts, (unit[codes >= 0], codes[codes >= 0]), 1)
    if level in ("nominal", "ordinal"):
        return counts.sum(axis=1) ** 2 - (counts**2).sum(axis=1), counts, None
    numbers = np.asarray(values, dtype=np.float64)
    sizes = np.abs(numbers)[:, None] + np.abs(numbers)
    apart = np.square((numbers[:, None] - numbers) / np.where(sizes == 0, 1, sizes))
    return ((counts @ apart) * counts).sum(axis=1), counts, apart


def _interval_sums(paired: pd.DataFrame) -> tuple[_Floats, _Floats, Literal["squares"]]:
    """Per unit: squared differences over its pairs; its values' sum, and that of squares."""
    numbers = paired.to_numpy(dtype=np.float64)
    # The squares of large numbers would swallow small differences.
    numbers = numbers - (np.nanmean(numbers) if numbers.size else 0)
    sums = np.stack([np.nansum(numbers, axis=1), np.nansum(numbers**2, axis=1)], axis=1)
    sizes = (~np.isnan(numbers)).sum(axis=1)
    return 2 * (sizes * sums[:, 1] - sums[:, 0] ** 2), sums, "squares"


def _alphas(
    weights: _Floats,
    sizes: _Floats,
    differences: _Floats,
    sums: _Floats,
    apart: _Floats | Literal["squares"] | None,
) -> _Floats:
    """Alpha for each row of weights, which say how often each unit counts."""
    n = weights @ sizes
    total = weights @ sums
    if apart is None:
        everything = n**2 - (total**2).sum(axis=1)
    elif isinstance(apart, str):
        everything = 2 * (n * total[:, 1] - total[:, 0] ** 2)
    else:
        everything = ((total @ apart) * total).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = weights @ (differences / (sizes - 1)) / n
        expected = everything / (n * (n - 1))
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def _ordinal_alphas(paired: pd.DataFrame, weights: _Floats) -> _Floats:
    """Alpha of ranks for each row of weights.

    The ordinal difference of two values is the number of values from the one to the other,
    half of those at either end: the difference of their mean ranks. So each draw has ranks of
    its own, and its alpha is that of their squared differences.
    """
    numbers = paired.to_numpy(dtype=np.float64)
    codes = np.full(numbers.shape, -1)
    values, codes[~np.isnan(numbers)] = np.unique(
        numbers[~np.isnan(numbers)], return_inverse=True
    )
    unit = np.repeat(np.arange(len(paired)), paired.shape[1])
    code = codes.ravel()
    counts = np.zeros((len(paired), len(values)))
    np.add.at(counts, (unit[code >= 0], code[code >= 0]), 1)
    sizes = counts.sum(axis=1)
    first, second, of_unit = _pairs(codes)
    alphas = np.full(len(weights), math.nan)
    step = max(1, _AT_ONCE // max(1, len(first) + len(values)))
    for begin in range(0, len(weights), step):
        part = weights[begin : begin + step]
        total = part @ counts
        ranks = total.cumsum(axis=1) - total / 2
        n = total.sum(axis=1)
        apart = 2 * (ranks[:, first] - ranks[:, second]) ** 2
        share = part[:, of_unit] / (sizes[of_unit] - 1)
        expected = 2 * (n * (total * ranks**2).sum(axis=1) - (total * ranks).sum(axis=1) ** 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = (apart * share).sum(axis=1) / n
            found = 1 - observed / (expected / (n * (n - 1)))
        varied = np.count_nonzero(total, axis=1) > 1
        alphas[begin : begin + step] = np.where(varied, found, math.nan)
    return alphas


def _pairs(codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Pairs of values within units, each once: both codes, and the unit."""
    columns = [
        (codes[:, a], codes[:, b], np.arange(len(codes)))
        for a in range(codes.shape[1])
        for b in range(a + 1, codes.shape[1])
    ]
    if not columns:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty
    first, second, unit = (np.concatenate(part) for part in zip(*columns, strict=True))
    both = (first >= 0) & (second >= 0)
    return first[both], second[both], unit[both]
