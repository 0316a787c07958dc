"""Places of words. Cases with an id are published ones of other tools.

``kwic-last-token`` gives places as numbers of tokens, which we give as offsets.
"""

import json
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import Literal

import pandas as pd
import pytest
from example_tables import Tables, make_tables
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research.corpus import read_corpus
from metoo_research.errors import TableError
from metoo_research.tokens import split_sentences, tokenize
from metoo_research.words import concordance, regex_search, word_frequency

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
    # kwic-last-token (quanteda, test-kwic.R), window of 5 words
    made = make_tables({"1": ["what does the fox say fox"]})
    table = concordance(made.tokens, made.articles, "fox", width=5, unit="words")
    context = list(zip(table["left"].str.strip(), table["right"].str.strip(), strict=True))
    assert context == [("what does the", "say fox"), ("what does the fox say", "")]


def test_published_case_of_a_window_of_characters() -> None:
    # kwic-chars (textacy, test_kwic.py): parts of words too, so a regular expression
    made = make_tables(
        {
            "1": [
                "Today you are You!",
                "That is truer than true!",
                "There is no one alive who is You-er than you!",
            ]
        }
    )
    table = concordance(made.tokens, made.articles, "you", match="regex", width=10)
    assert list(table[["left", "match", "right"]].itertuples(index=False, name=None)) == [
        ("Today ", "you", " are You! "),
        ("y you are ", "You", "! That is "),
        ("ve who is ", "You", "-er than y"),
        ("u-er than ", "you", "!"),
    ]


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
    assert "2 of 4 places" in repr(table)


def test_a_word_that_does_not_occur_gives_an_empty_table(campaign: Tables) -> None:
    full = concordance(campaign.tokens, campaign.articles, "time")
    empty = concordance(campaign.tokens, campaign.articles, "strike")
    assert empty.empty
    assert empty.attrs["total"] == 0
    assert empty.attrs["patterns_without_places"] == ["strike"]
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
        ("time", {"match": "like"}, "match"),
        ("time", {"sort": "alphabet"}, "sort"),
        ("time", {"match": "regex", "ignore_punctuation": True}, "sees punctuation"),
        ("", {"match": "regex"}, "empty"),
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


@pytest.fixture
def choir() -> Tables:
    return make_tables(
        {
            "1": ["The old choir sang.", "A new choir, loud!"],
            "2": ["choir of women", "Her old choir left."],
        }
    )


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        # The words before: old the, new a sang, nothing, old her women.
        ("left", [("2", 0), ("1", 26), ("2", 23), ("1", 8)]),
        # The words behind: sang, loud, of, left.
        ("right", [("2", 23), ("1", 26), ("2", 0), ("1", 8)]),
        ("match", [("2", 23), ("1", 26), ("2", 0), ("1", 8)]),
        ("text", [("1", 8), ("1", 26), ("2", 0), ("2", 23)]),
    ],
)
def test_places_sort_by_the_words_beside_them(
    choir: Tables, sort: Literal["text", "left", "right", "match"], order: list[tuple[str, int]]
) -> None:
    table = concordance(choir.tokens, choir.articles, "choir", sort=sort)
    assert list(zip(table["article_id"], table["start"], strict=True)) == order


def test_the_match_is_sorted_before_what_follows_it() -> None:
    made = make_tables({"1": ["women a", "woman z", "women b", "woman c"]})
    table = concordance(
        made.tokens, made.articles, "wom?n", sort="match", unit="words", width=1
    )
    assert (table["match"] + table["right"]).tolist() == [
        "woman c",
        "woman z",
        "women a",
        "women b",
    ]


def test_the_limit_is_taken_of_the_sorted_places(choir: Tables) -> None:
    table = concordance(choir.tokens, choir.articles, "choir", sort="left", limit=1)
    assert table["start"].tolist() == [0]


def test_sorting_changes_the_order_of_rows_only(choir: Tables) -> None:
    plain = concordance(choir.tokens, choir.articles, ["choir", "old"])
    by_left = concordance(choir.tokens, choir.articles, ["choir", "old"], sort="left")
    again = by_left.sort_values(["article_id", "start"], ignore_index=True)
    pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(plain))


