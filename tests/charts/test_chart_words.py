"""What charts say in titles, labels and descriptions: of one, of none, of all alike."""

from typing import Any

import chart_tables as tables
import comparison_tables as comparisons
import numpy as np
import pandas as pd
import pytest
import timeline_tables as timeline
from read_back import told

from metoo_research import charts

LONG = "a-record-14 The Evening Standard-Examiner"


@pytest.mark.parametrize("width", [85, 180])
def test_the_name_of_a_group_is_whole_on_an_axis_that_has_room(width: float) -> None:
    ax = charts.word_scatter(
        comparisons.keyness(), target=LONG, reference=LONG[:-1], width_mm=width
    )
    for axis, name in ((ax.get_ylabel(), LONG), (ax.get_xlabel(), LONG[:-1])):
        assert " ".join(axis.split()) == f"per million words in {name}"


def test_names_of_pairs_are_whole_in_rows_as_in_columns() -> None:
    names = ["a-record-1 Kurier", LONG, "a-record-3 Kurier"]
    articles = tables.articles(names)
    ax = charts.similarity(comparisons.similarities(), articles=articles, width_mm=85)
    assert "…" not in told(ax)


def test_a_name_of_too_many_lines_is_cut_in_all_rows() -> None:
    articles = tables.articles(["A", "Very " * 60, "B"])
    ax = charts.similarity(comparisons.similarities(), articles=articles, width_mm=85)
    assert max(tick.get_text().count("\n") for tick in ax.get_yticklabels()) == 2


def test_where_nothing_is_shared_no_words_are_told_and_nothing_is_darker() -> None:
    table = comparisons.shared().assign(passages=0, words=0)
    shown = told(charts.shared_passages(table))
    assert "Below the number" not in shown
    assert "darker" not in shown
    assert "Below the number of passages" in told(charts.shared_passages(comparisons.shared()))


def test_one_word_occurs() -> None:
    one = comparisons.keyness().head(1)
    alt = charts.describe_keyness(one, target="Herald", reference="Post")
    assert alt.startswith("Point for 1 word, by how much more often it occurs in Herald")
    alt = charts.describe_word_scatter(one, target="Herald", reference="Post")
    assert "Scatter of 1 word, by how often per million words it occurs in Post" in alt


def _trend(starts: list[str], ends: list[str]) -> pd.DataFrame:
    rates = [float(at) for at in range(1, len(starts) + 1)]
    return pd.DataFrame(
        {
            **{"word": "bus", "period_start": pd.to_datetime(starts)},
            **{"period_end": pd.to_datetime(ends), "count": 1, "articles_counted": 1},
            **{"per_million": rates, "low": 0.5, "high": 9.0},
        }
    )


@pytest.mark.parametrize(
    ("starts", "ends", "axis", "ticks", "highest"),
    [
        (
            ["2019-02-01", "2019-03-01"],
            ["2019-03-01", "2019-04-01"],
            "month of publication",
            ["Feb\n2019", "Mar"],
            "2 months from Feb 2019 on, 0 of them without an article. Bars: 1 article a month. "
            "Highest rate: bus 2.00 (Mar 2019).",
        ),
        (
            ["2019-01-01", "2020-01-01"],
            ["2020-01-01", "2021-01-01"],
            "year of publication",
            ["2019", "2020"],
            "2 years from 2019 on, 0 of them without an article. Bars: 1 article a year. "
            "Highest rate: bus 2.00 (2020).",
        ),
        (
            ["2019-03-04", "2019-03-11"],
            ["2019-03-11", "2019-03-18"],
            "week beginning",
            ["4 Mar\n2019", "11 Mar"],
            "Highest rate: bus 2.00 (week from 11 Mar 2019).",
        ),
        (
            ["2019-03-04", "2019-03-05"],
            ["2019-03-05", "2019-03-06"],
            "day of publication",
            ["4 Mar\n2019", "5 Mar"],
            "Highest rate: bus 2.00 (5 Mar 2019).",
        ),
        (
            ["2019-01-01", "2019-04-01"],
            ["2019-04-01", "2019-07-01"],
            "period beginning",
            ["1 Jan\n2019", "1 Apr"],
            "Highest rate: bus 2.00 (period from 1 Apr 2019).",
        ),
    ],
)
def test_periods_are_named_by_what_they_are(
    starts: list[str], ends: list[str], axis: str, ticks: list[str], highest: str
) -> None:
    ax = charts.word_trend(_trend(starts, ends))
    assert ax.get_xlabel() == axis
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ticks
    assert highest in charts.alt_text(ax)


def _timeline(*rows: dict[str, Any]) -> str:
    return charts.describe_metrics_timeline(pd.DataFrame(rows))


def test_a_list_without_times_names_the_largest_and_the_smallest_figure() -> None:
    rows = [timeline.timed(number_text=text, value=float(text)) for text in ("40", "70")]
    alt = _timeline(*rows)
    assert alt.startswith("List of 2 of 2 reported social-media figures.")
    assert "Largest about #SafeRide: 70 posts, Chirp (herald); smallest: 40 posts" in alt


def test_figures_that_are_worded_alike_are_told_once() -> None:
    row = timeline.timed(end="2019-06-04T06:00")
    alt = _timeline(row, row)
    assert "Earliest and latest about #SafeRide: " in alt
    assert alt.count("posts, Chirp") == 1


def test_an_arc_of_nothing_has_no_extremes() -> None:
    table = comparisons.arc().assign(mean=np.nan).drop(columns="mean_without_topic")
    assert charts.describe_sentiment_arc(table).endswith("No part has a mean.")


def test_an_arc_tells_of_how_many_articles_there_is_no_mean() -> None:
    alt = charts.describe_sentiment_arc(comparisons.arc(), articles=tables.articles())
    assert alt.endswith("No mean: 1 article.")


def test_a_part_has_one_sentence_or_none() -> None:
    table = comparisons.arc().assign(sentences=[0, 1, 0, 1, 0])
    assert "A part has 0 or 1 sentences." in told(charts.sentiment_arc(table))


def test_the_words_left_out_are_told_under_their_frequencies() -> None:
    table = tables.frequency()
    table.attrs["stop_words"] = {"name": "ours"}
    assert "Stop words left out: ours." in told(charts.word_frequency(table))
    assert "Counted" not in told(charts.word_frequency(tables.frequency()))
