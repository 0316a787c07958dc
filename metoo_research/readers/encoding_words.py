"""Which code page a text was probably written in, by the small words of its language.

The single-byte code pages share ASCII and give nearly every byte a letter, so that a text in
the wrong one still decodes. Its commonest short words, where they are ASCII, read the same in
all of them: they tell the language, and the language tells the code page.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

# Words of ASCII letters alone, common in the language and in few others of the table.
_WORDS: Final = {
    "cp1252": (
        "the and that with was for have from this they she his her not are said",  # English
        "les des une est dans pour que qui sur avec pas elle ont sont plus",  # French
        "der die das und nicht mit von sie ist den auf eine auch wird dem",  # German
        "los las una con por para del que como pero sus fue este son",  # Spanish
        "uma com para dos das que por mais foi ela como pelo sua nos",  # Portuguese
        "che della con per una sono nel gli dei alla anche delle suo hanno",  # Italian
        "het een van dat met zijn niet voor aan ook maar door naar werd",  # Dutch
        "och att som det inte med den till har ett han hon var om",  # Swedish
        "og det ikke til som med den har av hun fra ble var men",  # Danish, Norwegian
        "ja on ei se oli joka mutta kun sen ovat hanen ovat kanssa",  # Finnish
        "ja on ei et oma oli aga kui see mis ning selle veel",  # Estonian
        "og er ekki sem til um hann en var hafa fram hefur",  # Icelandic
        "que els les amb per una del com dels seva aquest ser",  # Catalan
    ),
    "cp1250": (
        "hogy nem egy az csak volt meg mint ez azt aki ne mert vagy pedig lesz",  # Hungarian
        "nie jest na jak ale przez oraz od ich tym tego jego tak ze",  # Polish
        "je ale jako byl jsou jeho kter po se pro aby podle tak od nebo byla",  # Czech
        "je ale ako bol jeho sa aby pod alebo bola pri od ich vo",  # Slovak
        "je nije koji kao ali da su od se koja bio iz ili nakon",  # Croatian, Bosnian
        "je ni so za da ki tudi ali pa kot je bil ker pri vendar",  # Slovene
        "este sunt din care pentru nu mai cu fost pe iar lui unei prin sale",  # Romanian
    ),
    "cp1254": ("ve bir bu da de ile olarak daha en gibi kadar sonra ama olan her diye",),
    "cp1257": (
        "ir kad yra bet su tai kaip buvo jos apie taip nuo savo prie",  # Lithuanian
        "un ir kas par ar no bet lai tas vai bija pie tika savu",  # Latvian
    ),
}
_LANGUAGES: Final = tuple(
    (page, frozenset(words.split())) for page, lists in _WORDS.items() for words in lists
)
_WORD: Final = re.compile(rb"(?<![A-Za-z\x80-\xff])[a-z]{2,6}(?![A-Za-z\x80-\xff])")
_FEWEST: Final = 3
#: How much oftener the words of the language must occur than those of one of another page.
_LEAD: Final = 1.3


def code_page_by_words(data: bytes) -> str | None:
    """Name the code page of the language whose small words are the commonest.

    Parameters
    ----------
    data
        Text in an encoding in which ASCII letters are themselves.

    Returns
    -------
    ``cp1252``, ``cp1250``, ``cp1254`` or ``cp1257``; None where too few words are known or
    two languages of different pages are close.
    """
    words = Counter(word.decode("ascii") for word in _WORD.findall(data.lower()))
    found: dict[str, int] = {}
    for page, known in _LANGUAGES:
        hits = sum(words[word] for word in known)
        found[page] = max(hits, found.get(page, 0))
    (page, most), (_, second) = Counter(found).most_common(2)
    return page if most >= _FEWEST and most >= _LEAD * second else None
