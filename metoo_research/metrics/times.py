"""Resolving time windows: from "by Monday night" to the moments at which it begins and ends.

A window is told from the day on which the article appeared; where that is not known, and the
figure is about the study's campaign, from the event. What neither tells stays empty.
"""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd

from metoo_research.errors import TableError
from metoo_research.metrics.timeline import Anchor, Anchors, instant
from metoo_research.metrics.vocabulary import MONTHS, PARTS_OF_DAY, WEEKDAYS
from metoo_research.metrics.window_times import EventWords, hours_of, resolve_window
from metoo_research.study import Study

_NEEDED: Final = ("article_id", "subject", "window_text", "window_kind", "evidence")
_RESOLVED: Final = {
    "window_start": "datetime64[us, UTC]",
    "window_end": "datetime64[us, UTC]",
    "window_precision": "str",
    "window_basis": "str",
    "window_hours": "float64",
}


def resolve_windows(
    metrics: pd.DataFrame, articles: pd.DataFrame, study: Study
) -> pd.DataFrame:
    """Resolve the text of each time window to its start and its end.

    Full dates, months of a year, years and decades stand alone. "Monday", "October 16" and
    "yesterday" are told from the article's date: the latest such day on or before it. Where
    that is not known, and the figure is about the study's main subject, weekdays are told
    from the event (the first on or after it) and dates are put into the year that brings
    them nearest to it; "yesterday", "last week", "overnight" and the like stay empty.

    Parts of a day, in hours: early morning 0-6, morning 6-12, noon 12-13, lunchtime 12-14,
    afternoon 12-18, evening 18-22, night 18-24, overnight 18-6; midnight is the end of its
    day. "Early", "mid" and "late" months, years and decades are taken whole. Clock times are
    the study's zone's unless they name one.

    Parameters
    ----------
    metrics
        As :func:`~metoo_research.metrics.reported_metrics` gives it.
    articles
        ``corpus.articles``: ``article_id``, ``published`` and, where there is one,
        ``published_precision`` ("day" or "minute"; without it, "day").
    study
        The study: its zone, its event and its main subject.

    Returns
    -------
    The metrics table with these columns behind ``window_kind``:

    ``window_start``, ``window_end``
        In UTC, the end exclusive. as_of ("by Monday night") has only an end, never after the
        article's date; since has only a start; a period has both. A duration has both where
        the words place it ("in the first 48 hours", "in the past week", "in the 12 months to
        March 2018"), else neither.
    ``window_precision``
        How exactly they are known: hour, part of day, day, week, month, year, decade.
    ``window_basis``
        What they rest on: words, article date, event.
    ``window_hours``
        Of a duration, its length in hours as said, without the hedge ("in less than 24
        hours": 24). Empty for months and longer, which have no one length.

    What is not told is empty. ``attrs["windows_resolved"]`` and
    ``attrs["windows_unresolved"]`` count the windows with and without a place in time.

    Raises
    ------
    TableError
        If a column is missing.
    """
    _check(metrics, _NEEDED, "metrics")
    _check(articles, ("article_id", "published"), "articles")
    published = _published(articles, study)
    event = _event(study)
    event_words = EventWords(study)
    rows: list[dict[str, Any]] = []
    for article_id, subject, text, kind, evidence in zip(
        *(metrics[name].tolist() for name in _NEEDED), strict=True
    ):
        row: dict[str, Any] = {}
        if isinstance(text, str):
            about_campaign = isinstance(subject, str) and subject == study.main_subject
            anchors = Anchors(
                study.zone, published.get(article_id), event if about_campaign else None
            )
            window = resolve_window(_whole(text, evidence), str(kind), anchors, event_words)
            if window is not None:
                row = {
                    "window_start": window.start,
                    "window_end": window.end,
                    "window_precision": window.precision,
                    "window_basis": window.basis,
                }
            row["window_hours"] = hours_of(text) if kind == "duration" else math.nan
        rows.append(row)
    added = pd.DataFrame(rows, columns=list(_RESOLVED), index=metrics.index)
    for name in ("window_start", "window_end"):
        added[name] = pd.to_datetime(added[name], utc=True)
    table = _put_in(metrics, added.astype(_RESOLVED))
    resolved = int(added["window_basis"].notna().sum())
    table.attrs = metrics.attrs | {
        "windows_resolved": resolved,
        "windows_unresolved": int(metrics["window_text"].notna().sum()) - resolved,
    }
    return table


def _put_in(metrics: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Put the columns behind the window's kind, in place of those that are there."""
    kept = metrics.drop(columns=list(_RESOLVED), errors="ignore")
    place = list(kept.columns).index("window_kind") + 1
    return pd.concat([kept.iloc[:, :place], added, kept.iloc[:, place:]], axis=1)


def _check(table: pd.DataFrame, needed: Sequence[str], name: str) -> None:
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise TableError(f"the {name} table has no column {missing[0]!r}")


# --- the days that windows are told from -----------------------------------------------------


def _published(articles: pd.DataFrame, study: Study) -> dict[Hashable, Anchor]:
    precisions = articles.get("published_precision", pd.Series("day", index=articles.index))
    anchors: dict[Hashable, Anchor] = {}
    for article_id, published, precision in zip(
        articles["article_id"], articles["published"], precisions, strict=True
    ):
        if pd.isna(published):
            continue
        try:
            anchors[article_id] = _article_anchor(
                published.to_pydatetime(), precision == "minute", study
            )
        except OverflowError:  # at an end of the calendar
            continue
    return anchors


def _article_anchor(published: datetime, exact: bool, study: Study) -> Anchor:
    if published.tzinfo is None:
        published = published.replace(tzinfo=study.zone)
    day = published.astimezone(study.zone).date()
    latest = published.astimezone(UTC) if exact else instant(day, 24, 0, study.zone)
    return Anchor(day, latest, exact, "article date", "before")


def _event(study: Study) -> Anchor | None:
    start, precision = study.moment(study.event.start)
    if start is None:
        return None
    try:
        day = start.astimezone(study.zone).date()
        return Anchor(day, start.astimezone(UTC), precision == "minute", "event", "near")
    except OverflowError:  # at an end of the calendar
        return None


# --- what stands behind a window -------------------------------------------------------------

_YEAR: Final = r"(?:1[5-9]|20)\d\d\b"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?\b"
_DATE: Final = rf"(?:{MONTHS} {_DAY}|{_DAY} {MONTHS})"
#: How a window ends, and what may stand behind it that belongs to it.
_CONTINUED: Final = tuple(
    (re.compile(rf"(?:{end})$", re.IGNORECASE), re.compile(behind, re.IGNORECASE))
    for end, behind in (
        (rf"{_DATE}|{MONTHS}", rf",? {_YEAR}"),
        (_YEAR, r"(?:-\d\d){1,2}\b"),
        (rf"{WEEKDAYS}(?: {PARTS_OF_DAY})?", rf",? {_DATE}(?:,? {_YEAR})?"),
    )
)


def _whole(text: str, evidence: object) -> str:
    """Add what stands right behind a window in its sentence and belongs to its date.

    Without its year, "by the end of October 2015" would be put into another one.
    """
    at = evidence.find(text) if isinstance(evidence, str) else -1
    if not isinstance(evidence, str) or at < 0:
        return text
    for end, behind in _CONTINUED:
        rest = behind.match(evidence, at + len(text))
        if rest and end.search(text):
            return text + rest[0]
    return text
