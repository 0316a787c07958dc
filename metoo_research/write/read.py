"""Reading back the tables that this package writes, with their types."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from metoo_research.errors import TableError
from metoo_research.write.cells import restored

_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"
)
_WHOLE: Final = re.compile(r"-?[0-9]+")
_FRACTION: Final = re.compile(r"-?(?:[0-9]+\.[0-9]*(?:e[+-]?[0-9]+)?|[0-9]+e[+-]?[0-9]+|inf)")
_TRUTH: Final = {"True": True, "False": False}
#: What stands unquoted in CSV and is no text: a text of this form is written in quotes.
LIKE_A_VALUE: Final = re.compile(
    rf"{_WHOLE.pattern}|{_FRACTION.pattern}|True|False|{_TIME.pattern}"
)
_FIELD: Final = re.compile(
    r'(?:"(?P<quoted>[^"]*(?:""[^"]*)*)"|(?P<bare>(?:[^",\r\n][^,\r\n]*)?))'
    r"(?P<end>,|\r\n|\n|\r|\Z)"
)
_INT64: Final = range(-(2**63), 2**63)


def read_table(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a table that `write_table` wrote: ``.csv``, ``.jsonl`` or ``.parquet``.

    Text comes back character for character: in CSV the apostrophe before what a spreadsheet
    program would run is taken away, a quoted number stays text, and an empty text differs from
    a missing one.

    Returns
    -------
    The table. Whole numbers are ``int64`` (``Int64`` where some are missing), others
    ``float64``, truth values ``bool`` (``boolean``), times ``datetime64`` with their offset
    from UTC, in UTC where they have several, and everything else ``str``. Parquet keeps types
    itself. What the other two cannot hold: the name of a time zone, categories, numbers of
    other widths, the type of a column without any value (it comes back as ``str``), and in
    JSON lines infinity and the columns of a table without rows.

    Raises
    ------
    TableError
        If there is no such file, its ending is another one, or it is not such a table.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in _READERS:
        raise TableError(f"{path}: a table is read from {', '.join(_READERS)}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path} cannot be opened ({error.strerror or error})") from error
    try:
        return _READERS[ending](content)
    except (ValueError, OSError) as error:  # pyarrow's errors are of both kinds
        reason = str(error).partition("\n")[0]
        raise TableError(f"{path} is not a table in this format ({reason})") from error


# --- CSV -------------------------------------------------------------------------------------


def _from_csv(content: bytes) -> pd.DataFrame:
    rows = _rows(content.decode("utf-8-sig"))
    names = [_text(cell) for cell in next(rows, [])]
    columns: list[list[Any]] = [[] for _ in names]
    for row, cells in enumerate(rows, start=1):
        if len(cells) != len(names):
            raise ValueError(f"row {row} has {len(cells)} cells, the heading {len(names)}")
        for column, cell in zip(columns, cells, strict=True):
            column.append(_value(cell))
    return _table(names, columns)


def _rows(text: str) -> Iterator[list[re.Match[str]]]:
    at, row = 0, list[re.Match[str]]()
    while at < len(text) or row:
        found = _FIELD.match(text, at)
        if found is None:
            raise ValueError(
                f"a quotation mark is not closed in line {text.count(chr(10), 0, at) + 1}"
            )
        at = found.end()
        row.append(found)
        if found["end"] != ",":
            if len(row) > 1 or found[0].strip("\r\n"):  # an empty line is no row
                yield row
            row = []


def _text(cell: re.Match[str]) -> str:
    quoted = cell["quoted"]
    return restored(cell["bare"] if quoted is None else quoted.replace('""', '"'))


def _value(cell: re.Match[str]) -> Any:
    bare = cell["bare"]
    if cell["quoted"] is not None:
        return _text(cell)
    if not bare:
        return None
    if _WHOLE.fullmatch(bare):
        return int(bare)
    if _FRACTION.fullmatch(bare):
        return float(bare)
    if bare in _TRUTH:
        return _TRUTH[bare]
    return _Time(bare) if _TIME.fullmatch(bare) else restored(bare)


# --- JSON lines and Parquet ------------------------------------------------------------------


def _from_jsonl(content: bytes) -> pd.DataFrame:
    rows = [json.loads(line) for line in content.decode("utf-8-sig").split("\n") if line]
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError("a line is no object")
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [[row.get(name) for row in rows] for name in names]
    for column in columns:
        known = [value for value in column if value is not None]
        if all(isinstance(value, str) and _TIME.fullmatch(value) for value in known):
            column[:] = [value if value is None else _Time(value) for value in column]
    return _table(names, columns)


def _from_parquet(content: bytes) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = pq.read_table(pa.BufferReader(content))
    table: pd.DataFrame = arrow.to_pandas()
    for at, field in enumerate(arrow.schema):
        column = arrow.column(at)
        # pandas makes numbers with a point of whole ones, where some are missing.
        if column.null_count and pa.types.is_integer(field.type):
            table[field.name] = column.to_pandas(integer_object_nulls=True).astype("Int64")
        elif column.null_count and pa.types.is_boolean(field.type):
            table[field.name] = table[field.name].astype("boolean")
    return table


_READERS: Final = {".csv": _from_csv, ".jsonl": _from_jsonl, ".parquet": _from_parquet}


# --- types -----------------------------------------------------------------------------------


class _Time(str):
    """A time as written; told from a text by its type until the column is whole."""

    __slots__ = ()


def _table(names: list[str], columns: list[list[Any]]) -> pd.DataFrame:
    typed = [_typed(column) for column in columns]
    table = pd.concat(typed, axis=1) if typed else pd.DataFrame()
    table.columns = pd.Index(names)
    return table


def _typed(column: list[Any]) -> pd.Series[Any]:
    kinds = {type(value) for value in column if value is not None}
    missing = None in column
    if not kinds or kinds == {str}:
        return _texts(column)
    if kinds == {bool}:
        return pd.Series(column, dtype="boolean" if missing else "bool")
    if kinds == {int} and all(value is None or value in _INT64 for value in column):
        return pd.Series(column, dtype="Int64" if missing else "int64")
    if kinds == {float}:
        return pd.Series(column, dtype="float64")
    if kinds == {_Time}:
        return _times(column)
    plain = [str(value) if isinstance(value, _Time) else value for value in column]
    return pd.Series(plain, dtype="object")


def _texts(column: list[Any]) -> pd.Series[Any]:
    try:
        return pd.Series(column, dtype="str")
    except UnicodeError:  # half a character, which JSON can hold and pandas' text cannot
        return pd.Series(column, dtype="object")


def _times(column: list[Any]) -> pd.Series[Any]:
    zones = {_TIME.fullmatch(value)["zone"] for value in column if value is not None}  # type: ignore[index]
    texts = pd.Series([value and str(value) for value in column], dtype="str")
    if None in zones and len(zones) > 1:  # some without a zone: not to be put in one order
        return texts
    try:
        return pd.to_datetime(texts, format="ISO8601", utc=len(zones) > 1)
    except ValueError:  # the 31st of February
        return texts
