"""From the bytes of a page to its tree: encoding, limits, and what a parser would leave out."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from metoo_research.errors import ReadError
from metoo_research.readers.encoding import find_encoding

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: A saved page with all its pictures inside stays below this.
MOST_BYTES_OF_A_PAGE: Final = 50_000_000
# Finding the article takes longer than in proportion to these; long pages have 2,000 elements.
_MOST_ELEMENTS = 20_000
_MOST_CHILDREN = 5_000
_MOST_TAGS = 1_000_000
_MOST_TABLES = 1_000
_MOST_LETTERS = 5_000_000

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF_8 = re.compile(r"utf-?8", re.IGNORECASE)
_DAMAGED = "\N{REPLACEMENT CHARACTER}"
_HEAD = 4_096
_DECLARED = re.compile(
    rb"""<meta[^<>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^<>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# Of a page that says it is in UTF-8; with more, it says so wrongly.
_MOST_DAMAGE = 0.02

_NOT_IN_TEXT = bytes({*range(0x20), 0x7F} - set(b"\t\n\f\r"))
_MOST_NOT_IN_TEXT = 0.3
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_DECLARES_ENTITIES = re.compile(
    r"<!DOCTYPE[^\[<>]{0,1000}\[[^\]]{0,2000}<!ENTITY", re.IGNORECASE
)

# libxml2 stops at 256 open elements and leaves out the rest of the page.
_DEEPEST = 150
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>")
_OPENS_NOTHING = frozenset(
    "area base br col embed hr img input link meta param source track wbr"
    # An end tag may be left out: they close one another.
    " p li dt dd option tr td th".split()
)
_BLOCK = frozenset("article aside blockquote center div form main ol section table ul".split())
_BREAKS = frozenset(
    "br p div section article blockquote figcaption li ul ol tr h1 h2 h3 h4 h5 h6 hr".split()
)
_SCRIPTS = ("script", "style", "svg", "template")
# More of these in one element than a written page has are put down as plain text.
_MOST_INLINE = 500
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike"
    " strong sub sup tt u var".split()
)


def decode_page(data: bytes, declared: str | None = None) -> tuple[str, str, tuple[str, ...]]:
    """Turn a page's bytes into characters.

    The encoding is found as :func:`~metoo_research.readers.encoding.find_encoding` says, the
    one that the server or the page declares among them. A character cut in two, or a damaged
    one in an advertisement, is no reason not to read a page.

    Parameters
    ----------
    data
        The page.
    declared
        What the server or the archive says of the encoding, if it says anything.

    Returns
    -------
    The characters, the name of the encoding, and notes on damage.

    Raises
    ------
    ReadError
        If the bytes are no text.
    """
    in_page = _DECLARED.search(data[:_HEAD])
    named = declared or ((in_page[1] or in_page[2]).decode("ascii") if in_page else None)
    if named and _UTF_8.fullmatch(named):
        try:
            return data.decode("utf-8-sig"), "ascii" if data.isascii() else "utf-8", ()
        except UnicodeDecodeError:
            text = data.decode("utf-8-sig", errors="replace")
        if text.count(_DAMAGED) < _MOST_DAMAGE * len(text) and not data.startswith(_UTF_16):
            return text, "utf-8", _notes_on(text, data)
    encoding = find_encoding(data, declared=named)
    text = data.decode(encoding, errors="replace")
    return text, encoding, _notes_on(text, data)


def _notes_on(text: str, data: bytes) -> tuple[str, ...]:
    """A note on damage that is not the page's own."""
    damaged = text.count(_DAMAGED) - data.count(_DAMAGED.encode())
    return (f"characters that could not be read: {damaged:,}",) if damaged > 0 else ()


def parse_page(text: str) -> tuple[HtmlElement, tuple[str, ...]]:
    """Parse a page, without scripts and comments; nothing is fetched, no entity expanded.

    Returns
    -------
    The tree, and notes on what had to be done.

    Raises
    ------
    ReadError
        If it is no page, or one that nobody wrote.
    """
    if _DECLARES_ENTITIES.search(text[: 2 * _HEAD]):
        raise ReadError(
            "declares entities of its own, as no page of a newspaper does",
            "open it in a browser and save the text",
        )
    if text.count("<") > _MOST_TAGS:  # a tree of them would fill the memory
        raise _too_large(f"{text.count('<'):,} tags")
    data = text.encode("utf-8", errors="replace")
    cleaned = data.translate(None, delete=_NOT_IN_TEXT)
    if len(data) - len(cleaned) > _MOST_NOT_IN_TEXT * len(data):
        raise ReadError("not a page (binary data)", "save the page again from the browser")
    tree, too_deep = _parsed(cleaned)
    notes: tuple[str, ...] = ()
    if too_deep:
        tree, too_deep = _parsed(_flattened(cleaned.decode()).encode())
        notes = (f"tags nested more than {_DEEPEST} deep were taken out",)
        if too_deep:
            raise ReadError("tags nested too deeply", "open it in a browser and save the text")
    _without_scripts(tree)
    _simplify(tree)
    return tree, notes


