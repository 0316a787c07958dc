"""What every two articles share: a triangle of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any, Final, Literal, cast

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.coordinates import above_columns
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.extremes import at_end, both_ends
from metoo_research.charts.key import KeyItem, ink_on
from metoo_research.charts.page_height import HIGHEST_MM
from metoo_research.charts.rows import (
    draw_headings,
    row_mm,
    set_rows,
    shades,
    shades_swatch,
)
from metoo_research.charts.style import PALE, SMALL_PT, TWO_COLUMNS_MM
from metoo_research.charts.tables import articles_in, need, records, row_limit, shown_of
from metoo_research.charts.text import block, count, lines_in, widest_mm
from metoo_research.errors import TableError

Similarity = Literal["cosine", "jaccard"]

_NOTHING: Final = "No two articles to compare in this corpus."
#: The name of a measure of likeness, and what two articles of likeness 1 have in common.
_LIKENESSES: Final = {
    "cosine": ("cosine similarity", "the same words in the same shares"),
    "jaccard": ("Jaccard similarity", "the same words"),
}
_LEAST_CELL_MM: Final = 8.0
_LEAST_ROW_MM: Final = 9.0
_HIGHEST_MM: Final = HIGHEST_MM - 60  # of the rows, below title, key and upright headings
_WIDEST_CELL_MM: Final = 22.0
_MOST_LINES: Final = 5  # that names have where all are whole in them and fit on a page
_FEWEST_LINES: Final = 3  # to which they are cut otherwise: one long name makes all rows high
_SIDES: Final = ("article_a", "article_b")


@layout.chart
def similarity(
    table: pd.DataFrame,
    *,
    measure: Similarity = "cosine",
    articles: pd.DataFrame | None = None,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw how alike every two articles are, as numbers in a triangle of cells.

    Parameters
    ----------
    table
        One row per pair: ``article_a``, ``article_b`` and the column named by `measure`
        (0 to 1). A missing value is written "–".
    measure
        "cosine" or "jaccard".
    articles
        ``article_id`` and ``label`` of all articles, in the order to draw them; without it
        the ids are shown, in order of appearance.
    top
        How many articles to draw, at least 2, so far as there is room.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes: a column for each article but the last, a row for each but the first, counted
    from 0. Articles that do not fit are left out, those of the lowest values; the title says
    of how many.

    Raises
    ------
    TableError
        If a column is missing, a pair stands twice, `measure` is unknown or `top` is below 1.
    """
    if measure not in _LIKENESSES:
        raise TableError(f"measure is {measure!r}; it can be 'cosine' or 'jaccard'")
    need(table, (*_SIDES, measure), chart="similarity")
    name, same = _LIKENESSES[measure]
    shown = _Measure(
        column=measure,
        chart="similarity",
        absent=np.nan,
        write=_share,
        darker="more alike",
        describe=partial(_describe_likeness, measure=measure),
    )
    title = title or f"{name[0].upper()}{name[1:]} of articles"
    notes = [f"1: {same}; 0: no word in common."]
    compared = table.attrs.get("articles_compared")
    if compared:
        # The others have no values: they are not the least alike.
        articles = (
            None if articles is None else articles[articles["article_id"].isin(_ids(table))]
        )
        notes.append(f"Articles compared: {compared}.")
    width_mm = layout.width_for(ax, width_mm)
    return _matrix(table, shown, articles, top, title, notes, width_mm, ax)


describe_similarity = description_of(similarity)


def _describe_likeness(cells: pd.DataFrame, articles: int, measure: str) -> str:
    known = cells.dropna(subset=[measure])
    text = (
        f"Triangle of cells with the {_LIKENESSES[measure][0]} of {plural(len(cells), 'pair')} "
        f"of {plural(articles, 'article')}, from 0 (no word in common) to 1."
    )
    if known.empty:
        return f"{text} It is not defined for any pair."
    if len(known) < len(cells):
        text += f" It is not known for {plural(len(cells) - len(known), 'pair')}."
    pairs = _pairs(known)
    if len(known) == 1:
        return f"{text} {pairs[0]}: {_share(known[measure].iloc[0])}."
    ends = ("Most alike", True), ("least", False)
    extremes = both_ends(pairs, known[measure], ends=ends, write=_share, noun="pair")
    return f"{text} {extremes}"


