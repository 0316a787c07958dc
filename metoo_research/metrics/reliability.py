"""How far coders agree, and how sure a share is: Krippendorff's alpha and Wilson's interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError

Level = Literal["nominal", "interval"]
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
        counts, and values are numbers.
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
    sums = _interval_sums(paired) if level == "interval" else _nominal_sums(paired)
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
        tail = (1 - confidence) / 2
        low, high = (float(np.quantile(drawn, share)) for share in (tail, 1 - tail))
    return Reliability(float(alpha), low, high, len(paired), int(sizes.sum()))


def _nominal_sums(paired: pd.DataFrame) -> tuple[_Floats, _Floats, Level]:
    """Per unit: its pairs of different values, and how often each value stands in it."""
    codes, values = pd.factorize(paired.to_numpy(dtype=object).ravel())  # missing ones: -1
    unit = np.repeat(np.arange(len(paired)), paired.shape[1])
    counts = np.zeros((len(paired), len(values)))
    np.add.at(counts, (unit[codes >= 0], codes[codes >= 0]), 1)
    sizes = counts.sum(axis=1)
    return sizes**2 - (counts**2).sum(axis=1), counts, "nominal"


def _interval_sums(paired: pd.DataFrame) -> tuple[_Floats, _Floats, Level]:
    """Per unit: squared differences over its pairs; its values' sum, and that of squares."""
    numbers = paired.to_numpy(dtype=np.float64)
    # The squares of large numbers would swallow small differences.
    numbers = numbers - (np.nanmean(numbers) if numbers.size else 0)
    sums = np.stack([np.nansum(numbers, axis=1), np.nansum(numbers**2, axis=1)], axis=1)
    sizes = (~np.isnan(numbers)).sum(axis=1)
    return 2 * (sizes * sums[:, 1] - sums[:, 0] ** 2), sums, "interval"


def _alphas(
    weights: _Floats, sizes: _Floats, differences: _Floats, sums: _Floats, level: Level
) -> _Floats:
    """Alpha for each row of weights, which say how often each unit counts."""
    n = weights @ sizes
    total = weights @ sums
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = weights @ (differences / (sizes - 1)) / n
        if level == "nominal":
            expected = (n**2 - (total**2).sum(axis=1)) / (n * (n - 1))
        else:
            expected = 2 * (n * total[:, 1] - total[:, 0] ** 2) / (n * (n - 1))
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
