"""How much of one article's words stands in another, and which articles to compare at all.

What is compared is the body without what stands in quotation marks: two reporters may quote the
same statement. Words are taken in runs of three (shingles; Broder 1997), and what counts is the
share of the shorter article's runs that stand in the longer one (containment), so that a copy
without its last paragraphs or with another lead is found.

Candidates come from an index of fingerprints (winnowing; Schleimer, Wilkerson and Aiken 2003):
articles with :data:`SURE_RUN` words in a row in common share one for certain. Every candidate
is then compared in full.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, Literal, get_args
from unicodedata import combining, normalize
from zlib import crc32

import numpy as np
import pandas as pd

from metoo_research.progress import tracked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

DuplicateKind = Literal["exact", "same_body", "other_lead", "shortened", "extended", "edited"]

#: How a copy differs from its original.
DUPLICATE_KINDS: Final[tuple[DuplicateKind, ...]] = get_args(DuplicateKind)

_RUN: Final = 3  # words
_WINDOW: Final = 8  # runs, of which one becomes a fingerprint
#: Articles with as many words in a row in common are always candidates.
SURE_RUN: Final = _RUN + _WINDOW - 1
#: From this share on, the shorter of two articles is a copy of the longer.
NEAR: Final = 0.6
#: The same for a text of under 60 runs, or of less than half the other's length: few words are
#: in common by chance sooner than many.
NEAR_IF_SHORT: Final = 0.75
_SHORT: Final = 60  # runs
# Of texts with fewer runs only those with equal words are copies.
_FEWEST_RUNS: Final = 20
# A shorter body ("Watch the video.") makes a copy only if headline and all are the same.
_FEWEST_WORDS: Final = 20

# A fingerprint of more articles than this, none of them a copy of another, is a phrase.
_PHRASE: Final = 64
_MOST_COMPARED: Final = 8
# How many of its fingerprints an article must share with another to be compared with it.
_FEWEST_SHARED: Final = 0.1
_RUN_SETS_KEPT: Final = 4_096
#: A text of less than this share of another's length is an excerpt beside it.
_EXCERPT: Final = 0.5

# From here on nearly all of a text, or nearly nothing of it, stands in another.
_NEARLY_ALL: Final = 0.9
_MOST: Final = 0.7
_NEARLY_NONE: Final = 0.3

_APOSTROPHES: Final = "'’ʼ＇´\u00ad"  # and the soft hyphen, which is inside words too
# Scripts that write no spaces between words: each character is taken for one.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ONLY_WORDS: Final = bytes(
    code if code > 127 or chr(code).isalnum() else ord(" ") for code in range(256)
)
# Passages are joined by this; a quotation that is not closed ends with its passage.
_JOINT: Final = "\x1e"
_QUOTED = re.compile(
    r"(?=[“«„\"‘])(?:"  # tells the engine where alone to look
    rf"[“«„][^“”«»{_JOINT}]*[”»“]?"
    rf'|"[^"{_JOINT}]*"?'
    rf"|(?<!\w)‘(?:[^‘’{_JOINT}]|’(?=\w))*’?)"
)


def _words(text: str) -> list[bytes]:
    """Words as they are compared: without case, apostrophes and marks."""
    if not text.isascii():
        text = normalize("NFKC", text)
        for char in sorted(set(text)):
            if char in _APOSTROPHES:
                text = text.replace(char, "")
            elif char > "\x7f" and not (char.isalnum() or combining(char)):
                text = text.replace(char, " ")
            elif _UNSPACED.match(char):
                text = text.replace(char, f" {char} ")
    return text.casefold().encode("utf-8", "replace").translate(_ONLY_WORDS, b"'").split()


def _runs(words: Sequence[bytes]) -> Hashes:
    """Every run of three words as a number, in order; the same on every machine."""
    codes = np.fromiter(map(crc32, words), np.uint64, len(words))
    number = max(len(words) - _RUN + 1, 0)
    mixed = codes[:number]
    for place in range(1, _RUN):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + codes[place : place + number]
    # The finaliser of splitmix64 (Steele, Lea and Flood 2014): every bit depends on all.
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _fingerprints(runs: Hashes) -> Hashes:
    """The smallest number of every window of runs, each once."""
    smallest = runs
    for step in (1, 2, 4):  # the smallest of 2, of 4, of 8 neighbours
        if len(smallest) > step:
            smallest = np.minimum(smallest[:-step], smallest[step:])
    return np.unique(smallest)


def _share(runs: Hashes, others: Hashes) -> float:
    """Which share of some runs is among others; both sorted, each once. NaN of none."""
    if not len(runs):
        return float("nan")
    common = len(np.intersect1d(runs, others, assume_unique=True))
    return common / len(runs)


def _digest(words: Sequence[bytes]) -> bytes:
    return blake2b(b" ".join(words), digest_size=16).digest()


def _code(paragraph: str) -> int:
    said = " ".join(paragraph.split()).casefold().encode("utf-8", "replace")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "little")


class _Bodies:
    """The articles' bodies, one at a time: no second copy of all texts is held."""

    def __init__(self, articles: pd.DataFrame, passages: pd.DataFrame) -> None:
        self._texts = articles["text"].array
        ids = pd.Index(articles["article_id"].astype("str"))
        body = passages[passages["kind"] == "body"]
        article = ids.get_indexer(pd.Index(body["article_id"].astype("str")))
        order = np.lexsort((body["start"].to_numpy(), article))
        self._starts = body["start"].to_numpy()[order]
        self._ends = body["end"].to_numpy()[order]
        self._first = np.searchsorted(article[order], np.arange(len(ids) + 1))

    def __len__(self) -> int:
        return len(self._texts)

    def whole(self, number: int) -> str:
        return str(self._texts[number])

    def paragraphs(self, number: int) -> list[str]:
        """The passages of a body; of an article that has none, all its text."""
        text = self.whole(number)
        rows = slice(self._first[number], self._first[number + 1])
        spans = zip(self._starts[rows].tolist(), self._ends[rows].tolist(), strict=True)
        return [text[start:end] for start, end in spans] or [text]


