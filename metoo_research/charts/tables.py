"""What every chart asks of its table before it draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from metoo_research.charts.text import clean
from metoo_research.errors import TableError


def need(table: pd.DataFrame, columns: Iterable[str], *, chart: str) -> None:
    """Raise `TableError` where `table` lacks a column that `chart` draws."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise TableError(
            f"the chart {chart} needs the column {', '.join(missing)}; "
            f"the table has {', '.join(map(str, table.columns)) or 'no columns'}"
        )


def need_top(top: int) -> None:
    """Raise `TableError` where a chart is asked to show fewer than one row."""
    if top < 1:
        raise TableError(f"top is {top}; a chart shows at least 1 row")


def articles_in(*tables: pd.DataFrame | None) -> pd.DataFrame:
    """List the articles of `tables` in order of appearance.

    Returns
    -------
    One row per article: ``article_id``, ``label`` (as drawn; the id where a label is missing).
    """
    labels: dict[str, str] = {}
    for table in tables:
        if table is None:
            continue
        names = table["label"] if "label" in table.columns else table["article_id"]
        for article_id, name in zip(table["article_id"], names, strict=True):
            shown = clean(name)
            if not labels.get(article_id):
                labels[article_id] = shown
    rows = [(key, label or clean(key)) for key, label in labels.items()]
    return pd.DataFrame(rows, columns=["article_id", "label"])


def column_names(labels: Sequence[str], ids: Sequence[str]) -> list[str]:
    """Name one column per article: its label, with the id where two labels are the same."""
    return [
        label if list(labels).count(label) == 1 else f"{label} ({article_id})"
        for label, article_id in zip(labels, ids, strict=True)
    ]
