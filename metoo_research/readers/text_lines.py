"""A text file line by line, in its own encoding, whatever its size."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File
from metoo_research.readers.encoding import find_encoding

_BLOCK: Final = 1 << 20
_SAMPLE: Final = 4 << 20
# A bad export may be padded with zeros or hold a stray control character; a picture is full
# of both.
_MOST_ZEROS: Final = 0.1
_MOST_CONTROLS: Final = 0.01
_CONTROLS: Final = bytes(range(1, 9)) + bytes(range(14, 32))


@contextmanager
def opened(file: File) -> Iterator[IO[bytes]]:
    """Open a file, on disk or of an archive, for its bytes."""
    stream: IO[bytes] = io.BytesIO(file.data) if file.path is None else file.path.open("rb")
    with stream:
        yield stream


@dataclass(frozen=True, slots=True)
class TextLines:
    """The lines of a file with their ends.

    Bytes that do not fit the encoding are let through as lone surrogates (PEP 383), so that
    one damaged line does not cost the others; `is_damaged` tells them.
    """

    file: File
    encoding: str

    def __iter__(self) -> Iterator[str]:
        """Give the lines, from the first on; a line feed, a carriage return or both end one."""
        with (
            opened(self.file) as stream,
            io.TextIOWrapper(
                stream, encoding=self.encoding, errors="surrogateescape", newline=""
            ) as text,
        ):
            yield from text


def is_damaged(text: str) -> bool:
    """Whether a text holds bytes that did not fit its encoding."""
    if text.isascii():
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def text_lines(file: File) -> TextLines:
    """Find a file's encoding, by all of its bytes, and give its lines.

    Raises
    ------
    ReadError
        If it is empty or not text.
    """
    with opened(file) as stream:
        first = stream.read(_BLOCK)
        if not first:
            raise ReadError("empty file", "0 bytes; copy it again from its source")
        encoding = _encoding_of_beginning(first)
        if encoding is None:
            stream.seek(0)
            encoding = _encoding_of_all(stream)
    controls = len(first) - len(first.translate(None, _CONTROLS))
    zeros = 0 if encoding.startswith(("utf-16", "utf-32")) else first.count(0)
    if zeros > _MOST_ZEROS * len(first) or controls > _MOST_CONTROLS * len(first):
        raise ReadError("not text (binary data)", "export it again")
    return TextLines(file, encoding)


def _encoding_of_beginning(first: bytes) -> str | None:
    """What a mark, or two bytes for every letter, show; nothing else does for sure."""
    with suppress(ReadError):
        encoding = find_encoding(first[: len(first) // 2 * 2])
        if encoding == "utf-8-sig" or encoding.startswith(("utf-16", "utf-32")):
            return encoding
    return None


def _encoding_of_all(stream: IO[bytes]) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    ascii_only = utf_8 = True
    sample = bytearray()
    while block := stream.read(_BLOCK):
        if block.isascii() and not decoder.getstate()[0]:
            continue
        ascii_only = False
        if len(sample) < _SAMPLE:
            sample += block
        if utf_8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                utf_8 = False
        if not utf_8 and len(sample) >= _SAMPLE:
            break
    with suppress(UnicodeDecodeError):
        if utf_8:
            decoder.decode(b"", final=True)
            return "ascii" if ascii_only else "utf-8"
    return find_encoding(bytes(sample))
