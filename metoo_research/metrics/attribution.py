"""Who a figure is attributed to, as the sentence says it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from metoo_research.metrics.nouns import singular
from metoo_research.metrics.vocabulary import (
    DATA_NOUNS,
    NUMBER_WORDS,
    PERSON_NOUNS,
    SOURCE_NOUNS,
    TIME_UNITS,
    VERBS_OF_DOING,
    VERBS_OF_SAYING,
    VERBS_WITH_A_PARTICLE,
    WEEKDAYS,
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source as written, where it stands, and what part of the sentence it covers.

    ``verb`` is where the word of saying stands.
    """

    text: str
    start: int
    end: int
    verb: tuple[int, int]
    covers: tuple[int, int]


PRONOUNS: Final = frozenset("he she they we i".split())
_NAME_WORD: Final = r"(?:[A-Z][\w’'&.-]*[\w’']|[A-Z])"
_NAME: Final = (
    rf"{_NAME_WORD}(?:\s(?:of|for|the|and|on|de|van|von|&)\s{_NAME_WORD}|\s{_NAME_WORD}){{0,7}}"
)
_FURTHEST = 140
#: How far what somebody said reaches, unless it ends before.
_LONGEST_STATEMENT = 600

# --- "according to …" ----------------------------------------------------------------------

_ACCORDING: Final = re.compile(
    r"\b(?:[Aa]ccording to|[Bb]y the (?:count|estimate|reckoning|tally) of|[Aa]s reported by"
    r"|[Aa]s per|[Cc]iting|[Rr]eported by"
    r"|[Ee]stimated by|[Pp]er(?=\san?\s(?:[\w-]+\s){0,2}?(?:spokes|person|report|source"
    r"|statement|post|blog|tracker|filing|release|analysis|count|tally)|\sthe\s[A-Z]))\s"
    r"(?P<who>(?:the |an? )?[^\s,.;:()“”\"][^,;:()“”\"]{0,80}?)"
    r"(?=[,;:()“”\"]|\s[–—]\s|\.(?:\s|$|[\"”’])|\s(?:who|which|that|when|while|and|as|since"
    r"|had|have|has|was|were|is|are|with(?!\s(?:the matter|knowledge|direct))|published"
    r"|released|posted|in a)\b"
    rf"|\s(?:on|in|last|late|this|earlier)\s(?:(?i:{WEEKDAYS})|[A-Z]\w+|\d|week|month|year)"
    rf"|\s(?:{VERBS_OF_SAYING})\b|$)"
)

# --- "… said" --------------------------------------------------------------------------------

