"""When the words of a time window put it: in UTC in the table, in the study's zone here."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from metoo_research.errors import TableError
from metoo_research.metrics import reported_metrics
from metoo_research.metrics.times import resolve_windows
from metoo_research.study import About, Campaign, Event, Study

NEW_YORK = ZoneInfo("America/New_York")
CAMPAIGN = Campaign(names=("Clean Rivers",), hashtags=("#CleanRivers",))
WEDNESDAY = date(2017, 10, 18)


def study_of(start: date | datetime | None = None, zone: str = "America/New_York") -> Study:
    return Study(study=About(time_zone=zone), campaign=CAMPAIGN, event=Event(start=start))


def resolved(
    window: str,
    kind: str,
    *,
    published: date | datetime | None = None,
    event: date | datetime | None = None,
    zone: str = "America/New_York",
    subject: str | None = "#CleanRivers",
    evidence: str | None = None,
) -> dict[str, Any]:
    """The row of one figure that stands in a window."""
    study = study_of(event, zone)
    moment, precision = study.moment(published)
    metrics = pd.DataFrame(
        {
            "article_id": ["one"],
            "subject": [subject],
            "window_text": [window],
            "window_kind": [kind],
            "evidence": [evidence],
        }
    ).astype("str")
    articles = pd.DataFrame(
        {
            "article_id": ["one"],
            "published": pd.Series([moment], dtype=f"datetime64[us, {zone}]"),
            "published_precision": [precision],
        }
    )
    (row,) = resolve_windows(metrics, articles, study).to_dict("records")
    return {str(name): None if pd.isna(value) else value for name, value in row.items()}


def times(row: dict[str, Any], zone: str = "America/New_York") -> str:
    """Start and end on the study's clocks."""
    ends = (row["window_start"], row["window_end"])
    return " to ".join(
        f"{end.tz_convert(zone):%Y-%m-%d %H:%M}" if end is not None else "-" for end in ends
    )


NOWHERE = "- to -"


# --- told from the article's date, a Wednesday --------------------------------------------


@pytest.mark.parametrize(
    ("window", "end", "precision"),
    [
        ("By Monday night", "2017-10-17 00:00", "part of day"),
        ("by the early morning hours of Monday", "2017-10-16 06:00", "part of day"),
        ("by the early hours of Monday", "2017-10-16 06:00", "part of day"),
        ("by early Monday morning", "2017-10-16 06:00", "part of day"),
        ("by Tuesday morning", "2017-10-17 12:00", "part of day"),
        ("by Tuesday afternoon", "2017-10-17 18:00", "part of day"),
        ("by Tuesday evening", "2017-10-17 22:00", "part of day"),
        ("by lunchtime on Thursday", "2017-10-12 14:00", "part of day"),
        ("by noon on Monday", "2017-10-16 12:00", "hour"),
        ("by Monday midday", "2017-10-16 12:00", "hour"),
        ("as of 5 p.m. Friday", "2017-10-13 17:00", "hour"),
        ("as of 12 a.m. Friday", "2017-10-13 00:00", "hour"),
        ("by 17:30 on Monday", "2017-10-16 17:30", "hour"),
        ("by 11.05pm on Monday", "2017-10-16 23:05", "hour"),
        ("by 6.35 on Monday", "2017-10-17 00:00", "day"),  # morning or evening?
        ("by 4 o’clock on Monday", "2017-10-17 00:00", "day"),
        ("by midnight on Monday", "2017-10-17 00:00", "day"),  # the midnight that ends it
        ("by dawn on Monday", "2017-10-17 00:00", "day"),
        ("as of Wednesday", "2017-10-19 00:00", "day"),  # the article's own day
        ("by Thursday", "2017-10-13 00:00", "day"),
        ("before Monday", "2017-10-16 00:00", "day"),
        ("before it closed at midnight on Thursday", "2017-10-13 00:00", "day"),
        ("until yesterday evening", "2017-10-17 22:00", "part of day"),
        ("by last night", "2017-10-18 00:00", "part of day"),
        ("as of this morning", "2017-10-18 12:00", "part of day"),
        ("as of today", "2017-10-19 00:00", "day"),
        ("by October 16", "2017-10-17 00:00", "day"),
        ("by Monday, Oct. 16", "2017-10-17 00:00", "day"),
        ("by 12 August", "2017-08-13 00:00", "day"),  # the last one before
        ("by 12 February", "2017-02-13 00:00", "day"),
        ("by Oct. 16 at 5 p.m.", "2017-10-16 17:00", "hour"),
        ("through Tuesday", "2017-10-18 00:00", "day"),
        ("by the weekend", "2017-10-16 00:00", "day"),
        ("by the end of September", "2017-10-01 00:00", "month"),
        ("by mid-October", "2017-10-19 00:00", "month"),  # no later than the article
        ("by the end of last month", "2017-10-01 00:00", "month"),
        ("so far", "2017-10-19 00:00", "day"),
        ("So far this week", "2017-10-19 00:00", "day"),
    ],
)
def test_what_has_happened_by_then(window: str, end: str, precision: str) -> None:
    row = resolved(window, "as_of", published=WEDNESDAY)
    assert times(row) == f"- to {end}"
    assert (row["window_precision"], row["window_basis"]) == (precision, "article date")


