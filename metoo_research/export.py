"""A figure bundle: the picture in three formats, its table, its words, and what it rests on.

A bundle ``name`` in a folder is five files: ``name.png`` (300 dpi), ``name.svg`` (text as
text), ``name.pdf`` (fonts embedded), ``name.csv`` (what is drawn) and ``name.json`` (title,
caption, alt text, source line, hashes, versions, parameters). ``manifest.json`` collects the
last of all bundles in the folder. No file holds a clock time, a path or a user's name, so that
the same tables give the same bytes.
"""

from __future__ import annotations

import base64
import html
import importlib.metadata
import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from metoo_research._version import __version__
from metoo_research.errors import ExportError
from metoo_research.write import (
    check_table_path,
    read_patiently,
    replace_file,
    replace_files,
    to_csv,
    to_jsonl,
    write_table,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "SavedFigure",
    "check_table_path",
    "replace_file",
    "save_figure",
    "to_csv",
    "to_jsonl",
    "write_table",
]

PRINT_DPI: Final = 300
SCREEN_DPI: Final = 130
MANIFEST: Final = "manifest.json"

# What the numbers and the drawing depend on. Python and the platform are left out: they
# change neither, and the manifest is to be the same on every machine.
_PACKAGES: Final = (
    *("numpy", "pandas", "matplotlib", "nltk", "vaderSentiment", "dateparser", "regex"),
)
_SCHEMA: Final = "metoo-research figure 1"
_MANIFEST_SCHEMA: Final = "metoo-research figures 1"
_NAME: Final = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_RESERVED: Final = re.compile(r"manifest|con|prn|aux|nul|com\d|lpt\d")  # the last by Windows
# Characters that XML has no place for: controls, lone surrogates.
_NOT_TEXT: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class SavedFigure:
    """A saved bundle; in a notebook it shows as the figure with alt text and caption."""

    name: str
    title: str
    caption: str
    alt: str
    source: str
    rows: int
    folder: Path = field(repr=False)
    picture: bytes = field(repr=False)

    def __repr__(self) -> str:
        rows = f"{self.rows:,} row" + ("" if self.rows == 1 else "s")
        return f"<Figure {self.name!r}: PNG, SVG, PDF, CSV ({rows})>"

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
    replaces the bundle; if anything fails, the old bundle stays whole. Several processes may
    save into one folder at a time.

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

    _check_name(name)
    figure, drawn_in = chart_in(chart)
    if drawn_in is not None:
        data = charts.drawn(drawn_in) if data is None else data
        alt = charts.alt_text(drawn_in) if alt is None else alt
    if data is None:
        raise ExportError(f"{name}: give data=, the table that is drawn")
    shown = charts.title_of(drawn_in) if title is None and drawn_in is not None else title
    given = {"title": shown, "caption": caption, "alt": alt, "source": source}
    texts = {
        key: " ".join(_NOT_TEXT.sub("", text or "").split()) for key, text in given.items()
    }
    for key in ("caption", "alt", "source"):
        if not texts[key]:
            raise ExportError(f"{name}: give {key}=; a figure is not saved without it")

    if title is not None:
        charts.set_title(figure, title)
    charts.set_source(figure, source)
    with _style(name):
        png = _png(figure, texts)
        files = {
            f"{name}.png": png,
            f"{name}.svg": _svg(figure, texts, name),
            f"{name}.pdf": _pdf(figure, texts),
        }
    table = io.StringIO()
    to_csv(data, table)
    files[f"{name}.csv"] = table.getvalue().encode("utf-8", errors="backslashreplace")
    width, height = (round(float(side) * 25.4, 2) for side in figure.get_size_inches())
    record = {
        "schema": _SCHEMA,
        "name": name,
        **texts,
        "width_mm": width,
        "height_mm": height,
        "rows": len(data),
        "columns": [str(column) for column in data.columns],
        "files": {key: sha256(content).hexdigest() for key, content in files.items()},
        "corpus": _corpus_facts(corpus),
        "parameters": dict(parameters or {}),
        "versions": _versions(),
    }
    files[f"{name}.json"] = _json(record, name)
    folder = Path(out)
    replace_files(folder, files)
    _update_manifest(folder)
    return SavedFigure(
        name,
        texts["title"],
        texts["caption"],
        texts["alt"],
        texts["source"],
        rows=len(data),
        folder=folder,
        picture=_for_screen(png),
    )


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name) or len(name) > 80 or _RESERVED.fullmatch(name):
        raise ExportError(
            f"{name[:80]!r} cannot name a figure; use small letters, digits and _, "
            "such as word_frequency"
        )


