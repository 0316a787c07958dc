"""Text that fits: what a label may hold, how wide it is and where it breaks."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import pandas as pd
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from metoo_research._wording import plural
from metoo_research.charts.style import FONT, MM_PER_INCH, SMALL_PT, TEXT_PT

NOT_IN_FONT: Final = "□"
MINUS: Final = "−"
GLUE: Final = "\u00a0"  # a space at which no line breaks
#: Spaces in "1 percentage", "n = 5".
_IN_NUMBERS: Final = re.compile(r"(?<=\d) (?=[a-z%])|(?<=\bn) (?==)|(?<==) (?=\d)")
_BREAKS: Final = "-–_/.@~+&"  # behind which a long word breaks well
_MEASURING_DPI: Final = 300
_MOST_DECIMALS: Final = 6  # of a measure; a smaller one is written with a power of ten
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_AS_ZERO: Final = str.maketrans("123456789", "0" * 9)  # equally wide: one measure serves many
_SUBPIXELS: Final = 64  # FreeType counts in 1/64 of a pixel
_LINE_SPACING: Final = 1.2  # Matplotlib's own
#: Left-to-right mark: without width, and read by all that draws our text, browsers too.
TO_THE_RIGHT: Final = "\u200e"
#: In Persian and Hindi words, and within emoji; signs before numbers and verses in Arabic.
_FORMING: Final = "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd"
_KEPT: Final = f"\n{GLUE}{TO_THE_RIGHT}"
_STRONG_OR_DIGIT: Final = frozenset({"L", "R", "AL", "EN"})  # as Unicode calls directions


@lru_cache(maxsize=2)
def _font(bold: bool) -> FT2Font:
    return get_font(findfont(FontProperties(family=FONT, weight="bold" if bold else "normal")))


@lru_cache(maxsize=1)
def _drawable() -> frozenset[int]:
    return frozenset(_font(bold=False).get_charmap())


def clean(value: object) -> str:
    """Give `value` as one line of words; a missing value gives "".

    White space becomes single spaces. Controls are left out, and so is what would turn the
    words around it, or hide them: marks of direction, lone surrogates.
    """
    if value is None or value is pd.NA or value != value:  # NaN is not itself
        return ""
    return _one_line(str(value))


@lru_cache(maxsize=16384)
def _one_line(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace()
        or character in _FORMING
        or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )
    return " ".join("".join(kept).split())


@lru_cache(maxsize=16384)
def drawable(text: str) -> str:
    """Put `NOT_IN_FONT` in place of each character that the font lacks.

    Only what is drawn goes through here: words beside the picture keep their characters.
    Accents that the font lacks and invisible characters are left out, but for those that keep
    a line together or in its direction.
    """
    if text.isascii():
        return text
    shown = []
    for character in text:
        kind = "" if character in _KEPT else unicodedata.category(character)
        has = not kind or ord(character) in _drawable()
        if kind == "Cf" or "\ufe00" <= character <= "\ufe0f" or (kind == "Mn" and not has):
            continue
        shown.append(character if has else NOT_IN_FONT)
    return "".join(shown)


def width_mm(text: str, *, size: float = TEXT_PT, bold: bool = False) -> float:
    """Measure one line of text at its final size, and a little more for rounding.

    Without hinting, as our figures are drawn: then the width is the same at any resolution.
    """
    return _width_mm(drawable(text).translate(_AS_ZERO), size, bold)


@lru_cache(maxsize=16384)
def _width_mm(text: str, size: float, bold: bool) -> float:
    font = _font(bold)
    font.set_size(size, _MEASURING_DPI)
    font.set_text(text, flags=LoadFlags.NO_HINTING)
    pixels = font.get_width_height()[0] / _SUBPIXELS
    return pixels / _MEASURING_DPI * MM_PER_INCH * 1.01


def widest_mm(texts: Iterable[str], *, size: float = TEXT_PT) -> float:
    """Measure the widest line of wrapped texts; 0 where there is none."""
    lines = (line for text in texts for line in text.split("\n"))
    return max((width_mm(line, size=size) for line in lines), default=0.0)


def line_mm(size: float = TEXT_PT) -> float:
    """Give the height of one line of text."""
    return size * _LINE_SPACING / 72 * MM_PER_INCH


def wrap(
    text: str,
    width: float,
    *,
    size: float = TEXT_PT,
    bold: bool = False,
    max_lines: int | None = None,
) -> list[str]:
    """Break `text` into lines of at most `width` mm, within a word only where it has to.

    Words joined by `GLUE` stay on one line if it holds them; in the lines they have a plain
    space between them. Text beyond `max_lines` is cut, and the cut shows as "…". Lines of a
    text that also holds a name written from right to left are marked (see `directed`).
    """
    text = drawable(text.replace(TO_THE_RIGHT, ""))  # which lines joined again may hold
    lines: list[str] = []
    line = ""
    words = [
        part
        for word in text.split(" ")
        for part in (
            [word] if width_mm(word, size=size, bold=bold) <= width else word.split(GLUE)
        )
    ]
    for word in words:
        joined = f"{line} {word}" if line else word
        if width_mm(joined, size=size, bold=bold) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, size=size, bold=bold)
        lines.extend(full)
    lines.append(line)
    if max_lines is not None and len(lines) > max_lines:
        last = lines[max_lines - 1]
        while last and width_mm(f"{last}…", size=size, bold=bold) > width:
            shorter = last.rpartition(" ")[0]
            last = shorter or last[:-1]
        lines = [*lines[: max_lines - 1], f"{last.rstrip()}…"]
    return directed([line.replace(GLUE, " ") for line in lines])


def directed(lines: Sequence[str]) -> list[str]:
    """Mark the lines of one text so that each is read from left to right.

    A line alone takes its direction from its first letter, and what stands between two Arabic
    or Hebrew names, or a number behind one, is drawn as part of them. A mark before the line
    and marks around each name keep them in their order: between two marks all is of one
    direction. A text of such letters alone that begins with one keeps its own direction.
    """
    text = "".join(lines)
    kinds = [kind for kind in map(unicodedata.bidirectional, text) if kind in _STRONG_OR_DIGIT]
    if not {"R", "AL"}.intersection(kinds):
        return list(lines)
    if kinds[0] in {"R", "AL"} and "L" not in kinds:
        return list(lines)
    around = rf"{TO_THE_RIGHT}\g<0>{TO_THE_RIGHT}"
    marked = [TO_THE_RIGHT + _names_to_the_left().sub(around, line) for line in lines]
    return [line.replace(TO_THE_RIGHT * 2, TO_THE_RIGHT) for line in marked]


@lru_cache(maxsize=1)
def _names_to_the_left() -> re.Pattern[str]:
    """Find words written from right to left, with a number that ends them."""
    letters, marks = "", ""
    for character in map(chr, sorted(_drawable())):
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            letters += re.escape(character)
        elif kind == "NSM":  # accents: of the letter before them
            marks += re.escape(character)
    word = f"[{letters}][{letters}{marks}]*"
    return re.compile(rf"{word}(?:[ '’.-]{{1,2}}{word})*(?: \d+(?! ?\w))?")


def glued(text: str) -> str:
    """Keep each number and the word after it on one line."""
    return _IN_NUMBERS.sub(GLUE, text)


def _pieces(word: str, width: float, *, size: float, bold: bool) -> list[str]:
    """Break one word that may be wider than a line, into parts of about the same width.

    A part ends behind a sign such as "-" or "/" where one is near; digits stay together.
    """
    whole = width_mm(word, size=size, bold=bold)
    if whole <= width:
        return [word]
    fewest = _filled(word, width, size=size, bold=bold)
    # No wider than needed for as many parts: the last would else be a letter or two.
    for share in (1.05, 1.15, 1.3):
        limit = min(share * whole / len(fewest), width)
        pieces = _filled(word, limit, size=size, bold=bold)
        if len(pieces) == len(fewest):
            return pieces
    return fewest


def _filled(word: str, width: float, *, size: float, bold: bool) -> list[str]:
    """Fill each part as far as it goes."""
    pieces = []
    while word:
        end = 1
        while end < len(word) and width_mm(word[: end + 1], size=size, bold=bold) <= width:
            end += 1
        end = _good_end(word, end)
        pieces.append(word[:end])
        word = word[end:]
    return pieces


def _good_end(word: str, end: int) -> int:
    """Move an end back behind a sign, before a capital, or before digits that it would part."""
    if end == len(word):
        return end
    for at in range(end, end * 2 // 5, -1):
        new_word = word[at - 1].islower() and word[at : at + 1].isupper()
        if word[at - 1] in _BREAKS or new_word:
            return at
    digits = end
    while digits > 0 and word[digits - 1].isdigit() and word[end].isdigit():
        digits -= 1
    return digits or end


def block(
    text: str,
    width: float,
    *,
    size: float = TEXT_PT,
    bold: bool = False,
    max_lines: int | None = None,
) -> str:
    """`wrap` as one string with line ends."""
    return "\n".join(wrap(text, width, size=size, bold=bold, max_lines=max_lines))


def lines_in(text: str) -> int:
    """Count the lines of a wrapped text; none where there is no text."""
    return text.count("\n") + 1 if text else 0


def count(number: float, *, missing: str = "not counted") -> str:
    """Write a count with thousands separators, or what stands for a missing one."""
    return missing if pd.isna(number) else f"{number:,.0f}"


def counted(number: float, noun: str) -> str:
    """Write "1 sentence", "2 sentences"; "not counted" where the number is missing."""
    return count(number) if pd.isna(number) else plural(int(number), noun)


def labels_that_fit(room_mm: float, labels: Iterable[str], *, most: int) -> int:
    """Say how many labels as wide as these an axis has room for: at least 1, `most` at most."""
    return min(max(int(room_mm / (widest_mm(labels) + 3)), 1), most)


def signed(number: float) -> str:
    """Write a score with its sign and two decimals, with a real minus."""
    if pd.isna(number):
        return "not scored"
    rounded = round(float(number), 2) + 0.0  # + 0.0 turns -0.0 into 0.0
    return f"{rounded:+.2f}".replace("-", MINUS) if rounded else "0.00"


def percent(share: float) -> str:
    """Write a share as a percentage: "12%", "under 1%"."""
    return "under 1%" if 0 < share < 0.005 else f"{share:.0%}"


def tick_number(number: float) -> str:
    """Write a power of ten for an axis: "1,000", "10 million"."""
    for size, name in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if number >= size:
            return f"{number / size:,.10g}{name}"
    return f"{number:,.10g}"


def some_of(number: int, total: int, noun: str, nouns: str | None = None) -> str:
    """Write "1 word", "all 5 words", "3 of 5 words"."""
    if number < total:
        return f"{number:,} of {plural(total, noun, nouns)}"
    return f"{'all ' if total > 1 else ''}{plural(total, noun, nouns)}"


def small_block(text: str, width: float, *, max_lines: int | None = None) -> str:
    """`block` at the smallest size in use."""
    return block(text, width, size=SMALL_PT, max_lines=max_lines)


def significant(number: float, digits: int = 3) -> str:
    """Write a measure with three significant digits and a real minus; "–" where undefined."""
    if pd.isna(number):
        return "–"
    if math.isinf(number):
        return "∞" if number > 0 else f"{MINUS}∞"
    size = math.floor(math.log10(abs(number))) if number else 0
    if size < -_MOST_DECIMALS + digits - 1 and number:
        power = str(size).translate(_RAISED)
        return f"{significant(number / 10**size, digits)}·10{power}"
    decimals = max(digits - 1 - size, 0)
    shown = f"{round(float(number), decimals) + 0.0:,.{decimals}f}"
    return shown.replace("-", MINUS)


def probability(p: float) -> str:
    """Write a probability: "0.03", "< 0.001"; "–" where it can't be computed."""
    if pd.isna(p):
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.0995 else f"{p:.2f}"
