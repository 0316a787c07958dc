"""The number grammar: where a number stands in a sentence, and what it is worth.

Reads digits and words ("4.7 million", "two and a half million", "three dozen", "dozens",
"two-thirds", "one in five"), ranges and glued units. What
:mod:`~metoo_research.metrics.masks` covers is passed over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from metoo_research.metrics.masks import Mask
from metoo_research.metrics.vocabulary import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    FRACTIONS,
    GLUED_SCALES,
    ONES,
    ORDINALS,
    SCALES,
    TENS,
    VAGUE_PLURALS,
    VAGUE_QUANTIFIERS,
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


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    lower: str
    start: int
    end: int
    is_number: bool


#: Longer digit strings are identifiers; a float would make them a false infinity.
_MOST_DIGITS = 18
_LEX: Final = re.compile(
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?![\d]|,\d)"
    rf"|\d{{1,3}}(?:[\u00a0\u202f\u2009 ]\d{{3}})+(?![\d.,]*\d)"
    rf"|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
    rf"|(?P<word>[^\W\d_]+)|(?P<sign>[{re.escape(CURRENCY_SIGNS)}%½¼¾⅓⅔⅛/+\-–—−′″°])"
    r"|(?P<other>[^\s\w])"
)
_VULGAR: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_CURRENCY_CODES: Final = frozenset(
    "US USD HK HKD AUD CAD EUR GBP JPY CHF CNY INR NZ NZD RM RS SGD SEK NOK DKK ZAR A C S NT"
    " Y".split()
)
# "one" is a pronoun before and behind these.
_ONE_NOT_AFTER: Final = frozenset(
    "no every any each some this that another which the same such everyone someone last other these"
    " those first next only not".split()
)
_ONE_NOT_BEFORE: Final = frozenset(
    "is was has had who that which can could will would another by and or to should does did"
    " might must may with as at if are were i you he she they we it".split()
)
_UNITS_OF_M: Final = re.compile(
    r"[2²3³]|\s*(?:-|long|tall|high|deep|wide|away|sprint|race|dash|hurdles|freestyle|relay|above|below"
    r"|underwater|butterfly|backstroke|breaststroke|\)\s*(?:long|tall|high|deep|wide|-))"
)
_NUMBER_WORD: Final = re.compile(
    r"\d|[½¼¾⅓⅔⅛]|\b(?:" + "|".join(
        [*ONES, *TENS, *SCALES, *VAGUE_PLURALS, *FRACTIONS, *ORDINALS]
    ) + r")\b",
    re.IGNORECASE,
)  # fmt: skip


def has_number(text: str) -> bool:
    """Whether a text can hold a number at all: a quick look before the full grammar."""
    return bool(_NUMBER_WORD.search(text))


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
    tokens = list(_lex(text, masks))
    numbers: list[Number] = []
    place = 0
    while place < len(tokens):
        parsed = _parse(text, tokens, place)
        if parsed is None:
            place += 1
            continue
        number, place = parsed
        numbers.append(number)
    return _joined_ranges(text, numbers)


def _lex(text: str, masks: Sequence[Mask]) -> Iterator[_Token]:
    """Words, digits and signs outside the masks; a mask is a wall between tokens."""
    position = 0
    for mask in [*masks, Mask(len(text), len(text), "end")]:
        for found in _LEX.finditer(text, position, mask.start):
            token = found[0]
            if found.lastgroup == "number" and " " in token:
                yield from _split_spaced(found)
                continue
            yield _Token(
                token, token.lower(), found.start(), found.end(), found.lastgroup == "number"
            )
        if mask.start < mask.end:
            yield _Token("\0", "\0", mask.start, mask.end, False)
        position = mask.end


def _split_spaced(found: re.Match[str]) -> Iterator[_Token]:
    """A space may group digits (1 000) or part two numbers: it groups if all agree."""
    pieces = found[0].split(" ")
    if len(pieces[0]) < 3 or len(pieces) > 2:
        yield _Token(found[0], found[0], found.start(), found.end(), True)
        return
    start = found.start()
    for piece in pieces:
        yield _Token(piece, piece, start, start + len(piece), True)
        start += len(piece) + 1


def _digits_value(token: str) -> float | None:
    plain = re.sub(r"[,\s]", "", token)
    if len(plain.split(".")[0]) > _MOST_DIGITS:
        return None
    value = float(plain)
    return value if math.isfinite(value) else None


def _parse(text: str, tokens: list[_Token], at: int) -> tuple[Number, int] | None:
    """The number that begins at a token, and the token behind it."""
    token = tokens[at]
    if token.is_number:
        return _parse_digits(text, tokens, at)
    if token.lower in _VULGAR:
        number = Number(
            token.start, token.end, _VULGAR[token.lower], "fraction", token.start, token.end
        )
        return number, at + 1
    if token.text.isalpha():
        return _parse_words(text, tokens, at)
    return None


def _get(tokens: list[_Token], at: int) -> _Token | None:
    return tokens[at] if 0 <= at < len(tokens) else None


def _lower(tokens: list[_Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _glued(tokens: list[_Token], at: int) -> bool:
    """Whether a token stands directly behind the one before it."""
    return 0 < at < len(tokens) and tokens[at].start == tokens[at - 1].end


# --- digits ------------------------------------------------------------------------------


def _parse_digits(text: str, tokens: list[_Token], at: int) -> tuple[Number, int] | None:
    token = tokens[at]
    value = _digits_value(token.text)
    if value is None or _is_identifier(text, token):
        return None
    end, after = token.end, at + 1
    if _glued(tokens, after) and _lower(tokens, after) in {"st", "nd", "rd", "th"}:
        return _number(text, tokens, at, after + 1, value, tokens[after].end, kind="ordinal")
    if _glued(tokens, after) and _lower(tokens, after) in _VULGAR:
        value += _VULGAR[_lower(tokens, after)]
        end, after = tokens[after].end, after + 1
    fraction = _slashed(tokens, at)
    if fraction is not None:
        value, after = fraction
        end = tokens[after - 1].end
        return _number(text, tokens, at, after, value, end, kind="fraction")
    share = _one_in_n(tokens, at, value, after)
    if share is not None:
        value, after = share
        return _number(text, tokens, at, after, value, tokens[after - 1].end, kind="fraction")
    if _lower(tokens, after) == "and" and _lower(tokens, after + 1) == "a":
        extra = {"half": 0.5, "quarter": 0.25}.get(_lower(tokens, after + 2))
        if extra is not None and _lower(tokens, after + 3) in SCALES:
            value, after = value + extra, after + 3
    scaled = _scales(text, tokens, after, money=_currency(tokens, at) is not None)
    if scaled is not None:
        factor, after = scaled
        value, end = value * factor, tokens[after - 1].end
    return _number(text, tokens, at, after, value, end)


def _is_identifier(text: str, token: _Token) -> bool:
    """Digits inside a longer name or number: "1,2,3,4", "1.2.3", "00123"."""
    before = text[max(token.start - 2, 0) : token.start]
    after = text[token.end : token.end + 2]
    if re.search(r"\d[.,:/]$", before) or re.match(r"[.,:]\d", after):
        return True
    return len(token.text) > 1 and token.text[0] == "0" and token.text.isdigit()


def _slashed(tokens: list[_Token], at: int) -> tuple[float, int] | None:
    """A fraction in digits: "1/16"."""
    over, under = _get(tokens, at + 1), _get(tokens, at + 2)
    if not (over and under and over.text in {"/", "⁄"} and under.is_number):
        return None
    top, bottom = _digits_value(tokens[at].text), _digits_value(under.text)
    if not top or not bottom or top >= bottom or not _glued(tokens, at + 2):
        return None
    return top / bottom, at + 3


def _one_in_n(
    tokens: list[_Token], at: int, value: float, after: int
) -> tuple[float, int] | None:
    """A share told in persons: "one in five", "9 out of 10", "three of every four"."""
    if not (value.is_integer() and 0 < value <= 1000):
        return None
    for words in (
        ("in", "every"),
        ("out", "of", "every"),
        ("of", "every"),
        ("out", "of"),
        ("in",),
    ):
        if tuple(_lower(tokens, after + n) for n in range(len(words))) == words:
            behind = after + len(words)
            bottom = _small_number(tokens, behind)
            if bottom and bottom[0] > value and (words != ("in",) or bottom[0] <= 1000):
                if words == ("in",) and _is_unit_next(tokens, bottom[1]):
                    return None
                return value / bottom[0], bottom[1]
            return None
    return None


def _is_unit_next(tokens: list[_Token], at: int) -> bool:
    """ "one in 10 minutes" tells a time, "one in 10 women" a share."""
    return bool(
        re.match(r"(?:second|minute|hour|day|week|month|year|%|percent)", _lower(tokens, at))
    )


def _small_number(tokens: list[_Token], at: int) -> tuple[float, int] | None:
    token = _get(tokens, at)
    if token is None:
        return None
    if token.is_number:
        value = _digits_value(token.text)
        if value is not None and _lower(tokens, at + 1) in SCALES:
            return value * SCALES[_lower(tokens, at + 1)], at + 2
        return (value, at + 1) if value is not None else None
    parsed = _cardinal(tokens, at)
    return parsed if parsed else None


def _scales(
    text: str, tokens: list[_Token], at: int, *, money: bool
) -> tuple[float, int] | None:
    """Scale words and letters behind digits: "million", "hundred thousand", "M", "bn"."""
    factor, place = 1.0, at
    token = _get(tokens, place)
    if token and _glued(tokens, place) and token.text in GLUED_SCALES:
        metre = token.text in {"m", "b", "t", "T", "K"} and not money
        behind = text[token.end :]
        if metre and (_UNITS_OF_M.match(behind) or token.text in {"b", "t", "T"}):
            return None
        return float(GLUED_SCALES[token.text]), place + 1
    while True:
        word = _lower(tokens, place)
        hyphen = 1 if word == "-" and _lower(tokens, place + 1) in SCALES else 0
        word = _lower(tokens, place + hyphen)
        bare_letter = word == "m" and money
        if word not in SCALES and not bare_letter:
            break
        factor *= SCALES.get(word, 10**6)
        place += 1 + hyphen
    return (factor, place) if place > at else None


# --- words -------------------------------------------------------------------------------


def _parse_words(text: str, tokens: list[_Token], at: int) -> tuple[Number, int] | None:
    for attempt in (_vague_words, _fraction_words, _cardinal_words, _ordinal_words):
        parsed = attempt(text, tokens, at)
        if parsed is not None:
            return parsed
    return None


def _vague_words(text: str, tokens: list[_Token], at: int) -> tuple[Number, int] | None:
    """ "dozens", "hundreds of thousands", "a few hundred", "several thousand"."""
    word = _lower(tokens, at)
    if word in VAGUE_PLURALS:
        if word in {"scores", "tens"} and _lower(tokens, at + 1) != "of":
            return None
        if (
            _lower(tokens, at - 1) in {"the", "in"}
            and word in {"hundreds", "tens", "thousands"}
            and _lower(tokens, at + 1) != "of"
        ):
            return None
        value, after = float(VAGUE_PLURALS[word]), at + 1
        while _lower(tokens, after) == "of" and _lower(tokens, after + 1) in VAGUE_PLURALS:
            value, after = value * VAGUE_PLURALS[_lower(tokens, after + 1)], after + 2
        if word == "tens" and after == at + 1:
            return None
        return _number(text, tokens, at, after, value, tokens[after - 1].end, vague=True)
    if word in VAGUE_QUANTIFIERS:
        after = at + 1
        if word == "couple" and _lower(tokens, after) == "of":
            after += 1
        scale = _lower(tokens, after)
        if word != "some" and scale in SCALES and scale != "m":
            value = float(SCALES[scale])
            if _lower(tokens, after + 1) in {"thousand", "million", "billion"}:
                value, after = value * SCALES[_lower(tokens, after + 1)], after + 1
            return _number(text, tokens, after, after + 1, value, tokens[after].end, vague=True)
    return None


def _fraction_words(text: str, tokens: list[_Token], at: int) -> tuple[Number, int] | None:
    """ "half of", "a third of", "two-thirds", "half a million"."""
    word = _lower(tokens, at)
    start = at
    if word == "half":
        if _lower(tokens, at + 1) in {"a", "-"} and _lower(tokens, at + 2) in SCALES:
            scale = _lower(tokens, at + 2)
            return _number(text, tokens, at, at + 3, SCALES[scale] / 2, tokens[at + 2].end)
        if _lower(tokens, at - 1) == "a" and _lower(tokens, at + 1) in SCALES:
            return _number(
                text, tokens, at - 1, at + 2, SCALES[_lower(tokens, at + 1)] / 2,
                tokens[at + 1].end,
            )  # fmt: skip
        if _lower(tokens, at - 1) in {"first", "second", "other", "better", "-", "top", "this"}:
            return None
        if _lower(tokens, at + 1) in {"of", "the", "its", "their", "all", "our", "those"}:
            return _number(text, tokens, at, at + 1, 0.5, tokens[at].end, kind="fraction")
        return None
    top: tuple[float, int] | None = (1.0, at + 1) if word in {"a", "one"} else None
    if top is None and (word in ONES or tokens[at].is_number):
        top = (float(ONES.get(word, 0)), at + 1)
    if top is None or not top[0]:
        return None
    value, after = top
    hyphen = 1 if _lower(tokens, after) == "-" else 0
    part = _lower(tokens, after + hyphen)
    if part not in FRACTIONS or part == "half":
        return None
    plural = part.endswith("s")
    if plural == (value == 1):
        return None
    if value == 1 and _lower(tokens, after + hyphen + 1) != "of":
        return None
    if (
        part in {"quarter", "quarters"}
        and value == 1
        and word == "a"
        and _lower(tokens, after + 1) == "of"
        and _lower(tokens, after + 2) == "a"
        and _lower(tokens, after + 3) in SCALES
    ):
        return _number(
            text, tokens, start, after + 4, SCALES[_lower(tokens, after + 3)] / 4,
            tokens[after + 3].end,
        )  # fmt: skip
    end = after + hyphen + 1
    return _number(
        text, tokens, start, end, value / FRACTIONS[part], tokens[end - 1].end, kind="fraction"
    )


def _cardinal_words(text: str, tokens: list[_Token], at: int) -> tuple[Number, int] | None:
    parsed = _cardinal(tokens, at)
    if parsed is None:
        return None
    value, after = parsed
    if value == 1 and after == at + 1 and not _is_counting_one(text, tokens, at):
        return None
    share = _one_in_n(tokens, at, value, after)
    if share is not None:
        value, after = share
        return _number(text, tokens, at, after, value, tokens[after - 1].end, kind="fraction")
    return _number(text, tokens, at, after, value, tokens[after - 1].end)


def _cardinal(tokens: list[_Token], at: int) -> tuple[float, int] | None:
    """Cardinal numbers in words: "twenty-five", "two hundred and fifty", "a million"."""
    total, current, place = 0.0, 0.0, at
    word = _lower(tokens, place)
    article = word == "a" or (word == "an")
    if article:
        if _lower(tokens, place + 1) not in SCALES or _lower(tokens, place + 1) == "m":
            return None
        current, place = 1.0, place + 1
    used = False
    while True:
        word = _lower(tokens, place)
        if word in TENS and current % 100 == 0:
            current += TENS[word]
            place, used = place + 1, True
            joined = 1 if _lower(tokens, place) == "-" else 0
            unit = ONES.get(_lower(tokens, place + joined), 0)
            if 1 <= unit <= 9:
                current, place = current + unit, place + joined + 1
        elif word in ONES and current % 10 == 0 and current % 100 == 0:
            current += ONES[word]
            place, used = place + 1, True
        elif word in SCALES and (current or total) and (used or article):
            scale = SCALES[word]
            if scale == 100 or word == "dozen":
                current = (current or 1) * scale
            else:
                total, current = total + (current or 1) * scale, 0.0
            place, used = place + 1, True
        elif word == "and" and used and _lower(tokens, place + 1) == "a":
            extra = {"half": 0.5, "quarter": 0.25}.get(_lower(tokens, place + 2))
            if extra is None or _lower(tokens, place + 3) not in SCALES:
                break
            current, place = current + extra, place + 3
        elif word == "and" and used and (total or current >= 100) and current % 100 == 0:
            follows = _lower(tokens, place + 1)
            if (
                not (follows in ONES or follows in TENS)
                or _lower(tokens, place - 1) not in SCALES
            ):
                break
            place += 1
        elif word == "-" and used and _lower(tokens, place + 1) in SCALES:
            place += 1
        else:
            break
    return (total + current, place) if used else None


def _is_counting_one(text: str, tokens: list[_Token], at: int) -> bool:
    """Whether "one" counts ("one solution", "one of the best") or stands for something."""
    before, after = _lower(tokens, at - 1), _get(tokens, at + 1)
    if before in _ONE_NOT_AFTER or after is None:
        return False
    if after.text == "-" and _glued(tokens, at + 1):
        return _lower(tokens, at + 2) in {"year", "day", "week", "hour", "month", "time", "man"}
    return after.text.isalpha() and after.lower not in _ONE_NOT_BEFORE


def _ordinal_words(text: str, tokens: list[_Token], at: int) -> tuple[Number, int] | None:
    word = _lower(tokens, at)
    if word not in ORDINALS or (
        word == "second" and _lower(tokens, at - 1) in {"a", "per", "-"}
    ):
        return None
    return _number(
        text, tokens, at, at + 1, float(ORDINALS[word]), tokens[at].end, kind="ordinal"
    )


# --- what belongs to a number --------------------------------------------------------------


def _currency(tokens: list[_Token], at: int) -> tuple[str, int] | None:
    """The currency before a number, and where it begins: "$", "US $", "HK$", "Y="."""
    sign = _get(tokens, at - 1)
    if sign is None:
        return None
    if sign.text in CURRENCY_SIGNS:
        code = _get(tokens, at - 2)
        if code and code.text.upper() in _CURRENCY_CODES and code.text.isupper():
            return f"{code.text}{sign.text}", code.start
        return sign.text, sign.start
    codes = _CURRENCY_CODES - {"A", "C", "S", "US", "RS"}
    if sign.text in codes and sign.text.isupper() and len(sign.text) >= 2:
        return sign.text, sign.start
    return None


def _number(
    text: str,
    tokens: list[_Token],
    first: int,
    after: int,
    value: float,
    end: int,
    *,
    kind: NumberKind = "count",
    vague: bool = False,
) -> tuple[Number, int]:
    """Put a number together with its sign, its currency, its percent and its glued unit."""
    start = tokens[first].start
    prefix, unit_start = start, end
    currency = _currency(tokens, first)
    money: str | None = None
    if currency is not None:
        money, prefix = currency
    negative = _is_negative(text, prefix if currency else start)
    if negative:
        prefix, value = negative, -value
    glued: str | None = None
    percent = re.compile(
        r"\s?%|[\s-]?(?:per\s?cent|pct|percentage[- ]points?|pc)\b", re.IGNORECASE
    )
    found = percent.match(text, end)
    age = re.compile(r"[\s-]?(?:year|yr|month|week|day)s?[- ]old\b", re.IGNORECASE).match(
        text, end
    )
    if kind == "count" and found:
        kind, unit_start = "percentage", found.end()
    elif kind == "count" and age:
        kind, unit_start = "age", age.end()
    elif money or re.match(rf"\s?[{CURRENCY_SIGNS}]", text[end : end + 2]):
        kind = "money"
    elif kind == "count":
        word = re.compile(r"[\s-]?([^\W\d_]+)").match(text, end)
        place = re.compile(r"\s+(?:US|Australian|Canadian|Hong Kong)\s+([a-z]+)").match(
            text, end
        )
        named = place or word
        if named and named[1].lower() in CURRENCY_WORDS and not vague:
            kind = "money"
            money = named[1].lower()
        elif re.compile(r"[^\W\d_]{1,4}\b").match(text, end) and text[end - 1 : end].isdigit():
            unit = re.compile(r"[^\W\d_]{1,4}").match(text, end)
            glued = unit[0] if unit else None
            unit_start = unit.end() if unit else end
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
        currency=money,
    )
    return number, after


def _is_negative(text: str, start: int) -> int | None:
    """Where a minus before the number begins: a sign after a space, or the word."""
    found = re.search(r"(?:(?<![\w)])[-−](?=$)|\bminus[ -])$", text[max(start - 8, 0) : start])
    if not found:
        return None
    return max(start - 8, 0) + found.start()


_RANGE: Final = re.compile(r"\s?(?:-|–|—|to-?|and|or)\s?$")


def _joined_ranges(text: str, numbers: list[Number]) -> list[Number]:
    """Join "10 to 20", "33-35 billion", "between 5% and 6%", "from 2,315 to 2,415"."""
    joined: list[Number] = []
    for number in numbers:
        low = joined[-1] if joined else None
        if low is None or not _make_a_range(text, low, number):
            joined.append(number)
            continue
        first, kind = low.value, number.kind if low.kind == "count" else low.kind
        scaled = _shared_scale(text, low, number)
        joined[-1] = replace(
            low,
            end=number.end,
            value=first * scaled,
            value_high=number.value,
            kind=kind,
            unit_start=number.unit_start,
            glued_unit=number.glued_unit,
            currency=low.currency or number.currency,
        )
    return joined


_LINK: Final = re.compile(
    r"(?P<dash>\s?[-–—]\s?|-?\s?to\s?-?)|(?P<and>\s(?:and|or)\s(?:even\s)?)"
)


def _make_a_range(text: str, low: Number, high: Number) -> bool:
    if "ordinal" in {low.kind, high.kind} or "fraction" in {low.kind, high.kind}:
        return False
    if low.vague or high.vague or not math.isnan(low.value_high):
        return False
    between = text[low.unit_start : high.prefix_start]
    kinds = {low.kind, high.kind}
    alike = len(kinds) == 1 or (low.kind == "count" and low.glued_unit is None)
    before = text[max(low.prefix_start - 12, 0) : low.prefix_start].lower()
    if re.fullmatch(r"\s?[-–—]\s?", between):
        return alike and low.value < high.value * max(1.0, _shared_scale(text, low, high))
    if re.fullmatch(r"\s?-?to-?\s?", between):
        # "fell by 12 points to 45": a change and where it led, not the ends of a range.
        changed = low.kind in {"money", "percentage"} and re.search(r"\bby\s$", before)
        return alike and not changed and "point" not in text[low.end : low.unit_start]
    if re.fullmatch(r"\s(?:and|or)\s", between) and re.search(
        r"\bbetween\s(?:about\s)?$", before
    ):
        return alike
    moved = re.fullmatch(
        r"\s(?:[a-z]+\s){1,2}to\s(?:about\s|nearly\s|over\s|more than\s)?", between
    )
    return bool(moved and alike and re.search(r"\bfrom\s(?:about\s|nearly\s|over\s)?$", before))


def _shared_scale(text: str, low: Number, high: Number) -> float:
    """ "33-35 billion": the scale behind the second number is the first one's too."""
    digits = re.match(r"[\d.,]+", text[high.start : high.end])
    if not digits or not re.fullmatch(r"[\d.,]+", text[low.start : low.end]):
        return 1.0
    plain = _digits_value(digits[0].rstrip(".,"))
    if not plain or low.value >= plain or digits.end() == high.end - high.start:
        return 1.0
    return abs(high.value) / plain
