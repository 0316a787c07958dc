"""Saved pages: one article a file, with what the page's structure tells of it."""

from __future__ import annotations

import re

from metoo_research.readers.base import File, RawArticle, Reader

_STARTS = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype\s+html|html[\s>]|head[\s>])",
    re.IGNORECASE | re.DOTALL,
)


def read(file: File) -> tuple[RawArticle, ...]:
    """Read the article of a saved page.

    Raises
    ------
    ReadError
        If the page is empty, is no article, or cannot be read.
    """
    from metoo_research.readers.html_page import article_of, check_page_size

    if file.path is not None:
        check_page_size(file.path.stat().st_size)
    return (article_of(file.data),)


def recognises(file: File) -> bool:
    """Whether a file begins as a page does."""
    head = file.head
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = head.decode("utf-16", errors="ignore")
    else:
        start = head.decode("utf-8", errors="ignore").removeprefix("\ufeff")
    return _STARTS.match(start) is not None


HTML = Reader(
    name="html", endings=(".html", ".htm", ".xhtml"), read=read, recognises=recognises
)
