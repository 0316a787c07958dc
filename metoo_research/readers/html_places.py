"""What trafilatura leaves out of an article, put back at its place.

It drops captions, and mostly headline and byline; posts that it drops are put back too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metoo_research.readers.html_text import Block, blocks_of_post, letters_of
from metoo_research.readers.html_titles import LONGEST_HEADLINE
from metoo_research.readers.html_tree import lines_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from metoo_research.readers.html_posts import PostsOfAPage

# Pieces of text by which a place is known, and what may have to be placed.
_MAY_BE_MARKS = (
    "h1 figcaption p div span a address cite small em strong li td dd figure header section"
).split()
# Shorter pieces are buttons and the like, and stand in many places.
_SHORTEST_LANDMARK = 25
_LOOKED_BACK = 6
_LOOKED_FORWARD = 12
_LONGEST_CAPTION = 1_500
_CAPTION = re.compile(
    r"(?:^|[\s_-])caption(?:$|[\s_-])|(?:image|photo|figure|media)-?caption", re.I
)
# Caption and credit are set apart by style sheets alone.
_BREAKS_IN_CAPTION = frozenset("br p div span small cite figcaption li h2 h3 h4".split())
_SPACE_BEFORE = re.compile(r" (?=[.,;:!?)\]’”])")
_LONGEST_BYLINE = 160
_OUTSIDE = re.compile(
    r"related|promo|card|teaser|recirc|recommend|trending|most-?(?:read|popular)|more-|sidebar"
    r"|newsletter|comment|footer|\bnav",
    re.IGNORECASE,
)
_OUTSIDE_TAGS = frozenset({"aside", "nav", "footer"})
_STARTS_BYLINE = re.compile(r"(?:written |words |story |reported )?by[:\s]", re.IGNORECASE)


def put_back(
    blocks: list[Block],
    tree: HtmlElement,
    posts: PostsOfAPage,
    *,
    headline: str | None,
    author: str | None,
) -> list[Block]:
    """Add what is missing at its place: headline, byline, captions, posts.

    A post is put behind the last piece of text before it that is in the body, else before the
    first one after it, else at the end; none is lost. A caption must stand within the article.
    """
    marks = _marks(tree, posts)
    shown = _shown_headline((mark for mark in marks if not isinstance(mark, str)), headline)
    placer = _Placer(blocks, marks, posts, shown)
    seen: set[str] = set()
    handled: set[HtmlElement] = set()
    byline: Block | None = None
    for at, mark in enumerate(marks):
        if isinstance(mark, str):
            number = posts.number_in(mark)
            if number is not None and not any(block.number == number for block in blocks):
                placer.insert(blocks_of_post(posts, number), at, anywhere=True)
            continue
        if mark.element.tag == "h1" or not mark.text or posts.number_in(mark.text) is not None:
            continue
        letters = letters_of(mark.text)
        if letters in seen:
            continue
        if mark.is_caption:
            if handled.isdisjoint(mark.element.iterancestors()) and _is_inside(mark):
                handled.add(mark.element)
                seen.add(letters)
                placer.caption(mark.text, letters, at)
        elif byline is None and _is_byline(mark.text, author):
            byline = placer.byline(mark.text, letters, at)
    missing = set(range(len(posts.posts))) - {block.number for block in blocks}
    for number in sorted(missing):
        blocks.extend(blocks_of_post(posts, number))
    return _with_headline(blocks, shown or headline)


@dataclass(frozen=True, slots=True)
class _Mark:
    """An element of the page that may have to be placed, and its text."""

    element: HtmlElement
    text: str
    is_caption: bool


def _marks(tree: HtmlElement, posts: PostsOfAPage) -> list[_Mark | str]:
    """The page's pieces of text in order, and before its own the element that may be placed.

    Elements are marked by a word put before their text: to list the texts and to find the words
    among them takes a tenth of the time that it takes to list both.
    """
    found: list[_Mark] = []
    for element in tree.iter(*_MAY_BE_MARKS):
        if not len(element.attrib) and element.tag not in ("h1", "figcaption"):
            continue
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        is_caption = element.tag == "figcaption" or (
            "aption" in names and _CAPTION.search(names) is not None
        )
        if (
            is_caption
            or element.tag == "h1"
            or "yline" in names
            or "author" in (element.get("rel"), element.get("itemprop"))
        ):
            lines = lines_of(element, breaks=_BREAKS_IN_CAPTION)
            text = _SPACE_BEFORE.sub("", " ".join(lines))
            text = posts.without(text) if element.tag == "h1" else text
            found.append(_Mark(element, text, is_caption))
    word = f"{posts.word}mark"
    for number, mark in enumerate(found):
        mark.element.text = f"{word}{number}x{mark.element.text or ''}"
    marks: list[_Mark | str] = []
    for text in tree.xpath("//text()", smart_strings=False):
        if text.startswith(word):
            number, _, rest = text[len(word) :].partition("x")
            marks.append(found[int(number)])
            text = rest
        if len(text) >= _SHORTEST_LANDMARK and len(text.strip()) >= _SHORTEST_LANDMARK:
            marks.append(text)
    return marks


def _shown_headline(marks: Iterable[_Mark], headline: str | None) -> str | None:
    """The <h1> that is the article's: the only one, or the one most like the headline."""
    texts = [
        mark.text
        for mark in marks
        if mark.element.tag == "h1" and 0 < len(mark.text) <= LONGEST_HEADLINE
    ]
    if headline is None:
        return texts[0] if len(texts) == 1 else None
    words = set(headline.casefold().split())

    def likeness(text: str) -> float:
        own = set(text.casefold().split())
        return len(own & words) / max(len(own | words), 1)

    best = max(texts, key=likeness, default=None)
    return best if best is not None and likeness(best) >= 0.3 else None


