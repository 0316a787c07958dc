"""Names beside points, as many as there is room for, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from metoo_research.charts.style import SMALL_PT
from metoo_research.charts.text import line_mm, width_mm

Places = NDArray[np.float64]

_GAP_MM: Final = 1.2  # between the middle of a point and its name
_AIR_MM: Final = 0.4  # around a name
_POINT_MM: Final = 0.8  # around the middle of a named point
#: Beside, above, below, then the corners; each as a share of the name's width and height by
#: which its middle is moved away from the point, and the gap's share along x and y.
_SIDES: Final = (
    *(
        (0.5, 0.0, 1.0, 0.0),
        (-0.5, 0.0, -1.0, 0.0),
        (0.0, 0.5, 0.0, 0.8),
        (0.0, -0.5, 0.0, -0.8),
    ),
    *((0.5, 0.5, 0.6, 0.4), (-0.5, 0.5, -0.6, 0.4)),
    *((0.5, -0.5, 0.6, -0.4), (-0.5, -0.5, -0.6, -0.4)),
)


@dataclass(frozen=True)
class Name:
    """One name that found room: its number among those asked for, and its middle in mm."""

    number: int
    x: float
    y: float


def place_names(
    names: Sequence[str],
    places: Places,
    others: Places,
    *,
    width: float,
    height: float,
) -> list[Name]:
    """Place names beside their points, the first ones first.

    Each takes the first side on which it covers no point and no name, and stays in the frame;
    without one it is left out.

    Parameters
    ----------
    names
        One line each, in order of importance.
    places
        Where their points are, in mm from the lower left of the frame.
    others
        Where all points are, theirs too.
    width, height
        Of the frame, in mm.

    Returns
    -------
    The names that found room, in the order given. The same input gives the same places.
    """
    taken: list[tuple[float, float, float, float]] = []
    points: list[tuple[float, float]] = []
    placed = []
    for number, (name, (x, y)) in enumerate(zip(names, places.tolist(), strict=True)):
        found: tuple[float, float, tuple[float, float, float, float]] | None = None
        wide, high = width_mm(name, size=SMALL_PT) + _AIR_MM, line_mm(SMALL_PT)
        for right, up, gap_x, gap_y in _SIDES:
            middle = x + right * wide + gap_x * _GAP_MM, y + up * high + gap_y * _GAP_MM
            box = _box(*middle, wide, high)
            if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height:
                continue
            if any(_meet(box, other) for other in taken):
                continue
            if any(_meet(box, _around(*point)) for point in points):
                continue
            if not _covers(box, others):
                found = (*middle, box)
                break
        # A name that would be written over this point has taken its room.
        if found is None or any(_meet(_around(x, y), other) for other in taken):
            continue
        middle_x, middle_y, box = found
        taken.append(box)
        points.append((x, y))
        placed.append(Name(number, middle_x, middle_y))
    return placed


def name_look() -> dict[str, Any]:
    """Give the look of a name placed here."""
    return {"fontsize": SMALL_PT, "ha": "center", "va": "center_baseline", "zorder": 4}


def _box(x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _around(x: float, y: float) -> tuple[float, float, float, float]:
    return _box(x, y, 2 * _POINT_MM, 2 * _POINT_MM)


def _meet(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart


def _covers(box: tuple[float, float, float, float], points: Places) -> bool:
    x, y = points[:, 0], points[:, 1]
    air = _POINT_MM / 2
    across = (x > box[0] - air) & (x < box[2] + air)
    return bool((across & (y > box[1] - air) & (y < box[3] + air)).any())
