"""The texts of a picture: which row or column each belongs to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation, Text
from read_back import label

from metoo_research.charts.text import clean, drawable


def as_drawn(full: object, shown: str) -> str:
    """Give a text of the table as the picture may show it: broken anywhere, its end cut."""
    said = drawable(clean(full))
    whole, seen = "".join(said.split()), "".join(label(shown).split())
    is_cut = seen.endswith("…") and whole.startswith(seen[:-1])
    return shown if seen == whole or is_cut else said


def all_as_drawn(full: list[Any], shown: list[str]) -> list[str]:
    assert len(full) == len(shown)
    return [as_drawn(text, seen) for text, seen in zip(full, shown, strict=True)]


def columns_beside(ax: Axes) -> list[tuple[str, list[str]]]:
    """Of each column right of the rows its heading and its cells, from left to right."""
    texts = [t for t in ax.texts if not isinstance(t, Annotation) and t.get_text()]
    headings = sorted((t.get_position()[0], t.get_text()) for t in texts if is_heading(t))
    rows = range(len(ax.get_yticks()))
    cells = {
        (round(t.get_position()[1], 3), round(t.get_position()[0], 3)): t.get_text()
        for t in texts
        if not is_heading(t)
    }
    return [(label(text), [cells[row, round(x, 3)] for row in rows]) for x, text in headings]


def is_heading(text: Text) -> bool:
    """Whether a text stands over a column: it is set up from a millimetre above the Axes."""
    return text.get_verticalalignment() == "bottom" and text.get_position()[1] == 1.0


def number(value: float) -> str:
    return "not counted" if pd.isna(value) else f"{value:,.0f}"


def score(value: float) -> str:
    if pd.isna(value):
        return "not scored"
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0.00"


def blocks(ax: Axes, starts: list[str]) -> tuple[list[str], list[str]]:
    """Cut the texts of a picture into blocks, each from given bold words on, in this order.

    Gives also the heading that each stands under, the last bold words before that are no start.
    """
    texts = sorted(
        (t for t in ax.texts if not isinstance(t, Annotation) and t.get_text()),
        key=lambda t: (round(t.get_position()[1], 3), t.get_position()[0]),
    )
    heights, headings, heading = [], [], ""
    bold = iter(t for t in texts if t.get_fontweight() == "bold")
    for start in starts:
        while not start.startswith(label((found := next(bold)).get_text())):
            heading = label(found.get_text())
        # Half a millimetre up: small letters beside it stand with their middle higher.
        heights.append(round(found.get_position()[1], 3) - 0.5)
        headings.append(heading)
    # Column by column: lines of one text stand under one another, two columns side by side.
    texts.sort(key=lambda t: round(float(t.get_transform().transform(t.get_position())[0])))
    ends = [*heights[1:], np.inf]
    within = [
        " ".join(
            label(t.get_text()) for t in texts if low <= round(t.get_position()[1], 3) < high
        )
        for low, high in zip(heights, ends, strict=True)
    ]
    return within, headings


def shares(block: str, *parts: str) -> list[bool]:
    """Whether each text is in a block, which may have broken it anywhere or cut its end."""
    seen = "".join(block.split())
    return ["".join(drawable(part).split())[:40] in seen for part in parts]
