"""What a document's own properties (title, author, date) are worth."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from metoo_research.readers.base import RawPassage

_NOTHING: Final = frozenset({"", "untitled", "unspecified", "anonymous", "unknown"})
_BEGINNING: Final = 12  # paragraphs among which a title, an author or a date may stand


@dataclass(frozen=True, slots=True)
class Facts:
    """What the properties of a document say and its text bears out."""

    headline: str | None = None
    author: str | None = None
    passage: RawPassage | None = None
    basis: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def borne_out(
    text: str, paragraphs: Sequence[tuple[int, int]], *, title: str, author: str, where: str
) -> Facts:
    """Take a document's title and author where its text has them too.

    A program fills these properties with the name of a template, a file or the computer's
    owner. So a title counts if one of the first paragraphs is that title, an author if the
    name stands there; what is not borne out is left to the notes.

    Parameters
    ----------
    text
        The whole text.
    paragraphs
        Start and end of its first paragraphs.
    title, author
        As the properties say them.
    where
        Whose properties, for the basis: "Word properties".
    """
    said = {"title": " ".join(title.split()), "author": " ".join(author.split())}
    headline = writer = None
    passage = None
    basis: dict[str, str] = {}
    for start, end in paragraphs[:_BEGINNING]:
        line = text[start:end]
        if said["title"] and headline is None and _bare(line) == _bare(said["title"]):
            headline = " ".join(line.split())
            passage = RawPassage(start, end, "headline", "title_in_properties")
            basis["headline"] = f"{where}, and in the text"
        if writer is None and _is_name(said["author"]) and _names(line, said["author"]):
            writer = said["author"]
            basis["author"] = f"{where}, and in the text"
    notes = tuple(
        f"{where}, not in the text: {name} {said[name]}"
        for name, found in (("title", headline), ("author", writer))
        if found is None and said[name].strip("() ").casefold() not in _NOTHING
    )
    return Facts(headline, writer, passage, basis, notes)


def _bare(line: str) -> str:
    return "".join(re.findall(r"\w+", line.casefold()))


def _is_name(said: str) -> bool:
    return 2 <= len(said.split()) <= 5 and not any(char.isdigit() for char in said)


def _names(line: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", " ".join(line.split())) is not None
