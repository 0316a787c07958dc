"""Small pictures of one scale under one another: a course for each word or article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from metoo_research.charts import layout
from metoo_research.charts.coordinates import above, right_of
from metoo_research.charts.rows import draw_headings, label_blocks, row_heights
from metoo_research.charts.style import FAINT, GREY, INK, PALE, SMALL_PT
from metoo_research.charts.text import widest_mm

Numbers = NDArray[np.float64]

_FULL_PT: Final = 3.0  # of a point, from which on its lines have their full width
BAND_MM: Final = 11.0  # of a picture, from the lower to the upper end of its scale
_BETWEEN_MM: Final = 4.0


class Bands:
    """Bands of one Axes, with y in millimetres from the top, all of one scale."""

    def __init__(
        self,
        ax: Axes | None,
        names: Sequence[str],
        *,
        scale: tuple[float, float],
        width: float,
    ) -> None:
        blocks = label_blocks(names, min(0.27 * width, 46))
        heights = row_heights(blocks, least=BAND_MM + _BETWEEN_MM)
        self.scale = scale
        self.ax = layout.begin(ax, width=width, body=sum(heights))
        self.ax.set_ylim(sum(heights), 0)
        self.middles = [sum(heights[:at]) + tall / 2 for at, tall in enumerate(heights)]
        self.ax.set_yticks(self.middles, blocks)
        self.ax.tick_params(axis="y", length=0, pad=3)
        for middle in self.middles:
            ends = middle - BAND_MM / 2, middle + BAND_MM / 2
            self.ax.axhspan(*ends, color=FAINT, linewidth=0, zorder=0)

    def heights(self, row: int, values: Numbers) -> Numbers:
        """Give where `values` stand in the band of a row."""
        low, high = self.scale
        share = (values - low) / (high - low)
        return self.middles[row] + BAND_MM * (0.5 - share)

    def level(self, value: float, **look: Any) -> None:
        """Draw a line across every band."""
        for row in range(len(self.middles)):
            y = float(self.heights(row, np.array([value]))[0])
            self.ax.axhline(y, **{"color": PALE, "linewidth": 0.6, "zorder": 0.5, **look})

    def course(
        self,
        row: int,
        x: Numbers,
        values: Numbers,
        ends: tuple[Numbers, Numbers] | None,
        mark: dict[str, Any],
    ) -> None:
        """Draw points in their order, joined where both are known, with their intervals.

        Lines are as thin as the points are small.
        """
        y = self.heights(row, values)
        thin = min(1.0, mark["markersize"] / _FULL_PT)
        self.ax.plot(x, y, linewidth=0.8 * thin, zorder=3, clip_on=False, **mark)
        if ends is not None:
            low, high = (self.heights(row, end) for end in ends)
            self.ax.vlines(x, low, high, color=mark["color"], linewidth=1.2 * thin, zorder=2)

    def columns(
        self, columns: Sequence[tuple[str, Sequence[str]]], *, start: float = 2.0
    ) -> None:
        """Write columns of texts right of the bands, each under its heading."""
        at, x = right_of(self.ax), start
        widths, centres = [], []
        for heading, cells in columns:
            wide = widest_mm([*cells, *heading.split(" ")], size=SMALL_PT) + 2.5
            for middle, cell in zip(self.middles, cells, strict=True):
                look: dict[str, Any] = {"ha": "center", "va": "center_baseline", "color": INK}
                self.ax.text(
                    x + wide / 2, middle, cell, transform=at, fontsize=SMALL_PT, **look
                )
            widths.append(wide)
            centres.append(x + wide / 2)
            x += wide
        draw_headings(self.ax, [h for h, _ in columns], widths, centres, at=above(self.ax))

    def scale_words(self, *words: tuple[float, str], row: int = 0) -> None:
        """Write numbers of the scale at the right end of a band, the first without `row`."""
        for value, text in words:
            y = float(self.heights(row, np.array([value]))[0])
            look: dict[str, Any] = {"ha": "left", "va": "center_baseline", "color": GREY}
            place = right_of(self.ax)
            self.ax.text(0.8, y, text, transform=place, fontsize=SMALL_PT, **look)
