"""How well the rules do on labelled sentences, field by field.

``field_sentences.jsonl`` holds 150 sentences of our own about campaigns of all kinds, written
and labelled before the rules were tuned on any of them. Lines 1, 3, 5, … may be used to
improve the rules, lines 2, 4, 6, … only to measure them.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from metoo_research.metrics import reported_metrics
from metoo_research.study import Campaign, Study

FIELDS = ("bound", "kind", "platform", "subject", "window_text", "attributed_to")
_SENTENCES = Path(__file__).with_name("field_sentences.jsonl")

Half = Literal["development", "held"]


@dataclass
class Scores:
    """Figures found (by span and value), and of those the fields that are right."""

    labelled: int = 0
    predicted: int = 0
    found: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    mistakes: list[tuple[str, str, object, object]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall of the figures."""
        return 2 * self.found / (self.labelled + self.predicted)

    def accuracy(self, name: str) -> float:
        """Share of the found figures whose field is right, an empty one included."""
        return self.right[name] / self.found


def labelled_sentences(half: Half) -> list[dict[str, Any]]:
    lines = _SENTENCES.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[half == "held" :: 2]]


def scores(half: Half) -> Scores:
    total = Scores()
    for labelled in labelled_sentences(half):
        _score(labelled, total)
    return total


def _score(labelled: dict[str, Any], total: Scores) -> None:
    figures = [row for row in labelled["numbers"] if row["role"] == "figure"]
    score_figures(figures, _figures_in(labelled), total, lambda _: labelled["text"])


def score_figures(
    figures: Sequence[dict[str, Any]],
    rows: Sequence[dict[str, Any]],
    total: Scores,
    place: Callable[[int], str],
) -> None:
    """Add the labelled figures of one text, and what the program gave, to the total.

    ``place`` gives the words around an offset, for the list of mistakes.
    """
    predicted = {row["start"]: row for row in rows}
    total.labelled += len(figures)
    total.predicted += len(predicted)
    for figure in figures:
        text = place(figure["start"])
        row = predicted.pop(figure["start"], None)
        if row is None or not _same_number(row, figure):
            total.mistakes.append((text, "number", figure["number"], row and _number(row)))
            continue
        total.found += 1
        for name in FIELDS:
            said = None if pd.isna(row[name]) else row[name]
            if said == figure.get(name):
                total.right[name] += 1
            else:
                total.mistakes.append((text, name, figure.get(name), said))
    total.mistakes += [
        (place(row["start"]), "number", None, _number(row)) for row in predicted.values()
    ]


def _figures_in(labelled: dict[str, Any]) -> list[dict[str, Any]]:
    campaign = Campaign(
        names=tuple(labelled.get("names", ())), hashtags=tuple(labelled.get("hashtags", ()))
    )
    texts = [labelled["before"]] if "before" in labelled else []
    texts.append(labelled["text"])
    sentences = pd.DataFrame(
        {
            "article_id": "one",
            "sentence_id": range(len(texts)),
            "start": 0,
            "text": texts,
        }
    )
    table = reported_metrics(sentences, Study(campaign=campaign))
    here = (table["sentence_id"] == len(texts) - 1) & (table["role"] == "figure")
    return [
        {str(key): value for key, value in row.items()}
        for row in table[here].to_dict("records")
    ]


def _number(row: dict[str, Any]) -> tuple[object, ...]:
    return row["number_text"], row["value"], row["value_high"]


def _same_number(row: dict[str, Any], figure: dict[str, Any]) -> bool:
    high = figure.get("value_high")
    same_high = math.isnan(row["value_high"]) if high is None else row["value_high"] == high
    return (
        row["number_text"] == figure["number"]
        and math.isclose(row["value"], figure["value"], rel_tol=1e-5)
        and same_high
    )
