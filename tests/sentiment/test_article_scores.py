import json
import math

import numpy as np
import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.sentiment import compare_articles, score_articles, score_sentences

NORMAL = 1.959964  # the 97.5 % point of the normal distribution


def scored(compounds: dict[str, list[float]]) -> pd.DataFrame:
    """Scores as `score_sentences` gives them, with the compounds set by hand."""
    rows = [
        (article_id, number, compound)
        for article_id, values in compounds.items()
        for number, compound in enumerate(values)
    ]
    table = pd.DataFrame(rows, columns=["article_id", "sentence_id", "compound"])
    return table.assign(
        scored=table["compound"] != 0,
        compound_without_topic=table["compound"] / 2,
        scored_without_topic=table["compound"] != 0,
        negative_valence=0.0,
        topic_negative_valence=0.0,
    )


def articles(*ids: str, **columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"article_id": pd.Series(ids, dtype="str"), **columns})


def test_an_article_is_scored_by_the_mean_of_its_sentences() -> None:
    table = score_articles(scored({"a": [0.5, -0.1, 0.0, 0.2]}), articles("a"))
    row = table.iloc[0]
    assert row["mean_compound"] == pytest.approx(0.15)
    assert row["mean_without_topic"] == pytest.approx(0.075)
    assert (row["sentences"], row["sentences_scored"]) == (4, 3)


def test_a_long_sad_article_does_not_saturate() -> None:
    sentences = pd.DataFrame(
        {
            "article_id": "a",
            "sentence_id": range(60),
            "text": ["A sad day.", "The bus came."] * 30,
        }
    )
    scores = score_sentences(sentences)
    mean = score_articles(scores, articles("a"))["mean_compound"].iloc[0]
    sad = round(-2.1 / math.sqrt(2.1**2 + 15), 4)  # "sad" has -2.1 in the lexicon
    assert mean == pytest.approx(sad / 2)


def test_interval_of_many_sentences_is_close_to_the_normal_one() -> None:
    values = np.random.default_rng(1).normal(0.1, 0.4, 400).round(3)
    row = score_articles(scored({"a": values.tolist()}), articles("a")).iloc[0]
    half = NORMAL * values.std(ddof=0) / math.sqrt(400)
    assert row["ci_low"] == pytest.approx(values.mean() - half, abs=0.1 * half)
    assert row["ci_high"] == pytest.approx(values.mean() + half, abs=0.1 * half)


def test_interval_of_two_sentences_is_known() -> None:
    # Of two sentences a draw gives both, or one twice: 1/4, 1/2, 1/4.
    row = score_articles(scored({"a": [-0.4, 0.4]}), articles("a"), level=0.8).iloc[0]
    assert (row["ci_low"], row["ci_high"]) == (-0.4, 0.4)
    row = score_articles(scored({"a": [-0.4, 0.4]}), articles("a"), level=0.4).iloc[0]
    assert (row["ci_low"], row["ci_high"]) == (0, 0)


def test_level_widens_the_interval() -> None:
    scores = scored({"a": [0.1, -0.3, 0.4, 0.2, -0.6, 0.3]})
    narrow = score_articles(scores, articles("a"), level=0.5).iloc[0]
    wide = score_articles(scores, articles("a"), level=0.99).iloc[0]
    assert wide["ci_low"] < narrow["ci_low"] < narrow["ci_high"] < wide["ci_high"]


def test_every_article_keeps_its_row() -> None:
    table = score_articles(scored({"b": [0.1, 0.2]}), articles("none", "b"))
    assert table["article_id"].tolist() == ["none", "b"]
    assert table["sentences"].tolist() == [0, 2]
    assert table.loc[0].drop(["article_id", "sentences", "sentences_scored"]).isna().all()


def test_one_sentence_has_a_mean_and_no_interval() -> None:
    row = score_articles(scored({"a": [0.3]}), articles("a")).iloc[0]
    assert row["mean_compound"] == 0.3
    assert math.isnan(row["ci_low"])
    assert math.isnan(row["ci_high"])


def test_an_article_in_which_no_word_is_known_has_no_mean() -> None:
    row = score_articles(scored({"a": [0.0, 0.0, 0.0]}), articles("a")).iloc[0]
    assert (row["sentences"], row["sentences_scored"]) == (3, 0)
    assert math.isnan(row["mean_compound"])
    assert math.isnan(row["ci_low"])


def test_sentences_without_text_do_not_count() -> None:
    row = score_articles(scored({"a": [0.4, math.nan, 0.2]}), articles("a")).iloc[0]
    assert row["sentences"] == 2
    assert row["mean_compound"] == pytest.approx(0.3)


