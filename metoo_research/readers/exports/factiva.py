"""Factiva: articles in full with or without field codes (HD, WC, TD …), as text or page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, Item, RawArticle, RawProblem, Reader
from metoo_research.readers.exports.common import (
    COPYRIGHT,
    Record,
    author_in,
    beginning,
    blocks_of,
    finish,
    first_number,
    head_lines,
    is_html,
    language_code,
    lines_of_page,
    page_of,
    plain,
    text_of,
)
from metoo_research.readers.exports.dates import is_date_line

# A document's own number: the source's code, the day, and what tells it from others.
_NUMBER: Final = r"([A-Z][A-Z0-9]{3,9}(?:19|20)\d{6}[a-z0-9]{6,12})"
_END: Final = re.compile(
    rf"\s*(?:AN[\s|]+)?(?:Document|Dokument|Documento)\s+{_NUMBER}[\s|]*", re.IGNORECASE
)
_WORDS: Final = re.compile(
    r"\d[\d.,\s]*(?:words?|mots?|wörter|palabras|parole|woorden|palavras)", re.IGNORECASE
)
_BYLINE: Final = re.compile(r"(?:by|von|par|por|di|door)\s+\w", re.IGNORECASE)
_PAGE_LINE: Final = re.compile(
    r"\s*(?:Page \d+ of \d+\s*)?(?:©|\(c\)) ?\d{4} Factiva, Inc\. .*|\s*Page \d+ of \d+\s*",
    re.IGNORECASE,
)
_AFTER_ALL: Final = re.compile(r"\s*(?:Search Summary|Zusammenfassung der Suche|Résumé de)\b")
# In the order in which Factiva writes them; the last ones stand behind the text.
_CODES: Final = (
    "CLM SE HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD "
    "CT RF ART CO IN NS RE IPD IPC PUB AN"
).split()  # fmt: skip
_PLACE: Final = {code: place for place, code in enumerate(_CODES)}
_FIRST_BEHIND: Final = _PLACE["CT"]
_CODED: Final = re.compile(rf"\s*({'|'.join(_CODES)})(?:\s*[|\t]\s*|\s{{2,}}|\s*$)(.*)")
_MOST_HEAD_LINES: Final = 14
_LONGEST_SECTION: Final = 30
_LEAST_TEXT: Final = 40  # words; a shorter rest behind the last document is no article
Block = list[str]


def is_export(lines: Sequence[str]) -> bool:
    """Whether a document's number stands on a line of its own, with words and date above."""
    end = next((at for at, line in enumerate(lines) if _END.fullmatch(line)), None)
    if end is None:
        return False
    above = lines[:end]
    return any(_WORDS.fullmatch(plain(line)) for line in above) or _is_coded(
        [*above, lines[end]]
    )


def _is_coded(lines: Sequence[str]) -> bool:
    return sum(_CODED.fullmatch(line) is not None for line in lines) >= _FEWEST_CODES


def articles(lines: Sequence[str], *, encoding: str | None = None) -> Iterator[Item]:
    """Read the articles of an export; each ends with its own number."""
    records: list[Record] = []
    rest: list[str] = []
    for line in lines:
        if _PAGE_LINE.fullmatch(line):
            continue
        if found := _END.fullmatch(line):
            records.append(_record(rest, found[1]))
            rest = []
        else:
            rest.append(line)
    yield from finish(records, database="factiva", encoding=encoding)
    yield from _left_over(rest, len(records), encoding)


def _left_over(lines: Sequence[str], count: int, encoding: str | None) -> Iterator[Item]:
    """What stands behind the last document's number: the search, or an article cut off."""
    if next((_AFTER_ALL.match(line) for line in lines if line.strip()), None):
        return
    name = f"document {count + 1}"
    record = _record(lines, name)
    record.cut("the export ends before this article's end")
    for item in finish([record], database="factiva", encoding=encoding):
        words = sum(len(line.split()) for line in lines)
        if isinstance(item, RawArticle) and (record.words or words >= _LEAST_TEXT):
            yield item
        elif words >= _LEAST_TEXT:
            yield RawProblem(
                "cut off within an article", "download the export again", record=name
            )


def _record(lines: Sequence[str], name: str) -> Record:
    record = Record(name)
    if _is_coded(lines):
        _coded(record, lines)
    else:
        _displayed(record, blocks_of(lines))
    return record


_FEWEST_CODES: Final = 3


# --------------------------------------------------------------------------- with field codes


def _coded(record: Record, lines: Sequence[str]) -> None:
    """Read the fields by their codes, which stand in Factiva's own order.

    A line of the text can begin like a field ("IN  brief"). Above the text a code counts if it
    is later in order than the one before; those behind it are read from the end.
    """
    fields: list[tuple[str, list[str]]] = []
    behind = _behind(lines)
    for at, line in enumerate(lines):
        found = _CODED.fullmatch(line)
        last = _PLACE[fields[-1][0]] if fields else -1
        if (
            found
            and _PLACE[found[1]] > last
            and (_PLACE[found[1]] < _FIRST_BEHIND or at >= behind)
        ):
            fields.append((found[1], [found[2].strip(" |\t")]))
        elif fields:
            fields[-1][1].append(line.rstrip(" |"))
        elif line.strip(" |\t"):
            record.add("section_tag", [line.strip(" |\t")])
    for code, value in fields:
        said = " ".join(" ".join(value).split())
        match code:
            case "HD":
                record.headline = said or None
            case "BY":
                record.author = author_in(said) or None
            case "WC":
                record.words = first_number(said)
            case "PD":
                record.date = said
            case "SN":
                record.outlet = said or None
            case "LA":
                record.language = said
            case "LP" | "TD":
                record.add("body", (" ".join(block) for block in _paragraphs(value)))
            case "ART":
                record.add("caption", [said])


