"""Which figures are counts of social media, and what they count."""

from __future__ import annotations

import re
from typing import Final

from metoo_research.metrics.context import Place, Sentence, Social
from metoo_research.metrics.expression import Number
from metoo_research.metrics.units import Unit
from metoo_research.metrics.vocabulary import (
    ALWAYS_SOCIAL,
    ANSWERS_TO_AN_EVENT,
    BELONG_TO_A_PAGE,
    FUNDRAISING_PLATFORMS,
    GATHERINGS,
    NUMBER_WORDS,
    PETITION_PLATFORMS,
    PHYSICAL_DEEDS,
    PLATFORM_MEASURES,
    SCALES,
    SOCIAL_ACTS,
    SOCIAL_BESIDE_A_CUE,
    SOCIAL_CUES,
    SOCIAL_IN_NUMBERS,
    VAGUE_PLURALS,
    either,
)

_ACT: Final = re.compile(rf"\b(?:{SOCIAL_ACTS})\b", re.IGNORECASE)
# "7,000 people marched, and the hashtag drew 12,500 tweets": their deed stands before another's
_DEED: Final = re.compile(
    rf"\b(?:{PHYSICAL_DEEDS})\b(?!\s(?:\w+\s)?(?:online|virtually)\b)", re.IGNORECASE
)
_ANSWER: Final = re.compile(rf"\b(?:{ANSWERS_TO_AN_EVENT})", re.IGNORECASE)
_PAGE_BEFORE: Final = re.compile(
    r"\b(?:group|page|event|channel|server|community|subreddit)(?:\s[\w’'-]+){0,3}\s$",
    re.IGNORECASE,
)
_ON_A_NAME: Final = re.compile(r"\son\s(?:the\s)?[A-Z]")
_WHO: Final = re.compile(r"\b(?:who|that)\s(?:\w+\s){0,2}$")
_NEW_CLAUSE: Final = re.compile(r"[,;:]|\b(?:and|but|while|as|after)\b")
# "50 people came, but the tag was mentioned 900 times": a clause with a subject of its own
_OTHERS_ACT: Final = re.compile(
    r";|,\s(?:but|while|whereas|although|though|and)\s(?:the|a|an|its|their|his|her|#)\b"
)
_COUNTS: Final = re.compile(
    rf"(?:\d[kKmM]?|\b(?:{NUMBER_WORDS}|{either([*SCALES, *VAGUE_PLURALS])})(?: of)?)\s"
    r"(?:[\w-]+\s)?$"
)
_DREW: Final = re.compile(
    rf"\b{GATHERINGS}\s(?:[\w’'-]+\s){{0,6}}?(?:drew|draws|drawn|attracted|brought|gathered|saw"
    r"|counted)\s(?:[\w’'-]+\s){0,3}$",
    re.IGNORECASE,
)
_CUE: Final = re.compile(rf"#\w|\b(?:{SOCIAL_CUES})\b", re.IGNORECASE)
_NEAR = 160
# "20 million shares at $14", "likes of", "posts" as jobs, "followers of" a faith
_FINANCE: Final = re.compile(
    r"\b(?:stock|shareholders?|trading|dividend|per share|investors?|outstanding|apiece"
    r"|offering)\b|\bshares (?:in|of)\b|[$£€]\d"
)
_OF_A_FAITH: Final = re.compile(r"\s(?:of|to)\s(?:[A-Z]|the (?:faith|religion|church|prophet))")
#: Counts below this are of things, not of a platform's counter: "two views of the matter".
_SMALLEST_COUNTER = 100
# "8 million on Vimeo", "by Wednesday she had 45,000": the noun was said before.
_LEAVES_OUT_A_NOUN: Final = re.compile(
    r"\s?(?:[.,;:)!?”\"–—]|$|(?:on|in|for|by|at|after|within|and|or|when|since|as|before"
    r"|until|over|during|this|last|of them|of those"
    r"|(?:an?|the) [^\W\d]+ (?:earlier|later|ago|before|after))\b)"
)
# "was shared by more than 100,000 people"
_ACTED_BY: Final = re.compile(
    r"\b(?:retweeted|liked|shared|reposted|favou?rited|upvoted)(?:\son\s\w+)?\sby\s(?:\w+\s){0,3}$"
)
_SEEN_BY: Final = re.compile(
    r"\b(?:watched|viewed|seen|followed|used)(?:\son\s\w+)?\sby\s(?:\w+\s){0,3}$"
)
# "14 had replied": the few who did it have no noun
_ACTS_THEMSELVES: Final = re.compile(
    rf"\s(?:(?:had|have|has|also|of them)\s){{0,3}}(?:{SOCIAL_ACTS})\b", re.IGNORECASE
)
_OF_THEM: Final = re.compile(r"\sof\s(?:them|these|those|that|which|the total|all of them)\b")


