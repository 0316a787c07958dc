"""The texts of the timeline: each figure's row, and the list of those without a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.metric_rows import GAP_MM, Line, Row
from metoo_research.charts.style import GREY, SMALL_PT
from metoo_research.charts.tables import records
from metoo_research.charts.text import GLUE, clean, line_mm, wrap
from metoo_research.charts.text import width_mm as text_mm
from metoo_research.charts.timeline_windows import unbroken

#: Behind the words of a time that was told from the event.
FROM_EVENT: Final = "†"
_BAR_MM: Final = 3.0


def arrange_rows(
    figures: pd.DataFrame, side_mm: float, width_mm: float, start: float
) -> tuple[list[Row], float]:
    """Set the texts of figures with a time down from `start` mm: the rows, and their end."""
    rows, y = [], start
    for figure in records(figures):
        if side_mm:
            row = _beside(figure, side_mm)
        else:
            row = _above(figure, width_mm - 2 * layout.MARGIN_MM - 4)
        row.top = y
        row.point += y
        rows.append(row)
        y += row.height
    return rows, y


def arrange_list(
    figures: pd.DataFrame, width_mm: float, start: float, *, wide: bool
) -> tuple[list[Row], float]:
    """Set the texts of figures without a time; `right` stands beside `left` if `wide`."""
    rows, y = [], start
    width = width_mm - 2 * layout.MARGIN_MM - (0 if wide else 4)
    for figure in records(figures):
        about = [*_article(figure), _unknown_time(figure)]
        row = Row(figure, top=y)
        if wide:
            row.left = _counted(figure, 0.47 * width)
            row.right = _small("; ".join(about), 0.48 * width)
        else:
            row.left = _counted(figure, width) + _small("; ".join(about), width)
        row.height = max(_height(row.left), _height(row.right)) + 0.8
        row.point = y + line_mm() / 2
        rows.append(row)
        y += row.height
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
    row.height = max(_height(left), _height(right)) + GAP_MM
    return row


def _above(figure: Mapping[str, Any], width: float) -> Row:
    """Set a row of the narrow form: all texts over the axis."""
    said = clean(figure["window_text"])
    when = f"“{said}”: {_time(figure)}" if said else _time(figure)
    lines = _counted(figure, width) + _small("; ".join([*_article(figure), when]), width)
    row = Row(figure, lines, point=_height(lines) + _BAR_MM / 2 + 0.8)
    row.height = row.point + _BAR_MM / 2 + 0.8 + GAP_MM
    return row


def _counted(figure: Mapping[str, Any], width: float) -> list[Line]:
    """The number as worded, what it counts, and the platform."""
    number = figure["as_written"] or "number not given"
    lines = [Line(text, bold=True) for text in wrap(number, width, bold=True, max_lines=3)]
    what = f"{figure['what']}, {figure['platform_shown']}"
    offset = text_mm(lines[-1].text, bold=True) + 1.2
    if offset + text_mm(what) <= width:
        return [*lines, Line(what, indent=offset, same_line=True)]
    return lines + [Line(text) for text in wrap(what, width, max_lines=3)]


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
    lines = wrap(text, width, size=SMALL_PT, max_lines=8) if text else []
    return [Line(line, size=SMALL_PT, color=GREY) for line in lines]


def _height(lines: Sequence[Line]) -> float:
    return sum(line_mm(line.size) for line in lines if not line.same_line)