@layout.chart
def shared_passages(
    table: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many passages every two articles share, as numbers in a triangle of cells.

    Parameters
    ----------
    table
        One row per passage and place: ``passage_id``, ``article_id``, ``words``; of two places
        of unlike length the shorter counts. Or one row per pair that shares something:
        ``article_a``, ``article_b``, ``passages``, and ``words`` (in all passages that the two
        share) where it is known. A pair without a row shares none.
    articles, top, title, width_mm, ax
        As for `similarity`. With `articles`, those that share nothing are drawn too.

    Returns
    -------
    The Axes, as for `similarity`.

    Raises
    ------
    TableError
        If a column is missing, a pair stands twice or `top` is below 1.
    """
    least = table.attrs.get("min_words")
    table = _by_pair(table)
    notes = [] if least is None else [f"A passage has at least {plural(int(least), 'word')}."]
    shown = _Measure(
        column="passages",
        chart="shared_passages",
        absent=0,
        write=partial(count, missing="–"),
        darker="more passages shared",
        describe=_describe_shared,
    )
    title = title or "Passages that two articles share"
    width_mm = layout.width_for(ax, width_mm)
    return _matrix(table, shown, articles, top, title, notes, width_mm, ax)


describe_shared_passages = description_of(shared_passages)


def _describe_shared(cells: pd.DataFrame, articles: int) -> str:
    sharing = cells.loc[cells["passages"] > 0]
    text = (
        f"Triangle of cells with the number of passages that two of "
        f"{plural(articles, 'article')} share: {len(sharing):,} of "
        f"{plural(len(cells), 'pair')} share at least one."
    )
    unknown = int(cells["passages"].isna().sum())
    if unknown:
        text += f" It is not known for {plural(unknown, 'pair')}."
    if sharing.empty:
        return text
    most = at_end(_pairs(sharing), sharing["passages"], highest=True, write=count, noun="pair")
    return f"{text} Most: {most}."


def _by_pair(table: pd.DataFrame) -> pd.DataFrame:
    """Count for every two articles the passages that both have, where places are given."""
    if "passage_id" not in table.columns:
        return table
    need(table, ("passage_id", "article_id", "words"), chart="shared_passages")
    order = {article_id: at for at, article_id in enumerate(pd.unique(table["article_id"]))}
    passages: Counter[tuple[Any, Any]] = Counter()
    words: Counter[tuple[Any, Any]] = Counter()  # NaN where one of the places has none
    for _, places in table.groupby("passage_id", sort=True):
        longest = places.groupby("article_id", sort=False)["words"].max()
        for pair in combinations(sorted(longest.index, key=order.__getitem__), 2):
            passages[pair] += 1
            words[pair] += min(longest[pair[0]], longest[pair[1]])
    rows = [(*pair, number, words[pair]) for pair, number in passages.items()]
    return pd.DataFrame(rows, columns=["article_a", "article_b", "passages", "words"])


def _ids(table: pd.DataFrame) -> NDArray[Any]:
    """The articles of which there are pairs."""
    return cast(NDArray[Any], pd.unique(table[list(_SIDES)].to_numpy().ravel()))


def _share(value: float) -> str:
    return "–" if pd.isna(value) else f"{value + 0.0:.2f}".replace("-0.00", "0.00")


def _pairs(cells: pd.DataFrame) -> list[str]:
    return [f"{a} and {b}" for a, b in zip(cells["label_a"], cells["label_b"], strict=True)]


@dataclass(frozen=True)
class _Measure:
    """What the cells of a triangle show."""

    column: str
    chart: str
    absent: float  # the value of a pair without a row
    write: Callable[[float], str]
    darker: str  # what a darker cell has
    describe: Callable[[pd.DataFrame, int], str]  # of the cells, and how many articles


def _matrix(
    table: pd.DataFrame,
    measure: _Measure,
    articles: pd.DataFrame | None,
    top: int,
    title: str,
    notes: list[str],
    width_mm: float,
    ax: Axes | None,
) -> Axes:
    """Draw the triangle of one measure."""
    need(table, ("article_a", "article_b", measure.column), chart=measure.chart)
    if len(set(_unordered(table))) < len(table):
        raise TableError(
            f"the chart {measure.chart} draws one number for a pair; one stands twice"
        )
    everyone = articles_in(articles, pd.DataFrame({"article_id": _ids(table)}))
    if len(everyone) < 2:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    shown = _fitting(everyone, table, measure.column, width_mm, row_limit(top))
    blocks = _row_names(shown, width_mm)
    cells = _cells(table, measure, shown)
    alt = measure.describe(cells, len(shown))
    shares = cells[measure.column] > 0
    if "words" in cells and cells.loc[shares, "words"].notna().any():
        notes = [*notes, "Below the number of passages: how many words they have."]
    if len(shown) < len(everyone):
        left_out = plural(len(everyone) - len(shown), "article")
        why = ", for lack of room" if len(shown) < top else ""
        reason = f"Not drawn{why}: {left_out} with the lowest values."
        alt, notes = f"{alt} {reason}", [*notes, reason]
    room = width_mm - 2 * layout.MARGIN_MM - widest_mm(blocks) - 1.5
    cell_mm = min(room / len(blocks), _WIDEST_CELL_MM)
    tall = len(blocks) * row_mm(blocks, least=_LEAST_ROW_MM)
    ax = layout.begin(ax, width=width_mm, body=tall)
    set_rows(ax, blocks)
    # Wider than its columns where these have room enough: cells need not fill the page.
    ax.set_xlim(0, room / cell_mm)
    _draw_cells(ax, cells, measure, len(shown), cell_mm)
    draw_headings(
        ax,
        list(shown["label"])[:-1],
        [cell_mm] * len(blocks),
        [at + 0.5 for at in range(len(blocks))],
        at=above_columns(ax),
    )
    ax.set_xticks([])
    layout.tidy(ax, grid=False)
    missing = int(cells[measure.column].isna().sum())
    if missing:
        notes = [*notes, f"–: not known for {plural(missing, 'pair')}."]
    return layout.finish(
        ax,
        title=title + shown_of(len(shown), len(everyone)),
        table=cells,
        alt=alt,
        key=[KeyItem(shades_swatch(), f"darker: {measure.darker}")] if shares.any() else [],
        notes=notes,
    )


def _row_names(shown: pd.DataFrame, width_mm: float) -> list[str]:
    """Wrap the names of the rows; the first article has none.

    They are whole where that needs few lines and a page has room for them.
    """
    label_mm = min(0.3 * width_mm, 52.0)
    whole = [block(name, label_mm) for name in shown["label"][1:]]
    needed = max(map(lines_in, whole), default=1)
    high = len(whole) * row_mm(whole, least=_LEAST_ROW_MM)
    if needed <= _MOST_LINES and high <= _HIGHEST_MM:
        return whole
    return [block(name, label_mm, max_lines=_FEWEST_LINES) for name in shown["label"][1:]]


def _fitting(
    everyone: pd.DataFrame, table: pd.DataFrame, column: str, width_mm: float, top: int
) -> pd.DataFrame:
    """Take the `top` articles of the highest values, or as many as fit in both directions."""
    across = int((width_mm - 2 * layout.MARGIN_MM - min(0.3 * width_mm, 52.0)) / _LEAST_CELL_MM)
    ends = pd.concat(
        [table[[side, column]].set_axis(["article_id", "value"], axis=1) for side in _SIDES]
    )
    highest = ends.groupby("article_id")["value"].max().astype(float)
    values = everyone["article_id"].map(highest).fillna(-1.0)
    place = values.rank(method="first", ascending=False)
    for number in range(min(across + 1, len(everyone), max(top, 2)), 1, -1):
        shown = everyone.loc[place <= number].reset_index(drop=True)
        rows = _row_names(shown, width_mm)
        if len(rows) * row_mm(rows, least=_LEAST_ROW_MM) <= _HIGHEST_MM:
            break
    return shown


def _triangle(articles: int) -> list[tuple[int, int]]:
    """Give column and row of every two articles, row by row, counted from the first article."""
    return [(upper, lower) for lower in range(1, articles) for upper in range(lower)]


def _cells(table: pd.DataFrame, measure: _Measure, shown: pd.DataFrame) -> pd.DataFrame:
    """Give each pair of articles its cell, in the order of `_triangle`; absent pairs too."""
    names = [measure.column, *(name for name in ("words",) if name in table.columns)]
    ids, labels = list(shown["article_id"]), list(shown["label"])
    cells = pd.DataFrame(
        [
            (ids[upper], labels[upper], ids[lower], labels[lower])
            for upper, lower in _triangle(len(shown))
        ],
        columns=["article_a", "label_a", "article_b", "label_b"],
    )
    values = table[names].set_axis(pd.Index(_unordered(table)))
    values = values.reindex(pd.Index(_unordered(cells)), fill_value=measure.absent)
    if "words" in values:
        values["words"] = values["words"].where(values[measure.column] != 0, 0)
    return pd.concat([cells, values.reset_index(drop=True)], axis="columns")


def _unordered(pairs: pd.DataFrame) -> list[frozenset[Any]]:
    return list(map(frozenset, zip(pairs["article_a"], pairs["article_b"], strict=True)))


def _draw_cells(
    ax: Axes, cells: pd.DataFrame, measure: _Measure, articles: int, cell_mm: float
) -> None:
    values = cells[measure.column]
    highest = max(float(values.max()), 1.0) if values.notna().any() else 1.0
    grounds = shades()
    in_words = _words_in_cells(cells, measure.column, cell_mm)
    for (upper, lower), cell in zip(_triangle(articles), records(cells), strict=True):
        value = cell[measure.column]
        face = PALE if pd.isna(value) else grounds(min(float(value) / highest, 1.0))
        place = (upper + 0.04, lower - 1.46)
        ax.add_artist(Rectangle(place, 0.92, 0.92, facecolor=face, linewidth=0))
        text = measure.write(value)
        if pd.notna(value) and value > 0 and pd.notna(cell.get("words")):
            text += f"\n{in_words(int(cell['words']))}"
        look: dict[str, Any] = {"ha": "center", "va": "center", "color": ink_on(face)}
        ax.text(upper + 0.5, lower - 1, text, fontsize=SMALL_PT, **look)


def _words_in_cells(cells: pd.DataFrame, column: str, cell_mm: float) -> Callable[[int], str]:
    """Give how all cells write their words: "29 words", or "29" where one has no room."""

    def spelled(words: int) -> str:
        return plural(words, "word")

    known = cells.loc[cells[column] > 0, "words"].dropna() if "words" in cells else ()
    widest = widest_mm((spelled(int(n)) for n in known), size=SMALL_PT)
    return spelled if widest < 0.9 * cell_mm else count
