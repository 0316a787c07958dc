"""Sheets for coders: what is on them, and what is read from them when they are filled."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from metoo_research.corpus import Corpus, read_corpus
from metoo_research.errors import ExportError, TableError
from metoo_research.metrics import reported_metrics
from metoo_research.metrics.annotation import annotation_sheet, draw_sample
from metoo_research.metrics.annotation_reading import read_annotations
from metoo_research.metrics.codebook import FIELDS, MEANINGS, coding_rules
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
    lines = [row[0].value or "" for row in rules.iter_rows()]
    assert lines == coding_rules(FIELDS, blind=False, sampled=False).splitlines()
    assert f"bound: {MEANINGS['bound']}" in lines


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


# --- a corpus, blind sheets, samples --------------------------------------------------------


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text(TEXT, encoding="utf-8")
    return read_corpus(tmp_path / "articles", progress=False)


def test_a_corpus_is_enough(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sheet = annotation_sheet(corpus)
    assert len(read_annotations(tmp_path / "annotation_sheet.xlsx")) == len(sheet) == 5
    annotation_sheet(corpus, "by_place.csv")
    annotation_sheet(corpus, path="by_name.csv")
    assert (tmp_path / "by_place.csv").read_bytes() == (tmp_path / "by_name.csv").read_bytes()


def test_what_is_no_corpus_is_told(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"give a corpus .* not str"):
        annotation_sheet("articles")  # type: ignore[call-overload]
    with pytest.raises(TableError, match=r"give corpus\.articles too"):
        annotation_sheet(metrics())  # type: ignore[call-overload]
    with pytest.raises(TableError, match=r"not both a\.csv and b\.csv"):
        annotation_sheet(corpus, "a.csv", path="b.csv")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_blind_sheet_shows_nothing_that_the_program_says(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"ada.{ending}"
    sheet = annotation_sheet(metrics(), ARTICLES, path, blind=True)
    assert not set(FIELDS) & set(sheet.columns)
    assert sheet[["is_a_figure", *(f"coded_{name}" for name in FIELDS)]].isna().all(axis=None)
    read = read_annotations(path)
    assert read["blind"].all()
    assert read[[*FIELDS, *(f"correct_{name}" for name in FIELDS)]].isna().all(axis=None)


def fill_blind(path: Path, number: str, cells: Mapping[str, str]) -> pd.Series:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["number_text"] == number)
    row |= cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    read = read_annotations(path)
    return read[read["number_text"] == number].iloc[0]


def test_empty_cells_of_a_blind_sheet(tmp_path: Path) -> None:
    path = tmp_path / "ada.csv"
    annotation_sheet(metrics(), ARTICLES, path, blind=True)
    row = fill_blind(path, "300", {"is_a_figure": "yes", "coded_value": "300"})
    assert row["correct_value"] == "300"
    assert row["correct_window_text"] == "none"  # the text says nothing of it
    assert row["correct_bound"] == "not judged"  # every figure has one
    assert row["correct_role"] == "figure"  # said by is_a_figure


def test_only_some_fields_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "ada.csv"
    sheet = annotation_sheet(metrics(), ARTICLES, path, fields=["platform", "value"])
    assert [name for name in sheet if str(name).startswith("correct_")] == [
        "correct_value", "correct_platform",
    ]  # fmt: skip
    row = fill_blind(path, "300", {"is_a_figure": "yes"})
    assert pd.isna(row["correct_platform"])  # what the program says is right
    assert row["correct_bound"] == "not judged"
    with pytest.raises(TableError, match="no field 'colour'; fields: value, "):
        annotation_sheet(metrics(), ARTICLES, path, fields=["colour"])


def test_a_sheet_that_asks_only_what_is_a_figure(tmp_path: Path) -> None:
    sheet = annotation_sheet(metrics(), ARTICLES, tmp_path / "ada.csv", fields=())
    assert "is_a_figure" in sheet
    assert (read_annotations(tmp_path / "ada.csv")["correct_value"] == "not judged").all()


def test_a_column_to_fill_that_is_lost_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ada.csv"
    sheet = annotation_sheet(metrics(), ARTICLES, path)
    sheet.drop(columns="correct_value").to_csv(path, index=False)
    with pytest.raises(TableError, match="no column 'correct_value'"):
        read_annotations(path)


def many_metrics() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Forty articles of 1 to 40 numbers each: 820 expressions."""
    texts = [" ".join(f"{n + 100} boats," for n in range(size)) for size in range(1, 41)]
    articles = pd.DataFrame({"article_id": [f"a{len(t)}" for t in texts], "text": texts})
    sentences = articles.assign(sentence_id=0, start=0)
    return reported_metrics(sentences), articles


