"""The rules by which a text is cut into tokens, and the form under which a token is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args
from unicodedata import normalize

import regex

TokenKind = Literal["word", "number", "hashtag", "mention", "url", "emoji", "punctuation"]

#: Stands in results, so that counts made by different rules are never taken for the same.
TOKENIZER_VERSION = "1"

_APOSTROPHES = "'’ʼ＇´"
# In order of trial; the first alternative that fits at a place is the token. The first two
# only save time: most tokens are plain words and marks that no other alternative can claim.
# Quantifiers that could give back what they took are possessive (++) or bounded, so that time
# stays linear.
_TOKEN = regex.compile(
    r"""
    (?P<word> \p{L}[\p{L}\p{M}]*+ (?=[\s,;!?)"”]|\Z) )
  | (?P<punctuation> [,;!?()"“”] )
  | (?P<url>
        (?:https?://|www\.)[^\s<>"“”«»]*[^\s<>"“”«».,;:!?'’)\]}…]
      | (?<![\w.+-]) [\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24} (?!\w)
      | (?<![\w.-]) (?:[a-z0-9-]{1,63}\.){1,8}
        (?-i:com|org|net|edu|gov|int|info|io|co|uk|ca|au|ie|nz|de|fr|eu|tv|fm|ly)
        (?:/[^\s<>"“”«»]*[^\s<>"“”«».,;:!?'’)\]}…])? (?![\w@]) )
  | (?P<mention> (?<![\w@.]) @\w++ (?:\.\w++)*+ (?!@) )
  | (?P<emoji>
        \p{RI}\p{RI}
      | [0-9\#*]\uFE0F?\u20E3
      | \p{Extended_Pictographic} (?<![©®™‼⁉]) [\uFE0F\p{EMod}\U000E0020-\U000E007F]*
        (?:\u200D \p{Extended_Pictographic} [\uFE0F\p{EMod}]*)* )
  | (?P<hashtag> (?<![\w\#&]) [#＃] (?=[\w\p{M}]*[\p{L}\p{M}]) [\w\p{M}]++ )
  | (?P<possessive> (?<=[\w\p{M}.”"]) ['’ʼ＇´] s (?!\w) )
  | (?P<acronym> (?<![\w.]) (?:\p{L}\.){2,} )
  | (?P<number> (?<!\w) \d++ (?:[.,:]\d++)*+ (?:st|nd|rd|th|s|am|pm|k|m|bn)?+ (?![\w'’-]) )
  | (?P<word> [\p{L}\p{N}] [\p{L}\p{M}\p{N}]*
        (?: [.,] (?<=\p{Nd}[.,]) (?=\p{Nd}) [\p{L}\p{M}\p{N}]+
          | ['’ʼ＇´] [\p{L}\p{M}\p{N}]+
          | (?:[-‐‑\u00AD\u200C]|_+) (?=[\p{L}\p{N}]) [\p{L}\p{M}\p{N}]+
          | & (?-i: (?<=\p{Lu}&) (?=\p{Lu})) [\p{L}\p{N}]+ )* )
  | (?P<punctuation> \.{2,} | -{2,} | [^\s\x1c-\x1f\p{L}\p{N}] )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# "it's" is "it is": the 's of these hosts is a verb far more often than a possessive.
_VERB_HOSTS = frozenset(
    "it he she that this what who where when why how there here let".split()
)
_KIND_OF_GROUP: dict[str, TokenKind] = {
    **{kind: kind for kind in get_args(TokenKind)},
    "possessive": "punctuation",
    "acronym": "word",
}
_LETTER = regex.compile(r"\p{L}")


def token_spans(text: str) -> Iterator[tuple[int, int, TokenKind]]:
    """Cut a text into tokens: start, end, kind.

    Words keep inner apostrophes and hyphens (didn't, 20-year-old), numbers their marks
    (1,700,000; 1.200,34; 4.7; 2017-10-15), acronyms their stops (U.S.). A hashtag or mention
    ends before a possessive 's, which then is a token of its own that counts as no word; a
    hashtag also ends before a hyphen, as on the platforms themselves. Scripts that write no
    spaces between words (Chinese, Japanese, Thai) give one word per run.

    What is neither of these is ``punctuation``: also signs (£, ±, %), which other tools call
    symbols, and a mark without a letter to it (a lone # or @). Figures with letters behind
    them are numbers where the letters are a unit or an ordinal (100bn, 16th, 1990s), words
    otherwise (4ever, 20-year-old).

    No token holds white space, and no rule looks over it: text may be cut at white space
    and each piece be cut by itself (`metoo_research._token_chunks` does).
    """
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        group = found.lastgroup or "punctuation"
        kind = _KIND_OF_GROUP[group]
        if group == "word" and not text[start].isalpha() and not _LETTER.search(found[0]):
            kind = "number"
        yield start, end, kind


# Soft hyphens only say where a line may break.
_SAME_WHEN_COUNTED = str.maketrans(
    dict.fromkeys(_APOSTROPHES[1:], "'") | {"＃": "#", "‐": "-", "‑": "-", "\u00ad": None}
)


def normal_form(token: str) -> str:
    """Give the form under which a token is counted.

    Small letters, straight apostrophes, composed accents; without a possessive 's, so that
    "women's" counts as "women" ("it's", "that's" and the like stay whole).
    """
    word = token.lower()
    if not word.isascii():
        word = normalize("NFC", word).translate(_SAME_WHEN_COUNTED)
    if word.endswith("'s") and len(word) > 2 and word[:-2] not in _VERB_HOSTS:
        return word[:-2]
    return word
