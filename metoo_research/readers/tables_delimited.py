"""Tables as text: CSV and its kin, with whatever delimiter and however damaged."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, Item, RawProblem
from metoo_research.readers.tables_columns import header_row, known_names, unique_names
from metoo_research.readers.tables_rows import Row, Table, articles_of
from metoo_research.readers.text_lines import TextLines, is_damaged, text_lines

_DELIMITERS: Final = (",", ";", "\t", "|")
_NO_DELIMITER: Final = "\x1f"
_SAMPLE_LINES: Final = 400
_SAMPLE_CHARACTERS: Final = 2_000_000
_FIRST_ROWS: Final = 10
#: A field with more lines than this is one whose quotation mark was never closed.
_MOST_LINES: Final = 20_000
#: How far the next sound row is looked for behind a damaged one.
_LINES_TRIED: Final = 200
_MOST_TOLERANT: Final = 1_000_000
_MARK: Final = re.compile(r"sep=(?P<delimiter>.)\s*")
# C's long, which is what the csv module keeps it in, has 32 bits on Windows.
_NO_LIMIT: Final = (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class Form:
    """How cells are told apart."""

    delimiter: str
    quoting: str = "doubled"  # or "escaped" with a backslash, or "none"
    spaced: bool = False

    def reader(self, lines: Iterable[str], *, strict: bool = True) -> Iterator[list[str]]:
        """Read records from lines."""
        options: dict[str, Any] = {"delimiter": self.delimiter, "skipinitialspace": self.spaced}
        if self.quoting == "none":
            options |= {"quoting": csv.QUOTE_NONE}
        elif self.quoting == "escaped":
            options |= {"doublequote": False, "escapechar": "\\", "strict": strict}
        else:
            options |= {"strict": strict}
        return csv.reader(lines, **options)


def read_delimited(file: File) -> Iterator[Item]:
    """Read a table whose cells are separated by commas, semicolons, tabs or bars.

    Raises
    ------
    ReadError
        If it is not text, has no column of texts, or more than one.
    """
    # The standard limit of 131,072 characters is for the whole process, and only ever raised.
    csv.field_size_limit(max(_NO_LIMIT, csv.field_size_limit()))
    lines = text_lines(file)
    first = _first_lines(lines)
    told = _MARK.fullmatch(first[0])
    skipped = 1 if told else 0
    if not any(line.strip() for line in first[skipped:]):
        raise ReadError("no table in it", "white space only; copy it again from its source")
    form = find_form(
        first[skipped:], delimiter=told["delimiter"] if told else None, columns=file.columns
    )
    rows = list(islice(_lenient(form, first[skipped:]), _FIRST_ROWS))
    header = header_row(rows, file.columns)
    names = unique_names(rows[header])

    def records() -> Iterator[Row | RawProblem]:
        return _rows(lines, form, names, skipped=skipped, header=header)

    table = Table(names, records, encoding=lines.encoding, spreadsheet=True, guarded=True)
    yield from articles_of(table, file)


def _first_lines(lines: TextLines) -> list[str]:
    first: list[str] = []
    size = 0
    for line in islice(lines, _SAMPLE_LINES):
        size += len(line)
        if size > _SAMPLE_CHARACTERS:
            break
        first.append(line)
    if not first:
        raise ReadError("no table in it", "its first line is longer than any heading")
    return first


def find_form(
    first: Sequence[str],
    *,
    delimiter: str | None = None,
    columns: Mapping[str, str] = MappingProxyType({}),
) -> Form:
    """Find how cells are told apart, from the first lines of a table.

    The delimiter is the one that makes the most usual names of the heading; of those, the one
    that cuts the most rows into the same number of cells, and into the most. Quotation marks
    are marks of the table unless rows only come out even where they are text.

    Parameters
    ----------
    first
        The lines.
    delimiter
        The one that the file itself names.
    columns
        The study's word on the columns.
    """
    if delimiter is None and known_names(unique_names([first[0].strip('"\r\n ')]), columns):
        return Form(_NO_DELIMITER)
    scores: list[tuple[tuple[float, ...], int, Form]] = []
    for number, mark in enumerate([delimiter] if delimiter else _DELIMITERS):
        spaced = _times(first, f'{mark} "') > _times(first, f'{mark}"')
        for quoting in _quotings(first, mark):
            form = Form(mark, quoting, spaced)
            scores.append((_score(form, first, columns), -number, form))
    # Of equal ones, the first: commas, and doubled quotation marks.
    best = max(scores, key=lambda scored: scored[:2])
    return best[2]


def _quotings(first: Sequence[str], mark: str) -> Iterator[str]:
    yield "doubled"
    if _times(first, '\\"') > _times(first, '""'):
        yield "escaped"
    # Where most cells that begin with a quotation mark do not end with one, it is text.
    cells = [cell.strip() for line in first for cell in line.split(mark)]
    begun = [cell for cell in cells if cell.startswith('"')]
    if 2 * sum(cell.endswith('"') and len(cell) > 1 for cell in begun) < len(begun):
        yield "none"


def _times(lines: Sequence[str], piece: str) -> int:
    return sum(line.count(piece) for line in lines)


def _score(form: Form, first: Sequence[str], columns: Mapping[str, str]) -> tuple[float, ...]:
    rows: list[list[str]] = []
    errors = 0
    reader = form.reader(first)
    while True:
        try:
            rows.append(next(reader))
        except StopIteration:
            break
        except csv.Error:
            errors += 1
    widths = [len(row) for row in rows if row]
    width = max(set(widths), key=lambda one: (widths.count(one), one), default=1)
    if width == 1:
        return (0.0, 0.0, 0.0, -float(errors))
    header = rows[header_row(rows[:_FIRST_ROWS], columns)]
    even = widths.count(width) / (len(widths) + errors)
    doubt = {"doubled": 0.0, "escaped": 0.01, "none": 0.02}[form.quoting]
    known = float(known_names(header, columns))
    return (known, round(even - doubt, 2), float(width), -float(errors))


def _lenient(form: Form, lines: Iterable[str]) -> Iterator[list[str]]:
    reader = form.reader(lines, strict=False)
    while True:
        try:
            yield next(reader)
        except (StopIteration, csv.Error):
            return


# --- rows ------------------------------------------------------------------------------------


class _Lines:
    """Lines for the csv module, of which some can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES:
            raise csv.Error("a quotation mark is not closed")
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        return line

    def at_end(self) -> bool:
        """Whether no line is left."""
        if not self._back:
            self._back.extend(islice(self._lines, 1))
        return not self._back

    def give_back(self, lines: Sequence[str]) -> None:
        """Put lines before those that are still to come."""
        self._back.extendleft(reversed(lines))


