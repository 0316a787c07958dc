"""Scores of sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from importlib import metadata
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.progress import tracked
from metoo_research.results import Result, result
from metoo_research.sentiment.vader import (
    SentenceScore,
    Vader,
    checked_topic_words,
    lexicon_hash,
    topic_entries,
)

Score = Literal["compound", "compound_without_topic"]
#: Scores of which a study declares one as its primary score.
PrimaryScore = Literal["compound", "compound_without_topic", "sensitivity", "model_score"]

_SCORE_COLUMNS = list(SentenceScore._fields)
# Zero-width characters, which the eye does not see and which hide a word from the lexicon.
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def score_sentences(
    sentences: pd.DataFrame,
    *,
    topic_words: Collection[str] = (),
    primary: PrimaryScore = "compound",
    articles: pd.DataFrame | None = None,
    progress: bool = False,
) -> Result:
    """Score each sentence with VADER, with and without the words of the topic.

    The four fields are exactly those of ``vaderSentiment`` 3.3.2 (Hutto & Gilbert 2014) on
    the sentence with straight quotes. Curly quotes and apostrophes are made straight before
    scoring, one character for one: offsets and ``text`` are those of the article as it
    stands. Nothing else is changed; a zero-width character within a word hides the word from
    VADER, and ``attrs`` counts the sentences that hold one. The lexicon is English.

    Parameters
    ----------
    sentences
        One row per sentence: ``article_id``, ``sentence_id``, ``text``.
    topic_words
        Words whose valence is set to 0 for the second score. They are compared with the
        entries of the lexicon, without regard to case; a final ``*`` stands for any ending
        ("harass*"). The words stay in the sentence, where they count as neutral.
    primary
        The score that the study declared as its primary one, before looking. "sensitivity"
        and "model_score" stay NaN here until `sensitivity_scores` or the model adds them.
    articles
        One row per article: ``article_id``, ``language``. With it, sentences of articles in
        another language than English are flagged.
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
    ``score``
        The primary score. Unlike the compound it is NaN, not 0, where no word is scored.
    ``in_english``
        Only with ``articles``: whether the article is in English, missing where its language
        is not known. The score of another language is that of its few words that happen to
        stand in an English lexicon.

    A sentence without text has NaN in every score. ``attrs`` tells version and hash of the
    lexicon, the topic words, how many entries they match, and which of them match none.

    Raises
    ------
    TableError
        If a column is missing, a topic word is empty or has a ``*`` before its end, or the
        primary score is none of the four.
    """
    require_columns(sentences, ["article_id", "sentence_id", "text"], name="sentences")
    topic = topic_of(topic_words)
    vader = Vader(topic.entries)

    # Boilerplate repeats from article to article: each distinct sentence is scored once.
    codes, distinct = pd.factorize(sentences["text"])
    texts = [str(text) for text in distinct.tolist()]
    bar = tracked(texts, what="Sentiment", unit="sentence", total=len(texts), shown=progress)
    # A missing text has code -1 and takes the empty score at the end.
    of_distinct = zip(*[*map(vader.score, bar), SentenceScore()], strict=True)
    scores = {
        column: np.array(values)[codes]
        for column, values in zip(_SCORE_COLUMNS, of_distinct, strict=True)
    }
    table = with_primary_score(sentences.assign(**scores), primary)
    of_language: dict[str, Any] = {}
    if articles is not None:
        table["in_english"], of_language = _in_english(sentences, articles)
    invisible = [not text.isascii() and bool(_INVISIBLE.search(text)) for text in texts]
    n_invisible = int(np.array([*invisible, False])[codes].sum())
    return result(
        table,
        plain_settings(sentences)
        | {"table": "sentiment", **lexicon_settings(topic), "primary": primary}
        | {"n_sentences": len(table), "n_sentences_scored": int(table["scored"].sum())}
        | {"n_sentences_with_zero_width": n_invisible}
        | of_language,
    )


def with_primary_score(scores: pd.DataFrame, primary: PrimaryScore) -> pd.DataFrame:
    """Set ``score``, the study's primary score: NaN where no word is scored.

    Parameters
    ----------
    scores
        As `score_sentences` gives them, and with the column of the primary score.
    primary
        The name of the score. One that ``scores`` has not yet leaves ``score`` NaN.

    Returns
    -------
    ``scores`` with ``score``, and the name of the score in ``attrs["primary"]``.

    Raises
    ------
    TableError
        If there is no such score.
    """
    if primary not in get_args(PrimaryScore):
        names = " or ".join(map(repr, get_args(PrimaryScore)))
        raise TableError(f"the primary score is {names}, not {primary!r}")
    known = {"compound": "scored", "compound_without_topic": "scored_without_topic"}
    score = pd.Series(np.nan, index=scores.index, dtype="float64")
    if primary in known:
        score = scores[primary].where(scores[known[primary]].astype(bool))
    elif primary in scores.columns:
        score = scores[primary].astype("float64")
    made = scores.assign(score=score)
    made.attrs = scores.attrs | {"primary": primary}
    return made


class TopicWords(NamedTuple):
    """Topic words, and the entries of the lexicon that each stands for."""

    words: list[str]
    found: dict[str, frozenset[str]]

    @property
    def entries(self) -> frozenset[str] | None:
        """All entries; ``None`` if no topic words were given."""
        return frozenset().union(*self.found.values()) if self.words else None


def topic_of(topic_words: Collection[str]) -> TopicWords:
    """Look topic words up in the lexicon."""
    words = checked_topic_words(topic_words)
    return TopicWords(words, {word: topic_entries(word) for word in words})


def lexicon_settings(topic: TopicWords) -> dict[str, Any]:
    """Tell which lexicon and topic words a table rests on."""
    return {
        "lexicon": "vaderSentiment",
        "lexicon_version": metadata.version("vaderSentiment"),
        "lexicon_sha256": lexicon_hash(),
        "topic_words": topic.words,
        "topic_entries": len(topic.entries or ()),
        "topic_words_without_entry": [w for w, found in topic.found.items() if not found],
    }


def _in_english(
    sentences: pd.DataFrame, articles: pd.DataFrame
) -> tuple[pd.Series[bool], dict[str, Any]]:
    """Whether each sentence's article is in English, and which articles are not."""
    require_columns(articles, ["article_id", "language"], name="articles")
    language = articles["language"].astype("str").str.lower()
    english = language.str.match(r"en(\b|_|glish\b)").astype("boolean")
    english = english.mask(language.isna() | (language == ""))
    by_article = pd.Series(english.array, index=articles["article_id"].astype("str"))
    of_sentence = by_article[~by_article.index.duplicated()].reindex(
        sentences["article_id"].astype("str")
    )
    ids = by_article.index
    return pd.Series(of_sentence.array, index=sentences.index), {
        "lexicon_language": "en",
        "articles_not_in_english": ids[by_article.eq(False).fillna(False)].tolist(),
        "articles_of_unknown_language": ids[by_article.isna()].tolist(),
    }


def most_extreme_sentences(
    scores: pd.DataFrame, n: int = 5, *, score: PrimaryScore = "compound"
) -> Result:
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
    settings = {"table": "most_extreme_sentences", "score": score, "n": n, **totals}
    return result(table, plain_settings(scores) | settings)


def plain_settings(table: pd.DataFrame) -> dict[str, Any]:
    """The settings that a table was made with, to be passed on."""
    return {str(key): value for key, value in table.attrs.items()}


def require_columns(table: pd.DataFrame, columns: Iterable[str], *, name: str) -> None:
    """Raise `TableError` if ``table`` (called ``name`` in the message) lacks a column."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise TableError(f"the {name} table has no column {', '.join(map(repr, missing))}")
