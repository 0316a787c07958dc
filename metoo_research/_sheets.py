"""Spreadsheets that people fill: written so that no cell is run, read as they come back."""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any, Final

import pandas as pd

from metoo_research.errors import ExportError, ReadError, TableError
from metoo_research.readers.encoding import decode
from metoo_research.write import is_formula, replace_file, restored, to_csv

Cell = str | date | time

#: Characters that a workbook's XML cannot hold.
_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_CHARACTERS: Final = 32_767  # in a cell of a spreadsheet
_EMPTY_ROWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Look:
    """How a workbook's sheet looks.

    Attributes
    ----------
    to_fill
        Columns that people fill.
    choices
        Columns in which only these values may be chosen.
    widths
        Widths of columns in characters; those that are wide have their text wrapped.
    rules
        What people are asked to do, as a sheet of its own.
    title
        What the sheet itself is called.
    """

    to_fill: Collection[str] = ()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)
    rules: str = ""
    title: str = "figures"


def write_sheet(
    table: pd.DataFrame, path: str | os.PathLike[str], look: Look | None = None
) -> None:
    """Write a table as a spreadsheet: ``.csv`` or ``.xlsx``.

    CSV is in UTF-8 with a byte order mark, without which Excel takes it for Windows-1252; a
    text that would be taken for a formula gets an apostrophe before it, which `read_sheet`
    takes away. In a workbook such texts are marked as text.

    Raises
    ------
    ExportError
        If the ending is another one, a text is too long for a cell, or the file cannot be
        written.
    """
    path = Path(path)
    numbers = [name for name in table.columns if pd.api.types.is_numeric_dtype(table[name])]
    texts = [name for name in table.columns if name not in numbers]
    for name in texts:
        if (table[name].str.len() > _MOST_CHARACTERS).any():
            raise ExportError(
                f"{path}: a text in column {name!r} is longer than the {_MOST_CHARACTERS:,}"
                " characters that a spreadsheet's cell holds"
            )
    if path.suffix.lower() == ".csv":
        safe = table.assign(
            **{
                # As objects: a column of them as numbers would get their points back.
                name: pd.Series(map(_whole, table[name]), table.index, dtype="object")
                for name in numbers
            }
        )
        text = io.StringIO()
        to_csv(safe, text, formulas="neutralised")
        replace_file(path, text.getvalue().encode("utf-8-sig", errors="backslashreplace"))
    elif path.suffix.lower() == ".xlsx":
        replace_file(path, _workbook(table, look or Look()))
    else:
        raise ExportError(f"{path}: a sheet to fill is written as .csv or .xlsx")


def read_sheet(path: str | os.PathLike[str]) -> list[list[Cell]]:
    """Read a spreadsheet: of a workbook the first sheet, of CSV any usual form.

    CSV may be separated by commas, semicolons or tabs, and be in any encoding that the
    corpus is read in: spreadsheet programs choose by the computer's language.

    Returns
    -------
    The rows, from the header on, stripped of white space around cells. Dates and times of a
    workbook stay what they are; all else is text.

    Raises
    ------
    TableError
        If the file cannot be opened, or is no spreadsheet.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path}: cannot be opened ({error.strerror or error})") from error
    if data.startswith(b"PK"):
        return [[_restored(cell) for cell in row] for row in _rows_of_workbook(data, path)]
    try:
        text, _ = decode(data)
        header = text.partition("\n")[0]
        separator = max(",;\t", key=header.count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [[_restored(cell) for cell in row] for row in rows]
    except (ReadError, csv.Error) as error:
        raise TableError(f"{path}: not a spreadsheet ({error})") from error


def _whole(number: Any) -> Any:
    """A whole number without a point, which some countries' programs take for a comma."""
    return int(number) if abs(number) < 1e15 and number == int(number) else number


def _restored(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    return restored(cell.strip()).strip()


# --- workbooks -------------------------------------------------------------------------------


def _workbook(table: pd.DataFrame, look: Look) -> bytes:
    try:
        import openpyxl  # slow to import
    except ImportError as error:
        raise ExportError("a workbook needs the package openpyxl; write .csv") from error
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = look.title
    shaded = PatternFill("solid", fgColor="FFF2CC")
    rows = 1 + len(table) + _EMPTY_ROWS
    for at, name in enumerate(map(str, table.columns), start=1):
        letter = get_column_letter(at)
        width = look.widths.get(name, 14)
        alignment = Alignment(wrap_text=width > 30, vertical="top")
        column = sheet.column_dimensions[letter]
        column.width = width
        head = sheet.cell(1, at, name)
        head.font = Font(bold=True)
        if name in look.to_fill:
            head.fill = shaded
        for row, value in enumerate(table[name].tolist(), start=2):
            cell = sheet.cell(row, at)
            # As text: else the program makes dates of "October 16" and "10-12".
            cell.number_format = "@" if isinstance(value, str) or pd.isna(value) else "General"
            cell.alignment = alignment
            if isinstance(value, str):
                # One that begins so already would lose its apostrophe when it is read.
                text = f"'{value}" if value[:1] == "'" and is_formula(value) else value
                cell.value = _NOT_IN_XML.sub("\ufffd", text)
                cell.data_type = "s"
                cell.quotePrefix = is_formula(value)
            elif not pd.isna(value):
                cell.value = value
        column.number_format = "@"
        if name in look.choices:
            allowed = DataValidation(
                type="list",
                formula1=f'"{",".join(look.choices[name])}"',
                allow_blank=True,
                showErrorMessage=True,
                error=f"one of: {', '.join(look.choices[name])}",
            )
            sheet.add_data_validation(allowed)
            allowed.add(f"{letter}2:{letter}{rows}")
    sheet.freeze_panes = "A2"
    if look.rules:
        rules = book.create_sheet("rules")
        rules.column_dimensions["A"].width = 100
        for row, line in enumerate(look.rules.splitlines(), start=1):
            rules.cell(row, 1, line).alignment = Alignment(wrap_text=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_clock(buffer.getvalue())


_CLOCK: Final = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def _without_clock(workbook: bytes) -> bytes:
    """Take the times of writing out, so that the same table gives the same bytes."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _CLOCK.sub(b"", content)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            new.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _rows_of_workbook(data: bytes, path: Path) -> Iterator[list[Cell]]:
    try:
        import openpyxl
    except ImportError as error:
        raise TableError(f"{path}: reading it needs openpyxl; save it as CSV") from error
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    except Exception as error:  # whatever a damaged workbook makes of its parser
        raise TableError(f"{path}: not a workbook, or a damaged one") from error
    for row in rows:
        yield [_as_text(value) for value in row]


def _as_text(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    return value if isinstance(value, str | date | time) else str(value)
