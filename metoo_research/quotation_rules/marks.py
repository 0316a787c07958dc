"""Quotation marks and what stands on either side of them.

A mark's shape says little: straight marks open and close alike, ’ is an apostrophe more often
than a mark. What stands on either side decides, and what is open at the time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

#: Stands for no character; a mark is looked at past it.
_UNSEEN: Final = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
DOUBLE: Final = re.compile("[“”„‟\"＂«»〝〞]|``|''")
SINGLE: Final = re.compile("[‘’‚‛'＇`´‹›]")
STRAIGHT: Final = frozenset('"＂')
GUILLEMETS: Final = frozenset("«»")
_BEFORE_OPENING: Final = frozenset('([{<—–-/*_:|“"”„«»‘‹>…')
LOOK_BACK: Final = 24


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands in a pair of marks.

    ``start`` and ``end`` take in the marks, ``inner_start`` and ``inner_end`` do not. Where
    there is no closing mark, both ends are the end of the paragraph. ``start`` is −1 where the
    quotation was opened in an earlier paragraph.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    marks: str
    closed: bool
    #: Open at the end, and taken for a quotation only if the next paragraph goes on with it.
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Paired:
    """Quotations of a paragraph by their starts, and whether a closing mark had no opening."""

    found: list[Marked]
    stray_closing: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark and the characters beside it; a blank beyond the paragraph's ends."""

    start: int
    end: int
    sign: str
    before: str
    after: str

    @property
    def opens(self) -> bool:
        """Stands where an opening mark would."""
        return not self.after.isspace() and (
            self.before.isspace() or self.before in _BEFORE_OPENING
        )

    @property
    def closes(self) -> bool:
        """Stands where a closing mark would."""
        return not self.before.isspace() and not (self.after.isalnum() or self.after in "#@")


def opening_mark(text: str) -> str | None:
    """The quotation mark that a paragraph begins with, or None."""
    at = first_seen(text)
    for shape in (DOUBLE, SINGLE):
        if found := shape.match(text, at):
            return found[0]
    return None


def continues(mark: str, sign: str) -> bool:
    """Whether a mark at the start of a paragraph repeats that of the quotation before."""
    return name_of(mark, "") == name_of(sign, "")


def family(sign: str) -> str:
    """Double or single."""
    return "single" if SINGLE.fullmatch(sign) else "double"


def first_seen(text: str) -> int:
    """Where the first character stands that can be seen."""
    return next(
        (at for at, sign in enumerate(text) if not (sign.isspace() or sign in _UNSEEN)),
        len(text),
    )


def marks_of(shape: re.Pattern[str], text: str, first: int) -> list[Mark]:
    """All marks of a shape, from an offset on."""
    return [
        Mark(
            found.start(),
            found.end(),
            found[0],
            _neighbour(text, found.start() - 1, -1),
            _neighbour(text, found.end(), 1),
        )
        for found in shape.finditer(text, first)
    ]


def _neighbour(text: str, at: int, step: int) -> str:
    while 0 <= at < len(text) and text[at] in _UNSEEN:
        at += step
    return text[at] if 0 <= at < len(text) else " "


def name_of(opened: str, closed: str) -> str:
    """What a pair of marks is called: "curly double" and so on."""
    both = opened + closed
    size = "single" if SINGLE.fullmatch(opened) else "double"
    if GUILLEMETS & set(both) or set("‹›") & set(both):
        return "guillemets" if size == "double" else "single guillemets"
    if "„" in both or "‚" in both:
        return f"low {size}"
    straight = {sign in "\"＂'＇`´" for sign in both}
    if len(straight) == 2:
        return f"mixed {size}"
    return f"{'straight' if straight == {True} else 'curly'} {size}"


def holds_nothing(text: str, start: int, end: int) -> bool:
    """Whether marks hold nothing; white space beyond what anyone types is no nothing."""
    return end - start < LOOK_BACK and not text[start:end].strip("".join(_UNSEEN) + " \t\xa0")
