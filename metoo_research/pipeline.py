"""The main job: tables, executed notebooks with their figures, and the report."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from metoo_research._files import existing_roots
from metoo_research._wording import plural
from metoo_research.errors import CorpusError
from metoo_research.folders import (
    Workspace,
    notebooks_folder,
    project_folder,
    told_from,
    workspace,
)
from metoo_research.notebook_html import write_notebook_html
from metoo_research.notebook_runner import (
    NotebookError,
    execute_notebook,
    notebook_files,
)
from metoo_research.progress import tracked
from metoo_research.warm_kernels import WarmKernels, warm_kernels
from metoo_research.write import make_folder, output_path, remove_file

if TYPE_CHECKING:
    import pandas as pd

    from metoo_research.corpus import Corpus
    from metoo_research.tables import TableName


_MOST_AT_ONCE: Final = 4
# What an executed notebook takes: 1.0 GB with 3,000 articles of 12 million characters.
_BYTES_OF_A_NOTEBOOK: Final = 200_000_000
_BYTES_OF_A_CHARACTER: Final = 75


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run made, and where.

    ``documents`` are the report in its other forms and the zipped figures; ``failed`` are the
    errors of notebooks that did not run to their end; ``told`` says in a line each what else
    could not be made, and why.
    """

    out: Path
    articles: int
    problems: pd.DataFrame
    notebooks: tuple[Path, ...]
    figures: tuple[str, ...]
    report: Path
    documents: tuple[Path, ...] = ()
    failed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    def summary(self) -> str:
        """Say in a few lines what was made and where it is."""
        documents = ", ".join(path.name for path in self.documents)
        lines = [
            f"{plural(self.articles, 'article')} read, {plural(len(self.problems), 'problem')}",
            f"figures:   {self.out / 'figures'} ({plural(len(self.figures), 'bundle')})",
            f"notebooks: {self.out / 'notebooks'} ({len(self.notebooks):,} executed)",
            f"tables:    {self.out / 'tables'}",
            f"report:    {self.report}",
            f"beside it: {documents}",
            *(f"failed:    {error}" for error in self.failed),
            *self.told,
        ]
        return "".join(f"{line}\n" for line in lines)


