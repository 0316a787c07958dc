"""What every chart asks of its arguments before it draws."""

from __future__ import annotations

from collections.abc import Callable, Collection
from inspect import Parameter, signature
from numbers import Real
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from metoo_research.charts.columns import alike, checked
from metoo_research.charts.tables import need, plain, row_limit
from metoo_research.errors import TableError

MIN_WIDTH_MM: Final = 60.0
MAX_WIDTH_MM: Final = 1000.0


def arguments_of(
    function: Callable[..., Axes], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> dict[str, Any]:
    """Give the arguments of a chart by their names, its tables of plain types and checked.

    Raises
    ------
    TableError
        Where one is of another type than the chart takes, or a table holds what it cannot draw.
    """
    chart = getattr(function, "__name__", "chart")
    options = signature(function)
    given = dict(options.bind(*args, **kwargs).arguments)
    for name, value in given.items():
        _refuse(options.parameters[name], value, chart=chart)
    tables = {name: one for name, one in given.items() if isinstance(one, pd.DataFrame)}
    measure = None
    if "measure" in options.parameters and chart != "word_shift":  # there it is a wording
        measure = given.get("measure", options.parameters["measure"].default)
    for name, table in tables.items():
        if name == "articles":
            need(table, ("article_id",), chart=chart)
        asked = None if name == "articles" else measure
        given[name] = checked(plain(table), chart=chart, measure=asked)
    alike((given[name] for name in tables), chart=chart)
    return given


def _refuse(option: Parameter, value: Any, *, chart: str) -> None:
    """Raise `TableError` where `value` is not of the type that an argument has."""
    name, kind = option.name, _with_article(type(value).__name__)
    if value is None and option.default is None:
        return
    if str(option.annotation).startswith("pd.DataFrame"):
        if isinstance(value, pd.DataFrame):
            return
        if option.default is Parameter.empty:
            raise TableError(f"the chart {chart} draws a table of pandas, not {kind}")
        raise TableError(f"{name} of the chart {chart} is a table of pandas, not {kind}")
    if name == "ax" and not isinstance(value, Axes):
        raise TableError(
            f"ax is a matplotlib Axes, such as figure.subplots() gives, not {kind}"
        )
    if name == "width_mm":
        _width(value)
    if name == "top":
        row_limit(value)
    is_text = isinstance(option.default, str) or option.annotation in ("str", "str | None")
    if is_text and not isinstance(value, str):
        raise TableError(f"{name} of the chart {chart} is a text, not {kind}: {value!r}")
    if option.annotation == "Collection[str]" and (
        isinstance(value, str) or not isinstance(value, Collection)
    ):
        raise TableError(f"{name} of the chart {chart} is a list of texts, not {kind}")


def _with_article(kind: str) -> str:
    return f"{'an' if kind[0].lower() in 'aeio' else 'a'} {kind}"


def _width(width: Any) -> None:
    if not isinstance(width, Real) or not float(width) >= MIN_WIDTH_MM:
        raise TableError(
            f"width_mm is {width!r}; a chart needs at least {MIN_WIDTH_MM:g} mm, as a number"
        )
    if float(width) > MAX_WIDTH_MM:
        raise TableError(f"width_mm is {width}; a chart is at most {MAX_WIDTH_MM:,.0f} mm wide")
