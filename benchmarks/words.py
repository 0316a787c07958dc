"""What counting words costs beside other ways to do it, in one run.

Usage: python benchmarks/words.py [tables|processes] [--megabytes 50] [--rounds 3]
                                  [--tokens 1000000] [--articles 2000]

processes: from a file of articles to the counts of its words without stop words, in processes
of their own. What is timed is all CPU time of such a process (user and system), so also the
start of Python and of libraries, reading the file, and freeing memory; the ways take turns, on
one core, and the median of the rounds counts. The text is made here: articles of sentences
drawn, with a seed, from a stock that repeats itself as news does. The file holds one article
per form feed; ours cuts each as one text (`compact_tokens`), since a count needs no sentences,
and keeps the place of every token in memory until the end; the second line of ours also makes
the data frame and the full table of `word_frequency` (rates, ranks, dispersion). The ways do
not count quite the same: the expression takes numbers for words and cuts at apostrophes and
hyphens. A plain word, "hashtag", has the same count in all, which the last column shows.

tables: functions of the package on tables that are there, beside plain Python and pandas. The
peers count; the package also gives rates, ranks, the articles a word stands in and its
dispersion.

Only ratios carry over from machine to machine.
"""

# ruff: noqa: E501 - sentences are data here

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

import numpy as np
import pandas as pd

from metoo_research.token_tables import compact_tokens
from metoo_research.words import (
    concordance,
    document_term_counts,
    stop_words,
    word_frequency,
)

_ROUNDS = 3

