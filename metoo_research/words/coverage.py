"""How much of each article the analyses take, and how much they set aside."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from metoo_research.passages import DEFAULT_KINDS
from metoo_research.results import Result, result
from metoo_research.words._counting import COUNTED_KINDS, article_codes, require_columns


def words_by_use(
    tokens: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    kinds: Collection[str] = DEFAULT_KINDS,
) -> Result:
    """Count the words of each article in the passages that are analysed, and in the others.

    Parameters
    ----------
    tokens, sentences
        Of all kinds of passages.
    articles
        One row per article.
    kinds
        The kinds of passages that the analyses take.

    Returns
    -------
    One row per article, in their order: ``article_id``, ``label``, ``words_analysed``,
    ``words_set_aside`` (promotion, boilerplate, embedded posts, …). Words, hashtags and
    mentions count; an article without any has zeros.

    Raises
    ------
    TableError
        If a column is missing, or a token belongs to no article.
    """
    require_columns(tokens, ["article_id", "sentence_id", "kind"], name="tokens")
    require_columns(sentences, ["article_id", "sentence_id", "kind"], name="sentences")
    require_columns(articles, ["article_id", "label"], name="articles")
    counted = tokens[tokens["kind"].isin(COUNTED_KINDS)]
    taken = sentences.loc[sentences["kind"].isin(kinds), ["article_id", "sentence_id"]]
    place = pd.MultiIndex.from_frame(
        pd.DataFrame(
            {
                "article_id": counted["article_id"].astype("str"),
                "sentence_id": counted["sentence_id"],
            }
        )
    )
    analysed = place.isin(pd.MultiIndex.from_frame(taken))
    article = article_codes(counted, articles, name="tokens")
    table = pd.DataFrame(
        {
            "article_id": articles["article_id"].to_numpy(),
            "label": articles["label"].to_numpy(),
            "words_analysed": np.bincount(article[analysed], minlength=len(articles)),
            "words_set_aside": np.bincount(article[~analysed], minlength=len(articles)),
        }
    )
    return result(
        table,
        {
            "table": "words_by_use",
            "kinds": list(kinds),
            "kinds_of_tokens": list(COUNTED_KINDS),
            "tokenizer": tokens.attrs.get("tokenizer"),
            "n_articles": len(articles),
            "n_tokens": len(counted),
        },
    )
