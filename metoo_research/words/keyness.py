"""Keyness: which words one group of articles uses more than another.

A test of significance alone says little: with enough words every difference is significant,
and words come in lumps, so that one article can make a word "typical" of its group. Each row
therefore holds test, effect size, dispersion, the number of articles, and a p that comes from
changing whole articles between the groups.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import EmptyGroupError, TableError
from metoo_research.results import Result, result
from metoo_research.words._counting import article_index, code_point_order, require_columns
from metoo_research.words._two_corpora import (
    REFERENCE,
    TARGET,
    TwoCorpora,
    aligned_list,
    two_corpora,
)
from metoo_research.words.contingency import (
    Correction,
    Numbers,
    checked_correction,
    chi_squared,
    direction,
    log_likelihood,
    p_of_chi_squared,
)
from metoo_research.words.effect_sizes import bayes_factor_bic, log_ratio, percent_difference
from metoo_research.words.exact_test import fisher_exact
from metoo_research.words.log_odds import dirichlet_log_odds
from metoo_research.words.multiple_tests import benjamini_hochberg
from metoo_research.words.permutation import Permutation, permutation_p

KeynessMeasure = Literal["log_likelihood", "chi_squared", "fisher"]

_FORMULAS = {
    "per_million": "1,000,000 * count / words of the side",
    "log_likelihood": "four-cell G2 (Dunning 1993)",
    "chi_squared": "Pearson, 2 x 2",
    "q": "Benjamini & Hochberg (1995) over the rows",
    "bic": "uncorrected G2 - ln N (Wilson 2013)",
    "log_ratio": "log2 of the ratio of frequencies, 0.5 for a count of 0 (Hardie 2014)",
    "percent_diff": "%DIFF (Gabrielatos & Marchi 2011), infinite where the reference has none",
    "log_odds": "Dirichlet prior, full variance (Monroe et al. 2008, eq. 15 to 19)",
    "dispersion_dp": "DP over the articles of the side (Gries 2008)",
    "p_permutation": "share of labelings of the articles with at least this uncorrected G2",
}
# Where a p can't come under this, a sentence says so.
_NOTEWORTHY_P = 0.01


def keyness(
    words: pd.DataFrame,
    *,
    target: pd.Series[Any] | None = None,
    reference: pd.DataFrame | None = None,
    measure: KeynessMeasure = "log_likelihood",
    correction: Correction | None = None,
    min_count: int = 5,
    prior: Literal["pooled"] | float | pd.DataFrame = "pooled",
    prior_size: float | None = None,
    permutations: int = 1000,
    seed: int = 2017,
) -> Result:
    """Compare word use in the target articles with the rest, or with another corpus.

    Parameters
    ----------
    words
        One row per article and word, as `document_term_counts` gives it: ``article_id``,
        ``word``, ``count``, and ``kind`` (without it, all are of kind word). Words left out
        there (stop words) are no part of the totals here.
    target
        Boolean, indexed by ``article_id``, for every article (see `target_articles`). With a
        reference, ``None`` makes all of ``words`` the target.
    reference
        ``None``: the articles that are not the target. Else another table like ``words``, or
        a plain list of words: ``word``, ``count`` and, where they are known, ``kind`` and
        ``total``, the number of all words of the corpus it comes from (the same in each row;
        without it, the counts' sum). The words of a list are brought to normal form, equal
        ones summed; without a kind, a word takes the one it has in the target.
    measure
        What ``p``, ``q``, ``keyness`` and the order come from.
    correction
        For ``log_likelihood`` and ``chi_squared``: ``"yates"``, ``"yates_if_small"``
        (quanteda's default) or ``"williams"``; see `chi_squared`.
    min_count
        Words with a lower count in both corpora together are left out, and counted in
        ``attrs["left_out"]``. They stay in the totals and in the prior.
    prior
        Prior of the log-odds: ``"pooled"`` takes each word's count in both corpora together,
        a number is the same for all words (0.01: uninformative), a table (``word``,
        ``count``) is a background corpus.
    prior_size
        Scale the prior to so many words in all; ``None`` takes it as it is.
    permutations
        Labelings of the articles to try: all of them if there are no more, else as many
        random ones; 0 for none.
    seed
        For the random ones.

    Returns
    -------
    One row per word and kind, by ``keyness`` descending (the target's words first, the
    reference's last), ties by word, then kind (by code point):

    ``word``, ``kind``
        The word.
    ``count_target``, ``count_reference``
        Occurrences.
    ``per_million_target``, ``per_million_reference``
        Occurrences per million words of the side.
    ``direction``
        1: the target uses the word more; -1: the reference; 0: equal.
    ``keyness``
        The measure with its direction as sign, which is the number quanteda reports; for
        ``"fisher"`` the natural logarithm of the odds ratio.
    ``log_likelihood``, ``chi_squared``
        Both statistics without sign, with the correction.
    ``odds_ratio``
        With ``"fisher"`` only: the conditional estimate (see `fisher_exact`).
    ``p``, ``q``
        Of the measure, words taken for independent draws; q is Benjamini and Hochberg's over
        all rows. They are too small for words that come in lumps: read ``p_permutation``.
    ``bic``
        Bayes factor (see `bayes_factor_bic`), from the uncorrected log-likelihood.
    ``log_ratio``, ``percent_diff``
        Effect sizes (see `log_ratio`, a count of 0 taken for 0.5, and `percent_difference`).
    ``log_odds``, ``log_odds_z``
        Log-odds with the prior, and over its deviation (see `dirichlet_log_odds`).
    ``articles_target``, ``articles_reference``
        Articles in which the word occurs.
    ``dispersion_dp_target``, ``dispersion_dp_reference``
        Gries' DP over the articles of each side (see `gries_dp`); NaN where the side lacks
        the word or holds fewer than two articles with words.
    ``p_permutation``
        Share of the labelings of the articles that part the word's use at least as well, both
        directions together (see `permutation_p`).

    Columns that need articles are missing values where the reference is a list of words.
    ``attrs["smallest_p"]`` is the least ``p_permutation`` possible, ``attrs["note"]`` says in
    words what so few articles cannot show (``None`` where there is nothing to say).

    Raises
    ------
    EmptyGroupError
        If either side holds no article, or no word.
    TableError
        If a column is missing, a count is negative or missing, an article has no side, or an
        option has no meaning.
    """
    _check_options(measure, correction, min_count, prior_size)
    Permutation(0, 0, permutations, seed)  # raises where they have no meaning
    corpora = two_corpora(words, target, reference)
    a, b = corpora.counts
    kept = a + b >= min_count
    odds = dirichlet_log_odds(a, b, prior=_prior(prior, prior_size, corpora))
    counts = (a[kept], b[kept], *corpora.totals)
    with np.errstate(divide="ignore"):  # the logarithm of an odds ratio of 0
        table, statistic, p = _tested(counts, measure, correction)

    plain_g2 = log_likelihood(*counts)
    table["p"] = p
    table["q"] = benjamini_hochberg(p)
    table["bic"] = bayes_factor_bic(plain_g2, *corpora.totals)
    table["log_ratio"] = log_ratio(*counts)
    table["percent_diff"] = percent_difference(*counts)
    table["log_odds"], table["log_odds_z"] = odds.log_odds[kept], odds.z[kept]
    plan = _add_articles(table, corpora, kept, permutations, seed)
    table.insert(0, "word", pd.Series(corpora.words[kept], dtype="str"))
    table.insert(1, "kind", pd.Series(corpora.kinds[kept], dtype="str"))

    order = np.lexsort(
        (
            code_point_order(table["kind"]),
            code_point_order(table["word"]),
            -_sortable(statistic),
        )
    )
    table = table.iloc[order].reset_index(drop=True)
    settings: dict[str, Any] = {
        "table": "keyness",
        "measure": measure,
        "correction": correction,
        "min_count": min_count,
        "prior": prior if isinstance(prior, (str, int, float)) else "table of counts",
        "prior_size": prior_size,
        "formulas": dict(_FORMULAS),
        "stop_words": words.attrs.get("stop_words"),
        "tokenizer": words.attrs.get("tokenizer"),
        "n_articles": sum(n or 0 for n in corpora.articles_given),
        "n_tokens": _whole(sum(corpora.totals)),
        "articles": dict(zip(("target", "reference"), corpora.articles_given, strict=True)),
        "tokens": {
            "target": _whole(corpora.totals[TARGET]),
            "reference": _whole(corpora.totals[REFERENCE]),
        },
        "permutation": plan.settings() if plan and permutations else None,
        "smallest_p": plan.smallest_p if plan and permutations else None,
        "note": _note(plan, permutations),
        "left_out": {
            "min_count": {
                "rows": int((~kept).sum()),
                "tokens": _whole(float((a + b)[~kept].sum())),
            },
            "articles_not_compared": {"rows": corpora.not_compared},
        },
    }
    return result(table, settings)


def target_articles(articles: pd.DataFrame, column: str, value: Hashable) -> pd.Series[bool]:
    """Mark the articles whose ``column`` is ``value``, for the ``target`` of `keyness`.

    Parameters
    ----------
    articles
        One row per article: ``article_id`` and the column.
    column, value
        For example ``"outlet"`` and the name of an outlet.

    Returns
    -------
    Boolean, indexed by ``article_id``; an article without a value is False.

    Raises
    ------
    TableError
        If the column is missing or an article stands twice.
    EmptyGroupError
        If no article has the value.
    """
    require_columns(articles, [column], name="articles")
    index = article_index(articles)
    marked = np.asarray((articles[column] == value).fillna(False), dtype=bool)
    if not marked.any():
        held = sorted({str(one) for one in articles[column].dropna()})
        some = ", ".join(map(repr, held[:5])) + (", ..." if len(held) > 5 else "")
        raise EmptyGroupError(f"no article has {column} {value!r}; there are: {some or 'none'}")
    return pd.Series(marked, index=index.rename("article_id"), name="target")


def _check_options(
    measure: str, correction: Correction | None, min_count: int, prior_size: float | None
) -> None:
    if measure not in get_args(KeynessMeasure):
        names = ", ".join(map(repr, get_args(KeynessMeasure)))
        raise TableError(f"measure is {names}, not {measure!r}")
    if checked_correction(correction) and measure == "fisher":
        raise TableError("Fisher's test is exact and takes no correction; leave it None")
    if min_count < 1:
        raise TableError(f"min_count is a whole number from 1 on, not {min_count!r}")
    if prior_size is not None and not 0 < prior_size < np.inf:
        raise TableError(f"prior_size is a number of words over 0, not {prior_size!r}")


def _tested(
    counts: tuple[Numbers, Numbers, float, float],
    measure: KeynessMeasure,
    correction: Correction | None,
) -> tuple[pd.DataFrame, Numbers, Numbers]:
    """Counts and tests of each word; the signed measure; its p."""
    a, b, of_target, of_reference = counts
    signs = direction(*counts)
    likelihood = log_likelihood(*counts, correction=correction)
    pearson = chi_squared(*counts, correction=correction)
    more: dict[str, Numbers] = {}
    if measure == "fisher":
        p, odds_ratio = fisher_exact(*counts)
        signed = np.asarray(np.log(odds_ratio))
        more["odds_ratio"] = odds_ratio
    else:
        chosen = likelihood if measure == "log_likelihood" else pearson
        signed, p = signs * chosen, p_of_chi_squared(chosen)
    table = pd.DataFrame(
        {
            "count_target": _whole_numbers(a),
            "count_reference": _whole_numbers(b),
            "per_million_target": 1_000_000 * a / of_target,
            "per_million_reference": 1_000_000 * b / of_reference,
            "direction": pd.Series(signs).astype("Int64"),
            "keyness": signed,
            "log_likelihood": likelihood,
            "chi_squared": pearson,
            **more,
        }
    )
    return table, signed, p


def _add_articles(
    table: pd.DataFrame,
    corpora: TwoCorpora,
    kept: NDArray[np.bool_],
    permutations: int,
    seed: int,
) -> Permutation | None:
    """Add what articles tell; ``None`` where the reference has none."""
    for name, side in (("target", TARGET), ("reference", REFERENCE)):
        known = side == TARGET or not corpora.reference_is_list
        held = corpora.spread(side).parts_containing()[kept]
        table[f"articles_{name}"] = pd.array(held if known else [pd.NA] * len(held), "Int64")
    for name, side in (("target", TARGET), ("reference", REFERENCE)):
        table[f"dispersion_dp_{name}"] = corpora.spread(side).dp()[kept]
    table["p_permutation"] = np.full(len(table), np.nan)
    if corpora.reference_is_list:
        return None
    number = np.cumsum(kept) - 1
    wanted = kept[corpora.term]
    table["p_permutation"], plan = permutation_p(
        corpora.article[wanted],
        number[corpora.term[wanted]],
        corpora.pair_count[wanted],
        article_sizes=corpora.article_sizes,
        is_target=corpora.side == TARGET,
        n_terms=int(kept.sum()),
        permutations=permutations,
        seed=seed,
    )
    return plan


def _prior(
    prior: Literal["pooled"] | float | pd.DataFrame, size: float | None, corpora: TwoCorpora
) -> Numbers:
    """Prior count of each term."""
    if isinstance(prior, pd.DataFrame):
        alpha = aligned_list(prior, corpora, name="prior")
    elif isinstance(prior, str):
        if prior != "pooled":
            raise TableError(f"prior is 'pooled', a number or a table, not {prior!r}")
        alpha = corpora.counts[TARGET] + corpora.counts[REFERENCE]
    else:
        if not 0 < prior < np.inf:
            raise TableError(f"a prior count is over 0 (0.01), not {prior!r}")
        alpha = np.full(len(corpora.words), float(prior))
    if size is not None and alpha.sum() > 0:
        alpha = alpha * (size / alpha.sum())
    return alpha


def _note(plan: Permutation | None, permutations: int) -> str | None:
    if plan is None:
        return "The reference is a list of words without articles: no p over articles."
    if not permutations:
        return "No labelings of the articles were tried (permutations is 0)."
    if plan.smallest_p < _NOTEWORTHY_P:
        return None
    return (
        f"With {plan.articles_target} against {plan.articles_reference} articles that hold "
        f"words, no p over articles can be under {plan.smallest_p:.3g}."
    )


def _sortable(statistic: Numbers) -> Numbers:
    # What could not be computed stands last; rounded, so that ties are ties on every machine.
    return np.where(np.isnan(statistic), -np.inf, np.round(statistic, 9))


def _whole(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number


def _whole_numbers(counts: Numbers) -> Any:
    whole = bool((counts == np.floor(counts)).all())
    return counts.astype(np.int64) if whole else counts
