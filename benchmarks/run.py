"""What the whole run costs, beside what Jupyter itself costs, as a ratio in one run.

Run: ``python benchmarks/run.py [ROUNDS]``

The measure is the time of executing our notebooks with nothing but their imports in them, as
``jupyter execute`` does it: nbclient alone with its defaults, five ordinary kernels that load
what the notebooks use and stop. The run on the seeds (tables, notebooks with their figures,
report in three formats) is to cost no more than twice that; what it does to be quick
(`warm_kernels`, `notebook_runner`) is not done for the measure.

``import metoo_research`` loads nothing by itself: a part is imported when it is first named. So
the notebooks with imports name what they use, and nothing else. What the bare import statements
cost is told too, for whoever wants to know how much of the measure is loading.

All are processes of their own with the same number of notebooks at a time; they take turns, so
that a machine that slows down slows all of them. What counts is the ratio of the medians. Then
each part of the run is timed once, by itself, notebooks in ordinary kernels.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient

from metoo_research import pipeline
from metoo_research.corpus import read_corpus
from metoo_research.notebook_runner import execute_notebook, notebook_files
from metoo_research.tables import TABLE_NAMES, make_table

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
ROUNDS = 5
MOST = 2.0


def only_imports(source: str, *, load: bool) -> str:
    """Keep of a cell its imports: the statements, and if asked what it takes from `mr`."""
    nodes = list(ast.walk(ast.parse(source)))
    statements = [ast.unparse(n) for n in nodes if isinstance(n, (ast.Import, ast.ImportFrom))]
    taken = {
        ast.unparse(node)
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "mr"
    }
    return "\n".join([*statements, *(sorted(taken) if load else [])])


def write_import_notebooks(folder: Path, *, load: bool) -> None:
    """Write our notebooks, with only the imports of their cells."""
    folder.mkdir()
    for path in notebook_files(ROOT / "notebooks"):
        notebook = nbformat.read(path, as_version=4)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for cell in code:
            source = only_imports(cell.source, load=load)
            cell.update(source=source, outputs=[], execution_count=None)
        notebook.cells = [cell for cell in code if cell.source]
        nbformat.write(notebook, folder / path.name)


def execute_plainly(path: Path) -> None:
    """Execute a notebook in place, as ``jupyter execute`` does."""
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, kernel_name="python3", resources=where).execute()
    nbformat.write(notebook, path)


def execute_all(folder: Path) -> None:
    """Execute the notebooks of a folder in place, as many at a time as the run does."""
    with ThreadPoolExecutor(max_workers=max(1, min(os.cpu_count() or 1, 4))) as pool:
        list(pool.map(execute_plainly, notebook_files(folder)))


def seconds(command: list[str]) -> tuple[float, float]:
    """Time one process from its start to its end, and the processors' time of all it starts."""
    began, used = time.perf_counter(), os.times()
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    now = os.times()
    processors = now.children_user + now.children_system
    return (
        time.perf_counter() - began,
        processors - used.children_user - used.children_system,
    )


def parts(out: Path) -> dict[str, float]:
    """Time the parts of a run: reading, each table, the notebooks, the report."""
    times: dict[str, float] = {}

    def timed(name: str, action: Callable[[], object]) -> None:
        began = time.perf_counter()
        action()
        times[name] = time.perf_counter() - began

    timed("read the corpus", lambda: read_corpus(SEEDS, progress=False))
    corpus = read_corpus(SEEDS, progress=False)
    for name in TABLE_NAMES:
        timed(f"table: {name}", lambda name=name: make_table(name, corpus))  # type: ignore[misc]
    timed("write all tables", lambda: pipeline.write_tables(corpus, out / "tables"))
    for path in notebook_files(ROOT / "notebooks"):
        where = {"CORPUS": str(SEEDS), "OUT": str(out)}
        target = out / "notebooks" / path.name
        timed(
            f"notebook alone: {path.stem}",
            lambda path=path, target=target, where=where: execute_notebook(  # type: ignore[misc]
                path, target, parameters=where
            ),
        )
    return times


def main() -> None:
    """Print the times of all three, their ratios with the spread, and the parts of the run."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    times: dict[str, list[tuple[float, float]]] = {"imports": [], "statements": [], "run": []}
    with TemporaryDirectory() as scratch:
        execute = [sys.executable, __file__, "--execute"]
        for name in ("imports", "statements"):
            write_import_notebooks(Path(scratch) / name, load=name == "imports")
        # The language model's score is an extra; it costs what its sentences cost.
        run = [sys.executable, "-m", "metoo_research", "run", str(SEEDS), "--no-model", "--out"]
        for number in range(rounds):
            for name in ("imports", "statements"):
                times[name].append(seconds([*execute, str(Path(scratch) / name)]))
            times["run"].append(seconds([*run, str(Path(scratch) / f"{number}")]))
            told = (f"{name} {taken[-1][0]:.2f} s" for name, taken in times.items())
            print(f"round {number + 1}: {', '.join(told)}", flush=True)
        of_parts = parts(Path(scratch) / "parts")
    for at, what in enumerate(("time", "processors' time (other programs disturb it less)")):
        for name, wanted in (("imports", f", wanted: at most {MOST:g}"), ("statements", "")):
            ratios = sorted(
                whole[at] / alone[at]
                for alone, whole in zip(times[name], times["run"], strict=True)
            )
            ratio = median(one[at] for one in times["run"]) / median(
                one[at] for one in times[name]
            )
            spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f} by round"
            print(f"run / {name}: {ratio:.2f} ({spread}{wanted}) {what}")
    for name, value in of_parts.items():
        print(f"{name:40} {value:6.2f} s")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--execute"]:
        execute_all(Path(sys.argv[2]))
    else:
        main()
