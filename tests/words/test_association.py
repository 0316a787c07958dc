"""Association of two words. The reference cases are NLTK's published ones."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from nltk.metrics import BigramAssocMeasures

from metoo_research.errors import TableError
from metoo_research.words.association import (
    pair_chi_squared,
    pair_information,
    pair_log_dice,
    pair_log_likelihood,
    pair_poisson_stirling,
    pair_t_score,
)

PAIRS = [(20, 42, 20, 14307668), (8, 15828, 4675, 14307668), (1, 3, 4, 50), (3, 10, 4, 30)]


@pytest.mark.parametrize(
    ("measure", "counts", "expected", "tolerance"),
    [
        # Dunning (1993): assoc-likelihood_ratio-0, assoc-likelihood_ratio-1
        (pair_log_likelihood, (110, 2552, 221, 31777), 270.72, 0.005),
        (pair_log_likelihood, (8, 13, 32, 31777), 95.29, 0.005),
        # Manning & Schütze 5.3.2, 5.3.3, 5.4: assoc-student_t-2, assoc-chi_sq-4, assoc-pmi-6
        (pair_t_score, (8, 15828, 4675, 14307668), 0.9999, 5e-5),
        (pair_chi_squared, (8, 15828, 4675, 14307668), 1.55, 0.005),
        # Manning & Schütze, tables 5.6 and 5.9
        (pair_t_score, (20, 42, 20, 14307668), 4.4721, 5e-5),
        (pair_chi_squared, (59, 67, 65, 571007), 456400, 50),
        (pair_information, (20, 42, 20, 14307668), 18.38, 0.005),
    ],
)
def test_published_values(
    measure: Callable[..., float],
    counts: tuple[int, int, int, int],
    expected: float,
    tolerance: float,
) -> None:
    assert measure(*counts) == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize(
    ("ours", "name"),
    [
        (pair_log_likelihood, "likelihood_ratio"),
        (pair_t_score, "student_t"),
        (pair_chi_squared, "chi_sq"),
        (pair_information, "pmi"),
    ],
)
def test_equal_to_nltk(ours: Callable[..., list[float]], name: str) -> None:
    theirs = getattr(BigramAssocMeasures, name)
    expected = [theirs(n_ii, (n_ix, n_xi), n_xx) for n_ii, n_ix, n_xi, n_xx in PAIRS]
    assert ours(*np.array(PAIRS).T) == pytest.approx(expected, rel=1e-9)


def test_log_dice_is_fourteen_for_words_that_only_stand_together() -> None:
    assert pair_log_dice(5, 5, 5, 1000) == pytest.approx(14)  # Rychlý (2008)
    dice = BigramAssocMeasures.dice(3, (10, 4), 30)
    assert pair_log_dice(3, 10, 4, 30) == pytest.approx(14 + math.log2(dice))


def test_poisson_stirling_takes_the_natural_logarithm() -> None:
    expected = 20 * (math.log(20 / (42 * 20 / 14307668)) - 1)
    assert pair_poisson_stirling(20, 42, 20, 14307668) == pytest.approx(expected)
    theirs = BigramAssocMeasures.poisson_stirling(20, (42, 20), 14307668)
    assert pair_poisson_stirling(20, 42, 20, 14307668, base=2) == pytest.approx(theirs)


def test_words_that_never_stand_together() -> None:
    apart = (0, 5, 5, 100)
    assert pair_information(*apart) == -math.inf
    assert pair_log_dice(*apart) == -math.inf
    assert math.isnan(pair_t_score(*apart))
    assert pair_poisson_stirling(*apart) == 0
    assert pair_log_likelihood(*apart) > 0


def test_a_word_that_does_not_occur_has_no_association() -> None:
    for measure in (pair_information, pair_t_score, pair_log_dice, pair_poisson_stirling):
        assert math.isnan(measure(0, 0, 5, 100))
    assert math.isnan(pair_log_likelihood(0, 0, 5, 100))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((6, 9, 5, 100), "n_ii is larger than n_xi"),
        ((5, 200, 9, 100), "n_ix is larger than n_xx"),
        ((9, 5, 20, 100), "n_ii is larger than n_ix"),
    ],
)
def test_counts_that_contradict_each_other_are_named(
    counts: tuple[int, int, int, int], told: str
) -> None:
    with pytest.raises(TableError, match=told):
        pair_chi_squared(*counts)
