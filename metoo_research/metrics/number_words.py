"""Numbers in words: "twenty-five", "two and a half million", "three dozen", "dozens"."""

from __future__ import annotations

from metoo_research.metrics.expression import Parsed, complete
from metoo_research.metrics.lexing import Tokens
from metoo_research.metrics.vocabulary import (
    ONES,
    PARTS_AFTER_AND,
    SCALES,
    TENS,
    VAGUE_PLURALS,
    VAGUE_QUANTIFIERS,
)

# "a million million" is a number, "million million million million" is not.
_LARGEST_SCALE = 1e15
#: A worth, and the place of the token behind the words that tell it.
Read = tuple[float, int]


def read_scales(tokens: Tokens, at: int) -> Read | None:
    """Multiply the scale words from a place on: "hundred thousand", "-million"."""
    factor, place = 1.0, at
    while True:
        hyphen = tokens.word(place) == "-"
        scale = SCALES.get(tokens.word(place + hyphen))
        if scale is None or factor * scale > _LARGEST_SCALE:
            return (factor, place) if place > at else None
        factor, place = factor * scale, place + hyphen + 1


def read_cardinal(tokens: Tokens, at: int) -> Read | None:
    """Read a cardinal number: groups below a thousand, each with its scale.

    "a hundred and twenty-three thousand four hundred and fifty-six" has two of them.
    """
    total, place = 0.0, at
    smallest_scale = float("inf")
    while True:
        first = place == at
        joined = 0 if first else _joins(tokens, place, smallest_scale)
        group = _read_group(tokens, place + joined, article=first)
        if group is None:
            break
        value, behind = group
        if first and (part := part_after_and(tokens, behind)):
            value, behind = value + part, behind + 3
        factor, behind = read_scales(tokens, behind) or (1.0, behind)
        if factor >= smallest_scale or (not first and value * factor >= smallest_scale):
            break
        total, place, smallest_scale = total + value * factor, behind, factor
        if factor == 1:
            break
    if place == at:
        return None
    # "a million and a half": half of the scale itself
    if smallest_scale > 1 and (part := part_after_and(tokens, place)):
        total, place = total + part * smallest_scale, place + 3
    return total, place


def _joins(tokens: Tokens, at: int, scale: float) -> int:
    """Count the tokens that join a group to the next: an "and" behind a scale word."""
    return int(scale > 1 and scale != SCALES["dozen"] and tokens.word(at) == "and")


def _read_group(tokens: Tokens, at: int, *, article: bool) -> Read | None:
    """Read a number below a thousand; with an article also the one before a scale word."""
    word = tokens.word(at)
    if article and word in {"a", "an"}:
        if tokens.word(at + 1) == "hundred":
            return _read_rest_of_hundreds(tokens, at + 2, 100.0)
        return (1.0, at + 1) if tokens.word(at + 1) in SCALES else None
    small = _read_below_hundred(tokens, at)
    if small is None:
        return None
    value, after = small
    hyphen = tokens.word(after) == "-"
    if value and tokens.word(after + hyphen) == "hundred":
        return _read_rest_of_hundreds(tokens, after + hyphen + 1, value * 100)
    return value, after


def _read_rest_of_hundreds(tokens: Tokens, at: int, hundreds: float) -> Read:
    """Read what follows "two hundred": "and fifty", "fifty", or nothing."""
    joined = int(tokens.word(at) == "and")
    rest = _read_below_hundred(tokens, at + joined)
    if rest is None or not rest[0]:
        return hundreds, at
    # "two hundred and fifty" is one number; "two hundred, fifty" are two
    return hundreds + rest[0], rest[1]


def _read_below_hundred(tokens: Tokens, at: int) -> Read | None:
    word = tokens.word(at)
    if word in ONES:
        return float(ONES[word]), at + 1
    if word not in TENS:
        return None
    hyphen = tokens.word(at + 1) == "-"
    unit = ONES.get(tokens.word(at + 1 + hyphen), 0)
    if 1 <= unit <= 9:
        return float(TENS[word] + unit), at + 2 + hyphen
    return float(TENS[word]), at + 1


def part_after_and(tokens: Tokens, at: int) -> float:
    """Give the worth of "and a half" at a place (three tokens), or 0."""
    if tokens.words(at, 2) == ("and", "a"):
        return PARTS_AFTER_AND.get(tokens.word(at + 2), 0.0)
    return 0.0


def parse_vague(tokens: Tokens, at: int) -> Parsed | None:
    """Read a vague count: "dozens", "hundreds of thousands", "several hundred"."""
    word = tokens.word(at)
    if word in VAGUE_PLURALS:
        return _parse_plural(tokens, at)
    first = at
    if word == "a" and tokens.word(at + 1) in VAGUE_QUANTIFIERS:
        word, at = tokens.word(at + 1), at + 1
    if word not in VAGUE_QUANTIFIERS:
        return None
    of = int(word == "couple" and tokens.word(at + 1) == "of")
    scaled = read_scales(tokens, at + 1 + of)
    if scaled is None:
        return None
    return complete(tokens, first, scaled[1], scaled[0], vague=True)


def _parse_plural(tokens: Tokens, at: int) -> Parsed | None:
    word, behind = tokens.word(at), tokens.word(at + 1)
    if word in {"scores", "tens"} and behind != "of":
        return None
    # "in the hundreds" names a size, not a count
    if tokens.word(at - 1) in {"the", "in"} and word != "dozens" and behind != "of":
        return None
    value, after = float(VAGUE_PLURALS[word]), at + 1
    while tokens.word(after) in {"of", "upon"} and tokens.word(after + 1) in VAGUE_PLURALS:
        factor = VAGUE_PLURALS[tokens.word(after + 1)] if tokens.word(after) == "of" else 1
        if value * factor > _LARGEST_SCALE:
            break
        value, after = value * factor, after + 2
    if word == "tens" and after == at + 1:
        return None
    return complete(tokens, at, after, value, vague=True)
