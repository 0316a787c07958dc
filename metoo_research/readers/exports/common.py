"""What the exports of all databases share: records, paragraphs, languages, pages as lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, Item, RawArticle, RawPassage, RawProblem
from metoo_research.readers.encoding import decode
from metoo_research.readers.exports.dates import find_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: How much of a file is looked at to know its database.
_LOOKED_AT: Final = 1 << 18
_BETWEEN_PARAGRAPHS: Final = "\n\n"


@dataclass(slots=True)
class Record:
    """One article of an export, as its fields say it.

    ``parts`` are the paragraphs of its text in order, each with its kind ("body" where the
    export says nothing more); ``words`` is the number of words that the export declares.
    """

    record: str
    outlet: str | None = None
    headline: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    words: int | None = None
    truncated: bool | None = None
    parts: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    basis: dict[str, str] = field(default_factory=dict)
    no_text: str = "it may hold the headline and the source only; look it up in the database"

    def cut(self, note: str) -> None:
        """Mark the record as cut short, and say why."""
        self.truncated = True
        self.notes.append(note)

    def add(self, kind: str, paragraphs: Iterable[str]) -> None:
        """Add paragraphs to the text; empty ones are left out."""
        self.parts += [(kind, bare) for one in paragraphs if (bare := one.strip())]


def finish(
    records: Iterable[Record], *, database: str, encoding: str | None = None
) -> Iterator[Item]:
    """Turn records into articles, or problems where a record holds no text.

    The headline comes first in the text; kinds that the export tells become passages. A
    record that comes twice in one file gets a number behind its name.
    """
    seen: Counter[str] = Counter()
    for record in records:
        seen[record.record] += 1
        name = record.record
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"
        yield _finished(record, name, database, encoding)


def _finished(record: Record, name: str, database: str, encoding: str | None) -> Item:
    if not any(kind == "body" for kind, _ in record.parts):
        said = ", ".join(filter(None, (record.outlet, record.date, record.headline)))
        return RawProblem(
            "no text in this record",
            f"{said}; {record.no_text}" if said else record.no_text,
            name,
            counted=True,
        )
    text, passages = _text_of(record, database)
    notes = list(record.notes)
    if record.words is not None:
        found = sum(len(part.split()) for kind, part in record.parts if kind == "body")
        notes.append(f"words: {record.words:,} declared, {found:,} found")
    published = find_date(record.date) if record.date else None
    if record.date and published is None:
        notes.append(f"date not understood: {record.date}")
    return RawArticle(
        text=text,
        encoding=encoding,
        headline=record.headline,
        author=record.author,
        outlet=record.outlet,
        published=published,
        url=record.url,
        language=language_code(record.language),
        record=name,
        passages=passages,
        truncated=record.truncated,
        basis=record.basis,
        notes=tuple(notes),
    )


def _text_of(record: Record, database: str) -> tuple[str, tuple[RawPassage, ...]]:
    parts = list(record.parts)
    if record.headline:
        parts.insert(0, ("headline", record.headline))
    pieces: list[str] = []
    passages: list[RawPassage] = []
    at = 0
    for kind, part in parts:
        if kind != "body":  # rules for text look at the body
            passages.append(RawPassage(at, at + len(part), kind, f"{database}_{kind}"))
        pieces.append(part)
        at += len(part) + len(_BETWEEN_PARAGRAPHS)
    return _BETWEEN_PARAGRAPHS.join(pieces), tuple(passages)


# --------------------------------------------------------------------------- fields

_LANGUAGES: Final = {
    name: code
    for code, names in {
        "en": "english anglais englisch inglés inglese engels",
        "fr": "french français francais französisch francés francese frans",
        "de": "german allemand deutsch alemán tedesco duits",
        "es": "spanish espagnol spanisch español espanol castellano",
        "it": "italian italien italienisch italiano",
        "nl": "dutch néerlandais niederländisch nederlands",
        "pt": "portuguese portugais portugiesisch português portugues",
        "sv": "swedish suédois schwedisch svenska",
        "da": "danish danois dänisch dansk",
        "no": "norwegian norvégien norwegisch norsk",
        "fi": "finnish finnois finnisch suomi",
        "pl": "polish polonais polnisch polski",
        "ru": "russian russe russisch",
        "tr": "turkish turc türkisch türkçe",
        "ja": "japanese japonais japanisch",
        "ko": "korean coréen koreanisch",
        "zh": "chinese chinois chinesisch",
        "ar": "arabic arabe arabisch",
        "hi": "hindi",
        "he": "hebrew hébreu hebräisch",
    }.items()
    for name in names.split()
}


def language_code(said: str | None) -> str | None:
    """Give the ISO 639-1 code of a language that a database names; None if it is unknown."""
    for word in re.findall(r"[^\W\d_]+", said or ""):
        bare = word.casefold()
        if code := _LANGUAGES.get(bare) or (bare if bare in _LANGUAGES.values() else None):
            return code
    return None


_NUMBER: Final = re.compile(r"\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+(?!\d)|\d+")


def first_number(said: str | None) -> int | None:
    """Give the first whole number in a field, with or without separators of thousands."""
    found = _NUMBER.search(said or "")
    return int(re.sub(r"\D", "", found[0])) if found else None


_BY: Final = re.compile(r"(?:by|von|par|por|di|door)[:\s]\s*", re.IGNORECASE)


def author_in(said: str | None) -> str | None:
    """Give the author of a field without the word "by" before it."""
    bare = " ".join((said or "").split())
    return _BY.sub("", bare, count=1).strip(" ,;") if _BY.match(bare) else bare.strip(" ,;")


COPYRIGHT: Final = re.compile(
    r"\s*(?:copyright\b|©|\(c\)|all rights reserved|alle rechte vorbehalten|tous droits)",
    re.IGNORECASE,
)


# --------------------------------------------------------------------------- paragraphs


def plain(line: str) -> str:
    """Give a line without indent, and with common spaces for unusual ones, to compare it."""
    return " ".join(line.split())


def blocks_of(lines: Sequence[str]) -> list[list[str]]:
    """Cut a text into blocks: a paragraph, or a few short lines that stand together.

    A database breaks the lines of its text files where they are full; those are put together
    again, with a space for the line's end. In a file whose lines are wider, each line is a
    paragraph.
    """
    width = _width(lines)
    if width > _WIDEST_BROKEN:
        return [[bare] for line in lines if (bare := line.strip())]
    blocks: list[list[list[str]]] = [[]]
    last = 0  # how wide the line above was
    for line in lines:
        bare = line.strip()
        if not bare:
            blocks.append([])
        elif blocks[-1] and width >= _NARROWEST_BROKEN and _was_full(last, bare, width):
            blocks[-1][-1].append(bare)
        else:
            blocks[-1].append([bare])
        last = len(bare)
    return [[" ".join(pieces) for pieces in block] for block in blocks if block]


_WIDEST_BROKEN: Final = 110
_NARROWEST_BROKEN: Final = 55


def is_broken(lines: Sequence[str]) -> bool:
    """Whether a program may have broken the lines where they were full."""
    return _NARROWEST_BROKEN <= _width(lines) <= _WIDEST_BROKEN


def _width(lines: Sequence[str]) -> int:
    return max((len(line.rstrip()) for line in lines), default=0)


def _was_full(above: int, line: str, width: int) -> bool:
    """Whether the line above could not take this line's first word."""
    return above + 1 + len(line.split(maxsplit=1)[0]) > width


