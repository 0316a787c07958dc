"""Readability against published numbers.

Ids are those of published cases; all of the family apply. ``readability-lix`` publishes the
counts of its text only, so a sentence with the same counts stands for it.
"""

import json
import math

import pytest
from example_tables import Tables, make_tables

from metoo_research.errors import TableError
from metoo_research.words import readability
from metoo_research.words.readability import _scores


@pytest.fixture
def hats() -> Tables:
    return make_tables(
        {
            "d1": ["The cat in the hat at green ham and eggs."],
            "d2": [],
            "d3": ["Once upon a time."],
        }
    )


def test_published_reading_ease_and_an_empty_document(hats: Tables) -> None:
    # readability-flesch (quanteda, test-textstat_readability.R)
    table = readability(hats.sentences, hats.tokens, hats.articles)
    assert table["flesch"].tolist() == pytest.approx([112.085, math.nan, 97.025], nan_ok=True)
    assert table["syllables"].tolist() == [10, 0, 5]


def test_published_reading_ease_and_fog_of_a_sentence() -> None:
    # readability-fog (quanteda)
    made = make_tables({"1": ["The cat in the hat ate breakfast."]})
    row = readability(made.sentences, made.tokens, made.articles).iloc[0]
    assert row["flesch"] == pytest.approx(103, rel=0.01)
    assert row["fog"] == pytest.approx(2.8)


def test_published_lix() -> None:
    # readability-lix (Voyant's trombone): 76 words, 1 sentence, 11 words of over 6 letters
    text = " ".join(["letters"] * 11 + ["letter"] * 65) + "."
    made = make_tables({"1": [text]})
    row = readability(made.sentences, made.tokens, made.articles).iloc[0]
    assert row["lix"] == pytest.approx(90.47368421052632, abs=1e-9)


@pytest.mark.parametrize(
    ("min_words", "expected"), [(1, [3, 1.67, 5.5]), (3, [4, math.nan, 9])]
)
def test_published_length_of_sentences(min_words: int, expected: list[float]) -> None:
    # readability-min-sentence (quanteda)
    made = make_tables(
        {
            "1": ["PAGE 1.", "This is a single sentence.", "Short sentence.",
                  "Three word sentence."],
            "2": ["PAGE 2.", "Very short!", "Shorter."],
            "3": ["Very long sentence, with multiple parts, separated by commas.", "PAGE 3."],
        }
    )  # fmt: skip
    table = readability(made.sentences, made.tokens, made.articles, min_words=min_words)
    lengths = table["words_per_sentence"].tolist()
    assert lengths == pytest.approx(expected, abs=0.01, nan_ok=True)


def test_formulas_on_counts_that_are_easy_to_check() -> None:
    # 100 words in 5 sentences, 150 syllables, 10 complex words, 450 letters, 20 long words
    made = make_tables({"1": [" ".join(["a"] * 20) for _ in range(5)]})
    row = readability(made.sentences, made.tokens, made.articles).iloc[0]
    assert row["words_per_sentence"] == 20
    assert row["flesch"] == pytest.approx(206.835 - 20.3 - 84.6)

    import numpy as np

    counts = {
        name: np.array([float(value)])
        for name, value in {
            "words": 100, "sentences": 5, "syllables": 150, "complex_words": 10,
            "letters": 450, "long_words": 20,
        }.items()
    }  # fmt: skip
    found = {name: float(value[0]) for name, value in _scores(counts).items()}
    assert found == pytest.approx(
        {
            "words_per_sentence": 20,
            "syllables_per_word": 1.5,
            "flesch": 59.635,  # 206.835 - 20.3 - 126.9
            "flesch_kincaid": 9.91,  # 7.8 + 17.7 - 15.59
            "fog": 12,  # 0.4 * (20 + 10)
            "smog": 1.043 * 60**0.5 + 3.1291,
            "ari": 9.765,  # 21.195 + 10 - 21.43
            "coleman_liau": 9.18,  # 26.46 - 1.48 - 15.8
            "lix": 40,
        }
    )


def test_counts_stand_beside_the_scores() -> None:
    made = make_tables({"1": ["Harassment is everywhere!", "42 women spoke.", "?!"]})
    row = readability(made.sentences, made.tokens, made.articles).iloc[0]
    counted = ["sentences", "words", "syllables", "letters", "complex_words", "long_words"]
    # ha-rass-ment is eve-ry-where; 42 (one) wo-men spoke; marks are no sentence
    assert row[counted].tolist() == [2, 6, 11, 34, 2, 2]


def test_other_languages_have_no_score_that_needs_syllables() -> None:
    made = make_tables(
        {"1": ["Plain words."], "2": ["Einfache Wörter."], "3": ["Unknown."]},
        language=["en-GB", "de", None],
    )
    table = readability(made.sentences, made.tokens, made.articles)
    assert table["flesch"].notna().tolist() == [True, False, False]
    assert table["syllables"].notna().tolist() == [True, False, False]
    assert table[["lix", "ari", "coleman_liau"]].notna().all(axis=None)
    reason = "not known to be English (2 of 3 rows)"
    assert table.attrs["not_computed"]["smog"] == reason


def test_groups_are_counted_as_one_text() -> None:
    made = make_tables(
        {"1": ["One two.", "Three."], "2": ["Four five six."], "3": []},
        outlet=["Gazette", "Gazette", "Herald"],
    )
    table = readability(made.sentences, made.tokens, made.articles, by="outlet")
    assert table["outlet"].tolist() == ["Gazette", "Herald"]
    assert table["words_per_sentence"].tolist() == pytest.approx([2, math.nan], nan_ok=True)


def test_words_of_other_sentences_are_set_aside(hats: Tables) -> None:
    table = readability(hats.sentences.iloc[:1], hats.tokens, hats.articles)
    assert table["words"].tolist() == [10, 0, 0]
    # Four words and a full stop of d3, and the full stop of d1
    assert table.attrs["left_out"]["tokens_of_other_kinds_or_sentences"] == 6


def test_options_and_tables_without_meaning_are_refused(hats: Tables) -> None:
    with pytest.raises(TableError, match="min_words"):
        readability(hats.sentences, hats.tokens, hats.articles, min_words=0)
    twice = hats.sentences.iloc[[0, 0]]
    with pytest.raises(TableError, match="stands twice"):
        readability(twice, hats.tokens, hats.articles)


def test_settings_can_be_written_as_json(hats: Tables) -> None:
    attrs = readability(hats.sentences, hats.tokens, hats.articles).attrs
    assert json.loads(json.dumps(attrs)) == attrs
