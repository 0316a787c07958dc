"""Where a notebook reads from and writes to, and the folder of a fresh study."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from metoo_research.errors import CorpusError, ExportError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from metoo_research.corpus import Corpus
    from metoo_research.export import SavedFigure

_PACKAGE = Path(__file__).resolve().parent
# What a fresh study's notebooks are told, seen from their folder.
_OWN_FOLDERS: Final = {"CORPUS": "../articles", "OUT": "../results", "STUDY": "../study.toml"}


class NotEmptyError(ExportError):
    """A folder that is to be filled holds something already, or is a file."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A corpus and the folder for its results: ``figures`` and ``tables`` lie in ``out``."""

    corpus: tuple[Path, ...]
    out: Path

    @property
    def figures(self) -> Path:
        """Folder of the figure bundles."""
        return self.out / "figures"

    @property
    def tables(self) -> Path:
        """Folder of the tables."""
        return self.out / "tables"

    def saver(self, corpus: Corpus) -> Callable[..., SavedFigure]:
        """Make a function that saves charts of a corpus into :attr:`figures`.

        Parameters
        ----------
        corpus
            The articles: they give the source line and the fingerprint in the manifest.

        Returns
        -------
        ``save(chart, name, caption=…, note="", parameters=None, title=None, alt=None)``,
        which writes the bundle with :func:`~metoo_research.export.save_figure` and gives it
        for the notebook to show. The corpus's name and ``note`` are added to the source
        line; ``title`` and ``alt`` take the place of the chart's own.
        """
        from metoo_research.charts import source_line
        from metoo_research.export import save_figure

        def save(
            chart: Axes,
            name: str,
            *,
            caption: str,
            note: str = "",
            parameters: dict[str, Any] | None = None,
            title: str | None = None,
            alt: str | None = None,
        ) -> SavedFigure:
            return save_figure(
                chart,
                name,
                caption=caption,
                source=source_line(
                    corpus.articles,
                    about=corpus.study.main_subject or "",
                    note=f"Corpus: {corpus.name.rstrip('.')}. {note}",
                ),
                out=self.figures,
                parameters=parameters,
                corpus=corpus,
                title=title,
                alt=alt,
            )

        return save


def project_folder() -> Path | None:
    """Give the folder of the project's checkout; None where the package is installed alone."""
    folder = _PACKAGE.parent
    return folder if (folder / "seeds" / "study.toml").is_file() else None


def notebooks_folder() -> Path:
    """Give the folder of the notebooks that a run executes.

    The project's own, else the copies without outputs in the installed package.
    """
    folder = project_folder()
    return folder / "notebooks" if folder else _PACKAGE / "_notebooks"


def workspace(
    corpus: str | Path | Sequence[str | Path] | None = None, out: str | Path | None = None
) -> Workspace:
    """Turn a notebook's parameters into folders.

    Parameters
    ----------
    corpus
        Folder of articles, a file, or several; relative to the folder the notebook runs
        in. None: the articles that come with the project.
    out
        Folder for results. None: the project's folder for its own articles; for others a
        folder beside them, named after them.

    Returns
    -------
    The :class:`Workspace`. Nothing is created yet.

    Raises
    ------
    CorpusError
        If no corpus is named and the project's articles are not here.
    """
    project = project_folder()
    if corpus is None:
        if project is None:
            raise CorpusError("no corpus named; set CORPUS to your folder of articles")
        return Workspace((project / "seeds",), Path(out) if out is not None else project)
    named = [Path(part) for part in ([corpus] if isinstance(corpus, str | Path) else corpus)]
    if not named:
        raise CorpusError("no corpus named; set CORPUS to your folder of articles")
    if out is not None:
        return Workspace(tuple(named), Path(out))
    first = named[0].resolve()
    if project is not None and first == project / "seeds":
        return Workspace(tuple(named), project)
    return Workspace(tuple(named), first.with_name(f"{first.stem}-results"))


def told_from(folder: Path, path: Path) -> str | None:
    """Give the way from a folder to a path, with forward slashes on every system.

    Returns
    -------
    The way; None where there is none, as to another drive on Windows.
    """
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return None


def new_study(folder: str | os.PathLike[str]) -> Path:
    """Make the folder of a fresh study.

    In it: ``notebooks`` (without outputs, set to the study's own folders), ``study.toml``
    (every key explained, none set) and ``articles``, which is empty. Results of the notebooks
    will go to ``results``.

    Parameters
    ----------
    folder
        A folder that is empty, or is not there yet.

    Returns
    -------
    The folder.

    Raises
    ------
    NotEmptyError
        If the folder is not empty.
    ExportError
        If it cannot be written.
    """
    from metoo_research.write import replace_file

    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise NotEmptyError(f"{root} is a file; name a folder that is empty or not there yet")
    if root.is_dir() and any(root.iterdir()):
        raise NotEmptyError(f"{root} is not empty; name a folder that is, or is not there yet")
    files = {
        root / "notebooks" / path.name: _fresh(path.read_text(encoding="utf-8"))
        for path in sorted(notebooks_folder().glob("[0-9]*.ipynb"))
    }
    template = _PACKAGE / "study_template.toml"
    files[root / "study.toml"] = template.read_text(encoding="utf-8")
    try:
        (root / "articles").mkdir(parents=True)
        for path, text in files.items():
            replace_file(path, text.encode("utf-8"))
    except OSError as error:
        raise ExportError(f"{root} cannot be written ({error.strerror or error})") from error
    except ExportError:
        for made in ("articles", "notebooks"):  # it was empty, and is to be so again
            shutil.rmtree(root / made, ignore_errors=True)
        raise
    return root


def _fresh(text: str) -> str:
    """A notebook without outputs, reading and writing in the study's own folders."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        cell |= {"outputs": [], "execution_count": None}
        if "parameters" in cell["metadata"].get("tags", []):
            source = "".join(cell["source"])
            for name, place in _OWN_FOLDERS.items():
                source = re.sub(rf"(?m)^{name} = None$", f'{name} = "{place}"', source)
            cell["source"] = source.splitlines(keepends=True)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
