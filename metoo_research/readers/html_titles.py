"""Titles of pages without the name of their site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

#: What is longer is no headline, but a page whose tags are damaged.
LONGEST_HEADLINE: Final = 400

# One of these, with space around it, sets the name of the site off from the headline.
_SEPARATOR = re.compile(r"\s+[|\-–—·•:»«]+\s+|\s*\|\s*|(?<=\w):\s+")
_NAME_OF_OUTLET = re.compile(
    r"\b(?:news|times|post|daily|journal|herald|tribune|gazette|magazine|observer|guardian"
    r"|telegraph|chronicle|review|online|tv|radio|press|standard|express|mirror|globe|sun"
    r"|bbc|cnn|npr|cbs|nbc|abc|itv)\b|\w\.(?:com|org|net|co|uk|news|ie)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:www\.)?[\w-]+(?:\.[a-z]{2,5}){1,2}", re.IGNORECASE)


def without_site(
    said: str | None, *, outlet: str | None, url: str | None, shown: Iterable[str] = ()
) -> str | None:
    """Take the name of the site off a title: "Headline | The Daily News" gives "Headline".

    Parameters
    ----------
    said
        The title.
    outlet, url
        What is known of the site.
    shown
        Headlines that the page shows; a title that goes on after one of them names the site.
    """
    if not said or len(said) > LONGEST_HEADLINE:
        return None
    names = [name for name in (_letters(outlet or ""), _letters(_host(url))) if name]

    def names_site(part: str) -> bool:
        letters = _letters(part).removesuffix("com").removesuffix("couk")
        return bool(letters) and any(
            letters == name or letters == f"the{name}" or name == f"the{letters}"
            for name in names
        )

    whole = [_letters(text) for text in shown]
    for _ in range(3):
        cuts = list(_SEPARATOR.finditer(said))
        if not cuts or _letters(said) in whole:
            break
        left, right = said[: cuts[-1].start()], said[cuts[-1].end() :]
        first, rest = said[: cuts[0].start()], said[cuts[0].end() :]
        if names_site(right) or _letters(left) in whole:
            said = left
        elif names_site(first) or _letters(rest) in whole:
            said = rest
        elif len(left.split()) >= 3 and _has_form_of_site(right, cuts[-1][0].strip()):
            said = left
        else:
            break
    return said.strip(" |–—-·•»«") or None


def _has_form_of_site(part: str, separator: str) -> bool:
    """Whether the end of a title looks like an outlet's name, by a bar or by its words."""
    words = part.split()
    capitals = all(word[:1].isupper() for word in words)
    if len(words) > 5 or separator == ":" or not (capitals or _ADDRESS.fullmatch(part)):
        return False
    return separator in ("|", "»") or bool(_NAME_OF_OUTLET.search(part))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _host(url: str | None) -> str:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    parts = host.removeprefix("www.").split(".")
    return max(parts[:-1], key=len, default="")
