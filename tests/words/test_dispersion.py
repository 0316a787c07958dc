import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.words import gries_dp, gries_dp_norm, juilland_d

# The five parts of nine to eleven letters that Gries (2019) works through by hand; the values
# are those that scattertext tests itself against (test_Dispersion.py), three decimals.
PART_SIZES = [9, 10, 10, 10, 11]
WORKED_EXAMPLE = [
    # counts, DP, DPnorm, Juilland's D
    ([2, 2, 2, 2, 2], 0.020, 0.024, 0.968),
    ([1, 0, 0, 0, 0], 0.820, 1.000, 0.000),
    ([0, 1, 0, 0, 0], 0.800, 0.976, 0.000),
    ([0, 0, 0, 0, 1], 0.780, 0.951, 0.000),
    ([1, 2, 3, 4, 5], 0.180, 0.2195, 0.7852),
]


@pytest.mark.parametrize(("counts", "dp", "dp_norm", "d"), WORKED_EXAMPLE)
def test_published_worked_example(
    counts: list[int], dp: float, dp_norm: float, d: float
) -> None:
    assert gries_dp(counts, PART_SIZES) == pytest.approx(dp, abs=6e-4)
    assert gries_dp_norm(counts, PART_SIZES) == pytest.approx(dp_norm, abs=6e-4)
    assert juilland_d(counts, PART_SIZES) == pytest.approx(d, abs=6e-4)


def test_a_word_spread_evenly_has_dispersion_zero() -> None:
    assert gries_dp([10, 10, 10, 10], [100, 100, 100, 100]) == 0  # Gries 2008: v = s


def test_spread_is_judged_against_the_sizes_of_the_parts() -> None:
    assert gries_dp([1, 3], [100, 300]) == 0
    assert gries_dp([2, 2], [100, 300]) == pytest.approx(0.25)  # (|.5-.25| + |.5-.75|) / 2


@pytest.mark.parametrize("measure", [gries_dp, gries_dp_norm, juilland_d])
@pytest.mark.parametrize(
    ("counts", "sizes"),
    [([3], [50]), ([3, 0], [50, 0]), ([0, 0], [50, 50]), ([], [])],
    ids=["one part", "one part with tokens", "no occurrence", "no part"],
)
def test_without_anything_to_compare_it_is_nan(
    measure: object, counts: list[int], sizes: list[int]
) -> None:
    assert callable(measure)
    assert math.isnan(measure(counts, sizes))


def test_an_empty_part_changes_nothing() -> None:
    # The minimum of s in DPnorm is that of the parts where a word can stand.
    assert gries_dp([3, 1, 0], [50, 50, 0]) == gries_dp([3, 1], [50, 50])
    assert gries_dp_norm([3, 1, 0], [50, 50, 0]) == gries_dp_norm([3, 1], [50, 50])
    assert juilland_d([3, 1, 0], [50, 50, 0]) == juilland_d([3, 1], [50, 50])


@pytest.mark.parametrize(
    ("counts", "sizes", "message"),
    [
        ([1, 2], [10], "same length"),
        ([-1, 2], [10, 10], "negative"),
        ([1, 2], [10, 0], "without tokens"),
        ([1, math.nan], [10, 10], "finite"),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    counts: list[float], sizes: list[float], message: str
) -> None:
    with pytest.raises(TableError, match=message):
        gries_dp(counts, sizes)


parts = st.lists(
    st.integers(1, 1000).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))),
    min_size=2,
    max_size=12,
)


@settings(deadline=None)
@given(parts)
def test_measures_stay_in_their_range(drawn: list[tuple[int, int]]) -> None:
    counts = [count for count, _ in drawn]
    sizes = [size for _, size in drawn]
    if not sum(counts):
        return
    highest = 1 - min(sizes) / sum(sizes)
    assert -1e-12 <= gries_dp(counts, sizes) <= highest + 1e-12
    assert -1e-12 <= gries_dp_norm(counts, sizes) <= 1 + 1e-12
    assert -1e-12 <= juilland_d(counts, sizes) <= 1 + 1e-12


@settings(deadline=None)
@given(parts)
def test_order_of_parts_does_not_matter(drawn: list[tuple[int, int]]) -> None:
    counts = [count for count, _ in drawn]
    sizes = [size for _, size in drawn]
    if sum(counts):
        assert gries_dp(counts[::-1], sizes[::-1]) == pytest.approx(gries_dp(counts, sizes))
