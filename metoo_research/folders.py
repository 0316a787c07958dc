"""Where a notebook reads from and writes to, whatever folder it was started in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metoo_research.errors import CorpusError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from metoo_research.corpus import Corpus
    from metoo_research.export import SavedFigure

_PACKAGE = Path(__file__).resolve().parent


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
        ``save(chart, name, caption=…, note="", parameters=None)``, which writes the bundle
        with :func:`~metoo_research.export.save_figure` and gives it for the notebook to
        show; ``note`` is added to the source line.
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
        ) -> SavedFigure:
            return save_figure(
                chart,
                name,
                caption=caption,
                source=source_line(
                    corpus.articles, about=corpus.study.main_subject or "", note=note
                ),
                out=self.figures,
                parameters=parameters,
                corpus=corpus,
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
