"""Words, digits and signs: what the number grammar reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from metoo_research.metrics.masks import Mask


class Token(NamedTuple):
    """A word, a number in digits, a sign, or a masked stretch, with its place."""

    text: str
    lower: str
    start: int
    end: int
    kind: Literal["word", "number", "sign", "mask", "nothing"]


_NOTHING: Final = Token("", "", -1, -2, "nothing")
#: No rule looks further than this beside a token that it has read.
_FURTHEST_LOOK = 8
#: Digits of any script are read, with the marks that group them there: ١٢٬٥٠٠, １２，５００.
_COMMAS: Final = ",٬，"
_POINTS: Final = ".٫．"
# Possessive throughout: digits that do not group are never tried a second time.
_LEX: Final = re.compile(
    r"(?P<word>[^\W\d_]++)"
    rf"|(?P<number>\d{{1,3}}(?:[{_COMMAS}]\d{{3}}(?!\d))++(?:[{_POINTS}]\d++)?"
    # "5,00,000" in India, "12'500" in Switzerland
    r"|\d{1,2}(?:,\d{2}(?!\d))++,\d{3}(?![,\d])(?:\.\d++)?|\d{1,3}(?:['’]\d{3}(?!\d))++(?:\.\d++)?"
    r"|\d{1,3}(?P<space>[\u00a0\u202f\u2009 ])\d{3}(?!\d)(?:(?P=space)\d{3}(?!\d))*+"
    rf"|\d++(?:[{_POINTS}]\d++)?|(?<![\w.])\.\d++)"
    r"|(?P<sign>[^\s\w])"
)
#: Longer digit strings are identifiers; a float would make them a false infinity.
_MOST_DIGITS: Final = 18
_MOST_DECIMALS: Final = 30
_GROUPING: Final = str.maketrans("٫．", "..", f"{_COMMAS}'’ \u00a0\u202f\u2009")
_INSIDE_A_LONGER_ONE: Final = re.compile(rf"\d[{_COMMAS}{_POINTS}:/]")
_GOES_ON: Final = re.compile(rf"[{_COMMAS}{_POINTS}:]\d")


class Tokens:
    """The tokens of a sentence; asking beside its ends gives an empty token."""

    def __init__(self, text: str, masks: Sequence[Mask] = ()) -> None:
        """Cut a sentence into tokens; a mask is a wall between them."""
        self.text = text
        tokens = _lex(text, masks)
        self._length = len(tokens)
        # Empty tokens at the end are found behind the last and, by a negative place, before
        # the first one.
        self._tokens = tokens + [_NOTHING] * _FURTHEST_LOOK

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, at: int) -> Token:
        return self._tokens[at]

    def word(self, at: int) -> str:
        """Give a token in lower case."""
        return self._tokens[at].lower

    def words(self, at: int, count: int) -> tuple[str, ...]:
        """Give some tokens in lower case."""
        return tuple([token.lower for token in self._tokens[at : at + count]])

    def places_of(self, words: Collection[str]) -> list[int]:
        """Give the places of digits and of some words, where alone a number can begin."""
        return [
            place
            for place, token in enumerate(self._tokens)
            if token.kind == "number" or token.lower in words
        ]

    def glued(self, at: int) -> bool:
        """Whether a token stands directly behind the one before it."""
        return self._tokens[at].start == self._tokens[at - 1].end

    def value(self, at: int) -> float | None:
        """Give the worth of a token in digits.

        None where there is no such token, where it is a piece of a longer name or number
        ("1,2,3,4", "1.2.3", "00123"), or where it has more digits than a count can have.
        """
        token = self[at]
        if token.kind != "number" or _is_identifier(self.text, token):
            return None
        whole, _, decimals = token.text.translate(_GROUPING).partition(".")
        if len(whole) > _MOST_DIGITS:
            return None
        return float(f"{whole or 0}.{decimals[:_MOST_DECIMALS] or 0}")


def _lex(text: str, masks: Sequence[Mask]) -> list[Token]:
    tokens: list[Token] = []
    add = tokens.append
    position = 0
    for mask in [*masks, Mask(len(text), len(text), "end")]:
        for found in _LEX.finditer(text, position, mask.start):
            said = found[0]
            start, end = found.span()
            kind = found.lastgroup
            if kind == "word":
                add(Token(said, said.lower(), start, end, "word"))
            elif kind == "sign":
                add(Token(said, said, start, end, "sign"))
            elif " " in said and not _groups_digits(said):
                tokens.extend(_split(said, start))
            else:
                add(Token(said, said, start, end, "number"))
        if mask.start < mask.end:
            add(Token("\0", "\0", mask.start, mask.end, "mask"))
        position = mask.end
    return tokens


def _groups_digits(said: str) -> bool:
    """Whether spaces group the digits of one number ("12 500") or part several ("101 102")."""
    first, *others = said.split(" ")
    return len(first) < 3 or all(piece.endswith("00") for piece in others)


def _split(said: str, start: int) -> Iterator[Token]:
    for piece in said.split(" "):
        yield Token(piece, piece, start, start + len(piece), "number")
        start += len(piece) + 1


def _is_identifier(text: str, token: Token) -> bool:
    if _GOES_ON.match(text, token.end):
        return True
    if _INSIDE_A_LONGER_ONE.match(text, max(token.start - 2, 0), token.start):
        return True
    return len(token.text) > 1 and token.text[0] == "0" and token.text.isdecimal()
