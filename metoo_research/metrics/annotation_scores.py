"""How good the program is by what coders say, and how far the coders agree."""

from __future__ import annotations

import math
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from metoo_research.errors import TableError
from metoo_research.metrics.annotation import (
    FIELDS,
    NONE,
    NUMBER_FIELDS,
    read_annotations,
    row_ids,
)
from metoo_research.metrics.reliability import Level, krippendorff_alpha, wilson_interval

Sheet = pd.DataFrame | str | os.PathLike[str]

_SCORES: Final = (
    "coder", "field", "n", "said", "true", "right", "accuracy", "accuracy_low",
    "accuracy_high", "precision", "precision_low", "precision_high", "recall", "recall_low",
    "recall_high", "f1",
)  # fmt: skip
_AGREEMENT: Final = (
    "field", "level", "coders", "units", "judgements", "alpha", "alpha_low", "alpha_high",
)  # fmt: skip
_FOUND: Final = "is_a_figure"


def score_annotations(metrics: pd.DataFrame, *sheets: Sheet) -> pd.DataFrame:
    """Score the metrics table by what coders say.

    Parameters
    ----------
    metrics
        The metrics table that the sheets were written from.
    sheets
        Tables of :func:`read_annotations`, or files. Sheets of one coder belong together:
        to score the shares of several coders as one, give them the same ``coder``.

    Returns
    -------
    Per coder one row for finding figures (``field`` is "is_a_figure") and one for each of
    the fields:

    ``n``
        What is judged. For is_a_figure: expressions that the program or the coder takes for
        a figure, with those that the coder has added. For role: all judged expressions. For
        the others: figures that the program found and the coder takes for one too.
    ``said``, ``true``, ``right``
        For how many of them the program says something, the coder does, both say the same.
        Case, white space and the form of quotation marks do not count.
    ``accuracy``
        Share of ``n`` in which both agree, be it that the text says nothing; NaN for
        is_a_figure, for nobody counts what is rightly passed over.
    ``precision``, ``recall``, ``f1``
        ``right / said``, ``right / true``, and their harmonic mean.
    ``…_low``, ``…_high``
        Their 95 % intervals (see :func:`wilson_interval`).

    Shares of nothing are NaN. ``attrs["not_judged"]`` counts, per coder, the expressions of
    the metrics table that the coder has not judged; they are left out.

    Raises
    ------
    TableError
        If no sheet is given, a row is not of this metrics table, or one coder has judged it
        twice; the message names file and row.
    """
    said = _said(metrics)
    rows: list[dict[str, Any]] = []
    not_judged = {}
    for coder, sheet in _by_coder(sheets, at_least=1).items():
        _check_known(sheet, said)
        judged = sheet[sheet["row_id"].notna()]
        added = int(sheet["row_id"].isna().sum())
        not_judged[coder] = len(said) - len(judged)
        rows += [{"coder": coder} | row for row in _scores_of(_records(judged), added, said)]
        _check_known(sheet, said)
    table = pd.DataFrame(rows, columns=list(_SCORES))
    table.attrs["not_judged"] = not_judged
    return table


def _said(metrics: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """What the program says of each expression, by its row id."""
    missing = [name for name in ("article_id", "start", "end", *FIELDS) if name not in metrics]
    if missing:
        raise TableError(f"the metrics table has no column {missing[0]!r}")
    return dict(zip(row_ids(metrics), _records(metrics[list(FIELDS)]), strict=True))


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in table.to_dict("records")
    ]


def _check_known(sheet: pd.DataFrame, said: Mapping[str, Any]) -> None:
    for row in _records(sheet):
        if row["row_id"] is not None and row["row_id"] not in said:
            raise TableError(
                f"{row['sheet']}, row {row['line']}: the metrics table has no"
                f" {row['row_id']!r}; give the one that the sheet was written from"
            )


def _by_coder(sheets: Sequence[Sheet], *, at_least: int) -> dict[str, pd.DataFrame]:
    """The rows that each coder has judged, from all sheets of that coder."""
    tables = [
        sheet if isinstance(sheet, pd.DataFrame) else read_annotations(sheet)
        for sheet in sheets
    ]
    coders: dict[str, pd.DataFrame] = {}
    if tables:
        joined = pd.concat(tables, ignore_index=True)
        coders = {
            str(coder): rows[rows["is_a_figure"].notna()]
            for coder, rows in joined.groupby("coder", sort=False)
        }
    if len(coders) < at_least:
        raise TableError(
            "give the sheet of a coder"
            if at_least == 1
            else "agreement is between two coders or more; give each sheet its own coder"
        )
    for coder, rows in coders.items():
        twice = rows[rows["row_id"].notna() & rows["row_id"].duplicated()]
        if len(twice):
            row = twice.iloc[0]
            raise TableError(
                f"{row['sheet']}, row {row['line']}: {coder!r} has judged {row['row_id']!r} in"
                " another sheet too; keep one, or tell the coders apart by name"
            )
    return coders


# --- what coder and program say ------------------------------------------------------------


def _plain(value: Any, name: str) -> str | float | None:
    """A value as it is compared: a number, or text without what does not count."""
    if value is None or value == NONE:
        return None
    if name in NUMBER_FIELDS:
        return float(value)
    return " ".join(re.sub("[‘’]", "'", re.sub("[“”]", '"', str(value))).casefold().split())


def _told(row: Mapping[str, Any], name: str, said: Any) -> str | float | None:
    """What the coder says of a field: what the program says, unless it is corrected."""
    correct = row[f"correct_{name}"]
    if name == "role" and correct is None:
        if row["is_a_figure"]:
            return "figure"
        if said == "figure":
            return "no figure"
    return _plain(said if correct is None else correct, name)


