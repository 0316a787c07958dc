from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
import timeline_tables as timeline
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.charts.time_axis import TimeAxis, time_axis
from metoo_research.charts.timeline_windows import (
    Window,
    event_of,
    window_of,
    window_words,
    zone_of,
)
from metoo_research.errors import TableError

LONDON = ZoneInfo(timeline.ZONE)
EVENT = pd.Timestamp(timeline.EVENT)


def limits(window: Window) -> list[str | None]:
    """From when to when the beginning lies, then the end; in London."""
    moments = (window.start_from, window.start_to, window.end_from, window.end_to)
    return [
        None if pd.isna(at) else f"{at.tz_convert(LONDON):%Y-%m-%d %H:%M}" for at in moments
    ]


def read(
    start: str | None = None,
    end: str | None = None,
    kind: str | None = "as_of",
    precision: str | None = "hour",
    hours: float = float("nan"),
    basis: str = "words",
) -> Window:
    row = timeline.timed(
        "herald", start, end, kind, precision, window_hours=hours, window_basis=basis
    )
    return window_of(row, LONDON)


# --- windows -------------------------------------------------------------------------------


def test_by_an_hour_ends_at_that_hour() -> None:
    window = read(end="2019-06-04T06:00")
    assert window.shape == "up to"
    assert limits(window) == [None, None, "2019-06-04 06:00", "2019-06-04 06:00"]


def test_by_a_day_ends_somewhere_in_the_day_that_midnight_closes() -> None:
    window = read(end="2019-06-05T00:00", precision="day")
    assert limits(window)[2:] == ["2019-06-04 00:00", "2019-06-05 00:00"]
    assert not window.exact


def test_a_count_ends_no_later_than_its_window_may() -> None:
    window = read(end="2019-06-04T15:00", precision="day")  # printed at three
    assert limits(window)[2:] == ["2019-06-04 00:00", "2019-06-04 15:00"]


@pytest.mark.parametrize(
    ("precision", "first"),
    [
        ("part of day", "2019-12-31 18:00"),
        ("day", "2019-12-31 00:00"),
        ("week", "2019-12-30 00:00"),  # a Monday
        ("month", "2019-12-01 00:00"),
        ("year", "2019-01-01 00:00"),
        ("decade", "2010-01-01 00:00"),
    ],
)
def test_each_precision_has_the_width_of_its_unit(precision: str, first: str) -> None:
    window = read(end="2020-01-01", precision=precision)
    assert limits(window)[2:] == [first, "2020-01-01 00:00"]


def test_since_a_decade_begins_somewhere_in_it_and_stays_open() -> None:
    window = read("1980-01-01", kind="since", precision="decade")
    assert window.shape == "since"
    assert limits(window) == ["1980-01-01 00:00", "1990-01-01 00:00", None, None]


def test_on_a_day_is_the_whole_day_and_exact() -> None:
    window = read("2019-06-04T08:00", "2019-06-04T09:00", "period", "day")
    assert limits(window) == [
        *("2019-06-04 00:00", "2019-06-04 00:00", "2019-06-05 00:00", "2019-06-05 00:00")
    ]
    assert window.exact


def test_a_stretch_of_several_days_is_drawn_as_it_is() -> None:
    window = read("2019-06-03T18:30", "2019-06-05", "period", "day")
    assert limits(window)[1:3] == ["2019-06-03 18:30", "2019-06-05 00:00"]
    assert window.exact


def test_a_length_from_the_day_of_the_event_may_begin_and_end_a_day_later() -> None:
    window = read("2019-06-03", "2019-06-05", "duration", "day", hours=48, basis="event")
    assert limits(window) == [
        *("2019-06-03 00:00", "2019-06-04 00:00", "2019-06-05 00:00", "2019-06-06 00:00")
    ]


def test_a_length_up_to_the_day_of_the_article_may_begin_and_end_a_day_earlier() -> None:
    window = read("2019-06-03", "2019-06-05", "duration", "day", hours=48, basis="article date")
    assert limits(window) == [
        *("2019-06-02 00:00", "2019-06-03 00:00", "2019-06-04 00:00", "2019-06-05 00:00")
    ]


@pytest.mark.parametrize(
    ("start", "end", "precision", "basis"),
    [
        ("2019-06-03T18:30", "2019-06-10T18:30", "day", "event"),  # from its minute
        ("2019-06-01", "2019-06-15", "day", "words"),  # "the first two weeks of June"
        ("2019-06-03T18:00", "2019-06-04T06:00", "part of day", "article date"),  # "overnight"
    ],
)
def test_a_length_between_known_limits_is_drawn_as_it_is(
    start: str, end: str, precision: str, basis: str
) -> None:
    assert read(start, end, "duration", precision, basis=basis).exact


