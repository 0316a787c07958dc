"""Sheets for coders: what is on them, and what is read from them when they are filled."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.metrics import reported_metrics
from metoo_research.metrics.annotation import (
    CODING_RULES,
    FIELDS,
    annotation_sheet,
    read_annotations,
)
from metoo_research.study import Campaign, Study

TEXT = (
    "The boats came.\n\nBy Monday #CleanRivers had more than 2,000 tweets and 300 likes. "
    "The first boat was built in 1998, the council said, and 2,000 people came."
)
STUDY = Study(campaign=Campaign(hashtags=("#CleanRivers",)))
ARTICLES = pd.DataFrame({"article_id": ["one"], "label": ["one River News"], "text": [TEXT]})


def metrics() -> pd.DataFrame:
    starts = [0, 17, TEXT.index("The first")]
    ends = [15, TEXT.index(" The first"), len(TEXT)]
    sentences = pd.DataFrame(
        {
            "article_id": "one",
            "sentence_id": range(3),
            "start": starts,
            "text": [TEXT[start:end] for start, end in zip(starts, ends, strict=True)],
        }
    )
    return reported_metrics(sentences, STUDY)


Fill = Callable[[Mapping[str, Mapping[str, str]]], Path]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """Write the sheet as CSV and fill cells: for a number as written, column by column."""

    def filled(cells: Mapping[str, Mapping[str, str]]) -> Path:
        path = tmp_path / "ada.csv"
        annotation_sheet(metrics(), ARTICLES, path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, written in cells.items():
            (row,) = [row for row in rows if row["number_text"] == number][:1] or [{}]
            if not row:
                rows.append(row)
            row |= written
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return filled


def test_each_expression_has_a_row_with_its_number_marked(tmp_path: Path) -> None:
    sheet = annotation_sheet(metrics(), ARTICLES, tmp_path / "sheet.csv", coder="Ada")
    assert sheet["number_text"].tolist() == ["2,000", "300", "first", "1998", "2,000"]
    assert sheet["evidence"].tolist()[0] == (
        "By Monday #CleanRivers had more than [[2,000]] tweets and 300 likes."
    )
    assert sheet["evidence"].tolist()[4].endswith("and [[2,000]] people came.")
    assert sheet["row_id"].tolist()[0] == f"one:{TEXT.index('2,000')}-{TEXT.index(' tweets')}"
    assert set(sheet["article"]) == {"one River News"}
    assert set(sheet["coder"]) == {"Ada"}


def test_what_the_program_says_stands_beside_empty_cells(tmp_path: Path) -> None:
    sheet = annotation_sheet(metrics(), ARTICLES, tmp_path / "sheet.csv")
    first = sheet.iloc[0]
    said = {name: first[name] for name in ("value", "bound", "measure", "window_text", "role")}
    assert said == {
        "value": 2000,
        "bound": "at_least",
        "measure": "tweets",
        "window_text": "By Monday",
        "role": "figure",
    }
    to_fill = ["is_a_figure", *(f"correct_{name}" for name in FIELDS), "note"]
    assert sheet[to_fill].isna().all(axis=None)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_unfilled_sheet_is_read_as_not_judged(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"ada.{ending}"
    sheet = annotation_sheet(metrics(), ARTICLES, path)
    read = read_annotations(path)
    assert read["row_id"].tolist() == sheet["row_id"].tolist()
    assert read["line"].tolist() == [2, 3, 4, 5, 6]
    assert set(read["coder"]) == {"ada"}  # without a name, that of the file
    assert read["is_a_figure"].isna().all()
    assert read["correct_value"].isna().all()


def test_a_workbook_brings_the_rules_along(tmp_path: Path) -> None:
    annotation_sheet(metrics(), ARTICLES, tmp_path / "sheet.xlsx")
    rules = openpyxl.load_workbook(tmp_path / "sheet.xlsx")["rules"]
    assert [row[0].value for row in rules.iter_rows()] == CODING_RULES.splitlines()


def test_what_a_coder_fills_is_read(fill: Fill) -> None:
    path = fill(
        {
            "2,000": {"is_a_figure": "YES", "correct_value": "4,700,000"},
            "300": {"is_a_figure": "y", "correct_window_text": "None", "note": "sure?"},
            "first": {"is_a_figure": "no"},
        }
    )
    read = read_annotations(path)
    assert read["is_a_figure"].tolist()[:3] == [True, True, False]
    assert read["is_a_figure"].isna().tolist() == [False, False, False, True, True]
    assert read["correct_value"].tolist()[0] == "4700000"
    assert read["correct_window_text"].tolist()[1] == "none"
    assert read["note"].tolist()[1] == "sure?"


def test_a_figure_can_be_added_by_the_articles_label(fill: Fill) -> None:
    path = fill({"a dozen": {"number_text": "a dozen", "article": "one River News"}})
    added = read_annotations(path).iloc[-1]
    assert (added["article_id"], added["number_text"], added["is_a_figure"]) == (
        "one",
        "a dozen",
        True,
    )
    assert pd.isna(added["row_id"])


@pytest.mark.parametrize(
    ("number", "cells", "message"),
    [
        ("300", {"is_a_figure": "maybe"}, "row 3: is_a_figure is yes or no, not 'maybe'"),
        (
            "300",
            {"correct_bound": "roughly"},
            "row 3: correct_bound is one of exact, .*'roughly'",
        ),
        ("300", {"correct_value": "3 hundred"}, "row 3: correct_value is a number in digits"),
        ("300", {"correct_value": "none"}, "row 3: correct_value is a number in digits"),
        ("300", {"value": "3 00"}, "row 3: value was a number and is now '3 00'"),
        (
            "300",
            {"is_a_figure": "yes", "correct_role": "window"},
            "row 3: is_a_figure says yes, correct_role says 'window'",
        ),
        ("a dozen", {"note": "missed"}, "row 7: a figure that is added needs article_id"),
        (
            "a dozen",
            {"number_text": "a dozen", "article": "two"},
            "row 7: no article is called 'two'; write its article_id",
        ),
        (
            "a dozen",
            {"number_text": "a dozen", "article_id": "one", "is_a_figure": "no"},
            "row 7: an added row is a figure",
        ),
    ],
)
def test_a_mistake_is_told_with_file_and_row(
    fill: Fill, number: str, cells: dict[str, str], message: str
) -> None:
    with pytest.raises(TableError, match=rf"ada\.csv, {message}"):
        read_annotations(fill({number: cells}))


def test_a_row_that_stands_twice_is_told(fill: Fill) -> None:
    path = fill({})
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([*lines, lines[1]]), encoding="utf-8-sig")
    with pytest.raises(TableError, match=r"row 7: 'one:\d+-\d+' has a row already"):
        read_annotations(path)


def test_a_sheet_without_a_column_is_told(tmp_path: Path) -> None:
    (tmp_path / "ada.csv").write_text("row_id,note\none:1-2,x\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"ada\.csv: no column 'article_id'"):
        read_annotations(tmp_path / "ada.csv")


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_sheet_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "ada.csv").write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match="no column 'row_id'"):
        read_annotations(tmp_path / "ada.csv")


def test_what_became_a_date_in_the_spreadsheet_program_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ada.xlsx"
    annotation_sheet(metrics(), ARTICLES, path)
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book["figures"][1]]
    at = header.index("correct_window_text") + 1
    book["figures"].cell(3, at).value = datetime(2017, 10, 16)
    book.save(path)
    with pytest.raises(TableError, match=r"row 3, correct_window_text: .* made a date"):
        read_annotations(path)


def test_other_articles_than_those_of_the_metrics_are_told(tmp_path: Path) -> None:
    other = ARTICLES.assign(text="Another text.")
    with pytest.raises(TableError, match="article 'one': the sentence of the characters"):
        annotation_sheet(metrics(), other, tmp_path / "sheet.csv")


def test_of_a_sentence_without_end_the_words_around_the_number_are_shown(
    tmp_path: Path,
) -> None:
    text = "word " * 20_000 + "300 boats came " + "word " * 20_000
    sentences = pd.DataFrame(
        {"article_id": ["one"], "sentence_id": [0], "start": [0], "text": [text]}
    )
    sheet = annotation_sheet(
        reported_metrics(sentences), ARTICLES.assign(text=text), tmp_path / "sheet.csv"
    )
    (evidence,) = sheet["evidence"]
    assert len(evidence) == 2_000 + len("…[[300]]…")
    assert "word [[300]] boats came" in evidence


def test_an_article_without_numbers_gives_a_sheet_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "ada.xlsx"
    annotation_sheet(metrics().iloc[:0], ARTICLES, path)
    assert len(read_annotations(path)) == 0
