import json
import math

import numpy as np
import pytest
from example_tables import make_tables
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.words import gries_dp, gries_dp_norm, juilland_d, word_dispersion

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
    assert 0 <= juilland_d(counts, sizes) <= 1


@settings(deadline=None)
@given(parts)
def test_order_of_parts_does_not_matter(drawn: list[tuple[int, int]]) -> None:
    counts = [count for count, _ in drawn]
    sizes = [size for _, size in drawn]
    if sum(counts):
        assert gries_dp(counts[::-1], sizes[::-1]) == pytest.approx(gries_dp(counts, sizes))


# Reference case dispersion-gries: the worked example of Gries (2019), with the values that
# scattertext tests itself against (test_Dispersion.py, three decimals); "a" is derived.
# quanteda.extras divides by n - 1 and so has Juilland's D of -0.118 for i, q and x: not ours.
PARTS = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]
MEASURES = ["range", "sd", "vc", "juilland_d", "rosengren_s", "dp", "dp_norm", "kl_divergence"]
REFERENCE = {
    "b": [5, 0, 0, 0.968, 0.999, 0.02, 0.024, 0.003],
    "i": [1, 0.4, 2, 0, 0.18, 0.82, 1, 2.474],
    "q": [1, 0.4, 2, 0, 0.2, 0.8, 0.976, 2.322],
    "x": [1, 0.4, 2, 0, 0.22, 0.78, 0.951, 2.184],
    "a": [5, 1.4142, 0.4714, 0.7852, 0.9498, 0.18, 0.2195, 0.137],
}


@pytest.mark.parametrize(("word", "expected"), REFERENCE.items())
def test_reference_case_dispersion_gries(word: str, expected: list[float]) -> None:
    made = make_tables({str(number): [part] for number, part in enumerate(PARTS)})
    table = word_dispersion(made.tokens, made.articles)
    row = table[table["word"] == word].iloc[0]
    assert row[MEASURES].tolist() == pytest.approx(expected, abs=6e-4)


def test_words_stand_by_count_or_in_the_order_asked_for() -> None:
    made = make_tables({"1": ["sea sand sea"], "2": ["wind sea sand"]})
    table = word_dispersion(made.tokens, made.articles)
    assert table["word"].tolist() == ["sea", "sand", "wind"]
    asked = word_dispersion(made.tokens, made.articles, words=["Wind", "sea"])
    assert asked["word"].tolist() == ["wind", "sea"]


def test_a_word_that_does_not_occur_has_a_row_without_measures() -> None:
    made = make_tables({"1": ["sea"], "2": ["sand"]})
    row = word_dispersion(made.tokens, made.articles, words=["wind"]).iloc[0]
    assert row[["count", "range", "sd"]].tolist() == [0, 0, 0]
    assert row[MEASURES[2:]].isna().all()


def test_groups_are_measured_over_their_own_articles() -> None:
    made = make_tables(
        {"1": ["sea sea"], "2": ["sea sand"], "3": ["sea"], "4": []},
        outlet=["North", "North", "South", "South"],
    )
    table = word_dispersion(made.tokens, made.articles, words=["sea"], by="outlet")
    assert table["outlet"].tolist() == ["North", "South"]
    assert table["dp"].iloc[0] == pytest.approx(gries_dp([2, 1], [2, 2]))
    # An article without words is none to be spread over.
    assert table["articles_compared"].tolist() == [2, 1]
    assert table[MEASURES[1:]].iloc[1].isna().all()
    assert table.attrs["not_computed"]["rows_with_fewer_than_two_articles"] == 1


def test_a_word_of_two_kinds_is_one_word() -> None:
    made = make_tables({"1": ["run run"], "2": ["run"]})
    made.tokens.loc[1, "kind"] = "hashtag"
    table = word_dispersion(made.tokens, made.articles)
    assert table[["word", "count", "range"]].to_numpy().tolist() == [["run", 3, 2]]
    assert table["dp"].iloc[0] == 0


@settings(deadline=None)
@given(parts)
def test_the_table_agrees_with_the_functions_for_one_word(
    drawn: list[tuple[int, int]],
) -> None:
    counts = [min(count, 9) for count, _ in drawn]
    sizes = [count + size % 7 for count, (_, size) in zip(counts, drawn, strict=True)]
    made = make_tables(
        {
            str(number): [" ".join(["sea"] * count + ["x"] * (size - count))]
            for number, (count, size) in enumerate(zip(counts, sizes, strict=True))
        }
    )
    row = word_dispersion(made.tokens, made.articles, words=["sea"]).iloc[0]
    expected = [one(counts, sizes) for one in (gries_dp, gries_dp_norm, juilland_d)]
    found = row[["dp", "dp_norm", "juilland_d"]].tolist()
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_rare_words_are_left_out_and_settings_can_be_written_as_json() -> None:
    made = make_tables({"1": ["sea sea sand"], "2": ["wind sea 4"]})
    table = word_dispersion(made.tokens, made.articles, min_count=2)
    assert table["word"].tolist() == ["sea"]
    assert table.attrs["left_out"] == {
        "min_count": {"rows": 2, "tokens": 2},
        "other_kinds": {"tokens": 1},
    }
    assert json.loads(json.dumps(table.attrs)) == table.attrs


def test_no_articles_give_an_empty_table() -> None:
    made = make_tables({"1": ["sea"]})
    empty = word_dispersion(made.tokens.head(0), made.articles.head(0))
    assert empty.dtypes.tolist() == word_dispersion(made.tokens, made.articles).dtypes.tolist()


def test_a_lone_word_instead_of_a_list_is_refused() -> None:
    made = make_tables({"1": ["sea"]})
    with pytest.raises(TableError, match=r"write \['sea'\]"):
        word_dispersion(made.tokens, made.articles, words="sea")
