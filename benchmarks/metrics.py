"""Our number grammar beside quantulum3 and Recognizers-Text, in one run, on the same sentences.

Usage: python benchmarks/metrics.py [--sentences FILE] [--rounds 5]

The peers are no dependencies. To compare, install them beside the package; one that cannot be
imported is left out, and the benchmark says how to get it:

    pip install quantulum3
    pip install recognizers-text-number==1.0.2a2 recognizers-text-date-time==1.0.2a2 "emoji<2"

Recognizers-Text (Microsoft, MIT) is the release of 2019, which needs a name that emoji 2 no
longer has; the packages of 2024 called ms-recognizers-text-… come within two points of it,
either way. It runs as its number model alone, and as the same without what lies in a date, time
or period of its date-time model. Numbers in plain durations ("three days") stay: they are
labelled values, and dropping them would cost it two to five points more. quantulum3 runs
without its unit classifier, which takes longer and changes no value.

A value counts as right if it is one of the sentence's labelled values (relative difference
at most 0.00001), each matched once. The two ends of a range are two values; a vague count
("thousands") is its smallest unit. FILE holds one JSON object a line: "text", "values" (a
list of numbers and [low, high] pairs) and perhaps "vague" (which of them are vague counts);
without it the labelled sentences of our own tests are taken, half of which our grammar was
tuned on. Points are 100 × F1; the interval holds 95 % of 2,000 draws of sentences with
replacement. Times are CPU time, after a first pass over all sentences; only their ratio
carries over from machine to machine.
"""

from __future__ import annotations

import argparse
import json
import math
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from metoo_research.metrics.context import Context
from metoo_research.metrics.extract import metrics_of_sentence
from metoo_research.study import Study

OUR_SENTENCES = Path(__file__).parents[1] / "tests" / "metrics" / "field_sentences.jsonl"
_DRAWS = 2_000

Extractor = Callable[[str], list[float]]
#: One row per sentence: values right, values given, values labelled.
Counts = npt.NDArray[np.int64]


# --- the sentences -------------------------------------------------------------------------


def read_sentences(path: Path) -> list[tuple[str, list[float]]]:
    """Sentences with their values; the ends of a range are two."""
    labelled = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(one["text"], list(_values(one))) for one in labelled]


def _values(labelled: dict[str, Any]) -> Iterable[float]:
    if "values" in labelled:
        values = labelled["values"]
        for value, vague in zip(
            values, labelled.get("vague", [False] * len(values)), strict=True
        ):
            ends = value if isinstance(value, list) else [value]
            yield from ends[:1] if vague else ends
        return
    for row in labelled["numbers"]:
        if row["role"] in {"figure", "window"}:
            yield row["value"]
            if "value_high" in row:
                yield row["value_high"]


# --- the extractors ------------------------------------------------------------------------


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


def quantulum3_extractor() -> Extractor:
    """Value and unit, where a unit could be two chosen without the classifier."""
    classifier: Any = import_module("quantulum3.classifier")
    classifier.USE_CLF = False
    parse = import_module("quantulum3.parser").parse

    def values(text: str) -> list[float]:
        return [float(quantity.value) for quantity in parse(text)]

    return values


def recognizers_extractor() -> Extractor:
    """Every number that the number model finds, those of dates too."""
    parse = _recognizers_numbers()

    def values(text: str) -> list[float]:
        return [float(number.resolution["value"]) for number in parse(text)]

    return values


def dateless_recognizers_extractor() -> Extractor:
    """The number model's numbers that share no character with a date."""
    parse = _recognizers_numbers()
    dates_and_times = import_module("recognizers_date_time")
    recognizer = dates_and_times.DateTimeRecognizer(dates_and_times.Culture.English)
    parse_dates = recognizer.get_datetime_model().parse

    def values(text: str) -> list[float]:
        dates = [
            found for found in parse_dates(text) if found.type_name != "datetimeV2.duration"
        ]
        # Their ends are the last characters, not the places behind them.
        return [
            float(number.resolution["value"])
            for number in parse(text)
            if not any(d.start <= number.end and number.start <= d.end for d in dates)
        ]

    return values


def _recognizers_numbers() -> Callable[[str], list[Any]]:
    numbers = import_module("recognizers_number")
    parse = numbers.NumberRecognizer(numbers.Culture.English).get_number_model().parse
    return lambda text: [found for found in parse(text) if found is not None]


