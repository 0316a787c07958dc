"""What a report consists of, whatever format it is written in.

`content.report_of` makes it once from a corpus and its figure bundles; each writer (HTML, Word)
turns the same parts into its own form, so that no format says something another does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ColumnKind = Literal["text", "number", "prose"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in an article a number or a line comes from: offsets into its text."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and how its cells are set."""

    name: str
    heading: str
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as read, with what it is sorted by where that is not its text."""

    text: str
    sort_by: float | str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report; it may hold only the first of ``rows_in_all`` rows."""

    name: str  # also its anchor, in small letters with hyphens
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rows_in_all: int
    when_empty: str  # the sentence that stands in place of a table without rows
    note: str = ""
    file: str = ""  # where the whole table is, told from the report: "tables/metrics.csv"


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure bundle in the report."""

    name: str
    title: str
    caption: str
    alt: str
    source: str
    png: Path
    width_mm: float
    files: tuple[str, ...]  # told from the report: "figures/word_frequency.png", ...
    note: str = ""  # a warning, such as that it was drawn from other articles


@dataclass(frozen=True, slots=True)
class Passage:
    """A labelled piece of an article's text."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article that evidence is shown in; ``text`` is whole, offsets count its characters."""

    article_id: str
    label: str
    headline: str | None
    url: str | None
    source_file: str
    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A question and its answer, or a setting and its value."""

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Link:
    """A file that the report links to: words for the reader, and its path from the report."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under a heading of its own; empty tuples are left out."""

    name: str  # its anchor
    title: str
    paragraphs: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()


def evidence_in(sections: Iterable[Section]) -> Iterator[Evidence]:
    """Give the places that the cells of sections lead to, as often as a cell does."""
    for section in sections:
        for table in section.tables:
            for row in table.rows:
                for cell in row:
                    if cell.evidence:
                        yield cell.evidence


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says, in reading order."""

    title: str
    lead: str
    version: str
    sections: tuple[Section, ...]
    articles: tuple[ArticleText, ...]
    #: Files of the run, the report's own forms among them.
    companions: tuple[Link, ...] = ()

    def companions_of(self, name: str) -> tuple[Link, ...]:
        """Give the other files of the run, as the file of this name links to them."""
        return tuple(one for one in self.companions if one.path != name)
