import math

import pytest

from metoo_research.errors import TableError
from metoo_research.words.exact_test import fisher_exact


def test_p_and_conditional_odds_ratio_of_reference() -> None:
    # keyness-fisher: quanteda.textstats, test-textstat_keyness.R, oracle R fisher.test
    p, odds_ratio = fisher_exact(7, 2, 10, 9)
    assert p == pytest.approx(0.06977851869492735, abs=1e-5)
    assert odds_ratio == pytest.approx(7.166306303557892, abs=1e-5)


def test_lady_tasting_tea() -> None:
    # Fisher (1935): 3 of 4 cups right; 1/70 + 16/70 have as many or more
    assert fisher_exact(3, 1, 4, 4, alternative="greater").p == pytest.approx(17 / 70)
    assert fisher_exact(3, 1, 4, 4).p == pytest.approx(34 / 70)
    x = float(fisher_exact(3, 1, 4, 4).odds_ratio)
    assert x == pytest.approx(6.408309, abs=1e-4)  # R, which stops at about 1e-5
    expected = (16 * x + 72 * x**2 + 48 * x**3 + 4 * x**4) / (
        1 + 16 * x + 36 * x**2 + 16 * x**3 + x**4
    )
    assert expected == pytest.approx(3)


def test_tables_as_likely_as_the_observed_one_count() -> None:
    # 2 + 2 of 4 and 4: both ends are as likely, so both count
    assert fisher_exact(4, 0, 4, 4).p == pytest.approx(2 / 70)


def test_odds_ratio_at_the_ends_of_what_is_possible() -> None:
    assert fisher_exact(0, 5, 20, 20).odds_ratio == 0
    assert fisher_exact(5, 0, 20, 20).odds_ratio == math.inf


def test_large_tables_are_as_exact_as_the_sum_of_factorials() -> None:
    p = fisher_exact(3, 12, 10_000, 12_000, alternative="less").p
    total = math.comb(22_000, 15)
    terms = [math.comb(10_000, x) * math.comb(12_000, 15 - x) for x in range(4)]
    assert p == pytest.approx(sum(terms) / total, rel=1e-10)


def test_nothing_to_compare_is_nan() -> None:
    p, odds_ratio = fisher_exact([0, 3], [0, 2], [5, 3], [5, 2])
    assert all(map(math.isnan, [*p, *odds_ratio]))


def test_no_tables_give_no_numbers() -> None:
    assert fisher_exact([], [], [], []).p.tolist() == []


def test_shares_are_refused() -> None:
    with pytest.raises(TableError, match="whole numbers"):
        fisher_exact(0.5, 2, 10, 9)
