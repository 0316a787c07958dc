"""Single quotation marks, told from apostrophes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from metoo_research.quotation_rules.marks import (
    LOOK_BACK,
    SINGLE,
    Mark,
    Marked,
    holds_nothing,
    marks_of,
    name_of,
)

_SINGLE_OPENING: Final = frozenset("‘‚‛`‹")
# Words that lose their beginning. What also begins a quotation ("cause", "round") is left to
# whether the quotation is closed.
_ELISION: Final = re.compile(
    r"(?:\d{0,2}\d0s|tis|twas|twere|twill|tisn|twasn|em|til|till|n|neath|nuff|kay|tween)(?!\w)",
    re.IGNORECASE,
)
# After a reversed ’ more words than those are taken for elisions: it is seldom an opening mark.
_ELISION_LIKELY: Final = re.compile(
    r"(?:\d|(?:cause|cos|coz|cuz|round|bout|gainst|fore|fraid|pon|ere|ood|appen|sup|tude)(?!\w))",
    re.IGNORECASE,
)
_N: Final = re.compile(r"(?<!\w)['’‘＇]n['’＇](?!\w)", re.IGNORECASE)
_DROPPED: Final = re.compile(r"(?:\w\win|\b(?:ol|an|o|th|wi|lil|po))$", re.IGNORECASE)
# The summer of '69; in '69 the.
_YEAR: Final = re.compile(r"\d\d(?!\w)")
_YEAR_ALONE: Final = re.compile(r"\d\d\s*(?:[,.;:!?)]|$)")
_IN: Final = re.compile(r"(?<!\w)(?:of|in|since|from|until|by|to|and|early|late|mid)\s+$")
# A possessive is followed by what is owned; before these a final s’ closes.
_NOT_OWNED: Final = re.compile(
    r"\s+(?:and|or|but|nor|is|was|were|are|has|had|have|in|on|at|to|of|for|from|by|with|as|that"
    r"|who|which|when|where|while|after|before|because|if|than|then|so|will|would|can|could"
    r"|may|might|should|did|does|do|said|says|wrote|told|tweeted|added|he|she|they|it|we|into"
    r"|over|under|during|about|against|since|until|the|a|an)(?!\w)",
    re.IGNORECASE,
)
_STRONG_BEFORE: Final = frozenset('.,!?…;:—–-)]}%"”“»')
#: Before it stands something that leads up to a quotation, or nothing.
_LEADS_UP: Final = re.compile(r"(?:^|[.,:;!?…”’\"])\s*$")


def pair_single(
    text: str, first: int, last: int, double: Sequence[Marked], pending: str
) -> list[Marked]:
    """Pair single marks, none across a double one."""
    taken = {at for one in double for at in (one.start, one.inner_end, one.end - 1)}
    apostrophes = {at for found in _N.finditer(text) for at in (found.start(), found.end() - 1)}
    marks = [
        mark
        for mark in marks_of(SINGLE, text, first)
        if mark.start not in apostrophes
        and mark.start not in taken
        and not (mark.before.isalnum() and mark.after.isalnum())
    ]
    found: list[Marked] = []
    parts = _by_quotation(marks, double)
    if pending:
        parts.setdefault(-1, [])
    for within, part in parts.items():
        own_end = last if within < 0 else double[within].inner_end
        begun = pending if within < 0 else ""
        found += _pair_part(text, part, first=first, last=own_end, pending=begun)
    return found


def _by_quotation(marks: Sequence[Mark], double: Sequence[Marked]) -> dict[int, list[Mark]]:
    """Single marks by the innermost double quotation around them, −1 for none.

    A pair of single marks does not reach across a double one.
    """
    order = sorted(range(len(double)), key=lambda at: (double[at].start, -double[at].end))
    parts: dict[int, list[Mark]] = {}
    open_: list[int] = []
    at = 0
    for mark in marks:
        while at < len(order) and double[order[at]].start < mark.start:
            while open_ and double[open_[-1]].end <= double[order[at]].start:
                open_.pop()
            open_.append(order[at])
            at += 1
        while open_ and double[open_[-1]].end <= mark.start:
            open_.pop()
        parts.setdefault(open_[-1] if open_ else -1, []).append(mark)
    return parts


def _pair_part(
    text: str, marks: Sequence[Mark], *, first: int, last: int, pending: str
) -> list[Marked]:
    # Where opening marks have their own shape, a ’ before a word is an apostrophe.
    shaped = any(mark.sign in _SINGLE_OPENING for mark in marks)
    opening = [
        _opens_single(text, mark) and not (shaped and mark.sign == "’") for mark in marks
    ]
    starts = [at for at, opens in enumerate(opening) if opens]
    # What an earlier paragraph left open has no mark of its own here.
    places = ([-1] if pending else []) + starts
    found: list[Marked] = []
    for at, following in pairwise([*places, len(marks)]):
        closing = _closing_of(text, marks, at + 1, following, last=last)
        if at < 0:
            start, inner, sign = -1, first, pending
        else:
            start, inner, sign = marks[at].start, marks[at].end, marks[at].sign
        if closing is not None:
            end = marks[closing]
            if holds_nothing(text, inner, end.start):
                continue
            name = name_of(sign, end.sign)
            found.append(Marked(start, inner, end.start, end.end, name, closed=True))
        elif last > inner and (
            at < 0 or _LEADS_UP.search(text[max(0, start - LOOK_BACK) : start])
        ):
            one = Marked(start, inner, last, last, name_of(sign, ""), closed=False)
            doubtful = (at >= 0 and sign not in "‘‹") or following < len(marks)
            found.append(replace(one, doubtful=doubtful))
    return found


def _opens_single(text: str, mark: Mark) -> bool:
    if not mark.opens or not (mark.after.isalnum() or mark.after in "#@“\"„«£$€¥([{…’'*"):
        return False
    if _ELISION.match(text, mark.end):
        return False
    if _YEAR.match(text, mark.end) and (
        _YEAR_ALONE.match(text, mark.end)
        or _IN.search(text[max(0, mark.start - 8) : mark.start])
    ):
        return False
    if mark.sign in "’´›":
        return mark.sign == "’" and not _ELISION_LIKELY.match(text, mark.end)
    return True


def _closing_of(
    text: str, marks: Sequence[Mark], first: int, end: int, *, last: int
) -> int | None:
    """The mark that closes a quotation, among those before the next opening one.

    A final s’ is a possessive if something that can be owned follows and a surer closing mark
    comes later; "goin’" is closed only if nothing else closes.
    """
    doubtful: int | None = None
    for at in range(first, end):
        mark = marks[at]
        if not mark.closes or mark.sign in "‚‛`‹":
            continue
        before = text[max(0, mark.start - 6) : mark.start]
        if mark.before in _STRONG_BEFORE or not mark.after.isspace():
            return at
        if mark.end >= last:
            return at
        dropped = bool(_DROPPED.search(before))
        if mark.before not in "sSzx" and not dropped:
            return at
        if not dropped and _NOT_OWNED.match(text, mark.end):
            return at
        doubtful = at if doubtful is None else doubtful
    return doubtful
