"""VADER's word lists, and the words of a text as VADER reads them.

The lists are those of the installed ``vaderSentiment`` package; none is kept here.
"""

from __future__ import annotations

import math
import re
import string
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

_T = TypeVar("_T")

# One character for one: offsets stay right.
_STRAIGHT = {
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("‘’‚‛ʼ＇", "'"),
}
_PUNCTUATION = string.punctuation
_TOKEN = re.compile(r"\S+")
# No emoji of VADER's list is ASCII. A class of all of them would be searched one by one.
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def straightened(text: str) -> str:
    """Make curly quotes and apostrophes straight, one character for one.

    VADER strips only ASCII punctuation from a word, so a curly quote hides the word beside it
    and a curly apostrophe hides a negation.
    """
    if not text.isascii():
        for curly, straight in _STRAIGHT.items():
            text = text.replace(curly, straight)
    return text


class WordLists(NamedTuple):
    """What VADER knows of words. Not to be changed."""

    #: Valence of each word or emoticon, −4 to 4.
    lexicon: dict[str, float]
    #: What a degree word adds to the valence of the word it modifies.
    boosters: dict[str, float]
    negations: frozenset[str]
    #: Idioms of more than one word, with the valence that replaces that of their words.
    idioms: dict[str, float]
    #: The words that idioms and degree phrases ("kind of") are made of.
    phrase_words: frozenset[str]
    #: Words without which nothing shifts the valence of the three words after them, those
    #: with "n't" aside: of each phrase only its longest word, as "of" alone shifts nothing.
    shifters: frozenset[str]
    #: Words that a rule speaks of: shifters, "but", and those of the lexicon that phrases are
    #: made of.
    ruled: frozenset[str]
    #: Emoji and their descriptions; VADER looks them up character by character.
    emoji: dict[str, str]
    negation_factor: float
    capitals_step: float


@cache
def word_lists() -> WordLists:
    """Read the lists of the installed package, once."""
    from vaderSentiment.vaderSentiment import (
        BOOSTER_DICT,
        C_INCR,
        N_SCALAR,
        NEGATE,
        SPECIAL_CASES,
    )

    analyzer = _analyzer()
    emoji = {sign: said for sign, said in analyzer.emojis.items() if len(sign) == 1}
    idioms = {phrase: valence for phrase, valence in SPECIAL_CASES.items() if " " in phrase}
    phrases = [*idioms, *(phrase for phrase in BOOSTER_DICT if " " in phrase)]
    phrase_words = frozenset(word for phrase in phrases for word in phrase.split())
    shifters = frozenset(
        {"no", "so", "this", "least", *NEGATE, *BOOSTER_DICT}
        | {max(phrase.split(), key=len) for phrase in phrases}
    )
    return WordLists(
        lexicon=analyzer.lexicon,
        boosters=BOOSTER_DICT,
        negations=frozenset(NEGATE),
        idioms=idioms,
        phrase_words=phrase_words,
        shifters=shifters,
        ruled=shifters | {"but"} | (phrase_words & analyzer.lexicon.keys()),
        emoji=emoji,
        negation_factor=N_SCALAR,
        capitals_step=C_INCR,
    )


def lexicon() -> dict[str, float]:
    """Return VADER's words and their valences, −4 to 4. Not to be changed."""
    return word_lists().lexicon


@cache
def lexicon_hash() -> str:
    """SHA-256 of the lexicon and the emoji descriptions, as their files hold them."""
    analyzer = _analyzer()
    read = analyzer.lexicon_full_filepath + "\0" + analyzer.emoji_full_filepath
    return sha256(read.encode()).hexdigest()


@cache
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def with_emoji_described(text: str) -> str:
    """Put the description in the place of each emoji.

    VADER sets a space before a description that has none, and none after it.
    """
    if text.isascii():
        return text
    emoji = word_lists().emoji
    if emoji.keys().isdisjoint(_NOT_ASCII.findall(text)):
        return text
    return _NOT_ASCII.sub(
        lambda sign: " " + emoji[sign[0]] if sign[0] in emoji else sign[0], text
    )


