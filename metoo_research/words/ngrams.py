"""Words that follow one another: n-grams and skip-grams.

References
----------
Guthrie, D., Allison, B., Liu, W., Guthrie, L., & Wilks, Y. (2006). A closer look at skip-gram
modelling. *Proceedings of LREC 2006*, 1222-1225.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    COUNTED_KINDS,
    Codes,
    article_codes,
    article_groups,
    by_columns,
    checked_kinds,
    code_point_order,
    codes_and_values,
    groups_named,
    is_of_kinds,
    require_columns,
)
from metoo_research.words._spread import spread_over_articles
from metoo_research.words.stop_words import StopList, resolve_stop_words

_FORMULAS = {
    "per_million": "1,000,000 * count / ngrams_counted",
    "rank": "count descending, ties share the lowest rank",
    "dispersion_dp": "DP over articles, their sizes in n-grams (Gries 2008)",
    "dispersion_dp_norm": "DP / (1 - min(s)) (Lijffijt & Gries 2012)",
}
_COLUMNS = (
    "ngram",
    "n",
    "count",
    "per_million",
    "rank",
    "articles_containing",
    "dispersion_dp",
    "dispersion_dp_norm",
    "ngrams_counted",
    "articles_counted",
)
_SHORTEST, _LONGEST = 2, 5
_MOST_SKIPPED = 5


def ngram_frequency(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    n: int | Sequence[int] = 2,
    skip: int = 0,
    by: str | Sequence[str] | None = None,
    kinds: Collection[TokenKind] = COUNTED_KINDS,
    stop_words: str | Collection[str] | None = None,
    min_count: int = 1,
    across_punctuation: bool = False,
) -> Result:
    """Count runs of ``n`` words, or skip-grams, in the corpus or in each group of articles.

    An n-gram never crosses the end of a sentence (and so of a passage), a stop word, or a
    token of another kind: what is left out leaves a gap. Closing the gap would report
    neighbours that no article has ("research on cancer" is no "research cancer"); it is what
    quanteda does without ``padding = TRUE``. A gap is not skipped by a skip-gram either.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``sentence_id``, ``start``, ``word`` (normal
        form), ``kind``.
    articles
        One row per article: ``article_id`` and the columns named in ``by``.
    n
        Words in an n-gram, from 2 to 5; several numbers are counted one by one.
    skip
        Words that may be left out inside an n-gram, in all its places together (k-skip-
        n-grams; Guthrie et al. 2006, NLTK's ``skipgrams``); quanteda's ``skip`` holds for
        each place on its own. 0 counts neighbours only, 1 counts them and those with one
        word between.
    by
        Column or columns of ``articles`` that make the groups; ``None`` for the corpus.
    kinds
        Kinds of tokens that n-grams are made of.
    stop_words
        Words no n-gram holds: a language code, a `StopList` or words of your own.
    min_count
        N-grams with a lower count in their group are left out.
    across_punctuation
        Whether punctuation within a sentence is passed over; by default n-grams end at a
        comma or a quotation mark.

    Returns
    -------
    One row per group and n-gram, groups in the order of their first article, within a group
    by ``n``, then count descending, then n-gram (by code point):

    ``by`` columns
        The group.
    ``ngram``, ``n``
        The words in normal form, joined by a blank; how many they are.
    ``count``
        Occurrences in the group; they may overlap ("no no" stands twice in "no no no").
    ``per_million``
        Occurrences per million of ``ngrams_counted``.
    ``rank``
        Among the n-grams of the same ``n`` in the group; equal counts share the lowest rank.
    ``articles_containing``
        Articles of the group in which the n-gram occurs.
    ``dispersion_dp``, ``dispersion_dp_norm``
        Gries' DP over the articles of the group, with their n-grams as sizes. NaN where
        fewer than two articles of the group hold n-grams.
    ``ngrams_counted``, ``articles_counted``
        All occurrences of n-grams of this ``n`` and ``skip`` in the group, rare ones too;
        articles in the group, those without n-grams too.

    Raises
    ------
    TableError
        If a column is missing, a token belongs to no article, or an option has no meaning.
    """
    lengths = _checked_lengths(n)
    if not 0 <= skip <= _MOST_SKIPPED:
        raise TableError(f"skip is a whole number from 0 to {_MOST_SKIPPED}, not {skip!r}")
    if min_count < 1:
        raise TableError(f"min_count is a whole number from 1 on, not {min_count!r}")
    grouping = by_columns(by)
    kinds = checked_kinds(kinds)
    stop_list = resolve_stop_words(stop_words)
    group_of_article, groups = article_groups(articles, grouping, taken=_COLUMNS)
    runs = _Runs(
        tokens,
        articles,
        kinds=kinds,
        stop_list=stop_list,
        across_punctuation=across_punctuation,
    )
    made = [
        _counted(runs, length, skip, group_of_article, groups, min_count) for length in lengths
    ]
    table = pd.concat([part for part, _ in made], ignore_index=True)
    # Stable, so that the order within a group and length stays.
    order = np.argsort(table["group"].to_numpy(), kind="stable")
    table = table.iloc[order].reset_index(drop=True)
    group = table.pop("group").to_numpy(dtype=np.int64)
    table = pd.concat([groups.iloc[group].reset_index(drop=True), table], axis=1)
    settings = {
        "table": "ngram_frequency",
        "n": lengths,
        "skip": skip,
        "by": grouping,
        "kinds": list(kinds),
        "stop_words": None if stop_list is None else stop_list.settings(),
        "min_count": min_count,
        "across_punctuation": across_punctuation,
        "formulas": dict(_FORMULAS),
        "tokenizer": tokens.attrs.get("tokenizer"),
        "n_articles": len(articles),
        "n_tokens": len(runs.word),
        "left_out": {
            "min_count": {
                "rows": sum(len(rare) for _, rare in made),
                "occurrences": sum(int(rare.sum()) for _, rare in made),
            },
            "stop_words": {"tokens": runs.stopped},
            "other_kinds": {"tokens": len(tokens) - len(runs.word) - runs.stopped},
        },
        "groups_without_rows": groups_named(
            groups, grouping, ~np.isin(np.arange(len(groups)), group)
        ),
    }
    return result(table, settings)


class _Runs:
    """The words that n-grams are made of, in reading order, and the run each belongs to."""

    def __init__(
        self,
        tokens: pd.DataFrame,
        articles: pd.DataFrame,
        *,
        kinds: tuple[TokenKind, ...],
        stop_list: StopList | None,
        across_punctuation: bool,
    ) -> None:
        require_columns(
            tokens, ["article_id", "sentence_id", "start", "word", "kind"], name="tokens"
        )
        article = article_codes(tokens, articles, name="tokens")
        sentence = tokens["sentence_id"].to_numpy(dtype=np.int64)
        word, self.vocabulary = codes_and_values(tokens["word"])
        of_kind = is_of_kinds(tokens, kinds)
        if (word[of_kind] < 0).any():
            where = articles["article_id"].iloc[int(article[of_kind & (word < 0)][0])]
            raise TableError(f"article {where!r} has a token to count without a word")
        kept = of_kind
        if stop_list is not None:
            listed = np.fromiter((one in stop_list for one in self.vocabulary), dtype=bool)
            kept = of_kind & ~np.append(listed, False)[word]
        self.stopped = int(of_kind.sum() - kept.sum())

        order = np.lexsort((tokens["start"].to_numpy(dtype=np.int64), article))
        if across_punctuation and "punctuation" not in kinds:
            order = order[~is_of_kinds(tokens, ["punctuation"])[order]]
        # A run ends where the next word is not the next token, or in another sentence.
        place = np.flatnonzero(kept[order])
        order = order[place]
        self.article, self.word = article[order], word[order]
        sentence = sentence[order]
        ends = np.diff(place) != 1
        ends |= np.diff(self.article) != 0
        ends |= np.diff(sentence) != 0
        self.run = np.concatenate([[0], np.cumsum(ends)])[: len(order)]

    def windows(self, n: int, skip: int) -> Iterator[tuple[Codes, tuple[int, ...]]]:
        """Where n-grams begin, for each way to choose their words: offsets from there."""
        for offsets in combinations(range(1, n + skip), n - 1):
            last = len(self.run) - offsets[-1]
            same = self.run[: max(last, 0)] == self.run[offsets[-1] :]
            yield np.flatnonzero(same).astype(np.int64), (0, *offsets)


def _numbered(runs: _Runs, n: int, skip: int) -> tuple[Codes, Codes, Codes]:
    """Article and number of every n-gram; and the words of each number, one row each."""
    windows = list(runs.windows(n, skip))
    words = np.concatenate(
        [
            runs.word[first[:, None] + np.asarray(offsets, dtype=np.int64)]
            for first, offsets in windows
        ]
    ).astype(np.int64)
    article = np.concatenate([runs.article[first] for first, _ in windows])
    key = words[:, 0]
    for at in range(1, n):
        # Numbered anew at each step, so that no product passes 64 bits.
        key = pd.factorize(key * max(len(runs.vocabulary), 1) + words[:, at])[0].astype(
            np.int64
        )
    first_seen = np.unique(key, return_index=True)[1]
    return article.astype(np.int64), key, words[first_seen]


def _counted(
    runs: _Runs,
    n: int,
    skip: int,
    group_of_article: Codes,
    groups: pd.DataFrame,
    min_count: int,
) -> tuple[pd.DataFrame, Codes]:
    """Rows of the n-grams of one length, and the counts of those under ``min_count``."""
    n_articles, n_groups = len(group_of_article), len(groups)
    article, key, words = _numbered(runs, n, skip)
    n_keys = max(len(words), 1)
    sizes = np.bincount(article, minlength=n_articles).astype(np.int64)
    pairs, pair_count = np.unique(article * n_keys + key, return_counts=True)
    article, key = pairs // n_keys, pairs % n_keys
    rows, row = np.unique(group_of_article[article] * n_keys + key, return_inverse=True)
    group, row_key = rows // n_keys, rows % n_keys
    spread = spread_over_articles(
        row,
        article,
        pair_count.astype(np.int64),
        row_group=group,
        group_of_article=group_of_article,
        article_sizes=sizes,
        n_groups=n_groups,
    )
    count = spread.total()
    frequent = count >= min_count
    vocabulary = runs.vocabulary
    of_group = np.bincount(group_of_article, minlength=n_groups).astype(np.int64)
    ranks = pd.Series(count).groupby(group).rank(method="min", ascending=False)
    spelled = [
        " ".join(vocabulary[one] for one in line) for line in words[row_key[frequent]].tolist()
    ]
    table = pd.DataFrame(
        {
            "group": group[frequent],
            "ngram": pd.Series(spelled, dtype="str"),
            "n": np.full(int(frequent.sum()), n, dtype=np.int64),
            "count": count[frequent],
            "per_million": (1_000_000 * count / spread.tokens)[frequent],
            "rank": ranks.to_numpy()[frequent].astype(np.int64),
            "articles_containing": spread.parts_containing()[frequent],
            "dispersion_dp": spread.dp()[frequent],
            "dispersion_dp_norm": spread.dp_norm()[frequent],
            "ngrams_counted": spread.tokens[frequent],
            "articles_counted": of_group[group[frequent]],
        }
    )
    order = np.lexsort((code_point_order(table["ngram"]), -table["count"], table["group"]))
    return table.iloc[order], count[~frequent]


def _checked_lengths(n: int | Sequence[int]) -> list[int]:
    lengths = [n] if isinstance(n, int) else list(dict.fromkeys(n))
    if not lengths or any(not _SHORTEST <= length <= _LONGEST for length in lengths):
        raise TableError(
            f"n is a whole number from {_SHORTEST} to {_LONGEST}, or several, not {n!r}; "
            "single words are counted by word_frequency"
        )
    return sorted(lengths)