_RECOGNIZERS = 'recognizers-text-number==1.0.2a2 recognizers-text-date-time==1.0.2a2 "emoji<2"'
#: How each peer is made, and what has to be installed for it.
PEERS: Mapping[str, tuple[Callable[[], Extractor], str]] = {
    "quantulum3": (quantulum3_extractor, "quantulum3"),
    "Recognizers-Text": (recognizers_extractor, _RECOGNIZERS),
    "Recognizers-Text without dates": (dateless_recognizers_extractor, _RECOGNIZERS),
}


def extractors() -> dict[str, Extractor]:
    """Ours first, then the peers that can be imported; says how to get the others."""
    made = {"metoo_research": our_extractor()}
    missing: dict[str, list[str]] = {}
    for name, (make, packages) in PEERS.items():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # old syntax, parts not installed: theirs
                made[name] = make()
        except ImportError as error:
            missing.setdefault(f"({error}); to compare: pip install {packages}", []).append(
                name
            )
    for how, names in missing.items():
        print(f"{', '.join(names)}: left out {how}")
    return made


# --- right and wrong -----------------------------------------------------------------------


def count(extract: Extractor, sentences: Sequence[tuple[str, list[float]]]) -> Counts:
    """How many values of each sentence are right, were given, and are labelled."""
    rows = []
    for text, values in sentences:
        found = extract(text)
        given, right = len(found), 0
        for value in values:
            match = next((f for f in found if math.isclose(f, value, rel_tol=1e-5)), None)
            if match is not None:
                found.remove(match)
                right += 1
        rows.append((right, given, len(values)))
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def points(right: Any, given: Any, labelled: Any) -> Any:
    """100 × F1, of single counts or of arrays of them; NaN where there is no value at all."""
    with np.errstate(invalid="ignore"):
        return 200 * np.asarray(right) / (np.asarray(given) + labelled)


def points_below(ours: Counts, peer: Counts) -> tuple[float, float, float]:
    """By how many points a peer's F1 lies below ours, with the ends of its interval."""
    random = np.random.default_rng(1)
    drawn = random.integers(0, len(ours), (_DRAWS, len(ours)))
    differences = points(*ours[drawn].sum(axis=1).T) - points(*peer[drawn].sum(axis=1).T)
    low, high = np.nanquantile(differences, [0.025, 0.975])
    return float(points(*ours.sum(axis=0)) - points(*peer.sum(axis=0))), low, high


# --- time ----------------------------------------------------------------------------------


def milliseconds(
    extractors: Mapping[str, Extractor], texts: Sequence[str], rounds: int
) -> dict[str, float]:
    """CPU time a sentence in the fastest of some rounds, the extractors taking turns."""
    best = dict.fromkeys(extractors, math.inf)
    for _ in range(rounds):
        for name, extract in extractors.items():
            begun = time.process_time()
            for text in texts:
                extract(text)
            best[name] = min(best[name], time.process_time() - begun)
    return {name: seconds / len(texts) * 1000 for name, seconds in best.items()}


def main() -> None:
    """Measure and print one line per extractor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sentences", type=Path, default=OUR_SENTENCES)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sentences = read_sentences(options.sentences)
    compared = extractors()
    counts = {name: count(extract, sentences) for name, extract in compared.items()}
    spent = milliseconds(compared, [text for text, _ in sentences], options.rounds)
    ours, *peers = compared
    labelled = sum(len(values) for _, values in sentences)
    print(f"{len(sentences)} sentences, {labelled} values; CPU milliseconds a sentence")
    print(
        f"{'':<32}{'precision':>9}{'recall':>8}{'F1':>7}{'ms':>8}{'times ours':>12}"
        "   points below ours"
    )
    for name in compared:
        right, given, wanted = (int(total) for total in counts[name].sum(axis=0))
        line = (
            f"{name:<32}{right / given if given else math.nan:9.3f}"
            f"{right / wanted if wanted else math.nan:8.3f}"
            f"{points(right, given, wanted) / 100:7.3f}{spent[name]:8.2f}"
        )
        if name in peers:
            below, low, high = points_below(counts[ours], counts[name])
            line += f"{spent[name] / spent[ours]:12.1f}   {below:.1f} ({low:.1f} to {high:.1f})"
        print(line)


if __name__ == "__main__":
    main()
