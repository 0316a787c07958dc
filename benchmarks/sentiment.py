"""How fast sentences and whole articles are scored, beside vaderSentiment, in one run.

Usage: python benchmarks/sentiment.py [TEXTS ...] [--sentences 2000]

TEXTS are text files or folders of them (*.txt), each an article; sentences are taken apart at
their ends. Without TEXTS, texts are made. Quotes are made straight beforehand for both sides,
and every score is compared with the package's before anything is timed. The two take turns,
and the fastest of their rounds counts. Only the ratio carries over from machine to machine.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from metoo_research.sentiment import contributions, score_articles, score_sentences
from metoo_research.sentiment.vader import Vader, straightened

_ROUNDS = 7
_LEAST = {"sentences": 4.0, "articles": 10.0}
_WORDS = (
    "the of and to in a for that was on with as by from they said after police court women "
    "workers march strike union city week new report online campaign hashtag “thousands” but "
    "not never didn’t very good great support hope free sad angry abuse assault violent crisis"
).split()
_PER_ARTICLE = 25
_LONG = 100_000


def made_sentences(n: int) -> list[str]:
    """Distinct sentences of 8 to 40 words, about one word in five known to the lexicon."""
    random = np.random.default_rng(1)
    return [
        " ".join(random.choice(_WORDS, size)) + f" {number}."
        for number, size in enumerate(random.integers(8, 41, n))
    ]


def read_articles(paths: list[Path]) -> Iterator[str]:
    """Read text files, and those in folders."""
    for path in paths:
        files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
        for file in files:
            yield file.read_text(encoding="utf-8", errors="replace")


def fastest(*jobs: Callable[[], object]) -> list[float]:
    """CPU time of the fastest round of each job; they take turns."""
    best = [float("inf")] * len(jobs)
    for _ in range(_ROUNDS):
        for at, job in enumerate(jobs):
            begun = time.process_time()
            job()
            best[at] = min(best[at], time.process_time() - begun)
    return best


def compared(name: str, texts: list[str]) -> bool:
    """Print how the engine does on texts; whether it is as fast as it should be."""
    analyzer, vader = SentimentIntensityAnalyzer(), Vader()
    differences = sum(
        vader.polarity_scores(text) != analyzer.polarity_scores(text) for text in texts
    )
    own, theirs = fastest(
        lambda: [vader.polarity_scores(text) for text in texts],
        lambda: [analyzer.polarity_scores(text) for text in texts],
    )
    words = sum(len(text.split()) for text in texts) / max(1, len(texts))
    print(
        f"{name:<10}{len(texts):7,} of {words:5.0f} words   differences {differences}   "
        f"vaderSentiment {theirs / len(texts) * 1e6:8.1f} µs   own "
        f"{own / len(texts) * 1e6:7.1f} µs   {theirs / own:5.1f} times as fast "
        f"(at least {_LEAST[name]:.0f})"
    )
    return theirs / own >= _LEAST[name] and not differences


def main() -> int:
    """Measure and print one line per comparison; 1 if one misses its mark."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--sentences", type=int, default=2_000)
    options = parser.parse_args()
    if options.texts:
        articles = [straightened(text) for text in read_articles(options.texts)]
        parts = (re.split(r"(?<=[.!?]) +|\n+", article) for article in articles)
        sentences = [part for article in parts for part in article if part.strip()]
        sentences = sentences[: options.sentences]
    else:
        sentences = [straightened(text) for text in made_sentences(options.sentences)]
        articles = [
            " ".join(sentences[at : at + _PER_ARTICLE])
            for at in range(0, len(sentences), _PER_ARTICLE)
        ]
    reached = [compared("sentences", sentences), compared("articles", articles)]

    unit = ["nothing", "really", "sad", "but", "the", "bus", "came", "VERY", "good!", "today"]
    vader = Vader()
    short, long = (" ".join(unit * (n // len(unit))) for n in (_LONG // 10, _LONG))
    tenth, whole = fastest(
        lambda: vader.polarity_scores(short), lambda: vader.polarity_scores(long)
    )
    print(
        f"a sentence of {_LONG // 10:,} words {tenth * 1e3:.1f} ms, of {_LONG:,} words "
        f"{whole * 1e3:.1f} ms: {whole / tenth:.1f} times"
    )

    table = pd.DataFrame(
        {
            "article_id": [f"article-{at // _PER_ARTICLE}" for at in range(len(sentences))],
            "sentence_id": [at % _PER_ARTICLE for at in range(len(sentences))],
            "text": sentences,
        }
    )
    topic = ["abus*", "assault*", "violen*"]
    scores = score_sentences(table, topic_words=topic)
    ids = table[["article_id"]].drop_duplicates()
    scored, explained, means = fastest(
        lambda: score_sentences(table, topic_words=topic),
        lambda: contributions(table, topic_words=topic),
        lambda: score_articles(scores, ids),
    )
    n = len(table)
    print(f"score_sentences with topic words {scored / n * 1e6:.0f} µs a sentence")
    print(f"contributions with offsets {explained / n * 1e6:.0f} µs a sentence")
    print(f"score_articles {means / len(ids) * 1e3:.2f} ms an article, 2,000 draws")
    return 0 if all(reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
