"""What a number counts: the noun phrase as written, its head, and the measure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from metoo_research.metrics.numbers import Number
from metoo_research.metrics.vocabulary import MEASURES, PERSON_NOUNS, TIME_UNITS, VERB_MEASURES


@dataclass(frozen=True, slots=True)
class Unit:
    """The counted noun phrase: its place, its head nouns (singular) and its measure."""

    text: str | None
    end: int
    heads: tuple[str, ...]
    measure: str | None

    @property
    def is_person(self) -> bool:
        """Whether people are counted."""
        return any(head in PERSON_NOUNS for head in self.heads)

    @property
    def is_time(self) -> bool:
        """Whether hours, days or the like are counted."""
        return bool(self.heads) and bool(re.fullmatch(TIME_UNITS, self.heads[-1]))


_IRREGULAR: Final = {
    "people": "people",
    "women": "woman",
    "men": "man",
    "children": "child",
    "persons": "person",
    "police": "police",
    "feet": "foot",
    "lives": "life",
    "wives": "wife",
    "media": "media",
    "congresswomen": "congresswoman",
    "congressmen": "congressman",
    "servicewomen": "servicewoman",
    "servicemen": "serviceman",
    "politicians": "politician",
    "statuses": "status",
    "retweets": "retweet",
    "centuries": "century",
}
_WORD: Final = re.compile(r"[\s-]?(?P<word>[^\W\d_][\w’'-]*|#\w+)")
# Words that end a noun phrase: what follows them is something else.
_STOPS: Final = frozenset(
    "a an the in on at by for with from to into onto since after before during within over under"
    " between among through as than and or but nor so yet if because while although though until"
    " till is are was were be been being am has have had having do does did will would can could"
    " may might must shall should who whom whose which that where when why how what i you he she"
    " it we they me him her us them this these those not no never also just only even still then"
    " there here very too up down out off about around across against per via later earlier ago"
    " away yesterday today tomorrow overnight worldwide globally left said says told came went"
    " took made got gave began joined became found saw ran sent spoke wrote kept held stood felt"
    " alone already so-called plus including each every all both either neither his its their our"
    " my your another such"
    " of".split()
)
_VERB_ENDING: Final = re.compile(r"(?:ing|ed)$")
_ADJECTIVES_IN_ED: Final = frozenset(
    "united related so-called verified registered unique displaced elected wounded injured"
    " unnamed married hundred red limited signed mixed detailed".split()
)
_COORDINATION: Final = re.compile(
    r"(?:,\s(?:[^\W\d_][\w’'-]*\s){0,2}?[^\W\d_][\w’'-]*)*"
    r",?\s(?:and|or)\s(?:[^\W\d_][\w’'-]*\s){0,2}?(?P<last>[^\W\d_][\w’'-]*s|people|women|men"
    r"|children)\b(?!['’]s)"
)
_COMPLEMENT: Final = re.compile(
    r"\s(?:(?:with|using|bearing|containing|including|featuring) the hashtags?\s#\w+"
    r"|(?:with|using|of)\s#\w+"
    r"|(?:around|across) the (?:world|globe|country|nation)|worldwide"
    r"|from (?:both )?(?:women|men|people|users|readers|fans|survivors|victims)"
    r"(?: and (?:women|men|people|users|survivors))?)\b"
)
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
        end = number.unit_start
        return Unit(text[number.end : end].strip(" -"), end, ("year",), "years old")
    if number.glued_unit:
        return Unit(
            number.glued_unit, number.unit_start, (number.glued_unit,), number.glued_unit
        )
    start = _skip_link(text, number)
    words, end = _noun_phrase(text, start, limit)
    if not words:
        return Unit(None, number.unit_start, (), None)
    heads = [singular(words[-1])]
    joined = _COORDINATION.match(text, end, limit)
    if joined and _is_plural(words[-1]) and singular(joined["last"]) not in _STOPS:
        pieces = re.split(r",\s|,?\s(?:and|or)\s", joined[0])
        last_words = [piece.split()[-1] for piece in pieces if piece.split()]
        if all(word.lower() not in _STOPS and not _is_verb(word) for word in last_words):
            # "Facebook and Instagram posts": a name there is no head of its own.
            heads += [singular(word) for word in last_words if not word[0].isupper()]
            end = joined.end()
    complement = _COMPLEMENT.match(text, end, limit)
    if complement:
        end = complement.end()
    phrase = text[start:end].strip(" -")
    return Unit(phrase, end, tuple(heads), _measure(text, number, words, tuple(heads)))


def singular(word: str) -> str:
    """Give the singular of an English noun, lower case, by its ending."""
    low = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("women") or low.endswith("men"):
        return low[:-2] + "an"
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if re.search(r"(?:s|sh|ch|x|z)es$", low) and not re.search(
        r"(?:[aeiou]ses|nses|rses)$", low
    ):
        return low[:-2]
    if _is_plural(low):
        return low[:-1]
    return low


def _is_plural(word: str) -> bool:
    low = word.lower().replace("’", "'")
    if low in _IRREGULAR or low.endswith("women") or low.endswith("men"):
        return True
    return bool(re.search(r"[^su'i]s$|[^'aeou]is$", low)) and len(low) > 3


def _is_verb(word: str) -> bool:
    low = word.lower()
    return bool(_VERB_ENDING.search(low)) and low not in _ADJECTIVES_IN_ED and len(low) > 4


def _skip_link(text: str, number: Number) -> int:
    """Behind "of (the)" where the number is a share or a plural: "thousands of women"."""
    takes_of = number.vague or number.kind in {"percentage", "fraction"}
    found = re.compile(
        r"\s(?:more\s)?of\s(?:(?:the|all|its|their|these|those|our|his|her|my)\s){0,2}"
    ).match(text, number.unit_start)
    if takes_of and found:
        return found.end()
    more = re.compile(r"[\s+-]*(?:more\s|other\s|such\s|different\s)?(?=[^\W\d_#])").match(
        text, number.unit_start
    )
    return more.end() if more else number.unit_start


def _noun_phrase(text: str, start: int, limit: int) -> tuple[list[str], int]:
    """The words of the noun phrase that begins at ``start``, and where it ends."""
    words: list[str] = []
    end = position = start
    while len(words) < _MOST_WORDS:
        found = _WORD.match(text, position, limit)
        if not found:
            break
        word = found["word"]
        if word.lower() in _STOPS or (not words and re.match(r"[\s]*$", word)):
            break
        if _is_verb(word) and (words or not _is_participle(text, found, limit)):
            break
        if words and word[0].isupper() and not words[-1][0].isupper():
            behind = _WORD.match(text, found.end(), limit)
            if not (behind and behind["word"][0].islower() and _is_plural(behind["word"])):
                break
        words.append(word)
        end = position = found.end()
        if _is_plural(word) and not _is_adjective_before_noun(text, position, limit):
            break
        if re.match(r"['’]s?\b|[^\s\w-]", text[position : position + 2]):
            break
    return words, end


def _is_participle(text: str, found: re.Match[str], limit: int) -> bool:
    """ "registered users" goes on with a noun, "marched in" and "replying" do not."""
    behind = _WORD.match(text, found.end(), limit)
    return bool(
        found["word"].lower().endswith("ed") and behind and behind["word"].lower() not in _STOPS
    )


def _is_adjective_before_noun(text: str, position: int, limit: int) -> bool:
    """Whether a word that looks plural goes on: "women's marches", "sports clubs"."""
    if text[position : position + 1] in {"'", "’", "-"}:
        return True
    return bool(
        re.compile(r"\s(?:users|posts|tweets|accounts|videos)\b").match(text, position, limit)
    )


def _measure(text: str, number: Number, words: list[str], heads: tuple[str, ...]) -> str:
    if number.kind == "ordinal":
        return heads[-1]
    if words[-1].lower() == "times":
        return _verb_measure(text, number) or "times"
    measures = [MEASURES[head] for head in heads if head in MEASURES]
    if measures and len(measures) == len(heads):
        names = re.findall(r"[A-Z]\w+", text[number.end : number.end + 80].split(".")[0])
        if (
            len(set(measures)) > 1
            and names
            and text.find(names[0], number.end) < _last_head(text, number, words)
        ):
            return "posts"
        return "+".join(dict.fromkeys(measures))
    return words[-1].lower()


def _last_head(text: str, number: Number, words: list[str]) -> int:
    """Where a coordination behind the first head ends."""
    first = text.find(words[-1], number.end) + len(words[-1])
    joined = _COORDINATION.match(text, first)
    return joined.end() if joined else first


_VERB_BEFORE: Final = re.compile(
    rf"\b(?P<verb>{'|'.join(VERB_MEASURES)})\b(?:\s[\w’'-]+){{0,5}}\s?$"
)
_VERB_AFTER: Final = re.compile(
    rf"\s?(?:[\w’'-]+\s){{0,6}}?(?P<verb>{'|'.join(VERB_MEASURES)})\b"
)


def _verb_measure(text: str, number: Number) -> str | None:
    """The measure that the verb tells: "was tweeted nearly a million times"."""
    found = _VERB_BEFORE.search(text[: number.prefix_start]) or _VERB_AFTER.match(
        text, number.unit_start
    )
    return VERB_MEASURES[found["verb"]] if found else None
