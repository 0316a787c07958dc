"""The five articles against figures that were found in them by hand."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import metoo_research as mr

GOLD = Path(__file__).parents[1] / "gold"
#: Judgement calls are allowed in this many of all rows, in all fields together.
ALLOWED = 2


def read_gold(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def metrics(seeds: Path) -> pd.DataFrame:
    corpus = mr.read_corpus(seeds)
    table = mr.reported_metrics(mr.split_sentences(corpus), corpus.study)
    files = corpus.articles.set_index("article_id")["source_file"]
    return table.assign(file=table["article_id"].map(files))


def pairs(metrics: pd.DataFrame) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    rows = [{str(name): x for name, x in row.items()} for row in metrics.to_dict("records")]
    found = {(row["file"], row["start"]): row for row in rows}
    for gold in read_gold("reported_metrics.jsonl"):
        if gold["role"] == "figure":
            yield gold, found[gold["file"], gold["start"]]


def test_every_figure_is_found_with_its_characters_and_value(metrics: pd.DataFrame) -> None:
    fields = ["file", "start", "end", "number_text", "value"]
    gold = pd.DataFrame(read_gold("reported_metrics.jsonl"))
    expected = gold[gold["role"] == "figure"].sort_values(["file", "start"])[fields]
    found = metrics[metrics["role"] == "figure"].sort_values(["file", "start"])[fields]
    assert found.to_dict("records") == expected.to_dict("records")


def test_what_is_no_metric_never_becomes_one(metrics: pd.DataFrame) -> None:
    taken = metrics[["file", "start", "end"]]
    for never in read_gold("not_metrics.jsonl"):
        inside = (
            (taken["file"] == never["file"])
            & (taken["start"] < never["end"])
            & (taken["end"] > never["start"])
        )
        assert not inside.any(), never


@pytest.mark.parametrize(
    "field",
    ["bound", "modifier", "kind", "approximate", "unit", "measure", "platform", "window_text",
     "attributed_to", "source"],
)  # fmt: skip
def test_what_is_said_of_a_figure(metrics: pd.DataFrame, field: str) -> None:
    wrong = [
        (gold["id"], found[field], gold[field])
        for gold, found in pairs(metrics)
        if found[field] != gold[field] and not (gold[field] is None and pd.isna(found[field]))
    ]
    assert len(wrong) <= ALLOWED, wrong


def test_the_campaign_of_a_figure(metrics: pd.DataFrame) -> None:
    wrong = [
        (gold["id"], found["subject"])
        for gold, found in pairs(metrics)
        if str(found["subject"]).lower() != str(gold["subject"] or math.nan).lower()
    ]
    assert wrong == []
