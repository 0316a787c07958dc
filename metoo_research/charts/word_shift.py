"""Which words make two groups of articles differ, and by how much each."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.counted import counted_note
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.dots import begin_rows, number_axis
from metoo_research.charts.key import KeyItem, patch
from metoo_research.charts.palettes import palette
from metoo_research.charts.rows import Column, draw_columns
from metoo_research.charts.style import GREY, INK, NARROW_MM, PALE, RULE, TWO_COLUMNS_MM
from metoo_research.charts.tables import need, row_limit, ties_left_out
from metoo_research.charts.text import clean, significant, some_of

_NEEDED: Final = ("word", "contribution")
_CARRIED: Final = ("word", "contribution", "share_target", "share_reference", "direction")
_SUMMED: Final = ("contribution", "share_target", "share_reference")
_NOTHING: Final = "No word that two groups could differ by in this corpus."
_AXES: Final = {
    "proportion": "difference in share",
    "entropy": "difference in entropy",
    "jensen_shannon": "divergence",
    "weighted": "difference in mean score",
}
_DWARFED: Final = 5.0  # so many times as long a bar leaves too little of the words' own
_BEYOND: Final = 1.3
_CLOSE: Final = 1e-6  # of the sum of all contributions' sizes: more is no rounding


@layout.chart
def word_shift(
    table: pd.DataFrame,
    *,
    top: int = 20,
    target: str = "target",
    reference: str = "reference",
    measure: str | None = None,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw what each word adds to the difference of two groups; all bars sum to it.

    Parameters
    ----------
    table
        One row per word, all of them: ``word``, ``contribution`` (positive where it raises the
        difference, target minus reference). ``share_target`` and ``share_reference`` (of the
        words of each group) are written beside the rows where they are given.
        ``attrs["total"]`` is the difference that the contributions sum to. Where no word has a
        negative contribution, ``direction`` (1: the target uses it more; −1: the reference)
        tells two kinds of bars apart.
    top
        How many words to draw, those of the largest contribution in either direction. The
        others stand together in two bars under them, and the total under these.
    target, reference
        What the two groups are called.
    measure
        What differs, for the axis; without it, what ``attrs["kind"]`` says.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; row 0 is the uppermost. Under the words stand, where there are any, the others
    that raise and the others that lower; the total is the last row. Where the words of the
    table do not sum to the total in its settings, a note says so.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    names = clean(target) or "target", clean(reference) or "reference"
    rows = _rows(table, top)
    number = int((rows["kind"] == "word").sum())
    words = plural(len(table), "word")
    scores = table.attrs.get("kind") == "weighted"
    apart = f"What sets {names[0]} and {names[1]} apart" + (" in mean score" if scores else "")
    title = title or apart + (f", {number:,} of {words}" if number < len(table) else "")
    if table.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    ax = begin_rows(ax, list(rows["shown_as"]), width=width_mm)
    values = rows["contribution"].to_numpy(dtype=float)
    limit = _limit(rows)
    ends = np.nan_to_num(np.clip(values, -limit, limit))
    bars = ax.barh(range(len(rows)), ends, height=0.66, zorder=2)
    for bar, kind, side in zip(bars, rows["kind"], rows["direction"], strict=True):
        bar.set(**_look(kind, side))
    number_axis(ax, rows["contribution"].clip(-limit, limit), zero=True, width=width_mm)
    longer = np.flatnonzero(np.abs(values) > limit)
    for row in longer:
        tip: dict[str, Any] = {"marker": ">" if values[row] > 0 else "<", "color": INK}
        ax.plot(ends[row], row, linestyle="none", markersize=5, zorder=3, clip_on=False, **tip)
    ax.set_xlabel(clean(measure) or _axis(table))
    layout.tidy(ax)
    ax.axvline(0, color=RULE, linewidth=0.8, zorder=0.9)
    if (rows["kind"] == "total").any():
        ax.axhline(len(rows) - 1.5, color=GREY, linewidth=0.8)
    adds = [_signed(value) for value in values]
    columns = [Column.fitted("adds", adds, around=2.5, least=15)]
    beside = {"share_target", "share_reference"} <= set(rows.columns) and width_mm >= NARROW_MM
    if beside:
        for name, column in (("target", "share_target"), ("reference", "share_reference")):
            shares = [
                "–" if pd.isna(s) else f"{significant(100 * s, 2)}%" for s in rows[column]
            ]
            columns.append(Column(f"share in {name}", shares, 16))
    draw_columns(ax, columns, start=3)
    up, down = f"makes {names[0]} higher", f"makes {names[0]} lower"
    if _one_way(table) or table.attrs.get("kind") == "proportion":
        up, down = f"more often in {names[0]}", f"more often in {names[1]}"
    key = [
        KeyItem(patch(**_look("word", side)), meaning)
        for side, meaning in ((1.0, up), (-1.0, down))
        if (rows.loc[rows["kind"] != "total", "direction"] * side > 0).any()
    ]
    notes = [f"Difference: {names[0]} (target) − {names[1]} (reference)."]
    if _one_way(table):
        notes = [f"Target: {names[0]}. Reference: {names[1]}."]
    if len(longer):
        notes.append("Arrowheads: bars longer than the scale; their length stands beside them.")
    notes += [*_tie_note(table, rows), *_notes(table, rows), *counted_note(table.attrs)]
    return layout.finish(
        ax,
        title=title,
        table=rows.drop(columns=[] if beside else [c for c in _SUMMED[1:] if c in rows]),
        alt=_describe(rows, len(table), names),
        key=key,
        notes=notes,
    )


describe_word_shift = description_of(word_shift)


def _describe(rows: pd.DataFrame, total: int, names: tuple[str, str]) -> str:
    words = rows.loc[rows["kind"] == "word"]
    text = (
        f"Bars for {some_of(len(words), total, 'word')}: what each adds to the "
        f"difference of {names[0]} and {names[1]}"
    )
    if words["contribution"].isna().all():
        return f"{text}, which is not known."
    others = " and the other words" if len(words) < total else ""
    if total > 1:
        text += f". They{others} sum to {_signed(rows['contribution'].iloc[-1])}"
    text += "."
    parts = [
        f"{clean(word)} ({_signed(value)})"
        for word, value in zip(words["word"].head(3), words["contribution"], strict=False)
    ]
    return f"{text} Largest: {', '.join(parts)}."


def _rows(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """Give the rows drawn: words, the others up and down, and their sum."""
    need(table, _NEEDED, chart="word_shift")
    top = row_limit(top)
    columns = [column for column in _CARRIED if column in table.columns]
    side = table["direction"] if _one_way(table) else np.sign(table["contribution"])
    ordered = (
        table[columns]
        .assign(direction=side, _size=table["contribution"].abs())
        .sort_values(["_size", "word"], ascending=[False, True], kind="stable")
        .drop(columns="_size")
    )
    words = ordered.head(top).assign(kind="word")
    rows = [words.assign(shown_as=[clean(word) for word in words["word"]])]
    others = ordered.iloc[top:]
    if len(others):
        for side_of in (1, -1):
            own = others.loc[others["direction"] == side_of]
            if own.empty:
                continue
            text = plural(len(own), "other")
            rows.append(_sums(own, "others", text).assign(direction=side_of))
    if len(ordered) > 1:
        rows.append(_sums(ordered, "total", "total"))
    return pd.concat(rows, ignore_index=True)


def _axis(table: pd.DataFrame) -> str:
    name = _AXES.get(str(table.attrs.get("kind")), "difference")
    return f"{name}, in bits" if table.attrs.get("base") == 2 else name


def _one_way(table: pd.DataFrame) -> bool:
    """Say whether no word lowers the difference, so that only its direction tells a side."""
    return "direction" in table.columns and not (table["contribution"] < 0).any()


def _sums(part: pd.DataFrame, kind: str, name: str) -> pd.DataFrame:
    """Give one row that stands for several words."""
    ends: dict[str, Any] = {"direction": [0], "kind": [kind], "shown_as": [name]}
    columns = [column for column in _SUMMED if column in part.columns]
    sums = {column: [_sum(part[column])] for column in columns}
    return pd.DataFrame({"word": [""], **sums, **ends})


def _sum(contributions: pd.Series[float]) -> float:
    if len(contributions) and contributions.isna().all():
        return float("nan")
    return float(contributions.sum())


def _tie_note(table: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    alike = ties_left_out(table["contribution"].abs(), int((rows["kind"] == "word").sum()))
    if not alike:
        return []
    more = plural(alike, "more word adds", "more words add")
    return [f"{more} as much as the last one shown."]


def _notes(table: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    notes = []
    missing = int(table["contribution"].isna().sum())
    if missing:
        notes.append(f"{plural(missing, 'word')} without a contribution.")
    nothing = int((table["contribution"] == 0).sum())
    if nothing:
        verb = "adds" if nothing == 1 else "add"
        notes.append(f"{nothing:,} of {plural(len(table), 'word')} {verb} nothing.")
    total, asked = float(rows["contribution"].iloc[-1]), table.attrs.get("total")
    size = float(table["contribution"].abs().sum())
    if asked is not None and pd.notna(asked) and abs(total - asked) > _CLOSE * max(size, 1e-12):
        notes.append(
            f"The words of this table sum to {_signed(total)} of a difference of "
            f"{_signed(float(asked))}: it does not hold all of them."
        )
    return notes


def _limit(rows: pd.DataFrame) -> float:
    """Give the longest bar to draw: that of a word, where sums would dwarf those of words."""
    sizes = rows["contribution"].abs()
    words = sizes[rows["kind"] == "word"].max()
    if pd.notna(words) and words > 0 and sizes.max() > _DWARFED * words:
        return float(words * _BEYOND)
    return float("inf")


def _signed(value: float) -> str:
    return f"+{significant(value)}" if value > 0 else significant(value)


def _look(kind: str, value: float) -> dict[str, Any]:
    look: dict[str, Any] = {"edgecolor": "white", "linewidth": 0}
    if kind == "total":
        return look | {"facecolor": GREY}
    face = palette().main if value > 0 else palette().second
    hatch = "" if value > 0 else "/////"
    if kind == "others":
        return look | {"facecolor": PALE, "edgecolor": face, "linewidth": 0.8, "hatch": hatch}
    return look | {"facecolor": face, "hatch": hatch}
