"""When the figures that the articles report were counted."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.coordinates import left_of
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.key import KeyItem, marker, patch
from metoo_research.charts.metric_rows import Line, Row, Sides, write, write_row
from metoo_research.charts.palettes import palette
from metoo_research.charts.social_figures import ends_in_words, figure_words, marked_words
from metoo_research.charts.style import (
    PALE,
    SMALL_PT,
    TWO_COLUMNS_MM,
)
from metoo_research.charts.tables import records, shown_of
from metoo_research.charts.text import block, clean, line_mm, lines_in
from metoo_research.charts.time_axis import TimeAxis, time_axis
from metoo_research.charts.timeline_marks import (
    HATCHED,
    beginning,
    dotted_line,
    draw_event,
    draw_window,
    hatched_end,
    open_bar,
)
from metoo_research.charts.timeline_rows import (
    FROM_EVENT,
    arrange_list,
    arrange_rows,
    list_column_mm,
)
from metoo_research.charts.timeline_table import Timeline, timeline_of
from metoo_research.charts.timeline_windows import (
    Window,
    day_words,
    moment_words,
    unbroken,
    window_words,
)

_NOTHING: Final = "No social-media figure reported in this corpus."
_NO_TIME: Final = "No figure here has a time that can be placed on an axis."


@layout.chart
def metrics_timeline(
    metrics: pd.DataFrame,
    *,
    event: datetime | date | None = None,
    event_name: str | None = None,
    zone: str | tzinfo | None = None,
    articles: pd.DataFrame | None = None,
    subject: str | None = None,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw each reported social-media figure at the time that it was counted for.

    A point is a count up to that moment; a thin line leads to it from the beginning of the
    count, else from the event, and is dotted where neither is known. A bar is a count over a
    stretch of time; with an arrow, a count since its left end. Hatching stands for a time that
    is known only to a part of the day, a day, a month …: the count ends (or begins) somewhere
    in it. A part of a day is drawn as a quarter of it. Figures about another campaign are grey.

    Figures whose time is not known are listed below the axis. As in `reported_metrics`, only
    social-media figures are shown; a note counts the others.

    Parameters
    ----------
    metrics
        As for `reported_metrics`, with ``window_kind`` (as_of, duration, since, period),
        ``window_start`` and ``window_end``: the earliest and the latest moment that the words
        allow, NaT where not known; Monday ends on Tuesday at 00:00. Where given:
        ``window_precision`` (hour, part of day, day, week, month, year, decade),
        ``window_basis`` (words, article date, event) and ``window_hours``.
    event
        The event that time is counted from. A date without a clock time is drawn as the whole
        day.
    event_name
        What to call it.
    zone
        Time zone in which days begin, of the labels, and of an `event` without one; UTC by
        default.
    articles, subject
        As for `reported_metrics`.
    top
        How many figures to show, earliest first, those without a time last; the title says of
        how many.
    title, width_mm, ax
        As for `corpus_overview`. Under 120 mm the texts stand above each figure's line.

    Returns
    -------
    The Axes. Along x, hours since the event (since 1970-01-01 UTC without one), on an even
    scale, or, where most times crowd near the event, an asinh scale; the label says so. Along
    y, millimetres from the top, with a tick at each figure. The points are the lines with the
    marker "o" or "D", the bars rectangles; both have the number as worded for a label.

    Raises
    ------
    TableError
        If a column is missing or holds what it cannot, `top` is below 1, or there is no such
        time zone.
    """
    width_mm = layout.width_for(ax, width_mm)
    line = timeline_of(
        metrics, articles=articles, subject=subject, event=event, zone=zone, top=top
    )
    title = title or f"When social-media figures{line.social.about} were counted" + shown_of(
        len(line.figures), line.total, "figures"
    )
    if line.figures.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    sides = Sides(width_mm)
    axis = _axis(line, sides.axis_mm)
    called = _event_words(line, event_name)
    heading = ""
    if axis and called:
        beside = max(axis.share(0.0), 1 - axis.share(0.0)) * sides.axis_mm
        heading = block(unbroken(called), beside + (sides.text_mm if sides.wide else 0.0))
    first = lines_in(heading) * line_mm() + (2.4 if heading else 0.8)
    rows, rows_end = arrange_rows(line.figures.head(line.placed), sides, first)
    listed, heading_at, body = _listed(line, axis, sides, rows_end)

    ax = layout.begin(ax, width=width_mm, body=body)
    ax.set_ylim(body, 0)
    layout.tidy(ax, grid=False)
    if axis:
        ax.spines["bottom"].set_position(("data", rows_end))
        ax.spines["bottom"].set_visible(True)
        axis.set_on(ax)
        strips = [row.strip(wide=sides.wide) for row in rows]
        if heading:
            end = axis.at(line.event_end)
            draw_event(ax, axis, heading, strips, hours=end, through=sides.wide)
        for row, window, strip in zip(rows, line.windows, strips, strict=False):
            ax.vlines([at for at, _ in axis.ticks], *strip, color=PALE, lw=0.5, zorder=0)
            write_row(ax, row, sides)
            draw_window(ax, axis, row, window, line.event)
    else:
        ax.set_xticks([])
    if listed:
        counted = f"Time not known ({plural(line.without_time, 'figure')}"
        more = f", {len(listed):,} listed" if len(listed) < line.without_time else ""
        write(ax, [Line(f"{counted}{more})", bold=True)], sides.left, heading_at, left_of(ax))
    for row in listed:
        write(ax, row.left, sides.left, row.top, left_of(ax))
        write(ax, row.right, sides.left + list_column_mm(width_mm), row.top, left_of(ax))
    places = [row.point for row in (*rows, *listed)]
    ax.set_yticks(places, [""] * len(places))
    ax.tick_params(axis="y", length=0)
    return layout.finish(
        ax,
        title=title,
        table=line.figures,
        alt=_describe(line, event_name),
        key=_key(line, axis),
        notes=[*_notes(line), *line.social.notes(line.figures)],
    )