def _paragraphs(lines: Sequence[str]) -> Iterator[Block]:
    for block in blocks_of(lines):
        for line in block:
            yield [line]


def _behind(lines: Sequence[str]) -> int:
    """The line with the first field behind the text: codes in order, up to the end."""
    first = len(lines)
    place = len(_CODES)
    gap = 0
    for at in range(len(lines) - 1, -1, -1):
        found = _CODED.fullmatch(lines[at])
        if found and _FIRST_BEHIND <= _PLACE[found[1]] < place:
            first, place, gap = at, _PLACE[found[1]], 0
        elif lines[at].strip(" |"):
            gap += 1
        if gap > _MOST_LINES_OF_A_FIELD or (found and _PLACE[found[1]] < _FIRST_BEHIND):
            break
    return first


_MOST_LINES_OF_A_FIELD: Final = 8


# --------------------------------------------------------------------------- as displayed


def _displayed(record: Record, blocks: Sequence[Block]) -> None:
    """Read a document without codes: title, words, date, source, language, rights, text."""
    lines = [(n, line) for n, block in enumerate(blocks) for line in block]
    counted = next(
        (at for at, (_, line) in enumerate(lines[:_MOST_HEAD_LINES]) if _WORDS.fullmatch(line)),
        None,
    )
    if counted is None:
        _without_count(record, [line for _, line in lines])
        return
    record.words = first_number(lines[counted][1])
    _title(record, [line for _, line in lines[:counted]])
    at = counted + 1
    if at < len(lines) and is_date_line(lines[at][1]):
        record.date = lines[at][1]
        at += 1
    if at < len(lines) and re.fullmatch(
        r"\d{1,2}:\d{2}(?::\d{2})?(?: [A-Z]{2,4})?", lines[at][1]
    ):
        at += 1
    at = _source(record, [line for _, line in lines], at)
    record.add("body", (line for _, line in lines[at:]))


def _source(record: Record, lines: Sequence[str], at: int) -> int:
    """Read source, its code, edition and page, language, rights; give where the text begins."""
    closing = next(
        (n for n in range(at, min(at + 9, len(lines))) if COPYRIGHT.match(lines[n])), None
    )
    spoken = next(
        (n for n in range(at, min(at + 9, len(lines))) if _is_language(lines[n])), None
    )
    ends = [n for n in (closing, spoken) if n is not None]
    if spoken is not None:
        record.language = lines[spoken]
    end = max(ends) + 1 if ends else at
    if at < end and at not in ends:
        record.outlet = lines[at]
    elif not ends and at + 1 < len(lines) and re.fullmatch(r"[A-Z0-9]{2,9}", lines[at + 1]):
        # Neither language nor rights: a source is told by the code below it.
        record.outlet = lines[at]
        end = at + 2
    return end


def _is_language(line: str) -> bool:
    return len(line.split()) <= 2 and language_code(line) is not None


def _title(record: Record, lines: list[str]) -> None:
    """Read what stands above the number of words: section, headline, author.

    Nothing names them: an author is introduced ("By"), a section is a short line before a
    longer one. What is left over stays in the text.
    """
    rest = list(lines)
    if len(rest) > 1 and _BYLINE.match(rest[-1]):
        record.author = author_in(rest.pop())
    if len(rest) > 1 and len(rest[0]) <= _LONGEST_SECTION and len(rest[1]) > len(rest[0]):
        record.add("section_tag", [rest.pop(0)])
    if rest:
        record.headline = rest.pop(0)
    if len(rest) == 1 and record.author is None and _is_name(rest[0]):
        record.author = rest.pop()
    record.add("subhead", rest)


def _is_name(line: str) -> bool:
    words = line.replace(",", " ").split()
    return 1 < len(words) <= 6 and all(word[0].isupper() or word == "and" for word in words)


def _without_count(record: Record, lines: list[str]) -> None:
    """Read a document without its number of words: what can be known for sure."""
    dated = next((at for at, line in enumerate(lines[:8]) if is_date_line(line)), None)
    if dated is not None:
        record.date = lines[dated]
        _title(record, lines[:dated])
        at = _source(record, lines, dated + 1)
    else:
        _title(record, lines[:1])
        at = 1
    record.add("body", lines[at:])


# --------------------------------------------------------------------------- files

_IN_PAGE: Final = re.compile(
    rb"<title>\s*Factiva|class=[\"']article [a-z]{2,4}Article[\"']"
    rb"|<span class=[\"'][a-z]{2,4}Headline"
)


def recognises(file: File) -> bool:
    """Whether a text file or page is an export of Factiva."""
    if is_html(file.head):
        return _IN_PAGE.search(beginning(file)) is not None
    if not head_lines(file):
        return False
    # A document's number stands at its end, which can be far down.
    start = beginning(file)
    return is_export(start.decode("utf-8", errors="replace").splitlines())


def read(file: File) -> Iterator[Item]:
    """Read the articles of an export as text or page.

    Raises
    ------
    ReadError
        If the file is empty or no text, or holds no article.
    """
    if is_html(file.head):
        page, encoding = page_of(file)
        parts = page.xpath("//div[contains(concat(' ', @class, ' '), ' article ')]")
        lines = [line for part in parts for line in lines_of_page(part)]
        if not any(_END.fullmatch(line) for line in lines):
            lines = lines_of_page(page)
    else:
        text, encoding = text_of(file)
        lines = text.splitlines()
    items = list(articles(lines, encoding=encoding))
    if not items:
        raise ReadError("no article in this Factiva export", "download it again in full")
    yield from items


FACTIVA = Reader(name="factiva", endings=(), read=read, recognises=recognises)
