"""When a window's words put it: one function for each kind of window."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from metoo_research.metrics.lengths import COUNT, UNIT, Length, read_length
from metoo_research.metrics.moments import resolve_moment
from metoo_research.metrics.timeline import (
    Anchor,
    Anchors,
    Basis,
    Precision,
    Stretch,
    coarser,
    days,
    instant,
    unit_around,
)
from metoo_research.metrics.vocabulary import MONTHS, WEEKDAYS
from metoo_research.study import Study

#: More characters than any window has, lest a text without end take time without end.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class WindowTime:
    """When something was counted: from when, until when, or both (in UTC)."""

    start: datetime | None
    end: datetime | None
    precision: Precision
    basis: Basis


class EventWords:
    """The words that mean the study's event, for figures about its campaign.

    Parameters
    ----------
    study
        The study, with its campaign's names and hashtags.
    """

    def __init__(self, study: Study) -> None:
        own = (*study.campaign.names, *study.campaign.hashtags)
        names = "|".join([*(re.escape(name) for name in own), "campaign|hashtag|movement"])
        campaign = rf"(?:(?:the|its|their) )?(?:{names})(?: (?:campaign|hashtag|movement))?"
        self._campaign = re.compile(campaign, re.IGNORECASE)
        self._beginning = re.compile(
            rf"{campaign}(?:['’]s (?:launch|start|beginning)"
            r"| (?:was |were )?(?:first )?(?:began|begun|started|launched))"
            r"|(?:the|its) launch|its (?:start|beginning)"
            r"|the (?:launch|start|beginning) of (?:the|its) (?:campaign|hashtag|movement)",
            re.IGNORECASE,
        )

    def name_campaign(self, words: str) -> bool:
        """Whether the words are a name of the campaign."""
        return bool(self._campaign.fullmatch(words))

    def tell_beginning(self, words: str) -> bool:
        """Whether the words tell of the campaign's beginning: "the campaign began"."""
        return bool(self._beginning.fullmatch(words))


def resolve_window(
    text: str, kind: str, anchors: Anchors, event_words: EventWords
) -> WindowTime | None:
    """Give the time that a window's words put it at.

    Parameters
    ----------
    text
        The window as written.
    kind
        as_of, since, period or duration.
    anchors
        The days that it can be told from.
    event_words
        What means the study's event.

    Returns
    -------
    The time; None where words and anchors do not tell it, or where it would begin after it
    ends.
    """
    resolve = _KINDS.get(kind)
    if resolve is None or len(text) > _LONGEST:
        return None
    try:
        window = resolve(" ".join(text.split()), anchors, event_words)
    except (OverflowError, ValueError):  # beyond the calendar, or no date of it
        return None
    if window and window.start and window.end and window.start > window.end:
        return None
    return window


def _of_stretch(stretch: Stretch | None) -> WindowTime | None:
    if stretch is None:
        return None
    return WindowTime(stretch.start, stretch.end, stretch.precision, stretch.basis)


# --- until and since -------------------------------------------------------------------------