@pytest.mark.parametrize(
    ("window", "start", "precision"),
    [
        ("since Friday", "2017-10-13 00:00", "day"),
        ("since Sunday night", "2017-10-15 18:00", "part of day"),
        ("since 8 October", "2017-10-08 00:00", "day"),
        ("since February 29", "2016-02-29 00:00", "day"),
        ("since September", "2017-09-01 00:00", "month"),
        ("since November", "2016-11-01 00:00", "month"),
        ("since last month", "2017-09-01 00:00", "month"),
        ("since the start of the year", "2017-01-01 00:00", "year"),
        ("as early as last week", "2017-10-09 00:00", "week"),
        ("since it opened on Monday", "2017-10-16 00:00", "day"),
    ],
)
def test_since_when(window: str, start: str, precision: str) -> None:
    row = resolved(window, "since", published=WEDNESDAY)
    assert times(row) == f"{start} to -"
    assert (row["window_precision"], row["window_basis"]) == (precision, "article date")


@pytest.mark.parametrize(
    ("window", "both", "precision"),
    [
        ("on Monday", "2017-10-16 00:00 to 2017-10-17 00:00", "day"),
        ("late Monday night", "2017-10-16 18:00 to 2017-10-17 00:00", "part of day"),
        ("yesterday", "2017-10-17 00:00 to 2017-10-18 00:00", "day"),
        ("last night", "2017-10-17 18:00 to 2017-10-18 00:00", "part of day"),
        ("at noon on Monday", "2017-10-16 12:00 to 2017-10-16 13:00", "hour"),
        ("last week", "2017-10-09 00:00 to 2017-10-16 00:00", "week"),
        ("this month", "2017-10-01 00:00 to 2017-11-01 00:00", "month"),
        ("in November", "2016-11-01 00:00 to 2016-12-01 00:00", "month"),
        ("over the weekend", "2017-10-14 00:00 to 2017-10-16 00:00", "day"),
        ("two days ago", "2017-10-16 00:00 to 2017-10-17 00:00", "day"),
        ("two weeks ago", "2017-10-02 00:00 to 2017-10-09 00:00", "week"),
        ("a year ago", "2016-01-01 00:00 to 2017-01-01 00:00", "year"),
        ("from Sunday through Tuesday", "2017-10-15 00:00 to 2017-10-18 00:00", "day"),
        ("from Friday to Monday", "2017-10-13 00:00 to 2017-10-17 00:00", "day"),
        ("between October 5 and 9", "2017-10-05 00:00 to 2017-10-10 00:00", "day"),
        ("on October 7 and 8", "2017-10-07 00:00 to 2017-10-09 00:00", "day"),
        ("over the weekend of October 7-8", "2017-10-07 00:00 to 2017-10-09 00:00", "day"),
        ("Monday through Wednesday", "2017-10-16 00:00 to 2017-10-19 00:00", "day"),
        ("throughout September", "2017-09-01 00:00 to 2017-10-01 00:00", "month"),
        ("between December 20 and January 5", "2016-12-20 00:00 to 2017-01-06 00:00", "day"),
        (
            "between 9 a.m. Monday and Tuesday night",
            "2017-10-16 09:00 to 2017-10-18 00:00",
            "part of day",
        ),
    ],
)
def test_in_which_period(window: str, both: str, precision: str) -> None:
    row = resolved(window, "period", published=WEDNESDAY)
    assert times(row) == both
    assert (row["window_precision"], row["window_basis"]) == (precision, "article date")