_TEMPLATES = (
    "{Name} told the {name} council on {day} that {number} people had signed, up from {number}.",
    "“We will not wait another {name},” said {Name} {Name}, who has worked there for {small} years.",
    "More than {number} posts used the hashtag #{Name} within {small} hours, the company said.",
    "The report, which runs to {number} pages, calls the {name} of the {name} “a mistake”.",
    "Police didn’t say how many took part; organisers spoke of {number}.",
    "In the U.S., {Name}’s office received {number} letters in {year} and {number} in {year}.",
    "“It’s about time,” {Name} wrote to @{Name}_{small}, adding a link to https://www.example.org/{name}/{small}.",
    "Nurses, teachers and {name} drivers from {Name}, {Name} and {Name} joined the {small}-day march.",
    "A spokesman for {Name} & {Name} declined to comment on the {name}-{name} deal, worth ${number}.",
    "By {day} evening the {name} had spread to {small} countries (see {name}.org), from {Name} to {Name}.",
    "She was {small} when she began to write about {name}; nobody read it then.",
    "Asked whether the {name} would return, the minister said only: “Not this {year}.”",
    "Of those asked, {small}% agreed, {small}% did not, and the rest had never heard of {Name}.",
    "It was a long and quiet winter in {Name}, and the old {name} by the river stayed closed.",
    "The court in {Name} heard the case at 10:30 on {day}; a decision is expected in {year}.",
    "What began as a single message became, over the following months, a {name} of {number} voices.",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SLOT = re.compile(r"\{(\w+)\}")


def make_articles(megabytes: float) -> str:
    """Articles with form feeds between them, of sentences drawn from a stock of 100,000.

    Names and rare words are made of syllables and drawn with the frequencies of Zipf's law, so
    that, as in news, most distinct pieces of text are rare.
    """
    draw = random.Random(1)  # noqa: S311 - no secret hangs on it
    onsets = "b br c ch d dr f g gl h j k l m n p pr r s sh st t tr v w".split()
    syllables = [onset + vowel for onset in onsets for vowel in "a e i o u ai ea ou".split()]
    names = [
        "".join(draw.choices(syllables, k=draw.randint(2, 4))) + draw.choice("nrstlm")
        for _ in range(60_000)
    ]
    weights = list(accumulate(1 / rank for rank in range(1, len(names) + 1)))

    def fill(slot: re.Match[str]) -> str:
        match slot[1]:
            case "day":
                return draw.choice(_DAYS)
            case "year":
                return str(draw.randint(1990, 2025))
            case "small":
                return str(draw.randint(2, 99))
            case "number":
                return f"{int(draw.paretovariate(0.4)) % 10_000_000:,}"
        name = draw.choices(names, cum_weights=weights)[0]
        return name.capitalize() if slot[1] == "Name" else name

    stock = [_SLOT.sub(fill, draw.choice(_TEMPLATES)) for _ in range(100_000)]
    articles: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        sentences = draw.choices(stock, k=draw.randint(12, 36))
        article = "".join(
            f"{sentence}\n\n" if number % 3 == 2 else f"{sentence} "
            for number, sentence in enumerate(sentences)
        )
        articles.append(article)
        size += len(article.encode()) + 1
    return "\f".join(articles)


_SAID = {"counted": 12, "words": 9, "hashtag": 9}
# Each reads the articles and the stop words, and leaves `counts`, a mapping.
_READ = """
import json, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    articles = file.read().split("\\f")
with open(sys.argv[2], encoding="utf-8") as file:
    stop_words = json.load(file)
"""
_SAY = """
print(json.dumps({"counted": sum(counts.values()), "words": len(counts), "hashtag": counts["hashtag"]}))
"""
_DROP = """
for word in stop_words:
    counts.pop(word, None)
"""
_PROCESSES: dict[str, tuple[str, str]] = {
    "re.findall + Counter": (
        "re",
        """
import re
from collections import Counter
find = re.compile(r"\\w+").findall
counts = Counter()
for article in articles:
    counts.update(find(article.lower()))
"""
        + _DROP,
    ),
    "ours, offsets kept": (
        "metoo_research",
        """
from metoo_research.token_tables import compact_tokens
tokens = compact_tokens({"article_id": range(len(articles)), "text": articles})
counts = tokens.counts(leave_out=stop_words)
""",
    ),
    "ours, frame + word_frequency": (
        "metoo_research",
        """
import pandas as pd
from metoo_research.token_tables import compact_tokens
from metoo_research.words import word_frequency
ids = [f"article-{number}" for number in range(len(articles))]
table = pd.DataFrame({"article_id": ids, "text": articles})
tokens = compact_tokens(table).frame(["article_id", "start", "word", "kind"])
words = word_frequency(tokens, table, stop_words=stop_words)
counts = words.groupby("word")["count"].sum().to_dict()
""",
    ),
    "scikit-learn CountVectorizer": (
        "sklearn",
        """
from sklearn.feature_extraction.text import CountVectorizer
vectorizer = CountVectorizer(token_pattern=r"\\w+", stop_words=stop_words)
sums = vectorizer.fit_transform(articles).sum(axis=0).A1
counts = dict(zip(vectorizer.get_feature_names_out().tolist(), sums.tolist()))
""",
    ),
    "NLTK RegexpTokenizer + FreqDist": (
        "nltk",
        """
from nltk import FreqDist, RegexpTokenizer
cut = RegexpTokenizer(r"\\w+").tokenize
counts = FreqDist(word for article in articles for word in cut(article.lower()))
"""
        + _DROP,
    ),
    "NLTKWordTokenizer + FreqDist": (
        "nltk",
        """
from nltk import FreqDist, NLTKWordTokenizer
cut = NLTKWordTokenizer().tokenize
counts = FreqDist(word for article in articles for word in cut(article.lower()))
"""
        + _DROP,
    ),
}


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


def cpu_seconds(command: list[str]) -> tuple[float, str]:
    """CPU time of a whole process, user and system, and what it printed."""
    before = os.times()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    after = os.times()
    took = after.children_user - before.children_user
    return took + after.children_system - before.children_system, done.stdout


def compare_processes(megabytes: float, rounds: int) -> None:
    """Count the words of one file in processes of their own; print one line per way."""
    if os.name == "nt":
        raise SystemExit("Windows does not tell the CPU time of processes that have ended")
    if hasattr(os, "sched_setaffinity"):  # Linux; elsewhere the ways use one thread anyway
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    ways = {}
    for name, (package, script) in _PROCESSES.items():
        if find_spec(package) is None:
            print(f"{name}: left out, {package} is not installed")
        else:
            ways[name] = _READ + script + _SAY
    text = make_articles(megabytes)
    times: dict[str, list[float]] = {name: [] for name in ways}
    said: dict[str, dict[str, int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        articles, left_out = Path(folder, "articles.txt"), Path(folder, "stop_words.json")
        articles.write_text(text, encoding="utf-8", newline="")
        left_out.write_text(json.dumps(list(stop_words("en"))), encoding="utf-8")
        for _ in range(rounds):
            for name, script in ways.items():
                took, printed = cpu_seconds(
                    [sys.executable, "-c", script, str(articles), str(left_out)]
                )
                times[name].append(took)
                said[name] = json.loads(printed)

    written = text.split("\f")
    tokens = compact_tokens({"article_id": range(len(written)), "text": written})
    frame = tokens.frame(["article_id", "start", "word", "kind"])
    codes = sum(
        column.cat.codes.nbytes if hasattr(column, "cat") else column.nbytes
        for _, column in frame.items()
    )
    size = len(text.encode())
    print(
        f"{size / 1e6:.1f} MB, {len(written):,} articles, {len(tokens):,} tokens of "
        f"{len(tokens.surfaces):,} forms, {len(set(text.split())):,} distinct pieces between "
        f"white space; CPU seconds of whole processes, median of {rounds}"
    )
    compact = tokens.start.nbytes + tokens.code.nbytes
    print(
        f"bytes a token, vocabulary apart: {compact / len(tokens):.1f} compact, "
        f"{codes / len(tokens):.1f} as a data frame of {', '.join(frame.columns)}"
    )
    base = statistics.median(times["re.findall + Counter"])
    print(
        f"{'way':<34}{'seconds':>9}{'MB/s':>7}{'ratio':>7}{'counted':>12}{'words':>9}{'hashtag':>9}"
    )
    for name, all_rounds in times.items():
        middle = statistics.median(all_rounds)
        print(
            f"{name:<34}{middle:9.2f}{size / 1e6 / middle:7.1f}{middle / base:7.2f}"
            + "".join(f"{said[name][key]:>{width},}" for key, width in _SAID.items())
        )


def compare_tables(n_tokens: int, n_articles: int) -> None:
    """Time functions of the package on made tables; print one line per comparison."""
    tokens, articles = make_tables(n_tokens, n_articles)
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
    print(f"{n_tokens:,} tokens, {n_articles:,} articles; CPU seconds")
    print(f"{'function':<32}{'peer':<32}{'ours':>8}{'peer':>8}{'ratio':>8}")
    for ours, peer, our_job, peer_job in comparisons:
        own, other = seconds(our_job), seconds(peer_job)
        print(f"{ours:<32}{peer:<32}{own:8.2f}{other:8.2f}{own / other:8.2f}")


def main() -> None:
    """Run one of the comparisons, or both."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("which", nargs="?", choices=("tables", "processes"))
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tokens", type=int, default=1_000_000)
    parser.add_argument("--articles", type=int, default=2_000)
    options = parser.parse_args()
    if options.which != "tables":
        compare_processes(options.megabytes, options.rounds)
    if options.which != "processes":
        compare_tables(options.tokens, options.articles)


if __name__ == "__main__":
    main()