def test_draws_of_an_article_depend_on_itself_alone() -> None:
    both = scored({"a": [0.1, -0.3, 0.4, 0.2], "b": [0.5, 0.1, -0.2]})
    alone = score_articles(both[both["article_id"] == "a"], articles("a"))
    together = score_articles(both.sample(frac=1, random_state=2), articles("b", "a"))
    pd.testing.assert_frame_equal(alone, together.iloc[[1]].reset_index(drop=True))


def test_articles_with_the_same_scores_are_drawn_apart() -> None:
    values = [0.11, -0.35, 0.42, 0.27, -0.18]
    table = score_articles(scored({"a": values, "b": values}), articles("a", "b"), draws=50)
    assert table["ci_low"].nunique() == 2


def test_the_seed_decides_the_draws() -> None:
    scores = scored({"a": [0.11, -0.35, 0.42, 0.27, -0.18]})
    first = score_articles(scores, articles("a"), draws=50, seed=1)
    again = score_articles(scores, articles("a"), draws=50, seed=1)
    other = score_articles(scores, articles("a"), draws=50, seed=2)
    pd.testing.assert_frame_equal(first, again)
    assert first["ci_low"].tolist() != other["ci_low"].tolist()


def test_drawing_in_pieces_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = scored({"a": [0.11, -0.35, 0.42, 0.27, -0.18]})
    whole = score_articles(scores, articles("a"), draws=100)
    monkeypatch.setattr("metoo_research.sentiment.articles.DRAWN_AT_ONCE", 35)
    pd.testing.assert_frame_equal(score_articles(scores, articles("a"), draws=100), whole)


def test_topic_share_is_that_of_the_negative_valence() -> None:
    sentences = pd.DataFrame(
        {
            "article_id": ["a", "a", "b"],
            "sentence_id": [0, 1, 0],
            "text": ["damage", "sad", "good"],  # -2.2, -2.1, 1.9 in the lexicon
        }
    )
    ids = articles("a", "b")
    table = score_articles(score_sentences(sentences, topic_words=["damage"]), ids)
    assert table["topic_share"].iloc[0] == pytest.approx(2.2 / 4.3)
    assert math.isnan(table["topic_share"].iloc[1])  # nothing negative to share
    unknown = score_articles(score_sentences(sentences), ids)
    assert unknown["topic_share"].isna().all()
    assert unknown["mean_without_topic"].isna().all()


def test_labels_are_passed_on() -> None:
    table = score_articles(scored({"a": [0.1]}), articles("a", label=["Gazette, 3 May"]))
    assert table.columns.tolist()[:2] == ["article_id", "label"]
    assert table["label"].tolist() == ["Gazette, 3 May"]


def test_no_articles_give_an_empty_table_with_the_same_columns() -> None:
    full = score_articles(scored({"a": [0.1, 0.3]}), articles("a"))
    empty = score_articles(scored({}), articles())
    assert empty.empty
    assert empty.columns.tolist() == full.columns.tolist()
    assert compare_articles(scored({}), articles()).empty


def test_settings_can_be_written_as_json() -> None:
    scores = score_sentences(
        pd.DataFrame({"article_id": ["a", "b"], "sentence_id": [0, 0], "text": ["bad", "x"]})
    )
    for table in (
        score_articles(scores, articles("a", "b")),
        compare_articles(scores, articles("a", "b")),
    ):
        assert json.loads(json.dumps(table.attrs)) == table.attrs
        assert table.attrs["lexicon"] == "vaderSentiment"
        assert table.attrs["draws"] == 2000


@pytest.mark.parametrize(
    ("options", "message"),
    [({"draws": 0}, "draws"), ({"level": 95}, "level"), ({"seed": -1}, "seed")],
)
def test_options_without_meaning_are_refused(options: dict[str, int], message: str) -> None:
    for function in (score_articles, compare_articles):
        with pytest.raises(TableError, match=message):
            function(scored({"a": [0.1]}), articles("a"), **options)


def test_scores_of_an_unknown_article_are_refused() -> None:
    with pytest.raises(TableError, match="'b'"):
        score_articles(scored({"a": [0.1], "b": [0.1]}), articles("a"))


def test_an_article_that_stands_twice_is_refused() -> None:
    with pytest.raises(TableError, match="'a' stands twice"):
        score_articles(scored({"a": [0.1]}), articles("a", "a"))


