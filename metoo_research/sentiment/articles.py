"""Scores of articles: means of their sentences, with intervals, and their differences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research._article_sample import drawn_articles, sample_settings
from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.sentiment._draws import (
    DRAWN_AT_ONCE,
    DRAWS,
    LEVEL,
    SEED,
    Floats,
    check_options,
    generator,
)
from metoo_research.sentiment.sentences import (
    PrimaryScore,
    Score,
    plain_settings,
    require_columns,
)

_SCORES: tuple[Score, ...] = get_args(Score)
_SCORED = {"compound": "scored", "compound_without_topic": "scored_without_topic"}
_NEEDED = (
    "article_id",
    "sentence_id",
    *_SCORES,
    *_SCORED.values(),
    "negative_valence",
    "topic_negative_valence",
)
#: Scores that `score_articles` takes along where the sentences have them.
_OTHERS: tuple[PrimaryScore, ...] = ("sensitivity", "model_score")
#: What the columns of each score's mean and interval end in.
_ENDINGS = {"compound": "", "compound_without_topic": "_without_topic"}
_TOPIC_LIMIT = 0.5
#: More pairs than this are neither computed in reasonable time nor read by anyone.
_MOST_PAIRS = 1_000_000


def score_articles(
    scores: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    seed: int = SEED,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Result:
    """Give each article the mean score of its sentences, with its interval.

    The interval is a percentile bootstrap over the article's sentences (Efron & Tibshirani
    1993, ch. 13): how far the mean could lie elsewhere had the article other sentences of
    the same kind. It takes sentences as independent, it is somewhat too narrow for articles
    of few sentences, and it does not cover the error of the lexicon.

    Parameters
    ----------
    scores
        As `score_sentences` gives them.
    articles
        One row per article: ``article_id``, and ``label`` where there is one.
    seed
        Start of the random draws, from 0 on. What is drawn for an article depends on the
        seed and the article's id alone, not on other articles nor on the order of rows.
    draws
        Number of bootstrap samples.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    One row per article, all of them, in their order:

    ``article_id``, ``label``
        ``label`` only if ``articles`` has it.
    ``sentences``, ``sentences_scored``, ``share_scored``
        Sentences with text, those of them in which the lexicon knows a word, and the share
        of these, 0 to 1 (NaN without sentences).
    ``mean_compound``, ``ci_low``, ``ci_high``
        Mean over all sentences with text, also those that score 0 because the lexicon knows
        no word of them. NaN if it knows none in any; the interval is NaN with fewer than
        two sentences.
    ``mean_without_topic``, ``ci_low_without_topic``, ``ci_high_without_topic``
        The same for ``compound_without_topic``.
    ``mean_sensitivity``, ``mean_model_score``, and their intervals
        The same for these scores if ``scores`` has them, but over the sentences that have
        such a score.
    ``topic_share``
        Share of the article's negative valence that topic words carry, 0 to 1. NaN if no
        topic words were given, or nothing in the article is negative.
    ``topic_warning``
        What to think of it where it passes a half; missing elsewhere.

    ``attrs["primary"]`` names the score that the study declared before looking.

    Raises
    ------
    TableError
        If a column is missing, a sentence belongs to no article, or an option has no
        meaning.
    """
    check_options(seed, draws, level)
    names = [*_SCORES, *(name for name in _OTHERS if name in scores.columns)]
    grouped = _group(scores, articles, names)
    n_articles = len(grouped.ids)
    means = np.full((n_articles, len(names)), math.nan)
    intervals = np.full((n_articles, len(names), 2), math.nan)
    for at in range(n_articles):
        means[at] = grouped.means(at)
        drawn = grouped.draw_means(at, seed=seed, draws=draws)
        intervals[at] = interval_of(drawn, level).T

    table = pd.DataFrame({"article_id": pd.Series(grouped.ids, dtype="str")})
    if "label" in articles.columns:
        table["label"] = articles["label"].to_numpy()
    table["sentences"] = np.diff(grouped.bounds)
    table["sentences_scored"] = [int(grouped.scored_in(at)[0]) for at in range(n_articles)]
    has_any = table["sentences"] > 0
    table["share_scored"] = (table["sentences_scored"] / table["sentences"]).where(has_any)
    for column, name in enumerate(names):
        ending = _ENDINGS.get(name, f"_{name}")
        table[f"mean{ending or '_compound'}"] = means[:, column]
        table[f"ci_low{ending}"] = intervals[:, column, 0]
        table[f"ci_high{ending}"] = intervals[:, column, 1]
    table["topic_share"] = grouped.topic_shares()
    table["topic_warning"] = pd.Series(
        [topic_warning(share) for share in table["topic_share"]], dtype="str"
    )
    settings = {
        "table": "sentiment_by_article",
        "formula": "mean of the sentences; percentile bootstrap over sentences",
        "seed": seed,
        "draws": draws,
        "level": level,
        "n_articles": n_articles,
        "n_sentences": int(grouped.bounds[-1]),
    }
    return result(table, plain_settings(scores) | settings)


def topic_warning(share: float) -> str | None:
    """Say what a share of topic words above a half means for a score; ``None`` if it is not."""
    if not share > _TOPIC_LIMIT:
        return None
    return (
        f"topic words carry {share:.0%} of the negative valence: the score with them tells "
        "what is written about rather than how"
    )


def compare_articles(
    scores: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    score: PrimaryScore = "compound",
    most_articles: int | None = None,
    seed: int = SEED,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Result:
    """Compare the mean scores of articles, two by two.

    Each article is drawn as in `score_articles` with the same seed; the interval of a
    difference is the percentile interval of the differences of the draws. Each interval
    covers its own pair, so among many pairs some exclude 0 by chance:
    ``attrs["told_apart_by_chance"]`` says how many to expect if no two articles differed.

    Parameters
    ----------
    scores, articles, seed, draws, level
        As in `score_articles`.
    score
        The score to compare; ``scores.attrs["primary"]`` is the one declared beforehand.
    most_articles
        Of more articles, so many are drawn at random with `seed` and compared;
        ``attrs["articles_compared"]`` says so. None: all.

    Returns
    -------
    One row per pair, in the order of ``articles``: ``article_a``, ``article_b``,
    ``mean_a``, ``mean_b``, ``difference`` (a − b), ``ci_low``, ``ci_high`` (of the
    difference), ``intervals_overlap`` (of the two means; two intervals may overlap and the
    difference still exclude 0), ``told_apart`` (the interval of the difference excludes 0).
    The last two are missing where an article has no interval. ``attrs["pairs"]`` is the
    number of pairs, ``attrs["pairs_told_apart"]`` how many are told apart.

    Raises
    ------
    TableError
        As in `score_articles`, or if the articles to compare make more than a million pairs.
    """
    check_options(seed, draws, level)
    names = [*_SCORES, *_OTHERS]
    if score not in names:
        raise TableError(f"score is {' or '.join(map(repr, names))}, not {score!r}")
    names = [*_SCORES, score] if score in _OTHERS else [*_SCORES]
    column = names.index(score)
    grouped = _group(scores, articles, names)
    compared = drawn_articles(grouped.ids, most_articles, seed=seed)
    ids = range(len(compared))
    if math.comb(len(ids), 2) > _MOST_PAIRS:
        raise TableError(
            f"{len(ids):,} articles make {math.comb(len(ids), 2):,} pairs; "
            "draw some of them (most_articles=1000)"
        )
    mean = np.array([grouped.means(at)[column] for at in compared])
    drawn = [grouped.draw_means(at, seed=seed, draws=draws)[:, column] for at in compared]
    own = np.array([interval_of(one[:, np.newaxis], level)[:, 0] for one in drawn])

    first, second = np.triu_indices(len(ids), k=1)
    draws_of = np.array(drawn).reshape(len(ids), draws).T
    rows = [interval_of(draws_of[:, [at]] - draws_of[:, at + 1 :], level).T for at in ids[:-1]]
    interval = np.concatenate([np.zeros((0, 2)), *rows])
    known = ~np.isnan(interval).any(axis=1)
    ids_of = pd.Series(grouped.ids, dtype="str").iloc[compared]
    own = own.reshape(-1, 2)
    overlap = (own[first, 0] <= own[second, 1]) & (own[second, 0] <= own[first, 1])
    apart = (interval[:, 0] > 0) | (interval[:, 1] < 0)
    table = pd.DataFrame(
        {
            "article_a": ids_of.iloc[first].array,
            "article_b": ids_of.iloc[second].array,
            "mean_a": mean[first],
            "mean_b": mean[second],
            "difference": mean[first] - mean[second],
            "ci_low": interval[:, 0],
            "ci_high": interval[:, 1],
            "intervals_overlap": pd.arrays.BooleanArray(overlap, ~known),
            "told_apart": pd.arrays.BooleanArray(apart, ~known),
        }
    )
    settings = {
        "table": "sentiment_differences",
        "formula": "difference of means; percentile bootstrap over sentences, per pair",
        "score": score,
        "seed": seed,
        "draws": draws,
        "level": level,
        "n_articles": len(grouped.ids),
        **sample_settings(len(compared), len(grouped.ids), seed=seed),
        "pairs": len(table),
        "pairs_with_interval": int(known.sum()),
        "pairs_told_apart": int((apart & known).sum()),
        "told_apart_by_chance": round(float(known.sum()) * (1 - level), 4),
    }
    return result(table, plain_settings(scores) | settings)


@dataclass(frozen=True)
class _Grouped:
    """Sentences with text, grouped by article and in the order of the text.

    Article ``at`` has the rows ``bounds[at]`` to ``bounds[at + 1]``; the columns of
    ``values`` and ``scored`` are those of the scores it was made for.
    """

    ids: list[str]
    bounds: NDArray[np.int64]
    values: Floats
    scored: NDArray[np.bool_]
    negative: Floats
    topic: Floats

    def rows(self, at: int) -> slice:
        return slice(int(self.bounds[at]), int(self.bounds[at + 1]))

    def scored_in(self, at: int) -> NDArray[np.int64]:
        """Count the sentences of an article that each score knows a word of."""
        counts: NDArray[np.int64] = np.count_nonzero(self.scored[self.rows(at)], axis=0)
        return counts

    def means(self, at: int) -> Floats:
        values = self.values[self.rows(at)]
        if not len(values):
            return np.full(values.shape[1], math.nan)
        return np.where(self.scored_in(at) > 0, _mean_of_known(values), math.nan)

    def draw_means(self, at: int, *, seed: int, draws: int) -> Floats:
        """Bootstrap the means: a row per draw, NaN where there is nothing to draw from."""
        values = self.values[self.rows(at)]
        n, n_scores = values.shape
        means = np.full((draws, n_scores), math.nan)
        if n < 2:
            return means
        random = generator(seed, self.ids[at])
        step = max(1, DRAWN_AT_ONCE // n)
        for begin in range(0, draws, step):
            drawn = random.integers(0, n, size=(min(step, draws - begin), n))
            # All scores are drawn from the same sentences, so that they can be compared.
            for column in range(n_scores):
                means[begin : begin + step, column] = _mean_of_known(values[drawn, column].T)
        means[:, self.scored_in(at) == 0] = math.nan
        # Of a single sentence with a value, every draw gives the same: that is no interval.
        means[:, np.count_nonzero(~np.isnan(values), axis=0) < 2] = math.nan
        return means

    def topic_shares(self) -> Floats:
        article = np.repeat(np.arange(len(self.ids)), np.diff(self.bounds))
        negative = np.bincount(article, weights=self.negative, minlength=len(self.ids))
        topic = np.bincount(article, weights=self.topic, minlength=len(self.ids))
        shares = np.full(len(self.ids), math.nan)
        np.divide(topic, negative, out=shares, where=negative > 0)
        return shares


def _mean_of_known(values: Floats) -> Floats:
    """Mean of each column over what is not NaN; NaN where all is."""
    known = ~np.isnan(values)
    if known.all():
        mean: Floats = values.mean(axis=0)
        return mean
    n = np.count_nonzero(known, axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    means = np.full(n.shape, math.nan)
    np.divide(total, n, out=means, where=n > 0)
    return means


def _group(
    scores: pd.DataFrame, articles: pd.DataFrame, names: Sequence[PrimaryScore]
) -> _Grouped:
    require_columns(scores, [*_NEEDED, *names], name="scores")
    require_columns(articles, ["article_id"], name="articles")
    index = pd.Index(articles["article_id"].astype("str"))
    if index.has_duplicates:
        twice = index[index.duplicated()][0]
        raise TableError(f"article {twice!r} stands twice in the articles table; keep one row")
    article = index.get_indexer(pd.Index(scores["article_id"].astype("str")))
    if (article < 0).any():
        unknown = scores["article_id"].iloc[int(np.flatnonzero(article < 0)[0])]
        raise TableError(
            f"the scores table has article {unknown!r}, which the articles table has not; "
            "pass the articles that the sentences were made from"
        )
    has_text = scores["compound"].notna().to_numpy()
    order = np.lexsort((scores["sentence_id"].to_numpy(), article))
    order = order[has_text[order]]
    return _Grouped(
        ids=index.tolist(),
        bounds=np.searchsorted(article[order], np.arange(len(index) + 1)),
        values=scores[list(names)].to_numpy(dtype=np.float64)[order],
        scored=np.column_stack(
            [
                scores[_SCORED[name]].to_numpy(dtype=bool)
                if name in _SCORED
                else scores[name].notna().to_numpy()
                for name in names
            ]
        )[order],
        negative=scores["negative_valence"].to_numpy(dtype=np.float64)[order],
        topic=scores["topic_negative_valence"].to_numpy(dtype=np.float64)[order],
    )


def interval_of(draws: Floats, level: float) -> Floats:
    """Percentile interval of each column: a row of lower ends, a row of upper ends."""
    tails = [(1 - level) / 2, 1 - (1 - level) / 2]
    ends = np.full((2, draws.shape[1]), math.nan)
    # A draw of sentences none of which has the score has no mean.
    unknown = np.isnan(draws).any(axis=0)
    ends[:, ~unknown] = np.quantile(draws[:, ~unknown], tails, axis=0)
    for column in np.flatnonzero(unknown):
        drawn = draws[:, column]
        if len(known := drawn[~np.isnan(drawn)]):
            ends[:, column] = np.quantile(known, tails)
    return ends
