"""ProQuest: records between lines of underscores, with named fields, as text or page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import Declared, File, Item, Reader
from metoo_research.readers.exports.common import (
    Record,
    author_in,
    beginning,
    blocks_of,
    finish,
    first_number,
    head_lines,
    is_html,
    lines_of_page,
    page_of,
    plain,
    text_of,
)
from metoo_research.readers.exports.dates import find_date

_RULE: Final = re.compile(r"\s*_{20,}\s*")
_COUNT: Final = re.compile(r"\s*Document (\d{1,6}) of (\d{1,6})\s*")
_NAMES: Final = (
    "Abstract", "Alternate title", "Author", "Classification", "Company / organization",
    "Copyright", "Correspondence author", "Country of publication", "Credit", "Database",
    "Document feature", "Document type", "Document URL", "Edition", "Ethnicity",
    "Electronic publication date", "First page", "Full text", "Full Text",
    "Identifier / keyword",
    "Identifiers / keywords", "Illustration", "ISBN", "ISSN", "Issue", "Language",
    "Language of publication", "Last updated", "Links", "Literature cited", "Location",
    "NAICS", "Number of pages", "Number of references", "Pages", "People", "Person",
    "Place of publication", "ProQuest document ID", "Publication date", "Publication info",
    "Publication subject", "Publication title", "Publication year", "Publisher", "Section",
    "Source type", "Subject", "Subtitle", "Supplement", "Title", "Volume", "Year", "e-ISSN",
    "eISSN", "Word count",
)  # fmt: skip
_FIELD: Final = re.compile(
    rf"({'|'.join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True))})"
    r":(?=\s|$)\s*(.*)",
    re.DOTALL,
)
_FULL_TEXT: Final = frozenset({"Full text", "Full Text"})
_OWN: Final = frozenset({"ProQuest document ID", "Publication title", "Database"})
_NONE: Final = re.compile(
    r"\W*(?:full text )?(?:is )?(?:un|not )available\.?\W*|none available\W*", re.IGNORECASE
)
_FRAME: Final = re.compile(
    r"\s*(?:Report Information from ProQuest|Table of contents|Contact us at|"
    r"Database copyright|Terms and Conditions)"
)
_DOCUMENT_LINK: Final = "ProQuest document link"
Block = list[str]


def is_export(lines: Sequence[str]) -> bool:
    """Whether a text has lines of underscores, and the database's name or fields."""
    if not any(_RULE.fullmatch(line) for line in lines):
        return False
    names = {found[1] for line in lines if (found := _FIELD.match(line))}
    return any(_FRAME.match(line) and "ProQuest" in line for line in lines[:40]) or bool(
        names & _OWN and len(names) >= _FEWEST_FIELDS
    )


_FEWEST_FIELDS: Final = 3


def articles(lines: Sequence[str], *, encoding: str | None = None) -> Iterator[Item]:
    """Read the articles of an export."""
    chunks = _chunks(lines)
    total = max((int(chunk[1] or 0) for chunk in chunks), default=0)
    yield Declared(total or _listed(lines) or len(chunks))
    records = [
        _record(part, f"document {number or count}")
        for count, (number, _, part) in enumerate(chunks, 1)
    ]
    yield from finish(records, database="proquest", encoding=encoding)


