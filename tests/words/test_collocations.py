"""Collocations. The reference cases are quanteda.textstats'; `test_association` has NLTK's."""

import math
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from example_tables import make_tables

from metoo_research.errors import TableError
from metoo_research.words import gries_dp
from metoo_research.words.association import pair_log_dice, pair_log_likelihood
from metoo_research.words.collocations import collocations


def found(texts: dict[str, list[str]], **options: Any) -> pd.DataFrame:
    made = make_tables(texts)
    return collocations(made.tokens, made.articles, **options)


def column(table: pd.DataFrame, name: str) -> dict[str, Any]:
    return dict(zip(table["collocation"], table[name].tolist(), strict=True))


def table_of_words(words: str, kinds: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One sentence; a kind is w (word) or n (number)."""
    named = {"w": "word", "n": "number"}
    tokens = pd.DataFrame(
        {
            "article_id": "x",
            "sentence_id": 0,
            "start": range(len(words.split())),
            "word": words.split(),
            "kind": [named[one] for one in kinds],
        }
    )
    return tokens, pd.DataFrame({"article_id": ["x"]})


def test_lambda_and_z_of_reference() -> None:
    # colloc-lambda-z: punctuation ends a window, an empty document changes nothing
    table = found(
        {"1": ["I like good ice cream."], "2": ["Me too!  I like good ice cream."], "3": []}
    )
    assert table["collocation"].tolist() == ["good ice", "i like", "ice cream", "like good"]
    assert table["count"].tolist() == [2] * 4
    assert table["lambda"].tolist() == pytest.approx([4.317488] * 4, abs=1e-5)
    assert table["z"].tolist() == pytest.approx([2.027787] * 4, abs=1e-5)


def test_removed_words_keep_their_place_as_in_reference() -> None:
    # colloc-lambda-padding: the small letters are replaced by pads
    tokens, articles = table_of_words(
        "e e g f a b c e e g g f e e f f g g", "wwwwnnnwwwwnwwnnww"
    )
    table = collocations(tokens, articles, kinds=["word"], min_count=1)
    assert column(table, "lambda")["g f"] == pytest.approx(2.4485390056171257, abs=1e-6)


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_lambda_counts_all_patterns(size: int) -> None:
    # Blaheta & Johnson (2001), counted one by one
    words = "a b a b c a b a c b a a b b a c a b a b a b c b a b a b a c".split()
    table = found({"1": [" ".join(words)]}, size=size, min_count=1)
    windows = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
    for name, count, interaction, z in table[
        ["collocation", "count", "lambda", "z"]
    ].itertuples(index=False):
        target = tuple(name.split())
        cells = dict.fromkeys(product([False, True], repeat=size), 0.5)
        for window in windows:
            cells[tuple(one == other for one, other in zip(window, target, strict=True))] += 1
        expected = sum((-1) ** (size - sum(c)) * math.log(n) for c, n in cells.items())
        error = math.sqrt(sum(1 / n for n in cells.values()))
        assert count == windows.count(target)
        assert interaction == pytest.approx(expected)
        assert z == pytest.approx(expected / error)


def test_a_collocation_crosses_no_sentence_article_comma_or_stop_word() -> None:
    table = found(
        {"1": ["Fair pay", "now fair", "pay, now fair the pay"], "2": ["now"]},
        stop_words=["the"],
        min_count=1,
    )
    assert column(table, "count") == {"fair pay": 1, "now fair": 2}
    # "fair the" and "the pay" are windows too, with a word removed
    assert table.attrs["n_windows"] == {"2": 5}
    assert table.attrs["left_out"]["stop_words"] == {"tokens": 1}


def test_measures_of_pairs_are_those_of_their_windows() -> None:
    table = found({"1": ["fair pay fair pay now", "fair wage now"], "2": ["pay now"]})
    assert column(table, "count") == {"fair pay": 2, "pay now": 2}
    # fair pay: 2 of 3 windows that begin with fair, 2 that end with pay, 7 in all
    row = column(table, "log_likelihood"), column(table, "log_dice"), column(table, "expected")
    assert row[0]["fair pay"] == pytest.approx(pair_log_likelihood(2, 3, 2, 7))
    assert row[1]["fair pay"] == pytest.approx(pair_log_dice(2, 3, 2, 7))
    assert row[2]["fair pay"] == pytest.approx(6 / 7)
    assert column(table, "pmi")["fair pay"] == pytest.approx(math.log2(2 / (6 / 7)))
    assert column(table, "articles_containing") == {"fair pay": 1, "pay now": 2}
    assert column(table, "dispersion_dp")["fair pay"] == pytest.approx(gries_dp([2, 0], [6, 1]))


def test_measures_of_pairs_are_nan_for_longer_collocations() -> None:
    table = found({"1": ["fair pay now", "fair pay now"]}, size=[2, 3])
    assert table["size"].tolist() == [2, 2, 3]
    assert table["log_dice"].isna().tolist() == [False, False, True]


def test_a_span_of_one_is_the_same_as_adjacent() -> None:
    texts = {"1": ["Fair pay for nurses, fair pay for all.", "Pay the nurses fair pay."]}
    plain = found(texts, stop_words=["the"], min_count=1)
    span = found(texts, stop_words=["the"], min_count=1, within=1)
    pd.testing.assert_frame_equal(pd.DataFrame(plain), pd.DataFrame(span))


def test_a_span_counts_ordered_pairs_up_to_a_removed_word() -> None:
    table = found({"1": ["a b c the d e"]}, within=2, stop_words=["the"], min_count=1)
    assert sorted(table["collocation"]) == ["a b", "a c", "b c", "d e"]


def test_words_of_a_sentence_are_counted_in_sentences() -> None:
    texts = {
        "1": ["Nurses, nurses want the pay.", "Pay for nurses!", "Strike."],
        "2": ["Nurses strike.", ""],
    }
    table = found(texts, within="sentence", stop_words=["the", "for"])
    # in two sentences together; nurses in 3, pay in 2, of 4 sentences with words
    assert column(table, "count") == {"nurses pay": 2}
    assert table.loc[0, "expected"] == pytest.approx(3 * 2 / 4)
    assert table.loc[0, "log_likelihood"] == pytest.approx(pair_log_likelihood(2, 3, 2, 4))
    assert table.loc[0, "dispersion_dp"] == pytest.approx(gries_dp([2, 0], [3, 1]))
    assert table.attrs["n_windows"] == {"2": 4}


def test_pairs_of_a_sentence_equal_a_count_one_by_one() -> None:
    rng = np.random.default_rng(4)
    texts = {
        str(article): [
            " ".join(rng.choice(list("abcdefgh"), size=rng.integers(1, 9)).tolist())
            for _ in range(6)
        ]
        for article in range(4)
    }
    table = found(texts, within="sentence", min_count=3)
    held = [set(sentence.split()) for some in texts.values() for sentence in some]
    expected = {
        f"{one} {other}": sum({one, other} <= words for words in held)
        for one, other in product("abcdefgh", repeat=2)
        if one < other
    }
    assert column(table, "count") == {k: v for k, v in expected.items() if v >= 3}
    in_articles = {
        name: sum(
            any(set(name.split()) <= set(s.split()) for s in some) for some in texts.values()
        )
        for name in table["collocation"]
    }
    assert column(table, "articles_containing") == in_articles


def test_words_that_stand_in_every_sentence_have_no_association() -> None:
    table = found({"1": ["fair pay", "pay fair"]}, within="sentence")
    assert table["log_likelihood"].isna().all()
    assert table.loc[0, "pmi"] == 0


@pytest.mark.parametrize("within", ["adjacent", "sentence", 4])
@pytest.mark.parametrize(
    "texts", [{}, {"1": []}, {"1": ["the", "the the"]}, {"1": ["word"]}], ids=str
)
def test_nothing_to_find_is_an_empty_table(within: Any, texts: dict[str, list[str]]) -> None:
    table = found(texts, within=within, stop_words=["the"], min_count=1)
    assert len(table) == 0
    assert "log_dice" in table.columns


def test_rare_collocations_are_left_out_and_accounted_for() -> None:
    table = found({"1": ["a b a b c"]}, min_count=2)
    assert column(table, "count") == {"a b": 2}
    assert table.attrs["left_out"]["min_count"] == {"rows": 2, "occurrences": 2}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"size": 1}, "size is a whole number from 2 to 5"),
        ({"size": [2, 6]}, "size is a whole number from 2 to 5"),
        ({"size": []}, "size is a whole number from 2 to 5"),
        ({"within": "paragraph"}, "within is"),
        ({"within": 0}, "a span is"),
        ({"within": 3, "size": 3}, "take size=2"),
        ({"min_count": 0}, "min_count"),
        ({"smoothing": 0}, "smoothing"),
    ],
)
def test_options_without_a_meaning_are_refused(options: dict[str, Any], told: str) -> None:
    with pytest.raises(TableError, match=told):
        found({"1": ["fair pay"]}, **options)


def test_the_order_of_the_tokens_changes_nothing() -> None:
    made = make_tables({"1": ["fair pay now, fair pay"], "2": ["now fair pay"]})
    plain = collocations(made.tokens, made.articles, min_count=1)
    shuffled = made.tokens.sample(frac=1, random_state=2)
    again = collocations(shuffled, made.articles, min_count=1)
    pd.testing.assert_frame_equal(pd.DataFrame(plain), pd.DataFrame(again))