@contextmanager
def _style(name: str) -> Iterator[None]:
    from matplotlib import style

    from metoo_research.charts import STYLE

    # The name salts the ids inside the SVG, so that several can stand in one page.
    with style.context(["default", {**STYLE, "svg.hashsalt": name}]):
        yield


def _png(figure: Figure, texts: Mapping[str, str]) -> bytes:
    size = figure.get_size_inches().copy()
    buffer = io.BytesIO()
    # Matplotlib cuts a broken pixel off; this rounds, to the pixel nearest the width asked for.
    width, height = (round(float(side) * PRINT_DPI) / PRINT_DPI + 1e-7 for side in size)
    metadata = {
        "Title": texts["title"],
        "Description": texts["alt"],
        "Comment": f"{texts['caption']} {texts['source']}",
        "Software": None,
    }
    try:
        figure.set_size_inches(width, height)
        figure.savefig(buffer, format="png", dpi=PRINT_DPI, metadata=metadata)
    finally:
        figure.set_size_inches(*size)
    return buffer.getvalue()


def _for_screen(png: bytes) -> bytes:
    """Make the picture small enough for notebooks, which hold it as text in every version."""
    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    width, height = (round(side * SCREEN_DPI / PRINT_DPI) for side in picture.size)
    picture = picture.resize((width, max(height, 1)), Image.Resampling.LANCZOS)
    few = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()


def _svg(figure: Figure, texts: Mapping[str, str], name: str) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    drawing = buffer.getvalue().decode("utf-8")
    head, start, body = drawing.partition("<svg ")
    attributes, _, content = body.partition(">")
    title = escape(texts["title"] or texts["caption"])
    description = escape(texts["alt"])
    labels = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    words = f'<title id="{name}-title">{title}</title>\n '
    words += f'<desc id="{name}-desc">{description}</desc>'
    return f"{head}{start}{labels} {attributes}>\n {words}{content}".encode()


def _pdf(figure: Figure, texts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    metadata = {
        "Title": texts["title"],
        "Subject": texts["alt"],
        "Creator": None,
        "Producer": None,
        "CreationDate": None,
    }
    figure.savefig(buffer, format="pdf", metadata=metadata)
    return buffer.getvalue()


def _corpus_facts(corpus: object | None) -> dict[str, Any]:
    if corpus is None:
        return {}
    if isinstance(corpus, Mapping):
        return dict(corpus)
    facts: dict[str, Any] = {key: getattr(corpus, key, None) for key in ("name", "sha256")}
    facts["articles"] = len(corpus) if hasattr(corpus, "__len__") else None
    return {key: value for key, value in facts.items() if value is not None}


def _versions() -> dict[str, str]:
    versions = {"metoo-research": __version__}
    for package in _PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions


def _json(value: object, name: str) -> bytes:
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    except (TypeError, ValueError) as error:
        raise ExportError(f"{name}: parameters or corpus cannot be written: {error}") from error
    return f"{text}\n".encode("utf-8", errors="backslashreplace")


def _update_manifest(folder: Path) -> None:
    """Collect the records of all bundles.

    Each bundle has its own record, so processes that save at the same time never write the
    same file but this one. Each reads the records again after writing it: whoever writes
    last has seen them all.
    """
    path = folder / MANIFEST
    collected = _collected(folder)
    while not path.is_file() or read_patiently(path) != collected:
        replace_file(path, collected)
        collected = _collected(folder)


def _collected(folder: Path) -> bytes:
    records = {}
    for path in sorted(folder.glob("*.json")):
        try:
            record = json.loads(read_patiently(path))
        except (ValueError, OSError):
            continue  # not ours, or just being replaced
        if isinstance(record, dict) and record.get("schema") == _SCHEMA:
            records[path.stem] = record
    return _json({"schema": _MANIFEST_SCHEMA, "figures": records}, MANIFEST)
