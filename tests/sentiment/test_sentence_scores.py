import json
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from metoo_research.errors import TableError
from metoo_research.sentiment import most_extreme_sentences, score_sentences
from metoo_research.sentiment.vader import straightened

ANALYZER = SentimentIntensityAnalyzer()


def sentences(*texts: str | None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": pd.Series("gazette", index=range(len(texts)), dtype="str"),
            "sentence_id": range(len(texts)),
            "text": pd.Series(texts, dtype="str"),
        }
    )


def compounds(*texts: str, topic: tuple[str, ...] = ()) -> list[float]:
    column = "compound_without_topic" if topic else "compound"
    return score_sentences(sentences(*texts), topic_words=topic)[column].tolist()


def test_scores_are_those_of_the_formula() -> None:
    # The lexicon gives "good" 1.9; x / sqrt(x² + 15) of Hutto & Gilbert (2014), 4 decimals.
    assert compounds("A good day") == [round(1.9 / math.sqrt(1.9**2 + 15), 4)]


def test_all_four_fields_are_those_of_the_package() -> None:
    text = "The strike was not bad, but the police were VERY brutal!!"
    row = score_sentences(sentences(text)).iloc[0]
    assert {
        "compound": row["compound"],
        "pos": row["positive"],
        "neg": row["negative"],
        "neu": row["neutral"],
    } == ANALYZER.polarity_scores(text)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "good bad not never so VERY BRUTAL assault no but kind of least without doubt the "
            "don't 😀 :) ! ?? harassed, (great) yeah right".split()
        ),
        min_size=1,
        max_size=14,
    ).map(" ".join)
)
def test_any_word_salad_scores_as_the_package_does(text: str) -> None:
    expected = ANALYZER.polarity_scores(text)["compound"]
    table = score_sentences(sentences(text), topic_words=["marathon*"])
    assert table["compound"].tolist() == [expected]
    assert table["compound_without_topic"].tolist() == [expected]


def test_curly_marks_score_as_straight_ones() -> None:
    curly = "She wasn’t “happy” and didn’t ‘like’ it."
    straight = "She wasn't \"happy\" and didn't 'like' it."
    assert compounds(curly) == compounds(straight)
    # As written, the package sees neither the words in quotes nor the negations.
    assert ANALYZER.polarity_scores(curly)["compound"] == 0
    assert compounds(curly)[0] < 0


@settings(deadline=None)
@given(st.text())
def test_straightening_keeps_every_offset(text: str) -> None:
    made = straightened(text)
    assert len(made) == len(text)
    assert all(a == b or b in "\"'" for a, b in zip(text, made, strict=True))


def test_a_sentence_without_a_known_word_is_marked() -> None:
    table = score_sentences(sentences("The bus left at noon.", "What a horrible delay."))
    assert table["scored"].tolist() == [False, True]
    assert table["compound"].iloc[0] == 0


@pytest.mark.parametrize(
    ("text", "scored"),
    [
        ("It was a kind of bridge.", False),  # "kind" is in the lexicon, "kind of" is not
        ("More buses than ever.", False),  # a booster alone
        ("No comment.", True),  # here "no" has a valence of its own
        ("...", False),
        ("😀", True),  # scored by its description, "grinning face"
    ],
)
def test_what_counts_as_a_known_word(text: str, scored: bool) -> None:
    assert score_sentences(sentences(text))["scored"].tolist() == [scored]


def test_a_sentence_without_text_has_no_score() -> None:
    table = score_sentences(sentences(None, "  ", "A good day"))
    numbers = table.select_dtypes("float64")
    assert numbers.iloc[:2].isna().all(axis=None)
    assert table["scored"].tolist() == [False, False, True]
    assert table["compound"].notna().tolist() == [False, False, True]


def test_topic_words_count_as_neutral() -> None:
    text = "A brutal storm damaged the good road."
    assert compounds(text)[0] < 0
    assert compounds(text, topic=("damag*", "brutal")) == compounds("The good road.")


def test_topic_words_stay_in_the_sentence() -> None:
    # A negation reaches over three words: with "crash" cut out, "not" would turn "terrible".
    without = compounds("not one crash was terrible", topic=("crash",))
    assert without == compounds("not one bus was terrible")
    assert without != compounds("not one was terrible")


def test_boosters_and_capitals_do_not_give_a_topic_word_a_valence() -> None:
    assert compounds("A very BRUTAL night", topic=("brutal",)) == [0.0]


def test_no_before_a_topic_word_negates_and_is_not_scored_itself() -> None:
    table = score_sentences(sentences("No crash today"), topic_words=["crash"])
    assert table["compound_without_topic"].tolist() == [0.0]
    assert table["scored"].tolist() == [True]
    assert table["scored_without_topic"].tolist() == [False]


def test_topic_words_ignore_case_and_take_a_final_star_for_any_ending() -> None:
    text = "Floods, damage and flooding"
    assert compounds(text, topic=("DAMAG*",)) == [0.0]
    assert compounds(text, topic=("damag",)) == compounds(text)


def test_valences_tell_how_much_is_topic() -> None:
    # Lexicon: "damage" -2.2, "sad" -2.1, "good" 1.9
    table = score_sentences(sentences("damage, a sad good end"), topic_words=["damage"])
    assert table["negative_valence"].tolist() == pytest.approx([4.3])
    assert table["topic_negative_valence"].tolist() == pytest.approx([2.2])