@pytest.mark.parametrize(
    ("window", "both", "precision"),
    [
        ("overnight", "2017-10-17 18:00 to 2017-10-18 06:00", "part of day"),
        ("in the past 48 hours", "2017-10-17 00:00 to 2017-10-19 00:00", "day"),
        ("over the last week", "2017-10-12 00:00 to 2017-10-19 00:00", "day"),
        ("during last week", "2017-10-09 00:00 to 2017-10-16 00:00", "week"),
        ("in the 24 hours to Monday noon", "2017-10-15 12:00 to 2017-10-16 12:00", "hour"),
        ("in the week ending October 15", "2017-10-09 00:00 to 2017-10-16 00:00", "day"),
        ("in the 12 months to March", "2016-04-01 00:00 to 2017-04-01 00:00", "month"),
        (
            "in the first two weeks of September",
            "2017-09-01 00:00 to 2017-09-15 00:00",
            "day",
        ),
        ("in the last two days of September", "2017-09-29 00:00 to 2017-10-01 00:00", "day"),
    ],
)
def test_durations_that_their_words_place(window: str, both: str, precision: str) -> None:
    row = resolved(window, "duration", published=WEDNESDAY)
    assert times(row) == both
    assert (row["window_precision"], row["window_basis"]) == (precision, "article date")


@pytest.mark.parametrize(
    "window",
    ["yesterday", "today", "last night", "last week", "this month", "over the weekend"],
)
def test_what_is_told_from_the_day_of_writing_needs_it(window: str) -> None:
    row = resolved(window, "period", event=date(2017, 10, 15))
    assert times(row) == NOWHERE
    assert row["window_precision"] is row["window_basis"] is None


@pytest.mark.parametrize(
    ("window", "kind"),
    [
        ("by then", "as_of"),
        ("by 9 p.m.", "as_of"),  # of which day?
        ("by the end of the week", "as_of"),  # of the week that is told of
        ("before it was taken down", "as_of"),
        ("by the time polls closed", "as_of"),
        ("at last count", "as_of"),
        ("before the 2016", "as_of"),  # cut from "the 2016 election"
        ("before the Sept. 11", "as_of"),
        ("by Friday, October 16", "as_of"),  # it was a Monday
        ("by June 31", "as_of"),
        ("until October 27", "as_of"),  # still to come, or of last year?
        ("since then", "since"),
        ("since the protests began", "since"),
        ("since the start of last season", "since"),
        ("that day", "period"),
        ("on the Monday", "period"),
        ("the next morning", "period"),
        ("in the same week last year", "period"),
        ("three days later", "period"),
        ("more than two years ago", "period"),
        ("a few weeks ago", "period"),
        ("this weekend", "period"),  # on a Wednesday: the last or the next?
        ("last summer", "period"),  # of which half of the globe?
        ("on its busiest day", "period"),
        ("between Tuesday and dawn", "period"),
        ("in 48 hours", "duration"),
        ("in the past few days", "duration"),
        ("in the past three hours", "duration"),  # back from an unknown hour
        ("after last year", "duration"),
        ("within hours", "duration"),
        ("in the first two weeks of his term", "duration"),
    ],
)
def test_what_is_not_told_stays_empty(window: str, kind: str) -> None:
    row = resolved(window, kind, published=WEDNESDAY)
    assert times(row) == NOWHERE
    assert row["window_precision"] is row["window_basis"] is None


def test_a_count_is_no_younger_than_the_article_it_stands_in() -> None:
    noon = datetime(2017, 10, 18, 12, 0, tzinfo=NEW_YORK)
    for window in ("as of Wednesday", "by October 18", "so far", "as of 2017"):
        assert times(resolved(window, "as_of", published=noon)) == "- to 2017-10-18 12:00"


@pytest.mark.parametrize("window", ["by Wednesday night", "by 2018", "by October 19, 2017"])
def test_what_lies_behind_the_article_is_no_time_of_its_counts(window: str) -> None:
    noon = datetime(2017, 10, 18, 12, 0, tzinfo=NEW_YORK)
    assert times(resolved(window, "as_of", published=noon)) == NOWHERE


def test_to_the_minute_where_the_article_is_dated_to_the_minute() -> None:
    row = resolved(
        "in the past three hours",
        "duration",
        published=datetime(2017, 10, 18, 12, 30, tzinfo=NEW_YORK),
    )
    assert times(row) == "2017-10-18 09:30 to 2017-10-18 12:30"
    assert row["window_precision"] == "hour"


