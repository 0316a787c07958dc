"""Finding words, phrases and regular expressions: what concordance and positions share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from typing import Literal, get_args

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

Match = Literal["glob", "exact", "regex"]

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
    start: Codes
    end: Codes
    word: Codes
    vocabulary: NDArray[np.object_]
    ignores_punctuation: bool

    @cached_property
    def code_of(self) -> dict[str, int]:
        """The code of each word."""
        return {word: code for code, word in enumerate(self.vocabulary)}

    def having(self, codes: Codes) -> Codes:
        """Return where words of these codes stand, in reading order."""
        order, coded = self._by_word
        low = np.searchsorted(coded, codes, side="left")
        high = np.searchsorted(coded, codes, side="right")
        parts = [order[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)]
        return np.sort(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)

    @cached_property
    def _by_word(self) -> tuple[Codes, Codes]:
        order = np.argsort(self.word, kind="stable").astype(np.int64)
        return order, self.word[order]

    def place_keys(self, article: Codes, offset: Codes) -> Codes:
        """Article and offset in one number that rises through the sequence."""
        span = int(self.end.max()) + 1 if len(self.end) else 1
        return article * span + np.minimum(offset, span - 1)


@dataclass(frozen=True)
class Places:
    """Where a pattern stands: the token it begins in, and its offsets."""

    first: Codes
    start: Codes
    end: Codes


def token_sequence(
    tokens: pd.DataFrame, articles: pd.DataFrame, *, ignore_punctuation: bool
) -> TokenSequence:
    """Bring the tokens into reading order, without punctuation where that is ignored."""
    require_columns(
        tokens, ["article_id", "sentence_id", "start", "end", "word", "kind"], name="tokens"
    )
    article = article_codes(tokens, articles, name="tokens")
    sentence = tokens["sentence_id"].to_numpy(dtype=np.int64)
    start = tokens["start"].to_numpy(dtype=np.int64)
    row = np.lexsort((start, article)).astype(np.int64)
    if ignore_punctuation:
        row = row[(tokens["kind"] != "punctuation").to_numpy(dtype=bool)[row]]
    word, vocabulary = codes_and_values(tokens["word"])
    article, sentence = article[row], sentence[row]
    changes = np.ones(len(row), dtype=bool)
    changes[1:] = (article[1:] != article[:-1]) | (sentence[1:] != sentence[:-1])
    return TokenSequence(
        row=row,
        article=article,
        sentence=np.cumsum(changes),
        start=start[row],
        end=tokens["end"].to_numpy(dtype=np.int64)[row],
        word=word[row],
        vocabulary=vocabulary,
        ignores_punctuation=ignore_punctuation,
    )


def find_all(
    sequence: TokenSequence, articles: pd.DataFrame, patterns: Sequence[str], match: Match
) -> list[Places]:
    """Return the places of each pattern, in reading order."""
    if match not in get_args(Match):
        raise TableError(f"match is 'glob', 'exact' or 'regex', not {match!r}")
    if match != "regex":
        return [_find(sequence, pattern, match) for pattern in patterns]
    if sequence.ignores_punctuation:
        raise TableError(
            "a regular expression sees punctuation; write it into the pattern (me,? too) "
            "instead of ignore_punctuation=True"
        )
    # Its library is not needed for words and phrases.
    from metoo_research.words.regex_search import search_sentences

    return [
        _at(sequence, *found) for found in search_sentences(sequence, articles, list(patterns))
    ]


def pattern_list(patterns: str | Sequence[str]) -> list[str]:
    """Return the patterns as a list, each once, or raise `TableError` if there is none."""
    listed = [patterns] if isinstance(patterns, str) else list(patterns)
    if not listed:
        raise TableError("no pattern to look for; name a word or a phrase")
    for pattern in listed:
        if not isinstance(pattern, str):
            raise TableError(f"a pattern is text, not {pattern!r}")
    return list(dict.fromkeys(listed))


def _find(sequence: TokenSequence, pattern: str, match: Match) -> Places:
    """Find a word or phrase.

    A phrase begins at every place where its words follow one another within a sentence, so
    hits may overlap ("ha ha" twice in "ha ha ha").
    """
    accepted = [
        _accepted(sequence, word, match) for word in _pattern_words(pattern, sequence, match)
    ]
    length = len(accepted)
    candidates = [sequence.having(codes) for codes in accepted]
    rarest = min(range(length), key=lambda at: len(candidates[at]))
    first = candidates[rarest] - rarest
    first = first[(first >= 0) & (first + length <= len(sequence.word))]
    first = first[sequence.sentence[first] == sequence.sentence[first + length - 1]]
    for at, codes in enumerate(accepted):
        if at != rarest:
            first = first[np.isin(sequence.word[first + at], codes)]
    return Places(first, sequence.start[first], sequence.end[first + length - 1])


def _at(sequence: TokenSequence, article: Codes, start: Codes, end: Codes) -> Places:
    """Places from offsets: each begins in the last token that begins before its end."""
    keys = sequence.place_keys(sequence.article, sequence.start)
    first = np.searchsorted(keys, sequence.place_keys(article, start), side="right") - 1
    return Places(first.astype(np.int64), start, end)


def _pattern_words(pattern: str, sequence: TokenSequence, match: Match) -> list[str]:
    """Cut a pattern as the texts were cut: "me, too" has three tokens, a comma among them."""
    words: list[str] = []
    for part in pattern.split():
        spans = list(token_spans(part))
        if sequence.ignores_punctuation:
            spans = [span for span in spans if span[2] != "punctuation"]
        # A word copied from a table of words stays as it is: the normal form of a normal
        # form can be another word.
        form = part if part in sequence.code_of else normal_form(part)
        has_wildcard = match == "glob" and not _WILDCARDS.isdisjoint(part)
        # A word of the texts stays whole, even where it would be cut when it stands alone.
        if has_wildcard or (spans and form in sequence.code_of):
            words.append(form)
        else:
            words.extend(normal_form(part[start:end]) for start, end, _ in spans)
    if not words:
        raise TableError(f"the pattern {pattern!r} has no word; name a word or a phrase")
    return words


def _accepted(sequence: TokenSequence, word: str, match: Match) -> Codes:
    """Codes of the words that a word of a pattern stands for."""
    if match == "exact" or _WILDCARDS.isdisjoint(word):
        return np.asarray(
            [sequence.code_of[word]] if word in sequence.code_of else [], np.int64
        )
    fits = re.compile(translate(word)).match
    return np.asarray(
        [code for code, other in enumerate(sequence.vocabulary) if fits(str(other))], np.int64
    )
