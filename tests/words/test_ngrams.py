"""N-grams.

Reference case ``ngrams-padding``: ours is the padded variant, in which a removed word leaves
a gap. The other one (a_c, d_f: pairs that the text has not) does not apply.

Reference case ``compound`` does not apply: joining words of a phrase into one token would
make a token that is not what stands in the article at its offsets. Phrases are counted by
`word_trend` and `ngram_frequency` and shown by `concordance` as they stand.
"""

import json
from collections import Counter

import pandas as pd
import pytest
from example_tables import make_tables
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.words import gries_dp, ngram_frequency


def counts_of(sentences: list[str], **options: object) -> dict[str, int]:
    made = make_tables({"1": sentences})
    table = ngram_frequency(made.tokens, made.articles, **options)  # type: ignore[arg-type]
    return dict(zip(table["ngram"], table["count"], strict=True))


@pytest.mark.parametrize(("n", "expected"), [(2, ["c d", "f g"]), (3, [])])
def test_reference_case_ngrams_padding(n: int, expected: list[str]) -> None:
    # quanteda 4.3.1, test-tokens-word4.R, with padding = TRUE
    found = counts_of(["a b c d e f g"], n=n, stop_words=["b", "e"])
    assert list(found) == expected


def test_neighbours_are_counted() -> None:
    assert counts_of(["Night bus, night bus now"]) == {
        "night bus": 2,
        "bus now": 1,
    }  # nothing across the comma


def test_no_ngram_crosses_a_sentence() -> None:
    assert counts_of(["Buses stop", "here now"]) == {"buses stop": 1, "here now": 1}


def test_no_ngram_crosses_an_article() -> None:
    made = make_tables({"1": ["Buses stop"], "2": ["here now"]})
    table = ngram_frequency(made.tokens, made.articles)
    assert set(table["ngram"]) == {"buses stop", "here now"}


def test_punctuation_can_be_passed_over_but_not_a_number() -> None:
    sentence = ["Night bus, night 24 bus now"]
    assert counts_of(sentence, across_punctuation=True) == {
        "bus night": 1,
        "bus now": 1,
        "night bus": 1,
    }
    assert counts_of(sentence, kinds=["word", "number"])["24 bus"] == 1


def test_a_skip_gram_leaves_out_so_many_words_in_all() -> None:
    assert set(counts_of(["a b c d"], n=3, skip=1)) == {"a b c", "b c d", "a b d", "a c d"}


def test_a_skip_gram_does_not_skip_a_removed_word() -> None:
    assert counts_of(["a b c"], skip=1, stop_words=["b"]) == {}
    assert counts_of(["a, c"], skip=1) == {}


words = st.lists(st.sampled_from("abc"), min_size=1, max_size=12)


@settings(deadline=None, max_examples=40)
@given(words, st.integers(2, 4), st.integers(0, 3))
def test_skip_grams_are_those_of_nltk(sentence: list[str], n: int, skip: int) -> None:
    from nltk.util import ngrams, skipgrams

    made = skipgrams(sentence, n, skip) if skip else ngrams(sentence, n)
    # NLTK pads the end; windows of fewer words than n are no n-grams.
    expected = Counter(" ".join(gram) for gram in made if None not in gram)
    assert counts_of([" ".join(sentence)], n=n, skip=skip) == expected


def test_rates_ranks_and_dispersion_are_over_ngrams() -> None:
    made = make_tables({"1": ["a b a b"], "2": ["a b", "c d e"], "3": ["a"]})
    table = ngram_frequency(made.tokens, made.articles)
    first = table.iloc[0]
    assert (first["ngram"], first["count"], first["rank"]) == ("a b", 3, 1)
    assert first["ngrams_counted"] == 6
    assert first["per_million"] == pytest.approx(500_000)
    assert (first["articles_containing"], first["articles_counted"]) == (2, 3)
    assert first["dispersion_dp"] == pytest.approx(gries_dp([2, 1, 0], [3, 3, 0]))
    assert table["ngram"].tolist() == ["a b", "b a", "c d", "d e"]
    assert table["rank"].tolist() == [1, 2, 2, 2]


def test_several_lengths_stand_below_one_another_in_each_group() -> None:
    made = make_tables({"1": ["a b c"], "2": ["d e f"]}, outlet=["North", "South"])
    table = ngram_frequency(made.tokens, made.articles, n=[3, 2], by="outlet")
    assert table["ngram"].tolist() == ["a b", "b c", "a b c", "d e", "e f", "d e f"]
    assert table["outlet"].tolist() == ["North"] * 3 + ["South"] * 3
    assert table["ngrams_counted"].tolist() == [2, 2, 1] * 2


def test_rare_ngrams_and_stop_words_are_accounted_for() -> None:
    made = make_tables({"1": ["the bus, the bus, a bus stop and bus stop", "12 buses"]})
    table = ngram_frequency(made.tokens, made.articles, min_count=2, stop_words="en")
    assert table["ngram"].tolist() == ["bus stop"]
    assert table.attrs["left_out"] == {
        "min_count": {"rows": 0, "occurrences": 0},
        "stop_words": {"tokens": 4},
        "other_kinds": {"tokens": 3},
    }
    every = ngram_frequency(made.tokens, made.articles, min_count=2)
    assert every.attrs["left_out"]["min_count"] == {"rows": 3, "occurrences": 3}
    assert every["count"].sum() + 3 == every["ngrams_counted"].iloc[0]


def test_order_of_tokens_and_categorical_columns_change_nothing() -> None:
    made = make_tables({"1": ["a b a b c", "c a"], "2": ["b a b"]})
    plain = ngram_frequency(made.tokens, made.articles, n=[2, 3], skip=1)
    columns = dict.fromkeys(["article_id", "word", "kind"], "category")
    shuffled = made.tokens.sample(frac=1, random_state=2).astype(columns)
    again = ngram_frequency(shuffled, made.articles, n=[2, 3], skip=1)
    pd.testing.assert_frame_equal(plain, again)


@pytest.mark.parametrize("sentences", [[], ["Buses"], ["the of"]])
def test_nothing_to_count_gives_an_empty_table(sentences: list[str]) -> None:
    full, made = make_tables({"1": ["a b"]}), make_tables({"1": sentences})
    empty = ngram_frequency(made.tokens, made.articles, stop_words="en")
    assert empty.empty
    assert empty.dtypes.tolist() == ngram_frequency(full.tokens, full.articles).dtypes.tolist()


def test_settings_can_be_written_as_json() -> None:
    made = make_tables({"1": ["a b"], "2": []})
    attrs = ngram_frequency(made.tokens, made.articles, by="article_id").attrs
    assert json.loads(json.dumps(attrs)) == attrs
    assert attrs["groups_without_rows"] == [{"article_id": "2"}]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 1}, "counted by word_frequency"),
        ({"n": 6}, "from 2 to 5"),
        ({"n": []}, "from 2 to 5"),
        ({"skip": -1}, "skip"),
        ({"min_count": 0}, "min_count"),
        ({"kinds": ["wrd"]}, "no token kind"),
    ],
)
def test_options_without_meaning_are_refused(options: dict[str, object], message: str) -> None:
    made = make_tables({"1": ["a b"]})
    with pytest.raises(TableError, match=message):
        ngram_frequency(made.tokens, made.articles, **options)  # type: ignore[arg-type]
