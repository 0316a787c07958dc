import csv
import errno
import io
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metoo_research.errors import ExportError, TableError
from metoo_research.write import (
    check_table_path,
    make_folder,
    neutralised,
    read_table,
    replace_file,
    replace_files,
    restored,
    to_csv,
    to_jsonl,
    write_table,
)

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def small_table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "word": ["café", None, '=1+1, "quoted"'],
            "count": [1, 2, 3],
            "share": [0.1, float("nan"), float("inf")],
            "seen": [True, False, True],
            "published": pd.Series(
                ["2017-10-16T23:30-04:00", None, "2017-10-17T08:00-04:00"],
                dtype="datetime64[us, UTC-04:00]",
            ),
        }
    )


def test_csv_has_iso_times_empty_cells_and_line_feeds(tmp_path: Path) -> None:
    write_table(small_table(), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes().decode() == (
        "word,count,share,seen,published\n"
        "café,1,0.1,True,2017-10-16T23:30:00-04:00\n"
        ",2,,False,\n"
        '"\'=1+1, ""quoted""",3,inf,True,2017-10-17T08:00:00-04:00\n'
    )


def test_json_lines_have_nulls_and_iso_times(tmp_path: Path) -> None:
    write_table(small_table(), tmp_path / "t.jsonl")
    lines = (tmp_path / "t.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines[:-1]]
    assert rows[0] == {
        "word": "café",
        "count": 1,
        "share": 0.1,
        "seen": True,
        "published": "2017-10-16T23:30:00-04:00",
    }
    assert rows[1]["word"] is None
    assert rows[1]["published"] is None
    assert rows[2]["share"] is None  # JSON has no infinity


def test_parquet_keeps_types_and_nulls(tmp_path: Path) -> None:
    write_table(small_table(), tmp_path / "t.parquet")
    back = pd.read_parquet(tmp_path / "t.parquet")
    assert back["word"].isna().tolist() == [False, True, False]
    assert back["published"].iloc[0] == pd.Timestamp("2017-10-16T23:30-04:00")
    assert back["count"].tolist() == [1, 2, 3]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_two_writes_give_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in ("one", "two"):
        write_table(small_table(), tmp_path / f"{name}.{ending}")
    one, two = tmp_path / f"one.{ending}", tmp_path / f"two.{ending}"
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_table_without_rows_keeps_its_columns_or_is_empty(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"t.{ending}"
    write_table(small_table().head(0), path)
    if ending == "csv":
        assert path.read_text(encoding="utf-8") == "word,count,share,seen,published\n"
    elif ending == "jsonl":
        assert path.read_bytes() == b""
    else:
        assert list(pd.read_parquet(path).columns) == list(small_table().columns)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_any_text_comes_back_from_csv(rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO(newline="")
    to_csv(pd.DataFrame(rows, columns=["a", "b"]), stream)
    stream.seek(0)
    assert [tuple(row) for row in csv.reader(stream)][1:] == rows


@given(st.lists(CELLS, max_size=5))
def test_any_text_comes_back_from_json_lines_one_line_a_row(cells: list[str]) -> None:
    stream = io.StringIO()
    to_jsonl(pd.DataFrame({"text": pd.Series(cells, dtype="str")}), stream)
    lines = stream.getvalue().split("\n")[:-1]
    assert [json.loads(line)["text"] for line in lines] == cells


def test_a_missing_text_and_an_empty_one_differ() -> None:
    stream = io.StringIO()
    to_csv(pd.DataFrame({"a": [1, 2], "text": [None, ""]}), stream)
    assert stream.getvalue() == 'a,text\n1,\n2,""\n'


def test_a_missing_value_alone_in_its_row_is_still_a_row() -> None:
    stream = io.StringIO()
    to_csv(pd.DataFrame({"text": ["a", None, "b"]}), stream)
    assert len(pd.read_csv(io.StringIO(stream.getvalue()))) == 3


def test_times_in_different_zones_keep_their_own(tmp_path: Path) -> None:
    times = [datetime(2017, 10, 16, tzinfo=UTC), pd.Timestamp("2017-10-16T09:00+09:00")]
    table = pd.DataFrame({"published": pd.Series(times, dtype=object)})
    write_table(table, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8").split("\n")[1:3] == [
        "2017-10-16T00:00:00+00:00",
        "2017-10-16T09:00:00+09:00",
    ]


def test_half_a_character_does_not_stop_the_writing(tmp_path: Path) -> None:
    table = pd.DataFrame({"text": pd.Series(["broken \ud83d emoji"], dtype=object)})
    write_table(table, tmp_path / "t.jsonl")
    line = (tmp_path / "t.jsonl").read_text(encoding="utf-8")
    assert json.loads(line)["text"] == "broken \ud83d emoji"
    write_table(table, tmp_path / "t.csv")
    assert "broken \\ud83d emoji" in (tmp_path / "t.csv").read_text(encoding="utf-8")
    with pytest.raises(ExportError, match=r"t\.parquet"):
        write_table(table, tmp_path / "t.parquet")


@pytest.mark.parametrize("name", ["t.xlsx", "t", ".csv", "t.csv.gz"])
def test_another_ending_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"is written as \.csv, \.jsonl or \.parquet") as told:
        write_table(small_table(), tmp_path / name)
    assert "\n" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    check_table_path(tmp_path / "T.CSV")
    write_table(small_table(), tmp_path / "T.CSV")
    assert (tmp_path / "T.CSV").is_file()


def test_folders_are_made(tmp_path: Path) -> None:
    write_table(small_table(), tmp_path / "new" / "folder" / "t.csv")
    assert (tmp_path / "new" / "folder" / "t.csv").is_file()


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("not a folder", encoding="utf-8")
    with pytest.raises(ExportError, match=r"t\.csv cannot be written"):
        write_table(small_table(), tmp_path / "taken" / "t.csv")


def test_a_folder_is_made_once_and_a_file_in_its_place_is_named(tmp_path: Path) -> None:
    for _ in range(2):
        make_folder(tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder").is_dir()
    (tmp_path / "taken").touch()
    with pytest.raises(ExportError, match="taken: cannot be made"):
        make_folder(tmp_path / "taken")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("old", encoding="utf-8")

    def disk_full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("metoo_research.write.tables.to_csv", disk_full)
    with pytest.raises(ExportError, match="No space left on device"):
        write_table(small_table(), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["t.csv"]


def test_replacing_a_file_keeps_it_readable_to_others(tmp_path: Path) -> None:
    replace_file(tmp_path / "f", b"content")
    if os.name == "posix":
        plain = tmp_path / "plain"
        plain.write_bytes(b"")
        assert (tmp_path / "f").stat().st_mode == plain.stat().st_mode


def test_files_that_belong_together_are_all_brought_back_if_one_cannot_be_replaced(
    tmp_path: Path,
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / "c").mkdir()  # a folder cannot be replaced by a file
    (tmp_path / "c" / "inside").write_bytes(b"")
    with pytest.raises(ExportError, match="cannot be written"):
        replace_files(tmp_path, {"a": b"new", "fresh": b"new", "c": b"new", "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert (tmp_path / "b").read_bytes() == b"old"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "b", "c"]


def test_a_full_disk_in_the_middle_of_the_change_needs_no_room_for_the_way_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("a", "b", "c")
    replace_files(tmp_path, dict.fromkeys(names, b"old"))
    full = OSError(errno.ENOSPC, "No space left on device")
    replace = Path.replace

    def replace_until_full(path: Path, target: Path) -> Path:
        if path.parent.name == "new" and path.name == "b":
            monkeypatch.setattr(Path, "write_bytes", raising(full))
            raise full
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", replace_until_full)
    with pytest.raises(ExportError, match=r"No space left on device.*; free some space"):
        replace_files(tmp_path, {**dict.fromkeys(names, b"new"), "fresh": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        names, b"old"
    )


def raising(error: OSError) -> Callable[..., int]:
    def write(*_: object) -> int:
        raise error

    return write


# --- spreadsheets ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "in_the_cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-3 points", "'-3 points"),
        ("@charity", "'@charity"),
        ("\tindented", "'\tindented"),
        ("\rreturned", "'\rreturned"),
        ("＝1+1", "'＝1+1"),  # full-width, taken for formulas in Japanese and Chinese editions
        ("  =1+1", "'  =1+1"),
        ("'=1+1", "''=1+1"),  # has an apostrophe of its own
        ("'tis", "'tis"),  # is no formula
        ("a=b", "a=b"),
        ("#MeToo", "#MeToo"),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(
    text: str, in_the_cell: str
) -> None:
    assert neutralised(text) == in_the_cell
    assert restored(in_the_cell) == text


@given(st.text(st.sampled_from("'=+-@ \t\r\na＝"), max_size=6) | st.text())
def test_any_text_comes_back_from_being_neutralised(text: str) -> None:
    assert restored(neutralised(text)) == text
    assert neutralised(text)[:1] not in {*"=+-@\t\r\n"}


def test_numbers_are_not_touched_and_headings_are(tmp_path: Path) -> None:
    table = pd.DataFrame({"@herald": [-0.5, float("-inf")], "change": [-1, 2]})
    write_table(table, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == (
        "'@herald,change\n-0.5,-1\n-inf,2\n"
    )
    pd.testing.assert_frame_equal(read_table(tmp_path / "t.csv"), table)


def test_a_length_of_time_below_zero_is_neutralised(tmp_path: Path) -> None:
    write_table(pd.DataFrame({"late": [pd.Timedelta(-1, "D")]}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8").startswith("late\n'-1 days")


# --- reading back ----------------------------------------------------------------------------

TEXTS = CELLS | st.sampled_from(
    ["12", "-0.5", "True", "inf", "nan", "1e5", "2017-10-16T23:30:00-04:00", "'=1", "None", ""]
)
TABLES = st.lists(
    st.tuples(
        st.none() | TEXTS,
        TEXTS,
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False),
        st.booleans(),
        st.datetimes(timezones=st.just(UTC), min_value=datetime(1700, 1, 1)),
    ),
    min_size=1,
    max_size=5,
)


def typed(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["some", "text", "whole", "fraction", "truth", "time"])
    return table.astype(
        {"some": "str", "text": "str", "whole": "int64", "time": "datetime64[us, UTC]"}
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@given(rows=TABLES)
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_any_table_comes_back_with_its_types(
    folder: Path, ending: str, rows: list[tuple[Any, ...]]
) -> None:
    write_table(typed(rows), folder / f"t.{ending}")
    back = read_table(folder / f"t.{ending}")
    pd.testing.assert_frame_equal(back, typed(rows))


@given(rows=TABLES)
def test_any_finite_table_comes_back_from_json_lines(
    folder: Path, rows: list[tuple[Any, ...]]
) -> None:
    # JSON has no infinity, and knows a time from a text by its form alone.
    table = typed(rows)
    like_times = table[["some", "text"]].apply(
        lambda c: c.str.startswith("2017-10-16T", na=False)
    )
    table = table[np.isfinite(table["fraction"]) & ~like_times.any(axis="columns")]
    table = table.reset_index(drop=True)
    assume(len(table) > 0)
    write_table(table, folder / "t.jsonl")
    pd.testing.assert_frame_equal(read_table(folder / "t.jsonl"), table)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_whole_numbers_and_truth_values_of_which_some_are_missing_stay_what_they_are(
    tmp_path: Path, ending: str
) -> None:
    table = pd.DataFrame(
        {
            "count": pd.array([1, None, 3], dtype="Int64"),
            "known": pd.array([True, None, False], dtype="boolean"),
            "share": [0.5, float("nan"), 2.0],
        }
    )
    write_table(table, tmp_path / f"t.{ending}")
    pd.testing.assert_frame_equal(read_table(tmp_path / f"t.{ending}"), table)


def test_times_keep_their_offset_or_come_back_in_utc_where_they_have_several(
    tmp_path: Path,
) -> None:
    summer, winter = "2017-10-16T23:30-04:00", "2017-11-16T23:30-05:00"
    one = pd.to_datetime(pd.Series([summer, None])).dt.as_unit("us")
    both = pd.to_datetime(pd.Series([summer, winter]), utc=True).dt.as_unit("us")
    table = pd.DataFrame({"one": one, "both": both.dt.tz_convert("America/New_York")})
    write_table(table, tmp_path / "t.csv")
    back = read_table(tmp_path / "t.csv")
    assert str(back["one"].dtype) == "datetime64[us, UTC-04:00]"
    assert str(back["both"].dtype) == "datetime64[us, UTC]"
    assert back["both"].tolist() == both.tolist()


def test_a_number_that_is_text_stays_text(tmp_path: Path) -> None:
    table = pd.DataFrame({"number_text": ["007", "12"], "value": [7, 12]})
    write_table(table, tmp_path / "t.csv")
    back = read_table(tmp_path / "t.csv")
    assert back["number_text"].tolist() == ["007", "12"]
    assert back["value"].tolist() == [7, 12]


def test_a_column_without_any_value_comes_back_as_text_without_any(tmp_path: Path) -> None:
    write_table(pd.DataFrame({"a": [1, 2], "url": [None, None]}), tmp_path / "t.csv")
    back = read_table(tmp_path / "t.csv")
    assert back["url"].isna().all()
    assert back["url"].dtype == "str"


def test_a_table_that_another_program_saved_is_read(tmp_path: Path) -> None:
    # Byte order mark and Windows' line ends, as spreadsheet programs write them.
    (tmp_path / "t.csv").write_bytes('\ufeffword,count\r\n"café, noir",3\r\n'.encode())
    back = read_table(tmp_path / "t.csv")
    assert back.to_dict("records") == [{"word": "café, noir", "count": 3}]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", b"a,b\n1,2,3\n", "row 1 has 3 cells, the heading 2"),
        ("t.csv", b'a,b\n1,"open\n', "a quotation mark is not closed in line 2"),
        ("t.csv", b"a\n\xff\n", "can't decode byte 0xff"),
        ("t.jsonl", b"[1]\n", "a line is no object"),
        ("t.jsonl", b"{\n", "Expecting"),
        ("t.parquet", b"word,count\n", "Parquet"),
        ("t.xlsx", b"", r"is read from \.csv, \.jsonl, \.parquet"),
    ],
)
def test_a_file_that_is_no_such_table_is_named_in_one_line(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError, match=said) as told:
        read_table(tmp_path / name)
    assert str(tmp_path / name) in str(told.value)
    assert "\n" not in str(told.value)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"none\.csv cannot be opened"):
        read_table(tmp_path / "none.csv")
