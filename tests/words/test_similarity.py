import json
import math
from itertools import combinations

import pandas as pd
import pytest
from example_tables import Tables, make_tables
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.words import (
    document_term_counts,
    shared_passages,
    shared_words,
    similarity,
)


@pytest.fixture
def papers() -> Tables:
    return make_tables(
        {"a": ["march march vote"], "b": ["march court"], "c": ["rain"], "d": []}
    )


def pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["article_a"], table["article_b"], strict=True))


def test_each_pair_stands_once_in_the_order_of_the_articles(papers: Tables) -> None:
    table = similarity(papers.tokens, papers.articles)
    assert pairs(table) == list(combinations("abcd", 2))


def test_cosine_and_jaccard_of_counts(papers: Tables) -> None:
    row = similarity(papers.tokens, papers.articles).iloc[0]
    assert row["cosine"] == pytest.approx(2 / math.sqrt(5 * 2))
    assert row["jaccard"] == pytest.approx(1 / 3)
    assert (row["types_shared"], row["types_a"], row["types_b"]) == (1, 2, 2)


def test_a_word_of_all_articles_weighs_nothing_in_tf_idf() -> None:
    made = make_tables({"1": ["the cat"], "2": ["the cat dog"], "3": ["the"]})
    table = similarity(made.tokens, made.articles, weighting="tf_idf")
    cat, dog = math.log10(3 / 2), math.log10(3)
    assert table["cosine"].iloc[0] == pytest.approx(cat / math.hypot(cat, dog))
    assert table["cosine"].iloc[1:].isna().all()  # all that article 3 says, all say
    reason = "no word that weighs more than nothing"
    assert table.attrs["not_computed"] == {reason: "2 of 3 rows"}


def test_articles_without_a_word_are_compared_with_nothing(papers: Tables) -> None:
    table = similarity(papers.tokens, papers.articles)
    empty = table[table["article_b"] == "d"]
    assert empty[["cosine", "jaccard"]].isna().all(axis=None)
    apart = table[table["article_b"] == "c"]
    assert apart[["cosine", "jaccard"]].eq(0).all(axis=None)
    assert table.attrs["not_computed"] == {"no word": "3 of 6 rows"}


def test_a_table_of_counts_gives_the_same(papers: Tables) -> None:
    counts = document_term_counts(papers.tokens, papers.articles)
    assert similarity(counts, papers.articles).equals(
        similarity(papers.tokens, papers.articles)
    )


def test_one_article_has_no_pair(papers: Tables) -> None:
    one = papers.articles.iloc[:1]
    assert similarity(papers.tokens[papers.tokens["article_id"] == "a"], one).empty


def test_what_cannot_be_compared_is_one_error(papers: Tables) -> None:
    with pytest.raises(TableError, match="weighting"):
        similarity(papers.tokens, papers.articles, weighting="bm25")  # type: ignore[arg-type]
    counts = document_term_counts(papers.tokens, papers.articles)
    with pytest.raises(TableError, match="negative or missing"):
        similarity(counts.assign(count=-1), papers.articles)
    with pytest.raises(TableError, match="most_articles is a number from 2"):
        similarity(counts, papers.articles, most_articles=1)
    with pytest.raises(TableError, match="stop_words"):
        similarity(counts, papers.articles, stop_words="en")
    many = pd.DataFrame({"article_id": [str(number) for number in range(4_500)]})
    with pytest.raises(TableError, match="most_articles=1000"):
        similarity(papers.tokens.iloc[:0], many)


@given(st.lists(st.text("abc ", max_size=12), min_size=2, max_size=4))
def test_similarities_lie_between_0_and_1(texts: list[str]) -> None:
    spaced = [" ".join(text) for text in texts]
    made = make_tables({str(at): [text] for at, text in enumerate(spaced)})
    table = similarity(made.tokens, made.articles)
    for row in table.to_dict("records"):
        a, b = (set(spaced[int(row[name])].split()) for name in ("article_a", "article_b"))
        if a and b:
            assert row["jaccard"] == pytest.approx(len(a & b) / len(a | b))
            assert 0 <= row["cosine"] <= 1
        else:
            assert math.isnan(row["cosine"])
            assert math.isnan(row["jaccard"])


