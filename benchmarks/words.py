"""What counting costs beside plain Python and plain pandas, in one run.

Usage: python benchmarks/words.py [--tokens 1000000] [--articles 2000]

Only ratios carry over from machine to machine. The peers count; the package also gives
rates, ranks, the articles a word stands in and its dispersion.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable

import numpy as np
import pandas as pd

from metoo_research.words import concordance, document_term_counts, word_frequency

_ROUNDS = 3


def make_tables(n_tokens: int, n_articles: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tokens with the word frequencies of Zipf's law, and the articles they stand in."""
    random = np.random.default_rng(1)
    vocabulary = np.array([f"word{number}" for number in range(50_000)], dtype=object)
    words = vocabulary[np.minimum(random.zipf(1.3, n_tokens), len(vocabulary)) - 1]
    article = np.sort(random.integers(0, n_articles, n_tokens))
    lengths = np.fromiter((len(word) for word in words), dtype=np.int64)
    first = np.searchsorted(article, np.arange(n_articles))
    ends = np.cumsum(lengths + 1)
    start = ends - lengths - 1
    start -= np.append(start, ends[-1])[first][article]
    texts = [" ".join(part) for part in np.split(words, first[1:])]
    ids = [f"article-{number:06d}" for number in range(n_articles)]
    tokens = pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(article, pd.Index(ids)),
            "sentence_id": np.arange(n_tokens) // 20,
            "start": start,
            "end": start + lengths,
            "word": pd.Categorical(words),
            "kind": pd.Categorical(np.full(n_tokens, "word")),
        }
    )
    return tokens, pd.DataFrame({"article_id": ids, "text": texts})


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
    parser.add_argument("--tokens", type=int, default=1_000_000)
    parser.add_argument("--articles", type=int, default=2_000)
    options = parser.parse_args()
    tokens, articles = make_tables(options.tokens, options.articles)
    plain = tokens.astype({"article_id": "str", "word": "str", "kind": "str"})
    words, ids = plain["word"].tolist(), plain["article_id"].tolist()
    target = "word7"

    def counters() -> object:
        per_article: dict[str, Counter[str]] = {}
        for article_id, word in zip(ids, words, strict=True):
            per_article.setdefault(article_id, Counter())[word] += 1
        return per_article

    def naive_pandas() -> object:
        pairs = plain.groupby(["article_id", "word"]).size().rename("count").reset_index()
        return pairs.groupby("word").agg(count=("count", "sum"), articles=("count", "size"))

    def plain_regex() -> object:
        pattern = re.compile(rf"\b{target}\b")
        return [
            (article_id, found.start(), text[max(found.start() - 40, 0) : found.end() + 40])
            for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
            for found in pattern.finditer(text)
        ]

    comparisons: list[tuple[str, str, Callable[[], object], Callable[[], object]]] = [
        (
            "word_frequency",
            "Counter over a list of words",
            lambda: word_frequency(tokens, articles),
            lambda: Counter(words),
        ),
        (
            "word_frequency",
            "pandas groupby twice",
            lambda: word_frequency(tokens, articles),
            naive_pandas,
        ),
        (
            "word_frequency, columns of str",
            "pandas groupby twice",
            lambda: word_frequency(plain, articles),
            naive_pandas,
        ),
        (
            "document_term_counts",
            "a Counter per article",
            lambda: document_term_counts(tokens, articles),
            counters,
        ),
        (
            "concordance",
            "re.finditer over the texts",
            lambda: concordance(tokens, articles, target),
            plain_regex,
        ),
    ]
    print(f"{options.tokens:,} tokens, {options.articles:,} articles; CPU seconds")
    print(f"{'function':<32}{'peer':<32}{'ours':>8}{'peer':>8}{'ratio':>8}")
    for ours, peer, our_job, peer_job in comparisons:
        own, other = seconds(our_job), seconds(peer_job)
        print(f"{ours:<32}{peer:<32}{own:8.2f}{other:8.2f}{own / other:8.2f}")


if __name__ == "__main__":
    main()