def test_the_articles_day_is_that_of_the_studys_zone() -> None:
    late = datetime(2017, 10, 17, 2, 0, tzinfo=UTC)  # still Monday in New York
    assert times(resolved("on Monday", "period", published=late)).startswith("2017-10-16")
    london = resolved("on Monday", "period", published=late, zone="Europe/London")
    assert times(london, "Europe/London").startswith("2017-10-16")
    tokyo = resolved("on Tuesday", "period", published=late, zone="Asia/Tokyo")
    assert times(tokyo, "Asia/Tokyo").startswith("2017-10-17")


# --- told from the event, a Sunday --------------------------------------------------------

EVENT = date(2017, 10, 15)


@pytest.mark.parametrize(
    ("window", "kind", "both"),
    [
        ("By the early morning hours of Monday", "as_of", "- to 2017-10-16 06:00"),
        ("By Monday night", "as_of", "- to 2017-10-17 00:00"),
        ("by Saturday", "as_of", "- to 2017-10-22 00:00"),
        ("since Sunday", "since", "2017-10-15 00:00 to -"),
        ("on Tuesday", "period", "2017-10-17 00:00 to 2017-10-18 00:00"),
        ("from Sunday to Tuesday", "period", "2017-10-15 00:00 to 2017-10-18 00:00"),
        ("by October 20", "as_of", "- to 2017-10-21 00:00"),
        ("on October 5", "period", "2017-10-05 00:00 to 2017-10-06 00:00"),  # 10 days before
        ("by February 1", "as_of", "- to 2018-02-02 00:00"),
        ("in the first 24 hours", "duration", "2017-10-15 00:00 to 2017-10-16 00:00"),
        ("in its first week", "duration", "2017-10-15 00:00 to 2017-10-22 00:00"),
        ("within 48 hours of its launch", "duration", "2017-10-15 00:00 to 2017-10-17 00:00"),
        ("in the first month of the campaign", "duration",
         "2017-10-15 00:00 to 2017-11-15 00:00"),
        ("on its first day", "period", "2017-10-15 00:00 to 2017-10-16 00:00"),
        ("two days after the campaign began", "period",
         "2017-10-17 00:00 to 2017-10-18 00:00"),
        ("since Clean Rivers was launched", "since", "2017-10-15 00:00 to -"),
    ],
)  # fmt: skip
def test_figures_of_the_campaign_are_told_from_its_event(
    window: str, kind: str, both: str
) -> None:
    row = resolved(window, kind, event=EVENT)
    assert times(row) == both
    assert row["window_basis"] == "event"


@pytest.mark.parametrize("subject", ["#SomethingElse", None])
def test_other_figures_are_not_told_from_the_event(subject: str | None) -> None:
    row = resolved("by Monday night", "as_of", event=EVENT, subject=subject)
    assert times(row) == NOWHERE


def test_the_articles_date_comes_before_the_event() -> None:
    row = resolved("on Monday", "period", event=EVENT, published=date(2017, 11, 1))
    assert times(row) == "2017-10-30 00:00 to 2017-10-31 00:00"
    assert row["window_basis"] == "article date"


def test_first_hours_are_counted_from_an_event_that_is_known_to_the_minute() -> None:
    call = datetime(2017, 10, 15, 16, 21, tzinfo=NEW_YORK)
    row = resolved("within the first three hours", "duration", event=call)
    assert times(row) == "2017-10-15 16:21 to 2017-10-15 19:21"
    assert row["window_precision"] == "hour"


def test_first_hours_of_an_event_known_to_the_day_have_no_place_but_a_length() -> None:
    row = resolved("within the first three hours", "duration", event=EVENT)
    assert (times(row), row["window_hours"]) == (NOWHERE, 3)


@pytest.mark.parametrize("window", ["by Sunday morning", "before Sunday"])
def test_nothing_of_the_campaign_is_over_before_it_begins(window: str) -> None:
    call = datetime(2017, 10, 15, 16, 21, tzinfo=NEW_YORK)
    assert times(resolved(window, "as_of", event=call)) == NOWHERE


def test_a_first_week_that_is_not_over_when_the_article_appears_is_empty() -> None:
    row = resolved("in its first week", "duration", event=EVENT, published=WEDNESDAY)
    assert times(row) == NOWHERE


