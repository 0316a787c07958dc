"""Letters in a line over narrow things: in order, none over another, near what they name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_FAR_MM: Final = 8.0  # from here on the eye does not find from a letter to what it names


def place_letters(
    middles: Sequence[float],
    widths: Sequence[float],
    *,
    importance: Sequence[float],
    room: float,
) -> dict[int, float]:
    """Place letters as near as can be to what they name, in its order and none over another.

    Letters that have no room over their own places stand side by side, around the middle of
    these places. Where this would move one by more than 8 mm, the less important are left out.

    Parameters
    ----------
    middles
        Where the letters would stand best, from left to right, in mm.
    widths
        How wide each is with the air around it, in mm.
    importance
        Of each; of equals, the first is taken first.
    room
        The length of the line, in mm.

    Returns
    -------
    Of each letter that has room, by its number among those given, its middle in mm.
    """
    best, wide = np.asarray(middles, dtype=float), np.asarray(widths, dtype=float)
    placed: dict[int, float] = {}
    for number in np.argsort(-np.asarray(importance, dtype=float), kind="stable").tolist():
        tried = sorted([*placed, number])
        if wide[tried].sum() > room:
            break
        places = _side_by_side(best[tried], wide[tried], room)
        if np.abs(places - best[tried]).max() <= _FAR_MM:
            placed = dict(zip(tried, places.tolist(), strict=True))
    return placed


def _side_by_side(
    best: NDArray[np.float64], wide: NDArray[np.float64], room: float
) -> NDArray[np.float64]:
    """Give the places with the least sum of squared distances from the best ones."""
    # Letters side by side from 0 on. What is left to choose is how far each is moved from
    # there: never less than the one before it, which is isotonic regression.
    packed = np.cumsum(wide) - wide / 2
    groups: list[tuple[float, int]] = []  # how far letters are moved together, and how many
    for own in (best - packed).tolist():
        moved, number = own, 1
        while groups and groups[-1][0] > moved:
            before, others = groups.pop()
            moved = (before * others + moved * number) / (others + number)
            number += others
        groups.append((moved, number))
    moves = np.repeat([move for move, _ in groups], [number for _, number in groups])
    places: NDArray[np.float64] = packed + moves.clip(0.0, room - wide.sum())
    return places
