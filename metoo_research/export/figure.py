"""Drawing a chart into the files of its bundle."""

from __future__ import annotations

import base64
import html
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from metoo_research._wording import plural
from metoo_research.errors import ExportError
from metoo_research.export.record import (
    check_name,
    corpus_facts,
    package_versions,
    write_bundle,
)
from metoo_research.export.words import Words, one_line, with_words
from metoo_research.write import to_csv

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from PIL.Image import Image

PRINT_DPI: Final = 300
SCREEN_DPI: Final = 130


@dataclass(frozen=True)
class SavedFigure:
    """A saved bundle; in a notebook it shows as the figure with alt text and caption.

    Attributes
    ----------
    name, title, caption, alt, source
        What it is called and what is said of it, each on one line; ``title`` may be empty.
    rows
        Of the table that is drawn.
    folder
        Where its files are.
    picture
        A small PNG of it, for the notebook.
    """

    name: str
    title: str
    caption: str
    alt: str
    source: str
    rows: int
    folder: Path = field(repr=False)
    picture: bytes = field(repr=False)

    def __repr__(self) -> str:
        return f"<Figure {self.name!r}: PNG, SVG, PDF, CSV ({plural(self.rows, 'row')})>"

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.picture).decode("ascii")
        source = f"<br><small>{html.escape(self.source)}</small>" if self.source else ""
        return (
            '<figure style="margin: 0">'
            f'<img alt="{html.escape(self.alt)}" src="data:image/png;base64,{picture}" '
            'style="max-width: 100%; height: auto; background: white">'
            f"<figcaption>{html.escape(self.caption)}{source}</figcaption>"
            "</figure>"
        )


def save_figure(
    chart: Axes | Figure,
    name: str,
    *,
    caption: str,
    source: str,
    out: str | os.PathLike[str],
    data: pd.DataFrame | None = None,
    alt: str | None = None,
    title: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    corpus: object | None = None,
) -> SavedFigure:
    """Save a chart as a bundle of files, and give it for a notebook to show.

    The title and the source line become part of the picture. Saving under the same name
    replaces the bundle, an edited alt text or caption too; if anything fails, the old bundle
    stays whole. Several processes may save into one folder at a time.

    Parameters
    ----------
    chart
        What a function of `metoo_research.charts` returned, or any Axes or Figure.
    name
        Name of the files: small letters a to z, digits, and single ``_`` or ``-`` between.
    caption
        What the figure shows, for the text beside it.
    source
        Which articles, from when, how many (see `charts.source_line`).
    out
        Folder; made if it is not there.
    data
        The table that is drawn, row for row. Charts of this package know theirs.
    alt
        The picture in words, for those who do not see it. Charts of this package know theirs.
    title
        In place of the chart's own.
    parameters
        The settings that the figure depends on; anything that JSON can hold.
    corpus
        An object with ``name`` and ``sha256`` whose length is the number of articles, or a
        mapping.

    Returns
    -------
    The bundle.

    Raises
    ------
    ExportError
        If the name is not allowed, a text or the data is missing, parameters cannot be
        written as JSON, or the folder cannot be written.
    """
    from metoo_research import charts
    from metoo_research.charts.layout import chart_in

    check_name(name)
    figure, drawn_in = chart_in(chart)
    if drawn_in is not None:
        data = charts.drawn(drawn_in) if data is None else data
        alt = charts.alt_text(drawn_in) if alt is None else alt
    if data is None:
        raise ExportError(f"{name}: give data=, the table that is drawn")
    shown = charts.title_of(drawn_in) if title is None and drawn_in is not None else title
    words = Words(one_line(shown), one_line(caption), one_line(alt), one_line(source))
    for key in ("caption", "alt", "source"):
        if not getattr(words, key):
            raise ExportError(f"{name}: give {key}=; a figure is not saved without it")

    if title is not None:
        charts.set_title(figure, title)
    charts.set_source(figure, source)
    with _style(name):
        picture = _pixels(figure)
        drawings = {".png": _png(picture), ".svg": _svg(figure), ".pdf": _pdf(figure)}
    files = {
        f"{name}{ending}": with_words(drawing, ending, name, words)
        for ending, drawing in drawings.items()
    }
    table = io.StringIO()
    to_csv(data, table, formulas="neutralised")
    files[f"{name}.csv"] = table.getvalue().encode("utf-8", errors="backslashreplace")
    width, height = (round(float(side) * 25.4, 2) for side in figure.get_size_inches())
    record = {
        "name": name,
        **words.as_dict(),
        "width_mm": width,
        "height_mm": height,
        "rows": len(data),
        "columns": [str(column) for column in data.columns],
        "corpus": corpus_facts(corpus),
        "parameters": dict(parameters or {}),
        "versions": package_versions(),
    }
    write_bundle(Path(out), record, files)
    return saved_figure(record, Path(out), picture)


