"""Who wrote an article, when and where, and whose pictures it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from metoo_research.passage_rules.outlets import may_name_outlet, names_outlet
from metoo_research.passage_rules.page import (
    DATE,
    MONTH,
    WEEKDAY,
    Line,
    Page,
    Rule,
    wording,
)

_PUBLISHED = re.compile(
    r"(?:(?:first |last |originally )?(?:published|posted|updated|modified|created)"
    r"(?: on| at)?:?(?=\s|\d|$))",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"{DATE}|\b\d{{1,2}}(?:[:.]\d{{2}}){{1,2}}\s*(?:[ap]\.?m\b\.?)?"
    r"|\b\d{1,2}\s*[ap]\.?m\b\.?"
    rf"|\b(?:{WEEKDAY}|{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})(?![\w])"
    r"|\b(?:\d{1,3}|an?)\s+(?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?)\s+(?:ago|read)\b"
    r"|\b(?:GMT|UTC|BST|CES?T|[ECMP][SD]?T|IST|AES?[DT]T)\b|\b(?:eastern|pacific) time\b"
    r"|\b(?:last |first )?(?:published|posted|updated|modified|edited)\b|\b(?:at|on)\b",
    re.IGNORECASE,
)
_BARE_DATE = re.compile(rf"(?:{DATE}|\d{{1,2}}[:.]\d{{2}}\b.{{0,20}}{DATE})", re.IGNORECASE)
_BETWEEN_TIMES = frozenset(" \t,;:|/·•@()[]-–—")


def _is_only_time(text: str) -> bool:
    """Whether nothing is left of a text when dates, times and their words are taken out."""
    return _BETWEEN_TIMES.issuperset(_WHEN.sub("", text))


def _dates(page: Page) -> Iterator[Line]:
    """Lines such as "Published on …" anywhere; a bare date only off the running text.

    Between two paragraphs a date is the crosshead of a timeline.
    """
    for line in page.open:
        if len(line.words) > 20 or line.is_long:
            continue
        published = _PUBLISHED.match(line.bare)
        if published and _is_only_time(line.bare[published.end() :]):
            yield line
        elif _BARE_DATE.match(line.bare) and _is_only_time(line.bare):
            neighbours = (page.before(line), page.after(line))
            if not all(other and other.is_prose for other in neighbours):
                yield line


_DATE = re.compile(DATE, re.IGNORECASE)
_BEHIND_AN_OUTLET = re.compile(r"\s*[,|·•]\s*|\s+[-–—]\s+")


def _outlet_and_date(page: Page) -> Iterator[Line]:
    """Above the running text: "The Daily Heron, 14 March 2019", or the other way round."""
    for line in page.lines:
        if line.is_prose:
            return
        if line.rule is None and len(line.words) <= 12:
            others = _beside_date(line.bare)
            if len(others) == 1 and (names_outlet(others[0]) or _INITIALS.match(others[0])):
                yield line


# "TNN | Mar 8, 2021": an agency, or the initials of its writer.
_INITIALS = re.compile(r"[A-Z]{2,5}$")


def _beside_date(text: str) -> list[str]:
    """What a line says beside a whole date; nothing where it has none."""
    rest, dates = _DATE.subn("", text)
    parts = _BEHIND_AN_OUTLET.split(rest) if dates else []
    return [part.strip() for part in parts if part.strip() and not _is_only_time(part)]


_BY = re.compile(
    r"(?:(?:words|story|written|reported|report|text|interview) )?by(?::|\s)\s*",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "de da di do dos del della der den du la le van von bin ibn al el y e zu and for of with in"
    " at & ten ter".split()
)
_ROLE = re.compile(
    r"\b(?:writer|reporter|editor|correspondent|columnist|contributor|producer|journalist|staff"
    r"|press|news|agency|special|freelance|critic|author)s?\b",
    re.IGNORECASE,
)
# "By Monday", "By the end": words that begin a time or a phrase, not a name.
_NO_NAME = re.compile(
    rf"(?:the|a|an|this|that|these|those|now|then|what|all|any|no|every|its|our|my|your|his|her"
    rf"|their|invitation|order|design|contrast|comparison|law|default|hand|{WEEKDAY}|{MONTH}"
    r"|christmas|easter|spring|summer|autumn|winter|\d.*)$",
    re.IGNORECASE,
)


_SEPARATOR = re.compile(r"[|;·•]|\s[-–—]\s")
_DATE_BEHIND = re.compile(rf"[\s,]+(?:on\s+)?{DATE}", re.IGNORECASE)
# "Jane Roe in Valletta", "Jane Roe for The Daily Heron"
_BEHIND_NAME = re.compile(r"\s+(?:in|for|at)\s+(?=[A-Z])|\s+of\s+(?=[Tt]he\s)")
_FOR = re.compile(r"^(?:for|of|at)\s+", re.IGNORECASE)
_STAFF = re.compile(
    r"\s+(?:staff|reporters?|writers?|correspondents?|desk|editors?|team)\b.*", re.I
)


def _is_byline(line: Line) -> bool:
    """The word "by" and then nothing but names, roles, dates."""
    found = _BY.match(line.bare)
    if found is None or line.is_long or len(line.words) > 20:
        return False
    parts = parts_of_byline(line.bare)
    if not parts or not (_are_names(parts[0][0]) or _is_desk(parts[0][0])):
        return False
    return all(
        _is_name_or_role(piece) for piece in list(chain.from_iterable(parts))[1:] if piece
    )


def parts_of_byline(text: str) -> list[list[str]]:
    """What a byline says behind "by", without its times: parts, each cut at its commas."""
    found = _BY.match(text)
    rest = text[found.end() if found else 0 :]
    dated = _DATE_BEHIND.search(rest)
    if dated and _is_only_time(rest[dated.start() :]):
        rest = rest[: dated.start()]
    return [
        [piece.strip() for piece in part.split(",")]
        for part in _SEPARATOR.split(rest)
        if not _is_only_time(part)
    ]


def author_of_byline(text: str) -> str | None:
    """The names of a byline as written, without roles, outlets and places."""
    first, *more = next(iter(parts_of_byline(text)), [""])
    # "Jane Roe, Tideline": a second author has two names.
    others = (one for one in more if _are_names(one) and len(one.split()) > 1)
    names = [first, *(one for one in others if not _is_of_a_desk(one))]
    bare = [_BEHIND_NAME.split(name)[0].strip(" .–—*_-") for name in names]
    return ", ".join(filter(None, bare)) or None


def outlet_of_byline(text: str) -> str | None:
    """The outlet that a byline names behind the author's name."""
    pieces = list(chain.from_iterable(parts_of_byline(text)))[1:]
    return next(filter(names_outlet, (_FOR.sub("", piece) for piece in pieces)), None)


