"""Checking by hand: sheets on which coders judge what the program found."""

from __future__ import annotations

import os
import random
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, overload

import pandas as pd

from metoo_research._sheets import Look, write_sheet
from metoo_research.errors import ExportError, TableError
from metoo_research.metrics.annotation_reading import is_filled
from metoo_research.metrics.checks import check_columns, check_once
from metoo_research.metrics.codebook import CHOICES, FIELDS, NOT_JUDGED, coding_rules
from metoo_research.metrics.extract import reported_metrics
from metoo_research.tokens import split_sentences

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus

Path_ = str | os.PathLike[str]

_PATH: Final = "annotation_sheet.xlsx"
_NEEDED: Final = ("article_id", "start", "end", "number_text", "evidence", *FIELDS)
_LONGEST_EVIDENCE: Final = 4_000
_AROUND: Final = 1_000


def metrics_of(found: pd.DataFrame | Corpus) -> pd.DataFrame:
    """Give the metrics table: as it is, or made of a corpus with the default passages."""
    if isinstance(found, pd.DataFrame):
        return found
    if not hasattr(found, "articles"):
        raise TableError(
            f"give a corpus (read_corpus) or a metrics table, not {type(found).__name__}"
        )
    return reported_metrics(split_sentences(found), found.study)


def row_ids(metrics: pd.DataFrame) -> pd.Series[str]:
    """Name each row of a metrics table by its article and its characters."""
    starts, ends = metrics["start"].astype("str"), metrics["end"].astype("str")
    return metrics["article_id"].astype("str") + ":" + starts + "-" + ends


