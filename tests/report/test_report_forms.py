"""Which files `write_report` makes, and what it refuses."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest
from figure_folders import ONE_PIXEL, save_bundle

from metoo_research.corpus import Corpus, read_corpus
from metoo_research.errors import ExportError, TableError
from metoo_research.report import find_chromium, is_report, write_report
from metoo_research.report.pdf import CHROMIUM
from metoo_research.tables import make_table

ROOT = Path(__file__).parents[2]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("The bus came late. Nobody knew why.\n", "utf-8")
    return read_corpus(articles, progress=False)


def test_the_ending_says_in_which_form(corpus: Corpus, tmp_path: Path) -> None:
    page = write_report(corpus, figures=tmp_path / "none", out=tmp_path / "r.html")
    assert is_report(page)
    word = write_report(corpus, figures=tmp_path / "none", out=tmp_path / "r.docx")
    assert "word/document.xml" in zipfile.ZipFile(word).namelist()


@pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")
def test_a_pdf_is_made_by_a_browser(corpus: Corpus, tmp_path: Path) -> None:
    out = write_report(corpus, figures=tmp_path / "none", out=tmp_path / "r.pdf")
    assert out.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.glob("*.*")] == ["r.pdf"]


def test_without_a_browser_a_pdf_is_an_error_with_the_way_out(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CHROMIUM, "/no/such/browser")
    with pytest.raises(ExportError, match="names /no/such/browser, which is not there"):
        write_report(corpus, figures=tmp_path / "none", out=tmp_path / "r.pdf")


def test_a_folder_gets_all_forms(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CHROMIUM, "/no/such/browser")
    save_bundle(tmp_path / "run" / "figures", "words", {"words.png": ONE_PIXEL})
    out = write_report(corpus, figures=tmp_path / "run", out=tmp_path / "run")
    assert out == tmp_path / "run" / "report.html"
    made = sorted(path.name for path in out.parent.iterdir())
    assert made == ["figures", "figures.zip", "report.docx", "report.html"]


@pytest.mark.parametrize("name", ["report.txt", "report.odt"])
def test_another_ending_is_refused(corpus: Corpus, tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"written as \.html, \.docx, \.pdf"):
        write_report(corpus, figures=tmp_path / "none", out=tmp_path / name)
    assert not (tmp_path / name).exists()


def test_tables_of_another_corpus_or_kind_are_refused(corpus: Corpus, tmp_path: Path) -> None:
    def report(**tables: pd.DataFrame) -> None:
        write_report(corpus, figures=tmp_path / "x", out=tmp_path / "r.html", tables=tables)

    with pytest.raises(TableError, match="metrics has no column 'article_id'"):
        report(metrics=pd.DataFrame())
    passages = make_table("passages", corpus)
    with pytest.raises(TableError, match="passages has a row of 'b', which is no article"):
        report(passages=passages.assign(article_id="b"))


@pytest.mark.parametrize(
    ("figures", "out", "said"),
    [
        ("", "report.html", "the folder of figures is empty"),
        ("article.txt", "report.html", "is a file; name the folder of the figures"),
        ("figures", "", "the path to write to is empty"),
    ],
)
def test_paths_that_can_mean_nothing_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: str, out: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text("The bus came late. Nobody knew why.", "utf-8")
    corpus = read_corpus(tmp_path, progress=False)
    with pytest.raises(ExportError, match=said):
        write_report(corpus, figures=figures, out=out)


def test_the_folder_of_a_run_stands_for_its_figures(tmp_path: Path) -> None:
    out = write_report(read_corpus(ROOT / "seeds"), figures=ROOT, out=tmp_path / "report.html")
    assert "<figure" in out.read_text("utf-8")
