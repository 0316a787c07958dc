"""What is said around names and words."""

from __future__ import annotations

import pandas as pd
import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from metoo_research.errors import TableError
from metoo_research.sentiment import score_sentences, summarise_targets, target_sentiment
from metoo_research.tokens import tokenize

VADER = SentimentIntensityAnalyzer()


def tables(**texts: list[str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    rows, articles = [], []
    for article_id, sentences in texts.items():
        at = 0
        for number, sentence in enumerate(sentences):
            rows.append((article_id, number, at, at + len(sentence), sentence))
            at += len(sentence) + 1
        articles.append((article_id, " ".join(sentences)))
    split = pd.DataFrame(rows, columns=["article_id", "sentence_id", "start", "end", "text"])
    scores = score_sentences(split, topic_words=["assault*"])
    return tokenize(split), scores, pd.DataFrame(articles, columns=["article_id", "text"])


def test_each_place_has_its_offsets_and_its_context() -> None:
    made = tables(a=["The mayor lied.", "Later the Mayor’s\nhonest clerk spoke."])
    table = target_sentiment(*made, ["mayor"], context=6)
    assert table["match"].tolist() == ["mayor", "Mayor’s"]
    text = made[2]["text"].iloc[0]
    spans = zip(table["start"], table["end"], strict=True)
    assert [text[a:b] for a, b in spans] == table["match"].tolist()
    assert table["right"].tolist() == [" lied.", " hones"]


def test_the_window_ends_at_so_many_words_and_with_the_sentence() -> None:
    made = tables(a=["Good news came, and then the mayor left the bad old hall.", "Evil."])
    row = target_sentiment(*made, ["mayor"], window=2).iloc[0]
    text = made[2]["text"].iloc[0]
    assert text[row["window_start"] : row["window_end"]] == "then the mayor left the"
    assert row["words"] == 4
    assert pd.isna(row["compound"])
    wide = target_sentiment(*made, ["mayor"], window=5).iloc[0]
    assert text[wide["window_start"] : wide["window_end"]] == (
        "news came, and then the mayor left the bad old hall"
    )
    # The package's own score of these words.
    expected = VADER.polarity_scores("news came, and then the xxxxx left the bad old hall")
    assert wide["compound"] == expected["compound"]


def test_the_words_of_the_target_do_not_count() -> None:
    row = target_sentiment(*tables(a=["The brutal storm passed."]), ["brutal storm"]).iloc[0]
    assert pd.isna(row["compound"])
    assert row["sentence_compound"] < 0


def test_scores_with_and_without_topic_words_rest_on_the_same_places() -> None:
    made = tables(a=["Lund reported an assault.", "Lund reported a terrible assault."])
    table = target_sentiment(*made, ["Lund"])
    assert table["compound_without_topic"].iloc[0] == 0
    assert table["compound"].iloc[1] < table["compound_without_topic"].iloc[1] < 0
    assert table.attrs["topic_words"] == ["assault*"]


def test_spellings_of_one_target_that_overlap_count_once() -> None:
    made = tables(a=["Ada Lund met Lund."])
    table = target_sentiment(*made, {"Lund": ["Lund", "Ada Lund"]})
    assert table["match"].tolist() == ["Ada Lund", "Lund"]
    assert table["spelling"].tolist() == ["Ada Lund", "Lund"]


def test_a_final_star_is_any_ending() -> None:
    made = tables(a=["Survivors met a survivor."])
    assert len(target_sentiment(*made, ["survivor*"])) == 2
    assert len(target_sentiment(*made, ["survivor"])) == 1


def test_the_summary_has_every_target_also_one_found_nowhere() -> None:
    made = tables(a=["Lund is good.", "Lund is bad."], b=["Lund is great."])
    places = target_sentiment(*made, ["Lund", "nobody"])
    assert places.attrs["not_found"] == ["nobody"]
    first, second = (row for _, row in summarise_targets(places).iterrows())
    assert (first["places"], first["articles"], first["interval_over"]) == (3, 2, "articles")
    assert first["mean_compound"] == pytest.approx(places["compound"].mean())
    assert first["ci_low"] <= first["mean_compound"] <= first["ci_high"]
    assert (second["places"], second["interval_over"]) == (0, "places")
    assert pd.isna(second["mean_compound"])


def test_one_place_has_no_interval() -> None:
    row = summarise_targets(target_sentiment(*tables(a=["Lund is good."]), ["Lund"])).iloc[0]
    assert pd.isna(row["ci_low"])
    assert row["mean_compound"] > 0


@pytest.mark.parametrize("targets", ["Lund", [""], ["*"], ["a*b"], {"Lund": []}, {"Lund": "x"}])
def test_a_target_that_means_nothing_is_told(targets: object) -> None:
    with pytest.raises(TableError, match="target"):
        target_sentiment(*tables(a=["Lund."]), targets)  # type: ignore[arg-type]


def test_scores_of_other_sentences_are_told() -> None:
    tokens, scores, articles = tables(a=["One.", "Lund is good."])
    with pytest.raises(TableError, match="sentence 1 of article 'a'"):
        target_sentiment(tokens, scores.iloc[:1], articles, ["Lund"])
