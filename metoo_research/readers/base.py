"""What every reader takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as its file holds it, before labels and the study's facts.

    ``text`` is kept character for character; what the file does not say is None.
    """

    text: str
    encoding: str | None = None
    headline: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A family of formats: its name, its endings, and how bytes become articles.

    ``read`` gives one or more articles, or raises
    :class:`~metoo_research.errors.ReadError` with a reason a researcher understands.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[bytes], Sequence[RawArticle]]