_VERB: Final = re.compile(rf"(?<![\w-])(?P<verb>{VERBS_OF_SAYING})(?![\w-])")
_ADVERBS: Final = re.compile(
    r"(?:\s(?:has|have|had|also|later|previously|earlier|recently|since|now|already|would|will"
    r"|then|yesterday|today|in\s\d{4}"
    rf"|(?:(?:on|last|this|late|early|in a)\s)?(?i:{WEEKDAYS}|{TIME_UNITS}|statement)))+$"
)
_APPOSITION: Final = re.compile(r"(?:,\s\d{1,2})?,\s(?:[^,;:“”\"]|,(?=\d)){1,90},$")
#: Where the subject of a verb of saying begins at the latest.
_CLAUSE_BEGINS: Final = re.compile(
    r",(?!\d)\s?|[;:“”\"()\[\]]\s?|\s[–—-]\s|(?<!\w)[‘'](?=\w)"
    r"|\b(?:but|while|that|because|although|though|and(?=\s(?:he|she|they|we|the|an?)\b))\s"
)
_SOURCE_NOUN: Final = re.compile(rf"(?<![\w-])(?:{SOURCE_NOUNS})(?![\w-])", re.IGNORECASE)
_DATA_NOUN: Final = re.compile(rf"(?<![\w-])(?:{DATA_NOUNS})(?![\w-])", re.IGNORECASE)
_WORD: Final = re.compile(r"\S+")
_CAPITAL: Final = re.compile(rf"{_NAME_WORD}[,.]?$")
_ARTICLES: Final = frozenset("the a an its their his her our one another some".split())
# "the singer said", "a mother-of-two told": somebody without a name
_PERSON: Final = re.compile(r"(?:er|or|ist|ian|man|mum|student|victim|celebrity|-of-\w+)$")
_QUANTITY: Final = re.compile(
    rf"\d|(?:{NUMBER_WORDS}|half|most|many|some|few|all|none|dozens|hundreds|thousands"
    r"|millions|more|nearly|almost|about|over|at)\b",
    re.IGNORECASE,
)
# A clause in it: what stands before the verb is no name.
_NO_SOURCE: Final = re.compile(
    r"\b(?:who|which|whom|is|are|was|were|had|have|has|been|to|not|how|why|when|if|than)\b"
)
_OPENS_NO_NOUN: Final = frozenset(
    "in on at by with after before since as when where if for because"
    " during until from then there also just this such last".split()
)
_CONJUNCTIONS: Final = frozenset("but and so or yet".split())
_CALENDAR: Final = re.compile(rf"(?:{WEEKDAYS}|[A-Z][a-z]{{2,8}}\.?\s?\d+)$", re.IGNORECASE)
_MOST_WORDS = 14
#: The verb ends a sentence or an insertion: what was said stands before it.
_SAYING_ENDS: Final = re.compile(
    rf"(?:\s(?:(?i:{WEEKDAYS})|on|in|at|to|last|late|early|earlier|via|during|this"
    r"|yesterday|today|by)\b(?:(?!\bthat\b)[^,;:“”\"]){0,80}?)?\s?(?:[,.;!?”\"’)–—]|$)"
)
_HEARER: Final = re.compile(r"\s(?:(?:the|this|our)\s)?[\w’'.&-]+(?:\s[A-Z][\w’'.&-]*){0,3}")
_QUOTE_OPENS: Final = re.compile(r"[,:]?\s?[“\"‘']")
_QUOTE_ENDS: Final = re.compile(r"[”\"]")
_STATEMENT_ENDS: Final = re.compile(
    r";|,\s(?:but|while|whereas|although|though|and(?!\s(?:that\b|[\d$£€])))\b"
)
_INVERTED: Final = re.compile(
    rf"\s(?P<who>(?:(?:the|an?|its|their|his|her)\s)?(?:[a-z][\w’'-]+\s){{0,3}}?{_NAME}"
    rf"|(?:(?:the|an?|its|their|one)\s)?(?:[\w’'-]+\s){{0,3}}?(?i:{SOURCE_NOUNS})"
    rf"(?:\s(?:for|of|at|from)\s(?:the\s)?(?:{_NAME}|[a-z]+))?"
    r"|(?:the|an?|one|another)\s(?:[\w’'-]+\s){0,3}?\w+(?:er|or|ist|ian|man))"
    r"(?=[,.;:)”\"–—]|\s(?:who|which|of|from|in|on|at|to|and|for|as)\b|$)"
)


def find_attributions(text: str) -> list[Attribution]:
    """Find who says what in a sentence, in the order in which the sources stand.

    "According to …" and an inserted or final "… said" cover the whole sentence; a subject
    that says something covers what follows, up to the end of that clause.
    """
    found: list[Attribution] = []
    for match in _ACCORDING.finditer(text):
        start, end = match.span("who")
        verb = match.start(), start
        found.append(Attribution(match["who"].rstrip(), start, end, verb, (0, len(text))))
    for match in _VERB.finditer(text):
        attribution = _said_by_inversion(text, match) or _said_by_subject(text, match)
        if attribution:
            found.append(attribution)
    return sorted(found, key=lambda one: one.start)


