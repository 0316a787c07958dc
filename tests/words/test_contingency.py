"""Two-by-two tables; the reference cases are quanteda.textstats' and quanteda.extras'."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.words.contingency import (
    Correction,
    chi_squared,
    direction,
    log_likelihood,
    p_of_chi_squared,
)

# "b" stands 7 times among 10 words of the target, 2 times among 9 of the reference.
B = (7, 2, 10, 9)


@pytest.mark.parametrize(
    ("correction", "expected", "tolerance"),
    [
        # keyness-chi2-yates: quanteda.textstats, oracle R chisq.test(correct = TRUE)
        ("yates_if_small", 2.632438271604939, 1e-6),
        ("yates", 2.632438271604939, 1e-6),
        # keyness-chi2-none: R chisq.test(correct = FALSE)
        (None, 4.337160493827161, 1e-6),
        # keyness-chi2-williams: chi-squared / q; quanteda itself multiplies and gives 4.682109
        ("williams", 4.017626, 1e-5),
    ],
)
def test_chi_squared_of_reference(
    correction: Correction | None, expected: float, tolerance: float
) -> None:
    assert chi_squared(*B, correction=correction) == pytest.approx(expected, abs=tolerance)


def test_four_cell_log_likelihood_and_its_p_of_reference() -> None:
    # keyness-g2-none: quanteda.textstats, oracle Deducer's likelihood.test
    statistic = log_likelihood(*B)
    assert statistic == pytest.approx(4.534939332256226, abs=1e-6)
    assert p_of_chi_squared(statistic) == pytest.approx(0.033209633968387844, abs=1e-6)


def test_two_cells_are_less_than_four() -> None:
    # keyness-long-vs-short-g2: quanteda.extras, test-keyness-basic.R; UCREL's wizard
    assert log_likelihood(10, 5, 100, 200) == pytest.approx(7.329812, abs=1e-5)
    assert log_likelihood(10, 5, 100, 200, cells=2) == pytest.approx(6.931471805599453)


def test_direction_gives_quantedas_sign() -> None:
    # keyness-long-vs-short-g2, "swapped_sign"; keyness-chi2-yates, "a"
    signed = direction(5, 10, 200, 100) * log_likelihood(5, 10, 200, 100)
    assert signed == pytest.approx(-7.329812, abs=1e-5)
    assert direction(3, 7, 10, 9) == -1
    assert direction(10, 5, 100, 50) == 0


def test_yates_moves_a_count_to_its_expected_value_but_not_past_it() -> None:
    # 3 of 10 and 4 of 12: expected 3.18 and 3.82, only 0.18 away
    assert chi_squared(3, 4, 10, 12, correction="yates") == pytest.approx(0, abs=1e-12)
    assert log_likelihood(3, 4, 10, 12, correction="yates") == pytest.approx(0, abs=1e-9)
    # quanteda leaves such a table as it is
    plain = chi_squared(3, 4, 10, 12)
    assert chi_squared(3, 4, 10, 12, correction="yates_if_small") == plain > 0


def test_a_large_table_is_not_corrected_where_only_small_ones_are() -> None:
    large = (70, 20, 100, 90)
    assert chi_squared(*large, correction="yates_if_small") == chi_squared(*large)
    assert chi_squared(*large, correction="yates") < chi_squared(*large)


def test_an_empty_cell_adds_nothing_to_the_log_likelihood() -> None:
    # 2 * (4 ln(4 / (4 * 10 / 20)) + 6 ln(6 / (16 * 10 / 20)) + 10 ln(10 / (16 * 10 / 20)))
    by_hand = 2 * (4 * math.log(2) + 6 * math.log(6 / 8) + 10 * math.log(10 / 8))
    assert log_likelihood(4, 0, 10, 10) == pytest.approx(by_hand)


def test_arrays_are_compared_element_by_element() -> None:
    made = log_likelihood([7, 10], [2, 5], [10, 100], [9, 200])
    assert made == pytest.approx([4.534939332256226, 7.329812], abs=1e-6)


@pytest.mark.parametrize(
    "empty",
    [(0, 0, 10, 10), (0, 3, 0, 10), (3, 0, 10, 0), (10, 10, 10, 10)],
    ids=["word", "target", "reference", "other words"],
)
def test_nothing_to_compare_is_nan(empty: tuple[int, int, int, int]) -> None:
    assert math.isnan(log_likelihood(*empty))
    assert math.isnan(chi_squared(*empty))
    assert math.isnan(chi_squared(*empty, correction="williams"))
    assert math.isnan(log_likelihood(*empty, correction="yates"))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((-1, 2, 10, 10), "count_target holds -1"),
        ((1, math.nan, 10, 10), "count_reference holds a missing count"),
        ((1, math.inf, 10, 10), "count_reference holds inf"),
        ((11, 2, 10, 10), "count_target is 11, but total_target only 10"),
        ((1, "many", 10, 10), "count_reference holds something that is no number"),
        (([1, 2], [1, 2, 3], 10, 10), "same length"),
    ],
)
def test_impossible_counts_are_named(counts: tuple[float, ...], told: str) -> None:
    with pytest.raises(TableError, match=told):
        log_likelihood(*counts)


def test_unknown_options_are_named() -> None:
    with pytest.raises(TableError, match="correction is None, 'yates'"):
        chi_squared(*B, correction="Yates")  # type: ignore[arg-type]
    with pytest.raises(TableError, match="cells is 4 or 2"):
        log_likelihood(*B, cells=3)  # type: ignore[arg-type]
    with pytest.raises(TableError, match="four-cell"):
        log_likelihood(*B, cells=2, correction="yates")


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 5000), st.integers(0, 5000))
def test_both_statistics_do_not_depend_on_which_side_is_the_target(
    a: int, b: int, c: int, d: int
) -> None:
    one, other = (a, b, a + c, b + d), (b, a, b + d, a + c)
    for statistic in (log_likelihood, chi_squared):
        made = statistic(*one)
        assert np.isnan(made) or made >= 0
        assert made == pytest.approx(statistic(*other), nan_ok=True)
