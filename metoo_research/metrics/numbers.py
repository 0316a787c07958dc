"""The number grammar: where a number stands in a sentence, and what it is worth.

What counts as a number is listed in ``_FORMS``, in the order in which the forms are tried.
What :mod:`~metoo_research.metrics.masks` covers is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from metoo_research.metrics.digits import parse_digits
from metoo_research.metrics.expression import Number, Parsed, complete
from metoo_research.metrics.lexing import Tokens
from metoo_research.metrics.masks import Mask
from metoo_research.metrics.number_words import parse_vague, read_cardinal
from metoo_research.metrics.parts import parse_multiple, parse_part, read_share
from metoo_research.metrics.ranges import join_ranges
from metoo_research.metrics.vocabulary import (
    FOLDS,
    FRACTIONS,
    MULTIPLES,
    ONES,
    ORDINALS,
    SCALES,
    TENS,
    VAGUE_PLURALS,
    VULGAR_FRACTIONS,
)

__all__ = ["Number", "find_numbers", "has_number"]

# "one" is a pronoun before and behind these.
_ONE_NOT_AFTER: Final = frozenset(
    "day number phase stage no every any each some this that another which the same"
    " such everyone someone last other these those first next only not".split()
)
_ONE_NOT_BEFORE: Final = frozenset(
    "is was has had who that which can could will would another by and or to should does did"
    " might must may with as at if are were i you he she they we it".split()
)
# "a one-year plan" counts; "one-sided", "one-off" do not.
_COUNTED_BEHIND_ONE: Final = frozenset("year day week hour month time man minute".split())
# "the then-19-year-old", "minus-20": the number behind these counts.
_PREFIXES: Final = frozenset("and to or mid sub minus then now".split())
_FIRST_WORDS: Final = frozenset(
    {*ONES, *TENS, *SCALES, *VAGUE_PLURALS, *FRACTIONS, *ORDINALS, *MULTIPLES, *FOLDS}
)
_WORD: Final = re.compile(r"[a-z]+")
_DIGIT: Final = re.compile(rf"[\d{''.join(VULGAR_FRACTIONS)}]")


def has_number(text: str) -> bool:
    """Whether a text can hold a number at all: a quick look before the full grammar."""
    return bool(_DIGIT.search(text)) or not _FIRST_WORDS.isdisjoint(_WORD.findall(text.lower()))


def find_numbers(text: str, masks: Sequence[Mask] = ()) -> list[Number]:
    """Find the number expressions of a sentence.

    Parameters
    ----------
    text
        One sentence.
    masks
        Stretches to pass over, in order, as
        :func:`~metoo_research.metrics.masks.find_masks` gives them.

    Returns
    -------
    Numbers in the order of their places; none overlap. A range ("10 to 20") is one number
    with ``value`` and ``value_high``.
    """
    tokens = Tokens(text, masks)
    numbers: list[Number] = []
    free_from = 0
    for place in tokens.places_of(_BEGINNINGS):
        parsed = _parse(tokens, place) if place >= free_from else None
        if parsed is not None:
            number, free_from = parsed
            numbers.append(number)
    return join_ranges(text, numbers)


def _parse(tokens: Tokens, at: int) -> Parsed | None:
    """Read the number that begins at a token, by the first form that fits."""
    if _ends_a_compound(tokens, at):
        return None
    if tokens[at].kind == "number":
        return parse_part(tokens, at) or parse_digits(tokens, at)
    for parse in _FORMS:
        if parsed := parse(tokens, at):
            return parsed
    return None


def _parse_cardinal(tokens: Tokens, at: int) -> Parsed | None:
    read = read_cardinal(tokens, at)
    if read is None:
        return None
    value, after = read
    share = read_share(tokens, after, value)
    if share is not None:
        return complete(tokens, at, share[1], share[0], kind="fraction")
    if value == 1 and after == at + 1 and not _is_counting_one(tokens, at):
        return None
    if value == 0 and tokens.word(after) == "-":
        return None
    return complete(tokens, at, after, value)


def _is_counting_one(tokens: Tokens, at: int) -> bool:
    """Whether "one" counts ("one solution", "one of the best") or stands for something."""
    behind = tokens[at + 1]
    if tokens.word(at - 1) in _ONE_NOT_AFTER:
        return False
    if behind.text == "-" and tokens.glued(at + 1):
        return tokens.word(at + 2) in _COUNTED_BEHIND_ONE
    return behind.text.isalpha() and behind.lower not in _ONE_NOT_BEFORE


def _parse_ordinal(tokens: Tokens, at: int) -> Parsed | None:
    word = tokens.word(at)
    if word not in ORDINALS or (word == "second" and tokens.word(at - 1) in {"a", "per", "-"}):
        return None
    return complete(tokens, at, at + 1, float(ORDINALS[word]), kind="ordinal")


def _ends_a_compound(tokens: Tokens, at: int) -> bool:
    """Whether a number word is the end of another word: "mother-of-two", "last-16"."""
    before = tokens[at - 2]
    return (
        tokens.word(at - 1) == "-"
        and tokens.glued(at)
        and tokens.glued(at - 1)
        and before.kind == "word"
        and before.lower not in _BEGINNINGS
        and before.lower not in _PREFIXES
    )


#: Every form that begins with a word; the first that fits is taken.
_FORMS: Final[tuple[Callable[[Tokens, int], Parsed | None], ...]] = (
    parse_vague,
    parse_part,
    parse_multiple,
    _parse_cardinal,
    _parse_ordinal,
)
_BEGINNINGS: Final = (
    _FIRST_WORDS | {"a", "an", "few", "several", "many", "couple"} | set(VULGAR_FRACTIONS)
)
