"""Who is speaking: quoted speech, the author's narration and embedded posts, scored apart.

A report of an assault quotes those who tell of it. What they say is negative, and is not the
tone of the author. The parts of a sentence are scored each on its own text, so that the score
of a quotation owes nothing to the words that introduce it, and the other way round.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, Literal, get_args

import pandas as pd

from metoo_research.results import Result, result
from metoo_research.sentiment.sentences import require_columns

Voice = Literal["speech", "narration", "embedded post"]
VOICES: tuple[Voice, ...] = get_args(Voice)

_EMBEDDED: Final = frozenset({"embedded_tweet"})
_PARTS: Final = {
    "article_id": "str",
    "sentence_id": "int64",
    "part_id": "int64",
    "voice": "str",
    "kind": "str",
    "start": "int64",
    "end": "int64",
    "letters": "int64",
    "share": "float64",
    "quotation_id": "Int64",
    "speaker": "str",
    "resolved": "str",
    "text": "str",
}


def split_voices(sentences: pd.DataFrame, quotations: pd.DataFrame) -> Result:
    """Cut sentences into what is quoted speech, narration and embedded post.

    Parameters
    ----------
    sentences
        As `split_sentences` gives them: ``article_id``, ``sentence_id``, ``kind``, ``start``,
        ``end``, ``text``. Take embedded posts among their ``kinds`` to have them apart.
    quotations
        As `find_quotations` gives them. Scare quotes, names and titles are narration; what is
        quoted within speech belongs to the one who quotes it.

    Returns
    -------
    One row per part, in the order of the text, to be scored with `score_sentences`:

    ``article_id``, ``sentence_id``, ``part_id``
        ``part_id`` counts from 0 in each article.
    ``voice``
        ``speech``, ``narration`` or ``embedded post`` (the whole sentence).
    ``kind``
        Of the sentence's passage.
    ``start``, ``end``, ``text``
        The part without quotation marks and white space at its ends; offsets into the
        article's text.
    ``letters``, ``share``
        How many letters it has, and which share of the sentence's letters, 0 to 1.
    ``quotation_id``, ``speaker``, ``resolved``
        Of the quotation; missing outside speech.

    What holds no letter, digit or emoji is no part: marks and white space between parts.
    ``attrs`` tell the letters of each voice.

    Raises
    ------
    TableError
        If a column is missing.
    """
    require_columns(
        sentences,
        ["article_id", "sentence_id", "kind", "start", "end", "text"],
        name="sentences",
    )
    require_columns(
        quotations,
        [
            "article_id",
            "quotation_id",
            "inner_start",
            "inner_end",
            "start",
            "end",
            "is_speech",
            "speaker",
            "resolved",
        ],
        name="quotations",
    )
    speech = _speech_by_article(quotations)
    rows: list[tuple[Any, ...]] = []
    parts_of: dict[str, int] = {}
    upto: dict[str, tuple[int, int]] = {}
    columns = ["article_id", "sentence_id", "kind", "start", "text"]
    for article_id, sentence_id, kind, start, text in zip(
        *(sentences[name].tolist() for name in columns), strict=True
    ):
        if not isinstance(text, str):
            continue
        spans = speech.get(article_id, [])
        # Sentences come in order: what ended before the last one is not looked at again.
        last_start, at = upto.get(article_id, (0, 0))
        at = at if start >= last_start else 0
        while at < len(spans) and spans[at][3] <= start:
            at += 1
        upto[article_id] = (start, at)
        letters = _letters(text)
        for voice, begin, end, quotation in _cut(text, start, kind, spans, at):
            piece = text[begin - start : end - start]
            count = _letters(piece)
            number = parts_of.get(article_id, 0)
            parts_of[article_id] = number + 1
            _, _, _, _, quotation_id, speaker, resolved = quotation or (None,) * 7
            rows.append(
                (
                    article_id,
                    sentence_id,
                    number,
                    voice,
                    kind,
                    begin,
                    end,
                    count,
                    count / letters if letters else math.nan,
                    quotation_id,
                    speaker,
                    resolved,
                    piece,
                )
            )
    table = pd.DataFrame(rows, columns=list(_PARTS)).astype(_PARTS)
    letters_of = table.groupby("voice")["letters"].sum()
    return result(
        table,
        {
            "table": "voices",
            "formulas": {"share": "letters of the part / letters of the sentence"},
            "n_articles": int(sentences["article_id"].nunique()),
            "n_sentences": len(sentences),
            "letters": {voice: int(letters_of.get(voice, 0)) for voice in VOICES},
        },
    )


_Quoted = tuple[int, int, int, int, Any, Any, Any]


def _speech_by_article(quotations: pd.DataFrame) -> dict[str, list[_Quoted]]:
    """Outermost speech of each article by start: inner offsets, outer ones, and whose it is."""
    spans: dict[str, list[_Quoted]] = {}
    said = quotations[quotations["is_speech"].to_numpy(dtype=bool)]
    said = said.sort_values(["article_id", "start", "end"], ascending=[True, True, False])
    names = ["article_id", "inner_start", "inner_end", "start", "end"]
    names += ["quotation_id", "speaker", "resolved"]
    for article_id, *span in zip(*(said[name].tolist() for name in names), strict=True):
        own = spans.setdefault(article_id, [])
        if not own or span[2] >= own[-1][3]:
            own.append(tuple(span))
    return spans


def _cut(
    text: str, start: int, kind: str, spans: Sequence[_Quoted], at: int
) -> list[tuple[Voice, int, int, _Quoted | None]]:
    """Parts of a sentence: voice, offsets into the article's text, and the quotation."""
    end = start + len(text)
    if kind in _EMBEDDED:
        return _trimmed(text, start, "embedded post", start, end, None)
    parts: list[tuple[Voice, int, int, _Quoted | None]] = []
    place = start
    while at < len(spans) and spans[at][2] < end:
        span = spans[at]
        parts += _trimmed(text, start, "narration", place, max(place, span[2]), None)
        begin, until = max(span[0], start), min(span[1], end)
        parts += _trimmed(text, start, "speech", begin, until, span)
        place = max(place, min(span[3], end))
        at += 1
    parts += _trimmed(text, start, "narration", place, end, None)
    return parts


def _trimmed(
    text: str, offset: int, voice: Voice, start: int, end: int, quotation: _Quoted | None
) -> list[tuple[Voice, int, int, _Quoted | None]]:
    # A mark that is repeated at a new paragraph is no part of what is said.
    marks = " \t\r\n\xa0" + ('“”"«»‘' if voice == "speech" else "")
    piece = text[max(0, start - offset) : max(0, end - offset)]
    start += len(piece) - len(piece.lstrip(marks if voice == "speech" else None))
    piece = piece.lstrip(marks if voice == "speech" else None).rstrip()
    if not any(sign.isalnum() or ord(sign) > 0x2190 for sign in piece):
        return []
    return [(voice, start, start + len(piece), quotation)]


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
