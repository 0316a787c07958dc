"""Places on a figure in millimetres."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import (
    Affine2D,
    ScaledTranslation,
    Transform,
    blended_transform_factory,
)

from metoo_research.charts.style import MM_PER_INCH
from metoo_research.errors import TableError


def figure_of(ax: Axes) -> Figure:
    """Give the figure that `ax` stands in, also where it stands in a subfigure."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise TableError("this Axes was removed from its figure; make another")
    return figure


def figure_mm(figure: Figure) -> tuple[float, float]:
    """Give width and height of `figure` in mm."""
    width, height = figure.get_size_inches() * MM_PER_INCH
    return float(width), float(height)


def millimetres(figure: Figure) -> Transform:
    """Give the coordinates: mm from the lower left corner of the figure."""
    return Affine2D().scale(1 / MM_PER_INCH) + figure.dpi_scale_trans


def _corner(x: float, y: float, of: Transform) -> ScaledTranslation:
    # Any transform does: the class only asks where (x, y) lands.
    return ScaledTranslation(x, y, of)  # type: ignore[arg-type]


def from_place(figure: Figure, x: float, y: float) -> Transform:
    """Give the coordinates: mm from a point of the figure given in shares of its size."""
    return millimetres(figure) + _corner(x, y, figure.transFigure)


def right_of(ax: Axes) -> Transform:
    """Give the coordinates: x in mm from the right edge of the Axes, y in data."""
    figure = figure_of(ax)
    edge = millimetres(figure) + _corner(1, 0, ax.transAxes)
    return blended_transform_factory(edge, ax.transData)


def left_of(ax: Axes) -> Transform:
    """Give the coordinates: x in mm from the left edge of the Axes, y in data."""
    figure = figure_of(ax)
    edge = millimetres(figure) + _corner(0, 0, ax.transAxes)
    return blended_transform_factory(edge, ax.transData)


def beside(ax: Axes, right: float) -> Transform:
    """Give the coordinates: the data's, moved `right` mm."""
    figure = figure_of(ax)
    inches = right / MM_PER_INCH
    return ax.transData + ScaledTranslation(inches, 0, figure.dpi_scale_trans)


def above_columns(ax: Axes) -> Transform:
    """Give the coordinates: x in data, y in mm from the upper edge of the Axes."""
    edge = millimetres(figure_of(ax)) + _corner(0, 1, ax.transAxes)
    return blended_transform_factory(ax.transData, edge)


def above(ax: Axes) -> Transform:
    """Give the coordinates: mm from the upper right corner."""
    return millimetres(figure_of(ax)) + _corner(1, 1, ax.transAxes)


def axes_mm(ax: Axes) -> tuple[float, float]:
    """Give width and height of the Axes in mm."""
    width, height = figure_mm(figure_of(ax))
    place = ax.get_position()
    return place.width * width, place.height * height
