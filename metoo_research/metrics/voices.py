"""Who speaks in a quotation whose speaker another sentence names.

“We are many,” said Jane Doe. “Some 3,000 came.” – “It hurts. I lost 300,” said Jane Doe.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from metoo_research.metrics.attribution import Attribution, attribution_of
from metoo_research.metrics.context import Sentence
from metoo_research.quotation_rules.pairing import pair_marks

#: Sentences that stand further apart than a space are of two paragraphs.
_SAME_PARAGRAPH = 1
#: A verb of saying, or its subject, stands this near behind a quotation.
_BESIDE = 2
#: Most paragraphs quote nothing: a quick look before the marks are paired.
_OPENS: Final = re.compile(r"[\"“„«‘‹＂〝]|(?<!\w)['`](?=\w|['`])")
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
        self._found: dict[int, list[_Quotation]] = {}

    def speaker_of(self, sentence: int, number: int) -> Attribution | None:
        """Say who speaks the quotation that a number stands in; None if none is named.

        The speaker is who is named behind the quotation, else before it. A quotation that
        begins right behind one with a speaker behind it goes on with what that one said.
        """
        paragraph = bisect_right(self._paragraphs, sentence) - 1
        found = self._quotations_of(paragraph)
        at = bisect_right(found, (sentence, number), key=_start_of) - 1
        if at < 0 or (sentence, number) >= _end_of(found[at]):
            return None
        one = found[at]
        for _ in range(_MOST_PARAGRAPHS):
            named = self._named_behind(one) or self._named_before(one)
            before = self._resumed_by(one, paragraph, at) if named is None else None
            if before is None:
                return named
            if before.closed:
                return self._named_behind(before)
            # Left open: the next paragraph goes on with it.
            one, paragraph = before, paragraph - (at == 0)
            at = self._quotations_of(paragraph).index(before)
        return None

    def _resumed_by(self, one: _Quotation, paragraph: int, at: int) -> _Quotation | None:
        """The quotation right before, if this one is whole sentences behind it."""
        if one.start > 0:
            return None
        # Of the same paragraph the one before, else the last of the paragraph before.
        found = self._quotations_of(paragraph if at else paragraph - 1)
        before = found[at - 1] if found else None
        behind = self._sentences[one.last].text[one.end :]
        if before is None or before.last != one.first - 1:
            return None
        return None if any(sign.isalnum() for sign in behind) else before

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
    def _paragraphs(self) -> list[int]:
        """The first sentence of each paragraph."""
        return [n for n in range(len(self._sentences)) if n == 0 or not self._goes_on(n)]

    def _goes_on(self, sentence: int) -> bool:
        """Whether a sentence stands in the paragraph of the one before."""
        ends = self._starts[sentence - 1] + len(self._sentences[sentence - 1].text)
        return self._starts[sentence] - ends <= _SAME_PARAGRAPH

    def _quotations_of(self, paragraph: int) -> list[_Quotation]:
        """The quotations of a paragraph in order, without those that stand within others."""
        if paragraph not in self._found:
            self._found[paragraph] = self._in_paragraph(paragraph) if paragraph >= 0 else []
        return self._found[paragraph]

    def _in_paragraph(self, paragraph: int) -> list[_Quotation]:
        first, *following = self._paragraphs[paragraph : paragraph + 2]
        after = following[0] if following else len(self._sentences)
        texts = [sentence.text for sentence in self._sentences[first:after]]
        if not any(_OPENS.search(text) for text in texts):
            return []
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
