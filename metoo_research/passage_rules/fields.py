"""Heads that a person typed above an article: "Headline: …", "Date: …", and its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal

from metoo_research.passage_rules.page import DATE, NETWORK, Finder, Line, Page, Rule

Field = Literal["headline", "author", "date", "outlet", "address"]

_NAMES: Final[dict[Field, str]] = {
    "headline": r"headline|title",
    "author": r"authors?|by-?line|writers?|journalists?|reporters?",
    "date": r"date|published|published on|publication date|date of publication|date published",
    "outlet": r"source|outlet|publication|newspaper|publisher|site|website",
    "address": r"url|link|web address|address|permalink|source|retrieved from|available at",
}
_FIELD: Final = {
    name: re.compile(rf"\**(?:{names})\**\s*:\**\s*(?P<said>\S.*)", re.IGNORECASE)
    for name, names in _NAMES.items()
}
_ADDRESS: Final = re.compile(r"<?(?P<address>https?://[^\s/<>]+/[^\s<>]+)>?", re.IGNORECASE)
_OF_A_NETWORK: Final = re.compile(
    rf"https?://(?:[\w-]+\.)*(?:{NETWORK}\.com|t\.co|youtu\.be)/", re.I
)
# A head is typed above the text, and has a few lines.
_MOST_LINES: Final = 10
_FEWEST_FIELDS: Final = 2
_MOST_WORDS: Final = 12


def said_in(line: Line) -> str:
    """What stands behind the name of a field; of another line, all of it."""
    if not (line.rule or "").startswith("typed_"):
        return line.bare
    found = next(filter(None, (form.match(line.text) for form in _FIELD.values())), None)
    return found["said"].strip(" *") if found else line.bare


def address_in(line: Line) -> str | None:
    """The address of the page that a line of such a head names."""
    found = _ADDRESS.search(line.text) if line.kind == "boilerplate" else None
    return found["address"] if found else None


def _fields(page: Page) -> dict[int, Field]:
    """The fields of a typed head by where their lines start; none unless there are several."""
    found: dict[int, Field] = {}
    for line in islice(page.lines, _MOST_LINES):
        if line.is_prose:
            break
        for name, form in _FIELD.items():
            told = form.match(line.text) if not line.is_long and line.given is None else None
            if told and _is_worth(name, told["said"]):
                found.setdefault(line.start, name)
    return found if len(set(found.values())) >= _FEWEST_FIELDS else {}


def _is_worth(field: Field, said: str) -> bool:
    """Whether what is said may be what the field's name promises."""
    if field == "date":
        return re.search(DATE, said, re.IGNORECASE) is not None
    if field == "address" or _ADDRESS.match(said):
        return field == "address" and _ADDRESS.match(said) is not None
    return field == "headline" or (said[0].isupper() and len(said.split()) <= _MOST_WORDS)


def _lines_of(field: Field) -> Finder:
    def find(page: Page) -> Iterator[Line]:
        fields = _fields(page)
        return (line for line in page.open if fields.get(line.start) == field)

    return find


def _addresses(page: Page) -> Iterator[Line]:
    """The page's address as the first line, or behind its name as the last."""
    if not any(line.is_prose for line in page.lines):
        return
    first, last = page.lines[0], page.lines[-1]
    if _ADDRESS.fullmatch(first.text) and not _OF_A_NETWORK.search(first.text):
        yield first
    told = _FIELD["address"].fullmatch(last.text)
    if told and _ADDRESS.fullmatch(told["said"]):
        yield last


FIELD_RULES = (
    Rule("typed_headline", "headline", _lines_of("headline")),
    Rule("typed_author", "byline", _lines_of("author")),
    Rule("typed_date", "date", _lines_of("date")),
    Rule("typed_outlet", "section_tag", _lines_of("outlet")),
    Rule("typed_address", "boilerplate", _lines_of("address")),
    Rule("address_of_page", "boilerplate", _addresses),
)