def _said_by_subject(text: str, verb: re.Match[str]) -> Attribution | None:
    """Read a subject before its verb: "…, a spokesman for the force said"."""
    low = max(verb.start() - _FURTHEST, 0)
    clause = _ADVERBS.sub("", text[low : verb.start()].rstrip())
    if clause.endswith(","):
        clause = _APPOSITION.sub("", clause)
    begin = max((stop.end() for stop in _CLAUSE_BEGINS.finditer(clause)), default=0)
    if low and not begin:
        return None
    clause = _before_an_earlier_verb(clause, begin)
    words = _subject(list(_WORD.finditer(clause, begin)))
    said = [word[0] for word in words]
    if not _is_source(said, verb["verb"], at_start=begin + low == 0):
        return None
    start, end = low + words[0].start(), low + words[-1].end()
    inserted = bool(clause[:begin].strip()) and _ends_there(text, verb)
    if verb["verb"] in VERBS_WITH_A_PARTICLE:  # "settled on 200,000"
        inserted = False
    covers = (0, len(text)) if inserted else (verb.end(), _end_of_statement(text, verb.end()))
    return Attribution(text[start:end], start, end, verb.span(), covers)


def _before_an_earlier_verb(clause: str, begin: int) -> str:
    """Cut "The police put it at 4,000 and" (said) to its subject: "The police"."""
    if not clause.endswith((" and", " but")):
        return clause
    earlier = _VERB.search(clause, begin)
    return clause[: earlier.start()].rstrip() if earlier else clause


