"""VADER, with the valence of each word kept."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer

from metoo_research.errors import TableError

# VADER strips only ASCII punctuation from a word, so a curly quote hides the word beside it
# and a curly apostrophe hides a negation. One character for one: offsets stay right.
_STRAIGHT = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛ʼ＇", "'"))


def straightened(text: str) -> str:
    """Make curly quotes and apostrophes straight, one character for one."""
    return text.translate(_STRAIGHT)


@dataclass(frozen=True)
class SentenceScore:
    """The scores of one sentence; without arguments those of a sentence without text."""

    compound: float = math.nan
    positive: float = math.nan
    negative: float = math.nan
    neutral: float = math.nan
    scored: bool = False
    compound_without_topic: float = math.nan
    scored_without_topic: bool = False
    negative_valence: float = math.nan
    topic_negative_valence: float = math.nan


class Vader(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """VADER that also tells what each word contributed, and scores without topic words.

    ``polarity_scores`` hands the valences of all words to ``_but_check`` before it sums
    them. They are kept there, so that one pass over a sentence serves both scores.

    Parameters
    ----------
    topic
        Entries of the lexicon that the second score takes as neutral; ``None`` for no
        second score.
    """

    def __init__(self, topic: frozenset[str] | None) -> None:
        # Reading the lexicon takes longer than scoring an article: it is read once.
        self.lexicon = lexicon()
        self.emojis: dict[str, str] = _analyzer().emojis
        self._topic = topic
        self._words: list[str] = []
        self._valences: list[float] = []

    def _but_check(self, words_and_emoticons: list[str], sentiments: list[float]) -> Any:
        # The check halves and doubles within the list it is given, so a copy is kept.
        self._words, self._valences = words_and_emoticons, list(sentiments)
        return super()._but_check(words_and_emoticons, sentiments)

    def score(self, text: str) -> SentenceScore:
        """Score one sentence."""
        text = straightened(text).strip()
        if not text:
            return SentenceScore()
        scores = self.polarity_scores(text)
        words, valences = [word.lower() for word in self._words], self._valences
        hits = self._hits(words)
        whole = {
            "compound": scores["compound"],
            "positive": scores["pos"],
            "negative": scores["neg"],
            "neutral": scores["neu"],
            "scored": any(hits),
            "negative_valence": sum((-valence for valence in valences if valence < 0), 0.0),
        }
        if self._topic is None:
            return SentenceScore(**whole)
        of_topic = [word in self._topic for word in words]
        pairs = list(zip(valences, of_topic, strict=True))
        without = scores["compound"]
        if any(of_topic):
            kept = [0.0 if topic else valence for valence, topic in pairs]
            weighed = super()._but_check(self._words, kept)
            without = self.score_valence(weighed, text)["compound"]
        return SentenceScore(
            **whole,
            compound_without_topic=without,
            scored_without_topic=any(
                hit and not topic for hit, topic in zip(hits, of_topic, strict=True)
            ),
            topic_negative_valence=sum(
                (-valence for valence, topic in pairs if topic and valence < 0), 0.0
            ),
        )

    def _hits(self, words: list[str]) -> list[bool]:
        """Whether VADER takes each word's valence from the lexicon.

        It does not for boosters, for "kind" in "kind of", nor for a "no" that only negates
        the next word.
        """
        following = [*words[1:], ""]
        return [
            word in self.lexicon
            and word not in BOOSTER_DICT
            and not (word == "kind" and after == "of")
            and not (word == "no" and after in self.lexicon)
            for word, after in zip(words, following, strict=True)
        ]


def topic_entries(word: str) -> frozenset[str]:
    """Entries of the lexicon that a topic word stands for; a final ``*`` is any ending.

    Raises
    ------
    TableError
        If the word is empty or has a ``*`` before its end.
    """
    stem = word.removesuffix("*")
    if not word or "*" in stem:
        raise TableError(
            f"topic word {word!r}: write a word, or its beginning with a final *, "
            'such as "harass*"'
        )
    if stem == word:
        return frozenset({word} & lexicon().keys())
    return frozenset(entry for entry in lexicon() if entry.startswith(stem))


def checked_topic_words(topic_words: Iterable[str]) -> list[str]:
    """Bring topic words into the form of the lexicon, each once."""
    if isinstance(topic_words, str):
        raise TableError(f"topic_words is a list of words; write [{topic_words!r}]")
    return list(dict.fromkeys(straightened(word).strip().lower() for word in topic_words))


def lexicon() -> dict[str, float]:
    """Return VADER's words and their valences, −4 to 4. Not to be changed."""
    valences: dict[str, float] = _analyzer().lexicon
    return valences


@cache
def lexicon_hash() -> str:
    """SHA-256 of the lexicon and the emoji descriptions, as their files hold them."""
    analyzer = _analyzer()
    read = analyzer.lexicon_full_filepath + "\0" + analyzer.emoji_full_filepath
    return sha256(read.encode()).hexdigest()


@cache
def _analyzer() -> Any:
    return SentimentIntensityAnalyzer()
