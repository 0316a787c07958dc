"""One document of a LexisNexis export: its head, its text, the fields behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from metoo_research.readers.exports.common import (
    Record,
    author_in,
    blocks_of,
    first_number,
    plain,
)
from metoo_research.readers.exports.dates import find_date, is_date_line
from metoo_research.readers.exports.fields import (
    BEFORE,
    BEHIND,
    Labelled,
    is_copyright,
    labelled,
)

#: The line between head and text in the layout of Nexis Uni.
BODY: Final = frozenset({"Body", "Text", "Corps"})
_HEADINGS_BEHIND: Final = {
    "Classification": "index", "Graphic": "caption", "Graphics": "caption", "Notes": "notes",
    "Correction": "notes", "References": "index",
}  # fmt: skip
_NO_HEADLINE: Final = frozenset({"no headline in original", "no title", "untitled"})
_MOST_HEAD_BLOCKS: Final = 12
_MOST_CAPTION_BLOCKS: Final = 6
Block = list[str]


def is_body_line(line: str) -> bool:
    """Whether a line parts a document's head from its text."""
    return plain(line) in BODY


def classic_record(lines: Sequence[str], name: str) -> Record:
    """Read one document of the layout whose field names are in capitals."""
    record = Record(name)
    blocks = blocks_of(lines)
    head = _classic_head(record, blocks)
    _text_and_fields(record, [block for block in blocks[head:] if block], capitals=True)
    return record


def _classic_head(record: Record, blocks: Sequence[Block]) -> int:
    """Read outlet, date, headline and the fields above the text; give where the text begins."""
    at = 0
    while at < len(blocks) and is_copyright(blocks[at][0]):
        at += 1
    dated = next((n for n in range(at, min(at + 4, len(blocks))) if _is_date(blocks[n])), None)
    if dated is None and _last_field_of_head(blocks, at) < 0:
        return at  # what is what cannot be known, so all of it is text
    if at < len(blocks) and at != dated and not _field(blocks[at]):
        record.outlet = plain(blocks[at][0])
        at += 1
    if dated is not None:
        record.date = next(line for line in blocks[dated] if is_date_line(line))
        at = dated + 1
    while at < len(blocks) and is_copyright(blocks[at][0]):
        at += 1
    last = _last_field_of_head(blocks, at)
    unnamed: list[str] = []
    while at < len(blocks):
        field = _field(blocks[at])
        if _is_body(blocks[at]):
            del blocks[at][0]  # the text can begin on the next line
            break
        if field and field.name in BEFORE:
            _keep(
                record, Labelled(field.name, " ".join([field.value, *blocks[at][1:]]).strip())
            )
        elif at < last or (not unnamed and not record.headline and last < 0):
            unnamed.append(" ".join(blocks[at]))
        else:
            break
        at += 1
    if unnamed and not record.headline:
        record.headline = unnamed.pop(0)
    record.add("subhead", unnamed)
    _forget_no_headline(record)
    return at


def _last_field_of_head(blocks: Sequence[Block], at: int) -> int:
    """The block with the last field above the text; -1 without any.

    The text begins behind "BODY:", or behind "LENGTH: 512 words" and the fields that follow it
    at once. A field's name further on is part of the text.
    """
    last = -1
    long = False
    for number in range(at, min(at + _MOST_HEAD_BLOCKS, len(blocks))):
        field = _field(blocks[number])
        if _is_body(blocks[number]):
            return number
        if field and field.name in BEFORE:
            last = number
            long = long or field.name == "words"
        elif long:
            break
    # Without a length, only fields that stand together close the head.
    if not long and last > at:
        first = next(n for n in range(at, last + 1) if _field(blocks[n]))
        while first < last and (field := _field(blocks[first + 1])) and field.name in BEFORE:
            first += 1
        return first
    return last


