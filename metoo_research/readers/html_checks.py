"""Whether a page is an article at all, and whether all of it is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from metoo_research.readers.html_metadata import PageFacts
    from metoo_research.readers.html_posts import PostsOfAPage
    from metoo_research.readers.html_text import Block

# A page with more words than this is judged by what it is, not by what it says.
_FEW_WORDS = 160
_NOT_FOUND = re.compile(
    r"^\W*(?:error\s*)?(?:404|410|403|500|502|503)\b|\bnot found\W*$|access denied"
    r"|page (?:was )?not (?:be )?found|internal server error|page can(?:no|['’])t be found"
    r"|\b(?:page|article|story) .{0,40}(?:no longer (?:available|exists)|could not be found"
    r"|(?:does not|doesn['’]t) exist|can(?:no|['’])t be found)",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|log in to|forgot(?:ten)? (?:your )?password|create an account)\b",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\b(?:we (?:and our partners )?(?:use|store)|accept|consent to|manage|about)\b"
    r".{0,60}\bcookies?\b"
    r"|\bcookies?\b.{0,60}\b(?:consent|accept|preferences|settings|policy)\b"
    r"|we value your privacy|before you continue|your privacy choices",
    re.IGNORECASE | re.DOTALL,
)
_CONSENT = re.compile(r"\b(?:accept|agree|reject|consent|manage|got it|allow)\b", re.IGNORECASE)
_LONGEST_BUTTON = 40
_ROBOTS = re.compile(
    r"(?:enable|turn on|requires?)\b.{0,30}\bjavascript|you are (?:a )?(?:human|robot)"
    r"|not a robot|verify(?:ing)? (?:that )?you are|checking your browser|unusual traffic"
    r"|complete the captcha",
    re.IGNORECASE,
)
_READ_ON = re.compile(
    r"(?:(?:read|see|view) (?:the )?(?:full|rest of the|whole|entire) "
    r"(?:article|story|text|piece)"
    r"|(?:continue|keep) reading|to (?:continue|keep) reading|read more at|want to read more\?"
    r"|(?:subscribe|register|sign (?:up|in)|log in|become a (?:member|subscriber))\b.{0,60}"
    r"\b(?:to (?:read|continue|keep|unlock|access|view)|for full access|full access)"
    r"|this (?:article|story|content) is (?:only )?(?:for|available to|exclusive|reserved)\b"
    r".{0,30}\b(?:subscribers|members)|already a (?:subscriber|member)\?)",
    re.IGNORECASE,
)
_LAST_LOOKED_AT = 4
_LONGEST_NOTICE = 240
_WORDS_OF_A_NOTICE = 14
# Behind a paywall stands an opening, seldom more.
_WORDS_OF_AN_OPENING = 250
_SHARE_THAT_IS_WHOLE = 0.6
_MOST_TEASERS = 6
_LONG_PROSE = 140
_SHORTEST_TITLE = 15


def no_article(
    tree: HtmlElement, blocks: Sequence[Block], facts: PageFacts, posts: PostsOfAPage
) -> str | None:
    """Say what a page is that is no article; None where it may be one."""
    body = [block for block in blocks if block.kind == "body"]
    words = sum(len(block.text.split()) for block in body)
    titles = " \n ".join((*facts.titles, facts.headline or "", *_headings(tree)))
    said = "\n".join(block.text for block in blocks)[:5_000]
    asks_password = any(field.get("type") == "password" for field in tree.iter("input"))
    if words < _FEW_WORDS and not (facts.is_article and words > _FEW_WORDS // 4):
        if any(map(_NOT_FOUND.search, titles.split("\n"))) or (
            words < _FEW_WORDS // 2 and _NOT_FOUND.search(said)
        ):
            return "an error page"
        whole = f"{titles}\n{said or _some_text(tree)}"
        if (asks_password or words < _FEW_WORDS // 4) and _LOGIN.search(titles):
            return "a login page"
        if asks_password and words < _FEW_WORDS // 2 and _LOGIN.search(whole):
            return "a login page"
        if _COOKIES.search(titles) or (_mostly(_COOKIES, body) and _asks_consent(tree)):
            return "a cookie notice"
        if words < _FEW_WORDS // 2 and _ROBOTS.search(whole):
            return "a check for robots or JavaScript"
    if not words and not posts.posts:
        return "no text"
    if next(tree.iter("rss", "feed"), None) is not None:
        return "a feed of articles"
    if not facts.is_article and _is_index(tree, body, facts):
        return "a list of articles"
    return None


def _headings(tree: HtmlElement) -> list[str]:
    return [" ".join(h1.text_content().split())[:300] for h1 in tree.iter("h1")][:5]


def _some_text(tree: HtmlElement) -> str:
    return " ".join(tree.text_content().split())[:5_000]


def _mostly(pattern: re.Pattern[str], body: Sequence[Block]) -> bool:
    """Whether the paragraphs that say so are the larger part."""
    fitting = sum(len(block.text) for block in body if pattern.search(block.text))
    return fitting * 2 > sum(len(block.text) for block in body) > 0


def _asks_consent(tree: HtmlElement) -> bool:
    controls = tree.xpath(
        "//button|//input[@type='submit' or @type='button']|//a|//*[@role='button']"
    )
    said = (f"{control.text_content()} {control.get('value') or ''}" for control in controls)
    return any(len(text) < _LONGEST_BUTTON and _CONSENT.search(text) for text in said)


def _is_index(tree: HtmlElement, body: Sequence[Block], facts: PageFacts) -> bool:
    """Whether it is a site's front page, or headings that lead elsewhere outnumber prose."""
    if facts.url and not urlsplit(facts.url).path.strip("/") and not urlsplit(facts.url).query:
        return True
    teasers = {
        link.get("href")
        for link in tree.xpath("//*[self::h2 or self::h3 or self::h4]//a[@href]"
                               "|//a[@href][.//h2 or .//h3 or .//h4]")
        if len(link.text_content().split()) >= 4
    }  # fmt: skip
    links = [" ".join(link.text_content().split()) for link in tree.iter("a")]
    text = " ".join(" ".join(block.text.split()) for block in body)
    in_text = [link for link in links if len(link) >= _SHORTEST_TITLE and link in text]
    if len(in_text) >= _MOST_TEASERS and 2 * sum(map(len, in_text)) > len(text):
        return True
    if len(teasers) < _MOST_TEASERS:
        return False
    linked = "\n".join(links)
    prose = sum(len(block.text) >= _LONG_PROSE and block.text not in linked for block in body)
    return len(teasers) >= 2 * prose or (prose < 4 and len(teasers) > prose)


def cut_short(blocks: Sequence[Block], facts: PageFacts) -> bool | None:
    """Whether the page says that the article goes on elsewhere; None where it does not say."""
    told = [block.text for block in blocks if block.kind in ("body", "subhead")]
    words = sum(len(text.split()) for text in told)
    if not facts.accessible and words < _WORDS_OF_AN_OPENING:
        return True
    if facts.words and words < _SHARE_THAT_IS_WHOLE * facts.words:
        return True
    return True if any(map(_reads_on, told[-_LAST_LOOKED_AT:])) else None


def _reads_on(text: str) -> bool:
    """Whether a paragraph is a notice that begins so, or a short one that says so."""
    if len(text) > _LONGEST_NOTICE:
        return False
    short = len(text.split()) <= _WORDS_OF_A_NOTICE
    return bool(_READ_ON.search(text) if short else _READ_ON.match(text))
