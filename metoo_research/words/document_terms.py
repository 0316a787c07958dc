"""How often each article uses each word."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind, normal_form
from metoo_research.words._counting import (
    COUNTED_KINDS,
    Codes,
    checked_kinds,
    counted_tokens,
    counts_per_article,
    stopped_terms,
)
from metoo_research.words.stop_words import resolve_stop_words

#: More cells than this do not fit into the memory of an ordinary machine (8 bytes each).
_MOST_CELLS = 200_000_000


def document_term_counts(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    kinds: Collection[TokenKind] = COUNTED_KINDS,
    words: Collection[str] | None = None,
    stop_words: str | Collection[str] | None = None,
    wide: bool = False,
) -> Result:
    """Count the words of each article.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``word`` (normal form), ``kind``.
    articles
        One row per article: ``article_id``.
    kinds
        Kinds of tokens that count.
    words
        Count these words only, in normal form; ``None`` counts all.
    stop_words
        Words to leave out: a language code, a `StopList` or words of your own.
    wide
        Give a table of articles by words instead of a long one.

    Returns
    -------
    Long: one row per article, word and kind that occur together (``article_id``, ``word``,
    ``kind``, ``count``), articles in their order, words by code point. Articles without a
    row are named in ``attrs["articles_without_rows"]``.

    Wide: one row per article, all of them, with ``article_id`` as index and one column of
    counts per word: in the order of ``words`` where given (0 for a word that no article
    has), else by code point. A word that occurs in several kinds has one column with the
    sum.

    Raises
    ------
    TableError
        If a column is missing, a token belongs to no article, or the wide table would not
        fit into memory.
    """
    if isinstance(words, str):
        raise TableError(f"words is a list of words; write [{words!r}]")
    stop_list = resolve_stop_words(stop_words)
    counted = counted_tokens(tokens, articles, kinds)
    article, term, count = counts_per_article(counted)

    stopped_term = stopped_terms(counted, stop_list)
    wanted = ~stopped_term
    asked = None
    if words is not None:
        known = set(counted.words)
        # A word copied from a table stays: the normal form of one can be another word.
        asked = list(dict.fromkeys(w if w in known else normal_form(w) for w in words))
        chosen = set(asked)
        wanted &= np.fromiter((word in chosen for word in counted.words), dtype=bool)
    stopped, kept = stopped_term[term], wanted[term]
    left_out = {
        "stop_words": {"tokens": int(count[stopped].sum())},
        "words_not_asked_for": {"tokens": int(count[~kept & ~stopped].sum())},
        "other_kinds": {"tokens": counted.other_kinds},
    }
    article, term, count = article[kept], term[kept], count[kept]

    ids = articles["article_id"].astype("str").reset_index(drop=True)
    settings: dict[str, Any] = {
        "table": "document_term_counts",
        "kinds": list(checked_kinds(kinds)),
        "stop_words": None if stop_list is None else stop_list.settings(),
        "tokenizer": tokens.attrs.get("tokenizer"),
        "n_articles": len(articles),
        "n_tokens": int(counted.article_sizes.sum()),
        "left_out": left_out,
    }
    if wide:
        table = _wide(article, term, count, counted.words, asked, ids)
    else:
        table = pd.DataFrame(
            {
                "article_id": ids.iloc[article].reset_index(drop=True),
                "word": pd.Series(counted.words[term], dtype="str"),
                "kind": pd.Series(counted.kinds[term], dtype="str"),
                "count": count,
            }
        )
        order = table.assign(article=article).sort_values(["article", "word", "kind"]).index
        table = table.loc[order].reset_index(drop=True)
        without = np.setdiff1d(np.arange(len(ids)), article)
        settings["articles_without_rows"] = ids.iloc[without].tolist()
    return result(table, settings)


def _wide(
    article: Codes,
    term: Codes,
    count: Codes,
    spelling: NDArray[np.object_],
    asked: list[str] | None,
    ids: pd.Series[str],
) -> pd.DataFrame:
    columns = sorted(set(spelling[np.unique(term)])) if asked is None else asked
    if len(columns) * len(ids) > _MOST_CELLS:
        raise TableError(
            f"{len(ids):,} articles by {len(columns):,} words do not fit into memory; "
            "take the long table (wide=False) or choose words"
        )
    column_of = {word: at for at, word in enumerate(columns)}
    column = np.fromiter((column_of[word] for word in spelling[term]), dtype=np.int64)
    cells = np.zeros((len(ids), len(columns)), dtype=np.int64)
    np.add.at(cells, (article, column), count)
    return pd.DataFrame(
        cells,
        index=pd.Index(ids, name="article_id"),
        columns=pd.Index(columns, name="word", dtype="str"),
    )
