"""The grammar of time windows: what counts as one, and of which kind it is.

Built from the bottom: calendar words and moments (`moment_rules`), then stretches of time and
events; at the end stand the windows. Each is written as its pieces one behind the other, so
that what many windows end with ("Monday, Oct. 16 at 5 p.m.") is one expression for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    MONTHS,
    NUMBER_WORDS,
    PARTS_OF_DAY,
    TIME_UNITS,
    WEEKDAYS,
)

WindowKind = Literal["as_of", "duration", "since", "period"]


class OneOf(NamedTuple):
    """The first of several ways that fits; where none does, nothing if it may be left out."""

    ways: tuple[Pieces, ...]
    optional: bool = False


Piece = re.Pattern[str] | OneOf
Pieces = tuple[Piece, ...]


class WindowRule(NamedTuple):
    """A kind of window: strings one of which it cannot be without, and the ways to say it.

    A way is its pieces, one behind the other. It is tried at the words that a window of this
    kind can begin with; at every word where none are named.
    """

    kind: WindowKind
    cues: tuple[str, ...]
    ways: tuple[Pieces, ...]
    openers: frozenset[str]

    def find(self, text: str, words: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int]]:
        """Find windows at some of the words of a text, given with their places."""
        free = 0
        for at, word in words:
            if at < free or (self.openers and word not in self.openers):
                continue
            end = next((end for way in self.ways if (end := _end_of(way, text, at)) > at), at)
            if end > at:
                free = end
                yield at, end


def _end_of(pieces: Pieces, text: str, at: int) -> int:
    """Give where the pieces end that begin at a place, or -1."""
    for piece in pieces:
        if isinstance(piece, OneOf):
            ends = (_end_of(way, text, at) for way in piece.ways)
            end = next((end for end in ends if end >= 0), at if piece.optional else -1)
        else:
            found = piece.match(text, at)
            end = found.end() if found else -1
        if end < 0:
            return -1
        at = end
    return at


def _piece(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def _way(*pieces: str | Piece) -> Pieces:
    return tuple(_piece(one) if isinstance(one, str) else one for one in pieces)


def _one_of(*ways: str | Piece | Pieces, optional: bool = False) -> OneOf:
    made = (_way(way) if isinstance(way, str | re.Pattern | OneOf) else way for way in ways)
    return OneOf(tuple(made), optional)


def _rule(kind: WindowKind, cues: str, *ways: str | Pieces, openers: str = "") -> WindowRule:
    made = tuple(_way(way) if isinstance(way, str) else way for way in ways)
    return WindowRule(kind, tuple(cues.split("|")), made, frozenset(openers.split()))


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
_IN: Final = r"(?:in|within|over|during|inside|after|throughout|across)"

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
_CLAUSE: Final = _piece(
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
_MOMENT: Final = _piece(MOMENT)
_ANY_EVENT: Final = _piece(_EVENT)
_NAMED_EVENT: Final = _piece(_OTHER_EVENT)
_MARK: Final = _one_of(_DATED_EVENT, _MOMENT, _CLAUSE, _ANY_EVENT, _NAMED_EVENT)
#: What a stretch of time is told from: "in the 24 hours to Monday noon".
_TAIL: Final = (
    _way(
        r" (?:to|through|until|up to|leading up to|ending on|ended on|ending|ended) ", _MOMENT
    ),
    _way(
        r"(?: that)? (?:followed|since|following|after|before|preceding|from|leading up to) ",
        _MARK,
    ),
    _way(rf" of (?:{DATE}|{RELATIVE}|(?:(?:{_POSSESSOR}|an?|this|that|last) )?[\w’'-]+)"),
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
        openers="so thus to at up until as",
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
        _way(
            rf"(?:(?:in|within|over|during|for) )?(?:the )?{_HEDGE}"
            rf"(?:(?:first )?{_COUNT}|the) {TIME_UNITS} ",
            _one_of(
                r"(?:later|earlier|ago)\b|on(?=,)|before(?=[.,;:”]|$)",
                _way(r"(?:after|before) ", _one_of(_CLAUSE, _ANY_EVENT, _NAMED_EVENT)),
            ),
        ),
    ),
    _rule(
        "duration",
        "in |within |over |during |inside |after |throughout |across |for the |under ",
        _way(
            # A weekend is a date rather than a length.
            r"(?!\w+ the (?:\w+ )?weekend)"
            rf"(?:{_IN}|for(?= the (?:first|last|past)))"
            rf" (?:the (?:space|course) of |a period of |a matter of )?(?:{_POSSESSOR} )?"
            rf"(?:{_HEDGE}{_ORDER} (?:{_HEDGE}{_COUNT}[ -])?|(?:an?|one|any) {_COUNT}-"
            rf"|{_HEDGE}{_COUNT}[ -])(?:full |short |single |consecutive |straight |whole )?"
            rf"{TIME_UNITS}\b(?:[ -]period)?(?! (?:earlier|later|ago)\b)",
            OneOf(_TAIL, optional=True),
        ),
        _way(
            rf"(?:in|within|over|during) the (?!weekend){TIME_UNITS}",
            OneOf((*_TAIL, _way(r" since\b"))),
        ),
        rf"(?:in|within|over) (?:a matter of |just |mere )?{_SHORT_STRETCHES}"
        rf"(?: of {_OTHER_EVENT})?",
        r"within the (?:hour|day|week|month|year)\b",
        openers="in within over during inside after throughout across for",
    ),
    _rule("duration", "overnight", r"overnight\b", openers="overnight"),
    _rule(
        "period",
        "between |from | through | to ",
        _way("between ", _MOMENT, " and ", _one_of(_MOMENT, r"\d{1,2}(?![,.]?\d)")),
        rf"between {DATE}",
        _way("from ", _MOMENT, " (?:to|until|through|till) ", _MOMENT),
        rf"from {MONTHS} \d{{1,2}} to \d{{1,2}}(?![,.]?\d)",
        rf"(?:on )?{WEEKDAYS} (?:through|to|and) {WEEKDAYS}\b",
        openers="between from on monday tuesday wednesday thursday friday saturday sunday",
    ),
    _rule(
        "as_of",
        "by |as of |as at |until |till |up to |before |through ",
        _way(
            r"(?:by|as of|as at|until|till|up to|up until|before) "
            r"(?:about |around |late |early )?",
            _MOMENT,
        ),
        _way(r"(?:up )?through ", _MOMENT),
        _way(r"(?:before|until|by the time) ", _CLAUSE),
        openers="by as until till up before through",
    ),
    _rule(
        "since",
        "since| back to |as early as ",
        _way(
            r"(?:since|(?:going|dating|stretching) back to|as early as)"
            r" (?:about |around |at least |late |early )?",
            _one_of(_MOMENT, _CLAUSE, rf"{_EVENT}(?: in {DATE})?", r"(?:its|their) [\w’'-]+"),
        ),
        openers="since going dating stretching as",
    ),
    _rule(
        "period",
        "peak|height",
        rf"at {_POSSESSOR} (?:absolute |very )?(?:peak|height)\b"
        r"(?: of (?:the|its|their) [\w’'-]+)?",
        openers="at",
    ),
    _rule(
        "period",
        "on |in |at |last |this |day|during |over |tonight|night|throughout |across |early "
        "|late |around ",
        _way(r"(?:early |late )?on ", _MOMENT),
        rf"(?:in|during|throughout|across) (?:the (?:month|year|whole|course) of )?"
        rf"(?:early[ -]|late[ -]|mid-?)?{DATE}(?! (?!compared\b)[a-z]+ed\b)",
        _way(r"(?:at|around|about|shortly (?:before|after)) ", _MOMENT),
        rf"(?:in|during|over|throughout) (?:{DECADE}|{PART_OF})",
        _way("(?:during|throughout) ", _ANY_EVENT),
        rf"(?:(?:at|over|during|in|on|throughout|across) )?{RELATIVE}\b",
        rf"(?:early |late )?{WEEKDAYS} {PARTS_OF_DAY}\b",
        WRITING_DAY,
        openers="early late on in during throughout across at around about shortly over mid"
        " earlier later last this that next the monday tuesday wednesday thursday friday"
        " saturday sunday yesterday today tonight",
    ),
)
