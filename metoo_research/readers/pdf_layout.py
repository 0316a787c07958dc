"""From the lines on a PDF's pages to paragraphs: running heads, wrapped lines, hyphens."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

# Parts of a page's height at its top and bottom where running heads stand.
_MARGIN: Final = 0.1
_SHARE_OF_PAGES: Final = 0.4  # left and right pages can have heads of their own
_MOST_GAP: Final = 1.3  # times the usual distance of lines
_INDENT: Final = 0.8  # times the size of the type
_OTHER_SIZE: Final = 1.1
_HEADLINE_SIZE: Final = 1.25
_HEADLINE_AMONG: Final = 6  # paragraphs
_LONGEST_HEADLINE: Final = 300
# What a browser prints above and below each page, if it has but one.
_PRINTED_ABOVE: Final = re.compile(
    r"(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2}),? \d{1,2}[:.]\d{2}"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: .*)?"
)
_PRINTED_BELOW: Final = re.compile(r"(?P<address>(?:https?|file)://\S+)(?:\s+\d+/\d+)?|\d+/\d+")
_ENDS_SENTENCE: Final = re.compile(r"[.!?…:]['\"’”»)\]]*$")
_BROKEN: Final = re.compile(r"(?:^|(?<=[\s(“\"‘'«—–/-]))([^\W\d_]+)[-\u2010]$")
_SOFT_HYPHEN: Final = "\u00ad"


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of type: where it begins and ends, its base line from the foot of its page."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    height: float
    """Of its page."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, and what its place on the page tells of its kind."""

    text: str
    kind: str | None = None
    rule: str | None = None


def paragraphs_of(lines: Sequence[PageLine]) -> list[Paragraph]:
    """Put lines together to paragraphs, in the order of the file.

    Running heads and page numbers come last, as boilerplate, so that they part no paragraph
    that goes on over a page. Type far larger than the text's at its beginning is the headline.
    """
    running = _running(lines) | _printed(lines)
    text = [line for line in lines if line not in running]
    groups = _groups(text)
    words = Counter(re.findall(r"[\w-]+", " ".join(line.text for line in text).casefold()))
    usual = _usual_size(text)
    found: list[Paragraph] = []
    headline = _headline(groups, usual)
    for number, group in enumerate(groups):
        joined = _joined([line.text for line in group], words)
        if number == headline:
            found.append(Paragraph(joined, "headline", "pdf_largest_type"))
        else:
            found.append(Paragraph(joined))
    found += [
        Paragraph(line.text.strip(), "boilerplate", "pdf_running_head")
        for line in lines
        if line in running
    ]
    return [one for one in found if one.text]


def _running(lines: Iterable[PageLine]) -> set[PageLine]:
    """Lines at the top or foot of pages that come again on others, whatever their numbers."""
    pages = {line.page for line in lines}
    places: dict[tuple[bool, str], list[PageLine]] = defaultdict(list)
    for line in lines:
        top = line.base > (1 - _MARGIN) * line.height
        if top or line.base < _MARGIN * line.height:
            places[top, re.sub(r"\d+", "0", line.text.strip())].append(line)
    return {
        line
        for same in places.values()
        if len({one.page for one in same}) >= max(2, _SHARE_OF_PAGES * len(pages))
        for line in same
    }


def _printed(lines: Iterable[PageLine]) -> set[PageLine]:
    """Time of printing and title at the top, address and number of the page at the foot."""
    return {
        line
        for line in lines
        if (
            line.base > (1 - _MARGIN) * line.height
            and _PRINTED_ABOVE.fullmatch(line.text.strip())
        )
        or (line.base < _MARGIN * line.height and _PRINTED_BELOW.fullmatch(line.text.strip()))
    }


def printed_address(lines: Iterable[PageLine]) -> str | None:
    """The address that a browser printed at the foot of a page."""
    for line in lines:
        found = _PRINTED_BELOW.fullmatch(line.text.strip())
        if found and line.base < _MARGIN * line.height:
            address = found["address"] or ""
            # Too long for the line, it is cut off with three dots.
            if address.startswith("http") and not address.endswith(("…", "...")):
                return address
    return None


