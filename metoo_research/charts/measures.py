"""Measures of words, phrases and texts as points with their intervals, one row each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.counted import counted_note, drawn_over, told_of
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.dots import begin_rows, draw_dots, number_axis
from metoo_research.charts.extremes import both_ends
from metoo_research.charts.rows import Column, draw_columns
from metoo_research.charts.style import NARROW_MM, TWO_COLUMNS_MM
from metoo_research.charts.tables import (
    articles_in,
    articles_of,
    each_of_articles,
    level_of,
    need,
    once,
    row_limit,
    shown_of,
    tie_note,
)
from metoo_research.charts.text import clean, count, counted, significant, some_of
from metoo_research.errors import TableError

_NO_WORDS: Final = "No word in this corpus."
_NO_PHRASES: Final = "No phrase that is counted in this corpus."
_NO_TEXTS: Final = "No text to measure in this corpus."
#: What a measure is called on an axis, and in a title.
_NAMES: Final = {
    "per_million": ("per million words", "rate"),
    "count": ("occurrences", "number of occurrences"),
    "lambda": ("lambda", "association of their words (lambda)"),
    "z": ("z", "association of their words (z)"),
    "log_likelihood": ("log-likelihood", "log-likelihood"),
    "pmi": ("bits (PMI)", "pointwise mutual information"),
    "log_dice": ("logDice", "logDice"),
    "t_score": ("t", "t-score"),
    "chi_squared": ("chi-squared", "chi-squared"),
    "poisson_stirling": ("Poisson-Stirling", "Poisson-Stirling"),
    "ttr": ("types/token", "type-token ratio"),
    "mattr": ("types/token", "type-token ratio in moving windows (MATTR)"),
    "mtld": ("tokens", "lexical diversity (MTLD)"),
    "hdd": ("types/token", "lexical diversity (HD-D)"),
    "msttr": ("types/token", "type-token ratio in parts (MSTTR)"),
    "entropy": ("bits", "entropy of the words"),
    "yule_k": ("Yule’s K", "repetition of words (Yule’s K)"),
    "flesch": ("score", "Flesch reading ease"),
    "flesch_kincaid": ("school years", "reading level (Flesch-Kincaid)"),
    "fog": ("school years", "reading level (Gunning FOG)"),
    "smog": ("school years", "reading level (SMOG)"),
    "ari": ("school years", "reading level (ARI)"),
    "coleman_liau": ("school years", "reading level (Coleman-Liau)"),
    "lix": ("LIX", "readability (LIX)"),
}

_COUNTS: Final = ("count", "articles_containing", "tokens", "words", "types")
_HEADINGS: Final = {
    **{"count": "times", "articles_containing": "articles", "per_million": "per million"},
    **{name: name for name in ("lambda", "z", "tokens", "words", "types")},
}


@layout.chart
def word_rates(
    table: pd.DataFrame,
    *,
    top: int = 25,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw the rates of the most frequent words as points with their intervals.

    Parameters
    ----------
    table
        One row per word of one group, all of them, so that the title can say of how many:
        ``word``, ``count``, ``per_million``, ``per_million_low``, ``per_million_high``;
        ``articles_containing`` is written beside the rows where it is given.
        ``attrs["level"]`` is the coverage of the intervals (0.95 if missing).
    top
        How many words to draw, by count. Equal counts stand in alphabetical order.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; row 0 is the uppermost.

    Raises
    ------
    TableError
        If a column is missing, a word has two rows (of two groups) or `top` is below 1.
    """
    needed = ("word", "count", "per_million", "per_million_low", "per_million_high")
    need(table, needed, chart="word_rates")
    keys = [column for column in ("word", "kind") if column in table.columns]
    if table.duplicated(keys).any():
        raise TableError("the chart word_rates draws one group; a word has several rows here")
    width_mm = layout.width_for(ax, width_mm)
    top = row_limit(top)
    ordered = table.sort_values(["count", "word"], ascending=[False, True], kind="stable")
    shown = ordered[[c for c in (*keys, *needed[1:], "articles_containing") if c in table]]
    shown = shown.head(top).reset_index(drop=True)
    title = title or "Rates of the most frequent words" + shown_of(
        len(shown), len(table), "words"
    )
    if shown.empty:
        return layout.empty(ax, width=width_mm, message=_NO_WORDS, title=title)

    ax = _draw(ax, shown, "word", "per_million", width_mm, zero=True)
    names = ("count", "articles_containing")
    beside = _write_beside(ax, shown, names, measure="per_million", width=width_mm)
    notes = _interval_note(table, shown, "per_million")
    notes += tie_note(ordered["count"], top, "word", "words")
    notes += counted_note(table.attrs)
    alt = _describe_rates(shown, len(table), level_of(table))
    drawn = _only(shown, (*keys, *needed[2:], *beside))
    return layout.finish(ax, title=title, table=drawn, alt=alt, notes=notes)