def test_a_regular_expression_sees_the_text_of_the_sentence() -> None:
    made = make_tables({"1": ["More than 40 women spoke.", "It’s 7 men,", "12 women"]})
    texts = made.articles["text"][0]
    table = concordance(made.tokens, made.articles, r"\d+ (wo)?men\b", match="regex")
    assert table["match"].tolist() == ["40 women", "7 men", "12 women"]
    assert [texts[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == table[
        "match"
    ].tolist()
    assert table["sentence_id"].tolist() == [0, 1, 2]
    assert table["kind"].tolist() == ["number"] * 3


def test_the_ends_of_a_regular_expression_are_those_of_the_sentence() -> None:
    made = make_tables({"1": ["women met", "then women met"]})
    table = concordance(made.tokens, made.articles, "^women", match="regex")
    assert table["start"].tolist() == [0]


def test_shapes_of_apostrophes_and_line_breaks_do_not_matter_to_a_regular_expression() -> None:
    made = make_tables({"1": ["Time’s\nup"]})
    for pattern in ("time's up", "TIME’S UP"):
        table = concordance(made.tokens, made.articles, pattern, match="regex")
        assert table["match"].tolist() == ["Time’s\nup"]


def test_a_match_of_nothing_is_no_place(campaign: Tables) -> None:
    assert concordance(campaign.tokens, campaign.articles, "x*", match="regex").empty


@pytest.mark.parametrize("pattern", ["(", "[a", "*a", "(?P<x>", "\\", "a{2,1}", r"\p{foo}"])
def test_what_is_no_regular_expression_is_one_error(campaign: Tables, pattern: str) -> None:
    with pytest.raises(TableError, match="is no regular expression") as caught:
        concordance(campaign.tokens, campaign.articles, pattern, match="regex")
    assert "\n" not in str(caught.value)


def test_a_pattern_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_tables({"1": ["a" * 60]})
    monkeypatch.setattr(regex_search, "SECONDS", 0.2)
    begun = monotonic()
    with pytest.raises(TableError, match=r"takes too long \(stopped in article '1'\)"):
        concordance(made.tokens, made.articles, r"(a|aa)+\d", match="regex")
    assert monotonic() - begun < 5


@pytest.mark.parametrize("pattern", ["(?:(?:a{1000}){1000}){1000}", "a{99999999999999}"])
def test_a_pattern_that_would_fill_the_memory_is_refused(
    campaign: Tables, pattern: str
) -> None:
    with pytest.raises(TableError, match="repeats too often"):
        concordance(campaign.tokens, campaign.articles, pattern, match="regex")


def test_a_word_of_two_kinds_has_the_rows_of_each() -> None:
    made = make_tables({"1": ["metoo now", "metoo then"]})
    tokens = made.tokens
    tokens.loc[2, "kind"] = "hashtag"
    frequency = word_frequency(tokens, made.articles).set_index(["word", "kind"])["count"]
    for kind in ("word", "hashtag"):
        table = concordance(tokens, made.articles, "metoo", match="exact", kinds=[kind])
        assert len(table) == frequency["metoo", kind] == 1
    assert len(concordance(tokens, made.articles, "metoo")) == 2


def test_every_word_of_the_seeds_has_as_many_places_as_its_count(seeds: Path) -> None:
    seeds_corpus = read_corpus(seeds)
    articles = seeds_corpus.articles
    tokens = tokenize(split_sentences(seeds_corpus))
    frequency = word_frequency(tokens, articles)
    table = concordance(tokens, articles, frequency["word"].tolist(), match="exact", width=0)
    rows = table.groupby(["pattern", "kind"]).size()
    counts = frequency.set_index(["word", "kind"])["count"]
    pd.testing.assert_series_equal(
        rows.reindex(counts.index), counts, check_names=False, check_index_type=False
    )
    assert table.attrs["patterns_without_places"] == []


@settings(deadline=None)
@given(st.lists(st.text("abé ,.\n’#", max_size=30), min_size=1, max_size=4), st.integers(0, 9))
def test_every_word_has_as_many_places_as_its_count(pieces: list[str], width: int) -> None:
    made = make_tables({"1": pieces, "2": pieces[:1]})
    texts = dict(zip(made.articles["article_id"], made.articles["text"], strict=True))
    counts = Counter(made.tokens["word"])
    if not counts:
        return
    whole = concordance(
        made.tokens, made.articles, list(counts), match="exact", width=width, sort="right"
    )
    for word, count in counts.items():
        table = whole[whole["pattern"] == word]
        assert len(table) == count
        for row in table.to_dict("records"):
            text, start, end = texts[row["article_id"]], row["start"], row["end"]
            assert text[start:end] == row["match"]
            assert len(row["left"]) == min(width, start)
            assert text[end : end + width].replace("\n", " ") == row["right"]