def test_without_topic_words_their_columns_are_unknown() -> None:
    table = score_sentences(sentences("damage"))
    assert table["compound_without_topic"].isna().all()
    assert table["topic_negative_valence"].isna().all()
    assert table["scored_without_topic"].tolist() == [False]


def test_a_star_alone_takes_everything() -> None:
    table = score_sentences(sentences("A sad, good end"), topic_words=["*"])
    assert table["compound_without_topic"].tolist() == [0.0]
    assert table["scored_without_topic"].tolist() == [False]


def test_settings_name_lexicon_and_topic_words() -> None:
    attrs = score_sentences(sentences("x"), topic_words=["damage", "zeppelin*"]).attrs
    assert attrs["lexicon_version"] == "3.3.2"
    assert len(attrs["lexicon_sha256"]) == 64
    assert attrs["topic_words_without_entry"] == ["zeppelin*"]
    assert json.loads(json.dumps(attrs)) == attrs


@pytest.mark.parametrize("word", ["", "*flood", "fl*d"])
def test_topic_words_that_cannot_be_are_refused(word: str) -> None:
    with pytest.raises(TableError, match="topic word"):
        score_sentences(sentences("x"), topic_words=[word])


def test_a_lone_topic_word_instead_of_a_list_is_refused() -> None:
    with pytest.raises(TableError, match=r"write \['flood'\]"):
        score_sentences(sentences("x"), topic_words="flood")


def test_rows_and_their_other_columns_stay_as_they_are() -> None:
    table = sentences("good", "bad", "good").assign(kind="body").set_index(pd.Index([7, 7, 3]))
    scored = score_sentences(table)
    pd.testing.assert_frame_equal(scored[table.columns], table)
    assert scored["compound"].iloc[0] == scored["compound"].iloc[2]
    assert "compound" not in table


def test_scoring_twice_gives_the_same_table() -> None:
    once = score_sentences(sentences("good", "bad"), topic_words=["bad"])
    pd.testing.assert_frame_equal(score_sentences(once, topic_words=["bad"]), once)


def test_no_sentences_give_an_empty_table_with_the_same_columns() -> None:
    full, empty = score_sentences(sentences("good")), score_sentences(sentences())
    assert empty.empty
    assert empty.dtypes.drop("sentence_id").tolist() == full.dtypes.drop("sentence_id").tolist()


def test_extremes_stand_with_the_most_extreme_first() -> None:
    scores = score_sentences(sentences("good", "horrible", "great", "sad", "a bus", "bad"))
    table = most_extreme_sentences(scores, 2)
    assert list(zip(table["side"], table["rank"], table["text"], strict=True)) == [
        ("negative", 1, "horrible"),  # -2.5; "bad" -2.5 comes later in the text
        ("negative", 2, "bad"),
        ("positive", 1, "great"),
        ("positive", 2, "good"),
    ]
    assert (table.attrs["negative"], table.attrs["positive"]) == (3, 2)


def test_a_side_without_sentences_stays_empty() -> None:
    table = most_extreme_sentences(score_sentences(sentences("good", "a bus")))
    assert table["side"].tolist() == ["positive"]


def test_extremes_can_be_ranked_without_topic_words() -> None:
    scores = score_sentences(sentences("terrible flood", "sad"), topic_words=["terribl*"])
    table = most_extreme_sentences(scores, 1, score="compound_without_topic")
    assert table["text"].tolist() == ["sad"]


def test_the_primary_score_is_missing_where_no_word_is_scored() -> None:
    table = score_sentences(sentences("A good day", "The bus came", None))
    assert table["compound"].iloc[1] == 0
    assert table["score"].isna().tolist() == [False, True, True]
    assert table["score"].iloc[0] == table["compound"].iloc[0]


def test_the_primary_score_is_the_one_declared() -> None:
    table = score_sentences(
        sentences("A sad crash", "crash"),
        topic_words=["crash"],
        primary="compound_without_topic",
    )
    assert table["score"].iloc[0] == table["compound_without_topic"].iloc[0]
    assert math.isnan(table["score"].iloc[1])
    assert table.attrs["primary"] == "compound_without_topic"


def test_a_primary_score_that_is_none_is_refused() -> None:
    with pytest.raises(TableError, match="'tone'"):
        score_sentences(sentences("x"), primary="tone")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "in_english"),
    [("en", True), ("en-GB", True), ("English", True), ("de", False), ("enm", False)],
)
def test_articles_in_another_language_are_flagged(language: str, in_english: bool) -> None:
    articles = pd.DataFrame({"article_id": ["gazette"], "language": [language]})
    table = score_sentences(sentences("A good day"), articles=articles)
    assert table["in_english"].tolist() == [in_english]
    assert table.attrs["articles_not_in_english"] == ([] if in_english else ["gazette"])


def test_of_an_unknown_language_nothing_is_claimed() -> None:
    articles = pd.DataFrame(
        {"article_id": ["gazette"], "language": pd.Series([None], dtype="str")}
    )
    table = score_sentences(sentences("A good day"), articles=articles)
    assert table["in_english"].isna().all()
    assert table.attrs["articles_of_unknown_language"] == ["gazette"]


def test_sentences_with_zero_width_characters_are_counted() -> None:
    table = score_sentences(sentences("A go\u200bod day", "A good day", "\u200b"))
    assert table.attrs["n_sentences_with_zero_width"] == 2
    assert table["scored"].tolist() == [False, True, False]
