"""Sentences for coders to judge: drawn, written as a sheet, read back."""

from __future__ import annotations

import math
import os
import random
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from metoo_research._sheets import Look, read_sheet, write_sheet
from metoo_research.errors import ExportError, TableError
from metoo_research.results import Result, result
from metoo_research.sentiment._draws import SEED
from metoo_research.sentiment.sentences import require_columns

CODES: Final = ("-2", "-1", "0", "1", "2")
#: A coder cannot judge the sentence.
NOT_JUDGED: Final = "x"

SheetPath = str | os.PathLike[str]
_CODERS: Final = ("coder_1", "coder_2")
_SHEET: Final = ("row_id", "text", *_CODERS, "note")
_CODE: Final = re.compile(r"([+\-−–]?)\s*([0-2])(?:[.,]0+)?")
_RULES: Final = """\
Each row is one sentence of a news article. Judge how the sentence itself sounds, from its
words: not whether what it reports is good or bad, and not what you think of the subject.
A sober report of an assault is 0.

-2 very negative, -1 rather negative, 0 neutral or balanced,
1 rather positive, 2 very positive.
x: cannot be judged (broken text, not English).

Coder 1 fills only the column coder_1, coder 2 only coder_2. Work alone, in the order of the
rows, and do not look at the other's column; two copies of the file are safest.
Do not change row_id or text. The column note is yours."""


def sentiment_sample(
    scores: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    n: int = 200,
    by: Collection[str] = ("tercile", "article_id"),
    score: str = "compound",
    seed: int = SEED,
    path: SheetPath | None = None,
) -> Result:
    """Draw sentences for two coders to judge, spread over scores and articles.

    Each stratum gets its share of the sample, rounded up or down by chance so that the shares
    add up (systematic sampling); every sentence is as likely to be drawn as every other, so
    that nothing has to be weighted afterwards.

    Parameters
    ----------
    scores
        As `score_sentences` gives them.
    articles
        One row per article: ``article_id``, and what ``by`` names.
    n
        Sentences to draw; all, if there are fewer.
    by
        What to stratify by: ``tercile`` (thirds of ``score``, from its lowest; equal scores
        stay together), columns of ``scores`` ("kind") or of ``articles`` ("outlet").
    score
        The score that terciles are made of.
    seed
        Of the draw, and of the order of rows.
    path
        Write a sheet to fill, ``.xlsx`` (with the rules on a second sheet) or ``.csv``. It
        shows the coders neither scores nor articles. One that is there is replaced only as
        long as no coder has filled anything in.

    Returns
    -------
    One row per sentence, in the shuffled order of the sheet: ``row_id`` (article and
    sentence), ``article_id``, ``sentence_id``, ``stratum``, ``stratum_size`` (its sentences
    in the corpus), ``text``. ``attrs`` tell how many sentences there were, how many strata,
    and how many were left out as they have no text.

    Raises
    ------
    TableError
        If a column is missing, a sentence belongs to no article, no sentence has text, or an
        option has no meaning.
    ExportError
        If the sheet cannot be written, or one that is filled is there.
    """
    if n < 1 or seed < 0:
        raise TableError("n is a whole number from 1 on, seed one from 0 on")
    if isinstance(by, str):
        raise TableError(f"by is a list of columns; write [{by!r}]")
    require_columns(scores, ["article_id", "sentence_id", "text", score], name="scores")
    require_columns(articles, ["article_id"], name="articles")
    unknown = sorted(set(scores["article_id"].astype("str")) - set(articles["article_id"]))
    if unknown:
        raise TableError(
            f"the scores table has article {unknown[0]!r}, which the articles table has not;"
            " pass the articles that the sentences were made from"
        )
    has_text = scores["text"].notna() & scores["text"].astype("str").str.strip().ne("")
    kept = scores[(has_text & scores[score].notna()).to_numpy()]
    if kept.empty:
        raise TableError(f"no sentence has text and a score in {score!r}; nothing to draw")
    kept = kept.sort_values(["article_id", "sentence_id"], kind="stable").reset_index(drop=True)
    if kept.duplicated(["article_id", "sentence_id"]).any():
        raise TableError(
            "a sentence stands twice in the scores table; score sentences, not parts"
        )
    strata = _strata(kept, articles, by, score)
    sizes = strata.map(strata.value_counts())
    drawn = _draw(strata.tolist(), min(n, len(kept)), seed=seed)
    chosen = kept.iloc[drawn]
    table = pd.DataFrame(
        {
            "row_id": row_ids(chosen),
            "article_id": chosen["article_id"].astype("str"),
            "sentence_id": chosen["sentence_id"],
            "stratum": strata.iloc[drawn],
            "stratum_size": sizes.iloc[drawn],
            "text": chosen["text"].astype("str"),
        }
    ).reset_index(drop=True)
    if path is not None:
        _write(table, Path(path))
    return result(
        table,
        {
            "table": "sentiment_sample",
            "score": score,
            "by": list(by),
            "seed": seed,
            "asked": n,
            "n_drawn": len(table),
            "n_sentences": len(kept),
            "n_strata": int(strata.nunique()),
            "n_articles": len(articles),
            "left_out": {"sentences without text or score": len(scores) - len(kept)},
        },
    )


