"""What a report says, whatever it is written as."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import nbformat
import pandas as pd
import pytest
from figure_folders import edit_manifest, save_bundle

from metoo_research.corpus import Corpus, read_corpus
from metoo_research.errors import ExportError
from metoo_research.export import check_figures
from metoo_research.notebook_runner import notebook_files
from metoo_research.report.archive import write_archive
from metoo_research.report.content import _READING_ORDER, report_of
from metoo_research.report.content_tables import MOST_LINES, MOST_ROWS
from metoo_research.report.html import write_page
from metoo_research.report.parts import Report, Section, Table
from metoo_research.report.word import write_word
from metoo_research.tables import TableName, make_table
from metoo_research.words import stop_words

WriteFiles = Callable[[Mapping[str, str | bytes]], Path]

PROJECT = Path(__file__).parents[2]
STUDY = """\
[study]
title = "Two articles"
[campaign]
names = ["Speak Up", "speak up"]
hashtags = ["SpeakUp"]
"""
ARTICLE = """\
A town speaks up

Speak up, they wrote. By noon more than 4,500 people had posted #SpeakUp on Twitter, \
the company said. It was the first time.
"""


@pytest.fixture
def corpus(write_files: WriteFiles) -> Corpus:
    folder = write_files(
        {"a.txt": ARTICLE, "b.txt": "Nothing was counted here.\n", "study.toml": STUDY}
    )
    return read_corpus(folder, progress=False)


@pytest.fixture
def report(corpus: Corpus, tmp_path: Path) -> Report:
    return report_of(corpus, figures=tmp_path / "figures")


def section(report: Report, name: str) -> Section:
    return next(one for one in report.sections if one.name == name)


def table(report: Report, name: str) -> Table:
    tables = (one for part in report.sections for one in part.tables)
    return next(one for one in tables if one.name == name)


def column(shown: Table, name: str) -> list[str]:
    at = [one.name for one in shown.columns].index(name)
    return [row[at].text for row in shown.rows]


# --- Its parts


def test_copies_are_told_where_figures_are_counted(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": ARTICLE, "b.txt": ARTICLE})
    report = report_of(read_corpus(folder, progress=False), figures=folder / "figures")
    said = section(report, "metrics").paragraphs[-1]
    assert said.startswith("1 article is a copy of another (see Problems with files)")


def test_a_report_has_its_parts_in_reading_order(report: Report) -> None:
    assert report.title == "Two articles"
    assert [part.name for part in report.sections] == [
        *("corpus", "figures", "metrics", "concordance", "limits", "methods")
    ]


def test_names_of_parts_and_tables_are_unlike(report: Report) -> None:
    names = [part.name for part in report.sections]
    names += [one.name for part in report.sections for one in part.tables]
    assert len(names) == len(set(names))


def test_what_was_read_is_told_with_what_could_not_be(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": ARTICLE, "empty.txt": ""})
    report = report_of(read_corpus(folder, progress=False), figures=folder / "figures")
    said = {term.name: term.said for term in section(report, "corpus").terms}
    assert (said["articles"], said["problems"]) == ("1", "1")
    assert column(table(report, "articles"), "source_file") == ["a.txt"]
    assert column(table(report, "problems"), "source_file") == ["empty.txt"]


# --- Numbers and the places they come from


def test_a_figure_stands_as_worded_and_leads_to_its_characters(report: Report) -> None:
    shown = table(report, "reported-figures")
    assert column(shown, "said") == ["more than 4,500"]
    cell = shown.rows[0][1]
    assert cell.sort_by == 4500
    assert cell.evidence is not None
    [article] = [one for one in report.articles if one.article_id == cell.evidence.article_id]
    assert article.text[cell.evidence.start : cell.evidence.end] == "4,500"


def test_a_number_that_is_no_figure_stands_in_a_table_of_its_own(report: Report) -> None:
    shown = table(report, "other-numbers")
    assert "first" in column(shown, "number_text")
    assert all(row[1].evidence for row in shown.rows)


def test_a_share_is_not_shown_as_a_count(write_files: WriteFiles) -> None:
    folder = write_files(
        {"a.txt": "Prices rose by 3%. Some 45 percent of users wrote a post.\n"}
    )
    report = report_of(read_corpus(folder, progress=False), figures=folder / "figures")
    shown = table(report, "reported-figures")
    assert column(shown, "said") == ["3", "some 45"]
    assert column(shown, "unit") == ["percent", "percent of users"]


def test_a_long_table_says_how_many_rows_there_are(write_files: WriteFiles) -> None:
    many = MOST_ROWS + 7
    sentences = (f"Some {1000 + number} people wrote posts. " for number in range(many))
    folder = write_files({"a.txt": "".join(sentences) + "\n"})
    report = report_of(read_corpus(folder, progress=False), figures=folder / "figures")
    shown = table(report, "reported-figures")
    assert (len(shown.rows), shown.rows_in_all) == (MOST_ROWS, many)
    assert shown.file == "tables/metrics.csv"


def test_only_articles_that_something_leads_to_are_in_the_report(report: Report) -> None:
    assert [(one.article_id, one.text) for one in report.articles] == [("a", ARTICLE)]


def test_passages_of_an_article_are_its_characters(report: Report) -> None:
    [article] = report.articles
    pieces = [(one.kind, article.text[one.start : one.end]) for one in article.passages]
    assert pieces[0] == ("headline", "A town speaks up")
    assert "".join(piece for _, piece in pieces) == ARTICLE.replace("\n", "")


@pytest.mark.parametrize("made", [["passages"], ["tokens"], ["metrics"], ["tokens", "metrics"]])
def test_tables_that_are_made_already_are_taken(
    corpus: Corpus, tmp_path: Path, made: list[TableName]
) -> None:
    tables: dict[str, pd.DataFrame] = {name: make_table(name, corpus) for name in made}
    figures = tmp_path / "figures"
    assert report_of(corpus, figures=figures, tables=tables) == report_of(
        corpus, figures=figures
    )
    if "metrics" in tables:
        without = {**tables, "metrics": tables["metrics"].head(0)}
        report = report_of(corpus, figures=figures, tables=without)
        assert table(report, "reported-figures").rows_in_all == 0


# --- The campaign in context


def test_hashtags_and_names_are_looked_for_once_each(report: Report) -> None:
    shown = table(report, "concordance-lines")
    assert shown.note == "Looked for: #SpeakUp; Speak Up."
    assert column(shown, "match") == ["Speak up", "#SpeakUp"]
    assert shown.rows_in_all == 2


def test_a_line_leads_to_its_characters(report: Report) -> None:
    for row in table(report, "concordance-lines").rows:
        place = row[2].evidence
        assert place is not None
        assert ARTICLE[place.start : place.end] == row[2].text


def test_context_is_cut_between_words(report: Report) -> None:
    before, _, after = (cell.text for cell in table(report, "concordance-lines").rows[1][1:])
    assert before.startswith("… ")
    assert before.removeprefix("… ").split()[0] in ARTICLE.split()
    assert after.split()[0] == "on"
    assert after.removesuffix(" …").split()[-1] in ARTICLE.split()


def test_the_words_before_a_place_are_sorted_from_the_nearest_on(report: Report) -> None:
    left = table(report, "concordance-lines").rows[1][1]
    shown = [word.strip(".") for word in left.text.removeprefix("… ").split()]
    assert isinstance(left.sort_by, str)
    assert left.sort_by.split()[: len(shown)] == shown[::-1]


def test_a_long_concordance_says_how_many_places_there_are(write_files: WriteFiles) -> None:
    many = MOST_LINES + 5
    folder = write_files({"a.txt": "They said speak up. " * many, "study.toml": STUDY})
    report = report_of(read_corpus(folder, progress=False), figures=folder / "figures")
    shown = table(report, "concordance-lines")
    assert (len(shown.rows), shown.rows_in_all) == (MOST_LINES, many)


def test_a_study_without_a_campaign_says_what_is_missing(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": ARTICLE})
    report = report_of(read_corpus(folder, progress=False), figures=folder / "figures")
    assert "No study.toml names a hashtag" in table(report, "concordance-lines").when_empty


# --- Methods


def test_methods_name_settings_and_versions(corpus: Corpus, report: Report) -> None:
    settings = {term.name: term.said for term in section(report, "methods").terms}
    assert settings["Passages counted"] == "headline, subhead, body"
    assert stop_words().sha256 in settings["Stop list"]
    assert corpus.sha256 in settings["Fingerprint of the corpus"]
    assert corpus.study.sha256 in settings["Fingerprint of the study's settings"]
    versions = table(report, "versions")
    shown = dict(zip(column(versions, "package"), column(versions, "version"), strict=True))
    for package in ("pandas", "nltk", "vaderSentiment", "matplotlib"):
        assert shown[package] == importlib.metadata.version(package)


def test_settings_of_a_figure_stand_one_a_line(corpus: Corpus, tmp_path: Path) -> None:
    figures = tmp_path / "figures"
    parameters = {"top": 25, "list": {"name": "own", "words": 3}, "of": ["a", "b"], "by": None}
    save_bundle(figures, "word_frequency", title="Words", parameters=parameters)
    shown = table(report_of(corpus, figures=figures), "figure-settings")
    assert [tuple(cell.text for cell in row) for row in shown.rows] == [
        ("by", "none", "1"),
        ("list.name", "own", "1"),
        ("list.words", "3", "1"),
        ("of", "a, b", "1"),
        ("top", "25", "1"),
    ]


def test_a_setting_that_figures_share_stands_once(corpus: Corpus, tmp_path: Path) -> None:
    figures = tmp_path / "figures"
    for name in ("one", "two", "three", "last"):  # in the order of letters: last, one, three…
        save_bundle(figures, name, parameters={"draws": 99 if name == "last" else 1000})
    save_bundle(figures, "under", parameters={"draws": 99})
    shown = table(report_of(corpus, figures=figures), "figure-settings")
    assert [tuple(cell.text for cell in row) for row in shown.rows] == [
        ("draws", "99", "1, 5"),
        ("draws", "1000", "2–4"),
    ]


# --- Figures and other files


def test_the_reading_order_is_that_of_the_notebooks() -> None:
    named = [
        name
        for path in notebook_files(PROJECT / "notebooks")
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        for name in re.findall(r'"([a-z_]+)"', cell.source)
    ]
    saved = [name for name in dict.fromkeys(named) if name in _READING_ORDER]
    assert saved == list(_READING_ORDER)
    assert {path.stem for path in (PROJECT / "figures").glob("*.svg")} <= set(saved)


def test_figures_stand_in_reading_order_and_unknown_ones_last(
    corpus: Corpus, tmp_path: Path
) -> None:
    figures = tmp_path / "figures"
    for name in ("another", "word_frequency", "corpus_overview"):
        save_bundle(figures, name)
    pictures = section(report_of(corpus, figures=figures), "figures").pictures
    assert [one.name for one in pictures] == ["corpus_overview", "word_frequency", "another"]


def test_only_files_that_are_there_are_linked(corpus: Corpus, tmp_path: Path) -> None:
    figures = tmp_path / "figures"
    save_bundle(figures, "word_frequency")
    (figures / "word_frequency.csv").touch()
    for name in ("report.docx", "notebooks/01_articles.html", "tables/words.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    report = report_of(corpus, figures=figures)
    [picture] = section(report, "figures").pictures
    assert picture.files == ("figures/word_frequency.png", "figures/word_frequency.csv")
    assert [one.path for one in report.companions] == [
        *("report.docx", "notebooks/01_articles.html", "tables/words.csv"),
        "figures/manifest.json",
    ]


def test_a_file_that_is_still_to_come_is_linked(corpus: Corpus, tmp_path: Path) -> None:
    report = report_of(corpus, figures=tmp_path / "figures", to_come=["report.pdf"])
    assert [one.path for one in report.companions] == ["report.pdf"]


def test_each_form_of_a_report_links_to_the_others_and_not_to_itself(
    corpus: Corpus, tmp_path: Path
) -> None:
    forms = ["report.html", "report.docx", "report.pdf"]
    report = report_of(corpus, figures=tmp_path / "figures", to_come=forms)
    page = tmp_path / "report.html"
    write_page(report, page)
    assert re.findall(r'href="(report\.\w+)"', page.read_text("utf-8")) == forms[1:]
    document = docx.Document(str(write_word(report, tmp_path / "report.docx")))
    linked = {one.target_ref for one in document.part.rels.values() if one.is_external}
    assert linked & set(forms) == {"report.html", "report.pdf"}


def test_links_are_told_from_the_folder_that_the_report_lies_in(
    corpus: Corpus, tmp_path: Path
) -> None:
    save_bundle(tmp_path / "run" / "figures", "words")
    report = report_of(corpus, figures=tmp_path / "run" / "figures", home=tmp_path / "sent")
    [picture] = section(report, "figures").pictures
    assert picture.files == ("../run/figures/words.png",)


def test_a_file_on_another_drive_is_linked_by_its_whole_address(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_bundle(tmp_path / "figures", "words")
    monkeypatch.setattr("metoo_research.report.content.told_from", lambda *_: None)
    [picture] = section(report_of(corpus, figures=tmp_path / "figures"), "figures").pictures
    assert picture.files == ((tmp_path / "figures" / "words.png").resolve().as_uri(),)


def test_a_figure_of_other_articles_is_marked(corpus: Corpus, tmp_path: Path) -> None:
    save_bundle(tmp_path / "figures", "old", corpus={"sha256": "0" * 64})
    save_bundle(tmp_path / "figures", "today", corpus={"sha256": corpus.sha256})
    pictures = section(report_of(corpus, figures=tmp_path / "figures"), "figures").pictures
    assert {one.name: bool(one.note) for one in pictures} == {"old": True, "today": False}


def test_no_figures_is_said(report: Report) -> None:
    assert section(report, "figures").paragraphs == ("No figures were saved.",)


def test_a_picture_that_is_missing_is_an_error_that_names_it(
    corpus: Corpus, tmp_path: Path
) -> None:
    save_bundle(tmp_path / "figures", "gone")
    (tmp_path / "figures" / "gone.png").unlink()
    with pytest.raises(ExportError, match=r"gone\.png is not there.*save the figure again"):
        report_of(corpus, figures=tmp_path / "figures")


@pytest.mark.parametrize("entry", [1, {}, {"alt": 1}, {"caption": "C.", "alt": "A."}])
def test_an_entry_without_the_words_of_a_figure_is_an_error_that_names_the_manifest(
    corpus: Corpus, tmp_path: Path, entry: object
) -> None:
    save_bundle(tmp_path, "words")
    edit_manifest(tmp_path, "words", entry)
    with pytest.raises(ExportError, match=r"manifest\.json: not a list of figures"):
        report_of(corpus, figures=tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        *("", "[]", "{}", '{"figures": {}}'),
        '{"schema": "another", "figures": {}}',
        '{"schema": "metoo-research figures 1", "figures": []}',
    ],
)
def test_report_archive_and_check_agree_on_what_is_no_manifest(
    corpus: Corpus, tmp_path: Path, content: str
) -> None:
    figures = tmp_path / "figures"
    save_bundle(figures, "words")
    (figures / "manifest.json").write_text(content, encoding="utf-8")
    assert "manifest.json cannot be read" in check_figures(figures)["detail"][0]
    for make in (
        lambda: report_of(corpus, figures=figures),
        lambda: write_archive(figures, tmp_path / "figures.zip"),
    ):
        with pytest.raises(ExportError, match=r"manifest\.json: not a list of figures"):
            make()