def test_shared_words_are_those_of_the_passages_of_both() -> None:
    long = "one two three four five six seven eight"
    made = make_tables(
        {"1": [long], "2": [long], "3": ["two three four five six seven"], "4": ["Rain."]}
    )
    passages = shared_passages(made.sentences, made.articles)
    table = shared_words(passages, made.articles)
    assert pairs(table) == [("1", "2"), ("1", "3"), ("2", "3")]  # 4 shares nothing
    assert table["words"].tolist() == [8, 6, 6]
    assert table["passages"].tolist() == [1, 1, 1]
    assert table.attrs["pairs"] == 6


def test_a_line_of_too_many_articles_is_left_out_and_told() -> None:
    line, other = "read all our stories about the strike", "the rain fell on the old pier again"
    made = make_tables(
        {"1": [line, "a b c d", other], "2": [line, "e f g h", other], "3": [line]}
    )
    passages = shared_passages(made.sentences, made.articles)
    table = shared_words(passages, made.articles, max_articles=2)
    assert pairs(table) == [("1", "2")]
    assert table["passages"].tolist() == [1]
    assert table.attrs["passages_left_out"] == 1


def test_of_many_articles_some_are_drawn_whatever_their_order() -> None:
    made = make_tables({str(at): ["rain on the pier"] for at in range(9)})
    table = similarity(made.tokens, made.articles, most_articles=4, seed=3)
    assert len(table) == 4 * 3 / 2
    assert table.attrs["articles_compared"] == "4 of 9, drawn with seed 3"
    turned = similarity(made.tokens, made.articles.iloc[::-1], most_articles=4, seed=3)
    assert set(turned["article_a"]) | set(turned["article_b"]) == (
        set(table["article_a"]) | set(table["article_b"])
    )


def test_drawn_articles_are_weighted_as_among_all() -> None:
    made = make_tables({str(at): [f"rain pier {at % 3}"] for at in range(9)})
    everyone = similarity(made.tokens, made.articles, weighting="tf_idf")
    some = similarity(made.tokens, made.articles, weighting="tf_idf", most_articles=5)
    both = some.merge(everyone, on=["article_a", "article_b"])
    assert len(both) == 10
    assert both["cosine_x"].equals(both["cosine_y"])


def test_articles_that_share_different_parts_of_a_passage_share_only_what_both_have() -> None:
    words = "one two three four five six seven eight nine ten".split()
    made = make_tables(
        {"1": [" ".join(words)], "2": [" ".join(words[:8])], "3": [" ".join(words[2:])]}
    )
    passages = shared_passages(made.sentences, made.articles)
    assert passages["passage_id"].tolist() == [0, 0, 0]
    assert shared_words(passages, made.articles)["words"].tolist() == [8, 8, 6]


def test_settings_can_be_written_as_json(papers: Tables) -> None:
    passages = shared_passages(papers.sentences, papers.articles)
    for table in (
        similarity(papers.tokens, papers.articles),
        shared_words(passages, papers.articles),
    ):
        assert json.loads(json.dumps(table.attrs)) == table.attrs


def test_articles_with_other_wordings_share_in_either_order() -> None:
    short, long = "two three four five six seven", "one two three four five six seven"
    made = make_tables({"1": [short], "2": [long], "3": [short], "4": [long]})
    passages = shared_passages(made.sentences, made.articles)
    table = shared_words(passages, made.articles)
    # 1-2, 1-3, 1-4, 2-3, 2-4, 3-4
    assert table["words"].tolist() == [6, 6, 6, 6, 7, 6]
    assert table["passages"].tolist() == [1] * 6