def _strata(
    kept: pd.DataFrame, articles: pd.DataFrame, by: Collection[str], score: str
) -> pd.Series[str]:
    named = pd.Series("", index=kept.index, dtype="str")
    for column in by:
        if column == "tercile":
            values = kept[score].to_numpy(dtype=np.float64)
            cuts = np.quantile(values, [1 / 3, 2 / 3])
            third = np.searchsorted(cuts, values, side="left")
            own = pd.Series(np.array(["low", "middle", "high"])[third], index=kept.index)
        elif column in kept.columns:
            own = kept[column]
        elif column in articles.columns:
            of = dict(zip(articles["article_id"], articles[column], strict=True))
            own = kept["article_id"].map(of)
        else:
            raise TableError(
                f"by: {column!r} is neither 'tercile' nor a column of scores or articles"
            )
        text = own.astype("object").where(own.notna(), "missing").astype("str")
        named = named.where(named == "", named + " / ") + text
    return named


def _draw(strata: Sequence[str], n: int, *, seed: int) -> list[int]:
    """Rows drawn from each stratum by its share, in a shuffled order."""
    places: dict[str, list[int]] = {}
    for at, stratum in enumerate(strata):
        places.setdefault(stratum, []).append(at)
    # Only random() gives the same numbers in every version of Python.
    chance = random.Random(seed).random  # noqa: S311
    begin = int(chance() * len(strata))
    drawn: list[int] = []
    seen = 0
    for stratum in sorted(places):
        rows = places[stratum]
        seen += len(rows)
        wanted = (n * seen + begin) // len(strata) - len(drawn)
        by_chance = sorted(zip([chance() for _ in rows], rows, strict=True))
        drawn += [at for _, at in by_chance[:wanted]]
    return [at for _, at in sorted(zip([chance() for _ in drawn], sorted(drawn), strict=True))]


def row_ids(scores: pd.DataFrame) -> pd.Series[str]:
    """Name each sentence by its article and number."""
    return scores["article_id"].astype("str") + "#" + scores["sentence_id"].astype("str")


