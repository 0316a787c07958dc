"""Scores of sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from importlib import metadata
from typing import Literal

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.progress import tracked
from metoo_research.sentiment.vader import (
    SentenceScore,
    Vader,
    checked_topic_words,
    lexicon_hash,
    topic_entries,
)

Score = Literal["compound", "compound_without_topic"]

_SCORE_COLUMNS = [field.name for field in fields(SentenceScore)]


def score_sentences(
    sentences: pd.DataFrame, *, topic_words: Collection[str] = (), progress: bool = False
) -> pd.DataFrame:
    """Score each sentence with VADER, with and without the words of the topic.

    Curly quotes and apostrophes are made straight before scoring, one character for one:
    offsets and ``text`` are those of the article as it stands. The lexicon is English.

    Parameters
    ----------
    sentences
        One row per sentence: ``article_id``, ``sentence_id``, ``text``.
    topic_words
        Words whose valence is set to 0 for the second score. They are compared with the
        entries of the lexicon, without regard to case; a final ``*`` stands for any ending
        ("harass*"). The words stay in the sentence, where they count as neutral.
    progress
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    ``sentences`` with these columns:

    ``compound``
        VADER's score from −1 to 1, four decimals.
    ``positive``, ``negative``, ``neutral``
        VADER's shares of the sentence, 0 to 1, three decimals.
    ``scored``
        Whether the lexicon knows any word of the sentence. Where it knows none, VADER gives
        a compound of 0 that measures nothing.
    ``compound_without_topic``, ``scored_without_topic``
        The same with the valence of topic words at 0; NaN and False if none were given.
    ``negative_valence``
        Sum of the sizes of the negative valences, on the scale of the lexicon (−4 to 4 for
        a word before boosters), after VADER's rules for negation, boosters and capitals and
        before those for "but" and punctuation.
    ``topic_negative_valence``
        The part of it that topic words carry; NaN if none were given.

    A sentence without text has NaN in every score. ``attrs`` tells version and hash of the
    lexicon, the topic words, how many entries they match, and which of them match none.

    Raises
    ------
    TableError
        If a column is missing, or a topic word is empty or has a ``*`` before its end.
    """
    require_columns(sentences, ["article_id", "sentence_id", "text"], name="sentences")
    words = checked_topic_words(topic_words)
    entries = {word: topic_entries(word) for word in words}
    topic = frozenset().union(*entries.values()) if words else None
    vader = Vader(topic)

    # Boilerplate repeats from article to article: each distinct sentence is scored once.
    codes, texts = pd.factorize(sentences["text"])
    bar = tracked(texts, what="Sentiment", unit="sentence", total=len(texts), shown=progress)
    distinct = pd.DataFrame(
        [*(vader.score(str(text)) for text in bar), SentenceScore()], columns=_SCORE_COLUMNS
    )
    # A missing text has code -1 and takes the empty score at the end.
    scores = {column: distinct[column].to_numpy()[codes] for column in _SCORE_COLUMNS}
    table = sentences.assign(**scores)
    table.attrs.update(
        {
            "table": "sentiment",
            "lexicon": "vaderSentiment",
            "lexicon_version": metadata.version("vaderSentiment"),
            "lexicon_sha256": lexicon_hash(),
            "topic_words": words,
            "topic_entries": len(topic or ()),
            "topic_words_without_entry": [w for w, found in entries.items() if not found],
        }
    )
    return table


def most_extreme_sentences(
    scores: pd.DataFrame, n: int = 5, *, score: Score = "compound"
) -> pd.DataFrame:
    """Pick the most negative and the most positive sentences.

    Parameters
    ----------
    scores
        As `score_sentences` gives them.
    n
        How many of each side.
    score
        The column to rank by.

    Returns
    -------
    Up to 2 n rows of ``scores`` with two columns in front: ``side`` ("negative", first,
    only scores below 0; "positive", only above 0) and ``rank`` from 1 for the most extreme.
    Equal scores stand in the order of article and sentence. ``attrs["negative"]`` and
    ``attrs["positive"]`` tell how many sentences each side has in all.

    Raises
    ------
    TableError
        If a column is missing or ``n`` is under 1.
    """
    require_columns(scores, ["article_id", "sentence_id", score], name="scores")
    if n < 1:
        raise TableError(f"n is a whole number from 1 on, not {n!r}")
    ordered = scores.sort_values(["article_id", "sentence_id"])
    parts, totals = [], dict[str, int]()
    for side, of_side, ascending in (
        ("negative", ordered[ordered[score] < 0], True),
        ("positive", ordered[ordered[score] > 0], False),
    ):
        totals[side] = len(of_side)
        top = of_side.sort_values(score, ascending=ascending, kind="stable").head(n).copy()
        top.insert(0, "side", pd.Series(side, index=top.index, dtype="str"))
        top.insert(1, "rank", np.arange(1, len(top) + 1))
        parts.append(top)
    table = pd.concat(parts, ignore_index=True)
    settings = {"table": "most_extreme_sentences", "score": score, "n": n}
    table.attrs = scores.attrs | settings | totals
    return table


def require_columns(table: pd.DataFrame, columns: Iterable[str], *, name: str) -> None:
    """Raise `TableError` if ``table`` (called ``name`` in the message) lacks a column."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise TableError(f"the {name} table has no column {', '.join(map(repr, missing))}")