def test_a_length_shorter_than_its_window_says_how_far_it_can_be_shifted() -> None:
    window = read("2019-06-03", "2019-06-06", "duration", "day", hours=48)
    assert limits(window) == [
        *("2019-06-03 00:00", "2019-06-04 00:00", "2019-06-05 00:00", "2019-06-06 00:00")
    ]


def test_an_edge_of_a_month_may_lie_before_it_or_after_it() -> None:
    window = read("2019-07-01", "2019-07-01", "period", "month")
    assert limits(window) == ["2019-06-01 00:00", "2019-08-01 00:00"] * 2
    assert not window.exact


def test_a_day_has_the_hours_that_clocks_give_it() -> None:
    window = read(end="2019-04-01T00:00", precision="day")  # clocks went forward on the 31st
    assert window.end_to - window.end_from == pd.Timedelta(hours=23)


@pytest.mark.parametrize("kind", ["as_of", "since", "duration", "period", None])
def test_without_start_and_end_there_is_no_window(kind: str | None) -> None:
    assert not read(kind=kind).placed


def test_an_end_before_its_beginning_is_no_window() -> None:
    assert not read("2019-06-05", "2019-06-04", "period").placed


def test_a_precision_that_is_not_known_is_refused() -> None:
    with pytest.raises(TableError, match="window_precision is 'fortnight'"):
        read(end="2019-06-04", precision="fortnight")


def test_a_zone_that_is_not_known_is_refused() -> None:
    with pytest.raises(TableError, match="no time zone is called 'London'"):
        zone_of("London")


def test_no_zone_is_utc() -> None:
    assert event_of(datetime(2019, 6, 3, 18, 30), zone_of(None))[0] == pd.Timestamp(
        "2019-06-03T18:30Z"
    )


def test_a_date_is_an_event_of_a_whole_day_there() -> None:
    start, end = event_of(date(2019, 6, 3), LONDON)
    assert (start, end) == (
        pd.Timestamp("2019-06-02T23:00Z"),
        pd.Timestamp("2019-06-03T23:00Z"),
    )


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (read(end="2019-06-04T06:00"), "up to Tue 4 Jun, 06:00"),
        (read(end="2019-06-05", precision="day"), "up to some time on Tue 4 Jun"),
        (read(end="2019-07-01", precision="month"), "up to some time in Jun 2019"),
        (
            read(end="2019-06-05", precision="part of day"),
            "up to some time between 18:00 and 24:00 on Tue 4 Jun",
        ),
        (
            read(end="2019-06-05T02:00", precision="part of day"),
            "up to some time between 00:00 and 02:00 on Wed 5 Jun",
        ),
        (read("1980-01-01", None, "since", "decade"), "since some time in the 1980s"),
        (read("2019-06-04T08:00", None, "since"), "since Tue 4 Jun, 08:00"),
        (read("2019-06-04", "2019-06-05", "period", "day"), "Tue 4 Jun"),
        (read("2019-06-04", "2019-06-06", "period", "day"), "Tue 4 Jun to Wed 5 Jun"),
        (read("2019-01-01", "2020-01-01", "period", "year"), "2019"),
        (
            read("2019-06-04T18:00", "2019-06-05T00:00", "period", "part of day"),
            "Tue 4 Jun, 18:00 to 24:00",
        ),
        (
            read("2019-06-03T18:30", "2019-06-05T18:30", "duration"),
            "Mon 3 Jun, 18:30 to Wed 5 Jun, 18:30",
        ),
        (
            read("2019-06-03", "2019-06-06", "duration", "day", hours=48),
            "between Mon 3 Jun and Wed 5 Jun",
        ),
        (read("2019-06-03", "2019-06-04", "duration", "day"), "Mon 3 Jun"),
        (
            read("2019-06-03", "2019-06-04", "duration", "day", 24, "event"),
            "between Mon 3 Jun and Tue 4 Jun",
        ),
        (read(end="2019-06-10", precision="week"), "up to some time in the week of Mon 3 Jun"),
    ],
)
def test_a_window_is_told_as_exactly_as_it_is_known(window: Window, words: str) -> None:
    assert window_words(window, LONDON, year=False) == words


moments = st.datetimes(datetime(1975, 1, 1), datetime(2030, 1, 1))
precisions = st.sampled_from(
    [None, "hour", "part of day", "day", "week", "month", "year", "decade"]
)
kinds = st.sampled_from(["as_of", "since", "duration", "period", None])
zones = st.sampled_from(["Europe/London", "America/Sao_Paulo", "Africa/Cairo", "Asia/Kolkata"])


@given(moments, moments, kinds, precisions, zones)
def test_what_is_drawn_never_leaves_out_a_moment_of_the_window(
    one: datetime, other: datetime, kind: str | None, precision: str | None, zone: str
) -> None:
    start, end = (pd.Timestamp(at, tz="UTC") for at in sorted((one, other)))
    row = timeline.timed(kind=kind, precision=precision)
    window = window_of(row | {"window_start": start, "window_end": end}, ZoneInfo(zone))
    assert window.start_from <= start
    assert window.end_to >= end
    assert window.start_from <= window.start_to
    assert window.end_from <= window.end_to
    assert window_words(window, ZoneInfo(zone), year=True)


