import json

import pandas as pd
import pytest
from example_tables import Tables, make_tables
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.results import Result
from metoo_research.words import shared_passages


def found(made: Tables, **options: int) -> Result:
    return shared_passages(made.sentences, made.articles, **options)


def places(table: pd.DataFrame) -> list[tuple[int, str, str]]:
    columns = table[["passage_id", "article_id", "text"]]
    return list(columns.itertuples(index=False, name=None))


@pytest.fixture
def statement() -> Tables:
    return make_tables(
        {
            "gazette": ["The choir met.", "“We will sing until the hall is full,” she said."],
            "herald": ["She told us: “We will sing until the hall is full”, and left."],
            "courier": ["Nothing was said."],
        }
    )


def test_a_quotation_of_two_articles_is_one_passage(statement: Tables) -> None:
    table = found(statement)
    assert places(table) == [
        (0, "gazette", "We will sing until the hall is full"),
        (0, "herald", "We will sing until the hall is full"),
    ]
    assert table["words"].tolist() == [8, 8]
    assert table["articles"].tolist() == [2, 2]
    assert table["quoted"].tolist() == [True, True]
    assert table["identical"].tolist() == [True, True]
    assert table["sentence_id"].tolist() == [1, 0]


def test_fewer_words_than_asked_are_no_passage(statement: Tables) -> None:
    assert len(found(statement, min_words=8)) == 2
    assert found(statement, min_words=9).empty


def test_case_marks_and_apostrophes_do_not_matter() -> None:
    made = make_tables(
        {"1": ["It’s TIME, they said, to go."], "2": ["It's time they said to go"]}
    )
    assert found(made)["words"].tolist() == [6, 6]


def test_one_article_that_repeats_itself_shares_nothing() -> None:
    made = make_tables({"1": ["one two three four five six."] * 2, "2": ["Other."]})
    assert found(made).empty


def test_every_place_of_an_article_has_a_row() -> None:
    made = make_tables(
        {"1": ["one two three four five six.", "Break!", "one two three four five six."],
         "2": ["One two three four five six!"]}
    )  # fmt: skip
    table = found(made)
    assert table["article_id"].tolist() == ["1", "1", "2"]
    assert table["articles"].tolist() == [2, 2, 2]


def test_a_changed_word_does_not_cut_a_passage() -> None:
    made = make_tables(
        {
            "1": ["one two three four five six OTHER seven eight nine ten eleven twelve"],
            "2": ["one two three four five six seven eight nine ten eleven twelve"],
        }
    )
    table = found(made)
    assert table["words"].tolist() == [13, 12]
    assert table["identical"].tolist() == [True, False]
    apart = found(made, max_gap=0)
    assert apart["words"].tolist() == [6, 6, 6, 6]


def test_a_part_of_a_passage_belongs_to_it() -> None:
    long = "one two three four five six seven eight nine ten"
    made = make_tables(
        {"1": [long], "2": [long], "3": ["so two three four five six seven then"]}
    )
    table = found(made)
    assert table["passage_id"].tolist() == [0, 0, 0]
    assert table["words"].tolist() == [10, 10, 6]
    assert table["articles"].tolist() == [3, 3, 3]


def test_two_passages_that_meet_in_one_article_stay_two() -> None:
    x, y = "one two three four five six", "red blue green white black grey"
    made = make_tables({"1": [f"{x} {y}"], "2": [x], "3": [y]})
    table = found(made)
    assert places(table) == [(0, "1", x), (0, "2", x), (1, "1", y), (1, "3", y)]


def test_two_passages_that_overlap_in_one_article_stay_two() -> None:
    x, y = "one two three four five six", "five six red blue green white"
    made = make_tables({"1": ["one two three four five six red blue green white"],
                        "2": [x], "3": [y]})  # fmt: skip
    assert places(found(made)) == [(0, "1", x), (0, "2", x), (1, "1", y), (1, "3", y)]


def test_a_passage_goes_on_over_the_end_of_a_sentence_but_not_over_what_is_left_out() -> None:
    made = make_tables({"1": ["One two three.", "Four five six."],
                        "2": ["One two three four five six."]})  # fmt: skip
    assert found(made)["text"].tolist() == [
        "One two three.\N{SPACE}Four five six",
        "One two three four five six",
    ]
    gap = made.sentences.assign(sentence_id=[0, 2, 0])
    assert shared_passages(gap, made.articles).empty
    kinds = made.sentences.assign(kind=["headline", "body", "body"])
    assert shared_passages(kinds, made.articles).empty


def test_passages_of_most_articles_come_first() -> None:
    x, y = "one two three four five six seven", "red blue green white black grey"
    made = make_tables({"1": [x, y], "2": [x, y], "3": [y]}).sentences
    texts = make_tables({"1": [x, y], "2": [x, y], "3": [y]}).articles
    made = made.assign(kind=["headline", "body", "headline", "body", "body"])
    table = shared_passages(made, texts)
    assert table["articles"].tolist() == [3, 3, 3, 2, 2]
    assert table["passage_id"].tolist() == [0, 0, 0, 1, 1]


def test_nothing_shared_is_an_empty_table_of_the_same_columns(statement: Tables) -> None:
    empty = found(make_tables({"1": ["One."], "2": []}))
    assert empty.empty
    assert empty.dtypes.to_dict() == found(statement).dtypes.to_dict()


def test_tables_and_options_without_meaning_are_refused(statement: Tables) -> None:
    for option in ({"min_words": 1}, {"max_gap": -1}):
        with pytest.raises(TableError, match=next(iter(option))):
            found(statement, **option)
    other = statement.articles.assign(text="Short.")
    with pytest.raises(TableError, match="'gazette' has another text at 0"):
        shared_passages(statement.sentences, other)


def test_settings_can_be_written_as_json(statement: Tables) -> None:
    attrs = found(statement).attrs
    assert json.loads(json.dumps(attrs)) == attrs


@settings(deadline=None)
@given(
    st.lists(st.lists(st.text("ab ,“”’\n", max_size=20), max_size=4), min_size=2, max_size=4),
    st.integers(2, 4),
)
def test_offsets_are_exact_and_every_passage_stands_in_two_articles(
    pieces: list[list[str]], min_words: int
) -> None:
    made = make_tables({str(number): piece for number, piece in enumerate(pieces)})
    table = found(made, min_words=min_words)
    texts = dict(zip(made.articles["article_id"], made.articles["text"], strict=True))
    for row in table.to_dict("records"):
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["text"]
        assert row["words"] >= min_words
    held = table.groupby("passage_id")["article_id"].nunique()
    assert (held >= 2).all()
    assert table["articles"].tolist() == held.reindex(table["passage_id"]).tolist()
