"""How numbers are told: with their noun, and a figure with the hedge of its article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

#: How the hedges begin that stand behind their number; a test holds them to the vocabulary.
_BEHIND: Final = ("or ", "and ", "+", "-", "plus", "odd")
#: What joins a number to an earlier one: only over such words does a hedge reach further.
_JOINED: Final = re.compile(r",|;|&|\b(?:and|or|nor|as well as|plus)\b")
# What makes a number part of a longer one: a character before it, or what follows.
_CONTINUES: Final = re.compile(r"[\w.,]")
_GOES_ON: Final = re.compile(
    r"\w|[.,]\d|[ -](?:hundred|thousand|million|billion|trillion|dozen|bn|mn|m|k)s?\b"
)
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
    places = [
        (start, end)
        for start, end in _places(number, sentence)
        if not (start and _CONTINUES.match(sentence, start - 1))
        and not _GOES_ON.match(sentence, end)
    ]
    if not places:
        return True
    if behind:
        said = hedge.lstrip("-")
        ends = [end + (sentence[end : end + 1] in {" ", "-"}) for _, end in places]
        return any(
            sentence.startswith(said, end) and not _is_in_word(sentence, end + len(said))
            for end in ends
        )
    said_of = [end for _, end in _places(hedge, sentence)]
    for start, _ in places:
        reaching = [end for end in said_of if end <= start]
        if reaching and not _JOINED.search(sentence, reaching[-1], start):
            return True
    return False


def _places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each place of some words that are no part of longer ones."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        inside = _is_in_word(text, start - 1) if words[0].isalnum() else False
        if not inside and not (words[-1].isalnum() and _is_in_word(text, end)):
            yield start, end
        start = text.find(words, start + 1)


def _is_in_word(text: str, at: int) -> bool:
    """Say whether a letter, digit or underscore stands there."""
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def _plain(text: str) -> str:
    """Small letters and single spaces, without invisible characters."""
    seen = (character for character in text if unicodedata.category(character) != "Cf")
    return " ".join("".join(seen).lower().split())
