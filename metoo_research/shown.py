"""A table as a reader wants to see it in a notebook: whole text, nothing cut in silence."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from metoo_research.errors import TableError

_EMPTY = "–"
_TEXT_STYLE = "text-align: left; vertical-align: top; white-space: normal; max-width: 34em"
_NUMBER_STYLE = "text-align: right; vertical-align: top"


@dataclass(frozen=True)
class ShownTable:
    """Part of a table, ready to show; ``frame`` is that part, unchanged."""

    frame: pd.DataFrame
    rows_in_all: int
    decimals: int

    @property
    def note(self) -> str:
        """How many rows are shown, of how many."""
        if len(self.frame) == self.rows_in_all:
            return f"{self.rows_in_all:,} row{'s' * (self.rows_in_all != 1)}"
        return f"the first {len(self.frame):,} of {self.rows_in_all:,} rows"

    def __repr__(self) -> str:
        """Show the table as plain text."""
        cells = {name: self._cells(name) for name in self.frame.columns}
        text = pd.DataFrame(cells).to_string(index=False, max_colwidth=None)
        return f"{text}\n{self.note}" if len(self.frame) else f"no rows\n{self.note}"

    def _repr_html_(self) -> str:
        names = list(self.frame.columns)
        styles = {
            name: _NUMBER_STYLE if self._is_number(name) else _TEXT_STYLE for name in names
        }
        head = "".join(
            f'<th scope="col" style="{styles[name]}">{html.escape(str(name))}</th>'
            for name in names
        )
        columns = [self._cells(name) for name in names]
        body = "\n".join(
            "<tr>"
            + "".join(
                f'<td style="{styles[name]}">{html.escape(cell)}</td>'
                for name, cell in zip(names, row, strict=True)
            )
            + "</tr>"
            for row in zip(*columns, strict=True)
        )
        return (
            f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>\n"
            f"<p><small>{self.note}</small></p>"
        )

    def _is_number(self, name: str) -> bool:
        dtype = self.frame[name].dtype
        return pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype)

    def _cells(self, name: str) -> list[str]:
        return [self._cell(value) for value in self.frame[name]]

    def _cell(self, value: Any) -> str:
        if value is None or pd.isna(value):
            return _EMPTY
        if isinstance(value, bool) or not isinstance(value, float):
            return (
                f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else str(value)
            )
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.{self.decimals}f}"


def show(
    table: pd.DataFrame,
    columns: Sequence[str] | None = None,
    *,
    rows: int | None = None,
    decimals: int = 2,
) -> ShownTable:
    """Show a table in a notebook.

    Text is shown whole, a missing value as a dash, and the number of rows below.

    Parameters
    ----------
    table
        Any table.
    columns
        Columns to show, in this order; all if not given.
    rows
        How many rows to show, from the first; all if not given.
    decimals
        Decimals of fractions. Whole numbers have none.

    Returns
    -------
    The part that is shown; its ``frame`` holds the values unchanged.

    Raises
    ------
    TableError
        If the table has no such column.
    """
    names = list(table.columns) if columns is None else list(columns)
    missing = [name for name in names if name not in table.columns]
    if missing:
        known = ", ".join(map(str, table.columns))
        raise TableError(f"no column {missing[0]!r} in this table; columns: {known}")
    part = table[names] if rows is None else table[names].head(rows)
    return ShownTable(part, len(table), decimals)
