"""What every chart asks of its table before it draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from metoo_research._wording import plural
from metoo_research.charts.text import clean, count
from metoo_research.errors import TableError

NO_ARTICLES: Final = "No article in this corpus."


def need(table: pd.DataFrame, columns: Iterable[str], *, chart: str) -> None:
    """Raise `TableError` where `table` lacks a column that `chart` draws."""
    columns = list(columns)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise TableError(
            f"the chart {chart} needs the column {', '.join(missing)}; "
            f"the table has {', '.join(map(str, table.columns)) or 'no columns'}"
        )


def once(table: pd.DataFrame, column: str, *, chart: str) -> None:
    """Raise `TableError` where two rows have the same `column`."""
    twice = table.loc[table[column].duplicated(), column]
    if len(twice):
        raise TableError(
            f"the chart {chart} draws one row per {column}; {twice.iloc[0]} stands twice"
        )


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table whose numbers and words are of the types that charts reckon with.

    Nullable columns, categories and objects that are all numbers or times become plain columns,
    with NaN where a value is missing; whole numbers of which some are missing are Int64.
    """
    changed = {
        name: column
        for name, column in ((name, _plain(table[name])) for name in table.columns.unique())
        if column is not None
    }
    if not changed:
        return table
    copy = table.copy()
    for name, column in changed.items():
        copy[name] = column
    return copy


def _plain(column: pd.Series[Any] | pd.DataFrame) -> pd.Series[Any] | None:
    """Give the column in a plain type; None where it has one, or is several of one name."""
    if not isinstance(column, pd.Series):
        return None
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype("object").infer_objects()
    if isinstance(column.dtype, pd.ArrowDtype) and pd.api.types.is_string_dtype(column):
        return column.astype("str")
    if isinstance(column.dtype, pd.StringDtype):
        return None if column.dtype.na_value is np.nan else column.astype("str")
    if pd.api.types.is_object_dtype(column):
        kind = pd.api.types.infer_dtype(column, skipna=True)
        if kind in {"datetime", "datetime64"}:
            return column.infer_objects()
        if kind == "decimal":
            return column.astype("float64")
        numeric = kind in {"integer", "floating", "mixed-integer-float"}
        return pd.to_numeric(column) if numeric else None
    if isinstance(column.dtype, pd.ArrowDtype) and pd.api.types.is_datetime64_any_dtype(column):
        return column.astype(column.dtype.pyarrow_dtype.to_pandas_dtype())
    if not pd.api.types.is_extension_array_dtype(column.dtype):
        return None
    if pd.api.types.is_bool_dtype(column):
        return column.astype("object" if column.isna().any() else "bool")
    if not pd.api.types.is_numeric_dtype(column):
        return None
    if not column.isna().any():
        return pd.Series(column.to_numpy(), index=column.index)
    # Whole numbers stay whole, for the table that is saved.
    whole = pd.api.types.is_integer_dtype(column)
    return column.astype("Int64") if whole else column.astype("float64")


#: The most rows of a chart, in a figure of the caller's too. Titles say of how many.
MOST_ROWS: Final = 200


def row_limit(top: int) -> int:
    """Give how many rows a chart shows that is asked for `top`: no more than `MOST_ROWS`.

    Raises
    ------
    TableError
        If it is asked for fewer than one, or no whole number.
    """
    if isinstance(top, bool | np.bool) or not isinstance(top, int | np.integer):
        raise TableError(f"top is {top!r}; it is a whole number of rows")
    if top < 1:
        raise TableError(f"top is {top}; a chart shows at least 1 row")
    return min(int(top), MOST_ROWS)


def articles_in(*tables: pd.DataFrame | None) -> pd.DataFrame:
    """List the articles of `tables` in order of appearance.

    Returns
    -------
    One row per article: ``article_id``, ``label`` (as drawn; the id where a label is missing,
    and with the id where two articles have the same).
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
    given = [label or clean(key) for key, label in labels.items()]
    shown_as = column_names(given, [clean(key) for key in labels])
    rows = list(zip(labels, shown_as, strict=True))
    return pd.DataFrame(rows, columns=["article_id", "label"])


def column_names(
    labels: Sequence[str], ids: Sequence[str], *, taken: Iterable[str] = ()
) -> list[str]:
    """Name one column per article: its label, with the id where another has that name."""
    times = Counter([*taken, *labels])
    names: dict[str, None] = {}
    for label, article_id in zip(labels, ids, strict=True):
        name = label if times[label] == 1 else f"{label} ({article_id})"
        while (name != label and name in times) or name in names:
            name = f"{name} ({article_id})"
        names[name] = None
    return list(names)


def shown_of(shown: int, total: int, noun: str = "articles") -> str:
    """Say in a title that not all is shown: ", 40 of 1,500 articles"; "" where all is."""
    return "" if shown == total else f", {shown:,} of {total:,} {noun}"


def ties_left_out(values: pd.Series[float], top: int) -> int:
    """Count the values beyond the `top` largest that are as large as the last of these."""
    ordered = values.dropna().sort_values(ascending=False)
    return int((ordered.iloc[top:] == ordered.iloc[top - 1]).sum()) if len(ordered) > top else 0


def tie_note(ordered: pd.Series[float], top: int, noun: str, nouns: str) -> list[str]:
    """Say how many beyond the first `top` counts are as high as the last of these."""
    more = ties_left_out(ordered, top)
    if not more:
        return []
    last = ordered.iloc[top - 1]
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
