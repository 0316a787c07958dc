"""The figures of the timeline in the order of their times, with what is drawn of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final

import pandas as pd

from metoo_research.charts.social_figures import SocialFigures, social_figures
from metoo_research.charts.tables import need, records, row_limit
from metoo_research.charts.timeline_windows import (
    Window,
    event_of,
    window_of,
    window_words,
    zone_of,
)
from metoo_research.errors import TableError

_WINDOW: Final = ("window_kind", "window_start", "window_end")
#: Columns that a table may lack: then nothing is said of precision, basis and length.
_FURTHER: Final = ("window_precision", "window_basis", "window_hours")
_LIMITS: Final = ("start_from", "start_to", "end_from", "end_to")
_CHART: Final = "metrics_timeline"


@dataclass(frozen=True)
class Timeline:
    """What a timeline shows.

    Attributes
    ----------
    figures
        At most ``top`` rows, those with a time first, in its order. Beyond the columns of
        `social_figures` and those of the window:

        ``window_shape``
            "up to", "stretch", "since" or "not known".
        ``drawn_start_from``, ``drawn_start_to``, ``drawn_end_from``, ``drawn_end_to``
            Between which two moments the beginning lies, and the end (UTC).
        ``time_in_words``
            The window in words, None where it is not known.
    windows
        One per row of `figures`.
    social
        The campaign, and the kinds of figures that are left out.
    total, without_time
        How many figures there are, and how many of them without a time, all counted.
    event, event_end
        When the event began and ended: of a moment the same, of none NaT.
    zone
        The time zone in which days begin.
    """

    figures: pd.DataFrame
    windows: tuple[Window, ...]
    total: int
    without_time: int
    social: SocialFigures
    event: Any
    event_end: Any
    zone: tzinfo

    @property
    def placed(self) -> int:
        """How many of the figures shown have a time; they are the first ones."""
        return sum(window.placed for window in self.windows)

    @property
    def later(self) -> int:
        """How many figures with a time are not shown; they are later than those."""
        return self.total - self.without_time - self.placed


def timeline_of(
    metrics: pd.DataFrame,
    *,
    articles: pd.DataFrame | None,
    subject: str | None,
    event: datetime | date | None,
    zone: str | tzinfo | None,
    top: int,
) -> Timeline:
    """Put the social-media figures of a table of metrics in the order of their times.

    Raises
    ------
    TableError
        If a column is missing or holds what it cannot, `top` is below 1, or there is no such
        time zone.
    """
    need(metrics, _WINDOW, chart=_CHART)
    top = row_limit(top)
    where = zone_of(zone)
    begins, ends = event_of(event, where)
    social = social_figures(metrics, articles, subject=subject, chart=_CHART)
    figures = _with_windows(social.table)
    windows = [window_of(figure, where) for figure in records(figures)]
    order = sorted(range(len(windows)), key=lambda at: _time_key(windows[at]))
    figures = figures.iloc[order[:top]].reset_index(drop=True)
    shown = [windows[at] for at in order[:top]]
    years = {
        getattr(window, name).tz_convert(where).year
        for window in shown
        for name in _LIMITS
        if pd.notna(getattr(window, name))
    }
    year = len(years) > 1
    figures["window_shape"] = pd.Series([window.shape for window in shown], dtype="str")
    for name in _LIMITS:
        limits = pd.Series([getattr(window, name) for window in shown], dtype="object")
        figures[f"drawn_{name}"] = pd.to_datetime(limits, utc=True)
    words = [window_words(window, where, year=year) or None for window in shown]
    figures["time_in_words"] = pd.Series(words, dtype="str")
    return Timeline(
        figures,
        tuple(shown),
        len(windows),
        sum(not window.placed for window in windows),
        social,
        begins,
        ends,
        where,
    )


def _time_key(window: Window) -> tuple[Any, ...]:
    """Order by the end, for a count holds at its end; figures without a time last."""
    return (False, window.last, window.first) if window.placed else (True,)


def _with_windows(figures: pd.DataFrame) -> pd.DataFrame:
    """Give figures all columns of their windows, as times."""
    missing = [column for column in _FURTHER if column not in figures.columns]
    figures = figures.reindex(columns=[*figures.columns, *missing])
    for column in ("window_start", "window_end"):
        figures[column] = _times(figures[column])
    figures["window_hours"] = figures["window_hours"].astype("float64")
    return figures


def _times(column: pd.Series[Any]) -> pd.Series[pd.Timestamp]:
    try:
        return pd.to_datetime(column, utc=True, format="ISO8601")
    except (ValueError, TypeError) as error:
        raise TableError(f"{column.name} holds something that is no time: {error}") from error