class _OfTokens(dict[str, _T]):
    """What a function says of each token, worked out when it is first asked for.

    The same few thousand tokens make up most of any text. It forgets all when it grows
    large, so that no text can fill the memory.
    """

    _MOST, _LONGEST = 100_000, 40

    def __init__(self, work_out: Callable[[str], _T]) -> None:
        self._work_out = work_out

    def __missing__(self, token: str) -> _T:
        worked_out = self._work_out(token)
        if len(token) <= self._LONGEST:
            if len(self) >= self._MOST:
                self.clear()
            self[token] = worked_out
        return worked_out


def lowered_words(tokens: Iterable[str]) -> list[str]:
    """Give VADER's words in lower case for a text's tokens (emoji described)."""
    return list(map(_LOWERED.__getitem__, tokens))


class TokenTraits(NamedTuple):
    """What the rules have to know of a token."""

    word: str
    #: Whether its word has a valence: degree words have none.
    known: bool
    #: Whether it can shift the valence of one of the three words after it.
    shifts: bool
    has_emoji: bool


def traits_of(token: str) -> TokenTraits:
    """Tell what the rules have to know of a token."""
    return _TRAITS[token]


def valences_alone(tokens: Iterable[str]) -> list[float]:
    """Give the valence that each token has while no rule shifts it.

    It is 0 for words without one, and NaN for every token that a rule speaks of: shifters,
    "but", words that depend on others, emoji. If the sum is not NaN, no rule is needed.
    """
    return list(map(_ALONE.__getitem__, tokens))


def _traits(token: str) -> TokenTraits:
    lists = word_lists()
    word = core_of(token).lower()
    return TokenTraits(
        word,
        known=word in lists.lexicon and word not in lists.boosters,
        shifts=word in lists.shifters or "n't" in word,
        has_emoji=_has_emoji(token),
    )


def _valence_alone(token: str) -> float:
    lists = word_lists()
    word = core_of(token).lower()
    if word in lists.ruled or "n't" in word or (not token.isascii() and _has_emoji(token)):
        return math.nan
    valence = lists.lexicon.get(word, 0.0)
    # In capitals it may stand out.
    return math.nan if valence and token.isupper() else valence


def _has_emoji(token: str) -> bool:
    return not word_lists().emoji.keys().isdisjoint(token)


_LOWERED = _OfTokens(lambda token: core_of(token).lower())
_TRAITS = _OfTokens(_traits)
_ALONE = _OfTokens(_valence_alone)


def core_of(token: str) -> str:
    """Strip ASCII punctuation from a token.

    A token of which that leaves two characters or fewer may be an emoticon and stays.
    """
    core = token.strip(_PUNCTUATION)
    return core if len(core) > 2 else token


class Place(NamedTuple):
    """Where a word stands in the text as it was given, end-exclusive."""

    start: int
    end: int


def word_places(text: str) -> list[Place]:
    """Place each of VADER's words in ``text`` (emoji not described).

    The words of a description all stand where their emoji stands; letters that touch an
    emoji from behind belong to the last word of its description, as VADER reads them.
    """
    described, starts = _described_with_starts(text)
    places = []
    for match in _TOKEN.finditer(described):
        core = core_of(match[0])
        begin = match.start() + match[0].index(core)
        places.append(_place(starts, begin, begin + len(core)))
    return places


def mark_places(text: str) -> list[tuple[Place, str]]:
    """Place each run of the exclamation and question marks that VADER counts."""
    described, starts = _described_with_starts(text)
    return [
        (_place(starts, *marks.span()), marks[0]) for marks in re.finditer(r"[!?]+", described)
    ]


def _place(starts: list[int] | None, begin: int, end: int) -> Place:
    if starts is None:
        return Place(begin, end)
    return Place(starts[begin], starts[end - 1] + 1)


def _described_with_starts(text: str) -> tuple[str, list[int] | None]:
    """The text with emoji described, and where in ``text`` each character comes from."""
    if with_emoji_described(text) is text:
        return text, None
    emoji = word_lists().emoji
    parts, starts = [], list[int]()
    for at, sign in enumerate(text):
        part = " " + emoji[sign] if sign in emoji else sign
        parts.append(part)
        starts += [at] * len(part)
    return "".join(parts), starts