def _usual_size(lines: Iterable[PageLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _groups(lines: Sequence[PageLine]) -> list[list[PageLine]]:
    ends = _column_ends(lines)
    pitches = _pitches(lines)
    groups: list[list[PageLine]] = []
    for line in lines:
        if groups and not _begins(groups[-1], line, ends, pitches):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _column_ends(lines: Iterable[PageLine]) -> dict[tuple[int, int], float]:
    """How far lines reach to the right, for each page and (about) each left edge."""
    ends: dict[tuple[int, int], float] = {}
    for line in lines:
        for edge in _edges(line):
            ends[edge] = max(ends.get(edge, 0.0), line.right)
    return ends


def _edges(line: PageLine) -> tuple[tuple[int, int], ...]:
    # A first line that is set in belongs to the column to its left as well.
    at = int(line.left // 30)
    return (line.page, at), (line.page, at - 1)


def _pitches(lines: Sequence[PageLine]) -> dict[float, float]:
    """The usual distance of lines within paragraphs, for each size of type.

    Where paragraphs have two lines, every other distance is that between paragraphs.
    """
    distances: dict[float, list[float]] = defaultdict(list)
    for one, two in pairwise(lines):
        if (
            one.page == two.page
            and one.size == two.size
            and 0 < one.base - two.base < 3 * one.size
        ):
            distances[one.size].append(one.base - two.base)
    return {size: sorted(some)[len(some) // 4] for size, some in distances.items()}


def _begins(
    group: Sequence[PageLine],
    line: PageLine,
    ends: dict[tuple[int, int], float],
    pitches: dict[float, float],
) -> bool:
    """Whether a line begins a paragraph behind this group of lines."""
    last = group[-1]
    larger, smaller = max(last.size, line.size), min(last.size, line.size)
    if larger > _OTHER_SIZE * smaller:
        return True
    ends_sentence = _ENDS_SENTENCE.search(last.text.strip()) is not None
    if last.page != line.page or line.base >= last.base - 0.3 * last.size:
        if last.page == line.page and abs(line.base - last.base) < 0.3 * last.size:
            return line.left < last.right - last.size  # the same line, parted
        return ends_sentence  # the next column or page
    if last.base - line.base > _MOST_GAP * pitches.get(last.size, 1.2 * last.size):
        return True
    if line.left > last.left + _INDENT * last.size and (len(group) > 1 or ends_sentence):
        return True
    first_word = line.text.split(maxsplit=1)[0] if line.text.split() else ""
    needed = (len(first_word) + 1) * 0.5 * line.size
    room = max(ends.get(edge, 0.0) for edge in _edges(last)) - last.right
    return ends_sentence and room > needed + last.size


def _headline(groups: Sequence[Sequence[PageLine]], usual: float) -> int | None:
    """The first group of the largest type at the beginning, if it is far larger than usual."""
    sizes = [group[0].size for group in groups[:_HEADLINE_AMONG]]
    if len(groups) < 2 or not sizes or max(sizes) < _HEADLINE_SIZE * usual:
        return None
    number = sizes.index(max(sizes))
    group = groups[number]
    if group[0].page > 0 or sum(len(line.text) for line in group) > _LONGEST_HEADLINE:
        return None
    return number


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    """One paragraph of its lines; a word broken at a line's end is put together where sure.

    Sure is a soft hyphen, or a word that stands whole elsewhere in the file while the form with
    a hyphen does not. Else the hyphen is kept.
    """
    text = ""
    for line in (one.strip() for one in lines):
        if not line:
            continue
        if text.endswith(_SOFT_HYPHEN):
            text = text[:-1] + line
        elif (broken := _BROKEN.search(text)) and line[:1].islower():
            rest = re.match(r"[^\W\d_]+", line)
            whole = (broken[1] + (rest[0] if rest else "")).casefold()
            hyphenated = f"{broken[1]}-{rest[0] if rest else ''}".casefold()
            sure = words[whole] > 0 and words[hyphenated] == 0
            text = text[:-1] + ("" if sure else "-") + line
        elif text:
            text += f" {line}"
        else:
            text = line
    return " ".join(text.replace(_SOFT_HYPHEN, "").split())
