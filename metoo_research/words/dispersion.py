"""Dispersion: how evenly a word is spread over the parts of a corpus.

A count alone does not tell a word that every article uses from one that a single article
repeats. All measures here compare the share of a word's occurrences that lies in each part
with the share of the corpus that the part makes up.

References
----------
Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. *International
Journal of Corpus Linguistics* 13(4), 403-437.

Lijffijt, J., & Gries, S. Th. (2012). Correction to Stefan Th. Gries' "Dispersions and
adjusted frequencies in corpora". *International Journal of Corpus Linguistics* 17(1),
147-149.

Juilland, A., Brodin, D., & Davidovitch, C. (1970). *Frequency Dictionary of French Words*.
Mouton.

Rosengren, I. (1971). The quantitative concept of language and its relation to the structure
of frequency dictionaries. *Études de linguistique appliquée* (n.s.) 1, 103-127.

Gries, S. Th. (2020). Analyzing dispersion. In M. Paquot & S. Th. Gries (Eds.), *A Practical
Handbook of Corpus Linguistics* (pp. 99-118). Springer.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind, normal_form
from metoo_research.words._counting import (
    COUNTED_KINDS,
    article_groups,
    by_columns,
    checked_kinds,
    code_point_order,
    codes_and_values,
    counted_tokens,
    counts_per_article,
)
from metoo_research.words._spread import spread_over_articles

_FORMULAS = {
    "sd": "population standard deviation of the counts",
    "vc": "sd / mean count",
    "juilland_d": "1 - V / sqrt(n - 1), V of relative frequencies (Juilland et al. 1970)",
    "rosengren_s": "(sum of sqrt(s * v))^2 / count (Rosengren 1971)",
    "dp": "sum of |v / count - s| / 2 (Gries 2008)",
    "dp_norm": "dp / (1 - min(s)) (Lijffijt & Gries 2012)",
    "kl_divergence": "sum of v / count * log2(v / count / s) (Gries 2020)",
}
_COLUMNS = (
    "word",
    "count",
    "range",
    "sd",
    "vc",
    "juilland_d",
    "rosengren_s",
    "dp",
    "dp_norm",
    "kl_divergence",
    "tokens_counted",
    "articles_compared",
)


def gries_dp(counts: Sequence[float], part_sizes: Sequence[float]) -> float:
    """Deviation of proportions: 0 for an even spread, towards 1 for a word in one part.

    DP = ½ Σ |vᵢ − sᵢ|, with vᵢ the share of the word's occurrences in part i and sᵢ the
    part's share of the corpus (Gries 2008).

    Parameters
    ----------
    counts
        Occurrences of the word in each part.
    part_sizes
        Tokens in each part, in the same order. Parts without tokens are allowed.

    Returns
    -------
    A number from 0 to 1 − min(s); NaN if the word does not occur or fewer than two parts
    hold tokens, because then there is nothing to be spread over.

    Raises
    ------
    TableError
        If the lengths differ, a number is negative or not finite, or a part without tokens
        has occurrences.
    """
    occurrences, sizes = _checked(counts, part_sizes)
    if occurrences.sum() == 0 or np.count_nonzero(sizes) < 2:
        return math.nan
    shares = occurrences / occurrences.sum() - sizes / sizes.sum()
    return float(np.abs(shares).sum() / 2)


def gries_dp_norm(counts: Sequence[float], part_sizes: Sequence[float]) -> float:
    """DP brought to the range 0 to 1: DP / (1 − min(s)).

    The correction of Lijffijt and Gries (2012). The minimum is taken over the parts that
    hold tokens: no word can be concentrated in an empty part. Parameters, errors and NaN as
    in `gries_dp`.
    """
    _, sizes = _checked(counts, part_sizes)
    dp = gries_dp(counts, part_sizes)
    if math.isnan(dp):
        return math.nan
    return float(dp / (1 - sizes[sizes > 0].min() / sizes.sum()))


def juilland_d(counts: Sequence[float], part_sizes: Sequence[float]) -> float:
    """Juilland's D: 1 for an even spread, 0 for a word that stands in one part only.

    D = 1 − V / √(n − 1), with V the coefficient of variation of the word's relative
    frequencies in the n parts that hold tokens (Juilland et al. 1970; relative frequencies
    because parts differ in size).

    The standard deviation is the population's (divided by n). Some software divides by
    n − 1 and so reports values below 0 for a word in one part; the definition that keeps D
    within 0 and 1 is the one taken here. Parameters, errors and NaN as in `gries_dp`.
    """
    occurrences, sizes = _checked(counts, part_sizes)
    held = sizes > 0
    if occurrences.sum() == 0 or np.count_nonzero(held) < 2:
        return math.nan
    rates = occurrences[held] / sizes[held]
    variation = rates.std() / rates.mean()
    spread = 1 - variation / math.sqrt(len(rates) - 1)
    return float(min(max(spread, 0.0), 1.0))  # beyond lies rounding alone


def word_dispersion(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    words: Collection[str] | None = None,
    by: str | Sequence[str] | None = None,
    kinds: Collection[TokenKind] = COUNTED_KINDS,
    min_count: int = 1,
) -> Result:
    """Tell how evenly words are spread over the articles, by eight measures.

    In the formulas, v is a word's count in an article, s the article's share of the tokens,
    n the number of articles compared: those that hold tokens of ``kinds``.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``word`` (normal form), ``kind``.
    articles
        One row per article: ``article_id`` and the columns named in ``by``.
    words
        Measure these words only, in this order; ``None`` measures all, in the order of
        their counts, then by code point. A word is counted whatever its kind.
    by
        Column or columns of ``articles`` that make the groups; ``None`` for the corpus.
    kinds
        Kinds of tokens that count.
    min_count
        Words with a lower count in their group are left out where ``words`` is not given.

    Returns
    -------
    One row per group and word, groups in the order of their first article:

    ``by`` columns, ``word``, ``count``
        A word of ``words`` that does not occur has a row with the count 0.
    ``range``
        Articles in which the word occurs.
    ``sd``, ``vc``
        Population standard deviation of the counts v; divided by their mean. Both ignore
        that articles differ in length.
    ``juilland_d``
        As `juilland_d`: 1 for an even spread.
    ``rosengren_s``
        (Σ √(s·v))² / Σ v: 1 for an even spread (Rosengren 1971).
    ``dp``, ``dp_norm``
        As `gries_dp` and `gries_dp_norm`: 0 for an even spread.
    ``kl_divergence``
        Of the word's shares from those of the articles, in bits: 0 for an even spread
        (Gries 2020).
    ``tokens_counted``, ``articles_compared``
        Tokens of ``kinds`` in the group; articles that hold any.

    All measures are NaN where fewer than two articles of the group hold tokens; without an
    occurrence all but ``range`` and ``sd`` are.

    Raises
    ------
    TableError
        If a column is missing, a token belongs to no article, or an option has no meaning.
    """
    if isinstance(words, str):
        raise TableError(f"words is a list of words; write [{words!r}]")
    if min_count < 1:
        raise TableError(f"min_count is a whole number from 1 on, not {min_count!r}")
    grouping = by_columns(by)
    counted = counted_tokens(tokens, articles, kinds)
    group_of_article, groups = article_groups(articles, grouping, taken=_COLUMNS)
    word_of_term, spelled = codes_and_values(pd.Series(counted.words, dtype=object))
    vocabulary = [str(word) for word in spelled]
    asked = None
    if words is not None:
        known = set(vocabulary)
        # A word copied from a table stays: the normal form of one can be another word.
        asked = list(dict.fromkeys(w if w in known else normal_form(w) for w in words))
        vocabulary += [word for word in asked if word not in known]

    article, term, pair_count = counts_per_article(counted)
    n_words = max(len(vocabulary), 1)
    if asked is None:
        rows = np.unique(group_of_article[article] * n_words + word_of_term[term])
    else:
        number_of = {word: at for at, word in enumerate(vocabulary)}
        chosen = np.asarray([number_of[word] for word in asked], dtype=np.int64)
        rows = np.sort((np.arange(len(groups))[:, None] * n_words + chosen).ravel())
    # The same word as two kinds is one word here: its pairs with an article are summed.
    n_articles = max(len(articles), 1)
    keys, pair = np.unique(word_of_term[term] * n_articles + article, return_inverse=True)
    count = np.bincount(pair, weights=pair_count, minlength=len(keys)).astype(np.int64)
    word, article = keys // n_articles, keys % n_articles
    wanted = group_of_article[article] * n_words + word
    row = np.searchsorted(rows, wanted)
    kept = np.append(rows, -1)[row] == wanted
    group, row_word = rows // n_words, rows % n_words
    spread = spread_over_articles(
        row[kept],
        article[kept],
        count[kept],
        row_group=group,
        group_of_article=group_of_article,
        article_sizes=counted.article_sizes,
        n_groups=len(groups),
    )
    table = groups.iloc[group].reset_index(drop=True)
    table["word"] = pd.Series([vocabulary[at] for at in row_word.tolist()], dtype="str")
    table["count"] = spread.total()
    table["range"] = spread.parts_containing()
    table["sd"] = spread.standard_deviation()
    table["vc"] = spread.variation_coefficient()
    table["juilland_d"] = spread.juilland_d()
    table["rosengren_s"] = spread.rosengren_s()
    table["dp"] = spread.dp()
    table["dp_norm"] = spread.dp_norm()
    table["kl_divergence"] = spread.kl_divergence()
    table["tokens_counted"] = spread.tokens
    table["articles_compared"] = spread.parts

    too_few = np.zeros(len(rows), dtype=bool)
    if asked is None:
        too_few = spread.total() < min_count
        order = np.lexsort((code_point_order(table["word"]), -spread.total(), group))
    else:
        place = {number_of[word]: at for at, word in enumerate(asked)}
        asked_place = np.asarray([place[at] for at in row_word.tolist()], dtype=np.int64)
        order = np.lexsort((asked_place, group))
    order = order[~too_few[order]]
    settings = {
        "table": "word_dispersion",
        "by": grouping,
        "kinds": list(checked_kinds(kinds)),
        "min_count": min_count,
        "formulas": dict(_FORMULAS),
        "tokenizer": tokens.attrs.get("tokenizer"),
        "n_articles": len(articles),
        "n_tokens": int(counted.article_sizes.sum()),
        "not_computed": {
            "rows_without_occurrence": int((spread.total() == 0).sum()),
            "rows_with_fewer_than_two_articles": int((~spread.compared).sum()),
        },
        "left_out": {
            "min_count": {
                "rows": int(too_few.sum()),
                "tokens": int(spread.total()[too_few].sum()),
            },
            "other_kinds": {"tokens": counted.other_kinds},
        },
    }
    return result(table.iloc[order].reset_index(drop=True), settings)


def _checked(
    counts: Sequence[float], part_sizes: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    occurrences = np.asarray(counts, dtype=np.float64)
    sizes = np.asarray(part_sizes, dtype=np.float64)
    if occurrences.ndim != 1 or occurrences.shape != sizes.shape:
        raise TableError(
            f"counts and part_sizes need the same length, not {len(counts)} and "
            f"{len(part_sizes)}"
        )
    if not (np.isfinite(occurrences).all() and np.isfinite(sizes).all()):
        raise TableError("counts and part_sizes must be finite numbers")
    if (occurrences < 0).any() or (sizes < 0).any():
        raise TableError("counts and part_sizes cannot be negative")
    if (occurrences[sizes == 0] > 0).any():
        raise TableError("a part without tokens cannot have occurrences")
    return occurrences, sizes
