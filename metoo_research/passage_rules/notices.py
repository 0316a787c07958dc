"""What a site sets around every article: comment forms, legal and editorial notices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metoo_research.passage_rules.page import Finder, Line, Page, Rule, Wording, wording

_COMMENT_FORM = wording(
    r"\d*\s*comments?(?:\s*\(?\d*\)?)?$",
    r"leave a (?:reply|comment)(?: (?:below|here|cancel reply|to .{1,40}))?[.!:]?$",
    r"(?:post|add|write|submit) (?:a |your )?(?:comment|reply)$",
    r"your e-?mail address will not be published",
    r"required fields are marked",
    r"(?:you must )?(?:be )?(?:log(?:ged)?|sign(?:ed)?) ?in (?:or \w+ )?to "
    r"(?:post|leave|add|join|write) (?:an? |your |the )?"
    r"(?:comment|reply|conversation|discussion)",
    r"be the first to comment\b",
    r"no comments(?: yet)?[.!]?$",
    r"comments are closed(?: (?:on|for) this (?:article|post|story))?\.?$",
    r"join the (?:conversation|discussion)$",
    r"(?:view|show|read|see|hide)(?: all)?(?: \d+)? comments?(?: \(?\d+\)?)?$",
    r"(?:name|e-?mail|website|comment) ?\*$",
    r"save my name, e-?mail",
    r"notify me of (?:new|follow)",
    most_words=25,
)

_END_OF_LINK = r"[\s.…!:»>→\])]*$"
# Links that lead from a copy to its source: the text above them is not the whole article.
_REST_IS_ELSEWHERE = wording(
    r"(?:read|see|view) the (?:full|original|complete|entire|rest of the|whole) "
    r"(?:article|story|post|report|piece|text)"
    rf"(?:{_END_OF_LINK}| (?:here|at|on|from|in|via)\b)",
    rf"continue reading(?:{_END_OF_LINK}| (?:here|on|at|the|with)\b)",
    r"click here to read\b",
    r"[\[(]?(?:read more|more|continued)(?: on| at)?\s*(?:…|\.\.\.)[\])]?$",
    most_words=14,
)

# An article, as its own site or a copy of it speaks of it.
_PIECE = r"(?:article|story|post|piece|report|essay|column|interview)"
_FIRST_PUBLICATION = wording(
    rf"this {_PIECE}\b(?: [\w’']+){{0,4}} (?:originally|first) "
    r"(?:appeared|published|ran|posted)\b",
    r"the (?:article|post|essay|column|interview) (?:was )?(?:originally|first) "
    r"(?:appeared|published|ran|posted) (?:on|in|at|by|with)\b[^,;]{1,80}$",
    rf"this {_PIECE} (?:is|was|has been) (?:originally |first )?"
    r"(?:published|posted|republished|reprinted|syndicated)\b",
    rf"this {_PIECE} (?:appeared|appears) (?:here|originally|first|courtesy)\b",
    r"the post .{3,200} appeared first on\b",
    r"(?:originally|first) (?:published|appeared) (?:on|in|at|by)\b",
    r"(?:republished|reprinted) (?:with|by|from|courtesy)\b",
    most_words=30,
)
_LEGAL = wording(
    r"(?:©|\(c\)\s|copyright (?:©|\(c\)|\d{4}|notice))",
    r".{0,200}\ball rights reserved\.?$",
    r"(?:this|the|all|no|any|our|these)\b.{0,80}"
    r"\b(?:material|content|article|story|site|part|text|information|report)s?\b.{0,60}"
    r"\bmay (?:not )?be (?:published|reproduced|republished|redistributed|copied)\b"
    r".{0,20}(?:,|\bor\b|\bwithout\b)",
    r"(?:this (?:site|website|page)|we(?: and our partners)?) uses? cookies\b",
    r"(?:accept|reject|manage)(?: all)? cookies\.?$",
    r"by (?:signing up|subscribing|registering|continuing|clicking|using|submitting|entering)\b"
    r".{0,60}\byou\b.{0,120}\b(?:our|terms|privacy|cookies?)\b",
    r"(?:(?:privacy|cookie) (?:policy|notice)|terms (?:of|and) \w+)"
    r"(?:\s*[|·•,&-]\s*[\w ]{1,30}){0,6}$",
    most_words=80,
)
_NO_QUOTATION = r"(?!.*[\"“”])"
_PAID = (
    r"\b(?:earn|receive|get|make|collect|paid)s?\b.{0,60}"
    r"\b(?:commission|compensation|fee)s?\b"
)
_SHOPPING = r"\b(?:links?|purchase[sd]?|buy|shop|product selections?)\b"
_AFFILIATE = wording(
    rf"{_NO_QUOTATION}.*\b(?:we|us|our|site|website|publication)\b.{{0,60}}{_PAID}"
    rf"(?=.*{_SHOPPING})",
    rf"{_NO_QUOTATION}.*{_SHOPPING}.{{0,100}}\bwe\b.{{0,40}}{_PAID}",
    most_words=80,
)
_EDITORS_NOTE = wording(
    r"(?:correction|clarification|editor['’]?s['’]? note)\b.{0,40}:",
    rf"this {_PIECE} (?:has been|was|is) (?:since )?(?:updated|amended|corrected|edited)\b",
    rf"an (?:earlier|previous) version of this {_PIECE}\b",
    r"this is a (?:developing|breaking) (?:news )?story\b",
    r"(?:(?:content|trigger) (?:warning|note|advisory)|[ct]w)\s*[:–—-]",
    r"warning\s*[:–—-]\s*(?:this|the following|some|contains)\b",
    most_words=80,
)
_HELPLINE = wording(
    rf"{_NO_QUOTATION}if you\b.{{0,200}}"
    r"\b(?:call|contact|visit|text|phone|ring|helpline|hotline)\b"
    r"(?=.*(?:\d{3}|helpline|hotline|lifeline|\.org|\.com|\.uk))",
    most_words=90,
)
_AT_EDGES = (_LEGAL, _AFFILIATE, _FIRST_PUBLICATION, _EDITORS_NOTE, _HELPLINE)


def _at_edges(one: Wording) -> Finder:
    """Find lines worded so above the first or below the last line of running text.

    They read like sentences themselves, and a sentence of the body may begin like one.
    """

    def find(page: Page) -> Iterator[Line]:
        for lines in (page.lines, list(reversed(page.lines))):
            for line in lines:
                if one.fits(line):
                    yield line
                elif line.is_sentence and not any(other.fits(line) for other in _AT_EDGES):
                    break

    return find


_TAGS = wording(
    r"(?:tags?|topics?|filed (?:under|in)|categor(?:y|ies)|keywords|posted in)\s*:\s*\S",
    r"home\s*[>»›/|]\s*\S",
    most_words=25,
    never_prose=True,
)
# ASCII punctuation, typographic punctuation, boxes and stars; emoji are none of them.
_ORNAMENT = re.compile(r"[\s!-/:-@\[-`{-~¡-¿\u2010-\u205E■-◿★☆❖✦✱]+$")


def _ornaments(page: Page) -> Iterator[Line]:
    """Rules and stars between sections: no letter, no digit, no emoji."""
    return (line for line in page.open if not line.words and _ORNAMENT.match(line.text))


NOTICE_RULES = (
    Rule("comment_form", "comment_ui", _COMMENT_FORM.anywhere),
    Rule("read_more_elsewhere", "boilerplate", _REST_IS_ELSEWHERE.anywhere),
    Rule("legal_notice", "boilerplate", _at_edges(_LEGAL)),
    Rule("affiliate_notice", "boilerplate", _at_edges(_AFFILIATE)),
    Rule("first_publication", "boilerplate", _at_edges(_FIRST_PUBLICATION)),
    Rule("editors_note", "boilerplate", _at_edges(_EDITORS_NOTE)),
    Rule("helpline_notice", "boilerplate", _at_edges(_HELPLINE)),
    Rule("ornament", "boilerplate", _ornaments),
    Rule("tags", "section_tag", _TAGS.anywhere),
)
