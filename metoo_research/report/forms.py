"""The report in all its forms, in one folder: page, Word document, PDF and zipped figures."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from metoo_research.errors import ExportError
from metoo_research.export import MANIFEST
from metoo_research.export.record import figures_folder
from metoo_research.report.archive import write_archive
from metoo_research.report.content import report_of
from metoo_research.report.html import is_report, write_page
from metoo_research.report.pdf import find_chromium, write_pdf
from metoo_research.report.word import write_word
from metoo_research.write import output_path, remove_file

if TYPE_CHECKING:
    import pandas as pd

    from metoo_research.corpus import Corpus

_ENDINGS: Final = (".html", ".docx", ".pdf")


def write_report(
    corpus: Corpus,
    *,
    figures: str | os.PathLike[str],
    out: str | os.PathLike[str],
    to_come: Collection[str] = (),
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> Path:
    """Write the report of a run: in one form, or in all of them.

    Parameters
    ----------
    corpus
        The articles the run was on.
    figures
        Folder of the run's figure bundles, with their ``manifest.json``, or the folder of the
        run; it may be absent.
    out
        The file to write, in the form that its ending tells: ``.html``, one page that needs
        no other file and no network; ``.docx``, for Word; ``.pdf``, the page as a browser of
        this machine prints it. Or a folder, for ``report.html``, ``report.docx``,
        ``figures.zip`` and, where there is such a browser, ``report.pdf``.
    to_come
        Files beside the report that it links to although they are not there yet, such as
        ``report.pdf``. Other files are linked if they exist.
    tables
        The tables ``passages``, ``tokens`` and ``metrics`` of this corpus, so far as they are
        made already.

    Returns
    -------
    The file that was written; of a folder, its ``report.html``.

    Raises
    ------
    ExportError
        If ``out`` has another ending or cannot be written, the manifest names a figure that
        is not there, ``figures`` is a file or empty, or a PDF is asked for where no browser
        is.
    TableError
        If a table lacks a column or has rows of another corpus.
    """
    out, bundles = output_path(out), figures_folder(figures, filled=False)
    if out.is_dir() or not out.suffix:
        write_forms(corpus, out, figures=bundles, to_come=to_come, tables=tables)
        return out / "report.html"
    if out.suffix.lower() not in _ENDINGS:
        raise ExportError(
            f"{out}: a report is written as {', '.join(_ENDINGS)}, or all of them to a folder"
        )
    report = report_of(corpus, figures=bundles, home=out.parent, to_come=to_come, tables=tables)
    if out.suffix.lower() == ".html":
        write_page(report, out)
    elif out.suffix.lower() == ".docx":
        write_word(report, out)
    else:
        told: list[str] = []
        beside = out.with_name("report.html")
        page = beside if is_report(beside) else None
        if write_pdf(page, out, figures=bundles, report=report, tell=told.append) is None:
            raise ExportError(f"{out}: {told[0]}")
    return out


def write_forms(
    corpus: Corpus,
    folder: Path,
    *,
    figures: Path,
    to_come: Collection[str] = (),
    tables: Mapping[str, pd.DataFrame] | None = None,
    failed: Sequence[str] = (),
    keep_pdf: bool = False,
    meanwhile: Callable[[], object] = lambda: None,
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the report in all its forms.

    A ``report.pdf`` that is there is removed first: it would pass for this report's. With
    `keep_pdf` it stays where no browser is there to print another.

    Parameters
    ----------
    corpus, figures, to_come, tables
        As for `write_report`.
    folder
        Where the files go.
    failed
        The errors of notebooks that did not run to their end.
    keep_pdf
        See above.
    meanwhile
        Is called while the browser prints, which is a process of its own.

    Returns
    -------
    The files beside the page, and a line each for what could not be made.

    Raises
    ------
    ExportError
        If a file cannot be written, or the manifest names a figure that is not there.
    """
    page, document, printed, archive = (
        folder / name for name in ("report.html", "report.docx", "report.pdf", "figures.zip")
    )
    has_figures = (figures / MANIFEST).is_file()
    prints = find_chromium() is not None
    linked = {page.name, document.name, *to_come}
    linked |= {archive.name} if has_figures else set()
    linked |= {printed.name} if prints else set()
    if prints or not keep_pdf:
        remove_file(printed)
    report = report_of(
        corpus, figures=figures, home=folder, to_come=linked, tables=tables, failed=failed
    )
    write_page(report, page)
    told: list[str] = []
    with ThreadPoolExecutor(max_workers=1) as pool:
        printing = pool.submit(
            write_pdf, page, printed, figures=figures, report=report, tell=told.append
        )
        write_word(report, document)
        if has_figures:
            write_archive(figures, archive)
        meanwhile()
        printing.result()
    files = (document, printed, archive)
    return tuple(path for path in files if path.is_file()), tuple(told)
