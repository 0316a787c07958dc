"""How the scores run through an article, part by part."""

from __future__ import annotations

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.sentiment._draws import DRAWS, LEVEL, SEED
from metoo_research.sentiment.articles import score_articles
from metoo_research.sentiment.sentences import plain_settings, require_columns

_KEPT_OUT = ("article_id", "label", "topic_warning")


def sentiment_arc(
    scores: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    parts: int = 10,
    seed: int = SEED,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Result:
    """Give each part of each article the mean score of its sentences, with its interval.

    The parts are equal shares of the article's words, in the order of its sentences. A
    sentence belongs whole to the part that its middle lies in.

    Parameters
    ----------
    scores
        As `score_sentences` gives them, with ``text``.
    articles
        One row per article: ``article_id``, and ``label`` where there is one.
    parts
        Number of parts. A tenth of a news article has two to four sentences: its interval
        is wide, and with fewer than two sentences there is none.
    seed, draws, level
        As in `score_articles`.

    Returns
    -------
    One row per article and part, all of them, in the order of ``articles``: ``article_id``,
    ``label`` (only if ``articles`` has it), ``part`` (from 1), ``from_share``, ``to_share``
    (the share of the article's words before and after which it lies, 0 to 1), ``words``
    (separated by white space), and the numbers, means and intervals of `score_articles` over
    the sentences of the part: ``sentences``, ``sentences_scored``, ``share_scored``,
    ``mean_compound``, ``ci_low``, ``ci_high``, ``mean_without_topic``,
    ``ci_low_without_topic``, ``ci_high_without_topic``, …, ``topic_share``. Means are NaN
    where no sentence has a known word, intervals with fewer than two sentences.

    Raises
    ------
    TableError
        As in `score_articles`, or if ``parts`` is under 1.
    """
    if parts < 1:
        raise TableError(f"parts is a whole number from 1 on, not {parts!r}")
    require_columns(scores, ["article_id", "sentence_id", "text"], name="scores")
    require_columns(articles, ["article_id"], name="articles")
    ordered = scores.sort_values(["article_id", "sentence_id"], kind="stable")
    known = set(articles["article_id"].astype("str"))
    if unknown := [
        one for one in ordered["article_id"].astype("str").unique() if one not in known
    ]:
        raise TableError(
            f"the scores table has article {unknown[0]!r}, which the articles table has not; "
            "pass the articles that the sentences were made from"
        )
    texts = ordered["text"].fillna("").astype("str")
    words = pd.Series([len(text.split()) for text in texts], index=ordered.index)
    by_article = words.groupby(ordered["article_id"].astype("str").to_numpy())
    total = by_article.transform("sum")
    middle = by_article.cumsum() - words / 2
    share = (middle / total.where(total > 0)).fillna(0.0)
    part = np.minimum((share * parts).astype("int64"), parts - 1)

    # Each part is scored as an article of its own, under an id that no article can have.
    ids = articles["article_id"].astype("str")
    keys = [_key(one, number) for one in ids for number in range(parts)]
    of_sentence = [
        _key(one, number)
        for one, number in zip(ordered["article_id"].astype("str"), part, strict=True)
    ]
    as_articles = pd.DataFrame({"article_id": pd.Series(keys, dtype="str")})
    scored = score_articles(
        ordered.assign(article_id=pd.Series(of_sentence, index=ordered.index, dtype="str")),
        as_articles,
        seed=seed,
        draws=draws,
        level=level,
    )
    numbers = np.tile(np.arange(parts), len(ids))
    table = pd.DataFrame({"article_id": ids.repeat(parts).array})
    if "label" in articles.columns:
        table["label"] = articles["label"].repeat(parts).array
    table["part"] = numbers + 1
    table["from_share"] = numbers / parts
    table["to_share"] = (numbers + 1) / parts
    counted = words.groupby(of_sentence).sum()
    table["words"] = counted.reindex(keys, fill_value=0).to_numpy(dtype="int64")
    for column in scored.columns:
        if column not in _KEPT_OUT:
            table[column] = scored[column].array
    settings = {
        "table": "sentiment_arc",
        "formula": "mean of the sentences of each part; percentile bootstrap over sentences",
        "parts": parts,
        "seed": seed,
        "draws": draws,
        "level": level,
        "n_articles": len(ids),
        "n_sentences": int(table["sentences"].sum()),
    }
    return result(table, plain_settings(scores) | settings)


def _key(article_id: str, part: int) -> str:
    return f"{article_id}\0{part}"
