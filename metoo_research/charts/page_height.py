"""How many rows a chart has where all of them would be higher than a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

#: Of a figure without its source line. With four lines of it, the figure is as high as A4 has
#: room for over a caption (215 mm); a higher one would be set smaller, and its letters too.
HIGHEST_MM: Final = 203.0
_ESTIMATES: Final = 3  # then by halves: what was asked for may be more than there is

Sizes = tuple[float, float]  # of the rows and of the whole figure, in mm


def most_that_fit(draw: Callable[[int], Sizes], asked: int, sizes: Sizes, most: float) -> int:
    """Give the largest number of rows, at least 1, that is drawn at most `most` mm high.

    Parameters
    ----------
    draw
        Draws so many rows and gives the heights.
    asked, sizes
        How many rows would be too high, and their heights.
    most
        The highest figure, in mm.
    """
    fits, too_many, tried, tries = 0, asked, asked, 0
    while too_many - fits > 1:
        body, whole = sizes
        estimate = int(tried * (most - (whole - body)) / body)
        tries += 1
        if tries > _ESTIMATES:
            estimate = (fits + too_many) // 2
        tried = min(max(estimate, fits + 1), too_many - 1)
        sizes = draw(tried)
        if sizes[1] <= most:
            fits = tried
        else:
            too_many = tried
    return max(fits, 1)
