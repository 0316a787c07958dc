"""Reading what coders wrote on their sheets."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, Final

import pandas as pd

from metoo_research._sheets import Cell, read_sheet
from metoo_research.errors import TableError
from metoo_research.metrics.codebook import (
    CHOICES,
    FIELDS,
    NEVER_NONE,
    NONE,
    NOT_JUDGED,
    NUMBER_FIELDS,
)

_NEEDED: Final = ("row_id", "article_id", "number_text", "is_a_figure")
_CORRECT: Final = tuple(f"correct_{name}" for name in FIELDS)
_COLUMNS: Final = (
    "sheet", "line", "coder", "row_id", "article_id", "number_text", "is_a_figure", *FIELDS,
    *_CORRECT, "note", "blind", "sample",
)  # fmt: skip
_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_NUMBER: Final = re.compile(
    r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE]\+?\d+)?)%?"
    r"|(?P<over>\d+)/(?P<under>0*[1-9]\d*)"
)


def read_annotations(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a sheet that a coder has filled.

    Parameters
    ----------
    path
        A workbook, or CSV as any spreadsheet program writes it.

    Returns
    -------
    One row per row of the sheet that is not empty: ``sheet`` (the file's name), ``line``
    (the number of the row in it), ``coder`` (where none is named that of the other rows, or
    else the file's name), ``row_id`` (empty for a figure that the coder added),
    ``article_id``, ``number_text``, ``is_a_figure`` (True, False, or missing where it was not
    judged), each of
    :data:`~metoo_research.metrics.codebook.FIELDS` as the sheet has it (empty on a blind
    one), each ``correct_…`` as the coder wrote it ("none": the text says nothing of it; "not
    judged": the coder cannot tell, or was not asked); ``note``, ``blind`` (whether the coder
    did not see what the program says), ``sample`` (empty, or which part of how many
    expressions was asked for).

    Raises
    ------
    TableError
        If the file cannot be read, lacks a column, or a row has something in it that is not
        understood; the message names file and row.
    """
    path = Path(path)
    header, *rows = read_sheet(path) or [[]]
    names = [str(cell) for cell in header]
    form = _form(names, path)
    read = [
        _read_row(dict(zip(names, row, strict=False)), form, path, line)
        for line, row in enumerate(rows, start=2)
        if any(row)
    ]
    ids = _article_ids(read, path)
    coders = {row["coder"] for row in read if row["coder"]}
    for row in read:  # on added rows nobody writes a name again
        row["coder"] = row["coder"] or (coders.copy().pop() if len(coders) == 1 else path.stem)
    table = pd.DataFrame(read, columns=list(_COLUMNS)).assign(article_id=ids, blind=form.blind)
    text = [name for name in _COLUMNS if name not in {"line", "is_a_figure", "blind"}]
    table = table.astype(dict.fromkeys(text, "str")).astype(
        {"line": "int64", "is_a_figure": "boolean", "blind": "bool"}
    )
    _check_rows(table, path)
    return table


def is_filled(path: Path) -> bool:
    """Whether a coder has written anything on a sheet.

    Raises
    ------
    TableError
        If the file is no sheet that `annotation_sheet` has written.
    """
    header, *rows = read_sheet(path) or [[]]
    names = [str(cell) for cell in header]
    _form(names, path)
    to_fill = [
        name
        for name in names
        if name in {"is_a_figure", "note"} or name.startswith(("correct_", "coded_"))
    ]
    cells = (dict(zip(names, row, strict=False)) for row in rows if any(row))
    return any(not row.get("row_id") or any(map(row.get, to_fill)) for row in cells)


class _Form:
    """What a sheet asks for: which fields, and whether the coder sees what is said of them."""

    def __init__(self, fields: Collection[str], *, blind: bool) -> None:
        self.fields = fields
        self.blind = blind
        self.mark = "coded_" if blind else "correct_"


def _form(names: Sequence[str], path: Path) -> _Form:
    blind = any(name.startswith("coded_") for name in names)
    mark = "coded_" if blind else "correct_"
    fields = [name for name in FIELDS if mark + name in names or name in names]
    needed = [*_NEEDED, *(mark + name for name in fields), *(() if blind else fields)]
    missing = [name for name in needed if name not in names]
    if missing:
        raise TableError(
            f"{path}: no column {missing[0]!r}; fill a sheet that annotation_sheet has written"
        )
    return _Form(fields, blind=blind)


def _check_rows(table: pd.DataFrame, path: Path) -> None:
    twice = table["row_id"].notna() & table["row_id"].duplicated()
    if twice.any():
        row = table[twice].iloc[0]
        raise TableError(
            f"{path}, row {row['line']}: {row['row_id']!r} has a row already; keep one of them"
        )
    added = table["row_id"].isna()
    if added.any() and table["sample"].notna().any():
        raise TableError(
            f"{path}, row {table[added]['line'].iloc[0]}: a figure cannot be added to a sample;"
            " to find what was missed, have all of some articles coded, without sample="
        )


