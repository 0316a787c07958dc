"""Word frequency, with what a reviewer asks for beside each count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    COUNTED_KINDS,
    Codes,
    CountedTokens,
    article_groups,
    by_columns,
    checked_kinds,
    code_point_order,
    counted_tokens,
    counts_per_article,
    groups_named,
    stopped_terms,
)
from metoo_research.words._frequency_intervals import frequency_intervals
from metoo_research.words._spread import spread_over_articles
from metoo_research.words.forms import WordForm, base_forms, checked_form, form_settings
from metoo_research.words.intervals import Bootstrap
from metoo_research.words.stop_words import resolve_stop_words

_FORMULAS = {
    "per_million": "1,000,000 * count / tokens_counted",
    "rank": "count descending, ties share the lowest rank",
    "dispersion_dp": "DP over articles (Gries 2008)",
    "dispersion_dp_norm": "DP / (1 - min(s)) (Lijffijt & Gries 2012)",
    "dispersion_juilland_d": "1 - V / sqrt(n - 1), V of relative frequencies, population "
    "standard deviation (Juilland et al. 1970)",
}
_COLUMNS = (
    "word",
    "kind",
    "forms",
    "count",
    "per_million",
    "per_million_low",
    "per_million_high",
    "rank",
    "articles_containing",
    "dispersion_dp",
    "dispersion_dp_norm",
    "dispersion_juilland_d",
    "tokens_counted",
    "articles_counted",
)


def word_frequency(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    kinds: Collection[TokenKind] = COUNTED_KINDS,
    stop_words: str | Collection[str] | None = None,
    min_count: int = 1,
    form: WordForm = "word",
    language: str = "en",
    intervals: bool = False,
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 2017,
) -> Result:
    """Count words in the corpus, or in each group of articles.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``word`` (normal form), ``kind``; for intervals
        within a single article also ``sentence_id``.
    articles
        One row per article: ``article_id`` and the columns named in ``by``. Articles
        without a token count too.
    by
        Column or columns of ``articles`` that make the groups (``"article_id"``,
        ``"outlet"``, ...); ``None`` for the whole corpus. Articles without a value are a
        group of their own.
    kinds
        Kinds of tokens that count; ``["number"]`` or ``["url"]`` counts those alone.
    stop_words
        Words to leave out: a language code (see `stop_words`), a `StopList` or words of
        your own; ``None`` leaves out none.
    min_count
        Words with a lower count in their group are left out.
    form
        ``"word"`` counts words as they are, ``"lemma"`` and ``"stem"`` count the words that
        share a base form together (see `base_forms`, also for what a lemma without its
        part of speech cannot tell apart). Only tokens of the kind word are changed:
        hashtags, mentions, numbers and URLs stay as they are. Stop words are left out
        before, by the word as it stands in the text.
    language
        Language of the base forms.
    intervals
        Whether to add an interval to ``per_million``.
    level, draws, seed
        Level of the interval, number of draws and seed.

    Returns
    -------
    One row per group, word and kind, groups in the order of their first article, within a
    group by count descending, then word, then kind (by code point):

    ``by`` columns
        The group.
    ``word``, ``kind``
        The word or its base form. The same word as, say, a hashtag and a plain word has
        two rows.
    ``forms``
        With a lemma or stem only: the words counted together, the most frequent first
        ("said; say; says").
    ``count``
        Occurrences in the group.
    ``per_million``
        Occurrences per million of ``tokens_counted``.
    ``per_million_low``, ``per_million_high``
        With ``intervals`` only: percentile bootstrap (see `ratio_intervals`) over the
        articles of the group, drawn with all their tokens; over the sentences where only
        one article of the group holds tokens. NaN where there are fewer than two units to
        draw; ``attrs["intervals"]`` tells which unit was drawn in how many groups, and
        names the groups without an interval, with the reason. With a handful of articles
        the interval is too narrow; it shows what the articles at hand can tell.
    ``rank``
        1 for the highest count of the group; equal counts share the lowest rank (1, 2, 2,
        4). Stop words have no rank; ``min_count`` does not change ranks.
    ``articles_containing``
        Articles of the group in which the word occurs.
    ``dispersion_dp``, ``dispersion_dp_norm``, ``dispersion_juilland_d``
        Gries' DP and Juilland's D over the articles of the group, with all tokens of
        ``kinds`` as their sizes: 0 and 1 for an even spread (see `gries_dp`,
        `gries_dp_norm`, `juilland_d`). NaN where fewer than two articles of the group hold
        tokens.
    ``tokens_counted``, ``articles_counted``
        Tokens of ``kinds`` in the group, stop words too; articles in the group, those
        without tokens too.

    ``attrs`` holds the settings, the numbers of tokens and articles, ``left_out`` (rows and
    tokens that stop words and ``min_count`` removed, tokens of other kinds) and
    ``groups_without_rows``.

    Raises
    ------
    TableError
        If a column is missing, a token belongs to no article, or an option has no meaning.
    """
    if min_count < 1:
        raise TableError(f"min_count is a whole number from 1 on, not {min_count!r}")
    checked_form(form)
    bootstrap = Bootstrap(level, draws, seed)
    grouping = by_columns(by)
    stop_list = resolve_stop_words(stop_words)
    counted = counted_tokens(tokens, articles, kinds)
    group_of_article, groups = article_groups(articles, grouping, taken=_COLUMNS)
    term_stopped = stopped_terms(counted, stop_list)
    plain = counted
    if form != "word":
        counted, base, term_stopped = _in_base_form(plain, term_stopped, form, language)

    article, term, pair_count = counts_per_article(counted)
    n_terms = max(len(counted.words), 1)
    rows, row = np.unique(group_of_article[article] * n_terms + term, return_inverse=True)
    group, row_term = rows // n_terms, rows % n_terms
    spread = spread_over_articles(
        row,
        article,
        pair_count,
        row_group=group,
        group_of_article=group_of_article,
        article_sizes=counted.article_sizes,
        n_groups=len(groups),
    )
    count = spread.total()
    group_articles = np.bincount(group_of_article, minlength=len(groups)).astype(np.int64)

    stopped = term_stopped[row_term]
    too_few = ~stopped & (count < min_count)
    # A count of 0 puts the stop words last, where they change no other rank.
    ranked = pd.Series(np.where(stopped, 0, count)).groupby(group)

    table = groups.iloc[group].reset_index(drop=True)
    table["word"] = pd.Series(counted.words[row_term], dtype="str")
    table["kind"] = pd.Series(counted.kinds[row_term], dtype="str")
    if form != "word":
        table["forms"] = _surface_forms(plain, base, group_of_article, rows, n_terms)
    table["count"] = count
    table["per_million"] = 1_000_000 * count / spread.tokens
    interval_settings: dict[str, Any] | None = None
    if intervals:
        made = frequency_intervals(
            tokens,
            articles,
            counted,
            kinds=kinds,
            group_of_article=group_of_article,
            n_groups=len(groups),
            rows=rows,
            wanted=~(stopped | too_few),
            bootstrap=bootstrap,
        )
        table["per_million_low"] = 1_000_000 * made.low
        table["per_million_high"] = 1_000_000 * made.high
        interval_settings = bootstrap.settings() | made.settings(groups, grouping)
    table["rank"] = ranked.rank(method="min", ascending=False).astype("int64")
    table["articles_containing"] = spread.parts_containing()
    table["dispersion_dp"] = spread.dp()
    table["dispersion_dp_norm"] = spread.dp_norm()
    table["dispersion_juilland_d"] = spread.juilland_d()
    table["tokens_counted"] = spread.tokens
    table["articles_counted"] = group_articles[group]

    order = np.lexsort(
        (code_point_order(table["kind"]), code_point_order(table["word"]), -count, group)
    )
    order = order[~(stopped | too_few)[order]]
    settings = {
        "table": "word_frequency",
        "by": grouping,
        "kinds": list(checked_kinds(kinds)),
        "form": form_settings(form, language),
        "stop_words": None if stop_list is None else stop_list.settings(),
        "min_count": min_count,
        "intervals": interval_settings,
        "formulas": dict(_FORMULAS),
        "tokenizer": tokens.attrs.get("tokenizer"),
        "n_articles": len(articles),
        "n_tokens": int(counted.article_sizes.sum()),
        "left_out": {
            "stop_words": _left_out(stopped, count),
            "min_count": _left_out(too_few, count),
            "other_kinds": {"tokens": counted.other_kinds},
        },
        "groups_without_rows": groups_named(
            groups, grouping, ~np.isin(np.arange(len(groups)), group[order])
        ),
    }
    return result(table.iloc[order].reset_index(drop=True), settings)


def _left_out(rows: NDArray[np.bool_], count: Codes) -> dict[str, int]:
    return {"rows": int(rows.sum()), "tokens": int(count[rows].sum())}


def _in_base_form(
    plain: CountedTokens, stopped: NDArray[np.bool_], form: WordForm, language: str
) -> tuple[CountedTokens, Codes, NDArray[np.bool_]]:
    """Number the terms anew by base form; also the new number of each old term.

    A base form has two numbers where some of its words are stop words and others are not.
    """
    changed = np.flatnonzero((plain.kinds == "word") & ~stopped)
    words = plain.words.copy()
    words[changed] = base_forms(plain.words[changed].tolist(), form=form, language=language)
    keys = pd.MultiIndex.from_arrays([words, plain.kinds, stopped])
    new, _ = pd.factorize(keys)
    base = new.astype(np.int64)
    first = np.unique(base, return_index=True)[1]
    counted = replace(
        plain, term=base[plain.term], words=words[first], kinds=plain.kinds[first]
    )
    return counted, base, stopped[first]


def _surface_forms(
    plain: CountedTokens, base: Codes, group_of_article: Codes, rows: Codes, n_terms: int
) -> pd.Series[str]:
    """Name the words of each row, the most frequent first, ties by code point."""
    article, term, count = counts_per_article(plain)
    group = group_of_article[article]
    n_plain = max(len(plain.words), 1)
    pairs, pair = np.unique(group * n_plain + term, return_inverse=True)
    total = np.bincount(pair, weights=count, minlength=len(pairs)).astype(np.int64)
    group, term = pairs // n_plain, pairs % n_plain
    row = np.searchsorted(rows, group * n_terms + base[term])
    words = pd.Series(plain.words[term], dtype="str")
    order = np.lexsort((code_point_order(words), -total, row))
    named: list[list[str]] = [[] for _ in range(len(rows))]
    for at, word in zip(row[order].tolist(), words.iloc[order].tolist(), strict=True):
        named[at].append(word)
    return pd.Series(["; ".join(one) for one in named], dtype="str")
