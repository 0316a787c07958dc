"""Which words one group of articles uses more than another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.counted import counted_note, told_of
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.dots import AxisNumbers, begin_rows, dot, even_dot, hollow, other_dot
from metoo_research.charts.key import KeyItem, marker
from metoo_research.charts.rows import Column, draw_columns
from metoo_research.charts.style import NARROW_MM, RULE, TWO_COLUMNS_MM
from metoo_research.charts.tables import need, row_limit, ties_left_out
from metoo_research.charts.text import clean, count, probability, significant, some_of
from metoo_research.errors import TableError

Effect = Literal["log_ratio", "log_odds_z"]

_NEEDED: Final = ("word", "count_target", "count_reference")
_CARRIED: Final = (
    *("word", "kind", "count_target", "count_reference"),
    *("articles_target", "articles_reference", "log_likelihood"),
    *("log_ratio", "log_odds_z", "p", "q", "p_permutation"),
)
_NOTHING: Final = "No word to compare in this corpus."
_ALPHA: Final = 0.05
#: The probabilities that a table may have and their names, the most careful one first.
_TESTS: Final = {"p_permutation": "p over articles", "q": "q (FDR)", "p": "p"}
_NOT_SURE: Final = f"not filled: {{}} is {_ALPHA} or more"
_ARROW: Final = 0.97
_MOST_BESIDE: Final = 0.46  # of the width, for what stands beside the points
_TICK_PER_MM: Final = 45.0  # of the width of the chart


@layout.chart
def keyness(
    table: pd.DataFrame,
    *,
    measure: Effect = "log_ratio",
    top: int = 15,
    target: str = "target",
    reference: str = "reference",
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw how much more often each of two groups uses the words that set them apart.

    Parameters
    ----------
    table
        One row per word: ``word``, ``count_target``, ``count_reference`` and the column named
        by `measure`. ``articles_target`` and ``articles_reference`` are written beside the
        rows where they are given, ``log_likelihood`` chooses the words. Points are filled where
        ``p_permutation`` is under 0.05, or ``q`` where that is not given, or else ``p``.
        ``attrs["note"]``, what so few articles cannot show, is written below.
    measure
        The effect drawn: "log_ratio" (binary logarithm of the ratio of relative frequencies)
        or "log_odds_z" (log-odds with an informative prior over its standard deviation).
    top
        How many words to draw of each group: those of the largest log-likelihood, or of the
        largest effect where the table has none. The title says of how many.
    target, reference
        What the two groups are called.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; row 0 is the uppermost, the word most typical of the target. An infinite effect
    stands at the end of the scale as an arrowhead. A count of 0 has a star where the log ratio
    is finite, that is, to another number; a note says to which.

    Raises
    ------
    TableError
        If a column is missing, `measure` is unknown or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    shown = _chosen(table, measure, top)
    names = clean(target) or "target", clean(reference) or "reference"
    title = title or _headline(shown, table, names)
    if shown.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    ax = begin_rows(ax, [clean(word) for word in shown["word"]], width=width_mm)
    limit = _scale(ax, shown[measure], measure, width_mm)
    key = _draw_points(ax, shown, measure, limit, names)
    beside = _beside(shown, measure, width_mm)
    draw_columns(ax, beside, start=3)
    drawn = {"word", "kind", measure, _tested(shown)}.union(*(one.shows for one in beside))
    return layout.finish(
        ax,
        title=title,
        table=shown[[name for name in shown.columns if name in drawn]],
        alt=_describe(shown, measure, len(table), names, _said(table)),
        key=key,
        notes=[
            f"Pairs of numbers are {names[0]} : {names[1]}.",
            *_zeros_note(beside[0].cells, table),
            *_left_out_notes(table, measure, row_limit(top), names),
            *counted_note(table.attrs),
            *_said(table),
        ],
    )


def _beside(shown: pd.DataFrame, measure: str, width_mm: float) -> list[Column]:
    """Give the columns beside the points, the first ones where not all have room."""
    columns = [_pair_column("times", _times(shown, measure), "count")]
    if {"articles_target", "articles_reference"} <= set(shown.columns):
        columns.append(_pair_column("articles", _pairs(shown, "articles"), "articles"))
    if width_mm >= NARROW_MM:
        heading = "log ratio" if measure == "log_ratio" else "z"
        effects = [significant(effect) for effect in shown[measure]]
        columns.append(Column(heading, effects, 14, shows=(measure,)))
        for name, said in _TESTS.items():
            if name == _tested(shown) or (name == "q" and "q" in shown.columns):
                cells = [probability(p) for p in shown[name]]
                columns.append(Column(said, cells, 15, shows=(name,)))
    while len(columns) > 1 and sum(one.width for one in columns) > _MOST_BESIDE * width_mm:
        columns.pop()
    return columns


def _zeros_note(times: Sequence[str], table: pd.DataFrame) -> list[str]:
    if not any("*" in pair for pair in times):
        return []
    formula = told_of(table.attrs, "formulas", "log_ratio")
    if formula:
        return [f"*: a count of 0. Log ratio: {formula}."]
    return ["*: a count of 0, in whose place the ratio takes another number."]


describe_keyness = description_of(keyness)


def _describe(
    shown: pd.DataFrame, measure: str, total: int, names: tuple[str, str], said: list[str]
) -> str:
    scale = (
        "the binary logarithm of the ratio of their relative frequencies"
        if measure == "log_ratio"
        else "log-odds with an informative prior, as z"
    )
    if shown[measure].isna().all():
        return f"{some_of(len(shown), total, 'word').capitalize()}, none with an effect."
    points, they_occur = ("Point", "it occurs") if len(shown) == 1 else ("Points", "they occur")
    text = (
        f"{points} for {some_of(len(shown), total, 'word')}, by how much more often "
        f"{they_occur} in {names[0]} (right) or in {names[1]} (left): {scale}."
    )
    for name, own in (
        (names[0], shown.loc[shown[measure] > 0]),
        (names[1], shown.loc[shown[measure] < 0].iloc[::-1]),
    ):
        words = [
            f"{clean(word)} ({significant(effect)}; {count(one)} : {count(other)} times)"
            for word, effect, one, other in zip(
                own["word"],
                own[measure],
                own["count_target"],
                own["count_reference"],
                strict=True,
            )
        ]
        text += f" Most typical of {name}: {', '.join(words[:3]) or 'no word'}."
    tested = _tested(shown)
    if tested:
        under = int((shown[tested] < _ALPHA).sum())
        text += f" {_TESTS[tested]} under {_ALPHA}: {under:,} of {len(shown):,}."
    return " ".join([text, *said])


def _chosen(table: pd.DataFrame, measure: str, top: int) -> pd.DataFrame:
    """Take the words that set the groups apart most, the target's first."""
    if measure not in get_args(Effect):
        raise TableError(f"measure is {measure!r}; it can be 'log_ratio' or 'log_odds_z'")
    need(table, (*_NEEDED, measure), chart="keyness")
    top = row_limit(top)
    order = table[measure].abs()
    if "log_likelihood" in table.columns:
        order = table["log_likelihood"]
    ranked = table.assign(_order=order.astype(float)).sort_values(
        ["_order", "word"], ascending=[False, True], kind="stable", na_position="last"
    )
    more, fewer = (_typical(ranked, measure, sign) for sign in (1, -1))
    # A word without an effect is of neither group: only where nothing else is left to draw.
    no_effect = ranked.loc[~((ranked[measure] > 0) | (ranked[measure] < 0))]
    neither = no_effect if not (more | fewer).any() else ranked.head(0)
    chosen = pd.concat(
        [ranked.loc[more].head(top), ranked.loc[fewer].head(top), neither.head(top)]
    )
    chosen = chosen.sort_values(
        [measure, "word"], ascending=[False, True], kind="stable", na_position="last"
    )
    columns = [column for column in _CARRIED if column in table.columns]
    return chosen[columns].reset_index(drop=True)


