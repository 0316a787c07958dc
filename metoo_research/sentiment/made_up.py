"""Codings made up for show, where nobody has coded yet."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.sentiment._draws import SEED
from metoo_research.sentiment.sentences import require_columns

#: How far the judgements of a made-up coder lie from the score, in steps of the code.
_SPREAD: Final = 0.9


def made_up_codings(
    sample: pd.DataFrame, scores: pd.DataFrame, *, coders: int = 2, seed: int = SEED
) -> Result:
    """Make up what coders might have written, to show what `validate_sentiment` tells.

    Each made-up coder takes twice the compound of a sentence, adds a normal error and rounds.
    The codings say nothing of the articles, nor of the score: they were made from it. Never
    report a number that rests on them.

    Parameters
    ----------
    sample
        As `sentiment_sample` gives it.
    scores
        The scores it was drawn from.
    coders
        How many coders to make up.
    seed
        Of the errors.

    Returns
    -------
    ``row_id`` and ``coder_1``, ``coder_2``, … (−2 to 2). ``attrs["made_up"]`` is True.

    Raises
    ------
    TableError
        If a column is missing, a sentence of the sample has no score, or ``coders`` is under 1.
    """
    require_columns(sample, ["row_id", "article_id", "sentence_id"], name="sample")
    require_columns(scores, ["article_id", "sentence_id", "compound"], name="scores")
    if coders < 1:
        raise TableError(f"coders is a whole number from 1 on, not {coders!r}")
    place = ["article_id", "sentence_id"]
    known = scores.set_index(place)["compound"]
    wanted = pd.MultiIndex.from_frame(sample[place])
    if not wanted.isin(known.index).all():
        raise TableError("the sample holds a sentence that the scores table has not")
    middle = 2 * known.reindex(wanted).to_numpy(dtype=float)
    random = np.random.default_rng(seed)
    table = pd.DataFrame({"row_id": sample["row_id"].to_numpy()})
    for coder in range(1, coders + 1):
        judged = np.rint(middle + random.normal(0, _SPREAD, len(middle)))
        table[f"coder_{coder}"] = np.clip(judged, -2, 2)
    return result(
        table,
        {"table": "made_up_codings", "made_up": True, "coders": coders, "seed": seed},
    )
