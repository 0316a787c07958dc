"""The names in a ZIP file, by which Office documents and archives are told apart."""

from __future__ import annotations

import re
import zipfile
from typing import Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import MOST_BYTES, Budget, File
from metoo_research.readers.text_lines import opened

# The beginning of a file within a ZIP file: 26 bytes, the length of its name, of its extras.
_LOCAL: Final = re.compile(rb"PK\x03\x04.{22}(?P<length>..)..", re.DOTALL)

# Text packs to a tenth; what packs to a thousandth says nothing.
_SUSPICIOUS_SIZE: Final = 50_000_000
_SUSPICIOUS_RATIO: Final = 150


def check_part(part: zipfile.ZipInfo, budget: Budget, *, most: int = 4 * MOST_BYTES) -> None:
    """Count what a part unpacks to; zipfile gives no more bytes than the part says it has.

    Raises
    ------
    ReadError
        If it is too much, by itself or with what came before.
    """
    check_ratio(part.file_size, part.compress_size)
    if part.file_size > most:
        raise ReadError(f"too large ({part.file_size / MOST_BYTES:.1f} GB)", "split it")
    budget.take(part.file_size)


def check_ratio(unpacked: int, packed: int) -> None:
    """Refuse what unpacks to many times its size."""
    if unpacked > most_unpacked(packed):
        raise ReadError(
            "unpacks to far more than any text (a zip bomb?)",
            f"{packed / 1e6:.1f} MB to {unpacked / 1e6:,.0f} MB or more; leave it out",
        )


def most_unpacked(packed: int) -> int:
    """Give how many bytes may come of so many packed ones."""
    return max(_SUSPICIOUS_SIZE, _SUSPICIOUS_RATIO * packed)


def part_names(file: File) -> tuple[str, ...]:
    """Name the parts of a ZIP file; of a truncated one, those at its beginning."""
    try:
        with opened(file) as stream, zipfile.ZipFile(stream) as archive:
            return tuple(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError):
        head = file.head
    names = []
    for found in _LOCAL.finditer(head):
        end = found.end() + int.from_bytes(found["length"], "little")
        names.append(head[found.end() : end].decode("utf-8", errors="replace"))
    return tuple(names)


def is_office(names: tuple[str, ...]) -> bool:
    """Whether the parts are those of a document of Word, Excel or PowerPoint."""
    return any(
        name == "[Content_Types].xml" or name.startswith(("word/", "xl/", "ppt/", "docProps/"))
        for name in names
    )