def _typical(table: pd.DataFrame, measure: str, sign: int) -> pd.Series[bool]:
    """Say which words are typical of the target (sign 1), or of the reference (-1).

    The number put for a count of 0 can turn the side of a word, where the groups differ in
    size: what a group does not use is not typical of it.
    """
    own, other = ("target", "reference")[::sign]
    used = ~((table[f"count_{own}"] == 0) & (table[f"count_{other}"] > 0))
    return (table[measure] * sign > 0) & used


def _left_out_notes(
    table: pd.DataFrame, measure: str, top: int, names: tuple[str, str]
) -> list[str]:
    """Say which words are not drawn although their effect is as large as that of others."""
    notes, ties = [], []
    order = "log_likelihood" if "log_likelihood" in table.columns else measure
    sides = [_typical(table, measure, sign) for sign in (1, -1)]
    has_effect = (table[measure] > 0) | (table[measure] < 0)
    turned = int((has_effect & ~(sides[0] | sides[1])).sum())
    if turned:
        words = plural(turned, "word")
        notes.append(
            f"Not drawn: {words} of one group, whose effect the number put for 0 turns round."
        )
    for side, name in zip(sides, names, strict=True):
        more = ties_left_out(table.loc[side, order].abs(), top)
        ties += [f"{plural(more, 'more word')} of {name}"] * bool(more)
    if ties:
        notes.append(f"As telling as the last one shown: {', '.join(ties)}.")
    return notes


def _headline(shown: pd.DataFrame, table: pd.DataFrame, names: tuple[str, str]) -> str:
    text = f"Words that set {names[0]} and {names[1]} apart"
    return f"{text}, {len(shown):,} of {len(table):,}" if len(shown) < len(table) else text


