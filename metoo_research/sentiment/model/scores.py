"""The model score of sentences."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata
from typing import Any

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.progress import tracked
from metoo_research.results import Result, result
from metoo_research.sentiment.model.features import sentence_features
from metoo_research.sentiment.model.ridge import read_head
from metoo_research.sentiment.model.weights import PACKAGE, SHA256, require_model

_DIGITS = 4


def model_scores(sentences: pd.DataFrame, *, progress: bool = False) -> Result:
    """Score each sentence by a language model and a head learnt from labelled news.

    The score estimates the label that people would on average give the sentence: −1
    negative, 0 neutral, 1 positive towards the person or group it is about. It is a scale to
    compare sentences on, no share and no probability. On the labelled news nine in ten
    scores lie between −0.8 and 0.65. ``docs/model_card.md`` says how well it agrees with
    readers.

    Each sentence is computed by itself, so its score depends on nothing else in the table,
    nor on the number of processes or threads. Time grows in proportion to the words: about
    30 sentences of 20 words a second on one core. The model takes 180 MB of memory.

    Parameters
    ----------
    sentences
        One row per sentence, with ``text``. English; the score of another language means
        nothing.
    progress
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    ``sentences`` with ``model_score``, −1 to 1, four decimals; NaN for a sentence without
    text, or in which the model knows no word. ``attrs`` are those of ``sentences``, and
    under ``model`` what the score was made with.

    Raises
    ------
    TableError
        If there is no column ``text``.
    ModelError
        If a part is not installed (`model_hint` says what to install), or a file is not the
        one this score was made with.
    """
    if "text" not in sentences.columns:
        raise TableError("the sentences table has no column 'text'")
    require_model()
    head, card = read_head()

    # Boilerplate repeats from article to article: each distinct sentence is scored once.
    codes, texts = pd.factorize(sentences["text"])
    bar: Iterable[Any] = tracked(
        texts, what="Model score", unit="sentence", total=len(texts), shown=progress
    )
    scores = [head(features) for features in sentence_features(map(str, bar))]
    # A missing text has code -1 and takes the NaN at the end.
    distinct = np.array([*scores, np.nan]).clip(-1, 1).round(_DIGITS)
    formulas = {
        **sentences.attrs.get("formulas", {}),
        "model_score": "ridge on MiniLM-L6-v2 and VADER, clipped to -1 and 1",
    }
    made_with = {
        "encoder": "all-MiniLM-L6-v2",
        "encoder_version": metadata.version(PACKAGE),
        "encoder_sha256": SHA256["model.safetensors"],
        "head": card["name"],
        "head_sha256": card["sha256"],
    }
    settings: dict[str, Any] = {str(key): value for key, value in sentences.attrs.items()}
    settings |= {"formulas": formulas, "model": made_with}
    return result(sentences.assign(model_score=distinct[codes]), settings)
