"""Posts from social networks that a page shows: found, and put aside at their place.

Each post is taken out of the page's tree and a paragraph left in its stead, so that the search
for the article's text keeps the place and can neither drop nor mangle the post.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from metoo_research.readers.base import Post
from metoo_research.readers.html_tree import lines_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: The HTML of a frame by the address that its <iframe> names.
Frames = Callable[[str], "HtmlElement | None"]


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post's own text, the line that names its author, and what both say."""

    text: str
    credit: str
    post: Post
    rule: str


# Class of the element that the networks' own embed codes use: the rule's name.
_EMBEDS = {
    "twitter-tweet": "html_tweet",
    "twitter-video": "html_tweet",
    "twitter-tweet-rendered": "html_tweet",
    "instagram-media": "html_instagram",
    "fb-post": "html_facebook",
    "fb-video": "html_facebook",
    "fb-xfbml-parse-ignore": "html_facebook",
    "tiktok-embed": "html_tiktok",
    "bluesky-embed": "html_bluesky",
    "text-post-media": "html_threads",
    "mastodon-embed": "html_mastodon",
    "reddit-embed-bq": "html_reddit",
    "reddit-card": "html_reddit",
}
_FRAMES = {
    "platform.twitter.com": "html_tweet",
    "platform.x.com": "html_tweet",
    "twitframe.com": "html_tweet",
    "instagram.com": "html_instagram",
    "facebook.com": "html_facebook",
    "tiktok.com": "html_tiktok",
    "embed.bsky.app": "html_bluesky",
    "threads.net": "html_threads",
    "threads.com": "html_threads",
    "embed.reddit.com": "html_reddit",
}
_ELEMENTS = {
    "twitter-widget": "html_tweet",
    "twitterwidget": "html_tweet",
    "amp-twitter": "html_tweet",
    "amp-instagram": "html_instagram",
    "amp-facebook": "html_facebook",
    "amp-tiktok": "html_tiktok",
}
_MAY_BE_POSTS = (
    "blockquote", "iframe", "amp-iframe", *_ELEMENTS, "div", "section", "article", "figure",
)  # fmt: skip

_POST_ADDRESS = re.compile(
    r"https?://(?:[a-z-]+\.)?(?:"
    r"(?:twitter|x)\.com/(?:#!/)?\w+/status(?:es)?/\d+"
    r"|instagram\.com/(?:[\w.]+/)?(?:p|reel|tv)/[\w-]+"
    r"|facebook\.com/(?:permalink|story|photo|video|watch|[^/\s]+/(?:posts|videos|photos)/)"
    r"|tiktok\.com/@[\w.]+/video/\d+"
    r"|bsky\.app/profile/[^/\s]+/post/\w+"
    r"|threads\.(?:net|com)/@[\w.]+/post/[\w-]+"
    r"|reddit\.com/(?:r|user)/\w+/comments/\w+)",
    re.IGNORECASE,
)
_HANDLE_IN_ADDRESS = re.compile(
    r"https?://(?:[a-z]+\.)?(?:(?:twitter|x)\.com/(?!i/)(\w+)/status"
    r"|(?:tiktok|threads)\.\w+/@([\w.]+)/)"
)
_ADDRESS_ATTRIBUTES = (
    "data-instgrm-permalink",
    "data-text-post-permalink",
    "data-href",
    "data-src",
    "cite",
    "src",
)

_HANDLE = r"\(\s*(?P<handle>@[\w.-]{1,60})\s*\)"
# — Name (@handle) October 15, 2017
_CREDIT = re.compile(
    rf"(?:^|\s)[—–-]{{1,2}}\s*(?P<author>[^\n]{{0,100}}?)\s*{_HANDLE}\s*(?P<date>[^\n]{{0,80}})$"
)
_SHARED = re.compile(
    r"^(?:a (?:post|photo|video)|un[ea]? (?:publicaci[oó]n|post|publication)|ein beitrag)\b"
    rf".{{0,40}}?(?:by|por|par|von|da)\s+(?P<author>.{{0,100}}?)\s*{_HANDLE}"
    r"(?:\s+(?:on|el|le|am|il)\s+(?P<date>.{1,60}))?\.?$",
    re.IGNORECASE,
)
_POSTED_BY = re.compile(
    r"^posted by\s+(?P<author>.{1,100}?)(?:\s+on\s+(?P<date>.{4,60}))?$", re.IGNORECASE
)
_BY_REDDIT_USER = re.compile(r"^(?:posted )?by\s*(?P<handle>u/[\w-]+)(?P<date>)", re.IGNORECASE)
_HANDLE_ALONE = re.compile(r"^(?P<handle>@[\w.-]{2,60})$")
_CREDITS = (_CREDIT, _SHARED, _POSTED_BY, _BY_REDDIT_USER)
# What the network's own script shows beside the post.
_WIDGET = re.compile(
    r"^(?:view (?:this post|more) on (?:instagram|threads)|♬.*|see more|retweet|follow"
    r"|view (?:\w+ )?on (?:twitter|x|facebook|bluesky))$",
    re.IGNORECASE,
)
_WHITE = re.compile(r"\s+")
# Wrapped in nothing but these, a post stands for its wrapping.
_NEVER_CLIMB_TO = frozenset("body html article main td li form".split())
# A longer paragraph in its stead would be found more surely than the article's own.
_LONGEST_STAND_IN = 300


