"""Rich text (RTF): one article, or a database's export."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, Item, RawArticle, Reader
from metoo_research.readers.document_facts import borne_out
from metoo_research.readers.exports import articles_in_lines

# The converter goes through a file character by character, and some of its patterns cost the
# square of a group's length; no article's text comes near these bounds.
_MOST_BYTES: Final = 256 << 20
_MOST_FONTS: Final = 1 << 18
_CODE_PAGE: Final = re.compile(rb"\\ansicpg(\d{3,5})")
_INFO: Final = {
    name: re.compile(rb"\{\\" + name.encode() + rb"[ ]([^{}\\]{1,300})\}")
    for name in ("title", "author")
}
_SAVE_AGAIN: Final = "open it with its own program and save it again, as .docx or as text"


def recognises(file: File) -> bool:
    r"""Whether a file begins with ``{\rtf``."""
    return file.head.lstrip().startswith(b"{\\rtf")


def read(file: File) -> Iterable[Item]:
    """Read the article of a rich-text file, or those of a database's export.

    Raises
    ------
    ReadError
        If it is no rich text, damaged, too large or without text.
    """
    data = file.data
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ReadError("not rich text (RTF), whatever its ending says", _SAVE_AGAIN)
    if len(data) > _MOST_BYTES:
        raise ReadError(f"too large ({len(data) >> 20} MB of rich text)", "split it")
    text = _text(data)
    lines = [line.replace("\x7f", "") for line in text.split("\n")]
    if not text.strip():
        raise ReadError("no text in it", "pictures only? Run text recognition (OCR) first")
    cut = not data.rstrip(b"\0 \t\r\n").endswith(b"}")
    if (items := articles_in_lines(lines)) is not None:
        return items
    return (_article(lines, data, cut),)


def _article(lines: Iterable[str], data: bytes, cut: bool) -> RawArticle:
    paragraphs = [bare for line in lines if (bare := line.strip(" \t|"))]
    text = "\n\n".join(paragraphs)
    bounds: list[tuple[int, int]] = []
    at = 0
    for paragraph in paragraphs:
        bounds.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    said = {
        name: found[1].decode("latin-1") if (found := pattern.search(data)) else ""
        for name, pattern in _INFO.items()
    }
    facts = borne_out(
        text, bounds, title=said["title"], author=said["author"], where="RTF properties"
    )
    notes = facts.notes
    if cut:
        notes += ("the file ends before its last bracket (cut off?)",)
    if "\ufffd" in text:
        notes += ("some characters could not be read",)
    return RawArticle(
        text=text,
        headline=facts.headline,
        author=facts.author,
        passages=(facts.passage,) if facts.passage else (),
        truncated=True if cut else None,
        basis=facts.basis,
        notes=notes,
    )


def _text(data: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    source = _characters(data)
    fonts = source.find("\\fonttbl")
    if fonts >= 0 and _length_of_group(source, fonts) > _MOST_FONTS:
        raise ReadError("damaged rich text (its table of fonts has no end)", _SAVE_AGAIN)
    # The address of a link is written where the text does not show it. The converter would
    # put it into the text, with a search that takes long where there are many.
    source = _notes_at_the_end(source.replace("\\fldinst", "\\fldtype"))
    try:
        text = rtf_to_text(source, errors="replace")
        # Characters beyond the first 65,536 are written in two halves.
        return str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except Exception as error:  # a damaged file makes it raise almost anything
        raise ReadError(f"damaged rich text ({type(error).__name__})", _SAVE_AGAIN) from error


_NOTE_OR_GROUP: Final = re.compile(r"\\[\\{}]|\{\\footnote(?![a-z])|[{}]")


def _notes_at_the_end(source: str) -> str:
    """Move footnotes and endnotes behind the text; the converter would leave them out."""
    depth, opened, behind = 0, (0, 0), 0
    text, notes = [], []
    for found in _NOTE_OR_GROUP.finditer(source):
        if found[0].startswith("{"):
            depth += 1
            if len(found[0]) > 1 and not opened[1]:
                opened = (found.start(), depth)
        elif found[0] == "}":
            if opened[1] == depth:
                start, end = opened[0], found.end()
                text.append(source[behind:start])
                notes.append("{" + source[start + len("{\\footnote") : end])
                opened, behind = (0, 0), end
            depth -= 1
    if not notes:
        return source
    rest = source[behind:].rstrip("\0 \t\r\n")
    closed = rest.endswith("}")
    told = "".join(f"\\par {note}" for note in notes)
    return "".join([*text, rest[:-1] if closed else rest, told, "}" * closed])


def _characters(data: bytes) -> str:
    """Rich text is ASCII; bytes beyond it are UTF-8, or in the code page that it names."""
    if data.isascii():
        return data.decode("ascii")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    found = _CODE_PAGE.search(data[:2_000])
    try:
        return data.decode(f"cp{int(found[1])}" if found else "cp1252", errors="replace")
    except LookupError:
        return data.decode("cp1252", errors="replace")


def _length_of_group(source: str, start: int) -> int:
    depth = 1
    for found in re.compile(r"[{}]").finditer(source, start, start + _MOST_FONTS + 1):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return found.end() - start
    return min(len(source) - start, _MOST_FONTS + 1)


RTF = Reader(name="rtf", endings=(".rtf",), read=read, recognises=recognises)
