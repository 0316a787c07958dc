"""The kinds of passages as the charts show them: letter, colour, hatching and name."""

from __future__ import annotations

from collections.abc import Collection
from string import ascii_uppercase
from typing import Final, NamedTuple

from metoo_research.charts.palettes import palette
from metoo_research.charts.text import clean


class Kind(NamedTuple):
    """How a kind of passage is told in a picture."""

    letter: str
    role: str  # in the palette
    hatch: str
    name: str

    @property
    def color(self) -> str:
        """Its colour in the current palette."""
        return str(getattr(palette(), self.role))


KINDS: Final = {
    "headline": Kind("H", "main", "", "headline"),
    "subhead": Kind("S", "main_middle", "", "subhead"),
    "body": Kind("B", "main_pale", "", "body"),
    "byline": Kind("A", "third", "", "byline (author)"),
    "date": Kind("D", "third", "/////", "date"),
    "section_tag": Kind("T", "third", ".....", "section tag"),
    "caption": Kind("C", "fifth", "", "caption"),
    "embedded_tweet": Kind("E", "second", "", "embedded post"),
    "tweet_credit": Kind("R", "second", "/////", "credit of the post"),
    "promo": Kind("P", "fourth", "", "promotion"),
    "boilerplate": Kind("L", "fourth", "\\\\\\\\\\", "boilerplate"),
    "comment_ui": Kind("U", "sixth", "xxxxx", "comment function"),
}


def kind_of(kind: str) -> Kind:
    """Give the look of a kind, a grey one of a kind that is not ours."""
    return KINDS.get(kind, Kind("?", "other_pale", "", clean(kind) or "kind not named"))


def kinds_of(drawn: Collection[str]) -> dict[str, Kind]:
    """Give the kinds drawn, our own first; each other one has a letter of its own."""
    kinds = {name: kind for name, kind in KINDS.items() if name in drawn}
    for name in sorted(set(drawn) - set(KINDS)):
        taken = {kind.letter for kind in (*KINDS.values(), *kinds.values())}
        letters = [*name.upper(), *ascii_uppercase]
        free = (
            letter for letter in letters if letter in ascii_uppercase and letter not in taken
        )
        kinds[name] = kind_of(name)._replace(letter=next(free, "?") if name else "?")
    return kinds
