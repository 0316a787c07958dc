"""Exports of news databases: one file, many articles.

Each module knows one database's layouts and says by content whether a text is in one of them.
Word and RTF files of a database are unpacked by their own readers and handed here as lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from metoo_research.readers.base import Item
from metoo_research.readers.exports import factiva, nexis, proquest
from metoo_research.readers.exports.common import is_broken
from metoo_research.readers.exports.europresse import EUROPRESSE
from metoo_research.readers.exports.factiva import FACTIVA
from metoo_research.readers.exports.nexis import NEXIS
from metoo_research.readers.exports.proquest import PROQUEST

__all__ = ["EUROPRESSE", "FACTIVA", "NEXIS", "PROQUEST", "articles_in_lines"]

_NO_LINKS: Final[Mapping[int, str]] = MappingProxyType({})


def articles_in_lines(
    lines: Sequence[str], *, links: Mapping[int, str] = _NO_LINKS
) -> Iterator[Item] | None:
    """Read the articles of a database's export from the paragraphs of a document.

    Parameters
    ----------
    lines
        The paragraphs, one a line, as a Word or RTF file holds them.
    links
        Where a line is a link: its number, and the address.

    Returns
    -------
    The articles, problems and the declared number; None where this is no database's export.
    """
    # A paragraph of a document stands alone, as one between blank lines does in a text file.
    spaced = [one for line in lines for one in (line, "")]
    if is_broken(lines) and nexis.is_export(lines):
        return nexis.articles(lines, links=links)  # a text file's lines, each a paragraph
    if nexis.is_export(spaced):
        return nexis.articles(spaced, links={2 * at: link for at, link in links.items()})
    if factiva.is_export(spaced):
        return factiva.articles(spaced)
    if proquest.is_export(spaced):
        return proquest.articles(spaced)
    return None
