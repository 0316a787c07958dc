"""The words of a figure inside its files, where programs and screen readers look for them.

| | title | alt text | caption | source line |
|---|---|---|---|---|
| PNG | Title | Description | Comment, both | |
| SVG | title | desc | dc:description | dc:source |
| PDF | Title | Subject | Caption | Source |

They are put into finished files, so that they can be changed without drawing again: a file
that gets its words later has the same bytes as one that was saved with them.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import asdict, dataclass
from typing import Final
from xml.sax.saxutils import escape

# Characters that XML has no place for: controls, lone surrogates.
_NOT_TEXT: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a figure; each on one line."""

    title: str
    caption: str
    alt: str
    source: str

    def as_dict(self) -> dict[str, str]:
        """Give them by their names in the record."""
        return asdict(self)


def one_line(text: str | None) -> str:
    """Put a text on one line, without characters that some format cannot hold."""
    return " ".join(_NOT_TEXT.sub("", text or "").split())


def with_words(content: bytes, ending: str, name: str, words: Words) -> bytes:
    """Put the words into a picture as `save_figure` drew it, in place of any it has.

    Parameters
    ----------
    content
        The file.
    ending
        ``.png``, ``.svg`` or ``.pdf``.
    name
        The bundle's name: it makes the ids in the SVG.

    Raises
    ------
    ValueError
        If the file is not built as Matplotlib builds it.
    """
    if ending == ".png":
        return _png(content, words)
    if ending == ".svg":
        return _svg(content.decode("utf-8"), name, words).encode("utf-8")
    return _pdf(content, words)


# --- PNG: chunks of text behind the header (PNG specification, 11.3.3) -----------------------

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def _png(content: bytes, words: Words) -> bytes:
    chunks = list(_chunks(content))
    header, *rest = chunks
    texts = {
        "Title": words.title,
        "Description": words.alt,
        "Comment": f"{words.caption} {words.source}",
    }
    written = [_text_chunk(keyword, text) for keyword, text in texts.items() if text]
    kept = [chunk for chunk in rest if chunk[4:8] not in (b"tEXt", b"iTXt", b"zTXt")]
    return _SIGNATURE + b"".join([header, *written, *kept])


def _chunks(content: bytes) -> list[bytes]:
    if not content.startswith(_SIGNATURE):
        raise ValueError("not a PNG file")
    chunks, at = [], len(_SIGNATURE)
    while at < len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        chunks.append(content[at:end])
        at = end
    return chunks


def _text_chunk(keyword: str, text: str) -> bytes:
    try:
        kind, data = b"tEXt", f"{keyword}\0{text}".encode("latin-1")
    except UnicodeEncodeError:  # international text: not compressed, no language
        kind, data = b"iTXt", f"{keyword}\0\0\0\0\0{text}".encode()
    return (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    )


def words_in_png(content: bytes) -> dict[str, str]:
    """Read the texts in a PNG file, by their keywords."""
    texts = {}
    for chunk in _chunks(content):
        keyword, _, text = chunk[8:-4].partition(b"\0")
        if chunk[4:8] == b"tEXt":
            texts[keyword.decode("latin-1")] = text.decode("latin-1")
        elif chunk[4:8] == b"iTXt":
            texts[keyword.decode("latin-1")] = text[4:].decode("utf-8")
    return texts


# --- SVG -------------------------------------------------------------------------------------

_OWN_LABELS: Final = re.compile(r'role="img" aria-labelledby="[^"]*" ')
_OWN_WORDS: Final = re.compile(
    r" <title id=[^>]*>[^<]*</title>\n <desc id=[^>]*>[^<]*</desc>\n"
)
_WORK: Final = re.compile(
    r"( *)<cc:Work>\n(?: *<dc:(?:description|source)>[^<]*</dc:(?:description|source)>\n)*"
)


def _svg(drawing: str, name: str, words: Words) -> str:
    head, start, body = drawing.partition("<svg ")
    attributes, end, content = body.partition(">\n")
    if not start or not end or not _WORK.search(content):
        raise ValueError("not an SVG file of ours")
    attributes = _OWN_LABELS.sub("", attributes, count=1)
    content = _OWN_WORDS.sub("", content, count=1)
    labels = f'role="img" aria-labelledby="{name}-title {name}-desc" '
    # A figure without a title is named by its caption.
    title, description = escape(words.title or words.caption), escape(words.alt)
    said = f' <title id="{name}-title">{title}</title>\n'
    said += f' <desc id="{name}-desc">{description}</desc>\n'

    def work(found: re.Match[str]) -> str:
        return (
            f"{found[1]}<cc:Work>\n"
            f"{found[1]} <dc:description>{escape(words.caption)}</dc:description>\n"
            f"{found[1]} <dc:source>{escape(words.source)}</dc:source>\n"
        )

    content = _WORK.sub(work, content, count=1)
    return f"{head}{start}{labels}{attributes}{end}{said}{content}"


# --- PDF: the document information dictionary (ISO 32000-1, 14.3.3) --------------------------

_TRAILER: Final = re.compile(
    rb"trailer\s*<<.*/Info (\d+) 0 R.*>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z", re.DOTALL
)
_ENTRY: Final = re.compile(rb"(\d{10})( \d{5} n )")


def _pdf(content: bytes, words: Words) -> bytes:
    trailer = _TRAILER.search(content, content.rfind(b"\ntrailer"))
    if trailer is None:
        raise ValueError("not a PDF file of ours")
    number, table_at = int(trailer[1]), int(trailer[2])
    body, table = content[:table_at], content[table_at:]
    begin = body.rindex(b"\n%d 0 obj\n" % number) + 1
    end = body.index(b"\nendobj\n", begin) + len(b"\nendobj\n")
    texts = {
        "Title": words.title,
        "Subject": words.alt,
        "Caption": words.caption,
        "Source": words.source,
    }
    entries = b"".join(
        b"/%s %s\n" % (key.encode(), _pdf_text(text)) for key, text in texts.items() if text
    )
    written = b"%d 0 obj\n<< %s>>\nendobj\n" % (number, entries)
    longer = len(written) - (end - begin)

    def moved(entry: re.Match[bytes]) -> bytes:
        at = int(entry[1])
        return b"%010d%s" % (at + longer if at > begin else at, entry[2])

    table = _ENTRY.sub(moved, table)
    table = re.sub(rb"(startxref\s+)\d+", rb"\g<1>%d" % (table_at + longer), table)
    return body[:begin] + written + body[end:] + table


def _pdf_text(text: str) -> bytes:
    if text.isascii():
        return b"(%s)" % re.sub(rb"([\\()])", rb"\\\1", text.encode("ascii"))
    # In hexadecimal, so that no byte of it can be taken for the end of the object.
    return b"<feff%s>" % text.encode("utf-16-be").hex().encode("ascii")
