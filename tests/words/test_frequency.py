import json
import math
from collections import Counter
from collections.abc import Hashable
from typing import Any

import pandas as pd
import pytest
from example_tables import Tables, make_tables
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.words import (
    gries_dp,
    gries_dp_norm,
    juilland_d,
    stop_words,
    word_frequency,
)


@pytest.fixture
def campaign() -> Tables:
    return make_tables(
        {
            "gazette": ["Nurses march for pay.", "The nurses' march was long."],
            "herald": ["Pay, pay, pay!", "#FairPay for all nurses, @NursesUnion says."],
            "blank": [],
        },
        outlet=["Gazette", "Herald", None],
    )


def row_of(table: pd.DataFrame, word: str) -> dict[Hashable, Any]:
    return table[table["word"] == word].to_dict("records")[0]


def test_reference_case_frequency_basic() -> None:
    # quanteda.textstats, test-textstat_frequency.R ("without groups")
    made = make_tables({"1": ["a a b b c d"], "2": ["a d d d"], "3": ["a a a"]})
    table = word_frequency(made.tokens, made.articles)
    assert table["word"].tolist() == ["a", "d", "b", "c"]
    assert table["count"].tolist() == [6, 4, 2, 1]
    assert table["rank"].tolist() == [1, 2, 3, 4]
    assert table["articles_containing"].tolist() == [3, 2, 1, 1]


def test_equal_counts_share_the_lowest_rank_and_stand_in_code_point_order() -> None:
    made = make_tables({"1": ["zebra apple été zebra apple", "echo"]})
    table = word_frequency(made.tokens, made.articles)
    assert table["word"].tolist() == ["apple", "zebra", "echo", "été"]
    assert table["rank"].tolist() == [1, 1, 3, 3]


def test_rate_is_per_million_counted_tokens_stop_words_too(campaign: Tables) -> None:
    table = word_frequency(campaign.tokens, campaign.articles, stop_words=["the", "for"])
    pay = row_of(table, "pay")
    assert pay["count"] == 4
    assert pay["tokens_counted"] == 18  # punctuation does not count
    assert pay["per_million"] == pytest.approx(4 / 18 * 1e6)


def test_stop_words_are_left_out_and_accounted_for(campaign: Tables) -> None:
    plain = word_frequency(campaign.tokens, campaign.articles)
    table = word_frequency(campaign.tokens, campaign.articles, stop_words="en")
    assert {"the", "for", "was", "all"} & set(table["word"]) == set()
    assert table["count"].sum() + 5 == plain["count"].sum()
    assert table.attrs["left_out"]["stop_words"] == {"rows": 4, "tokens": 5}
    assert table.attrs["stop_words"]["sha256"] == stop_words("en").sha256


def test_a_curly_apostrophe_does_not_save_a_stop_word() -> None:
    made = make_tables({"1": ["They didn’t and didn't stop"]})
    table = word_frequency(made.tokens, made.articles, stop_words="en")
    assert table["word"].tolist() == ["stop"]


def test_rare_words_are_left_out_and_accounted_for(campaign: Tables) -> None:
    table = word_frequency(campaign.tokens, campaign.articles, min_count=3)
    assert dict(zip(table["word"], table["count"], strict=True)) == {"pay": 4, "nurses": 3}
    assert table.attrs["left_out"]["min_count"]["tokens"] == 18 - 7


def test_dispersion_is_that_of_the_formula_over_all_articles(campaign: Tables) -> None:
    table = word_frequency(campaign.tokens, campaign.articles)
    pay = row_of(table, "pay")
    sizes = [9, 9, 0]
    assert pay["dispersion_dp"] == pytest.approx(gries_dp([1, 3, 0], sizes))
    assert pay["dispersion_dp_norm"] == pytest.approx(gries_dp_norm([1, 3, 0], sizes))
    assert pay["dispersion_juilland_d"] == pytest.approx(juilland_d([1, 3, 0], sizes))
    assert pay["articles_counted"] == 3


def test_published_case_of_dispersion_holds_in_the_table() -> None:
    # Gries (2019), as tested in scattertext: test_Dispersion.py
    parts = [
        "b a m n i b e u p",
        "b a s a t b e w q n",
        "b c a g a b e s t a",
        "b a g h a b e a a t",
        "b a h a a b e a x a t",
    ]
    made = make_tables({str(number): [part] for number, part in enumerate(parts)})
    table = word_frequency(made.tokens, made.articles)
    dp = {word: round(row_of(table, word)["dispersion_dp"], 3) for word in "biqx"}
    dp_norm = {word: round(row_of(table, word)["dispersion_dp_norm"], 3) for word in "biqx"}
    assert dp == {"b": 0.02, "i": 0.82, "q": 0.8, "x": 0.78}
    assert dp_norm == {"b": 0.024, "i": 1.0, "q": 0.976, "x": 0.951}


