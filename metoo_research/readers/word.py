"""Word (DOCX): one article, or a database's export."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, Item, RawArticle, RawPassage, Reader
from metoo_research.readers.document_facts import borne_out
from metoo_research.readers.exports import articles_in_lines

_OLD_WORD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLANKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_KINDS: Final = {
    "title": "headline", "subtitle": "subhead", "caption": "caption",
    "heading 1": "headline", "heading 2": "subhead", "heading 3": "subhead",
}  # fmt: skip
# lxml needs about ten times the size of a part; an article's text is far smaller.
_MOST_XML: Final = 128 << 20
_MOST_MEMBERS: Final = 20_000
_AGAIN: Final = "copy it again from its source, or open it in Word and save it again"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    style: str
    link: str | None = None


def recognises(file: File) -> bool:
    """Whether a file is a ZIP archive whose first members are those of a Word document."""
    head = file.head
    return (
        head.startswith(b"PK\x03\x04")
        and b"word/" in head
        and (b"[Content_Types].xml" in head or b"_rels/.rels" in head)
    )


def read(file: File) -> Iterable[Item]:
    """Read the article of a Word document, or those of a database's export.

    Raises
    ------
    ReadError
        If it is an old .doc, protected, damaged, too large when unpacked, or without text.
    """
    data = file.data
    _check_kind(data)
    paragraphs, properties = _document(_without_media(data, file))
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise ReadError("no text in it", "pictures only? Run text recognition (OCR) first")
    lines: list[str] = []
    links: dict[int, str] = {}
    for paragraph in paragraphs:
        if paragraph.link:
            links[len(lines)] = paragraph.link
        lines += paragraph.text.split("\n")
    if (items := articles_in_lines(lines, links=links)) is not None:
        return items
    return (_article(paragraphs, *properties),)


def _check_kind(data: bytes) -> None:
    if not data:
        raise ReadError("empty file", "0 bytes; copy it again from its source")
    if data.startswith(_OLD_WORD):
        if _ENCRYPTED in data:
            raise ReadError(
                "protected by a password", "open it in Word and save it without one"
            )
        raise ReadError(
            "old Word file (.doc)", "open it in Word or LibreOffice and save it as .docx"
        )
    if data.startswith(b"{\\rtf"):
        raise ReadError("rich text, not a Word document", "rename it to .rtf")
    if not data.startswith(b"PK"):
        raise ReadError("not a Word document, whatever its ending says", _AGAIN)


# --------------------------------------------------------------------------- the package


def _without_media(data: bytes, file: File) -> io.BytesIO:
    """The document's package with its texts alone.

    Pictures and the like are left empty, so that they cost nothing and no damage in one of
    them loses the text. Nothing is written to disk, so names that lead out of a folder ("../")
    do nothing.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: info for info in archive.infolist()}
            _check_size(members, file)
            slim = io.BytesIO()
            with zipfile.ZipFile(slim, "w") as written:
                for name, info in members.items():
                    content = archive.read(info) if _is_xml(name) else b""
                    _refuse_entities(content)
                    written.writestr(zipfile.ZipInfo(name), content)
    except ReadError:
        raise
    except Exception as error:  # a damaged archive makes zipfile raise anything
        if isinstance(error, RuntimeError) and "password" in str(error):
            raise ReadError("protected by a password", "save it without one") from error
        raise ReadError("truncated or damaged Word document", _AGAIN) from error
    slim.seek(0)
    return slim


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _check_size(members: dict[str, zipfile.ZipInfo], file: File) -> None:
    """Refuse an archive that unpacks to more than a text; the sizes bind what is unpacked."""
    if len(members) > _MOST_MEMBERS:
        raise ReadError(f"not a Word document ({len(members):,} files in it)", _AGAIN)
    sizes = [info.file_size for name, info in members.items() if _is_xml(name)]
    if sum(sizes) > _MOST_XML:
        raise ReadError(
            f"unpacks to too much data ({sum(sizes) >> 20:,} MB of text)",
            "split it, if it is what it should be",
        )
    file.budget.take(sum(sizes))


def _refuse_entities(content: bytes) -> None:
    """Refuse a document type: Word writes none, and entities that expand or fetch need one."""
    bare = content[:4_096].replace(b"\0", b"")  # UTF-16 as well
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare or b"<!DOCTYPE" in content:
        raise ReadError("refused: its XML declares entities", "no Word document needs these")


