import json
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.sentiment import contributions, score_sentences


def sentences(*texts: str | None, start: int | None = None) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "article_id": pd.Series("gazette", index=range(len(texts)), dtype="str"),
            "sentence_id": range(len(texts)),
            "text": pd.Series(texts, dtype="str"),
        }
    )
    return table if start is None else table.assign(start=start)


def rows(text: str, *, topic: tuple[str, ...] = ()) -> pd.DataFrame:
    return contributions(sentences(text), topic_words=topic)


def tokens_at_their_places(table: pd.DataFrame, text: str) -> list[str]:
    places = zip(table["start"].tolist(), table["end"].tolist(), strict=True)
    return [text[start:end] for start, end in places]


WORDS = (
    "good bad not never so VERY BRUTAL sad no but kind of least without doubt the don’t 😀 ⁉ "
    ":) ! ?? harassed, (great) “sad” yeah right bus stop İ \u200b"
).split()


@settings(deadline=None, max_examples=120)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join))
def test_contributions_add_up_to_the_compound_and_stand_where_they_say(text: str) -> None:
    table = rows(text)
    raw = table["contribution"].sum()
    compound = score_sentences(sentences(text))["compound"].iloc[0]
    assert raw / math.sqrt(raw**2 + 15) == pytest.approx(compound, abs=0.00006)
    assert tokens_at_their_places(table, text) == table["token"].tolist()
    assert (table["start"] < table["end"]).all()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=10).map("".join))
def test_offsets_hold_where_emoji_and_letters_touch(text: str) -> None:
    table = rows(text)
    assert tokens_at_their_places(table, text) == table["token"].tolist()


def test_each_word_has_its_valence_and_what_shifted_it() -> None:
    # Lexicon: "good" 1.9, "sad" -2.1; Hutto & Gilbert (2014): negation × -0.74, "very" 0.293
    table = rows("It was not good and very sad.")
    assert table["word"].tolist() == ["good", "sad"]
    assert table["lexicon_valence"].tolist() == [1.9, -2.1]
    assert table["valence"].tolist() == pytest.approx([1.9 * -0.74, -2.1 - 0.293])
    assert table["shifted_by"].tolist() == ["negation: not", "booster: very"]
    assert table["contribution"].tolist() == table["valence"].tolist()


@pytest.mark.parametrize(
    ("text", "shifted_by"),
    [
        ("a good day", ""),
        ("a GOOD day", "capitals"),
        ("VERY good", "booster: very"),
        ("I don’t feel good", "negation: don't"),
        ("It was never so good", "booster: so; emphasis: never so; emphasis: so"),
        ("This is the least good", "negation: least"),
        ("He was at the bus stop", "idiom: bus stop"),
        ("It is all sort of good", "booster: sort of"),
        ("not very good", "booster: very; negation: not"),
    ],
)
def test_shifts_are_told_in_words(text: str, shifted_by: str) -> None:
    assert rows(text)["shifted_by"].tolist() == [shifted_by]


def test_but_halves_what_stands_before_it_and_raises_what_follows() -> None:
    table = rows("A good day, but a sad end")
    assert table["contribution"].tolist() == pytest.approx([1.9 * 0.5, -2.1 * 1.5])
    assert table["shifted_by"].tolist() == ["before “but”", "after “but”"]


def test_a_no_that_negates_has_no_valence_of_its_own() -> None:
    table = rows("no good")
    assert table["contribution"].tolist() == pytest.approx([0.0, 1.9 * -0.74])
    assert table["shifted_by"].tolist() == ["negates the next word", "negation: no"]


def test_punctuation_has_rows_of_its_own() -> None:
    # Four exclamation marks at most count 0.292 each; shared among the six that stand here.
    table = rows("Sad! A day!!!!!")
    assert table["kind"].tolist() == ["word", "punctuation", "punctuation"]
    assert table["token"].tolist() == ["Sad", "!", "!!!!!"]
    marks = table[table["kind"] == "punctuation"]
    assert marks["contribution"].tolist() == pytest.approx([-1.168 / 6, -1.168 * 5 / 6])
    assert marks["word"].isna().all()


def test_offsets_are_those_of_the_article() -> None:
    table = contributions(sentences("“Sad” day", start=100))
    assert table[["start", "end", "token"]].to_numpy().tolist() == [[101, 104, "Sad"]]


def test_an_emoji_stands_where_the_word_of_its_description_counts() -> None:
    table = rows("Oh😀 no")  # "grinning face": the lexicon has no "grinning" but "no"
    assert table["token"].tolist()[-1] == "no"
    table = rows("Day 😢")  # "crying face"
    assert table[["token", "word", "start", "end"]].to_numpy().tolist() == [
        ["😢", "crying", 4, 5]
    ]


def test_topic_words_are_marked() -> None:
    assert rows("a sad crash", topic=("crash*",))["is_topic"].tolist() == [False, True]


def test_negative_valence_of_a_sentence_is_that_of_its_words() -> None:
    text = "A sad, horrible crash, but VERY good!"
    table = rows(text, topic=("crash",))
    score = score_sentences(sentences(text), topic_words=["crash"]).iloc[0]
    negative = table[table["valence"] < 0]
    assert -negative["valence"].sum() == pytest.approx(score["negative_valence"])
    assert -negative.loc[negative["is_topic"], "valence"].sum() == pytest.approx(
        score["topic_negative_valence"]
    )


def test_sentences_without_a_known_word_are_counted() -> None:
    table = contributions(sentences("The bus left.", None, "", "!!!", "sad"))
    assert table["sentence_id"].tolist() == [4]
    assert table.attrs["left_out"] == {"sentences without a known word": 4}
    assert json.loads(json.dumps(table.attrs)) == table.attrs


def test_no_sentences_give_an_empty_table_with_the_same_columns() -> None:
    empty, full = contributions(sentences()), rows("sad")
    assert empty.empty
    assert empty.dtypes.drop("sentence_id").tolist() == full.dtypes.drop("sentence_id").tolist()


def test_a_table_without_text_is_refused() -> None:
    with pytest.raises(TableError, match="'text'"):
        contributions(sentences("sad").drop(columns="text"))