@overload
def annotation_sheet(
    metrics: Corpus,
    articles: Path_ | None = None,
    *,
    path: Path_ | None = None,
    coder: str = "",
    blind: bool = False,
    fields: Collection[str] = FIELDS,
    sample: int | None = None,
    seed: int = 0,
) -> pd.DataFrame: ...
@overload
def annotation_sheet(
    metrics: pd.DataFrame,
    articles: pd.DataFrame,
    path: Path_ = _PATH,
    *,
    coder: str = "",
    blind: bool = False,
    fields: Collection[str] = FIELDS,
    sample: int | None = None,
    seed: int = 0,
) -> pd.DataFrame: ...
def annotation_sheet(
    metrics: pd.DataFrame | Corpus,
    articles: pd.DataFrame | Path_ | None = None,
    path: Path_ | None = None,
    *,
    coder: str = "",
    blind: bool = False,
    fields: Collection[str] = FIELDS,
    sample: int | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Write a sheet on which a coder judges every number expression found.

    ``annotation_sheet(corpus)`` or ``annotation_sheet(corpus, "sheet.xlsx")`` finds them
    itself; ``annotation_sheet(metrics, articles, "sheet.xlsx")`` takes a table.

    On an open sheet the coder sees what the program says and corrects it. That saves most of
    the work, and makes coders agree with the program, and with one another, more than if they
    had started from nothing. On a blind one the coder sees the numbers alone. Say which it
    was where the results are reported.

    Parameters
    ----------
    metrics
        A corpus, or the metrics table, all roles: what the program passed over is judged too.
    articles
        With a metrics table ``corpus.articles``: ``article_id``, ``text``, and ``label``
        where there is one.
    path
        The file, ``.xlsx`` (with lists to choose from, and the rules of coding as a second
        sheet) or ``.csv``; "annotation_sheet.xlsx" in the current folder if not given. A
        sheet that is there is replaced as long as nothing is filled in it.
    coder
        Who will fill it; agreement is computed between coders.
    blind
        Do not show what the program says.
    fields
        Which of :data:`FIELDS` to ask for; none of them: only what is a figure.
    sample
        Ask only for so many expressions: of each article its share, drawn by chance, so that
        each expression is as likely to be drawn. What the program has missed altogether
        cannot be told from a sample; for that have all of some articles coded.
    seed
        Of the draw.

    Returns
    -------
    The table as written, one row per expression: ``row_id`` (article and characters),
    ``article_id``, ``article`` (its label), ``evidence`` (the sentence, the expression in
    [[ ]]; of one over 4,000 characters what lies around it), ``number_text``,
    ``is_a_figure`` (empty), each of the fields as the program says it, beside it
    ``correct_…`` (empty), on a blind sheet instead ``coded_…`` (empty); ``note`` (empty),
    ``coder``, and of a sample ``sample`` ("40 of 300, seed 0"). ``attrs`` holds
    ``candidates`` (expressions found), ``asked`` (in the sheet), ``blind`` and ``seed``
    (None without a sample).

    Raises
    ------
    TableError
        If a column is missing, a row stands in its table twice, the articles are not those
        of the metrics, or an option has no meaning.
    ExportError
        If the file cannot be written, has another ending, or is there and not an empty
        sheet.
    """
    if not isinstance(articles, pd.DataFrame):
        if isinstance(metrics, pd.DataFrame):
            raise TableError("a metrics table needs its articles: give corpus.articles too")
        if articles is not None and path is not None:
            raise TableError(f"give one path, not both {articles} and {path}")
        path = path if articles is None else articles
        table, articles = metrics_of(metrics), metrics.articles
    else:
        table = metrics_of(metrics)
    path = Path(_PATH if path is None else path)
    asked = _asked(fields)
    check_columns(table, _NEEDED, "the metrics table")
    check_once(table)
    rows = table if sample is None else table.iloc[draw_sample(table, sample, seed=seed)]
    sheet = _sheet(rows, articles, asked, blind=blind)
    sheet["note"] = None
    sheet["coder"] = coder or None
    if sample is not None:
        sheet["sample"] = f"{len(rows):,} of {len(table):,}, seed {seed}"
    sheet = sheet.astype({name: "str" for name in sheet if name not in ("value", "value_high")})
    _check_unfilled(path)
    write_sheet(sheet, path, _look(asked, blind=blind, sampled=sample is not None))
    sheet.attrs = {
        "candidates": len(table),
        "asked": len(rows),
        "blind": blind,
        "seed": None if sample is None else seed,
    }
    return sheet


def _check_unfilled(path: Path) -> None:
    """Raise `ExportError` if writing would destroy what a coder, or anybody, has written."""
    if not path.exists():
        return
    try:
        filled = is_filled(path)
    except TableError as error:
        raise ExportError(
            f"{path}: is there already and is no annotation sheet; give another name"
        ) from error
    if filled:
        raise ExportError(f"{path}: a coder has filled it; give another name, or move it away")


def _asked(fields: Collection[str]) -> list[str]:
    fields = [fields] if isinstance(fields, str) else fields
    unknown = [name for name in fields if name not in FIELDS]
    if unknown:
        raise TableError(f"figures have no field {unknown[0]!r}; fields: {', '.join(FIELDS)}")
    return [name for name in FIELDS if name in fields]


def draw_sample(metrics: pd.DataFrame, sample: int, *, seed: int) -> list[int]:
    """Draw rows of each article by its share, each row as likely as every other.

    The shares are rounded up or down by chance so that they add up to the sample
    (systematic sampling over the articles' cumulated sizes).
    """
    if sample < 1:
        raise TableError(f"a sample is of 1 expression or more, not {sample}")
    places: dict[Any, list[int]] = {}
    for at, article_id in enumerate(metrics["article_id"]):
        places.setdefault(article_id, []).append(at)
    size, everything = min(sample, len(metrics)), len(metrics)
    # Only random() gives the same numbers in every version of Python.
    chance = random.Random(seed).random  # noqa: S311
    begin = int(chance() * everything)
    drawn: list[int] = []
    seen = 0
    for rows in places.values():
        seen += len(rows)
        wanted = (size * seen + begin) // everything - len(drawn)
        by_chance = sorted(zip([chance() for _ in rows], rows, strict=True))
        drawn += [at for _, at in by_chance[:wanted]]
    return sorted(drawn)


def _sheet(
    metrics: pd.DataFrame, articles: pd.DataFrame, asked: Sequence[str], *, blind: bool
) -> pd.DataFrame:
    check_columns(articles, ("article_id", "text"), "the articles table")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    labels = dict(
        zip(articles["article_id"], articles.get("label", articles["article_id"]), strict=True)
    )
    spans = metrics[["article_id", "evidence", "start", "end"]].itertuples(index=False)
    sheet = pd.DataFrame(
        {
            "row_id": row_ids(metrics),
            "article_id": metrics["article_id"],
            "article": metrics["article_id"].map(labels),
            "evidence": [
                _marked(str(article_id), texts.get(article_id), evidence, start, end)
                for article_id, evidence, start, end in spans
            ],
            "number_text": metrics["number_text"],
            "is_a_figure": None,
        }
    )
    for name in asked:
        if blind:
            sheet[f"coded_{name}"] = None
        else:
            sheet[name] = metrics[name]
            sheet[f"correct_{name}"] = None
    return sheet.reset_index(drop=True)


def _look(asked: Sequence[str], *, blind: bool, sampled: bool) -> Look:
    mark = "coded_" if blind else "correct_"
    return Look(
        to_fill=("is_a_figure", *(mark + name for name in asked), "note"),
        choices={
            "is_a_figure": CHOICES["is_a_figure"],
            **{mark + name: (*CHOICES[name], NOT_JUDGED) for name in asked if name in CHOICES},
        },
        widths={"evidence": 80, "row_id": 24, "note": 32},
        rules=coding_rules(asked, blind=blind, sampled=sampled),
    )


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
