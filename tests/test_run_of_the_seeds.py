"""The main job on the five articles makes what is committed under notebooks/ and figures/."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from metoo_research.folders import workspace
from metoo_research.notebook_runner import execute_notebook, notebook_files
from metoo_research.pipeline import RunResult, run

ROOT = Path(__file__).parents[1]
NOTEBOOKS = [path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
FIGURES = sorted(path.stem for path in (ROOT / "figures").glob("*.png"))


@pytest.fixture(scope="session")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    # A name that is hard on shells and code pages.
    out = tmp_path_factory.mktemp("run") / "Ergebnisse für Zoë"
    return run([ROOT / "seeds"], out=out, progress=False)


def outputs(path: Path) -> dict[str, list[Any]]:
    """Texts and tables that each cell shows, by the cell's id; pictures left out."""
    notebook = nbformat.read(path, as_version=4)
    return {
        cell.id: [_without_picture(output) for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.id != "injected-parameters"
    }


def _without_picture(output: Any) -> Any:
    plain = json.loads(json.dumps(output))
    plain.pop("execution_count", None)  # one higher behind an injected cell
    html = plain.get("data", {}).get("text/html")
    if html is not None:
        plain["data"]["text/html"] = re.sub(
            r"data:image/png;base64,[^\"]+", "PICTURE", "".join(html)
        )
    return plain


def test_there_are_five_notebooks_and_at_least_eight_figures() -> None:
    assert len(NOTEBOOKS) >= 5
    assert len(FIGURES) >= 8


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_running_a_notebook_again_gives_the_committed_text_and_tables(
    result: RunResult, name: str
) -> None:
    committed = outputs(ROOT / "notebooks" / name)
    assert any(committed.values())
    assert outputs(result.out / "notebooks" / name) == committed


@pytest.mark.parametrize("name", FIGURES)
def test_running_again_draws_the_committed_tables_with_the_same_words(
    result: RunResult, name: str
) -> None:
    again, committed = result.out / "figures", ROOT / "figures"
    assert (again / f"{name}.csv").read_bytes() == (committed / f"{name}.csv").read_bytes()
    words = ("title", "caption", "alt", "source", "corpus", "parameters", "width_mm")
    made, kept = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for folder in (again, committed)
    )
    assert [made[key] for key in words] == [kept[key] for key in words]


def test_the_run_tells_what_it_made(result: RunResult) -> None:
    assert result.articles == 5
    assert len(result.problems) == 0
    assert result.figures == tuple(FIGURES)
    said = result.summary()
    assert said.startswith("5 articles read, 0 problems\n")
    assert f"({len(FIGURES)} bundles)\n" in said
    assert "(5 executed)\n" in said


@pytest.mark.parametrize("name", ["articles", "words", "sentiment", "metrics"])
def test_tables_are_beside_the_figures(result: RunResult, name: str) -> None:
    assert len(pd.read_csv(result.out / "tables" / f"{name}.csv")) >= 5


def test_notebooks_hold_no_path_of_this_machine(result: RunResult) -> None:
    for name in NOTEBOOKS:
        written = (result.out / "notebooks" / name).read_text(encoding="utf-8")
        assert str(Path.home()) not in written
        assert str(result.out.parent) not in written


def test_the_injected_parameters_lead_from_the_notebook_to_the_corpus(
    result: RunResult,
) -> None:
    notebook = nbformat.read(result.out / "notebooks" / NOTEBOOKS[0], as_version=4)
    told = next(cell.source for cell in notebook.cells if cell.id == "injected-parameters")
    path = re.search(r"CORPUS = (.+)", told)
    assert path is not None
    assert (result.out / "notebooks" / ast.literal_eval(path[1])).resolve() == ROOT / "seeds"


def test_papermill_runs_a_notebook_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papermill = pytest.importorskip("papermill", reason="papermill is not installed")
    monkeypatch.chdir(tmp_path)
    with pytest.MonkeyPatch.context() as quiet:
        quiet.setenv("PYTHONWARNINGS", "ignore")  # papermill's own, in the kernel
        papermill.execute_notebook(
            ROOT / "notebooks" / "00_start_here.ipynb",
            tmp_path / "done.ipynb",
            parameters={"OUT": str(tmp_path / "results")},
            progress_bar=False,
            kernel_name="python3",
        )
    assert (tmp_path / "results" / "figures" / "corpus_overview.png").is_file()
    committed = outputs(ROOT / "notebooks" / "00_start_here.ipynb")
    done = nbformat.read(tmp_path / "done.ipynb", as_version=4)
    shown = [
        [_without_picture(output) for output in cell.outputs]
        for cell in done.cells
        if cell.cell_type == "code" and "injected-parameters" not in cell.metadata.tags
    ]
    assert shown == list(committed.values())


def test_a_notebook_that_fails_is_named_and_leaves_the_old_one_whole(tmp_path: Path) -> None:
    from metoo_research.notebook_runner import NotebookError

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    source, target = tmp_path / "1_broken.ipynb", tmp_path / "out" / "1_broken.ipynb"
    nbformat.write(notebook, source)
    target.parent.mkdir()
    target.write_text("as it was", encoding="utf-8")
    with pytest.raises(NotebookError, match=r"1_broken\.ipynb: ZeroDivisionError"):
        execute_notebook(source, target)
    assert target.read_text(encoding="utf-8") == "as it was"
    assert [path.name for path in target.parent.iterdir()] == ["1_broken.ipynb"]


def test_executed_notebooks_keep_nothing_of_the_machine() -> None:
    for path in notebook_files(ROOT / "notebooks"):
        notebook = nbformat.read(path, as_version=4)
        assert notebook.metadata.language_info == {"name": "python"}
        assert notebook.metadata.kernelspec.name == "python3"


def test_results_of_other_articles_go_beside_them_not_into_the_project(tmp_path: Path) -> None:
    place = workspace(tmp_path / "articles")
    assert place.out == tmp_path / "articles-results"


def test_results_of_the_seeds_go_into_the_project() -> None:
    assert workspace().out == ROOT
    assert workspace(ROOT / "seeds").out == ROOT
