"""Singular and plural of English nouns, as far as the names of counted things need them."""

from __future__ import annotations

import re
from typing import Final

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
    "statuses": "status",
}
_PLURAL: Final = re.compile(r"[^su'i]s$|[^'aeou]is$")
_ADDED_ES: Final = re.compile(r"(?:ss|sh|ch|x|zz)es$")


def singular(word: str) -> str:
    """Give the singular of an English noun, lower case, by its ending."""
    low = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("women") or low.endswith("men"):
        return low[:-2] + "an"
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if _ADDED_ES.search(low):
        return low[:-2]
    return low[:-1] if is_plural(low) else low


def is_plural(word: str) -> bool:
    """Whether an English noun looks like a plural."""
    low = word.lower().replace("’", "'")
    if low in _IRREGULAR or low.endswith("men"):
        return True
    return len(low) > 3 and bool(_PLURAL.search(low))
