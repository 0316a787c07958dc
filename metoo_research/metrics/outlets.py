"""Which outlets say where their figures come from, and which report the same ones."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Literal, get_args

import pandas as pd

from metoo_research._wording import worded
from metoo_research.errors import TableError
from metoo_research.metrics.checks import as_moments, check_columns, check_once
from metoo_research.metrics.reliability import wilson_interval

By = Literal["outlet", "article_id"]

_NEEDED: Final = ("article_id", "start", "end", "kind", "role", "attributed_to", "source")
_WORDED: Final = (
    *_NEEDED, "number_text", "modifier", "value", "value_high", "bound", "measure", "platform",
    "subject",
)  # fmt: skip
_SHARES: Final = (
    "articles", "figures", "attributed", "share_attributed", "share_attributed_low",
    "share_attributed_high", "sources", "most_named", "most_named_figures",
)  # fmt: skip
_REPEATED: Final = {
    "measure": "str", "platform": "str", "subject": "str", "said": "str", "value": "float64",
    "value_high": "float64", "bound": "str", "articles": "int64",
    "articles_attributing": "int64", "all_attribute": "bool", "sources": "int64",
    "most_named": "str", "outlets": "Int64", "copies": "Int64",
    "first_published": "datetime64[us, UTC]", "last_published": "datetime64[us, UTC]",
    "undated": "Int64", "first_article": "str", "article_id": "str", "start": "int64",
    "end": "int64",
}  # fmt: skip


def attribution_by_outlet(
    metrics: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: By = "outlet",
    kinds: Collection[str] | None = ("social_metric",),
) -> pd.DataFrame:
    """Count, per outlet or article, the figures for which a source is named, and which.

    A figure is attributed if its sentence says according to whom. Its source is the one that
    this was resolved to (``source``), else what is written (``attributed_to``).

    Parameters
    ----------
    metrics
        The metrics table; only its figures (``role``) count.
    articles
        ``corpus.articles``: ``article_id``, ``outlet`` and, where there is one, ``label``.
    by
        "outlet", or "article_id" for a row per article.
    kinds
        Kinds of figures to count; None for all.

    Returns
    -------
    One row per outlet in the order of the articles, those that report no figure too; an
    article whose outlet is not known has a row of its own. ``outlet`` (by article:
    ``article_id``, ``outlet``), ``label`` (the outlet, or the article's label),
    ``articles``; ``figures``, ``attributed`` (of them), ``share_attributed`` with its 95 %
    interval ``share_attributed_low``, ``share_attributed_high`` (Wilson's, see
    :func:`~metoo_research.metrics.reliability.wilson_interval`; NaN without figures);
    ``sources`` (different ones; capitals do not count), ``most_named`` and
    ``most_named_figures`` (how many are attributed to it; of several with as many, the first
    by the alphabet). ``attrs["figures_of_other_kinds"]`` counts what is not in ``kinds``.

    Raises
    ------
    TableError
        If a column is missing, a figure or an article stands in its table twice, or the
        figures are of other articles.
    """
    figures, groups = _counted(metrics, articles, by, kinds)
    numbers = figures["group"].value_counts().reindex(groups.index, fill_value=0)
    attributed = figures.groupby("group")["name"].count().reindex(groups.index, fill_value=0)
    pairs = list(zip(attributed.tolist(), numbers.tolist(), strict=True))
    intervals = [wilson_interval(*pair) for pair in pairs]
    tally = _tally(figures)
    most = tally.drop_duplicates("group").set_index("group").reindex(groups.index)
    table = groups.assign(
        figures=numbers,
        attributed=attributed,
        share_attributed=[some / all_ if all_ else math.nan for some, all_ in pairs],
        share_attributed_low=[low for low, _ in intervals],
        share_attributed_high=[high for _, high in intervals],
        sources=tally["group"].value_counts().reindex(groups.index, fill_value=0),
        most_named=most["source"].astype("str"),
        most_named_figures=most["figures"].fillna(0).astype("int64"),
    )
    table.attrs = figures.attrs
    return table[[*_names(by), *_SHARES]].reset_index(drop=True)


def sources_by_outlet(
    metrics: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: By = "outlet",
    kinds: Collection[str] | None = ("social_metric",),
) -> pd.DataFrame:
    """Count, per outlet or article, the figures that are attributed to each source.

    Parameters
    ----------
    metrics, articles, by, kinds
        As for :func:`attribution_by_outlet`.

    Returns
    -------
    One row per outlet and source, in the order of the articles, the source named most first:
    ``outlet`` (by article: ``article_id``, ``outlet``), ``label``, ``source``, ``figures``,
    ``articles`` (that name it). ``attrs["figures_of_other_kinds"]`` counts what is not in
    ``kinds``.

    Raises
    ------
    TableError
        As :func:`attribution_by_outlet`.
    """
    figures, groups = _counted(metrics, articles, by, kinds)
    table = _tally(figures).join(groups[_names(by)], on="group")
    table.attrs = figures.attrs
    return table[[*_names(by), "source", "figures", "articles"]].reset_index(drop=True)


def repeated_figures(
    metrics: pd.DataFrame,
    articles: pd.DataFrame | None = None,
    *,
    kinds: Collection[str] | None = ("social_metric",),
) -> pd.DataFrame:
    """Find the figures that two articles or more report, and say who names a source for them.

    Figures are the same if measure, platform, subject (capitals do not count), value, upper
    end and bound are; a platform or subject that is not told is only the same as another
    that is not told. A vague word ("thousands") is a figure too, though two articles that
    use it need not have it from one another.

    Parameters
    ----------
    metrics
        The metrics table; only its figures (``role``) that have a measure count.
    articles
        ``corpus.articles``: ``article_id``, ``published``, ``outlet`` and, where they are
        there, ``published_precision`` and ``duplicate_of``. Without it, the columns marked
        with * are empty.
    kinds
        Kinds of figures to take; None for all.

    Returns
    -------
    One row per figure, the one in most articles first, then in the order of the table:
    ``measure``, ``platform``, ``subject``, ``said`` (as first worded; in
    brackets a hedge that the sentence in ``evidence`` says of an earlier number), ``value``,
    ``value_high``, ``bound``; ``articles`` (that report it), ``articles_attributing`` (of
    them, those that name a source for it), ``all_attribute``, ``sources`` (different ones),
    ``most_named`` (the source that most figures are attributed to); ``outlets``* (different
    ones, as far as they are known), ``copies``* (articles of them that are copies of another
    article), ``first_published``*, ``last_published``*, ``undated``* (articles without a
    date), ``first_article``* (which certainly appeared before all others: empty where one
    has no date, or two appeared on the same day and the hour of one is not known);
    ``article_id``, ``start``, ``end`` (where it stands in the first article, or where that is
    not known in the first of the table). ``attrs`` counts ``figures_of_other_kinds`` and
    ``figures_without_measure``.

    Raises
    ------
    TableError
        As :func:`attribution_by_outlet`.
    """
    check_columns(metrics, _WORDED, "the metrics table")
    figures = _figures(metrics, kinds)
    about = None if articles is None else _About(articles, figures)
    counted = figures.dropna(subset=["measure"])
    keys: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    if "evidence" not in counted:
        counted = counted.assign(evidence=None)
    names = [*_WORDED, "name", "evidence"]
    for cells in zip(*(counted[name].tolist() for name in names), strict=True):
        row = dict(zip(names, cells, strict=True))
        keys.setdefault(_same_figure(row), []).append(row)
    rows = [
        _repeated(figure, about)
        for figure in keys.values()
        if any(row["article_id"] != figure[0]["article_id"] for row in figure)
    ]
    table = pd.DataFrame(rows, columns=list(_REPEATED)).astype(_REPEATED)
    table = table.sort_values("articles", ascending=False, kind="stable", ignore_index=True)
    table.attrs = figures.attrs | {"figures_without_measure": len(figures) - len(counted)}
    return table


# --- figures and their sources ---------------------------------------------------------------


def _figures(metrics: pd.DataFrame, kinds: Collection[str] | None) -> pd.DataFrame:
    """The figures of some kinds, with the name of the source that each is attributed to."""
    check_columns(metrics, _NEEDED, "the metrics table")
    if isinstance(kinds, str):
        raise TableError(f"kinds is a list of kinds: kinds=[{kinds!r}]")
    everything = metrics[metrics["role"] == "figure"]
    figures = everything if kinds is None else everything[everything["kind"].isin(list(kinds))]
    check_once(figures)
    names = figures["source"].where(figures["source"].notna(), figures["attributed_to"])
    figures = figures.assign(name=names.astype("str"))
    figures.attrs = {"figures_of_other_kinds": len(everything) - len(figures)}
    return figures


def _check_articles(
    articles: pd.DataFrame, needed: Sequence[str], figures: pd.DataFrame
) -> None:
    check_columns(articles, ("article_id", *needed), "the articles table")
    twice = articles.loc[articles["article_id"].duplicated(), "article_id"]
    if len(twice):
        raise TableError(f"the articles table has {twice.iloc[0]!r} twice; keep one row of it")
    others = figures.loc[~figures["article_id"].isin(articles["article_id"]), "article_id"]
    if len(others):
        raise TableError(
            f"the articles table has no {others.iloc[0]!r}; give the articles that the metrics"
            " were made from"
        )


def _counted(
    metrics: pd.DataFrame, articles: pd.DataFrame, by: By, kinds: Collection[str] | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures, with the number of their group; the groups with their names."""
    if by not in get_args(By):
        raise TableError(f"by is one of {', '.join(get_args(By))}, not {by!r}")
    figures = _figures(metrics, kinds)
    _check_articles(articles, ["outlet"], figures)
    own = articles["article_id"].astype("str")
    label = articles.get("label", own).astype("str")
    outlet = articles["outlet"].astype("str")
    if by == "outlet":
        label = outlet.where(outlet.notna(), label)
    # An article id could be the name of an outlet.
    known = outlet.notna() if by == "outlet" else pd.Series(False, index=articles.index)
    keys = pd.MultiIndex.from_arrays([known, outlet.where(known, own)])
    numbers = pd.Series(pd.factorize(keys)[0], index=articles.index)
    groups = pd.DataFrame({"group": numbers, "article_id": own, "outlet": outlet})
    groups = groups.assign(label=label, articles=numbers.groupby(numbers).transform("size"))
    group_of = dict(zip(own, numbers, strict=True))
    attrs = figures.attrs
    figures = figures.assign(group=figures["article_id"].map(group_of).astype("int64"))
    figures.attrs = attrs
    return figures, groups.drop_duplicates("group").set_index("group")


def _names(by: By) -> list[str]:
    return ["outlet", "label"] if by == "outlet" else ["article_id", "outlet", "label"]


def _tally(figures: pd.DataFrame) -> pd.DataFrame:
    """Per group and source, whatever its capitals, its figures and articles; most first."""
    named = figures.dropna(subset=["name"])
    named = named.assign(key=named["name"].str.casefold())
    tally = named.groupby(["group", "key"], as_index=False).agg(
        source=("name", "first"), figures=("name", "size"), articles=("article_id", "nunique")
    )
    return tally.sort_values(
        ["group", "figures", "key"], ascending=[True, False, True], ignore_index=True
    )


# --- repeated figures ------------------------------------------------------------------------


def _same_figure(row: Mapping[str, Any]) -> tuple[object, ...]:
    words = (row[name] for name in ("measure", "platform", "subject"))
    folded = tuple(word.casefold() if isinstance(word, str) else None for word in words)
    high = None if pd.isna(row["value_high"]) else row["value_high"]
    return (*folded, row["value"], high, row["bound"])


class _About:
    """What is known of the articles: their outlets, dates, and which are copies."""

    def __init__(self, articles: pd.DataFrame, figures: pd.DataFrame) -> None:
        _check_articles(articles, ["outlet", "published"], figures)
        ids = articles["article_id"].tolist()
        nothing = pd.Series(None, index=articles.index, dtype="object")
        self.outlet = dict(zip(ids, articles["outlet"].tolist(), strict=True))
        copied = articles.get("duplicate_of", nothing).notna()
        self.copy = dict(zip(ids, copied.tolist(), strict=True))
        self.published = dict(
            zip(ids, as_moments(articles["published"], "published"), strict=True)
        )
        minute = articles.get("published_precision", nothing) == "minute"
        self.exact = dict(zip(ids, minute.tolist(), strict=True))

    def first(self, article_ids: Collection[str]) -> str | None:
        """Which article certainly appeared before all others, if that can be known."""
        dated = []
        for one in article_ids:
            when = self.published[one]
            if when is None:
                return None
            dated.append((when, one))
        (earliest, first), (second, _) = sorted(dated)[:2]
        # Known to the day, it may have appeared as late as the day's end.
        latest = earliest if self.exact[first] else earliest + pd.Timedelta(days=1)
        certain = earliest < second and latest <= second
        return first if certain else None


def _repeated(figure: Sequence[Mapping[str, Any]], about: _About | None) -> dict[str, Any]:
    article_ids = list(dict.fromkeys(row["article_id"] for row in figure))
    named = [row for row in figure if isinstance(row["name"], str)]
    sources = _spelled_most(row["name"] for row in named)
    attributing = len({row["article_id"] for row in named})
    row: dict[str, Any] = {
        **{name: figure[0][name] for name in ("measure", "platform", "subject")},
        **{name: figure[0][name] for name in ("value", "value_high", "bound")},
        "said": worded(*(figure[0][name] for name in ("modifier", "number_text", "evidence"))),
        "articles": len(article_ids),
        "articles_attributing": attributing,
        "all_attribute": attributing == len(article_ids),
        "sources": len(sources),
        "most_named": sources[0] if sources else None,
    }
    first: str | None = None
    if about is not None:
        dates = [about.published[one] for one in article_ids]
        known = [when for when in dates if when is not None]
        first = about.first(article_ids)
        outlets = {about.outlet[one] for one in article_ids if pd.notna(about.outlet[one])}
        row |= {
            "outlets": len(outlets),
            "copies": sum(about.copy[one] for one in article_ids),
            "first_published": min(known, default=None),
            "last_published": max(known, default=None),
            "undated": len(dates) - len(known),
            "first_article": first,
        }
    read = next(row for row in figure if first in {None, row["article_id"]})
    return row | {name: read[name] for name in ("article_id", "start", "end")}


def _spelled_most(names: Iterable[str]) -> list[str]:
    """Different names, whatever their capitals; the most frequent first, then by alphabet."""
    spelled: dict[str, str] = {}
    times: dict[str, int] = {}
    for name in names:
        key = name.casefold()
        spelled.setdefault(key, name)
        times[key] = times.get(key, 0) + 1
    return [spelled[key] for key in sorted(times, key=lambda key: (-times[key], key))]
