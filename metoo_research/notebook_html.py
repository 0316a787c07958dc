"""An executed notebook as a page that opens anywhere: no JupyterLab, no network."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from metoo_research.errors import ExportError

_HEADING: Final = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_MARKUP: Final = re.compile(r"[*`]|\[(?P<words>[^\]]*)\]\([^)]*\)")
# A link to a notebook in the same project: no scheme, not from the root.
_TO_NOTEBOOK: Final = re.compile(
    r'(?P<before><a\s[^>]*href="(?![/#]|[a-z][a-z0-9+.-]*:)[^"?#]*)\.ipynb(?=["#])'
)


def write_notebook_html(notebook: Path, out: Path) -> Path:
    """Write an executed notebook as one self-contained page.

    The page loads nothing, from the network or from beside it: pictures are inside, there is
    no script, and its Content-Security-Policy forbids the browser to ask for anything. Links
    to other notebooks lead to their pages, which are expected beside it. What needs
    JupyterLab to run is not: a widget is shown as text, a script in an output does nothing.

    Parameters
    ----------
    notebook
        The notebook with its outputs.
    out
        The page to write. It is written whole or not at all.

    Returns
    -------
    ``out``.

    Raises
    ------
    ExportError
        If the notebook cannot be read or shown, or ``out`` cannot be written.
    """
    from metoo_research.write import replace_file

    page = _page(_read(notebook), notebook)
    replace_file(out, page.encode("utf-8", errors="backslashreplace"))
    return out


def _read(notebook: Path) -> Any:
    import nbformat

    try:
        return nbformat.reads(notebook.read_text(encoding="utf-8"), as_version=4)
    except OSError as error:
        raise ExportError(f"{notebook} cannot be read ({error.strerror or error})") from error
    except (ValueError, KeyError, AttributeError, nbformat.ValidationError) as error:
        raise ExportError(f"{notebook}: not a notebook; run it again") from error


def _page(content: Any, notebook: Path) -> str:
    resources = {
        "metadata": {"name": notebook.stem, "path": str(notebook.parent)},
        "metoo_research": {
            "title": _title(content) or notebook.stem,
            "file": notebook.name,
        },
    }
    try:
        page, _ = _exporter().from_notebook_node(content, resources=resources)
    except Exception as error:  # whatever a damaged notebook makes of its converter
        reason = " ".join(str(error).split())
        raise ExportError(f"{notebook}: cannot be made into a page ({reason})") from error
    page = str(page)
    head, start, body = page.partition("<main>")
    return head + start + _TO_NOTEBOOK.sub(r"\g<before>.html", body)


def _exporter() -> Any:
    import nbconvert

    exporter: Any = nbconvert.HTMLExporter  # its types are only half there
    template = files("metoo_research").joinpath("templates", "notebook.html.j2")
    return exporter(
        raw_template=template.read_text(encoding="utf-8"),
        embed_images=True,
        exclude_anchor_links=True,
    )


def _title(content: Any) -> str:
    """The notebook's first heading, without its markup."""
    for cell in content.cells:
        found = _HEADING.search(cell.source) if cell.cell_type == "markdown" else None
        if found:
            return _MARKUP.sub(lambda part: part["words"] or "", found[1]).strip()
    return ""
