"""Describing a chart without keeping it: the same words that go with its picture."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Final, ParamSpec

from matplotlib.axes import Axes

from metoo_research.charts.layout import alt_text

P = ParamSpec("P")
_DOC: Final = """Say in words what `{name}` shows, given the same tables and options.

    The chart is drawn for it, since what fits decides what is described.

    Parameters
    ----------
    Those of `{name}`; nothing is drawn into an ``ax``.

    Returns
    -------
    Type, axes, main finding and extremes: the text that `alt_text` gives of the chart.

    Raises
    ------
    TableError
        Where `{name}` does.
    """


def description_of(chart: Callable[P, Axes]) -> Callable[P, str]:
    """Make the function that describes what `chart` would draw."""
    name = getattr(chart, "__name__", "chart")

    def describe(*args: P.args, **kwargs: P.kwargs) -> str:
        kwargs.pop("ax", None)  # nothing is drawn into a caller's figure
        return alt_text(chart(*args, **kwargs))

    describe.__name__ = describe.__qualname__ = f"describe_{name}"
    describe.__module__ = chart.__module__
    describe.__doc__ = _DOC.format(name=name)
    describe.__annotations__ = chart.__annotations__ | {"return": str}
    shown: object = signature(chart).replace(return_annotation=str)
    describe.__signature__ = shown  # type: ignore[attr-defined]
    return describe