def _parsed(data: bytes) -> tuple[HtmlElement, bool]:
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(data, parser=parser)
    except (LxmlError, AssertionError) as error:
        raise ReadError("no article in it (an empty page)", "save the page again") from error
    limits = [e.message for e in parser.error_log if e.type_name == "ERR_RESOURCE_LIMIT"]
    if any("depth" not in message for message in limits):
        raise _too_large("more than 10,000,000 characters in one piece")
    return tree, bool(limits)


def _too_large(size: str) -> ReadError:
    return ReadError(f"too large for an article ({size})", "save the article's own page")


def _flattened(text: str) -> str:
    """The page without the tags that open elements deeper than `_DEEPEST`."""
    depth = 0
    last_left_out = -1
    left_out: Counter[str] = Counter()

    def without(tag: re.Match[str], name: str) -> str:
        """What stands for a tag: a line end, once for several in a row."""
        nonlocal last_left_out
        repeated = tag.start() == last_left_out
        last_left_out = tag.end()
        return "<br>" if name in _BLOCK and not repeated else ""

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if name in _OPENS_NOTHING:
            return tag[0]
        if tag[1]:
            if left_out[name]:
                left_out[name] -= 1
                return without(tag, name)
            depth = max(depth - 1, 0)
            return tag[0]
        if depth >= _DEEPEST:
            left_out[name] += 1
            return without(tag, name)
        depth += 1
        return tag[0]

    return _TAG.sub(keep, text)


def _without_scripts(tree: HtmlElement) -> None:
    """Take out what shows no text; JSON-LD stays."""
    from lxml.etree import strip_elements

    structured = [
        script for script in tree.iter("script") if "ld+json" in (script.get("type") or "")
    ]
    for script in structured:
        script.tag = "kept"
    strip_elements(tree, *_SCRIPTS, with_tail=False)
    for script in structured:
        script.tag = "script"


def _simplify(tree: HtmlElement) -> None:
    """Merge what was cut into very many pieces, and check that the rest is of a page's size."""
    from lxml.etree import XPathError

    try:
        for child in tree.xpath(f"//*/*[{_MOST_INLINE + 1}]"):
            _merge_inline(child.getparent())
        elements = int(tree.xpath("count(//*)"))
        crowded = bool(tree.xpath(f"boolean(//*/*[{_MOST_CHILDREN + 1}])"))
    except XPathError as error:  # more elements than it can list
        raise _too_large("more than 10,000,000 elements") from error
    letters = int(tree.xpath("string-length(/)"))
    tables = sum(1 for _ in tree.iter("table"))
    if crowded or elements > _MOST_ELEMENTS or letters > _MOST_LETTERS or tables > _MOST_TABLES:
        raise _too_large(f"{elements:,} elements, {letters:,} characters")


def _merge_inline(element: HtmlElement) -> None:
    """Put down plain text for the inline elements right inside one that has very many."""
    before: HtmlElement | None = None
    parts: list[str] = [element.text or ""]

    def close() -> None:
        if before is None:
            element.text = "".join(parts)
        else:
            before.tail = "".join(parts)

    for child in list(element):
        if child.tag in _INLINE and not len(child):
            parts += [child.text or "", child.tail or ""]
            child.tail = None
            element.remove(child)
        else:
            close()
            before, parts = child, [child.tail or ""]
    close()


def lines_of(element: HtmlElement, *, breaks: frozenset[str] = _BREAKS) -> list[str]:
    """The lines of an element as a browser breaks them; ``breaks`` are tags that do."""
    parts: list[str] = []
    _collect(element, parts, breaks)
    text = without_controls("".join(parts))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in lines if line]


def _collect(element: HtmlElement, parts: list[str], breaks: frozenset[str]) -> None:
    # Recursion is safe: parse_page lets no tree be deeper than 256.
    parts.append((element.text or "").replace("\n", " "))
    for child in element:
        ends_line = child.tag in breaks
        if ends_line:
            parts.append("\n")
        _collect(child, parts, breaks)
        if ends_line:
            parts.append("\n")
        parts.append((child.tail or "").replace("\n", " "))


def without_controls(text: str) -> str:
    """A text without the control characters that a page names by number (&#1;)."""
    return _CONTROL.sub("", text)
