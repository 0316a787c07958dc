"""Sentences with the words that drive their scores marked, in a notebook or as text."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import pandas as pd

from metoo_research.errors import TableError
from metoo_research.sentiment.sentences import require_columns

# Background and letters are both set, so that the contrast holds on light and dark pages;
# line and sign tell the two sides apart without colour.
_STYLES = {
    "−": "background:#fde4e1;color:#67000d;text-decoration:underline double",
    "+": "background:#deebf7;color:#08306b;text-decoration:underline solid",
}
_NOTE = (
    "Each marked word is followed by what it adds to the raw valence of its sentence: "
    "− (double line) lowers it, + (single line) raises it."
)


class MarkedSentences:
    """Sentences and their drivers; shows itself in a notebook, and as text elsewhere.

    Parameters
    ----------
    sentences
        ``article_id``, ``sentence_id``, ``text``; ``start``, ``side``, ``rank`` where known.
    contributions
        What `contributions` gives for them.
    """

    def __init__(self, sentences: pd.DataFrame, contributions: pd.DataFrame) -> None:
        self.sentences = sentences
        self.contributions = contributions

    def __repr__(self) -> str:
        """Show one sentence a line; drivers in brackets with their contributions."""
        lines = []
        for heading, pieces in self._shown():
            told = "".join(
                f"[{piece} {_signed(row)}{_reason(row)}]" if row is not None else piece
                for piece, row in pieces
            )
            lines.append(f"{heading}: {' '.join(told.split())}")
        return "\n".join([*lines, _NOTE]) if lines else "No sentences."

    def _repr_html_(self) -> str:
        items = [
            f"<li><small>{escape(heading)}</small><br>"
            + "".join(
                escape(piece) if row is None else _marked(piece, row) for piece, row in pieces
            )
            + "</li>"
            for heading, pieces in self._shown()
        ]
        if not items:
            return "<p>No sentences.</p>"
        return "\n".join(["<ul>", *items, "</ul>", f"<p><small>{_NOTE}</small></p>"])

    def _shown(self) -> Iterator[tuple[str, list[tuple[str, pd.Series[Any] | None]]]]:
        keys = ["article_id", "sentence_id"]
        moving = self.contributions[self.contributions["contribution"] != 0]
        of_sentence = dict(iter(moving.groupby(keys, sort=False)))
        from_article = "start" in self.sentences.columns
        for _, sentence in self.sentences.iterrows():
            text = str(sentence["text"])
            begin = int(sentence["start"]) if from_article else 0
            pieces: list[tuple[str, pd.Series[Any] | None]] = []
            at = 0
            found = of_sentence.get((sentence["article_id"], sentence["sentence_id"]))
            for _, row in [] if found is None else found.sort_values("start").iterrows():
                start, end = int(row["start"]) - begin, int(row["end"]) - begin
                if not 0 <= start < end <= len(text) or text[start:end] != row["token"]:
                    raise TableError(
                        f"article {sentence['article_id']!r}, sentence "
                        f"{sentence['sentence_id']}: the contributions do not fit its text; "
                        "pass those of the same sentences"
                    )
                if start >= at:
                    pieces += [(text[at:start], None), (text[start:end], row)]
                    at = end
                else:  # a second word of one emoji's description
                    pieces.append(("", row))
            pieces.append((text[at:], None))
            yield _heading(sentence), pieces


def marked_sentences(extremes: pd.DataFrame, contributions: pd.DataFrame) -> MarkedSentences:
    """Show sentences with the words that drive their scores marked.

    Parameters
    ----------
    extremes
        As `most_extreme_sentences` gives them; any rows of `score_sentences` will do.
    contributions
        As `contributions` gives them for the same sentences.

    Returns
    -------
    An object that a notebook shows as a list: each driver in colour, with a double line if it
    lowers the score and a single one if it raises it, followed by its contribution with its
    sign and by what shifted it; so nothing rests on colour alone. Elsewhere it shows as text.

    Raises
    ------
    TableError
        If a column is missing. When it is shown: if the contributions are those of other
        sentences.
    """
    require_columns(extremes, ["article_id", "sentence_id", "text"], name="extremes")
    require_columns(
        contributions,
        ["article_id", "sentence_id", "start", "end", "token", "contribution", "shifted_by"],
        name="contributions",
    )
    return MarkedSentences(extremes, contributions)


def _heading(sentence: pd.Series[Any]) -> str:
    scores = ("compound", "compound_without_topic")
    parts = [f"{sentence['article_id']}, sentence {sentence['sentence_id']}"]
    if "side" in sentence.index and "rank" in sentence.index:
        parts.insert(0, f"{sentence['side']} {sentence['rank']}")
    parts.extend(
        f"{name.replace('_', ' ')} {_number(float(sentence[name]), 3)}"
        for name in scores
        if name in sentence.index and pd.notna(sentence[name])
    )
    return ", ".join(parts)


def _number(value: float, decimals: int) -> str:
    return f"{value:+.{decimals}f}".replace("-", "−")


def _signed(row: pd.Series[Any]) -> str:
    return _number(float(row["contribution"]), 1 + (abs(row["contribution"]) < 0.05))


def _reason(row: pd.Series[Any]) -> str:
    topic = "topic" if bool(row.get("is_topic", False)) else ""
    shifted = row["shifted_by"] if isinstance(row["shifted_by"], str) else ""
    told = "; ".join(part for part in (topic, shifted) if part)
    return f" ({told})" if told else ""


def _marked(piece: str, row: pd.Series[Any]) -> str:
    style = _STYLES["−" if row["contribution"] < 0 else "+"]
    told = escape(_signed(row) + _reason(row))
    return f'<span style="{style}">{escape(piece)}</span> <small>[{told}]</small>'
