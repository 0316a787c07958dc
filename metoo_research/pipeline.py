"""The main job: tables, executed notebooks with their figures, and the report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metoo_research.corpus import Corpus, read_corpus
from metoo_research.errors import CorpusError, ExportError
from metoo_research.folders import Workspace, notebooks_folder, project_folder, workspace
from metoo_research.notebook_runner import execute_notebook, notebook_files
from metoo_research.tables import TABLE_NAMES, Options, make_table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run made, and where."""

    out: Path
    articles: int
    problems: pd.DataFrame
    notebooks: tuple[Path, ...]
    figures: tuple[str, ...]
    report: Path

    def summary(self) -> str:
        """Say in a few lines what was made and where it is."""
        return (
            f"{self.articles} articles read, {len(self.problems)} files with problems\n"
            f"figures:   {self.out / 'figures'} ({len(self.figures)} bundles)\n"
            f"notebooks: {self.out / 'notebooks'} ({len(self.notebooks)} executed)\n"
            f"tables:    {self.out / 'tables'}\n"
            f"report:    {self.report}\n"
        )


def run(
    corpus: Path | Sequence[Path],
    *,
    out: Path,
    study: Path | None = None,
    progress: bool = True,
) -> RunResult:
    """Run everything on a corpus and write the results.

    Parameters
    ----------
    corpus
        Folder, file, or several.
    out
        Folder for results; made if it is not there.
    study
        The study file, if it is not the corpus's own.
    progress
        Show a progress bar on standard error.

    Returns
    -------
    What was made. In ``out``: ``tables`` (.csv), ``notebooks`` (executed), ``figures``
    (bundles and their manifest) and ``report.html``.

    Raises
    ------
    CorpusError
        If nothing can be read, or ``out`` lies in the corpus.
    ExportError
        If ``out`` cannot be written.
    NotebookError
        If a cell of a notebook fails.
    """
    from metoo_research.report import write_report

    roots = [corpus] if isinstance(corpus, Path) else list(corpus)
    _check_outside(roots, out)
    articles = read_corpus(roots, study=study, progress=progress)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{out}: cannot be made ({error.strerror or error})") from error
    place = workspace(tuple(roots), out)
    write_tables(articles, place.tables, progress=progress)
    notebooks = _execute_all(place, study, progress=progress)
    report = write_report(articles, figures=place.figures, out=out / "report.html")
    names = tuple(sorted(path.stem for path in place.figures.glob("*.png")))
    return RunResult(out, len(articles), articles.problems, notebooks, names, report)


def write_tables(corpus: Corpus, folder: Path, *, progress: bool = False) -> None:
    """Write every table of a corpus, and its problems, as .csv.

    Raises
    ------
    ExportError
        If the folder cannot be written.
    """
    from metoo_research.export import write_table

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}: cannot be made ({error.strerror or error})") from error
    options = Options(progress=progress)
    for name in TABLE_NAMES:
        write_table(make_table(name, corpus, options), folder / f"{name}.csv")
    write_table(corpus.problems, folder / "problems.csv")


def _check_outside(roots: Sequence[Path], out: Path) -> None:
    """Results inside the corpus would be read as articles the next time."""
    for root in roots:
        if root.is_dir() and out.resolve().is_relative_to(root.resolve()):
            raise CorpusError(
                f"{out} lies in the corpus {root}, and would be read with it next time; "
                "choose a folder outside it"
            )


def _execute_all(place: Workspace, study: Path | None, *, progress: bool) -> tuple[Path, ...]:
    from tqdm.auto import tqdm

    sources = notebook_files(notebooks_folder())
    folder = place.out / "notebooks"
    parameters = _parameters(place, study, folder)
    targets = [folder / source.name for source in sources]
    # Each notebook is a process of its own that the thread only waits for.
    with ThreadPoolExecutor(max_workers=max(1, min(os.cpu_count() or 1, 4))) as pool:
        waiting = [
            pool.submit(execute_notebook, source, target, parameters=parameters)
            for source, target in zip(sources, targets, strict=True)
        ]
        try:
            done = as_completed(waiting)
            for one in tqdm(done, total=len(waiting), desc="Notebooks", disable=not progress):
                one.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return tuple(targets)


def _parameters(place: Workspace, study: Path | None, folder: Path) -> dict[str, Any]:
    """What the notebooks must be told: nothing where their own defaults say the same.

    Paths are told from the notebooks' folder, so that results can be moved together with
    their corpus, and hold no name of a machine or a user.
    """
    project = project_folder()
    defaults = project is not None and (
        [path.resolve() for path in place.corpus] == [project / "seeds"]
        and place.out.resolve() == project
        and study is None
    )
    if defaults:
        return {}
    paths = [_relative(path, folder) for path in place.corpus]
    told: dict[str, Any] = {
        "CORPUS": paths[0] if len(paths) == 1 else paths,
        "OUT": _relative(place.out, folder),
    }
    if study is not None:
        told["STUDY"] = _relative(study, folder)
    return told


def _relative(path: Path, start: Path) -> str:
    try:
        return Path(os.path.relpath(path.resolve(), start.resolve())).as_posix()
    except ValueError:  # another drive on Windows
        return path.resolve().as_posix()
