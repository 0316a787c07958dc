"""Spreadsheets come back as they were, and no cell of them is run."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metoo_research._sheets import Look, read_sheet, write_sheet
from metoo_research.errors import ExportError, TableError

ENDINGS = ["csv", "xlsx"]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''-1", "＝1"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_text_like_a_formula_is_text_and_comes_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"sheet.{ending}"
    write_sheet(pd.DataFrame({"said": FORMULAS}), path)
    assert read_sheet(path) == [["said"], *([text.strip()] for text in FORMULAS)]


def test_in_csv_no_cell_begins_like_a_formula(tmp_path: Path) -> None:
    write_sheet(pd.DataFrame({"said": FORMULAS}), tmp_path / "sheet.csv")
    content = (tmp_path / "sheet.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # without it Excel reads Windows-1252
    cells = content.decode("utf-8-sig").split("\n")[1:-1]
    assert all(cell.lstrip('"').startswith("'") for cell in cells)


def test_in_a_workbook_it_is_no_formula(tmp_path: Path) -> None:
    write_sheet(pd.DataFrame({"said": FORMULAS}), tmp_path / "sheet.xlsx")
    with zipfile.ZipFile(tmp_path / "sheet.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("ending", ENDINGS)
def test_numbers_are_numbers_and_missing_ones_empty(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"sheet.{ending}"
    write_sheet(pd.DataFrame({"value": [4.7e6, float("nan"), -0.5], "b": list("xyz")}), path)
    _, *rows = read_sheet(path)
    assert [row[0] and float(str(row[0])) for row in rows] == [4.7e6, "", -0.5]


def test_whole_numbers_have_no_point(tmp_path: Path) -> None:
    write_sheet(pd.DataFrame({"value": [4.7e6, 0.5, float("nan")]}), tmp_path / "sheet.csv")
    assert read_sheet(tmp_path / "sheet.csv") == [["value"], ["4700000"], ["0.5"], [""]]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_table_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    table = pd.DataFrame({"said": ["“fünf”", None]})
    one, other = tmp_path / f"one.{ending}", tmp_path / f"other.{ending}"
    write_sheet(table, one, Look(choices={"said": ["a"]}, rules="Read."))
    write_sheet(table, other, Look(choices={"said": ["a"]}, rules="Read."))
    assert one.read_bytes() == other.read_bytes()


def test_a_workbook_is_ready_to_fill(tmp_path: Path) -> None:
    look = Look(
        to_fill=["is"], choices={"is": ("yes", "no")}, widths={"said": 80}, rules="A\nB"
    )
    table = pd.DataFrame({"said": ["October 16"], "is": pd.Series([None], dtype="str")})
    write_sheet(table, tmp_path / "sheet.xlsx", look)
    book = openpyxl.load_workbook(tmp_path / "sheet.xlsx")
    sheet, rules = book.worksheets
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet["A2"].alignment.wrap_text
    # As text, or what is typed becomes a date.
    assert sheet["A2"].number_format == sheet["B2"].number_format == "@"
    (allowed,) = sheet.data_validations.dataValidation
    assert allowed.formula1 == '"yes,no"'
    assert "B2" in allowed.sqref
    assert [cell.value for (cell,) in rules.iter_rows()] == ["A", "B"]


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(";", "cp1252"), (";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8")],
)
def test_csv_as_spreadsheet_programs_write_it(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    lines = ["said@note", "„fünf“@", '"a\r\nb"@"x, ""y"""']
    text = "\r\n".join(line.replace("@", separator) for line in lines)
    (tmp_path / "sheet.csv").write_bytes(text.encode(encoding))
    assert read_sheet(tmp_path / "sheet.csv") == [
        ["said", "note"],
        ["„fünf“", ""],
        ["a\r\nb", 'x, "y"'],
    ]


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="a sheet to fill is written as"):
        write_sheet(pd.DataFrame({"a": ["b"]}), tmp_path / "sheet.ods")


def test_a_text_that_no_cell_holds_is_refused_not_cut(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="32,767 characters"):
        write_sheet(pd.DataFrame({"a": ["b" * 32_768]}), tmp_path / "sheet.csv")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 no zip", b"\x00\x01\x02" * 100, b"PK" + bytes(100)]
)
def test_what_is_no_spreadsheet_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(content)
    with pytest.raises(TableError, match=r"sheet\.xlsx: not a "):
        read_sheet(path)


def test_another_zip_is_no_workbook(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as other:
        other.writestr("a.txt", "a")
    (tmp_path / "sheet.xlsx").write_bytes(buffer.getvalue())
    with pytest.raises(TableError, match="not a workbook"):
        read_sheet(tmp_path / "sheet.xlsx")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"none\.csv: cannot be opened"):
        read_sheet(tmp_path / "none.csv")


# A lone line end inside a cell is kept by CSV; a workbook's XML makes \n of every kind.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)


@pytest.mark.parametrize("ending", ENDINGS)
@given(cells=st.lists(TEXTS, min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_text_comes_back(tmp_path: Path, ending: str, cells: list[str]) -> None:
    path = tmp_path / f"sheet.{ending}"
    table = pd.DataFrame({"a": "first", "b": pd.Series(cells, dtype="str")})
    write_sheet(table, path)
    _, *rows = read_sheet(path)
    assert [str(row[1]).replace("\ufffd", "") for row in rows] == [
        cell.replace("\ufffe", "").replace("\uffff", "").replace("\ufffd", "")
        if ending == "xlsx"
        else cell.replace("\ufffd", "")
        for cell in cells
    ]
