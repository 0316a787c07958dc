"""The Word file around the report: page, footer, properties, bytes without a clock time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from metoo_research.report.archive import zipped
from metoo_research.report.parts import Report
from metoo_research.report.word_styles import set_styles
from metoo_research.report.word_xml import field, legal, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document

# A4. Between these margins stand 180 mm, the width of a figure over two columns of print.
_PAGE_MM: Final = (210, 297)
_SIDE_MM: Final = 15
_TOP_MM: Final = 20
TEXT_MM: Final = _PAGE_MM[0] - 2 * _SIDE_MM
_CLOCK: Final = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_LONGEST_PROPERTY: Final = 255
# Of the library's empty document: a picture of it, its program's name, lists, a bibliography.
_NOT_OURS: Final = (
    "thumbnail",
    "extended-properties",
    "stylesWithEffects",
    "numbering",
    "customXml",
)


def empty_document(report: Report) -> Document:
    """Give the library's empty document, made ours: page, styles, footer, properties."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Mm

    document = docx.Document()
    for relationships in (document.part.rels, document.part.package.rels):
        for key, relationship in list(relationships.items()):
            if relationship.reltype.rpartition("/")[2] in _NOT_OURS:
                relationships.pop(key)
    set_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in _PAGE_MM)
    section.left_margin = section.right_margin = Mm(_SIDE_MM)
    section.top_margin = section.bottom_margin = Mm(_TOP_MM)
    settings = document.settings.element
    for name in ("w:zoom", "w:proofState", "w:savePreviewPicture", "w:rsids"):
        for old in settings.findall(qn(name)):
            settings.remove(old)
    settings.find(qn("w:themeFontLang")).attrib.pop(qn("w:eastAsia"), None)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # below, Word opens it in its mode for old files
    said = run(f"metoo_research {report.version}, page ") + field("PAGE", "1")
    footer = section.footer.paragraphs[0]._p
    footer.getparent().replace(
        footer,
        parse_xml(paragraph(f"{said}{run(' of ')}{field('NUMPAGES', '1')}", style="Footer")),
    )
    properties = document.core_properties
    properties.title = _property(report.title)
    properties.subject = _property(report.lead)
    properties.author = "metoo_research"
    properties.comments = properties.last_modified_by = ""
    properties.language = "en-GB"
    properties.version = _property(report.version)
    return document


def _property(text: str) -> str:
    words = " ".join(legal(text).split())
    if len(words) <= _LONGEST_PROPERTY:
        return words
    return words[: _LONGEST_PROPERTY - 1] + "…"


def bytes_of(document: Document) -> bytes:
    """The document's bytes without a clock time."""
    buffer = io.BytesIO()
    document.save(buffer)
    return zipped(_without_clock(buffer))


def _without_clock(buffer: io.BytesIO) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(buffer) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            yield name, _CLOCK.sub(b"", content) if name == "docProps/core.xml" else content
