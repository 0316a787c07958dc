"""Double quotation marks: curly, straight, low, « »; nested, or not closed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from metoo_research.quotation_rules.marks import (
    DOUBLE,
    GUILLEMETS,
    STRAIGHT,
    Mark,
    Marked,
    holds_nothing,
    marks_of,
    name_of,
)

_OPENING: Final = frozenset("“„‟〝") | {"``"}
_CLOSING: Final = frozenset("”〞") | {"''"}
#: Feet and inches: 6'2", 12" (after a number).
_FEET: Final = re.compile(r"\d['’′]\s?\d{1,2}$")


class _Doubles:
    """What is open at a place; each mark is pushed and popped once."""

    def __init__(self, text: str, last: int) -> None:
        self.text, self.last = text, last
        self.stack: list[tuple[int, int, str]] = []
        self.depth = {"straight": 0, "curly": 0, "guillemets": 0}
        self.found: list[Marked] = []

    def push(self, start: int, end: int, sign: str) -> None:
        self.stack.append((start, end, sign))
        self.depth[_kind(sign)] += 1

    def pop(self, mark: Mark) -> None:
        start, inner, sign = self._take()
        if not holds_nothing(self.text, inner, mark.start):
            name = name_of(sign, mark.sign)
            self.found.append(Marked(start, inner, mark.start, mark.end, name, closed=True))

    def pop_kind(self, mark: Mark, kind: str) -> None:
        """Close the nearest of a kind; what was opened within it and not closed is no mark."""
        while _kind(self.stack[-1][2]) != kind:
            self._take()
        self.pop(mark)

    def cut(self, at: int, kind: str) -> None:
        """End what is open where another of its kind begins."""
        while _kind(self.stack[-1][2]) != kind:
            self._take()
        while at and self.text[at - 1].isspace():
            at -= 1
        self._leave_open(*self._take(), end=at)

    def finish(self) -> list[Marked]:
        while self.stack:
            self._leave_open(*self._take(), end=self.last)
        return self.found

    def _take(self) -> tuple[int, int, str]:
        taken = self.stack.pop()
        self.depth[_kind(taken[2])] -= 1
        return taken

    def _leave_open(self, start: int, inner: int, sign: str, *, end: int) -> None:
        if not holds_nothing(self.text, inner, end):
            self.found.append(Marked(start, inner, end, end, name_of(sign, ""), closed=False))


def _kind(sign: str) -> str:
    if sign in STRAIGHT:
        return "straight"
    return "guillemets" if sign in GUILLEMETS else "curly"


def pair_double(
    text: str, first: int, last: int, pending: str
) -> tuple[list[Marked], int | None]:
    """Pair double marks; also where the first closing one stands that closes nothing."""
    marks = marks_of(DOUBLE, text, first)
    # How many marks of each role follow: whether what is open can still be closed.
    opening = _following([mark.sign in _OPENING for mark in marks])
    closing = _following([mark.sign in _CLOSING for mark in marks])
    straight = _following([mark.sign in STRAIGHT for mark in marks])
    state = _Doubles(text, last)
    stray: int | None = None
    if pending:
        state.push(-1, first, pending)
    for at, mark in enumerate(marks):
        sign, depth = mark.sign, state.depth
        if sign in STRAIGHT:
            if mark.before.isdigit() and (
                not state.stack or _FEET.search(text[max(0, mark.start - 6) : mark.start])
            ):
                continue
            if state.stack and (mark.closes or not mark.opens):
                if depth["straight"] or depth["curly"]:
                    state.pop_kind(mark, "straight" if depth["straight"] else "curly")
            elif mark.closes and not mark.opens and mark.before not in ",;:":
                stray = mark.start if stray is None else stray
            else:
                if depth["straight"] and straight[at] % 2 == 0:
                    state.cut(mark.start, "straight")
                state.push(mark.start, mark.end, sign)
        elif sign in GUILLEMETS:
            if depth["guillemets"] and (
                not mark.opens or _partner_of(state.stack) == sign or mark.closes
            ):
                state.pop_kind(mark, "guillemets")
            elif sign == "«" or mark.opens:
                state.push(mark.start, mark.end, sign)
            else:
                stray = mark.start if stray is None else stray
        elif sign == "''" and not (state.stack and state.stack[-1][2] == "``"):
            continue  # two apostrophes
        elif sign in _CLOSING or (depth["curly"] and mark.closes and mark.after not in '“‘"'):
            if depth["curly"]:
                state.pop_kind(mark, "curly")
            elif depth["straight"] and mark.closes:
                state.pop_kind(mark, "straight")
            elif mark.opens:
                state.push(mark.start, mark.end, sign)
            else:
                stray = mark.start if stray is None else stray
        else:
            if depth["curly"] and closing[at] < opening[at] + depth["curly"]:
                state.cut(mark.start, "curly")
            state.push(mark.start, mark.end, sign)
    return state.finish(), stray


def _partner_of(stack: Sequence[tuple[int, int, str]]) -> str:
    sign = next(sign for _, _, sign in reversed(stack) if sign in GUILLEMETS)
    return "»" if sign == "«" else "«"


def _following(flags: Sequence[bool]) -> list[int]:
    counts = [0] * (len(flags) + 1)
    for at in range(len(flags) - 1, -1, -1):
        counts[at] = counts[at + 1] + flags[at]
    return counts
