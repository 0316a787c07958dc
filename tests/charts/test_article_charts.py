from typing import get_args

import chart_tables as tables
import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle
from read_back import figure_of, overlaps, row_labels, strings

from metoo_research import charts
from metoo_research.charts.letters import place_letters
from metoo_research.charts.palettes import Variant
from metoo_research.charts.passage_kinds import KINDS
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
        assert KINDS[kind].name in shown
        assert KINDS[kind].letter in shown
    assert "caption" not in shown  # no such passage


def narrow_parts(*kinds: str) -> pd.DataFrame:
    """Parts of 18 characters, each with 2 to the next, and then a body to character 3,000."""
    starts = [20 * at for at in range(len(kinds) + 1)]
    ends = [*(start + 18 for start in starts[:-1]), 3000]
    return pd.DataFrame(
        {"article_id": "herald", "start": starts, "end": ends, "kind": [*kinds, "body"]}
    )


def test_narrow_neighbours_have_their_letters_side_by_side_and_a_line_to_each() -> None:
    passages = narrow_parts("headline", "subhead", "caption", "byline", "date")
    for variant in get_args(Variant):
        with charts.variant(variant):
            ax = charts.passage_map(passages, width_mm=charts.ONE_COLUMN_MM)
        over = sorted((text.get_position()[0], text.get_text()) for text in ax.texts)
        assert "".join(letter for _, letter in over) == "HSCADB"
        assert overlaps(figure_of(ax)) == []
        lines = [np.asarray(line.get_xdata()).tolist() for line in ax.lines]
        middles = [9.0, 29.0, 49.0, 69.0, 89.0]
        assert [x for _, x in sorted(lines)] == pytest.approx(middles)
        assert sorted(x for x, _ in lines) == pytest.approx([x for x, _ in over[:-1]])


def test_letters_that_would_be_too_far_off_are_left_out_and_counted() -> None:
    many = narrow_parts(*["embedded_tweet", "tweet_credit"] * 20)
    ax = charts.passage_map(many, width_mm=charts.ONE_COLUMN_MM)
    left_out = 40 - len(ax.lines)
    assert 0 < left_out < 40
    assert f"No room for the letters of {left_out} narrow parts." in strings(figure_of(ax))


def test_letters_stand_where_they_name_something_unless_another_is_there() -> None:
    def placed(*middles: float) -> list[float]:
        equal = [2.0] * len(middles)
        places = place_letters(middles, equal, importance=equal, room=40)
        return [round(places[number], 6) for number in range(len(middles))]

    assert placed(5, 10, 20) == [5, 10, 20]
    assert placed(10, 10.5, 11) == [8.5, 10.5, 12.5]  # around their middle
    assert placed(0.2, 0.4) == [1, 3]  # from the beginning of the line
    assert placed(39, 39.5) == [37, 39]  # up to its end


def test_the_least_important_letters_are_left_out() -> None:
    importance = [*range(20), 3.5]
    places = place_letters([20.0] * 21, [2.0] * 21, importance=importance, room=100)
    assert set(places) == {*range(11, 20)}  # more would be over 8 mm away


def test_the_outline_of_a_strip_is_over_its_passages() -> None:
    # Below them, a gap of one character would show two dark specks of it.
    ax = charts.passage_map(narrow_parts("headline"))
    (outline,) = (p for p in ax.patches if isinstance(p, Rectangle) and not p.get_fill())
    assert (outline.get_x(), outline.get_width()) == (0, 3000)
    assert outline.get_zorder() > max(strips.get_zorder() for strips in ax.collections)


def test_every_kind_the_package_knows_can_be_told_from_the_others() -> None:
    assert set(KINDS) == set(PASSAGE_KINDS)
    assert len({kind.letter for kind in KINDS.values()}) == len(KINDS)
    for variant in get_args(Variant):
        with charts.variant(variant):
            looks = {(kind.color, kind.hatch) for kind in KINDS.values()}
        assert len(looks) == len(KINDS)


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
