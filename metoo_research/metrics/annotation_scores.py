"""How good the program is by what coders say, and how far the coders agree."""

from __future__ import annotations

import math
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from metoo_research.errors import TableError
from metoo_research.metrics.annotation import metrics_of, row_ids
from metoo_research.metrics.annotation_reading import read_annotations
from metoo_research.metrics.checks import check_columns, check_once
from metoo_research.metrics.codebook import FIELDS, NONE, NOT_JUDGED, NUMBER_FIELDS
from metoo_research.metrics.reliability import (
    Level,
    f1_interval,
    krippendorff_alpha,
    wilson_interval,
)

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus

Sheet = pd.DataFrame | str | os.PathLike[str]

_SCORES: Final = (
    "coder", "field", "n", "said", "true", "right", "accuracy", "accuracy_low",
    "accuracy_high", "precision", "precision_low", "precision_high", "recall", "recall_low",
    "recall_high", "f1", "f1_low", "f1_high",
)  # fmt: skip
_AGREEMENT: Final = (
    "field", "level", "coders", "units", "judgements", "alpha", "alpha_low", "alpha_high",
)  # fmt: skip
_FOUND: Final = "is_a_figure"
_JOINED: Final = frozenset({"measure", "platform"})


def score_annotations(metrics: pd.DataFrame | Corpus, *sheets: Sheet) -> pd.DataFrame:
    """Score the metrics table by what coders say.

    Parameters
    ----------
    metrics
        The corpus or the metrics table that the sheets were written from.
    sheets
        Tables of :func:`read_annotations`, or files; open or blind ones. Sheets of one coder
        belong together: to score the shares of several coders as one, give them the same
        ``coder``.

    Returns
    -------
    Per coder one row for finding figures (``field`` is "is_a_figure") and one for each of
    the fields:

    ``n``
        What is judged. For is_a_figure: expressions that the program or the coder takes for
        a figure, with those that the coder has added. For role: all judged expressions. For
        the others: figures that the program found and the coder takes for one too, as far as
        the coder has judged the field.
    ``said``, ``true``, ``right``
        For how many of them the program says something, the coder does, both say the same.
        Case, white space, the form of quotation marks and the order of what is joined by +
        do not count; shares of one are compared to the hundredth.
    ``accuracy``
        Share of ``n`` in which both agree, be it that the text says nothing; NaN for
        is_a_figure, for nobody counts what is rightly passed over.
    ``precision``, ``recall``, ``f1``
        ``right / said``, ``right / true``, and their harmonic mean.
    ``…_low``, ``…_high``
        Their 95 % intervals, by Wilson's score (see
        :func:`~metoo_research.metrics.reliability.wilson_interval` and
        :func:`~metoo_research.metrics.reliability.f1_interval`).

    Shares of nothing are NaN. ``attrs["not_judged"]`` counts, per coder, the expressions on
    the coder's sheets that are not judged, ``attrs["not_asked"]`` those of the metrics table
    that are not on them: both are left out. The recall of finding figures rests on those that
    coders have added; from a sample it can only tell what the program has found and passed
    over.

    Raises
    ------
    TableError
        If no sheet is given, a row is not of this metrics table, or one coder has judged it
        twice; the message names file and row.
    """
    said = _said(metrics_of(metrics))
    rows: list[dict[str, Any]] = []
    not_judged, not_asked = {}, {}
    for coder, sheet in _by_coder(sheets, at_least=1).items():
        _check_known(sheet, said)
        asked = sheet["row_id"].dropna().nunique()
        sheet = sheet[sheet["is_a_figure"].notna()]
        judged = sheet[sheet["row_id"].notna()]
        not_judged[coder], not_asked[coder] = asked - len(judged), len(said) - asked
        added = len(sheet) - len(judged)
        rows += [{"coder": coder} | row for row in _scores_of(_records(judged), added, said)]
    table = pd.DataFrame(rows, columns=list(_SCORES))
    table.attrs = {"not_judged": not_judged, "not_asked": not_asked}
    return table


