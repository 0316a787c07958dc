"""The grammar of time windows: what counts as one, and of which kind it is.

Built from the bottom: calendar words and moments (`moment_rules`), then stretches of time and
events; at the end stand the windows.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from metoo_research.metrics.moment_rules import (
    DATE,
    DECADE,
    MOMENT,
    PART_OF,
    RELATIVE,
    WRITING_DAY,
)
from metoo_research.metrics.vocabulary import (
    IRREGULAR_PASTS,
    NUMBER_WORDS,
    PARTS_OF_DAY,
    TIME_UNITS,
    WEEKDAYS,
)

WindowKind = Literal["as_of", "duration", "since", "period"]


class WindowRule(NamedTuple):
    """A kind of window: strings one of which it cannot be without, and its expression.

    It is tried at the words that it can begin with; at every word where none are named.
    """

    kind: WindowKind
    cues: tuple[str, ...]
    pattern: re.Pattern[str]
    openers: frozenset[str] = frozenset()


def _rule(kind: WindowKind, cues: str, *alternatives: str, openers: str = "") -> WindowRule:
    pattern = re.compile(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE)
    return WindowRule(kind, tuple(cues.split("|")), pattern, frozenset(openers.split()))


# --- stretches of time ---------------------------------------------------------------------

_HEDGE: Final = (
    r"(?:(?:just|only|barely|about|around|roughly|nearly|almost|less than|more than|under|over"
    r"|just over|just under|little over|fewer than|approximately|at least|well under"
    r"|little more than|a mere|no more than|as little as|some) )?"
)
_COUNT: Final = (
    rf"(?:\d[\d,.]*|{NUMBER_WORDS}|an?|several|(?:a |the )?few|a couple of|a single|half an?"
    r"|a dozen|(?:two|three) and a half)"
)
_POSSESSOR: Final = r"(?:the|its|their|his|her)"
_ORDER: Final = (
    r"(?:first|last|past|next|previous|following|final|opening|preceding|second|third)"
)
_SHORT_STRETCHES: Final = r"(?:seconds|minutes|hours|days|weeks|months)\b"

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
    rf"{_SUBJECT}{_PAST}(?:(?<= ){DATE}(?!\w)|[^,.;:()–—“”\d]){{0,60}}?"
    rf"(?=[,.;:()–—“”]|$| (?:and|but|while|with) | (?:the )?(?!{DATE})\d)"
)
_EVENT_NOUN: Final = (
    r"(?:launch|start|release|publication|announcement|inception|elections?|vote|attacks?"
    r"|shooting|report|tweet|post|video|article|abduction|verdict|march|protests?|speech"
    r"|broadcast|ruling|beginning|outbreak|death|killing|arrest|revelations?|allegations?"
    r"|story|event|storm|call|disaster|earthquake|murder|trial|match|game|ceremony|show"
    r"|programme|program|scandal|rally|strike|walkout|campaign|hearing|appeal|kidnapping"
    r"|premiere|debate|final|concert|interview|livestream|stream|referendum|lockdown)\b"
)
_EVENT: Final = (
    r"(?:the|an?|its|her|his|their) (?:(?!(?:and|or|with|by|to|in|on|at"
    rf"|for)\b)[\w’'-]+ ){{0,2}}?{_EVENT_NOUN}"
)
_OTHER_EVENT: Final = r"(?:(?:the|his|her|its|their|an?|(?-i:[A-Z])[\w-]*['’]s) [\w’'-]+)"
# "last Thursday's announcement"
_DATED_EVENT: Final = (
    rf"(?:(?:last|this) )?(?:{WEEKDAYS}|week|weekend|month|year|night|yesterday)['’]s [\w’'-]+"
)
_MARK: Final = rf"(?:{_DATED_EVENT}|{MOMENT}|{_CLAUSE}|{_EVENT}|{_OTHER_EVENT})"
#: What a stretch of time is told from: "in the 24 hours to Monday noon".
_TAIL: Final = (
    rf"(?: (?:to|through|until|up to|leading up to|ending|ended|ending on|ended on) {MOMENT}"
    rf"|(?: that)? (?:followed|since|following|after|before|preceding|from|leading up to)"
    rf" {_MARK}"
    rf"| of (?:{DATE}|{RELATIVE}|(?:(?:{_POSSESSOR}|an?|this|that|last) )?[\w’'-]+))"
)

# --- the windows -----------------------------------------------------------------------------

#: Every kind of window, the more telling ones first: where two take the same characters, the
#: earlier one has them.
WINDOW_RULES: Final = (
    _rule(
        "as_of",
        "as of |so far|to date|at last |at the last |at the time of|at press time|until now"
        "|thus far|to this day",
        rf"so far (?:{RELATIVE}|today|on {WEEKDAYS}|in {DATE})",
        r"(?:so far|thus far|to date|to this day"
        r"|at (?:the )?last (?:count|look|check)|at press time)\b",
        r"(?:up )?until now\b",
        r"as of (?:this writing|press time|publication)\b",
        r"at the time of (?:writing|publication|publishing|going to press)",
    ),
    _rule(
        "period",
        "on |in |over |during ",
        rf"(?:on|in|during|over) {_POSSESSOR} (?:{_ORDER}|busiest|same)"
        r" (?:single |full )?(?:day|night|weekend)\b(?: of (?:the|its|their) [\w’'-]+)?",
        r"on day (?:one|two|three|four|five|\d{1,2})\b",
        rf"(?:on|by|before) {_POSSESSOR} (?:{_ORDER}|fourth|fifth|tenth) "
        r"(?:anniversary|birthday)\b",
        r"on the day(?: of (?:the|its|their) [\w’'-]+(?: itself)?)?(?! [a-z])",
        rf"(?:in|over|during|across|for) the same (?:{_COUNT} )?(?:{TIME_UNITS}|period|time)\b"
        r"(?: (?:last|this) year)?",
        openers="on in during over across for by before",
    ),
    _rule(
        "period",
        " later| earlier| ago| after| before| on,",
        rf"(?:(?:in|within|over|during|for) )?(?:the )?{_HEDGE}(?:(?:first )?{_COUNT}|the)"
        rf" {TIME_UNITS} (?:later|earlier|ago|on(?=,)"
        rf"|(?:after|before) (?:{_CLAUSE}|{_EVENT}|{_OTHER_EVENT}))\b",
    ),
    _rule(
        "duration",
        "in |within |over |during |inside |after |throughout |across |for the |under ",
        # A weekend is a date rather than a length.
        r"(?!\w+ the (?:\w+ )?weekend)"
        r"(?:in|within|over|during|inside|after|throughout|across|for(?= the (?:first|last"
        r"|past)))"
        rf" (?:the (?:space|course) of |a period of |a matter of )?(?:{_POSSESSOR} )?"
        rf"(?:{_HEDGE}{_ORDER} (?:{_HEDGE}{_COUNT}[ -])?|(?:an?|one|any) {_COUNT}-"
        rf"|{_HEDGE}{_COUNT}[ -])(?:full |short |single |consecutive |straight |whole )?"
        rf"{TIME_UNITS}\b(?:[ -]period)?(?! (?:earlier|later|ago)\b){_TAIL}?",
        rf"(?:in|within|over|during) the (?!weekend){TIME_UNITS}(?:{_TAIL}| since\b)",
        rf"(?:in|within|over) (?:a matter of |just |mere )?{_SHORT_STRETCHES}"
        rf"(?: of {_OTHER_EVENT})?",
        r"within the (?:hour|day|week|month|year)\b",
        openers="in within over during inside after throughout across for",
    ),
    _rule("duration", "overnight", r"overnight\b"),
    _rule(
        "period",
        "between |from | through | to ",
        rf"between {MOMENT} and (?:{MOMENT}|\d{{1,2}}(?![,.]?\d))",
        rf"between {DATE}",
        rf"from {MOMENT} (?:to|until|through|till) {MOMENT}",
        rf"(?:on )?{WEEKDAYS} (?:through|to|and) {WEEKDAYS}\b",
        openers="between from on monday tuesday wednesday thursday friday saturday sunday",
    ),
    _rule(
        "as_of",
        "by |as of |as at |until |till |up to |before |through ",
        r"(?:by|as of|as at|until|till|up to|up until|before) (?:about |around |late |early )?"
        rf"{MOMENT}",
        rf"(?:up )?through {MOMENT}",
        rf"(?:before|until|by the time) {_CLAUSE}",
        openers="by as until till up before through",
    ),
    _rule(
        "since",
        "since| back to |as early as ",
        r"(?:since|(?:going|dating|stretching) back to|as early as)"
        r" (?:about |around |at least |late |early )?"
        rf"(?:{MOMENT}|{_CLAUSE}|{_EVENT}(?: in {DATE})?|(?:its|their) [\w’'-]+)",
    ),
    _rule(
        "period",
        "peak|height",
        rf"at {_POSSESSOR} (?:absolute |very )?(?:peak|height)\b"
        r"(?: of (?:the|its|their) [\w’'-]+)?",
    ),
    _rule(
        "period",
        "on |in |at |last |this |day|during |over |tonight|night|throughout |across |early "
        "|late |around ",
        rf"(?:early |late )?on {MOMENT}",
        rf"(?:in|during|throughout|across) (?:the (?:month|year|whole|course) of )?"
        rf"(?:early[ -]|late[ -]|mid-?)?{DATE}(?! [a-z]+ed\b)",
        rf"(?:at|around|about|shortly (?:before|after)) {MOMENT}",
        rf"(?:in|during|over|throughout) (?:{DECADE}|{PART_OF})",
        rf"(?:during|throughout) {_EVENT}",
        rf"(?:(?:at|over|during|in|on|throughout|across) )?{RELATIVE}\b",
        rf"(?:early |late )?{WEEKDAYS} {PARTS_OF_DAY}\b",
        WRITING_DAY,
        openers="early late on in during throughout across at around about shortly over mid"
        " earlier later last this that next the monday tuesday wednesday thursday friday"
        " saturday sunday yesterday today tonight",
    ),
)
