"""Our number grammar beside quantulum3, in one run, on the same sentences.

Usage: python benchmarks/metrics.py [--sentences FILE] [--rounds 5]

The peer is not a dependency. Without it the benchmark measures our own side and says so; to
compare, install it beside the package: pip install quantulum3

A value counts as right if it is one of the sentence's labelled values (relative difference
at most 0.00001; the two ends of a range are two values). Dates and ordinals are no values
here, for either side. FILE holds one JSON object a line: "text" and "values", a list of
numbers and [low, high] pairs; without it the labelled sentences of our own tests are taken.
Only the ratio of the times carries over from machine to machine.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from metoo_research.metrics.context import Context
from metoo_research.metrics.extract import metrics_of_sentence
from metoo_research.study import Study

OUR_SENTENCES = Path(__file__).parents[1] / "tests" / "metrics" / "field_sentences.jsonl"

Extractor = Callable[[str], list[float]]


def read_sentences(path: Path) -> list[tuple[str, list[float]]]:
    """Sentences with their values; the ends of a range are two."""
    labelled = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(one["text"], list(_flat(one))) for one in labelled]


def _flat(labelled: dict[str, Any]) -> Iterable[float]:
    if "values" in labelled:
        for value in labelled["values"]:
            yield from value if isinstance(value, list) else [value]
        return
    for row in labelled["numbers"]:
        if row["role"] in {"figure", "window"}:
            yield row["value"]
            if "value_high" in row:
                yield row["value_high"]


def our_extractor() -> Extractor:
    """The whole grammar: value, hedge, unit, platform, window and source of each number."""
    context = Context(Study())

    def values(text: str) -> list[float]:
        found: list[float] = []
        for row in metrics_of_sentence(text, context):
            if row["role"] in {"figure", "window"}:
                found += [row["value"], row["value_high"]]
        return [value for value in found if not math.isnan(value)]

    return values


def quantulum3_extractor() -> Extractor | None:
    """Value and unit; None where it is not installed."""
    if find_spec("quantulum3") is None:
        return None
    parse = import_module("quantulum3.parser").parse

    def values(text: str) -> list[float]:
        return [float(quantity.value) for quantity in parse(text)]

    return values


def score(extract: Extractor, sentences: list[tuple[str, list[float]]]) -> tuple[float, ...]:
    """Precision, recall and F1 of the values, each matched once within its sentence."""
    right = given = wanted = 0
    for text, values in sentences:
        found = extract(text)
        given, wanted = given + len(found), wanted + len(values)
        for value in values:
            match = next((f for f in found if math.isclose(f, value, rel_tol=1e-5)), None)
            if match is not None:
                found.remove(match)
                right += 1
    precision, recall = right / given, right / wanted
    return precision, recall, 2 * precision * recall / (precision + recall)


def milliseconds(extract: Extractor, texts: list[str], rounds: int) -> float:
    """CPU time a sentence in the fastest of some rounds."""
    best = math.inf
    for _ in range(rounds):
        begun = time.process_time()
        for text in texts:
            extract(text)
        best = min(best, time.process_time() - begun)
    return best / len(texts) * 1000


def main() -> None:
    """Measure and print one line per extractor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sentences", type=Path, default=OUR_SENTENCES)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sentences = read_sentences(options.sentences)
    texts = [text for text, _ in sentences]
    peers = {"metoo_research": our_extractor(), "quantulum3": quantulum3_extractor()}
    ours = math.nan
    for name, extract in peers.items():
        if extract is None:
            print(f"{name}: not installed; to compare: pip install {name}")
            continue
        precision, recall, f1 = score(extract, sentences)
        spent = milliseconds(extract, texts, options.rounds)
        ours = spent if name == "metoo_research" else ours
        print(
            f"{name}: values F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f});"
            f" {spent:.2f} ms a sentence, {spent / ours:.1f} times ours"
        )


if __name__ == "__main__":
    main()
