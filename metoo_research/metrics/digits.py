"""Numbers in digits: "1,700,000", "4.7 million", "1.2M", "1½", "21st"."""

from __future__ import annotations

import re
from typing import Final

from metoo_research.metrics.expression import Parsed, complete, currency_before
from metoo_research.metrics.lexing import Tokens
from metoo_research.metrics.number_words import part_after_and, read_scales
from metoo_research.metrics.parts import read_share, read_slashed
from metoo_research.metrics.vocabulary import CURRENCY_CODES, GLUED_SCALES, VULGAR_FRACTIONS

_ORDINAL_ENDINGS: Final = {"st": {1}, "nd": {2}, "rd": {3}, "th": {0, 4, 5, 6, 7, 8, 9}}
# "100m sprint", "2m tall", "32m²": metres, not millions.
_METRES: Final = re.compile(
    r"[2²3³]|\s?(?:-|long|tall|high|deep|wide|away|apart|sprint|race|dash|hurdles|freestyle|relay"
    r"|above|below|underwater|butterfly|backstroke|breaststroke"
    r"|\)\s?(?:long|tall|high|deep|wide|-)|\([\d,.]+\s?f(?:t|eet)\b)"
)


def parse_digits(tokens: Tokens, at: int) -> Parsed | None:
    """Read the number whose digits are the token at a place."""
    value = tokens.value(at)
    if value is None or _is_inside_a_name(tokens, at):
        return None
    after = at + 1
    if _is_ordinal(tokens, after, value):
        return complete(tokens, at, after + 1, value, kind="ordinal")
    if tokens.glued(after) and tokens.word(after) in VULGAR_FRACTIONS:
        value, after = value + VULGAR_FRACTIONS[tokens.word(after)], after + 1
    share = read_slashed(tokens, after, value) or read_share(tokens, after, value)
    if share is not None:
        return complete(tokens, at, share[1], share[0], kind="fraction")
    part = part_after_and(tokens, after)
    if part:
        value, after = value + part, after + 3
    scaled = _read_scale(tokens, after, money=currency_before(tokens, at)[0] is not None)
    if scaled is not None:
        # 4.1 times a billion is not 4,100,000,000 in binary.
        value, after = round(value * scaled[0], 6), scaled[1]
    return complete(tokens, at, after, value)


def _is_inside_a_name(tokens: Tokens, at: int) -> bool:
    """Whether letters are glued to the digits that are no currency: "x2", "2x4", "1e9"."""
    before, behind = tokens[at - 1], tokens.word(at + 1)
    if tokens.glued(at) and before.kind == "word" and before.text.upper() not in CURRENCY_CODES:
        return True
    exponent = behind in {"e", "x"} and tokens.glued(at + 1) and tokens.glued(at + 2)
    return exponent and tokens[at + 2].kind == "number"


def _is_ordinal(tokens: Tokens, after: int, value: float) -> bool:
    """Whether "st", "nd", "rd" or "th" is glued to digits that take it: 21st, not 6st."""
    endings = _ORDINAL_ENDINGS.get(tokens.word(after))
    if endings is None or not tokens.glued(after) or not value.is_integer():
        return False
    teens = 10 <= value % 100 < 20
    return (0 if teens else value % 10) in endings


def _read_scale(tokens: Tokens, at: int, *, money: bool) -> tuple[float, int] | None:
    """Read the scale behind digits: "million", "hundred thousand", "M", "bn"."""
    letters = tokens[at].text
    if tokens.glued(at) and letters in GLUED_SCALES:
        if not money and _is_a_measure(letters, tokens.text, tokens[at].end):
            return None
        return float(GLUED_SCALES[letters]), at + 1
    if money and letters == "m":
        return 10.0**6, at + 1
    return read_scales(tokens, at)


def _is_a_measure(letters: str, text: str, end: int) -> bool:
    """Whether letters glued to digits are metres, bytes or tonnes."""
    return letters in {"b", "t", "T"} or (letters == "m" and bool(_METRES.match(text, end)))
