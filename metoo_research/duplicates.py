"""Copies of one article: found and flagged, and dropped only on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from metoo_research._resemblance import DUPLICATE_KINDS, DuplicateKind, Resemblance

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus

__all__ = [
    "DUPLICATE_KINDS",
    "DuplicateKind",
    "copies_told",
    "duplicate_groups",
    "find_duplicates",
    "unique",
]

_COLUMNS: Final = {
    "article_id": "str",
    "duplicate_of": "str",
    "duplicate_group": "str",
    "duplicate_kind": "str",
    "duplicate_share": "float64",
}
#: A text of less than this share of the longest one's words is no original beside it.
_EXCERPT: Final = 0.5


def find_duplicates(
    articles: pd.DataFrame, passages: pd.DataFrame, *, progress: bool = False
) -> pd.DataFrame:
    """Find articles that are copies of one another.

    Compared is the body without what stands in quotation marks, in runs of three words
    (shingles; Broder 1997). An article is a copy if three fifths of its runs stand in a longer
    article; three quarters where it has fewer than 60 runs, or less than half the other's. A
    text of fewer than 20 runs is a copy only of one with the same words. Notices and the like
    that recur in different articles do not count.

    Parameters
    ----------
    articles
        ``article_id``, ``text`` and, where they are there, ``published``,
        ``published_precision`` and ``truncated``.
    passages
        As :func:`~metoo_research.passages.label_passages` gives them.
    progress
        Show a progress bar on standard error when it takes longer than two seconds.

    Returns
    -------
    One row per article, in the order of ``articles``: ``article_id``; ``duplicate_of``, for a
    copy the id of its original; ``duplicate_group``, for copies and their original the id of
    the original; ``duplicate_kind`` and ``duplicate_share``, for a copy how it differs, and
    which share of its runs (0 to 1) stands in the original.

    The original of a group is the article that appeared first, as far as dates are known (of
    several on that day the longest, unless the minute of each is known), else the longest, else
    the first by id. An article cut short at its source, or with less than half the words of
    the longest, is no original while there is another.

    Kinds: ``exact`` (the same words, headline included); ``same_body`` (another headline,
    caption or the like); ``other_lead`` (another first paragraph, as in local editions);
    ``shortened`` (nearly all of it stands in the original, which has more); ``extended``
    (nearly all of the original stands in it, and more); ``edited`` (anything else). Whether a
    copy is syndicated, its outlet tells: see :func:`duplicate_groups`.
    """
    resemblance = Resemblance(articles, passages, progress=progress)
    facts = _Facts(articles, resemblance.words)
    ids = facts.ids
    rows: list[tuple[Any, ...]] = [(one, None, None, None, None) for one in ids]
    for members in resemblance.groups():
        original = facts.original(members)
        for member in members:
            rows[member] = (ids[member], None, ids[original], None, None)
            if member != original:
                kind, share = resemblance.relation(member, original)
                rows[member] = (ids[member], ids[original], ids[original], kind, share)
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


class _Facts:
    """What decides which article of a group is its original."""

    def __init__(self, articles: pd.DataFrame, words: list[int]) -> None:
        nothing = pd.Series(None, index=articles.index, dtype="object")
        self.ids: list[str] = articles["article_id"].astype("str").tolist()
        self._words = words
        self._cut = articles.get("truncated", nothing).eq(True).tolist()
        self._published = articles.get("published", nothing).tolist()
        precision = articles.get("published_precision", nothing)
        self._to_the_minute = precision.eq("minute").tolist()

    def original(self, members: Sequence[int]) -> int:
        """The first article of a group, or its most complete one where that is not known."""
        longest = max(self._words[n] for n in members)
        whole = [n for n in members if self._words[n] >= _EXCERPT * longest]
        whole = [n for n in whole if not self._cut[n]] or whole
        dated = {n: self._published[n] for n in whole if pd.notna(self._published[n])}
        if dated:
            first_day = min(map(_day, dated.values()))
            whole = [n for n, when in dated.items() if _day(when) == first_day]
            if all(self._to_the_minute[n] for n in whole):
                first = min(dated[n] for n in whole)
                whole = [n for n in whole if dated[n] == first]
        return min(whole, key=lambda n: (-self._words[n], self.ids[n]))


def _day(when: pd.Timestamp) -> date:
    return when.date()


def duplicate_groups(corpus: Corpus) -> pd.DataFrame:
    """List the groups of copies, each original before its copies.

    Parameters
    ----------
    corpus
        As :func:`~metoo_research.corpus.read_corpus` gives it.

    Returns
    -------
    One row per article that is a copy or has one: ``duplicate_group``, ``article_id``,
    ``label``, ``outlet``, ``published``, ``duplicate_kind``, ``duplicate_share`` (as
    :func:`find_duplicates` says; empty for the original) and ``relation``: "original", "same
    outlet" or "other outlet" (a syndicated copy); empty where an outlet is not known.
    """
    table = corpus.articles[corpus.articles["duplicate_group"].notna()]
    outlet_of = dict(zip(table["article_id"], table["outlet"], strict=True))
    relation = [
        _compared(outlet, outlet_of.get(of)) if isinstance(of, str) else "original"
        for outlet, of in zip(table["outlet"], table["duplicate_of"], strict=True)
    ]
    table = table.assign(relation=pd.array(relation, dtype="str"))
    table = table.assign(is_copy=table["duplicate_of"].notna())
    table = table.sort_values(["duplicate_group", "is_copy", "article_id"], ignore_index=True)
    columns = [
        "duplicate_group", "article_id", "label", "outlet", "published", "duplicate_kind",
        "duplicate_share", "relation",
    ]  # fmt: skip
    return table[columns]


def _compared(outlet: object, other: object) -> str | None:
    if not (isinstance(outlet, str) and isinstance(other, str)):
        return None
    return "same outlet" if outlet.casefold() == other.casefold() else "other outlet"


_COUNTED: Final = "copy of another article, counted as an article of its own"
_WAY_OUT: Final = "mr.unique(corpus) in a notebook, --unique for a table, or take its file out"


def copies_told(articles: pd.DataFrame) -> list[tuple[str, str, str, str | None]]:
    """Give a row for the problems for each copy: it stays, and counts as a report of its own.

    Parameters
    ----------
    articles
        With the columns that :func:`find_duplicates` gives.
    """
    names = ["article_id", "duplicate_kind", "duplicate_of", "source_file", "record"]
    copies = articles.loc[articles["duplicate_of"].notna(), names]
    return [
        (
            source,
            _COUNTED,
            f"{one} is a copy ({kind}) of {original}; to leave it out: {_WAY_OUT}",
            record if isinstance(record, str) else None,
        )
        for one, kind, original, source, record in copies.itertuples(index=False)
    ]


def unique(corpus: Corpus) -> Corpus:
    """Give the corpus without its copies: of each group the original alone.

    Parameters
    ----------
    corpus
        As :func:`~metoo_research.corpus.read_corpus` gives it.

    Returns
    -------
    The corpus with the same ids and texts. Each copy left out has a row in ``problems`` that
    names its original; ``changes`` says how many there are; ``sha256`` is another.
    """
    is_copy = corpus.articles["duplicate_of"].notna()
    copies = corpus.articles[is_copy]
    if copies.empty:
        return corpus
    names = ["article_id", "duplicate_kind", "duplicate_of"]
    left_out = pd.DataFrame(
        {
            "source_file": copies["source_file"],
            "reason": "copy of another article, left out on purpose",
            "detail": [
                f"{one} is a copy ({kind}) of {original}"
                for one, kind, original in zip(*(copies[name] for name in names), strict=True)
            ],
            "record": copies["record"],
        }
    ).astype("str")
    others = corpus.problems[corpus.problems["reason"] != _COUNTED]
    of_copy = corpus.passages["article_id"].isin(copies["article_id"])
    told = "\n".join([corpus.sha256, "without copies", *sorted(copies["article_id"])])
    number = f"{len(copies):,} cop{'ies' if len(copies) > 1 else 'y'} left out"
    return replace(
        corpus,
        articles=corpus.articles[~is_copy].reset_index(drop=True),
        passages=corpus.passages[~of_copy].reset_index(drop=True),
        problems=pd.concat([others, left_out], ignore_index=True),
        sha256=sha256(told.encode()).hexdigest(),
        changes=(*corpus.changes, number),
    )
