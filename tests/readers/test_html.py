"""Saved pages: the article with its posts and captions, what the page says of it, and no more."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.errors import ReadError
from metoo_research.passages import label_text
from metoo_research.readers import File, Post, RawArticle, reader_for
from metoo_research.readers.html import HTML, read
from metoo_research.readers.html_dates import iso_date
from metoo_research.readers.html_metadata import authors_of, without_site
from tests.readers.damage import damaged, outcomes
from tests.readers.pages import (
    ADDRESS,
    HEADLINE,
    NEWS_ARTICLE,
    OUTLET,
    facebook,
    instagram,
    json_ld,
    page,
    paragraph,
    prose,
    tweet,
)


def article(data: bytes) -> RawArticle:
    (found,) = read(File("a.html", data))
    return found


def passages(found: RawArticle) -> list[tuple[str, str]]:
    return [(part.kind, found.text[part.start : part.end]) for part in found.passages]


def of_kind(found: RawArticle, kind: str) -> list[str]:
    return [text for own, text in passages(found) if own == kind]


def why_not(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read(File("a.html", data))
    return caught.value.reason


# The text and its parts


def test_a_page_becomes_headline_and_paragraphs_with_an_empty_line_between() -> None:
    found = article(page(prose(1, 2)))
    assert found.text == f"{HEADLINE}\n\n{paragraph(1)}\n\n{paragraph(2)}"
    assert [(part.kind, part.rule) for part in found.passages] == [
        ("headline", "html_headline"),
        ("body", "html_paragraph"),
        ("body", "html_paragraph"),
    ]


def test_navigation_footer_and_captions_of_other_stories_are_no_part_of_it() -> None:
    text = article(page(prose(1, 2, 3))).text
    for outside in ("Home", "Copyright", "More stories", "mayor"):
        assert outside not in text


def test_subheads_byline_and_captions_keep_their_kind_and_place() -> None:
    body = (
        '<div class="byline">By Ann Writer and Ben Pen</div>'
        '<figure><img src="a.jpg"><figcaption>The gate at dawn. <span>Photo: Lee</span>'
        f"</figcaption></figure>{prose(1)}<h2>What the board said</h2>{prose(2)}"
        f"<figure><img src='b.jpg'><figcaption>The letter.</figcaption></figure>{prose(3)}"
    )
    assert passages(article(page(body))) == [
        ("headline", HEADLINE),
        ("byline", "By Ann Writer and Ben Pen"),
        ("caption", "The gate at dawn. Photo: Lee"),
        ("body", paragraph(1)),
        ("subhead", "What the board said"),
        ("body", paragraph(2)),
        ("caption", "The letter."),
        ("body", paragraph(3)),
    ]


def test_two_line_breaks_end_a_paragraph_one_does_not() -> None:
    broken = f"<div>{paragraph(1)}<br><br>{paragraph(2)}<br>A second line.</div>"
    assert of_kind(article(page(broken)), "body") == [
        paragraph(1),
        f"{paragraph(2)}\nA second line.",
    ]


def test_list_items_and_table_rows_are_lines_of_their_own() -> None:
    body = (
        f"{prose(1)}<ul><li>They ask for a hearing in public.</li><li>They ask for pay.</li></ul>"
        f"{prose(2)}<table><tr><td>Gate</td><td>12 workers</td></tr></table>{prose(3)}"
    )
    text = article(page(body)).text
    assert "They ask for a hearing in public.\n" in text
    assert "\n\nGate | 12 workers\n\n" in text


def test_a_heading_that_leads_away_is_left_to_the_rules_for_text() -> None:
    found = article(page(f"{prose(1, 2)}<h3>Read more: the strike of 1990</h3>{prose(3)}"))
    assert of_kind(found, "subhead") == []
    kinds = {line.text: line.kind for line in label_text(found.text, found.passages)}
    assert kinds["Read more: the strike of 1990"] == "promo"


@given(st.lists(st.sampled_from([prose(1), prose(2), tweet(), instagram(), "<h2>Then</h2>"])))
def test_passages_are_in_order_and_hold_the_whole_text(parts: list[str]) -> None:
    found = article(page(prose(0) + "".join(parts)))
    at = 0
    for part in found.passages:
        assert not found.text[at : part.start].strip()
        assert found.text[part.start : part.end].strip()
        assert part.start >= at
        at = part.end
    assert at == len(found.text)


# Embedded posts


def test_a_tweet_is_kept_at_its_place_with_author_handle_date_and_address() -> None:
    found = article(page(prose(1) + tweet() + prose(2)))
    assert [kind for kind, _ in passages(found)] == [
        "headline", "body", "embedded_tweet", "tweet_credit", "body",
    ]  # fmt: skip
    assert of_kind(found, "embedded_tweet") == [
        "We were all there, and nobody asked us. #docks"
    ]
    assert of_kind(found, "tweet_credit") == ["— Cora Crane (@coracrane) October 15, 2017"]
    said = Post(
        author="Cora Crane",
        handle="@coracrane",
        posted="October 15, 2017",
        url="https://twitter.com/coracrane/status/919659",
    )
    assert [part.post for part in found.passages] == [None, None, said, said, None]


def test_an_instagram_post_is_kept_with_author_handle_and_date() -> None:
    found = article(page(prose(1) + instagram() + prose(2)))
    assert of_kind(found, "embedded_tweet") == ["The yard this morning."]
    post = found.passages[2].post
    assert post == Post(
        author="Dan Dock",
        handle="@dan.dock",
        posted="Oct 17, 2017 at 1:00pm PDT",
        url="https://www.instagram.com/p/Ba3xYz/",
    )


def test_a_post_without_words_keeps_its_credit() -> None:
    found = article(page(prose(1) + instagram("") + prose(2)))
    assert of_kind(found, "embedded_tweet") == []
    assert len(of_kind(found, "tweet_credit")) == 1


def test_a_facebook_post_is_kept() -> None:
    found = article(page(prose(1) + facebook() + prose(2)))
    assert of_kind(found, "embedded_tweet") == ["Reading all of these tonight."]
    post = found.passages[2].post
    assert post is not None
    assert (post.author, post.handle, post.posted) == (
        "Eve East", None, "Monday, October 16, 2017",
    )  # fmt: skip


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "<div class='embed embedded'>{}</div>",
        "<figure class='op-interactive'>{}</figure>",
        "<div class='social-share widget'><div>{}</div></div>",
        "<aside class='embed'>{}</aside>",
        "<ul><li>{}</li></ul>",
        "<center>{}</center>",
        "<p>{}</p>",
        "<section><p>So one of them wrote:</p>{}</section>",
        "<figure>{}<figcaption>Seen a thousand times.</figcaption></figure>",
    ],
)
def test_a_tweet_is_kept_whatever_is_around_it(around: str) -> None:
    body = prose(1) + around.format(tweet("First words.")) + prose(2) + tweet("Last words.")
    found = article(page(body))
    assert of_kind(found, "embedded_tweet") == ["First words.", "Last words."]
    places = [found.text.index(part) for part in (paragraph(1), "First words.", paragraph(2))]
    assert places == sorted(places)


def test_an_article_of_little_but_tweets_keeps_all_of_them_in_order() -> None:
    texts = [f"Tweet number {number}, word for word." for number in range(30)]
    tweets = "".join(
        f"<p>And then:</p>{tweet(text, number=number)}" for number, text in enumerate(texts)
    )
    assert (
        of_kind(article(page(f"<p>This is what they wrote.</p>{tweets}")), "embedded_tweet")
        == texts
    )


def test_the_same_tweet_shown_twice_is_there_twice() -> None:
    found = article(page(prose(1) + tweet() + prose(2) + tweet() + prose(3)))
    assert len(of_kind(found, "embedded_tweet")) == 2


def test_a_tweet_without_its_class_is_known_by_its_credit() -> None:
    found = article(page(prose(1) + tweet(name="quote") + prose(2)))
    assert len(of_kind(found, "embedded_tweet")) == 1


def test_a_quotation_is_no_post() -> None:
    said = (
        "I would sign it again, and so would everybody I have worked with in all these years."
    )
    found = article(page(f"{prose(1)}<blockquote><p>{said}</p></blockquote>{prose(2)}"))
    assert said in of_kind(found, "body")


def test_line_breaks_in_a_tweet_are_kept_and_entities_resolved() -> None:
    found = article(
        page(prose(1) + tweet("One line<br>Rock &amp; roll<br><br>#docks") + prose(2))
    )
    assert of_kind(found, "embedded_tweet") == ["One line\nRock & roll\n#docks"]


def test_a_post_that_only_a_script_could_show_is_noted() -> None:
    frame = '<iframe src="https://platform.twitter.com/embed/Tweet.html?id=919659"></iframe>'
    assert article(page(prose(1) + frame + prose(2))).notes == (
        "1 embedded post without text in the page",
    )


def test_a_post_in_a_frame_that_the_page_holds_is_read() -> None:
    inner = tweet("Inside a frame.").replace('"', "&quot;")
    found = article(page(f'{prose(1)}<iframe srcdoc="{inner}"></iframe>{prose(2)}'))
    assert of_kind(found, "embedded_tweet") == ["Inside a frame."]


def test_author_and_date_of_a_post_are_not_taken_for_the_articles() -> None:
    found = article(page(prose(1) + instagram() + prose(2)))
    assert (found.author, found.published) == (None, None)


# What the page says of its article


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


# Cut short, or no article


def test_a_paywalled_opening_is_truncated() -> None:
    head = json_ld(NEWS_ARTICLE | {"isAccessibleForFree": "False"})
    assert article(page(prose(1), head=head)).truncated is True
    long = article(page(prose(*range(12)), head=head))
    assert long.truncated is None


def test_fewer_words_than_the_page_declares_are_truncated() -> None:
    head = json_ld(NEWS_ARTICLE | {"wordCount": 900})
    assert article(page(prose(1, 2), head=head)).truncated is True


@pytest.mark.parametrize(
    "notice",
    [
        "Read the full article at our partner's site.",
        "Subscribe to continue reading.",
        "Already a subscriber? Log in.",
    ],
)
def test_a_notice_at_the_end_says_truncated(notice: str) -> None:
    assert article(page(f"{prose(1, 2)}<p>{notice}</p>")).truncated is True
    assert article(page(prose(1, 2))).truncated is None


def _bare(body: str, title: str = OUTLET) -> bytes:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


_TEASERS = "".join(
    f'<article><h2><a href="/{n}">A story about pier number {n}</a></h2><p>In short.</p></article>'
    for n in range(20)
)
_LINKS = "".join(
    f'<li><a href="/{n}">A story about pier number {n}</a></li>' for n in range(30)
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "an empty page"),
        (b" \r\n\0 ", "an empty page"),
        (_bare(""), "no text"),
        (_bare("<h1>Page not found</h1><p>Sorry, it has moved. Try our front page.</p>"), "an error page"),
        (_bare("<h1>Oops</h1><p>The article you want is no longer available.</p>"), "an error page"),
        (
            _bare("<h1>Log in</h1><form><input type=password></form><p>Forgot your password?</p>"),
            "a login page",
        ),
        (
            _bare(
                "<h1>Before you continue</h1><p>We use cookies on your device.</p>"
                "<button>Accept all</button>"
            ),
            "a cookie notice",
        ),
        (
            _bare("<noscript>Please enable JavaScript to go on.</noscript><div id=app></div>"),
            "a check for robots or JavaScript",
        ),
        (_bare(f"<main>{_TEASERS}</main>"), "a list of articles"),
        (_bare(f"<h1>Archive</h1><ul>{_LINKS}</ul>"), "a list of articles"),
        (b"<rss><channel><title>A</title><item><title>B</title></item></channel></rss>", "no text"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    assert why_not(data) == f"no article in it ({reason})"


@pytest.mark.parametrize(
    "extra",
    [
        "<form><input type=password></form><a href='/login'>Log in</a>",
        "<div class='consent'><p>We use cookies.</p><button>Accept all</button></div>",
        "<noscript>Please enable JavaScript.</noscript>",
        f"<section class='related'>{_TEASERS}</section>",
    ],
)
def test_an_article_with_these_beside_it_is_read(extra: str) -> None:
    found = article(
        page(prose(*range(8)), head=json_ld(NEWS_ARTICLE)).replace(
            b"<nav>", extra.encode() + b"<nav>"
        )
    )
    assert of_kind(found, "body")[:8] == [paragraph(number) for number in range(8)]


def test_an_article_about_missing_pages_is_read() -> None:
    data = _bare(f"<article><h1>Why pages are not found</h1>{prose(*range(6))}</article>")
    assert len(of_kind(article(data), "body")) == 6


# Encodings


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "latin1"])
def test_a_declared_encoding_is_read_as_browsers_do(declared: str) -> None:
    text = f'<html><head><meta charset="{declared}"></head><p>{paragraph(1)} “Café” – £5.</p></html>'
    found = article(text.encode("cp1252"))
    assert found.text.endswith("“Café” – £5.")
    assert found.encoding == "cp1252"


def test_utf_8_is_read_as_such_whatever_the_page_declares() -> None:
    found = article(page(f"<p>{paragraph(1)} Café.</p>").replace(b"utf-8", b"iso-8859-1"))
    assert (found.text[-5:], found.encoding) == ("Café.", "utf-8")


def test_a_character_cut_in_two_is_noted_and_the_rest_read() -> None:
    data = page(f"<p>{paragraph(1)} Café “so”.</p>{prose(2)}").replace(b"\xc3\xa9", b"\xc3")
    found = article(data)
    assert paragraph(2) in found.text
    assert found.notes == ("characters that could not be read: 1",)


def test_text_that_was_read_wrongly_before_is_mended_and_noted() -> None:
    wrong = "She said it wasn’t fair – so the café closed.".encode().decode("cp1252")
    found = article(page(f"{prose(1)}<p>{wrong}</p>{prose(2)}"))
    assert "wasn’t fair – so the café" in found.text
    assert found.notes == ("mojibake repaired, passages: 1",)


def test_null_bytes_are_passed_over() -> None:
    assert paragraph(1) in article(page(prose(1)).replace(b"workers", b"wor\0kers")).text


# Recognised


@pytest.mark.parametrize(
    "start",
    [
        b"<!DOCTYPE html><html>",
        b"\xef\xbb\xbf\r\n <HTML lang=en>",
        b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>",
        b"<!-- saved from url=(0019)https://a.example/ -->\n<html>",
        "\ufeff<!doctype html>".encode("utf-16"),
    ],
)
def test_a_page_is_known_by_its_beginning(start: bytes) -> None:
    assert HTML.recognises(File("a.txt", start))
    assert reader_for(File("a.txt", start)) is HTML


def test_text_about_html_is_no_page() -> None:
    assert not HTML.recognises(File("a.txt", b"The <html> tag is the first of a page."))


def test_where_a_browser_saved_it_from_is_its_address() -> None:
    note = f"<!-- saved from url=(0047){ADDRESS} -->".encode()
    found = article(page(prose(1)).replace(b"<html", note + b"<html", 1))
    assert (found.url, found.basis["url"]) == (ADDRESS, "where it was saved from")


# Bad input


def test_tags_nested_100_000_deep_do_not_hide_the_text() -> None:
    deep = prose(1) + "<div><span>" * 50_000 + prose(2) + "</span></div>" * 50_000 + prose(3)
    found = article(deep.encode())
    assert [paragraph(number) in found.text for number in (1, 2, 3)] == [True] * 3
    assert found.notes == ("tags nested more than 150 deep were taken out",)


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">', '<!ENTITY a SYSTEM "file:///etc/hosts">'],
)
def test_entities_of_its_own_are_refused(entity: str) -> None:
    text = (
        f'<?xml version="1.0"?><!DOCTYPE html [{entity}]><html><p>&a; {paragraph(1)}</p></html>'
    )
    assert why_not(text.encode()).startswith("declares entities of its own")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<p>" + b"a" * 60_000_000, "too large for a page"),
        (b"<p>x" * 1_100_000, "too large for an article"),
        (b"<p>" + b"word " * 2_400_000, "too large for an article"),
        (_bare("<div>a</div> b " * 30_000), "too large for an article"),
    ],
    ids=["bytes", "tags", "letters", "elements"],
)
def test_what_is_too_large_is_refused_quickly(data: bytes, reason: str) -> None:
    begun = time.process_time()
    assert why_not(data).startswith(reason)
    assert time.process_time() - begun < 10


def test_many_small_pieces_in_a_paragraph_take_no_longer_than_their_text() -> None:
    pieces = "".join(f"the <i>word</i> {n} " for n in range(9_000))
    begun = time.process_time()
    assert "word 8999" in article(page(f"{prose(1)}<p>{pieces}</p>{prose(2)}")).text
    assert time.process_time() - begun < 10


def test_damaged_pages_end_in_an_article_or_a_reason() -> None:
    figure = "<figure><img><figcaption>The gate.</figcaption></figure>"
    body = prose(1) + tweet() + figure + prose(2) + instagram() + facebook()
    whole = page(body, head=json_ld(NEWS_ARTICLE))
    found = outcomes(read, damaged(whole, 1_000, seed=5))
    assert found["read"] > 500


@given(st.binary(max_size=400))
def test_any_bytes_end_in_an_article_or_a_reason(data: bytes) -> None:
    outcomes(read, [data, b"<html><body><p>" + data])


def test_the_libraries_are_imported_when_a_page_is_read() -> None:
    code = (
        "import sys, metoo_research.readers;"
        "print([m for m in ('trafilatura', 'lxml', 'warcio', 'email.parser') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "trafilatura" not in done.stdout
    assert "warcio" not in done.stdout
