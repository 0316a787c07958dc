"""A picture and its description tell what is drawn and what was counted, and no more."""

from collections.abc import Callable

import chart_tables
import comparison_tables as tables
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from read_back import figure_of, row_labels, told

from metoo_research import charts
from metoo_research.charts.counted import counted_note, drawn_over
from metoo_research.charts.dots import AxisNumbers
from metoo_research.charts.labels import place_names

# --- What is drawn


def reports(articles: int) -> pd.DataFrame:
    """Each article reports a figure of its own platform."""
    return pd.DataFrame(
        [
            chart_tables.figure_row(
                f"a{at:02}", platform=f"Platform {at:02}", number_text="more than 20,000"
            )
            for at in range(articles)
        ]
    )


def test_a_row_whose_article_is_left_out_is_left_out_too() -> None:
    ax = charts.metrics_by_article(reports(12), width_mm=85)
    shown = charts.drawn(ax)
    columns = shown["article_id"].nunique()
    assert 1 < columns < 12
    assert len(shown) == columns
    title = charts.title_of(ax)
    assert f", {columns} of 12 articles" in title
    assert f", {columns} of 12 rows" in title
    assert f"Not shown: {12 - columns} figures." in told(ax)


def test_its_description_counts_what_is_drawn() -> None:
    ax = charts.metrics_by_article(reports(12), width_mm=85)
    number = charts.drawn(ax)["article_id"].nunique()
    alt = charts.alt_text(ax)
    assert f"{number} kinds of figures by {number} of 12 articles" in alt
    assert f"Not drawn: {12 - number} figures." in alt


def pairs(articles: int, column: str) -> pd.DataFrame:
    ids = [f"a{at:02}" for at in range(articles)]
    rows = [(one, two) for at, two in enumerate(ids) for one in ids[:at]]
    table = pd.DataFrame(rows, columns=["article_a", "article_b"])
    table[column] = np.arange(len(table)) / len(table) if column == "cosine" else 1
    return table


def test_a_triangle_that_is_cut_describes_the_articles_in_it() -> None:
    ax = charts.similarity(pairs(30, "cosine"), width_mm=85)
    alt = charts.alt_text(ax)
    number = len(row_labels(ax)) + 1
    assert f"pairs of {number} articles" in alt
    left_out = f"Not drawn, for lack of room: {30 - number} articles with the lowest values."
    assert left_out in alt
    assert left_out in told(ax)
    assert f"{number * (number - 1) // 2} pairs of {number} articles" in alt
    assert "a00" not in alt  # of the lowest values


def test_equal_pairs_are_not_told_as_one_that_shares_most() -> None:
    alt = charts.alt_text(charts.shared_passages(pairs(4, "passages")))
    assert "Most: a00 and a01, and 5 other pairs (1 each)." in alt


def test_words_beside_a_picture_keep_letters_that_its_font_lacks() -> None:
    name = "安全夜车 🚌"
    everyone = pd.DataFrame({"article_id": ["a"], "label": [name], "outlet": [name]})
    table = pd.DataFrame({"article_id": ["a"], "word": ["夜车"], "count": [2]})
    ax = charts.word_frequency(table, table, articles=everyone)
    charts.set_source(figure_of(ax), charts.source_line(everyone))
    assert "夜车 (2)" in charts.alt_text(ax)
    assert name in charts.source_line(everyone)
    assert "□□ stands" not in told(ax)
    assert "Source: 1 news article (□□□□ □)" in told(ax)
    assert "□ stands for a character that the font lacks." in told(ax)


def test_words_that_are_all_analysed_leave_none_to_set_aside() -> None:
    table = pd.DataFrame({"article_id": ["a"], "words_analysed": [9], "words_set_aside": [0]})
    assert "Analysed: all 9 words." in charts.describe_corpus_overview(table)


def test_words_at_one_place_are_told_and_small_points_have_a_key() -> None:
    table = pd.DataFrame(
        {
            "word": [f"word{at}" for at in range(60)],
            "per_million_target": [1000.0, 2000.0] * 30,
            "per_million_reference": [3000.0, 500.0] * 30,
        }
    )
    shown = told(charts.word_scatter(table))
    assert "60 words at 2 places: equal counts coincide." in shown
    assert "small: a word without a name (darker: several)" in shown


def test_no_name_is_written_over_a_point() -> None:
    places = np.array([[20.0, 20.0], [24.0, 20.0], [16.0, 20.0], [20.0, 23.0], [20.0, 17.0]])
    corners = np.array([[24.0, 23.0], [16.0, 23.0], [24.0, 17.0], [16.0, 17.0]])
    every = np.vstack([places, corners])
    assert place_names(["a name"], places[:1], every, width=40, height=40) == []
    assert len(place_names(["a name"], places[:1], places[:1], width=40, height=40)) == 1


# --- What was counted


def test_stop_words_and_the_least_count_are_told() -> None:
    settings = {"min_count": 3, "stop_words": {"name": "own list", "words": 9}}
    assert counted_note(settings) == [
        "Counted: what occurs at least 3 times. Stop words left out: own list."
    ]


