"""Pages saved in one file with their frames, as browsers do."""

from __future__ import annotations

import base64
import quopri

import pytest
from damage import damaged, outcomes
from pages import ADDRESS, HEADLINE, NEWS_ARTICLE, json_ld, page, paragraph, prose

from metoo_research.errors import ReadError
from metoo_research.readers import File, RawArticle, reader_for
from metoo_research.readers.mail import MAIL
from metoo_research.readers.mhtml import MHTML, read

_EDGE = "----MultipartBoundary--x7--"
_RENDERED_TWEET = """<html><body><article role="article"><a href="https://twitter.com/coracrane">
<span>Cora Crane</span></a><span>@coracrane</span>
<div data-testid="tweetText"><span>We were all there.</span></div>
<a href="https://twitter.com/coracrane/status/919659"><time datetime="2017-10-15T20:21:00.000Z">
8:21 PM · Oct 15, 2017</time></a></article></body></html>"""


def part(data: bytes, kind: str, *headers: str, quoted: bool = True) -> bytes:
    name = "quoted-printable" if quoted else "base64"
    content = quopri.encodestring(data) if quoted else base64.encodebytes(data)
    lines = (f"Content-Type: {kind}", f"Content-Transfer-Encoding: {name}", *headers, "", "")
    return f"--{_EDGE}\r\n".encode() + "\r\n".join(lines).encode() + content + b"\r\n"


def saved(*parts: bytes, address: str = ADDRESS) -> bytes:
    """What Chrome writes for "Web page, single file"."""
    header = (
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {address}",
        f"Subject: {HEADLINE}",
        "Date: Tue, 17 Oct 2017 09:00:00 -0000",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related; type="text/html"; boundary="{_EDGE}"',
        "",
        "",
    )
    return "\r\n".join(header).encode() + b"".join(parts) + f"--{_EDGE}--\r\n".encode()


def article(data: bytes) -> RawArticle:
    (found,) = read(File("a.mhtml", data))
    return found


def test_the_page_is_read_with_the_address_it_was_saved_from() -> None:
    found = article(saved(part(page(f"{prose(1)}<p>Café.</p>"), "text/html")))
    assert found.text == f"{HEADLINE}\n\n{paragraph(1)}\n\nCafé."
    assert (found.url, found.basis["url"]) == (ADDRESS, "where it was saved from")
    assert found.published is None  # the day it was saved says nothing of the article


@pytest.mark.parametrize("quoted", [True, False])
def test_parts_may_be_quoted_or_in_base64(quoted: bool) -> None:
    picture = part(b"\x89PNG\r\n", "image/png", quoted=False)
    data = saved(picture, part(page(prose(1)), "text/html", quoted=quoted))
    assert paragraph(1) in article(data).text


def test_the_encoding_of_the_part_counts() -> None:
    text = page(f"{prose(1)}<p>“So it was” – £5.</p>").decode().encode("cp1252")
    data = text.replace(b'<meta charset="utf-8">', b"")
    found = article(saved(part(data, "text/html; charset=windows-1252")))
    assert found.text.endswith("“So it was” – £5.")


def test_a_tweet_in_a_frame_that_was_saved_along_is_kept() -> None:
    frame = '<div class="twitter-tweet"><iframe src="cid:frame-7@mhtml.blink"></iframe></div>'
    found = article(
        saved(
            part(page(prose(1) + frame + prose(2)), "text/html"),
            part(_RENDERED_TWEET.encode(), "text/html", "Content-ID: <frame-7@mhtml.blink>"),
        )
    )
    kinds = [passage.kind for passage in found.passages]
    assert kinds == ["headline", "body", "embedded_tweet", "tweet_credit", "body"]
    post = found.passages[2].post
    assert post is not None
    assert (post.author, post.handle, post.posted, post.url) == (
        "Cora Crane",
        "@coracrane",
        "8:21 PM · Oct 15, 2017",
        "https://twitter.com/coracrane/status/919659",
    )
    assert "We were all there." in found.text


def test_it_is_known_by_its_header_and_a_letter_is_none() -> None:
    data = saved(part(page(prose(1)), "text/html"))
    assert reader_for(File("a.txt", data)) is MHTML
    letter = data.replace(b"From: <Saved by Blink>", b"From: a@b.example\r\nTo: c@d.example")
    assert not MHTML.recognises(File("a.eml", letter))
    assert reader_for(File("a.eml", letter)) is MAIL


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (saved(), "no page in it"),
        (saved(part(b"\x89PNG", "image/png")), "no page in it"),
        (saved(part(b"<p></p>", "text/html")), "no article in it (no text)"),
        (b"\x00" * 500, "no page in it"),
    ],
)
def test_what_holds_no_article_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(File("a.mhtml", data))
    assert caught.value.reason == reason


def test_parts_within_parts_without_end_are_refused() -> None:
    nested = b"".join(
        b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(5_000)
    )
    with pytest.raises(ReadError):
        read(File("a.mhtml", nested))


def test_damaged_files_end_in_an_article_or_a_reason() -> None:
    whole = saved(
        part(page(prose(1, 2), head=json_ld(NEWS_ARTICLE)), "text/html"),
        part(_RENDERED_TWEET.encode(), "text/html", "Content-ID: <frame-7@mhtml.blink>"),
    )
    assert outcomes(read, damaged(whole, 500, seed=6))["read"] > 100
