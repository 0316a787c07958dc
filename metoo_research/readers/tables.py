"""Tables of articles, one a row: CSV and its kin, Excel workbooks, Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from metoo_research.errors import ReadError
from metoo_research.readers.archives_names import part_names
from metoo_research.readers.base import File, Item, Reader
from metoo_research.readers.safely import safely
from metoo_research.readers.tables_delimited import read_delimited
from metoo_research.readers.tables_parquet import read_parquet
from metoo_research.readers.tables_workbook import read_workbook

_PARQUET_MARK = b"PAR1"
_ZIP_MARK = b"PK\x03\x04"
_OFFICE_MARK = b"\xd0\xcf\x11\xe0"


def read(file: File) -> Iterator[Item]:
    """Read a table: each row with a text is an article, each without a problem.

    The columns are known by their usual names in several languages, or by ``[columns]`` in
    ``study.toml``. An article's record is its id, where the table has a column of ids and the
    id occurs once, else "row 12", the heading counted as row 1.

    Raises
    ------
    ReadError
        If it is no table, damaged, or no column holds texts.
    """
    head = file.head
    if not head:
        raise ReadError("empty file", "0 bytes; copy it again from its source")
    # Its first bytes say what it is: workbooks are sent around as .csv, and CSV as .xlsx.
    if head.startswith(_PARQUET_MARK):
        items, what = read_parquet(file), "damaged or truncated Parquet file"
    elif head.startswith((_ZIP_MARK, _OFFICE_MARK)):
        items, what = read_workbook(file), "damaged or truncated Excel workbook"
    elif PurePath(file.name).suffix.lower() in {".parquet", ".pq"}:
        raise ReadError("not a Parquet file, or a damaged one", "export it again")
    else:
        items, what = read_delimited(file), "damaged table"
    return safely(items, what=what, way_out="copy it again from its source, or export it again")


def recognises(file: File) -> bool:
    """Whether it is Parquet or an Excel workbook; of text, nobody can be sure."""
    head = file.head
    if head.startswith(_PARQUET_MARK):
        return True
    return head.startswith(_ZIP_MARK) and any(
        name.startswith("xl/") for name in part_names(file)
    )


TABLES = Reader(
    name="table",
    endings=(".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".parquet"),
    read=read,
    recognises=recognises,
)
