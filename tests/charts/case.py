"""A chart with its example and the tables that break charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

NAN = float("nan")
MANY = 10_000


@dataclass(frozen=True)
class Case:
    """One chart.

    Attributes
    ----------
    draw
        From the articles with their labels, and options of the chart, the example drawn.
    empty, one, missing, many
        A table without rows, of one row, without a single value, and of 10,000 rows.
    """

    draw: Callable[..., Axes]
    empty: Callable[[], Axes]
    one: Callable[[], Axes]
    missing: Callable[[], Axes]
    many: Callable[..., Axes]


def without_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """The table with NaN in place of every number."""
    numbers = table.select_dtypes("number").columns
    return table.assign(**dict.fromkeys(numbers, NAN))
