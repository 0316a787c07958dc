"""Bootstrap intervals of means, with seeds that do not depend on the order of rows."""

from __future__ import annotations

import math
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from metoo_research.errors import TableError

Floats = NDArray[np.float64]

SEED = 2017
DRAWS = 2000
LEVEL = 0.95
#: Numbers drawn at a time, so that a bootstrap of a long article stays within memory.
DRAWN_AT_ONCE = 2_000_000


def check_options(seed: int, draws: int, level: float) -> None:
    """Raise `TableError` if an option of the bootstrap has no meaning."""
    if seed < 0:
        raise TableError(f"seed is a whole number from 0 on, not {seed!r}")
    if draws < 1:
        raise TableError(f"draws is a whole number from 1 on, not {draws!r}")
    if not 0 < level < 1:
        raise TableError(f"level lies between 0 and 1, such as 0.95, not {level!r}")


def generator(seed: int, name: str) -> np.random.Generator:
    """Random numbers that depend on the seed and the name alone."""
    own = int.from_bytes(sha256(name.encode("utf-8", "surrogatepass")).digest())
    return np.random.default_rng(np.random.SeedSequence([seed, own]))


def drawn_means(values: Floats, *, seed: int, name: str, draws: int) -> Floats:
    """Means of the columns over rows drawn with replacement; missing values are left out.

    A draw in which a column has no value gives NaN there.
    """
    n, columns = values.shape
    means = np.full((draws, columns), math.nan)
    if n == 0:
        return means
    random = generator(seed, name)
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    step = max(1, DRAWN_AT_ONCE // n)
    for begin in range(0, draws, step):
        drawn = random.integers(0, n, size=(min(step, draws - begin), n))
        for column in range(columns):
            sizes = known[drawn, column].sum(axis=1)
            sums = filled[drawn, column].sum(axis=1)
            np.divide(sums, sizes, out=means[begin : begin + step, column], where=sizes > 0)
    return means


def interval(drawn: Floats, level: float) -> tuple[float, float]:
    """Percentiles of draws; NaN without any."""
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return math.nan, math.nan
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return float(low), float(high)


def mean(values: Floats) -> float:
    """Mean of the known values; NaN without any."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan
