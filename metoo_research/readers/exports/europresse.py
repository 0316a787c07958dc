"""Europresse: a page with one <article> for each document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import Declared, File, Item, Reader
from metoo_research.readers.exports.common import (
    Record,
    author_in,
    beginning,
    finish,
    first_number,
    is_html,
    lines_of_page,
    page_of,
    plain,
)
from metoo_research.readers.exports.dates import find_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_IN_PAGE: Final = re.compile(
    rb"docOcurrContainer|titreArticleVisu|rdp__(?:DocPublicationName|articletitle)|DocPublicationName"
)
_NUMBER: Final = re.compile(r"\bnews[·.]\d{8}[·.][\w·.-]+", re.IGNORECASE)
_DECLARED: Final = re.compile(r"\b(\d{1,6})\s+documents?\b", re.IGNORECASE)
# In "17 octobre 2017 512 mots" the year is no part of the number.
_WORDS: Final = re.compile(
    r"(?<!\d)(\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d+)\s*(?:mots?|words?)\b", re.IGNORECASE
)
# "Le Monde, no. 22670", "Le Monde (site web)": the issue is not part of the name.
_ISSUE: Final = re.compile(r",?\s+(?:no\.?|n°|nº)\s*\d.*$", re.IGNORECASE)


def recognises(file: File) -> bool:
    """Whether a page is an export of Europresse."""
    return is_html(file.head) and _IN_PAGE.search(beginning(file)) is not None


def read(file: File) -> Iterator[Item]:
    """Read the articles of an export.

    Raises
    ------
    ReadError
        If the file is empty, or holds no article.
    """
    page, encoding = page_of(file)
    found: list[HtmlElement] = [
        element
        for element in page.xpath("//article")
        if not any(above.tag == "article" for above in element.iterancestors())
    ]
    if not found:
        raise ReadError("no article in this Europresse export", "download it again")
    yield Declared(_declared(page, found[0]) or len(found))
    records = [_record(element, f"document {n}") for n, element in enumerate(found, 1)]
    yield from finish(records, database="europresse", encoding=encoding)


def _declared(page: HtmlElement, first: HtmlElement) -> int | None:
    """The number of documents that the page names above its first."""
    around = set(first.iterancestors())
    pieces: list[str] = []
    for element in page.iter("*"):
        if element is first:
            break
        pieces.append(element.text or "")
        if element not in around:
            pieces.append(element.tail or "")
    said = _DECLARED.search(" ".join(" ".join(pieces).split()))
    return int(said[1]) if said else None


def _record(element: HtmlElement, name: str) -> Record:
    outlet = _first(element, "DocPublicationName", "rdp__DocPublicationName")
    head = _first(element, "DocHeader")
    title = _first(
        element, "titreArticleVisu", "TitreArticleVisu", "rdp__articletitle", "titreArticle"
    )
    whole = plain(" ".join(element.itertext()))
    number = _NUMBER.search(whole)
    record = Record(number[0] if number else name)
    if outlet is not None:
        said = next((one for one in map(plain, outlet.itertext()) if one), "")
        record.outlet = _ISSUE.sub("", said).strip(" ,") or None
    record.headline = _text(title) or None
    lines = plain(" ".join(plain(_text(one)) for one in _all(element, "DocHeader")))[:500]
    if head is not None:
        record.date = lines if find_date(lines) is None else _date_in(lines)
        if counted := _WORDS.search(lines):
            record.words = first_number(counted[1])
    record.author = (
        author_in(_text(_first(element, "docAuthors", "sm-margin-bottomNews"))) or None
    )
    record.language = element.get("lang")
    subtitle = _first(element, "rdp__subtitle")
    record.add("subhead", [_text(subtitle)] if subtitle is not None else [])
    body = _first(element, "docOcurrContainer", "DocText")
    if body is not None:
        record.add("body", lines_of_page(body))
    else:
        record.notes.append("no part of the page is marked as the text")
        skipped = {one for one in (title, head, outlet, subtitle) if one is not None}
        record.add("body", _beside(element, skipped))
    return record


def _date_in(said: str) -> str:
    """The piece of a header with the date; "mardi 17 octobre 2017 512 mots" holds more."""
    return next((part for part in said.split(", ") if find_date(part)), said)


def _beside(element: HtmlElement, skipped: set[HtmlElement]) -> list[str]:
    """The paragraphs of an article that is not marked up as others are, without its head."""
    return [
        plain(_text(one))
        for one in element.iter("p")
        if not any(above in skipped for above in (one, *one.iterancestors()))
        and not any(above.tag in {"header", "footer"} for above in one.iterancestors())
    ]


def _all(element: HtmlElement, name: str) -> list[HtmlElement]:
    return list(
        element.xpath(".//*[contains(concat(' ', @class, ' '), $name)]", name=f" {name} ")
    )


def _first(element: HtmlElement, *names: str) -> HtmlElement | None:
    for name in names:
        for found in _all(element, name):
            if _text(found):
                return found
    return None


def _text(element: HtmlElement | None) -> str:
    return "" if element is None else plain(" ".join(lines_of_page(element)))


EUROPRESSE = Reader(name="europresse", endings=(), read=read, recognises=recognises)
