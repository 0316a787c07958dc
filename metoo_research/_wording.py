"""How numbers are told: with their noun, and a figure with the hedge of its article."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: How the hedges begin that stand behind their number; a test holds them to the vocabulary.
_BEHIND: Final = ("or ", "and ", "+", "-", "plus", "odd")
#: What joins a number to an earlier one: only over such words does a hedge reach further.
_JOINED: Final = re.compile(r",|;|&|\b(?:and|or|nor|as well as|plus)\b")
_FACTOR: Final = r"(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|m|k)s?\b"
HEDGE_NOTE: Final = "[ ] The article says this hedge of an earlier number, or behind the unit."


def plural(number: int, noun: str, nouns: str | None = None) -> str:
    """Write "1 word", "2,000 words"; `nouns` where an "s" does not make the plural."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def worded(modifier: object, number: str, sentence: object = None) -> str:
    """Give a figure as worded: hedge and number ("more than 200,000", "500+").

    Parameters
    ----------
    modifier
        The hedge; where it is no text, there is none.
    number
        The number as written.
    sentence
        Where both stand. A hedge that it does not say of this very number, but of an earlier
        one that is joined to it, or behind the unit, stands in brackets, as words that are
        supplied do: of "over 40 cups and 12 medals" the second is "[over] 12".
    """
    if not isinstance(modifier, str) or not modifier:
        return number
    is_behind = modifier.startswith(_BEHIND)
    own = not isinstance(sentence, str) or _is_its_own(
        _plain(modifier), _plain(number), _plain(sentence), behind=is_behind
    )
    shown = modifier if own else f"[{modifier}]"
    if not is_behind:
        return f"{shown} {number}"
    return f"{number}{'' if shown[0] in '+-' else ' '}{shown}"


def _is_its_own(hedge: str, number: str, sentence: str, *, behind: bool) -> bool:
    """Say whether the sentence says the hedge of this number, or does not hold the number."""
    whole = re.compile(rf"(?<![\w.,]){re.escape(number)}(?!\w|[.,]\d|[ -]{_FACTOR})")
    places = list(whole.finditer(sentence))
    if not places:
        return True
    if behind:
        follows = re.compile(rf"[ -]?{re.escape(hedge.lstrip('-'))}(?!\w)")
        return any(follows.match(sentence, place.end()) for place in places)
    says = re.compile(
        rf"(?<!\w){re.escape(hedge)}(?!\w)" if hedge[-1].isalnum() else re.escape(hedge)
    )
    for place in places:
        hedges = [found.end() for found in says.finditer(sentence, 0, place.start())]
        if hedges and not _JOINED.search(sentence, hedges[-1], place.start()):
            return True
    return False


def _plain(text: str) -> str:
    """Small letters and single spaces, without invisible characters."""
    seen = (character for character in text if unicodedata.category(character) != "Cf")
    return " ".join("".join(seen).lower().split())