def social_part(
    sentence: Sentence, number: Number, unit: Unit, place: Place, previous: Social | None
) -> Social | None:
    """Say whether a figure counts something of social media.

    Parameters
    ----------
    sentence
        The sentence.
    number, unit
        The figure and what it counts.
    place
        Where it may have been counted.
    previous
        What was found for the figure before it in the sentence, for a figure that leaves
        out what it counts.

    Returns
    -------
    None for figures of anything else.
    """
    if number.kind == "money":
        return _raised(place)
    if number.kind not in {"count", "percentage", "fraction"} or unit.is_time:
        return None
    if previous and _speaks_of_the_same(sentence.text, number, unit):
        here = place if place.basis == "same sentence" and place.named else None
        measure = previous.measure
        if measure and unit.per and " per " not in measure:
            measure = f"{measure} per {unit.per}"
        if here is None:
            return Social(measure, previous.platform, previous.basis)
        return Social(measure, here.platform, here.basis if here.platform else None)
    if not _is_social(sentence.text, number, unit, place, beside=previous is not None):
        return None
    measures = _measures(unit)
    if "signatures" in measures and not _takes_signatures(place):
        place = Place(None, None)
    people = unit.text is None or (
        unit.is_person and not measures & (PLATFORM_MEASURES | {"users"})
    )
    measure = "people" if people and number.kind == "count" else unit.measure
    return Social(measure, place.platform, place.basis if place.platform else None)


def _measures(unit: Unit) -> set[str]:
    return set((unit.measure or "").partition(" per ")[0].split("+"))


def _raised(place: Place) -> Social | None:
    if place.basis == "same sentence" and place.platform in FUNDRAISING_PLATFORMS:
        return Social("money", place.platform, place.basis)
    return None


def _takes_signatures(place: Place) -> bool:
    return bool(place.named) and PETITION_PLATFORMS.issuperset(place.named)


def _speaks_of_the_same(text: str, number: Number, unit: Unit) -> bool:
    """Whether a figure leaves out its noun because the one before it has said it."""
    if number.kind in {"percentage", "fraction"}:
        return bool(_OF_THEM.match(text, number.unit_start))
    if unit.is_times and _measures(unit) == {"times"}:
        return True
    if unit.heads or number.value < _SMALLEST_COUNTER:
        return False
    return unit.per is not None or bool(_LEAVES_OUT_A_NOUN.match(text, number.unit_start))


def _is_social(text: str, number: Number, unit: Unit, place: Place, *, beside: bool) -> bool:
    measures = _measures(unit)
    if measures & ALWAYS_SOCIAL or (unit.is_times and measures & PLATFORM_MEASURES):
        return True
    said_online = bool(_CUE.search(text, *_around(number)))
    cue = beside or bool(place.named) or said_online
    if measures & SOCIAL_IN_NUMBERS:
        many = number.kind != "count" or abs(number.value) >= _SMALLEST_COUNTER
        return (many or cue) and not _OF_A_FAITH.match(text, unit.end)
    if "signatures" in measures:
        return _takes_signatures(place) or said_online
    if measures & SOCIAL_BESIDE_A_CUE:
        return cue and not ("shares" in measures and _FINANCE.search(text, *_around(number)))
    if "users" in measures:
        return bool(place.named)
    if place.basis == "same sentence" and place.named and _belongs_there(text, number, unit):
        return True
    if unit.is_person and _ACTED_BY.search(text, *_before(number)):
        return True
    if unit.is_person and cue and _SEEN_BY.search(text, *_before(number)):
        return True
    if unit.text is None and _ACTS_THEMSELVES.match(text, number.unit_start):
        return cue
    if unit.is_person or (unit.text is None and number.value >= _SMALLEST_COUNTER):
        return cue and _act_online(text, number)
    return False


def _belongs_there(text: str, number: Number, unit: Unit) -> bool:
    """Whether people are counted who answer a platform's invitation, or are of a page there."""
    if BELONG_TO_A_PAGE.intersection(unit.heads):
        before = _PAGE_BEFORE.search(text, *_before(number))
        return bool(before or _ON_A_NAME.match(text, unit.end))
    somebody = unit.is_person or unit.text is None
    return somebody and bool(_ANSWER.search(text, *_behind(text, number)))


def _act_online(text: str, number: Number) -> bool:
    """Whether people are counted who did something on social media, and not elsewhere."""
    start, end = _behind(text, number)
    others = _OTHERS_ACT.search(text, start, end)
    acts = _ACT.finditer(text, start, others.start() if others else end)
    act = next((act for act in acts if not _is_counted(text, number, act)), None)
    if act is None or _DREW.search(text, *_before(number)):
        return False
    deed = _DEED.search(text, *_behind(text, number))
    if deed is None or deed.start() > act.start():
        return True
    # "students who walked out posted pictures": the deed says only who they are
    says_who = _WHO.search(text, number.end, deed.start())
    return bool(says_who) and not _NEW_CLAUSE.search(text, deed.end(), act.start())


def _is_counted(text: str, number: Number, act: re.Match[str]) -> bool:
    """Whether it is no act but what another number counts: "and 12,500 tweets"."""
    return act[0].endswith("s") and bool(_COUNTS.search(text, number.unit_start, act.start()))


def _around(number: Number) -> tuple[int, int]:
    return max(number.start - _NEAR, 0), number.end + _NEAR


def _before(number: Number) -> tuple[int, int]:
    return max(number.prefix_start - 60, 0), number.prefix_start


def _behind(text: str, number: Number) -> tuple[int, int]:
    return number.end, min(number.end + _NEAR, len(text))