def _chunks(lines: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    """The records: their number and how many there are, where they say so, and their lines.

    A line of underscores can also stand within a text: what is behind it belongs to the record
    before if that one has its text but not yet its fields.
    """
    pieces: list[list[str]] = [[]]
    for line in lines:
        if _RULE.fullmatch(line):
            pieces.append([line])
        else:
            pieces[-1].append(line)
    chunks: list[tuple[str, str, list[str]]] = []
    seen: set[str] = set()  # the fields of the last record
    for piece in pieces:
        said = piece[1:] if piece and _RULE.fullmatch(piece[0]) else piece
        first = next((line for line in said if line.strip()), "")
        count = _COUNT.fullmatch(first)
        names = _names(said)
        is_open = bool(seen & _FULL_TEXT) and not seen & _OWN
        if chunks and not count and not names & _FULL_TEXT and is_open:
            chunks[-1][2].extend(piece)
            seen |= names
        elif names & (_OWN | _FULL_TEXT) or count:
            rest = said[said.index(first) + 1 :] if count else said
            number, total = count.groups() if count else ("", "")
            chunks.append((number, total, list(rest)))
            seen = names
    return chunks


def _names(lines: Sequence[str]) -> set[str]:
    return {
        found[1]
        for at, line in enumerate(lines)
        if (found := _FIELD.match(line.strip())) and (at == 0 or not lines[at - 1].strip())
    }


def _listed(lines: Sequence[str]) -> int:
    """How many titles the table of contents names."""
    start = next(
        (at for at, line in enumerate(lines) if plain(line) == "Table of contents"), None
    )
    if start is None:
        return 0
    listed = 0
    for line in lines[start + 1 :]:
        if _RULE.fullmatch(line) and listed:
            break
        if re.match(rf"\s*{listed + 1}\.\s", line):
            listed += 1
    return listed


def _record(lines: Sequence[str], name: str) -> Record:
    """Read one record; the fields behind its text are read from the end.

    A paragraph of the text can begin like a field ("Subject: none of your business"). Behind
    the text each field comes once, so the second of a name, seen from the end, is text.
    """
    blocks = [block for block in blocks_of(lines) if plain(block[0]) != _DOCUMENT_LINK]
    start = next((n for n, block in enumerate(blocks) if _name(block) in _FULL_TEXT), None)
    fields: dict[str, str] = {}
    end = len(blocks)
    if start is not None:
        while end > start + 1 and (name_of := _name(blocks[end - 1])):
            if name_of in fields:
                break
            fields[name_of] = _value(blocks[end - 1])
            end -= 1
    untitled: list[str] = []
    for block in blocks[: len(blocks) if start is None else start]:
        name_of = _name(block)
        if name_of:
            fields.setdefault(name_of, _value(block))
        elif not fields and not _RULE.fullmatch(block[0]):
            untitled.append(" ".join(block))
    record = Record(fields.get("ProQuest document ID") or name)
    record.headline = fields.get("Title") or (untitled[0] if untitled else None)
    record.author = author_in(fields.get("Author")) or None
    record.outlet = _outlet(fields)
    record.date = _date(fields)
    record.language = fields.get("Language of publication") or fields.get("Language")
    record.words = first_number(fields.get("Word count"))
    if "Document URL" in fields:
        record.url = fields["Document URL"]
        record.basis["url"] = "ProQuest document URL"
    if "Abstract" in fields:
        record.no_text = "only an abstract; look it up in the database"
    if start is not None:
        text = [
            _value(blocks[start], joined=False),
            *("\n".join(b) for b in blocks[start + 1 : end]),
        ]
        if not (len(text) == 1 and _NONE.fullmatch(text[0])):
            record.add("body", (line for one in text for line in one.split("\n")))
    return record


def _name(block: Block) -> str | None:
    found = _FIELD.match(block[0])
    return found[1] if found else None


def _value(block: Block, *, joined: bool = True) -> str:
    found = _FIELD.match(block[0])
    first = found[2] if found else block[0]
    return (" " if joined else "\n").join([first, *block[1:]]).strip()


def _outlet(fields: dict[str, str]) -> str | None:
    said = fields.get("Publication title") or fields.get("Publication info", "")
    return said.split(";")[0].strip() or None


def _date(fields: dict[str, str]) -> str | None:
    for name in ("Publication date", "Electronic publication date"):
        if fields.get(name):
            return fields[name]
    said = fields.get("Publication info", "")
    return said if find_date(said) else None


# --------------------------------------------------------------------------- files


def recognises(file: File) -> bool:
    """Whether a text file or page is an export of ProQuest."""
    if is_html(file.head):
        start = beginning(file)
        return (
            b'name="DocID_' in start
            or b"ProQuest document ID:" in start
            or b"Report Information from ProQuest" in start
        )
    lines = head_lines(file)
    if not any(_RULE.fullmatch(line) for line in lines):
        return False
    return is_export(beginning(file).decode("utf-8", errors="replace").splitlines())


def read(file: File) -> Iterator[Item]:
    """Read the articles of an export as text or page.

    Raises
    ------
    ReadError
        If the file is empty or no text, or holds no record.
    """
    if is_html(file.head):
        page, encoding = page_of(file)
        lines = lines_of_page(page, before=("DocID_",))
    else:
        text, encoding = text_of(file)
        lines = text.splitlines()
    if not _chunks(lines):
        raise ReadError(
            "no article in this ProQuest export", "download it again with full text"
        )
    yield from articles(lines, encoding=encoding)


PROQUEST = Reader(name="proquest", endings=(), read=read, recognises=recognises)
