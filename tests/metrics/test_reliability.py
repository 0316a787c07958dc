"""Krippendorff's alpha and Wilson's interval against published numbers."""

from __future__ import annotations

import math
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.metrics.reliability import (
    Level,
    f1_interval,
    krippendorff_alpha,
    wilson_interval,
)

GAP = math.nan
# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: four observers,
# twelve units, values missing.
FOUR_OBSERVERS = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        "C": [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    }
)


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("interval", 0.849), ("ratio", 0.797)]
)
def test_four_observers_and_missing_data(level: Level, alpha: float) -> None:
    result = krippendorff_alpha(FOUR_OBSERVERS, level=level)
    assert result.alpha == pytest.approx(alpha, abs=5e-4)
    # The last unit has one value, with which no other can agree.
    assert (result.units, result.judgements) == (11, 40)


def test_two_observers_and_two_values() -> None:
    # The same paper, section A: 10 units.
    codings = pd.DataFrame(
        {"meg": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "owen": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]}
    )
    assert krippendorff_alpha(codings).alpha == pytest.approx(0.095, abs=5e-4)


def test_two_observers_and_five_values() -> None:
    # The same paper, section B: 12 units.
    codings = pd.DataFrame({"ben": list("aabbdcccedda"), "gerry": list("babbbccceddd")})
    assert krippendorff_alpha(codings).alpha == pytest.approx(0.692, abs=5e-4)


def test_perfect_agreement_is_one_and_so_is_its_interval() -> None:
    result = krippendorff_alpha(pd.DataFrame({"a": list("xyxy"), "b": list("xyxy")}))
    assert (result.alpha, result.low, result.high) == (1, 1, 1)


def test_systematic_disagreement_is_below_chance() -> None:
    result = krippendorff_alpha(pd.DataFrame({"a": list("xyxy"), "b": list("yxyx")}))
    # Observed 1, expected 4 * 4 * 2 / (8 * 7): 1 - 56 / 32
    assert result.alpha == pytest.approx(-0.75)


@pytest.mark.parametrize(
    "codings",
    [
        pd.DataFrame({"a": list("xxx"), "b": list("xxx")}),
        pd.DataFrame({"a": ["x", None], "b": [None, "x"]}),
        pd.DataFrame({"a": ["x"]}),
        pd.DataFrame({"a": [], "b": []}),
    ],
    ids=["nothing varies", "no unit judged twice", "one coder", "nothing"],
)
@pytest.mark.parametrize("level", ["nominal", "interval", "ratio"])
def test_without_anything_to_tell_apart_it_is_nan(codings: pd.DataFrame, level: Level) -> None:
    numbers = codings.replace("x", 1.0)
    result = krippendorff_alpha(numbers, level=level)
    assert math.isnan(result.alpha)
    assert math.isnan(result.low)
    assert math.isnan(result.high)


def test_small_differences_of_large_numbers_are_kept() -> None:
    small = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.5, 3.0]})
    large = small + 1e12
    assert krippendorff_alpha(large, level="interval").alpha == pytest.approx(
        krippendorff_alpha(small, level="interval").alpha, abs=1e-6
    )


def test_by_ratio_a_wrong_small_count_is_not_outweighed_by_large_ones() -> None:
    codings = pd.DataFrame({"a": [3.0, 5e6, 9e6], "b": [300.0, 5e6, 9e6]})
    assert krippendorff_alpha(codings, level="interval").alpha > 0.99
    # One of three units differs by (297/303)**2; of 30 ordered pairs of the six values, 2
    # differ by that, 16 by next to 1 and 8 by (4/14)**2.
    apart, sizes = (297 / 303) ** 2, (4 / 14) ** 2
    expected = (2 * apart + 16 + 8 * sizes) / 30
    alpha = krippendorff_alpha(codings, level="ratio").alpha
    assert alpha == pytest.approx(1 - (2 * apart / 6) / expected, abs=1e-3)


def test_nothing_and_nothing_are_not_apart_by_ratio() -> None:
    codings = pd.DataFrame({"a": [0.0, 0.0, 5.0], "b": [0.0, 0.0, 5.0]})
    assert krippendorff_alpha(codings, level="ratio").alpha == 1


