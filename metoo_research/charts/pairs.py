"""What every two articles share: a triangle of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations
from typing import Any, Final, Literal, get_args

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.coordinates import above_columns
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.extremes import at_end, both_ends
from metoo_research.charts.key import KeyItem, ink_on
from metoo_research.charts.page_height import HIGHEST_MM
from metoo_research.charts.rows import (
    draw_headings,
    label_blocks,
    row_mm,
    set_rows,
    shades,
    shades_swatch,
)
from metoo_research.charts.style import PALE, SMALL_PT, TWO_COLUMNS_MM
from metoo_research.charts.tables import articles_in, articles_of, need, records, shown_of
from metoo_research.charts.text import count
from metoo_research.charts.text import width_mm as text_mm
from metoo_research.errors import TableError

Similarity = Literal["cosine", "jaccard"]

_NOTHING: Final = "No two articles to compare in this corpus."
_NAMES: Final = {"cosine": "cosine similarity", "jaccard": "Jaccard similarity"}
_LEAST_CELL_MM: Final = 8.0
_LEAST_ROW_MM: Final = 9.0
_HIGHEST_MM: Final = HIGHEST_MM - 60  # of the rows, below title, key and upright headings
_WIDEST_CELL_MM: Final = 22.0


@layout.chart
def similarity(
    table: pd.DataFrame,
    *,
    measure: Similarity = "cosine",
    articles: pd.DataFrame | None = None,
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
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes: a column for each article but the last, a row for each but the first, counted
    from 0. Articles that do not fit beside one another are left out, the last ones first; the
    title says of how many.

    Raises
    ------
    TableError
        If a column is missing, a pair stands twice or `measure` is unknown.
    """
    return _matrix(
        table,
        _checked(measure),
        chart="similarity",
        articles=articles,
        title=title or f"{_NAMES[measure][0].upper()}{_NAMES[measure][1:]} of articles",
        write=_share,
        key="more alike",
        most=1.0,
        notes=["1: the same words in the same shares; 0: no word in common."]
        if measure == "cosine"
        else ["1: the same words; 0: no word in common."],
        describe=partial(_describe_similarity, measure=measure),
        width_mm=layout.width_for(ax, width_mm),
        ax=ax,
    )


describe_similarity = description_of(similarity)