# --------------------------------------------------------------------------- the text


def _document(package: io.BytesIO) -> tuple[list[_Paragraph], tuple[str, str]]:
    """The paragraphs of a document, and its title and author."""
    import docx

    try:
        document = docx.Document(package)
        part = document.part
        styles = _style_names(document.styles.element)
        targets = {key: rel.target_ref for key, rel in part.rels.items() if rel.is_external}
        paragraphs = list(_paragraphs(document.element.body, styles, targets))
        for relation in part.rels.values():
            if not relation.is_external and relation.reltype.endswith(
                ("/footnotes", "/endnotes")
            ):
                paragraphs += _notes(relation.target_part.blob)
        properties = document.core_properties
        said = (properties.title or "", properties.author or "")
    except Exception as error:  # damaged XML makes python-docx raise anything
        raise ReadError(f"damaged Word document ({type(error).__name__})", _AGAIN) from error
    return paragraphs, said


def _style_names(styles: Any) -> dict[str, str]:
    """The names of styles; their keys differ with the language of the program."""
    return {
        style.get(f"{_W}styleId"): (name.get(f"{_W}val") or "").casefold()
        for style in styles.iter(f"{_W}style")
        if (name := style.find(f"{_W}name")) is not None
    }


def _paragraphs(
    body: Any, styles: dict[str, str], targets: dict[str, str]
) -> Iterator[_Paragraph]:
    """All paragraphs in order, those of tables, frames and form fields too.

    python-docx's own way gives neither frames and content controls nor words that were put in
    while changes were tracked.
    """
    for element in body.iter(f"{_W}p"):
        if _is_within(element, _FALLBACK):
            continue  # the same frame once more, for old programs
        style = element.find(f"{_W}pPr/{_W}pStyle")
        name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
        link = next(
            (targets.get(one.get(f"{_R}id")) for one in element.iter(f"{_W}hyperlink")), None
        )
        yield _Paragraph(_text(element), name, link)


def _text(paragraph: Any) -> str:
    """A paragraph's words; not those of a frame within it, which are paragraphs themselves."""
    pieces: list[str] = []
    for element in paragraph.iter(f"{_W}t", *(f"{_W}{name}" for name in _BLANKS)):
        above = next(one for one in element.iterancestors(f"{_W}p", _FALLBACK))
        if above is not paragraph or element.getparent().tag == f"{_W}tabs":
            continue
        if _is_within(element, f"{_W}moveFrom"):
            continue  # it stands where it was moved to as well
        name = element.tag.removeprefix(_W)
        pieces.append(_BLANKS.get(name) or element.text or "")
    return "".join(pieces)


def _is_within(element: Any, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _notes(content: bytes) -> list[_Paragraph]:
    from docx.oxml.parser import parse_xml

    notes = parse_xml(content)
    return [
        _Paragraph(text, "note")
        for paragraph in notes.iter(f"{_W}p")
        if (text := _text(paragraph)).strip()
    ]


def _article(paragraphs: list[_Paragraph], title: str, author: str) -> RawArticle:
    pieces: list[str] = []
    bounds: list[tuple[int, int]] = []
    passages: list[RawPassage] = []
    at = 0
    headline = None
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        if not text:
            continue
        end = at + len(text)
        kind = _KINDS.get(paragraph.style)
        if kind == "headline" and headline is not None:
            kind = "subhead"  # the first is the article's, the next are within it
        if kind == "headline":
            headline = " ".join(text.split())
        if kind:
            passages.append(RawPassage(at, end, kind, "word_style"))
        bounds.append((at, end))
        pieces.append(text)
        at = end + 2
    text = "\n\n".join(pieces)
    facts = borne_out(text, bounds, title=title, author=author, where="Word properties")
    if headline is None and facts.passage:
        passages = sorted([*passages, facts.passage], key=lambda one: one.start)
        passages = [
            one for one in passages if one is facts.passage or one.start != facts.passage.start
        ]
    basis = dict(facts.basis)
    if headline is not None:
        basis["headline"] = "Word style"
    return RawArticle(
        text=text,
        headline=headline or facts.headline,
        author=facts.author,
        passages=tuple(passages),
        basis=basis,
        notes=facts.notes,
    )


WORD = Reader(name="word", endings=(".docx", ".doc"), read=read, recognises=recognises)
