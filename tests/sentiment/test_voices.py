"""Speech, narration and embedded posts told apart and scored apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import metoo_research as mr
from metoo_research.errors import TableError
from metoo_research.quotations import find_quotations
from metoo_research.sentiment import (
    compare_speakers,
    compare_voices,
    score_sentences,
    split_voices,
)

TOPIC = ["assault*"]
KINDS = ("headline", "subhead", "body", "embedded_tweet")


def corpus_of(folder: Path, *texts: str) -> mr.Corpus:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return mr.read_corpus(folder)


def parts_of(corpus: mr.Corpus) -> pd.DataFrame:
    return split_voices(mr.split_sentences(corpus, kinds=KINDS), find_quotations(corpus))


def test_a_sentence_is_cut_at_its_speech(tmp_path: Path) -> None:
    parts = parts_of(corpus_of(tmp_path, "“The tide,” said the pilot, “does not wait.”"))
    assert list(zip(parts["voice"], parts["text"], strict=True)) == [
        ("speech", "The tide,"),
        ("narration", "said the pilot,"),
        ("speech", "does not wait."),
    ]
    assert parts["letters"].tolist() == [7, 12, 11]
    assert parts["share"].sum() == pytest.approx(1)


def test_parts_stand_at_their_offsets(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "He left.\n“We met. We spoke.\n“We left,” she said. ‘Oh’ 😀.")
    text = corpus.articles["text"].iloc[0]
    parts = parts_of(corpus)
    spans = zip(parts["start"], parts["end"], strict=True)
    assert [text[start:end] for start, end in spans] == parts["text"].tolist()
    assert parts.loc[parts["voice"] == "speech", "text"].tolist()[:3] == [
        "We met.",
        "We spoke.",
        "We left,",
    ]


def test_scare_quotes_and_names_stay_narration(tmp_path: Path) -> None:
    parts = parts_of(corpus_of(tmp_path, "Their “holiday” ended; the film “Salt” began."))
    assert parts["voice"].tolist() == ["narration"]


def test_an_embedded_post_is_a_voice_of_its_own() -> None:
    corpus = mr.read_corpus(Path(__file__).parents[2] / "seeds")
    parts = parts_of(corpus)
    posts = parts[parts["voice"] == "embedded post"]
    assert set(posts["kind"]) == {"embedded_tweet"}
    assert set(parts.loc[parts["kind"] == "embedded_tweet", "voice"]) == {"embedded post"}


def test_each_part_is_scored_on_its_own_words(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "“A terrible day,” she said with a happy smile.")
    scores = score_sentences(parts_of(corpus))
    assert np.sign(scores["compound"]).tolist() == [-1, 1]


def scored_parts(*rows: tuple[str, int, str, int, float]) -> pd.DataFrame:
    """Article, sentence, voice, letters, compound; without topic words it is half of it."""
    table = pd.DataFrame(
        rows, columns=["article_id", "sentence_id", "voice", "letters", "compound"]
    )
    return table.assign(
        compound_without_topic=table["compound"] / 2,
        scored=True,
        scored_without_topic=True,
        negative_valence=2.0,
        topic_negative_valence=1.0,
        quotation_id=pd.Series(range(len(table)), dtype="Int64"),
        speaker="Ruiz",
        resolved="Ruiz",
    )


def articles(*ids: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": list(ids)})


def test_parts_of_a_sentence_count_by_their_letters() -> None:
    # (10·1 + 30·0) / 40 = 0.25 in the one sentence; then the mean of 0.25 and 0.75.
    parts = scored_parts(
        ("a", 0, "speech", 10, 1.0), ("a", 0, "speech", 30, 0.0), ("a", 1, "speech", 5, 0.75),
        ("a", 1, "narration", 5, 0.1),
    )  # fmt: skip
    row = compare_voices(parts, articles("a")).iloc[0]
    assert row["mean_speech"] == pytest.approx(0.5)
    assert row["contrast"] == pytest.approx(0.4)
    assert row["contrast_without_topic"] == pytest.approx(0.2)
    assert row["topic_share_speech"] == pytest.approx(0.5)
    assert (row["sentences_speech"], row["sentences_narration"]) == (2, 1)


def test_a_voice_without_words_has_no_mean_and_no_contrast() -> None:
    row = compare_voices(scored_parts(("a", 0, "narration", 9, 0.5)), articles("a")).iloc[0]
    assert row.isna()[["mean_speech", "contrast", "ci_low", "mean_embedded"]].all()


def test_all_articles_weigh_alike_and_an_article_without_parts_keeps_its_row() -> None:
    parts = scored_parts(
        ("a", 0, "speech", 9, 0.4), ("a", 1, "narration", 9, 0.0),
        ("b", 0, "speech", 9, 0.8), ("b", 1, "narration", 9, 0.0),
    )  # fmt: skip
    table = compare_voices(parts, articles("a", "b", "c"))
    assert table["scope"].tolist() == ["article", "article", "article", "all"]
    total = table.iloc[-1]
    assert total["contrast"] == pytest.approx((0.4 + 0.8) / 2)
    assert (total["articles_compared"], total["interval_over"]) == (2, "articles and sentences")
    assert table.iloc[2][["sentences_speech", "sentences_narration"]].tolist() == [0, 0]


def test_one_sentence_of_a_voice_gives_no_interval() -> None:
    narration = [("a", n, "narration", 9, 0.1 * n) for n in range(6)]
    one = scored_parts(("a", 6, "speech", 9, 0.9), *narration)
    two = scored_parts(("a", 6, "speech", 9, 0.9), ("a", 7, "speech", 9, 0.5), *narration)
    ends = ["ci_low", "ci_high", "ci_low_without_topic", "ci_high_without_topic"]
    first = compare_voices(one, articles("a")).iloc[0]
    assert first["contrast"] == pytest.approx(0.9 - 0.25)
    assert first[ends].isna().all()
    assert compare_voices(two, articles("a")).iloc[0][ends].notna().all()


def test_one_article_takes_the_interval_over_its_sentences() -> None:
    parts = scored_parts(
        *(("a", n, "speech", 9, 0.1 * n) for n in range(9)),
        *(("a", n, "narration", 9, 0.0) for n in range(9)),
    )
    first, total = (row for _, row in compare_voices(parts, articles("a")).iterrows())
    assert total["interval_over"] == "sentences"
    assert (total["ci_low"], total["ci_high"]) == (first["ci_low"], first["ci_high"])
    assert first["ci_low"] < first["contrast"] < first["ci_high"]
    # Bootstrap of a mean: about 1.96 · 0.274 / √9 on either side (percentiles 0.1·(0..8)).
    assert first["ci_high"] - first["ci_low"] == pytest.approx(2 * 1.96 * 0.2582 / 3, rel=0.1)


def test_the_interval_over_articles_is_wider_than_that_of_their_means_alone() -> None:
    noise = np.random.default_rng(7).normal(0, 0.4, size=(3, 12))
    rows = [
        (name, n, voice, 9, float(value) if voice == "speech" else 0.0)
        for name, values in zip("abc", noise, strict=True)
        for n, value in enumerate(values)
        for voice in ("speech", "narration")
    ]
    table = compare_voices(scored_parts(*rows), articles("a", "b", "c"))
    means = table["contrast"].iloc[:-1]
    total = table.iloc[-1]
    assert total["ci_high"] - total["ci_low"] > 1.5 * means.std(ddof=0)


def test_the_order_of_rows_does_not_matter() -> None:
    parts = scored_parts(
        ("a", 0, "speech", 9, 0.4), ("a", 1, "narration", 9, 0.1), ("b", 0, "speech", 9, 0.8),
        ("b", 1, "narration", 9, 0.2), ("b", 2, "narration", 9, 0.3),
    )  # fmt: skip
    first = compare_voices(parts, articles("a", "b"))
    again = compare_voices(parts.iloc[[4, 2, 0, 1, 3]], articles("a", "b"))
    columns = ["mean_speech", "mean_narration", "contrast"]
    pd.testing.assert_frame_equal(pd.DataFrame(first[columns]), pd.DataFrame(again[columns]))


def test_speakers_by_name_and_those_without_one_apart() -> None:
    parts = scored_parts(
        ("a", 0, "speech", 9, 0.4), ("a", 1, "speech", 9, 0.2), ("b", 0, "speech", 9, -0.6),
        ("b", 1, "narration", 9, 0.9),
    )  # fmt: skip
    parts["speaker"] = ["Ruiz", "Ruiz", "she", None]
    parts["resolved"] = ["Ruiz", "Ruiz", None, None]
    table = compare_speakers(parts)
    assert table["named"].tolist() == ["name", "pronoun"]
    assert table["sentences"].tolist() == [2, 1]
    assert table["mean_compound"].tolist() == pytest.approx([0.3, -0.6])


def test_parts_of_another_article_are_told() -> None:
    with pytest.raises(TableError, match="'a'"):
        compare_voices(scored_parts(("a", 0, "speech", 9, 0.4)), articles("b"))


def test_a_missing_column_is_told() -> None:
    with pytest.raises(TableError, match="is_speech"):
        split_voices(
            pd.DataFrame(columns=["article_id", "sentence_id", "kind", "start", "end", "text"]),
            pd.DataFrame(columns=["article_id"]),
        )
