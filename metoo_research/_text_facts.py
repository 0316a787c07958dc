"""What a text itself says of its author, outlet and date, for files that say nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from metoo_research.passage_rules import Line
from metoo_research.passage_rules.fields import address_in, said_in
from metoo_research.passage_rules.origin import (
    author_of_byline,
    day_of_dateline,
    outlet_beside_date,
    outlet_of_byline,
)
from metoo_research.passage_rules.outlets import names_outlet
from metoo_research.passage_rules.page import DATE
from metoo_research.readers.exports.dates import find_date

# Of markdown; a hashtag has no space behind it.
_HEADING_MARK: Final = re.compile(r"^#{1,6}\s+")
_ABOUT: Final = re.compile(
    r"(?=\b(?:published|posted|created|updated|modified|edited|corrected)\b)", re.IGNORECASE
)
_PUBLISHED: Final = re.compile(r"published|posted|created", re.IGNORECASE)
_CHANGED: Final = re.compile(r"updated|modified|edited|corrected", re.IGNORECASE)
_DATE: Final = re.compile(DATE, re.IGNORECASE)
_LONGEST_SAID: Final = 60
_OUTLET_RULES: Final = frozenset({"outlet_above_headline", "outlet_at_the_head"})


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What the passages of a text say; None where they do not, or leave it open.

    ``basis`` says where outlet and date were found, ``notes`` which date was not taken and why.
    """

    headline: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    basis: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def facts_in_text(lines: Sequence[Line]) -> TextFacts:
    """Take headline, author, outlet, date and address from the passages of a text.

    The date is the one called the date of publication; else the one beside headline or byline;
    else that of the dateline; else that of a line "Published …" below the text. Where two of
    the same rank differ, or day and month could be exchanged, none is taken; so is none that
    may be the first of a timeline's.
    """
    titles = (
        said_in(line) if _is_typed(line) else line.text
        for line in lines
        if line.kind == "headline"
    )
    headline = next(titles, "")
    byline = next((said_in(line) for line in lines if line.kind == "byline"), "")
    url = next(filter(None, (address_in(line) for line in lines if _is_address(line))), None)
    outlet = _outlet(lines)
    published, where, notes = _published(lines)
    found = {"outlet": outlet, "url": url}
    basis = {name: "head of the text" for name, said in found.items() if said}
    if published:
        basis["published"] = where
    return TextFacts(
        headline=_HEADING_MARK.sub("", headline) or None,
        author=author_of_byline(byline),
        outlet=outlet,
        published=published,
        url=url,
        basis=basis,
        notes=notes,
    )


def _outlet(lines: Sequence[Line]) -> str | None:
    for line in lines:
        said = None
        if line.rule in _OUTLET_RULES and names_outlet(line.text):
            said = line.text
        elif line.rule == "typed_outlet":
            said = said_in(line)
        elif line.rule == "outlet_and_date":
            said = outlet_beside_date(line.bare)
        elif line.rule == "byline":
            said = outlet_of_byline(line.bare)
        if said:
            return said.strip(" .,|·•–—-")
    return None


def _published(lines: Sequence[Line]) -> tuple[str | None, str, tuple[str, ...]]:
    """The date of publication in ISO 8601, where it was found, and what to note."""
    ranks: dict[str, list[str]] = {
        "date of publication in the text": [],
        "date at the head of the text": [],
        "dateline of the text": [],
        "date of publication below the text": [],
    }
    called, bare, dateline, below = ranks.values()
    changed: list[str] = []
    head = sum(1 for _ in takewhile(lambda line: not _is_running_text(line), lines))
    for number, line in enumerate(lines):
        at_head = number < head
        if line.kind not in {"date", "byline"} or len(line.text) > 200:
            continue
        if line.rule == "dateline":
            dateline += [line.text] if at_head and _DATE.search(line.text) else []
            continue
        if line.rule == "typed_date":
            called += [said_in(line)] if _DATE.search(line.text) else []
            continue
        for piece in _ABOUT.split(line.text):
            if not _DATE.search(piece):
                continue
            if _CHANGED.match(piece):
                changed.append(piece)
            elif at_head:
                (called if _PUBLISHED.match(piece) else bare).append(piece)
            elif piece.lower().startswith("published"):  # comments are posted
                below.append(piece)
    if head < len(lines) and (said := day_of_dateline(lines[head].text)):
        dateline.append(said)
    if any(line.kind in {"subhead", "body"} and _DATE.fullmatch(line.bare) for line in lines):
        bare.clear()  # a timeline: the date above may be that of its first event
    for where, pieces in ranks.items():
        if pieces:
            return _one_of(pieces, where)
    if changed:
        said = changed[0].strip()[:_LONGEST_SAID]
        return None, "", (f"date left empty, that of a change only: {said!r}",)
    return None, "", ()


def _is_typed(line: Line) -> bool:
    return (line.rule or "").startswith("typed_")


def _is_address(line: Line) -> bool:
    return line.rule in {"typed_address", "address_of_page"}


def _is_running_text(line: Line) -> bool:
    return line.kind == "body" and len(line.words) >= 8 and line.ends_sentence


def _one_of(pieces: Sequence[str], where: str) -> tuple[str | None, str, tuple[str, ...]]:
    """The date of some pieces of text, if all say the same day."""
    found = [find_date(piece) for piece in pieces]
    days = {date[:10] for date in found if date}
    said = [piece.strip(" |·•,;()")[:_LONGEST_SAID] for piece in pieces]
    if None in found and not days:
        unclear = said[found.index(None)]
        return None, "", (f"date left empty, day and month unclear: {unclear!r}",)
    if len(days) > 1:
        several = " and ".join(repr(one) for one in dict.fromkeys(said))
        return None, "", (f"date left empty, the text gives several: {several}",)
    return max((date for date in found if date), key=len), where, ()
