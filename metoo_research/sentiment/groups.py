"""Scores of groups of articles: means of their articles' means, with intervals."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.sentiment._draws import DRAWS, LEVEL, SEED, check_options, generator
from metoo_research.sentiment.articles import interval_of, score_articles, topic_warning
from metoo_research.sentiment.sentences import plain_settings, require_columns

_TOO_FEW = "fewer than two articles with a score"


def score_groups(
    scores: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    seed: int = SEED,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Result:
    """Give each group of articles the mean of its articles' means, with its interval.

    Every article counts the same, however long: the mean of a group is that of its articles
    (`score_articles`), and its interval a percentile bootstrap over articles (Efron &
    Tibshirani 1993, ch. 13). Sentences of one article resemble one another, so a bootstrap
    over all sentences of a group would be much too narrow. With few articles this one is too
    narrow still; it does not cover the error of the lexicon.

    Parameters
    ----------
    scores
        As `score_sentences` gives them.
    articles
        One row per article: ``article_id`` and the column ``by``.
    by
        The column whose values make the groups.
    seed, draws, level
        As in `score_articles`. What is drawn for a group depends on the seed and on its own
        articles alone.

    Returns
    -------
    One row per group, in the order in which they first appear; articles without a group make
    a last row of their own, with that name missing:

    ``by`` (under its own name)
    ``articles``, ``articles_scored``
        Articles of the group, and those of them that have a mean.
    ``sentences``, ``sentences_scored``, ``share_scored``
        As in `score_articles`, over all sentences of the group.
    ``mean_compound``, ``ci_low``, ``ci_high``
        Mean of the articles' means and its interval. NaN without an article that has a mean;
        the interval is NaN with fewer than two.
    ``mean_without_topic``, ``ci_low_without_topic``, ``ci_high_without_topic``
        The same for ``compound_without_topic``; likewise ``…_sensitivity`` and
        ``…_model_score`` where ``scores`` has them.
    ``no_interval``
        Why the interval of the compound is missing; missing where there is one.
    ``topic_share``, ``topic_warning``
        Share of the group's negative valence that topic words carry, and what to think of it
        above a half, as in `score_articles`.

    Raises
    ------
    TableError
        As in `score_articles`, or if ``articles`` has no column ``by``.
    """
    check_options(seed, draws, level)
    require_columns(articles, ["article_id", by], name="articles")
    if by == "article_id":
        raise TableError('by="article_id" makes a group of every article; use score_articles')
    # One draw: the articles' own intervals are not asked for.
    of_article = score_articles(scores, articles, seed=seed, draws=1, level=level)
    codes, values = pd.factorize(articles[by], use_na_sentinel=True)
    n_groups = len(values) + bool((codes < 0).any())
    codes = np.where(codes < 0, len(values), codes)
    columns = [name for name in of_article.columns if name.startswith("mean_")]
    means = of_article[columns].to_numpy(dtype=np.float64)

    names = values.take(np.arange(n_groups)) if n_groups == len(values) else None
    group = pd.Series(values if names is not None else [*values, None], name=by)
    table = pd.DataFrame({by: group.astype(articles[by].dtype)})
    counts = _sums(codes, n_groups, of_article)
    table["articles"] = np.bincount(codes, minlength=n_groups)
    table["articles_scored"] = np.bincount(codes[~np.isnan(means[:, 0])], minlength=n_groups)
    table["sentences"] = counts["sentences"]
    table["sentences_scored"] = counts["sentences_scored"]
    has_any = table["sentences"] > 0
    table["share_scored"] = (table["sentences_scored"] / table["sentences"]).where(has_any)
    for at, name in enumerate(columns):
        ending = name.removeprefix("mean_")
        ending = "" if ending == "compound" else f"_{ending}"
        found = [
            _mean_and_interval(
                means[codes == one, at], name=str(group.iloc[one]), seed=seed, draws=draws,
                level=level,
            )
            for one in range(n_groups)
        ]  # fmt: skip
        table[name] = [mean for mean, _, _ in found]
        table[f"ci_low{ending}"] = [low for _, low, _ in found]
        table[f"ci_high{ending}"] = [high for _, _, high in found]
    reasons = [None if n > 1 else _TOO_FEW for n in table["articles_scored"]]
    table["no_interval"] = pd.Series(reasons, dtype="str")
    shares = _topic_shares(scores, articles, codes, n_groups)
    table["topic_share"] = shares
    table["topic_warning"] = pd.Series([topic_warning(one) for one in shares], dtype="str")
    settings = {
        "table": "sentiment_by_group",
        "formula": "mean of the articles' means; percentile bootstrap over articles",
        "by": by,
        "seed": seed,
        "draws": draws,
        "level": level,
        "n_articles": len(articles),
        "n_sentences": int(counts["sentences"].sum()),
    }
    return result(table, plain_settings(scores) | settings)


def _sums(codes: np.ndarray, n_groups: int, of_article: pd.DataFrame) -> pd.DataFrame:
    counted = of_article[["sentences", "sentences_scored"]]
    return counted.groupby(codes).sum().reindex(range(n_groups), fill_value=0)


def _mean_and_interval(
    means: np.ndarray, *, name: str, seed: int, draws: int, level: float
) -> tuple[float, float, float]:
    known = means[~np.isnan(means)]
    if len(known) < 2:
        return (float(known[0]) if len(known) else math.nan), math.nan, math.nan
    drawn = np.empty(draws)
    random = generator(seed, name)
    for draw in range(draws):
        drawn[draw] = known[random.integers(0, len(known), len(known))].mean()
    low, high = interval_of(drawn[:, np.newaxis], level)[:, 0]
    return float(known.mean()), float(low), float(high)


def _topic_shares(
    scores: pd.DataFrame, articles: pd.DataFrame, codes: np.ndarray, n_groups: int
) -> np.ndarray:
    """Share of each group's negative valence that topic words carry; NaN if none is known."""
    of_article = pd.Series(codes, index=articles["article_id"].astype("str"))
    group = of_article.reindex(scores["article_id"].astype("str")).to_numpy()
    with_text = scores["compound"].notna().to_numpy()
    sums = [
        np.bincount(
            group[with_text],
            weights=scores[name].to_numpy(dtype=np.float64)[with_text],
            minlength=n_groups,
        )
        for name in ("topic_negative_valence", "negative_valence")
    ]
    shares = np.full(n_groups, math.nan)
    np.divide(sums[0], sums[1], out=shares, where=sums[1] > 0)
    return shares
