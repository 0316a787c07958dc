"""Hashtags, mentions, numbers and URLs, with the spellings the articles use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import get_args

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    article_codes,
    article_groups,
    by_columns,
    checked_kinds,
    groups_named,
    is_of_kinds,
    require_columns,
)

_TAGS: tuple[TokenKind, ...] = ("hashtag", "mention")
_NO_TAGS: tuple[TokenKind, ...] = ("word", "punctuation")
_COLUMNS = ("tag", "kind", "count", "articles_containing", "variants")


def hashtags_and_mentions(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    kinds: Collection[TokenKind] = _TAGS,
) -> Result:
    """Count hashtags and mentions in the corpus, or in each group of articles.

    Other tokens that are no words can be counted in the same way: numbers, URLs, emoji.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``token`` (as written), ``word``, ``kind``.
    articles
        One row per article: ``article_id`` and the columns named in ``by``.
    by
        Column or columns of ``articles`` that make the groups (``"article_id"``,
        ``"outlet"``, ...); ``None`` for the whole corpus.
    kinds
        Kinds of tokens to count: of ``"hashtag"``, ``"mention"``, ``"number"``, ``"url"``
        and ``"emoji"``.

    Returns
    -------
    One row per group and tag, groups in the order of their first article, within a group
    by count descending, then by tag (code point): the ``by`` columns, ``tag`` (lower case,
    with its sign), ``kind``, ``count``, ``articles_containing``, ``variants`` (the
    spellings, the most frequent first: "#MeToo; #metoo"; a possessive 's is no part of the
    tag). ``attrs["groups_without_tags"]`` names the groups without a row.

    Raises
    ------
    TableError
        If a column is missing, a token belongs to no article, or a kind is that of words or
        punctuation.
    """
    kinds = checked_kinds(kinds)
    if refused := [kind for kind in kinds if kind in _NO_TAGS]:
        known = ", ".join(kind for kind in get_args(TokenKind) if kind not in _NO_TAGS)
        raise TableError(
            f"tags are no tokens of the kind {refused[0]!r}; kinds: {known}; words are "
            "counted by word_frequency"
        )
    grouping = by_columns(by)
    require_columns(tokens, ["article_id", "token", "word", "kind"], name="tokens")
    group_of_article, groups = article_groups(articles, grouping, taken=_COLUMNS)
    tags = tokens[is_of_kinds(tokens, kinds)]
    article = article_codes(tags, articles, name="tokens")
    spellings = [
        token[: len(word)] if token[: len(word)].lower() == word else token
        for token, word in zip(tags["token"], tags["word"], strict=True)
    ]
    rows = pd.DataFrame(
        {
            "group": group_of_article[article],
            "article": article,
            "tag": tags["word"].astype("str").array,
            "kind": tags["kind"].astype("str").array,
            "spelling": pd.Series(spellings, dtype="str"),
        }
    )
    keys = ["group", "tag", "kind"]
    spelled = (
        rows.groupby([*keys, "spelling"], as_index=False)
        .size()
        .sort_values([*keys, "size", "spelling"], ascending=[True, True, True, False, True])
    )
    variants = spelled.groupby(keys)["spelling"].agg("; ".join).rename("variants")
    counted = rows.groupby(keys).agg(
        count=("article", "size"), articles_containing=("article", "nunique")
    )
    table = (
        counted.join(variants.astype("str"))
        .reset_index()
        .sort_values(["group", "count", "tag", "kind"], ascending=[True, False, True, True])
    )
    group = table["group"].to_numpy(dtype=np.int64)
    named = groups.iloc[group].reset_index(drop=True)
    tagged = pd.concat([named, table[list(_COLUMNS)].reset_index(drop=True)], axis=1)
    without = ~np.isin(np.arange(len(groups)), group)
    settings = {
        "table": "hashtags_and_mentions",
        "by": grouping,
        "kinds": list(kinds),
        "stop_words": None,
        "tokenizer": tokens.attrs.get("tokenizer"),
        "n_articles": len(articles),
        "n_tokens": len(rows),
        "left_out": {"other_kinds": {"tokens": len(tokens) - len(rows)}},
        "articles_with_tags": int(rows["article"].nunique()),
        "groups_without_tags": groups_named(groups, grouping, without),
    }
    return result(tagged, settings)
