"""How well scores agree with coders, and coders with one another.

A dictionary's score has to be shown to measure anything in the texts at hand (van Atteveldt,
van der Velden & Boukes 2021, Communication Methods and Measures 15:121-140). Two coders judge
a sample without seeing the scores; their own agreement bounds what a score can reach.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research._agreement import Reliability, krippendorff_alpha
from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.sentiment._draws import (
    DRAWN_AT_ONCE,
    DRAWS,
    LEVEL,
    SEED,
    Floats,
    check_options,
    interval,
)
from metoo_research.sentiment.sampling import SheetPath, read_codings, row_ids
from metoo_research.sentiment.sentences import require_columns

Ints = NDArray[np.int64]

#: Scores that are validated where the table has them.
VALIDATED: Final = ("compound", "compound_without_topic", "sensitivity", "model_score")
CLASSES: Final = ("negative", "neutral", "positive")


def validate_sentiment(
    coded: pd.DataFrame | SheetPath | Sequence[SheetPath],
    scores: pd.DataFrame,
    *,
    columns: Collection[str] | None = None,
    threshold: float | Mapping[str, float] = 0.05,
    human_threshold: float = 0.5,
    seed: int = SEED,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Result:
    """Compare scores with the judgements of coders, and coders with one another.

    Parameters
    ----------
    coded
        The sheet or sheets of `sentiment_sample`, filled; or a table with ``row_id`` and a
        column for each coder (``coder_1``, …; −2 to 2).
    scores
        As `score_sentences` gives them, with whatever scores were added.
    columns
        Scores to validate; by default those of :data:`VALIDATED` that the table has values
        of.
    threshold
        A score of at least this is positive, of at most its negative is negative, else it is
        neutral: one for all or one for each score. 0.05 is that of VADER's authors.
    human_threshold
        The same for the mean of the coders.
    seed, draws, level
        Of the bootstrap over sentences. It takes sentences as independent; those of one
        article resemble each other, so that intervals are rather too narrow.

    Returns
    -------
    One row per score; then, as what humans reach, one row per coder against the mean of the
    others (``against`` tells which):

    ``score``, ``against``
        The score's column or the coder; ``coders`` or ``other coders``.
    ``n``
        Sentences that have both.
    ``r``, ``r_low``, ``r_high``
        Pearson's correlation with the mean of the coders.
    ``spearman``, ``spearman_low``, ``spearman_high``
        The same of ranks.
    ``f1``, ``f1_low``, ``f1_high``, ``f1_negative``, ``f1_neutral``, ``f1_positive``
        F1 of each class, and their mean over the classes that the coders used (macro F1).
        NaN for a class that neither side used.

    NaN with fewer than three sentences, and for a correlation where one side does not vary.
    ``attrs`` hold Krippendorff's alpha (``alpha_ordinal``, the one to report for five ordered
    codes, ``alpha_interval``, ``alpha_nominal``; with the ends of their intervals), the number
    of ``coders`` and of ``sentences_coded_twice``, and ``methods``, a sentence for the
    methods section. With one coder alpha is NaN, and ``methods`` says so.

    Raises
    ------
    TableError
        As `read_codings`, if a coded sentence is not in ``scores``, or an option has no
        meaning.
    """
    check_options(seed, draws, level)
    require_columns(scores, ["article_id", "sentence_id"], name="scores")
    known = [name for name in VALIDATED if name in scores and scores[name].notna().any()]
    names = known if columns is None else list(columns)
    if isinstance(columns, str) or not names:
        raise TableError("columns is a list of scores; the scores table has none of them")
    require_columns(scores, names, name="scores")
    limits = _limits(threshold, names, human_threshold)
    codes = read_codings(coded)
    ids = pd.Index(row_ids(scores))
    if ids.has_duplicates:
        raise TableError(
            "a sentence stands twice in the scores table; score sentences, not parts"
        )
    if unknown := [row for row in codes.index if row not in ids]:
        raise TableError(
            f"coded row {unknown[0]!r} is not in the scores table; give the scores that the"
            " sample was drawn from, and leave row_id as it was"
        )
    values = scores[names].set_axis(ids).reindex(codes.index)
    truth = codes.mean(axis="columns").to_numpy(dtype=np.float64)
    options = (seed, draws, level)
    rows = []
    for name in names:
        own = values[name].to_numpy(dtype=np.float64)
        found = _agreement(own, truth, limits[name], human_threshold, options)
        rows.append({"score": name, "against": "coders", **found})
    if codes.shape[1] > 1:
        for coder in codes.columns:
            others = codes.drop(columns=coder).mean(axis="columns").to_numpy(dtype=np.float64)
            own = codes[coder].to_numpy(dtype=np.float64)
            found = _agreement(own, others, human_threshold, human_threshold, options)
            rows.append({"score": coder, "against": "other coders", **found})
    table = pd.DataFrame(rows).astype({"score": "str", "against": "str", "n": "int64"})
    alphas = {
        "ordinal": krippendorff_alpha(codes, level="ordinal", seed=seed, confidence=level),
        "interval": krippendorff_alpha(codes, level="interval", seed=seed, confidence=level),
        "nominal": krippendorff_alpha(codes, level="nominal", seed=seed, confidence=level),
    }
    settings: dict[str, Any] = {
        "table": "sentiment_validation",
        "formulas": {
            "r": "Pearson, with the mean of the coders",
            "spearman": "Pearson of mean ranks",
            "f1": "mean of 2·right / (said + true) over the classes that coders used",
            "alpha": "1 − D_o / D_e (Krippendorff 2011)",
        },
        "coders": codes.shape[1],
        "n_coded": int(codes.notna().any(axis="columns").sum()),
        "sentences_coded_twice": alphas["ordinal"].units,
        "judged_by_some_only": int(
            (codes.isna().any(axis=1) & codes.notna().any(axis=1)).sum()
        ),
        **{
            f"alpha_{kind}{end}": getattr(alpha, field)
            for kind, alpha in alphas.items()
            for end, field in (("", "alpha"), ("_low", "low"), ("_high", "high"))
        },
        "threshold": {name: limits[name] for name in names},
        "human_threshold": human_threshold,
        "seed": seed,
        "draws": draws,
        "level": level,
    }
    settings["methods"] = _methods(table, settings, alphas["ordinal"])
    return result(table, settings)


def _limits(
    threshold: float | Mapping[str, float], names: Sequence[str], human: float
) -> dict[str, float]:
    if isinstance(threshold, Mapping):
        if missing := [name for name in names if name not in threshold]:
            raise TableError(f"threshold: none is given for {missing[0]!r}")
        limits = {name: float(threshold[name]) for name in names}
    else:
        limits = dict.fromkeys(names, float(threshold))
    if any(not limit > 0 for limit in (*limits.values(), human)):
        raise TableError("a threshold is a number above 0, such as 0.05")
    return limits


def _agreement(
    values: Floats, truth: Floats, limit: float, human: float, options: tuple[int, int, float]
) -> dict[str, float]:
    both = ~np.isnan(values) & ~np.isnan(truth)
    values, truth = values[both], truth[both]
    # 1e-9: the mean of 0 and 1 is on the threshold, however it is rounded.
    said = (values >= limit - 1e-9).astype(int) - (values <= -limit + 1e-9) + 1
    true = (truth >= human - 1e-9).astype(int) - (truth <= -human + 1e-9) + 1
    seed, draws, level = options
    n = len(values)
    row: dict[str, float] = {"n": n}
    point, drawn = np.full((1, 6), math.nan), np.full((draws, 6), math.nan)
    if n >= 3:
        point = _measures(values, truth, said, true, rows=np.arange(n)[None])
        chance = np.random.default_rng(seed)
        step = max(1, DRAWN_AT_ONCE // n)
        for begin in range(0, draws, step):
            rows = chance.integers(0, n, size=(min(step, draws - begin), n))
            drawn[begin : begin + step] = _measures(values, truth, said, true, rows=rows)
    for at, name in enumerate(("r", "spearman", "f1")):
        row[name] = float(point[0, at])
        low, high = (
            interval(drawn[:, at], level) if not math.isnan(row[name]) else (math.nan,) * 2
        )
        row[f"{name}_low"], row[f"{name}_high"] = low, high
    row |= {f"f1_{name}": float(point[0, 3 + at]) for at, name in enumerate(CLASSES)}
    return row


def _measures(values: Floats, truth: Floats, said: Ints, true: Ints, *, rows: Ints) -> Floats:
    """Pearson's r, Spearman's rho, macro F1, F1 of each class: one line per line of `rows`.

    A line of ``rows`` says which sentences are taken, by their places.
    """
    counts = _counted((3 * true + said)[rows], 9).reshape(-1, 3, 3)
    right = np.diagonal(counts, axis1=1, axis2=2)
    of_true, of_said = counts.sum(axis=2), counts.sum(axis=1)
    f1 = np.full(right.shape, math.nan)
    np.divide(2 * right, of_true + of_said, out=f1, where=of_true + of_said > 0)
    used = of_true > 0
    macro = np.where(used, f1, 0).sum(axis=1) / used.sum(axis=1)
    r = _pearson(values[rows], truth[rows])
    rho = _pearson(_ranks(values, rows), _ranks(truth, rows))
    return np.column_stack([r, rho, macro, f1])


def _counted(codes: Ints, kinds: int) -> Ints:
    """How often each code from 0 to ``kinds`` − 1 stands in each line."""
    lines = len(codes)
    own = codes + kinds * np.arange(lines)[:, None]
    return np.bincount(own.ravel(), minlength=kinds * lines).reshape(lines, kinds)


def _pearson(first: Floats, second: Floats) -> Floats:
    """Correlate line by line; NaN where one side does not vary."""
    varies = (np.ptp(first, axis=1) > 0) & (np.ptp(second, axis=1) > 0)
    first, second = (side - side.mean(axis=1, keepdims=True) for side in (first, second))
    size = np.sqrt((first * first).sum(axis=1)) * np.sqrt((second * second).sum(axis=1))
    r = np.full(len(size), math.nan)
    np.divide((first * second).sum(axis=1), size, out=r, where=varies & (size > 0))
    within: Floats = np.clip(r, -1, 1)
    return within


def _ranks(values: Floats, rows: Ints) -> Floats:
    """Ranks from 1 in each line; equal values share the mean of theirs."""
    kinds, codes = np.unique(values, return_inverse=True)
    counts = _counted(codes[rows], len(kinds))
    ranks: Floats = counts.cumsum(axis=1) - (counts - 1) / 2
    return np.take_along_axis(ranks, codes[rows], axis=1)


# --- for the methods section -----------------------------------------------------------------


def _methods(table: pd.DataFrame, settings: Mapping[str, Any], alpha: Reliability) -> str:
    coders, percent = settings["coders"], f"{settings['level']:.0%}"
    if coders == 1:
        agreement = (
            f"One coder judged {settings['n_coded']} sentences on a scale from −2 to 2 without"
            " seeing the scores; with one coder, reliability cannot be computed."
        )
    else:
        agreement = (
            f"{_number(coders)} coders judged {settings['n_coded']} sentences on a scale from"
            f" −2 to 2 without seeing the scores ({alpha.units} by two or more of them;"
            f" Krippendorff's alpha, ordinal: {_told(alpha.alpha, alpha.low, alpha.high)})."
        )
    told = [
        f"{row['score']}: r = {_told(row['r'], row['r_low'], row['r_high'])}, macro F1 ="
        f" {_told(row['f1'], row['f1_low'], row['f1_high'])}, n = {row['n']}"
        for row in table[table["against"] == "coders"].to_dict("records")
    ]
    return (
        f"{agreement} Agreement of the scores with the mean of the coders ({percent} bootstrap"
        f" intervals over sentences): {'; '.join(told)}."
    )


def methods_sentence(validation: pd.DataFrame) -> str:
    """Give the text for the methods section that `validate_sentiment` has made.

    Raises
    ------
    TableError
        If the table is none of `validate_sentiment`.
    """
    text = validation.attrs.get("methods")
    if not isinstance(text, str):
        raise TableError("give the table that validate_sentiment returned")
    return text


def _number(coders: int) -> str:
    words = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return words[coders - 2] if coders - 2 < len(words) else str(coders)


def _told(value: float, low: float, high: float) -> str:
    if math.isnan(value):
        return "not computable"
    if math.isnan(low):
        return _short(value)
    return f"{_short(value)} [{_short(low)}, {_short(high)}]"


def _short(value: float) -> str:
    """Two decimals without the leading zero, as correlations are printed: .50, −.12."""
    text = f"{abs(value):.2f}"
    sign = "−" if value < 0 and text != "0.00" else ""
    return sign + (text[1:] if text.startswith("0.") else text)
