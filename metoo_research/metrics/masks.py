"""Digits that are no figures: links, handles, names, clock times, scores, references, dates.

Everything a mask covers is passed over by the number grammar, so that it cannot become a
metric; dates are kept as expressions of their own. What is masked is listed in ``_RULES``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from metoo_research.metrics.dates import find_dates
from metoo_research.metrics.vocabulary import (
    CURRENCY_SIGNS,
    MONTHS,
    PARTS_OF_DAY,
    WEEKDAYS,
)


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch of text that the number grammar passes over, and why."""

    start: int
    end: int
    kind: str


_Finder = Callable[[str], Iterable[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """One kind of mask: its name, how it is found, and a string it cannot be without."""

    kind: str
    find: _Finder
    needs: Sequence[str] = ()


def _matches(pattern: str, flags: int = 0) -> _Finder:
    compiled = re.compile(pattern, flags)

    def find(text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in compiled.finditer(text))

    return find


# --- names that numbers belong to ----------------------------------------------------------

_REFERENCES: Final = frozenset(
    "page pages p pp chapter section article paragraph act scene verse line figure fig"
    " table item question rule clause title proposition prop amendment no nos number"
    " flight room gate route highway interstate channel episode season series volume"
    " vol issue part step level grade phase round week game day stage lane seed pick"
    " group pool class type category unit suite apartment apt floor district ward"
    " division version case order resolution bill model mark psalm lot exhibit box"
    " building platform track zone tier formula windows covid top bottom terminal"
    " article's section's law decree directive ordinance regulation route routes lines pages"
    " chapters sections rooms gates".split()
)
_REFERENCE: Final = re.compile(
    r"(?:№|#)?\d++(?:,\d{3}(?!\d))*+(?:[.-]\d++)*+(?:\([a-z0-9]+\))*+(?:(?:,\s\d++)*,?\sand\s\d++(?![\w,.]*\d)"
    r"(?=\s(?:was|were|is|are|of|to|in|on)\b|[.,;)]))?+(?![.,]?\d)"
    r"(?!\s?(?:%|percent|per\s+cent|million|billion|thousand|hundred))"
)
#: A capitalised name before a bare number: "iPhone 11", "Model 3", "Big 12", "Boeing 787".
_NUMBER_OF_A_NAME: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){1,2}|\d{1,4}s?)(?![\w%]|[.,:]\d"
    r"|\s?(?:%|percent|per\s+cent|million|billion|thousand|hundred|dozen|-year))"
)
_NAME: Final = re.compile(r"[a-z]?[A-Z][\w&/’'-]*")
_COUNTED_AFTER: Final = re.compile(
    r"[-\s](?:[a-z][\w'’-]*\s){0,3}?(?!was|is|has|his|its|as|this)(?:[a-z]+s|people|women|men"
    r"|children)\b"
)
# "iPhone 11 costs": such a name is a product, whatever follows.
_CAMEL: Final = re.compile(r"[a-z]+[A-Z]")
_NO_NAME: Final = re.compile(
    r"(?:In|On|At|By|The|About|Over|Some|Nearly|Almost|Only|Just|More|Than|Of|And|But|For|From"
    r"|With|After|Before|When|While|Since|Around|Under|Up|To|Another|These|Those|All|Their|Its"
    r"|His|Her|My|Our|Your|An?|I|We|He|She|They|It|That|This|If|As|So|Or|Between|Within"
    rf"|US|USD|HK|AUD|CAD|EUR|GBP|Rs|RM|INR|NZ|A|PS|Y|JPY|CHF|{MONTHS}|{WEEKDAYS})",
    re.IGNORECASE,
)
_WORD_BEFORE: Final = re.compile(r"(?<![\w&/’'-])[\w&/’'-]{1,30}(?=\.?[ \u00a0-]?$)")
_DIGITS: Final = re.compile(r"(?<![\w.,$£€#])(?:№|#)?\d")
_FURTHEST_WORD = 32


def _after_a_word(text: str) -> Iterator[tuple[int, int]]:
    """Numbers that belong to the word before them: "page 14", "No. 3", "Boeing 787"."""
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        word = _WORD_BEFORE.search(text, max(start - _FURTHEST_WORD, 0), start)
        if word is None:
            if digits[0][0] in "#№" and (found := _REFERENCE.match(text, start)):
                yield found.span()
            continue
        said = word[0]
        if said.lower() in _REFERENCES:
            if found := _REFERENCE.match(text, start):
                yield word.start(), found.end()
        elif said[0].isupper() or said[1:2].isupper():
            found = _NUMBER_OF_A_NAME.match(text, start)
            if found and _names_a_thing(text, word, found):
                yield start, found.end()


def _names_a_thing(text: str, word: re.Match[str], number: re.Match[str]) -> bool:
    """Whether a capitalised word and a bare number are one name."""
    said = word[0]
    if not _NAME.fullmatch(said) or _NO_NAME.fullmatch(said):
        return False
    opens = word.start() == 0 or text[word.start() - 2 : word.start() - 1] in ".!?:;"
    if opens and not number[0].endswith("s"):
        return False
    return bool(_CAMEL.match(said)) or not _COUNTED_AFTER.match(text, number.end())