def _tested(table: pd.DataFrame) -> str:
    known = (name for name in _TESTS if name in table.columns and table[name].notna().any())
    return next(known, "")


def _said(table: pd.DataFrame) -> list[str]:
    """Give what the table's settings say that it cannot show."""
    note = table.attrs.get("note")
    return [clean(note)] if note else []


def _scale(ax: Axes, effects: pd.Series[float], measure: str, width: float) -> float:
    """Set an axis around zero and give its end."""
    finite = effects.abs().replace(np.inf, np.nan).dropna()
    most = max(float(finite.max()) if len(finite) else 1.0, 1.0)
    limit = most * 1.08 if np.isfinite(effects.dropna()).all() else most * 1.2
    ax.set_xlim(-limit, limit)
    if measure == "log_ratio":
        # On each side; the columns leave the axis about a quarter of a middling width.
        ticks = min(max(int(width / _TICK_PER_MM), 2), 4)
        step = max(int(np.ceil(most / ticks)), 1)
        places = [at * step for at in range(-int(most // step), int(most // step) + 1)]
        ax.set_xticks(places, [f"{2 ** abs(at):,}×" if at else "same" for at in places])
        ax.set_xlabel("times as often")
    else:
        ax.xaxis.set_major_locator(MaxNLocator(3 if width < NARROW_MM else 6, symmetric=True))
        ax.xaxis.set_major_formatter(AxisNumbers())
        ax.set_xlabel("log-odds, z")
    layout.tidy(ax)
    ax.axvline(0, color=RULE, linewidth=0.8, zorder=0.9)
    return limit


def _draw_points(
    ax: Axes, shown: pd.DataFrame, measure: str, limit: float, names: tuple[str, str]
) -> list[KeyItem]:
    """Draw a point and its stem per word; give the key."""
    effect = shown[measure].to_numpy(dtype=np.float64)
    tested = _tested(shown)
    sure = (
        (shown[tested] < _ALPHA).to_numpy(dtype=bool)
        if tested
        else np.ones(len(shown), dtype=bool)
    )
    at_end = limit * _ARROW  # so that an arrowhead does not touch the row's name
    ends = np.where(np.isinf(effect), np.sign(effect) * at_end, effect)
    rows = np.arange(len(shown), dtype=float)
    ax.hlines(rows, 0, ends, color=RULE, linewidth=0.7)
    key = []
    not_sure = []
    for filled, of_words, meaning in _signs(effect, names):
        looks = []
        for look, which in ((filled, of_words & sure), (hollow(filled), of_words & ~sure)):
            if which.any():
                unjoined: dict[str, Any] = {"linestyle": "none", "zorder": 3, "clip_on": False}
                ax.plot(ends[which], rows[which], **unjoined, **look)
                looks.append(look)
        if looks:
            key.append(KeyItem(marker(**looks[0]), meaning))
        if (of_words & ~sure).any():
            not_sure.append(KeyItem(marker(**looks[-1]), _NOT_SURE.format(_TESTS.get(tested))))
    return [*key, *not_sure[:1]]


def _signs(
    effect: npt.NDArray[np.float64], names: tuple[str, str]
) -> list[tuple[dict[str, Any], npt.NDArray[np.bool_], str]]:
    """Give each sign: its look, the words that have it, and its meaning."""
    finite = np.isfinite(effect)
    right, left = ({"marker": tip, "markersize": 5.5} for tip in "><")
    return [
        (dot(), finite & (effect > 0), f"more often in {names[0]}"),
        (other_dot(), finite & (effect < 0), f"more often in {names[1]}"),
        (even_dot(), effect == 0, "equally often in both"),
        (dot() | right, effect == np.inf, f"in {names[0]} only"),
        (other_dot() | left, effect == -np.inf, f"in {names[1]} only"),
    ]


def _pairs(shown: pd.DataFrame, what: str) -> list[str]:
    both = zip(shown[f"{what}_target"], shown[f"{what}_reference"], strict=True)
    return [" : ".join(count(number, missing="–") for number in pair) for pair in both]


def _times(shown: pd.DataFrame, measure: str) -> list[str]:
    """Write the counts, with a star at each 0 that the effect does not take for 0.

    The ratio to a count of 0 is infinite: a finite one is that to another number.
    """
    finite = np.isfinite(shown[measure].astype(float)) & (measure == "log_ratio")
    return [
        " : ".join(
            f"{number}*" if number == "0" and is_finite else number
            for number in pair.split(" : ")
        )
        for pair, is_finite in zip(_pairs(shown, "count"), finite, strict=True)
    ]


def _pair_column(heading: str, cells: list[str], what: str) -> Column:
    both = (f"{what}_target", f"{what}_reference")
    return Column.fitted(heading, cells, around=3, least=13, shows=both)