def _is_desk(text: str) -> bool:
    """Whether an outlet stands in the author's place: "The Daily Heron Staff"."""
    return names_outlet(_STAFF.sub("", text))


def _is_of_a_desk(text: str) -> bool:
    return bool(_ROLE.search(text)) or may_name_outlet(text)


def _are_names(text: str) -> bool:
    words = text.strip(" .").split()
    if not 1 <= len(words) <= 12 or _NO_NAME.match(words[0]) or words[-1] in _PARTICLES:
        return False
    return all(
        word in _PARTICLES or (word[0].isupper() and word[0].isalpha()) for word in words
    )


def _is_name_or_role(text: str) -> bool:
    if _are_names(text) or names_outlet(text):
        return True
    return len(text.split()) <= 6 and bool(_ROLE.search(text) or re.search(r"@\w", text))


def _bylines(page: Page) -> Iterator[Line]:
    for line in page.open:
        if page.is_near_an_end(line) and _is_byline(line):
            yield line


_REPORTING_CREDIT = wording(
    r"\(?(?:additional )?(?:reporting|writing|editing) by (?-i:[A-Z]).{0,200}\)?\.?$",
    r".{2,120}\bcontributed (?:reporting |research )?to this (?:report|story|article)\.?$",
    most_words=40,
)
_PHOTO = r"(?:photo(?:graph)?|image|picture|illustration|video|graphic)s?"
_AGENCY = (
    r"(?:getty(?: images)?|reuters|afp|ap|associated press|shutterstock|istock|alamy|epa|pa"
    r"|rex(?: features)?|wire ?image|filmmagic|press association|flickr|wikimedia commons)"
)
_PICTURE_CREDIT = wording(
    rf"(?:file |stock )?{_PHOTO}(?: credit| courtesy)?\s*:\s*\S(?:.{{0,60}}|.*[^.?!])$",
    rf"(?:file |stock )?{_PHOTO} (?:by|courtesy(?: of)?|via|from) (?-i:[A-Z])[^.]{{0,60}}$",
    rf"[^\n]{{0,700}}\((?:(?:file|ap|afp|pa|epa|stock|handout) ?)?{_PHOTO}"
    r"(?:\s*[:/]|\s+(?:by|courtesy|via|from|credit)\b)[^)]{0,80}\)\.?$",
    rf"[^\n]{{0,500}}(?:/|\||\bvia )\s*{_AGENCY}(?: images| photo)?\)?$",
    rf"(?:ap photo|{_AGENCY})\s*/\s*\S.{{0,60}}$",
    r"(?:getty images|shutterstock|istock|alamy|afp/getty images)$",
    r"credits?\s*:\s*\S.{0,80}$",
    most_words=70,
)
# LONDON, Oct 16 (Reuters) — alone on its line; before a sentence it is part of the body.
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{1,40}(?:,\s*[A-Z][\w.]+){0,2}"
    rf"(?:,?\s*(?i:{MONTH})\s+\d{{1,2}}(?:,?\s+\d{{4}})?)?"
    r"\s*(?:\([A-Z][\w .]{1,30}\)\s*[-–—]*|[-–—]+)$"
)


