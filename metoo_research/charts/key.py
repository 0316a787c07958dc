"""The key of a chart: small pictures of what it draws, each with its meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform

from metoo_research.charts.style import INK, MM_PER_INCH, SMALL_PT, TEXT_PT
from metoo_research.charts.text import (
    clean,
    line_mm,
    lines_in,
    small_block,
    widest_mm,
)

_SWATCH_MM: Final = 6.5
_BETWEEN_MM: Final = 4.0
_PATCH_MM: Final = 3.0
_MIDDLE_MM: Final = (
    0.5 * SMALL_PT / 72 * MM_PER_INCH
)  # of a line of small letters, from its top


@dataclass(frozen=True)
class Pen:
    """Draws on a figure, in given coordinates, and labels all it draws with `mark`."""

    figure: Figure
    at: Transform
    mark: str

    def write(self, x: float, y: float, text: str, **look: Any) -> None:
        """Write text."""
        self.figure.text(x, y, text, transform=self.at, label=self.mark, **look)

    def line(self, x: list[float], y: list[float], **look: Any) -> None:
        """Draw a line or points."""
        self.figure.add_artist(Line2D(x, y, transform=self.at, label=self.mark, **look))

    def bar(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """Draw a bar around the height `y`."""
        place = (x, y - height / 2)
        bar = Rectangle(place, width, height, transform=self.at, label=self.mark, **look)
        self.figure.add_artist(bar)


Swatch = Callable[[Pen, float, float], None]


@dataclass(frozen=True)
class KeyItem:
    """One entry of a key: a swatch of at most 5 mm and what it means."""

    swatch: Swatch
    meaning: str


def draw_key(pen: Pen, key: Sequence[KeyItem], x: float, y: float, width: float) -> float:
    """Draw the key down from `y`, at most `width` mm wide; give its height."""
    start = y
    for line in _lines(key, width):
        for item, text, offset in line:
            item.swatch(pen, x + offset, y - _MIDDLE_MM)
            look = {"fontsize": SMALL_PT, "color": INK, "va": "top"}
            pen.write(x + offset + _SWATCH_MM, y, text, **look)
        y -= max(lines_in(text) for _, text, _ in line) * line_mm(SMALL_PT) + 0.8
    return start - y


def _lines(key: Sequence[KeyItem], width: float) -> list[list[tuple[KeyItem, str, float]]]:
    """Break a key into lines: per entry its text and where it begins."""
    lines: list[list[tuple[KeyItem, str, float]]] = [[]]
    x = 0.0
    for item in key:
        text = small_block(clean(item.meaning), width - _SWATCH_MM)
        taken = _SWATCH_MM + widest_mm([text], size=SMALL_PT)
        if lines[-1] and x + taken > width:
            lines.append([])
            x = 0.0
        lines[-1].append((item, text, x))
        x += taken + _BETWEEN_MM
    return lines


def patch(*, letter: str = "", **look: Any) -> Swatch:
    """Make a swatch that is a small bar, with a letter in it if given."""

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.bar(x, y, 5, _PATCH_MM if letter else 2.6, **look)
        if letter:
            face = look.get("facecolor", "white")
            pen.write(x + 2.5, y, letter, **letter_look(face, over=bool(look.get("hatch"))))

    return draw


def marker(marker: str, *, line: bool = False, **look: Any) -> Swatch:
    """Make a swatch that is a point, on a short line if asked."""

    def draw(pen: Pen, x: float, y: float) -> None:
        if line:
            pen.line([x, x + 5], [y, y], color=look.get("color", INK))
        pen.line([x + 2.5], [y], marker=marker, linestyle="none", **look)

    return draw


def arrow(direction: Literal[1, -1], **look: Any) -> Swatch:
    """Make a swatch that is a point with an arrow to the right (1) or to the left (-1)."""

    def draw(pen: Pen, x: float, y: float) -> None:
        near, far = (x + 0.9, x + 4.6) if direction > 0 else (x + 4.1, x + 0.4)
        pen.line([near, far], [y, y], color=look.get("color", INK))
        pen.line([near], [y], marker="o", linestyle="none", **look)
        tip = {**look, "marker": ">" if direction > 0 else "<", "markersize": 3.5}
        pen.line([far], [y], linestyle="none", **tip)

    return draw


def sign(text: str, **look: Any) -> Swatch:
    """Make a swatch that is a character."""

    def draw(pen: Pen, x: float, y: float) -> None:
        own = {"fontsize": TEXT_PT, "ha": "center", "va": "center_baseline", **look}
        pen.write(x + 2.5, y, text, **own)

    return draw


def letter_look(face: Any, *, over: bool) -> dict[str, Any]:
    """Give the look of a letter on a patch; `over` its hatching or lines, which it hides."""
    look: dict[str, Any] = {"fontsize": SMALL_PT, "color": ink_on(face), "ha": "center"}
    look["va"] = "center_baseline"
    return look | {"bbox": {"facecolor": face, "linewidth": 0, "pad": 0.2}} if over else look


def ink_on(face: Any) -> str:
    """Choose black or white text for a background, whichever contrasts more (WCAG 2.1)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(face)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if luminance > 0.2 else "white"