# --------------------------------------------------------------------------- files


def beginning(file: File) -> bytes:
    """The first quarter megabyte: a saved page's own style sheets can fill its first bytes."""
    if file.path is None:
        return file.data[:_LOOKED_AT]
    with file.path.open("rb") as opened:
        return opened.read(_LOOKED_AT)


def is_html(head: bytes) -> bool:
    """Whether a file begins as a page does, or as a piece of one."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1_000].lower()
    if start.startswith(b"<?xml"):
        return b"<html" in start
    return start.startswith((b"<!doctype html", b"<html", b"<div", b"<body", b"<head", b"<!--"))


def head_lines(file: File) -> list[str]:
    """The lines at the beginning of a text file; none where it is a page, RTF or no text."""
    head = file.head
    if is_html(head) or head.startswith((b"{\\rtf", b"PK", b"%PDF")):
        return []
    # Cut within a character, the rest would not be sound UTF-8; at a line's end it is.
    whole = head[: head.rfind(b"\n") + 1] or head
    if whole.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace").splitlines()
    return whole.decode("utf-8-sig", errors="replace").splitlines()


def text_of(file: File) -> tuple[str, str]:
    """The characters of a text file, and the name of their encoding."""
    data = file.data
    if not data.strip():
        raise ReadError("empty file", "download the export again")
    return decode(data)


_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*>")


def page_of(file: File) -> tuple[HtmlElement, str]:
    """The tree of a page, and the name of its encoding.

    Raises
    ------
    ReadError
        If it is empty, or cannot be parsed.
    """
    from lxml import etree, html

    data = file.data
    if not data.strip():
        raise ReadError("empty file", "download the export again")
    text, encoding = _characters(data)
    try:
        # A string with an encoding in its XML declaration is refused.
        bare = _XML_DECLARATION.sub("", text.replace("\0", ""), count=1)
        tree = html.document_fromstring(bare, parser=html.HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise ReadError(f"no page could be read from it ({error})", _AGAIN) from error
    return tree, encoding


_AGAIN: Final = "download the export again"


def _characters(data: bytes) -> tuple[str, str]:
    declared = _CHARSET.search(data[:4_096])
    if declared:
        name = declared[1].decode("ascii", "replace").lower()
        # What calls itself Latin-1 is read as Windows-1252, as browsers do.
        name = "cp1252" if name in {"iso-8859-1", "latin-1", "ascii"} else name
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
        try:
            return data.decode(name), name
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


_ENDS_A_LINE: Final = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody "
    "tfoot thead title tr ul".split()
)
_NO_TEXT: Final = frozenset("script style head noscript template".split())


def lines_of_page(root: HtmlElement, *, before: Sequence[str] = ()) -> list[str]:
    """The text of a page as its reader sees it: a line for each paragraph, cell after cell.

    ``before`` are names of anchors ("DocID_"): where one begins so, a line of underscores is
    put in, because the database begins a record there and shows none.
    """
    from lxml import etree

    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            if element is not root and not hidden:
                pieces.append(element.tail or "")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in _NO_TEXT
            if tag in _ENDS_A_LINE:
                pieces.append("\n")
            elif tag in {"td", "th"} and element.getprevious() is not None:
                pieces.append("\t")
            if before and tag == "a" and (element.get("name") or "").startswith(tuple(before)):
                pieces.append(f"\n{RULE}\n")
            if not hidden:
                pieces.append(_SPACE.sub(" ", element.text or ""))
        else:
            hidden -= tag in _NO_TEXT
            if tag in _ENDS_A_LINE:
                pieces.append("\n")
            if element is not root and not hidden:
                pieces.append(_SPACE.sub(" ", element.tail or ""))
    return [line.strip(" ") for line in "".join(pieces).split("\n")]


#: What parts the records of a text export.
RULE: Final = "_" * 60
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
