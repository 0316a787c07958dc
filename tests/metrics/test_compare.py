"""Which reported figures agree, bound one another, grow or conflict."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.metrics.compare import compare_metrics

NAN = math.nan


def figure(article: str, number: str, value: float, **facts: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "start": 0, "end": len(number), "value_high": NAN, "bound": "exact", "modifier": None,
        "measure": "tweets", "kind": "social_metric", "role": "figure", "platform": "Twitter",
        "subject": "#CleanAir", "window_text": None, "window_end": pd.NaT, "source": None,
    }  # fmt: skip
    return usual | {"article_id": article, "number_text": number, "value": value} | facts


def relation(*figures: dict[str, object]) -> str:
    pairs = compare_metrics(pd.DataFrame(figures))
    assert len(pairs) == 1
    return str(pairs["relation"].iloc[0])


def at(moment: str) -> dict[str, object]:
    return {"window_end": pd.Timestamp(moment, tz="UTC")}


def test_the_same_number_with_the_same_hedge_is_the_same() -> None:
    assert relation(figure("a", "90,000", 90_000), figure("b", "90,000", 90_000)) == "same"


def test_numbers_that_round_alike_agree() -> None:
    assert relation(figure("a", "90,000", 90_000), figure("b", "91,204", 91_204)) == "agree"


def test_more_than_is_a_bound_that_a_larger_number_keeps_to() -> None:
    less = figure("a", "200,000", 200_000, bound="at_least", modifier="more than")
    assert relation(less, figure("b", "825,000", 825_000)) == "bounds"


def test_a_number_below_a_bound_at_the_same_time_conflicts() -> None:
    less = figure("a", "200,000", 200_000, bound="at_least", window_text="by Monday")
    more = figure("b", "120,000", 120_000, window_text="by Monday")
    assert relation(less, more) == "conflict"


def test_numbers_of_unknown_times_cannot_be_compared() -> None:
    assert relation(figure("a", "90,000", 90_000), figure("b", "140,000", 140_000)) == (
        "not comparable"
    )


def test_a_later_larger_number_is_growth_with_its_rate() -> None:
    pairs = compare_metrics(
        pd.DataFrame(
            [
                figure("a", "90,000", 90_000, **at("2020-05-01 06:00")),
                figure("b", "140,000", 140_000, **at("2020-05-01 16:00")),
            ]
        )
    )
    assert pairs["relation"].tolist() == ["growth"]
    assert pairs["hours_between"].tolist() == [10]
    assert pairs["growth_per_hour"].tolist() == [5000]


def test_times_known_only_to_the_month_give_no_growth() -> None:
    coarse = {"window_precision": "month"}
    earlier = figure("a", "90,000", 90_000, **at("2020-05-01"), **coarse)
    later = figure("b", "140,000", 140_000, **at("2020-06-01"), **coarse)
    assert relation(earlier, later) == "not comparable"


def test_the_order_of_the_articles_does_not_change_the_rate() -> None:
    pairs = compare_metrics(
        pd.DataFrame(
            [
                figure("b", "140,000", 140_000, **at("2020-05-01 16:00")),
                figure("a", "90,000", 90_000, **at("2020-05-01 06:00")),
            ]
        )
    )
    assert pairs["growth_per_hour"].tolist() == [5000]


def test_a_count_that_gets_smaller_conflicts() -> None:
    earlier = figure("a", "140,000", 140_000, **at("2020-05-01 06:00"))
    later = figure("b", "90,000", 90_000, **at("2020-05-02 06:00"))
    assert relation(earlier, later) == "conflict"


def test_numbers_hedged_differently_have_no_rate() -> None:
    pairs = compare_metrics(
        pd.DataFrame(
            [
                figure("a", "90,000", 90_000, bound="at_least", **at("2020-05-01 06:00")),
                figure("b", "140,000", 140_000, **at("2020-05-01 16:00")),
            ]
        )
    )
    assert pairs["growth_per_hour"].isna().all()


@pytest.mark.parametrize(
    "other", [{"subject": "#Other"}, {"platform": "Facebook"}, {"measure": "likes"}]
)
def test_figures_of_different_things_are_not_compared(other: dict[str, object]) -> None:
    metrics = pd.DataFrame([figure("a", "9", 9), figure("b", "9", 9, **other)])
    assert len(compare_metrics(metrics)) == 0


def test_figures_without_a_platform_are_left_out_and_counted() -> None:
    metrics = pd.DataFrame([figure("a", "9", 9), figure("b", "9", 9, platform=None)])
    pairs = compare_metrics(metrics)
    assert (pairs.attrs["figures_compared"], pairs.attrs["figures_left_out"]) == (1, 1)


def test_the_same_number_from_the_same_source_in_two_articles_is_a_repeat() -> None:
    pairs = compare_metrics(
        pd.DataFrame([figure("a", "9,000", 9000, source="Twitter"),
                      figure("b", "9,000", 9000, source="Twitter")])
    )  # fmt: skip
    assert pairs["repeats"].tolist() == [True]


def test_the_same_number_without_a_source_is_not_called_a_repeat() -> None:
    pairs = compare_metrics(pd.DataFrame([figure("a", "9", 9), figure("b", "9", 9)]))
    assert pairs["repeats"].tolist() == [False]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="no column 'window_end'"):
        compare_metrics(pd.DataFrame([figure("a", "9", 9)]).drop(columns="window_end"))


# --- times ----------------------------------------------------------------------------------


def window(start: str | None, end: str, precision: str = "day") -> dict[str, object]:
    begins = pd.NaT if start is None else pd.Timestamp(start, tz="UTC")
    return {"window_start": begins, "window_precision": precision, **at(end)}


MONDAY, TUESDAY = window("2020-05-04", "2020-05-05"), window("2020-05-05", "2020-05-06")
BY_MONDAY, BY_TUESDAY = window(None, "2020-05-05"), window(None, "2020-05-06")


@pytest.mark.parametrize("later", [50_000, 91_000, 140_000])
def test_counts_of_two_days_are_no_snapshots_of_one_count(later: int) -> None:
    one, other = figure("a", "90,000", 90_000), figure("b", f"{later:,}", later)
    assert relation(one | MONDAY, other | TUESDAY) == "not comparable"


def test_a_count_up_to_a_later_day_has_grown() -> None:
    one, other = figure("a", "90,000", 90_000), figure("b", "140,000", 140_000)
    assert relation(one | BY_MONDAY, other | BY_TUESDAY) == "growth"
    assert relation(other | BY_MONDAY, one | BY_TUESDAY) == "conflict"


def test_a_part_cannot_be_larger_than_the_whole() -> None:
    # More on Monday alone than all in all by Tuesday.
    one, other = figure("a", "140,000", 140_000), figure("b", "90,000", 90_000)
    assert relation(one | MONDAY, other | BY_TUESDAY) == "conflict"
    assert relation(other | MONDAY, one | BY_TUESDAY) == "not comparable"


def test_by_monday_may_be_before_or_after_monday_noon() -> None:
    noon = window(None, "2020-05-04 12:00", "hour")
    one, other = figure("a", "90,000", 90_000), figure("b", "140,000", 140_000)
    assert relation(one | BY_MONDAY, other | noon) == "not comparable"
    assert relation(one | noon, other | BY_TUESDAY) == "growth"


def test_the_first_day_and_the_first_two_days_are_one_growing_count() -> None:
    first, both = window("2020-05-04", "2020-05-05", "hour"), window("2020-05-04", "2020-05-06")
    one, other = figure("a", "90,000", 90_000), figure("b", "140,000", 140_000)
    assert relation(one | first, other | both) == "growth"


def test_the_same_words_of_different_years_are_not_the_same_time() -> None:
    words = {"window_text": "in May", "window_precision": "month"}
    one = figure("a", "90,000", 90_000, **words, **at("2019-06-01"))
    other = figure("b", "140,000", 140_000, **words, **at("2020-06-01"))
    assert relation(one, other) == "not comparable"
    assert relation(one, other | at("2019-06-01")) == "conflict"


def test_ranges_with_one_end_alike_are_not_the_same() -> None:
    one = figure("a", "10 to 20", 10, value_high=20)
    assert relation(one, figure("b", "10 to 30", 10, value_high=30)) == "agree"


def test_times_read_back_from_csv_are_times() -> None:
    one = figure("a", "90,000", 90_000, window_end="2020-05-01T06:00:00+00:00")
    other = figure("b", "140,000", 140_000, window_end="2020-05-01T16:00:00+00:00")
    assert compare_metrics(pd.DataFrame([one, other]))["growth_per_hour"].tolist() == [5000]
    with pytest.raises(TableError, match="'window_end' holds something else than times"):
        compare_metrics(pd.DataFrame([one | {"window_end": "soon"}]))


# --- statements -----------------------------------------------------------------------------


def test_what_many_articles_say_alike_is_one_statement() -> None:
    many = [figure(f"a{at}", "90,000", 90_000, source="Twitter") for at in range(4)]
    pairs = compare_metrics(pd.DataFrame([*many, figure("b", "140,000", 140_000)]))
    assert pairs["relation"].tolist() == ["same", "not comparable"]
    assert pairs["articles_a"].tolist() == [4, 4]
    assert pairs["articles_b"].tolist() == [4, 1]
    assert pairs["article_b"].tolist() == ["a1", "b"]
    assert pairs["repeats"].tolist() == [True, False]
    assert (pairs.attrs["figures_compared"], pairs.attrs["statements"]) == (5, 2)


def test_capitals_do_not_make_another_statement_or_another_hashtag() -> None:
    one = figure("a", "9", 9, window_text="By Monday", subject="#cleanair")
    pairs = compare_metrics(pd.DataFrame([one, figure("b", "9", 9, window_text="by Monday")]))
    assert pairs.attrs["statements"] == 1
    assert len(pairs) == 1


@pytest.mark.parametrize(
    "other", [{"window_text": "by Monday"}, {"source": "Twitter"}, {"modifier": "over"}]
)
def test_another_window_source_or_hedge_is_another_statement(other: dict[str, object]) -> None:
    pairs = compare_metrics(pd.DataFrame([figure("a", "9", 9), figure("b", "9", 9, **other)]))
    assert pairs.attrs["statements"] == 2


def test_each_figure_by_itself() -> None:
    metrics = pd.DataFrame([figure(f"a{at}", "90,000", 90_000) for at in range(4)])
    pairs = compare_metrics(metrics, between="figures")
    assert len(pairs) == 4 * 3 / 2
    assert set(pairs["relation"]) == {"same"}


def test_one_article_that_says_a_thing_twice_repeats_nobody() -> None:
    one = figure("a", "9", 9, source="Twitter")
    pairs = compare_metrics(pd.DataFrame([one, one | {"start": 50, "end": 51}]))
    assert pairs[["start_a", "start_b", "articles_a"]].to_numpy().tolist() == [[0, 50, 1]]
    assert pairs["repeats"].tolist() == [False]


def test_of_too_many_pairs_those_of_the_most_told_are_given_and_the_rest_counted() -> None:
    counts = [figure(f"a{at}", f"{at}", at) for at in range(1, 21)]
    twice = [
        figure("b", "7", 7),
        figure("b", "12", 12, start=9),
        figure("b", "15", 15, start=5),
    ]
    pairs = compare_metrics(pd.DataFrame([*counts, *twice]), max_pairs=3)
    apart = pairs[pairs["said_a"] != pairs["said_b"]]
    assert apart[["said_a", "said_b"]].to_numpy().tolist() == [
        ["7", "12"], ["7", "15"], ["12", "15"],
    ]  # fmt: skip
    assert (pairs["relation"] == "same").sum() == 3  # these are never left out
    assert pairs.attrs["statements_left_out"] == 17
    assert pairs.attrs["pairs_left_out"] == 20 * 19 / 2 - 3


def test_a_hedge_of_the_number_before_is_in_brackets() -> None:
    told = "It had over 900 shares and 120 replies by noon."
    facts = {"bound": "at_least", "modifier": "over", "evidence": told}
    pairs = compare_metrics(
        pd.DataFrame([figure("a", "120", 120, **facts), figure("b", "150", 150)])
    )
    assert pairs[["said_a", "said_b"]].to_numpy().tolist() == [["[over] 120", "150"]]


def test_without_a_limit_all_pairs_are_given() -> None:
    metrics = pd.DataFrame([figure(f"a{at}", f"{at}", at) for at in range(1, 21)])
    assert len(compare_metrics(metrics, max_pairs=None)) == 20 * 19 / 2


def test_a_hundred_thousand_figures_end() -> None:
    # Compared one by one they would be 5 billion pairs.
    one = figure("a", "1", 1)
    metrics = pd.DataFrame([one]).loc[np.zeros(100_000, dtype=int)]
    metrics["article_id"] = [f"a{at}" for at in range(100_000)]
    metrics["value"] = np.arange(100_000) % 500
    metrics["number_text"] = metrics["value"].astype("str")
    pairs = compare_metrics(metrics, max_pairs=1_000)
    assert pairs.attrs["statements"] == 500
    assert len(pairs) == 500 + 45 * 44 / 2
    assert pairs.attrs["pairs_left_out"] == 500 * 499 / 2 - 45 * 44 / 2


# --- tables that hold little, or too much ----------------------------------------------------


def test_a_table_without_figures_gives_one_without_pairs() -> None:
    metrics = pd.DataFrame([figure("a", "9", 9)])
    pairs = compare_metrics(metrics.iloc[:0])
    assert len(pairs) == 0
    assert pairs.attrs["figures_compared"] == 0
    full = compare_metrics(pd.concat([metrics, metrics.assign(article_id="b")]))
    assert pairs.dtypes.tolist() == full.dtypes.tolist()


def test_a_table_joined_to_itself_is_told() -> None:
    metrics = pd.DataFrame([figure("a", "9", 9)] * 2)
    with pytest.raises(TableError, match="characters 0-1 of article 'a' twice"):
        compare_metrics(metrics)


def test_a_number_without_end_is_left_out_and_counted() -> None:
    pairs = compare_metrics(pd.DataFrame([figure("a", "9", 9), figure("b", "1e999", math.inf)]))
    assert (pairs.attrs["figures_compared"], pairs.attrs["figures_left_out"]) == (1, 1)


@pytest.mark.parametrize("options", [{"max_pairs": -1}, {"between": "articles"}])
def test_options_without_meaning_are_told(options: dict[str, object]) -> None:
    with pytest.raises(TableError, match=next(iter(options))):
        compare_metrics(pd.DataFrame([figure("a", "9", 9)]), **options)  # type: ignore[arg-type]
