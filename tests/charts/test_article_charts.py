from typing import get_args

import chart_tables as tables
import pandas as pd
import pytest
from matplotlib.patches import Rectangle
from read_back import figure_of, row_labels, strings

from metoo_research import charts
from metoo_research.charts.articles import _KINDS
from metoo_research.charts.palettes import Variant
from metoo_research.errors import TableError
from metoo_research.passages import PASSAGE_KINDS


def test_bars_are_the_words_analysed_and_set_aside_in_the_order_of_the_articles() -> None:
    ax = charts.corpus_overview(tables.overview(), articles=tables.articles())
    bars = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert row_labels(ax) == list(tables.LABELS)
    assert [bar.get_width() for bar in bars] == [500, 120, 310, 40, 60, 0]
    assert [bar.get_x() for bar in bars] == [0, 0, 0, 500, 120, 310]
    assert [round(bar.get_y() + bar.get_height() / 2) for bar in bars] == [0, 1, 2, 0, 1, 2]
    assert ax.get_ylim() == (2.5, -0.5)  # row 0 is on top


def test_the_key_names_the_kinds_of_passages_that_are_counted() -> None:
    ax = charts.corpus_overview(tables.overview(), kinds=("body", "embedded_tweet"))
    assert "analysed: body, embedded post" in strings(figure_of(ax))


def test_numbers_stand_beside_the_bars() -> None:
    ax = charts.corpus_overview(tables.overview(), articles=tables.articles())
    shown = strings(figure_of(ax))
    for number in ("500", "120", "310", "40", "60", "0"):
        assert number in shown


def test_the_table_drawn_is_the_table_given() -> None:
    ax = charts.corpus_overview(tables.overview(), articles=tables.articles())
    drawn = charts.drawn(ax)
    assert drawn["label"].tolist() == list(tables.LABELS)
    assert drawn["words_analysed"].tolist() == [500, 120, 310]


def test_a_missing_count_is_said_and_not_drawn_as_zero() -> None:
    table = tables.overview().astype({"words_analysed": "float64"})
    table.loc[1, "words_analysed"] = float("nan")
    ax = charts.corpus_overview(table, articles=tables.articles())
    assert "not counted" in strings(figure_of(ax))
    assert charts.drawn(ax)["words_analysed"].isna().tolist() == [False, True, False]


def test_articles_beyond_top_are_counted_in_the_title() -> None:
    ids = [f"a{number:04}" for number in range(1500)]
    table = pd.DataFrame({"article_id": ids, "words_analysed": 10, "words_set_aside": 1})
    ax = charts.corpus_overview(table, top=20)
    assert charts.title_of(ax) == "Words analysed and set aside, 20 of 1,500 articles"
    assert row_labels(ax) == ids[:20]


def test_an_article_without_a_row_keeps_its_place() -> None:
    ax = charts.corpus_overview(tables.overview().head(2), articles=tables.articles())
    assert row_labels(ax)[2] == "Radio Seven"


def test_passages_lie_where_their_characters_are() -> None:
    ax = charts.passage_map(tables.passages(), articles=tables.articles())
    drawn = [
        (x0, x1, round(y))
        for strips in ax.collections
        for path in strips.get_paths()
        for (x0, y), (x1, _) in [path.get_extents().get_points()]
    ]
    table = tables.passages()
    rows = table["article_id"].map({"herald": 0, "examiner": 1})
    assert sorted(drawn) == sorted(zip(table["start"], table["end"], rows, strict=True))


def test_each_kind_of_passage_has_a_letter_of_its_own_and_the_key_says_which() -> None:
    ax = charts.passage_map(tables.passages(), articles=tables.articles())
    shown = strings(figure_of(ax))
    for kind in ("headline", "body", "promo", "subhead", "embedded_tweet", "tweet_credit"):
        assert _KINDS[kind].name in shown
        assert _KINDS[kind].letter in shown
    assert "caption" not in shown  # no such passage


def test_every_kind_the_package_knows_can_be_told_from_the_others() -> None:
    assert set(_KINDS) == set(PASSAGE_KINDS)
    assert len({kind.letter for kind in _KINDS.values()}) == len(_KINDS)
    for variant in get_args(Variant):
        with charts.variant(variant):
            looks = {(kind.color, kind.hatch) for kind in _KINDS.values()}
        assert len(looks) == len(_KINDS)


def test_an_article_without_passages_is_said_to_have_none() -> None:
    ax = charts.passage_map(tables.passages(), articles=tables.articles())
    assert row_labels(ax)[2] == "Radio Seven"
    assert "no passage" in strings(figure_of(ax))


def test_a_kind_unknown_to_the_chart_is_drawn_under_its_own_name() -> None:
    passages = tables.passages().replace({"kind": {"promo": "sponsor_note"}})
    ax = charts.passage_map(passages, articles=tables.articles())
    assert "sponsor_note" in strings(figure_of(ax))


def test_alt_text_gives_the_shares_of_the_characters() -> None:
    # Of 2,978 characters in passages, 838 + 798 + 618 = 2,254 are body.
    alt = charts.describe_passage_map(tables.passages(), articles=tables.articles())
    assert "body 76%" in alt
    assert alt.startswith("One strip for each of 3 articles")


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="corpus_overview needs the column words_set_aside"):
        charts.corpus_overview(tables.overview().drop(columns="words_set_aside"))


def test_top_below_one_is_refused() -> None:
    with pytest.raises(TableError, match="top is 0"):
        charts.passage_map(tables.passages(), top=0)