# --- axes ----------------------------------------------------------------------------------


def axis_of(*windows: Window, event: object = EVENT, room_mm: float = 70.0) -> TimeAxis:
    return time_axis(windows, [], event=event, event_end=event, zone=LONDON, room_mm=room_mm)


def labels(axis: TimeAxis) -> list[str]:
    return [words.replace("\n", " ") for _, words in axis.ticks]


def test_hours_are_counted_from_the_event() -> None:
    axis = axis_of(read(end="2019-06-05T18:30"))
    assert axis.at(pd.Timestamp("2019-06-05T17:30Z")) == 48
    assert labels(axis) == [
        "event Mon 3 Jun 18:30",
        "+12 h Tue 4 Jun 06:30",
        "+24 h Tue 4 Jun 18:30",
        "+36 h Wed 5 Jun 06:30",
        "+48 h Wed 5 Jun 18:30",
    ]
    assert axis.label == "time since the event (2019, London time)"


def test_over_many_days_they_are_counted_in_days() -> None:
    assert "+8 days Tue 11 Jun 18:30" in labels(axis_of(read(end="2019-06-14T18:30")))


def test_before_the_event_hours_have_a_real_minus() -> None:
    assert "−24 h Sun 2 Jun 18:30" in labels(axis_of(read(end="2019-06-02T10:00")))


def test_without_an_event_ticks_are_dates() -> None:
    axis = axis_of(read("2019-06-03", "2019-06-06", "period", "day"), event=pd.NaT)
    assert labels(axis) == ["Mon 3 Jun", "Tue 4 Jun", "Wed 5 Jun", "Thu 6 Jun"]
    assert axis.label == "date (2019, London time)"


def test_without_an_event_one_day_has_clock_times_and_names_the_day_once() -> None:
    axis = axis_of(read("2019-06-03T00:00", "2019-06-03T14:00", "period"), event=pd.NaT)
    assert labels(axis)[:2] == ["00:00 Mon 3 Jun", "03:00"]


def test_over_years_ticks_are_years() -> None:
    axis = axis_of(read("2011-05-01", "2019-06-06", "period", "month"), event=pd.NaT)
    assert labels(axis) == ["2012", "2014", "2016", "2018"]


def test_where_times_crowd_near_the_event_the_axis_is_compressed_and_says_so() -> None:
    ends = ["2019-06-04T06:00", "2019-06-05T06:00", "2020-06-03T18:30"]
    axis = axis_of(*(read(end=end) for end in ends))
    assert axis.bend is not None
    assert "drawn closer the further away" in axis.label
    early, late = axis.share(12), axis.share(36) - axis.share(12)
    assert early > 0.1
    assert late > 0.1  # on an even axis, 24 of 8,784 hours
    assert "+3 months 3 Sep 2019" in labels(axis)


def test_where_times_are_spread_the_axis_is_even() -> None:
    ends = [f"2019-{month:02}-01" for month in range(7, 13)]
    axis = axis_of(*(read(end=end) for end in ends))
    assert axis.bend is None
    assert axis.share(axis.low + (axis.high - axis.low) / 4) == 0.25


def test_a_beginning_long_before_all_ends_runs_off_the_axis() -> None:
    since = read("1980-01-01", None, "since", "decade")
    axis = axis_of(read(end="2019-06-05"), since)
    assert axis.low > -24
    assert axis.at(since.start_to) < axis.low


def test_a_lone_beginning_long_ago_is_on_the_axis() -> None:
    since = read("1980-01-01", None, "since", "decade")
    axis = axis_of(since, event=pd.NaT)
    assert axis.low < axis.at(since.start_from)
    assert axis.at(since.start_to) < axis.high


@given(st.lists(st.tuples(moments, kinds, precisions), min_size=1, max_size=8), zones)
def test_every_end_is_on_the_axis_and_ticks_stand_apart(
    rows: list[tuple[datetime, str | None, str | None]], zone: str
) -> None:
    where = ZoneInfo(zone)
    windows = []
    for at, kind, precision in rows:
        end = pd.Timestamp(at, tz="UTC")
        row = timeline.timed(kind=kind, precision=precision) | {
            "window_start": end - pd.Timedelta(hours=30),
            "window_end": end,
        }
        windows.append(window_of(row, where))
    for event in (EVENT, pd.NaT):
        axis = time_axis(windows, [], event=event, event_end=event, zone=where, room_mm=70.0)
        assert all(axis.low < axis.at(w.end_to) < axis.high for w in windows)
        places = [at for at, _ in axis.ticks]
        assert places
        assert places == sorted(set(places))
        assert axis.low <= places[0]
        assert places[-1] <= axis.high
