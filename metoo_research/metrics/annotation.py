"""Checking by hand: sheets on which coders judge what the program found."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, Final, get_args

import pandas as pd

from metoo_research.errors import TableError
from metoo_research.metrics.sheets import Cell, Look, read_sheet, write_sheet
from metoo_research.metrics.vocabulary import Bound

#: What coders judge of a figure, beside whether it is one.
FIELDS: Final = (
    "value", "value_high", "bound", "kind", "role", "measure", "platform", "subject",
    "window_text", "attributed_to",
)  # fmt: skip
NUMBER_FIELDS: Final = ("value", "value_high")
#: Written where the text does not say what the program says it says.
NONE: Final = "none"

CODING_RULES: Final = """\
1. Each row is a number expression, marked [[so]] in its sentence.
2. is_a_figure: "yes" if it is a figure that the article reports, "no" if it is a date, a rank \
("the first"), part of a name, or part of the words that tell when ("in 48 hours"). Rows left \
empty are not counted.
3. Of a figure, look at each thing that the program says of it. If it is right, leave the \
correct_… cell beside it empty. If it is wrong, write what is right; if the text says nothing \
of it, write "none".
4. Numbers are written in digits: 4700000 or 4,700,000; a percentage as its percent. \
value_high is the upper end of a range.
5. A figure that has no row gets one at the end: article_id, number_text (the number as \
written), is_a_figure "yes", and what is right in the correct_… cells. Leave row_id empty.
6. Do not change row_id. Write what you are unsure of into note.
"""

_CHOICES: Final[dict[str, Sequence[str]]] = {
    "is_a_figure": ("yes", "no"),
    "correct_bound": get_args(Bound),
    "correct_kind": (
        "social_metric", "other_count", "percentage", "fraction", "money", "age", "date",
        "ordinal",
    ),
    "correct_role": ("figure", "window", "date", "ordinal"),
}  # fmt: skip
_NEEDED_METRICS: Final = ("article_id", "start", "end", "number_text", "evidence", *FIELDS)
_GIVEN: Final = ("row_id", "article_id", "article", "evidence", "number_text")
_CORRECT: Final = tuple(f"correct_{name}" for name in FIELDS)
_COLUMNS: Final = (
    *_GIVEN,
    "is_a_figure",
    *(column for name in FIELDS for column in (name, f"correct_{name}")),
    "note",
    "coder",
)
_NEEDED_BACK: Final = ("row_id", "article_id", "number_text", "is_a_figure", *FIELDS, *_CORRECT)
_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_LONGEST_EVIDENCE: Final = 4_000
_AROUND: Final = 1_000


def row_ids(metrics: pd.DataFrame) -> pd.Series[str]:
    """Name each row of a metrics table by its article and its characters."""
    starts, ends = metrics["start"].astype("str"), metrics["end"].astype("str")
    return metrics["article_id"].astype("str") + ":" + starts + "-" + ends


def annotation_sheet(
    metrics: pd.DataFrame,
    articles: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    coder: str = "",
) -> pd.DataFrame:
    """Write a sheet on which a coder judges every number expression found.

    The coder sees what the program says. That saves most of the work, and makes coders agree
    with the program, and with one another, more than if they had started from nothing: say so
    where the results are reported.

    Parameters
    ----------
    metrics
        The metrics table, all roles: what the program passed over is judged too.
    articles
        ``corpus.articles``: ``article_id``, ``text``, and ``label`` where there is one.
    path
        The file, ``.xlsx`` (with lists to choose from, and :data:`CODING_RULES` as a second
        sheet) or ``.csv``. A file that is there is replaced, whatever is filled in it.
    coder
        Who will fill it; agreement is computed between coders.

    Returns
    -------
    The table as written, one row per expression: ``row_id`` (article and characters),
    ``article_id``, ``article`` (its label), ``evidence`` (the sentence, the expression in
    [[ ]]; of one over 4,000 characters what lies around it), ``number_text``,
    ``is_a_figure`` (empty), each of :data:`FIELDS` as the program says it, beside it
    ``correct_…`` (empty), ``note`` (empty) and ``coder``.

    Raises
    ------
    TableError
        If a column is missing, or the articles are not those of the metrics.
    ExportError
        If the file cannot be written, or has another ending.
    """
    _check(metrics, _NEEDED_METRICS, "the metrics table")
    _check(articles, ("article_id", "text"), "the articles table")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    labels = articles["label"] if "label" in articles.columns else articles["article_id"]
    label_of = dict(zip(articles["article_id"], labels, strict=True))
    table = pd.DataFrame(index=metrics.index, columns=list(_COLUMNS), dtype="str")
    table["row_id"] = row_ids(metrics)
    table["article"] = metrics["article_id"].map(label_of).astype("str")
    table["evidence"] = [
        _marked(str(article_id), texts.get(article_id), evidence, start, end)
        for article_id, evidence, start, end in metrics[
            ["article_id", "evidence", "start", "end"]
        ].itertuples(index=False)
    ]
    for name in ("article_id", "number_text", *FIELDS):
        table[name] = metrics[name]
    table["coder"] = coder or None
    table = table.reset_index(drop=True)
    look = Look(
        to_fill=("is_a_figure", *_CORRECT, "note"),
        choices=_CHOICES,
        widths={"evidence": 80, "row_id": 24, "note": 32},
        rules=CODING_RULES,
    )
    write_sheet(table, path, look)
    return table


def _check(table: pd.DataFrame, needed: Sequence[str], name: str) -> None:
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise TableError(f"{name} has no column {missing[0]!r}")


def _marked(article_id: str, text: Any, evidence: str, start: int, end: int) -> str:
    """The sentence with the expression marked in it."""
    at = -1
    if isinstance(text, str):
        at = text.rfind(evidence, max(start - len(evidence), 0), start + len(evidence))
    if at < 0 or not at <= start <= end <= at + len(evidence):
        raise TableError(
            f"article {article_id!r}: the sentence of the characters {start}-{end} is not in"
            " its text; give the articles that the metrics were made from"
        )
    first, last = start - at, end - at
    before, after = evidence[:first], evidence[last:]
    if len(evidence) > _LONGEST_EVIDENCE:
        before = f"…{before[-_AROUND:]}" if len(before) > _AROUND else before
        after = f"{after[:_AROUND]}…" if len(after) > _AROUND else after
    return f"{before}[[{evidence[first:last]}]]{after}"


# --- reading what coders wrote -------------------------------------------------------------


def read_annotations(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a sheet that a coder has filled.

    Parameters
    ----------
    path
        A workbook, or CSV as any spreadsheet program writes it.

    Returns
    -------
    One row per row of the sheet that is not empty: ``sheet`` (the file's name), ``line``
    (the number of the row in it), ``coder`` (without one, the file's name), ``row_id``
    (empty for a figure that the coder added), ``article_id``, ``number_text``,
    ``is_a_figure`` (True, False, or missing where it was not judged), each of
    :data:`FIELDS` as the sheet has it, each ``correct_…`` as the coder wrote it ("none":
    the text says nothing of it), ``note``.

    Raises
    ------
    TableError
        If the file cannot be read, lacks a column, or a row has something in it that is not
        understood; the message names file and row.
    """
    path = Path(path)
    header, *rows = read_sheet(path) or [[]]
    names = [str(cell) for cell in header]
    missing = [name for name in _NEEDED_BACK if name not in names]
    if missing:
        raise TableError(
            f"{path}: no column {missing[0]!r}; fill a sheet that annotation_sheet has written"
        )
    read = [
        _read_row(dict(zip(names, row, strict=False)), path, line)
        for line, row in enumerate(rows, start=2)
        if any(row)
    ]
    columns = ["sheet", "line", "coder", *_GIVEN, "is_a_figure", *FIELDS, *_CORRECT, "note"]
    table = pd.DataFrame(read, columns=columns).drop(columns=["article", "evidence"])
    table["article_id"] = _article_ids(read, path)
    text = [name for name in table.columns if name not in {"line", "is_a_figure"}]
    table = table.astype(dict.fromkeys(text, "str")).astype(
        {"line": "int64", "is_a_figure": "boolean"}
    )
    twice = table["row_id"].notna() & table["row_id"].duplicated()
    if twice.any():
        row = table[twice].iloc[0]
        raise TableError(
            f"{path}, row {row['line']}: {row['row_id']!r} has a row already; keep one of them"
        )
    return table


