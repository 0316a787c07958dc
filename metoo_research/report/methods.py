"""How the numbers of a report were made: methods, settings, versions."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from metoo_research.export.record import package_versions
from metoo_research.metrics.extract import GRAMMAR_VERSION
from metoo_research.passages import DEFAULT_KINDS
from metoo_research.report.parts import Cell, Column, Section, Table, Term
from metoo_research.tokens import TOKENIZER_VERSION

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus


def methods_section(
    corpus: Corpus, bundles: Mapping[str, Mapping[str, Any]], *, manifest: str
) -> Section:
    """Say how the numbers were made and with which settings and versions.

    Parameters
    ----------
    corpus
        The articles and their study.
    bundles
        The figures of the manifest, by name, in the order of the report.
    manifest
        Where the manifest is, told from the report.
    """
    topic = ", ".join(corpus.study.topic.words)
    beside = (
        f", and stands beside the same score with the topic's words made neutral ({topic}); "
        "neither is the tone of an article"
        if topic
        else ". It is not the tone of an article; study.toml names no topic words to leave out"
    )
    return Section(
        "methods",
        "Methods",
        paragraphs=(
            "Articles were cut into labelled passages by rules; nothing was removed. Counted "
            f"were passages of the kinds {', '.join(DEFAULT_KINDS)}. Sentences were split with "
            "NLTK's Punkt and an abbreviation list of our own; words were counted in small "
            "letters with possessive 's removed. Intervals of frequencies come from drawing "
            "articles anew (bootstrap), or the sentences of a single article. Tests of single "
            "words take them as drawn one by one, so that their p is too small; the p over "
            "articles moves whole articles between the groups.",
            "Sentiment is VADER's compound score per sentence, from −1 to 1; an article's "
            f"score is the mean of its sentences with a bootstrap interval{beside}. VADER "
            "was made for short posts. On news it agrees with human readers "
            "moderately at best, and worse where the subject itself is violence: rest on these "
            "scores only what a sample judged by people bears out.",
            "Reported figures were found by rules, which miss some and misread some: check a "
            "figure against its sentence before you quote it. What the text leaves open stays "
            "open: “more than 500” is a lower bound, not 500.",
        ),
        terms=tuple(_settings(corpus)),
        tables=(_versions_table(), _figure_settings(bundles, manifest)),
    )


def _settings(corpus: Corpus) -> Iterator[Term]:
    from metoo_research.sentiment.vader import lexicon_hash
    from metoo_research.words import study_stop_words

    listed = study_stop_words(corpus.study, language="en")
    yield Term("Passages counted", ", ".join(DEFAULT_KINDS))
    switched_off = ", ".join(corpus.study.passages.switched_off)
    yield Term("Rules for passages switched off", switched_off or "none")
    yield Term("Time zone of bare dates", corpus.study.study.time_zone)
    yield Term("Tokenizer", f"version {TOKENIZER_VERSION}")
    yield Term(
        "Stop list",
        f"{listed.name} {listed.version}, {len(listed)} words, SHA-256 {listed.sha256}",
    )
    yield Term(
        "Sentiment lexicon",
        f"vaderSentiment {importlib.metadata.version('vaderSentiment')}, "
        f"SHA-256 {lexicon_hash()}",
    )
    yield Term("Primary sentiment score", corpus.study.sentiment.primary)
    yield Term("Rules for reported figures", f"version {GRAMMAR_VERSION}")
    yield Term("Fingerprint of the corpus", f"SHA-256 {corpus.sha256}")
    yield Term("Fingerprint of the study's settings", f"SHA-256 {corpus.study.sha256}")


def _versions_table() -> Table:
    rows = list(package_versions().items())
    return Table(
        "versions",
        "Versions",
        (Column("package", "package"), Column("version", "version")),
        tuple((Cell(package), Cell(version)) for package, version in rows),
        len(rows),
        when_empty="None.",
    )


def _figure_settings(bundles: Mapping[str, Mapping[str, Any]], manifest: str) -> Table:
    """Each setting once, with the numbers of the figures that have it."""
    having: dict[tuple[str, str], list[int]] = {}
    for number, bundle in enumerate(bundles.values(), start=1):
        for setting in _flat(bundle.get("parameters") or {}):
            having.setdefault(setting, []).append(number)
    rows = tuple(
        (Cell(setting), Cell(value), Cell(_ranges(numbers), sort_by=numbers[0]))
        for (setting, value), numbers in having.items()
    )
    return Table(
        "figure-settings",
        "Settings of the figures",
        (
            Column("setting", "setting"),
            Column("value", "value", "prose"),
            Column("figures", "figures"),
        ),
        rows,
        len(rows),
        when_empty="No figure was saved with settings.",
        file=manifest,
    )


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers in order, those that follow one another as a range: ``1, 3–5``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def _flat(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Settings within settings, one a line: ``stop_words.version``."""
    for name, value in sorted(settings.items()):
        full = f"{above}{name}"
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{full}.")
        else:
            yield full, _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None or value == {}:
        return "none"
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value) or "none"
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
