"""Saved pages: the article and its parts, what is none, encodings, and bad input."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from damage import damaged, outcomes
from hypothesis import given
from hypothesis import strategies as st
from pages import (
    ADDRESS,
    HEADLINE,
    NEWS_ARTICLE,
    OUTLET,
    article,
    facebook,
    instagram,
    json_ld,
    of_kind,
    page,
    paragraph,
    passages,
    prose,
    tweet,
)

from metoo_research.errors import ReadError
from metoo_research.passages import label_text
from metoo_research.readers import File, reader_for
from metoo_research.readers.html import HTML, read


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


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By Ann Writer</p>",
        "<p><em>By Ann Writer and Ben Pen, Staff Writers</em></p>",
        "<p>14 May 2019</p><p>By ANN WRITER</p>",
    ],
)
def test_a_paragraph_worded_as_a_byline_is_one(byline: str) -> None:
    found = article(page(f"{byline}{prose(1, 2, 3)}"))
    kinds = [line.kind for line in label_text(found.text, found.passages)]
    assert [kind for kind in kinds if kind != "date"] == ["headline", "byline", *["body"] * 3]


def test_two_line_breaks_end_a_paragraph_one_does_not() -> None:
    broken = f"<div>{paragraph(1)}<br><br>{paragraph(2)}<br>A second line.</div>"
    assert of_kind(article(page(broken)), "body") == [
        paragraph(1),
        f"{paragraph(2)}\nA second line.",
    ]


def test_list_items_and_table_rows_are_passages_of_their_own() -> None:
    body = (
        f"{prose(1)}<ul><li>They ask for a hearing.</li><li>They ask for pay.</li></ul>"
        f"{prose(2)}<table><tr><td>Gate</td><td>12 workers</td></tr></table>{prose(3)}"
    )
    text = article(page(body)).text
    assert "\n\nThey ask for a hearing.\n\nThey ask for pay.\n\n" in text
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
    told = "In the evening they went home, and nobody would stop to read the full story of it."
    assert article(page(f"{prose(1, 2)}<p>{told}</p>")).truncated is None


def _bare(body: str, title: str = OUTLET) -> bytes:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


_STORY = '<a href="/{0}">A story about pier number {0}</a>'
_TEASERS = "".join(
    f"<article><h2>{_STORY.format(n)}</h2><p>In short.</p></article>" for n in range(20)
)
_LINKS = "".join(f"<li>{_STORY.format(n)}</li>" for n in range(30))
_LOGIN = "<form><input type=password></form><p>Forgot your password?</p>"
_CONSENT = "<p>We use cookies on your device.</p><button>Accept all</button>"
_SCRIPT = "<noscript>Please enable JavaScript to go on.</noscript>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "an empty page"),
        (b" \r\n\0 ", "an empty page"),
        (_bare(""), "no text"),
        (_bare("<h1>Page not found</h1><p>Sorry, it has moved.</p>"), "an error page"),
        (_bare("<h1>Oops</h1><p>The article is no longer available.</p>"), "an error page"),
        (_bare(f"<h1>Log in</h1>{_LOGIN}"), "a login page"),
        (_bare(f"<h1>Before you continue</h1>{_CONSENT}"), "a cookie notice"),
        (_bare(f"{_SCRIPT}<div id=app></div>"), "a check for robots or JavaScript"),
        (_bare(f"<main>{_TEASERS}</main>"), "a list of articles"),
        (_bare(f"<h1>Archive</h1><ul>{_LINKS}</ul>"), "a list of articles"),
        (b"<rss><channel><item><title>B</title></item></channel></rss>", "a feed of articles"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    assert why_not(data) == f"no article in it ({reason})"


@pytest.mark.parametrize(
    "extra",
    [
        _LOGIN,
        _CONSENT,
        _SCRIPT,
        f"<section class='related'>{_TEASERS}</section>",
    ],
)
def test_an_article_with_these_beside_it_is_read(extra: str) -> None:
    data = page(prose(*range(8)), head=json_ld(NEWS_ARTICLE))
    found = article(data.replace(b"</main>", extra.encode() + b"</main>"))
    assert of_kind(found, "body")[:8] == [paragraph(number) for number in range(8)]


def test_an_article_about_missing_pages_is_read() -> None:
    data = _bare(f"<article><h1>Why pages are not found</h1>{prose(*range(6))}</article>")
    assert len(of_kind(article(data), "body")) == 6


# Encodings


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "latin1"])
def test_a_declared_encoding_is_read_as_browsers_do(declared: str) -> None:
    head = f'<html><head><meta charset="{declared}"></head>'
    text = f"{head}<p>{paragraph(1)} “Café” – £5.</p></html>"
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
        "<!doctype html>".encode("utf-16"),
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
    heavy = ["trafilatura", "lxml", "warcio"]
    code = f"import sys, metoo_research.readers; print(sys.modules.keys() & set({heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "set()"