# --- told by the words alone ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "kind", "both", "precision"),
    [
        ("by October 16, 2017", "as_of", "- to 2017-10-17 00:00", "day"),
        ("by 16 October 2017", "as_of", "- to 2017-10-17 00:00", "day"),
        ("by Monday night, Oct. 16, 2017", "as_of", "- to 2017-10-17 00:00", "part of day"),
        ("by 2017-10-16", "as_of", "- to 2017-10-17 00:00", "day"),
        ("going back to the 1980s", "since", "1980-01-01 00:00 to -", "decade"),
        ("since the early ’80s", "since", "1980-01-01 00:00 to -", "decade"),
        ("since it was set up in January 2018", "since", "2018-01-01 00:00 to -", "month"),
        ("in 2016", "period", "2016-01-01 00:00 to 2017-01-01 00:00", "year"),
        ("in March 2017", "period", "2017-03-01 00:00 to 2017-04-01 00:00", "month"),
        ("between 2012 and 2018", "period", "2012-01-01 00:00 to 2019-01-01 00:00", "year"),
        (
            "between May 26 and June 7, 2014",
            "period",
            "2014-05-26 00:00 to 2014-06-08 00:00",
            "day",
        ),
        (
            "between December 2017 and March",
            "period",
            "2017-12-01 00:00 to 2018-04-01 00:00",
            "month",
        ),
        (
            "in the 12 months to March 2018",
            "duration",
            "2017-04-01 00:00 to 2018-04-01 00:00",
            "month",
        ),
    ],
)
def test_some_words_stand_alone(window: str, kind: str, both: str, precision: str) -> None:
    row = resolved(window, kind)
    assert times(row) == both
    assert (row["window_precision"], row["window_basis"]) == (precision, "words")


@pytest.mark.parametrize(
    ("window", "behind", "end"),
    [
        ("by the end of October", " 2015", "2015-11-01 00:00"),
        ("by Monday", ", Oct. 19, 2015", "2015-10-20 00:00"),
        ("by 2015", "-10-19", "2015-10-20 00:00"),
        ("by Monday", ", 2015 people", "2017-10-17 00:00"),  # a figure, no year
    ],
)
def test_a_date_that_was_cut_short_is_read_whole(window: str, behind: str, end: str) -> None:
    evidence = f"The boats had brought letters {window}{behind} came."
    row = resolved(window, "as_of", published=WEDNESDAY, evidence=evidence)
    assert times(row) == f"- to {end}"


# --- clocks ---------------------------------------------------------------------------------


def test_hours_pass_while_the_clocks_are_changed() -> None:
    # In New York the clocks went back on Sunday, November 5, 2017, at 2:00.
    row = resolved("in the 24 hours to Sunday noon", "duration", published=date(2017, 11, 6))
    assert times(row) == "2017-11-04 13:00 to 2017-11-05 12:00"


def test_a_day_is_a_day_though_it_has_25_hours() -> None:
    row = resolved("on Sunday", "period", published=date(2017, 11, 6))
    assert row["window_end"] - row["window_start"] == timedelta(hours=25)


@pytest.mark.parametrize(
    ("clock", "end"),
    [
        ("5 p.m. PT", "2017-10-16 20:00"),
        ("5 p.m. EST", "2017-10-16 17:00"),  # written in summer too
        ("5 p.m. GMT", "2017-10-16 13:00"),
        ("5 p.m. BST", "2017-10-16 12:00"),
        ("5 p.m. local time", "2017-10-17 00:00"),  # where? the day is all that is told
    ],
)
def test_a_clock_time_of_another_zone(clock: str, end: str) -> None:
    row = resolved(f"by {clock} on Monday", "as_of", published=WEDNESDAY)
    assert times(row) == f"- to {end}"


# --- lengths --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "hours"),
    [
        ("in 48 hours", 48),
        ("in less than 24 hours", 24),
        ("within an hour", 1),
        ("in half an hour", 0.5),
        ("in two and a half hours", 2.5),
        ("over a 24-hour period", 24),
        ("within twenty-four hours", 24),
        ("in just 90 minutes", 1.5),
        ("in four days", 96),
        ("in a fortnight", 336),
        ("in its first week", 168),
        ("during the past 1,000 days", 24_000),
        ("in 10 months", math.nan),  # no month is as long as the next
        ("in several hours", math.nan),
        ("in a matter of weeks", math.nan),
        ("overnight", math.nan),
        ("in one hundred and twenty days", math.nan),  # not 20
        (f"in {'9' * 400} days", math.nan),
    ],
)
def test_length_of_a_duration(window: str, hours: float) -> None:
    assert resolved(window, "duration")["window_hours"] == (
        None if math.isnan(hours) else pytest.approx(hours)
    )


