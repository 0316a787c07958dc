import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.sentiment import (
    contributions,
    marked_sentences,
    most_extreme_sentences,
    score_sentences,
)


def sentences(*texts: str, start: int = 0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": pd.Series("gazette", index=range(len(texts)), dtype="str"),
            "sentence_id": range(len(texts)),
            "start": start,
            "text": pd.Series(texts, dtype="str"),
        }
    )


TABLE = sentences("It was not a “good” day.", "A sad <b> crash", start=40)
EXTREMES = most_extreme_sentences(score_sentences(TABLE, topic_words=["crash"]))
DRIVERS = contributions(TABLE, topic_words=["crash"])


def test_drivers_are_told_with_sign_and_reason_as_text() -> None:
    shown = repr(marked_sentences(EXTREMES, DRIVERS))
    assert "It was not a “[good −1.4 (negation: not)]” day." in shown
    assert "[crash −1.7 (topic)]" in shown
    assert "negative 1, gazette, sentence 1" in shown


def test_in_a_notebook_sign_and_line_tell_without_colour() -> None:
    page = marked_sentences(EXTREMES, DRIVERS)._repr_html_()
    assert ">good</span> <small>[−1.4 (negation: not)]</small>" in page
    assert "underline double" in page
    assert "underline solid" not in page
    assert (
        "underline solid"
        in marked_sentences(sentences("good"), contributions(sentences("good")))._repr_html_()
    )


def test_text_of_articles_is_escaped() -> None:
    page = marked_sentences(EXTREMES, DRIVERS)._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_contributions_of_other_sentences_are_refused() -> None:
    other = contributions(sentences("A good day", "sad"))
    with pytest.raises(TableError, match="do not fit"):
        repr(marked_sentences(EXTREMES, other))


def test_no_sentences_are_said_to_be_none() -> None:
    assert repr(marked_sentences(EXTREMES.head(0), DRIVERS)) == "No sentences."
