"""What every table of words checks and counts in the same way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.tokens import TokenKind
from metoo_research.words.stop_words import StopList

#: The kinds that count as words unless the caller says otherwise.
COUNTED_KINDS: tuple[TokenKind, ...] = ("word", "hashtag", "mention")

Codes: TypeAlias = NDArray[np.int64]


def require_columns(table: pd.DataFrame, columns: Iterable[str], *, name: str) -> None:
    """Raise `TableError` if ``table`` (called ``name`` in the message) lacks a column."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise TableError(f"the {name} table has no column {', '.join(map(repr, missing))}")


def article_index(articles: pd.DataFrame) -> pd.Index[str]:
    """Return the article ids in their order, or raise `TableError` if one stands twice."""
    require_columns(articles, ["article_id"], name="articles")
    index: pd.Index[str] = pd.Index(articles["article_id"].astype("str"))
    if index.has_duplicates:
        twice = index[index.duplicated()][0]
        raise TableError(f"article {twice!r} stands twice in the articles table; keep one row")
    return index


def article_codes(rows: pd.DataFrame, articles: pd.DataFrame, *, name: str) -> Codes:
    """Row number in ``articles`` of each row's article."""
    index = article_index(articles)
    code, ids = codes_and_values(rows["article_id"])
    # A missing id has code -1 and finds the -1 at the end.
    number_of = np.append(index.get_indexer(pd.Index(ids, dtype="str")), -1)
    numbers: Codes = number_of[code].astype(np.int64)
    if (numbers < 0).any():
        unknown = rows["article_id"].iloc[int(np.flatnonzero(numbers < 0)[0])]
        raise TableError(
            f"the {name} table has article {unknown!r}, which the articles table has not; "
            "pass the articles that the rows were made from"
        )
    return numbers


