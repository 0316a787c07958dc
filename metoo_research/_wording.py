"""How a figure is told in the words of its article: the number with its hedge."""

from __future__ import annotations

from typing import Final

_BEHIND: Final = ("or ", "and ", "+", "-", "plus", "odd")
#: Signs and spaces that may stand between a hedge and its number: "over $5", "over-500".
_BETWEEN: Final = " \t\n\u00a0-‑–$€£¥“\"'(‘"


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
    first, last = (number, modifier) if is_behind else (modifier, number)
    if isinstance(sentence, str) and not _side_by_side(sentence, first, last):
        modifier = f"[{modifier}]"
    if not is_behind:
        return f"{modifier} {number}"
    return f"{number}{'' if modifier[0] in '+-' else ' '}{modifier}"


def _side_by_side(sentence: str, first: str, last: str) -> bool:
    text = " ".join(sentence.lower().split())
    first, last = (" ".join(words.lower().split()) for words in (first, last))
    at = text.find(first)
    while at >= 0:
        if text[at + len(first) :].lstrip(_BETWEEN).startswith(last.lstrip(_BETWEEN)):
            return True
        at = text.find(first, at + 1)
    return False
