"""Words that stand together, counted: in a row, within a span, or in a sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    Codes,
    article_codes,
    checked_kinds,
    codes_and_values,
    is_of_kinds,
    require_columns,
)
from metoo_research.words.contingency import Numbers
from metoo_research.words.stop_words import StopList

#: The code of a token that is removed but keeps its place.
PAD = 0
# Pairs of words of a sentence that are held at once; 8 bytes each.
_PAIRS_AT_ONCE = 10_000_000


@dataclass(frozen=True)
class Counted:
    """Groups of words that stand together often enough.

    ``words`` holds one row of codes per group. ``margins[s]`` counts, for each group, the
    windows that agree with it in the places of the bits of ``s`` (0: all windows). ``row``,
    ``article`` and ``count`` tell how often each group stands in each article,
    ``article_sizes`` how many windows each article has. ``rare`` are the counts of the groups
    left out.
    """

    words: Codes
    margins: Numbers
    row: Codes
    article: Codes
    count: Codes
    article_sizes: Codes
    rare: Codes


class Sequences:
    """Tokens in reading order: words as codes from 1 on, removed ones as `PAD`.

    ``run`` numbers the stretches that no window leaves: sentences, cut at punctuation.
    ``sentence`` numbers the sentences.
    """

    def __init__(
        self,
        tokens: pd.DataFrame,
        articles: pd.DataFrame,
        *,
        kinds: Collection[TokenKind],
        stop_list: StopList | None,
    ) -> None:
        require_columns(
            tokens, ["article_id", "sentence_id", "start", "word", "kind"], name="tokens"
        )
        self.n_articles = len(articles)
        article = article_codes(tokens, articles, name="tokens")
        word, vocabulary = codes_and_values(tokens["word"])
        of_kind = is_of_kinds(tokens, kinds)
        if (word[of_kind] < 0).any():
            where = articles["article_id"].iloc[int(article[of_kind & (word < 0)][0])]
            raise TableError(f"article {where!r} has a token to count without a word")
        kept = of_kind
        if stop_list is not None:
            listed = np.fromiter((one in stop_list for one in vocabulary), dtype=bool)
            kept = of_kind & ~np.append(listed, False)[word]
        self.n_words = int(of_kind.sum())
        self.stopped = int(of_kind.sum() - kept.sum())
        self.other_kinds = len(tokens) - self.n_words

        sentence = codes_and_values(tokens["sentence_id"])[0]
        order = np.lexsort((tokens["start"].to_numpy(dtype=np.int64), article))
        article, sentence = article[order], sentence[order]
        new_sentence = np.ones(len(order), dtype=bool)
        new_sentence[1:] = (np.diff(article) != 0) | (np.diff(sentence) != 0)
        sentence = np.cumsum(new_sentence)
        barrier = np.zeros(len(order), dtype=bool)
        if "punctuation" not in checked_kinds(kinds):
            barrier = is_of_kinds(tokens, ["punctuation"])[order]
        run = np.cumsum(new_sentence | barrier)
        # Codes are numbered by code point, so that pairs stand in the same order everywhere.
        ranked = sorted(range(len(vocabulary)), key=lambda at: str(vocabulary[at]))
        code_of = np.zeros(len(vocabulary) + 1, dtype=np.int64)
        code_of[ranked] = np.arange(1, len(vocabulary) + 1)
        self.vocabulary = [""] + [str(vocabulary[at]) for at in ranked]
        inside = ~barrier
        self.word: Codes = np.where(kept[order], code_of[word[order]], PAD)[inside]
        self.article: Codes = article[inside]
        self.sentence: Codes = sentence[inside].astype(np.int64)
        self.run: Codes = run[inside].astype(np.int64)

    def in_a_row(self, size: int) -> tuple[Codes, Codes]:
        """All windows of ``size`` tokens: codes, one row each; and their articles."""
        n = max(len(self.word) - size + 1, 0)
        last = self.run[size - 1 :][:n]
        first = np.flatnonzero(self.run[:n] == last)
        return self.word[first[:, None] + np.arange(size)], self.article[first]

    def within_span(self, span: int) -> tuple[Codes, Codes]:
        """All pairs at most ``span`` places apart with no removed word between them."""
        pads = np.concatenate([[0], np.cumsum(self.word == PAD)])
        words, articles = [], []
        for distance in range(1, span + 1):
            n = max(len(self.word) - distance, 0)
            first = np.flatnonzero(self.run[:n] == self.run[distance:][:n])
            first = first[pads[first + distance] == pads[first + 1]]
            words.append(np.stack([self.word[first], self.word[first + distance]], axis=1))
            articles.append(self.article[first])
        return np.concatenate(words), np.concatenate(articles)


def count_windows(words: Codes, article: Codes, n_articles: int, min_count: int) -> Counted:
    """Count the windows that are equal, or agree in some places."""
    n_windows, size = words.shape
    agreeing: dict[int, Codes] = {0: np.zeros(n_windows, dtype=np.int64)}
    base = int(words.max(initial=0)) + 1
    for places in range(1, 2**size):
        highest = places.bit_length() - 1
        # Numbered anew at each step, so that no product passes 64 bits.
        keys = agreeing[places ^ (1 << highest)] * base + words[:, highest]
        agreeing[places] = pd.factorize(keys)[0].astype(np.int64)
    full = agreeing[2**size - 1]
    totals = np.bincount(full, minlength=0)
    complete = (words != PAD).all(axis=1)
    first_seen = np.unique(full, return_index=True)[1]
    whole = complete[first_seen]
    frequent = whole & (totals >= min_count)
    example = first_seen[frequent]
    margins = np.stack(
        [np.bincount(agreeing[places])[agreeing[places][example]] for places in range(2**size)]
        if n_windows
        else [np.zeros(0)] * 2**size
    ).astype(np.float64)

    number = np.where(frequent, np.cumsum(frequent) - 1, -1)
    row = number[full] if n_windows else full
    chosen = row >= 0
    keys, count = np.unique(
        row[chosen] * max(n_articles, 1) + article[chosen], return_counts=True
    )
    return Counted(
        words=words[example],
        margins=margins,
        row=keys // max(n_articles, 1),
        article=keys % max(n_articles, 1),
        count=count.astype(np.int64),
        article_sizes=np.bincount(article, minlength=n_articles).astype(np.int64),
        rare=totals[whole & ~frequent].astype(np.int64),
    )


def count_sentences(sequences: Sequences, min_count: int) -> Counted:
    """Count the sentences that hold two words, whichever comes first and however often."""
    n_words, n_articles = len(sequences.vocabulary), max(sequences.n_articles, 1)
    real = sequences.word != PAD
    held, article_of = sequences.sentence[real], sequences.article[real]
    holders, first = np.unique(held, return_index=True)
    sizes = np.bincount(article_of[first], minlength=sequences.n_articles)
    pairs = np.unique(held * n_words + sequences.word[real])
    sentence, word = np.searchsorted(holders, pairs // n_words), pairs % n_words
    article = article_of[first]
    of_word = np.bincount(word, minlength=n_words)
    # A word of fewer sentences makes no pair of so many.
    kept = of_word[word] >= min_count
    keys, count = _pairs_per_article(sentence[kept], word[kept], article, n_words, n_articles)
    pair = keys // n_articles
    distinct, row = np.unique(pair, return_inverse=True)
    total = np.bincount(row, weights=count, minlength=len(distinct)).astype(np.int64)
    frequent = total >= min_count
    number = np.where(frequent, np.cumsum(frequent) - 1, -1)
    chosen = frequent[row]
    one, other = distinct[frequent] // n_words, distinct[frequent] % n_words
    return Counted(
        words=np.stack([one, other], axis=1),
        margins=np.stack(
            [np.full(len(one), len(holders)), of_word[one], of_word[other], total[frequent]]
        ).astype(np.float64),
        row=number[row][chosen],
        article=(keys % n_articles)[chosen],
        count=count[chosen],
        article_sizes=sizes.astype(np.int64),
        rare=total[~frequent],
    )


def _pairs_per_article(
    sentence: Codes, word: Codes, article_of: Codes, n_words: int, n_articles: int
) -> tuple[Codes, Codes]:
    """Pairs of words of each sentence: key of pair and article, and how many sentences."""
    lengths = np.bincount(sentence, minlength=len(article_of)).astype(np.int64)
    begins = np.concatenate([[0], np.cumsum(lengths)])
    found: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    often: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    for length in np.unique(lengths[lengths >= 2]).tolist():
        one, other = np.triu_indices(length, k=1)
        alike = np.flatnonzero(lengths == length)
        step = max(_PAIRS_AT_ONCE // len(one), 1)
        cuts = [*range(0, len(alike), step), len(alike)]
        for low, high in pairwise(cuts):
            some = alike[low:high]
            words = word[begins[some][:, None] + np.arange(length)]
            keys = words[:, one] * n_words + words[:, other]
            keys = keys * n_articles + article_of[some][:, None]
            distinct, count = np.unique(keys, return_counts=True)
            found.append(distinct)
            often.append(count.astype(np.int64))
    keys, at = np.unique(np.concatenate(found), return_inverse=True)
    count = np.bincount(at, weights=np.concatenate(often), minlength=len(keys))
    return keys.astype(np.int64), count.astype(np.int64)
