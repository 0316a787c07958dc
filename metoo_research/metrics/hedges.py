"""Hedges: "more than", "nearly", "or more", and what they say of the number beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from metoo_research.metrics.numbers import Number
from metoo_research.metrics.vocabulary import HEDGES_AFTER, HEDGES_BEFORE, Bound


@dataclass(frozen=True, slots=True)
class Hedge:
    """What a number is said to be, and the word that says it (None where nothing does)."""

    bound: Bound
    modifier: str | None = None


def _either(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


# "a whopping", "a record" may stand between the hedge and its number.
_BEFORE: Final = re.compile(
    rf"(?:(?<=^)|(?<=[\s(“\"‘'—–,-]))(?P<hedge>{_either(list(HEDGES_BEFORE))})\s*"
    r"(?:(?:an?|the)\s+(?:whopping|staggering|record|estimated|further|additional|total of)\s+"
    r"|(?:a\s+)?total\s+of\s+|another\s+|an?\s+(?=half))?$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(rf"\s?(?P<hedge>{_either(list(HEDGES_AFTER))})(?!\w)", re.IGNORECASE)
_BEHIND_UNIT: Final = re.compile(r"\s(?P<hedge>or more|or so|or fewer|or less|and counting)\b")
_LONGEST_HEDGE = 40
# "some" and "over" are hedges only before a number that is not a name or a place.
_COORDINATED: Final = re.compile(
    r"\s*(?:[\w’'-]+\s+){0,4}?(?:[\w’'-]+)?(?:,\s|,?\s(?:and|or)\s)$"
)


def hedge_of(text: str, number: Number, unit_end: int) -> Hedge:
    """Say what bound the words beside a number put on it.

    A hedge behind the number ("or more", "+") counts as one before it; a vague number
    ("thousands") without a hedge is vague.
    """
    before = text[max(number.prefix_start - _LONGEST_HEDGE, 0) : number.prefix_start]
    found = _BEFORE.search(before)
    if found:
        said = re.sub(r"\s+", " ", found["hedge"]).lower()
        return Hedge(HEDGES_BEFORE[said], said)
    for after in (_AFTER.match(text, number.unit_start), _BEHIND_UNIT.match(text, unit_end)):
        if after:
            said = re.sub(r"\s+", " ", after["hedge"]).lower()
            bound = HEDGES_AFTER.get(said) or HEDGES_AFTER.get(f" {said}")
            if bound:
                return Hedge(bound, said.strip())
    return Hedge("vague" if number.vague else "exact")


def share_over_coordination(text: str, numbers: Sequence[Number], hedges: list[Hedge]) -> None:
    """Let a hedge reach over coordinated numbers: "over 16,000 retweets and 32,000 likes".

    It reaches a number without a hedge of its own, of the same kind, that is joined to the
    hedged one by a comma, "and" or "or" with nothing but the unit between.
    """
    for place in range(1, len(numbers)):
        left, right = numbers[place - 1], numbers[place]
        if hedges[place].bound != "exact" or hedges[place - 1].modifier is None:
            continue
        if (
            left.kind != right.kind
            or left.vague
            or right.kind in {"age", "ordinal", "fraction"}
        ):
            continue
        if _COORDINATED.fullmatch(text[left.unit_start : right.prefix_start]):
            hedges[place] = hedges[place - 1]