# --- scores --------------------------------------------------------------------------------

#: "beat Leeds 3-1": two numbers of few digits that nothing is counted by …
_SCORE: Final = re.compile(
    rf"(?<![\w.,:{CURRENCY_SIGNS}–-])\d{{1,3}}\s?[-–]\s?\d{{1,3}}(?:[-–]\d{{1,3}})?(?![\w%–-])"
    r"(?!\s?(?:to\b|percent|per\s+cent|year|million|billion|thousand|hundred"
    r"|(?!loss\b)[a-z]+s\b))|(?<=\bvoted )\d{1,3}\s?[-–]\s?\d{1,3}(?= to\b)"
)
# … beside a word for winning, losing or voting.
_SCORED_BY: Final = re.compile(
    r"\b(?:w[io]n|beat\w*|lo(?:st|se|ss)|defeat\w*|draw|drew|tied?|lead|led|score\w*|record"
    r"|victory|trail\w*|vot(?:e[sd]?|ing)|against|over|set|match|game|half-time|halftime|down"
    r"|up|ruling|ruled|fail(?:ed|s)?|pass(?:ed|es)?|reject(?:ed|s)?|approved?)\b",
    re.IGNORECASE,
)
_FURTHEST_VERB = 120


def _find_scores(text: str) -> Iterator[tuple[int, int]]:
    for match in _SCORE.finditer(text):
        start, end = match.span()
        if _SCORED_BY.search(text, max(start - _FURTHEST_VERB, 0), end + _FURTHEST_VERB):
            yield start, end


# --- all of them ---------------------------------------------------------------------------

