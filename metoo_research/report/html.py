"""The report as one page that opens offline: figures, tables, and the texts behind them."""

from __future__ import annotations

import base64
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from metoo_research.report.links import href, web_address
from metoo_research.report.marks import evidence_id, evidence_of, marked_passages
from metoo_research.write import replace_file

if TYPE_CHECKING:
    from metoo_research.report.parts import Picture, Report

# Pixels on a screen for a millimetre of print: a figure of 180 mm fills the column.
_PIXELS_PER_MM: Final = 5.1
# Wider figures than this scroll on a phone: at the width of its window words are too small.
_NARROW_MM: Final = 100


def write_page(report: Report, out: Path) -> None:
    """Write what a report says as one page.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    # What UTF-8 cannot hold, a lone surrogate, stands in the page as one replaced character.
    page = page_of(report, name=out.name)
    replace_file(out, page.encode("utf-8", errors="xmlcharrefreplace"))


def is_report(path: Path) -> bool:
    """Say whether a file is a page that `write_report` wrote."""
    try:
        with path.open("rb") as file:
            return b'<meta name="generator" content="metoo_research ' in file.read(4096)
    except OSError:
        return False


def page_of(report: Report, *, name: str) -> str:
    """Give the page of a report, as the file of this name: it does not link to itself.

    The page holds pictures, style and script within itself. It forbids, by a content security
    policy with the hashes of both, any other script and any request.

    Without its script everything can be read: each evidence link leads to its characters in
    the articles' texts, which stand at the end. With it, the same place opens in a dialog.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {
        "evidence_id": evidence_id,
        "picture_shown": _picture,
        "href": href,
        "web_address": web_address,
    }
    style, script = _template("report.css"), _template("report.js")
    evidence = evidence_of(report)
    return environment.from_string(_template("report.html.j2")).render(
        report=report,
        companions=report.companions_of(name),
        # S704: both are files of this package.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
        texts=[
            (article, marked_passages(article, evidence.get(article.article_id, ())))
            for article in report.articles
        ],
        linked={companion.path for companion in report.companions},
    )


def _template(name: str) -> str:
    folder = files("metoo_research").joinpath("report", "templates")
    return folder.joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(sha256(content.encode()).digest()).decode()


def _picture(picture: Picture) -> dict[str, Any]:
    """The picture within the page, and the size at which it is shown."""
    content = picture.png.read_bytes()
    # A PNG begins with 16 bytes that are always the same, then width and height.
    wide, high = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    width = round(picture.width_mm * _PIXELS_PER_MM)
    return {
        "data": base64.b64encode(content).decode(),
        "width": width,
        "height": round(width * high / wide) if wide else width,
        "wide": picture.width_mm > _NARROW_MM,
    }
