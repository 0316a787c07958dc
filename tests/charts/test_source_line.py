import chart_tables as tables
import pandas as pd
import pytest

from metoo_research.charts import source_line


def articles(*published: str | None, outlets: list[str | None] | None = None) -> pd.DataFrame:
    times = [pd.Timestamp(time) if time else pd.NaT for time in published]
    ids = [f"a{at}" for at in range(len(times))]
    table = pd.DataFrame({"article_id": ids, "published": times})
    if outlets is not None:
        table["outlet"] = outlets
    return table


def test_outlets_dates_and_n_are_named() -> None:
    table = articles(
        "2017-10-16T23:30-04:00", "2017-10-17T08:00+02:00", outlets=["Herald", "Examiner"]
    )
    assert source_line(table, about="#SafeRide", words=1500) == (
        "Source: 2 news articles about #SafeRide (Herald, Examiner), "
        "published 16 to 17 October 2017; n = 2 articles, 1,500 words."
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2017-10-16", "2017-10-16", "published 16 October 2017;"),
        ("2017-10-30", "2017-11-02", "published 30 October to 2 November 2017;"),
        ("2017-12-30", "2018-01-02", "published 30 December 2017 to 2 January 2018;"),
    ],
)
def test_the_span_of_days_is_written_without_repeating(
    first: str, last: str, words: str
) -> None:
    assert words in source_line(articles(last, first))


def test_unknown_dates_are_said_to_be_unknown() -> None:
    assert "(date known for 1 of 2)" in source_line(articles("2017-10-16", None))
    assert ", dates of publication unknown;" in source_line(articles(None))


def test_unknown_outlets_are_counted() -> None:
    table = articles("2017-10-16", "2017-10-16", outlets=["Herald", None])
    assert "(Herald, 1 of unknown outlet)" in source_line(table)


def test_many_outlets_are_counted_not_named() -> None:
    table = articles(*["2017-10-16"] * 8, outlets=[f"Paper {at}" for at in range(8)])
    assert "8 news articles from 8 outlets, published" in source_line(table)


def test_articles_without_an_outlet_are_no_outlet() -> None:
    papers: list[str | None] = [f"Paper {at}" for at in range(7)]
    table = articles(*["2017-10-16"] * 10, outlets=[*papers, None, None, None])
    assert "from 7 outlets, 3 of unknown outlet, published" in source_line(table)


def test_many_articles_without_outlets_are_said_to_be_so() -> None:
    table = articles(*["2017-10-16"] * 8)
    assert "8 news articles of unknown outlets, published" in source_line(table)


def test_without_outlets_the_labels_are_named_and_a_note_is_added() -> None:
    line = source_line(tables.articles().head(1), note="Stop words left out.")
    assert line == (
        "Source: 1 news article (Harbour Herald); n = 1 article. Stop words left out."
    )
