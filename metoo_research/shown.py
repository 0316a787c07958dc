"""A table as a reader wants to see it in a notebook: whole text, nothing cut in silence."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from metoo_research._wording import plural
from metoo_research.errors import TableError
from metoo_research.results import Result, settings_lines

_EMPTY = "–"
_UNBROKEN = re.compile(r"[^\s<>&;]{32}(?=[^\s<>&;])")
_TEXT_STYLE = "text-align: left; vertical-align: top; white-space: normal; max-width: 34em"
_RIGHT_STYLE = "text-align: right; vertical-align: top"
#: Rows that are shown if no number is given.
MOST_ROWS: Final = 100
# From here on decimals say more than was counted.
_LARGE = 1_000


@dataclass(frozen=True)
class ShownTable:
    """Part of a table, ready to show; ``frame`` is that part, unchanged."""

    frame: pd.DataFrame
    rows_in_all: int
    decimals: int = 2
    right: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """How many rows are shown, of how many."""
        if len(self.frame) == self.rows_in_all:
            return plural(self.rows_in_all, "row")
        return f"the first {len(self.frame):,} of {self.rows_in_all:,} rows"

    def __repr__(self) -> str:
        """Show the table as plain text."""
        below = "\n".join([self.note, *self.settings])
        if self.frame.empty:
            return f"no rows\n{below}"
        cells = {name: self._cells(name) for name in self.frame.columns}
        text = pd.DataFrame(cells).to_string(index=False, max_colwidth=None)
        return f"{text}\n{below}"

    def _repr_html_(self) -> str:
        names = list(self.frame.columns)
        right = {name for name in names if _is_number(self.frame[name])} | set(self.right)
        styles = {name: _RIGHT_STYLE if name in right else _TEXT_STYLE for name in names}
        head = "".join(
            f'<th scope="col" style="{styles[name]}">{html.escape(str(name))}</th>'
            for name in names
        )
        columns = [self._cells(name) for name in names]
        body = "\n".join(
            "<tr>"
            + "".join(
                f'<td style="{styles[name]}">{_breakable(html.escape(cell))}</td>'
                for name, cell in zip(names, row, strict=True)
            )
            + "</tr>"
            for row in zip(*columns, strict=True)
        )
        below = "<br>\n".join([self.note, *map(html.escape, self.settings)])
        return (
            f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>\n"
            f"<p><small>{below}</small></p>"
        )

    def _cells(self, name: str) -> list[str]:
        column = self.frame[name]
        decimals = 0
        if pd.api.types.is_float_dtype(column.dtype):
            known = column.dropna()
            whole = bool((known % 1 == 0).all())
            decimals = 0 if whole or (known.abs() >= _LARGE).any() else self.decimals
        return [_cell(value, decimals) for value in column]


def _is_number(column: pd.Series[Any]) -> bool:
    numeric = pd.api.types.is_numeric_dtype(column.dtype)
    return numeric and not pd.api.types.is_bool_dtype(column.dtype)


def _cell(value: Any, decimals: int) -> str:
    if value is None or pd.isna(value):
        return _EMPTY
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10 * _LARGE else str(value)
    return f"{value:,.{decimals}f}" if isinstance(value, float) else str(value)


def _breakable(text: str) -> str:
    """Let a line break after a plus and inside a hash; copying the text gives the same."""
    return _UNBROKEN.sub(lambda long: f"{long[0]}<wbr>", text.replace("+", "+<wbr>"))


def show(
    table: pd.DataFrame,
    columns: Sequence[str] | None = None,
    *,
    rows: int | None = MOST_ROWS,
    decimals: int = 2,
    right: Collection[str] = (),
) -> ShownTable:
    """Show a table in a notebook.

    Text is shown whole, a missing value as a dash, and the number of rows below; below that
    the settings of a `Result`.

    Parameters
    ----------
    table
        Any table.
    columns
        Columns to show, in this order; all if not given.
    rows
        How many rows to show, from the first; None: all, which of many thousand rows makes
        a notebook that no browser opens.
    decimals
        Decimals of a column of fractions; a column of whole numbers, or with a number of
        1,000 or more, has none.
    right
        Columns of text to set flush right, as the left side of a concordance is.

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
    settings = tuple(settings_lines(table.attrs)) if isinstance(table, Result) else ()
    return ShownTable(part, len(table), decimals, tuple(right), settings)