def _same(one: str | float | None, other: str | float | None) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9)
    return one == other


# --- scores ----------------------------------------------------------------------------------


def _scores_of(
    judged: Sequence[Mapping[str, Any]], added: int, said: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    is_said = [said[row["row_id"]]["role"] == "figure" for row in judged]
    is_true = [bool(row["is_a_figure"]) for row in judged]
    found = [row for row, a, b in zip(judged, is_said, is_true, strict=True) if a and b]
    either = sum(a or b for a, b in zip(is_said, is_true, strict=True)) + added
    rows = [
        _shares(_FOUND, either, sum(is_said), sum(is_true) + added, len(found))
        | dict.fromkeys(("accuracy", "accuracy_low", "accuracy_high"), math.nan)
    ]
    for name in FIELDS:
        pairs = [
            (
                _plain(said[row["row_id"]][name], name),
                _told(row, name, said[row["row_id"]][name]),
            )
            for row in (judged if name == "role" else found)
        ]
        same = [_same(*pair) for pair in pairs]
        right = sum(
            alike and of_program is not None
            for alike, (of_program, _) in zip(same, pairs, strict=True)
        )
        n_said = sum(of_program is not None for of_program, _ in pairs)
        n_true = sum(of_coder is not None for _, of_coder in pairs)
        rows.append(
            _shares(name, len(pairs), n_said, n_true, right)
            | _share("accuracy", sum(same), len(pairs))
        )
    return rows


def _shares(name: str, n: int, said: int, true: int, right: int) -> dict[str, Any]:
    return {
        "field": name,
        "n": n,
        "said": said,
        "true": true,
        "right": right,
        "f1": 2 * right / (said + true) if said + true else math.nan,
        **_share("precision", right, said),
        **_share("recall", right, true),
    }


def _share(name: str, right: int, n: int) -> dict[str, float]:
    low, high = wilson_interval(right, n)
    share = right / n if n else math.nan
    return {name: share, f"{name}_low": low, f"{name}_high": high}


# --- agreement -------------------------------------------------------------------------------


def agreement(*sheets: Sheet, draws: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Compute how far coders agree: Krippendorff's alpha for each field.

    Coders who see what the program says (see :func:`annotation_sheet`) agree more than those
    who do not.

    Parameters
    ----------
    sheets
        Tables of :func:`read_annotations`, or files, of two coders or more. Not every coder
        needs to have judged every row.
    draws, seed
        Of the interval (see :func:`krippendorff_alpha`).

    Returns
    -------
    One row for is_a_figure and for each field: ``level`` (interval for value, else nominal),
    ``coders``, ``units`` (judged by two or more), ``judgements`` (of those), ``alpha`` and
    its 95 % interval ``alpha_low``, ``alpha_high``; NaN where nothing varies, or no two
    coders have judged the same.

    For is_a_figure a figure that a coder has added is a unit too; "no" to it by each coder
    who has judged something in that article and has not added it. It is the same if article
    and number as written are the same. For the fields the units are what is a figure (for
    role all that is judged), added figures where both have filled the field; that the text
    says nothing of it is a value like any other. ``attrs`` holds ``draws`` and ``seed``.

    Raises
    ------
    TableError
        If the sheets are of fewer than two coders, or one coder has judged a row twice.
    """
    coders = {coder: _units(sheet) for coder, sheet in _by_coder(sheets, at_least=2).items()}
    said: dict[str, Mapping[str, Any]] = {}  # by the first sheet: programs change cells
    for units in coders.values():
        for unit, row in units.items():
            said.setdefault(unit, row)
    rows = []
    for name in (_FOUND, *FIELDS):
        level: Level = "interval" if name == "value" else "nominal"
        codings = pd.DataFrame(
            {
                coder: pd.Series(
                    _judgements(units, name, said), index=list(said), dtype="object"
                )
                for coder, units in coders.items()
            }
        )
        result = krippendorff_alpha(codings, level=level, draws=draws, seed=seed)
        rows.append(
            {
                "field": name,
                "level": level,
                "coders": int(codings.notna().any().sum()),
                "units": result.units,
                "judgements": result.judgements,
                "alpha": result.alpha,
                "alpha_low": result.low,
                "alpha_high": result.high,
            }
        )
    table = pd.DataFrame(rows, columns=list(_AGREEMENT))
    table.attrs = {"draws": draws, "seed": seed}
    return table


def _units(sheet: pd.DataFrame) -> dict[str, Mapping[str, Any]]:
    """What one coder has judged, by row id; figures added by article and number."""
    units: dict[str, Mapping[str, Any]] = {}
    times: Counter[str] = Counter()
    for row in _records(sheet):
        unit = row["row_id"]
        if unit is None:
            added = f"{row['article_id']}: {_plain(row['number_text'], 'number_text')}"
            times[added] += 1
            unit = f"added, {added}, {times[added]}"
        units[unit] = row
    return units


def _judgements(
    units: Mapping[str, Mapping[str, Any]], name: str, said: Mapping[str, Mapping[str, Any]]
) -> list[Any]:
    articles = {row["article_id"] for row in units.values()}
    judgements: list[Any] = []
    for unit, first in said.items():
        row = units.get(unit)
        judgement: Any = None
        if name == _FOUND:
            if row is not None:
                judgement = str(row["is_a_figure"])
            elif first["row_id"] is None and first["article_id"] in articles:
                judgement = "False"
        elif row is None or (row["row_id"] is None and row[f"correct_{name}"] is None):
            pass  # of an added figure nobody has said anything yet
        elif row["is_a_figure"] or name == "role":
            judgement = _told(row, name, first[name])
            if judgement is None and name != "value":
                judgement = NONE
        judgements.append(judgement)
    return judgements
