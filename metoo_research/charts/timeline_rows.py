"""The texts of the timeline: each figure's row, and the list of those without a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.metric_rows import (
    ROW_GAP_MM,
    Line,
    Row,
    Sides,
    height_of,
    number_and_thing,
    small,
)
from metoo_research.charts.style import SMALL_PT
from metoo_research.charts.tables import records
from metoo_research.charts.text import GLUE, clean, line_mm, wrap
from metoo_research.charts.timeline_windows import unbroken

#: Behind the words of a time that was told from the event.
FROM_EVENT: Final = "†"
_BAR_MM: Final = 3.0


def arrange_rows(figures: pd.DataFrame, sides: Sides, start: float) -> tuple[list[Row], float]:
    """Set the texts of figures with a time down from `start` mm: the rows, and their end."""
    rows, y = [], start
    for figure in records(figures):
        row = (_beside if sides.wide else _above)(figure, sides.text_mm)
        rows.append(row)
        y = row.put(y)
    return rows, y


def arrange_list(figures: pd.DataFrame, sides: Sides, start: float) -> tuple[list[Row], float]:
    """Set the texts of figures without a time, in a wide chart in two columns."""
    rows, y = [], start
    width = sides.width_mm - 2 * layout.MARGIN_MM if sides.wide else sides.text_mm
    for figure in records(figures):
        about = [*_article(figure), _unknown_time(figure)]
        row = Row(figure, point=line_mm() / 2)
        if sides.wide:
            row.left = _counted(figure, 0.47 * width)
            row.right = _small("; ".join(about), 0.48 * width)
        else:
            row.left = _counted(figure, width) + _small("; ".join(about), width)
        row.height = max(height_of(row.left), height_of(row.right)) + 0.8
        rows.append(row)
        y = row.put(y)
    return rows, y


def list_column_mm(width_mm: float) -> float:
    """Give where the list's second column begins, from the left margin."""
    return 0.5 * (width_mm - 2 * layout.MARGIN_MM)


def _beside(figure: Mapping[str, Any], width: float) -> Row:
    """Set a row of the wide form: number and what it counts left, its time right."""
    left = _counted(figure, width)
    for text in _article(figure):
        left += _small(text, width)
    said = clean(figure["window_text"])
    right = [Line(line) for line in wrap(f"“{said}”" if said else "", width) if line]
    right += _small(_time(figure), width)
    row = Row(figure, left, right, point=line_mm() / 2)
    row.height = max(height_of(left), height_of(right)) + ROW_GAP_MM
    return row


def _above(figure: Mapping[str, Any], width: float) -> Row:
    """Set a row of the narrow form: all texts over the axis."""
    said = clean(figure["window_text"])
    when = f"“{said}”: {_time(figure)}" if said else _time(figure)
    lines = _counted(figure, width) + _small("; ".join([*_article(figure), when]), width)
    row = Row(figure, lines, point=height_of(lines) + _BAR_MM / 2 + 0.8)
    row.height = row.point + _BAR_MM / 2 + 0.8 + ROW_GAP_MM
    return row


def _counted(figure: Mapping[str, Any], width: float) -> list[Line]:
    """The number as worded, what it counts, and the platform."""
    number = figure["as_written"] or "number not given"
    return number_and_thing(number, f"{figure['what']}, {figure['platform_shown']}", width)


def _article(figure: Mapping[str, Any]) -> Iterator[str]:
    yield " ".join(wrap(figure["label"], 60, size=SMALL_PT, max_lines=4))
    if figure["other_subject"]:
        yield f"another campaign: {figure['other_subject']}"


def _time(figure: Mapping[str, Any]) -> str:
    words = unbroken(figure["time_in_words"])
    from_event = clean(figure["window_basis"]) == "event"
    return f"{words}{GLUE}{FROM_EVENT}" if from_event else words


def _unknown_time(figure: Mapping[str, Any]) -> str:
    said, hours = clean(figure["window_text"]), figure["window_hours"]
    length = "" if pd.isna(hours) else length_words(float(hours))
    if not said:
        return f"{length}, from when is not known" if length else "no time stated"
    if not length or length in said:
        return f"“{said}”"
    return f"“{said}” ({unbroken(length)})"


def length_words(hours: float) -> str:
    """Write a length of time in whole days from three days on, else in hours."""
    if hours >= 72 and hours % 24 == 0:
        return plural(int(hours // 24), "day")
    return f"{hours:,.4g} hour{'' if hours == 1 else 's'}"


def _small(text: str, width: float) -> list[Line]:
    return small(text, width, max_lines=8)
