"""Mean scores of groups and targets, with all words and without the topic's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.dots import draw_dots
from metoo_research.charts.rows import Column, draw_columns, label_blocks
from metoo_research.charts.score_axis import (
    SCALE,
    all_words,
    begin_scores,
    both_keys,
    interval_note,
    interval_words,
    known_scores,
    named_alike,
    named_with,
    overlap,
    share_cells,
    topic_warning,
    without_topic,
)
from metoo_research.charts.style import NARROW_MM, SMALL_PT, TWO_COLUMNS_MM
from metoo_research.charts.tables import need, row_limit, shown_of
from metoo_research.charts.text import clean, count, counted, signed, some_of
from metoo_research.charts.text import width_mm as text_mm

_BOTH: Final = ("", "_without_topic")
_COUNTS: Final = ("articles", "sentences", "places", "n")


@layout.chart
def sentiment_groups(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw the mean score of each group of articles, with and without topic words.

    Parameters
    ----------
    table
        One row per group: the column named by `by`, ``mean``, ``low``, ``high`` (or
        ``mean_compound``, ``ci_low``, ``ci_high``), and where topic words are known
        ``mean_without_topic``, ``low_without_topic``, ``high_without_topic`` and
        ``topic_share`` (of the negative valence, 0 to 1). ``articles`` and ``sentences`` are
        written beside the rows where they are given. ``attrs["level"]`` is the coverage of
        the intervals (0.95 if missing).
    by
        The column that names the groups.
    top, title, width_mm, ax
        As for `corpus_overview`; the title says of how many.

    Returns
    -------
    The Axes; row 0 is the uppermost. The lines of points are the means with all words and,
    where the table has them, with topic words made neutral.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    return _means(table, by, "group", top, title, width_mm, ax)


describe_sentiment_groups = description_of(sentiment_groups)


@layout.chart
def sentiment_targets(
    table: pd.DataFrame,
    *,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw the mean score of what is said around given names or words.

    Parameters
    ----------
    table
        As for `sentiment_groups`, with the column ``target``; ``places`` and ``articles``
        are written beside the rows where they are given.
    top, title, width_mm, ax
        As for `sentiment_groups`.

    Returns
    -------
    The Axes, as for `sentiment_groups`. A target that does not occur has a row and no point.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    return _means(table, "target", "target", top, title, width_mm, ax)


describe_sentiment_targets = description_of(sentiment_targets)


_TITLES: Final = {
    "group": "Mean sentiment of each group",
    "target": "Mean sentiment around each target",
}


def _checked(table: pd.DataFrame, column: str, noun: str) -> pd.DataFrame:
    table = named_alike(table)
    need(table, (column, "mean", "low", "high"), chart=f"sentiment_{noun}s")
    return table


def _scores(table: pd.DataFrame) -> Sequence[str]:
    """Give the endings of the scores that a table has means and intervals of."""
    return [
        end
        for end in _BOTH
        if {f"{part}{end}" for part in ("mean", "low", "high")} <= set(table.columns)
    ]


def _means(
    table: pd.DataFrame,
    column: str,
    noun: str,
    top: int,
    title: str | None,
    width_mm: float,
    ax: Axes | None,
) -> Axes:
    """Draw one row per group with one or two means."""
    width_mm = layout.width_for(ax, width_mm)
    table, no_topic = known_scores(table)
    renamed = _checked(table, column, noun)
    top = row_limit(top)
    scores = _scores(renamed)
    own = [f"{part}{end}" for end in scores for part in ("mean", "low", "high")]
    counts = [name for name in _COUNTS if name in renamed.columns and name != column]
    share = ["topic_share"] if "topic_share" in renamed.columns else []
    shown = renamed.loc[:, [column, *own, *share, *counts]].head(top).reset_index(drop=True)
    shown[column] = shown[column].where(shown[column].notna(), "not named")
    both = len(scores) > 1
    title = title or (
        _TITLES[noun]
        + (", with and without topic words" if both else "")
        + shown_of(len(shown), len(table), f"{noun}s")
    )
    if shown.empty:
        message = f"No {noun} with a score in this corpus."
        return layout.empty(ax, width=width_mm, message=message, title=title)

    narrow = width_mm < NARROW_MM
    blocks = label_blocks([clean(name) for name in shown[column]], 0.27 * width_mm)
    if narrow and counts:
        numbers = [_counted(number, counts[-1]) for number in shown[counts[-1]]]
        blocks = named_with(blocks, numbers)
    ax = begin_scores(ax, blocks, width=width_mm, least=9.5)
    columns = []
    for end, mark, heading in zip(
        scores, (all_words(), without_topic()), ("all words", "without topic"), strict=False
    ):
        down = 0.0 if not both else -0.18 if end == "" else 0.18
        values = shown[f"mean{end}"]
        draw_dots(ax, values, shown[f"low{end}"], shown[f"high{end}"], down=down, mark=mark)
        if not narrow or not both:
            columns.append(Column(heading, [signed(value) for value in values], 15))
    if share:
        columns.append(Column("topic words’ share of negative", share_cells(shown), 18))
    for name in counts[: 0 if narrow else None]:
        cells = [count(number, missing="–") for number in shown[name]]
        least = text_mm(name, size=SMALL_PT) + 3
        columns.append(Column.fitted(name, cells, around=3, least=least))
    draw_columns(ax, columns, start=2.5)
    notes = interval_note(table, shown)
    missing = int(shown["mean"].isna().sum())
    if missing:
        notes.append(f"No score: {plural(missing, noun)}.")
    further = [text for text in (no_topic, topic_warning(shown, noun)) if text]
    return layout.finish(
        ax,
        title=title,
        table=shown.drop(columns=counts[:-1] if narrow else []),
        alt=" ".join([_describe(shown, column, noun, table), *further]),
        key=both_keys(shown) if both else [],
        notes=[*notes, *further],
    )


def _counted(number: float, noun: str) -> str:
    if noun == "n" and pd.notna(number):
        return f"n = {count(number)}"
    return counted(number, noun.removesuffix("s"))


def _describe(shown: pd.DataFrame, column: str, noun: str, table: pd.DataFrame) -> str:
    scores = _scores(shown)
    means = "Two means" if len(scores) > 1 else "One mean"
    text = (
        f"{means} for {some_of(len(shown), len(table), noun)}"
        f"{interval_words(table, shown)}, {SCALE}."
    )
    without = int(shown[[f"mean{end}" for end in scores]].isna().all(axis=1).sum())
    if without:
        text += f" No score: {plural(without, noun)}."
    for end, name in zip(scores, ("With all words", "Without topic words"), strict=False):
        known = shown.dropna(subset=[f"mean{end}"])
        if known.empty:
            text += f" {name}: no mean."
            continue
        parts = [
            f"{clean(group) or 'not named'} {signed(mean)}"
            for group, mean in zip(known[column], known[f"mean{end}"], strict=True)
        ]
        text += f" {name}: {', '.join(parts[:6])}"
        text += f" and {len(parts) - 6:,} more" if len(parts) > 6 else ""
        apart = overlap(known[f"low{end}"], known[f"high{end}"])
        text += f"; {apart}." if apart else "."
    return text