def test_where_no_draw_varies_there_is_no_interval() -> None:
    # One unit is always drawn whole; alpha itself is that of systematic disagreement.
    result = krippendorff_alpha(pd.DataFrame({"a": list("xx"), "b": list("xy")}), draws=1)
    assert result.alpha == 0
    assert math.isnan(result.low) or result.low <= 0


def test_the_interval_holds_alpha_and_is_drawn_by_the_seed() -> None:
    result = krippendorff_alpha(FOUR_OBSERVERS, seed=1)
    assert -1 < result.low < result.alpha < result.high <= 1
    assert krippendorff_alpha(FOUR_OBSERVERS, seed=1) == result
    assert krippendorff_alpha(FOUR_OBSERVERS, seed=2).low != result.low
    narrower = krippendorff_alpha(FOUR_OBSERVERS, seed=1, confidence=0.5)
    assert result.low < narrower.low < narrower.high < result.high


def by_definition(codings: pd.DataFrame, level: Level) -> float:
    """Alpha by pairs of values, as the paper defines it before it shortens it."""

    def apart(one: float, other: float) -> float:
        if level == "ratio":
            return ((one - other) / (one + other)) ** 2
        return (one - other) ** 2 if level == "interval" else float(one != other)

    units = [[v for v in row if not math.isnan(v)] for row in codings.to_numpy(dtype=float)]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    n = len(values)
    expected = sum(2 * apart(a, b) for a, b in combinations(values, 2))
    if not n or not expected:
        return math.nan
    within = sum(
        sum(apart(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units
    )
    return 1 - (within / n) / (expected / (n * (n - 1)))


CODES = st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 3.0, 7.0, GAP]), min_size=3, max_size=3), max_size=8
)


@given(CODES, st.sampled_from(["nominal", "interval", "ratio"]))
def test_alpha_is_what_its_definition_gives(rows: list[list[float]], level: Level) -> None:
    codings = pd.DataFrame(rows, columns=["a", "b", "c"], dtype="float64")
    assert krippendorff_alpha(codings, level=level, draws=1).alpha == pytest.approx(
        by_definition(codings, level), nan_ok=True
    )


def test_settings_without_meaning_are_refused() -> None:
    with pytest.raises(TableError, match="confidence lies between 0 and 1"):
        krippendorff_alpha(FOUR_OBSERVERS, confidence=95)


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval(right: int, n: int, low: float, high: float) -> None:
    assert wilson_interval(right, n) == pytest.approx((low, high), abs=5e-5)


def test_the_share_of_nothing_has_no_interval() -> None:
    assert all(math.isnan(end) for end in wilson_interval(0, 0))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_holds_the_share(counts: tuple[int, int]) -> None:
    low, high = wilson_interval(*counts)
    assert 0 <= low <= np.divide(*counts) <= high <= 1


def test_without_a_mistake_the_interval_of_f1_is_that_of_the_share() -> None:
    assert f1_interval(20) == pytest.approx(wilson_interval(20, 20))


def test_what_both_say_differently_is_a_whole_mistake() -> None:
    # F1 is 2 * 15 / (20 + 20), the share of the right ones: so are its ends.
    assert f1_interval(15, different=5) == pytest.approx(wilson_interval(15, 20))


def test_what_one_side_says_alone_is_half_a_mistake() -> None:
    low, high = f1_interval(15, said_only=3, true_only=2)
    assert (low, high) == pytest.approx(
        tuple(2 * share / (1 + share) for share in wilson_interval(15, 20))
    )
    assert low < 2 * 15 / (18 + 17) < high


def test_f1_of_nothing_has_no_interval() -> None:
    assert all(math.isnan(end) for end in f1_interval(0))


def test_the_interval_of_f1_holds_it_in_about_95_of_100_samples() -> None:
    random = np.random.default_rng(0)
    right, different, said_only, true_only = 0.8, 0.1, 0.05, 0.05
    true_f1 = 2 * right / (2 * right + 2 * different + said_only + true_only)
    held = 0
    for counts in random.multinomial(60, [right, different, said_only, true_only], size=1000):
        r, d, s, t = map(int, counts)
        low, high = f1_interval(r, different=d, said_only=s, true_only=t)
        held += low <= true_f1 <= high
    assert 920 <= held <= 980
