"""One module per family of formats; each turns one file's bytes into raw articles.

A new format is one more module with a :class:`Reader` in it, and its name in ``READERS``.
"""

from __future__ import annotations

from pathlib import PurePath

from metoo_research.readers.base import RawArticle, Reader
from metoo_research.readers.plain_text import PLAIN_TEXT

__all__ = ["READERS", "RawArticle", "Reader", "endings_read", "reader_for"]

READERS: tuple[Reader, ...] = (PLAIN_TEXT,)


def reader_for(path: PurePath) -> Reader | None:
    """Give the reader for a file by its ending, or None where no module reads it."""
    ending = path.suffix.lower()
    return next((reader for reader in READERS if ending in reader.endings), None)


def endings_read() -> tuple[str, ...]:
    """All file endings that can be read, in the order of the readers."""
    return tuple(ending for reader in READERS for ending in reader.endings)
