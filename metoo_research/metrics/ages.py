"""Bare numbers that are ages: "Maria Lopez, 34, said", "aged 14 to 16", "people over 65"."""

from __future__ import annotations

import re
from typing import Final

from metoo_research.metrics.expression import Number
from metoo_research.metrics.units import Unit

_OLDEST = 120
_FURTHEST = 40
_AFTER_NAME: Final = re.compile(
    r"(?:[A-Z][\w’'.-]*|-of-[a-z]+|\b(?:man|woman|mother|father)),\s$"
)
_NAME_GOES_ON: Final = re.compile(r",|\.$|\)|$")
_AGED: Final = re.compile(
    r"(?:\b(?:aged?|ages|age of|turn(?:ed|ing)|(?:he|she|who|i)(?: is|'s|’s| was|'m"
    r"|’m))(?:\s(?:just|only|about|between))?|(?:people|children|women|men|girls|boys|adults"
    r"|anyone|those|everyone)\s(?:aged\s)?(?:over|under)"
    r"|\ban? (?:girl|boy|child|man|woman|teenager) of)\s$",
    re.IGNORECASE,
)


def is_age(text: str, number: Number, unit: Unit) -> bool:
    """Whether a count is somebody's age."""
    if number.kind != "count" or not 0 < number.value < _OLDEST or number.vague:
        return False
    start = number.prefix_start
    before = text[max(start - _FURTHEST, 0) : start]
    if unit.text is None and _AGED.search(before):
        return True
    named = not number.is_range and _AFTER_NAME.search(before)
    return bool(named) and bool(_NAME_GOES_ON.match(text, number.unit_start))