def saved_figure(record: Mapping[str, Any], folder: Path, picture: Image) -> SavedFigure:
    """Give a bundle as its record tells it, with its picture made small for a notebook."""
    said = {key: record[key] for key in ("name", "title", "caption", "alt", "source", "rows")}
    return SavedFigure(**said, folder=folder, picture=_for_screen(picture))


@contextmanager
def _style(name: str) -> Iterator[None]:
    from matplotlib import style

    from metoo_research.charts import STYLE

    # The name salts the ids inside the SVG, so that several can stand in one page.
    with style.context(["default", {**STYLE, "svg.hashsalt": name}]):
        yield


def _pixels(figure: Figure) -> Image:
    """Draw the figure in pixels, on opaque white."""
    from PIL.Image import frombuffer

    size = figure.get_size_inches().copy()
    buffer = io.BytesIO()
    # Matplotlib cuts a broken pixel off; this rounds, to the pixel nearest the width asked for.
    width, height = (round(float(side) * PRINT_DPI) for side in size)
    try:
        figure.set_size_inches(width / PRINT_DPI + 1e-7, height / PRINT_DPI + 1e-7)
        figure.savefig(buffer, format="rgba", dpi=PRINT_DPI)
    finally:
        figure.set_size_inches(*size)
    return frombuffer("RGBA", (width, height), buffer.getvalue()).convert("RGB")


def _png(picture: Image) -> bytes:
    buffer = io.BytesIO()
    # Level 3 packs drawings as small as 6, Matplotlib's, in two thirds of the time.
    picture.save(buffer, format="PNG", dpi=(PRINT_DPI, PRINT_DPI), compress_level=3)
    return buffer.getvalue()


def _svg(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _pdf(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    metadata = {"Creator": None, "Producer": None, "CreationDate": None}
    with _fonts_without_layout():
        figure.savefig(buffer, format="pdf", metadata=metadata)
    return buffer.getvalue()


@contextmanager
def _fonts_without_layout() -> Iterator[None]:
    """Embed fonts without their tables for typesetting, which take half of a PDF's time.

    In a PDF every glyph has its place already, so nobody reads them. Where another version of
    the library keeps its list elsewhere, the fonts are embedded with all tables.
    """
    from fontTools.subset import Options

    kept = getattr(Options, "_drop_tables_default", None)
    if kept is None:
        yield
        return
    Options._drop_tables_default = [*kept, "GDEF", "GPOS", "GSUB", "kern"]
    try:
        yield
    finally:
        Options._drop_tables_default = kept


def _for_screen(picture: Image) -> bytes:
    """Make the picture small enough for notebooks, which hold it as text in every version."""
    from PIL.Image import Dither, Quantize, Resampling

    width, height = (round(side * SCREEN_DPI / PRINT_DPI) for side in picture.size)
    # The quicker of the ways that look the same; an octree of colours would tint the white.
    picture = picture.resize((width, max(height, 1)), Resampling.HAMMING)
    few = picture.quantize(256, method=Quantize.MAXCOVERAGE, dither=Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, format="PNG")
    return buffer.getvalue()
