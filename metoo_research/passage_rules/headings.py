"""Headlines, section names, standfirsts and crossheads: told by their form and their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from metoo_research.passage_rules.outlets import outlet_above_headline, outlets_at_the_head
from metoo_research.passage_rules.page import SECTIONS, SMALL_WORDS, Line, Page, Rule

_EXCERPT = re.compile(r"(\[\s*(\.{3}|…)\s*\]|…|\.{3})$")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")


def _markdown_headline(page: Page) -> Iterator[Line]:
    return islice((line for line in page.open if _MARKDOWN_HEADING.match(line.text)), 1)


def _markdown_subheads(page: Page) -> Iterator[Line]:
    return (line for line in page.open if _MARKDOWN_HEADING.match(line.text))


def _section_tag_before_headline(page: Page) -> Iterator[Line]:
    """A first line that names a section, or shouts beside a headline that does not."""
    first, second = [*islice(page.open, 2), None, None][:2]
    if first is None or second is None or not _is_tag(first):
        return
    if len(second.words) < 4 or not second.is_headline_like or second.is_prose:
        return
    names_section = all(word.lower() in SECTIONS | {"and", "&"} for word in first.words)
    shouts = first.text.isupper() and not second.text.isupper() and second.is_title_case
    if names_section or shouts:
        yield first


def _is_tag(line: Line) -> bool:
    return len(line.words) <= 3 and not line.ends_sentence and line.is_capitalised


def _first_line_headline(page: Page) -> Iterator[Line]:
    """The first line, if it has the form of a headline and prose follows it.

    A body without a headline opens with a sentence, which ends like one. Where nothing
    separates the first line from the second, more evidence is asked for: title case, a
    byline or date below, or that all other lines end like sentences.
    """
    line = next(iter(page.open), None) if not _told_headline(page) else None
    following = page.after(line) if line else None
    if line is None or following is None or not line.is_headline_like:
        return
    if line.text[-1] in "?!" and len(line.words) > 15 and not line.is_title_case:
        return
    if following.text[0].islower() or not any(other.is_prose for other in page.lines):
        return
    if (
        following.starts_block
        or following.kind in {"byline", "date"}
        or line.is_title_case
        or _alone_ends_unlike_prose(line, page)
    ):
        yield line


def _told_headline(page: Page) -> bool:
    """Whether the file, or a head typed above the text, says what the headline is."""
    return any(line.given or line.rule == "typed_headline" for line in page.of_kind("headline"))


def _alone_ends_unlike_prose(line: Line, page: Page) -> bool:
    """Whether a short line stands out in a text whose other lines are all whole paragraphs."""
    others = [other for other in page.open if other is not line and len(other.words) >= 8]
    ended = sum(other.is_prose for other in others)
    return len(line.words) <= 16 and len(others) >= 3 and ended >= 0.9 * len(others)


def _headline_above_byline(page: Page) -> Iterator[Line]:
    """Where no headline was found: the headline-like line that a byline follows.

    Below the body it must be in title case: it may be the last line of the body.
    """
    if page.of_kind("headline"):
        return
    for byline in page.of_kind("byline"):
        line = page.before(byline)
        if line is None or line.rule is not None or not line.is_headline_like:
            continue
        if line.is_title_case or not any(above.is_prose for above in page.above(line)):
            yield line
            return


def _section_tag_above_headline(page: Page) -> Iterator[Line]:
    """Up to three capitalised words on the line above a headline."""
    for headline in page.of_kind("headline"):
        line = page.before(headline)
        if line and line.rule is None and _is_tag(line):
            yield line


def _name_beside_date(page: Page) -> Iterator[Line]:
    """Between headline and body, two to four capitalised words above or below a date."""
    for headline in page.of_kind("headline")[:1]:
        for line in islice(page.below(headline), 4):
            if line.is_prose:
                return
            neighbours = (page.before(line), page.after(line))
            beside = any(other and other.kind == "date" for other in neighbours)
            letters = line.text.replace(" ", "").replace("-", "").replace(".", "")
            named = 2 <= len(line.words) <= 4 and line.is_capitalised and letters.isalpha()
            if line.rule is None and beside and named:
                yield line
                return


def _subheads_below_headline(page: Page) -> Iterator[Line]:
    """The line below the headline: a phrase, or an excerpt that the site cut off."""
    for headline in page.of_kind("headline"):
        line = next((below for below in page.below(headline) if below.rule is None), None)
        if line is None or line.text[0].islower():
            continue
        following = page.after(line)
        excerpt = _EXCERPT.search(line.text[-20:])
        cut_off = excerpt and (
            following is None
            or following.text.startswith(_EXCERPT.sub("", line.text).strip()[:40])
            or line.text.endswith("]")
        )
        phrase = not line.ends_sentence and len(line.words) <= 40 and not line.is_long
        begins_block = line.starts_block and following and not following.starts_block
        if cut_off or (
            phrase and following and not begins_block and not _repeats(line, headline)
        ):
            yield line


def _repeats(line: Line, other: Line) -> bool:
    """Whether most words of a line stand in the other one too."""
    words = {word.lower() for word in line.words} - SMALL_WORDS
    return bool(words) and len(words & {word.lower() for word in other.words}) >= len(words) / 2


def _keyword_captions(page: Page) -> Iterator[Line]:
    """The text that stands for a picture: the headline's words again, before the body."""
    for headline in page.of_kind("headline"):
        for line in islice(page.below(headline), 3):
            if line.is_prose:
                break
            if (
                line.rule is None
                and 3 <= len(line.words) <= 28
                and not line.ends_sentence
                and line.is_title_case
                and _repeats(line, headline)
            ):
                yield line


def _crossheads(page: Page) -> Iterator[Line]:
    """A short phrase, or the numbered title of a list's item, alone between paragraphs."""
    open_lines = page.open
    for before, line, after in zip(open_lines, open_lines[1:], open_lines[2:], strict=False):
        numbered = re.match(r"\d{1,3}[.)]\s+(?=\S)", line.text)
        phrase = line.text[numbered.end() :] if numbered else line.text
        if (
            1 <= len(line.words) <= 10
            and phrase[0].isupper()
            and not re.search(r"[.!:;,…\"”'’)\]*]$", phrase)
            and (not phrase.endswith("?") or line.is_title_case)
            and (before.is_prose or after.is_prose)
            and (before.is_prose or before.is_sentence)
            and (after.is_prose or after.is_sentence)
        ):
            yield line


HEADING_RULES = (
    Rule("markdown_headline", "headline", _markdown_headline),
    Rule("markdown_subhead", "subhead", _markdown_subheads),
    Rule("outlet_above_headline", "section_tag", outlet_above_headline),
    Rule("section_tag_first", "section_tag", _section_tag_before_headline),
    Rule("first_line_headline", "headline", _first_line_headline),
    Rule("headline_above_byline", "headline", _headline_above_byline),
    Rule("section_tag_above_headline", "section_tag", _section_tag_above_headline),
    Rule("outlet_at_the_head", "section_tag", outlets_at_the_head),
    Rule("name_beside_date", "byline", _name_beside_date),
    Rule("subhead_below_headline", "subhead", _subheads_below_headline),
    Rule("keywords_of_picture", "caption", _keyword_captions),
    Rule("crosshead", "subhead", _crossheads),
)
