"""Many tests at once: with 1,000 words, 50 have p under 0.05 by chance alone.

References
----------
Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate: a practical and
powerful approach to multiple testing. *Journal of the Royal Statistical Society* B 57(1),
289-300.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from metoo_research.errors import TableError


def benjamini_hochberg(p: ArrayLike) -> NDArray[np.float64]:
    """Smallest share of false discoveries at which each test would still be one.

    qᵢ = min over j ≥ i of pⱼ m / j, with the p sorted upwards (Benjamini & Hochberg 1995; R's
    ``p.adjust(method = "BH")``). A missing p is no test: it stays missing, and m leaves it out.

    Raises
    ------
    TableError
        If a p lies outside 0 to 1, or they do not stand in one row.
    """
    values = np.asarray(p, dtype=np.float64)
    if values.ndim != 1:
        raise TableError(f"p stands in one row of numbers, not in {values.ndim} dimensions")
    tested = np.flatnonzero(~np.isnan(values))
    made = values[tested]
    if ((made < 0) | (made > 1)).any():
        raise TableError("a p lies between 0 and 1")
    q = np.full(len(values), np.nan)
    order = np.argsort(made, kind="stable")[::-1]
    ranks = np.arange(len(made), 0, -1)
    q[tested[order]] = np.minimum(np.minimum.accumulate(made[order] * len(made) / ranks), 1)
    return q
