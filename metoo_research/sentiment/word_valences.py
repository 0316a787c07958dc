"""What each word adds to a sentence's score, and what shifted it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from metoo_research.progress import tracked
from metoo_research.results import Result, result
from metoo_research.sentiment.sentences import (
    lexicon_settings,
    require_columns,
    topic_of,
)
from metoo_research.sentiment.vader import Vader
from metoo_research.sentiment.vader_rules import mark_weights
from metoo_research.sentiment.vader_words import (
    lexicon,
    mark_places,
    straightened,
    word_places,
)

_BUT_BEFORE, _BUT_AFTER = "before “but”", "after “but”"
_MARKS = "punctuation"
_FORMULAS = {
    "contribution": "valence, halved before the sentence's first “but” and raised by half "
    "after it; the sum over a sentence is its raw valence x",
    "compound": "x / √(x² + 15)",
}


class _Row(NamedTuple):
    start: int
    end: int
    token: str
    kind: str
    word: str | None
    lexicon_valence: float
    valence: float
    contribution: float
    is_topic: bool
    shifted_by: str


_DTYPES = {
    "start": "int64",
    "end": "int64",
    "token": "str",
    "kind": "str",
    "word": "str",
    "lexicon_valence": "float64",
    "valence": "float64",
    "contribution": "float64",
    "is_topic": "bool",
    "shifted_by": "str",
}


def contributions(
    sentences: pd.DataFrame, *, topic_words: Collection[str] = (), progress: bool = False
) -> Result:
    """Tell what each word adds to the score of its sentence, and what shifted it.

    The contributions of a sentence add up to its raw valence x, from which the compound
    follows: x / √(x² + 15) (Hutto & Gilbert 2014). The compound itself cannot be divided
    among words, since the squeeze is not linear.

    Parameters
    ----------
    sentences
        One row per sentence: ``article_id``, ``sentence_id``, ``text``, and ``start`` for
        offsets into the article.
    topic_words, progress
        As in `score_sentences`.

    Returns
    -------
    One row per word that the lexicon knows, and one per run of "!" and "?" that strengthens
    a sentence, in the order of the sentences and of the text within each:

    ``article_id``, ``sentence_id``
    ``start``, ``end``
        Place in the article's text (in the sentence, if ``sentences`` has no ``start``),
        end-exclusive.
    ``token``
        The characters that stand there.
    ``kind``
        "word" (also emoticons and emoji) or "punctuation".
    ``word``
        The lexicon's entry; for an emoji, the word of its description. Missing for
        punctuation.
    ``lexicon_valence``
        Valence of the entry, −4 to 4. NaN for punctuation.
    ``valence``
        After negations, degree words, capitals and idioms. NaN for punctuation.
    ``contribution``
        After "but" as well. Its sum over the rows of kind "word" is the raw valence of the
        words; over all rows, that of the sentence.
    ``is_topic``
        Whether it is a topic word.
    ``shifted_by``
        What shifted the valence, in the order of the rules: "negation: not",
        "booster: very", "emphasis: never so", "capitals", "idiom: …", "negates the next
        word" (a "no" without valence of its own), "before “but”", "after “but”". Empty if
        nothing did.

    A sentence without a known word has no row; ``attrs`` counts them. Of words with equal
    valences in a sentence with "but", VADER may shift one twice and another not at all; the
    contributions follow it.

    Raises
    ------
    TableError
        If a column is missing, or a topic word is empty or has a ``*`` before its end.
    """
    require_columns(sentences, ["article_id", "sentence_id", "text"], name="sentences")
    topic = topic_of(topic_words)
    vader = Vader(topic.entries)
    codes, texts = pd.factorize(sentences["text"])
    bar = tracked(texts, what="Words", unit="sentence", total=len(texts), shown=progress)
    of_text = [list(_rows(vader, str(text))) for text in bar]
    of_text.append([])  # a missing text has code -1

    lengths = np.array([len(found) for found in of_text])[codes]
    at = np.repeat(np.arange(len(codes)), lengths)
    rows = [row for code in codes for row in of_text[code]]
    table = pd.DataFrame(rows, columns=list(_Row._fields)).astype(_DTYPES)
    for place, name in enumerate(("article_id", "sentence_id")):
        table.insert(place, name, sentences[name].array.take(at))
    if "start" in sentences.columns:
        begins = sentences["start"].to_numpy()[at].astype("int64")
        table["start"] += begins
        table["end"] += begins
    counted = {code for code, found in enumerate(of_text) if found}
    settings = {
        "table": "sentiment_contributions",
        "formulas": _FORMULAS,
        **lexicon_settings(topic),
        "offsets": "article" if "start" in sentences.columns else "sentence",
        "n_articles": int(sentences["article_id"].nunique()),
        "n_sentences": len(sentences),
        "left_out": {"sentences without a known word": sum(c not in counted for c in codes)},
    }
    return result(table, settings)


def _rows(vader: Vader, text: str) -> Iterator[_Row]:
    straight = straightened(text)
    reading = vader.read(straight, tell=True)
    if len(reading.places) == len(reading.silent) and not any(reading.valences):
        return
    weighed = reading.weighed()
    places = word_places(straight)
    entries = lexicon()
    rows = []
    for at, entry, valence, contribution, is_topic in zip(
        reading.places,
        reading.words(),
        reading.valences,
        weighed,
        vader.of_topic(reading),
        strict=True,
    ):
        start, end = places[at]
        told = list(reading.told.get(at, ()))
        if contribution != valence:
            told.append(_BUT_BEFORE if at < reading.but else _BUT_AFTER)
        rows.append(
            _Row(
                start,
                end,
                text[start:end],
                "word",
                entry,
                entries[entry],
                valence,
                contribution,
                is_topic,
                "; ".join(told),
            )
        )
    raw = sum(weighed)
    if raw:
        rows += _mark_rows(text, straight, math.copysign(1.0, raw))
    yield from sorted(rows, key=lambda row: (row.start, row.end))


def _mark_rows(text: str, straight: str, sign: float) -> Iterator[_Row]:
    """Share what punctuation adds among the marks, equally within each kind."""
    runs = mark_places(straight)
    exclamations = sum(marks.count("!") for _, marks in runs)
    questions = sum(marks.count("?") for _, marks in runs)
    of_exclamations, of_questions = mark_weights(exclamations, questions)
    for (start, end), marks in runs:
        size = 0.0
        if exclamations:
            size += of_exclamations * marks.count("!") / exclamations
        if questions:
            size += of_questions * marks.count("?") / questions
        if size:
            yield _Row(
                start,
                end,
                text[start:end],
                _MARKS,
                None,
                math.nan,
                math.nan,
                sign * size,
                False,
                "",
            )
