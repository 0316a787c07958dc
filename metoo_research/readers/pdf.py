"""PDF: one article a file."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any, Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, RawArticle, RawPassage, Reader
from metoo_research.readers.document_facts import borne_out
from metoo_research.readers.exports.dates import find_date
from metoo_research.readers.pdf_layout import PageLine, paragraphs_of, printed_address

_MOST_PAGES: Final = 2_000
# The mark stands within the first kilobyte (ISO 32000-1, implementation note 13).
_MARK_WITHIN: Final = 1_024
_END_WITHIN: Final = 2_048
_AGAIN: Final = "copy it again from its source, or print it to a new PDF"
_DAY: Final = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_DATE_AMONG: Final = 12  # paragraphs
_BROKEN_WORD: Final = frozenset("\x02\ufffe")


def recognises(file: File) -> bool:
    """Whether a file has the mark of a PDF near its beginning."""
    return b"%PDF-" in file.head[:_MARK_WITHIN]


def read(file: File) -> tuple[RawArticle, ...]:
    """Read the article of a PDF: paragraphs, headline, running heads.

    Raises
    ------
    ReadError
        If it is protected, damaged, too long, or holds no text (a scan).
    """
    data = file.data
    if not data:
        raise ReadError("empty file", "0 bytes; copy it again from its source")
    if b"%PDF-" not in data[:_MARK_WITHIN]:
        raise ReadError("not a PDF, whatever its ending says", _AGAIN)
    lines, pages, properties = _lines(data)
    if not lines:
        raise ReadError("no text in it (a scan?)", "run text recognition (OCR) first")
    cut = b"%%EOF" not in data[-_END_WITHIN:]
    return (_article(lines, pages, properties, cut=cut),)


def _article(
    lines: list[PageLine], pages: int, properties: dict[str, str], *, cut: bool
) -> RawArticle:
    pieces: list[str] = []
    bounds: list[tuple[int, int]] = []
    passages: list[RawPassage] = []
    at = 0
    headline = None
    for paragraph in paragraphs_of(lines):
        end = at + len(paragraph.text)
        if paragraph.kind and paragraph.rule:
            passages.append(RawPassage(at, end, paragraph.kind, paragraph.rule))
        if paragraph.kind == "headline":
            headline = paragraph.text
        bounds.append((at, end))
        pieces.append(paragraph.text)
        at = end + 2
    text = "\n\n".join(pieces)
    facts = borne_out(
        text,
        bounds,
        title=properties.get("Title", ""),
        author=properties.get("Author", ""),
        where="PDF properties",
    )
    basis = dict(facts.basis)
    if headline is not None:
        basis["headline"] = "largest type on the first page"
    elif facts.passage is not None:
        passages = sorted([facts.passage, *passages], key=lambda one: one.start)
    published = _day_it_was_made(pieces, properties)
    if published:
        basis["published"] = "date in the text, the day the PDF was made"
    if url := printed_address(lines):
        basis["url"] = "foot of the printed page"
    notes = list(facts.notes)
    without = pages - len({line.page for line in lines})
    if without:
        notes.append(f"{without:,} of {pages:,} pages hold no text (pictures?)")
    if cut:
        notes.append("the file ends before its end mark (cut off?)")
    return RawArticle(
        text=text,
        headline=headline or facts.headline,
        author=facts.author,
        published=published,
        url=url,
        passages=tuple(passages),
        truncated=True if cut else None,
        basis=basis,
        notes=tuple(notes),
    )


def _day_it_was_made(pieces: list[str], properties: dict[str, str]) -> str | None:
    """The day the PDF was made, if its first paragraphs name the same day.

    By itself it may be the day on which a reader printed the page.
    """
    found = _DAY.match(properties.get("CreationDate", ""))
    if found is None:
        return None
    day = "-".join(found.groups())
    named = {(find_date(piece[:200]) or "")[:10] for piece in pieces[:_DATE_AMONG]}
    return day if day in named else None


# --------------------------------------------------------------------------- the library


def _lines(data: bytes) -> tuple[list[PageLine], int, dict[str, str]]:
    """The lines of all pages, the number of pages, and the properties."""
    import pypdfium2

    document: Any = None
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
        properties = dict(document.get_metadata_dict())
        read_of = range(pages if pages <= _MOST_PAGES else 0)
        lines = [line for number in read_of for line in _page(document, number)]
    except Exception as error:  # a damaged file makes the library raise almost anything
        if "password" in str(error).lower():
            raise ReadError("protected by a password", "save it without one") from error
        raise ReadError("truncated or damaged PDF", _AGAIN) from error
    finally:
        if document is not None:
            document.close()
    if pages > _MOST_PAGES:
        raise ReadError(f"too long ({pages:,} pages)", "split it into articles")
    return lines, pages, properties


def _page(document: Any, number: int) -> Iterator[PageLine]:
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
        height = float(page.get_height())
        letters = page.get_textpage()
    except PdfiumError:
        return  # one damaged page is counted as one without text
    try:
        for start, end, text in _runs(letters):
            yield _line(letters, start, end, text, number, height)
    finally:
        letters.close()
        page.close()


def _runs(letters: Any) -> Iterator[tuple[int, int, str]]:
    """The lines of a page: first and last character that shows, and the text."""
    from pypdfium2 import raw

    first = last = -1
    text = ""
    for at in range(letters.count_chars()):
        code = raw.FPDFText_GetUnicode(letters, at)
        char = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else ""
        if 0xD800 <= code <= 0xDFFF:
            char = "\ufffd"
        if char in _BROKEN_WORD:
            # The library takes a word broken at a line's end for one.
            text, last = f"{text}-", at
        if char in {"\r", "\n", *_BROKEN_WORD}:
            if text.strip():
                yield first, last, text
            first, text = -1, ""
            continue
        text += char
        if char.strip():
            first = at if first < 0 else first
            last = at
    if text.strip():
        yield first, last, text


def _line(letters: Any, first: int, last: int, text: str, page: int, height: float) -> PageLine:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(letters, first, ctypes.byref(x), ctypes.byref(y))
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(
        letters, last, *(ctypes.byref(one) for one in (left, right, bottom, top))
    )
    size = round(float(raw.FPDFText_GetFontSize(letters, first)) * 2) / 2
    return PageLine(
        text=text,
        page=page,
        left=x.value,
        right=right.value,
        base=y.value,
        size=size,
        height=height,
    )


PDF = Reader(name="pdf", endings=(".pdf",), read=read, recognises=recognises)