def test_only_durations_have_a_length() -> None:
    assert resolved("two days ago", "period", published=WEDNESDAY)["window_hours"] is None


# --- the table --------------------------------------------------------------------------------


def test_the_table_keeps_its_rows_and_counts_its_windows() -> None:
    sentences = pd.DataFrame(
        {
            "article_id": "one",
            "sentence_id": [0, 1, 2],
            "start": [0, 100, 200],
            "text": [
                "By Monday night the boats had brought 300 letters.",
                "They brought 500 letters in 48 hours.",
                "They brought 700 letters.",
            ],
        }
    )
    metrics = reported_metrics(sentences, study_of())
    metrics.index = pd.Index(range(10, 10 + len(metrics)))
    articles = pd.DataFrame(
        {"article_id": ["one"], "published": [pd.Timestamp("2017-10-18", tz="UTC")]}
    )
    table = resolve_windows(metrics, articles, study_of(zone="UTC"))
    given_columns = [name for name in metrics.columns if not name.startswith("window_")]
    pd.testing.assert_frame_equal(table[given_columns], metrics[given_columns])
    assert str(table["window_end"].dtype) == "datetime64[us, UTC]"
    assert table["window_end"].count() == 1
    assert (table.attrs["windows_resolved"], table.attrs["windows_unresolved"]) == (1, 1)
    assert table.attrs["grammar"] == metrics.attrs["grammar"]
    again = resolve_windows(table, articles, study_of(zone="UTC"))
    pd.testing.assert_frame_equal(again, table)


def test_a_table_without_rows_stays_one() -> None:
    sentences = pd.DataFrame(columns=["article_id", "sentence_id", "start", "text"])
    articles = pd.DataFrame(columns=["article_id", "published"])
    table = resolve_windows(reported_metrics(sentences), articles, study_of())
    assert len(table) == 0
    assert str(table["window_start"].dtype) == "datetime64[us, UTC]"


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="the articles table has no column 'published'"):
        resolve_windows(
            reported_metrics(
                pd.DataFrame(columns=["article_id", "sentence_id", "start", "text"])
            ),
            pd.DataFrame({"article_id": ["one"]}),
            study_of(),
        )


WORDS = st.sampled_from(
    "by before until since from to between and in on at the first last this past next 24 48"
    " hours days weeks months to of ago Monday Sunday night morning early late noon midnight"
    " October 16 29 February 2017 1980s ’80s 2017-10-16 5 p.m. 17:30 EST yesterday today week"
    " month year decade weekend end start , a".split()
)
WINDOWS = st.one_of(st.text(), st.lists(WORDS, max_size=8).map(" ".join))
KINDS = st.sampled_from(["as_of", "since", "duration", "period", "other"])
ZONES = st.sampled_from([UTC, NEW_YORK, ZoneInfo("Asia/Tokyo")])
EVENTS = st.none() | st.dates() | st.datetimes(timezones=ZONES)
# A table of times holds none whose date in UTC is before the year 1 or after 9999.
PUBLISHED = (
    st.none()
    | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES)
    | st.dates(max_value=date(9999, 12, 30))
)


@given(WINDOWS, KINDS, PUBLISHED, EVENTS)
@example("between 2017 and 1980s", "period", None, None)
@example("in the last 999999 days", "duration", date.min, None)
@example("since yesterday", "since", date.min, date.max)
@example("by the end of this decade", "as_of", date(9999, 12, 30), None)
def test_whatever_is_written_ends_after_it_starts_and_before_it_is_printed(
    window: str, kind: str, published: Any, event: Any
) -> None:
    row = resolved(window, kind, published=published, event=event)
    start, end = row["window_start"], row["window_end"]
    known = [moment for moment in (start, end) if moment is not None]
    assert all(moment.utcoffset() == timedelta(0) for moment in known)
    assert bool(known) == (row["window_basis"] is not None) == bool(row["window_precision"])
    if start is not None and end is not None:
        assert start <= end
    if kind in {"as_of", "since"} and isinstance(published, datetime):
        assert all(moment <= published for moment in known)
    elif kind in {"as_of", "since"} and published is not None:
        # The end of New York's day is on the next day of UTC.
        assert all(moment.toordinal() <= published.toordinal() + 1 for moment in known)


def test_a_window_without_end_takes_no_time_without_end() -> None:
    window = "since " + "the end of " * 50_000 + "in May " * 50_000
    assert times(resolved(window, "since", published=WEDNESDAY)) == NOWHERE
