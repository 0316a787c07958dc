"""Where the parts of each article stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.coordinates import axes_mm
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.key import KeyItem, letter_look, patch
from metoo_research.charts.letters import place_letters
from metoo_research.charts.passage_kinds import Kind, kind_of, kinds_of
from metoo_research.charts.rows import label_blocks, row_heights, set_rows
from metoo_research.charts.style import (
    GREY,
    NARROW_MM,
    RULE,
    SMALL_PT,
    TWO_COLUMNS_MM,
)
from metoo_research.charts.tables import (
    NO_ARTICLES,
    articles_in,
    each_of_articles,
    need,
    row_limit,
    shown_of,
)
from metoo_research.charts.text import clean, count, percent, width_mm

_PASSAGES: Final = ("article_id", "start", "end", "kind")


@layout.chart
def passage_map(
    passages: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw each article as a strip of its passages, each passage marked by its kind.

    Parameters
    ----------
    passages
        One row per passage: ``article_id``, ``label``, ``start`` and ``end`` (characters),
        ``kind``. ``text_length`` (of the article, in characters) ends the strip; without it
        the strip ends with the last passage.
    articles, top, title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; article 0 is the uppermost row. A kind is told by colour and hatching and by its
    letter, which stands over the strip, with a line to its passage, where this is narrow;
    neighbours of one kind share a letter. Where there is no room for all letters, the narrowest
    passages have none and a note counts them.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    need(passages, _PASSAGES, chart="passage_map")
    top = row_limit(top)
    everyone = articles_in(articles, passages)
    shown_articles = everyone.head(top)
    title = title or "Parts of each article" + shown_of(len(shown_articles), len(everyone))
    if everyone.empty:
        return layout.empty(ax, width=width_mm, message=NO_ARTICLES, title=title)

    columns = [c for c in (*_PASSAGES, "text_length") if c in passages.columns]
    has_place = passages["start"].notna() & passages["end"].notna()
    no_place = int(
        (~has_place & passages["article_id"].isin(shown_articles["article_id"])).sum()
    )
    shown = shown_articles.merge(passages.loc[has_place, columns], on="article_id", how="left")
    if "text_length" not in shown.columns:
        shown["text_length"] = shown.groupby("article_id")["end"].transform("max")
    blocks = label_blocks(list(shown_articles["label"]), min(0.3 * width_mm, 52))
    heights = row_heights(blocks, least=9)
    height = min(heights)  # the scale of what is drawn within any row
    ax = layout.begin(ax, width=width_mm, body=sum(heights))
    set_rows(ax, blocks, heights)
    ax.set_xlim(0, float(shown["text_length"].fillna(0).max()) or 1)
    ax.xaxis.set_major_locator(MaxNLocator(3 if width_mm < NARROW_MM else 6, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda number, _: count(number)))
    ax.set_xlabel("characters from the beginning", loc="left")
    layout.tidy(ax)
    drawn = set(shown.loc[shown["start"].notna(), "kind"].map(clean))
    kinds = kinds_of(drawn)
    for row, article_id in enumerate(shown_articles["article_id"]):
        _strip(ax, row, shown.loc[shown["article_id"] == article_id], height, kinds)
    alt = _describe_passages(shown, len(shown_articles), len(everyone))

    nowhere = [f"Not drawn: {plural(no_place, 'passage')} without a place."] * bool(no_place)

    def finish(*notes: str) -> Axes:
        key = [_key_item(kind) for kind in kinds.values()]
        return layout.finish(
            ax, title=title or "", table=shown, alt=alt, key=key, notes=[*nowhere, *notes]
        )

    finish()
    # Letters last: whether one fits depends on the width that the labels leave.
    left_out = sum(
        _letters(ax, row, shown.loc[shown["article_id"] == article_id], height, kinds)
        for row, article_id in enumerate(shown_articles["article_id"])
    )
    if left_out:
        finish(f"No room for the letters of {plural(left_out, 'narrow part')}.")
    return ax


describe_passage_map = description_of(passage_map)


def _describe_passages(shown: pd.DataFrame, number: int, total: int) -> str:
    known = (shown["end"] - shown["start"]).dropna()
    lengths = known.groupby(shown["kind"].map(clean)).sum()
    shares = (lengths / lengths.sum()).sort_values(ascending=False, kind="stable")
    parts = ", ".join(
        f"{kind_of(str(kind)).name} {percent(share)}" for kind, share in shares.items()
    )
    return (
        f"One strip for {each_of_articles(number, total)}, from the first to the "
        f"last character, divided into {plural(len(known), 'passage')} by "
        f"kind. Share of the characters: {parts or 'no passage'}."
    )


def _key_item(kind: Kind) -> KeyItem:
    swatch = patch(letter=kind.letter, **_look(kind))
    return KeyItem(swatch, kind.name)


def _look(kind: Kind) -> dict[str, Any]:
    return {
        "facecolor": kind.color,
        "hatch": kind.hatch,
        "edgecolor": "white",
        "linewidth": 0.4,
    }


_STRIP_MM: Final = 4.0
_STRIP_DOWN_MM: Final = 1.4  # the strip's middle is below the row's, to leave room for letters
_LETTER_UP_MM: Final = 2.5  # a letter's middle over the strip
_LINE_MM: Final = 1.3  # from a letter down to the strip


def _strip(
    ax: Axes, row: int, passages: pd.DataFrame, height: float, kinds: Mapping[str, Kind]
) -> None:
    y = row + (_STRIP_DOWN_MM - _STRIP_MM / 2) / height
    tall = _STRIP_MM / height
    if passages["text_length"].notna().any():
        length = float(passages["text_length"].max())
        ax.add_patch(Rectangle((0, y), length, tall, facecolor="white", linewidth=0))
        # Over the passages: in the gaps between them an outline below would show as specks.
        look: dict[str, Any] = {"fill": False, "edgecolor": RULE, "linewidth": 0.5}
        ax.add_patch(Rectangle((0, y), length, tall, zorder=2, clip_on=False, **look))
    known = passages.dropna(subset=["start", "end"])
    for kind, own in known.groupby(known["kind"].map(clean), sort=False):
        strips = [
            (float(start), float(end - start))
            for start, end in own[["start", "end"]].to_numpy()
        ]
        ax.broken_barh(strips, (y, tall), **_look(kinds[str(kind)]))


def _letters(
    ax: Axes, row: int, passages: pd.DataFrame, height: float, kinds: Mapping[str, Kind]
) -> int:
    """Write the letters of a strip; give how many had no room."""
    known = passages.dropna(subset=["start", "end"]).sort_values("start", kind="stable")
    if known.empty:
        place = (ax.get_xlim()[1] * 0.01, row + _STRIP_DOWN_MM / height)
        ax.text(*place, "no passage", fontsize=SMALL_PT, color=GREY, va="center_baseline")
        return 0
    per_mm = ax.get_xlim()[1] / axes_mm(ax)[0]
    names = known["kind"].map(clean)
    by_run = known.groupby((names != names.shift()).cumsum())
    starts, ends = by_run["start"].min(), by_run["end"].max()
    narrow = []
    for name, start, end in zip(names[names != names.shift()], starts, ends, strict=True):
        kind, middle = kinds[name], (start + end) / 2
        run = _Run(kind.letter, middle / per_mm, (end - start) / per_mm)
        if run.length < run.needed:
            narrow.append(run)
            continue
        look = letter_look(kind.color, over=True)
        ax.text(middle, row + _STRIP_DOWN_MM / height, kind.letter, **look)
    return _letters_above(ax, row, narrow, height)


class _Run(NamedTuple):
    """Neighbouring passages of one kind, in mm."""

    letter: str
    middle: float
    length: float

    @property
    def needed(self) -> float:
        return width_mm(self.letter, size=SMALL_PT) + 0.4


def _letters_above(ax: Axes, row: int, runs: list[_Run], height: float) -> int:
    """Write letters over a strip, each with a line to its run; give how many had no room."""
    room = axes_mm(ax)[0]
    per_mm = ax.get_xlim()[1] / room
    placed = place_letters(
        [run.middle for run in runs],
        [run.needed for run in runs],
        importance=[run.length for run in runs],
        room=room,
    )
    top = _STRIP_DOWN_MM - _STRIP_MM / 2
    ends = row + (top - _LINE_MM) / height, row + top / height
    look = letter_look("white", over=True) | {"color": GREY}
    for number, x in placed.items():
        run = runs[number]
        ax.text(x * per_mm, row + (top - _LETTER_UP_MM) / height, run.letter, **look)
        # Over the white ground of the letters beside it.
        ax.plot([x * per_mm, run.middle * per_mm], ends, color=GREY, linewidth=0.5, zorder=4)
    return len(runs) - len(placed)
