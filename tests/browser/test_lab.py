"""Each notebook in JupyterLab, in a browser: opened, read, run from the menu, read again."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from find_chromium import opened_chromium
from lab_notebook import (
    Cell,
    Traffic,
    close_notebook,
    open_notebook,
    read_cells,
    run_all_cells,
    text_of,
)
from lab_server import HOST, Lab, running_lab
from playwright.sync_api import Browser, BrowserContext

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


@dataclass(frozen=True)
class Visit:
    """A notebook's cells when it was opened and after a run, and what the page asked for."""

    opened: list[Cell]
    run: list[Cell]
    traffic: Traffic
    project: Path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project: a notebook writes its figures beside the package it imports."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("metoo_research", "notebooks", "seeds"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    return copy


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 1000})
    yield opened
    opened.close()


# After the browser, so that a machine without one starts no server.
@pytest.fixture(scope="module")
def lab(
    context: BrowserContext, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    work = tmp_path_factory.mktemp("lab")
    with running_lab(project, work=work, python_path=project) as running:
        yield running


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def visit(
    request: pytest.FixtureRequest, context: BrowserContext, lab: Lab, project: Path
) -> Visit:
    page, traffic = open_notebook(context, lab, project / "notebooks" / request.param.name)
    opened = read_cells(page)
    run_all_cells(page)
    run = read_cells(page)
    close_notebook(page)
    return Visit(opened, run, traffic, project)


def outputs_of(cells: list[Cell], kind: str) -> list[str]:
    return [
        f"{output.get('ename', '')}: {output.get('evalue', '')}"
        if kind == "error"
        else text_of(output.get("text"))
        for cell in cells
        for output in cell.outputs
        if kind in (output["output_type"], output.get("name"))
    ]


def test_there_are_notebooks_to_open() -> None:
    assert NOTEBOOKS


def test_no_cell_fails(visit: Visit) -> None:
    assert outputs_of(visit.run, "error") == []


def test_every_code_cell_runs_once_in_order(visit: Visit) -> None:
    counts = [cell.count for cell in visit.run if cell.code and cell.source.strip()]
    assert counts == list(range(1, len(counts) + 1))


def test_no_cell_warns(visit: Visit) -> None:
    assert outputs_of(visit.run, "stderr") == []


@pytest.mark.parametrize("state", ["opened", "run"])
def test_every_figure_is_shown_with_alt_text_and_caption(visit: Visit, state: str) -> None:
    """Also before anything is run, when the page does not yet trust the notebook."""
    cells: list[Cell] = getattr(visit, state)
    shown = [cell for cell in cells if cell.figures]
    assert shown
    for cell in shown:
        assert len(cell.pictures) == len(cell.figures), cell.source
    pictures = [picture for cell in cells for picture in cell.pictures]
    assert [picture for picture in pictures if not picture.loaded] == []
    # JupyterLab calls a picture without alt text "Image".
    assert [picture for picture in pictures if picture.alt.strip() in {"", "Image"}] == []
    assert [picture for picture in pictures if not picture.caption.strip()] == []


@pytest.mark.parametrize("state", ["opened", "run"])
def test_no_figure_or_table_is_wider_than_the_notebook(visit: Visit, state: str) -> None:
    cells: list[Cell] = getattr(visit, state)
    pictures = [picture for cell in cells for picture in cell.pictures]
    assert [shown.alt for shown in pictures if shown.width > shown.room + 1] == []
    tables = [table for cell in cells for table in cell.tables]
    assert [shown.texts for shown in tables if shown.width > shown.room + 1] == []


def test_no_text_in_a_table_is_cut(visit: Visit) -> None:
    # pandas shows up to 50 characters, the last three of which are dots.
    texts = [text for cell in visit.run for table in cell.tables for text in table.texts]
    assert [text for text in texts if 47 <= len(text) <= 50 and text.endswith("...")] == []


def test_every_figure_is_saved_beside_the_package_and_named_in_the_first_cell(
    visit: Visit,
) -> None:
    names = [name for cell in visit.run for name in cell.figures]
    saved = {path.stem for path in (visit.project / "figures").glob("*.png")}
    assert [name for name in names if name not in saved] == []
    assert [name for name in names if f"`{name}`" not in visit.run[0].source] == []


def test_the_page_asks_no_other_machine(visit: Visit) -> None:
    assert visit.traffic.requests
    assert visit.traffic.outside(HOST) == []


def test_the_server_refuses_nothing_and_no_script_fails(visit: Visit) -> None:
    assert visit.traffic.refused == []
    assert visit.traffic.script_errors == []


def test_the_start_page_leads_to_every_other_notebook(
    context: BrowserContext, lab: Lab, project: Path
) -> None:
    first, *others = NOTEBOOKS
    page, _ = open_notebook(context, lab, project / "notebooks" / first.name)
    for other in others:
        page.get_by_role("link", name=other.stem, exact=True).last.click()
        page.wait_for_function(
            "path => jupyterapp.shell.currentWidget.context.path === path",
            arg=f"notebooks/{other.name}",
        )
        page.get_by_role("tab", name=first.name).click()
    page.close()
