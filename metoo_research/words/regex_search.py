"""Regular expressions on the text of each sentence, in bounded time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
import regex

from metoo_research.errors import TableError
from metoo_research.words._counting import Codes, require_columns

if TYPE_CHECKING:
    from metoo_research.words.matching import TokenSequence

#: Seconds that a pattern may take: so many, and so many more for each character searched.
#: Patterns without a fault take about a hundredth of it.
SECONDS = 5.0
SECONDS_PER_CHARACTER = 1e-5

# Counted repeats are written out when a pattern is compiled: more than this fills the memory.
_MOST_REPEATS = 1_000_000
_COUNTED_REPEAT = re.compile(r"\{(\d*)(?:,(\d*))?\}")

# One for one, so that offsets stay: shapes of apostrophes and hyphens do not matter, as in
# the normal form of words, and a sentence is one line.
_SHAPES = str.maketrans(
    dict.fromkeys("’ʼ＇´", "'")
    | dict.fromkeys("‐‑", "-")
    | dict.fromkeys("\n\r\t\v\f\x85\u2028\u2029", " ")
)
_SHAPES_OF_PATTERN = str.maketrans(dict.fromkeys("’ʼ＇´", "'") | dict.fromkeys("‐‑", "-"))

Found: TypeAlias = tuple[Codes, Codes, Codes]
_Sentence: TypeAlias = tuple[int, int, str]


def search_sentences(
    sequence: TokenSequence, articles: pd.DataFrame, patterns: Sequence[str]
) -> list[Found]:
    """Find regular expressions in the text of each sentence.

    Case and the shape of apostrophes do not matter; a line break is a blank. A sentence
    reaches from its first token to its last, and ``^`` and ``$`` mean its ends. A match of
    no character is no place.

    Returns
    -------
    For each pattern the article (row number), start and end of its matches, in reading order.

    Raises
    ------
    TableError
        If a pattern does not compile, repeats without bounds, or takes too long.
    """
    require_columns(articles, ["article_id", "text"], name="articles")
    compiled = [_compiled(pattern) for pattern in patterns]
    sentences = list(_sentences(sequence, articles))
    return [
        _search(one, sentences, pattern, articles)
        for one, pattern in zip(compiled, patterns, strict=True)
    ]


def _compiled(pattern: str) -> regex.Pattern[str]:
    if not pattern:
        raise TableError("the pattern is empty; name a word or a phrase")
    counts = [
        max((int(number) for number in found.groups() if number), default=1)
        if all(len(number or "") < 8 for number in found.groups())
        else math.inf
        for found in _COUNTED_REPEAT.finditer(pattern)
    ]
    if math.prod(max(count, 1) for count in counts) > _MOST_REPEATS:
        raise TableError(
            f"the pattern {pattern!r} repeats too often; use smaller numbers in braces"
        )
    try:
        return regex.compile(pattern.translate(_SHAPES_OF_PATTERN), regex.IGNORECASE)
    except (regex.error, RecursionError, OverflowError, ValueError) as error:
        raise TableError(
            f"the pattern {pattern!r} is no regular expression ({error}); mend it, or look for "
            "these very characters with match='exact'"
        ) from None


def _sentences(sequence: TokenSequence, articles: pd.DataFrame) -> Iterator[_Sentence]:
    """Article, start and text of each sentence."""
    first = np.flatnonzero(np.diff(sequence.sentence, prepend=0))
    last = np.append(first[1:], len(sequence.sentence)) - 1
    texts = articles["text"].to_numpy(dtype=object)
    for article, start, end in zip(
        sequence.article[first].tolist(),
        sequence.start[first].tolist(),
        sequence.end[last].tolist() if len(first) else [],
        strict=True,
    ):
        text = texts[article]
        if not isinstance(text, str) or end > len(text):
            raise TableError(
                f"article {articles['article_id'].iloc[article]!r} has no text at {start}; "
                "pass the articles that the tokens were made from"
            )
        yield article, start, text[start:end].translate(_SHAPES)


def _search(
    compiled: regex.Pattern[str],
    sentences: Sequence[_Sentence],
    pattern: str,
    articles: pd.DataFrame,
) -> Found:
    searched = sum(len(text) for _, _, text in sentences)
    deadline = monotonic() + SECONDS + SECONDS_PER_CHARACTER * searched
    found: list[tuple[int, int, int]] = []
    for article, offset, text in sentences:
        try:
            found.extend(
                (article, offset + hit.start(), offset + hit.end())
                for hit in compiled.finditer(text, timeout=max(deadline - monotonic(), 0.001))
                if hit.end() > hit.start()
            )
        except (TimeoutError, MemoryError, RecursionError):
            raise TableError(
                f"the pattern {pattern!r} takes too long (stopped in article "
                f"{articles['article_id'].iloc[article]!r}): it fits the same words in too "
                "many ways; write it without repeats of alternatives, such as (a|aa)+"
            ) from None
    table = np.asarray(found, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]