# --- one row ---------------------------------------------------------------------------------


def _read_row(cells: Mapping[str, Cell], form: _Form, path: Path, line: int) -> dict[str, Any]:
    here = f"{path}, row {line}"
    row: dict[str, Any] = {"sheet": path.name, "line": line}
    for name in ("row_id", "article_id", "article", "number_text", "note", "coder", "sample"):
        row[name] = _text(cells.get(name, ""), name, here) or None
    row["is_a_figure"] = _judgement(cells.get("is_a_figure", ""), here)
    for name in FIELDS:
        asked = name in form.fields
        row[name] = None
        if asked and not form.blind:
            row[name] = _text(cells.get(name, ""), name, here) or None
        written = _text(cells.get(form.mark + name, ""), form.mark + name, here)
        row[f"correct_{name}"] = (
            _correction(written, form.mark + name, here) if asked else NOT_JUDGED
        )
    for name in NUMBER_FIELDS:
        _check_number(row[name], name, here)
    if row["row_id"] is None:
        _check_added(row, here)
        row["is_a_figure"] = True
    elif row["is_a_figure"] and row["correct_role"] not in {None, "figure", NOT_JUDGED}:
        raise TableError(
            f"{here}: is_a_figure says yes, {form.mark}role says {row['correct_role']!r}"
        )
    if form.blind and row["is_a_figure"] is not None:
        _fill_in(row, form.fields)
    return row


def _check_added(row: Mapping[str, Any], here: str) -> None:
    if row["number_text"] is None or not (row["article_id"] or row["article"]):
        raise TableError(f"{here}: a figure that is added needs article_id and number_text")
    if row["is_a_figure"] is False:
        raise TableError(f"{here}: an added row is a figure; say yes or remove the row")


def _fill_in(row: dict[str, Any], fields: Collection[str]) -> None:
    """Say what an empty cell of a blind sheet means."""
    if row["row_id"] is None and not any(row[f"correct_{name}"] for name in fields):
        return  # the coder has only said that there is a figure
    for name in fields:
        if row[f"correct_{name}"] is not None:
            continue
        if name == "role":
            row["correct_role"] = "figure" if row["is_a_figure"] else NOT_JUDGED
        else:
            row[f"correct_{name}"] = NOT_JUDGED if name in NEVER_NONE else NONE


def _text(cell: Cell, name: str, here: str) -> str:
    if isinstance(cell, date | time):
        if name.startswith(("correct_", "coded_")) or name == "number_text":
            raise TableError(
                f"{here}, {name}: the spreadsheet program has made a date of what was written;"
                " format the cell as text and write it again"
            )
        return cell.isoformat()
    return cell


def _judgement(cell: Cell, here: str) -> bool | None:
    said = str(cell).lower()
    if said == NOT_JUDGED:
        return None
    if said not in _YES | _NO | {""}:
        raise TableError(f"{here}: is_a_figure is yes or no, not {said!r}")
    return None if not said else said in _YES


def _correction(said: str, column: str, here: str) -> str | None:
    name = column.partition("_")[2]
    plain = said.lower()
    if not said or plain == NOT_JUDGED:
        return NOT_JUDGED if said else None
    if plain == NONE and name not in CHOICES and name != "value":
        return NONE
    if name in CHOICES:
        if plain not in CHOICES[name]:
            raise TableError(
                f"{here}: {column} is one of {', '.join(CHOICES[name])}, not {said!r}"
            )
        return plain
    if name in NUMBER_FIELDS:
        number = _NUMBER.fullmatch(said)
        if not number:
            raise TableError(f"{here}: {column} is a number in digits, not {said!r}")
        if number["over"]:
            return str(int(number["over"]) / int(number["under"]))
        return number["number"].replace(",", "")
    return said


def _check_number(said: str | None, name: str, here: str) -> None:
    """What the program said must come back as it was: agreement is computed from it."""
    try:
        float(said or 0)
    except ValueError as error:
        raise TableError(
            f"{here}: {name} was a number and is now {said!r}; copy the column from the sheet"
            " as it was written"
        ) from error


def _article_ids(rows: Sequence[Mapping[str, Any]], path: Path) -> list[str]:
    """The articles' ids; where a coder has written a label, the id that goes with it."""
    of_label = {row["article"]: row["article_id"] for row in rows if row["row_id"]}
    ids = []
    for row in rows:
        article_id = row["article_id"] or of_label.get(row["article"])
        if article_id is None:
            raise TableError(
                f"{path}, row {row['line']}: no article is called {row['article']!r}; write"
                " its article_id"
            )
        ids.append(of_label.get(article_id, article_id))
    return ids
