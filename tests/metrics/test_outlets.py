"""Which outlets name a source for their figures, and which figures several articles share."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.metrics.outlets import (
    attribution_by_outlet,
    repeated_figures,
    sources_by_outlet,
)
from metoo_research.metrics.reliability import wilson_interval


def figure(article: str, start: int, number: str = "90,000", **facts: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "article_id": article, "start": start, "end": start + len(number),
        "number_text": number, "value": float(number.replace(",", "")), "value_high": math.nan,
        "bound": "exact", "modifier": None, "measure": "tweets", "kind": "social_metric",
        "role": "figure", "platform": "Twitter", "subject": "#CleanAir",
        "attributed_to": None, "source": None,
    }  # fmt: skip
    return usual | facts


TWITTER: dict[str, Any] = {"attributed_to": "the company", "source": "Twitter"}
ARTICLES = pd.DataFrame(
    {
        "article_id": ["one", "two", "three", "four"],
        "outlet": ["Gazette", "Courier", None, "Gazette"],
        "label": ["one Gazette", "two Courier", "three", "four Gazette"],
        "published": [
            pd.Timestamp("2020-05-04 08:00", tz="UTC"),
            pd.Timestamp("2020-05-05", tz="UTC"),
            pd.Timestamp("2020-05-03", tz="UTC"),
            pd.NaT,
        ],
        "published_precision": ["minute", "day", "day", None],
        "duplicate_of": [None, None, None, "one"],
    }
)
METRICS = pd.DataFrame(
    [
        figure("one", 10, **TWITTER),
        figure("one", 30, "500", attributed_to="the Mayor"),
        figure("two", 10),
        figure("two", 30, "45", kind="percentage", **TWITTER),
        figure("three", 10, "2020", role="date", kind="date"),
        figure("four", 10, source="twitter"),
        figure("four", 30, "600", source="Twitter"),
    ]
)


def row(table: pd.DataFrame, **where: Any) -> dict[str, Any]:
    for name, value in where.items():
        table = table[table[name] == value]
    (only,) = table.to_dict("records")
    return {str(name): value for name, value in only.items()}


# --- attribution ----------------------------------------------------------------------------


def test_an_outlets_share_of_figures_with_a_source() -> None:
    gazette = row(attribution_by_outlet(METRICS, ARTICLES), outlet="Gazette")
    assert (gazette["articles"], gazette["figures"], gazette["attributed"]) == (2, 4, 4)
    assert gazette["share_attributed"] == 1
    ends = (gazette["share_attributed_low"], gazette["share_attributed_high"])
    assert ends == wilson_interval(4, 4)
    assert (gazette["sources"], gazette["most_named"]) == (2, "Twitter")
    assert gazette["most_named_figures"] == 3  # capitals do not count


def test_an_outlet_that_names_nobody_has_no_source() -> None:
    courier = row(attribution_by_outlet(METRICS, ARTICLES), outlet="Courier")
    assert (courier["figures"], courier["attributed"], courier["sources"]) == (1, 0, 0)
    assert courier["share_attributed"] == 0
    assert pd.isna(courier["most_named"])


def test_an_article_of_no_known_outlet_has_a_row_and_without_figures_no_share() -> None:
    three = row(attribution_by_outlet(METRICS, ARTICLES), label="three")
    assert pd.isna(three["outlet"])
    assert (three["articles"], three["figures"]) == (1, 0)
    assert all(
        math.isnan(three[name])
        for name in ("share_attributed", "share_attributed_low", "share_attributed_high")
    )


def test_articles_without_an_outlet_are_not_taken_for_one() -> None:
    nameless = ARTICLES.assign(outlet=pd.Series([None] * 4, dtype="str"))
    table = attribution_by_outlet(METRICS, nameless)
    assert table["label"].tolist() == ARTICLES["label"].tolist()


def test_an_article_called_like_an_outlet_is_not_taken_for_it() -> None:
    articles = ARTICLES.replace({"article_id": {"three": "Gazette"}})
    assert len(attribution_by_outlet(METRICS[METRICS["role"] == "figure"], articles)) == 3


def test_a_row_for_each_article() -> None:
    table = attribution_by_outlet(METRICS, ARTICLES, by="article_id")
    assert table["article_id"].tolist() == ["one", "two", "three", "four"]
    assert table["figures"].tolist() == [2, 1, 0, 2]


def test_other_kinds_of_figures_count_where_asked_for() -> None:
    table = attribution_by_outlet(METRICS, ARTICLES)
    assert table.attrs == {"figures_of_other_kinds": 1}
    table = attribution_by_outlet(METRICS, ARTICLES, kinds=None)
    assert table.attrs == {"figures_of_other_kinds": 0}
    assert row(table, outlet="Courier")["share_attributed"] == 1 / 2


def test_the_sources_of_each_outlet_most_named_first() -> None:
    table = sources_by_outlet(METRICS, ARTICLES)
    assert table[["outlet", "source", "figures", "articles"]].to_numpy().tolist() == [
        ["Gazette", "Twitter", 3, 2],
        ["Gazette", "the Mayor", 1, 1],
    ]


# --- repeated figures -----------------------------------------------------------------------


def test_a_figure_of_several_articles_and_who_attributes_it() -> None:
    table = repeated_figures(METRICS, ARTICLES)
    assert len(table) == 1
    repeated = row(table)
    assert (repeated["said"], repeated["articles"], repeated["outlets"]) == ("90,000", 3, 2)
    assert (repeated["articles_attributing"], repeated["all_attribute"]) == (2, False)
    assert (repeated["sources"], repeated["most_named"]) == (1, "Twitter")
    assert repeated["copies"] == 1


def test_who_was_first_is_not_known_while_an_article_has_no_date() -> None:
    repeated = row(repeated_figures(METRICS, ARTICLES))
    assert repeated["undated"] == 1
    assert pd.isna(repeated["first_article"])
    assert repeated["first_published"] == pd.Timestamp("2020-05-04 08:00", tz="UTC")
    assert (repeated["article_id"], repeated["start"]) == ("one", 10)


@pytest.mark.parametrize(
    ("published", "first"),
    [
        # "one" is known to the minute, "two" to the day.
        (["2020-05-04 08:00", "2020-05-05"], "one"),
        (["2020-05-05 08:00", "2020-05-05"], None),
        (["2020-05-06 08:00", "2020-05-05"], "two"),
        (["2020-05-05", "2020-05-05"], None),
    ],
)
def test_the_first_article_is_the_one_that_certainly_was(
    published: list[str], first: str | None
) -> None:
    articles = ARTICLES.iloc[:2].assign(
        published=pd.to_datetime(published, utc=True, format="ISO8601")
    )
    metrics = METRICS[METRICS["article_id"].isin(["one", "two"])]
    repeated = row(repeated_figures(metrics, articles))
    assert (repeated["first_article"] if first else None) == first
    assert pd.isna(repeated["first_article"]) == (first is None)
    assert repeated["article_id"] == (first or "one")


def test_without_articles_dates_and_outlets_are_empty() -> None:
    repeated = row(repeated_figures(METRICS))
    assert repeated["articles"] == 3
    assert pd.isna(repeated["outlets"])
    assert pd.isna(repeated["first_published"])


@pytest.mark.parametrize(
    "other",
    [{"bound": "at_least"}, {"value_high": 95_000.0}, {"platform": None}, {"measure": "likes"}],
)
def test_another_figure_is_no_repetition(other: dict[str, Any]) -> None:
    assert len(repeated_figures(pd.DataFrame([figure("a", 0), figure("b", 0, **other)]))) == 0


def test_an_article_that_repeats_itself_is_no_repetition() -> None:
    assert len(repeated_figures(pd.DataFrame([figure("a", 0), figure("a", 50)]))) == 0


def test_a_hedge_of_the_number_before_is_in_brackets() -> None:
    told = "It had over 900 shares and 120 replies by noon."
    hedged = figure("a", 26, "120", bound="at_least", modifier="over", evidence=told)
    table = repeated_figures(pd.DataFrame([hedged, hedged | {"article_id": "b"}]))
    assert table["said"].tolist() == ["[over] 120"]


def test_the_figure_in_most_articles_comes_first() -> None:
    few = [figure(name, 0, "50") for name in "ab"]
    many = [figure(name, 9, "60") for name in "abc"]
    table = repeated_figures(pd.DataFrame([*few, *many]))
    assert table["said"].tolist() == ["60", "50"]


def test_figures_without_a_measure_are_counted_not_compared() -> None:
    metrics = pd.DataFrame([figure(name, 0, measure=None) for name in "ab"])
    table = repeated_figures(metrics)
    assert len(table) == 0
    assert table.attrs["figures_without_measure"] == 2


# --- tables that hold little, or too much ----------------------------------------------------


def test_a_corpus_without_figures_keeps_its_outlets() -> None:
    table = attribution_by_outlet(METRICS.iloc[:0], ARTICLES)
    assert table["label"].tolist() == ["Gazette", "Courier", "three"]
    assert table["figures"].tolist() == [0, 0, 0]
    assert len(sources_by_outlet(METRICS.iloc[:0], ARTICLES)) == 0
    empty = repeated_figures(METRICS.iloc[:0], ARTICLES)
    assert empty.dtypes.tolist() == repeated_figures(METRICS, ARTICLES).dtypes.tolist()


@pytest.mark.parametrize("nothing", [None, math.nan])
def test_without_any_source_nothing_is_attributed(nothing: Any) -> None:
    metrics = METRICS.assign(source=nothing, attributed_to=nothing)
    table = attribution_by_outlet(metrics, ARTICLES)
    assert table["attributed"].tolist() == [0, 0, 0]
    assert len(sources_by_outlet(metrics, ARTICLES)) == 0
    assert row(repeated_figures(metrics))["articles_attributing"] == 0


def test_mistakes_are_told() -> None:
    twice = pd.concat([METRICS, METRICS])
    with pytest.raises(TableError, match="of article 'one' twice"):
        attribution_by_outlet(twice, ARTICLES)
    with pytest.raises(TableError, match="articles table has 'one' twice"):
        repeated_figures(METRICS, pd.concat([ARTICLES, ARTICLES]))
    with pytest.raises(TableError, match="articles table has no 'four'"):
        sources_by_outlet(METRICS, ARTICLES.iloc[:3])
    with pytest.raises(TableError, match="no column 'outlet'"):
        attribution_by_outlet(METRICS, ARTICLES.drop(columns="outlet"))
    with pytest.raises(TableError, match=r"kinds=\['money'\]"):
        repeated_figures(METRICS, kinds="money")
    with pytest.raises(TableError, match="by is one of outlet, article_id"):
        attribution_by_outlet(METRICS, ARTICLES, by="label")  # type: ignore[arg-type]
