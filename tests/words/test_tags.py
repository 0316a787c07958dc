import json

import pytest
from example_tables import Tables, make_tables

from metoo_research.errors import TableError
from metoo_research.words import hashtags_and_mentions


@pytest.fixture
def ocean() -> Tables:
    return make_tables(
        {
            "gazette": [
                "#SaveTheSea trends; #savethesea too.",
                "#SaveTheSea again, @SeaWatch.",
            ],
            "herald": ["@seawatch wrote #CleanBeach and #SaveTheSea."],
            "plain": ["No tag here, only a sea."],
        },
        outlet=["Gazette", "Herald", None],
    )


def test_tags_are_counted_with_their_spellings(ocean: Tables) -> None:
    table = hashtags_and_mentions(ocean.tokens, ocean.articles)
    assert table.to_dict("list") == {
        "tag": ["#savethesea", "@seawatch", "#cleanbeach"],
        "kind": ["hashtag", "mention", "hashtag"],
        "count": [4, 2, 1],
        "articles_containing": [2, 2, 1],
        "variants": ["#SaveTheSea; #savethesea", "@SeaWatch; @seawatch", "#CleanBeach"],
    }


def test_counts_per_article(ocean: Tables) -> None:
    table = hashtags_and_mentions(ocean.tokens, ocean.articles, by="article_id")
    assert list(zip(table["article_id"], table["tag"], table["count"], strict=True)) == [
        ("gazette", "#savethesea", 3),
        ("gazette", "@seawatch", 1),
        ("herald", "#cleanbeach", 1),
        ("herald", "#savethesea", 1),
        ("herald", "@seawatch", 1),
    ]


def test_articles_without_tags_are_named(ocean: Tables) -> None:
    table = hashtags_and_mentions(ocean.tokens, ocean.articles, by="article_id")
    assert table.attrs["groups_without_tags"] == [{"article_id": "plain"}]
    assert (table.attrs["articles_with_tags"], table.attrs["n_articles"]) == (2, 3)


def test_a_possessive_is_no_spelling_of_its_own() -> None:
    made = make_tables({"1": ["#Run #Run"]})
    made.tokens.loc[0, ["token", "word"]] = ["#Run’s", "#run"]
    assert hashtags_and_mentions(made.tokens, made.articles)["variants"].tolist() == ["#Run"]


def test_no_tags_give_an_empty_table_with_the_same_columns(ocean: Tables) -> None:
    full = hashtags_and_mentions(ocean.tokens, ocean.articles, by="outlet")
    plain = make_tables({"1": ["None."]}, outlet=["A"])
    empty = hashtags_and_mentions(plain.tokens, plain.articles, by="outlet")
    assert empty.empty
    assert empty.dtypes.tolist() == full.dtypes.tolist()


def test_settings_can_be_written_as_json(ocean: Tables) -> None:
    attrs = hashtags_and_mentions(ocean.tokens, ocean.articles, by="outlet").attrs
    assert json.loads(json.dumps(attrs)) == attrs


def test_numbers_and_urls_can_be_counted_in_the_same_way() -> None:
    made = make_tables({"1": ["12 boats and 12 buoys, 7 gulls"], "2": ["x"]})
    made.tokens.loc[8, ["token", "word", "kind"]] = ["Sea.example/A", "sea.example/a", "url"]
    table = hashtags_and_mentions(made.tokens, made.articles, kinds=["number", "url"])
    assert table[["tag", "kind", "count", "variants"]].to_numpy().tolist() == [
        ["12", "number", 2, "12"],
        ["7", "number", 1, "7"],
        ["sea.example/a", "url", 1, "Sea.example/A"],
    ]
    assert table.attrs["left_out"] == {"other_kinds": {"tokens": 5}}


@pytest.mark.parametrize("kind", ["word", "punctuation"])
def test_words_are_no_tags(ocean: Tables, kind: str) -> None:
    with pytest.raises(TableError, match="kinds: number, hashtag, mention, url, emoji"):
        hashtags_and_mentions(ocean.tokens, ocean.articles, kinds=[kind])  # type: ignore[list-item]