def _is_inside(mark: _Mark) -> bool:
    """Whether a caption is no list of links, and nothing around it is of another story."""
    linked = sum(len(link.text_content()) for link in mark.element.iter("a"))
    if len(mark.text) > _LONGEST_CAPTION or 2 * linked > len(mark.text):
        return False
    for around in mark.element.iterancestors():
        if around.tag in _OUTSIDE_TAGS:
            return False
        if around.tag == "a":  # a picture that leads to another page
            return False
        if around.tag in ("div", "section", "ul", "li") and _OUTSIDE.search(
            f"{around.get('class') or ''} {around.get('id') or ''}"
        ):
            return False
    return True


def _is_byline(text: str, author: str | None) -> bool:
    if len(text) > _LONGEST_BYLINE:
        return False
    if _STARTS_BYLINE.match(text):
        return True
    first = letters_of((author or "").split(",")[0])
    return bool(first) and first in letters_of(text) and len(text) <= 80


class _Placer:
    """Where in the body a thing of the page belongs."""

    def __init__(
        self,
        blocks: list[Block],
        marks: Sequence[_Mark | str],
        posts: PostsOfAPage,
        shown: str | None,
    ) -> None:
        self.blocks = blocks
        self.marks = marks
        self.posts = posts
        self.headline = letters_of(shown or "")

    def _find(self, mark: _Mark | str) -> Block | None:
        if not isinstance(mark, str):
            return None
        number = self.posts.number_in(mark)
        if number is not None:
            own = [block for block in self.blocks if block.number == number]
            return own[-1] if own else None
        letters = letters_of(mark)
        if len(letters) < _SHORTEST_LANDMARK // 2:
            return None
        for block in self.blocks:
            if block.number is None and block.kind != "caption" and letters in block.letters:
                return block
        return None

    def _before(self, at: int) -> Block | None:
        back = self.marks[max(at - _LOOKED_BACK, 0) : at]
        return next(filter(None, map(self._find, reversed(back))), None)

    def _after(self, at: int) -> Block | None:
        onwards = self.marks[at + 1 : at + 1 + _LOOKED_FORWARD]
        return next(filter(None, map(self._find, onwards)), None)

    def insert(self, new: list[Block], at: int, *, anywhere: bool = False) -> bool:
        """Put blocks in at the place of a mark; False where there is none for them."""
        if before := self._before(at):
            place = self._index(before) + 1
            # Further captions and posts at the same place keep their order.
            while place < len(self.blocks) and self.blocks[place].kind in (
                "caption",
                "tweet_credit",
            ):
                place += 1
            if place >= len(self.blocks) and not anywhere and not self._near(at):
                return False
        elif after := self._after(at):
            place = self._index(after)
        elif anywhere:
            place = len(self.blocks)
        else:
            return False
        self.blocks[place:place] = new
        return True

    def _near(self, at: int) -> bool:
        """Whether the piece of text right before a mark is in the body."""
        texts = [mark for mark in self.marks[max(at - 2, 0) : at] if isinstance(mark, str)]
        return bool(texts) and self._find(texts[-1]) is not None

    def _index(self, block: Block) -> int:
        return next(n for n, other in enumerate(self.blocks) if other is block)

    def caption(self, text: str, letters: str, at: int) -> None:
        for block in self.blocks:
            if block.letters == letters and block.number is None:
                block.kind, block.rule = "caption", "html_caption"
                return
        self.insert([Block(text, "caption", "html_caption")], at)

    def byline(self, text: str, letters: str, at: int) -> Block | None:
        """Put in a byline that stands between the headline and the body."""
        own = next((b for b in self.blocks[:4] if b.letters == letters), None)
        if own is not None:
            own.kind, own.rule = "byline", "html_byline"
            return own
        above = self._before(at)
        if (above and above.letters != self.headline) or self._after(at) is None:
            return None
        block = Block(text.replace("\n", " "), "byline", "html_byline")
        self.blocks.insert(0 if above is None else self._index(above) + 1, block)
        return block


def _with_headline(blocks: list[Block], headline: str | None) -> list[Block]:
    if not headline:
        return blocks
    letters = letters_of(headline)
    start = next((n for n, b in enumerate(blocks[:6]) if b.letters == letters), None)
    if start is not None:
        block = blocks.pop(start)
        block.kind, block.rule = "headline", "html_headline"
        return [block, *blocks]
    if blocks and blocks[0].kind == "body" and blocks[0].text.startswith(f"{headline} "):
        # Where it finds no paragraphs, trafilatura takes the whole page as one.
        blocks[0] = Block(blocks[0].text[len(headline) + 1 :], "body", blocks[0].rule)
    return [Block(headline, "headline", "html_headline"), *blocks]
