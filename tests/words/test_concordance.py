import json
from collections import Counter
from typing import Literal

import pytest
from example_tables import Tables, make_tables
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.words import concordance

UNITS: tuple[Literal["characters", "words"], ...] = ("characters", "words")


@pytest.fixture
def campaign() -> Tables:
    return make_tables(
        {
            "gazette": ["Time’s up, they said.", "Time is up!", "The women's march went on."],
            "herald": [
                "“Time, up”: a slogan.",
                "It was time.",
                "Up went the banners of women.",
            ],
        }
    )


def places(campaign: Tables, pattern: str, **options: bool) -> list[tuple[str, str]]:
    table = concordance(campaign.tokens, campaign.articles, pattern, **options)  # type: ignore[arg-type]
    return list(zip(table["article_id"], table["match"], strict=True))


def test_published_case_of_a_repeated_and_final_hit() -> None:
    # quanteda, test-kwic.R ("multiple matches, where one is the last"), window of 5 words
    made = make_tables({"1": ["what does the fox say fox"]})
    table = concordance(made.tokens, made.articles, "fox", width=5, unit="words")
    context = list(zip(table["left"].str.strip(), table["right"].str.strip(), strict=True))
    assert context == [("what does the", "say fox"), ("what does the fox say", "")]


def test_left_match_and_right_are_the_text_around(campaign: Tables) -> None:
    table = concordance(campaign.tokens, campaign.articles, "slogan", width=6)
    row = table.iloc[0]
    assert (row["left"], row["match"], row["right"]) == ("p”: a ", "slogan", ". It w")
    text = campaign.articles["text"][1]
    assert text[row["start"] : row["end"]] == "slogan"


def test_case_and_possessive_do_not_matter(campaign: Tables) -> None:
    assert places(campaign, "Women") == [("gazette", "women's"), ("herald", "women")]
    assert places(campaign, "women's") == places(campaign, "women")


def test_a_star_stands_for_any_ending(campaign: Tables) -> None:
    assert [match for _, match in places(campaign, "w*n*")] == [
        "women's",
        "went",
        "went",
        "women",
    ]


def test_exact_takes_a_star_for_a_star() -> None:
    made = make_tables({"1": ["Stop AxB and A_B"]})
    tokens = made.tokens.replace({"word": {"a_b": "a*b"}})
    assert concordance(tokens, made.articles, "A*B")["match"].tolist() == ["AxB", "A_B"]
    assert concordance(tokens, made.articles, "A*B", match="exact")["match"].tolist() == ["A_B"]


def test_a_phrase_does_not_run_over_punctuation_unless_asked(campaign: Tables) -> None:
    assert places(campaign, "time up") == [("gazette", "Time’s up")]
    assert places(campaign, "time up", ignore_punctuation=True) == [
        ("gazette", "Time’s up"),
        ("herald", "Time, up"),
    ]


def test_punctuation_in_a_pattern_is_looked_for_unless_ignored(campaign: Tables) -> None:
    assert places(campaign, "Time, up") == [("herald", "Time, up")]
    assert places(campaign, "time , up", ignore_punctuation=True) == places(
        campaign, "time up", ignore_punctuation=True
    )


def test_a_phrase_does_not_run_over_the_end_of_a_sentence(campaign: Tables) -> None:
    # "It was time. Up went the banners."
    found = places(campaign, "time up", ignore_punctuation=True)
    assert ("herald", "time. Up") not in found


def test_a_phrase_does_not_run_from_article_to_article() -> None:
    made = make_tables({"1": ["speak"], "2": ["out"]})
    assert concordance(made.tokens, made.articles, "speak out").empty


def test_hits_may_overlap() -> None:
    made = make_tables({"1": ["no no no"]})
    table = concordance(made.tokens, made.articles, "no no")
    assert table["start"].tolist() == [0, 3]


def test_several_patterns_stand_in_the_order_of_the_text(campaign: Tables) -> None:
    table = concordance(campaign.tokens, campaign.articles, ["march", "said"])
    assert table["pattern"].tolist() == ["said", "march"]


