import chart_tables as tables
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from read_back import figure_of, row_labels, strings

from metoo_research import charts
from metoo_research.errors import TableError


def ticks_by_row(ax: Axes) -> list[tuple[str, list[float]]]:
    """Of each row its label and, found by their height, the ticks drawn in it."""
    rows = list(zip(ax.get_yticks(), row_labels(ax), strict=True))
    found: list[tuple[str, list[float]]] = [(label, []) for _, label in rows]
    for collection in ax.collections:
        assert isinstance(collection, LineCollection)
        for (x, low), (_, high) in collection.get_segments():
            nearest = int(np.argmin([abs(y - (low + high) / 2) for y, _ in rows]))
            found[nearest][1].append(float(x))
    return found


def test_ticks_stand_in_the_row_of_their_word_and_article() -> None:
    ax = charts.word_positions(tables.positions(), articles=tables.articles())
    assert ticks_by_row(ax) == [
        ("bus", [5.0, 50.0]),
        ("strike", []),
        ("bus", [90.0]),
        ("strike", [100.0]),
        ("bus", []),
        ("strike", []),
    ]


def test_the_articles_stand_over_their_rows_in_order() -> None:
    ax = charts.word_positions(tables.positions(), articles=tables.articles())
    names = [text for text in ax.texts if text.get_fontweight() == "bold"]
    assert [" ".join(name.get_text().split()) for name in names] == list(tables.LABELS)
    heights = [name.get_position()[1] for name in names]
    rows = ax.get_yticks()
    # y grows downwards: each name is above its two rows and below those before.
    assert heights[0] < rows[0]
    assert rows[1] < heights[1] < rows[2]
    assert rows[3] < heights[2] < rows[4]


def test_grouped_by_word_the_rows_are_the_articles() -> None:
    ax = charts.word_positions(tables.positions(), articles=tables.articles(), by="word")
    assert [label for label, _ in ticks_by_row(ax)] == [*tables.LABELS, *tables.LABELS]
    assert [len(ticks) for _, ticks in ticks_by_row(ax)] == [2, 1, 0, 0, 1, 0]


def test_rows_do_not_depend_on_the_order_of_the_table() -> None:
    shuffled = tables.positions().sample(frac=1, random_state=3)
    words = {"bus": 0, "strike": 1}
    again = shuffled.sort_values("word", key=lambda word: word.map(words), kind="stable")
    ax = charts.word_positions(again, articles=tables.articles())
    assert [(label, sorted(ticks)) for label, ticks in ticks_by_row(ax)][:2] == [
        ("bus", [5.0, 50.0]),
        ("strike", []),
    ]


def test_articles_without_any_row_keep_one_for_each_word() -> None:
    ax = charts.word_positions(tables.positions().head(2), articles=tables.articles())
    assert row_labels(ax) == ["bus", "bus", "bus"]
    assert strings(figure_of(ax)).count("0") == 2


def test_alt_text_counts_occurrences_and_articles() -> None:
    alt = charts.describe_word_positions(tables.positions(), articles=tables.articles())
    assert "bus 3 times in 2 of 3 articles; strike 1 time in 1 of 3 articles." in alt


def test_many_articles_are_cut_and_the_title_says_so() -> None:
    ids = [f"a{at}" for at in range(50)]
    table = pd.DataFrame({"article_id": ids, "word": "bus", "position": 0.5})
    ax = charts.word_positions(table)
    assert charts.title_of(ax) == "Where words occur in each article, 12 of 50 articles"
    assert len(row_labels(ax)) == 12


def test_an_unknown_grouping_is_refused() -> None:
    with pytest.raises(TableError, match="by is 'outlet'"):
        charts.word_positions(tables.positions(), by="outlet")  # type: ignore[arg-type]


def test_a_row_without_an_occurrence_stands_in_the_table_too() -> None:
    table = pd.DataFrame(
        [("herald", "bus", 0.1), ("examiner", "strike", 0.5)],
        columns=["article_id", "word", "position"],
    )
    ax = charts.word_positions(table, articles=tables.articles())
    drawn = charts.drawn(ax)
    assert len(drawn) == len(ax.get_yticks()) == 6
    assert drawn["position"].notna().sum() == 2
