"""The main job, where a part of it does not work out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from figure_folders import ONE_PIXEL, save_bundle

from metoo_research import pipeline
from metoo_research.cli import main
from metoo_research.corpus import read_corpus

WriteFiles = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two notebooks instead of the project's: the first fails, the second does not."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name, code in (("0_fails", "raise KeyError('rain')"), ("1_works", "6 * 7")):
        cells = [
            nbformat.v4.new_code_cell("CORPUS = OUT = None", metadata={"tags": ["parameters"]})
        ]
        notebook = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(code)])
        notebook.metadata.kernelspec = {
            "name": "python3",
            "display_name": "",
            "language": "python",
        }
        nbformat.write(notebook, folder / f"{name}.ipynb")
    monkeypatch.setattr(pipeline, "notebooks_folder", lambda: folder)
    return folder


def test_figures_of_an_earlier_run_on_other_articles_are_told_not_counted(
    notebooks: Path,
    write_files: WriteFiles,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (notebooks / "0_fails.ipynb").unlink()
    corpus, out = write_files({"a.txt": "Rain\n\nIt rained on Monday.\n"}), tmp_path / "out"
    save_bundle(
        out / "figures", "buses", {"buses.png": ONE_PIXEL}, corpus={"sha256": "ab" * 32}
    )
    own = {"sha256": read_corpus(corpus).sha256}
    save_bundle(out / "figures", "rain", {"rain.png": ONE_PIXEL}, corpus=own)
    assert main(["run", str(corpus), "--out", str(out)]) == 0
    said = capsys.readouterr().err
    assert "(1 bundle)" in said
    assert "figures of other articles are there too: buses; delete their files" in said


def test_a_notebook_that_fails_costs_no_other_result(
    notebooks: Path,
    write_files: WriteFiles,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    corpus, out = write_files({"a.txt": "Rain\n\nIt rained on Monday.\n"}), tmp_path / "out"
    older = out / "notebooks" / "0_fails.ipynb"
    older.parent.mkdir(parents=True)
    older.write_text("of an earlier run", encoding="utf-8")
    assert main(["run", str(corpus), "--out", str(out)]) == 1
    assert "failed:    0_fails.ipynb: KeyError: 'rain'\n" in capsys.readouterr().err
    made = sorted(path.name for path in (out / "notebooks").iterdir())
    assert made == ["1_works.html", "1_works.ipynb"]
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Not finished: 0_fails.ipynb: KeyError:" in page
    assert (out / "report.docx").is_file()
    assert (out / "tables" / "words.csv").is_file()


@pytest.mark.parametrize(("free_gigabytes", "at_once"), [(64, 4), (2.6, 2), (0.1, 1)])
def test_where_memory_is_scarce_fewer_notebooks_run_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
    write_files: WriteFiles,
    free_gigabytes: float,
    at_once: int,
) -> None:
    corpus = read_corpus(write_files({"a.txt": "Rain\n\nIt rained on Monday.\n"}))
    corpus.articles["text"] = "x" * 12_000_000  # takes 1.1 GB for each notebook
    monkeypatch.setattr("os.cpu_count", lambda: 16)
    free = SimpleNamespace(available=int(free_gigabytes * 1e9))
    monkeypatch.setattr("psutil.virtual_memory", lambda: free)
    assert pipeline._at_once(corpus) == at_once
