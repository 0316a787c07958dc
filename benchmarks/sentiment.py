"""What the scores beside VADER's own cost, in one run.

Usage: python benchmarks/sentiment.py [--sentences 5000]

The peer is plain vaderSentiment on the same sentences with straight quotes, which gives four
fields; the package adds the score without topic words, the valences and whether a sentence
was scored at all. Only the ratio carries over from machine to machine.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from metoo_research.sentiment import score_articles, score_sentences
from metoo_research.sentiment.vader import straightened

_ROUNDS = 3
_WORDS = (
    "the of and to in a for that was on with as by from they said after police court women "
    "workers march strike union city week new report online campaign hashtag “thousands” but "
    "not never didn’t very good great support hope free sad angry abuse assault violent crisis"
).split()
_PER_ARTICLE = 25


def make_sentences(n: int) -> pd.DataFrame:
    """Distinct sentences of 8 to 40 words, about one in five of them known to the lexicon."""
    random = np.random.default_rng(1)
    texts = [
        " ".join(random.choice(_WORDS, size)) + f" {number}."
        for number, size in enumerate(random.integers(8, 41, n))
    ]
    return pd.DataFrame(
        {
            "article_id": [f"article-{number // _PER_ARTICLE}" for number in range(n)],
            "sentence_id": [number % _PER_ARTICLE for number in range(n)],
            "text": texts,
        }
    )


def seconds(job: Callable[[], object]) -> float:
    """CPU time of the fastest of a few rounds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        begun = time.process_time()
        job()
        best = min(best, time.process_time() - begun)
    return best


def main() -> None:
    """Measure and print one line per comparison."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sentences", type=int, default=5_000)
    options = parser.parse_args()
    sentences = make_sentences(options.sentences)
    texts = [straightened(text) for text in sentences["text"]]
    analyzer = SentimentIntensityAnalyzer()
    topic = ["abus*", "assault*", "violen*"]

    plain = seconds(lambda: [analyzer.polarity_scores(text) for text in texts])
    rows = {
        "score_sentences, no topic words": seconds(lambda: score_sentences(sentences)),
        "score_sentences, with topic words": seconds(
            lambda: score_sentences(sentences, topic_words=topic)
        ),
    }
    print(f"{options.sentences:,} sentences; CPU seconds; plain vaderSentiment {plain:.2f}")
    for name, own in rows.items():
        print(f"{name:<36}{own:8.2f}   ratio {own / plain:.2f}")

    scores = score_sentences(sentences, topic_words=topic)
    articles = sentences[["article_id"]].drop_duplicates()
    own = seconds(lambda: score_articles(scores, articles))
    print(
        f"score_articles, {len(articles):,} articles of {_PER_ARTICLE} sentences: "
        f"{own / len(articles) * 1000:.2f} ms an article, 2,000 draws"
    )


if __name__ == "__main__":
    main()