class PostsOfAPage:
    """The posts of a page, in order, and the words that stand in for them.

    Attributes
    ----------
    word
        What stand-ins begin with; it stands nowhere in the page.
    posts
        Those whose text or author the page holds.
    without_text
        How many it shows by a script of the network, so that their text is not in it.
    """

    def __init__(self, tree: HtmlElement, source: str, frames: Frames | None = None) -> None:
        self.word = "zzpost"
        while self.word in source:
            self.word += "z"
        self._mark = re.compile(rf"{self.word}(\d+)x(?:.*?{self.word}\1y|.*)", re.DOTALL)
        self._rest = re.compile(rf"{self.word}\d+[xy]")
        self.posts: list[FoundPost] = []
        self.without_text = 0
        taken: set[HtmlElement] = set()
        for element in list(tree.iter(*_MAY_BE_POSTS)):
            rule = _rule_of(element)
            if rule and taken.isdisjoint([element, *element.iterancestors()]):
                taken.add(element)
                self._take(element, rule, frames)

    def split(self, text: str) -> Iterator[str | int]:
        """Cut a text at its stand-ins: the pieces between them, and the posts' numbers."""
        if self.word not in text:
            yield text
            return
        at = 0
        for found in self._mark.finditer(text):
            yield self._rest.sub("", text[at : found.start()]).strip()
            yield int(found[1])
            at = found.end()
        yield self._rest.sub("", text[at:]).strip()

    def without(self, text: str) -> str:
        """A text without the stand-ins in it."""
        return " ".join(piece for piece in self.split(text) if isinstance(piece, str)).strip()

    def number_in(self, text: str) -> int | None:
        """The post that a piece of the changed page stands for."""
        found = self._mark.search(text) if self.word in text else None
        return int(found[1]) if found else None

    def _take(self, element: HtmlElement, rule: str, frames: Frames | None) -> None:
        found = _read_post(element, rule, frames)
        if found is None:
            return
        if not found.text and not found.credit:
            self.without_text += 1
            return
        number = len(self.posts)
        self.posts.append(found)
        words = " ".join((found.text or found.credit).split())[:_LONGEST_STAND_IN]
        place = _outermost(element)
        stand_in = place.makeelement("p")
        stand_in.text = f"{self.word}{number}x {words} {self.word}{number}y"
        stand_in.tail = place.tail
        parent = place.getparent()
        if parent is not None:
            parent.replace(place, stand_in)


def _rule_of(element: HtmlElement) -> str | None:
    """Which network's post an element is; None where it is none."""
    names = element.get("class")
    for name in names.split() if names else ():
        if name in _EMBEDS:
            return _EMBEDS[name]
    tag = element.tag
    if tag in _ELEMENTS:
        return _ELEMENTS[tag]
    if element.get("data-testid") == "tweetText":
        return "html_tweet"
    if tag in ("iframe", "amp-iframe"):
        return _rule_of_frame(element)
    if tag == "blockquote":
        lines = lines_of(element)
        # Content systems strip the class; the credit or the link to the post stays.
        if lines and _CREDIT.search(lines[-1]):
            return "html_tweet"
        links = [link.get("href") or "" for link in element.iter("a")]
        if links and _POST_ADDRESS.match(links[-1]) and len(lines) <= 12:
            return "html_linked_post"
    return None


def _rule_of_frame(element: HtmlElement) -> str | None:
    if "twitter-tweet" in (element.get("srcdoc") or ""):
        return "html_tweet"
    if "instagram-media" in (element.get("srcdoc") or ""):
        return "html_instagram"
    source = element.get("src") or element.get("data-src") or ""
    if "Tweet" in (element.get("title") or "") or "twitter" in (element.get("id") or ""):
        return "html_tweet"
    try:
        address = urlsplit(source)
    except ValueError:
        return None
    host = (address.hostname or "").removeprefix("www.")
    shows_post = _POST_ADDRESS.match(source) or re.search(r"embed|post", address.path)
    return _FRAMES.get(host) if shows_post else None


