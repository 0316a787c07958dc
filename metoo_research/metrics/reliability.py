"""How far coders agree, and how sure a share is: Krippendorff's alpha, Wilson's interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError

Level = Literal["nominal", "interval", "ratio"]
_Floats = NDArray[np.float64]


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
        "nominal": two values are the same or not; "interval": their difference squared
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
        If ``draws`` or ``confidence`` have no meaning.
    """
    if draws < 1 or not 0 < confidence < 1:
        raise TableError("draws is a whole number from 1 on, confidence lies between 0 and 1")
    paired = codings[codings.notna().sum(axis="columns") >= 2]
    sizes = paired.notna().sum(axis="columns").to_numpy(dtype=np.float64)
    sums = _interval_sums(paired) if level == "interval" else _sums_by_value(paired, level)
    (alpha,) = _alphas(np.ones((1, len(paired))), sizes, *sums)
    low = high = math.nan
    if not math.isnan(alpha):
        random = np.random.default_rng(seed)
        chances = np.full(len(paired), 1 / len(paired))
        drawn = _alphas(
            random.multinomial(len(paired), chances, size=draws).astype(np.float64),
            sizes,
            *sums,
        )
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
    if level == "nominal":
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


def wilson_interval(right: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Give the interval of a share by Wilson's score (Wilson 1927, JASA 22:209).

    Unlike the one from the share's standard error it stays within 0 and 1, and does not
    shrink to a point where all or none are right. It takes the cases as drawn one by one;
    figures of one article resemble each other, so that it is rather too narrow for them.

    Parameters
    ----------
    right, n
        So many of so many.
    confidence
        Of the interval.

    Returns
    -------
    Lower and upper end; NaN where ``n`` is 0.
    """
    if n == 0:
        return math.nan, math.nan
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = right / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # At 0 and 1 rounding could leave the ends a hair beyond the share itself.
    return min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share)


def f1_interval(
    right: int, *, different: int = 0, said_only: int = 0, true_only: int = 0,
    confidence: float = 0.95,
) -> tuple[float, float]:  # fmt: skip
    """Give the interval of F1, carried over from Wilson's.

    F1 is ``2 right / (said + true)``. With ``q`` the share of ``right`` in all cases of which
    one side or both say something, it is ``q / (q + h (1 - q))``, where ``h`` is the weight of
    the mean mistake: 1/2 for what one side alone says, 1 for what both say differently. The
    ends are those of the interval of ``q``, put through this at the weight that was seen; at
    1 where there was no mistake. In simulations with 10 to 200 cases it held the true F1 90
    to 99 times of 100; the percentiles of a bootstrap 28 to 96 times, for without a mistake
    they shrink to a point.

    Parameters
    ----------
    right
        Cases of which both say the same.
    different
        Of which both say something, not the same.
    said_only, true_only
        Of which only one side says something.
    confidence
        Of the interval.

    Returns
    -------
    Lower and upper end; NaN without a case.
    """
    mistakes = different + said_only + true_only
    weight = (different + (said_only + true_only) / 2) / mistakes if mistakes else 1.0
    low, high = (
        share / (share + weight * (1 - share))
        for share in wilson_interval(right, right + mistakes, confidence=confidence)
    )
    return low, high