def test_a_limited_table_says_how_many_there_are(campaign: Tables) -> None:
    table = concordance(campaign.tokens, campaign.articles, "time", limit=2)
    assert (len(table), table.attrs["shown"], table.attrs["total"]) == (2, 2, 4)


def test_a_word_that_does_not_occur_gives_an_empty_table(campaign: Tables) -> None:
    full = concordance(campaign.tokens, campaign.articles, "time")
    empty = concordance(campaign.tokens, campaign.articles, "strike")
    assert empty.empty
    assert empty.attrs["total"] == 0
    assert empty.dtypes.tolist() == full.dtypes.tolist()


def test_line_breaks_are_blanks_one_for_one() -> None:
    made = make_tables({"1": ["One\r\n\nmarch\ttoday"]})
    row = concordance(made.tokens, made.articles, "march").iloc[0]
    assert (row["left"], row["right"]) == ("One   ", " today")


def test_width_of_nothing_shows_the_match_alone(campaign: Tables) -> None:
    for unit in UNITS:
        table = concordance(campaign.tokens, campaign.articles, "march", width=0, unit=unit)
        row = table.iloc[0]
        assert (row["left"], row["match"], row["right"]) == ("", "march", "")


def test_words_of_context_stop_at_the_ends_of_the_article() -> None:
    made = make_tables({"1": ["a b"], "2": ["x y z"], "3": ["c"]})
    row = concordance(made.tokens, made.articles, "y", width=9, unit="words").iloc[0]
    assert (row["left"], row["right"]) == ("x ", " z")


def test_punctuation_can_be_looked_for_where_there_are_no_words() -> None:
    made = make_tables({"1": ["Why ?"], "2": ["! !"]})
    table = concordance(made.tokens, made.articles, "!", width=3, unit="words")
    assert table["match"].tolist() == ["!", "!"]


@pytest.mark.parametrize(
    ("pattern", "options", "message"),
    [
        ("  ", {}, "has no word"),
        ("!", {"ignore_punctuation": True}, "has no word"),
        ([], {}, "no pattern"),
        ("time", {"width": -1}, "width"),
        ("time", {"limit": -1}, "limit"),
        ("time", {"unit": "lines"}, "unit"),
        ("time", {"match": "regex"}, "match"),
    ],
)
def test_options_without_meaning_are_refused(
    campaign: Tables, pattern: str, options: dict[str, object], message: str
) -> None:
    with pytest.raises(TableError, match=message):
        concordance(campaign.tokens, campaign.articles, pattern, **options)  # type: ignore[arg-type]


def test_texts_of_other_articles_are_refused(campaign: Tables) -> None:
    short = campaign.articles.assign(text="Short.")
    with pytest.raises(TableError, match="article 'gazette' has no text at"):
        concordance(campaign.tokens, short, "march")


def test_settings_can_be_written_as_json(campaign: Tables) -> None:
    attrs = concordance(campaign.tokens, campaign.articles, "time").attrs
    assert json.loads(json.dumps(attrs)) == attrs


@settings(deadline=None)
@given(st.lists(st.text("abé ,.\n’#", max_size=30), min_size=1, max_size=4), st.integers(0, 9))
def test_every_word_has_as_many_places_as_its_count(pieces: list[str], width: int) -> None:
    made = make_tables({"1": pieces, "2": pieces[:1]})
    texts = dict(zip(made.articles["article_id"], made.articles["text"], strict=True))
    for word, count in Counter(made.tokens["word"]).items():
        table = concordance(made.tokens, made.articles, word, match="exact", width=width)
        assert len(table) == count
        for row in table.to_dict("records"):
            text, start, end = texts[row["article_id"]], row["start"], row["end"]
            assert text[start:end] == row["match"]
            assert len(row["left"]) == min(width, start)
            assert text[end : end + width].replace("\n", " ") == row["right"]
