"""What every chart asks of its table before it draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd

from metoo_research._wording import plural
from metoo_research.charts.text import clean, count
from metoo_research.errors import TableError


def need(table: pd.DataFrame, columns: Iterable[str], *, chart: str) -> None:
    """Raise `TableError` where `table` lacks a column that `chart` draws."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise TableError(
            f"the chart {chart} needs the column {', '.join(missing)}; "
            f"the table has {', '.join(map(str, table.columns)) or 'no columns'}"
        )


#: The most rows of a chart, in a figure of the caller's too. Titles say of how many.
MOST_ROWS: Final = 200


def row_limit(top: int) -> int:
    """Give how many rows a chart shows that is asked for `top`: no more than `MOST_ROWS`.

    Raises
    ------
    TableError
        If it is asked for fewer than one.
    """
    if top < 1:
        raise TableError(f"top is {top}; a chart shows at least 1 row")
    return min(top, MOST_ROWS)


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


def column_names(
    labels: Sequence[str], ids: Sequence[str], *, taken: Iterable[str] = ()
) -> list[str]:
    """Name one column per article: its label, with the id where another has that name."""
    used = {*taken, *(label for label in labels if list(labels).count(label) > 1)}
    return [
        f"{label} ({article_id})" if label in used else label
        for label, article_id in zip(labels, ids, strict=True)
    ]


def shown_of(shown: int, total: int, noun: str = "articles") -> str:
    """Say in a title that not all is shown: ", 40 of 1,500 articles"; "" where all is."""
    return "" if shown == total else f", {shown:,} of {total:,} {noun}"


def tie_note(ordered: pd.Series[float], top: int, noun: str, nouns: str) -> list[str]:
    """Say how many beyond the first `top` counts are as high as the last of these."""
    if ordered.empty:
        return []
    last = ordered.head(top).iloc[-1]
    more = int((ordered.iloc[top:] == last).sum())
    if not more:
        return []
    others = plural(more, f"more {noun} occurs", f"more {nouns} occur")
    return [f"{others} as often as the last one shown ({count(last)})."]


def articles_of(shown: int, total: int) -> str:
    """Say how many articles are described: "5 articles", "the first 40 of 1,500 articles"."""
    if shown == total:
        return plural(total, "article")
    first = "the first" if shown == 1 else f"the first {shown:,}"
    return f"{first} of {total:,} articles"


def each_of_articles(shown: int, total: int) -> str:
    """Say what there is one of for each: "each of 5 articles", "the one article"."""
    if total == 1:
        return "the one article"
    return f"{'each of ' if shown > 1 else ''}{articles_of(shown, total)}"


def whole_as_in(table: pd.DataFrame, model: pd.DataFrame) -> pd.DataFrame:
    """Give `table` the whole numbers of `model`, also where rows without one came to it."""
    whole = [name for name in model if pd.api.types.is_integer_dtype(model[name])]
    return table[list(model.columns)].astype(dict.fromkeys(whole, "Int64"))


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of `table` as dictionaries."""
    columns = [str(column) for column in table.columns]
    return [
        dict(zip(columns, row, strict=True)) for row in table.itertuples(index=False, name=None)
    ]


def level_of(table: pd.DataFrame) -> str:
    """Give the coverage of a table's intervals as its settings have it: "95%" if they don't."""
    within = table.attrs.get("intervals")
    settings = within if isinstance(within, dict) else {}
    level = table.attrs.get("level", settings.get("level", 0.95))
    return f"{float(str(level)) * 100:.4g}%"