def _read_post(element: HtmlElement, rule: str, frames: Frames | None) -> FoundPost | None:
    """A post's parts, from the page or from the frame that shows it.

    None for what is no single post, such as an outlet's stream of posts.
    """
    url = _address(element)
    inner = element
    for frame in element.iter("iframe", "amp-iframe"):
        shown = _content_of_frame(frame, frames)
        if shown is not None:
            inner = shown
            url = url or _address(shown)
    if element.get("data-testid") == "tweetText":
        around = next(element.iterancestors("article"), None)
        credit = _credit_of_rendered(around) if around is not None else {}
        return _post([*lines_of(element)], credit, rule, url)
    drawn = next(filter(_is_drawn_text, inner.iter()), None)
    if drawn is not None:
        return _post(lines_of(drawn), _credit_of_rendered(inner), rule, url or _address(inner))
    lines, credit = _text_and_credit(lines_of(inner), rule)
    if "date" in credit and not credit["date"]:
        time = next(inner.iter("time"), None)
        if time is not None and time.get("datetime"):
            credit["date"] = time.get("datetime") or ""
    return _post(lines, credit, rule, url)


def _is_drawn_text(element: HtmlElement) -> bool:
    """Whether the network's script put a post's text into this element."""
    names = element.get("class") or ""
    return (
        element.get("data-testid") == "tweetText"
        or "Tweet-text" in names
        or "e-entry-title" in names
    )


def _post(lines: list[str], credit: Mapping[str, str], rule: str, url: str | None) -> FoundPost:
    handle = credit.get("handle") or None
    if handle is None and (named := _HANDLE_IN_ADDRESS.match(url or "")):
        handle = f"@{named[1] or named[2]}"
    post = Post(
        author=credit.get("author") or None,
        handle=handle,
        posted=credit.get("date") or None,
        url=url,
    )
    return FoundPost("\n".join(lines), credit.get("line", ""), post, rule)


def _text_and_credit(lines: list[str], rule: str) -> tuple[list[str], dict[str, str]]:
    """The post's own lines, and what its credit says."""
    lines = [line for line in lines if not _WIDGET.match(line)]
    for number in range(len(lines) - 1, -1, -1):
        for pattern in _CREDITS:
            found = pattern.search(lines[number])
            if found is None or (pattern is _POSTED_BY and rule != "html_facebook"):
                continue
            said = {name: (value or "").strip() for name, value in found.groupdict().items()}
            said["line"] = found[0].strip()
            before = lines[number][: found.start()].strip()
            after = lines[number + 1 :]
            if pattern is _CREDIT and not said["date"] and after:
                said["date"] = after.pop(0)
                said["line"] += " " + said["date"]
            return [*lines[:number], *([before] if before else []), *after], said
    if lines and rule in ("html_tiktok", "html_instagram"):
        found = _HANDLE_ALONE.match(lines[0])
        if found:
            return lines[1:], {"handle": found["handle"], "line": lines[0]}
    return lines, {}


def _credit_of_rendered(shown: HtmlElement) -> dict[str, str]:
    """Author, handle and date around a post that the network's script has drawn."""
    lines = lines_of(shown)
    said: dict[str, str] = {}
    for number, line in enumerate(lines):
        if (found := re.search(r"@[\w.]{1,60}", line)) and len(line) < 100:
            before = line[: found.start()].strip(" ·") or (lines[number - 1] if number else "")
            said = {"author": before, "handle": found[0]}
            break
    time = next(shown.iter("time"), None)
    if time is not None:
        said["date"] = (
            _WHITE.sub(" ", time.text_content()).strip() or time.get("datetime") or ""
        )
    if said:
        name = " ".join(filter(None, (said.get("author"), f"({said.get('handle', '')})")))
        said["line"] = " ".join(filter(None, ("—", name, said.get("date"))))
    return said


def _content_of_frame(frame: HtmlElement, frames: Frames | None) -> HtmlElement | None:
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    if content := frame.get("srcdoc"):
        try:
            return document_fromstring(content)
        except (LxmlError, ValueError):
            return None
    return frames(frame.get("src") or "") if frames else None


def _address(element: HtmlElement) -> str | None:
    """The post's own address, without what the embed code adds to it."""
    said = [element.get(name) or "" for name in _ADDRESS_ATTRIBUTES]
    said += [link.get("href") or "" for link in reversed(list(element.iter("a")))]
    for address in said:
        if _POST_ADDRESS.match(address):
            bare = address.partition("#")[0]
            return bare if "facebook.com" in bare else bare.partition("?")[0]
    number = element.get("data-tweet-id") or element.get("data-tweetid") or ""
    return (
        f"https://twitter.com/i/status/{number}"
        if number.isascii() and number.isdigit()
        else None
    )


def _outermost(element: HtmlElement) -> HtmlElement:
    """The element with what is wrapped around it and holds nothing else."""
    while (parent := element.getparent()) is not None and parent.tag not in _NEVER_CLIMB_TO:
        if (parent.text or "").strip() or (element.tail or "").strip():
            break
        others = [child for child in parent if child is not element]
        if any((c.tail or "").strip() or c.text_content().strip() for c in others):
            break
        element = parent
    return element
