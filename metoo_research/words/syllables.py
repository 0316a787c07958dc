"""Syllables of English words, counted by rule.

No list of pronunciations is shipped: the kept ones are under licences that this package cannot
take over, or are downloads. The rules count groups of vowels and know the common cases in which
a vowel is silent or two of them are two syllables; a short list holds words of the news that
follow no rule. How often they are right is measured in the tests.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

_LISTED: Final = {
    word: number
    for number, words in {
        1: "clothes fierce heart ms pierce pierced prayer prayers queue queues scheme"
        " schemes st tier whole whose",
        2: "hundred hundreds kindred"
        " ancient argue argues being billion billions brilliant business centre centres"
        " chaos chocolate client clients colleague colleagues conscience create creates"
        " crooked cruel diamond diet doing dr duel dungeon embed evening every facebook"
        " fluid forehead foreign fuel genius giant giants going gorgeous hatred iphone"
        " jr junior juniors kindred lion lions maybe million millions mr mrs naked ocean"
        " oceans onion patient patients people pigeon poem poems poet poets quiet react"
        " reacts reuse riot riots rugged ruin ruined ruins sacred science seeing senior"
        " seniors soldier soldiers somehow someone something sometimes somewhat"
        " somewhere sovereign sr surgeon surgeons theatre theatres trial trials trillion"
        " trillions union unions vs wednesday wicked",
        3: "alliance alliances amnesty anyone anything area areas arguing beautiful"
        " behavior behaviour billionaire businesses businessman businessmen"
        " businesswoman businesswomen ceo cia companion companions copying courageous"
        " created creating creation creative diary element elements everyone everything"
        " everywhere familiar fbi finale genuine implement influence karate linear"
        " nobody nuclear ohio opinion opinions parliament parliaments peculiar poetry"
        " premier reacted reacting reaction reactions recipe recipes reliance reunion"
        " somebody studying supplement usa vehicle vehicles violence violent",
        4: "associate california catastrophe coalition coalitions european europeans"
        " everybody experience experienced experiences idealist immediate implemented"
        " initiative initiatives nevertheless pennsylvania realistic spontaneous",
        5: "association associations creativity enthusiasm enthusiastic ideology"
        " immediately parliamentary",
        6: "ideological",
    }.items()
    for word in words.split()
}

_PARTS: Final = re.compile(r"\d[\d.,]*[^\W_]*|[^\W\d_]+(?:'[^\W\d_]+)*")
_INNER_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIAERESIS: Final = re.compile("(?<=[aeiou])(?=[aeiou]\u0308)")
_VOWELS: Final = re.compile(r"[aeiouy]+")

# Each place takes one syllable off the number of vowel groups.
_SILENT: Final = tuple(
    re.compile(rule)
    for rule in (
        # make; not table, be, tree
        r"(?<=[aeiouy])[^aeiouy]*[^aeiouyl]e$|[aeiouyl]le$",
        # makes; not boxes, judges, tables
        r"(?<=[aeiouy])[^aeiouy]*[^aeiouylsxzcgh]es$|[aeiouyl]les$|[gpt]hes$",
        # asked; not wanted, handled
        r"(?<=[aeiouy])[^aeiouy]*[^aeiouyltd]ed$|[aeiouylr]led$",
        # league, unique
        r"[gq]ues?$",
        # statement, lonely, spokesman; not settlement
        r"(?<=[aeiouy])[^aeiouy]*[^aeiouyl]es?(?=(?:ments?|ly|less|ful|fully|ness|some|ty|things?"
        r"|where|fore|times?|body|land|work|like|wide|line|ball|spread|holders?|hoods?|wards?"
        r"|(?:wo)?m[ae]n|persons?|people)$)",
        r"[aeiouy]le(?=(?:ment|ly|less|ful|fully|ness|some|ty|holders?|hoods?)$)",
        # basically
        r"ically$",
    )
)
# Each place adds one.
_TWO: Final = tuple(
    re.compile(rule)
    for rule in (
        # media, variation, appreciate; not social, partial, Russia, marriage, Italian, William
        r"(?<![cstg])ia(?!ge)(?<!lia(?=ns?$|$))(?<!llia(?=ms?$))|[cstg]ia(?=t|b|r)",
        # period, serious; not nation, religion, fashion, anxious
        r"(?<![cstgxh])io|[sc]io(?=$|s$|l)|iu",
        # video, geography, neon; not people, takeover
        r"(?<![cg])eo(?!p|u[sr]|ver)|geo(?=[gmlp])|eou(?=s)(?<![cg]eou)",
        # actual, usual, continuous, influence; not quality, language, persuade
        r"(?<![gqjs])u(?=a|ou)|su(?=al)|(?<=[nlt])ue(?=n[ct])",
        # science, audience, happier, society
        r"(?<![cst])ie(?=n(?!d))|scie(?=n)|(?<=[^aeiouy]{2})ie(?=r$|rs$|st$)"
        r"|(?<=[aeiouy][^aeiouy])ie(?=r$|rs$|st$)|ie(?=t)",
        # saying, lobbyist
        r"[aeiouy]ing(?=$|s$|ly$)(?<![gq]uing)|yi(?=s)",
        # museum, create, idea, reality
        r"eum|cre(?=at(?!ure))|(?<=id)ea|reali|(?<=h)ea(?=te?r)(?<=thea)",
        # player, beyond, Ryan; not played
        r"[aeou]y(?=[aeou])(?!ed$|e$|es$)|[bcdflprstvh]y(?=[ao])",
        # heroic, coordinate, reaction, reinforce
        r"ao|(?<=[^aeiouyhv])oi(?=c$|sm)|oe(?=t)|^coo(?=perat|rd)|^rea(?=ct|ss|pp|rr|ff)"
        r"|^rei(?=mb|nf|nv|ns|nt|t)|^ree(?=lec|nt|st|xa|va)",
        # activism, rhythm, McDonald
        r"[st]hms?$|sms?$|^mc(?=[^aeiouy])",
        # continuity, tuition
        r"(?<![gq])ui(?=ty|ties|ti)",
    )
)
# Where a shortened word is a syllable: didn't, it'll, boss's; not can't, he'll, she's.
_BEFORE_NOT: Final = re.compile(r"(?:[dst]|have)$")
_CONSONANT: Final = re.compile(r"[^aeiouy]$")
_HISS: Final = re.compile(r"(?:[sxz]|[cs]h|[csgz]e)$")
_BEFORE_ENDING: Final = {
    "s": _HISS,
    "ll": _CONSONANT,
    "ve": _CONSONANT,
    "d": re.compile(r"[td]$"),
    "m": re.compile(r"(?!)"),
    "re": re.compile(r"(?!)"),
}


@lru_cache(maxsize=65_536)
def count_syllables(word: str) -> int:
    """Count the syllables of an English word.

    Parameters
    ----------
    word
        A word as written. Hyphens and inner capitals part it (#TimesUp), accents are taken off.

    Returns
    -------
    At least 1. A number or sign counts as one syllable; capitals without a vowel (NBC) and
    letters with stops (U.S.) are read one by one.
    """
    plain = _INNER_CAPITAL.sub(" ", word).lower().replace("’", "'")
    plain = _DIAERESIS.sub("h", normalize("NFD", plain))  # naïve has two
    accented_end = plain.endswith("e\u0301")  # café
    plain = "".join(char for char in plain if not combining(char))
    if word.isupper() and len(word) > 1 and not _VOWELS.search(plain):
        return len(word) + 2 * plain.count("w")  # read letter by letter: NBC
    parts = _PARTS.findall(plain)
    if not parts:
        return 1
    if accented_end and len(parts[-1]) > 1:
        return sum(map(_syllables, parts[:-1])) + _syllables(parts[-1][:-1] + "ay")
    return sum(map(_syllables, parts))


def _syllables(word: str) -> int:
    if word[:1].isdigit():
        return 1
    if word in _LISTED:
        return _LISTED[word]
    stem, apostrophe, ending = word.partition("'")
    if apostrophe and ending == "t":
        stem = stem.removesuffix("n")
        return _syllables(stem) + bool(_BEFORE_NOT.search(stem)) if stem else 1
    if apostrophe:
        rule = _BEFORE_ENDING.get(ending)
        # A name such as O'Neill has two parts.
        more = _syllables(ending) if rule is None else bool(rule.search(stem))
        return _syllables(stem) + more
    # A first y before a vowel is a consonant.
    counted = word[1:] if word[0] == "y" and word[1:2] in tuple("aeiou") else word
    number = len(_VOWELS.findall(counted))
    number -= sum(len(rule.findall(word)) for rule in _SILENT)
    number += sum(len(rule.findall(counted)) for rule in _TWO)
    return max(number, 1)
