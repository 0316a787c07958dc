"""Tables for tests, made by hand from short texts of our own.

The rules are simpler than those of the package, so that a test of counting does not depend
on how the package cuts text: sentences are given one by one, a word is a run of letters,
digits and apostrophes.
"""

import re
from typing import NamedTuple

import pandas as pd

_TOKEN = re.compile(r"[#@]\w+|\w+(?:['’]\w+)*|[^\w\s]")
_SIGNS = {"#": "hashtag", "@": "mention"}


class Tables(NamedTuple):
    articles: pd.DataFrame
    sentences: pd.DataFrame
    tokens: pd.DataFrame


def make_tables(texts: dict[str, list[str]], **columns: list[str | None]) -> Tables:
    """Articles of sentences that are joined by a blank; ``columns`` belong to the articles."""
    sentences, tokens = [], []
    for article_id, pieces in texts.items():
        offset = 0
        for number, piece in enumerate(pieces):
            sentences.append((article_id, number, offset, offset + len(piece), piece))
            for found in _TOKEN.finditer(piece):
                token = found[0]
                tokens.append(
                    (
                        article_id,
                        number,
                        offset + found.start(),
                        offset + found.end(),
                        token,
                        token.lower().replace("’", "'").removesuffix("'s"),
                        _kind(token),
                    )
                )
            offset += len(piece) + 1
    return Tables(
        articles=pd.DataFrame(
            {
                "article_id": pd.Series(list(texts), dtype="str"),
                "text": pd.Series([" ".join(pieces) for pieces in texts.values()], dtype="str"),
                **columns,
            }
        ),
        sentences=pd.DataFrame(
            sentences, columns=["article_id", "sentence_id", "start", "end", "text"]
        ),
        tokens=pd.DataFrame(
            tokens,
            columns=["article_id", "sentence_id", "start", "end", "token", "word", "kind"],
        ),
    )


def _kind(token: str) -> str:
    if token[0] in _SIGNS and len(token) > 1:
        return _SIGNS[token[0]]
    if token.isdigit():
        return "number"
    return "word" if token[0].isalnum() or token[0] == "_" else "punctuation"
