"""What a page says of its article: headline, author, date, outlet, address, language."""

from __future__ import annotations

import pytest
from pages import (
    ADDRESS,
    HEADLINE,
    NEWS_ARTICLE,
    OUTLET,
    article,
    json_ld,
    page,
    prose,
)

from metoo_research.readers.html_dates import iso_date
from metoo_research.readers.html_metadata import authors_of
from metoo_research.readers.html_titles import without_site


def test_structured_data_come_first() -> None:
    head = json_ld(NEWS_ARTICLE) + (
        '<meta property="og:title" content="Something for the networks | Gazette">'
        '<meta property="article:published_time" content="2017-10-19">'
        '<link rel="canonical" href="https://gazette.example/c">'
    )
    found = article(page(prose(1, 2), head=head))
    assert (found.headline, found.author) == (HEADLINE, "Ann Writer, Ben Pen")
    assert found.published == "2017-10-16T08:30:00-04:00"
    assert (found.outlet, found.language) == (OUTLET, "en")
    assert found.url == "https://gazette.example/c"
    assert found.basis == {
        "headline": "JSON-LD headline",
        "author": "JSON-LD author",
        "published": "JSON-LD datePublished",
        "outlet": "JSON-LD publisher",
        "url": "link canonical",
        "language": "html lang",
    }


def test_people_and_outlets_of_a_graph_are_followed_to_their_names() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "@id": "#site", "name": OUTLET},
            {"@type": "Person", "@id": "#ann", "name": "Ann Writer"},
            NEWS_ARTICLE | {"author": {"@id": "#ann"}, "publisher": {"@id": "#site"}},
        ],
    }
    found = article(page(prose(1), head=json_ld(graph)))
    assert (found.author, found.outlet) == ("Ann Writer", OUTLET)


def test_open_graph_and_meta_tags_serve_where_there_is_nothing_better() -> None:
    head = (
        f'<meta property="og:title" content="{HEADLINE} - {OUTLET}">'
        f'<meta property="og:site_name" content="{OUTLET}">'
        f'<meta property="og:url" content="{ADDRESS}">'
        '<meta property="article:published_time" content="2017-10-16T08:30:00Z">'
        '<meta name="author" content="By Ann Writer and Ben Pen">'
    )
    found = article(page(prose(1), head=head))
    assert (found.headline, found.outlet, found.url) == (HEADLINE, OUTLET, ADDRESS)
    assert (found.author, found.published) == (
        "Ann Writer, Ben Pen",
        "2017-10-16T08:30:00+00:00",
    )
    assert found.basis["headline"] == "og:title"


def test_what_a_page_does_not_say_stays_empty() -> None:
    found = article(prose(1, 2).encode())
    assert (found.headline, found.author, found.published, found.outlet, found.url) == (
        None,
    ) * 5
    assert found.basis == {}


def test_broken_json_ld_does_not_hinder() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    assert article(page(prose(1), head=head)).headline == HEADLINE


def test_a_date_with_month_in_words_beside_the_headline_is_read() -> None:
    found = article(page(f"<p class='dateline'>October 16, 2017</p>{prose(1, 2)}"))
    assert (found.published, found.basis["published"]) == ("2017-10-16", "date shown")


def test_a_date_in_numbers_that_can_be_read_two_ways_stays_empty() -> None:
    assert article(page(f"<time>10/11/2017</time>{prose(1, 2)}")).published is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2017-10-15T08:30:00-04:00", "2017-10-15T08:30:00-04:00"),
        ("2017-10-15T08:30:00.000Z", "2017-10-15T08:30:00+00:00"),
        ("2017-10-15 08:30:00 -0700", "2017-10-15T08:30:00-07:00"),
        ("2017-10-15T08:30", "2017-10-15T08:30:00"),
        ("2017-10-15", "2017-10-15"),
        ("20171015", "2017-10-15"),
        ("Sun, 15 Oct 2017 08:30:00 GMT", "2017-10-15T08:30:00+00:00"),
        ("October 15, 2017 at 8:30 PM EDT", "2017-10-15T20:30:00-04:00"),
        ("Oct. 15, 2017, 8:30 a.m. ET", "2017-10-15T08:30:00-04:00"),
        ("December 15, 2017, 12:05 a.m. ET", "2017-12-15T00:05:00-05:00"),
        ("15 October 2017, 08:30 IST", "2017-10-15"),  # India, Ireland or Israel
        ("25/12/2017", "2017-12-25"),
        ("12/25/2017", "2017-12-25"),
        ("10/11/2017", None),
        ("10.11.2017 08:30", None),
        ("2017-13-45", None),
        ("1970-01-01T00:00:00Z", None),  # what content systems write for no date
        ("yesterday", None),
    ],
)
def test_dates_never_swap_day_and_month_and_keep_their_zone(
    said: str, meant: str | None
) -> None:
    assert iso_date(said) == meant


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Workers share their stories | The Daily News", "Workers share their stories"),
        ("Workers share their stories - The Harbour Gazette", "Workers share their stories"),
        ("Workers share their stories — Harbour Times", "Workers share their stories"),
        ("Workers share their stories | News | The Daily News", "Workers share their stories"),
        ("The Harbour Gazette: Workers share their stories", "Workers share their stories"),
        ("Workers share their stories - gazette.com", "Workers share their stories"),
        ("Workers share their stories - what happens next", None),
        ("Strike at the docks: a timeline", None),
        ("#Docks - Ten voices", None),
    ],
)
def test_the_name_of_the_site_is_taken_off_a_headline(title: str, headline: str | None) -> None:
    assert without_site(title, outlet=OUTLET, url=None) == (headline or title)


@pytest.mark.parametrize(
    ("shown", "headline"),
    [
        ("Why the &lt;b&gt; tag offends", "Why the <b> tag offends"),
        ("How &lt;b&gt;bold&lt;/b&gt; became a word", "How <b>bold</b> became a word"),
        ("Rents &lt; 3 crowns &gt; wages", "Rents < 3 crowns > wages"),
        ("It was <i>me</i>, too", "It was me, too"),
    ],
)
@pytest.mark.parametrize("with_data", [False, True])
def test_a_tag_that_a_headline_shows_is_part_of_it(
    shown: str, headline: str, *, with_data: bool
) -> None:
    data = json_ld({"@type": "NewsArticle", "headline": shown}) if with_data else ""
    body = f"<html><head>{data}</head><body><article><h1>{shown}</h1>{prose(1, 2, 3)}"
    assert article(f"{body}</article></body></html>".encode()).headline == headline


def test_a_short_unknown_name_is_taken_off_where_the_page_shows_the_headline() -> None:
    given_title = without_site("Ten voices - Quay", outlet=None, url=None, shown=["Ten voices"])
    assert given_title == "Ten voices"


@pytest.mark.parametrize(
    ("names", "author"),
    [
        (["By Ann Writer"], "Ann Writer"),
        (["Ann Writer", "Ben Pen"], "Ann Writer, Ben Pen"),
        (["Ann Writer and Ben Pen"], "Ann Writer, Ben Pen"),
        (["Ann Writer, The Harbour Gazette"], "Ann Writer"),
        (["https://www.facebook.com/annwriter"], None),
        (["@annwriter"], None),
        (["admin"], None),
        ([OUTLET, "Ann Writer"], "Ann Writer"),
        ([OUTLET], OUTLET),
    ],
)
def test_authors_are_names_without_by(names: list[str], author: str | None) -> None:
    assert authors_of(names, outlet=OUTLET) == author
