"""Pages of our own, in the forms in which outlets and networks write theirs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from metoo_research.readers import File, RawArticle
from metoo_research.readers.html import read

OUTLET = "The Harbour Gazette"
HEADLINE = "Dock workers share their stories"
ADDRESS = "https://gazette.example/2017/10/16/dock-workers"


def paragraph(number: int) -> str:
    """Prose long enough to be found; each paragraph is another one."""
    return (
        f"On day {number} the workers met at gate {number + 3} and spoke for an hour about "
        f"what had been said in the yard, and {number + 20} of them signed the letter."
    )


def prose(*numbers: int) -> str:
    return "\n".join(f"<p>{paragraph(number)}</p>" for number in numbers)


def page(body: str, *, title: str = f"{HEADLINE} | {OUTLET}", head: str = "") -> bytes:
    """A whole page around the article's body, with what surrounds it on a site."""
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<main><article><h1>{HEADLINE}</h1>
{body}
</article></main>
<aside class="related"><h3>More stories</h3><a href="/other"><figure><img src="b.jpg">
<figcaption>The mayor opens another bridge over the canal</figcaption></figure></a></aside>
<footer><p>Copyright {OUTLET}</p></footer></body></html>""".encode()


def json_ld(facts: Mapping[str, Any] | list[Any]) -> str:
    return f'<script type="application/ld+json">{json.dumps(facts)}</script>'


#: What a content system writes of an article for search engines.
NEWS_ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": "2017-10-16T08:30:00-04:00",
    "dateModified": "2017-10-18T10:00:00-04:00",
    "author": [{"@type": "Person", "name": "By Ann Writer"}, {"name": "Ben Pen"}],
    "publisher": {"@type": "Organization", "name": OUTLET},
    "mainEntityOfPage": {"@type": "WebPage", "@id": ADDRESS},
}


def tweet(
    text: str = "We were all there, and nobody asked us. #docks",
    *,
    author: str = "Cora Crane",
    handle: str = "coracrane",
    number: int = 919_659,
    name: str = "twitter-tweet",
) -> str:
    """The code that Twitter gave for embedding a tweet."""
    link = f"https://twitter.com/{handle}/status/{number}?ref_src=twsrc%5Etfw"
    return (
        f'<blockquote class="{name}" data-lang="en"><p lang="en" dir="ltr">{text}</p>'
        f'&mdash; {author} (@{handle}) <a href="{link}">October 15, 2017</a></blockquote>'
        '<script async src="https://platform.twitter.com/widgets.js"></script>'
    )


def instagram(text: str = "The yard this morning.") -> str:
    """The code that Instagram gives for embedding a post."""
    address = "https://www.instagram.com/p/Ba3xYz/"
    return (
        f'<blockquote class="instagram-media" data-instgrm-permalink="{address}?utm_source=ig">'
        f'<div><a href="{address}">View this post on Instagram</a>'
        f'<p><a href="{address}">{text}</a></p><p>A post shared by '
        '<a href="https://www.instagram.com/dan.dock/">Dan Dock</a> (@dan.dock) on '
        '<time datetime="2017-10-17T20:00:00+00:00">Oct 17, 2017 at 1:00pm PDT</time></p>'
        "</div></blockquote>"
    )


def facebook() -> str:
    """The code that Facebook gives for embedding a post."""
    address = "https://www.facebook.com/eve/posts/1015"
    return (
        f'<div class="fb-post" data-href="{address}"><blockquote cite="{address}"'
        ' class="fb-xfbml-parse-ignore"><p>Reading all of these tonight.</p>Posted by '
        '<a href="https://www.facebook.com/eve">Eve East</a> on&nbsp;'
        f'<a href="{address}">Monday, October 16, 2017</a></blockquote></div>'
    )


def article(data: bytes) -> RawArticle:
    (found,) = read(File("a.html", data))
    return found


def passages(found: RawArticle) -> list[tuple[str, str]]:
    return [(part.kind, found.text[part.start : part.end]) for part in found.passages]


def of_kind(found: RawArticle, kind: str) -> list[str]:
    return [text for own, text in passages(found) if own == kind]
