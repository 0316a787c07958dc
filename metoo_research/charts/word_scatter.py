"""How often two groups use each word: one point per word."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.markers import MarkerStyle
from numpy.typing import NDArray

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.coordinates import axes_mm
from metoo_research.charts.counted import counted_note
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.dots import dot, even_dot, other_dot
from metoo_research.charts.key import KeyItem, marker
from metoo_research.charts.labels import Places, name_look, place_names
from metoo_research.charts.style import FAINT, GREY, PALE, RULE, SMALL_PT, TWO_COLUMNS_MM
from metoo_research.charts.tables import need, row_limit
from metoo_research.charts.text import block, clean, significant, small_block, tick_number
from metoo_research.charts.text import width_mm as text_mm

_RATES: Final = ("per_million_reference", "per_million_target")
_CARRIED: Final = ("word", "kind", "count_target", "count_reference", *_RATES)
_NOTHING: Final = "No word to compare in this corpus."
_BAND: Final = 0.45  # decades between the lowest rate and the band of words not used
_TICK_MM: Final = 12.0  # between two numbers of an axis
_SMALL_PT: Final = 3.0  # the sign of a word without a name
_AXIS: Final = 0.75  # of the width, for the axis along x
_NAME_MM: Final = 40.0  # the widest name that is written beside its point
_LEAST_MM: Final = 40.0  # of the height in a figure of the caller's


@layout.chart
def word_scatter(
    table: pd.DataFrame,
    *,
    top: int = 40,
    target: str = "target",
    reference: str = "reference",
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw each word as a point: its rate in one group along x, in the other along y.

    Parameters
    ----------
    table
        One row per word: ``word``, ``per_million_target``, ``per_million_reference``.
        ``log_likelihood`` chooses the words that get a name; without it those do whose rates
        differ most in ratio.
    top
        How many words to name, 200 at the most. A name is left out where it would cover
        another or a point; a note says how many are named of how many drawn.
    target, reference
        What the two groups are called.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes. Both axes are decimal logarithms of the rates; words that a group does not use
    stand in a band of their own before the lowest rate. The first collection holds all words,
    in the order of the table drawn, each in the shape and colour of the group that uses it
    more; the named ones have a larger sign of that shape over theirs. A word without a rate
    (NaN) has no point; a note counts them. Another tells how many words lie on one another.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    need(table, ("word", *_RATES), chart="word_scatter")
    top = row_limit(top)
    names = clean(target) or "target", clean(reference) or "reference"
    title = title or f"Words of {names[0]} against {names[1]}"
    if table.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    shown = _by_importance(table)
    rates = shown[list(_RATES)].astype(float).replace(np.inf, np.nan)
    points = shown.loc[rates.notna().all(axis=1)].reset_index(drop=True)
    missing = len(shown) - len(points)
    drawn = [name for name in ("word", "kind", *_RATES) if name in points.columns]
    alt = _describe(points, names, "log_likelihood" in table.columns)
    body = _high(width_mm)
    ax = layout.begin(ax, width=width_mm, body=body, least=min(body, _LEAST_MM))
    x, y = _axes(ax, points, names, width_mm)
    _draw_all(ax, x, y)

    def finish(named: list[int]) -> Axes:
        return layout.finish(
            ax,
            title=title or "",
            table=points[drawn].assign(named=points.index.isin(named)),
            alt=alt,
            key=_key(names, x, y, others=len(named) < len(points)),
            notes=[
                *_notes(len(named), len(points), missing, table),
                *_places_note(x, y),
                *counted_note(table.attrs),
            ],
        )

    # What room there is for names is known once title, key and notes have theirs.
    finish(list(range(min(top, len(points)))))
    wide, high = axes_mm(ax)
    (left, right), (low, up) = ax.get_xlim(), ax.get_ylim()
    places = np.column_stack(
        [(x - left) / (right - left) * wide, (y - low) / (up - low) * high]
    )
    words = [_one_line(word) for word in points["word"].head(top)]
    placed = place_names(words, places[: len(words)], places, width=wide, height=high)
    for name in placed:
        at = left + name.x / wide * (right - left), low + name.y / high * (up - low)
        ax.text(*at, words[name.number], **name_look())
    named = [name.number for name in placed]
    for look, which in _sides(x[named], y[named]):
        ax.plot(x[named][which], y[named][which], linestyle="none", zorder=3, **look)
    return finish(named)


describe_word_scatter = description_of(word_scatter)


def _describe(shown: pd.DataFrame, names: tuple[str, str], by_likelihood: bool) -> str:
    one, other = names
    rate, against = shown["per_million_target"], shown["per_million_reference"]
    they_occur = "it occurs" if len(shown) == 1 else "they occur"
    text = (
        f"Scatter of {plural(len(shown), 'word')}, by how often per million words {they_occur} "
        f"in {other} (along x) and in {one} (along y), both scales logarithmic. "
        f"More often in {one}: {int((rate > against).sum()):,}, in {other}: "
        f"{int((rate < against).sum()):,}; in {one} only: "
        f"{int((rate[against == 0] > 0).sum()):,}, in {other} only: "
        f"{int((against[rate == 0] > 0).sum()):,}."
    )
    first = [
        f"{clean(word)} ({significant(a)} : {significant(b)})"
        for word, a, b in zip(shown["word"].head(3), rate, against, strict=False)
    ]
    by = "Highest log-likelihood" if by_likelihood else "Furthest apart"
    return f"{text} {by} ({one} : {other}): {', '.join(first)}." if first else text


def _by_importance(table: pd.DataFrame) -> pd.DataFrame:
    """Sort the words by how far they set the groups apart."""
    columns = [column for column in (*_CARRIED, "log_likelihood") if column in table.columns]
    shown = table[columns]
    if "log_likelihood" in table.columns:
        order = table["log_likelihood"].astype(float)
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = table["per_million_target"] / table["per_million_reference"]
            order = pd.Series(np.log2(ratio.astype(float)), index=table.index).abs()
    return (
        shown.assign(_order=order)
        .sort_values(["_order", "word"], ascending=[False, True], kind="stable")
        .drop(columns="_order")
        .reset_index(drop=True)
    )


def _notes(named: int, drawn: int, missing: int, table: pd.DataFrame) -> list[str]:
    by = "log-likelihood" if "log_likelihood" in table.columns else "ratio of the rates"
    text = f"Named: {named:,} of {plural(drawn, 'word')}, by {by}, where there is room."
    notes = [text] if named < drawn else []
    if missing:
        notes.append(f"Not drawn: {plural(missing, 'word')} without a rate.")
    return notes


def _high(width: float) -> float:
    """Give how high the axes are in a figure of our own, in mm."""
    return min(0.78 * width, 120)


def _one_line(word: object) -> str:
    return small_block(clean(word), _NAME_MM, max_lines=1)


def _axes(
    ax: Axes, points: pd.DataFrame, names: tuple[str, str], width: float
) -> tuple[Places, Places]:
    """Set two axes of one scale; give the places of the points on them."""
    rates = points[list(_RATES)].to_numpy(dtype=float)
    used = rates[rates > 0]
    low, high = (np.log10(used.min()), np.log10(used.max())) if len(used) else (0.0, 1.0)
    band = low - _BAND
    with np.errstate(divide="ignore"):
        places = np.where(rates > 0, np.log10(rates), band)
    ends = band - 0.5 * _BAND, high + max(0.06 * (high - band), 0.1)
    ax.set_xlim(*ends)
    ax.set_ylim(*ends)
    shown = _ticks(low, high, apart=_TICK_MM / (_AXIS * width) * (ends[1] - ends[0]))
    ticks = [band, *(float(np.log10(number)) for number in shown)]
    words = ["0", *(tick_number(number) for number in shown)]
    ax.set_xticks(ticks, words)
    ax.set_yticks(ticks, words, fontsize=SMALL_PT)
    # A name has a line of its own under "per million words in" where both fill the axis.
    high = min(_high(width), axes_mm(ax)[1])
    across, up = (
        f"per million words in {block(name, long, max_lines=1)}"
        for name, long in ((names[1], _AXIS * width), (names[0], high))
    )
    ax.set_xlabel(across)
    ax.set_ylabel(up if text_mm(up) <= high else up.replace(" in ", " in\n", 1))
    layout.tidy(ax, left=True, grid=False)
    edge = band + 0.5 * _BAND
    # Not through the bands: there lines would strike through the names of words.
    for at in ticks[1:]:
        ax.plot([at, at], [edge, ends[1]], **_grid())
        ax.plot([edge, ends[1]], [at, at], **_grid())
    for draw in (ax.axvspan, ax.axhspan):
        draw(ends[0], edge, color=FAINT, linewidth=0, zorder=0)
    ax.plot([edge, ends[1]], [edge, ends[1]], **_diagonal())
    return places[:, 0], places[:, 1]


def _ticks(low: float, high: float, *, apart: float) -> list[float]:
    """Choose powers of ten, and where too few 2 and 5 times these, so many decades apart."""
    for steps in ((1,), (1, 2, 5)):
        powers = range(int(np.floor(low)), int(np.ceil(high)) + 1)
        ticks = [step * 10.0**power for power in powers for step in steps]
        inside = [tick for tick in ticks if low - 1e-9 <= np.log10(tick) <= high + 1e-9]
        if len(inside) > 1:
            kept: list[float] = []
            for tick in inside:
                if not kept or np.log10(tick / kept[-1]) >= apart:
                    kept.append(tick)
            return kept
    return [float(f"{10 ** ((low + high) / 2):.2g}")]


def _grid() -> dict[str, Any]:
    return {"color": PALE, "linewidth": 0.5, "zorder": 0.5}


def _diagonal() -> dict[str, Any]:
    return {"color": RULE, "linewidth": 0.8, "linestyle": (0, (4, 2)), "zorder": 1}


def _sides(x: Places, y: Places) -> list[tuple[dict[str, Any], NDArray[np.bool_]]]:
    return [(dot(), y > x), (other_dot(), y < x), (even_dot(), y == x)]


def _draw_all(ax: Axes, x: Places, y: Places) -> None:
    """Draw every word small, as one collection, in the look of its side."""
    signs: list[MarkerStyle] = [MarkerStyle("o")] * len(x)
    colors: list[str] = [GREY] * len(x)
    for look, which in _sides(x, y):
        for at in np.flatnonzero(which):
            signs[at], colors[at] = MarkerStyle(look["marker"]), look["color"]
    points = ax.scatter(x, y, s=_SMALL_PT**2, c=colors, linewidth=0, alpha=0.6, zorder=2)
    points.set_paths([sign.get_path().transformed(sign.get_transform()) for sign in signs])


def _key(names: tuple[str, str], x: Places, y: Places, *, others: bool) -> list[KeyItem]:
    meanings = f"more often in {names[0]}", f"more often in {names[1]}", "equally often"
    items = [
        KeyItem(marker(**look), meaning)
        for (look, which), meaning in zip(_sides(x, y), meanings, strict=True)
        if which.any()
    ]
    if not others:
        return items
    look = next(look for look, which in _sides(x, y) if which.any())
    small = marker(**look | {"markersize": _SMALL_PT, "alpha": 0.6, "markeredgewidth": 0})
    return [*items, KeyItem(small, "small: a word without a name (darker: several)")]


def _places_note(x: Places, y: Places) -> list[str]:
    """Say how many words lie under others: few rates occur where counts are small."""
    places = len(np.unique(np.column_stack([x, y]).round(9), axis=0))
    if places == len(x):
        return []
    return [f"{plural(len(x), 'word')} at {plural(places, 'place')}: equal counts coincide."]