def _subject(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Leave out what stands before a subject: "On Monday Facebook"."""
    while words and words[0][0].lower() in _CONJUNCTIONS:
        words = words[1:]
    if not words or words[0][0].lower() not in _OPENS_NO_NOUN:
        return words
    article = max((n for n, word in enumerate(words) if word[0] in _ARTICLES), default=0)
    if article:
        return words[article:]
    first = len(words)
    while first and _CAPITAL.match(words[first - 1][0]):
        if _CALENDAR.match(words[first - 1][0]):
            break
        first -= 1
    # "In May social media monitor Jane Doe Media": the words that say what she is
    described = first
    while described and words[described - 1][0].islower():
        described -= 1
    if any(_SOURCE_NOUN.search(word[0]) for word in words[described:first]):
        opening = [word for word in words[:described] if not _CALENDAR.match(word[0])]
        if described and len(opening) < described and first < len(words):
            return words[described:]
    return words[first:]


def _is_source(words: list[str], verb: str, *, at_start: bool) -> bool:
    """Whether the words before a verb of saying name somebody, or something, that tells."""
    if not words or len(words) > _MOST_WORDS:
        return False
    said = " ".join(words)
    if len(words) == 1 and said.lower() in PRONOUNS:
        return verb not in VERBS_OF_DOING or verb in {"wrote", "writes", "noted"}
    if said.lower() in _ARTICLES or _NO_SOURCE.search(said):
        return False
    told_of = _QUANTITY.match(said) and not _DATA_NOUN.search(said)
    if told_of and (" of " in said or not _SOURCE_NOUN.search(said)):
        return False
    if _SOURCE_NOUN.search(said):
        return True
    if words[0].lower() in _ARTICLES and _PERSON.search(words[-1]):
        return True
    if not _CAPITAL.match(words[-1]):
        return any(
            word[0].isupper() and word.endswith(("'s", "’s", "s’", "s'")) for word in words
        )
    # A capital at the beginning of a sentence makes no name of a crowd.
    return not (at_start and len(words) == 1 and singular(said) in PERSON_NOUNS)


def _ends_there(text: str, verb: re.Match[str]) -> bool:
    """Whether nothing that was said follows the verb."""
    after = verb.end()
    if verb["verb"] in {"told", "tells"} and (hearer := _HEARER.match(text, after)):
        after = hearer.end()
    return bool(_SAYING_ENDS.match(text, after))


def _end_of_statement(text: str, after: int) -> int:
    opened = _QUOTE_OPENS.match(text, after)
    start = opened.end() if opened else after
    ends = _QUOTE_ENDS if opened else _STATEMENT_ENDS
    stop = ends.search(text, start, start + _LONGEST_STATEMENT)
    return stop.start() if stop else min(start + _LONGEST_STATEMENT, len(text))


def _said_by_inversion(text: str, verb: re.Match[str]) -> Attribution | None:
    """Read a subject behind its verb: "…,” said Jane Doe"."""
    before = text[max(verb.start() - 2, 0) : verb.start()].rstrip()
    if not before or before[-1] not in ",”\"’'—–" or verb["verb"] in {"told", "tells"}:
        return None
    found = _INVERTED.match(text, verb.end())
    if found is None or _CALENDAR.match(found["who"]):
        return None
    if found["who"].split()[0] in _OPENS_NO_NOUN:  # "said on Monday"
        return None
    start, end = found.span("who")
    return Attribution(found["who"], start, end, verb.span(), (0, len(text)))


_SOMEBODY: Final = r"\w+(?:er|or|ist|ian|man)"
# "said Ana Ruiz, a mother of two", "according to the union, which has 4,000 members": what is
# said of a source, up to the next comma.
_DESCRIBES: Final = re.compile(
    r"(?:\s(?:of|for|at|from|with|in|on|via)(?:\s[\w’'&.-]+){1,6}|,\s(?:aged\s)?\d{1,2})?"
    r",\s(?:(?P<clause>who|whose|whom|which|where)|an?|the|one|(?:him|her|it|them)sel\w+"
    rf"|(?:[\w-]+\s){{0,3}}?(?:{SOURCE_NOUNS}|{_SOMEBODY})(?=\s(?:of|for|at)\b))\s"
    r"(?P<rest>(?:[^,;:“”\"–—]|,(?=\d)){0,200})"
)
_DESCRIBED_AS: Final = re.compile(
    rf"(?:(?!of\b)[\w'’-]+\s){{0,3}}?(?:{SOURCE_NOUNS}|parent|{_SOMEBODY})(?![\w-])",
    re.IGNORECASE,
)


def _description_ends(text: str, source: Attribution) -> int:
    """Where what is said of a source ends; where the source ends if nothing is."""
    if source.verb[0] > source.end:  # "Omar Said, a father of three, said on Twitter, where …"
        behind = _DESCRIBES.match(text, source.verb[1]) if source.covers[0] == 0 else None
        return behind.end() if behind and behind["clause"] else source.verb[0]
    # "According to the police, a crowd of 500 came": there the statement follows.
    opens = not text[: source.verb[0]].strip("“”\"'‘ ")
    end = source.end
    while found := _DESCRIBES.match(text, end):
        said_of_it = found["clause"] or _DESCRIBED_AS.match(found["rest"])
        if opens and not (said_of_it and text.startswith(",", found.end())):
            break
        end = found.end()
    return end


def attribution_of(
    text: str, number: tuple[int, int], attributions: Sequence[Attribution]
) -> Attribution | None:
    """Choose the attribution that covers a number: the nearest of those that do.

    A number that is a part of a source ("three people briefed on the matter") has none, and
    one that describes it ("a mother of two") is nothing that it tells.
    """
    at = bisect_left(attributions, number[0], key=lambda one: one.start)
    near = attributions[max(at - 3, 0) : at + 3]
    if any(one.start <= number[0] < one.end for one in near):
        return None
    covering = [
        one
        for one in near
        if one.covers[0] <= number[0] < one.covers[1]
        and not one.start <= number[0] < _description_ends(text, one)
    ]
    return min(covering, key=lambda one: abs(one.start - number[0]), default=None)


_SPEAKS_FOR: Final = re.compile(
    rf"(?:(?:by|from|for|at|of)\s(?:the\s)?(?P<of>{_NAME})|^(?:(?i:an?|the|one)\s)?(?!(?i:an?"
    rf"|the|one)\s)(?P<first>{_NAME_WORD}(?:\s{_NAME_WORD})*)\s"
    r"(?:spokes\w+|representatives?|officials?|data|figures|statistics|report|study|survey"
    r"|poll|analysis|tally|estimates|statement))"
)
_OWNS: Final = re.compile(rf"(?P<of>{_NAME_WORD}(?:\s{_NAME_WORD})*)['’]s?\s(?P<first>[a-z])")
_POSSESSIVE: Final = re.compile(r"['’]s?$")


def speaks_for(said: str) -> str | None:
    """Give the name behind a source: the X of "a spokeswoman for X" or "data from X"."""
    found = _OWNS.match(said) or _SPEAKS_FOR.search(said)
    name = found and (found["of"] or found["first"])
    return _POSSESSIVE.sub("", name) if name else None
