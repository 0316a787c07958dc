"""A number expression: its worth, and what stands at it and belongs to it.

Signs and words that belong to a number are its minus, its currency, its percent, "year-old",
and a unit that is written together with it ("5km").
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final, Literal

from metoo_research.metrics.lexing import Tokens
from metoo_research.metrics.vocabulary import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    PERCENT_SIGNS,
    either,
)

NumberKind = Literal["count", "percentage", "money", "age", "ordinal", "fraction"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number expression: its place, its worth, and what its own form says of it.

    ``unit_start`` is where the text goes on behind everything that belongs to the number
    (a percent sign, a glued unit), and ``prefix_start`` where it begins before it (a
    currency sign): there units and hedges are looked for.
    """

    start: int
    end: int
    value: float
    kind: NumberKind
    prefix_start: int
    unit_start: int
    value_high: float = math.nan
    vague: bool = False
    glued_unit: str | None = None
    currency: str | None = None

    @property
    def is_range(self) -> bool:
        """Whether there is an upper end."""
        return not math.isnan(self.value_high)


#: A number and the place of the token behind it.
Parsed = tuple[Number, int]

_PERCENT: Final = re.compile(PERCENT_SIGNS, re.IGNORECASE)
_AGE: Final = re.compile(r"[\s-]?(?:year|yr|month|week|day)s?[- ]olds?\b", re.IGNORECASE)
_SIGN_BEHIND: Final = re.compile(rf"\s?[{CURRENCY_SIGNS}](?![\d.])")
_CURRENCY_BEHIND: Final = re.compile(
    r"[\s-]?(?:(?:US|U\.S\.|Australian|Canadian|Hong Kong|Singapore)\s)?"
    rf"(?P<currency>{either(CURRENCY_WORDS)})\b",
    re.IGNORECASE,
)
_GLUED_UNIT: Final = re.compile(r"(?<=\d)[^\W\d_]{1,4}\b")
_MINUS: Final = re.compile(r"(?:(?<![\w)])[-−]|\bminus[ -])$")
# Single letters and "US" are codes only before a sign ("A$20"), never before a bare number.
_CODES_BEFORE_DIGITS: Final = frozenset(code for code in CURRENCY_CODES if len(code) > 1) - {
    "US"
}
_LETTERS_OF_MONEY: Final = frozenset("NR")  # naira, rand


def complete(
    tokens: Tokens,
    first: int,
    after: int,
    value: float,
    *,
    kind: NumberKind = "count",
    vague: bool = False,
) -> Parsed:
    """Put a number together with what belongs to it.

    Parameters
    ----------
    tokens
        The sentence.
    first, after
        The number's first token, and the one behind its last.
    value
        Its worth without a minus.
    kind, vague
        What its words have told already.

    Returns
    -------
    The number, and the place of the token behind all that belongs to it.
    """
    text = tokens.text
    start, end = tokens[first].start, tokens[after - 1].end
    currency, prefix = currency_before(tokens, first)
    minus = _MINUS.search(text, max(prefix - 8, 0), prefix)
    if minus:
        prefix, value = minus.start(), -value
        if minus.end() == start and minus[0] in "-−":
            start = prefix  # or the number as written would be another
    unit_start, glued = end, None
    if kind == "count":
        if found := _PERCENT.match(text, end):
            kind, unit_start = "percentage", found.end()
        elif found := _AGE.match(text, end):
            kind, unit_start = "age", found.end()
        elif currency:
            kind = "money"
        elif found := _SIGN_BEHIND.match(text, end):
            kind, currency = "money", found[0].strip()
        elif not vague and (found := _CURRENCY_BEHIND.match(text, end)):
            kind, currency = "money", found["currency"].lower()
        elif found := _GLUED_UNIT.match(text, end):
            glued, unit_start = found[0], found.end()
    while after < len(tokens) and tokens[after].start < unit_start:
        after += 1
    number = Number(
        start,
        end,
        value,
        kind,
        prefix,
        unit_start,
        vague=vague,
        glued_unit=glued,
        currency=currency,
    )
    return number, after


def currency_before(tokens: Tokens, at: int) -> tuple[str | None, int]:
    """Give the currency before a number, and where number and currency begin."""
    sign = tokens[at - 1]
    if sign.text and sign.text in CURRENCY_SIGNS:
        code = tokens[at - 2]
        near = tokens.glued(at - 1) or len(code.text) > 1
        if code.text.isupper() and code.text in CURRENCY_CODES and near:
            return f"{code.text}{sign.text}", code.start
        return sign.text, sign.start
    if sign.text.upper() in _CODES_BEFORE_DIGITS and (sign.text.isupper() or sign.text == "Rs"):
        return sign.text, sign.start
    # "N45 million", "R20,000"; that it is no name ("R2D2", "N95"), the masks have seen to
    if sign.text in _LETTERS_OF_MONEY and tokens.glued(at):
        return sign.text, sign.start
    return None, tokens[at].start
