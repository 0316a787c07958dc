"""What is asked of a table before it is worked on; each complaint names the way out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from metoo_research.errors import TableError


def check_columns(table: pd.DataFrame, needed: Sequence[str], name: str) -> None:
    """Raise `TableError` if a column is missing; `name` is what the table is called."""
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise TableError(f"{name} has no column {missing[0]!r}")


def check_once(metrics: pd.DataFrame) -> None:
    """Raise `TableError` if the same characters of an article have two rows.

    That is so where a table was joined to itself; every count of it would be wrong.
    """
    twice = metrics[metrics.duplicated(["article_id", "start", "end"])]
    if len(twice):
        article_id, start, end = twice[["article_id", "start", "end"]].iloc[0]
        raise TableError(
            f"the metrics table has the characters {start}-{end} of article {article_id!r}"
            " twice; drop the rows that stand in it again (drop_duplicates)"
        )


def as_moments(column: pd.Series, name: str) -> list[pd.Timestamp | None]:
    """Give the times of a column, also of one that was read from CSV; None where missing.

    Raises
    ------
    TableError
        If something in it is no time.
    """
    try:
        times = pd.to_datetime(column, utc=True, format="ISO8601")
    except (ValueError, TypeError) as error:
        raise TableError(
            f"the metrics table's column {name!r} holds something else than times"
        ) from error
    return [None if pd.isna(time) else time for time in times]
