import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.sentiment import score_sentences, sentiment_arc

GOOD, SAD = 0.4404, -0.4767  # 1.9 and -2.1 in the lexicon, squeezed


def scores(*texts: str | None, article_id: str = "a") -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "article_id": article_id,
            "sentence_id": range(len(texts)),
            "text": pd.Series(texts, dtype="str"),
        }
    )
    return score_sentences(table)


def articles(*ids: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": pd.Series(ids, dtype="str")})


def test_parts_are_equal_shares_of_the_words() -> None:
    # Six words and six words, though one half has three sentences and the other one.
    arc = sentiment_arc(
        scores("good day", "good day", "good day", "it was a very long road"),
        articles("a"),
        parts=2,
    )
    assert arc["words"].tolist() == [6, 6]
    assert arc["sentences"].tolist() == [3, 1]
    assert arc["mean_compound"].iloc[0] == pytest.approx(GOOD)
    assert arc["from_share"].tolist() == [0, 0.5]
    assert arc["to_share"].tolist() == [0.5, 1]


def test_a_part_without_known_words_has_no_mean_and_one_with_a_sentence_no_interval() -> None:
    arc = sentiment_arc(scores("good day", "red bus", "sad end"), articles("a"), parts=3)
    assert arc["mean_compound"].isna().tolist() == [False, True, False]
    assert arc["ci_low"].isna().all()


def test_every_article_has_all_parts() -> None:
    arc = sentiment_arc(scores("good day"), articles("none", "a"), parts=2)
    assert arc["article_id"].tolist() == ["none", "none", "a", "a"]
    assert arc["part"].tolist() == [1, 2, 1, 2]
    assert arc["sentences"].tolist() == [0, 0, 0, 1]


def test_the_order_of_the_rows_changes_nothing() -> None:
    table = scores("good day", "sad day", "good end", "sad end")
    shuffled = table.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        sentiment_arc(shuffled, articles("a"), parts=2),
        sentiment_arc(table, articles("a"), parts=2),
    )


def test_sentences_without_text_take_no_room() -> None:
    arc = sentiment_arc(scores(None, "good day", "", "sad day"), articles("a"), parts=2)
    assert arc["mean_compound"].tolist() == [GOOD, SAD]
    assert arc["sentences"].tolist() == [1, 1]


def test_no_parts_are_refused() -> None:
    with pytest.raises(TableError, match="parts"):
        sentiment_arc(scores("good"), articles("a"), parts=0)


def test_scores_of_an_unknown_article_are_refused() -> None:
    with pytest.raises(TableError, match="'a'"):
        sentiment_arc(scores("good"), articles("b"))