def _said(metrics: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """What the program says of each expression, by its row id."""
    check_columns(metrics, ("article_id", "start", "end", *FIELDS), "the metrics table")
    check_once(metrics)
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
    """The rows of each coder's sheets, no row judged twice."""
    tables = [
        sheet if isinstance(sheet, pd.DataFrame) else read_annotations(sheet)
        for sheet in sheets
    ]
    coders: dict[str, pd.DataFrame] = {}
    if tables:
        joined = pd.concat(tables, ignore_index=True)
        coders = {str(coder): rows for coder, rows in joined.groupby("coder", sort=False)}
    if len(coders) < at_least:
        if at_least > 1:
            why = "agreement is between two coders or more; give each sheet its own coder"
        elif sheets:
            why = "the sheet has no row, so that there is nothing to score"
        else:
            why = "give the sheet of a coder"
        raise TableError(why)
    for coder, rows in coders.items():
        judged = rows[rows["is_a_figure"].notna()]
        twice = judged[judged["row_id"].notna() & judged["row_id"].duplicated()]
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
    text = re.sub("[‘’]", "'", re.sub("[“”]", '"', str(value))).casefold()
    if name in _JOINED:
        text = "+".join(sorted(part.strip() for part in text.split("+")))
    return " ".join(text.split())


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
        # A coder writes two thirds as 0.67.
        share = 0 < abs(one) < 1 and 0 < abs(other) < 1
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=0.005 if share else 0)
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
        _shares(_FOUND, either, sum(is_said), sum(is_true) + added, len(found), different=0)
        | dict.fromkeys(("accuracy", "accuracy_low", "accuracy_high"), math.nan)
    ]
    for name in FIELDS:
        pairs = [
            (
                _plain(said[row["row_id"]][name], name),
                _told(row, name, said[row["row_id"]][name]),
            )
            for row in (judged if name == "role" else found)
            if row[f"correct_{name}"] != NOT_JUDGED
        ]
        same = [_same(*pair) for pair in pairs]
        right = sum(
            alike and of_program is not None
            for alike, (of_program, _) in zip(same, pairs, strict=True)
        )
        n_said = sum(of_program is not None for of_program, _ in pairs)
        n_true = sum(of_coder is not None for _, of_coder in pairs)
        different = sum(None not in pair for pair in pairs) - right
        rows.append(
            _shares(name, len(pairs), n_said, n_true, right, different=different)
            | _share("accuracy", sum(same), len(pairs))
        )
    return rows


def _shares(
    name: str, n: int, said: int, true: int, right: int, *, different: int
) -> dict[str, Any]:
    low, high = f1_interval(
        right,
        different=different,
        said_only=said - right - different,
        true_only=true - right - different,
    )
    return {
        "field": name,
        "n": n,
        "said": said,
        "true": true,
        "right": right,
        "f1": 2 * right / (said + true) if said + true else math.nan,
        "f1_low": low,
        "f1_high": high,
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

    Coders who see what the program says (see
    :func:`~metoo_research.metrics.annotation.annotation_sheet`) agree more than those who do
    not.

    Parameters
    ----------
    sheets
        Tables of :func:`read_annotations`, or files, of two coders or more. Not every coder
        needs to have judged every row.
    draws, seed
        Of the interval (see :func:`krippendorff_alpha`).

    Returns
    -------
    One row for is_a_figure and for each field: ``level`` (ratio for value, else nominal),
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
    coders = {
        coder: _units(sheet[sheet["is_a_figure"].notna()])
        for coder, sheet in _by_coder(sheets, at_least=2).items()
    }
    said = _first_said(coders.values())
    rows = []
    for name in (_FOUND, *FIELDS):
        level: Level = "ratio" if name == "value" else "nominal"
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


def _first_said(coders: Iterable[Mapping[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """Each unit as the first open sheet has it, else the first blind one.

    By one sheet, because spreadsheet programs change cells; a blind one does not say what the
    program says.
    """
    said: dict[str, Mapping[str, Any]] = {}
    for units in coders:
        for unit, row in units.items():
            if unit not in said or (said[unit].get("blind") and not row.get("blind")):
                said[unit] = row
    return said


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
        elif row is None or row[f"correct_{name}"] == NOT_JUDGED:
            pass
        elif row["row_id"] is None and row[f"correct_{name}"] is None:
            pass  # of an added figure nobody has said anything yet
        elif row["is_a_figure"] or name == "role":
            judgement = _told(row, name, first[name])
            if judgement is None and name != "value":
                judgement = NONE
        judgements.append(judgement)
    return judgements
