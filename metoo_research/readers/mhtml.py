"""Pages saved in one file with their frames (.mhtml, .mht), as Chrome and Word save them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, RawArticle, Reader

if TYPE_CHECKING:
    from email.message import Message

    from lxml.html import HtmlElement

# Pictures included; one page of a newspaper stays far below.
_MOST_BYTES = 200_000_000
_MOST_PARTS = 5_000
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HEADER = re.compile(rb"\A\s*(?:[A-Za-z][\w-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+")
_OF_A_PAGE = re.compile(
    rb"^(?:Snapshot-Content-Location:|From: <?Saved by|X-MimeOLE: Produced By Microsoft MimeOLE"
    rb"|From: \"?Saved by)",
    re.IGNORECASE | re.MULTILINE,
)
_OF_A_LETTER = re.compile(
    rb"^(?:To|Received|Return-Path|Delivered-To):", re.IGNORECASE | re.MULTILINE
)
_SAVE_AGAIN = "save the page again from the browser"


def read(file: File) -> tuple[RawArticle, ...]:
    """Read the article of a page saved as MHTML.

    Raises
    ------
    ReadError
        If there is no page in it, the page is no article, or it cannot be read.
    """
    from email import policy
    from email.parser import BytesParser

    from metoo_research.readers.html_page import article_of

    size = file.path.stat().st_size if file.path else len(file.data)
    if size > _MOST_BYTES:
        raise ReadError(f"too large for a page ({size / 1e6:.0f} MB)", _SAVE_AGAIN)
    data = file.data
    if not data.strip():
        raise ReadError("empty file", f"0 bytes; {_SAVE_AGAIN}")
    try:
        # Its headers are read as they are; the stricter policies raise on damaged ones.
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        pages = list(_pages(message))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ReadError("the saved page is damaged", _SAVE_AGAIN) from error
    if not pages:
        raise ReadError("no page in it", _SAVE_AGAIN)
    root = _root(message, pages)
    url = _header(message, "Snapshot-Content-Location") or _header(root, "Content-Location")
    frames = _Frames([page for page in pages if page is not root])
    article = article_of(
        _content(root),
        url=url if url and url.startswith(("http://", "https://")) else None,
        charset=_charset(root),
        frames=frames.tree,
    )
    return (article,)


def _pages(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            return
        if part.get_content_type() in _HTML_TYPES:
            yield part


def _root(message: Message, pages: list[Message]) -> Message:
    """The part that the archive names as its start, else the first page."""
    start = str(message.get_param("start") or "").strip("<> ")
    named = (page for page in pages if start and _content_id(page) == start)
    return next(named, pages[0])


def _header(part: Message, name: str) -> str:
    return re.sub(r"\s+", "", str(part.get(name) or ""))


def _content_id(part: Message) -> str:
    return _header(part, "Content-ID").strip("<>")


def _charset(part: Message) -> str | None:
    said = part.get_param("charset")
    return said if isinstance(said, str) else None


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


class _Frames:
    """The frames that were saved with a page: embedded posts among them."""

    def __init__(self, parts: list[Message]) -> None:
        self._parts: dict[str, Message] = {}
        for part in parts:
            for name in (f"cid:{_content_id(part)}", _header(part, "Content-Location")):
                self._parts.setdefault(name, part)

    def tree(self, address: str) -> HtmlElement | None:
        from metoo_research.readers.html_tree import decode_page, parse_page

        part = self._parts.get(address)
        if part is None:
            return None
        try:
            source, _, _ = decode_page(_content(part), _charset(part))
            return parse_page(source)[0]
        except ReadError:
            return None


def recognises(file: File) -> bool:
    """Whether a file begins as a browser saves pages, and not as a letter does."""
    header = _HEADER.match(file.head)
    return bool(header and _OF_A_PAGE.search(header[0]) and not _OF_A_LETTER.search(header[0]))


MHTML = Reader(name="mhtml", endings=(".mhtml", ".mht"), read=read, recognises=recognises)
