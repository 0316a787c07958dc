"""Parts, shares and multiples: "half of", "two-thirds", "one in five", "1/16", "twice as"."""

from __future__ import annotations

import re
from typing import Final

from metoo_research.metrics.expression import Parsed, complete
from metoo_research.metrics.lexing import Tokens
from metoo_research.metrics.number_words import Read, read_cardinal, read_scales
from metoo_research.metrics.vocabulary import (
    FOLDS,
    FRACTIONS,
    MULTIPLES,
    ONES,
    SCALES,
    VULGAR_FRACTIONS,
)

# "first half", "other half", "2-1 at half": a part of a game or a year.
_NOT_BEFORE_HALF: Final = frozenset("first second other better - top this".split())
_AFTER_HALF: Final = frozenset("of the its their all our those these his her my".split())
_BEFORE_SHARE_ALONE: Final = frozenset(
    "by nearly almost about around roughly over under than least exactly".split()
)
# "a third said": a part of those spoken of. "a third person" is an ordinal.
_AFTER_SHARE_ALONE: Final = frozenset(
    "said say says were was are is have had has did do would could will believe"
    " believed reported think thought feel felt knew know . , ; ) more less fewer"
    " higher lower as".split()
)
# "about half a", "over half past nine", "around half-term"
_NO_SHARE: Final = frozenset("a an past - time term".split())
_AFTER_MULTIPLE: Final = frozenset("the that what its their his her".split())
_COMPARED: Final = frozenset("many much likely often high".split())
_TOLD_IN_TIME: Final = re.compile(
    r"(?:second|minute|hour|day|week|month|year)s?$|per(?:cent)?$|%"
)


def parse_part(tokens: Tokens, at: int) -> Parsed | None:
    """Read a part of a whole that begins at a place, in words or as one sign."""
    word = tokens.word(at)
    if word in VULGAR_FRACTIONS:
        return complete(tokens, at, at + 1, VULGAR_FRACTIONS[word], kind="fraction")
    if word == "half" or tokens.words(at, 2) == ("a", "half"):
        return _parse_half(tokens, at)
    top = 1.0 if word in {"a", "one"} else tokens.value(at) or float(ONES.get(word, 0))
    hyphen = tokens.word(at + 1) == "-"
    after = at + 2 + hyphen
    part = tokens.word(after - 1)
    if not top or part not in FRACTIONS or part == "half" or part.endswith("s") == (top == 1):
        return None
    value = top / FRACTIONS[part]
    if tokens.words(after, 2) == ("of", "a") and tokens.word(after + 2) in SCALES:
        factor, behind = read_scales(tokens, after + 2) or (1.0, after)
        return complete(tokens, at, behind, value * factor)
    if top == 1 and not _stands_for_a_share(tokens, at, after, part):
        return None
    return complete(tokens, at, after, value, kind="fraction")


def _parse_half(tokens: Tokens, at: int) -> Parsed | None:
    """Read "half a million", "a half-million", "half of", "half its users"."""
    half = at + int(tokens.word(at) == "a")
    article = int(tokens.word(half + 1) == "a")
    scaled = read_scales(tokens, half + 1 + article)
    if scaled is not None:
        return complete(tokens, at, scaled[1], scaled[0] / 2)
    before = tokens.word(at - 1)
    if half > at or before in _NOT_BEFORE_HALF:
        return None
    behind = tokens.word(half + 1)
    if behind in _AFTER_HALF or (before in _BEFORE_SHARE_ALONE and behind not in _NO_SHARE):
        return complete(tokens, at, at + 1, 0.5, kind="fraction")
    return None


def _stands_for_a_share(tokens: Tokens, at: int, after: int, part: str) -> bool:
    """Whether "a third" is a share and not the third in a row, "a quarter" not of a year."""
    behind = tokens.word(after)
    if behind == "of":
        return True
    by = tokens.word(at - 1) == "by"
    return part != "quarter" and (by or behind in _AFTER_SHARE_ALONE or not behind)


def parse_multiple(tokens: Tokens, at: int) -> Parsed | None:
    """Read how many times as many: "twice as many", "double the number", "tenfold"."""
    word = tokens.word(at)
    if word in FOLDS:
        return complete(tokens, at, at + 1, float(FOLDS[word]))
    if word not in MULTIPLES:
        return None
    behind, compared = tokens.word(at + 1), tokens.word(at + 2)
    as_many = behind == "as" and compared in _COMPARED
    if not as_many and (behind not in _AFTER_MULTIPLE or tokens[at + 2].kind == "number"):
        return None
    return complete(tokens, at, at + 1, float(MULTIPLES[word]))


def read_slashed(tokens: Tokens, after: int, top: float) -> Read | None:
    """Read a fraction in digits behind its first number: the "/16" of "1/16"."""
    if tokens.word(after) not in {"/", "⁄"} or not tokens.glued(after + 1):
        return None
    bottom = (
        tokens.value(after + 1) if tokens.word(after) == "⁄" else _under_slash(tokens, after)
    )
    if not bottom or not 0 < top < bottom:
        return None
    return top / bottom, after + 2


def _under_slash(tokens: Tokens, after: int) -> float | None:
    """The digits behind a slash; they are no identifier, though a slash stands before them."""
    said = tokens[after + 1]
    return float(said.text) if said.kind == "number" and said.text.isdecimal() else None


_SHARE_LINKS: Final = (
    ("in", "every"),
    ("out", "of", "every"),
    ("of", "every"),
    ("out", "of"),
    ("in",),
)


def read_share(tokens: Tokens, after: int, top: float) -> Read | None:
    """Read a share told in persons, behind its first number: "in five", "out of 10"."""
    if not (top.is_integer() and 0 < top <= 1000):
        return None
    link = next(
        (words for words in _SHARE_LINKS if tokens.words(after, len(words)) == words), None
    )
    if link is None:
        return None
    bottom = _read_whole(tokens, after + len(link))
    if bottom is None or not top < bottom[0]:
        return None
    # "one in 10 minutes" tells a time, and "12 in 2016" no share.
    if link == ("in",) and (bottom[0] > 1000 or _TOLD_IN_TIME.match(tokens.word(bottom[1]))):
        return None
    return top / bottom[0], bottom[1]


def _read_whole(tokens: Tokens, at: int) -> Read | None:
    value = tokens.value(at)
    if value is None:
        return read_cardinal(tokens, at)
    factor, after = read_scales(tokens, at + 1) or (1.0, at + 1)
    return value * factor, after