def _datelines(page: Page) -> Iterator[Line]:
    for line in page.open:
        if not page.is_near_an_end(line) or len(line.text) > 100:
            continue
        if _DATELINE.match(line.text) or _is_name_and_date(line):
            yield line


def _is_name_and_date(line: Line) -> bool:
    """A few capitalised words and a whole date: "Valletta, 14 March 2019"."""
    words = [word for part in _beside_date(line.bare) for word in part.split()]
    if line.ends_sentence or ":" in line.bare or not 1 <= len(words) <= 4:
        return False
    return all(word[0].isupper() for word in words)


# Before the first sentence: VALLETTA, 14 March 2019 (NorthWire) – The ferry …
_DATELINE_BEFORE = re.compile(
    rf"(?=[A-Z])(?P<before>[^.!?\"“”]{{0,60}}?{DATE}[^.!?\"“”]{{0,40}}?)(?:\s[-–—]{{1,2}}\s|—|--)",
    re.IGNORECASE,
)
_AGENCY_IN_BRACKETS = re.compile(r"\([^()]{1,30}\)")


def day_of_dateline(text: str) -> str | None:
    """The place and day that a paragraph begins with, set off by a dash."""
    found = _DATELINE_BEFORE.match(text[:160])
    if found is None:
        return None
    rest = _AGENCY_IN_BRACKETS.sub("", re.sub(DATE, "", found["before"], flags=re.I))
    words = rest.replace(",", " ").split()
    named = all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
    return found["before"] if 1 <= len(words) <= 5 and named else None


def outlet_beside_date(text: str) -> str | None:
    """The outlet of a line that says its name and a date."""
    return next(filter(names_outlet, _beside_date(text)), None)


def _roles(page: Page) -> Iterator[Line]:
    """Below a byline what its writer is: "Education correspondent"."""
    for byline in page.of_kind("byline"):
        line = page.after(byline)
        if line is None or line.rule is not None or line.ends_sentence:
            continue
        if len(line.words) <= 6 and line.text[0].isupper() and _ROLE.search(line.text):
            yield line


ORIGIN_RULES = (
    Rule("byline", "byline", _bylines),
    Rule("role_below_byline", "byline", _roles),
    Rule("reporting_credit", "byline", _REPORTING_CREDIT.anywhere),
    Rule("publication_date", "date", _dates),
    Rule("outlet_and_date", "date", _outlet_and_date),
    Rule("dateline", "date", _datelines),
    Rule("picture_credit", "caption", _PICTURE_CREDIT.anywhere),
)