def test_groups_are_counted_on_their_own(campaign: Tables) -> None:
    table = word_frequency(campaign.tokens, campaign.articles, by="outlet")
    nurses = table[table["word"] == "nurses"]
    assert nurses["outlet"].tolist() == ["Gazette", "Herald"]
    assert nurses["count"].tolist() == [2, 1]
    assert nurses["tokens_counted"].tolist() == [9, 9]
    assert table.groupby("outlet")["rank"].min().tolist() == [1, 1]


def test_one_article_has_no_dispersion(campaign: Tables) -> None:
    table = word_frequency(campaign.tokens, campaign.articles, by="article_id")
    assert table["dispersion_dp"].isna().all()
    assert table["dispersion_dp_norm"].isna().all()
    assert table["dispersion_juilland_d"].isna().all()


def test_a_group_without_words_is_named(campaign: Tables) -> None:
    table = word_frequency(campaign.tokens, campaign.articles, by=["article_id", "outlet"])
    assert table.attrs["groups_without_rows"] == [{"article_id": "blank", "outlet": None}]


def test_groups_of_several_columns_hold_their_articles_together() -> None:
    made = make_tables(
        {"1": ["one two"], "2": ["one"], "3": ["one"]},
        outlet=["A", "A", "B"],
        day=["Mon", "Mon", "Mon"],
    )
    table = word_frequency(made.tokens, made.articles, by=["outlet", "day"])
    one = table[table["word"] == "one"]
    assert list(zip(one["outlet"], one["day"], one["count"], strict=True)) == [
        ("A", "Mon", 2),
        ("B", "Mon", 1),
    ]


def test_kinds_decide_what_counts() -> None:
    made = make_tables({"1": ["#Run @club run 2024 run!"]})
    tags = word_frequency(made.tokens, made.articles, kinds=["hashtag", "number"])
    assert list(zip(tags["word"], tags["kind"], strict=True)) == [
        ("#run", "hashtag"),
        ("2024", "number"),
    ]
    assert tags["per_million"].tolist() == [500_000, 500_000]
    assert tags.attrs["left_out"]["other_kinds"] == {"tokens": 4}


def test_the_same_word_as_two_kinds_has_two_rows() -> None:
    made = make_tables({"1": ["run run"]})
    made.tokens.loc[1, "kind"] = "hashtag"
    table = word_frequency(made.tokens, made.articles)
    assert table["kind"].tolist() == ["hashtag", "word"]
    assert table["count"].tolist() == [1, 1]


@pytest.mark.parametrize("options", [{}, {"intervals": True}, {"form": "stem"}])
def test_no_articles_give_an_empty_table_with_the_same_columns(
    campaign: Tables, options: dict[str, Any]
) -> None:
    full = word_frequency(campaign.tokens, campaign.articles, **options)
    empty = word_frequency(campaign.tokens.head(0), campaign.articles.head(0), **options)
    assert empty.empty
    assert empty.columns.tolist() == full.columns.tolist()
    assert empty.dtypes.tolist() == full.dtypes.tolist()


def test_numbers_and_urls_are_counted_when_asked_for() -> None:
    made = make_tables({"1": ["12 of 12 runs", "x"]})
    made.tokens.loc[4, ["token", "word", "kind"]] = ["x.example/A", "x.example/a", "url"]
    table = word_frequency(made.tokens, made.articles, kinds=["number", "url"])
    assert table[["word", "kind", "count", "tokens_counted"]].to_numpy().tolist() == [
        ["12", "number", 2, 3],
        ["x.example/a", "url", 1, 3],
    ]


def test_a_lemma_counts_its_words_together_and_names_them() -> None:
    made = make_tables(
        {"1": ["He says and she said"], "2": ["They say they said so, @says #said"]}
    )
    table = word_frequency(made.tokens, made.articles, form="lemma")
    say = row_of(table, "say")
    assert say["forms"] == "said; say; says"
    assert (say["count"], say["articles_containing"]) == (4, 2)
    assert say["dispersion_dp"] == pytest.approx(gries_dp([2, 2], [5, 7]))
    assert {"@says", "#said"} <= set(table["word"])
    assert table.attrs["form"]["name"] == "lemma"
    assert table.attrs["form"]["library"] == "simplemma"


