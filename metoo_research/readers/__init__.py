"""One module per family of formats; each turns one file into raw articles.

A new format is one more module with a :class:`Reader` in it, and its name in ``READERS``. What
a file is, its content says; its ending only where that says nothing. Libraries that read a
format are imported when a file of it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from metoo_research.errors import ReadError
from metoo_research.readers.archives import ARCHIVES
from metoo_research.readers.base import (
    Budget,
    Declared,
    File,
    Item,
    Listed,
    Post,
    RawArticle,
    RawPassage,
    RawProblem,
    Reader,
)
from metoo_research.readers.exports import EUROPRESSE, FACTIVA, NEXIS, PROQUEST
from metoo_research.readers.html import HTML
from metoo_research.readers.json_lines import JSON
from metoo_research.readers.mail import MAIL
from metoo_research.readers.mhtml import MHTML
from metoo_research.readers.pdf import PDF
from metoo_research.readers.plain_text import PLAIN_TEXT
from metoo_research.readers.rtf import RTF
from metoo_research.readers.tables import TABLES
from metoo_research.readers.warc import WARC
from metoo_research.readers.word import WORD

__all__ = [
    "READERS",
    "Budget",
    "Declared",
    "File",
    "Item",
    "Listed",
    "Post",
    "RawArticle",
    "RawPassage",
    "RawProblem",
    "Reader",
    "endings_read",
    "read_items",
    "reader_for",
]

#: Asked in this order whether they recognise a file: the surer first. A database's export
#: comes before the format it is written in, and what is made of a zip before archives.
READERS: tuple[Reader, ...] = (
    PDF,
    RTF,
    WORD,
    WARC,
    MHTML,
    TABLES,
    ARCHIVES,
    NEXIS,
    FACTIVA,
    PROQUEST,
    EUROPRESSE,
    HTML,
    MAIL,
    JSON,
    PLAIN_TEXT,
)


def reader_for(file: File) -> Reader | None:
    """Give the reader for a file by its content, else its ending; None where none reads it."""
    known = next((reader for reader in READERS if reader.recognises(file)), None)
    if known is not None:
        return known
    ending = PurePath(file.name).suffix.lower()
    return next((reader for reader in READERS if ending in reader.endings), None)


def read_items(file: File) -> Iterator[Item]:
    """Read what a file holds.

    Raises
    ------
    ReadError
        If no reader knows it, or it cannot be read at all.
    """
    reader = reader_for(file)
    if reader is None:
        raise ReadError(
            f"no reader for {PurePath(file.name).suffix or 'files without an ending'}",
            f"files that are read: {', '.join(endings_read())}",
        )
    yield from reader.read(file)


def endings_read() -> tuple[str, ...]:
    """All file endings that can be read, in the order of the readers."""
    return tuple(ending for reader in READERS for ending in reader.endings)
