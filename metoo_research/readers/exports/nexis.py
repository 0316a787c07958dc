"""LexisNexis and Nexis Uni: the layout with "1 of 100 DOCUMENTS", and "End of Document"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import Declared, File, Item, RawProblem, Reader
from metoo_research.readers.exports.common import (
    Record,
    beginning,
    finish,
    head_lines,
    is_html,
    lines_of_page,
    page_of,
    plain,
    text_of,
)
from metoo_research.readers.exports.dates import find_date, is_date_line
from metoo_research.readers.exports.fields import BEFORE, BEHIND, is_copyright, labelled
from metoo_research.readers.exports.nexis_record import (
    BODY,
    classic_record,
    is_body_line,
    uni_record,
)

_MARK: Final = re.compile(
    r"\s*(?:(\d{1,6}) of (\d{1,6}) DOCUMENTS?|Dokument (\d{1,6}) von (\d{1,6})"
    r"|Document (\d{1,6}) de (\d{1,6}))\s*"
)
_END: Final = re.compile(r"\s*(?:End of Document|Ende des Dokuments|Fin du document)\s*")
_COVER_COUNT: Final = re.compile(r"\s*(?:Documents?|Dokumente?)\s*\((\d{1,6})\)\s*")
_COVER: Final = re.compile(
    r"\s*(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|"
    r"Narrowed by|Content Type|About LexisNexis)\b"
)
_ENTRY: Final = re.compile(r"\s*(\d{1,6})\.\s*(.*)")
_REQUEST: Final = re.compile(r"\s*(?:Download Request|Ausgabeauftrag): *")
_SPANS: Final = re.compile(r"[^\d]*:? *([\d\s,;-]{1,500})")
_CONTENT_ITEM: Final = re.compile(r"contentItem(?::|%3A)([\w-]+)", re.IGNORECASE)
_NO_LINKS: Final[Mapping[int, str]] = MappingProxyType({})


def is_export(lines: Sequence[str]) -> bool:
    """Whether the paragraphs of a document are an export in either layout."""
    return _is_classic(lines) or _is_uni(lines)


def _is_classic(lines: Sequence[str]) -> bool:
    """A line "1 of 10 DOCUMENTS", with a document's beginning or end below it."""
    mark = next(
        (
            at
            for at, line in enumerate(lines)
            if _MARK.fullmatch(line) and _stands_alone(lines, at)
        ),
        None,
    )
    return mark is not None and (
        any(
            _MARK.fullmatch(line) and _stands_alone(lines, at) and _begins(lines, at)
            for at, line in enumerate(lines)
        )
        or any(
            (field := labelled(line, capitals=True)) and field.name in {"loaded", "language"}
            for line in lines[mark:]
        )
    )


def _is_uni(lines: Sequence[str]) -> bool:
    cover = sum(_COVER.match(line) is not None for line in lines[:40])
    if cover > 1 and any(_COVER_COUNT.fullmatch(line) for line in lines[:60]):
        return True
    body = next((n for n, line in enumerate(lines[:400]) if is_body_line(line)), None)
    if body is None:
        return False
    above = [plain(line) for line in lines[max(0, body - 15) : body]]
    below = lines[body:]
    return any(re.match(r"(?:Length|Länge|Longueur): \d", line) for line in above) or (
        any(is_copyright(line) for line in above)
        and any(plain(line).startswith("Load-Date: ") for line in below)
        and any(_END.fullmatch(line) for line in below)
    )


# --------------------------------------------------------------------------- the two layouts


def articles(
    lines: Sequence[str],
    *,
    links: Mapping[int, str] = _NO_LINKS,
    encoding: str | None = None,
    declared: int | None = None,
) -> Iterator[Item]:
    """Read the articles of an export.

    Parameters
    ----------
    lines
        Its lines or paragraphs.
    links
        Where a line is a link: its number, and the address.
    encoding
        Of the file, for the articles' own column.
    declared
        How many articles the file says it holds beyond its lines.
    """
    if _is_classic(lines):
        yield from _classic(lines, encoding, declared)
    else:
        yield from _uni(lines, links, encoding)


