"""Sentences and tokens, each with its place in the article's text.

Offsets are Unicode code points, end-exclusive: ``text[start:end]`` is what the table shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from metoo_research._token_rules import (
    TOKENIZER_VERSION,
    TokenKind,
    normal_form,
    token_spans,
)
from metoo_research.errors import TableError
from metoo_research.passages import DEFAULT_KINDS, PASSAGE_KINDS, label_passages
from metoo_research.token_tables import TokenTable, compact_tokens, tokenize

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus

__all__ = [
    "TOKENIZER_VERSION",
    "TokenKind",
    "TokenTable",
    "compact_tokens",
    "normal_form",
    "quotation_spans",
    "sentence_spans",
    "split_sentences",
    "token_spans",
    "tokenize",
]

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
