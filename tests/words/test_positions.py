import json

import pandas as pd
import pytest
from example_tables import Tables, make_tables

from metoo_research.words import word_positions


@pytest.fixture
def strike() -> Tables:
    return make_tables(
        {
            "gazette": ["Drivers strike, again!", "The strike grows"],
            "quiet": ["Nothing happened."],
            "empty": [],
        }
    )


def test_position_is_the_middle_of_the_token_in_its_article(strike: Tables) -> None:
    table = word_positions(strike.tokens, strike.articles, "strike")
    hits = table[table["article_id"] == "gazette"]
    # Tokens 1 and 4 of six words: punctuation takes no place.
    assert hits["position"].tolist() == pytest.approx([1.5 / 6, 4.5 / 6])
    assert hits["tokens_in_article"].tolist() == [6, 6]


def test_articles_without_a_hit_keep_a_row(strike: Tables) -> None:
    table = word_positions(strike.tokens, strike.articles, "strike")
    without = table[table["position"].isna()]
    assert without["article_id"].tolist() == ["quiet", "empty"]
    assert without["tokens_in_article"].tolist() == [2, 0]
    assert without["start"].isna().all()


def test_every_article_has_a_row_for_every_word(strike: Tables) -> None:
    table = word_positions(strike.tokens, strike.articles, ["strike", "nothing", "pay*"])
    pairs = set(zip(table["article_id"], table["word"], strict=True))
    assert len(pairs) == 3 * 3
    assert table["word"].unique().tolist() == ["strike", "nothing", "pay*"]


def test_offsets_lead_back_to_the_text(strike: Tables) -> None:
    table = word_positions(
        strike.tokens, strike.articles, ["strike again"], ignore_punctuation=True
    )
    row = table.iloc[0]
    assert strike.articles["text"][0][row["start"] : row["end"]] == "strike, again"


def test_rows_follow_articles_words_and_text() -> None:
    made = make_tables({"b": ["x y x"], "a": ["y"]})
    table = word_positions(made.tokens, made.articles, ["y", "x"])
    assert list(zip(table["article_id"], table["word"], strict=True)) == [
        ("b", "y"),
        ("b", "x"),
        ("b", "x"),
        ("a", "y"),
        ("a", "x"),
    ]


def test_the_only_word_of_an_article_stands_in_its_middle() -> None:
    made = make_tables({"1": ["Enough!"]})
    assert word_positions(made.tokens, made.articles, "enough")["position"].tolist() == [0.5]


def test_a_mark_takes_the_place_of_the_word_that_follows() -> None:
    made = make_tables({"1": ["one ! two !"]})
    table = word_positions(made.tokens, made.articles, "!")
    assert table["position"].tolist() == [0.75, 0.75]  # the last has no word behind it


def test_an_article_of_marks_alone_has_hits_without_position() -> None:
    made = make_tables({"1": ["!"]})
    table = word_positions(made.tokens, made.articles, "!")
    assert table["start"].tolist() == [0]
    assert table["position"].isna().all()
    assert table.attrs["occurrences"] == 1


def test_order_of_tokens_changes_nothing(strike: Tables) -> None:
    shuffled = strike.tokens.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(
        word_positions(shuffled, strike.articles, "strike"),
        word_positions(strike.tokens, strike.articles, "strike"),
    )


def test_settings_can_be_written_as_json(strike: Tables) -> None:
    attrs = word_positions(strike.tokens, strike.articles, "strike").attrs
    assert json.loads(json.dumps(attrs)) == attrs
