"""Who speaks in a quotation whose speaker another sentence names.

“We are many,” said Jane Doe. “Some 3,000 came.” – “It hurts. I lost 300,” said Jane Doe.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from metoo_research.metrics.attribution import Attribution, attribution_of
from metoo_research.metrics.context import Sentence
from metoo_research.quotation_rules.pairing import pair_marks

#: Sentences that stand further apart than a space are of two paragraphs.
_SAME_PARAGRAPH = 1
#: A verb of saying, or its subject, stands this near behind a quotation.
_BESIDE = 2
_NEAR = 3
#: A quotation is followed over so many paragraphs.
_MOST_PARAGRAPHS = 20


@dataclass(frozen=True, slots=True)
class _Quotation:
    """What stands in one pair of marks: its first and last sentence, and its place in each."""

    first: int
    start: int
    last: int
    end: int
    closed: bool


class Voices:
    """The quotations of an article; looked for once, and only when somebody asks."""

    def __init__(self, sentences: Sequence[Sentence], starts: Sequence[int]) -> None:
        """Take all sentences of an article, and where they begin in its text."""
        self._sentences = sentences
        self._starts = starts

    def speaker_of(self, sentence: int, number: int) -> Attribution | None:
        """Say who speaks the quotation that a number stands in; None if none is named.

        The speaker is who is named behind the quotation, else before it. A quotation that
        begins right behind one with a speaker behind it goes on with what that one said.
        """
        at = bisect_right(self._quotations, (sentence, number), key=_start_of) - 1
        if at < 0 or (sentence, number) >= _end_of(self._quotations[at]):
            return None
        for nearest in range(at, max(at - _MOST_PARAGRAPHS, -1), -1):
            one = self._quotations[nearest]
            named = self._named_behind(one) or self._named_before(one)
            if named is not None or not self._resumes(nearest):
                return named
            if self._quotations[nearest - 1].closed:
                return self._named_behind(self._quotations[nearest - 1])
        return None

    def _resumes(self, at: int) -> bool:
        """Whether a quotation is a sentence, or several, right behind that of another."""
        one = self._quotations[at]
        behind = self._sentences[one.last].text[one.end :]
        return (
            at > 0
            and one.start == 0
            and self._quotations[at - 1].last == one.first - 1
            and not any(sign.isalnum() for sign in behind)
        )

    def _named_behind(self, one: _Quotation) -> Attribution | None:
        attributions = self._sentences[one.last].attributions
        at = bisect_left(attributions, one.end, key=_place_of)
        return next(
            (
                said
                for said in attributions[at : at + _NEAR]
                if 0 <= min(said.start, said.verb[0]) - one.end <= _BESIDE
            ),
            None,
        )

    def _named_before(self, one: _Quotation) -> Attribution | None:
        sentence = self._sentences[one.first]
        at = bisect_left(sentence.attributions, one.start, key=_place_of)
        before = sentence.attributions[max(at - _NEAR, 0) : at]
        return attribution_of(sentence.text, (one.start, one.start + 1), before)

    @cached_property
    def _quotations(self) -> list[_Quotation]:
        """All quotations in order, without those that stand within others."""
        found: list[_Quotation] = []
        first = 0
        for after in range(1, len(self._sentences) + 1):
            if after < len(self._sentences) and self._goes_on(after):
                continue
            found.extend(self._in_paragraph(first, after))
            first = after
        return found

    def _goes_on(self, sentence: int) -> bool:
        """Whether a sentence stands in the paragraph of the one before."""
        ends = self._starts[sentence - 1] + len(self._sentences[sentence - 1].text)
        return self._starts[sentence] - ends <= _SAME_PARAGRAPH

    def _in_paragraph(self, first: int, after: int) -> list[_Quotation]:
        texts = [sentence.text for sentence in self._sentences[first:after]]
        begins = [0]
        for text in texts[:-1]:
            begins.append(begins[-1] + len(text) + 1)
        found: list[_Quotation] = []
        reached = 0
        for pair in pair_marks(" ".join(texts)).found:
            if pair.start < reached:
                continue
            reached = pair.end
            opens = bisect_right(begins, pair.start) - 1
            closes = bisect_right(begins, pair.end - 1) - 1
            found.append(
                _Quotation(
                    first + opens,
                    pair.start - begins[opens],
                    first + closes,
                    pair.end - begins[closes],
                    pair.closed,
                )
            )
        return found


def _place_of(said: Attribution) -> int:
    return said.start


def _start_of(one: _Quotation) -> tuple[int, int]:
    return one.first, one.start


def _end_of(one: _Quotation) -> tuple[int, int]:
    return one.last, one.end
