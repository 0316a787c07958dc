"""One cell of a table: as text, as a fact, as nothing."""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from metoo_research.readers.text_lines import is_damaged

_NOTHING: Final = frozenset(
    (
        "",
        "nan",
        "nat",
        "none",
        "null",
        "n/a",
        "na",
        "#n/a",
        "<na>",
        "#name?",
        "#ref!",
        "#value!",
    )
)
_WHITE_SPACE: Final = re.compile(r"\s+")
# Half of a pair that codes one character: JSON can hold it, no encoding can.
_HALF: Final = re.compile("[\ud800-\udfff]")
_LONGEST_LIST: Final = 5_000
_LANGUAGES: Final = {
    "arabic": "ar", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl",
    "english": "en", "finnish": "fi", "french": "fr", "german": "de", "greek": "el",
    "hebrew": "he", "hindi": "hi", "hungarian": "hu", "italian": "it", "japanese": "ja",
    "korean": "ko", "norwegian": "no", "polish": "pl", "portuguese": "pt", "romanian": "ro",
    "russian": "ru", "spanish": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk",
    "ara": "ar", "dan": "da", "deu": "de", "eng": "en", "fin": "fi", "fra": "fr", "fre": "fr",
    "ger": "de", "hun": "hu", "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "dut": "nl",
    "nor": "no", "pol": "pl", "por": "pt", "ron": "ro", "rus": "ru", "spa": "es", "swe": "sv",
    "tur": "tr", "ukr": "uk", "zho": "zh",
}  # fmt: skip


def as_text(value: Any) -> str:
    """Give a cell as text, unchanged where it is text; empty where it holds nothing.

    Paragraphs in a list are put together with an empty line between them.
    """
    if isinstance(value, str):
        return "" if len(value) < 9 and value.strip().lower() in _NOTHING else value
    if value is None or isinstance(value, bool | Mapping):
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "\n\n".join(part for part in map(as_text, value) if part)
    return str(value)


def as_fact(value: Any) -> str | None:
    """Give a cell as a short fact in one line; None where it holds nothing."""
    if isinstance(value, list | tuple):
        return ", ".join(part for part in map(as_fact, value) if part) or None
    if isinstance(value, Mapping):
        named = (value.get(key) for key in ("name", "title", "main"))
        return next((fact for fact in map(as_fact, named) if fact), None)
    text, _ = cleaned(as_text(value))
    return _WHITE_SPACE.sub(" ", text).strip() or None


def as_people(value: Any) -> str | None:
    """Give the authors of a cell; a list that was written out as text is read again."""
    if isinstance(value, str) and value.strip().startswith("[") and len(value) < _LONGEST_LIST:
        for read in (json.loads, ast.literal_eval):
            try:
                people = read(value.strip())
            except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
                continue
            if isinstance(people, list):
                return as_fact(people)
    return as_fact(value)


def as_language(value: Any) -> str | None:
    """Give a language by its short code, where its English name or a longer code stands."""
    fact = as_fact(value)
    return _LANGUAGES.get(fact.lower(), fact) if fact else None


def as_truth(value: Any) -> bool | None:
    """Read a truth value; None for anything else."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(value).strip().lower())


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """Take out what is no character, with a note for each kind."""
    notes = []
    if nulls := text.count("\0"):
        text = text.replace("\0", "")
        notes.append(f"NUL characters left out: {nulls:,}")
    if is_damaged(text):
        text, halves = _HALF.subn("\N{REPLACEMENT CHARACTER}", text)
        notes.append(f"halves of characters replaced by �: {halves:,}")
    return text, tuple(notes)
