"""Finding words and phrases in the tokens: what concordance and positions share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import translate
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.tokens import normal_form, token_spans
from metoo_research.words._counting import (
    Codes,
    article_codes,
    codes_and_values,
    require_columns,
)

Match = Literal["glob", "exact"]

_WILDCARDS = frozenset("*?[")


@dataclass(frozen=True)
class TokenSequence:
    """The tokens in reading order, as codes.

    ``row`` is the token's row in the table it came from. Two neighbours belong to one
    phrase only where ``sentence`` is the same number. ``ignores_punctuation`` says that
    punctuation was left out.
    """

    row: Codes
    article: Codes
    sentence: Codes
    word: Codes
    vocabulary: NDArray[np.object_]
    ignores_punctuation: bool


def token_sequence(
    tokens: pd.DataFrame, articles: pd.DataFrame, *, ignore_punctuation: bool
) -> TokenSequence:
    """Bring the tokens into reading order, without punctuation where that is ignored."""
    require_columns(
        tokens, ["article_id", "sentence_id", "start", "end", "word", "kind"], name="tokens"
    )
    article = article_codes(tokens, articles, name="tokens")
    sentence = tokens["sentence_id"].to_numpy(dtype=np.int64)
    row = np.lexsort((tokens["start"].to_numpy(dtype=np.int64), article)).astype(np.int64)
    if ignore_punctuation:
        row = row[(tokens["kind"] != "punctuation").to_numpy(dtype=bool)[row]]
    word, vocabulary = codes_and_values(tokens["word"])
    article, sentence = article[row], sentence[row]
    changes = np.ones(len(row), dtype=bool)
    changes[1:] = (article[1:] != article[:-1]) | (sentence[1:] != sentence[:-1])
    return TokenSequence(
        row, article, np.cumsum(changes), word[row], vocabulary, ignore_punctuation
    )


def find(sequence: TokenSequence, pattern: str, match: Match) -> tuple[Codes, int]:
    """Return where the pattern begins (places in the sequence) and how many tokens it spans.

    A phrase begins at every place where its words follow one another within a sentence, so
    hits may overlap ("ha ha" twice in "ha ha ha").
    """
    words = _pattern_words(pattern, sequence, match)
    last = len(sequence.word) - len(words) + 1
    if last <= 0:
        return np.empty(0, dtype=np.int64), len(words)
    hit = sequence.sentence[:last] == sequence.sentence[len(words) - 1 :]
    for at, word in enumerate(words):
        accepted = _accepted(sequence.vocabulary, word, match)
        # A token without a word has code -1 and finds the False at the end.
        hit &= np.append(accepted, False)[sequence.word[at : at + last]]
    return np.flatnonzero(hit).astype(np.int64), len(words)


def pattern_list(patterns: str | Sequence[str]) -> list[str]:
    """Return the patterns as a list, each once, or raise `TableError` if there is none."""
    listed = [patterns] if isinstance(patterns, str) else list(patterns)
    if not listed:
        raise TableError("no pattern to look for; name a word or a phrase")
    return list(dict.fromkeys(listed))


def _pattern_words(pattern: str, sequence: TokenSequence, match: Match) -> list[str]:
    """Cut a pattern as the texts were cut: "me, too" has three tokens, a comma among them."""
    words: list[str] = []
    for part in pattern.split():
        spans = list(token_spans(part))
        if sequence.ignores_punctuation:
            spans = [span for span in spans if span[2] != "punctuation"]
        form = normal_form(part)
        has_wildcard = match == "glob" and not _WILDCARDS.isdisjoint(part)
        # A word of the texts stays whole, even where it would be cut when it stands alone.
        if has_wildcard or (spans and bool((sequence.vocabulary == form).any())):
            words.append(form)
        else:
            words.extend(normal_form(part[start:end]) for start, end, _ in spans)
    if not words:
        raise TableError(f"the pattern {pattern!r} has no word; name a word or a phrase")
    return words


def _accepted(vocabulary: NDArray[np.object_], word: str, match: Match) -> NDArray[np.bool_]:
    if match == "exact":
        return np.fromiter((other == word for other in vocabulary), dtype=bool)
    if match != "glob":
        raise TableError(f"match is 'glob' or 'exact', not {match!r}")
    fits = re.compile(translate(word)).match
    return np.fromiter((fits(str(other)) is not None for other in vocabulary), dtype=bool)
