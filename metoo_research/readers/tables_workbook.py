"""Excel workbooks."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any, Final

from metoo_research.errors import ReadError
from metoo_research.readers.archives_names import check_part
from metoo_research.readers.base import File, Item, RawArticle, RawProblem
from metoo_research.readers.tables_cells import as_text
from metoo_research.readers.tables_columns import header_row, unique_names
from metoo_research.readers.tables_formulas import (
    Formulas,
    formulas_without_values,
    named,
    problem_of,
)
from metoo_research.readers.tables_rows import Row, Table, articles_of
from metoo_research.readers.text_lines import opened

_ROWS_OF_A_SHEET: Final = 1 << 20
_FIRST_ROWS: Final = 10
#: XML with a document type can define entities; Office never writes one.
_PROLOG: Final = 1 << 16
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(file: File) -> Iterator[Item]:
    """Read the sheets of an Excel workbook; of formulas, the values that Excel last saved.

    Raises
    ------
    ReadError
        If it is damaged or protected, unpacks to too much, or no sheet has texts.
    """
    if file.head.startswith(_OLD_OFFICE):
        raise ReadError(
            "an Excel workbook with a password, or of before 2007",
            "open it in Excel and save it as .xlsx without a password",
        )
    with opened(file) as stream:
        _check(stream, file)
        yield from _sheets(stream, file)


def _check(stream: IO[bytes], file: File) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            for part in archive.infolist():
                check_part(part, file.budget)
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as xml:
                        prolog = xml.read(_PROLOG).replace(b"\0", b"")
                    if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
                        raise ReadError(
                            "an Excel workbook with XML entities, which Excel never writes",
                            "open it in Excel and save it again, if you trust it",
                        )
    except zipfile.BadZipFile as error:
        raise ReadError(
            "damaged or truncated Excel workbook", "copy it again from its source"
        ) from error


def _sheets(stream: IO[bytes], file: File) -> Iterator[Item]:
    import openpyxl

    stream.seek(0)
    book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    try:
        found = 0
        refused: list[tuple[str, ReadError]] = []
        for number, sheet in enumerate(book.worksheets):
            # The first sheet's rows keep their names when another sheet is added.
            prefix = f"sheet {sheet.title} " if number else ""
            # openpyxl gives nothing for a formula's value that is empty, and for a missing one.
            missing = formulas_without_values(stream, getattr(sheet, "_worksheet_path", ""))
            table = _table(sheet, prefix, missing)
            if table is None:
                continue
            if any(named(cells, table.names) for cells in missing.values()):
                yield problem_of(missing, table.names, sheet.title)
            try:
                for item in articles_of(table, file):
                    found += isinstance(item, RawArticle)
                    yield item
            except ReadError as error:
                refused.append((sheet.title, error))
        if not refused and not found:
            raise ReadError("an empty workbook", "export it again")
        if not found and len(refused) == 1:
            raise refused[0][1]
        for title, told in refused:
            yield RawProblem(told.reason, told.detail, f"sheet {title}")
    finally:
        book.close()


def _table(sheet: Any, prefix: str, missing: Formulas) -> Table | None:
    first = [
        [_unescaped(as_text(cell)) for cell in cells]
        for cells in islice(_cells(sheet), _FIRST_ROWS)
    ]
    if not any(any(row) for row in first):
        return None
    header = header_row(first, {})
    while not any(first[header]):
        header += 1
    names = unique_names(_without_empty_end(first[header]))

    def rows() -> Iterator[Row | RawProblem]:
        for number, cells in enumerate(_cells(sheet), start=1):
            without = named(missing.get(number, ()), names)
            empty = all(cell is None or cell == "" for cell in cells)
            if number <= header + 1 or (empty and not without):
                continue
            if number > _ROWS_OF_A_SHEET:
                raise ReadError("an Excel sheet with more rows than Excel has", "save it again")
            values = (_unescaped(c) if isinstance(c, str) else c for c in cells)
            padded = dict.fromkeys(names) | dict(zip(names, values, strict=False))
            notes = (f"formula without its value: {', '.join(without)}",) if without else ()
            yield Row(f"{prefix}row {number}", padded, notes)

    return Table(names, rows, spreadsheet=True)


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # What a file says of a sheet's size may be wrong, and would be filled up with nothing.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > _ROWS_OF_A_SHEET + 1:  # a wrong number of a row is a very long empty sheet
            return
        yield cells


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written _x000D_ in a workbook."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
