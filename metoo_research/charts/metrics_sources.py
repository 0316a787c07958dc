"""Which article names a source for the figures it reports, and which source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.coordinates import axes_mm, right_of
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.extremes import at_end
from metoo_research.charts.key import KeyItem, letter_look, patch
from metoo_research.charts.metric_rows import Line, write
from metoo_research.charts.palettes import palette
from metoo_research.charts.rows import label_blocks
from metoo_research.charts.social_figures import social_figures
from metoo_research.charts.style import (
    GREY,
    NARROW_MM,
    PALE,
    SMALL_PT,
    TWO_COLUMNS_MM,
)
from metoo_research.charts.tables import (
    articles_in,
    each_of_articles,
    records,
    row_limit,
    shown_of,
)
from metoo_research.charts.text import count, line_mm, lines_in, wrap
from metoo_research.charts.text import width_mm as text_mm

_NO_ARTICLES: Final = "No article and no figure in this corpus."
_BAR_MM: Final = 4.6
_LEAST_MM: Final = 8.0
_MOST_SOURCES: Final = 8
_NOT_NAMED: Final[dict[str, Any]] = {
    "facecolor": PALE,
    "edgecolor": GREY,
    "hatch": "/////",
    "linewidth": 0.5,
}


@layout.chart
def metrics_sources(
    metrics: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    subject: str | None = None,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many social-media figures each article reports, with and without a source.

    A figure has a source if the article attributes it (``attributed_to``) or the attribution
    was resolved (``source``); the resolved name is the one counted. As in `reported_metrics`,
    only social-media figures count, those about other campaigns among them; notes say how
    many these are and how many figures of other kinds there are.

    Parameters
    ----------
    metrics, articles, subject
        As for `reported_metrics`. With `articles`, those that report nothing have a row too.
    top
        How many articles to draw, from the first, where not all fit those with a figure before
        the others; the title says of how many, and a note what the others report.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes: along x the number of figures, along y millimetres from the top, with a tick at
    each article's bar. The patches are, article by article, the part with a source and the
    part without (hatched); a part of nothing is not drawn.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    top = row_limit(top)
    counted = _counted(metrics, articles, subject)
    shown = _chosen(counted.by_article, top)
    title = title or f"Who names a source for social-media figures{counted.about}" + shown_of(
        len(shown), len(counted.by_article)
    )
    if shown.empty:
        return layout.empty(ax, width=width_mm, message=_NO_ARTICLES, title=title)

    narrow = width_mm < NARROW_MM
    side_mm = (0.33 if narrow else 0.36) * width_mm
    labels = label_blocks(list(shown["label"]), (0.28 if narrow else 0.25) * width_mm)
    texts = [_texts(row, side_mm) for row in records(shown)]
    heights = [
        max(_LEAST_MM, lines_in(label) * line_mm() + 2, sum(line_mm(t.size) for t in text) + 2)
        for label, text in zip(labels, texts, strict=True)
    ]
    ax = layout.begin(ax, width=width_mm, body=sum(heights))
    ax.set_ylim(sum(heights), 0)
    most = max(int(shown["figures"].max()), 1)
    ax.set_xlim(0, most * 1.01)  # so that the last bar keeps its edge
    middles = []
    y = 0.0
    for row, text, height in zip(records(shown), texts, heights, strict=True):
        middles.append(y + height / 2)
        _bar(ax, row, middles[-1])
        tall = sum(line_mm(one.size) for one in text)
        write(ax, text, 2.5, middles[-1] - tall / 2, right_of(ax))
        y += height
    ax.set_yticks(middles, labels)
    ax.tick_params(axis="y", length=0, pad=3)
    ax.xaxis.set_major_locator(MaxNLocator(3 if narrow else 5, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda number, _: count(number)))
    ax.set_xlabel("figures reported", loc="left")
    layout.tidy(ax, left=True)
    layout.finish(
        ax,
        title=title,
        table=shown,
        alt=_describe(counted, shown),
        key=[
            KeyItem(patch(**look), meaning)
            for part, look, meaning in (
                ("with_source", _named(), "with a source named"),
                ("without_source", _NOT_NAMED, "without a source"),
            )
            if shown[part].any()
        ],
        notes=[*_not_drawn(counted, shown), *counted.notes],
    )
    # Numbers last: whether one fits depends on the width that the texts leave.
    per_mm = most * 1.01 / max(axes_mm(ax)[0], 1.0)
    for row, middle in zip(records(shown), middles, strict=True):
        _numbers(ax, row, middle, per_mm)
    return ax


describe_metrics_sources = description_of(metrics_sources)


def _describe(counted: _Counted, shown: pd.DataFrame) -> str:
    figures, named = int(shown["figures"].sum()), int(shown["with_source"].sum())
    text = (
        f"Stacked bar chart of the number of social-media figures, one bar for "
        f"{_each_of(shown, counted.by_article)}. "
        f"Of {_figures_of(counted, figures)}, {named:,} with a source named and "
        f"{figures - named:,} without."
    )
    own = counted.sources.loc[counted.sources["article_id"].isin(shown["article_id"])]
    if len(own):
        text += f" Sources: {_in_words(_tally(own['name']))}."
    labels = list(shown["label"])
    if figures:
        most = at_end(labels, shown["figures"], highest=True, write=count)
        text += f" Most figures: {most}"
    if named:
        most = at_end(labels, shown["with_source"], highest=True, write=count)
        text += f"; most with a source: {most}"
    text += "." * bool(figures)
    none = int((shown["figures"] == 0).sum())
    if none:
        text += f" {plural(none, 'article')} without a figure."
    return " ".join([text, *_not_drawn(counted, shown)])


def _each_of(shown: pd.DataFrame, every: pd.DataFrame) -> str:
    number, total = len(shown), len(every)
    if list(shown["article_id"]) == list(every["article_id"].head(number)):
        return each_of_articles(number, total)
    return f"{'each of ' if number > 1 else ''}{number:,} of {plural(total, 'article')}"


def _figures_of(counted: _Counted, drawn: int) -> str:
    """Say how many figures are drawn, of how many: "5 figures", "the 5 figures drawn of 50"."""
    total = int(counted.by_article["figures"].sum())
    if drawn == total:
        return plural(total, "figure")
    return f"the {plural(drawn, 'figure')} drawn ({total:,} in all)"


def _chosen(by_article: pd.DataFrame, top: int) -> pd.DataFrame:
    """Take the first articles; where not all fit, those that report a figure first."""
    if len(by_article) <= top:
        return by_article
    silent = by_article["figures"] == 0
    kept = [*by_article.index[~silent], *by_article.index[silent]][:top]
    return by_article.loc[sorted(kept)].reset_index(drop=True)


def _not_drawn(counted: _Counted, shown: pd.DataFrame) -> list[str]:
    """Say what the articles report that are left out, as a sentence."""
    every = counted.by_article
    others = every.loc[~every["article_id"].isin(shown["article_id"])]
    if others.empty:
        return []
    articles = plural(len(others), "article")
    figures = int(others["figures"].sum())
    if not figures:
        return [f"Not drawn: {articles} without a figure."]
    return [f"Not drawn: {plural(figures, 'figure')} in {articles}."]


@dataclass(frozen=True)
class _Counted:
    """Figures by article, and the name of the source of each that has one."""

    by_article: pd.DataFrame
    sources: pd.DataFrame
    about: str
    notes: list[str]


def _counted(
    metrics: pd.DataFrame, articles: pd.DataFrame | None, subject: str | None
) -> _Counted:
    social = social_figures(metrics, articles, subject=subject, chart="metrics_sources")
    figures = social.table
    figures["name"] = figures["source_named"].str.replace("+", " + ", regex=False)
    named = figures.loc[figures["name"] != "", ["article_id", "name"]]
    table = articles_in(articles, metrics)
    for column, rows in (("figures", figures), ("with_source", named)):
        counts = rows["article_id"].value_counts()
        table[column] = counts.reindex(table["article_id"], fill_value=0).to_numpy()
    table["without_source"] = table["figures"] - table["with_source"]
    by_article = {str(key): group["name"] for key, group in named.groupby("article_id")}
    table["sources"] = pd.Series(
        [
            _in_words(_tally(by_article[key])) if key in by_article else None
            for key in table["article_id"]
        ],
        dtype="str",
    )
    about_others = figures["other_subject"].loc[lambda name: name != ""]
    aside = ""
    if len(about_others):
        campaigns = _tally(about_others)
        others_are = "another campaign" if len(campaigns) == 1 else "other campaigns"
        which = _in_words(campaigns) if len(campaigns) > 1 else about_others.iloc[0]
        aside = f"Among them {plural(len(about_others), 'figure')} about {others_are}: {which}."
    return _Counted(table, named, social.about, [aside, social.others_note()])


def _tally(names: pd.Series[str]) -> dict[str, int]:
    """Count names, whatever their capitals; most first, then by the alphabet."""
    spelled: dict[str, str] = {}
    counts: dict[str, int] = {}
    for name in names:
        key = spelled.setdefault(name.casefold(), name)
        counts[key] = counts.get(key, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))


def _in_words(tally: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in tally.items())


def _texts(row: Mapping[str, Any], width: float) -> list[Line]:
    """Write how many figures have a source, over the sources."""
    figures, named = int(row["figures"]), int(row["with_source"])
    if not figures:
        return [Line("no figure", color=GREY)]
    words = f"{count(named) if named else 'none'} of {figures:,} with a source"
    lines = [Line(text) for text in wrap(words, width)]
    if named:
        small = wrap(row["sources"], width, size=SMALL_PT, max_lines=_MOST_SOURCES)
        lines += [Line(text, size=SMALL_PT, color=GREY) for text in small]
    return lines


def _named() -> dict[str, Any]:
    color = palette().main
    return {"facecolor": color, "edgecolor": color, "linewidth": 0.5}


def _bar(ax: Axes, row: Mapping[str, Any], y: float) -> None:
    x = 0
    for column, look in (("with_source", _named()), ("without_source", _NOT_NAMED)):
        if row[column]:
            place = (x, y - _BAR_MM / 2)
            ax.add_patch(Rectangle(place, row[column], _BAR_MM, label=row["label"], **look))
        x += row[column]


def _numbers(ax: Axes, row: Mapping[str, Any], y: float, per_mm: float) -> None:
    x = 0
    for column, look in (("with_source", _named()), ("without_source", _NOT_NAMED)):
        number = int(row[column])
        shown = count(number)
        if number / per_mm >= text_mm(shown, size=SMALL_PT) + 1.4:
            ax.text(
                x + number / 2, y, shown, **letter_look(look["facecolor"], over="hatch" in look)
            )
        x += number
