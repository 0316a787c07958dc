"""VADER: the four fields of ``vaderSentiment``, with the valence of each word kept."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import compress
from types import MappingProxyType
from typing import NamedTuple

from metoo_research.errors import TableError
from metoo_research.sentiment.vader_rules import (
    Capitals,
    Polarity,
    emphasis,
    polarity,
    shifted_valence,
    weighed_by_but,
)
from metoo_research.sentiment.vader_words import (
    lexicon,
    lexicon_hash,
    lowered_words,
    straightened,
    traits_of,
    valences_alone,
    with_emoji_described,
    word_lists,
)

__all__ = [
    "Reading",
    "SentenceScore",
    "Vader",
    "checked_topic_words",
    "lexicon",
    "lexicon_hash",
    "straightened",
    "topic_entries",
]


#: How many words before a word can shift its valence.
_REACH = 3


class SentenceScore(NamedTuple):
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


class Reading(NamedTuple):
    """A text as VADER reads it: its tokens, and those whose words have a valence."""

    text: str
    tokens: list[str]
    #: Which of the tokens have a valence.
    places: list[int]
    #: Their valences after negations, degree words, capitals and idioms, before "but" and
    #: punctuation.
    valences: list[float]
    #: Which token is the first "but"; −1 for none.
    but: int = -1
    #: Which of `places` hold a "no" that only negates the next word, and is not scored.
    silent: Sequence[int] = ()
    #: By place, what shifted the valence, if that was asked for.
    told: Mapping[int, Sequence[str]] = MappingProxyType({})

    def words(self) -> list[str]:
        """The words at `places`, in lower case."""
        return lowered_words([self.tokens[at] for at in self.places])

    def weighed(self, valences: list[float] | None = None) -> list[float]:
        """Valences after "but": those of the text, or others for the same words."""
        every = self.valences if valences is None else valences
        if self.but < 0 or not every:
            return every
        kept = [at for at, valence in enumerate(every) if valence]
        shifted = weighed_by_but(
            [self.places[at] for at in kept], [every[at] for at in kept], self.but
        )
        weighed = list(every)
        for at, valence in zip(kept, shifted, strict=True):
            weighed[at] = valence
        return weighed

    def polarity(self, weighed: list[float]) -> Polarity:
        """VADER's four fields from what `weighed` gives."""
        valences = list(filter(None, weighed))
        return polarity(valences, len(self.tokens), emphasis(self.text))


class Vader:
    """VADER, which reads a text once for both scores: with and without topic words.

    On the same text it gives exactly the four fields of ``vaderSentiment`` 3.3.2.

    Parameters
    ----------
    topic
        Entries of the lexicon that the second score takes as neutral; ``None`` for no
        second score.
    """

    def __init__(self, topic: Collection[str] | None = None) -> None:
        word_lists()  # read now, not with the first text
        self._has_topic = topic is not None
        self._topic = frozenset(topic or ())
        without = (math.nan, False, 0.0) if topic is None else (0.0, False, 0.0, 0.0)
        self._without_known_word = SentenceScore(0.0, 0.0, 0.0, 1.0, False, *without)

    def polarity_scores(self, text: str) -> dict[str, float]:
        """The four fields, named and rounded as the package gives them."""
        tokens = text.split()
        alone = valences_alone(tokens)
        if math.isnan(sum(alone)):
            reading = _read_by_rules(text, tokens, alone)
            fields = reading.polarity(reading.weighed())
        else:
            # As `read` would have it; of the reading nothing but the valences is needed.
            fields = polarity(list(filter(None, alone)), len(tokens), emphasis(text))
        negative, neutral, positive, compound = fields
        return {"neg": negative, "neu": neutral, "pos": positive, "compound": compound}

    def read(self, text: str, *, tell: bool = False) -> Reading:
        """Read a text word by word; with ``tell``, note what shifts each valence."""
        tokens = text.split()
        alone = valences_alone(tokens)
        if math.isnan(sum(alone)):
            return _read_by_rules(text, tokens, alone, tell=tell)
        # No rule speaks of any word.
        places = list(compress(range(len(tokens)), alone))
        return Reading(text, tokens, places, list(filter(None, alone)))

    def of_topic(self, reading: Reading) -> list[bool]:
        """Whether each word of a reading is of the topic."""
        return [word in self._topic for word in reading.words()]

    def score(self, text: str) -> SentenceScore:
        """Score one sentence, its quotes and apostrophes made straight."""
        text = straightened(text)
        reading = self.read(text)
        valences = reading.valences
        if not valences:
            return self._without_known_word if reading.tokens else SentenceScore()
        negative, neutral, positive, compound = reading.polarity(reading.weighed())
        scored = len(reading.places) > len(reading.silent)
        whole = compound, positive, negative, neutral, scored
        size = _size_of_negative(valences)
        if not self._has_topic:
            return SentenceScore(*whole, math.nan, False, size)
        of_topic = self.of_topic(reading)
        if True not in of_topic:
            return SentenceScore(*whole, compound, scored, size, 0.0)
        others = [not topical for topical in of_topic]
        kept = [valence * other for valence, other in zip(valences, others, strict=True)]
        *_, compound_of_others = reading.polarity(reading.weighed(kept))
        return SentenceScore(
            *whole,
            compound_of_others,
            not set(compress(reading.places, others)).issubset(reading.silent),
            size,
            _size_of_negative(compress(valences, of_topic)),
        )


def _read_by_rules(
    text: str, tokens: list[str], alone: list[float], *, tell: bool = False
) -> Reading:
    """Read a text of which some tokens are NaN in ``alone``: those that a rule speaks of."""
    words: list[str] = []
    capitals = Capitals(tokens)
    entries = lexicon().keys()
    places, valences, silent = list[int](), list[float](), list[int]()
    told: dict[int, list[str]] = {}
    but = reached = -1
    for at in compress(range(len(tokens)), alone):
        valence, shifted = alone[at], at <= reached
        if math.isnan(valence):
            word, known, shifts, has_emoji = traits_of(tokens[at])
            if has_emoji:
                text = with_emoji_described(text)
                tokens = text.split()
                return _read_by_rules(text, tokens, valences_alone(tokens), tell=tell)
            if word == "but" and but < 0:
                but = at
            if shifts:
                reached = at + _REACH
            if not known:
                continue
            shifted = True
            words = words or lowered_words(tokens)
            following = words[at + 1 : at + 2]
            if word == "kind" and following == ["of"]:
                continue
            if word == "no" and not entries.isdisjoint(following):
                silent.append(at)
        if shifted:
            words = words or lowered_words(tokens)
            told_here = told.setdefault(at, []) if tell else None
            valence = shifted_valence(at, words, capitals, told=told_here)
        places.append(at)
        valences.append(valence)
    return Reading(text, tokens, places, valences, but, silent, told)


def _size_of_negative(valences: Iterable[float]) -> float:
    return sum([-valence for valence in valences if valence < 0], 0.0)


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
