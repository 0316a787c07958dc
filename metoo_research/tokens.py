"""Sentences and tokens, each with its place in the article's text.

Offsets are Unicode code points, end-exclusive: ``text[start:end]`` is what the table shows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

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
# case, without the final full stop.
_ABBREVIATIONS = frozenset(
    # titles
    "mr mrs ms mx dr prof rev hon gov sen rep sens reps gen col lt sgt capt cmdr maj adm pres"
    " supt insp det fr sr jr st ste messrs mme mlle"
    # organisations and cases
    " inc corp co ltd llc bros assn dept univ vs v"
    # months and weekdays
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat"
    # places and references
    " ave blvd rd mt ft no nos vol pp p fig ed eds est approx ca cf etc al e.g i.e"
    # states as newspapers shorten them
    " ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont"
    " neb nev n.h n.j n.m n.y n.c n.d okla ore pa r.i s.c s.d tenn tex vt va wash w.va wis wyo"
    " u.s u.k u.n e.u d.c a.m p.m ph.d m.d b.a m.a j.d".split()
)
_OPENING = "\"'“‘«([{"
_STARTS_LOWER = re.compile(rf"[{re.escape(_OPENING)}\s]*[a-z]")
# After these a small letter goes on with the sentence: ‘Me too.’ as …, "Why?" she asked, well… no
_MAY_GO_ON = re.compile(r"(?:[.!?…][\"'”’»)\]]+|…|\.{3})$")
_CANNOT_START = re.compile(r"[\"'”’»)\]]*[,;:]")


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
    )

    class NewsVars(PunktLanguageVars):  # type: ignore[misc]
        sent_end_chars = (".", "?", "!", "…")
        re_boundary_realignment = re.compile(r"[\"'”’»)\]}]+?(?:\s+|(?=--)|$)", re.MULTILINE)

        def _word_tokenizer_re(self) -> re.Pattern[str]:
            return _stdlib(super()._word_tokenizer_re())

        def period_context_re(self) -> re.Pattern[str]:
            return _stdlib(super().period_context_re())

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters, lang_vars=NewsVars())


@cache
def _stdlib(timed: Any) -> re.Pattern[str]:
    return re.compile(timed.pattern, re.UNICODE | re.VERBOSE)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Cut one passage into sentences.

    Quotations of several sentences are cut too, so that each gets its own score. A piece
    that begins with a small letter behind a quotation goes on the sentence before it
    (wrote ‘Me too.’ as a status).

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
        if spans and _goes_on(text[spans[-1][0] : spans[-1][1]], content):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _goes_on(before: str, piece: str) -> bool:
    if not any(char.isalnum() for char in piece):
        return True
    if _CANNOT_START.match(piece):
        return True
    return bool(_STARTS_LOWER.match(piece) and _MAY_GO_ON.search(before))


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
    over all its kinds of passages, so that a sentence has one number whatever ``kinds`` is),
    ``passage_id``, ``kind`` (of the passage), ``start``, ``end``, ``quoted`` (True where
    most of its letters stand in quotation marks) and ``text``.

    Raises
    ------
    TableError
        If ``kinds`` holds a name that is no kind of passage.
    """
    unknown = [kind for kind in kinds if kind not in PASSAGE_KINDS]
    if unknown:
        raise TableError(
            f"no kind of passage is called {unknown[0]!r}; kinds: {', '.join(PASSAGE_KINDS)}"
        )
    passages = label_passages(corpus) if passages is None else passages
    texts = dict(zip(corpus.articles["article_id"], corpus.articles["text"], strict=True))
    rows: list[tuple[Any, ...]] = []
    number, last_article = 0, None
    for row in passages.itertuples(index=False):
        if row.article_id != last_article:
            number, last_article = 0, row.article_id
        text = texts[row.article_id][row.start : row.end]
        quotations = quotation_spans(text)
        for start, end in sentence_spans(text):
            if row.kind in kinds:
                rows.append(
                    (
                        row.article_id,
                        number,
                        row.passage_id,
                        row.kind,
                        row.start + start,
                        row.start + end,
                        _mostly_inside(text, start, end, quotations),
                        text[start:end],
                    )
                )
            number += 1
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