# An outlet's notices stand at the ends of a body, where no rule has known them.
_AT_THE_TOP: Final = 2
_AT_THE_END: Final = 3
_FEWEST_WITH_NOTICE: Final = 3
_MOSTLY: Final = 0.8


def _ends(paragraphs: Sequence[str]) -> Iterator[int]:
    for place in range(len(paragraphs)):
        if place < _AT_THE_TOP or place >= len(paragraphs) - _AT_THE_END:
            yield place


def _notices(bodies: _Bodies) -> frozenset[int]:
    """Paragraphs at the ends of several bodies, beside others every time.

    In copies of one article the same paragraphs stand side by side; a notice of the outlet, or
    a paragraph of background that reporters add, has other neighbours in each.
    """
    codes = array("Q")
    for number in range(len(bodies)):
        paragraphs = bodies.paragraphs(number)
        code_at: dict[int, int] = {-1: 0, len(paragraphs): 0}
        for place in _ends(paragraphs):
            for at in (place, place - 1, place + 1):
                if at not in code_at:
                    code_at[at] = _code(paragraphs[at])
                codes.append(code_at[at])
    seen = pd.DataFrame(
        np.frombuffer(codes, np.uint64).reshape(-1, 3), columns=["code", "before", "after"]
    )
    seen = seen[seen.groupby("code")["before"].transform("size") >= _FEWEST_WITH_NOTICE]
    by_code = seen.groupby("code")
    often = _MOSTLY * by_code.size()
    notices = pd.Series(True, index=often.index)
    for neighbour in ("before", "after"):
        nowhere = by_code[neighbour].max() == 0
        notices &= nowhere | (by_code[neighbour].nunique() >= often)
    alone = (by_code["before"].max() == 0) & (by_code["after"].max() == 0)
    return frozenset(notices.index[notices & ~alone].tolist())


