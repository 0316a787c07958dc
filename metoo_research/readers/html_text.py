"""The article's text from a page: what trafilatura finds, with what it leaves out put back.

trafilatura finds the body. It drops captions, keeps embedded posts as if they were prose or
not at all, and mostly drops headline and byline; these come from the page's own structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metoo_research.readers.base import Post, RawPassage
from metoo_research.readers.html_tree import lines_of

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

    from metoo_research.readers.html_posts import PostsOfAPage


@dataclass(slots=True)
class Block:
    """One part of the text; ``number`` is that of the post it is of."""

    text: str
    kind: str
    rule: str
    post: Post | None = None
    number: int | None = None
    #: What is compared with the page's own pieces of text.
    letters: str = ""

    def __post_init__(self) -> None:
        """Keep what is compared."""
        self.letters = self.letters or letters_of(self.text)


_WHITE = re.compile(r"\s+")
_PARAGRAPH_ENDS = re.compile(r"\n\s*\n")
_OWN_BLOCK = frozenset("p head quote list item table row code div".split())
# Headings of what leads away from the article; the rules for text say what they are.
_LEADS_AWAY = re.compile(
    r"(?:related|read (?:more|next|also)|more (?:on|from|stories|news)|most (?:read|popular)"
    r"|recommended|you (?:may|might) also|trending|watch|see also|sign up|subscribe|follow us"
    r"|share this|advertisement|up next|comments?|newsletter|about the author)\b",
    re.IGNORECASE,
)
# Pieces of text by which a place is known, and what may have to be placed.
_LANDMARKS = (
    ".//node()[self::text() or self::h1 or self::figcaption"
    " or @class[contains(.,'aption') or contains(.,'yline')]"
    " or @rel='author' or @itemprop='author' or @itemprop='caption']"
)
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


def letters_of(text: str) -> str:
    """Letters and digits alone, in small letters: how pieces of text are compared."""
    return "".join(filter(str.isalnum, text.casefold()))


def blocks_of(body: _Element, posts: PostsOfAPage) -> list[Block]:
    """The parts of the body that trafilatura found, posts in the place of their stand-ins."""
    blocks: list[Block] = []

    def add(text: str, kind: str, rule: str) -> None:
        for paragraph in _PARAGRAPH_ENDS.split(text):
            for piece in posts.split(_trimmed(paragraph)):
                if isinstance(piece, int):
                    blocks.extend(blocks_of_post(posts, piece))
                elif any(map(str.isalnum, piece)):
                    blocks.append(Block(piece, kind, rule))

    add(body.text or "", "body", "html_paragraph")
    for element in body:
        if element.tag == "head":
            text = _text(element)
            if _LEADS_AWAY.match(text.strip()):
                add(text, "body", "html_paragraph")
            else:
                add(text, "subhead", "html_subhead")
        elif element.tag == "list":
            add(_text(element), "body", "html_list")
        elif element.tag == "table":
            for row in element.iter("row"):
                cells = (_trimmed(_text(cell)).replace("\n", " ") for cell in row.iter("cell"))
                add(" | ".join(filter(None, cells)), "body", "html_table")
        else:
            add(_text(element), "body", "html_paragraph")
        add(element.tail or "", "body", "html_paragraph")
    return blocks


def blocks_of_post(posts: PostsOfAPage, number: int) -> list[Block]:
    """A post's text and its credit; each post is given back once."""
    found = posts.posts[number]
    blocks = []
    if found.text:
        blocks.append(Block(found.text, "embedded_tweet", found.rule, found.post, number))
    if found.credit:
        rule = f"{found.rule}_credit"
        blocks.append(Block(found.credit, "tweet_credit", rule, found.post, number))
    return blocks


def _text(element: _Element) -> str:
    """The text with a line end for each break, and an empty line between blocks."""
    parts = [_WHITE.sub(" ", element.text or "")]
    for child in element:
        if child.tag == "lb":
            parts.append("\n")
        elif child.tag in _OWN_BLOCK:
            parts.append(f"\n\n{_text(child)}\n\n")
        else:
            parts.append(_text(child))
        parts.append(_WHITE.sub(" ", child.tail or ""))
    return "".join(parts)