def run(
    corpus: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    out: str | os.PathLike[str],
    study: str | os.PathLike[str] | None = None,
    model: bool | None = None,
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
    model
        Whether the sentiment table gets ``model_score`` (30 sentences a second); ``None``:
        where the extra "model" is installed.
    progress
        Show a progress bar on standard error.

    Returns
    -------
    What was made; a notebook of which a cell fails is missing in it, and its error is in
    ``failed``. In ``out``: ``tables`` (.csv), ``notebooks`` (executed, and as pages),
    ``figures`` (bundles and their manifest), ``figures.zip``, ``report.html``,
    ``report.docx`` and, where a Chromium, Chrome or Edge is on the machine, ``report.pdf``.

    Raises
    ------
    CorpusError
        If nothing can be read, or ``out`` lies in the corpus.
    ExportError
        If ``out`` cannot be written.
    NotebookError
        If there are no notebooks to execute.
    """
    named = [corpus] if isinstance(corpus, str | os.PathLike) else corpus
    roots, out = existing_roots(list(named)), output_path(out)
    study = None if study is None else Path(study)
    check_outside(roots, out)
    with warm_kernels() as kernels:  # first of all: they load their libraries beside ours
        edited = _edited(out / "figures")
        articles, place, notebooks, failed, tables = _execute(
            roots, out, study, kernels, model, progress
        )
    documents, told = _write_reports(articles, place, tables, notebooks, failed)
    figures, older = _figures_of(articles, place.figures)
    told += (*older, *_replaced_words(edited, place.figures))
    told += () if model is False else _model_hint()
    return RunResult(
        out,
        len(articles),
        articles.problems,
        notebooks,
        figures,
        out / "report.html",
        documents,
        failed,
        told,
    )


def _figures_of(corpus: Corpus, folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the bundles drawn from these articles, and say which others the folder holds."""
    from metoo_research.export.record import drawn_from, manifest_records

    own: list[str] = []
    others: list[str] = []
    for name, record in sorted((manifest_records(folder) or {}).items()):
        (own if drawn_from(record) == corpus.sha256 else others).append(name)
    if not others:
        return tuple(own), ()
    said = f"figures of other articles are there too: {', '.join(others)}; delete their files"
    return tuple(own), (f"{said}, or choose another folder, and run again",)


def _edited(figures: Path) -> dict[str, dict[str, Any]]:
    """Give the records with words of a person's: put in already, or in the record alone."""
    from metoo_research.export.record import manifest_records, records

    saved = manifest_records(figures) or {}
    return {
        name: one
        for name, one in records(figures).items()
        if one.get("edited") or _words_of(saved.get(name, one)) != _words_of(one)
    }


def _words_of(record: object) -> list[object]:
    words = record if isinstance(record, dict) else {}
    return [words.get(key) for key in ("caption", "alt")]


def _replaced_words(edited: Mapping[str, Mapping[str, Any]], figures: Path) -> tuple[str, ...]:
    """Say which figures had words of a person's, that this run has replaced."""
    from metoo_research.export.record import records

    now = records(figures) if edited else {}
    names = [
        name
        for name, then in edited.items()
        if name in now and _words_of(then) != _words_of(now[name])
    ]
    if not names:
        return ()
    return (f"edited words replaced by the run's own: {', '.join(names)}",)


def _model_hint() -> tuple[str, ...]:
    from metoo_research.sentiment import model_hint

    hint = model_hint()
    return (hint,) if hint else ()


def _execute(
    roots: Sequence[Path],
    out: Path,
    study: Path | None,
    kernels: WarmKernels | None,
    model: bool | None,
    progress: bool,
) -> tuple[Corpus, Workspace, tuple[Path, ...], tuple[str, ...], dict[TableName, pd.DataFrame]]:
    """Read the corpus, execute the notebooks and write the tables.

    Of the notebooks, give those that ran to their end, and the errors of the others.
    """
    from metoo_research.corpus import read_corpus

    articles = read_corpus(roots, study=study, progress=progress)
    make_folder(out)
    place = workspace(tuple(roots), out)
    with _executing(place, study, kernels, at_once=_at_once(articles)) as notebooks:
        # While kernels work in processes of their own, this one makes the tables.
        tables = write_tables(articles, place.tables, model=model, progress=progress)
        waiting = tracked(
            as_completed(notebooks.values()),
            what="Notebooks",
            unit="notebook",
            total=len(notebooks),
            shown=progress,
        )
        for _ in waiting:
            pass
    failed = {path: error for path, one in notebooks.items() if (error := _error_of(one))}
    for path in failed:  # an older one would pass for this run's
        remove_file(path)
        remove_file(path.with_suffix(".html"))
    executed = tuple(path for path in notebooks if path not in failed)
    return articles, place, executed, tuple(map(str, failed.values())), tables


def _error_of(notebook: Future[None]) -> NotebookError | None:
    """Wait for a notebook; give the error if a cell of it failed."""
    try:
        notebook.result()
    except NotebookError as error:
        return error
    return None


def write_tables(
    corpus: Corpus,
    folder: str | os.PathLike[str],
    *,
    model: bool | None = None,
    progress: bool = False,
) -> dict[TableName, pd.DataFrame]:
    """Write every table of a corpus, its problems and what its lists name, as .csv.

    The last is ``listed.csv``. Where no list names anything, one of an earlier run is removed:
    it would pass for this one's.

    Parameters
    ----------
    corpus
        The articles.
    folder
        The folder to write to; made if it is not there. Files of these names are replaced.
    model
        Whether the sentiment table gets ``model_score`` (30 sentences a second); ``None``:
        where the extra "model" is installed.
    progress
        Show a progress bar on standard error.

    Returns
    -------
    The tables by their names, without problems and lists.

    Raises
    ------
    ExportError
        If the folder cannot be written, or an old ``listed.csv`` cannot be removed.
    """
    from metoo_research.export import write_table
    from metoo_research.tables import Options, make_tables

    folder = output_path(folder)
    make_folder(folder)
    tables = make_tables(corpus, options=Options(model=model, progress=progress))
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv")
    write_table(corpus.problems, folder / "problems.csv")
    listed = folder / "listed.csv"
    if len(corpus.listed):
        write_table(corpus.listed, listed)
    else:
        remove_file(listed)
    return tables


def _write_reports(
    corpus: Corpus,
    place: Workspace,
    tables: Mapping[TableName, pd.DataFrame],
    notebooks: Sequence[Path],
    failed: Sequence[str],
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the report and the pages of the notebooks; give files and what to tell."""
    from metoo_research.report import write_forms

    pages = {path: path.with_suffix(".html") for path in notebooks}

    def write_pages() -> None:
        for notebook, its_page in pages.items():
            write_notebook_html(notebook, its_page)

    return write_forms(
        corpus,
        place.out,
        figures=place.figures,
        to_come=[_path_from(place.out, path) for path in pages.values()],
        tables={str(name): table for name, table in tables.items()},
        failed=failed,
        meanwhile=write_pages,
    )


def renew_reports(corpus: Corpus, out: str | os.PathLike[str]) -> tuple[str, ...]:
    """Write the reports and ``figures.zip`` of a run anew, with its figures as they are now.

    Without a browser to print it anew, an older ``report.pdf`` stays as it is.

    Parameters
    ----------
    corpus
        The articles that the run was on.
    out
        The folder of the run.

    Returns
    -------
    A line each for what could not be made.

    Raises
    ------
    ExportError
        If a file cannot be written, or the manifest names a figure that is not there.
    """
    from metoo_research.report import write_forms

    place = Workspace((), output_path(out))
    files, told = write_forms(corpus, place.out, figures=place.figures, keep_pdf=True)
    older = told and place.out / "report.pdf" in files
    return (*told, "report.pdf is the older one") if older else told


def check_outside(roots: Sequence[Path], out: Path) -> None:
    """Refuse results inside the corpus: they would be read as articles the next time.

    Raises
    ------
    CorpusError
        If ``out`` lies in a folder of the corpus.
    """
    for root in roots:
        if root.is_dir() and out.resolve().is_relative_to(root.resolve()):
            raise CorpusError(
                f"{out} lies in the corpus {root}, and would be read with it next time; "
                "choose a folder outside it"
            )


@contextmanager
def _executing(
    place: Workspace, study: Path | None, kernels: WarmKernels | None, *, at_once: int
) -> Iterator[dict[Path, Future[None]]]:
    """Execute the notebooks in the background: each one's file, and when it will be done."""
    sources = notebook_files(notebooks_folder())
    folder = place.out / "notebooks"
    parameters = _parameters(place, study, folder)

    def execute(source: Path, target: Path) -> None:
        execute_notebook(source, target, parameters=parameters, kernels=kernels)

    # Each notebook is a process of its own that the thread only waits for.
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        try:
            # The longest first, or at the end one would run alone.
            started = {
                source: pool.submit(execute, source, folder / source.name)
                for source in sorted(sources, key=_length, reverse=True)
            }
            yield {folder / source.name: started[source] for source in sources}
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            if kernels is not None:
                kernels.close()  # or the pool would wait for notebooks that nobody needs
            raise


def _at_once(corpus: Corpus) -> int:
    """How many notebooks to execute at a time: one a processor, if the memory is enough."""
    from psutil import virtual_memory

    characters = int(corpus.articles["text"].str.len().sum())
    each = _BYTES_OF_A_NOTEBOOK + _BYTES_OF_A_CHARACTER * characters
    fitting = virtual_memory().available // each
    return int(max(1, min(os.cpu_count() or 1, _MOST_AT_ONCE, fitting)))


def _length(path: Path) -> int:
    return path.stat().st_size


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
    paths = [_path_from(folder, path) for path in place.corpus]
    told: dict[str, Any] = {
        "CORPUS": paths[0] if len(paths) == 1 else paths,
        "OUT": _path_from(folder, place.out),
    }
    if study is not None:
        told["STUDY"] = _path_from(folder, study)
    return told


def _path_from(folder: Path, path: Path) -> str:
    return told_from(folder, path) or path.resolve().as_posix()