class Resemblance:
    """All articles' fingerprints; two articles' runs where they are to be compared.

    Parameters
    ----------
    articles
        ``article_id`` and ``text``.
    passages
        Whose rows of kind "body" are compared; the whole text of an article that has none.
    progress
        Show a progress bar when it takes longer than two seconds.
    """

    def __init__(
        self, articles: pd.DataFrame, passages: pd.DataFrame, *, progress: bool = False
    ) -> None:
        self._bodies = _Bodies(articles, passages)
        self._notices = _notices(self._bodies)
        self._ids: list[str] = articles["article_id"].astype("str").tolist()
        #: Words of each body.
        self.words: list[int] = []
        self._keys: list[bytes] = []
        self._numbers_of_runs: list[int] = []
        sizes: list[int] = []
        prints = array("Q")
        number_of_articles = len(self._bodies)
        for number in tracked(
            range(number_of_articles),
            what="Comparing",
            unit="article",
            total=number_of_articles,
            shown=progress,
        ):
            paragraphs = self._bodies.paragraphs(number)
            words = _words(_JOINT.join(paragraphs))
            short = len(words) < _FEWEST_WORDS
            told = _words(self._bodies.whole(number)) if short else words
            runs = _runs(self._narration(paragraphs))
            own = _fingerprints(runs)
            prints.frombytes(own.tobytes())
            self.words.append(len(words))
            self._keys.append(_digest(told))
            self._numbers_of_runs.append(len(runs))
            sizes.append(len(own))
        self._sizes = np.array(sizes, dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(self._sizes)])
        self._prints = np.frombuffer(prints, np.uint64)
        self._run_set = lru_cache(_RUN_SETS_KEPT)(self._make_run_set)

    def groups(self) -> list[list[int]]:
        """Articles that are copies of one another: their row numbers, two at least.

        Articles are taken from the longest to the shortest and compared with those before. Two
        that are of comparable length bring their groups together: both may be edited copies of
        a third. An excerpt joins one group alone, or a digest of many articles would make them
        one.
        """
        order = sorted(
            range(len(self._ids)),
            key=lambda n: (-self._numbers_of_runs[n], -self.words[n], self._ids[n]),
        )
        group: dict[int, list[int]] = {}
        first_with: dict[bytes, int] = {}
        for number in order:
            first = first_with.setdefault(self._keys[number], number)
            group.setdefault(first, []).append(number)
        for number, joined in self._near(list(group)):
            group[joined] += group.pop(number)
        return [sorted(members) for members in group.values() if len(members) > 1]

    def relation(self, copy: int, original: int) -> tuple[DuplicateKind, float]:
        """How a copy differs from its original, and which share of its runs stands there."""
        if self._keys[copy] == self._keys[original]:
            whole = (_words(self._bodies.whole(number)) for number in (copy, original))
            return ("exact" if next(whole) == next(whole) else "same_body"), 1.0
        of_copy, of_original = self._run_set(copy), self._run_set(original)
        share = _share(of_copy, of_original)
        if self._has_other_lead(copy, of_original):
            return "other_lead", share
        if _share(of_original, of_copy) >= _NEARLY_ALL:
            return ("edited" if share >= _NEARLY_ALL else "extended"), share
        return ("shortened" if share >= _NEARLY_ALL else "edited"), share

    def _has_other_lead(self, copy: int, of_original: Hashes) -> bool:
        lead, *rest = self._bodies.paragraphs(copy)
        in_original = [
            _share(np.unique(_runs(self._narration(part))), of_original)
            for part in ([lead], rest)
        ]
        return in_original[0] <= _NEARLY_NONE and in_original[1] >= _MOST

    def _narration(self, paragraphs: list[str]) -> list[bytes]:
        """Words outside quotations, without notices; all where those are too few."""
        if self._notices:
            notices = {at for at in _ends(paragraphs) if _code(paragraphs[at]) in self._notices}
            paragraphs = [part for at, part in enumerate(paragraphs) if at not in notices]
        text = _JOINT.join(paragraphs)
        told = _words(_QUOTED.sub(" ", text))
        return told if len(told) >= _FEWEST_RUNS + _RUN - 1 else _words(text)

    def _make_run_set(self, number: int) -> Hashes:
        return np.unique(_runs(self._narration(self._bodies.paragraphs(number))))

    def _near(self, leaders: list[int]) -> Iterator[tuple[int, int]]:
        """Groups to bring together, by an article of each: the first joins the second."""
        codes_of_all = self._shared_codes(leaders)
        holders_of: dict[int, list[int]] = {}
        group_of: dict[int, int] = {}

        def group(number: int) -> int:
            while (joined := group_of.get(number, number)) != number:
                group_of[number] = group_of.get(joined, joined)
                number = joined
            return number

        for number in leaders:
            if self._numbers_of_runs[number] < _FEWEST_RUNS:
                break
            codes = codes_of_all[self._starts[number] : self._starts[number + 1]]
            own = codes[codes >= 0].tolist()
            near = self._near_ones(number, own, holders_of)
            for other in self._joined_by(number, near):
                one, joined = group(number), group(other)
                if one != joined:
                    group_of[one] = joined
                    yield one, joined
            if not near or near[0][0] < _NEARLY_ALL:
                for code in own:
                    holders = holders_of.setdefault(code, [])
                    if len(holders) < _PHRASE:
                        holders.append(number)

    def _near_ones(
        self, number: int, codes: list[int], holders_of: dict[int, list[int]]
    ) -> list[tuple[float, int]]:
        """Longer articles in which enough of this one stands, the most of it first."""
        held = (holders_of.get(code, []) for code in codes)
        shared = Counter(
            other for holders in held if len(holders) < _PHRASE for other in holders
        )
        enough = _FEWEST_SHARED * self._sizes[number]
        likely = [other for other, times in shared.items() if times >= enough]
        likely.sort(key=lambda other: (-shared[other], self._ids[other]))
        shares = [
            (_share(self._run_set(number), self._run_set(other)), other)
            for other in likely[:_MOST_COMPARED]
        ]
        near = [(share, one) for share, one in shares if share >= self._needed(number, one)]
        return sorted(near, key=lambda found: (-found[0], self._ids[found[1]]))

    def _needed(self, number: int, other: int) -> float:
        runs = self._numbers_of_runs[number]
        few = runs < _SHORT or runs < _EXCERPT * self._numbers_of_runs[other]
        return NEAR_IF_SHORT if few else NEAR

    def _joined_by(self, number: int, near: list[tuple[float, int]]) -> list[int]:
        runs = self._numbers_of_runs
        comparable = [n for _, n in near if runs[number] >= _EXCERPT * runs[n]]
        return comparable or [n for _, n in near[:1]]

    def _shared_codes(self, leaders: list[int]) -> NDArray[np.int64]:
        """A number for each fingerprint that several leaders have; -1 for all others."""
        leads = np.zeros(len(self._sizes), dtype=bool)
        leads[leaders] = True
        of_leaders = np.repeat(leads, self._sizes)
        values, times = np.unique(self._prints[of_leaders], return_counts=True)
        values = values[times > 1]
        codes = np.full(len(self._prints), -1, dtype=np.int64)
        if len(values):
            place = np.minimum(np.searchsorted(values, self._prints), len(values) - 1)
            shared = of_leaders & (values[place] == self._prints)
            codes[shared] = place[shared]
        return codes