def _classic(
    lines: Sequence[str], encoding: str | None, declared: int | None
) -> Iterator[Item]:
    marks = _marks(lines)
    number = declared or _selected(lines[: marks[0][0]])
    yield Declared(number or sum(last - first + 1 for first, last in _runs(marks)))
    records: list[Record] = []
    for index, (at, count, _) in enumerate(marks):
        end = marks[index + 1][0] if index + 1 < len(marks) else len(lines)
        # The cover of another export behind this one is no part of its last article.
        end = next((n for n in range(at, end) if _REQUEST.match(lines[n])), end)
        records.append(classic_record(lines[at + 1 : end], f"document {count}"))
    yield from finish(records, database="nexis", encoding=encoding)


def _marks(lines: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where documents begin: line, number, of how many.

    An article can quote "2 of 100 DOCUMENTS". A line counts for sure if a document ends above
    it and one begins below; else only if it goes on with the numbers, until one for the same
    number counts for sure.
    """
    found: list[tuple[int, int, int]] = []
    sure: list[bool] = []
    for at, line in enumerate(lines):
        matched = _MARK.fullmatch(line)
        if not matched or not _stands_alone(lines, at):
            continue
        count, total = (int(group) for group in matched.groups() if group)
        begins = _begins(lines, at)
        surely = begins and (not found or _ends(lines, at))
        last = found[-1][1:] if found else (count - 1, total)
        if surely and sure[-1:] != [True] and last == (count, total):
            found[-1], sure[-1] = (at, count, total), True
            continue
        next_one = last == (count - 1, total)
        later = begins and total == last[1] and count > last[0]
        again = begins and count == 1  # one export behind another
        if surely or next_one or later or again:
            found.append((at, count, total))
            sure.append(surely)
    return found


def _ends(lines: Sequence[str], at: int) -> bool:
    """Whether the last line above is one of those that end a document."""
    above = next((line for line in reversed(lines[max(0, at - 12) : at]) if line.strip()), "")
    field = labelled(above, capitals=True)
    return is_copyright(above.strip()) or (field is not None and field.name in BEHIND)


def _stands_alone(lines: Sequence[str], at: int) -> bool:
    """Whether a line is a paragraph of its own; in a text with broken lines, not its last."""
    above = lines[at - 1] if at else ""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return not above.strip() and not below.strip()


def _begins(lines: Sequence[str], at: int) -> bool:
    """Whether a date line or a field is among the few lines below: a document's beginning."""
    seen = 0
    for line in lines[at + 1 :]:
        if not line.strip():
            continue
        field = labelled(line, capitals=True)
        if field is not None:
            return field.name in BEFORE
        if is_date_line(line) or (is_copyright(line) and not seen):
            return True
        seen += 1
        if seen >= _LINES_TO_DATE:
            return False
    return False


_LINES_TO_DATE: Final = 5


def _runs(marks: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """First and last number of each series; a series from 1 is to reach its own total.

    One that begins later (101 to 200 of 300) was asked for in parts: it declares what lies
    between its first and its last.
    """
    runs: list[list[int]] = []
    totals: list[int] = []
    for _, count, total in marks:
        if runs and totals[-1] == total and count > runs[-1][1]:
            runs[-1][1] = count
        else:
            runs.append([count, count])
            totals.append(total)
    return [
        (first, total if first == 1 else last)
        for (first, last), total in zip(runs, totals, strict=True)
    ]


def _selected(cover: Sequence[str]) -> int | None:
    """How many articles the request on the cover page names ("Selected Items: 1-49")."""
    for line in cover:
        if (request := _REQUEST.match(line)) and (
            found := _SPANS.fullmatch(line[request.end() : 1_000])
        ):
            spans = re.findall(r"(\d+)(?:\s*-\s*(\d+))?", found[1])
            return sum(int(last or first) - int(first) + 1 for first, last in spans) or None
    return None


def _uni(
    lines: Sequence[str], links: Mapping[int, str], encoding: str | None
) -> Iterator[Item]:
    declared = next(
        (int(found[1]) for line in lines[:60] if (found := _COVER_COUNT.fullmatch(line))), None
    )
    start, titles = _cover(lines)
    ends = [at for at, line in enumerate(lines) if at >= start and _END.fullmatch(line)]
    spans: list[tuple[int, int]] = []
    for end in [*ends, len(lines)]:
        inside = [at for at in range(start, end) if lines[at].strip()]
        if inside and spans and not _is_head(lines, inside, titles):
            # A paragraph that says "End of Document" is no end if no article begins behind it.
            spans[-1] = (spans[-1][0], end)
        elif inside:
            spans.append((inside[0], end))
        start = end + 1
    yield Declared(len(spans) if declared is None else declared)
    if not spans:
        yield RawProblem("no article in this export", "download it again with full documents")
    records = []
    for count, (first, last) in enumerate(spans, 1):
        address = next(
            (links[at] for at in range(first, min(first + 3, last)) if at in links), ""
        )
        item = _CONTENT_ITEM.search(address)
        record = uni_record(lines[first:last], item[1] if item else f"document {count}", titles)
        if address and not record.url:
            record.url, record.basis["url"] = address, "link of the headline in the export"
        if last == len(lines) and ends and last != ends[-1]:
            record.cut("the export ends before this article's end")
        records.append(record)
    yield from finish(records, database="nexis", encoding=encoding)


def _cover(lines: Sequence[str]) -> tuple[int, frozenset[str]]:
    """Where the first article begins behind the cover's list, and the titles on that list."""
    if not any(_COVER.match(line) or _COVER_COUNT.fullmatch(line) for line in lines[:60]):
        return 0, frozenset()
    counted = next((at for at, line in enumerate(lines) if _COVER_COUNT.fullmatch(line)), 0)
    body = next((at for at, line in enumerate(lines) if is_body_line(line)), len(lines))
    end = next((at for at, line in enumerate(lines) if _END.fullmatch(line)), len(lines))
    body = min(body, end)
    titles: list[str] = []
    last = counted
    for at in range(counted + 1, body):
        line = lines[at]
        if (entry := _ENTRY.fullmatch(line)) and int(entry[1]) == len(titles) + 1:
            # The number can be a paragraph of its own, its title the next.
            below = lines[at + 1 : min(at + 4, body)]
            title = entry[2] or next((one for one in below if one.strip()), "")
            titles.append(plain(title))
            last = at + (not entry[2])
        elif _COVER.match(line):
            last = at
        elif find_date(line) and is_date_line(line):
            break  # the first article's date
    # Behind the last line of the cover's own stand its values ("News", "-None-").
    first = titles[0] if titles else None
    for at in range(last + 1, body):
        if first and plain(lines[at]) == first:
            return at, frozenset(titles)
    while last + 1 < body and _is_value(lines, last + 1):
        last += 1
    return last + 1, frozenset(titles)


def _is_value(lines: Sequence[str], at: int) -> bool:
    return plain(lines[at]) in {"", "News", "Narrowed by", "Content Type", "-None-"}


def _is_head(lines: Sequence[str], inside: Sequence[int], titles: frozenset[str]) -> bool:
    """Whether an article begins with these lines."""
    first = [lines[at] for at in inside[:12]]
    return (
        plain(first[0]) in titles
        or any(is_date_line(line) and not labelled(line, capitals=False) for line in first[:6])
        or any(plain(line) in BODY for line in first)
    )


# --------------------------------------------------------------------------- files


def recognises(file: File) -> bool:
    """Whether a text file or page is an export of LexisNexis."""
    if is_html(file.head):
        start = beginning(file)
        return b"<!-- LXNComment" in start or b"<DOCFULL>" in start or _is_uni_page(start)
    lines = head_lines(file)
    return bool(lines) and (
        _is_classic(lines) or _is_uni(lines) or any(_REQUEST.match(line) for line in lines[:20])
    )


def _is_uni_page(start: bytes) -> bool:
    return b"End of Document" in start and b"Load-Date:" in start and b">Body<" in start


def read(file: File) -> Iterator[Item]:
    """Read the articles of an export as text or page.

    Raises
    ------
    ReadError
        If the file is empty or no text, or holds no document.
    """
    declared = None
    if is_html(file.head):
        page, encoding = page_of(file)
        lines = lines_of_page(page)
        said = page.xpath("string((//meta/@documents)[1])")
        declared = int(said) if str(said).isascii() and str(said).isdigit() else None
    else:
        text, encoding = text_of(file)
        lines = text.splitlines()
    if not is_export(lines):
        raise ReadError(
            "no article in this LexisNexis export", "download it again with full documents"
        )
    yield from articles(lines, encoding=encoding, declared=declared)


NEXIS = Reader(name="nexis", endings=(), read=read, recognises=recognises)