def uni_record(lines: Sequence[str], name: str, titles: frozenset[str]) -> Record:
    """Read one document of the layout with a line "Body"."""
    record = Record(name)
    blocks: list[Block] = [[line.strip()] for line in lines if line.strip()]
    body = next((n for n, block in enumerate(blocks) if is_body_line(block[0])), None)
    head = len(blocks) if body is None else body
    dated = next((n for n in range(min(head, 6)) if _is_date(blocks[n])), None)
    at = _uni_title(record, blocks, head, dated, titles)
    while at < head:
        field = _field(blocks[at], capitals=False)
        if field and field.name in BEFORE:
            _keep(record, field)
        elif body is None and not is_copyright(blocks[at][0]) and record.words is not None:
            break  # no line "Body": the text begins behind the fields
        at += 1
    start = at if body is None else body + 1
    _text_and_fields(record, blocks[start:], capitals=False)
    _forget_no_headline(record)
    return record


def _uni_title(
    record: Record,
    blocks: Sequence[Block],
    head: int,
    dated: int | None,
    titles: frozenset[str],
) -> int:
    """Read headline, outlet and date, which stand in this order; give what follows them."""
    if dated is not None:
        record.date = plain(blocks[dated][0])
        if dated == 1:
            only = plain(blocks[0][0])
            record.headline, record.outlet = (only, None) if only in titles else (None, only)
        elif dated:
            record.headline = " ".join(plain(block[0]) for block in blocks[: dated - 1])
            record.outlet = plain(blocks[dated - 1][0])
        return dated + 1
    unnamed = [
        plain(blocks[n][0])
        for n in range(min(head, 2))
        if not _field(blocks[n], capitals=False) and not is_copyright(blocks[n][0])
    ]
    if unnamed:
        record.headline = unnamed[0]
        record.outlet = unnamed[1] if len(unnamed) > 1 else None
    return len(unnamed)


def _text_and_fields(record: Record, blocks: Sequence[Block], *, capitals: bool) -> None:
    """Part the text from the fields behind it, which are read from the end.

    What is no field that we know stays in the text, so that no word of it is lost.
    """
    end = len(blocks)
    fields: list[Labelled] = []
    while end:
        block = blocks[end - 1]
        field = _field(block, capitals=capitals)
        heading = None if capitals else _HEADINGS_BEHIND.get(plain(block[0]))
        if field and field.name in BEHIND:
            fields.append(Labelled(field.name, " ".join([field.value, *block[1:]]).strip()))
        elif heading is None and not is_copyright(block[0]):
            break
        end -= 1
    body = [line for block in blocks[:end] for line in block]
    captions: list[str] = []
    if not capitals:
        # The line "Graphic" stands above the captions.
        for number in range(max(0, len(body) - _MOST_CAPTION_BLOCKS), len(body)):
            if _HEADINGS_BEHIND.get(plain(body[number])) == "caption":
                body, captions = body[:number], body[number + 1 :]
                break
    record.add("body", body)
    record.add("caption", captions)
    if capitals and not fields:
        record.cut("nothing stands behind its text, where the fields should (cut off?)")
    for field in reversed(fields):
        _keep(record, field)


def _keep(record: Record, field: Labelled) -> None:
    name, value = field
    if name == "author":
        record.author = record.author or author_in(value)
    elif name == "words":
        record.words = first_number(value)
    elif name == "headline":
        record.headline = record.headline or value
    elif name == "url" and value.startswith("http"):
        record.url, record.basis["url"] = value, "URL field of the export"
    elif name == "language":
        record.language = value
    elif name in {"caption", "subhead"}:
        record.add(name, [value])
    elif name == "loaded" and record.date is None and find_date(value):
        # The day it came into the database is often not the day it was published.
        record.notes.append(f"no date of publication; in the database since {value}")
    elif name == "notes":
        record.add("boilerplate", [value])


def _forget_no_headline(record: Record) -> None:
    if record.headline and record.headline.strip("[]. ").casefold() in _NO_HEADLINE:
        record.headline = None


def _field(block: Block, *, capitals: bool = True) -> Labelled | None:
    return labelled(block[0], capitals=capitals)


def _is_body(block: Block) -> bool:
    """Whether a block begins with the line "BODY:"; with more on the line it is text."""
    field = _field(block)
    return field is not None and field.name == "body" and not field.value


def _is_date(block: Block) -> bool:
    # "Load-Date: October 20, 2017" is another day.
    return _field(block, capitals=False) is None and any(is_date_line(line) for line in block)
