"""Web archives (.warc, .warc.gz): each page that a server answered with is an article."""

from __future__ import annotations

import io
import logging
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

from metoo_research.errors import ReadError
from metoo_research.readers.base import Budget, File, Item, RawArticle, RawProblem, Reader
from metoo_research.readers.safely import safely

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_HTML_TYPES = ("text/html", "application/xhtml+xml")
_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_STARTS = (b"WARC/1.", b"WARC/0.")
_COPY_AGAIN = "copy it again from its source"


def read(file: File) -> Iterator[Item]:
    """Read every page of a web archive, one at a time.

    An article's ``record`` is the page's address; the date of the capture is added where the
    archive holds the address more than once. Pictures, scripts, redirections and the like are
    passed over.

    Raises
    ------
    ReadError
        If it is no web archive, or there is no page in it.
    """
    return safely(_read(file), what="damaged web archive", way_out=_COPY_AGAIN)


def _read(file: File) -> Iterator[Item]:
    with _opened(file) as stream:
        pages = 0
        for item in _items(stream, file.budget):
            pages += 1
            yield item
    if not pages:
        raise ReadError("no page in it", "a web archive without pages in HTML")


def _opened(file: File) -> IO[bytes]:
    return file.path.open("rb") if file.path else io.BytesIO(file.data)


def _items(stream: IO[bytes], budget: Budget) -> Iterator[Item]:
    from warcio.archiveiterator import ArchiveIterator

    logger = logging.getLogger("warcio")  # it reports what it mends as warnings
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    seen: Counter[str] = Counter()
    archive = ArchiveIterator(stream)
    records = iter(archive)
    count = 0
    while True:
        with redirect_stderr(io.StringIO()):  # it writes its warnings there
            record = next(records, None)
        if record is None:
            break
        count += 1
        url = _header(record.rec_headers, "WARC-Target-URI").strip("<>")
        page = _page(record, budget) if _is_page(record) else None
        _pass_over(record, budget)
        cut_off = _is_cut_off(record)
        if cut_off and page is None:
            yield _cut_off(count)
        if page is None:
            continue
        name = url or f"record {count}"
        seen[name] += 1
        if seen[name] > 1:
            name = f"{name} {_header(record.rec_headers, 'WARC-Date') or seen[name]}"
        item = _article(page, url, name)
        if cut_off and isinstance(item, RawArticle):
            item = replace(item, truncated=True, notes=(*item.notes, "cut off in the archive"))
        yield item
        if cut_off:
            yield _cut_off(count)
    # A record cut off within its header is passed over by the library.
    if count and archive.offset < stream.seek(0, io.SEEK_END):
        yield _cut_off(count + 1)


def _is_cut_off(record: ArcWarcRecord) -> bool:
    """Whether less of a record is there than its header declares."""
    declared = _header(record.rec_headers, "Content-Length")
    return not declared.isdigit() or bool(getattr(record.raw_stream, "limit", 0))


def _cut_off(count: int) -> RawProblem:
    return RawProblem(f"ends within record {count:,}, so pages may be missing", _COPY_AGAIN)


def _article(page: _Page, url: str, record: str) -> Item:
    if page.problem:
        return RawProblem(*page.problem, record=record)
    from metoo_research.readers.html_page import article_of

    known = url if url.startswith(("http://", "https://")) else None
    try:
        return article_of(page.data, url=known, charset=page.charset, record=record)
    except ReadError as error:
        return RawProblem(error.reason, error.detail, record=record)


class _Page:
    """What a server answered: the page, or why it cannot be read."""

    def __init__(
        self,
        data: bytes = b"",
        charset: str | None = None,
        problem: tuple[str, str] | None = None,
    ) -> None:
        self.data = data
        self.charset = charset
        self.problem = problem


def _header(headers: Any, name: str) -> str:
    return str(headers.get_header(name) or "") if headers else ""


def _type(record: ArcWarcRecord) -> str:
    """The media type, that of the server's answer first."""
    kind = _header(record.http_headers, "Content-Type")
    if not kind and record.rec_type == "resource":
        kind = _header(record.rec_headers, "Content-Type")
    return kind.lower()


def _is_page(record: ArcWarcRecord) -> bool:
    """Whether it is a page; a redirection to one is not."""
    if record.rec_type not in ("response", "resource"):
        return False
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    return _type(record).startswith(_HTML_TYPES) and not str(status).startswith(("1", "3"))


def _page(record: ArcWarcRecord, budget: Budget) -> _Page:
    from metoo_research.readers.html_tree import MOST_BYTES_OF_A_PAGE

    status = str(record.http_headers.get_statuscode()) if record.http_headers else "200"
    if status.isdigit() and int(status) >= 400:
        return _Page(problem=(f"no article in it (the server answered {status})", ""))
    try:
        data = record.content_stream().read(MOST_BYTES_OF_A_PAGE + 1)
    except (zlib.error, EOFError, ValueError, OSError) as error:
        return _Page(problem=("the page is damaged", f"{_COPY_AGAIN} ({error})"))
    budget.take(len(data))
    _, _, charset = _type(record).partition("charset=")
    return _Page(data, charset.split(";")[0].strip(" \"'") or None)


def _pass_over(record: ArcWarcRecord, budget: Budget) -> None:
    """Read to the record's end in pieces, so that no compressed one is without bound."""
    while chunk := record.raw_stream.read(_CHUNK):
        budget.take(len(chunk))


def recognises(file: File) -> bool:
    """Whether a file begins with a WARC record, compressed or not."""
    head = file.head
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(_STARTS)


WARC = Reader(name="warc", endings=(".warc", ".warc.gz"), read=read, recognises=recognises)
