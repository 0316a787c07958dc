"""Our tokens beside NLTK's, our sentences beside plain Punkt: time and correctness in one run.

Usage: python benchmarks/tokens.py [--rounds 50]

The text is that of the seeds, repeated. NLTK's TweetTokenizer gives no offsets, its
NLTKWordTokenizer does; ours gives offsets and kinds. Only ratios carry over from machine to
machine.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from nltk.tokenize import NLTKWordTokenizer, TweetTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer

from metoo_research.corpus import read_corpus
from metoo_research.passages import label_passages, label_text
from metoo_research.tokens import sentence_spans, split_sentences, token_spans, tokenize

_ROOT = Path(__file__).resolve().parents[1]
_BEST_OF = 3
# What one would want to count as one token each.
_WHOLE = (
    "#MeToo", "#YoTambién", "@Alyssa_Milano", "1,700,000", "4.7", "20-year-old", "U.S.",
    "didn’t", "didn't", "https://t.co/ScX67Km", "www.example.org/a?b=c", "jo@example.org",
    "👩🏽‍⚖️", "🇬🇧", "1️⃣", "AT&T", "10:30",
)  # fmt: skip

Spans = Callable[[str], list[tuple[int, int]]]


def seconds(job: Callable[[], object]) -> float:
    """CPU time of the fastest of a few rounds."""
    best = float("inf")
    for _ in range(_BEST_OF):
        begun = time.process_time()
        job()
        best = min(best, time.process_time() - begun)
    return best


def each(job: Callable[[str], object], texts: Sequence[str]) -> Callable[[], object]:
    """The job on every text."""
    return lambda: [job(text) for text in texts]


def boundary_f1(spans: Spans) -> float:
    """F1 on the gold boundaries of the seeds, those that can go either way left out."""
    found: set[tuple[str, int]] = set()
    gold: set[tuple[str, int]] = set()
    either: set[tuple[str, int]] = set()
    rows = (_ROOT / "tests/gold/sentence_boundaries.jsonl").read_text(encoding="utf-8")
    for row in rows.splitlines():
        paragraph = json.loads(row)
        file, start = paragraph["file"], paragraph["start"]
        text = (_ROOT / "seeds" / file).read_bytes().decode()[start : paragraph["end"]]
        found |= {(file, start + end) for _, end in spans(text)[:-1]}
        for boundary in paragraph["boundaries"]:
            into = either if boundary["verdict"] == "either" else gold
            if boundary["verdict"] != "no boundary":
                into.add((file, boundary["offset"]))
    found -= either
    return 2 * len(found & gold) / (len(found) + len(gold))


def main() -> None:
    """Measure and print one line per tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    rounds: int = parser.parse_args().rounds
    corpus = read_corpus(_ROOT / "seeds", progress=False)
    sentences = split_sentences(corpus)
    texts = sentences["text"].tolist() * rounds
    words = sum(len(text.split()) for text in texts)
    tweet, treebank = TweetTokenizer(), NLTKWordTokenizer()

    cutters: dict[str, Callable[[str], list[str]]] = {
        "ours (token_spans)": lambda text: [text[s:e] for s, e, _ in token_spans(text)],
        "NLTK TweetTokenizer": tweet.tokenize,
        "NLTK NLTKWordTokenizer": treebank.tokenize,
    }
    print(f"{words:,} words of the seeds; CPU milliseconds per 1,000 words")
    print(f"{'tokens':<34}{'ms':>8}   of {len(_WHOLE)} hard tokens kept whole")
    for name, cut in cutters.items():
        took = seconds(each(cut, texts))
        whole = sum(token in cut(f"so {token} it was") for token in _WHOLE)
        print(f"{name:<34}{took / words * 1e6:8.2f}   {whole}")
    repeated = sentences.loc[sentences.index.repeat(rounds)]
    took = seconds(lambda: tokenize(repeated))
    print(f"{'ours as a table (tokenize)':<34}{took / words * 1e6:8.2f}")
    took = seconds(each(lambda text: list(treebank.span_tokenize(text)), texts))
    print(f"{'NLTKWordTokenizer with offsets':<34}{took / words * 1e6:8.2f}")

    paragraphs = [
        text[line.start : line.end]
        for text in corpus.articles["text"]
        for line in label_text(text)
    ] * rounds
    words = sum(len(text.split()) for text in paragraphs)
    plain = PunktSentenceTokenizer()
    splitters: dict[str, Spans] = {
        "ours (sentence_spans)": sentence_spans,
        "plain Punkt": lambda text: list(plain.span_tokenize(text)),
    }
    print(f"\n{'sentences':<34}{'ms':>8}   F1 on the gold of the seeds")
    for name, split in splitters.items():
        took = seconds(each(split, paragraphs))
        print(f"{name:<34}{took / words * 1e6:8.2f}   {boundary_f1(split):.3f}")
    took = seconds(lambda: [label_passages(corpus) for _ in range(rounds)])
    print(f"\n{'passages (label_passages)':<34}{took / words * 1e6:8.2f}")


if __name__ == "__main__":
    main()
