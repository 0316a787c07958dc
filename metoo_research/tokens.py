"""Sentences and tokens, each with its place in the article's text.

Offsets are Unicode code points, end-exclusive: ``text[start:end]`` is what the table shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import normalize

import numpy as np
import pandas as pd
import regex

from metoo_research.errors import TableError
from metoo_research.passages import DEFAULT_KINDS, PASSAGE_KINDS, label_passages

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus

TokenKind = Literal["word", "number", "hashtag", "mention", "url", "emoji", "punctuation"]

#: Stands in results, so that counts made by different rules are never taken for the same.
TOKENIZER_VERSION = "1"

# Abbreviations of news English that a capital letter may follow within a sentence, lower
# case, without the final full stop. Those that are words too (no, sat, ill, mass, miss) are
# missed less here than they would be found wrongly; see _SHORT_OR_WORD.
_ABBREVIATIONS = frozenset(
    # titles
    "mr mrs ms mx dr prof rev hon gov sen rep sens reps gen col lt sgt capt cmdr maj adm pres"
    " supt insp det fr sr jr st ste messrs mme mlle"
    # organisations and cases
    " inc corp co ltd llc bros assn dept univ vs v"
    # months and weekdays
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri"
    # places and references
    " ave blvd rd mt ft vol pp p ed eds est approx ca cf etc al e.g i.e"
    # states as newspapers shorten them
    " ala ariz ark calif colo conn del fla ga kan ky la md mich minn mo mont"
    " neb nev n.h n.j n.m n.y n.c n.d okla pa r.i s.c s.d tenn tex vt va w.va wis wyo"
    " u.s u.k u.n e.u d.c a.m p.m ph.d m.d b.a m.a j.d".split()
)
# Behind an abbreviation these begin a sentence ("in the U.S. The law"); other capitalised
# words may be its second half ("the U.S. Senate").
_STARTERS = frozenset(
    "a after all although among an and another as at because before both but by despite during"
    " each even few for from he her here his how however i if in it its last many meanwhile"
    " more most my nearly neither now of on one our she since so some still that the their"
    " then there these they this those though today two under until we what when where"
    " whether which while who why with yet you your".split()
)
_OPENING = "\"'“‘«([{ \t\r\n"
# After these a small letter goes on with the sentence: ‘Not now.’ and left, "Why?" she
# asked, well… no
_MAY_GO_ON = re.compile(r"(?:[.!?…][\"'”’»)\]]+|…|\.{3})$")
_CANNOT_START = re.compile(r"[\"'”’»)\]]*[,;:]")
# Before a number, or between a comma and a small letter, these are abbreviations: No. 5,
# "in Salem, Ore. on Monday".
_SHORT_OR_WORD = re.compile(
    r"\b(?:(?P<number>(?:nos?|fig|sec|art|sat|sun)\.)|(?<=,\s)(?:Ill|Ind|Mass|Miss|Ore|Wash)\.)$",
    re.IGNORECASE,
)
# Longer than any of the patterns above matches at the end of a sentence, save for absurd
# runs of quotation marks; looking at no more keeps long texts linear.
_TAIL = 40


@cache
def _sentence_tokenizer() -> Any:
    """NLTK's Punkt with our abbreviations, on `re` alone.

    NLTK runs its own expressions under a five-second clock, so that a slow machine could
    cut a text differently from a fast one; Punkt's run in linear time and need no clock.
    """
    from nltk.tokenize.punkt import (  # a second to import
        PunktLanguageVars,
        PunktParameters,
        PunktSentenceTokenizer,
        PunktToken,
    )

    class NewsVars(PunktLanguageVars):  # type: ignore[misc]
        sent_end_chars = (".", "?", "!", "…")
        re_boundary_realignment = re.compile(r"[\"'”’»)\]}]+?(?:\s+|(?=--)|$)", re.MULTILINE)

        def _word_tokenizer_re(self) -> re.Pattern[str]:
            return _stdlib(super()._word_tokenizer_re())

        def period_context_re(self) -> re.Pattern[str]:
            return _stdlib(super().period_context_re())

    class NewsToken(PunktToken):  # type: ignore[misc]
        __slots__ = ()
        _RE_ELLIPSIS = _stdlib(PunktToken._RE_ELLIPSIS)
        _RE_NUMERIC = _stdlib(PunktToken._RE_NUMERIC)
        _RE_INITIAL = _stdlib(PunktToken._RE_INITIAL)
        _RE_ALPHA = _stdlib(PunktToken._RE_ALPHA)

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS)
    parameters.sent_starters = set(_STARTERS)
    return PunktSentenceTokenizer(parameters, lang_vars=NewsVars(), token_cls=NewsToken)


@cache
def _stdlib(timed: Any) -> re.Pattern[str]:
    return re.compile(timed.pattern, re.UNICODE | re.VERBOSE)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Cut one passage into sentences.

    Quotations of several sentences are cut too, so that each gets its own score. A piece
    that begins with a small letter behind a quotation goes on the sentence before it
    (answered ‘Not now.’ and left).

    Returns
    -------
    Spans in order, without white space at their ends; together they hold every character
    that is not white space.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _sentence_tokenizer().span_tokenize(text):
        piece = text[start:end]
        content = piece.strip()
        if not content:
            continue
        start += piece.index(content)
        end = start + len(content)
        if spans and _goes_on(text[max(0, spans[-1][1] - _TAIL) : spans[-1][1]], content):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _goes_on(before: str, piece: str) -> bool:
    """Whether a piece is part of the sentence whose last characters are ``before``."""
    if not any(char.isalnum() for char in piece) or _CANNOT_START.match(piece):
        return True
    first = piece.lstrip(_OPENING)[:1]
    if short := _SHORT_OR_WORD.search(before):
        return first.isdigit() if short["number"] else first.islower()
    return first.islower() and bool(_MAY_GO_ON.search(before))


def split_sentences(
    corpus: Corpus,
    passages: pd.DataFrame | None = None,
    *,
    kinds: Collection[str] = DEFAULT_KINDS,
) -> pd.DataFrame:
    """Split the passages of a corpus into sentences.

    Parameters
    ----------
    corpus
        The articles.
    passages
        As :func:`~metoo_research.passages.label_passages` gives them; made if not given.
    kinds
        Kinds of passages to take: by default headline, subhead and body.

    Returns
    -------
    One row per sentence: ``article_id``, ``sentence_id`` (counted from 0 in each article,
    over all passages given, so that a sentence has one number whatever ``kinds`` is),
    ``passage_id``, ``kind`` (of the passage), ``start``, ``end``, ``quoted`` (True where
    most of its letters stand in quotation marks) and ``text``.

    Raises
    ------
    TableError
        If ``kinds`` holds a name that is no kind of passage, or the passages are those of
        another corpus.
    """
    unknown = [kind for kind in kinds if kind not in PASSAGE_KINDS]
    if unknown:
        raise TableError(
            f"no kind of passage is called {unknown[0]!r}; kinds: {', '.join(PASSAGE_KINDS)}"
        )
    passages = label_passages(corpus) if passages is None else passages
    texts = dict(zip(corpus.articles["article_id"], corpus.articles["text"], strict=True))
    rows: list[tuple[Any, ...]] = []
    numbers: Counter[str] = Counter()
    names = ["article_id", "passage_id", "kind", "start", "end"]
    for article_id, passage_id, kind, passage_start, passage_end in zip(
        *(passages[name].tolist() for name in names), strict=True
    ):
        if article_id not in texts:
            raise TableError(
                f"passages: no article {article_id!r} in this corpus; label its own passages"
            )
        text = texts[article_id][passage_start:passage_end]
        quoted = _quoted_letters(text)
        for start, end in sentence_spans(text):
            if kind in kinds:
                sentence = text[start:end]
                place = (passage_start + start, passage_start + end)
                mostly = 2 * sum(quoted[start:end]) > sum(map(str.isalpha, sentence))
                rows.append(
                    (
                        article_id,
                        numbers[article_id],
                        passage_id,
                        kind,
                        *place,
                        mostly,
                        sentence,
                    )
                )
            numbers[article_id] += 1
    columns = [
        "article_id", "sentence_id", "passage_id", "kind", "start", "end", "quoted", "text",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype(
        {"article_id": "str", "sentence_id": "int64", "passage_id": "int64", "kind": "str"}
        | {"start": "int64", "end": "int64", "quoted": "bool", "text": "str"}
    )


# Single quotation marks are left to the eye: they cannot be told from apostrophes.
_DOUBLE_QUOTES = re.compile('["“”«»]')


def quotation_spans(text: str) -> list[tuple[int, int]]:
    """Find what stands in double quotation marks, curly or straight.

    A quotation that is opened and not closed runs to the end of the passage, as
    newspapers set quotations of several paragraphs.
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _DOUBLE_QUOTES.finditer(text):
        opens = mark[0] in "“«" or (mark[0] == '"' and opened is None)
        if opens and opened is None:
            opened = mark.start()
        elif not opens and opened is not None:
            spans.append((opened, mark.end()))
            opened = None
    if opened is not None:
        spans.append((opened, len(text)))
    return spans