def _rows(
    lines: TextLines, form: Form, names: tuple[str, ...], *, skipped: int, header: int
) -> Iterator[Row | RawProblem]:
    source = _Lines(islice(lines, skipped, None))
    for number, record in enumerate(_records(source, form, len(names)), start=1):
        if number <= header + 1:
            continue
        place = f"row {number}"
        if isinstance(record, RawProblem):
            yield RawProblem(record.reason, record.detail, place)
            continue
        cells, notes = record
        while len(cells) > len(names) and not cells[-1].strip():
            cells.pop()
        if not any(cell.strip() for cell in cells):
            continue  # an empty line
        if any(map(is_damaged, cells)):
            reason = f"damaged {lines.encoding.removesuffix('-sig')} text in the row"
            yield RawProblem(reason, "save the table again as UTF-8", place)
        elif len(cells) != len(names):
            yield RawProblem(
                f"row with {len(cells):,} cells where the heading has {len(names):,}",
                "put texts that hold delimiters or line ends in quotation marks",
                place,
            )
        else:
            yield Row(place, dict(zip(names, cells, strict=True)), notes)


def _records(
    lines: _Lines, form: Form, width: int
) -> Iterator[tuple[list[str], tuple[str, ...]] | RawProblem]:
    reader = form.reader(lines)
    while True:
        lines.taken = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            taken = lines.taken
            end = _next_sound_row(taken, form, width)
            if end == len(taken) and lines.at_end():
                yield RawProblem(
                    "the table ends in the middle of a row: truncated",
                    "copy it again from its source",
                )
                return
            lines.give_back(taken[end:])
            reader = form.reader(lines)
            yield _tolerated("".join(taken[:end]), form, width)
        else:
            yield cells, ()


def _next_sound_row(taken: Sequence[str], form: Form, width: int) -> int:
    """Where, in the lines of a damaged record, the next sound one begins."""
    for start in range(1, min(len(taken), _LINES_TRIED)):
        rest = taken[start:]
        try:
            cells = next(form.reader(islice(rest, _LINES_TRIED)), [])
        except csv.Error:
            # Of its last line, the end may still be to come.
            cells = next(_lenient(form, rest), []) if len(rest) == 1 else []
            if 1 < len(cells) <= width and not _reads_as_prose(cells, form):
                return start
            continue
        if len(cells) == width and not _reads_as_prose(cells, form):
            return start
    return len(taken) if len(taken) < _MOST_LINES else 1


def _reads_as_prose(cells: Sequence[str], form: Form) -> bool:
    return not form.spaced and any(cell.startswith(" ") for cell in cells[1:])


def _tolerated(
    record: str, form: Form, width: int
) -> tuple[list[str], tuple[str, ...]] | RawProblem:
    """A record whose quotation marks are not doubled, if it has the cells it ought to have."""
    if len(record) <= _MOST_TOLERANT:
        mark = re.escape(form.delimiter)
        cell = re.compile(
            rf'\s*"(?P<quoted>.*?)"[^\S{mark}]*(?={mark}|\Z)|(?P<bare>[^{mark}]*)', re.DOTALL
        )
        cells: list[str] = []
        at = 0
        record = record.rstrip("\r\n")
        while (found := cell.match(record, at)) and len(cells) <= width:
            quoted = found["quoted"]
            cells.append(found["bare"] if quoted is None else quoted.replace('""', '"'))
            at = found.end() + 1
            if at > len(record):
                break
        if len(cells) == width and at > len(record):
            return cells, ("quotation marks in the row do not match",)
    return RawProblem(
        "row with quotation marks that do not match",
        "double the quotation marks within texts, or export the table again",
    )
