"""Two corpora as counts of the same words: what keyness compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import EmptyGroupError, TableError
from metoo_research.tokens import normal_form
from metoo_research.words._counting import Codes, require_columns
from metoo_research.words._spread import Spread, spread_over_articles
from metoo_research.words.contingency import Numbers

TARGET, REFERENCE = 0, 1


@dataclass(frozen=True)
class TwoCorpora:
    """Counts of each term (word and kind) in both corpora, and in their articles.

    ``article``, ``term`` and ``pair_count`` hold one entry per article and term that occur
    together; ``article_sizes`` and ``side`` one per article that holds words. A reference
    that is a list of words has no articles.
    """

    words: NDArray[np.object_]
    kinds: NDArray[np.object_]
    counts: tuple[Numbers, Numbers]
    totals: tuple[float, float]
    article: Codes
    term: Codes
    pair_count: Numbers
    article_sizes: Numbers
    side: Codes
    articles_given: tuple[int, int | None]
    not_compared: int

    @property
    def reference_is_list(self) -> bool:
        """Whether the reference is a list of words, without articles."""
        return self.articles_given[REFERENCE] is None

    def spread(self, side: int) -> Spread:
        """How the terms are spread over the articles of one side."""
        chosen = self.side[self.article] == side
        return spread_over_articles(
            self.term[chosen],
            self.article[chosen],
            self.pair_count[chosen].astype(np.int64),
            row_group=np.full(len(self.words), side, dtype=np.int64),
            group_of_article=self.side,
            article_sizes=self.article_sizes.astype(np.int64),
            n_groups=2,
        )


def two_corpora(
    words: pd.DataFrame, target: pd.Series[Any] | None, reference: pd.DataFrame | None
) -> TwoCorpora:
    """Bring both sides together, or raise `EmptyGroupError` or `TableError`."""
    words = _checked_counts(words, name="words", ids=True)
    in_target = _checked_target(words, target, reference)
    ids = words["article_id"]
    here = ids.isin(in_target.index[in_target.to_numpy()])
    of_target = words[here.to_numpy()]
    not_compared = 0
    n_target, n_reference = int(in_target.sum()), None
    total_reference = None
    if reference is None:
        of_reference = words[~here.to_numpy()]
        n_reference = int((~in_target).sum())
        if not n_reference:
            raise EmptyGroupError(
                "the reference holds no article: the target is all there are; mark fewer "
                "articles, or give another corpus as reference"
            )
    else:
        not_compared = len(words) - len(of_target)
        if "article_id" in reference.columns:
            of_reference = _checked_counts(reference, name="reference", ids=True)
            n_reference = int(of_reference["article_id"].nunique())
        else:
            total_reference = _list_total(reference)
            of_reference = _word_list(reference, of_target)
    if not n_target:
        raise EmptyGroupError("the target holds no article; mark at least one article as True")
    for side, part in (("target", of_target), ("reference", of_reference)):
        if not len(part):
            raise EmptyGroupError(
                f"the articles of the {side} hold no word that is counted; check kinds, stop "
                "words and which articles belong to it"
            )
    return _joined(
        of_target, of_reference, total_reference, (n_target, n_reference), not_compared
    )


def aligned_list(table: pd.DataFrame, corpora: TwoCorpora, *, name: str) -> Numbers:
    """Counts of a list of words, in the order of the terms; 0 for a word it has not."""
    listed = _checked_counts(table, name=name, ids=False)
    listed = listed.assign(word=[normal_form(str(word)) for word in listed["word"]])
    keys = ["word", "kind"] if "kind" in listed.columns else ["word"]
    summed = listed.groupby(keys, observed=True)["count"].sum()
    if len(keys) == 1:
        index = pd.Index(corpora.words)
    else:
        index = pd.MultiIndex.from_arrays([corpora.words, corpora.kinds])
    return cast(Numbers, summed.reindex(index).fillna(0.0).to_numpy(dtype=np.float64))


def _joined(
    target: pd.DataFrame,
    reference: pd.DataFrame,
    total_reference: float | None,
    articles_given: tuple[int, int | None],
    not_compared: int,
) -> TwoCorpora:
    sides = np.repeat([TARGET, REFERENCE], [len(target), len(reference)])
    rows = pd.concat([target, reference], ignore_index=True)
    keys = pd.MultiIndex.from_arrays([rows["word"].astype("str"), rows["kind"].astype("str")])
    term, terms = pd.factorize(keys)
    count = rows["count"].to_numpy(dtype=np.float64)
    both = [
        np.bincount(term[sides == side], weights=count[sides == side], minlength=len(terms))
        for side in (TARGET, REFERENCE)
    ]
    # The same id in both corpora is two articles.
    has_articles = np.ones(len(rows), dtype=bool)
    if articles_given[REFERENCE] is None:
        has_articles = sides == TARGET
    ids = rows["article_id"].astype("str").to_numpy(dtype=object)[has_articles]
    owner = pd.MultiIndex.from_arrays([sides[has_articles], ids])
    article, articles = pd.factorize(owner)
    n_terms = max(len(terms), 1)
    pairs, pair = np.unique(article * n_terms + term[has_articles], return_inverse=True)
    pair_count = np.bincount(pair, weights=count[has_articles], minlength=len(pairs))
    return TwoCorpora(
        words=np.asarray(terms.get_level_values(0), dtype=object),
        kinds=np.asarray(terms.get_level_values(1), dtype=object),
        counts=(both[TARGET].astype(np.float64), both[REFERENCE].astype(np.float64)),
        totals=(
            float(both[TARGET].sum()),
            float(both[REFERENCE].sum()) if total_reference is None else total_reference,
        ),
        article=(pairs // n_terms).astype(np.int64),
        term=(pairs % n_terms).astype(np.int64),
        pair_count=pair_count.astype(np.float64),
        article_sizes=np.bincount(
            article, weights=count[has_articles], minlength=len(articles)
        ).astype(np.float64),
        side=articles.get_level_values(0).to_numpy(dtype=np.int64),
        articles_given=articles_given,
        not_compared=not_compared,
    )


def _checked_counts(table: pd.DataFrame, *, name: str, ids: bool) -> pd.DataFrame:
    """Rows with a count over 0, or `TableError` where a count or word cannot be one."""
    require_columns(
        table, ["article_id", "word", "count"] if ids else ["word", "count"], name=name
    )
    if table["word"].isna().any():
        raise TableError(f"the {name} table has a row without a word")
    count = pd.to_numeric(table["count"], errors="coerce").to_numpy(dtype=np.float64)
    wrong = ~np.isfinite(count) | (count < 0)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        given = table["count"].iloc[at]
        what = "a missing count" if pd.isna(given) else f"the count {given}"
        raise TableError(
            f"the {name} table has {what} for {table['word'].iloc[at]!r}; counts are numbers "
            "from 0 on"
        )
    columns = {
        column: table[column].astype("str").to_numpy(dtype=object)
        for column in ("article_id", "word", "kind")
        if column in table.columns
    }
    rows = pd.DataFrame(columns).assign(count=count)
    if ids and "kind" not in rows.columns:
        rows["kind"] = "word"
    return rows[rows["count"] > 0]


def _checked_target(
    words: pd.DataFrame, target: pd.Series[Any] | None, reference: pd.DataFrame | None
) -> pd.Series[bool]:
    if target is None:
        if reference is None:
            raise TableError("say which articles are the target, or give a reference corpus")
        ids = pd.Index(words["article_id"].unique())
        return pd.Series(True, index=ids)
    if not isinstance(target, pd.Series):
        raise TableError("target is a Series of True and False with article ids as its index")
    if target.isna().any() or not target.isin([True, False]).all():
        raise TableError("target holds True or False for each article, and nothing else")
    if target.index.has_duplicates:
        twice = target.index[target.index.duplicated()][0]
        raise TableError(f"target names article {twice!r} twice")
    checked = pd.Series(target.to_numpy(dtype=bool), index=target.index.astype("str"))
    unknown = ~words["article_id"].isin(checked.index)
    if unknown.any():
        which = words["article_id"][unknown].iloc[0]
        raise TableError(
            f"target does not say on which side article {which!r} is; its index holds the id "
            "of every article"
        )
    return checked


def _word_list(reference: pd.DataFrame, of_target: pd.DataFrame) -> pd.DataFrame:
    """Rows of a list of words, in normal form, with the kind each word has in the target."""
    listed = _checked_counts(reference, name="reference", ids=False)
    listed = listed.assign(word=[normal_form(str(word)) for word in listed["word"]])
    if "kind" not in listed.columns:
        by_kind = of_target.groupby(["word", "kind"], observed=True)["count"].sum()
        ordered = by_kind.reset_index().sort_values(
            ["count", "kind"], ascending=[False, True], kind="stable"
        )
        kind_of = ordered.drop_duplicates("word").set_index("word")["kind"]
        listed["kind"] = listed["word"].map(kind_of).fillna("word").to_numpy(dtype=object)
    return listed.assign(article_id="")


def _list_total(reference: pd.DataFrame) -> float | None:
    """Words of the corpus that a list was made from, where the list says so."""
    if "total" not in reference.columns or reference.empty:
        return None
    totals = pd.to_numeric(reference["total"], errors="coerce").unique()
    if len(totals) != 1 or not np.isfinite(totals[0]):
        raise TableError("the reference list's total is one number, the same in every row")
    total = float(totals[0])
    listed = float(_checked_counts(reference, name="reference", ids=False)["count"].sum())
    if total < listed:
        raise TableError(
            f"the reference list's total is {total:g}, but its counts sum to {listed:g}"
        )
    return total
