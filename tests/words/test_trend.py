import json
from typing import Any

import pandas as pd
import pytest
from example_tables import Tables, make_tables

from metoo_research.errors import TableError
from metoo_research.words import word_trend


def dated(
    texts: dict[str, list[str]], published: list[str | None], zone: str = "UTC"
) -> Tables:
    made = make_tables(texts)
    times = pd.to_datetime(pd.Series(published, dtype="str"), utc=True, format="ISO8601")
    made.articles["published"] = times.dt.tz_convert(zone)
    return made


@pytest.fixture
def strike() -> Tables:
    return dated(
        {
            "first": ["Dockers strike. The strike goes on."],
            "second": ["A strike, says the port."],
            "third": ["The port opens."],
            "none": ["Strike again."],
        },
        ["2021-03-08T09:00Z", "2021-03-08T18:00Z", "2021-03-11T12:00Z", None],
    )


def test_days_run_from_the_first_to_the_last_and_gaps_stay_gaps(strike: Tables) -> None:
    table = word_trend(strike.tokens, strike.articles, "strike")
    assert [day.isoformat() for day in table["period_start"]] == [
        "2021-03-08T00:00:00+00:00",
        "2021-03-09T00:00:00+00:00",
        "2021-03-10T00:00:00+00:00",
        "2021-03-11T00:00:00+00:00",
    ]
    assert table["period_end"].tolist()[:3] == table["period_start"].tolist()[1:]
    assert table["articles_counted"].tolist() == [2, 0, 0, 1]
    assert table["tokens_counted"].tolist() == [11, 0, 0, 3]
    # No article is no count; an article without the word is a count of 0.
    assert table["count"].tolist() == [3, pd.NA, pd.NA, 0]
    assert table["articles_containing"].tolist() == [2, pd.NA, pd.NA, 0]
    assert table["per_million"].fillna(-1).tolist() == pytest.approx([3e6 / 11, -1, -1, 0])


def test_the_interval_is_over_the_articles_of_the_period(strike: Tables) -> None:
    table = word_trend(strike.tokens, strike.articles, "strike")
    # Two articles: a quarter of the draws hold the one alone, a quarter the other.
    first = table.iloc[0]
    assert (first["low"], first["high"]) == pytest.approx((1e6 / 5, 2e6 / 6))
    assert table["low"].notna().tolist() == [True, False, False, False]
    assert table["high"].notna().tolist() == [True, False, False, False]


def test_a_word_that_does_not_occur_has_no_interval(strike: Tables) -> None:
    table = word_trend(strike.tokens, strike.articles, "lockout", per="month")
    assert table["count"].tolist() == [0]
    assert table["per_million"].tolist() == [0]
    assert table[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("last", "per", "periods"),
    [
        ("2021-05-08", "day", 62),
        ("2021-05-09", "week", 9),
        ("2022-12-01", "month", 22),
        ("2031-01-01", "year", 11),
    ],
)
def test_without_a_period_the_shortest_is_taken_that_a_chart_shows_apart(
    last: str, per: str, periods: int
) -> None:
    made = dated({"a": ["Strike."], "b": ["Strike."]}, ["2021-03-08T09:00Z", f"{last}T09:00Z"])
    table = word_trend(made.tokens, made.articles, "strike", per=None)
    assert (table.attrs["per"], len(table)) == (per, periods)


def test_articles_without_a_date_are_told(strike: Tables) -> None:
    attrs = word_trend(strike.tokens, strike.articles, "strike").attrs
    assert attrs["left_out"]["without_date"] == {"articles": 1, "tokens": 2, "occurrences": 1}
    assert attrs["periods_without_articles"] == 2
    assert json.loads(json.dumps(attrs)) == attrs


def test_phrases_and_globs_are_counted_in_the_order_asked_for(strike: Tables) -> None:
    table = word_trend(strike.tokens, strike.articles, ["the port", "dock*"], per="month")
    assert table["word"].tolist() == ["the port", "dock*"]
    assert table["count"].tolist() == [2, 1]


def test_weeks_begin_on_monday(strike: Tables) -> None:
    table = word_trend(strike.tokens, strike.articles, "strike", per="week")
    assert table["period_start"].tolist() == [pd.Timestamp("2021-03-08", tz="UTC")]
    assert table["period_end"].tolist() == [pd.Timestamp("2021-03-15", tz="UTC")]


def test_the_day_is_that_of_the_time_zone() -> None:
    made = dated({"1": ["Strike."]}, ["2021-03-08T23:30Z"], "Asia/Tokyo")
    own = word_trend(made.tokens, made.articles, "strike")
    assert own["period_start"].tolist() == [pd.Timestamp("2021-03-09", tz="Asia/Tokyo")]
    west = word_trend(made.tokens, made.articles, "strike", time_zone="America/New_York")
    assert west["period_start"].tolist() == [pd.Timestamp("2021-03-08", tz="America/New_York")]


