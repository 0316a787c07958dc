"""Krippendorff's alpha for ordered values, against published numbers and by brute force.

The other levels are tested in ``metrics/test_reliability.py``.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research._agreement import Level, krippendorff_alpha
from metoo_research.errors import TableError

GAP = math.nan
# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C.
FOUR_OBSERVERS = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        "C": [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    }
)


@pytest.mark.parametrize(
    ("level", "alpha"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_the_published_example(level: Level, alpha: float) -> None:
    assert krippendorff_alpha(FOUR_OBSERVERS, level=level).alpha == pytest.approx(
        alpha, abs=5e-4
    )


def by_definition(codings: pd.DataFrame) -> float:
    """1 − D_o / D_e over all pairs, the ordinal difference summed up value by value."""
    units = [[v for v in row if not math.isnan(v)] for row in codings.to_numpy(dtype=float)]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    counts = Counter(values)

    def apart(first: float, second: float) -> float:
        low, high = min(first, second), max(first, second)
        between = sum(n for value, n in counts.items() if low <= value <= high)
        return (between - (counts[low] + counts[high]) / 2) ** 2

    n = len(values)
    observed = sum(
        apart(a, b) / (len(unit) - 1) for unit in units for a, b in permutations(unit, 2)
    )
    expected = sum(apart(a, b) for a, b in permutations(values, 2)) / (n - 1) if n > 1 else 0
    return 1 - observed / expected if expected else math.nan


CODES = st.sampled_from([-2.0, -1.0, 0.0, 1.0, 2.0, GAP])


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(CODES, CODES, CODES), max_size=12))
def test_any_codings_as_by_definition(rows: list[tuple[float, float, float]]) -> None:
    codings = pd.DataFrame(rows, columns=["a", "b", "c"], dtype=float)
    found = krippendorff_alpha(codings, level="ordinal", draws=2).alpha
    assert found == pytest.approx(by_definition(codings), nan_ok=True)


def test_only_the_order_of_values_counts() -> None:
    stretched = FOUR_OBSERVERS.replace({4: 40, 5: 5000})
    plain = krippendorff_alpha(FOUR_OBSERVERS, level="ordinal")
    assert krippendorff_alpha(stretched, level="ordinal").alpha == pytest.approx(plain.alpha)


def test_each_draw_of_the_interval_has_its_own_ranks() -> None:
    result = krippendorff_alpha(FOUR_OBSERVERS, level="ordinal", draws=60, seed=4)
    random = np.random.default_rng(4)
    paired = FOUR_OBSERVERS[FOUR_OBSERVERS.notna().sum(axis=1) >= 2]
    weights = random.multinomial(len(paired), [1 / len(paired)] * len(paired), size=60)
    drawn = [by_definition(paired.loc[np.repeat(paired.index, row)]) for row in weights]
    drawn = [alpha for alpha in drawn if not math.isnan(alpha)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    assert (result.low, result.high) == pytest.approx((low, high))


def test_an_unknown_level_is_told() -> None:
    with pytest.raises(TableError, match="nominal, ordinal, interval, ratio"):
        krippendorff_alpha(FOUR_OBSERVERS, level="cardinal")  # type: ignore[arg-type]