def _ends(table: pd.DataFrame, measure: str) -> list[str]:
    """Name the columns of the measure's interval, where the table has them."""
    ends = [f"{measure}_low", f"{measure}_high"]
    return ends if set(ends) <= set(table.columns) else []


def _only(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Take these columns, so far as they are there, in the table's order."""
    return table[[name for name in table.columns if name in names]]


def _interval_note(table: pd.DataFrame, shown: pd.DataFrame, measure: str) -> list[str]:
    """Explain the lines at the points, where there are any."""
    ends = _ends(shown, measure)
    if not ends or shown[ends].isna().any(axis=1).all():
        return []
    over = drawn_over(table.attrs)
    drawn = f", from drawing {over} anew" if over else ""
    return [f"Lines on both sides of a point: its {level_of(table)} interval{drawn}."]


describe_word_rates = description_of(word_rates)


def _describe_rates(shown: pd.DataFrame, total: int, level: str) -> str:
    text = f"Points with {level} intervals for {some_of(len(shown), total, 'word')}"
    if shown["per_million"].isna().all():
        return f"{text}: occurrences per million words, which are not known."
    words = [
        f"{clean(word)} ({significant(rate)}, interval {significant(low)} to "
        f"{significant(high)})"
        for word, rate, low, high in zip(
            shown["word"],
            *(shown[f"per_million{end}"] for end in ("", "_low", "_high")),
            strict=True,
        )
    ]
    text += f": occurrences per million words, the most frequent first. {_ends_of(words)}"
    return text


@layout.chart
def collocations(
    table: pd.DataFrame,
    *,
    measure: str | None = None,
    top: int = 20,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw how strongly the words of phrases go together, or how often phrases occur.

    Parameters
    ----------
    table
        One row per phrase, all of them, in the order of importance: ``collocation`` (or
        ``ngram``), ``count`` and the column named by `measure`. ``lambda``,
        ``z`` and ``articles_containing`` are written beside the rows where they are given.
    measure
        The column drawn; without one, ``z`` where the table has it (`collocations` is sorted
        by it), or ``lambda``, or ``count``. Where the rows are in another order, a note says
        so.
    top
        How many phrases to draw, from the first; the title says of how many.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; row 0 is the uppermost.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    item, measure = _phrases(table, measure)
    kept = (item, "count", measure, "lambda", "z", "articles_containing")
    shown = table[[c for c in dict.fromkeys(kept) if c in table.columns]].head(row_limit(top))
    shown = shown.reset_index(drop=True)
    title = title or f"Phrases by {_name(measure)}" + shown_of(
        len(shown), len(table), "phrases"
    )
    if shown.empty:
        return layout.empty(ax, width=width_mm, message=_NO_PHRASES, title=title)

    ax = _draw(ax, shown, item, measure, width_mm, zero=True)
    names = ("count", "articles_containing", "lambda", "z")
    beside = _write_beside(ax, shown, names, measure=measure, width=width_mm)
    alt = _describe_phrases(shown, item, measure, len(table))
    drawn = _only(shown, (item, "count", measure, *beside))
    notes = [*_order_note(shown, drawn, measure), *counted_note(table.attrs)]
    return layout.finish(ax, title=title, table=drawn, alt=alt, notes=notes)


def _order_note(shown: pd.DataFrame, drawn: pd.DataFrame, measure: str) -> list[str]:
    """Explain the measures drawn, and say by what the rows are ordered if it is another."""
    notes = []
    if {"lambda", "z"}.intersection(drawn.columns):
        notes.append("lambda: how strongly the words attract each other, on a log scale.")
    if "z" in drawn:
        notes.append("z: lambda over its standard error.")
    if not shown[measure].is_monotonic_decreasing:
        for column, name in (("z", "z"), ("lambda", "lambda"), ("count", "times")):
            if column in shown and shown[column].is_monotonic_decreasing:
                return [*notes, f"In order of {name}."]
    return notes


describe_collocations = description_of(collocations)


def _describe_phrases(shown: pd.DataFrame, item: str, measure: str, total: int) -> str:
    phrases = [
        f"{clean(phrase)} ({significant(value)}; {counted(times, 'time')})"
        for phrase, value, times in zip(
            shown[item], shown[measure], shown["count"], strict=True
        )
    ]
    text = f"Points for {some_of(len(shown), total, 'phrase')}: {_name(measure)}"
    if shown[measure].isna().all():
        return f"{text}, which is not known."
    return f"{text}. {_ends_of(phrases)}"


def _ends_of(rows: Sequence[str]) -> str:
    """Name the first rows and the last, as a sentence."""
    text = f"First: {', '.join(rows[:3])}"
    return f"{text}; last: {rows[-1]}." if len(rows) > 3 else f"{text}."


@layout.chart
def text_measure(
    table: pd.DataFrame,
    *,
    measure: str,
    name: str | None = None,
    unit: str | None = None,
    articles: pd.DataFrame | None = None,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw one measure of each text, such as its lexical diversity or its reading level.

    Parameters
    ----------
    table
        One row per article: ``article_id``, ``label``, the column named by `measure`.
        ``<measure>_low`` and ``<measure>_high`` are drawn as an interval, ``tokens`` (or
        ``words``) and ``types`` are written beside the rows where they are given. A measure
        that is not defined for a text (NaN) is written "–" and has no point.
    measure
        The column drawn, such as "mattr", "mtld" or "flesch".
    name, unit
        What the measure is called in the title, and on the axis; those of the package's own
        measures are known.
    articles, top, title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; article 0 is the uppermost row.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    everything = _texts(table, measure, articles)
    shown = everything.head(row_limit(top)).reset_index(drop=True)
    known, on_axis = _NAMES.get(measure, (measure, measure))[::-1]
    name, unit = clean(name) or known, clean(unit) or on_axis
    title = title or f"{name[:1].upper()}{name[1:]}, by article" + shown_of(
        len(shown), len(everything)
    )
    if shown.empty:
        return layout.empty(ax, width=width_mm, message=_NO_TEXTS, title=title)

    ax = _draw(ax, shown, "label", measure, width_mm, zero=False, unit=unit)
    names = ("tokens", "words", "types")
    beside = _write_beside(ax, shown, names, measure=measure, width=width_mm)
    missing = int(shown[measure].isna().sum())
    why = told_of(table.attrs, "not_computed", measure)
    why = f": {why}" if why else ""
    notes = [f"–: not defined for {plural(missing, 'article')}{why}."] if missing else []
    window = table.attrs.get("window")
    if measure == "mattr" and window is not None:
        notes.insert(0, f"Mean of all windows of {plural(int(window), 'token')}.")
    notes += _interval_note(table, shown, measure)
    alt = _describe_texts(shown, measure, name, len(everything))
    own = ("article_id", "label", measure, *_ends(shown, measure))
    drawn = _only(shown, (*own, *beside))
    return layout.finish(ax, title=title, table=drawn, alt=alt, notes=notes)


describe_text_measure = description_of(text_measure)


def _describe_texts(shown: pd.DataFrame, measure: str, name: str, total: int) -> str:
    known = shown.dropna(subset=[measure])
    articles = articles_of(len(shown), total)
    if known.empty:
        return f"{name[:1].upper()}{name[1:]}: not known for any of {articles}."
    if len(known) < len(shown):
        missing = plural(len(shown) - len(known), "article")
        text = f"Points for {len(known):,} of {articles}: {name}. None for {missing}."
    else:
        text = f"One point for {each_of_articles(len(shown), total)}: {name}."
    if len(known) == 1:
        return f"{text} Value: {significant(known[measure].iloc[0])}."
    ends = ("Lowest", False), ("highest", True)
    write = _write_apart(known[measure])
    extremes = both_ends(list(known["label"]), known[measure], ends=ends, write=write)
    return f"{text} {extremes}"


def _write_apart(values: pd.Series[float]) -> Callable[[float], str]:
    """Give a way to write values that tells the ends of a short axis apart."""
    known = values.replace([np.inf, -np.inf], np.nan)
    least, most = float(known.min()), float(known.max())
    ways = [partial(significant, digits=digits) for digits in (3, 4, 5, 6)]
    return next((write for write in ways if write(least) != write(most)), ways[0])


def _name(measure: str) -> str:
    return _NAMES.get(measure, (measure, clean(measure)))[1]


def _phrases(table: pd.DataFrame, measure: str | None) -> tuple[str, str]:
    """Give the column of the phrases and that of the measure, both checked."""
    item = "collocation" if "collocation" in table.columns else "ngram"
    if measure is None:
        measure = next((name for name in ("z", "lambda") if name in table.columns), "count")
    need(table, (item, "count", measure), chart="collocations")
    return item, measure


def _texts(table: pd.DataFrame, measure: str, articles: pd.DataFrame | None) -> pd.DataFrame:
    need(table, ("article_id", measure), chart="text_measure")
    once(table, "article_id", chart="text_measure")
    beside = (measure, f"{measure}_low", f"{measure}_high", "tokens", "words", "types")
    columns = ["article_id", *(c for c in beside if c in table.columns)]
    return articles_in(articles, table).merge(table[columns], on="article_id", how="left")


def _draw(
    ax: Axes | None,
    shown: pd.DataFrame,
    item: str,
    measure: str,
    width: float,
    *,
    zero: bool,
    unit: str | None = None,
) -> Axes:
    """Draw the points, and the intervals that the table has."""
    ax = begin_rows(ax, [clean(name) for name in shown[item]], width=width)
    bounds = [shown[end] for end in _ends(shown, measure)]
    number_axis(ax, shown[measure], *bounds, zero=zero, width=width)
    ax.set_xlabel(unit or _NAMES.get(measure, (clean(measure), ""))[0], loc="left")
    layout.tidy(ax, left=zero)
    draw_dots(ax, shown[measure], *bounds)
    return ax


def _write_beside(
    ax: Axes, shown: pd.DataFrame, names: Sequence[str], *, measure: str, width: float
) -> list[str]:
    """Write the measure and, beside it, as many other columns as fit; give their names."""
    columns = []
    for name in dict.fromkeys((measure, *names)):
        if name in shown.columns:
            write = _writing(shown[name], apart=name == measure)
            cells = [write(number) for number in shown[name]]
            least = 15 if name == measure else 12.5
            heading = _HEADINGS.get(name, "value")
            columns.append(
                Column.fitted(heading, cells, around=2.5, least=least, shows=(name,))
            )
    columns = columns[: 2 if width < NARROW_MM else None]
    draw_columns(ax, columns, start=3)
    return [name for column in columns for name in column.shows]


def _writing(column: pd.Series[float], *, apart: bool) -> Callable[[float], str]:
    """Give how a column is written: counts whole, a measure so that its ends differ."""
    if column.name in _COUNTS:
        return partial(count, missing="–")
    return _write_apart(column) if apart else significant