_HOURS: Final = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_ZONES: Final = r"(?:GMT|BST|UTC|E[SD]?T|P[SD]?T|C[SD]?T|M[SD]T|CET|CEST|IST|AEST|AEDT)"
_STREETS: Final = (
    r"St|Street|Rd|Road|Ave|Avenue|Blvd|Boulevard|Lane|Ln|Drive|Dr|Way|Square|Place|Court"
)
# A PlayStation has one digit.
_MONEY: Final = (
    r"(?:USD?|HKD?|AUD?|CAD|EUR|GBP|JPY|CHF|CNY|INR|NZD?|RM|Rs|SGD?)\d"
    r"|PS\d(?:\d|[.,]\d|m\b|bn\b)|[NR]\d[\d.,]*\s?(?:million|billion|trillion|[mb]n?\b)"
    r"|[NR]\d{1,3}(?:,\d{3})+\b"
)
#: What is no figure. Where two rules take the same characters, the earlier one has them; a
#: date is asked for before the rules that could take a part of it.
_RULES: Final[tuple[_Rule, ...]] = (
    _Rule(
        "link",
        _matches(r"https?://\S+|www\.\S+|\b[\w-]{1,63}\.(?:com|org|net|co|ly|me|uk)/\S+"),
        needs=("/", "www."),
    ),
    _Rule("e-mail", _matches(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,63}"), needs=("@",)),
    _Rule("handle", _matches(r"(?<!\w)@\w+"), needs=("@",)),
    _Rule("hashtag", _matches(r"(?<!\w)[#＃](?=\w*[^\W\d_])\w+"), needs=("#", "＃")),
    _Rule(
        "telephone number",
        _matches(
            r"(?=[\d+(])(?:(?<![\w.,$£€-])(?:\+\d{1,3}[ .-]?)?"
            r"\(?\d{3,5}\)?[ .-]\d{3,4}[ .-]\d{3,4}"
            r"(?![\w,])|(?<!\w)\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}(?!\w)"
            r"|\b1?-?[89]\d{2}-\d{3}-\d{4}\b|\b\d{3}-\d{4}\b|\b1-[89]00-[\w-]+)"
        ),
        needs=("-", ".", "+", " "),
    ),
    # Before the dates: many a bill has the number of a year.
    _Rule(
        "bill", _matches(r"\b(?:H\.?R\.?|[HS]\.?B\.?|A\.?B\.?)\s?\d{1,5}\b"), needs=("R", "B")
    ),
    _Rule("date", find_dates),
    _Rule(
        "clock time",
        _matches(
            rf"(?=\d)\b(?:\d{{1,2}}(?::\d{{2}}){{1,2}}(?:\s?[ap]\.?m\b\.?)?(?:\s?{_ZONES}\b)?"
            r"|\d{1,2}(?:\.\d{2})?\s?(?:[ap]\.m\.|[ap]m\b)"
            rf"|\d{{1,2}}(?:\.\d{{2}})?\s?o['’]clock|\d{{1,2}}\.\d{{2}}\s?{_ZONES}\b"
            rf"|\d{{4}}\s(?:{_ZONES}|hours)\b)",
            re.IGNORECASE,
        ),
    ),
    # "leaves at four": the hour alone, where nothing is counted by it
    _Rule(
        "hour",
        _matches(
            rf"(?<=\b[Aa]t )(?:\d{{1,2}}|{_HOURS})(?=[.,;!?”]?\s?$|[,;]\s|\s(?:on\s{WEEKDAYS}"
            rf"|in the {PARTS_OF_DAY}|at night|sharp))",
            re.IGNORECASE,
        ),
        needs=("at ", "At "),
    ),
    _Rule("frequency", _matches(r"(?=\d)\b\d{2,4}(?:\.\d{1,2})?\s?(?:FM|AM|[kM]Hz)\b")),
    # A helpline's few digits: "call 144", "the state helpline, on 144", "text JOIN to 84848"
    _Rule(
        "short number",
        _matches(
            r"(?:\b(?:[Cc]all(?:ing)?|[Dd]ial(?:l?ing)?|[Rr]ing(?:ing)?|[Pp]hone|[Tt]ext"
            r"(?:\s[A-Z]+)?\sto|(?:help|hot|crisis )line,?(?:\son)?)\s)\d{3,6}(?![\w,.%]*\d)"
            r"(?!\s(?:[a-z]+s|people|women|men|times)\b)"
        ),
    ),
    _Rule("list number", _matches(r"^\W{0,4}\d{1,2}[.)](?=\s|$)")),
    _Rule(
        "set phrase",
        _matches(
            r"(?=\d)\b(?:\d{1,2}[ -]min(?:ute)?s? read\b|24/7|9/11|7/7|50[-/–]50|20/20|4x4"
            r"|101)\b(?!\s?(?:%|\w))|(?=\d)\b(?:[2-6]G|[23]D|4K(?=\s(?:video|TV|resolution"
            r"|footage|screen)))\b|(?=\d)\b\d++(?:\.\d++)?[eE][+-]?\d+\b"
        ),
    ),
    _Rule(
        "name with digits",
        _matches(
            rf"(?<![\w$£€.,])(?!{_MONEY})(?:[A-Z][A-Za-z]{{0,9}}[-/]?\d[\w-]*"
            r"|[A-Z]+[a-z]*-\d+\w*|[a-z]{1,2}[A-Z]\w*\d\w*|[a-z]+\d\w*)(?![\w]|\.\d)"
        ),
    ),
    _Rule(
        "case number",
        _matches(r"(?=\d)\b(?:\d{1,4}[-–][A-Za-z]{1,4}[-–]\d{2,}|\d{2,4}/\d{4,})\b"),
        needs=("-", "–", "/"),
    ),
    _Rule("number of a name", _after_a_word),
    # "trending at number two"
    _Rule(
        "rank",
        _matches(
            rf"(?<=\b[Nn]umber )(?!one\b){_HOURS}\b"
            r"(?!-|\s(?:hundred|thousand|million|billion)\b)"
        ),
        needs=("umber ",),
    ),
    _Rule(
        "address",
        _matches(
            rf"(?=\d)(?:(?<![\w.,])\d+(?:-\d+)?\s(?:[NSEW]\.?\s)?"
            rf"(?:(?:[A-Z][\w.]{{0,30}}|\d{{1,3}}(?:st|nd|rd|th))\s){{1,3}}(?:{_STREETS})\b"
            r"|(?<![\w.,])\d{1,5}\s(?:Calle|Avenida|Rue|Rua|Via|Piazza|Plaza)\s(?=[A-Z])"
            r"|\b\d{5}(?=\sZIP\b)|(?<=ZIP [Cc]ode )\d{5}\b)"
        ),
    ),
    _Rule("score", _find_scores, needs=("-", "–")),
)
_WITHOUT_DIGITS: Final = frozenset({"link", "e-mail", "handle", "hashtag", "hour", "rank"})
_DIGIT: Final = re.compile(r"\d")


def find_masks(text: str, names: Iterable[tuple[int, int]] = ()) -> list[Mask]:
    """Find everything with digits in it that is no figure, dates included.

    Parameters
    ----------
    text
        One sentence.
    names
        Stretches known to be names ("Kony 2012"), which come before all rules.

    Returns
    -------
    Masks in order, none overlapping; dates have the kind "date".
    """
    found = [Mask(start, end, "name") for start, end in names]
    has_digits = bool(_DIGIT.search(text))
    for rule in _RULES:
        if not has_digits and rule.kind not in _WITHOUT_DIGITS:
            continue
        if rule.needs and not any(sign in text for sign in rule.needs):
            continue
        found.extend(Mask(start, end, rule.kind) for start, end in rule.find(text))
    return _without_overlap(found)


def _without_overlap(masks: list[Mask]) -> list[Mask]:
    """Keep, of masks that overlap, the one that was found by the earlier rule."""
    kept: list[Mask] = []
    taken = bytearray(max((mask.end for mask in masks), default=0))
    for mask in masks:
        if not any(taken[mask.start : mask.end]):
            taken[mask.start : mask.end] = b"\1" * (mask.end - mask.start)
            kept.append(mask)
    return sorted(kept, key=lambda mask: mask.start)