def _mostly_inside(
    text: str, start: int, end: int, quotations: Sequence[tuple[int, int]]
) -> bool:
    letters = sum(char.isalpha() for char in text[start:end])
    inside = sum(
        char.isalpha()
        for left, right in quotations
        for char in text[max(left, start) : min(right, end)]
    )
    return inside > letters / 2


_APOSTROPHES = "'’ʼ＇"
# In order of trial; the first alternative that fits at a place is the token.
_TOKEN = regex.compile(
    r"""
    (?P<url> (?:https?://|www\.)[^\s<>"“”«»]*[^\s<>"“”«».,;:!?'’)\]}…]
        | (?<![\w.+-]) [\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24} (?!\w)
        | (?<![\w.-]) (?:[a-z0-9-]{1,63}\.){1,8}(?:com|org|net|edu|gov|int|info|io|co|uk|de|fr|eu|tv|ly|me)
          (?:/[^\s<>"“”«»]*[^\s<>"“”«».,;:!?'’)\]}…])? (?![\w@]) )
  | (?P<mention> (?<![\w@.]) @\w+ (?:\.\w+)* (?!@) )
  | (?P<hashtag> (?<![\w\#&]) [#＃] (?=[\w\p{M}]*[\p{L}\p{M}]) [\w\p{M}]+ )
  | (?P<possessive> (?<=[\w\p{M}]) ['’ʼ＇] s (?!\w) )
  | (?P<acronym> (?<![\w.]) (?:\p{L}\.){2,} )
  | (?P<number> (?<![\w]) \d+ (?:[.,:]\d+)* (?:st|nd|rd|th|s|m|bn|k)? (?![\w'’-]) )
  | (?P<word> [\p{L}\p{N}_] [\p{L}\p{M}\p{N}_]*
        (?: [.,] (?<=\d[.,]) (?=\d) [\p{L}\p{M}\p{N}_]+
          | ['’ʼ＇] [\p{L}\p{M}\p{N}_]+
          | [-‐‑] (?=[\p{L}\p{N}]) [\p{L}\p{M}\p{N}_]+
          | & (?=\p{Lu}) (?<=\p{Lu}&) [\p{L}\p{N}]+ )* )
  | (?P<emoji> \p{RI}\p{RI} | [0-9\#*]\uFE0F?\u20E3
        | (?:\p{Extended_Pictographic} (?<![©®™‼⁉]))
          [\uFE0F\p{EMod}]* (?:\u200D \p{Extended_Pictographic} [\uFE0F\p{EMod}]*)* )
  | (?P<punctuation> \.{2,} | -{2,} | [^\s\p{L}\p{N}] )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# "it's" is "it is": the 's of these hosts is a verb far more often than a possessive.
_VERB_HOSTS = frozenset(
    "it he she that this what who where when why how there here let".split()
)
_KIND_OF_GROUP = {"possessive": "punctuation", "acronym": "word"}
_CONTENT = regex.compile(r"[\p{L}\p{N}]")


def token_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Cut a text into tokens: start, end, kind.

    Words keep inner apostrophes and hyphens (didn't, 20-year-old), numbers their marks
    (1,700,000; 4.7), acronyms their stops (U.S.). A hashtag or mention ends before a
    possessive 's, which then is a token of its own that counts as no word.
    """
    for found in _TOKEN.finditer(text):
        group = found.lastgroup or "punctuation"
        yield found.start(), found.end(), _KIND_OF_GROUP.get(group, group)


def normal_form(token: str) -> str:
    """Give the form under which a token is counted.

    Small letters, straight apostrophes, composed accents; without a possessive 's, so that
    "women's" counts as "women" ("it's", "that's" and the like stay whole).
    """
    word = token.casefold() if token.isascii() else _compose(token).lower()
    if not word.isascii():
        for mark in _APOSTROPHES[1:]:
            word = word.replace(mark, "'")
        word = word.replace("＃", "#").replace("‐", "-").replace("‑", "-")
    if word.endswith("'s") and len(word) > 2 and word[:-2] not in _VERB_HOSTS:
        return word[:-2]
    return word


def _compose(token: str) -> str:
    from unicodedata import normalize

    return normalize("NFC", token)


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
    for text, offset in zip(sentences["text"], sentences["start"], strict=True):
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