def test_forms_are_those_of_the_group() -> None:
    made = make_tables({"1": ["march marched marched"], "2": ["marching"]})
    table = word_frequency(made.tokens, made.articles, form="stem", by="article_id")
    assert table["word"].tolist() == ["march", "march"]
    assert table["forms"].tolist() == ["marched; march", "marching"]
    assert table["count"].tolist() == [3, 1]


def test_a_stop_word_is_left_out_of_its_lemma() -> None:
    made = make_tables({"1": ["Said and says and says"]})
    table = word_frequency(made.tokens, made.articles, form="lemma", stop_words=["said", "and"])
    assert table[["word", "forms", "count"]].to_numpy().tolist() == [["say", "says", 2]]
    assert table.attrs["left_out"]["stop_words"]["tokens"] == 3


def test_a_result_tells_its_settings(campaign: Tables) -> None:
    shown = repr(word_frequency(campaign.tokens, campaign.articles, stop_words="en"))
    assert "stop words: (name stopwords en" in shown
    assert "per_million: 1,000,000 * count / tokens_counted" in shown


def test_all_stop_words_leave_an_empty_table_that_says_why() -> None:
    made = make_tables({"1": ["the of the"], "2": ["and"]})
    table = word_frequency(made.tokens, made.articles, stop_words="en")
    assert table.empty
    assert table.attrs["left_out"]["stop_words"]["tokens"] == 4


def test_settings_can_be_written_as_json(campaign: Tables) -> None:
    attrs = word_frequency(campaign.tokens, campaign.articles, stop_words="en").attrs
    assert json.loads(json.dumps(attrs)) == attrs
    assert (attrs["n_articles"], attrs["n_tokens"]) == (3, 18)


def test_order_of_tokens_and_categorical_columns_change_nothing(campaign: Tables) -> None:
    plain = word_frequency(campaign.tokens, campaign.articles, by="outlet")
    shuffled = campaign.tokens.sample(frac=1, random_state=3)
    categories = shuffled.astype(dict.fromkeys(["article_id", "word", "kind"], "category"))
    again = word_frequency(categories, campaign.articles, by="outlet")
    pd.testing.assert_frame_equal(plain, again)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"min_count": 0}, "min_count"),
        ({"kinds": ["words"]}, "no token kind is called 'words'"),
        ({"kinds": []}, "kinds is a list"),
        ({"kinds": "word"}, "kinds is a list"),
        ({"by": "newspaper"}, "articles table has no column 'newspaper'"),
        ({"stop_words": "klingon"}, "no stop words for language"),
        ({"form": "root"}, "form is one of word, lemma, stem"),
        ({"form": "lemma", "language": "klingon"}, "no lemmas for language"),
    ],
)
def test_options_without_meaning_are_refused(
    campaign: Tables, options: dict[str, object], message: str
) -> None:
    with pytest.raises(TableError, match=message):
        word_frequency(campaign.tokens, campaign.articles, **options)  # type: ignore[arg-type]


def test_tokens_of_an_unknown_article_are_refused(campaign: Tables) -> None:
    with pytest.raises(TableError, match="'herald'"):
        word_frequency(campaign.tokens, campaign.articles.iloc[[0]])


def test_an_article_that_stands_twice_is_refused(campaign: Tables) -> None:
    twice = pd.concat([campaign.articles, campaign.articles.head(1)])
    with pytest.raises(TableError, match="'gazette' stands twice"):
        word_frequency(campaign.tokens, twice)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["p", "q", "r", "s"]),
        st.lists(st.sampled_from(["a", "b", "c", "the"]), max_size=12),
        min_size=1,
    )
)
def test_table_agrees_with_counting_by_hand(texts: dict[str, list[str]]) -> None:
    made = make_tables({article: [" ".join(words)] for article, words in texts.items()})
    table = word_frequency(made.tokens, made.articles)
    by_hand = Counter(word for words in texts.values() for word in words)
    assert dict(zip(table["word"], table["count"], strict=True)) == by_hand
    sizes = [len(words) for words in texts.values()]
    for word, dp, dp_norm in zip(
        table["word"], table["dispersion_dp"], table["dispersion_dp_norm"], strict=True
    ):
        counts = [words.count(word) for words in texts.values()]
        expected, expected_norm = gries_dp(counts, sizes), gries_dp_norm(counts, sizes)
        assert math.isnan(dp) if math.isnan(expected) else dp == pytest.approx(expected)
        if not math.isnan(expected_norm):
            assert dp_norm == pytest.approx(expected_norm)