describe_metrics_timeline = description_of(metrics_timeline)


def _describe(line: Timeline, event_name: str | None) -> str:
    shown = f"{len(line.figures):,} of {line.total:,} reported social-media figures"
    if not line.placed:
        ends = ends_in_words(line.figures, line.social.about)
        return f"List of {shown}. {_NO_TIME}{ends}{marked_words(line.figures)}"
    text = f"Timeline of {shown}, one row each, in order of time."
    called = _event_words(line, event_name)
    if called:
        text += f" {called}."
    shapes = line.figures["window_shape"].value_counts()
    parts = [f"{words}: {shapes.get(shape, 0):,}" for shape, words in _SHAPES.items()]
    inexact = sum(window.placed and not window.exact for window in line.windows)
    text += f" {'; '.join(parts)}. Beginning or end not known exactly: {inexact:,}."
    placed = line.figures.head(line.placed)
    if line.later:
        text += f" Not drawn: {plural(line.later, 'later figure')}."
    if line.without_time:
        listed = len(line.figures) - len(placed)
        text += f" Time not known: {line.without_time:,} ({listed:,} listed below the axis)."
    own = np.flatnonzero(placed["other_subject"] == "")
    if len(own):
        first, last = (_in_words(line, at) for at in (own[0], own[-1]))
        latest = "latest of these" if line.later else "latest"
        if first == last:
            both = f"Earliest and {latest}" if len(own) > 1 else "Earliest"
            text += f" {both}{line.social.about}: {first}."
        else:
            text += f" Earliest{line.social.about}: {first}; {latest}: {last}."
    return text + marked_words(line.figures)


_SHAPES: Final = {
    "up to": "Counted up to a time",
    "stretch": "over a stretch of time",
    "since": "since a time",
}


def _in_words(line: Timeline, at: int) -> str:
    """Write one figure with its time, the year too, which the axis says in the picture."""
    figure = records(line.figures)[at]
    time = window_words(line.windows[at], line.zone, year=True)
    return f"{figure_words(figure)}, {time}"


def _event_words(line: Timeline, name: str | None) -> str:
    if pd.isna(line.event):
        return ""
    if line.event_end > line.event:
        when = day_words(line.event.tz_convert(line.zone), year=True)
    else:
        when = moment_words(line.event, line.zone, year=True)
    return f"Event: {clean(name)}, {when}" if clean(name) else f"Event: {when}"


