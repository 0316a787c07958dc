"""JSON: lines, an array of objects, one object, or objects within one; by content alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import PurePath
from typing import Any, Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, Item, RawProblem, Reader
from metoo_research.readers.encoding import decode
from metoo_research.readers.safely import safely
from metoo_research.readers.tables_columns import find_columns
from metoo_research.readers.tables_rows import Row, Table, articles_of
from metoo_research.readers.text_lines import TextLines, is_damaged, text_lines

_SPACE: Final = re.compile(r"[\s,\ufeff]*")
_SURE: Final = re.compile(rb'\s*(?:\[\s*)?\{\s*"(?:[^"\\\n]|\\.){1,100}"\s*:')
_NEXT_OBJECT: Final = re.compile(r"\}\s*,?\s*(?=\{)")
_LIST_OF_OBJECTS: Final = re.compile(r"\[\s*(?=\{)")
_BLANK: Final = "\ufeff\r\n\t "
_LINES_TRIED: Final = 20
_DEPTH: Final = 4
_ROWS_FOR_NAMES: Final = 1_000
_DECODER: Final = json.JSONDecoder()
_WAY_OUT: Final = "export it again"


def read(file: File) -> Iterator[Item]:
    """Read JSON: each object with a text is an article, each without a problem.

    What is in it, its content says: an array in a ``.jsonl`` is read, and lines in a
    ``.json``. Facts within objects are found by the path to them ("source.name"), which
    ``[columns]`` in ``study.toml`` may name too. An article's record is its id, where there
    is one that occurs once, else "line 12", or "record 12" of an array; a file that is one
    object has none.

    Raises
    ------
    ReadError
        If it is no JSON, or none of its objects holds a text.
    """
    return safely(_read(file), what="damaged JSON", way_out=_WAY_OUT)


def _read(file: File) -> Iterator[Item]:
    lines = text_lines(file)
    if _are_records(lines, file.columns):
        table = _table(lambda: _of_lines(lines), lines.encoding)
    else:
        text, encoding = decode(file.data)
        table = _table_of_whole(text, encoding, file.columns)
    yield from articles_of(table, file)


def _are_records(lines: TextLines, told: Mapping[str, str]) -> bool:
    """Whether the lines hold an object each: the first does, or half of the first do."""
    whole = [line.strip(_BLANK) for line in islice(lines, _LINES_TRIED)]
    said = [line for line in whole if line]
    if not said:
        raise ReadError("no text in it", "white space only; copy it again from its source")
    alone = len(said) == 1 and PurePath(lines.file.name).suffix.lower() == ".json"
    if alone or said[0].startswith("["):
        return False
    if _is_record(said[0], told):
        return True
    return 2 * sum(_is_record(line, told) for line in said) >= len(said)


def _is_record(line: str, told: Mapping[str, str]) -> bool:
    """Whether a line holds an object by itself, and no list of records in it."""
    if not line.startswith("{"):
        return False
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return _list_within(value, told) is None


def _table(rows: Any, encoding: str) -> Table:
    names: dict[str, None] = {}
    for row in islice(rows(), _ROWS_FOR_NAMES):
        if isinstance(row, Row):
            names |= dict.fromkeys(row.cells)
    return Table(tuple(names), rows, encoding=encoding)


def _table_of_whole(text: str, encoding: str, told: Mapping[str, str]) -> Table:
    start = _SPACE.match(text)
    at = start.end() if start else 0
    if text.startswith("[", at):
        return _table(lambda: _of_array(text, at + 1), encoding)
    try:
        value, end = _DECODER.raw_decode(text, at)
    except RecursionError as error:
        raise ReadError("JSON with brackets within brackets without end", _WAY_OUT) from error
    except ValueError as error:
        # Cut off or damaged within one large object: its records may still be whole.
        if found := _LIST_OF_OBJECTS.search(text):
            return _table(lambda: _salvaged(text, found.end()), encoding)
        line = text.count("\n", 0, getattr(error, "pos", at)) + 1
        raise ReadError(f"not JSON, or damaged in line {line:,}", _WAY_OUT) from error
    if not isinstance(value, dict):
        raise ReadError("JSON without objects, so without articles", _WAY_OUT)
    if text[end:].strip(f"{_BLANK},"):  # objects one behind the other
        return _table(lambda: _of_objects(text, at, told), encoding)
    return _table(lambda: _of_object(value, "", told), encoding)


# --- records ---------------------------------------------------------------------------------


def _of_lines(lines: TextLines) -> Iterator[Row | RawProblem]:
    for number, line in enumerate(lines, start=1):
        said = line.strip(_BLANK)
        if said in {"", "[", "]"}:
            continue
        place = f"line {number}"
        if is_damaged(said):
            yield RawProblem(f"damaged {lines.encoding} text in the line", _WAY_OUT, place)
            continue
        try:
            value = json.loads(said.removesuffix(","))
        except RecursionError:
            yield RawProblem("JSON with brackets within brackets without end", "", place)
            continue
        except ValueError as error:
            yield RawProblem(f"line that is not JSON ({_told(error)})", _WAY_OUT, place)
            continue
        yield _row(value, place)


def _of_array(text: str, at: int) -> Iterator[Row | RawProblem]:
    for number, value in enumerate(_values(text, at), start=1):
        yield value if isinstance(value, RawProblem) else _row(value, f"record {number}")


def _salvaged(text: str, at: int) -> Iterator[Row | RawProblem]:
    yield from _of_array(text, at)
    yield RawProblem("damaged JSON around the records", _WAY_OUT)


def _values(text: str, at: int, *, closed: bool = True) -> Iterator[Any]:
    """The values of an array one by one, so that one damaged value costs no others.

    ``closed`` says that a bracket ends them.
    """
    number = 0
    while True:
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        if text.startswith("]", at) or (at == len(text) and not closed):
            return
        number += 1
        place = f"record {number}"
        if at == len(text):
            yield RawProblem("the JSON ends in the middle: truncated", "copy it again", place)
            return
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            reached = max(at, getattr(error, "pos", at))
            told = f"line {text.count(chr(10), 0, reached) + 1:,}: {_told(error)}"
            found = _NEXT_OBJECT.search(text, reached)
            if found is None:
                yield RawProblem(f"record cut off or not JSON ({told})", _WAY_OUT, place)
                return
            yield RawProblem(f"record that is not JSON ({told})", _WAY_OUT, place)
            at = found.end()
            continue
        yield value


def _of_objects(text: str, at: int, told: Mapping[str, str]) -> Iterator[Row | RawProblem]:
    for number, value in enumerate(_values(text, at, closed=False), start=1):
        if isinstance(value, RawProblem):
            yield value
        else:
            yield from _of_object(value, f"record {number}", told)


def _of_object(value: Any, place: str, told: Mapping[str, str]) -> Iterator[Row | RawProblem]:
    """The records of an object, or the object as the only one."""
    records = _list_within(value, told) if isinstance(value, dict) else None
    if records is None:
        yield _row(value, place)
        return
    for number, record in enumerate(records, start=1):
        yield _row(record, f"{place}.{number}" if place else f"record {number}")


def _row(value: Any, place: str) -> Row | RawProblem:
    if isinstance(value, dict):
        return Row(place, _flat(value))
    return RawProblem("not an object, so no article", f"{json.dumps(value)[:60]}", place)


def _told(error: Exception) -> str:
    return (
        error.msg
        if isinstance(error, json.JSONDecodeError)
        else "brackets or digits without end"
    )


def _flat(value: Mapping[str, Any], prefix: str = "", depth: int = 1) -> dict[str, Any]:
    """An object's facts by their paths: ``{"source": {"name": …}}`` has "source.name"."""
    flat: dict[str, Any] = {}
    for key, one in value.items():
        name = f"{prefix}{key}"
        if isinstance(one, dict) and one and depth < _DEPTH:
            flat |= _flat(one, f"{name}.", depth + 1)
        else:
            flat[name] = one
    return flat


