"""The counts that a number as worded can stand for."""

from __future__ import annotations

import math

import pytest

from metoo_research.metrics.intervals import interval_of


@pytest.mark.parametrize(
    ("number", "value", "bound", "low", "high"),
    [
        ("4.7 million", 4.7e6, "exact", 4.65e6, 4.75e6),  # given to 100,000
        ("53,000", 53_000, "exact", 52_500, 53_500),  # given to 1,000
        ("53,412", 53_412, "exact", 53_411.5, 53_412.5),
        ("three dozen", 36, "exact", 35.5, 36.5),
        ("200,000", 200_000, "at_least", 200_000, math.inf),
        ("500", 500, "at_most", 0, 500),
        ("thousands", 1000, "vague", 1000, 9999),
        ("dozens", 12, "vague", 12, 99),
        ("a million", 1e6, "about", 0.9e6, 1.1e6),
        ("two million", 2e6, "exact", 1.5e6, 2.5e6),  # in words as in digits
        ("half a million", 5e5, "exact", 4.5e5, 5.5e5),
        ("two thousand and five", 2005, "exact", 2004.5, 2005.5),
    ],
)
def test_a_number_as_worded_stands_for_a_range_of_counts(
    number: str, value: float, bound: str, low: float, high: float
) -> None:
    interval = interval_of(number, value, bound)
    assert interval.low == pytest.approx(low)
    assert interval.high == pytest.approx(high)


def test_nearly_is_never_above_its_number() -> None:
    assert interval_of("a million", 1e6, "about", modifier="nearly").high == 1e6


def test_a_range_is_its_own_interval() -> None:
    interval = interval_of("10 to 20", 10, "exact", value_high=20)
    assert (interval.low, interval.high) == (10, 20)


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [("at_least", 10, math.inf), ("at_most", 0, 20), ("about", 9, 22)],
)
def test_a_hedge_widens_a_range(bound: str, low: float, high: float) -> None:
    interval = interval_of("10 to 20", 10, bound, value_high=20)
    assert (interval.low, interval.high) == pytest.approx((low, high))


@pytest.mark.parametrize("value", [math.nan, math.inf])
@pytest.mark.parametrize("bound", ["exact", "at_least", "about", "vague"])
def test_what_is_no_finite_number_stands_for_nothing(value: float, bound: str) -> None:
    interval = interval_of("many", value, bound)
    assert math.isnan(interval.low)
    assert math.isnan(interval.high)
    assert not interval.meets(interval)