def test_a_bare_date_stays_that_date_in_every_zone() -> None:
    made = dated({"1": ["Strike."], "2": ["Strike."]}, ["2021-03-08T00:00Z"] * 2)
    made.articles["published_precision"] = ["day", "minute"]
    table = word_trend(made.tokens, made.articles, "strike", time_zone="America/New_York")
    assert [day.day for day in table["period_start"]] == [7, 8]
    assert table["count"].tolist() == [1, 1]


def test_a_day_without_midnight_begins_when_it_begins() -> None:
    # In Havana clocks go from 0:00 to 1:00 on 14 March 2021, and back on 7 November at 1:00.
    made = dated(
        {"1": ["Strike."], "2": ["Strike."]},
        ["2021-03-14T15:00Z", "2021-11-07T15:00Z"],
        "America/Havana",
    )
    table = word_trend(made.tokens, made.articles, "strike")
    assert table["period_start"].iloc[0].isoformat() == "2021-03-14T01:00:00-04:00"
    assert table["period_start"].iloc[-1].isoformat() == "2021-11-07T00:00:00-04:00"
    assert (table["period_end"].iloc[:-1].array == table["period_start"].iloc[1:].array).all()


def test_times_without_zone_are_the_clock_of_the_zone_asked_for() -> None:
    made = make_tables({"1": ["Strike."]}, published=["2021-03-08 23:30"])
    table = word_trend(made.tokens, made.articles, "strike", time_zone="Europe/Paris")
    assert table["period_start"].tolist() == [pd.Timestamp("2021-03-08", tz="Europe/Paris")]
    assert word_trend(made.tokens, made.articles, "strike").attrs["time_zone"] == "UTC"


def test_groups_have_the_same_periods(strike: Tables) -> None:
    articles = strike.articles.assign(outlet=["North", "South", "South", "North"])
    table = word_trend(strike.tokens, articles, "strike", by="outlet")
    assert table["outlet"].tolist() == ["North"] * 4 + ["South"] * 4
    assert table["period_start"].tolist()[:4] == table["period_start"].tolist()[4:]
    assert table["count"].tolist() == [2, pd.NA, pd.NA, pd.NA, 1, pd.NA, pd.NA, 0]


def test_an_article_without_words_has_a_count_but_no_rate() -> None:
    made = dated({"1": []}, ["2021-03-08T09:00Z"])
    row = word_trend(made.tokens, made.articles, "strike").iloc[0]
    assert (row["count"], row["articles_counted"], row["tokens_counted"]) == (0, 1, 0)
    assert pd.isna(row["per_million"])


def test_counts_over_time_add_up_to_the_whole(strike: Tables) -> None:
    table = word_trend(strike.tokens, strike.articles, ["the", "strike"])
    sums = table.groupby("word")["count"].sum()
    dated_tokens = strike.tokens[strike.tokens["article_id"] != "none"]
    whole = dated_tokens["word"].value_counts()
    assert sums.to_dict() == {word: whole[word] for word in ("the", "strike")}


def test_without_any_date_the_table_is_empty(strike: Tables) -> None:
    full = word_trend(strike.tokens, strike.articles, "strike")
    undated = strike.articles.assign(published=pd.Series(pd.NaT, index=range(4)))
    empty = word_trend(strike.tokens, undated, "strike")
    assert empty.empty
    assert empty.columns.tolist() == full.columns.tolist()
    assert empty.attrs["left_out"]["without_date"]["articles"] == 4


def test_order_of_tables_changes_nothing(strike: Tables) -> None:
    plain = word_trend(strike.tokens, strike.articles, ["strike", "the port"])
    again = word_trend(
        strike.tokens.sample(frac=1, random_state=3),
        strike.articles.iloc[::-1],
        ["strike", "the port"],
    )
    pd.testing.assert_frame_equal(plain, again)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"per": "decade"}, "per is one of day, week, month, year"),
        ({"time_zone": "Mars/Olympus"}, "no time zone is called 'Mars/Olympus'"),
        ({"words": []}, "no pattern"),
        ({"level": 2}, "level lies between"),
        ({"by": "outlet"}, "articles table has no column 'outlet'"),
    ],
)
def test_options_without_meaning_are_refused(
    strike: Tables, options: dict[str, Any], message: str
) -> None:
    words = options.pop("words", "strike")
    with pytest.raises(TableError, match=message):
        word_trend(strike.tokens, strike.articles, words, **options)


def test_dates_that_are_none_are_refused(strike: Tables) -> None:
    with pytest.raises(TableError, match="holds something that is no date"):
        word_trend(strike.tokens, strike.articles.assign(published="soon"), "strike")
    with pytest.raises(TableError, match="no column 'published'"):
        word_trend(strike.tokens, strike.articles.drop(columns="published"), "strike")


def test_a_mistaken_date_does_not_make_a_million_periods(strike: Tables) -> None:
    wrong = strike.articles.assign(
        published=pd.Series(["1821-03-08", "2021-03-08", None, None], dtype="str")
    )
    with pytest.raises(TableError, match=r"from 1821-03-08 .* more than 40,000 periods"):
        word_trend(strike.tokens, wrong, "strike")
