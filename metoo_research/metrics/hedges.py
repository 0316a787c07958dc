"""Hedges: "more than", "nearly", "or more", and what they say of the number beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from metoo_research.metrics.expression import Number
from metoo_research.metrics.vocabulary import (
    HEDGES_AFTER,
    HEDGES_BEFORE,
    HEDGES_BEHIND_UNIT,
    Bound,
    either,
)


@dataclass(frozen=True, slots=True)
class Hedge:
    """What a number is said to be, and the word that says it (None where nothing does)."""

    bound: Bound
    modifier: str | None = None


_FURTHEST = 60
_MOST_WORDS = max(len(hedge.split()) for hedge in HEDGES_BEFORE)
# "a whopping", "a total of" may stand between the hedge and its number.
_BETWEEN: Final = re.compile(
    r"(?<!\S)(?:(?:an?|the)\s+(?:whopping|staggering|record|estimated|further|additional|combined"
    r"|incredible|extra)|(?:a\s+)?(?:combined\s+|grand\s+)?total\s+of|another|the|its|their|all|an?)"
    r"\s+$",
    re.IGNORECASE,
)
_OPENING: Final = "(“\"‘'[—–,"
_AFTER: Final = re.compile(rf"\s?(?P<hedge>{either(HEDGES_AFTER)})(?!\w)", re.IGNORECASE)
_BEHIND_UNIT: Final = re.compile(rf"\s(?P<hedge>{either(HEDGES_BEHIND_UNIT)})\b")
_COORDINATED: Final = re.compile(r"(?:\s[\w’'-]+){0,2}(?:,\s|,?\s(?:and|or)\s)")


def hedge_of(text: str, number: Number, unit_end: int) -> Hedge:
    """Say what bound the words beside a number put on it.

    A hedge behind the number ("or more", "+") counts as one before it; a vague number
    ("thousands") without a hedge is vague.
    """
    start = number.prefix_start
    before = text[max(start - _FURTHEST, 0) : start]
    said = _hedge_at_end(before) or _hedge_at_end(_BETWEEN.sub("", before))
    if said:
        return Hedge(HEDGES_BEFORE[said], said)
    for after in (_AFTER.match(text, number.unit_start), _BEHIND_UNIT.match(text, unit_end)):
        if after is None:
            continue
        said = " ".join(after["hedge"].lower().split())
        # "£18,500 plus interest": a sum and something else
        if not (said == "plus" and number.kind == "money"):
            return Hedge(HEDGES_AFTER[said], said)
    return Hedge("vague" if number.vague else "exact")


def _hedge_at_end(before: str) -> str | None:
    """Give the longest hedge that a stretch of text ends with."""
    words = before.lower().split()[-_MOST_WORDS:]
    if not words:
        return None
    if words[-1][-1] in "<>~≈≤≥":
        return words[-1][-1]
    if not before[-1].isspace() and before[-1] not in "-‑":
        return None
    for first in range(len(words)):
        said = " ".join(words[first:]).lstrip(_OPENING).rstrip("-‑")
        if said in HEDGES_BEFORE:
            return said
    return None


def share_over_coordination(
    text: str, numbers: Sequence[Number], unit_ends: Sequence[int], hedges: list[Hedge]
) -> None:
    """Let a hedge reach over coordinated numbers: "over 40 cups, 12 medals".

    It reaches a number without a hedge of its own, of the same kind, that is joined to the
    hedged one by a comma, "and" or "or" with nothing but the unit between.
    """
    for place in range(1, len(numbers)):
        left, right = numbers[place - 1], numbers[place]
        if hedges[place].bound != "exact" or hedges[place - 1].modifier is None:
            continue
        alike = left.kind == right.kind and right.kind not in {"age", "ordinal", "fraction"}
        if not alike or left.vague:
            continue
        if _COORDINATED.fullmatch(text, unit_ends[place - 1], right.prefix_start):
            hedges[place] = hedges[place - 1]
