"""Plain text: one article a file."""

from __future__ import annotations

from typing import Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, RawArticle, Reader
from metoo_research.readers.encoding import decode
from metoo_research.readers.mojibake import repair

#: A book has a hundredth of it.
_MOST_BYTES: Final = 100_000_000


def read(file: File) -> tuple[RawArticle, ...]:
    """Read one article from a text file.

    Raises
    ------
    ReadError
        If the file is empty, not text, or far too long.
    """
    data = file.data
    if not data:
        raise ReadError("empty file", "0 bytes; copy it again from its source")
    if len(data) > _MOST_BYTES:
        raise ReadError(
            f"no article: {len(data) / 1e6:,.0f} MB of text", "split it into articles"
        )
    text, encoding = decode(data)
    if not text.strip():
        raise ReadError("no text in it", "white space only; copy it again from its source")
    text, notes = repair(text)
    return (RawArticle(text=text, encoding=encoding, notes=notes),)


PLAIN_TEXT = Reader(name="plain_text", endings=(".txt", ".text", ".md"), read=read)