def _list_within(
    value: Mapping[str, Any], told: Mapping[str, str], depth: int = 1
) -> list[Any] | None:
    """The longest list of objects in an object that is no article itself."""
    if _has_text(value, told):
        return None
    if value and all(isinstance(one, dict) for one in value.values()):
        if any(_has_text(one, told) for one in islice(value.values(), _LINES_TRIED)):
            return list(value.values())  # articles by their ids
        if _has_text(dict.fromkeys(value, ""), told):
            return _transposed(value)
    lists: list[list[Any]] = []
    for one in value.values():
        if isinstance(one, list) and one and all(isinstance(item, dict) for item in one):
            lists.append(one)
        elif isinstance(one, dict) and depth < _DEPTH:
            lists += filter(None, (_list_within(one, told, depth + 1),))
    return max(lists, key=len, default=None)


def _has_text(value: Mapping[str, Any], told: Mapping[str, str]) -> bool:
    names = tuple(name for name, one in _flat(value).items() if isinstance(one, str))
    return bool(find_columns(names, {}).texts) or not set(told.values()).isdisjoint(names)


def _transposed(columns: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a table that was written column by column, as pandas does unasked."""
    rows: dict[str, dict[str, Any]] = {}
    for name, cells in columns.items():
        for key, cell in cells.items():
            rows.setdefault(key, {})[name] = cell
    return list(rows.values())


def recognises(file: File) -> bool:
    """Whether it begins as an object with a key, or an array of such."""
    return _SURE.match(file.head.removeprefix(b"\xef\xbb\xbf")) is not None


JSON = Reader(
    name="json", endings=(".json", ".jsonl", ".ndjson"), read=read, recognises=recognises
)
