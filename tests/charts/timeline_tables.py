"""Invented figures with time windows: a campaign for safer buses that began at a known hour."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import chart_tables as tables
import pandas as pd

#: Monday, 3 June 2019, 18:30 in London.
EVENT = datetime(2019, 6, 3, 17, 30, tzinfo=UTC)
EVENT_DAY = date(2019, 6, 3)
ZONE = "Europe/London"
EVENT_NAME = "Driver’s post on Chirp"


def timed(
    article_id: str = "herald",
    start: str | None = None,
    end: str | None = None,
    kind: str | None = "as_of",
    precision: str | None = "hour",
    **changes: Any,
) -> dict[str, Any]:
    """One reported figure with its window; times without a zone are those of London."""
    row = {
        "window_kind": kind,
        "window_start": _moment(start),
        "window_end": _moment(end),
        "window_precision": precision,
        "window_basis": "words",
        "window_hours": float("nan"),
    }
    return tables.figure_row(article_id) | row | changes


def _moment(clock: str | None) -> Any:
    if clock is None:
        return pd.NaT
    moment = pd.Timestamp(clock)
    return (moment if moment.tzinfo else moment.tz_localize(ZONE)).tz_convert("UTC")


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    made = pd.DataFrame(list(rows) or [timed()])
    for column in ("window_start", "window_end"):
        made[column] = pd.to_datetime(made[column], utc=True)
    return made if rows else made.head(0)


def timeline() -> pd.DataFrame:
    """Every kind of window, with every precision that looks different, and figures without."""
    return table(
        timed(
            end="2019-06-04T06:00",
            number_text="20,000",
            value=20000.0,
            bound="at_least",
            modifier="more than",
            unit="posts with the hashtag",
            window_text="by six on Tuesday morning",
            attributed_to="the company",
            source="Chirp",
        ),
        timed(
            "examiner",
            "2019-06-03T18:30",
            "2019-06-05T18:30",
            kind="duration",
            number_text="a million",
            value=1e6,
            bound="about",
            modifier="nearly",
            unit="times",
            window_text="in 48 hours",
            window_hours=48.0,
        ),
        timed(
            "seven",
            end="2019-06-05T00:00",
            precision="part of day",
            number_text="53,000",
            value=53000.0,
            bound="at_least",
            modifier="over",
            unit="people",
            measure="people",
            window_text="by Tuesday night",
            window_basis="event",
        ),
        timed(
            end="2019-06-07T00:00",
            precision="day",
            number_text="300",
            value=300.0,
            platform="Chirp+Pictogram",
            window_text="by Thursday",
        ),
        timed(
            "examiner",
            "2019-06-05T00:00",
            "2019-06-06T00:00",
            kind="period",
            precision="day",
            number_text="4.2 million",
            value=4.2e6,
            unit="members",
            measure="users",
            platform="Pictogram",
            window_text="on Wednesday",
            source="Pictogram",
        ),
        timed(
            "seven",
            "2019-06-04T00:00",
            kind="since",
            precision="day",
            number_text="90,000",
            value=90000.0,
            subject="#OtherRide",
            window_text="since Tuesday",
        ),
        timed(
            "seven",
            kind=None,
            precision=None,
            number_text="thousands",
            value=1000.0,
            bound="vague",
            unit="women",
            measure="people",
            platform=None,
            window_basis=None,
        ),
        timed(
            "herald",
            kind="duration",
            precision=None,
            number_text="30,000",
            value=30000.0,
            bound="at_least",
            modifier="over",
            unit="replies",
            measure="replies",
            window_text="in less than 24 hours",
            window_basis=None,
            window_hours=24.0,
        ),
        tables.figure_row(number_text="12", value=12.0, kind="percentage"),
    )
