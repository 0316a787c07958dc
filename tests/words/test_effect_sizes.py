import math

import pytest

from metoo_research.errors import TableError
from metoo_research.words.effect_sizes import (
    bayes_factor_bic,
    log_odds_ratio,
    log_ratio,
    percent_difference,
    pointwise_mutual_information,
)


def test_log_ratio_of_reference() -> None:
    # keyness-long-vs-short-g2, derived: log2((10 / 100) / (5 / 200))
    assert log_ratio(10, 5, 100, 200) == pytest.approx(2.0)
    assert log_ratio(5, 10, 200, 100) == pytest.approx(-2.0)


def test_a_word_that_one_side_lacks_is_counted_half_or_infinite() -> None:
    assert log_ratio(8, 0, 100, 100) == pytest.approx(4)  # 8 against 0.5
    assert log_ratio(8, 0, 100, 100, zero="infinite") == math.inf
    assert log_ratio(0, 8, 100, 100, zero="infinite") == -math.inf
    with pytest.raises(TableError, match="zero is 'half' or 'infinite'"):
        log_ratio(8, 0, 100, 100, zero="drop")  # type: ignore[arg-type]


def test_percent_difference_compares_rates() -> None:
    assert percent_difference(10, 5, 100, 200) == pytest.approx(300)
    assert percent_difference(5, 5, 200, 100) == pytest.approx(-50)
    assert percent_difference(0, 5, 100, 100) == -100
    assert percent_difference(3, 0, 100, 100) == math.inf


def test_log_odds_ratio_and_its_smoothing() -> None:
    assert log_odds_ratio(7, 2, 10, 9) == pytest.approx(math.log(7 * 7 / (2 * 3)))
    assert log_odds_ratio(5, 0, 10, 10) == math.inf
    smoothed = math.log(5.5 * 10.5 / (0.5 * 5.5))
    assert log_odds_ratio(5, 0, 10, 10, smoothing=0.5) == pytest.approx(smoothed)
    with pytest.raises(TableError, match="smoothing"):
        log_odds_ratio(5, 0, 10, 10, smoothing=-1)


def test_keyness_pmi_of_reference() -> None:
    # keyness-pmi: quanteda.textstats, log(3 * 29 / (5 * 17))
    assert pointwise_mutual_information(3, 2, 17, 12) == pytest.approx(
        0.023256862164267183, abs=1e-4
    )
    assert pointwise_mutual_information(0, 2, 17, 12) == -math.inf


def test_bic_takes_the_logarithm_of_all_words_off() -> None:
    # Wilson (2013), one degree of freedom
    assert bayes_factor_bic(12.0, 60, 40) == pytest.approx(12 - math.log(100))


@pytest.mark.parametrize(
    "effect", [log_ratio, percent_difference, log_odds_ratio, pointwise_mutual_information]
)
def test_a_word_of_neither_side_has_no_effect_size(effect: object) -> None:
    assert callable(effect)
    assert math.isnan(effect(0, 0, 10, 10))
    assert math.isnan(effect(0, 3, 0, 10))
