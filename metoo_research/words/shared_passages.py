"""Passages that stand in several articles: which words, where, and in how many."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TOKENIZER_VERSION, TokenKind, quotation_spans, tokenize
from metoo_research.words._counting import (
    Codes,
    article_codes,
    article_index,
    codes_and_values,
    is_of_kinds,
    require_columns,
)

# What a reader takes for words; marks differ between outlets and do not count.
_KINDS: Final[tuple[TokenKind, ...]] = ("word", "number", "hashtag", "mention")
# So many places of a run of words are looked at to tell whether two runs belong together.
_MOST_PLACES: Final = 64

Bools: TypeAlias = NDArray[np.bool_]


def shared_passages(
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    min_words: int = 6,
    max_gap: int = 2,
) -> Result:
    """Find sentences, quotations and other stretches of words that several articles have.

    Words are compared in normal form, without punctuation. A stretch is as long as the
    articles go on alike, over the ends of sentences too, but not from one kind of passage
    into another or over a passage that ``sentences`` leaves out.

    Parameters
    ----------
    sentences
        One row per sentence: ``article_id``, ``sentence_id``, ``start``, ``text``, and
        where known ``kind`` and ``passage_id``.
    articles
        One row per article: ``article_id``, ``text``. Copies of an article share all of
        it; leave them out (`unique`) to see what different articles share.
    min_words
        Fewer words in a row are no passage. Under 6, phrases of the language appear.
    max_gap
        Two stretches that stand in the same order in the same articles, at most so many
        words apart in each, are one passage: a word changed or left out does not cut it.

    Returns
    -------
    One row per passage and place, passages in most articles first, then the longest, then
    by place; within a passage by article and place:

    ``passage_id``
        Counted from 0. Its places are the same words, or nearly: an article may have a part
        of what others have.
    ``article_id``, ``sentence_id``
        Of the place; the sentence in which it begins.
    ``start``, ``end``, ``text``
        Offsets into the article's text, and ``text[start:end]``, from the first word to the
        last.
    ``words``
        Words of the place.
    ``articles``
        Articles that have the passage.
    ``quoted``
        Whether more than half of these words stand in double quotation marks.
    ``identical``
        Whether its words are exactly those of the passage's longest place.

    Raises
    ------
    TableError
        If a column is missing, an option has no meaning, or a sentence is not the text of
        its article.
    """
    if min_words < 2:
        raise TableError(f"min_words is a whole number from 2 on, not {min_words!r}")
    if max_gap < 0:
        raise TableError(f"max_gap cannot be negative: {max_gap!r}")
    require_columns(sentences, ["article_id", "sentence_id", "start", "text"], name="sentences")
    require_columns(articles, ["article_id", "text"], name="articles")
    words = _Words(sentences, articles)
    grams = _grams(words.word, words.stretch, min_words)
    longer = _grams(words.word, words.stretch, min_words + 1)
    runs = _runs(words, grams, longer, min_words, max_gap)
    passages = _passages(runs, grams, min_words)

    rows = []
    for places in passages:
        held = {int(words.article[first]) for first, _ in places}
        longest = max(places, key=lambda place: (place[1] - place[0], -place[0]))
        model = words.word[longest[0] : longest[1]].tolist()
        rows.append((len(held), longest[1] - longest[0], places, model))
    rows.sort(key=lambda row: (-row[0], -row[1], row[2][0]))
    texts = articles["text"].to_numpy(dtype=object)
    ids = article_index(articles)
    table = pd.DataFrame(
        [
            (
                number,
                ids[words.article[first]],
                int(words.sentence_id[first]),
                int(words.start[first]),
                int(words.end[last - 1]),
                texts[words.article[first]][words.start[first] : words.end[last - 1]],
                last - first,
                n_articles,
                bool(2 * words.quoted[first:last].sum() > last - first),
                words.word[first:last].tolist() == model,
            )
            for number, (n_articles, _, places, model) in enumerate(rows)
            for first, last in places
        ],
        columns=[
            "passage_id", "article_id", "sentence_id", "start", "end", "text", "words",
            "articles", "quoted", "identical",
        ],
    ).astype(
        {"article_id": "str", "text": "str", "quoted": "bool", "identical": "bool"}
        | dict.fromkeys(("passage_id", "sentence_id", "start", "end"), "int64")
        | dict.fromkeys(("words", "articles"), "int64")
    )  # fmt: skip
    return result(
        table,
        {
            "table": "shared_passages",
            "min_words": min_words,
            "max_gap": max_gap,
            "passages": len(rows),
            "kinds": list(_KINDS),
            "tokenizer": TOKENIZER_VERSION,
            "n_articles": len(articles),
            "n_tokens": len(words.word),
        },
    )


class _Words:
    """The words of all sentences in reading order, as codes, with their places."""

    def __init__(self, sentences: pd.DataFrame, articles: pd.DataFrame) -> None:
        article = article_codes(sentences, articles, name="sentences")
        number = sentences["sentence_id"].to_numpy(dtype=np.int64)
        begin = sentences["start"].to_numpy(dtype=np.int64)
        order = np.lexsort((begin, article))
        self._check(sentences, articles, article, begin)
        stretch = self._stretches(sentences, article, number, order)

        tokens = tokenize(sentences)
        tokens = tokens[is_of_kinds(tokens, _KINDS)]
        of_word = article_codes(tokens, articles, name="sentences")
        start = tokens["start"].to_numpy(dtype=np.int64)
        in_order = np.lexsort((start, of_word))
        span = int(number.max(initial=0)) + 1
        known = pd.Index(article * span + number)
        if known.has_duplicates:
            raise TableError("a sentence stands twice in the sentences table; keep one row")
        sentence = tokens["sentence_id"].to_numpy(dtype=np.int64)
        rows = known.get_indexer(pd.Index((of_word * span + sentence)[in_order]))
        self.word: Codes = codes_and_values(tokens["word"])[0][in_order]
        self.start: Codes = start[in_order]
        self.end: Codes = tokens["end"].to_numpy(dtype=np.int64)[in_order]
        self.article: Codes = article[rows]
        self.sentence_id: Codes = number[rows]
        self.stretch: Codes = stretch[rows]
        quotations = self._quotations(sentences, articles, article, begin, order)
        self.quoted: Bools = _inside(quotations, self.article, self.start)

    @staticmethod
    def _check(
        sentences: pd.DataFrame, articles: pd.DataFrame, article: Codes, begin: Codes
    ) -> None:
        texts = articles["text"].to_numpy(dtype=object)
        for of, start, text in zip(
            article.tolist(), begin.tolist(), sentences["text"].tolist(), strict=True
        ):
            whole = texts[of]
            if not isinstance(whole, str) or whole[start : start + len(text)] != text:
                raise TableError(
                    f"article {articles['article_id'].iloc[of]!r} has another text at {start}; "
                    "pass the articles that the sentences were made from"
                )

    @staticmethod
    def _stretches(
        sentences: pd.DataFrame, article: Codes, number: Codes, order: NDArray[np.intp]
    ) -> Codes:
        """Number sentences that follow one another in one kind of passage alike."""
        kind = (
            codes_and_values(sentences["kind"])[0]
            if "kind" in sentences.columns
            else np.zeros(len(sentences), dtype=np.int64)
        )
        changes = np.ones(len(order), dtype=bool)
        changes[1:] = (
            (np.diff(article[order]) != 0)
            | (np.diff(number[order]) != 1)
            | (np.diff(kind[order]) != 0)
        )
        stretch = np.empty(len(order), dtype=np.int64)
        stretch[order] = np.cumsum(changes)
        return stretch

    @staticmethod
    def _quotations(
        sentences: pd.DataFrame,
        articles: pd.DataFrame,
        article: Codes,
        begin: Codes,
        order: NDArray[np.intp],
    ) -> dict[int, list[tuple[int, int]]]:
        """Quotations of each article: a mark opens and closes within its passage."""
        texts = articles["text"].to_numpy(dtype=object)
        length = np.asarray([len(text) for text in sentences["text"]], dtype=np.int64)
        passage = (
            codes_and_values(sentences["passage_id"])[0]
            if "passage_id" in sentences.columns
            else np.arange(len(sentences))
        )
        bounds: dict[tuple[int, int], tuple[int, int]] = {}
        for at in order.tolist():
            key = int(article[at]), int(passage[at])
            first = bounds.get(key, (int(begin[at]), 0))[0]
            bounds[key] = first, int(begin[at] + length[at])
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (of, _), (first, last) in sorted(bounds.items(), key=lambda item: item[1]):
            spans[of] += [
                (first + left, first + right)
                for left, right in quotation_spans(texts[of][first:last])
            ]
        return spans


def _inside(spans: dict[int, list[tuple[int, int]]], article: Codes, start: Codes) -> Bools:
    """Whether each word begins in a quotation."""
    inside = np.zeros(len(start), dtype=bool)
    bounds = np.searchsorted(article, np.arange(max(spans, default=-1) + 2))
    for of, quotations in spans.items():
        words = slice(bounds[of], bounds[of + 1])
        for left, right in quotations:
            first, last = np.searchsorted(start[words], [left, right]) + bounds[of]
            inside[first:last] = True
    return inside


def _grams(word: Codes, stretch: Codes, size: int) -> Codes:
    """Number the runs of ``size`` words by what they say; -1 where a stretch ends before."""
    n = len(word) - size + 1
    if n <= 0:
        return np.full(len(word), -1, dtype=np.int64)
    n_words = int(word.max()) + 1
    code = word.copy()
    for offset in range(1, size):
        # Numbered anew in each step, so that codes are exact and never grow out of 64 bits.
        joined = code[: len(word) - offset] * n_words + word[offset:]
        code = pd.factorize(joined)[0].astype(np.int64)
    whole = stretch[:n] == stretch[size - 1 :]
    return np.concatenate([np.where(whole, code, -1), np.full(size - 1, -1, dtype=np.int64)])


def _is_shared(gram: Codes, article: Codes) -> Bools:
    """Whether the run of words that begins at each place stands in two articles or more."""
    shared = np.zeros(len(gram), dtype=bool)
    held = gram >= 0
    if held.any():
        n_articles = int(article.max()) + 1
        pairs = np.unique(gram[held] * n_articles + article[held])
        shared[held] = np.bincount(pairs // n_articles)[gram[held]] > 1
    return shared


def _runs(
    words: _Words, grams: Codes, longer: Codes, size: int, max_gap: int
) -> list[list[tuple[int, int]]]:
    """Stretches of words that stand elsewhere too, each a list of parts to merge.

    A part is first and last place at which a shared run of ``size`` words begins. Two such
    places that follow one another belong together only where another article has both in
    a row, that is, where the run of one word more is shared.
    """
    shared, goes_on = _is_shared(grams, words.article), _is_shared(longer, words.article)
    begins = shared.copy()
    begins[1:] &= ~(shared[:-1] & goes_on[:-1])
    ends = shared & ~goes_on
    parts = list(
        zip(np.flatnonzero(begins).tolist(), np.flatnonzero(ends).tolist(), strict=True)
    )
    places_of = _places_of(grams, shared)
    runs: list[list[tuple[int, int]]] = []
    for part in parts:
        if runs and _belong_together(
            words, grams, places_of, runs[-1][-1], part, size, max_gap
        ):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _places_of(grams: Codes, shared: Bools) -> dict[int, list[int]]:
    places: dict[int, list[int]] = defaultdict(list)
    for place in np.flatnonzero(shared).tolist():
        held = places[int(grams[place])]
        if len(held) < _MOST_PLACES:
            held.append(place)
    return places


def _belong_together(
    words: _Words,
    grams: Codes,
    places_of: dict[int, list[int]],
    before: tuple[int, int],
    after: tuple[int, int],
    size: int,
    max_gap: int,
) -> bool:
    """Whether another article has both parts too, in this order and as near."""
    end, begin = before[1], after[0]
    if words.stretch[end] != words.stretch[begin] or begin - end > size + max_gap:
        return False
    others = sorted(places_of[int(grams[begin])])
    for place in places_of[int(grams[end])]:
        if words.article[place] == words.article[end]:
            continue
        at = bisect_right(others, place)
        if at < len(others):
            other = others[at]
            near = other - place <= size + max_gap
            if near and words.stretch[other] == words.stretch[place]:
                return True
    return False


def _passages(
    runs: list[list[tuple[int, int]]], grams: Codes, size: int
) -> list[list[tuple[int, int]]]:
    """Bring runs together that have a run of words in common; places in reading order."""
    joined: list[int] = list(range(len(runs)))

    def root(number: int) -> int:
        while joined[number] != number:
            joined[number] = joined[joined[number]]
            number = joined[number]
        return number

    holder: dict[int, int] = {}
    for number, run in enumerate(runs):
        for first, last in run:
            # Only where shared runs begin: a run may overlap the next, which says other things.
            for gram in grams[first : last + 1].tolist():
                other = holder.setdefault(gram, number)
                one, two = sorted((root(number), root(other)))
                joined[two] = one
    together: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, run in enumerate(runs):
        together[root(number)].append((run[0][0], run[-1][1] + size))
    return list(together.values())
