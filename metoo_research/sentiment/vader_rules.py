"""VADER's rules: what shifts the valence of a word, and how a sentence's score is made.

The rules are those of ``vaderSentiment`` 3.3.2, with its peculiarities, since a score that is
called VADER's must be VADER's. Names and numbers are explained in Hutto & Gilbert (2014).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate
from typing import Literal, TypeAlias

from metoo_research.sentiment.vader_words import word_lists

# How much a degree word counts one, two and three words before the word it modifies.
_NEARNESS = (1.0, 0.95, 0.9)
_EMPHASISED = 1.25
_AS_THIS = frozenset({"so", "this"})
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.5
_MOST_EXCLAMATIONS = 4
_PER_EXCLAMATION = 0.292
_PER_QUESTION, _MANY_QUESTIONS = 0.18, 0.96
_QUESTIONS_COUNTED_SINGLY = 3
# The constant of x / √(x² + 15).
_ALPHA = 15
_SCALES = {3: 1e3, 4: 1e4}
_HARDLY = 1e-6


class Capitals:
    """Whether a word is in capitals among words that are not.

    ``tokens`` are the text's tokens as written; punctuation beside a word makes no difference.
    """

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._all: bool | None = None

    def stand_out(self, at: int) -> bool:
        """Tell it of the word at a place."""
        if not self._tokens[at].isupper():
            return False
        if self._all is None:
            self._all = all(token.isupper() for token in self._tokens)
        return not self._all


def shifted_valence(
    at: int, words: Sequence[str], capitals: Capitals, *, told: list[str] | None = None
) -> float:
    """Give the valence of a word of the lexicon after what stands around it.

    Parameters
    ----------
    at
        Which of ``words`` it is; it must have an entry in the lexicon.
    words
        All words of the sentence, as `lowered_words` gives them.
    capitals
        Of the same sentence.
    told
        A list that what shifts the valence is added to, in the order of the rules.
    """
    lists = word_lists()
    lexicon, step = lists.lexicon, lists.capitals_step
    tell = _ignore if told is None else told.append
    word = words[at]
    one = words[at - 1] if at > 0 else ""
    two = words[at - 2] if at > 1 else ""
    three = words[at - 3] if at > 2 else ""

    valence = lexicon[word]
    if word == "no" and at + 1 < len(words) and words[at + 1] in lexicon:
        valence = 0.0
        tell("negates the next word")
    if "no" in (one, two) or (three == "no" and one in ("or", "nor")):
        valence = lexicon[word] * lists.negation_factor
        tell("negation: no")
    if capitals.stand_out(at):
        valence += step if valence > 0 else -step
        tell("capitals")

    for distance, before in enumerate((one, two, three)):
        if at <= distance or before in lexicon:
            continue
        if before in lists.boosters:
            boost = lists.boosters[before]
            if valence < 0:
                boost = -boost
            if capitals.stand_out(at - distance - 1):
                boost += step if valence > 0 else -step
            valence += boost * _NEARNESS[distance]
            tell(f"booster: {before}")
        if before in lists.negations or "n't" in before or (distance and one in _AS_THIS):
            factor, reason = _negation(distance, one, two, three)
            if reason:
                valence *= factor
                tell(reason)
    # VADER looks for idioms only from the fourth word on, and not after a word of its lexicon.
    if three and three not in lexicon and not lists.phrase_words.isdisjoint((two, one, word)):
        valence = _idiom(at, words, valence, tell)
    if one == "least" and one not in lexicon and two not in ("at", "very"):
        valence *= lists.negation_factor
        tell("negation: least")
    return valence


def _ignore(_: str) -> None:
    pass


def _negation(distance: int, one: str, two: str, three: str) -> tuple[float, str]:
    """What the word ``distance`` + 1 places before does as a negation; no reason if nothing."""
    before = (one, two, three)[distance]
    # "never so good" is praise, "without doubt" no negation. Three words away VADER takes any
    # "so" or "this" just before the word for the first.
    if distance == 1:
        if before == "never" and one in _AS_THIS:
            return _EMPHASISED, f"emphasis: never {one}"
        if before == "without" and one == "doubt":
            return 1.0, ""
    elif distance:
        if one in _AS_THIS:
            return _EMPHASISED, f"emphasis: {one}"
        if before == "never" and two in _AS_THIS:
            return _EMPHASISED, f"emphasis: never {two}"
        if before == "without" and "doubt" in (two, one):
            return 1.0, ""
    lists = word_lists()
    if before in lists.negations or "n't" in before:
        return lists.negation_factor, f"negation: {before}"
    return 1.0, ""


def _idiom(
    at: int, words: Sequence[str], valence: float, tell: Callable[[str], object]
) -> float:
    """Let the idioms and degree phrases around a word replace or dampen its valence."""
    lists = word_lists()
    made_of = lists.phrase_words
    three, two, one, word = words[at - 3 : at + 1]
    following = words[at + 1 : at + 3]
    if one in made_of or two in made_of:
        earlier = (f"{two} {one}", f"{three} {two} {one}", f"{three} {two}")
        for phrase in (f"{one} {word}", f"{two} {one} {word}", *earlier):
            if phrase in lists.idioms:
                valence = lists.idioms[phrase]
                tell(f"idiom: {phrase}")
                break
    if following and word in made_of:
        for phrase in accumulate((f"{word} {following[0]}", *following[1:]), "{} {}".format):
            if phrase in lists.idioms:
                valence = lists.idioms[phrase]
                tell(f"idiom: {phrase}")
    if two in made_of:
        for phrase in (f"{three} {two} {one}", f"{three} {two}", f"{two} {one}"):
            if phrase in lists.boosters:
                # Unlike single words, phrases lower a valence whatever its sign.
                valence += lists.boosters[phrase]
                tell(f"booster: {phrase}")
    return valence


def weighed_by_but(places: Sequence[int], valences: Sequence[float], but: int) -> list[float]:
    """Halve the valences before the first "but", and raise those after it by half.

    VADER looks each valence up by its value and shifts the first word that has it at that
    moment: of words whose valences become equal on the way, one may be shifted twice and
    another not at all. That is followed here, without searching the list for each word.

    Parameters
    ----------
    places
        Where the words stand among all words of the sentence, ascending.
    valences
        Their valences, none of them 0.
    but
        Where the first "but" stands.
    """
    now = list(valences)
    holders: dict[float, list[int]] = {}
    for at, valence in enumerate(now):
        holders.setdefault(valence, []).append(at)
    for held in holders.values():
        heapify(held)
    for at in range(len(now)):
        valence = now[at]
        first = heappop(holders[valence])
        now[first] = valence * (_BEFORE_BUT if places[first] < but else _AFTER_BUT)
        heappush(holders.setdefault(now[first], []), first)
    return now


def emphasis(text: str) -> float:
    """What the marks of a text add to the size of its valence: the sum of `mark_weights`."""
    if "!" not in text and "?" not in text:
        return 0.0
    of_exclamations, of_questions = mark_weights(text.count("!"), text.count("?"))
    return of_exclamations + of_questions


def mark_weights(exclamations: int, questions: int) -> tuple[float, float]:
    """Weigh all exclamation marks (four at most) and all question marks (from two on)."""
    of_exclamations = min(exclamations, _MOST_EXCLAMATIONS) * _PER_EXCLAMATION
    of_questions = 0.0
    if questions > _QUESTIONS_COUNTED_SINGLY:
        of_questions = _MANY_QUESTIONS
    elif questions > 1:
        of_questions = questions * _PER_QUESTION
    return of_exclamations, of_questions


#: VADER's four fields, rounded as VADER rounds them: negative, neutral, positive, compound.
#: A tuple with names takes as long to make as two of its numbers.
Polarity: TypeAlias = tuple[float, float, float, float]
_NEUTRAL: Polarity = (0.0, 1.0, 0.0, 0.0)
_EMPTY: Polarity = (0.0, 0.0, 0.0, 0.0)


def polarity(valences: Sequence[float], n_words: int, emphasised: float) -> Polarity:
    """Make the four fields of a sentence.

    Parameters
    ----------
    valences
        Of the words that have one other than 0, in their order.
    n_words
        Number of all words.
    emphasised
        What punctuation adds to the size of the sum.
    """
    if not valences:
        return _NEUTRAL if n_words else _EMPTY
    raw = float(sum(valences))
    if raw > 0:
        raw += emphasised
    elif raw < 0:
        raw -= emphasised
    # Words without valence count as 1 in the shares, and so every other word counts 1 more.
    positive, negative = 0.0, 0.0
    for valence in valences:
        if valence > 0:
            positive += valence + 1
        else:
            negative += valence - 1
    neutral = n_words - len(valences)
    if positive > -negative:
        positive += emphasised
    elif positive < -negative:
        negative -= emphasised
    total = positive - negative + neutral
    return (
        rounded(-negative / total, 3) if negative else 0.0,
        rounded(neutral / total, 3) if neutral else 0.0,
        rounded(positive / total, 3) if positive else 0.0,
        rounded(squeezed(raw), 4) if raw else 0.0,
    )


def rounded(value: float, digits: Literal[3, 4]) -> float:
    """Round a value from −1 to 1 as `round` does, which costs more than all else here."""
    scale = _SCALES[digits]
    raised = value * scale + 0.5
    whole = raised // 1
    # Near a half, the product's own rounding may hide which side the value is on. Near 0,
    # `round` keeps the sign.
    if whole and _HARDLY < raised - whole < 1 - _HARDLY:
        return whole / scale
    return round(value, digits)


def squeezed(raw: float) -> float:
    """Squeeze a raw valence into −1 to 1: x / √(x² + 15)."""
    # The package cuts off what lies beyond 1. Nothing does: √(x²) is never less than x, in
    # floating point neither.
    return raw / math.sqrt(raw * raw + _ALPHA)
