"""Plain text: one article a file."""

from __future__ import annotations

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, RawArticle, Reader
from metoo_research.readers.encoding import decode


def read(file: File) -> tuple[RawArticle, ...]:
    """Read one article from a text file.

    Raises
    ------
    ReadError
        If the file is empty or not text.
    """
    data = file.data
    if not data:
        raise ReadError("empty file", "0 bytes; copy it again from its source")
    text, encoding = decode(data)
    if not text.strip():
        raise ReadError("no text in it", "white space only; copy it again from its source")
    return (RawArticle(text=text, encoding=encoding),)


PLAIN_TEXT = Reader(name="plain_text", endings=(".txt", ".text", ".md"), read=read)
