"""Measures of lexical diversity against published numbers.

Ids are those of published cases. All cases of the family apply; where a program names another
variant, the test says how ours is turned into it.
"""

import json
import math
from collections import Counter

import numpy as np
import pytest
from example_tables import Tables, make_tables
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.results import Result
from metoo_research.words import lexical_diversity

LAMB = (
    "Mary had a little lamb, its fleece was white as snow. "
    "And everywhere that Mary went, the lamb was sure to go."
)


def measures(text: str, **options: float) -> dict[str, float]:
    made = make_tables({"1": [text]})
    table = lexical_diversity(made.tokens, made.articles, **options)  # type: ignore[arg-type]
    return {str(key): value for key, value in table.iloc[0].items() if key != "article_id"}


@pytest.mark.parametrize(
    ("text", "measure", "expected", "tolerance"),
    [
        # lexdiv-basic (quanteda, test-textstat_lexdiv.R)
        ("b a b a b a b a", "ttr", 0.25, 1e-9),
        ("b a b a b a b a", "cttr", 0.5, 1e-9),
        ("b a b a b a b a", "guiraud_r", 0.7071067811865475, 1e-9),
        ("b a b a b a b a", "herdan_c", 0.3333333333333333, 1e-9),
        ("a a b b", "ttr", 0.5, 1e-9),
        ("a a b b", "cttr", 0.7071067811865475, 1e-9),
        ("a a b b", "guiraud_r", 1.0, 1e-9),
        ("a a b b", "herdan_c", 0.5, 1e-9),
        # lexdiv-maas (quanteda): a, to base 10
        ("b a b a b a b a", "maas", 0.8591892942235155, 1e-9),
        # lexdiv-yule-k (koRpus, by way of quanteda)
        ("a b c d d e e f f f", "yule_k", 1000, 1e-3),
        ("a b c d d e e f f f g g g g", "yule_k", 1122.449, 1e-3),
        # lexdiv-textacy (textacy, test_diversity.py; relative tolerance 0.02)
        (LAMB, "ttr", 0.864, 0.864 * 0.02),
        (LAMB, "guiraud_r", 4.051, 4.051 * 0.02),
        (LAMB, "cttr", 2.864, 2.864 * 0.02),
        (LAMB, "herdan_c", 0.953, 0.953 * 0.02),
        (LAMB, "summer_s", 0.835, 0.835 * 0.02),
        (LAMB, "dugast_u", 28.304, 28.304 * 0.02),
        # lexrich-cross (LexicalRichness): its text after its own preparation
        ("test text with some text numbers hyphenhere and text punctuations",
         "yule_k", 600, 1e-3),
        ("test text with some text numbers hyphenhere and text punctuations",
         "yule_i", 8, 1e-3),
        ("test text with some text numbers hyphenhere and text punctuations",
         "simpson_d", 0.06666666666666667, 1e-3),
        # entropy (textacy, test_basics.py)
        ("Many years later, as he faced the firing squad, Colonel Aureliano Buendía was to "
         "remember that distant afternoon when his father took him to discover ice.",
         "entropy", 4.623516641218013, 1e-4),
    ],
)  # fmt: skip
def test_published_cases(text: str, measure: str, expected: float, tolerance: float) -> None:
    assert measures(text)[measure] == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize(("window", "expected"), [(2, 5 / 6), (3, 2 / 3), (4, 0.5)])
def test_published_moving_averages(window: int, expected: float) -> None:
    # lexdiv-mattr (quanteda)
    text = "one one two one one two one"
    assert measures(text, window=window)["mattr"] == pytest.approx(expected, abs=1e-12)


def test_published_segments_and_moving_average() -> None:
    # lexdiv-textacy: windows of 20
    found = measures(LAMB, window=20)
    assert found["msttr"] == pytest.approx(0.85, rel=0.02)
    assert found["mattr"] == pytest.approx(0.883, rel=0.02)


def test_the_square_of_maas_to_base_e_is_that_of_another_program() -> None:
    # lexrich-cross: LexicalRichness gives a squared, with natural logarithms
    text = "test text with some text numbers hyphenhere and text punctuations"
    squared = measures(text)["maas"] ** 2 / math.log(10)
    assert squared == pytest.approx(0.04208748389057132, abs=1e-3)


def test_mtld_counts_factors_in_both_directions() -> None:
    # Forward: a b b fills a factor (2/3 <= .72), c c (1/2) and a a (1/2) two more: 7 / 3.
    # Backward: a a, c c, b b, and a left over that adds nothing: 7 / 3.
    assert measures("a b b c c a a")["mtld"] == pytest.approx(7 / 3)


