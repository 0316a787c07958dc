"""The body of a page as trafilatura finds it, part by part, and the article's text of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metoo_research.readers.base import Post, RawPassage

if TYPE_CHECKING:
    from lxml.etree import _Element

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
    letters: str = field(init=False)

    def __post_init__(self) -> None:
        """Keep what is compared."""
        self.letters = letters_of(self.text)


_PARAGRAPH_ENDS = re.compile(r"\n\s*\n")
_OWN_BLOCK = frozenset("p head quote list item table row code div".split())
# Headings of what leads away from the article; the rules for text say what they are.
_LEADS_AWAY = re.compile(
    r"(?:related|read (?:more|next|also)|more (?:on|from|stories|news)|most (?:read|popular)"
    r"|recommended|you (?:may|might) also|trending|watch|see also|sign up|subscribe|follow us"
    r"|share this|advertisement|up next|comments?|newsletter|about the author)\b",
    re.IGNORECASE,
)


def letters_of(text: str) -> str:
    """A text in small letters without white space: how pieces of text are compared."""
    return "".join(text.casefold().split())


def blocks_of(body: _Element, posts: PostsOfAPage) -> list[Block]:
    """The parts of the body that trafilatura found, posts in the place of their stand-ins."""
    blocks: list[Block] = []

    given: set[int] = set()

    def add(text: str, kind: str, rule: str) -> None:
        for paragraph in _PARAGRAPH_ENDS.split(text) if "\n" in text else (text,):
            for piece in posts.split(trimmed(paragraph)):
                if isinstance(piece, str):
                    if any(map(str.isalnum, piece)):
                        blocks.append(Block(piece, kind, rule))
                elif piece not in given:
                    given.add(piece)
                    blocks.extend(blocks_of_post(posts, piece))

    add(_one_line(body.text), "body", "html_paragraph")
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
                cells = (trimmed(_text(cell)).replace("\n", " ") for cell in row.iter("cell"))
                add(" | ".join(filter(None, cells)), "body", "html_table")
        else:
            add(_text(element), "body", "html_paragraph")
        if element.tail:
            add(_one_line(element.tail), "body", "html_paragraph")
    return blocks


def blocks_of_post(posts: PostsOfAPage, number: int) -> list[Block]:
    """A post's text and its credit."""
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
    parts = [_one_line(element.text)]
    for child in element:
        if child.tag == "lb":
            parts.append("\n")
        elif child.tag in _OWN_BLOCK:
            parts.append(f"\n\n{_text(child)}\n\n")
        else:
            parts.append(_text(child))
        parts.append(_one_line(child.tail))
    return "".join(parts)


def _one_line(text: str | None) -> str:
    """A piece of a page's text, in which a line end is a space like others."""
    return text.replace("\n", " ") if text else ""


def trimmed(text: str) -> str:
    """Single spaces, and no empty lines."""
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


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
