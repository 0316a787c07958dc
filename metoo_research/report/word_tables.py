"""How a table of the report is laid out in Word: its columns, where its evidence is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from metoo_research.report.parts import Cell, Evidence, Table

_TWIPS_PER_MM: Final = 1440 / 25.4
#: The mean width of a character of 8.5 points, in twentieths of a point.
_CHARACTER: Final = 90
# In characters. A column gets no more by its longest word, or one address would fill the table.
_LONGEST_WORD: Final = 12
#: By so much a word is wider in a bold heading, or in the font that stands in for Calibri.
_WIDER: Final = 1.3
_LEAST_PROSE: Final = 32
_CELL_MARGINS: Final = 2
_LONGEST_TEXT: Final = 120


@dataclass(frozen=True, slots=True)
class Tag:
    """What stands behind a cell's text and says where its evidence is."""

    article_id: str
    words: str


def tags_of(part: Table, row: Sequence[Cell]) -> list[Tag | None]:
    """Give each cell of a row its tag.

    Where all of a row rests on one place, the tag stands behind its last prose, where it has
    room and reads as a reference does.
    """
    places = {cell.evidence for cell in row if cell.evidence}
    prose = [at for at, column in enumerate(part.columns) if column.kind == "prose"]
    if len(places) == 1 and prose:
        tags: list[Tag | None] = [None] * len(row)
        tags[prose[-1]] = _tag(places.pop(), row)
        return tags
    return [_tag(cell.evidence, row) if cell.evidence else None for cell in row]


def _tag(evidence: Evidence, row: Sequence[Cell]) -> Tag:
    """Say where evidence is; without the characters if a cell of the row tells them anyway."""
    place = f"{evidence.start}–{evidence.end}"
    told = any(cell.text == place for cell in row)
    article = evidence.article_id
    return Tag(article, f"[{article}]" if told else f"[{article}, {place}]")


def widths_of(
    part: Table, tags: Sequence[Sequence[Tag | None]], *, text_mm: float
) -> list[int]:
    """Share the page's width out by what the columns hold, in twentieths of a point.

    Fixed, because Word lets one long word push a table of free widths over the page's edge.
    """
    least: list[float] = []
    wanted: list[float] = []
    for at, column in enumerate(part.columns):
        texts = [column.heading]
        for row, tags_of_row in zip(part.rows, tags, strict=True):
            tag = tags_of_row[at]
            texts.append(f"{row[at].text} {tag.words}" if tag else row[at].text)
        word = max((len(word) for text in texts for word in text.split()), default=1)
        wanted.append(min(max(map(len, texts)), _LONGEST_TEXT) + _CELL_MARGINS)
        prose = _LEAST_PROSE if column.kind == "prose" else 0
        need = max(min(word, _LONGEST_WORD) * _WIDER, prose) + _CELL_MARGINS
        least.append(need)
        wanted[-1] = max(wanted[-1], need)
    room = text_mm * _TWIPS_PER_MM / _CHARACTER
    if sum(wanted) <= room:
        return [round(_CHARACTER * characters) for characters in wanted]
    more = [want - need for want, need in zip(wanted, least, strict=True)]
    spare = max(room - sum(least), 0) / max(sum(more), 1)
    shares = [need + spare * extra for need, extra in zip(least, more, strict=True)]
    return [int(_CHARACTER * room * share / sum(shares)) for share in shares]
