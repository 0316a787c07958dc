"""Which reported figures agree, bound one another, grow or conflict."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.metrics.compare import compare_metrics, interval_of

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


@pytest.mark.parametrize(
    ("number", "value", "bound", "low", "high"),
    [
        ("4.7 million", 4.7e6, "exact", 4.65e6, 4.75e6),  # given to 100,000
        ("53,000", 53_000, "exact", 52_500, 53_500),  # given to 1,000
        ("53,412", 53_412, "exact", 53_411.5, 53_412.5),
        ("three dozen", 36, "exact", 35.5, 36.5),
        ("200,000", 200_000, "at_least", 200_000, math.inf),
        ("500", 500, "at_most", 0, 500),
        ("thousands", 1000, "vague", 1000, 9999),
        ("dozens", 12, "vague", 12, 99),
        ("a million", 1e6, "about", 0.9e6, 1.1e6),
    ],
)
def test_a_number_as_worded_stands_for_a_range_of_counts(
    number: str, value: float, bound: str, low: float, high: float
) -> None:
    interval = interval_of(number, value, bound)
    assert interval.low == pytest.approx(low)
    assert interval.high == pytest.approx(high)


def test_nearly_is_never_above_its_number() -> None:
    assert interval_of("a million", 1e6, "about", modifier="nearly").high == 1e6


def test_a_range_is_its_own_interval() -> None:
    interval = interval_of("10 to 20", 10, "exact", value_high=20)
    assert (interval.low, interval.high) == (10, 20)


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
