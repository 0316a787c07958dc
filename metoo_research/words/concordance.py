"""Concordance: every place of a word or phrase, with the text around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.words._counting import Codes, require_columns
from metoo_research.words.matching import (
    Match,
    TokenSequence,
    find,
    pattern_list,
    token_sequence,
)

# One character for one, so that the context keeps its length and offsets can be counted back.
_ONE_LINE = str.maketrans(dict.fromkeys("\n\r\t\v\f\x85\u2028\u2029", " "))


def concordance(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    pattern: str | Sequence[str],
    *,
    match: Match = "glob",
    ignore_punctuation: bool = False,
    width: int = 40,
    unit: Literal["characters", "words"] = "characters",
    limit: int | None = None,
) -> pd.DataFrame:
    """Find the places of words and phrases (key word in context).

    Patterns are compared with the normal form of the tokens: case and the shape of
    apostrophes do not matter, and a possessive 's is no part of the word ("women" finds
    "women's"). A pattern of several words is a phrase; its words follow one another within
    one sentence. Punctuation in a pattern is looked for like a word ("me, too").

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``sentence_id``, ``start``, ``end``, ``word``,
        ``kind``.
    articles
        One row per article: ``article_id``, ``text``.
    pattern
        A word ("survivor"), a phrase ("speak out"), or several of them.
    match
        ``"glob"``: in a word, ``*`` stands for any ending, beginning or middle, ``?`` for
        one character, ``[ab]`` for a or b. ``"exact"``: these characters stand for
        themselves.
    ignore_punctuation
        Let a phrase run over punctuation: "me too" and "me, too" then both find "me too"
        and "Me, too".
    width
        How much text to show on each side.
    unit
        What ``width`` counts: characters, or tokens that are not punctuation ("words").
    limit
        Give the first ``limit`` rows only; ``attrs`` tells how many there are.

    Returns
    -------
    One row per place and pattern, in the order of articles and text: ``article_id``,
    ``sentence_id``, ``start``, ``end`` (offsets into the article's text), ``pattern``,
    ``kind`` (of the first token), ``left``, ``match``, ``right``. ``match`` is
    ``text[start:end]``; in ``left`` and ``right`` line breaks are blanks, one for one. The
    context may reach over the sentence and into passages that ``tokens`` leaves out.
    ``attrs["total"]`` is the number of places, ``attrs["shown"]`` the number of rows.

    Raises
    ------
    TableError
        If a column is missing, the pattern is empty, or an article with a hit has no text.
    """
    if width < 0:
        raise TableError(f"width cannot be negative: {width!r}")
    if limit is not None and limit < 0:
        raise TableError(f"limit cannot be negative: {limit!r}")
    if unit not in ("characters", "words"):
        raise TableError(f"unit is 'characters' or 'words', not {unit!r}")
    require_columns(articles, ["article_id", "text"], name="articles")
    sequence = token_sequence(tokens, articles, ignore_punctuation=ignore_punctuation)
    patterns = pattern_list(pattern)

    found = [find(sequence, one, match) for one in patterns]
    first = np.concatenate([places for places, _ in found])
    last = np.concatenate([places + length - 1 for places, length in found])
    which = np.repeat(np.arange(len(found)), [len(places) for places, _ in found])
    order = np.lexsort((which, last, first))[:limit]
    first, last, which = first[order], last[order], which[order]

    start_of = tokens["start"].to_numpy(dtype=np.int64)
    end_of = tokens["end"].to_numpy(dtype=np.int64)
    article, head = sequence.article[first], sequence.row[first]
    start, end = start_of[head], end_of[sequence.row[last]]
    if unit == "words":
        counted = (
            sequence
            if ignore_punctuation
            else token_sequence(tokens, articles, ignore_punctuation=True)
        )
        places = (article, start, end)
        left_from, right_to = _words_around(counted, start_of, end_of, places, width)
    else:
        left_from, right_to = np.maximum(start - width, 0), end + width

    texts = articles["text"].to_numpy(dtype=object)
    ids = articles["article_id"].astype("str").to_numpy(dtype=object)
    left, matched, right = [], [], []
    for at, begin, from_, until, to in zip(
        article, left_from, start, end, right_to, strict=True
    ):
        text = texts[at]
        if not isinstance(text, str) or until > len(text):
            raise TableError(
                f"article {ids[at]!r} has no text at {from_}; pass the articles that the "
                "tokens were made from"
            )
        left.append(text[begin:from_].translate(_ONE_LINE))
        matched.append(text[from_:until])
        right.append(text[until:to].translate(_ONE_LINE))
    table = pd.DataFrame(
        {
            "article_id": pd.Series(ids[article], dtype="str"),
            "sentence_id": tokens["sentence_id"].to_numpy(dtype=np.int64)[head],
            "start": start,
            "end": end,
            "pattern": pd.Series([patterns[at] for at in which], dtype="str"),
            "kind": pd.Series(tokens["kind"].to_numpy(dtype=object)[head], dtype="str"),
            "left": pd.Series(left, dtype="str"),
            "match": pd.Series(matched, dtype="str"),
            "right": pd.Series(right, dtype="str"),
        }
    )
    table.attrs = {
        "table": "concordance",
        "patterns": patterns,
        "match": match,
        "ignore_punctuation": ignore_punctuation,
        "width": width,
        "unit": unit,
        "total": int(sum(len(places) for places, _ in found)),
        "shown": len(table),
        "n_articles": len(articles),
    }
    return table


def _words_around(
    sequence: TokenSequence,
    start_of: Codes,
    end_of: Codes,
    places: tuple[Codes, Codes, Codes],
    width: int,
) -> tuple[Codes, Codes]:
    """Return the offsets of the ``width``-th word before and after each place.

    ``places`` are articles, starts and ends.
    """
    article, start, end = places
    if not len(article) or not len(sequence.row) or not width:
        return start, end
    starts, ends = start_of[sequence.row], end_of[sequence.row]
    # Article and offset in one rising number, to look up all places at once.
    span = int(ends.max()) + 1
    keys = sequence.article * span + starts
    article_first = np.searchsorted(keys, article * span)
    article_last = np.searchsorted(keys, (article + 1) * span) - 1
    before = np.searchsorted(keys, article * span + start) - width
    after = np.searchsorted(keys, article * span + end) + width - 1
    # An article of punctuation alone has no word to reach for.
    has_words = article_first <= article_last
    nearest_left = np.minimum(np.maximum(before, article_first), len(keys) - 1)
    nearest_right = np.maximum(np.minimum(after, article_last), 0)
    left_from = np.where(has_words, np.minimum(starts[nearest_left], start), start)
    right_to = np.where(has_words, np.maximum(ends[nearest_right], end), end)
    return left_from, right_to
