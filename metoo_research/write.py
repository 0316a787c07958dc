"""Writing tables and other files: whole or not at all, and the same bytes every time."""

from __future__ import annotations

import json
import math
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from datetime import time as time_of_day
from pathlib import Path
from typing import Any, Final, TextIO, TypeVar

import pandas as pd

from metoo_research.errors import ExportError

ENDINGS: Final = (".csv", ".jsonl", ".parquet")
# White space at either end would be lost in some programs; "," and line ends always.
_TO_QUOTE: Final = re.compile(r'[",\r\n]|^\s|\s$')
_ROWS_AT_ONCE: Final = 50_000
_T = TypeVar("_T")


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

    Raises
    ------
    ExportError
        If the ending is another one, or the file cannot be written.
    """
    path = Path(path)
    check_table_path(path)
    ending = path.suffix.lower()
    with _replacing(path) as partial:
        if ending == ".parquet":
            _write_parquet(table, partial, name=path.name)
            return
        # A lone surrogate is no character: it is written as its escape, not lost.
        with partial.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            if ending == ".csv":
                to_csv(table, file)
            else:
                to_jsonl(table, file)


def to_csv(table: pd.DataFrame, stream: TextIO) -> None:
    """Write `table` as CSV: the one place that decides how a cell is written.

    A missing value is an empty cell, an empty text is "". Not pandas' own writer, which
    leaves a carriage return unquoted, so that the rows of a text with Windows' line ends
    come back broken.
    """
    stream.write(",".join(_csv_cell(str(name)) for name in table.columns) + "\n")
    for columns in _columns(table, _csv_cell):
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


def replace_file(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file whole, in place of one that may be there.

    Raises
    ------
    ExportError
        If it cannot be written; a file that was there is then still the old one.
    """
    with _replacing(Path(path)) as partial:
        partial.write_bytes(content)


def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files that belong together: all of them, or none.

    Raises
    ------
    ExportError
        If one cannot be written; all files that were there are then still the old ones.
    """
    partial = folder / f".{secrets.token_hex(6)}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.mkdir()
        for name, content in files.items():
            (partial / name).write_bytes(content)
        _swap(folder, partial, list(files))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        for name in files:
            _remove(partial / name)
        with suppress(OSError):
            partial.rmdir()


def _swap(folder: Path, partial: Path, names: list[str]) -> None:
    """Move the new files over the old ones; if one cannot be moved, bring the old ones back."""
    old = {
        name: (folder / name).read_bytes() if (folder / name).is_file() else None
        for name in names
    }
    moved = []
    try:
        for name in names:
            _patiently(lambda name=name: (partial / name).replace(folder / name))  # type: ignore[misc]
            moved.append(name)
    except OSError:
        for name in moved:
            content = old[name]
            if content is None:
                _remove(folder / name)
            else:
                replace_file(folder / name, content)
        raise


def read_patiently(path: Path) -> bytes:
    """Read a file that another process may be replacing."""
    return _patiently(path.read_bytes)


def _csv_cell(value: Any) -> str:
    if isinstance(value, str):
        if value and not _TO_QUOTE.search(value):
            return value
        doubled = value.replace('"', '""')
        return f'"{doubled}"'
    value = _python(value)
    return "" if value is None else str(value)


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


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to, which takes the place of `path` when the block is done."""
    partial = path.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        _patiently(lambda: partial.replace(path))
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        _remove(partial)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path} cannot be written ({error.strerror or error})")


def _patiently(action: Callable[[], _T]) -> _T:
    """Run `action`; on Windows, again while another process has the file open."""
    for _ in range(40 if os.name == "nt" else 0):
        try:
            return action()
        except PermissionError:
            time.sleep(0.05)
    return action()
