"""What is kept of a chart, with its Axes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Final
from weakref import WeakKeyDictionary

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from metoo_research.charts.key import KeyItem
from metoo_research.charts.palettes import Variant
from metoo_research.errors import TableError

Place = tuple[float, float, float, float]  # x, y, width, height, as shares of the figure

_marks = count(1)


@dataclass
class Sheet:
    """What stands around one Axes, and what is drawn in it."""

    width_mm: float
    body_mm: float
    # The part of a caller's figure that the chart may use; None in a figure made here, whose
    # height is ours to set.
    slot: Place | None = None
    least_mm: float | None = None  # of the Axes, where it may be lower than `body_mm`
    title: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    key: tuple[KeyItem, ...] = ()
    x_label: str = ""
    x_wrapped: str = ""
    around: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # mm beyond the Axes
    rest_mm: float = 0.0  # of the height, for all but the Axes
    placed: Place | None = None  # where the Axes was put
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    alt: str = ""
    variant: Variant = "colour"
    found: dict[Text, str] = field(default_factory=dict)  # what stood in a caller's Axes
    again: Callable[[], Axes] | None = None  # draws the chart once more, in a figure of its own
    # Title, key and source carry this label, to be found and replaced.
    mark: str = field(default_factory=lambda: f"metoo furniture {next(_marks)}")


sheets: Final[WeakKeyDictionary[Axes, Sheet]] = WeakKeyDictionary()


def sheet_of(ax: Axes) -> Sheet:
    """Give what is kept of the chart in `ax`.

    Raises
    ------
    TableError
        If `ax` was not drawn by this package.
    """
    if ax not in sheets:
        raise TableError("this Axes was not drawn by metoo_research.charts; give its data")
    return sheets[ax]