@pytest.mark.parametrize("settings", [{}, {"min_count": 1, "stop_words": None}])
def test_where_nothing_was_left_out_nothing_is_told(settings: dict[str, object]) -> None:
    assert counted_note(settings) == []


@pytest.mark.parametrize(
    ("articles", "sentences", "said"),
    [
        ("in 1 of 1 groups", "in 0 of 1 groups", "articles"),
        ("in 0 of 1 groups", "in 1 of 1 groups", "sentences"),
        ("in 2 of 3 groups", "in 1 of 3 groups", "articles and sentences"),
    ],
)
def test_an_interval_says_what_was_drawn_anew(articles: str, sentences: str, said: str) -> None:
    settings = {"intervals": {"drawn": {"articles": articles, "sentences": sentences}}}
    assert drawn_over(settings) == said
    rates = tables.rates()
    rates.attrs.update(settings)
    assert f"interval, from drawing {said} anew." in told(charts.word_rates(rates))


def test_a_replaced_zero_has_a_star_and_the_formula() -> None:
    table = tables.keyness()
    none = told(charts.keyness(table.assign(count_target=3, count_reference=5)))
    assert "*" not in none
    zeros = table.assign(count_target=0, count_reference=5, log_ratio=-1.0)
    assert "0* : 5" in told(charts.keyness(zeros))
    zeros.attrs["formulas"] = {"log_ratio": "log2, 0.5 for a count of 0"}
    assert "*: a count of 0. Log ratio: log2, 0.5 for a count of 0." in told(
        charts.keyness(zeros)
    )


def test_a_zero_that_makes_the_ratio_infinite_has_no_star() -> None:
    table = tables.keyness().assign(count_reference=0, log_ratio=np.inf)
    assert "*" not in told(charts.keyness(table))


def test_rows_ordered_by_another_measure_than_the_one_drawn_say_so() -> None:
    table = pd.DataFrame(
        {"collocation": ["a b", "c d"], "count": [9, 3], "lambda": [2.0, 7.0], "z": [5.0, 4.0]}
    )
    assert "In order of z." in told(charts.collocations(table, measure="lambda"))
    assert "In order of" not in told(charts.collocations(table))


def test_the_others_of_a_word_shift_stand_only_where_there_are_any() -> None:
    table = pd.DataFrame({"word": list("abc"), "contribution": [0.3, 0.2, 0.1]})
    rows = charts.drawn(charts.word_shift(table, top=1))["shown_as"].tolist()
    assert rows == ["a", "2 others", "total"]


def test_a_shift_of_scores_says_so_in_its_title() -> None:
    shift = tables.shift()
    shift.attrs["kind"] = "weighted"
    ax = charts.word_shift(shift, target="Herald", reference="the others", top=50)
    assert charts.title_of(ax) == "What sets Herald and the others apart in mean score"


def test_the_windows_of_a_moving_ratio_are_told() -> None:
    table = tables.diversity()
    table.attrs["window"] = 50
    assert "Mean of all windows of 50 tokens." in told(
        charts.text_measure(table, measure="mattr")
    )


def test_the_least_words_of_a_shared_passage_are_told() -> None:
    table = pairs(3, "passages")
    table.attrs["min_words"] = 6
    assert "A passage has at least 6 words." in told(charts.shared_passages(table))


@pytest.mark.parametrize(
    "draw", [charts.reported_metrics, charts.metrics_by_article, charts.metrics_timeline]
)
def test_a_hedge_said_of_an_earlier_number_stands_in_brackets_and_is_explained(
    draw: Callable[..., Axes],
) -> None:
    row = chart_tables.figure_row(number_text="12,000", value=12_000.0, modifier="over")
    row["evidence"] = "The tag drew over 40,000 views and 12,000 posts."
    row |= dict.fromkeys(("window_kind", "window_start", "window_end"))
    words = told(draw(pd.DataFrame([row])))
    assert "[over] 12,000" in words
    assert "[ ] The article says this hedge of an earlier number" in words


def test_a_measure_of_ones_own_has_the_name_and_the_unit_given() -> None:
    table = tables.diversity().rename(columns={"mattr": "pace"})
    ax = charts.text_measure(table, measure="pace", name="reading time", unit="minutes")
    assert charts.title_of(ax) == "Reading time, by article"
    assert ax.get_xlabel() == "minutes"
    assert charts.alt_text(ax).startswith("Points for 2 of 3 articles: reading time. ")


def test_why_a_measure_is_not_defined_is_told() -> None:
    table = tables.diversity()
    table["mattr"] = np.nan
    table.attrs["not_computed"] = {"mattr": "fewer than 50 tokens (3 of 3 rows)"}
    shown = told(charts.text_measure(table, measure="mattr"))
    assert "–: not defined for 3 articles: fewer than 50 tokens (3 of 3 rows)." in shown


def test_the_numbers_of_an_axis_have_as_many_decimals() -> None:
    ticks = AxisNumbers().format_ticks([-0.5, 0.0, 0.69, 0.705])
    assert ticks == ["−0.500", "0", "0.690", "0.705"]


