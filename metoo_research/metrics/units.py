"""What a number counts: the noun phrase as written, its head, and the measure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from metoo_research.metrics.expression import Number
from metoo_research.metrics.nouns import is_plural, singular
from metoo_research.metrics.vocabulary import (
    CURRENCY_SIGNS,
    IRREGULAR_PASTS,
    MEASURES,
    NUMBER_WORDS,
    PERSON_NOUNS,
    TIME_UNITS,
    VERB_MEASURES,
    either,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """The counted noun phrase: its place, its head nouns (singular) and its measure.

    ``per`` is the time of a rate ("hour" in "10,000 tweets an hour").
    """

    text: str | None
    end: int
    heads: tuple[str, ...] = ()
    measure: str | None = None
    per: str | None = None
    in_compound: bool = False

    @property
    def names_a_length(self) -> bool:
        """Whether it says how long something is: "a 29-minute film"."""
        return self.in_compound and self.is_time

    @property
    def is_person(self) -> bool:
        """Whether people are counted."""
        return any(head in PERSON_NOUNS for head in self.heads)

    @property
    def is_time(self) -> bool:
        """Whether hours, days or the like are counted."""
        return bool(self.heads) and bool(_TIME.fullmatch(self.heads[-1]))

    @property
    def is_times(self) -> bool:
        """Whether it is said how often something happened."""
        return (self.text or "").split(" ")[0].lower() == "times"


_TIME: Final = re.compile(rf"{TIME_UNITS}|second")
_WORD: Final = re.compile(r"[\s-]?(?P<word>[^\W\d_][\w’'-]*|#\w+)")
# Words that end a noun phrase: what follows them is something else.
_STOPS: Final = frozenset(
    "a an the in on at by for with from to into onto since after before during within"
    " over under between among through as than and or but nor so yet if because while"
    " although though until till is are was were be been being am has have had having"
    " do does did will would can could may might must shall should who whom whose"
    " which that where when why how what i you he she it we they me him her us them"
    " this these those not no never also just only even still then there here very too"
    " up down out off about around across against per via later earlier ago away"
    " yesterday today tomorrow last next overnight worldwide globally left said says told came"
    " went took made got gave began joined became found saw ran sent spoke wrote kept"
    " held stood felt alone already so-called plus including each every all both"
    " either neither his its their our my your another such of aged".split()
) | frozenset(IRREGULAR_PASTS.split("|"))
_VERB_ENDING: Final = re.compile(r"(?:ing|ed)$")
_ADJECTIVES_IN_ED: Final = frozenset(
    "united related so-called verified registered unique displaced elected wounded injured"
    " unnamed married hundred red limited mixed detailed".split()
)
_NOUNS_IN_ING: Final = frozenset("posting meeting hearing painting building killing".split())
_LONE_NOUN: Final = r"(?:[^\W\d_][\w’'-]*\s){0,2}?[^\W\d_][\w’'-]*"
_COORDINATION: Final = re.compile(
    rf"(?:,\s{_LONE_NOUN}){{0,6}}"
    r",?\s(?:and|or)\s(?:[^\W\d_][\w’'-]*\s){0,2}?(?P<last>[^\W\d_][\w’'-]*[^\Wsui]s"
    r"|people|women|men|children)\b(?!['’]s)"
)
# "900 members and runs two offices": a verb has an object or an adverb behind it.
_HAS_AN_OBJECT: Final = re.compile(
    rf"\s(?:(?:an?|the)\s(?!{TIME_UNITS}\b)|(?:its|their|his|her|our|my|no|some|many|more|only"
    r"|about|around|nearly|up|out|off|itself|himself|herself|them|him|it|as)\s"
    rf"|{NUMBER_WORDS}\b|[{CURRENCY_SIGNS}]?\d|\w+ly\b|(?P<noun>[^\W\d_]+)\b)"
)
_VERBS_IN_S: Final = frozenset(
    "gets makes gives takes keeps seeks wants says operates provides serves includes earns owns"
    " produces publishes represents employs sells spends has does goes comes becomes remains"
    " lives teaches writes leads lets sends pays helps brings tells asks calls".split()
)
_NAME: Final = re.compile(r"(?<!\w)[A-Z]")
_CONJUNCTION: Final = re.compile(r",\s|,?\s(?:and|or)\s")
_COMPLEMENT: Final = re.compile(
    r"\s(?:(?:with|using|bearing|containing|including|featuring) the hashtags?\s#\w+"
    r"|(?:with|using|of)\s#\w+"
    r"|(?:around|across) the (?:world|globe|country|nation)|worldwide"
    r"|from (?:both )?(?:women|men|people|users|readers|fans|survivors|victims)"
    r"(?: and (?:women|men|people|users|survivors))?)\b"
)
_RATE: Final = re.compile(
    r"\s?(?:(?:(?:an?|per|every|each)\s|/)(?P<per>second|minute|hour|day|week|month|year)"
    r"|/(?P<short>s|sec|min|h|hr))\b"
    r"(?! (?:(?:earlier|ago|later)\b|before(?=[.,;]|$)))"
)
_PER_IN_SHORT: Final = {
    "s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour",
}  # fmt: skip
# "a 200 km march" is one march: a unit of measurement ends what is counted.
_MEASURED_IN: Final = re.compile(
    r"[\s-]?(?P<unit>(?:sq\.?\s?)?(?:[ckm]m|kg|mg|ml|mph|k[mp]h|kmph|ft|lbs?|oz|[kMGT]Wh?|[MGT]B"
    r"|ha|°\s?[CF]?|sq\s?m|[kM]bps)[²³]?)(?!\w)"
)
_OF: Final = re.compile(
    r"\s(?:more\s)?of\s(?:(?:the|all|its|their|these|those|our|his|her|my)\s){0,2}"
)
_OWN: Final = re.compile(r"\s(?:the|all|its|their|our|his|her|my)\s")
# "a 280-character message" counts characters, not messages.
_COMPOUND: Final = re.compile(r"-(?!(?:plus|odd|ish)\b)(?P<word>[^\W\d_]+)(?![-\w])")
_LINK: Final = re.compile(
    r"(?:[\s+-]|-plus\b|-odd\b){0,3}(?:(?:more|other|such|different)\s)?(?=[^\W\d_#])"
)
_NAMES_A_PLATFORM: Final = re.compile(r"\s(?:users|posts|tweets|accounts|videos)\b")
_PHRASE_END: Final = re.compile(r"['’]s?\b|[^\s\w-]")
_NUMBER_OF: Final = re.compile(
    r"\b(?:number|total|tally|count|volume) of (?P<noun>[^\W\d])[^\d;]*$", re.IGNORECASE
)
# "signatures passed the 100,000 mark", "views climbed from 20,000"
_SUBJECT_OF: Final = re.compile(
    r"(?<![\w-])(?P<noun>[^\W\d]+)\s"
    r"(?:(?:have|had|has|were|was|already|since|soon|quickly) ){0,2}"
    r"(?:topped|passed|surpassed|exceeded|reached|hit|neared|approached|crossed|totall?ed"
    r"|numbered|stood at|(?:rose|rising|risen|grew|grown|climbed|climbing|jumped|soared|leapt"
    r"|leaped|surged|swelled|fell|dropped|doubled|tripled|trebled|quadrupled)(?: from| to))"
    r"(?: (?:the|about|around|some|nearly|almost|(?:well |just )?(?:over|under)|more than"
    r"|at least|an estimated))?\s$",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"[\s-](?:mark|milestone|threshold)\b")
_FURTHEST_NOUN = 90
_MOST_WORDS = 5


def unit_of(text: str, number: Number, limit: int) -> Unit:
    """Find the noun phrase that a number counts.

    Parameters
    ----------
    text
        The sentence.
    number
        The number.
    limit
        Where the next number begins: a unit never reaches over it.

    Returns
    -------
    The unit; with ``text`` None where the number stands alone ("thousands replying").
    """
    if number.kind == "age":
        said = text[number.end : number.unit_start].strip(" -")
        return Unit(said, number.unit_start, ("year",), "years old")
    if number.glued_unit:
        said = number.glued_unit
        return _with_rate(text, Unit(said, number.unit_start, (said,), said), limit)
    if number.kind == "count" and (found := _MEASURED_IN.match(text, number.unit_start, limit)):
        said = found["unit"]
        return _with_rate(text, Unit(said, found.end(), (said,), said), limit)
    if compound := _COMPOUND.match(text, number.unit_start, limit):
        word = compound["word"]
        measure = word.lower() if number.kind != "ordinal" else singular(word)
        return Unit(word, compound.end(), (singular(word),), measure, in_compound=True)
    start = _skip_link(text, number)
    if _is_bare_plural(text, number) and not text[number.unit_start : start].strip():
        return Unit(None, number.unit_start)  # "thousands march": of whom, "of" would tell
    # So with "40 percent feared swimming".
    acts = number.kind == "percentage" and not _OF.match(text, number.unit_start)
    words, end = _noun_phrase(text, start, limit, one=number.value == 1, acts=acts)
    if not words or _MARK.match(text, number.unit_start):
        return _with_rate(text, _counted_before(text, number), limit)
    heads = [singular(words[-1])]
    names_between = False
    joined = _COORDINATION.match(text, end, limit) if is_plural(words[-1]) else None
    last_words = _last_words(joined[0]) if joined else []
    if (
        joined
        and not any(word.lower() in _STOPS or _is_verb(word) for word in last_words)
        and not _does_something(text, joined)
    ):
        # "Facebook and Instagram posts": a name there is no head of its own.
        names_between = bool(_NAME.search(joined[0]))
        heads += [singular(word) for word in last_words if not word[0].isupper()]
        end = joined.end()
    if complement := _COMPLEMENT.match(text, end, limit):
        end = complement.end()
    measure = _measure(text, number, words, heads, names_between=names_between)
    unit = Unit(text[start:end].strip(" -"), end, tuple(heads), measure)
    return _with_rate(text, unit, limit)


def _is_bare_plural(text: str, number: Number) -> bool:
    """Whether the number is a word such as "thousands"."""
    return number.vague and text[number.start : number.end].lower().endswith("s")


def _counted_before(text: str, number: Number) -> Unit:
    """Read a noun phrase before its number: "the number of posts topped 160,000"."""
    end = number.unit_start
    low = max(number.prefix_start - _FURTHEST_NOUN, 0)
    if number.kind != "count":
        return Unit(None, end)
    if subject := _SUBJECT_OF.search(text, low, number.prefix_start):
        head = singular(subject["noun"])
        if head in MEASURES and is_plural(subject["noun"]):
            return Unit(subject["noun"], end, (head,), MEASURES[head])
    found = _NUMBER_OF.search(text, low, number.prefix_start)
    if found is None:
        return Unit(None, end)
    words, behind = _noun_phrase(text, found.start("noun"), number.prefix_start)
    if not words:
        return Unit(None, end)
    heads = [singular(words[-1])]
    measure = _measure(text, number, words, heads, names_between=False)
    return Unit(text[found.start("noun") : behind], end, tuple(heads), measure)


def _last_words(coordination: str) -> list[str]:
    pieces = _CONJUNCTION.split(coordination)
    return [piece.split()[-1] for piece in pieces if piece.split()]


def _does_something(text: str, joined: re.Match[str]) -> bool:
    """Whether the last word of a coordination is a verb: "900 members and runs two offices"."""
    last = joined["last"].lower()
    if last in _VERBS_IN_S:
        return True
    if singular(last) in PERSON_NOUNS or "," in joined[0]:
        return False
    behind = _HAS_AN_OBJECT.match(text, joined.end())
    if behind is None:
        return False
    noun = behind["noun"]
    return noun is None or (is_plural(noun) and noun.lower() not in _STOPS)


def _with_rate(text: str, unit: Unit, limit: int) -> Unit:
    """Add the time of a rate: "tweets per hour", "times a minute", "35,000 a minute"."""
    found = _RATE.match(text, unit.end, limit)
    if found is None or unit.is_time:
        return unit
    per = found["per"] or _PER_IN_SHORT[found["short"]]
    link = "" if found[0].startswith("/") else " "
    said = link.join(part for part in (unit.text, found[0].strip()) if part)
    measure = f"{unit.measure} per {per}" if unit.measure else None
    return Unit(said, found.end(), unit.heads, measure, per)


def _is_verb(word: str) -> bool:
    low = word.lower()
    return (
        len(low) > 4
        and bool(_VERB_ENDING.search(low))
        and low not in _ADJECTIVES_IN_ED
        and low not in _NOUNS_IN_ING
    )


def _skip_link(text: str, number: Number) -> int:
    """Behind "of (the)" where the number is a share or a plural: "thousands of women"."""
    start = number.unit_start
    if (number.vague or number.kind in {"percentage", "fraction"}) and (
        found := _OF.match(text, start)
    ):
        return found.end()
    if number.kind == "fraction" and (found := _OWN.match(text, start)):
        return found.end()
    more = _LINK.match(text, start)
    return more.end() if more else start


def _noun_phrase(
    text: str, start: int, limit: int, *, one: bool = False, acts: bool = False
) -> tuple[list[str], int]:
    """The words of the noun phrase that begins at ``start``, and where it ends.

    Behind "one" a word that looks like a plural is a verb ("one campaigner urges"), and where
    it `acts` the first word is one, if it looks like it.
    """
    words: list[str] = []
    end = position = start
    while len(words) < _MOST_WORDS:
        found = _WORD.match(text, position, limit)
        if not found:
            break
        word = found["word"]
        if one and words and is_plural(word):
            break
        if word.lower() in _STOPS and not (word.isupper() and len(word) > 1):
            break
        if _is_verb(word) and (words or acts or not _is_participle(text, found, limit)):
            break
        if words and word[0].isupper() and not words[-1][0].isupper():
            behind = _WORD.match(text, found.end(), limit)
            if not (behind and behind["word"][0].islower() and is_plural(behind["word"])):
                break
        words.append(word)
        end = position = found.end()
        if is_plural(word) and not _is_adjective_before_noun(text, position, limit):
            break
        if _PHRASE_END.match(text, position):
            break
    return words, end


def _is_participle(text: str, found: re.Match[str], limit: int) -> bool:
    """Whether a noun follows: "registered users", but not "marched in" or "replying"."""
    behind = _WORD.match(text, found.end(), limit)
    return bool(
        found["word"].lower().endswith("ed") and behind and behind["word"].lower() not in _STOPS
    )


def _is_adjective_before_noun(text: str, position: int, limit: int) -> bool:
    """Whether a word that looks plural goes on: "women's marches", "sports clubs"."""
    if text[position : position + 1] in {"'", "’", "-"}:
        return True
    return bool(_NAMES_A_PLATFORM.match(text, position, limit))


def _measure(
    text: str, number: Number, words: list[str], heads: list[str], *, names_between: bool
) -> str:
    if number.kind == "ordinal":
        return heads[-1]
    if words[-1].lower() == "times":
        return _verb_measure(text, number) or "times"
    measures = [MEASURES[head] for head in heads if head in MEASURES]
    if not measures or len(measures) < len(heads):
        return words[-1].lower()
    if len(set(measures)) > 1 and names_between:
        # "tweets, Facebook and Instagram posts": what all of them are
        return "posts"
    return "+".join(dict.fromkeys(measures))


_VERBS: Final = either(VERB_MEASURES)
_VERB_BEFORE: Final = re.compile(rf"\b(?P<verb>{_VERBS})\b(?:\s[\w’'-]+){{0,8}}\s?$")
_VERB_AFTER: Final = re.compile(rf"\s?(?:[\w’'-]+\s){{0,6}}?(?P<verb>{_VERBS})\b")
_FURTHEST_VERB = 80


def _verb_measure(text: str, number: Number) -> str | None:
    """The measure that the verb tells: "was tweeted nearly a million times"."""
    start = number.prefix_start
    found = _VERB_BEFORE.search(text, max(start - _FURTHEST_VERB, 0), start)
    found = found or _VERB_AFTER.match(text, number.unit_start)
    return VERB_MEASURES[found["verb"]] if found else None
