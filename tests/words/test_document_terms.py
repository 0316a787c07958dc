import json

import pytest
from example_tables import Tables, make_tables

from metoo_research.errors import TableError
from metoo_research.words import document_term_counts


@pytest.fixture
def climate() -> Tables:
    return make_tables(
        {
            "second": ["Students strike. They strike on Fridays!"],
            "empty": [],
            "first": ["A #strike, said the students."],
        }
    )


def test_long_table_has_a_row_per_article_and_word(climate: Tables) -> None:
    table = document_term_counts(climate.tokens, climate.articles)
    second = table[table["article_id"] == "second"]
    assert dict(zip(second["word"], second["count"], strict=True)) == {
        "fridays": 1,
        "on": 1,
        "strike": 2,
        "students": 1,
        "they": 1,
    }


def test_articles_keep_their_order_and_words_stand_by_code_point(climate: Tables) -> None:
    table = document_term_counts(climate.tokens, climate.articles)
    assert table["article_id"].unique().tolist() == ["second", "first"]
    first = table[table["article_id"] == "first"]
    assert first["word"].tolist() == ["#strike", "a", "said", "students", "the"]


def test_an_article_without_words_is_named(climate: Tables) -> None:
    table = document_term_counts(climate.tokens, climate.articles)
    assert table.attrs["articles_without_rows"] == ["empty"]


def test_wide_table_keeps_every_article(climate: Tables) -> None:
    table = document_term_counts(climate.tokens, climate.articles, wide=True)
    assert table.index.tolist() == ["second", "empty", "first"]
    assert table["strike"].tolist() == [2, 0, 0]
    assert table.loc["empty"].sum() == 0
    assert str(table.to_numpy().dtype) == "int64"


def test_chosen_words_stand_in_the_order_asked_for(climate: Tables) -> None:
    table = document_term_counts(
        climate.tokens, climate.articles, words=["strike", "Students", "march"], wide=True
    )
    assert table.columns.tolist() == ["strike", "students", "march"]
    assert table.to_numpy().tolist() == [[2, 1, 0], [0, 0, 0], [0, 1, 0]]


def test_wide_and_long_hold_the_same_counts(climate: Tables) -> None:
    long = document_term_counts(climate.tokens, climate.articles)
    wide = document_term_counts(climate.tokens, climate.articles, wide=True)
    for row in long.itertuples():
        assert wide.loc[str(row.article_id), str(row.word)] == row.count
    assert wide.to_numpy().sum() == long["count"].sum()


def test_stop_words_are_left_out(climate: Tables) -> None:
    table = document_term_counts(climate.tokens, climate.articles, stop_words="en", wide=True)
    assert table.columns.tolist() == ["#strike", "fridays", "said", "strike", "students"]
    assert table.attrs["stop_words"]["name"] == "stopwords en"


def test_what_is_left_out_is_counted(climate: Tables) -> None:
    table = document_term_counts(
        climate.tokens, climate.articles, words=["strike"], stop_words="en"
    )
    assert table.attrs["left_out"] == {
        "stop_words": {"tokens": 4},
        "words_not_asked_for": {"tokens": 5},
        "other_kinds": {"tokens": 4},
    }
    assert table["count"].sum() + 4 + 5 == table.attrs["n_tokens"]


def test_settings_can_be_written_as_json(climate: Tables) -> None:
    attrs = document_term_counts(climate.tokens, climate.articles).attrs
    assert json.loads(json.dumps(attrs)) == attrs


def test_a_table_too_large_for_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_tables({"1": ["a b c"], "2": ["d"]})
    monkeypatch.setattr("metoo_research.words.document_terms._MOST_CELLS", 7)
    with pytest.raises(TableError, match="2 articles by 4 words do not fit"):
        document_term_counts(made.tokens, made.articles, wide=True)


def test_a_lone_word_instead_of_a_list_is_refused(climate: Tables) -> None:
    with pytest.raises(TableError, match=r"write \['strike'\]"):
        document_term_counts(climate.tokens, climate.articles, words="strike")
