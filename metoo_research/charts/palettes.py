"""The colours of a chart by what they stand for, for screens and for print in greys.

No two things are told apart by colour alone: each differs from the others also in shape,
hatching, fill or label, so that a chart says the same in greys.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, Literal, get_args

from metoo_research.errors import TableError

Variant = Literal["colour", "grey"]


@dataclass(frozen=True)
class Palette:
    """Colours by what they stand for.

    Attributes
    ----------
    main, main_middle, main_pale
        What a chart is about: its bars, points and lines; the fill of many small points; the
        ground of text.
    contrast, contrast_pale
        What stands out from it: means, the event; the event's day.
    second, third, fourth, fifth, sixth
        Further kinds of things.
    other, other_pale
        What is of another campaign; the ground of text about it.
    other_name
        What to call `other` in a key.
    shades
        From few to many, behind numbers.
    """

    main: str
    main_middle: str
    main_pale: str
    contrast: str
    contrast_pale: str
    second: str
    third: str
    fourth: str
    fifth: str
    sixth: str
    other: str
    other_pale: str
    other_name: str
    shades: tuple[str, str, str]


PALETTES: Final[dict[Variant, Palette]] = {
    # Okabe and Ito (2008), "Color Universal Design": told apart with any colour vision.
    "colour": Palette(
        main="#0072B2",
        main_middle="#56B4E9",
        main_pale="#CFE3F1",
        contrast="#D55E00",
        contrast_pale="#F8E4D8",
        second="#E69F00",
        third="#009E73",
        fourth="#CC79A7",
        fifth="#F0E442",
        sixth="#8C8C8C",
        other="#858585",
        other_pale="#D9D9D9",
        other_name="grey",
        shades=("#F0F0F0", "#9CC3E0", "#0072B2"),
    ),
    # Some ten steps of lightness (CIE L*, 0 to 100) and more between any two grounds.
    "grey": Palette(
        main="#303030",
        main_middle="#B5B5B5",
        main_pale="#EDEDED",
        contrast="#000000",
        contrast_pale="#E4E4E4",
        second="#7A7A7A",
        third="#585858",
        fourth="#979797",
        fifth="#D1D1D1",
        sixth="#8C8C8C",
        other="#8C8C8C",
        other_pale="#C8C8C8",
        other_name="lighter",
        shades=("#F4F4F4", "#B8B8B8", "#404040"),
    ),
}

_of_all: list[Variant] = ["colour"]
_here: ContextVar[Variant | None] = ContextVar("variant", default=None)


def palette() -> Palette:
    """Give the colours that a chart drawn now has."""
    return PALETTES[current_variant()]


def current_variant() -> Variant:
    """Give the variant that a chart drawn now has: "colour" or "grey"."""
    return _here.get() or _of_all[0]


@contextmanager
def variant(name: Variant) -> Iterator[None]:
    """Draw the charts of a block in colour or in greys.

    Parameters
    ----------
    name
        "colour", or "grey" for print in black and white.

    Raises
    ------
    TableError
        If there is no such variant.

    Examples
    --------
    >>> with charts.variant("grey"):
    ...     ax = charts.word_frequency(table)
    """
    token = _here.set(_known(name))
    try:
        yield
    finally:
        _here.reset(token)


def set_variant(name: Variant) -> None:
    """Draw all charts from here on in colour or in greys, such as those of a notebook.

    Within ``with variant(…)`` that one holds.

    Raises
    ------
    TableError
        If there is no such variant.
    """
    _of_all[0] = _known(name)


def _known(name: Variant) -> Variant:
    if name not in get_args(Variant):
        raise TableError(f"there is no variant {name!r}; take 'colour' or 'grey'")
    return name