def _write(table: pd.DataFrame, path: Path) -> None:
    if path.exists():
        try:
            filled = _coders_of(_read(path), str(path))
        except TableError as error:
            raise ExportError(
                f"{path}: is there already and is no such sheet; give another name"
            ) from error
        if filled.notna().any(axis=None):
            raise ExportError(
                f"{path}: a coder has filled it; give another name, or move it away"
            )
    empty = pd.Series(None, index=table.index, dtype="object")
    sheet = table[["row_id", "text"]].assign(**dict.fromkeys((*_CODERS, "note"), empty))
    look = Look(
        to_fill=(*_CODERS, "note"),
        choices=dict.fromkeys(_CODERS, (*CODES, NOT_JUDGED)),
        widths={"row_id": 24, "text": 90, "note": 32},
        rules=_RULES,
        title="sentences",
    )
    write_sheet(sheet[list(_SHEET)], path, look)


# --- reading what coders wrote ---------------------------------------------------------------


def read_codings(coded: pd.DataFrame | SheetPath | Sequence[SheetPath]) -> pd.DataFrame:
    """Read what coders wrote on the sheets of `sentiment_sample`.

    Parameters
    ----------
    coded
        A sheet, a table of it, or several sheets of one sample, each with its coder's column
        filled.

    Returns
    -------
    One row per sentence, indexed by ``row_id``; a column per coder who judged anything, with
    −2 to 2, NaN where the cell is empty or "x".

    Raises
    ------
    TableError
        If a sheet cannot be read or lacks a column, a row stands twice, a cell holds
        something else than a code, two sheets fill the same coder's column, or nobody has
        judged anything.
    """
    if isinstance(coded, pd.DataFrame):
        sheets = [("the coded table", coded)]
    else:
        paths = [coded] if isinstance(coded, str | os.PathLike) else list(coded)
        sheets = [(str(path), _read(Path(path))) for path in paths]
    judged: dict[str, pd.Series[float]] = {}
    for name, sheet in sheets:
        codes = _coders_of(sheet, name)
        for coder in codes.columns[codes.notna().any()]:
            if coder in judged:
                raise TableError(
                    f"{name}: {coder} is filled in another sheet too; rename the column,"
                    " such as coder_3"
                )
            judged[str(coder)] = codes[coder]
    if not judged:
        raise TableError("no coder has judged anything; fill the columns coder_1 and coder_2")
    return pd.DataFrame(judged).sort_index()


def _read(path: Path) -> pd.DataFrame:
    header, *rows = read_sheet(path) or [[]]
    names = [str(cell) for cell in header]
    filled = [[*row, *[""] * (len(names) - len(row))][: len(names)] for row in rows if any(row)]
    return pd.DataFrame(filled, columns=names, dtype="object")


def _coders_of(sheet: pd.DataFrame, name: str) -> pd.DataFrame:
    """The codes of each coder by ``row_id``."""
    coders = [column for column in map(str, sheet.columns) if column.startswith("coder_")]
    if "row_id" not in sheet.columns or not coders:
        missing = "row_id" if "row_id" not in sheet.columns else "coder_1"
        raise TableError(f"{name} has no column {missing!r}; give a sheet of sentiment_sample")
    ids = sheet["row_id"].astype("str")
    if ids.duplicated().any():
        raise TableError(f"{name}: row {ids[ids.duplicated()].iloc[0]!r} stands there twice")
    read = {
        coder: [
            _code(cell, name, row, coder)
            for cell, row in zip(sheet[coder].tolist(), ids.tolist(), strict=True)
        ]
        for coder in coders
    }
    return pd.DataFrame(read, index=pd.Index(ids, name="row_id"), dtype="float64")


def _code(cell: Any, name: str, row: str, coder: str) -> float:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)) or cell is pd.NA:
        return math.nan
    text = str(cell).strip().lower()
    if text in {"", NOT_JUDGED}:
        return math.nan
    match = _CODE.fullmatch(text)
    if match is None:
        raise TableError(
            f"{name}, row {row!r}: {coder} has {str(cell)!r}; a code is one of"
            f" {', '.join(CODES)}, {NOT_JUDGED} (cannot be judged), or nothing"
        )
    return (
        -float(match[2]) if match[1] in {"-", "−", "–"} and match[2] != "0" else float(match[2])
    )
