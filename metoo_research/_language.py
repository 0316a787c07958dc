"""Which language a text is in, told by its commonest small words or by its script."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

# The smallest words of each language, without those that mean something in another one's news
# ("die", "man", "son"); what two languages share counts for both.
_SMALL_WORDS: Final = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in that is was for on with as it by at from his her they have has"
        " not are which who but their been had this were will be an",
        "es": "el la de que y en los las del se por con una un para su es al lo como más pero"
        " sus este ya muy sin sobre también ha fue no",
        "fr": "le la les de des et du un une en dans que qui pour sur pas au aux est il elle"
        " avec ce cette ses plus par ne sont ont leur été se",
        "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als"
        " auch es an er sie nach bei einer um am sind wie war",
        "it": "il di che e la le i un una per in non del della è sono con si da dei al gli nel"
        " anche alla come più ha lo delle ma hanno",
        "pt": "o a de que e do da em um uma os as para com não no na por mais dos das se ao foi"
        " como mas seu sua ou pela pelo são",
        "nl": "de het een van en in is dat op te zijn met voor niet die aan er om ook als dan"
        " maar bij uit hij zij werd door naar heeft nog over",
        "sv": "och att det som en på är av för med den till inte har de ett om var han hon från"
        " jag men ut sig så efter vid kan",
        "da": "og at det som en på er af for med den til ikke har de et om var han hun fra jeg"
        " men ud sig så efter ved kan",
        "ca": "el la de que i en els les del es per amb una un però més aquest aquesta ha als"
        " són seva seu també dels sense ser van hi",
        "pl": "w i z na do nie się że jest to o jak po za od dla przez ale są tym oraz jego jej"
        " był była już tak co",
    }.items()
}
#: Languages that are told from one another, by their codes in ISO 639-1. The others are here so
#: that they are not taken for one of these.
LANGUAGES: Final = ("en", "es", "fr", "de", "it", "pt", "nl")

_WORD = re.compile(r"[^\W\d_]+")
# Of a long text the beginning tells enough.
_MOST_CHARACTERS: Final = 20_000
_FEWEST_WORDS: Final = 30
# Of running text, about four words in ten are among its language's; of another's text, one.
_FEWEST_SMALL: Final = 0.2
_FEWEST_TIMES_MORE: Final = 1.5

# Letters that only one language of the news writes, or no more than their script.
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("und-Cyrl", re.compile(r"[\u0400-\u052f]")),
    ("und-Arab", re.compile(r"[\u0600-\u06ff]")),
    ("und-Deva", re.compile(r"[\u0900-\u097f]")),
)
# Japanese writes more Chinese characters than its own; the others write their own alone.
_SHARE_OF_SCRIPT: Final = {"ja": 0.1}
_MOST_OF_THE_LETTERS: Final = 0.5

_NAMES: Final = {
    "en": "English", "es": "Spanish", "fr": "French", "de": "German", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "ja": "Japanese", "ko": "Korean", "zh": "Chinese",
    "th": "Thai", "el": "Greek", "he": "Hebrew", "und-Cyrl": "a language in Cyrillic letters",
    "und-Arab": "a language in Arabic letters", "und-Deva": "a language in Devanagari letters",
}  # fmt: skip
# Languages that a script may stand for.
_WRITTEN_IN: Final = {
    "und-Cyrl": frozenset("ru uk be bg sr mk kk ky tg mn".split()),
    "und-Arab": frozenset("ar fa ur ps ku sd ug".split()),
    "und-Deva": frozenset("hi mr ne sa".split()),
}


def language_of(text: str) -> str | None:
    """Tell the language of a text: a code of :data:`LANGUAGES`, or what its script tells.

    A script that several languages write gives "und-Cyrl" and the like (BCP 47). None where the
    text is short, mixed, or in a language that is not known here.
    """
    words = _WORD.findall(text[:_MOST_CHARACTERS].lower())
    letters = "".join(words)
    if not letters.isascii():
        for code, script in _SCRIPTS:
            needed = _SHARE_OF_SCRIPT.get(code, _MOST_OF_THE_LETTERS)
            if len(letters) >= _FEWEST_WORDS and (
                len(script.findall(letters)) > needed * len(letters)
            ):
                return code
    if len(words) < _FEWEST_WORDS:
        return None
    counts = Counter(words)
    small = {
        language: sum(counts[word] for word in listed)
        for language, listed in _SMALL_WORDS.items()
    }
    first, second = sorted(small, key=lambda language: (-small[language], language))[:2]
    clear = small[first] >= max(_FEWEST_SMALL * len(words), _FEWEST_TIMES_MORE * small[second])
    return first if clear and first in LANGUAGES else None


def language_name(code: str) -> str:
    """A language's English name, or its code."""
    return _NAMES.get(code) or _NAMES.get(primary(code), code)


def primary(code: str) -> str:
    """The language of a code that may name a region too: "en" of "en-GB" or "en_US"."""
    return re.split(r"[-_]", code.strip(), maxsplit=1)[0].lower()


def is_other(found: str, expected: str) -> bool:
    """Whether a language found cannot be the one expected; regions do not count."""
    if found in _WRITTEN_IN:
        return primary(expected) not in _WRITTEN_IN[found]
    return primary(found) != primary(expected)
