import csv
import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.errors import ExportError
from metoo_research.export import check_table_path, replace_file, to_jsonl, write_table
from metoo_research.write import replace_files, to_csv

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
        '"=1+1, ""quoted""",3,inf,True,2017-10-17T08:00:00-04:00\n'
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


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("old", encoding="utf-8")

    def disk_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("metoo_research.write.to_csv", disk_full)
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