def _read_row(cells: Mapping[str, Cell], path: Path, line: int) -> dict[str, Any]:
    here = f"{path}, row {line}"
    row: dict[str, Any] = {"sheet": path.name, "line": line}
    for name in (*_GIVEN, *FIELDS, *_CORRECT, "note", "coder"):
        row[name] = _text(cells.get(name, ""), name, here) or None
    row["coder"] = row["coder"] or path.stem
    row["is_a_figure"] = _judgement(cells.get("is_a_figure", ""), here)
    for name in _CORRECT:
        row[name] = _correction(row[name], name, here)
    for name in NUMBER_FIELDS:
        _check_number(row[name], name, here)
    if row["row_id"] is None:
        if row["number_text"] is None or not (row["article_id"] or row["article"]):
            raise TableError(f"{here}: a figure that is added needs article_id and number_text")
        if row["is_a_figure"] is False:
            raise TableError(f"{here}: an added row is a figure; say yes or remove the row")
        row["is_a_figure"] = True
    elif row["is_a_figure"] and row["correct_role"] not in {None, "figure"}:
        raise TableError(
            f"{here}: is_a_figure says yes, correct_role says {row['correct_role']!r}"
        )
    return row


def _text(cell: Cell, name: str, here: str) -> str:
    if isinstance(cell, date | time):
        if name in _CORRECT or name == "number_text":
            raise TableError(
                f"{here}, {name}: the spreadsheet program has made a date of what was written;"
                " format the cell as text and write it again"
            )
        return cell.isoformat()
    return cell


def _judgement(cell: Cell, here: str) -> bool | None:
    said = str(cell).lower()
    if said not in _YES | _NO | {""}:
        raise TableError(f"{here}: is_a_figure is yes or no, not {said!r}")
    return None if not said else said in _YES


def _correction(said: str | None, name: str, here: str) -> str | None:
    if said is None:
        return None
    if said.lower() == NONE and name not in _CHOICES and name != "correct_value":
        return NONE
    if name in _CHOICES:
        if said.lower() not in _CHOICES[name]:
            raise TableError(
                f"{here}: {name} is one of {', '.join(_CHOICES[name])}, not {said!r}"
            )
        return said.lower()
    if name.removeprefix("correct_") in NUMBER_FIELDS:
        if not re.fullmatch(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE]\+?\d+)?", said):
            raise TableError(f"{here}: {name} is a number in digits, not {said!r}")
        return said.replace(",", "")
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
