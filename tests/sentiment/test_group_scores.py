import math

import numpy as np
import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.sentiment import score_groups, score_sentences

# "good" 1.9, "sad" -2.1, "damage" -2.2 in the lexicon
TEXTS = {
    "a": ["a good day", "the bus came"],
    "b": ["a sad day"],
    "c": ["a sad end", "damage"],
    "d": ["the bus came"],
}


def compound(valence: float) -> float:
    return round(valence / math.sqrt(valence**2 + 15), 4)


GOOD, SAD, DAMAGE = compound(1.9), compound(-2.1), compound(-2.2)


def scores(**texts: list[str]) -> pd.DataFrame:
    rows = [
        (article_id, number, text)
        for article_id, sentences in texts.items()
        for number, text in enumerate(sentences)
    ]
    table = pd.DataFrame(rows, columns=["article_id", "sentence_id", "text"])
    return score_sentences(table, topic_words=["damage"])


def articles(**outlets: str | None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": list(outlets),
            "outlet": pd.Series(list(outlets.values()), dtype="str"),
        }
    )


def test_each_article_of_a_group_counts_the_same() -> None:
    table = score_groups(scores(**TEXTS), articles(a="Echo", b="Echo", c="Sun", d="Sun"))
    assert table["outlet"].tolist() == ["Echo", "Sun"]
    assert table["mean_compound"].tolist() == pytest.approx(
        [(GOOD / 2 + SAD) / 2, (SAD + DAMAGE) / 2]
    )
    assert table["articles"].tolist() == [2, 2]
    assert table["articles_scored"].tolist() == [2, 1]
    assert table["sentences"].tolist() == [3, 3]
    assert table["share_scored"].tolist() == pytest.approx([2 / 3, 2 / 3])


def test_with_fewer_than_two_articles_there_is_no_interval_and_it_is_said_why() -> None:
    table = score_groups(scores(**TEXTS), articles(a="Echo", b="Echo", c="Sun", d="Sun"))
    assert table["ci_low"].isna().tolist() == [False, True]
    assert table["no_interval"].isna().tolist() == [True, False]
    assert "fewer than two articles" in table["no_interval"].iloc[1]


def test_interval_is_that_of_the_articles_not_of_the_sentences() -> None:
    # Of two articles a draw gives both, or one twice: 1/4, 1/2, 1/4.
    group = articles(a="Echo", b="Echo")
    table = score_groups(scores(a=["good"] * 50, b=["sad"] * 50), group, level=0.8)
    assert table[["ci_low", "ci_high"]].to_numpy().tolist() == [pytest.approx([SAD, GOOD])]


def test_scores_with_and_without_topic_words_stand_side_by_side() -> None:
    table = score_groups(scores(**TEXTS), articles(a="Echo", b="Echo", c="Sun", d="Sun"))
    assert table["mean_without_topic"].iloc[1] == pytest.approx(SAD / 2)
    assert table["topic_share"].tolist() == pytest.approx([0, 2.2 / 4.3])
    assert table["topic_warning"].isna().tolist() == [True, False]
    assert "51%" in table["topic_warning"].iloc[1]


def test_articles_without_a_group_make_the_last_row() -> None:
    table = score_groups(scores(**TEXTS), articles(a=None, b="Echo", c="Echo", d=None))
    assert table["outlet"].isna().tolist() == [False, True]
    assert table["articles"].tolist() == [2, 2]


def test_what_is_drawn_for_a_group_depends_on_its_articles_alone() -> None:
    all_of_them = articles(a="Echo", b="Echo", c="Sun", d="Sun")
    table = scores(**TEXTS)
    together = score_groups(table, all_of_them).iloc[[0]]
    alone = score_groups(table[table["article_id"].isin(["a", "b"])], all_of_them.head(2))
    assert np.array_equal(together["ci_low"], alone["ci_low"])


def test_no_articles_give_no_groups() -> None:
    none = scores(a=["x"]).head(0)
    table = score_groups(none, articles())
    assert table.empty
    assert "mean_without_topic" in table.columns


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(TableError, match="'paper'"):
        score_groups(scores(a=["x"]), articles(a="Echo"), by="paper")