def _describe_similarity(
    table: pd.DataFrame, *, measure: Similarity = "cosine", articles: pd.DataFrame | None = None
) -> str:
    """Say in words what `similarity` shows: form, range, the most and the least alike."""
    names = _everyone(table, articles).set_index("article_id")["label"]
    known = table.dropna(subset=[measure])
    pairs_drawn = len(names) * (len(names) - 1) // 2
    text = (
        f"Triangle of cells with the {_NAMES[measure]} of {plural(pairs_drawn, 'pair')} of "
        f"{plural(len(names), 'article')}, from 0 (no word in common) to 1."
    )
    if known.empty:
        return f"{text} It is not defined for any pair."
    if len(known) < pairs_drawn:
        text += f" It is not known for {plural(pairs_drawn - len(known), 'pair')}."
    pairs = [_pair(row, names) for row in records(known)]
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
    articles, title, width_mm, ax
        As for `similarity`. With `articles`, those that share nothing are drawn too.

    Returns
    -------
    The Axes, as for `similarity`.

    Raises
    ------
    TableError
        If a column is missing or a pair stands twice.
    """
    least = table.attrs.get("min_words")
    table = _by_pair(table)
    notes = [] if least is None else [f"A passage has at least {plural(int(least), 'word')}."]
    if "words" in table.columns:
        notes.append("Below the number of passages: how many words they have.")
    return _matrix(
        table,
        "passages",
        chart="shared_passages",
        articles=articles,
        title=title or "Passages that two articles share",
        write=_number,
        key="more passages shared",
        most=None,
        notes=notes,
        describe=_describe_shared_passages,
        width_mm=layout.width_for(ax, width_mm),
        ax=ax,
    )


describe_shared_passages = description_of(shared_passages)


def _describe_shared_passages(
    table: pd.DataFrame, *, articles: pd.DataFrame | None = None
) -> str:
    """Say in words what `shared_passages` shows: form, how many pairs share, which most."""
    table = _by_pair(table)
    everyone = _everyone(table, articles)
    names = everyone.set_index("article_id")["label"]
    pairs = len(names) * (len(names) - 1) // 2
    sharing = table.loc[table["passages"] > 0]
    text = (
        f"Triangle of cells with the number of passages that two of "
        f"{plural(len(names), 'article')} share: {len(sharing):,} of {plural(pairs, 'pair')} "
        "share at least one."
    )
    if sharing.empty:
        return text
    shares = [_pair(row, names) for row in records(sharing)]
    most = at_end(shares, sharing["passages"], highest=True, write=count, noun="pair")
    return f"{text} Most: {most}."


def _by_pair(table: pd.DataFrame) -> pd.DataFrame:
    """Count for every two articles the passages that both have, where places are given."""
    if "passage_id" not in table.columns:
        return table
    need(table, ("passage_id", "article_id", "words"), chart="shared_passages")
    order = {article_id: at for at, article_id in enumerate(pd.unique(table["article_id"]))}
    passages: Counter[tuple[Any, Any]] = Counter()
    words: Counter[tuple[Any, Any]] = Counter()
    for _, places in table.groupby("passage_id", sort=True):
        longest = places.groupby("article_id", sort=False)["words"].max()
        for pair in combinations(sorted(longest.index, key=order.__getitem__), 2):
            passages[pair] += 1
            words[pair] += int(min(longest[pair[0]], longest[pair[1]]))
    rows = [(*pair, number, words[pair]) for pair, number in passages.items()]
    return pd.DataFrame(rows, columns=["article_a", "article_b", "passages", "words"])


def _checked(measure: str) -> str:
    if measure not in get_args(Similarity):
        raise TableError(f"measure is {measure!r}; it can be 'cosine' or 'jaccard'")
    return measure


def _share(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.2f}"


def _number(value: float) -> str:
    return "–" if pd.isna(value) else count(value)


def _pair(row: Mapping[str, Any], names: pd.Series[str]) -> str:
    return f"{names[row['article_a']]} and {names[row['article_b']]}"


def _everyone(table: pd.DataFrame, articles: pd.DataFrame | None) -> pd.DataFrame:
    ids = pd.unique(table[["article_a", "article_b"]].to_numpy().ravel())
    return articles_in(articles, pd.DataFrame({"article_id": ids}))


def _matrix(
    table: pd.DataFrame,
    measure: str,
    *,
    chart: str,
    articles: pd.DataFrame | None,
    title: str,
    write: Callable[[float], str],
    key: str,
    most: float | None,
    notes: list[str],
    describe: Callable[..., str],
    width_mm: float,
    ax: Axes | None,
) -> Axes:
    """Draw the triangle of one measure."""
    need(table, ("article_a", "article_b", measure), chart=chart)
    both = zip(table["article_a"], table["article_b"], strict=True)
    unordered = [frozenset(pair) for pair in both]
    if len(set(unordered)) < len(unordered):
        raise TableError(f"the chart {chart} draws one number for a pair; one stands twice")
    everyone = _everyone(table, articles)
    if len(everyone) < 2:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    room = width_mm - 2 * layout.MARGIN_MM
    label_mm = min(0.3 * width_mm, 52.0)
    fit = int((room - label_mm) / _LEAST_CELL_MM) + 1
    blocks = label_blocks(list(everyone["label"])[1:fit], label_mm)
    while len(blocks) > 1 and len(blocks) * row_mm(blocks, least=_LEAST_ROW_MM) > _HIGHEST_MM:
        blocks.pop()
    shown = everyone.head(len(blocks) + 1).reset_index(drop=True)
    cut = shown_of(len(shown), len(everyone))
    title += cut
    there = table["article_a"].isin(shown["article_id"]) & table["article_b"].isin(
        shown["article_id"]
    )
    alt = describe(table.loc[there], articles=shown)
    if cut:
        alt = f"{articles_of(len(shown), len(everyone)).capitalize()} are drawn. {alt}"
    taken = max(text_mm(line) for text in blocks for line in text.split("\n")) + 1.5
    columns = len(shown) - 1
    cell = min((room - taken) / columns, _WIDEST_CELL_MM)
    ax = layout.begin(ax, width=width_mm, body=columns * row_mm(blocks, least=_LEAST_ROW_MM))
    set_rows(ax, blocks)
    # Wider than its columns where these have room enough: cells need not fill the page.
    ax.set_xlim(0, (room - taken) / cell)
    row_of = {article_id: at for at, article_id in enumerate(shown["article_id"])}
    values = {
        tuple(sorted((row_of[a], row_of[b]))): at
        for at, (a, b) in enumerate(zip(table["article_a"], table["article_b"], strict=True))
        if a in row_of and b in row_of
    }
    highest = most or max(float(np.nanmax([*table[measure].dropna(), 1.0])), 1.0)
    grounds = shades()
    in_words = _words_in_cells(table.loc[there], measure, cell)
    rows = []
    for lower in range(1, len(shown)):
        for upper in range(lower):
            at = values.get((upper, lower))
            value = table[measure].iloc[at] if at is not None else _absent(measure)
            words = table["words"].iloc[at] if at is not None and "words" in table else None
            place = (upper + 0.04, lower - 1.46)
            face = PALE if pd.isna(value) else grounds(min(float(value) / highest, 1.0))
            ax.add_artist(Rectangle(place, 0.92, 0.92, facecolor=face, linewidth=0))
            text = write(value)
            if words is not None and pd.notna(words) and value > 0:
                text += f"\n{in_words(int(words))}"
            look: dict[str, Any] = {"ha": "center", "va": "center", "color": ink_on(face)}
            ax.text(upper + 0.5, lower - 1, text, fontsize=SMALL_PT, **look)
            rows.append((upper, lower, value, words))
    draw_headings(
        ax,
        list(shown["label"])[:-1],
        [cell] * columns,
        [at + 0.5 for at in range(columns)],
        at=above_columns(ax),
    )
    ax.set_xticks([])
    layout.tidy(ax, grid=False)
    drawn = pd.DataFrame(
        {
            "article_a": [shown["article_id"][row[0]] for row in rows],
            "label_a": [shown["label"][row[0]] for row in rows],
            "article_b": [shown["article_id"][row[1]] for row in rows],
            "label_b": [shown["label"][row[1]] for row in rows],
            measure: [row[2] for row in rows],
        }
    )
    if "words" in table.columns:
        drawn["words"] = [0 if row[2] == 0 else row[3] for row in rows]
    missing = int(drawn[measure].isna().sum())
    if missing:
        notes = [*notes, f"–: not known for {plural(missing, 'pair')}."]
    items = [KeyItem(shades_swatch(), f"darker: {key}")]
    return layout.finish(ax, title=title, table=drawn, alt=alt, key=items, notes=notes)


def _words_in_cells(pairs: pd.DataFrame, measure: str, cell_mm: float) -> Callable[[int], str]:
    """Give how all cells write their words: "29 words", or "29" where one has no room."""

    def spelled(words: int) -> str:
        return plural(words, "word")

    known = pairs.loc[pairs[measure] > 0, "words"].dropna() if "words" in pairs else ()
    widest = max((text_mm(spelled(int(n)), size=SMALL_PT) for n in known), default=0.0)
    return spelled if widest < 0.9 * cell_mm else count


def _absent(measure: str) -> float:
    """Give what a pair without a row has: no passage in common, but no known likeness."""
    return 0 if measure == "passages" else float("nan")