def _trimmed(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


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
    marks: list[HtmlElement | str] = [
        mark
        for mark in tree.xpath(_LANDMARKS, smart_strings=False)
        if not isinstance(mark, str) or len(mark.strip()) >= _SHORTEST_LANDMARK
    ]
    shown = _shown_headline(marks, headline)
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
        if mark.tag == "h1":
            continue
        text = _SPACE_BEFORE.sub("", " ".join(lines_of(mark, breaks=_BREAKS_IN_CAPTION)))
        letters = letters_of(text)
        if not letters or letters in seen or posts.number_in(text) is not None:
            continue
        if mark.tag == "figcaption" or _CAPTION.search(_names_of(mark)):
            if handled.isdisjoint(mark.iterancestors()) and _is_caption(mark, text):
                handled.add(mark)
                seen.add(letters)
                placer.caption(text, letters, at)
        elif byline is None and len(text) <= _LONGEST_BYLINE and _is_byline(text, author):
            byline = placer.byline(text, letters, at)
    missing = set(range(len(posts.posts))) - {block.number for block in blocks}
    for number in sorted(missing):
        blocks.extend(blocks_of_post(posts, number))
    return _with_headline(blocks, shown or headline)


def _shown_headline(marks: Iterable[HtmlElement | str], headline: str | None) -> str | None:
    """The <h1> that is the article's: the only one, or the one most like the headline."""
    texts = [
        text
        for mark in marks
        if not isinstance(mark, str) and mark.tag == "h1"
        if (text := _trimmed(_WHITE.sub(" ", mark.text_content())).replace("\n", " "))
    ]
    if headline is None:
        return texts[0] if len(texts) == 1 else None
    words = set(headline.casefold().split())

    def likeness(text: str) -> float:
        own = set(text.casefold().split())
        return len(own & words) / max(len(own | words), 1)

    best = max(texts, key=likeness, default=None)
    return best if best is not None and likeness(best) >= 0.3 else None


def _names_of(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''}"


def _is_caption(element: HtmlElement, text: str) -> bool:
    """Whether a caption is no list of links, and nothing around it is of another story."""
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    if len(text) > _LONGEST_CAPTION or 2 * linked > len(text):
        return False
    for around in element.iterancestors():
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
    if _STARTS_BYLINE.match(text):
        return True
    first = letters_of((author or "").split(",")[0])
    return bool(first) and first in letters_of(text) and len(text) <= 80


class _Placer:
    """Where in the body a thing of the page belongs."""

    def __init__(
        self,
        blocks: list[Block],
        marks: Sequence[HtmlElement | str],
        posts: PostsOfAPage,
        shown: str | None,
    ) -> None:
        self.blocks = blocks
        self.marks = marks
        self.posts = posts
        self.headline = letters_of(shown or "")

    def _find(self, mark: HtmlElement | str) -> Block | None:
        if not isinstance(mark, str):
            return None
        number = self.posts.number_in(mark)
        if number is not None:
            own = [block for block in self.blocks if block.number == number]
            return own[-1] if own else None
        letters = letters_of(mark)
        return next(
            (b for b in self.blocks if b.number is None and b.kind != "caption"
             and letters in b.letters),
            None,
        ) if len(letters) > 12 else None  # fmt: skip

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
        if self._before(at) is not None or self._after(at) is None:
            return None
        block = Block(text.replace("\n", " "), "byline", "html_byline")
        self.blocks.insert(0, block)
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


def text_and_passages(blocks: Sequence[Block]) -> tuple[str, tuple[RawPassage, ...]]:
    """Join the parts, an empty line between them, and say where each is."""
    parts: list[str] = []
    passages: list[RawPassage] = []
    at = 0
    for number, block in enumerate(blocks):
        if number:
            above = blocks[number - 1]
            same_post = block.number is not None and block.number == above.number
            gap = "\n" if same_post else "\n\n"
            parts.append(gap)
            at += len(gap)
        parts.append(block.text)
        end = at + len(block.text)
        passages.append(RawPassage(at, end, block.kind, block.rule, block.post))
        at = end
    return "".join(parts), tuple(passages)