HIGH = [0.6, 0.7, 0.65, 0.72, 0.58, 0.61]
LOW = [-0.5, -0.6, -0.55, -0.4, -0.45, -0.62]
WIDE = [-0.9, 0.9, 0.8, -0.7, 0.6, -0.1]


def test_articles_that_lie_apart_are_told_apart() -> None:
    table = compare_articles(scored({"h": HIGH, "l": LOW}), articles("h", "l"))
    row = table.iloc[0]
    assert (row["article_a"], row["article_b"]) == ("h", "l")
    assert row["difference"] == pytest.approx(np.mean(HIGH) - np.mean(LOW))
    assert 0 < row["ci_low"] < row["difference"] < row["ci_high"]
    assert row["told_apart"]
    assert not row["intervals_overlap"]


def test_articles_that_spread_widely_are_not_told_apart() -> None:
    table = compare_articles(scored({"w": WIDE, "l": [-0.1, 0.1]}), articles("w", "l"))
    assert table["told_apart"].tolist() == [False]
    assert table["intervals_overlap"].tolist() == [True]


def test_difference_has_the_interval_of_two_independent_means() -> None:
    random = np.random.default_rng(4)
    a, b = random.normal(0.1, 0.3, 300), random.normal(0, 0.5, 300)
    row = compare_articles(scored({"a": a.tolist(), "b": b.tolist()}), articles("a", "b")).iloc[
        0
    ]
    half = NORMAL * math.sqrt(a.var() / 300 + b.var() / 300)
    assert row["ci_low"] == pytest.approx(a.mean() - b.mean() - half, abs=0.1 * half)
    assert row["ci_high"] == pytest.approx(a.mean() - b.mean() + half, abs=0.1 * half)


def test_every_pair_has_a_row_and_their_number_is_told() -> None:
    scores = scored({"h": HIGH, "l": LOW, "w": WIDE, "one": [0.2]})
    table = compare_articles(scores, articles("h", "l", "w", "one"))
    assert len(table) == table.attrs["pairs"] == 6
    assert table.attrs["pairs_with_interval"] == 3
    assert table.attrs["told_apart_by_chance"] == pytest.approx(3 * 0.05)


def test_a_pair_without_interval_is_neither_told_apart_nor_not() -> None:
    table = compare_articles(scored({"h": HIGH, "one": [-0.9]}), articles("h", "one"))
    assert table["told_apart"].isna().tolist() == [True]
    assert table["intervals_overlap"].isna().tolist() == [True]
    assert table["difference"].iloc[0] == pytest.approx(np.mean(HIGH) + 0.9)


def test_the_score_without_topic_words_can_be_compared() -> None:
    scores = scored({"h": HIGH, "l": LOW})
    ids = articles("h", "l")
    half = compare_articles(scores, ids, score="compound_without_topic")["difference"]
    assert half.tolist() == pytest.approx(
        (compare_articles(scores, ids)["difference"] / 2).tolist()
    )


def test_of_many_articles_some_are_drawn_and_compared_as_ever() -> None:
    scores, ids = scored(dict.fromkeys("abcdefg", WIDE)), articles(*"abcdefg")
    some = compare_articles(scores, ids, most_articles=3)
    assert len(some) == 3
    assert some.attrs["articles_compared"] == "3 of 7, drawn with seed 2017"
    everyone = compare_articles(scores, ids)
    both = some.merge(everyone, on=["article_a", "article_b"])
    assert both["ci_low_x"].tolist() == both["ci_low_y"].tolist()


def test_too_many_pairs_are_refused() -> None:
    many = articles(*(str(number) for number in range(1500)))
    with pytest.raises(TableError, match="1,500 articles make 1,124,250 pairs"):
        compare_articles(scored({}), many)


def test_above_a_half_the_topic_share_carries_a_warning() -> None:
    table = scored({"a": [-0.4, -0.2], "b": [-0.4, -0.2]}).assign(negative_valence=2.0)
    table["topic_negative_valence"] = [1.5, 1.5, 1.0, 1.0]
    warning = score_articles(table, articles("a", "b"))["topic_warning"]
    assert "topic words carry 75%" in warning.iloc[0]
    assert warning.isna().tolist() == [False, True]


def test_other_scores_are_averaged_over_the_sentences_that_have_them() -> None:
    table = scored({"a": [0.5, 0.1, 0.0]}).assign(sensitivity=[1.0, -0.5, math.nan])
    row = score_articles(table, articles("a")).iloc[0]
    assert row["mean_sensitivity"] == pytest.approx(0.25)
    assert row["ci_low_sensitivity"] == -0.5
    assert row["share_scored"] == pytest.approx(2 / 3)
