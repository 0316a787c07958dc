"""Dates of exports: months in three languages, day and month never exchanged."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.readers.exports.dates import find_date, is_date_line


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("October 16, 2017 Monday", "2017-10-16"),
        ("Monday 16 October 2017", "2017-10-16"),
        ("Oct 16, 2017", "2017-10-16"),
        ("Feb. 3, 2018", "2018-02-03"),
        ("3rd March 2018", "2018-03-03"),
        ("17 octobre 2017", "2017-10-17"),
        ("mardi 1er août 2017", "2017-08-01"),
        ("27. Februar 2012 Montag", "2012-02-27"),
        ("Dienstag, 7. März 2017", "2017-03-07"),
        ("2017-10-16", "2017-10-16"),
        ("20171016", "2017-10-16"),
        ("4.10.2017", "2017-10-04"),
        ("16/10/2017", "2017-10-16"),  # there is no 16th month
        ("10/16/2017", "2017-10-16"),
        ("4/4/2017", "2017-04-04"),  # either way the same day
    ],
)
def test_a_date_is_read(said: str, iso: str) -> None:
    assert find_date(said) == iso


@pytest.mark.parametrize(
    "said",
    ["3/4/2017", "October 2017", "31 February 2017", "Late Edition", "", "99999999", "2017"],
)
def test_what_is_no_certain_day_is_left_open(said: str) -> None:
    assert find_date(said) is None


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("February 27, 2012 Monday 9:50 PM GMT+1", "2012-02-27T21:50:00+01:00"),
        ("27 Februar 2012 12:05 AM GMT", "2012-02-27T00:05:00+00:00"),
        ("October 16, 2017 Monday 8:15 AM EST", "2017-10-16T08:15:00-05:00"),  # RFC 2822
        ("October 16, 2017 8:15 AM", "2017-10-16"),  # of which zone it is, nothing says
    ],
)
def test_a_time_is_kept_with_its_zone(said: str, iso: str) -> None:
    assert find_date(said) == iso


@given(day=st.dates(date(1850, 1, 1), date(2090, 12, 31)))
def test_both_orders_of_a_named_month_give_the_same_day(day: date) -> None:
    months = "January February March April May June July August September October November"
    month = [*months.split(), "December"][day.month - 1]
    assert find_date(f"{month} {day.day}, {day.year}") == day.isoformat()
    assert find_date(f"{day.day} {month} {day.year}") == day.isoformat()


@given(said=st.text(max_size=80))
def test_any_text_gives_a_date_or_none(said: str) -> None:
    found = find_date(said)
    assert found is None or found[4] == found[7] == "-"


def test_a_sentence_with_a_date_is_no_date_line() -> None:
    assert is_date_line("October 16, 2017 Monday")
    assert not is_date_line(
        "The school wrote to every parent on 16 October 2017 and asked them to come forward."
    )