def codes_and_values(column: pd.Series[Any]) -> tuple[Codes, NDArray[np.object_]]:
    """Return a code per row and the distinct values; a missing value has code -1."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy().astype(np.int64)
        return codes, column.cat.categories.to_numpy(dtype=object)
    codes, values = pd.factorize(column)
    return codes.astype(np.int64), np.asarray(values, dtype=object)


def checked_kinds(kinds: Collection[TokenKind]) -> tuple[TokenKind, ...]:
    """Return ``kinds`` once each, or raise `TableError` if one is unknown or none is given."""
    if isinstance(kinds, str) or not kinds:
        raise TableError(f"kinds is a list of token kinds, not {kinds!r}")
    known = get_args(TokenKind)
    for kind in kinds:
        if kind not in known:
            raise TableError(f"no token kind is called {kind!r}; known: {', '.join(known)}")
    return tuple(dict.fromkeys(kinds))


def is_of_kinds(tokens: pd.DataFrame, kinds: Collection[TokenKind]) -> NDArray[np.bool_]:
    """Whether each token is of one of ``kinds``."""
    code, names = codes_and_values(tokens["kind"])
    wanted = np.isin(names, checked_kinds(kinds))
    # A missing kind has code -1 and finds the False at the end.
    chosen: NDArray[np.bool_] = np.append(wanted, False)[code]
    return chosen


@dataclass(frozen=True)
class CountedTokens:
    """The tokens that count, as codes.

    ``term`` numbers the distinct pairs of word and kind; ``words[term]`` and
    ``kinds[term]`` spell them. ``article`` is a row number in the articles table.
    ``article_sizes`` holds one number per article, 0 where it has no such token.
    """

    article: Codes
    term: Codes
    words: NDArray[np.object_]
    kinds: NDArray[np.object_]
    article_sizes: Codes
    other_kinds: int


def counted_tokens(
    tokens: pd.DataFrame, articles: pd.DataFrame, kinds: Collection[TokenKind]
) -> CountedTokens:
    """Select the tokens of ``kinds`` and number their articles and terms."""
    kinds = checked_kinds(kinds)
    require_columns(tokens, ["article_id", "word", "kind"], name="tokens")
    article = article_codes(tokens, articles, name="tokens")
    kind_code, kind_names = codes_and_values(tokens["kind"])
    counted = is_of_kinds(tokens, kinds)
    word_code, vocabulary = codes_and_values(tokens["word"])
    article, kind_code, word_code = article[counted], kind_code[counted], word_code[counted]
    if (word_code < 0).any():
        where = articles["article_id"].iloc[int(article[word_code < 0][0])]
        raise TableError(f"article {where!r} has a token to count without a word")
    # Few words stand in two kinds, so the product of both codes is numbered anew.
    pair = word_code * len(kind_names) + kind_code
    occurs = np.zeros(len(vocabulary) * len(kind_names), dtype=bool)
    occurs[pair] = True
    pairs = np.flatnonzero(occurs)
    number_of = np.cumsum(occurs) - 1
    return CountedTokens(
        article=article,
        term=number_of[pair],
        words=vocabulary[pairs // max(len(kind_names), 1)],
        kinds=kind_names[pairs % max(len(kind_names), 1)],
        article_sizes=np.bincount(article, minlength=len(articles)).astype(np.int64),
        other_kinds=int(len(tokens) - counted.sum()),
    )


def counts_per_article(counted: CountedTokens) -> tuple[Codes, Codes, Codes]:
    """Article, term and count of each article and term that occur together, in that order."""
    n_terms = max(len(counted.words), 1)
    pair = counted.article * n_terms + counted.term
    if len(counted.article_sizes) * n_terms <= np.iinfo(np.int32).max:
        pair = pair.astype(np.int32)  # sorts in half the time
    pairs, counts = np.unique(pair, return_counts=True)
    pairs = pairs.astype(np.int64)
    return pairs // n_terms, pairs % n_terms, counts.astype(np.int64)


def by_columns(by: str | Sequence[str] | None) -> list[str]:
    """Return the grouping columns as a list, empty for the whole corpus."""
    if by is None:
        return []
    return [by] if isinstance(by, str) else list(by)


def article_groups(
    articles: pd.DataFrame, by: list[str], *, taken: Collection[str]
) -> tuple[Codes, pd.DataFrame]:
    """Group number of each article, and one row per group with the ``by`` columns.

    Groups stand in the order of their first article. Articles without a value in ``by``
    are a group of their own. ``taken`` are names that ``by`` must not have.
    """
    require_columns(articles, by, name="articles")
    clash = [column for column in by if column in taken]
    if clash:
        raise TableError(f"cannot group by {clash[0]!r}: the result has such a column itself")
    if not by:
        return np.zeros(len(articles), dtype=np.int64), pd.DataFrame(index=range(1))
    columns = articles[by].reset_index(drop=True)
    codes = columns.groupby(by, dropna=False, sort=False, observed=True).ngroup()
    groups = columns[~codes.duplicated()].reset_index(drop=True)
    return cast(Codes, codes.to_numpy(dtype=np.int64)), groups


def groups_named(
    groups: pd.DataFrame, by: list[str], selected: NDArray[np.bool_]
) -> list[dict[str, Any]]:
    """Name the selected groups in a form that travels in ``attrs``."""
    if not by:
        return []
    values = [groups.loc[selected, column].tolist() for column in by]
    return [
        {
            column: None if pd.isna(value) else str(value)
            for column, value in zip(by, row, strict=True)
        }
        for row in zip(*values, strict=True)
    ]


def stopped_terms(counted: CountedTokens, stop_list: StopList | None) -> NDArray[np.bool_]:
    """Whether each term is on the stop list."""
    if stop_list is None:
        return np.zeros(len(counted.words), dtype=bool)
    return np.fromiter(
        (word in stop_list for word in counted.words), dtype=bool, count=len(counted.words)
    )


def code_point_order(column: pd.Series[str]) -> Codes:
    """Rank of each value among the distinct values, sorted by code point."""
    codes, values = pd.factorize(column)
    spelled = [str(value) for value in values.tolist()]
    order = sorted(range(len(spelled)), key=spelled.__getitem__)
    rank = np.empty(len(values), dtype=np.int64)
    rank[order] = np.arange(len(values))
    return rank[codes]