_SO_FAR: Final = re.compile(
    r"so far\b.*|thus far|to date|to this day|at press time|(?:up )?until now|as of now"
    r"|at the time of (?:writing|publication|publishing|going to press)"
    r"|as of (?:this writing|press time|publication)",
    re.IGNORECASE,
)
_AS_OF: Final = re.compile(
    r"(?P<cue>by the time|by|as of|as at|until|till|up until|up to|up through|through|before)"
    r" (?:(?:about|around) )?(?P<rest>.+)",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(
    r"(?:since|(?:going|dating|stretching) back to|as early as)"
    r" (?:(?:about|around|at least) )?(?P<rest>.+)",
    re.IGNORECASE,
)
_START_OF_THE: Final = re.compile(
    r"(?:the )?(?:start|beginning) of the (?=(?:year|month|week)$)", re.IGNORECASE
)
#: Where in a clause a date may begin that tells when it happened.
_WHEN: Final = re.compile(
    rf" (?:(?:at|on|in) (?=\S)|(?={WEEKDAYS}\b|yesterday\b|(?:last|this) ))", re.IGNORECASE
)


def _as_of(said: str, anchors: Anchors, event_words: EventWords) -> WindowTime | None:
    article = anchors.article
    if _SO_FAR.fullmatch(said):
        if article is None:
            return None
        precision: Precision = "hour" if article.exact else "day"
        return WindowTime(None, article.moment, precision, article.basis)
    found = _AS_OF.fullmatch(said)
    if found is None:
        return None
    moment = resolve_moment(found["rest"], anchors)
    before = moment is not None and found["cue"].lower() == "before"
    moment = moment or _moment_of_clause(found["rest"], anchors)
    if moment is None:
        return None
    end = moment.start if before else moment.close
    event = anchors.event
    if moment.basis == "event" and event is not None and end <= event.moment < moment.close:
        return None  # "before Sunday", the day of the event
    if article is not None:
        # The latest that a count can be of is the moment at which it is printed.
        if moment.start > article.moment:
            return None
        end = min(end, article.moment)
    return WindowTime(None, end, moment.precision, moment.basis)


def _since(said: str, anchors: Anchors, event_words: EventWords) -> WindowTime | None:
    found = _SINCE.fullmatch(said)
    if found is None:
        return None
    rest, event, article = found["rest"], anchors.event, anchors.article
    if event is not None and event_words.tell_beginning(rest):
        precision: Precision = "hour" if event.exact else "day"
        start, basis = event.moment, event.basis
    else:
        rest = _START_OF_THE.sub("the start of this ", rest)
        if article is not None:
            anchors = replace(anchors, article=replace(article, look="back"))
        moment = resolve_moment(rest, anchors) or _moment_of_clause(rest, anchors)
        if moment is None:
            return None
        start, precision, basis = moment.start, moment.precision, moment.basis
    if article is not None and start > article.moment:
        return None
    return WindowTime(start, None, precision, basis)


def _moment_of_clause(clause: str, anchors: Anchors) -> Stretch | None:
    """When something happened by its clause's own words: "it was set up in January 2018"."""
    for found in _WHEN.finditer(clause):
        moment = resolve_moment(clause[found.end() :], anchors)
        if moment is not None:
            return moment
    return None


# --- periods -----------------------------------------------------------------------------

_PAIR: Final = re.compile(
    r"(?:between (?P<a>.+?) and |from (?P<b>.+?) (?:to|until|through|till) "
    rf"|(?:on )?(?P<c>{WEEKDAYS}) (?:to|through|and) "
    rf"|(?:on|over the weekend of) (?P<d>{MONTHS} \d+)(?: ?[-–] ?| and | to ))(?P<last>.+)",
    re.IGNORECASE,
)
_ITS_DAY: Final = re.compile(
    r"(?:on|in|during|over) (?:the|its|their) (?P<order>first|second|third)(?: full| single)?"
    r" day",
    re.IGNORECASE,
)
_AWAY: Final = re.compile(
    rf"(?:(?:in|within|over|during|for) )?(?:the )?(?:(?P<count>{COUNT}) )?(?P<unit>{UNIT})"
    r" (?:(?P<ago>ago)|after (?P<event>.+))",
    re.IGNORECASE,
)
_ON: Final = re.compile(
    r"(?:(?:at|over|during|in|on|throughout|across) )?(?:the (?:month|year|course) of )?"
    r"(?P<rest>.+)",
    re.IGNORECASE,
)
_ORDER: Final = ("first", "second", "third")


def _period(said: str, anchors: Anchors, event_words: EventWords) -> WindowTime | None:
    event = anchors.event
    if found := _PAIR.fullmatch(said):
        first = next(found[name] for name in "abcd" if found[name])
        return _pair(first, found["last"], anchors)
    if found := _ITS_DAY.fullmatch(said):
        if event is None:
            return None
        day = event.day + timedelta(days=_ORDER.index(found["order"].lower()))
        return _of_stretch(days(day, day + timedelta(days=1), anchors.zone, "day", "event"))
    if found := _AWAY.fullmatch(said):
        length = read_length(found["count"], found["unit"])
        if length is None:
            return None
        if found["ago"]:
            return _away(length, anchors.article, -1, anchors)
        if event_words.tell_beginning(found["event"]):
            return _away(length, event, 1, anchors)
        return None
    found = _ON.fullmatch(said)
    moment = resolve_moment(found["rest"], anchors) if found else None
    return _of_stretch(moment)


def _away(
    length: Length, anchor: Anchor | None, sign: Literal[1, -1], anchors: Anchors
) -> WindowTime | None:
    """The unit of the calendar that lies so far from a day: "two weeks ago" is a week."""
    if anchor is None:
        return None
    if length.precision == "hour":
        if not anchor.exact:
            return None
        at = length.from_moment(anchor.moment, anchors.zone, sign=sign)
        return WindowTime(at, at, "hour", anchor.basis)
    noon = instant(anchor.day, 12, 0, anchors.zone)
    day = length.from_moment(noon, anchors.zone, sign=sign).astimezone(anchors.zone).date()
    return _of_stretch(unit_around(day, length.unit, anchors, anchor.basis))


def _pair(first: str, second: str, anchors: Anchors) -> WindowTime | None:
    """Between two moments; what one leaves out is told from the other."""
    month = re.match(rf"{MONTHS} (?=\d)", first, re.IGNORECASE)
    if month and re.match(r"\d{1,2}(?!\d)(?! [a-z])", second, re.IGNORECASE):
        second = month[0] + second  # "between May 26 and 30"
    start, end = resolve_moment(first, anchors), resolve_moment(second, anchors)
    if end is not None and (start is None or start.basis != "words"):
        start = resolve_moment(first, _told_from(end, "before", anchors)) or start
    elif start is not None and end is None:
        end = resolve_moment(second, _told_from(start, "after", anchors))
    if start is None or end is None:
        return None
    basis = start.basis if end.basis == "words" else end.basis
    if basis == "event" and anchors.event and start.close <= anchors.event.moment:
        return None
    return WindowTime(start.start, end.close, coarser(start.precision, end.precision), basis)


def _told_from(stretch: Stretch, look: Literal["before", "after"], anchors: Anchors) -> Anchors:
    day = stretch.start.astimezone(anchors.zone).date()
    at = stretch.close if look == "before" else stretch.start
    return replace(anchors, article=None, event=Anchor(day, at, False, stretch.basis, look))


# --- durations -----------------------------------------------------------------------------

#: Hedges and the like, which change neither the length nor the place.
_LEADING: Final = (
    r"(?: (?:the|an?|any|one|just|only|barely|about|around|roughly|nearly|almost|less|more"
    r"|fewer|than|under|over|approximately|at|least|well|little|mere|space|course|period"
    r"|matter|of|next|following|previous|preceding)){0,6}?"
)
_DURATION: Final = re.compile(
    rf"(?:in|within|over|during|inside|after|throughout|across|for){_LEADING}"
    rf"(?: (?P<its>the|its|their|his|her)\b)?{_LEADING}"
    rf"(?: (?P<order>first|opening|last|past|final)\b{_LEADING})?"
    rf" (?:(?P<count>{COUNT})[ -])?(?:(?:full|short|single|consecutive|straight) )?"
    rf"(?P<unit>{UNIT})(?:[ -]period)?"
    r"(?: (?:(?:to|through|until|up to|ending|ending on|ended|ended on) (?P<until>.+)"
    r"|of (?P<of>.+)))?",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"(?:in|within|over|during|throughout|across|for) (?P<rest>(?:last|this) \w+)",
    re.IGNORECASE,
)


def _read_duration(said: str) -> tuple[re.Match[str], Length] | None:
    found = _DURATION.fullmatch(said)
    if found is None:
        return None
    placed = found["its"] and (found["order"] or found["until"])
    if found["count"] is None and not placed:
        # "its first week" and "the week to Friday" are one, "in weeks" is no number of them
        return None
    length = read_length(found["count"], found["unit"])
    return None if length is None else (found, length)


def hours_of(text: str) -> float:
    """Give the length of a duration in hours, as said and without its hedge; else NaN."""
    read = _read_duration(" ".join(text.split()))
    return read[1].hours if read else math.nan


def _duration(said: str, anchors: Anchors, event_words: EventWords) -> WindowTime | None:
    if said.lower() == "overnight":
        return _overnight(anchors)
    if named := _NAMED.fullmatch(said):
        return _of_stretch(resolve_moment(named["rest"], anchors))
    read = _read_duration(said)
    if read is None:
        return None
    found, length = read
    order, whole = (found["order"] or "").lower(), found["of"]
    at_start = order in {"first", "opening"}
    if found["until"]:
        last = resolve_moment(found["until"], anchors)
        if last is None:
            return None
        return _ending(last.close, last.precision, last.basis, length, anchors)
    if whole is None:
        if at_start:
            return _from_event(length, anchors)
        return _up_to_article(length, anchors) if order in {"last", "past"} else None
    if event_words.tell_beginning(whole) or (at_start and event_words.name_campaign(whole)):
        return _from_event(length, anchors)
    moment = resolve_moment(whole, anchors) if order else None
    if moment is None:
        return None
    place, at = (_beginning, moment.start) if at_start else (_ending, moment.end)
    return place(at, "day", moment.basis, length, anchors)


def _overnight(anchors: Anchors) -> WindowTime | None:
    """The night before the article's day."""
    article = anchors.article
    if article is None:
        return None
    start = instant(article.day - timedelta(days=1), 18, 0, anchors.zone)
    end = min(instant(article.day, 6, 0, anchors.zone), article.moment)
    return WindowTime(start, end, "part of day", article.basis)


def _from_event(length: Length, anchors: Anchors) -> WindowTime | None:
    event, article = anchors.event, anchors.article
    if event is None or _finer_than(event, length):
        return None
    known: Precision = "hour" if event.exact else "day"
    window = _beginning(event.moment, known, event.basis, length, anchors)
    over = window.end is not None and article is not None and window.end > article.moment
    return None if over else window


def _up_to_article(length: Length, anchors: Anchors) -> WindowTime | None:
    article = anchors.article
    if article is None or _finer_than(article, length):
        return None
    known: Precision = "hour" if article.exact else "day"
    return _ending(article.moment, known, article.basis, length, anchors)


def _finer_than(anchor: Anchor, length: Length) -> bool:
    """Whether an anchor known to the day is too coarse for a length of hours."""
    return length.hours < 24 and not anchor.exact


def _beginning(
    start: datetime, precision: Precision, basis: Basis, length: Length, anchors: Anchors
) -> WindowTime:
    end = length.from_moment(start, anchors.zone)
    return WindowTime(start, end, coarser(precision, length.precision), basis)


def _ending(
    end: datetime, precision: Precision, basis: Basis, length: Length, anchors: Anchors
) -> WindowTime:
    start = length.from_moment(end, anchors.zone, sign=-1)
    return WindowTime(start, end, coarser(precision, length.precision), basis)


_Resolver = Callable[[str, Anchors, EventWords], WindowTime | None]
_KINDS: Final[dict[str, _Resolver]] = {
    "as_of": _as_of,
    "since": _since,
    "period": _period,
    "duration": _duration,
}