def _quoted_letters(text: str) -> bytearray:
    """One number per character: 1 for a letter in quotation marks, else 0."""
    letters = bytearray(len(text))
    for start, end in quotation_spans(text):
        letters[start:end] = bytes(map(str.isalpha, text[start:end]))
    return letters


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
_KIND_OF_GROUP = {"possessive": "punctuation", "acronym": "word"}
_LETTER = regex.compile(r"\p{L}")


def token_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Cut a text into tokens: start, end, kind.

    Words keep inner apostrophes and hyphens (didn't, 20-year-old), numbers their marks
    (1,700,000; 4.7; 2017-10-15), acronyms their stops (U.S.). A hashtag or mention ends
    before a possessive 's, which then is a token of its own that counts as no word. Scripts
    that write no spaces between words (Chinese, Japanese, Thai) give one word per run.
    """
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        group = found.lastgroup or "punctuation"
        kind = _KIND_OF_GROUP.get(group, group)
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


def tokenize(sentences: pd.DataFrame) -> pd.DataFrame:
    """Cut sentences into tokens.

    Parameters
    ----------
    sentences
        As :func:`split_sentences` gives them: ``article_id``, ``sentence_id``, ``start``
        and ``text`` are used.

    Returns
    -------
    One row per token: ``article_id``, ``sentence_id``, ``start``, ``end`` (code points into
    the article's text), ``token`` (as written), ``word`` (the form for counting) and
    ``kind`` (word, number, hashtag, mention, url, emoji, punctuation). Text columns are
    categorical: a token costs a code, not a string. ``attrs["tokenizer"]`` is the version
    of the rules.
    """
    vocabulary: dict[tuple[str, str], int] = {}
    starts: list[int] = []
    codes: list[int] = []
    sizes: list[int] = []
    for text, offset in zip(
        sentences["text"].tolist(), sentences["start"].tolist(), strict=True
    ):
        before = len(starts)
        for start, end, kind in token_spans(text):
            starts.append(offset + start)
            codes.append(vocabulary.setdefault((text[start:end], kind), len(vocabulary)))
        sizes.append(len(starts) - before)
    surfaces = [surface for surface, _ in vocabulary]
    kinds = [kind for _, kind in vocabulary]
    code = np.asarray(codes, dtype="int32")
    start_of = np.asarray(starts, dtype="int64")
    length = np.asarray([len(surface) for surface in surfaces], dtype="int64")
    table = pd.DataFrame(
        {
            "article_id": _repeat(sentences["article_id"], sizes),
            "sentence_id": np.repeat(sentences["sentence_id"].to_numpy(), sizes),
            "start": start_of,
            "end": start_of + (length[code] if len(code) else 0),
            "token": _coded(surfaces, code),
            "word": _coded([normal_form(surface) for surface in surfaces], code),
            "kind": _coded(kinds, code),
        }
    )
    table.attrs["tokenizer"] = TOKENIZER_VERSION
    return table


def _repeat(values: pd.Series, sizes: list[int]) -> pd.Categorical:
    codes, names = pd.factorize(values)
    return pd.Categorical.from_codes(np.repeat(codes, sizes), categories=pd.Index(names))


def _coded(values: list[str], code: Any) -> pd.Categorical:
    """A categorical of the values of a vocabulary, without ever making the long list."""
    of_value, names = pd.factorize(np.asarray(values, dtype=object))
    categories = pd.Index(names, dtype="str")
    return pd.Categorical.from_codes(of_value[code] if len(code) else [], categories=categories)
