"""Pieces of a Word document as XML: runs, paragraphs, fields, links, tables.

Strings, because a table of 500 rows costs seconds when each cell is made as an object.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# What XML has no place for is shown as its sign, so that nothing is lost in silence.
_SIGNS: Final = {
    **{code: 0x2400 + code for code in range(0x20) if code not in {0x09, 0x0A, 0x0D}},
    0xFFFE: 0xFFFD,
    0xFFFF: 0xFFFD,
}
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class CellXml:
    """A cell of a Word table: its runs, and whether they are set at the right."""

    runs: str
    right: bool = False
    right_to_left: bool = False


def legal(text: str) -> str:
    """Give a text as XML may hold it: controls as their signs, surrogates as escapes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SIGNS)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def attribute(text: str) -> str:
    """Give a text as an attribute's value, in quotation marks."""
    return quoteattr(legal(text), {"\n": "&#10;", "\t": "&#9;"})


def runs_right_to_left(text: str) -> bool:
    """Say whether the first letter that has a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction == "L":
            return False
        if direction in _RIGHT_TO_LEFT:
            return True
    return False


def run(text: str, *, bold: bool = False, style: str = "") -> str:
    """Give a text as runs; line ends and tabs in it become Word's own.

    Parameters
    ----------
    text
        Any text.
    bold
        In bold type.
    style
        A character style.
    """
    properties = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:rtl/>" if runs_right_to_left(text) else "")
    )
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = []
    for piece in re.split(r"([\n\t])", legal(text)):
        if piece == "\n":
            pieces.append("<w:br/>")
        elif piece == "\t":
            pieces.append("<w:tab/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{head}{''.join(pieces)}</w:r>" if pieces else ""


def field(instruction: str, shown: str, *, bold: bool = False) -> str:
    """Give a field with its present value, which Word renews when it is told to."""
    return (
        _field_mark("begin")
        + f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        + _field_mark("separate")
        + run(shown, bold=bold)
        + _field_mark("end")
    )


def _field_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def link(runs: str, *, target: str = "", anchor: str = "") -> str:
    """Give runs as a link: to a relationship's ``target``, or an ``anchor`` in the document."""
    where = f'r:id="{target}"' if target else f'w:anchor="{anchor}"'
    return f'<w:hyperlink {where} w:history="1">{runs}</w:hyperlink>'


def bookmark(content: str, *, number: int, name: str) -> str:
    """Give runs as a place that links and fields can name."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def paragraph(content: str, *, style: str, keep_next: bool = False) -> str:
    """Give runs as a paragraph.

    Parameters
    ----------
    content
        Runs, fields, links.
    style
        A paragraph style.
    keep_next
        On the same page as the paragraph after it.
    """
    keep = "<w:keepNext/>" if keep_next else ""
    return f'<w:p {NAMESPACES}><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{content}</w:p>'


def contents(entries: Sequence[tuple[str, str]], *, title: str) -> str:
    r"""Give a table of contents: a field of Word's own, filled with links to the headings.

    It tells no page numbers (``\n``): only Word knows them, and it would have to ask the
    reader whether it may renew the field.

    Parameters
    ----------
    entries
        Each heading's words and its bookmark.
    title
        What stands above.
    """
    last = len(entries) - 1
    lines = []
    for at, (words, anchor) in enumerate(entries):
        begin = end = ""
        if at == 0:
            field_code = r' TOC \o "1-1" \n \h \z '
            begin = (
                _field_mark("begin")
                + f'<w:r><w:instrText xml:space="preserve">{field_code}</w:instrText></w:r>'
                + _field_mark("separate")
            )
        if at == last:
            end = _field_mark("end")
        entry = link(run(words, style="Hyperlink"), anchor=anchor)
        lines.append(f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{begin}{entry}{end}</w:p>')
    heading = f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>{run(title)}</w:p>'
    return (
        f'<w:sdt {NAMESPACES}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of '
        'Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{heading}{''.join(lines)}</w:sdtContent></w:sdt>"
    )


def table(
    header: Sequence[CellXml],
    rows: Iterable[Sequence[CellXml]],
    *,
    widths: Sequence[int],
    title: str,
    description: str,
) -> str:
    """Give a Word table whose header stands again on every page.

    Parameters
    ----------
    header
        The headings.
    rows
        The cells, as many in each row as there are headings.
    widths
        Of the columns, in twentieths of a point.
    title, description
        The alt text.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row(row, widths) for row in rows)
    # The order of the properties is the schema's; Word calls a file with another one broken.
    return (
        f'<w:tbl {NAMESPACES}><w:tblPr><w:tblStyle w:val="ReportTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={attribute(title)}/>"
        f"<w:tblDescription w:val={attribute(description)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(header, widths, header=True)}{body}</w:tbl>"
    )


def _row(cells: Sequence[CellXml], widths: Sequence[int], *, header: bool = False) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    shown = "".join(_cell(cell, width) for cell, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{shown}</w:tr>"


def _cell(cell: CellXml, width: int) -> str:
    direction = "<w:bidi/>" if cell.right_to_left else ""
    aligned = '<w:jc w:val="right"/>' if cell.right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{direction}{aligned}</w:pPr>'
        f"{cell.runs}</w:p></w:tc>"
    )