def test_a_sample_takes_of_each_article_its_share(tmp_path: Path) -> None:
    found, articles = many_metrics()
    sheet = annotation_sheet(found, articles, tmp_path / "ada.csv", sample=82, seed=1)
    assert len(sheet) == 82
    assert set(sheet["sample"]) == {"82 of 820, seed 1"}
    assert sheet["row_id"].is_unique
    sizes = found["article_id"].value_counts()
    taken = sheet["article_id"].value_counts().reindex(sizes.index, fill_value=0)
    assert ((taken - sizes / 10).abs() < 1).all()


def test_each_expression_is_as_likely_to_be_drawn() -> None:
    found = many_metrics()[0].iloc[:55]  # articles of 1 to 10
    times = [0] * len(found)
    for seed in range(300):
        for at in draw_sample(found, 11, seed=seed):
            times[at] += 1
    # 300 draws at 1/5: 60, with a standard deviation of 7.
    assert sum(times) == 300 * 11
    assert min(times) > 30
    assert max(times) < 90


def test_the_seed_tells_the_sample(tmp_path: Path) -> None:
    found, articles = many_metrics()

    def drawn(seed: int) -> list[str]:
        sheet = annotation_sheet(found, articles, tmp_path / "a.csv", sample=20, seed=seed)
        return [str(row_id) for row_id in sheet["row_id"]]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_a_sample_larger_than_the_table_is_all_of_it(tmp_path: Path) -> None:
    sheet = annotation_sheet(metrics(), ARTICLES, tmp_path / "ada.csv", sample=50)
    assert set(sheet["sample"]) == {"5 of 5, seed 0"}
    assert sheet.attrs == {"candidates": 5, "asked": 5, "blind": False, "seed": 0}
    with pytest.raises(TableError, match="a sample is of 1 expression or more, not 0"):
        annotation_sheet(metrics(), ARTICLES, tmp_path / "ada.csv", sample=0)


def test_to_a_sample_no_figure_can_be_added(tmp_path: Path) -> None:
    path = tmp_path / "ada.csv"
    annotation_sheet(metrics(), ARTICLES, path, sample=3)
    width = path.read_text(encoding="utf-8-sig").partition("\n")[0].count(",")
    with path.open("a", encoding="utf-8") as file:
        file.write(",one,,,a dozen" + "," * (width - 4) + "\n")
    with pytest.raises(TableError, match="row 5: a figure cannot be added to a sample"):
        read_annotations(path)


# --- what coders may write ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"), [("2/4", "0.5"), ("45%", "45"), ("4,700,000", "4700000")]
)
def test_numbers_as_coders_write_them(fill: Fill, written: str, value: str) -> None:
    read = read_annotations(fill({"300": {"is_a_figure": "yes", "correct_value": written}}))
    assert read["correct_value"].tolist()[1] == value


def test_what_a_coder_cannot_tell_is_not_judged(fill: Fill) -> None:
    cells = {"is_a_figure": "yes", "correct_bound": "Not judged", "correct_value": "not judged"}
    row = read_annotations(fill({"300": cells, "first": {"is_a_figure": "not judged"}}))
    assert row["correct_bound"].tolist()[1] == row["correct_value"].tolist()[1] == "not judged"
    assert row["is_a_figure"].isna().tolist()[2]


def test_an_added_figure_is_its_sheets_coders(tmp_path: Path) -> None:
    path = tmp_path / "sheet_1.csv"
    sheet = annotation_sheet(metrics(), ARTICLES, path, coder="Ada")
    added = pd.DataFrame([{"article_id": "one", "number_text": "a dozen"}])
    pd.concat([sheet, added]).to_csv(path, index=False)
    assert read_annotations(path)["coder"].tolist() == ["Ada"] * 6


# --- files that are there -------------------------------------------------------------------


def test_a_sheet_that_a_coder_has_filled_is_not_replaced(fill: Fill) -> None:
    path = fill({"300": {"note": "hm"}})
    before = path.read_bytes()
    with pytest.raises(ExportError, match=r"ada\.csv: a coder has filled it"):
        annotation_sheet(metrics(), ARTICLES, path)
    assert path.read_bytes() == before


def test_a_sheet_that_nobody_has_filled_is_replaced(tmp_path: Path) -> None:
    annotation_sheet(metrics(), ARTICLES, tmp_path / "ada.xlsx")
    annotation_sheet(metrics(), ARTICLES, tmp_path / "ada.xlsx", blind=True)
    assert read_annotations(tmp_path / "ada.xlsx")["blind"].all()


def test_another_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "ada.csv").write_text("name,phone\nAda,1\n", encoding="utf-8")
    with pytest.raises(ExportError, match="is no annotation sheet; give another name"):
        annotation_sheet(metrics(), ARTICLES, tmp_path / "ada.csv")


def test_a_table_joined_to_itself_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="of article 'one' twice"):
        annotation_sheet(pd.concat([metrics()] * 2), ARTICLES, tmp_path / "ada.csv")
