"""The grammar of time windows: what counts as one, and of which kind it is."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from metoo_research.metrics.vocabulary import (
    IRREGULAR_PASTS,
    MONTHS,
    NUMBER_WORDS,
    PARTS_OF_DAY,
    TIME_UNITS,
    WEEKDAYS,
)

WindowKind = Literal["as_of", "duration", "since", "period"]


class WindowRule(NamedTuple):
    """A kind of window, its expression, and strings one of which it cannot be without."""

    kind: WindowKind
    cues: tuple[str, ...]
    pattern: re.Pattern[str]


def _rule(kind: WindowKind, cues: str, *alternatives: str) -> WindowRule:
    pattern = re.compile(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE)
    return WindowRule(kind, tuple(cues.split("|")), pattern)


# --- stretches of time ---------------------------------------------------------------------

_HEDGE: Final = (
    r"(?:(?:just|only|barely|about|around|roughly|nearly|almost|less than|more than|under|over"
    r"|fewer than|approximately|at least|well under|little more than|a mere) )?"
)
_COUNT: Final = (
    rf"(?:\d[\d,.]*|{NUMBER_WORDS}|an?|several|(?:a |the )?few|a couple of|a single|half an?"
    r"|a dozen|two and a half)"
)
_POSSESSOR: Final = r"(?:the|its|their|his|her)"
_ORDER: Final = r"(?:first|last|past|next|previous|following|final|opening|preceding)"
_SHORT_STRETCHES: Final = r"(?:seconds|minutes|hours|days|weeks|months)\b"

# --- moments -------------------------------------------------------------------------------

_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_DAY_NUMBER: Final = r"\d{1,2}(?!\d)(?:st|nd|rd|th)?"
_DATE: Final = (
    rf"(?:(?:{MONTHS}\s{_DAY_NUMBER}|{_DAY_NUMBER}\s{MONTHS})(?:,? {_YEAR})?"
    rf"|(?:{MONTHS} )?{_YEAR}|{MONTHS}(?! \d)(?!\w))"
)
_DAY: Final = rf"(?:{WEEKDAYS}|{_DATE})"
_CLOCK: Final = (
    r"(?:\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.m\.|[ap]m\b)|\d{1,2}[:.]\d{2}|\d{1,2} o['’]clock"
    r"|midnight|noon|midday|lunchtime)(?: (?:E[SD]?T|P[SD]?T|GMT|BST|UTC|local time)\b)?"
)
_SEASON: Final = (
    r"(?:week(?:end)?|month|year|summer|spring|autumn|fall|winter|decade|quarter|night|morning"
    r"|afternoon|evening|day)"
)
_RELATIVE: Final = (
    rf"(?:(?:last|this|that|the (?:same|following|next|previous)) {_SEASON}"
    r"(?: (?:last|this) (?:year|week|month))?"
    rf"|the (?:weekend|summer|spring|autumn|winter)(?: of {_YEAR})?)"
)
_PART_OF: Final = (
    r"(?:the |its |their )?(?:very )?(?:end|start|beginning|middle|close|turn|height) of "
    r"(?:(?:the|last|this|its|their|that) )?(?:first |second |third |final )?[\w’'-]+"
)
_MOMENT: Final = "|".join(
    (
        rf"(?:the (?:early |mid-?|late )?(?:{_YEAR}|['’]?\d0)s\b",
        rf"(?:the )?(?:early |late "
        rf"|mid-?)?(?:{PARTS_OF_DAY} )?(?:hours )?(?:of )?(?:on )?{_DAY}"
        rf"(?:,? {PARTS_OF_DAY})?(?:,? {_DATE})?",
        rf"{_CLOCK}(?:,? (?:on )?(?:{_DAY}(?: {PARTS_OF_DAY})?|yesterday|today))?",
        rf"{PARTS_OF_DAY} on {_DAY}",
        rf"(?:early |late )?(?:yesterday|today|tonight)(?: {PARTS_OF_DAY})?",
        rf"then\b|{_PART_OF}|{_RELATIVE})",
    )
)

# --- events: moments told by a clause or a noun ----------------------------------------------

# A past tense parts moments from reasons: "since the campaign began", not "since the rules
# are voluntary".
_PAST: Final = (
    rf"(?:(?:was|were|had been) (?:first )?(?:\w+(?:ed|en)|{IRREGULAR_PASTS}|shown)"
    rf"|(?:first )?(?:\w+ed|{IRREGULAR_PASTS}))\b"
)
_SUBJECT: Final = (
    r"(?:(?:the|an?|its|her|his|their|this|that|these) (?:[\w’'-]+ ){1,4}?"
    r"|(?:he|she|it|they|we|I) |(?-i:[#@A-Z])[\w’'-]* (?:[\w’'-]+ ){0,2}?|[a-z]{4,}s )"
)
# The clause ends before the next figure, though not before a year.
_CLAUSE: Final = (
    rf"{_SUBJECT}{_PAST}(?:(?<= ){_DATE}(?!\w)|[^,.;:()–—“”\d]){{0,60}}?"
    rf"(?=[,.;:()–—“”]|$| (?:and|but|while|with) | (?:the )?(?!{_DATE})\d)"
)
_EVENT: Final = (
    r"(?:the|an?|its|her|his|their) (?:(?!(?:and|or|with|by|to|in|on|at"
    r"|for)\b)[\w’'-]+ ){0,2}?(?:launch|start|release|publication|announcement|inception"
    r"|elections?|vote|attacks?|shooting|report|tweet|post|video|article|abduction|verdict"
    r"|march|protests?|speech|broadcast|ruling|beginning|outbreak|death|killing|arrest"
    r"|revelations?|allegations?|story|event|storm|call|disaster|earthquake|murder|trial|match"
    r"|game|ceremony|show|programme|program|scandal)\b"
)
_OTHER_EVENT: Final = r"(?:(?:the|his|her|its|their|an?|(?-i:[A-Z])[\w-]*['’]s) [\w’'-]+)"

# --- the windows -----------------------------------------------------------------------------

#: Every kind of window, the more telling ones first: where two take the same characters, the
#: earlier one has them.
WINDOW_RULES: Final = (
    _rule(
        "as_of",
        "as of |so far|to date|at last count|at the time of|at press time",
        rf"so far (?:{_RELATIVE}|today|on {WEEKDAYS}|in {_DATE})",
        r"(?:so far|to date|at last count|at press time)\b",
        r"as of (?:this writing|press time|publication)\b",
        r"at the time of (?:writing|publication|publishing)",
    ),
    _rule(
        "period",
        "on |in |over |during ",
        rf"(?:on|in|during|over) {_POSSESSOR} (?:{_ORDER}|busiest|same|second|third)"
        r" (?:single |full )?(?:day|night|weekend)\b",
        r"in the same (?:week|month|period|time)(?: (?:last|this) year)?",
    ),
    _rule(
        "period",
        " later| earlier| ago| after| before",
        rf"(?:(?:in|within|over|during|for) )?(?:the )?{_HEDGE}(?:(?:first )?{_COUNT}|the)"
        rf" {TIME_UNITS} (?:later|earlier|ago"
        rf"|(?:after|before) (?:{_CLAUSE}|{_EVENT}|{_OTHER_EVENT}))\b",
    ),
    _rule(
        "duration",
        "in |within |over |during |inside |after |throughout |across |for the ",
        r"(?:in|within|over|during|inside|after|throughout|across|for(?= the (?:first|last"
        r"|past)))"
        rf" (?:the (?:space|course) of |a period of |a matter of )?(?:{_POSSESSOR} )?"
        rf"(?:{_HEDGE}{_ORDER} (?:{_HEDGE}{_COUNT}[ -])?|(?:an?|one|any) {_COUNT}-"
        rf"|{_HEDGE}{_COUNT}[ -])(?:full |short |single |consecutive |straight )?"
        rf"{TIME_UNITS}\b(?:[ -]period)?(?! (?:earlier|later|ago)\b)"
        rf"(?: to {MONTHS}(?: {_YEAR})?| of (?:(?:{_POSSESSOR}|an?) )?[\w’'-]+)?",
        rf"(?:in|within|over) (?:a matter of |just |mere )?{_SHORT_STRETCHES}",
    ),
    _rule("duration", "overnight", r"overnight\b"),
    _rule(
        "as_of",
        "by |as of |as at |until |till |up to |before ",
        r"(?:by|as of|as at|until|till|up to|up until|before) (?:about |around |late |early )?"
        rf"{_MOMENT}",
        rf"(?:before|until|by the time) {_CLAUSE}",
    ),
    _rule(
        "since",
        "since| back to |as early as ",
        r"(?:since|(?:going|dating|stretching) back to|as early as)"
        r" (?:about |around |at least |late |early )?"
        rf"(?:{_MOMENT}|{_CLAUSE}|{_EVENT}|(?:its|their) [\w’'-]+)",
    ),
    _rule(
        "period",
        "between |from ",
        rf"between {_MOMENT} and (?:{_MOMENT}|\d{{1,2}}(?![,.]?\d))",
        rf"from {_MOMENT} (?:to|until|through|till) {_MOMENT}",
    ),
    _rule(
        "period",
        "peak|height",
        rf"at {_POSSESSOR} (?:absolute |very )?(?:peak|height)\b"
        r"(?: of (?:the|its|their) [\w’'-]+)?",
    ),
    _rule(
        "period",
        "on |in |at |last |this |day|during |over |tonight",
        rf"on (?:the )?(?:{PARTS_OF_DAY} of )?{_DAY}(?:,? {PARTS_OF_DAY})?(?:,? {_YEAR}\b)?",
        rf"in (?:early |late |mid-?)?{_DATE}",
        rf"at {_CLOCK},? on {_DAY}",
        rf"(?:(?:at|over|during|in|on) )?{_RELATIVE}\b",
        rf"(?:early |late )?{WEEKDAYS} {PARTS_OF_DAY}\b",
        r"(?:(?:early |late )?yesterday|(?:earlier |later )?today|tonight)\b",
    ),
)
