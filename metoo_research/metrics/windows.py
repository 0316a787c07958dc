"""Time windows: the words that say when, since when, or in how long something was counted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from metoo_research.metrics.vocabulary import NUMBER_WORDS
from metoo_research.metrics.window_rules import WINDOW_RULES, WindowKind

#: "last year's ceremony" is a ceremony.
_OWNS: Final = re.compile(r"['’]s\b")


_WORD: Final = re.compile(r"\b\w+")


@dataclass(frozen=True, slots=True)
class Window:
    """A time window as written, and its kind."""

    start: int
    end: int
    text: str
    kind: WindowKind


def find_windows(text: str) -> list[Window]:
    """Find the time windows of a sentence, in order; none overlap."""
    lowered = text.lower()
    words = [(match.start(), match[0].lower()) for match in _WORD.finditer(text)]
    found: list[Window] = []
    taken = bytearray(len(text))
    for rule in WINDOW_RULES:
        if not any(cue in lowered for cue in rule.cues):
            continue
        for start, end in rule.find(text, words):
            said = text[start:end].rstrip()
            end = start + len(said)
            if not _OWNS.match(text, end) and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Window(start, end, said, rule.kind))
    return sorted(found, key=lambda window: window.start)


def window_around(position: int, windows: Sequence[Window]) -> Window | None:
    """Give the window that a place in the sentence is inside of."""
    at = bisect_right(windows, position, key=lambda window: window.start) - 1
    return windows[at] if at >= 0 and position < windows[at].end else None


# --- which window a number stands in ---------------------------------------------------------

_NUMBER_NEXT: Final = (
    r"(?!\s(?:(?:about|around|nearly|almost|over|more than|at least|some|up to|a further"
    r"|another)\s)?"
    rf"(?:[$£€]?\d|{NUMBER_WORDS}\b|(?:dozens|hundreds|thousands|millions)\b))"
)
_CLAUSE_END: Final = re.compile(
    rf";|:\s|,\s(?:but|while|whereas|although|though|(?:and|so){_NUMBER_NEXT})\b|\s[–—]\s"
)
# Behind these the window tells the time of something else than the number's.
_OTHER_EVENT: Final = re.compile(r"\b(?:after|when|which|who|whose|where|because|as)\b")
# "the worst since 2009", "the most in 12 years": the time of a record, not of the count
_RECORD: Final = re.compile(
    r"\b(?:the|its|her|his|their) (?:\w+ )?(?:\w{3,}est|most|worst|best|first)\b"
)
# "This week after all 20 …": the number stands in a clause of its own.
_CLAUSE_OF_ITS_OWN: Final = re.compile(r"\s(?:after|when|because)\s")
_NOW: Final = re.compile(r"\b(?:and|but) now\b")
# ", opened on May 15, has …": the time of an insertion
_INSERTION: Final = re.compile(r",\s\w+(?:ed|en|un)(?:\s\w+){0,2}\s$")
# "70, up from 12 in 2019", "70, more than in 2019", "70, 12 of them in 2019": what stands
# before the window of what a number is compared with, or of a part of it.
_COMPARED: Final = re.compile(
    r"(?:\b(?:(?:up|down)(?: [^,;]{1,30}?)? (?:from|on)|(?:compared|in comparison) (?:with|to)"
    r"|versus|vs\.?|than (?:the|double|twice|half|its|a|in|on|at|during)|than(?= $)"
    r"|as (?:many|much|often|high) as|(?:double|twice|triple|half) (?:the|that)"
    r"|(?:increase|rise|jump|drop|fall|gain|decline)\b[^,;]{0,30}? (?:from|on|over))"
    r"|, against|(?<=[\d%]) from(?= \d)) (?:[^,;]|,\d)*$"
)
# "In 2021 there were 70, up from 12": the 12 are of some time before.
_OF_BEFORE: Final = re.compile(
    r"\b(?:up|down) (?:from|on)"
    r"(?: (?:the|only|just|about|around|some|nearly|almost|over|more than|fewer than))* ?$"
)
_PART_OF_THOSE: Final = re.compile(r",\s[^,;]*\bof (?:them|these|those|which|whom)\b[^,;]*$")
_SAYING_ENDS: Final = re.compile(
    r"(?:\s[^\W\d]+){0,2}(?:\s(?:in|on|via|by|to|at)(?:\s[^\W\d][\w’'-]*){1,5})?\s"
)
# "Dee Park, who earns $13.50 an hour, drew 900 views in two days": what is inserted about
# somebody has no part in when the rest was.
_INSERTED_CLAUSE: Final = re.compile(r",\s(?:who|which|whose|where)\b[^,;]*$")
_LONGEST_INSERTION = 120
_FURTHEST = 600
_BESIDE = 25
_NEAREST = 3


def window_of(
    text: str,
    number: tuple[int, int],
    windows: Sequence[Window],
    numbers: Sequence[tuple[int, int]] = (),
) -> Window | None:
    """Choose the window that a number stands in.

    It is one of the same clause, or one that opens the sentence. Commas and other numbers
    between count against a window, and so does being a mere date that does not stand right
    behind: how long something took says more than when it was. Of two alike the one behind
    the number is taken, then the nearer one.

    Parameters
    ----------
    text
        The sentence.
    number
        Where the number is.
    windows, numbers
        All windows and all numbers of the sentence, in order.
    """
    at = bisect_left(windows, number[0], key=lambda window: window.start)
    near = [*windows[:1], *windows[max(at - _NEAREST, 0) : at + _NEAREST]]
    best: tuple[tuple[int, bool, int], Window] | None = None
    for window in near:
        cost = _cost(text, number, window, numbers)
        if cost is not None and (best is None or cost < best[0]):
            best = cost, window
    return best[1] if best else None


def _cost(
    text: str, number: tuple[int, int], window: Window, numbers: Sequence[tuple[int, int]]
) -> tuple[int, bool, int] | None:
    behind = window.start >= number[1]
    start, end = (number[1], window.start) if behind else (window.end, number[0])
    opens = not behind and not text[: min(window.start, 8)].strip("“\"'‘ ")
    if end < start or end - start > _FURTHEST:
        return None
    crossed = _CLAUSE_END.search(text, start, end)
    if crossed and (not opens or text.find(";", start, end) >= 0):
        return None
    if behind and _OTHER_EVENT.search(text, start, end):
        return None
    if behind and window.kind in {"since", "duration"} and _RECORD.search(text, start, end):
        return None
    if not behind and _is_told_apart(text, window, number[0]):
        return None
    if _is_of_another(text, start, end, behind=behind):
        return None
    if _is_inserted(text, number, start, end, behind=behind):
        return None
    between = bisect_left(numbers, (end, 0)) - bisect_left(numbers, (start, 0))
    beside = behind and end - start <= _BESIDE
    against = text.count(",", start, end) + between + (window.kind == "period" and not beside)
    return against + 10 * bool(crossed), not behind, end - start


def _is_told_apart(text: str, window: Window, number: int) -> bool:
    """Whether a window before a number tells the time of something else."""
    if _CLAUSE_OF_ITS_OWN.match(text, window.end) or _NOW.search(text, window.end, number):
        return True
    inserted = text.startswith(",", window.end)
    return inserted and bool(_INSERTION.search(text, max(window.start - 40, 0), window.start))


def _is_of_another(text: str, start: int, end: int, *, behind: bool) -> bool:
    """Whether a window is of what a number is compared with, or of a part of it."""
    if not behind:
        return bool(_OF_BEFORE.search(text, start, end))
    return bool(_COMPARED.search(text, start, end) or _PART_OF_THOSE.search(text, start, end))


def _is_inserted(
    text: str, number: tuple[int, int], start: int, end: int, *, behind: bool
) -> bool:
    """Whether a number stands in a clause about somebody, and the window outside of it."""
    if behind and "," not in text[start:end]:
        return False
    low = max(number[0] - _LONGEST_INSERTION, 0) if behind else start
    return bool(_INSERTED_CLAUSE.search(text, low, number[0]))


def is_of_saying(text: str, window: Window, verb: tuple[int, int]) -> bool:
    """Whether a window tells when something was said: "the company said on Wednesday"."""
    if window.kind != "period":
        return False
    if window.start >= verb[1]:
        return bool(_SAYING_ENDS.fullmatch(text, verb[1], window.start))
    return text[window.end : verb[0]].isspace()