def _axis(line: Timeline, room_mm: float) -> TimeAxis | None:
    """Choose the axis; None where no figure has a time."""
    own: list[Window] = []
    others: list[Window] = []
    for window, other in zip(line.windows, line.figures["other_subject"], strict=True):
        if window.placed:
            (others if other else own).append(window)
    if not (own or others):
        return None
    return time_axis(
        own,
        others,
        event=line.event,
        event_end=line.event_end,
        zone=line.zone,
        room_mm=room_mm,
    )


def _listed(
    line: Timeline,
    axis: TimeAxis | None,
    sides: Sides,
    rows_end: float,
) -> tuple[list[Row], float, float]:
    """Give the rows of the list below the axis, the place of its heading, and where it ends."""
    unplaced = line.figures.iloc[line.placed :]
    if unplaced.empty:
        return [], rows_end, rows_end
    y = rows_end
    if axis:
        ticks = max((lines_in(words) for _, words in axis.ticks), default=1)
        label = lines_in(block(axis.label, sides.axis_mm - 4))
        # The last number: the ticks themselves and Matplotlib's gaps around their labels.
        y += ticks * line_mm(SMALL_PT) + label * line_mm() + 6.2
    rows, end = arrange_list(unplaced, sides, y + line_mm() + 0.8)
    return rows, y, end


def _key(line: Timeline, axis: TimeAxis | None) -> list[KeyItem]:
    """Explain the signs that occur, and no others."""
    shown = [window for window in line.windows if window.placed]
    shapes = {window.shape for window in shown}
    items = []
    look: dict[str, Any] = {"color": palette().main, "markersize": 4.5}
    if any(window.shape == "up to" and window.unit is None for window in shown):
        items.append(KeyItem(marker("o", line=True, **look), "counted up to this time"))
    if any(window.shape == "up to" and window.unit is not None for window in shown):
        items.append(KeyItem(hatched_end(), "counted up to some time in the hatching"))
    others = list(line.figures["other_subject"] != "")
    if any(
        window.shape == "up to" and pd.isna(beginning(window, line.event, other=other))
        for window, other in zip(line.windows, others, strict=True)
    ):
        items.append(KeyItem(dotted_line(), "from when is not known"))
    if "stretch" in shapes:
        solid = patch(facecolor=palette().main, edgecolor=palette().main, linewidth=0.8)
        items.append(KeyItem(solid, "counted over this stretch of time"))
    if "since" in shapes:
        items.append(KeyItem(open_bar(), "counted since then"))
    if axis and any(_is_hatched(window, axis) for window in shown if window.shape != "up to"):
        hatched = patch(edgecolor=palette().main, **HATCHED)
        items.append(KeyItem(hatched, "begins or ends somewhere here"))
    if any(others[: line.placed]):
        other = patch(facecolor=palette().other, linewidth=0)
        words = f"{palette().other_name}: another campaign than {line.social.campaign}"
        items.append(KeyItem(other, words))
    return items


def _is_hatched(window: Window, axis: TimeAxis) -> bool:
    """Say whether a beginning or an end that is not known exactly lies on the axis."""
    pairs = ((window.start_from, window.start_to), (window.end_from, window.end_to))
    return any(
        first < last and axis.at(last) > axis.low and axis.at(first) < axis.high
        for first, last in pairs
        if pd.notna(first) and pd.notna(last)
    )


def _notes(line: Timeline) -> list[str]:
    notes = []
    placed = line.figures.head(line.placed)
    from_event = int((placed["window_basis"] == "event").sum())
    if from_event:
        notes.append(
            f"{FROM_EVENT} Counted from the event ({plural(from_event, 'figure')}), as "
            "weekdays are where the article’s date is not known."
        )
    if line.later and line.placed:
        notes.append(f"Not drawn: {plural(line.later, 'later figure')}.")
    if not line.placed:
        notes.append(_NO_TIME)
    elif line.without_time and line.placed == len(line.figures):
        figures = plural(line.without_time, "figure")
        notes.append(f"Not listed: {figures} whose time is not known.")
    return notes