def test_mtld_counts_the_rest_in_part() -> None:
    # One direction as the other: a b c d a has a ratio of 4/5, (1 - 4/5) / (1 - .72) factors.
    assert measures("a b c d a")["mtld"] == pytest.approx(5 / (0.2 / 0.28))


def test_mtld_takes_a_ratio_at_the_threshold_for_reached() -> None:
    # 18 types among 25 tokens are .72; the first 24 tokens stay over it.
    types = [f"w{number}" for number in range(18)]
    text = [*types, *types[:7]]
    forward = 25 / 1
    backward_partial = (1 - 18 / 25) / (1 - 0.72)
    assert measures(" ".join(text))["mtld"] == pytest.approx(
        (forward + 25 / backward_partial) / 2
    )


def test_hdd_is_the_mean_over_all_samples() -> None:
    # Of a a b, the samples of two are aa, ab, ab: 1, 2 and 2 types.
    assert measures("a a b", hdd_sample=2)["hdd"] == pytest.approx((1 + 2 + 2) / 3 / 2)


@pytest.fixture
def papers() -> Tables:
    return make_tables(
        {"1": ["Drivers strike, drivers march."], "2": [], "3": ["Again!"]},
        outlet=["Gazette", "Gazette", "Herald"],
    )


def test_counts_stand_beside_the_measures(papers: Tables) -> None:
    table = lexical_diversity(papers.tokens, papers.articles)
    assert table["article_id"].tolist() == ["1", "2", "3"]
    assert table["tokens"].tolist() == [4, 0, 1]
    assert table["types"].tolist() == [3, 0, 1]
    assert table["hapaxes"].tolist() == [2, 0, 1]


def test_what_is_not_defined_is_missing_with_its_reason(papers: Tables) -> None:
    table = lexical_diversity(papers.tokens, papers.articles)
    assert table.iloc[1, 4:].isna().all()
    assert table["hdd"].isna().all()
    assert table["herdan_c"].isna().tolist() == [False, True, True]
    reasons = table.attrs["not_computed"]
    assert reasons["herdan_c"] == "no token (1 of 3 rows), one token (1 of 3 rows)"
    assert reasons["hdd"] == "fewer than 42 tokens (2 of 3 rows), no token (1 of 3 rows)"
    assert "fewer than 42 tokens" in repr(table)


def test_articles_of_a_group_are_one_text(papers: Tables) -> None:
    table = lexical_diversity(papers.tokens, papers.articles, by="outlet", window=4)
    assert table["outlet"].tolist() == ["Gazette", "Herald"]
    assert table["mattr"].iloc[0] == pytest.approx(3 / 4)
    whole = lexical_diversity(papers.tokens, papers.articles, by=None)
    assert whole["tokens"].tolist() == [5]


def test_order_of_tokens_changes_nothing() -> None:
    made = make_tables({"1": [LAMB], "2": [LAMB[::-1]]})
    shuffled = made.tokens.sample(frac=1, random_state=1)
    options = {"window": 5}
    plain = lexical_diversity(made.tokens, made.articles, **options)  # type: ignore[arg-type]
    again = lexical_diversity(shuffled, made.articles, **options)  # type: ignore[arg-type]
    assert plain.equals(again)


def test_a_corpus_without_a_word_has_rows_and_no_warning() -> None:
    made = make_tables({"1": ["!"]})
    table = lexical_diversity(made.tokens, made.articles)
    assert table["tokens"].tolist() == [0]
    assert table["ttr"].isna().all()


@pytest.mark.parametrize("options", [{"window": 0}, {"mtld_threshold": 1.0}, {"hdd_sample": 0}])
def test_options_without_meaning_are_refused(papers: Tables, options: dict[str, float]) -> None:
    with pytest.raises(TableError, match=next(iter(options))):
        lexical_diversity(papers.tokens, papers.articles, **options)  # type: ignore[arg-type]


def test_settings_can_be_written_as_json(papers: Tables) -> None:
    table = lexical_diversity(papers.tokens, papers.articles)
    assert isinstance(table, Result)
    assert json.loads(json.dumps(table.attrs)) == table.attrs


@given(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=60), st.integers(1, 12))
def test_windows_and_samples_agree_with_counting_one_by_one(text: list[str], size: int) -> None:
    found = measures(" ".join(text), window=size, hdd_sample=size)
    n = len(text)
    if n < size:
        assert math.isnan(found["mattr"])
        assert math.isnan(found["hdd"])
        return
    ratios = [len(set(text[at : at + size])) / size for at in range(n - size + 1)]
    assert found["mattr"] == pytest.approx(np.mean(ratios))
    assert found["msttr"] == pytest.approx(np.mean(ratios[::size]))
    never = [math.comb(n - f, size) / math.comb(n, size) for f in Counter(text).values()]
    assert found["hdd"] == pytest.approx(sum(1 - one for one in never) / size)
