"""Tables as files: CSV, JSON lines, Parquet; the same bytes every time."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from datetime import time as time_of_day
from numbers import Number
from pathlib import Path
from typing import Any, Final, Literal, TextIO

import pandas as pd

from metoo_research.errors import ExportError
from metoo_research.write.cells import neutralised
from metoo_research.write.files import replacing
from metoo_research.write.read import LIKE_A_VALUE

ENDINGS: Final = (".csv", ".jsonl", ".parquet")
# White space at either end would be lost in some programs; "," and line ends always.
_TO_QUOTE: Final = re.compile(r'[",\r\n]|^\s|\s$')
_ROWS_AT_ONCE: Final = 50_000


def check_table_path(path: str | os.PathLike[str]) -> None:
    """Raise `ExportError` where the ending of `path` is none that a table is written as."""
    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise ExportError(
            f"{path}: a table is written as {', '.join(ENDINGS[:-1])} or .parquet"
        )


def write_table(table: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    r"""Write a table as the ending of `path` says: ``.csv``, ``.jsonl`` or ``.parquet``.

    Text is UTF-8, lines end in ``\n`` on every system, the index is not written. A missing
    value is an empty cell in CSV and null elsewhere. Times are ISO 8601 with their zone in CSV
    and JSON lines; Parquet keeps them as times. Folders are made as needed. A file that is
    there already is replaced only once the new one is complete.

    In CSV a text that a spreadsheet program would run as a formula has an apostrophe before
    it (``'@name``), and a text that looks like a number, a truth value or a time is quoted.
    `read_table` undoes both.

    Raises
    ------
    ExportError
        If the ending is another one, or the file cannot be written.
    """
    path = Path(path)
    check_table_path(path)
    ending = path.suffix.lower()
    with replacing(path) as partial:
        if ending == ".parquet":
            _write_parquet(table, partial, name=path.name)
            return
        # A lone surrogate is no character: it is written as its escape, not lost.
        with partial.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            if ending == ".csv":
                to_csv(table, file, formulas="neutralised")
            else:
                to_jsonl(table, file)


def to_csv(
    table: pd.DataFrame, stream: TextIO, *, formulas: Literal["neutralised", "kept"] = "kept"
) -> None:
    """Write `table` as CSV: the one place that decides how a cell is written.

    A missing value is an empty cell, an empty text is "". Not pandas' own writer, which
    leaves a carriage return unquoted, so that the rows of a text with Windows' line ends
    come back broken.

    Parameters
    ----------
    formulas
        Whether texts and headings that a spreadsheet program would run are `neutralised`.
    """
    safe = neutralised if formulas == "neutralised" else str

    def cell(value: Any) -> str:
        return _csv_cell(value, safe)

    stream.write(",".join(cell(str(name)) for name in table.columns) + "\n")
    for columns in _columns(table, cell):
        rows = (",".join(row) for row in zip(*columns, strict=True))
        # A line without any character would be no row.
        stream.writelines((row or '""') + "\n" for row in rows)


def to_jsonl(table: pd.DataFrame, stream: TextIO) -> None:
    """Write `table` as JSON lines: one object per row, missing values as null.

    JSON has no infinity; an infinite number is written as null too.
    """
    names = [str(name) for name in table.columns]
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    for columns in _columns(table, _plain):
        stream.writelines(
            encode(dict(zip(names, row, strict=True))) + "\n"
            for row in zip(*columns, strict=True)
        )


def _columns(table: pd.DataFrame, cell: Callable[[Any], Any]) -> Iterator[list[list[Any]]]:
    """Give the cells of some rows at a time, column by column, each passed through `cell`."""
    for start in range(0, len(table), _ROWS_AT_ONCE):
        part = table.iloc[start : start + _ROWS_AT_ONCE]
        yield [
            [cell(value) for value in part.iloc[:, at].tolist()] for at in range(part.shape[1])
        ]


def _csv_cell(value: Any, safe: Callable[[str], str]) -> str:
    if not isinstance(value, str):
        value = _python(value)
        if value is None:
            return ""
        if isinstance(value, Number):  # a truth value is one
            return str(value)
        if LIKE_A_VALUE.fullmatch(str(value)):  # a time
            return str(value)
    text = safe(str(value))
    if text and not _TO_QUOTE.search(text) and not LIKE_A_VALUE.fullmatch(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _python(value: Any) -> Any:
    """Turn a cell into a plain Python value; times into ISO 8601, missing ones into None."""
    if hasattr(value, "item"):  # a NumPy scalar
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, date | time_of_day):  # a datetime is a date
        return value.isoformat()
    return None if isinstance(value, float) and math.isnan(value) else value


def _plain(value: Any) -> Any:
    """Turn a cell into what JSON knows."""
    if isinstance(value, str | int):
        return value
    value = _python(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _write_parquet(table: pd.DataFrame, path: Path, *, name: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        arrow = pa.Table.from_pandas(table, preserve_index=False)
    except (pa.ArrowException, UnicodeError, TypeError, ValueError) as error:
        raise ExportError(
            f"{name}: a column holds values that Parquet has no type for; write .csv or .jsonl"
        ) from error
    # pandas' remark on itself in the file would change the bytes with its version.
    pq.write_table(arrow.replace_schema_metadata(None), path)
