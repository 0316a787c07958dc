"""Collocations: words that stand together more often than their frequencies tell.

References
----------
Blaheta, D., & Johnson, M. (2001). Unsupervised learning of multi-word verbs. *Proceedings of
the ACL/EACL Workshop on Collocation*, 54-60.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import COUNTED_KINDS, checked_kinds, code_point_order
from metoo_research.words._spread import spread_over_articles
from metoo_research.words._word_windows import (
    Counted,
    Sequences,
    count_sentences,
    count_windows,
)
from metoo_research.words.association import (
    expected_pairs,
    pair_chi_squared,
    pair_information,
    pair_log_dice,
    pair_log_likelihood,
    pair_poisson_stirling,
    pair_t_score,
    pair_table,
)
from metoo_research.words.contingency import Numbers, divide
from metoo_research.words.stop_words import resolve_stop_words

_FORMULAS = {
    "lambda": "k-way interaction of the saturated log-linear model (Blaheta & Johnson 2001)",
    "z": "lambda over its standard error",
    "log_likelihood": "four-cell G2 (Dunning 1993)",
    "pmi": "log2 of observed over expected (Church & Hanks 1990)",
    "t_score": "(observed - expected) / sqrt(observed) (Manning & Schütze 1999)",
    "chi_squared": "Pearson, without correction",
    "log_dice": "14 + log2 of Dice's coefficient (Rychlý 2008)",
    "poisson_stirling": "n (ln(n / expected) - 1) (Quasthoff & Wolff 2002)",
    "dispersion_dp": "DP over articles, their sizes in windows (Gries 2008)",
}
_PAIR_MEASURES = {
    "log_likelihood": pair_log_likelihood,
    "pmi": pair_information,
    "t_score": pair_t_score,
    "chi_squared": pair_chi_squared,
    "log_dice": pair_log_dice,
    "poisson_stirling": pair_poisson_stirling,
}
_SHORTEST, _LONGEST = 2, 5
_WIDEST_SPAN = 50


def collocations(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    size: int | Sequence[int] = 2,
    within: Literal["adjacent", "sentence"] | int = "adjacent",
    kinds: Collection[TokenKind] = COUNTED_KINDS,
    stop_words: str | Collection[str] | None = None,
    min_count: int = 2,
    smoothing: float = 0.5,
) -> Result:
    """Find words that stand together more often than chance would have them.

    A collocation never crosses the end of a sentence (and so of a passage), punctuation, or a
    removed word. A removed word (a stop word, a token of another kind) keeps its place:
    windows that hold one count as windows with some other word there, as in quanteda with
    ``padding = TRUE``. Punctuation ends a window, as in quanteda. NLTK's finders do neither,
    and count all occurrences of a word, those without a neighbour too; their numbers differ
    in the margins, while the formulas are the same.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``sentence_id``, ``start``, ``word`` (normal
        form), ``kind``.
    articles
        One row per article: ``article_id``.
    size
        Words in a collocation, from 2 to 5; several numbers are counted one by one.
    within
        ``"adjacent"``: words in a row. A number: two words at most so many places apart, the
        first before the second; 1 is the same as adjacent. ``"sentence"``: two words of one
        sentence in any order, punctuation and removed words between them or not, counted in
        sentences. The last two are for a size of 2.
    kinds
        Kinds of tokens that collocations are made of.
    stop_words
        Words no collocation holds: a language code, a `StopList` or words of your own.
    min_count
        Collocations with a lower count are left out.
    smoothing
        Added to each cell for ``lambda`` and ``z``.

    Returns
    -------
    One row per collocation, by size, then ``z`` descending, ties by collocation (code point):

    ``collocation``, ``size``
        The words in normal form, joined by a blank (for a sentence, by code point); how many.
    ``count``
        Occurrences; for ``"sentence"``, sentences that hold both.
    ``lambda``, ``z``
        Σ (-1)^(k - b) ln n over the 2ᵏ patterns in which a window can agree with the
        collocation in b of its k places, n the number of such windows plus smoothing; and
        lambda over √Σ 1/n. Both as quanteda has them.
    ``expected``, ``log_likelihood``, ``pmi``, ``t_score``, ``chi_squared``, ``log_dice``,
    ``poisson_stirling``
        Occurrences to be expected by chance, and the measures of `association`, for two
        words; NaN for more. Their margins are windows: ``n_ix`` those that begin with the
        first word.
    ``articles_containing``
        Articles in which the collocation stands.
    ``dispersion_dp``
        Gries' DP over the articles, their windows as sizes; NaN where fewer than two articles
        hold windows.

    ``attrs["n_windows"]`` counts the windows of each size, for ``"sentence"`` the sentences
    that hold a word.

    Raises
    ------
    TableError
        If a column is missing, a token belongs to no article, or an option has no meaning.
    """
    sizes = _checked_sizes(size)
    _check_options(sizes, within, min_count, smoothing)
    stop_list = resolve_stop_words(stop_words)
    sequences = Sequences(tokens, articles, kinds=kinds, stop_list=stop_list)
    parts, n_windows, rare = [], {}, []
    for length in sizes:
        counted = _counted(sequences, length, within, min_count)
        parts.append(_measured(counted, length, sequences, smoothing))
        n_windows[str(length)] = int(counted.article_sizes.sum())
        rare.append(counted.rare)
    settings = {
        "table": "collocations",
        "size": sizes,
        "within": within,
        "kinds": list(checked_kinds(kinds)),
        "stop_words": None if stop_list is None else stop_list.settings(),
        "min_count": min_count,
        "smoothing": smoothing,
        "formulas": dict(_FORMULAS),
        "tokenizer": tokens.attrs.get("tokenizer"),
        "n_articles": len(articles),
        "n_tokens": sequences.n_words,
        "n_windows": n_windows,
        "left_out": {
            "min_count": {
                "rows": sum(len(counts) for counts in rare),
                "occurrences": sum(int(counts.sum()) for counts in rare),
            },
            "stop_words": {"tokens": sequences.stopped},
            "other_kinds": {"tokens": sequences.other_kinds},
        },
    }
    return result(pd.concat(parts, ignore_index=True), settings)


def _checked_sizes(size: int | Sequence[int]) -> list[int]:
    sizes = [size] if isinstance(size, int) else sorted(set(size))
    if not sizes or any(not _SHORTEST <= one <= _LONGEST for one in sizes):
        raise TableError(
            f"size is a whole number from {_SHORTEST} to {_LONGEST}, or several, not {size!r}"
        )
    return sizes


def _check_options(
    sizes: list[int], within: str | int, min_count: int, smoothing: float
) -> None:
    if isinstance(within, str):
        if within not in ("adjacent", "sentence"):
            raise TableError(f"within is 'adjacent', 'sentence' or a number, not {within!r}")
    elif not 1 <= within <= _WIDEST_SPAN:
        raise TableError(f"a span is a whole number from 1 to {_WIDEST_SPAN}, not {within!r}")
    if within != "adjacent" and sizes != [2]:
        raise TableError("only pairs are counted within a span or a sentence; take size=2")
    if min_count < 1:
        raise TableError(f"min_count is a whole number from 1 on, not {min_count!r}")
    if not 0 < smoothing < np.inf:
        raise TableError(f"smoothing is a number over 0 (0.5), not {smoothing!r}")


def _counted(
    sequences: Sequences,
    size: int,
    within: Literal["adjacent", "sentence"] | int,
    min_count: int,
) -> Counted:
    if within == "sentence":
        return count_sentences(sequences, min_count)
    if within == "adjacent":
        words, article = sequences.in_a_row(size)
    else:
        words, article = sequences.within_span(within)
    return count_windows(words, article, sequences.n_articles, min_count)


def _measured(
    counted: Counted, size: int, sequences: Sequences, smoothing: float
) -> pd.DataFrame:
    count = counted.margins[-1]
    interaction, z = _interaction(counted.margins, size, smoothing)
    spelled = [
        " ".join(sequences.vocabulary[code] for code in row) for row in counted.words.tolist()
    ]
    table = pd.DataFrame(
        {
            "collocation": pd.Series(spelled, dtype="str"),
            "size": np.full(len(count), size, dtype=np.int64),
            "count": count.astype(np.int64),
            "lambda": interaction,
            "z": z,
        }
    )
    if size == 2:
        # Places are bits: 1 agrees with the first word, 2 with the second, 3 with both.
        pair = (counted.margins[3], counted.margins[1], counted.margins[2], counted.margins[0])
        table["expected"] = expected_pairs(pair_table(*pair))
        for name, measure in _PAIR_MEASURES.items():
            table[name] = measure(*pair)
    else:
        for name in ("expected", *_PAIR_MEASURES):
            table[name] = np.full(len(count), np.nan)
    spread = spread_over_articles(
        counted.row,
        counted.article,
        counted.count,
        row_group=np.zeros(len(count), dtype=np.int64),
        group_of_article=np.zeros(sequences.n_articles, dtype=np.int64),
        article_sizes=counted.article_sizes,
        n_groups=1,
    )
    table["articles_containing"] = spread.parts_containing()
    table["dispersion_dp"] = spread.dp()
    # Rounded, so that values equal on paper are ties on every machine.
    order = np.lexsort((code_point_order(table["collocation"]), -np.round(z, 9)))
    return table.iloc[order]


def _interaction(margins: Numbers, size: int, smoothing: float) -> tuple[Numbers, Numbers]:
    """Lambda and z of each collocation."""
    cells = margins.copy()
    # Windows that agree in these places and no other: take away those that agree in one more.
    for place in range(size):
        bit = 1 << place
        for places in range(2**size):
            if not places & bit:
                cells[places] -= cells[places | bit]
    cells += smoothing
    signs = np.array([(-1.0) ** (size - places.bit_count()) for places in range(2**size)])
    interaction: Numbers = (signs[:, None] * np.log(cells)).sum(axis=0)
    return interaction, divide(interaction, np.sqrt((1 / cells).sum(axis=0)))
