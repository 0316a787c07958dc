import math
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.words.contingency import log_likelihood
from metoo_research.words.permutation import Permutation, permutation_p


def p_of_one_word(
    counts: list[int], sizes: list[int], n_target: int, permutations: int = 1000, seed: int = 1
) -> float:
    there = np.flatnonzero(counts).astype(np.int64)
    p, _ = permutation_p(
        there,
        np.zeros(len(there), dtype=np.int64),
        np.asarray(counts, dtype=np.float64)[there],
        article_sizes=np.asarray(sizes, dtype=np.float64),
        is_target=np.arange(len(counts)) < n_target,
        n_terms=1,
        permutations=permutations,
        seed=seed,
    )
    return float(p[0])


def test_two_against_three_articles_give_no_p_under_a_tenth() -> None:
    plan = Permutation(articles_target=2, articles_reference=3)
    assert plan.exact
    assert plan.smallest_p == pytest.approx(0.1)  # 1 of 10 labelings
    assert p_of_one_word([9, 9, 0, 0, 0], [100] * 5, n_target=2) == pytest.approx(0.1)


def test_groups_of_one_size_can_change_places() -> None:
    assert Permutation(3, 3).smallest_p == pytest.approx(2 / 20)
    assert p_of_one_word([5, 5, 5, 0, 0, 0], [50] * 6, n_target=3) == pytest.approx(2 / 20)


def test_all_labelings_of_articles_of_different_sizes() -> None:
    counts, sizes = [4, 1, 3, 0, 2], [100, 40, 90, 20, 150]

    def g2_of(chosen: tuple[int, ...]) -> float:
        a, n = sum(counts[i] for i in chosen), sum(sizes[i] for i in chosen)
        return float(log_likelihood(a, sum(counts) - a, n, sum(sizes) - n))

    observed = g2_of((0, 1))
    reached = [g2_of(chosen) >= observed - 1e-9 for chosen in combinations(range(5), 2)]
    expected = sum(reached) / 10
    assert 0.1 < expected < 1
    assert p_of_one_word(counts, sizes, n_target=2) == pytest.approx(expected)


def test_random_labelings_come_near_to_all_of_them() -> None:
    counts, sizes = [6, 3, 5, 4, 1, 0, 2, 3, 0, 1], [100] * 10
    exact = p_of_one_word(counts, sizes, n_target=4)
    drawn = p_of_one_word(counts, sizes, n_target=4, permutations=209, seed=3)
    assert drawn == pytest.approx(exact, abs=0.1)
    assert drawn != exact
    assert drawn == p_of_one_word(counts, sizes, n_target=4, permutations=209, seed=3)
    # one of 210 labelings alone is as extreme, but so few draws cannot show it
    assert Permutation(4, 6, permutations=99).smallest_p == pytest.approx(0.01)


def test_very_many_articles_have_a_number_of_labelings_that_can_be_written() -> None:
    plan = Permutation(40_000, 60_000)
    assert plan.settings()["labelings"] == "over 10^15"
    assert plan.smallest_p == pytest.approx(1 / 1001)


def test_without_labelings_there_is_no_p() -> None:
    assert math.isnan(p_of_one_word([1, 0], [5, 5], n_target=1, permutations=0))
    assert math.isnan(Permutation(1, 1, permutations=0).smallest_p)


def test_a_word_that_is_the_only_one_has_no_p() -> None:
    assert math.isnan(p_of_one_word([5, 5], [5, 5], n_target=1))


@pytest.mark.parametrize("wrong", [{"permutations": -1}, {"seed": -1}])
def test_negative_options_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(TableError, match="0"):
        Permutation(2, 3, **wrong)


def test_labels_hold_as_many_articles_as_the_target() -> None:
    labels: list[NDArray[np.bool_]] = list(Permutation(2, 2).labels())
    assert [int(label.sum()) for label in labels] == [2] * 6
    assert len({tuple(label.tolist()) for label in labels}) == 6