@pytest.mark.parametrize(
    ("draw", "columns"),
    [
        (
            lambda mm: charts.word_rates(tables.rates(), width_mm=mm),
            ["word", "count", "per_million", "per_million_low", "per_million_high"],
        ),
        (
            lambda mm: charts.collocations(tables.phrases(), width_mm=mm),
            ["collocation", "count", "z"],
        ),
        (
            lambda mm: charts.word_shift(tables.shift(), width_mm=mm),
            ["word", "contribution", "direction", "kind", "shown_as"],
        ),
    ],
)
def test_the_table_of_a_narrow_chart_holds_the_columns_drawn(
    draw: Callable[[float], Axes], columns: list[str]
) -> None:
    assert list(charts.drawn(draw(85)).columns) == columns
    assert len(charts.drawn(draw(180)).columns) > len(columns)


def test_marks_that_no_row_has_are_not_explained() -> None:
    shift = tables.shift()
    assert "makes target lower" not in told(
        charts.word_shift(shift.loc[shift["contribution"] > 0])
    )
    assert "names a source" not in told(
        charts.metrics_by_article(pd.DataFrame([chart_tables.figure_row()]))
    )
    none = tables.rates().assign(per_million_low=np.nan, per_million_high=np.nan)
    assert "interval" not in told(charts.word_rates(none))
    flat = tables.trend().assign(low=np.nan, high=np.nan)
    assert "interval" not in told(charts.word_trend(flat))


def test_a_word_that_both_use_alike_has_a_point_of_its_own() -> None:
    table = tables.keyness().assign(log_ratio=0.0)
    assert "equally often in both" in told(charts.keyness(table))


def test_a_word_in_neither_group_is_in_none_only() -> None:
    table = pd.DataFrame(
        {
            "word": ["bus", "mayor"],
            "per_million_target": [9.0, 0.0],
            "per_million_reference": [0.0, 0.0],
        }
    )
    alt = charts.alt_text(charts.word_scatter(table))
    assert "in target only: 1, in reference only: 0." in alt


def test_words_that_add_as_much_as_the_last_one_shown_are_counted() -> None:
    table = pd.DataFrame({"word": list("abcd"), "contribution": [0.3, 0.1, 0.1, 0.1]})
    ax = charts.word_shift(table, top=2)
    assert "2 more words add as much as the last one shown." in told(ax)


def test_ends_of_a_short_axis_are_told_apart() -> None:
    table = tables.diversity().assign(mattr=[0.71, 0.7101, 0.7099])
    alt = charts.alt_text(charts.text_measure(table, measure="mattr"))
    assert "(0.7099); highest: " in alt


@pytest.mark.parametrize(("periods", "is_told"), [(4, False), (400, True)])
def test_periods_too_narrow_to_be_told_apart_are_said_to_be(
    periods: int, is_told: bool
) -> None:
    start = pd.date_range("2023-01-01", periods=periods, tz="UTC")
    table = pd.DataFrame({"period_start": start, "period_end": start + pd.Timedelta(days=1)})
    table = table.assign(word="bus", count=2, per_million=9.0, low=5.0, high=12.0)
    table = table.assign(articles_containing=1, tokens_counted=900, articles_counted=1)
    assert ("Periods are narrow here" in told(charts.word_trend(table))) == is_told


def without_ends(table: pd.DataFrame, rows: slice = slice(None)) -> pd.DataFrame:
    """The table without the intervals of some rows."""
    ends = [
        name for name in table if "ci_" in str(name) or str(name).startswith(("low", "high"))
    ]
    table = table.copy()
    table.loc[table.index[rows], ends] = np.nan
    return table


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.sentiment_groups(without_ends(tables.sentiment()), by="outlet"),
        lambda: charts.sentiment_targets(without_ends(tables.sentiment("target"))),
        lambda: charts.sentiment_without_topic(without_ends(chart_tables.article_scores())),
        lambda: charts.sentiment_by_article(
            chart_tables.scores(), without_ends(chart_tables.article_scores())
        ),
    ],
)
def test_means_without_intervals_are_told_without_them(draw: Callable[[], Axes]) -> None:
    ax = draw()
    assert "95% interval" not in told(ax)
    assert "without intervals" in charts.alt_text(ax)
    assert "95%" not in charts.alt_text(ax)


def test_of_how_many_means_intervals_are_drawn_is_told() -> None:
    table = without_ends(tables.sentiment("target"), slice(1, None))
    ax = charts.sentiment_targets(table)
    assert ", with 95% intervals for 1 of them, on a scale" in charts.alt_text(ax)
    assert "Lines on both sides of a mean: its 95% interval." in told(ax)


def test_rates_over_time_without_intervals_are_told_as_points() -> None:
    trend = tables.trend()
    known = trend.loc[trend["low"].notna()]
    assert charts.describe_word_trend(known).startswith("Strips with points and 95% intervals ")
    flat = trend.assign(low=np.nan, high=np.nan)
    assert charts.describe_word_trend(flat).startswith("Strips with points for ")
    said = f"Strips with points, {len(known)} of {trend['per_million'].notna().sum()} with 95%"
    assert charts.describe_word_trend(trend).startswith(f"{said} intervals, for ")
