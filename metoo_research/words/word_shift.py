"""Word shift: which words make up the difference between two groups of articles.

Each word has a contribution, and the contributions sum to the difference that is shown
(Gallagher et al. 2021, "Generalized word shift graphs").
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from metoo_research.errors import EmptyGroupError, TableError
from metoo_research.results import Result, result
from metoo_research.words._counting import code_point_order, require_columns
from metoo_research.words._two_corpora import REFERENCE, TARGET, two_corpora
from metoo_research.words.contingency import Numbers

ShiftKind = Literal["proportion", "entropy", "jensen_shannon", "weighted"]
Weights: TypeAlias = "Mapping[str, float] | pd.Series[Any] | pd.DataFrame"

_FORMULAS = {
    "proportion": "p_target - p_reference",
    "entropy": "p_reference log p_reference - p_target log p_target",
    "jensen_shannon": "(p_target log(p_target / m) + p_reference log(p_reference / m)) / 2,"
    " m = (p_target + p_reference) / 2",
    "weighted": "(score - mean score of the reference) * (p_target - p_reference)",
}


def word_shift(
    words: pd.DataFrame,
    *,
    target: pd.Series[Any] | None = None,
    reference: pd.DataFrame | None = None,
    kind: ShiftKind = "proportion",
    weights: Weights | None = None,
    base: float = 2,
) -> Result:
    """Take the difference between two groups of articles apart, word by word.

    Parameters
    ----------
    words
        One row per article and word, as `document_term_counts` gives it: ``article_id``,
        ``word``, ``count``.
    target
        Boolean, indexed by ``article_id``, for every article. With a ``reference``, ``None``
        makes all of ``words`` the target.
    reference
        ``None``: the articles that are not the target; else another table like ``words``, or
        a plain list of words and counts (see `keyness`).
    kind, weights, base
        As in `shift_between`.

    Returns
    -------
    The table of `shift_between`, with ``articles_target`` and ``articles_reference`` (in how
    many articles of each group the word occurs; missing for a plain list).

    Raises
    ------
    EmptyGroupError
        If a group holds no article or no word.
    TableError
        If a column is missing, counts cannot be counts, or an option has no meaning.
    """
    corpora = two_corpora(words, target, reference)
    terms = pd.Series(corpora.words, dtype="str")
    counts = [
        pd.Series(corpora.counts[side]).groupby(terms, sort=False).sum()
        for side in (TARGET, REFERENCE)
    ]
    table = shift_between(*counts, kind=kind, weights=weights, base=base)
    settings = table.settings
    for name, side in (("articles_target", TARGET), ("articles_reference", REFERENCE)):
        of_side = corpora.side[corpora.article] == side
        pairs = pd.DataFrame(
            {"word": corpora.words[corpora.term[of_side]], "at": corpora.article[of_side]}
        ).drop_duplicates()
        held = pairs["word"].value_counts().reindex(table["word"]).fillna(0).to_numpy()
        number = pd.array(held.astype(np.int64), dtype="Int64")
        if corpora.articles_given[side] is None:
            number = pd.array([None] * len(table), dtype="Int64")
        table[name] = number
    settings |= {
        "tokenizer": words.attrs.get("tokenizer"),
        "stop_words": words.attrs.get("stop_words"),
        "n_articles_target": corpora.articles_given[TARGET],
        "n_articles_reference": corpora.articles_given[REFERENCE],
    }
    return result(table, settings)


def shift_between(
    target: Mapping[str, float] | pd.Series[Any],
    reference: Mapping[str, float] | pd.Series[Any],
    *,
    kind: ShiftKind = "proportion",
    weights: Weights | None = None,
    base: float = 2,
) -> Result:
    """Take the difference between two lists of counts apart, word by word.

    Parameters
    ----------
    target, reference
        The count of each word.
    kind
        What the difference is of, with p the share of a word in its group:

        ``"proportion"``
            Shares. They sum to 1 in both groups, so the differences sum to 0.
        ``"entropy"``
            Shannon's entropy: how spread out word use is.
        ``"jensen_shannon"``
            Jensen-Shannon divergence, both groups weighing ½: how unlike word use is,
            from 0 to 1 (to base 2). No contribution is negative; see ``direction``.
        ``"weighted"``
            The mean of the words' ``weights``, say, of sentiment. Words without one are left
            out, and shares are of the others.
    weights
        Score of each word, for ``"weighted"``: a mapping, a Series indexed by word, or a
        table with the columns ``word`` and ``score``.
    base
        Of the logarithm: 2 gives bits.

    Returns
    -------
    One row per word, the largest contribution (whatever its sign) first, ties by code point:

    ``word``, ``count_target``, ``count_reference``, ``share_target``, ``share_reference``
        Shares lie between 0 and 1.
    ``contribution``
        To the difference, target minus reference. They sum to ``attrs["total"]``.
    ``contribution_share``
        Contribution divided by the sum of all contributions without their signs.
    ``direction``
        1: the target uses the word more; -1: the reference; 0: equal.
    ``score``, ``score_difference``, ``component``
        With ``"weighted"`` only: the word's score; the score less the mean of the reference;
        and how the word contributes: ``"higher_more"`` and ``"lower_less"`` (a word of a
        higher score is used more, one of a lower score less) raise the target's mean,
        ``"lower_more"`` and ``"higher_less"`` lower it, ``"none"`` does neither.

    ``attrs["total"]`` is the difference, ``attrs["value_target"]`` and
    ``attrs["value_reference"]`` are entropies or means, where the difference is one of two
    values. Where a group has no word with a score, contributions are NaN, and
    ``attrs["not_computed"]`` says so.

    Raises
    ------
    EmptyGroupError
        If a group holds no word.
    TableError
        If a count is negative or missing, or an option has no meaning.
    """
    if kind not in get_args(ShiftKind):
        raise TableError(f"kind is {', '.join(map(repr, get_args(ShiftKind)))}, not {kind!r}")
    if not base > 0 or base == 1 or math.isinf(base):
        raise TableError(f"base is a positive number other than 1, not {base!r}")
    if (weights is not None) != (kind == "weighted"):
        raise TableError("weights are given with kind='weighted', and only there")
    counts = pd.DataFrame(
        {
            "count_target": _checked(target, "target"),
            "count_reference": _checked(reference, "reference"),
        }
    ).fillna(0.0)
    counts = counts[(counts > 0).any(axis=1)]
    left_out: dict[str, float] = {}
    if weights is not None:
        scores = _scores(weights).reindex(counts.index)
        scored = scores.notna()
        lacking = counts[~scored]
        left_out = {
            "words_without_score": len(lacking),
            "tokens_target": float(lacking["count_target"].sum()),
            "tokens_reference": float(lacking["count_reference"].sum()),
        }
        counts = counts[scored].assign(score=scores[scored])

    sums = [float(counts[name].sum()) for name in ("count_target", "count_reference")]
    p, q = (
        counts[name].to_numpy(dtype=np.float64) / (total or math.nan)
        for name, total in zip(("count_target", "count_reference"), sums, strict=True)
    )
    table = pd.DataFrame(
        {"word": pd.Series(counts.index, dtype="str")}
        | {name: _whole(counts[name]) for name in ("count_target", "count_reference")}
        | {"share_target": p, "share_reference": q}
    )
    not_computed = ""
    if not all(sums):
        # Only scores can be lacking here: a group without words is an error.
        not_computed = "no word with a score in the target or the reference"
    score = counts["score"].to_numpy(dtype=np.float64) if weights is not None else None
    contribution, total, values = _contributions(p, q, kind, score, base)
    sizes = float(np.abs(contribution).sum())
    table["contribution"] = contribution
    table["contribution_share"] = contribution / sizes if sizes > 0 else np.nan
    table["direction"] = np.sign(np.nan_to_num(p) - np.nan_to_num(q)).astype(np.int64)
    if score is not None:
        difference = score - values[1]
        table["score"] = score
        table["score_difference"] = difference
        table["component"] = pd.Series(_components(difference, p - q), dtype="str")
    order = np.lexsort((code_point_order(table["word"]), -np.abs(contribution)))
    return result(
        table.iloc[order].reset_index(drop=True),
        {
            "table": "word_shift",
            "kind": kind,
            "base": base if kind in ("entropy", "jensen_shannon") else None,
            "total": total,
            "value_target": values[0],
            "value_reference": values[1],
            "formulas": {"contribution": _FORMULAS[kind]},
            "n_tokens_target": sums[0],
            "n_tokens_reference": sums[1],
            "left_out": left_out,
            "not_computed": not_computed or None,
        },
    )


def _contributions(
    p: Numbers, q: Numbers, kind: ShiftKind, score: Numbers | None, base: float
) -> tuple[Numbers, float, tuple[float | None, float | None]]:
    """Contribution of each word; the difference; and the two values it is between."""
    if kind == "proportion":
        return p - q, float(p.sum() - q.sum()), (None, None)
    if kind == "weighted":
        assert score is not None  # noqa: S101 - for the type checker; the caller has checked
        means = float((p * score).sum()), float((q * score).sum())
        return (score - means[1]) * (p - q), means[0] - means[1], means
    surprise_p, surprise_q = _surprise(p, base), _surprise(q, base)
    entropies = float(surprise_p.sum()), float(surprise_q.sum())
    if kind == "entropy":
        return surprise_p - surprise_q, entropies[0] - entropies[1], entropies
    middle = _surprise((p + q) / 2, base)
    # Words that both use alike contribute nothing; rounding would leave them a trace.
    contribution = np.where(p == q, 0.0, middle - (surprise_p + surprise_q) / 2)
    return contribution, float(middle.sum()) - sum(entropies) / 2, (None, None)


def _surprise(share: Numbers, base: float) -> Numbers:
    """-p log p, 0 for 0."""
    log = np.zeros_like(share)
    np.log(share, out=log, where=share > 0)
    return -share * log / math.log(base)


def _components(difference: Numbers, more: Numbers) -> list[str]:
    return [
        "none"
        if not score * share or math.isnan(score * share)
        else f"{'higher' if score > 0 else 'lower'}_{'more' if share > 0 else 'less'}"
        for score, share in zip(difference.tolist(), more.tolist(), strict=True)
    ]


def _checked(counts: Mapping[str, float] | pd.Series[Any], name: str) -> pd.Series[float]:
    series = counts if isinstance(counts, pd.Series) else pd.Series(dict(counts), dtype=object)
    checked = pd.to_numeric(series, errors="coerce").astype("float64")
    wrong = checked.isna() | (checked < 0) | checked.eq(math.inf)
    if wrong.any():
        word = checked.index[wrong.to_numpy()][0]
        raise TableError(
            f"the {name} has the count {series[word]!r} for {word!r}; counts are "
            "numbers from 0 on"
        )
    if checked.index.has_duplicates:
        raise TableError(
            f"the {name} has {checked.index[checked.index.duplicated()][0]!r} twice"
        )
    if not checked.sum() > 0:
        raise EmptyGroupError(f"the {name} holds no word; nothing can be compared with it")
    checked.index = checked.index.astype("str")
    return checked


def _scores(weights: Weights) -> pd.Series[float]:
    if isinstance(weights, pd.DataFrame):
        require_columns(weights, ["word", "score"], name="weights")
        weights = weights.set_index("word")["score"]
    series = (
        weights if isinstance(weights, pd.Series) else pd.Series(dict(weights), dtype=object)
    )
    scores = pd.to_numeric(series, errors="coerce").astype("float64")
    wrong = scores.abs().eq(math.inf) | (scores.isna() & series.notna())
    if wrong.any():
        word = scores.index[wrong.to_numpy()][0]
        raise TableError(f"the score of {word!r} is no number: {series[word]!r}")
    if scores.index.has_duplicates:
        twice = scores.index[scores.index.duplicated()][0]
        raise TableError(f"the weights have {twice!r} twice; keep one score for each word")
    return scores


def _whole(values: pd.Series[Any]) -> Any:
    """Counts as whole numbers where they are."""
    numbers = values.to_numpy(dtype=np.float64)
    return numbers.astype(np.int64) if (numbers == np.floor(numbers)).all() else numbers
