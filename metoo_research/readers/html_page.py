"""A page's article: its text, its parts as the page's structure tells them, and its facts."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from metoo_research._wording import plural
from metoo_research.errors import ReadError
from metoo_research.readers.base import RawArticle
from metoo_research.readers.html_checks import cut_short, no_article
from metoo_research.readers.html_metadata import PageFacts, facts_of
from metoo_research.readers.html_places import put_back
from metoo_research.readers.html_posts import Frames, PostsOfAPage
from metoo_research.readers.html_text import Block, blocks_of, text_and_passages
from metoo_research.readers.html_tree import MOST_BYTES_OF_A_PAGE, decode_page, parse_page
from metoo_research.readers.mojibake import repair

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

# How Chrome and Internet Explorer, and SingleFile, note where a page came from.
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(https?://\S{1,2000}?)\s*-->"
    r"|<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S{1,2000})",
    re.IGNORECASE,
)
_HEAD = 8_192
_NEVER_BODY = "nav footer menu select datalist canvas source link meta".split()
_SAVE_AGAIN = "open it in a browser and save the text"


def check_page_size(size: int) -> None:
    """Raise :class:`~metoo_research.errors.ReadError` for what is too large to be a page."""
    if size > MOST_BYTES_OF_A_PAGE:
        raise ReadError(
            f"too large for a page ({size / 1e6:.0f} MB)", "save the article's own page"
        )


def article_of(
    data: bytes,
    *,
    url: str | None = None,
    charset: str | None = None,
    frames: Frames | None = None,
    record: str | None = None,
) -> RawArticle:
    """Read the article of a page.

    Parameters
    ----------
    data
        The page's bytes.
    url
        Where it came from, if its archive says so.
    charset
        The encoding, if its archive says so.
    frames
        Gives the tree of a frame by the address that its <iframe> names.
    record
        Which page of its file it is.

    Raises
    ------
    ReadError
        If the page is empty, is no article, or cannot be read.
    """
    check_page_size(len(data))
    if not data.strip(b"\0 \t\r\n\f"):
        raise ReadError("no article in it (an empty page)", "save the page again")
    try:
        source, encoding, damage = decode_page(data, charset)
        tree, changes = parse_page(source)
        # lxml makes an object of an element whenever it is asked for, unless it still has one.
        kept = list(tree.iter())
        found = _read_tree(tree, source, url, frames, record, encoding, (*damage, *changes))
        kept.clear()
    except ReadError:
        raise
    except Exception as error:  # whatever a damaged page makes a parser raise
        said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        raise ReadError("the page is damaged", f"{_SAVE_AGAIN} ({said})") from error
    return found


def _read_tree(
    tree: HtmlElement,
    source: str,
    url: str | None,
    frames: Frames | None,
    record: str | None,
    encoding: str,
    notes: tuple[str, ...],
) -> RawArticle:
    saved_from = _SAVED_FROM.search(source[:_HEAD])
    # Posts first: their authors and times are not the article's.
    posts = PostsOfAPage(tree, source, frames)
    facts = facts_of(tree, url=url or (saved_from and (saved_from[1] or saved_from[2])) or None)
    if facts.headline:
        facts.headline = posts.without(facts.headline) or None
    body = _find_body(tree)
    blocks = blocks_of(body, posts) if body is not None else []
    if reason := no_article(tree, blocks, facts, posts):
        raise ReadError(f"no article in it ({reason})", "save the article's own page")
    blocks = put_back(blocks, tree, posts, headline=facts.headline, author=facts.author)
    notes += _mend(blocks, facts)
    text, passages = text_and_passages(blocks)
    if posts.without_text:
        number = posts.without_text
        notes += (f"{plural(number, 'embedded post')} without text in the page",)
    return RawArticle(
        text=text,
        encoding=encoding,
        headline=facts.headline,
        author=facts.author,
        outlet=facts.outlet,
        published=facts.published,
        url=facts.url,
        language=facts.language,
        record=record,
        passages=passages,
        truncated=cut_short(blocks, facts),
        basis=facts.basis,
        notes=notes,
    )


def _mend(blocks: list[Block], facts: PageFacts) -> tuple[str, ...]:
    """Undo mojibake, part by part: a page's template is often sound where its text is not."""
    mended = 0
    beyond_ascii = [block for block in blocks if not block.text.isascii()]
    for block in beyond_ascii:
        block.text, notes = repair(block.text)
        mended += any("repaired" in note for note in notes)
    for name in ("headline", "author", "outlet"):
        if said := getattr(facts, name):
            setattr(facts, name, repair(said)[0])
    _, left = repair("\n".join(block.text for block in beyond_ascii))
    done = (f"mojibake repaired, passages: {mended:,}",) if mended else ()
    return (*done, *(note for note in left if "left" in note))


def _find_body(tree: HtmlElement) -> _Element | None:
    from lxml.etree import strip_elements
    from trafilatura import bare_extraction

    # It discards these in any case, after several copies of them.
    strip_elements(tree, *_NEVER_BODY, with_tail=False)
    # It reports pages without text as warnings; here they are errors of their own.
    logger = logging.getLogger("trafilatura")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    # Of the formats, "xml" is the one for which it makes no text of the body that it found.
    found = bare_extraction(
        tree, include_comments=False, with_metadata=False, output_format="xml"
    )
    return None if found is None or isinstance(found, dict) else found.body
