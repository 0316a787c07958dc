"""Formulas of a workbook whose values were never saved: a program wrote them, none reckoned."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, Any, Final

from metoo_research.readers.base import RawProblem

_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_BLOCK: Final = 1 << 20
_OVERLAP: Final = 64
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST_TOLD: Final = 5

#: For each row, numbered as in the sheet, which of its cells (the first is 0).
Formulas = Mapping[int, Sequence[int]]


def formulas_without_values(stream: IO[bytes], part: str) -> Formulas:
    """Find the cells of a sheet that hold a formula and no value.

    Parameters
    ----------
    stream
        The workbook.
    part
        The sheet's part of it: "xl/worksheets/sheet1.xml".
    """
    from lxml import etree

    found: dict[int, list[int]] = {}
    with zipfile.ZipFile(stream) as archive:
        if part not in archive.namelist() or not _has_formulas(archive, part):
            return found
        # A damaged sheet is told when its rows are read.
        with archive.open(part) as xml, suppress(etree.XMLSyntaxError):
            for _, row in etree.iterparse(xml, tag="{*}row", resolve_entities=False):
                for cell in row.iterchildren("{*}c"):
                    place = _PLACE.fullmatch(cell.get("r") or "")
                    if place and _lacks_value(cell):
                        found.setdefault(int(place[2]), []).append(_number_of(place[1]))
                row.clear()
                while row.getprevious() is not None:
                    del row.getparent()[0]
    return found


def _lacks_value(cell: Any) -> bool:
    """Whether a cell has a formula and no value; an empty value of type text is one."""
    if cell.find("{*}f") is None:
        return False
    value = cell.find("{*}v")
    return value is None or (not value.text and cell.get("t") != "str")


def _has_formulas(archive: zipfile.ZipFile, part: str) -> bool:
    end = b""
    with archive.open(part) as xml:
        while block := xml.read(_BLOCK):
            if _FORMULA.search(end + block):
                return True
            end = block[-_OVERLAP:]
    return False


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def named(cells: Sequence[int], names: Sequence[str]) -> list[str]:
    """The columns of some cells, so far as they are in the table."""
    return [names[cell] for cell in cells if cell < len(names)]


def problem_of(formulas: Formulas, names: Sequence[str], sheet: str) -> RawProblem:
    """Say in which rows and columns of a sheet values are missing, and what to do."""
    rows = [
        f"row {row}: {', '.join(columns)}"
        for row, cells in sorted(formulas.items())
        if (columns := named(cells, names))
    ]
    told = "; ".join(rows[:_MOST_TOLD])
    more = f"; and {len(rows) - _MOST_TOLD:,} more rows" if len(rows) > _MOST_TOLD else ""
    return RawProblem(
        "formulas without their values, so these cells are empty",
        f"{told}{more}; open it in Excel or LibreOffice and save it, which reckons them",
        f"sheet {sheet}",
    )
