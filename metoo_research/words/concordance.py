"""Concordance: every place of a word or phrase, with the text around it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import Codes, checked_kinds, require_columns
from metoo_research.words.matching import (
    Match,
    TokenSequence,
    find_all,
    pattern_list,
    token_sequence,
)

Sort: TypeAlias = Literal["text", "left", "right", "match"]

# One character for one, so that the context keeps its length and offsets can be counted back.
_ONE_LINE = str.maketrans(dict.fromkeys("\n\r\t\v\f\x85\u2028\u2029", " "))
# So many words of the context decide the order; places with as many in common stay in the
# order of the text.
_SORTED_WORDS = 8


def concordance(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    pattern: str | Sequence[str],
    *,
    match: Match = "glob",
    ignore_punctuation: bool = False,
    kinds: Collection[TokenKind] | None = None,
    width: int = 40,
    unit: Literal["characters", "words"] = "characters",
    sort: Sort = "text",
    limit: int | None = None,
) -> Result:
    r"""Find the places of words and phrases (key word in context).

    Words are compared with the normal form of the tokens: case and the shape of apostrophes
    do not matter, and a possessive 's is no part of the word ("women" finds "women's"). A
    pattern of several words is a phrase; its words follow one another within one sentence.
    Punctuation in a pattern is looked for like a word ("me, too"). So a word of
    `word_frequency` has, with ``match="exact"``, as many rows as its count.

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
        themselves. ``"regex"``: the pattern is a regular expression (of the ``regex``
        package), looked for in the text of each sentence, not word by word: ``\bwom[ae]n\b``,
        ``\d+ (men|women)``. ``^`` and ``$`` are the ends of the sentence, a line break is a
        blank, case and the shape of apostrophes do not matter (``(?-i:Time)`` where case
        does), and matches of one pattern do not overlap. A match may be part of a word.
    ignore_punctuation
        Let a phrase run over punctuation: "me too" and "me, too" then both find "me too"
        and "Me, too". Not for regular expressions.
    kinds
        Give only places that begin with a token of these kinds; ``None`` gives all. A word
        that `word_frequency` has in two kinds (say, as word and as number) has the rows of
        one of them.
    width
        How much text to show on each side.
    unit
        What ``width`` counts: characters, or tokens that are not punctuation ("words").
    sort
        ``"text"``: articles in their order, then the order of the text. ``"left"``: by the
        words to the left, the nearest first. ``"right"``: by the words to the right, the
        nearest first. ``"match"``: by the words of the match, then by those to the right.
        Words are compared by code point in their normal form, up to 8 of them; punctuation
        does not count; where the article begins or ends comes first.
    limit
        Give the first ``limit`` rows only; the result says how many there are ("25 of 79
        places").

    Returns
    -------
    One row per place and pattern, in the order of ``sort``: ``article_id``,
    ``sentence_id``, ``start``, ``end`` (offsets into the article's text), ``pattern``,
    ``kind`` (of the token it begins in), ``left``, ``match``, ``right``. ``match`` is
    ``text[start:end]``; in ``left`` and ``right`` line breaks are blanks, one for one. The
    context may reach over the sentence and into passages that ``tokens`` leaves out.
    ``attrs["total"]`` is the number of places, ``attrs["shown"]`` the number of rows,
    ``attrs["patterns_without_places"]`` names the patterns that do not occur.

    Raises
    ------
    TableError
        If a column is missing, a pattern is empty, is no regular expression or takes too
        long to look for (at least 5 seconds), or an article with a hit has no text.
    """
    if width < 0:
        raise TableError(f"width cannot be negative: {width!r}")
    if limit is not None and limit < 0:
        raise TableError(f"limit cannot be negative: {limit!r}")
    if unit not in ("characters", "words"):
        raise TableError(f"unit is 'characters' or 'words', not {unit!r}")
    if sort not in get_args(Sort):
        raise TableError(f"sort is {', '.join(map(repr, get_args(Sort)))}, not {sort!r}")
    require_columns(articles, ["article_id", "text"], name="articles")
    sequence = token_sequence(tokens, articles, ignore_punctuation=ignore_punctuation)
    patterns = pattern_list(pattern)
    of_kinds = None if kinds is None else checked_kinds(kinds)

    found = find_all(sequence, articles, patterns, match)
    first = np.concatenate([places.first for places in found])
    start = np.concatenate([places.start for places in found])
    end = np.concatenate([places.end for places in found])
    which = np.repeat(np.arange(len(found)), [len(places.first) for places in found])
    if of_kinds is not None:
        wanted = tokens["kind"].isin(of_kinds).to_numpy(dtype=bool)[sequence.row[first]]
        first, start, end, which = first[wanted], start[wanted], end[wanted], which[wanted]
    total = len(first)
    with_places = set(which.tolist())
    words = (
        sequence
        if ignore_punctuation or (unit == "characters" and sort == "text")
        else token_sequence(tokens, articles, ignore_punctuation=True)
    )
    order = np.lexsort((which, end, start, sequence.article[first]))
    if sort != "text":
        places = sequence.article[first[order]], start[order], end[order]
        order = order[_order_of_words(words, places, sort)]
    order = order[:limit]
    first, start, end, which = first[order], start[order], end[order], which[order]

    article, head = sequence.article[first], sequence.row[first]
    if unit == "words":
        left_from, right_to = _words_around(words, (article, start, end), width)
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
    return result(
        table,
        {
            "table": "concordance",
            "rows": f"{len(table):,} of {total:,} places",
            "patterns": patterns,
            "patterns_without_places": [
                one for at, one in enumerate(patterns) if at not in with_places
            ],
            "match": match,
            "ignore_punctuation": ignore_punctuation,
            "kinds": "all" if of_kinds is None else list(of_kinds),
            "sort": sort,
            "width": width,
            "unit": unit,
            "total": total,
            "shown": len(table),
            "tokenizer": tokens.attrs.get("tokenizer"),
            "n_articles": len(articles),
            "n_tokens": len(tokens),
        },
    )


def _order_of_words(
    words: TokenSequence, places: tuple[Codes, Codes, Codes], sort: Sort
) -> NDArray[np.intp]:
    """Order of places, given in the order of the text, by the words in or beside them."""
    article, start, end = places
    by_code_point = sorted(
        range(len(words.vocabulary)), key=lambda at: str(words.vocabulary[at])
    )
    rank = np.empty(len(by_code_point) + 1, dtype=np.int64)
    rank[by_code_point] = np.arange(len(by_code_point))
    rank[-1] = -1  # a token without a word has code -1
    keys = words.place_keys(words.article, words.start)
    begin = np.searchsorted(keys, words.place_keys(article, start))
    behind = np.searchsorted(keys, words.place_keys(article, end))

    def rank_at(place: Codes, counts: NDArray[np.bool_]) -> Codes:
        inside = counts & (place >= 0) & (place < len(keys))
        place = np.where(inside, place, 0)
        if not len(keys):
            return np.full(len(place), -1, dtype=np.int64)
        inside &= words.article[place] == article
        return np.where(inside, rank[words.word[place]], -1)

    always = np.ones(len(article), dtype=bool)
    levels: list[Codes] = []
    if sort == "left":
        levels = [rank_at(begin - 1 - at, always) for at in range(_SORTED_WORDS)]
    else:
        if sort == "match":
            levels = [rank_at(begin + at, begin + at < behind) for at in range(_SORTED_WORDS)]
        levels += [rank_at(behind + at, always) for at in range(_SORTED_WORDS)]
    return np.lexsort(levels[::-1])


def _words_around(
    words: TokenSequence, places: tuple[Codes, Codes, Codes], width: int
) -> tuple[Codes, Codes]:
    """Return the offsets of the ``width``-th word before and after each place.

    ``places`` are articles, starts and ends.
    """
    article, start, end = places
    if not len(article) or not len(words.row) or not width:
        return start, end
    keys = words.place_keys(words.article, words.start)
    article_first = np.searchsorted(words.article, article, side="left")
    article_last = np.searchsorted(words.article, article, side="right") - 1
    before = np.searchsorted(keys, words.place_keys(article, start)) - width
    after = np.searchsorted(keys, words.place_keys(article, end)) + width - 1
    # An article of punctuation alone has no word to reach for.
    has_words = article_first <= article_last
    nearest_left = np.minimum(np.maximum(before, article_first), len(keys) - 1)
    nearest_right = np.maximum(np.minimum(after, article_last), 0)
    left_from = np.where(has_words, np.minimum(words.start[nearest_left], start), start)
    right_to = np.where(has_words, np.maximum(words.end[nearest_right], end), end)
    return left_from, right_to
