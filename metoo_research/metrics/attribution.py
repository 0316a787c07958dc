"""Who a figure is attributed to, as the sentence says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from metoo_research.metrics.vocabulary import VERBS_OF_SAYING


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source as written, where it stands, and what part of the sentence it covers."""

    text: str
    start: int
    end: int
    covers: tuple[int, int]


_NAME_WORD: Final = r"(?:[A-Z][\w’'&.-]*[\w’']|[A-Z])"
_NAME: Final = (
    rf"{_NAME_WORD}(?:\s(?:of|for|the|and|on|de|van|von|&)\s{_NAME_WORD}|\s{_NAME_WORD})*"
)
_COMMON: Final = (
    r"(?:(?:the|a|an|its|their|one|another|some|police|local|state|federal|company|campaign)\s)?"
    r"(?:[a-z’'-]+\s){0,3}?(?:company|firm|platform|site|website|network|giant|service|app|police"
    r"|officials?|organi[sz]ers?|researchers?|spokes(?:man|woman|person|people)|representatives?"
    r"|authorities|report|study|survey|poll|data|figures|analysis|analysts?|experts?|group"
    r"|charity|campaigners?|activists|agency|ministry|department|university|union|newspaper"
    r"|magazine|tracker|statement|documents|records|lawyers?|prosecutors?|investigators?"
    r"|estimates|statistics|newspaper|foundation|institute|commission|government)"
)
_PRONOUN: Final = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I)"
_ACCORDING: Final = re.compile(
    r"\b(?:[Aa]ccording to|[Aa]s reported by|[Aa]s per|[Cc]iting|reported by|estimated by"
    r"|compiled by|data from|figures from|statistics from|numbers from)\s"
    r"(?P<who>(?:the |a |an )?[^\s,.;:()“”\"][^,;:()“”\"]{0,80}?)"
    r"(?=[,;:()“”\"]|\.(?:\s|$|[\"”’])|\s(?:who|which|that|when|while|and|as|on|since|had|have|has"
    r"|in a|was|were|is|are|with)\b"
    rf"|\s(?:{VERBS_OF_SAYING})\b|$)"
)
_SUBJECT_SAID: Final = re.compile(
    rf"(?:(?<=^)|(?<=[\s“\"‘(]))(?P<who>(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s)?{_NAME}"
    rf"(?:['’]s?\s[a-z]+)?|(?i:{_COMMON})(?:\s(?:by|from|of|at|for)\s(?:the\s)?{_NAME})?"
    rf"|{_PRONOUN})\s(?:(?:has|have|had|also|later|previously|earlier|recently)\s){{0,2}}"
    rf"(?:{VERBS_OF_SAYING})\b"
)
_SAID_SUBJECT: Final = re.compile(
    rf"[,”\"’]\s?(?:{VERBS_OF_SAYING})\s(?P<who>(?:the\s)?{_NAME}|(?i:{_COMMON}))"
)
_TRAILING_SAID: Final = re.compile(
    rf",[”\"’]?\s(?P<who>(?:the\s)?{_NAME}|(?i:{_COMMON})|{_PRONOUN})\s(?:{VERBS_OF_SAYING})\b"
)
_COMPLEMENT_END: Final = re.compile(r";|[”\"]|,\s(?:but|while|although|though|and|with)\b")


def find_attributions(text: str) -> list[Attribution]:
    """Find who says what in a sentence.

    "According to …" and an inserted or final "… said" cover the whole sentence; a subject
    that says something covers what follows, up to the end of that clause.
    """
    found: list[Attribution] = []
    for match in _ACCORDING.finditer(text):
        found.append(_attribution(match, (0, len(text))))
    for match in _SUBJECT_SAID.finditer(text):
        stop = _COMPLEMENT_END.search(text, match.end())
        found.append(_attribution(match, (match.end(), stop.start() if stop else len(text))))
    for pattern in (_SAID_SUBJECT, _TRAILING_SAID):
        for match in pattern.finditer(text):
            found.append(_attribution(match, (0, match.start())))
    return found


def _attribution(match: re.Match[str], covers: tuple[int, int]) -> Attribution:
    who = match["who"].strip()
    return Attribution(who, match.start("who"), match.start("who") + len(who), covers)


def attribution_of(
    number: tuple[int, int], attributions: list[Attribution]
) -> Attribution | None:
    """Choose the attribution that covers a number: the nearest of those that do."""
    covering = [
        one
        for one in attributions
        if one.covers[0] <= number[0] < one.covers[1] and not (one.start <= number[0] < one.end)
    ]
    return min(covering, key=lambda one: abs(one.start - number[0]), default=None)
