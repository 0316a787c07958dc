import math

import pytest

from metoo_research.errors import TableError
from metoo_research.words.log_odds import dirichlet_log_odds


def test_uninformative_prior_of_reference() -> None:
    # fightin-words-uninformative: scattertext, test_logOddsUninformativePriorScore.py
    made = dirichlet_log_odds([1, 5, 1, 9], [100, 510, 100, 199], prior=0.01)
    assert made.z == pytest.approx([-0.589845, -1.905684, -0.589845, 2.983064], abs=1e-6)
    # its score is 1 - 2 Phi(z), which is -erf(z / sqrt(2))
    scores = [-math.erf(z / math.sqrt(2)) for z in made.z]
    expected = [0.4447054, 0.9433088, 0.4447054, -0.9971462]
    assert scores == pytest.approx(expected, abs=1e-6)


def test_informative_prior_by_hand() -> None:
    # y + alpha: 5 and 3 of 14 and 13 with prior
    made = dirichlet_log_odds([4, 5], [2, 6], prior=[1, 4])
    delta = math.log(5 / 9) - math.log(3 / 10)
    assert made.log_odds[0] == pytest.approx(delta)
    assert made.z[0] == pytest.approx(delta / math.sqrt(1 / 5 + 1 / 9 + 1 / 3 + 1 / 10))
    short = dirichlet_log_odds([4, 5], [2, 6], prior=[1, 4], variance="approximate")
    assert short.z[0] == pytest.approx(delta / math.sqrt(1 / 5 + 1 / 3))


def test_a_prior_draws_a_rare_word_to_the_middle() -> None:
    weak = dirichlet_log_odds([2, 98], [0, 100], prior=0.01).z[0]
    strong = dirichlet_log_odds([2, 98], [0, 100], prior=[10, 990]).z[0]
    assert 0 < strong < weak


def test_a_word_without_count_and_prior_is_nan() -> None:
    made = dirichlet_log_odds([0, 5, 3], [2, 6, 1], prior=[0, 4, 1])
    assert math.isnan(made.log_odds[0])
    assert math.isnan(made.z[0])
    assert math.isfinite(made.z[1])


@pytest.mark.parametrize(
    ("one", "other", "prior"),
    [([1], [1, 2], 0.1), ([1], [-1], 0.1), ([1], [1], math.nan), ([1, 2], [1, 2], [1.0])],
)
def test_what_cannot_be_counts_is_refused(
    one: list[float], other: list[float], prior: float | list[float]
) -> None:
    with pytest.raises(TableError):
        dirichlet_log_odds(one, other, prior=prior)
