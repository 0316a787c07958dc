"""Lines that name the outlet: told by words that names of outlets are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

from metoo_research.passage_rules.page import SECTIONS, Line, Page

# No surname among them; the first stand for an outlet wherever they are in its name.
_INITIALS: Final = frozenset(
    "afp ani bbc cbc cbs cnn dpa itv nbc npr pti reuters rté xinhua".split()
)
_OUTLET_WORDS: Final = frozenset(
    "advertiser argus broadcasting bulletin chronicle courier daily dispatch enquirer examiner"
    " gazette guardian herald independent inquirer journal magazine news newspaper observer"
    " online radio telegraph times tribune tv weekly".split()
)
# No headline of a few words has them.
_OUTLETS_ONLY: Final = _INITIALS | frozenset(
    "advertiser argus courier enquirer examiner gazette herald inquirer telegraph"
    " tribune".split()
)
# Names of outlets, and of people too.
_OR_SURNAMES: Final = frozenset(
    "citizen express globe leader mail mirror post press record review sentinel standard star"
    " sun today voice world".split()
)
# A name of two words that begins so is that of a place or a foreign paper, not a person's.
_NO_GIVEN_NAMES: Final = frozenset(
    "the new san los las saint st port cape fort mount le la el der die das il".split()
)
_SMALL: Final = frozenset("the of and & for on in".split())
_ADDRESS: Final = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)?\.(?:com|org|net|news|info|co\.\w\w|com\.\w\w|[a-z]{2})",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 6


def names_outlet(text: str) -> bool:
    """Whether a few words are an outlet's name: "The Irish Examiner", "Herald Sun"."""
    words = _words_of_a_name(text)
    return _has_word_of_outlets(words) or bool(
        _ADDRESS.fullmatch(text.strip())
        or (len(words) > 1 and words[0] in {"the", "new"} and words[-1] in _OR_SURNAMES)
    )


def may_name_outlet(text: str) -> bool:
    """Whether they may be an outlet's name, or a place's, though perhaps no person's."""
    words = _words_of_a_name(text)
    if not words:
        return bool(_ADDRESS.fullmatch(text.strip()))
    foreign = len(words) == 2 and words[0] in _NO_GIVEN_NAMES
    return foreign or words[0] == "the" or words[-1] in _OR_SURNAMES or names_outlet(text)


def _has_word_of_outlets(words: Sequence[str]) -> bool:
    """Whether a name has a word that only names of outlets have, where these have it."""
    if not words or all(word in SECTIONS | _SMALL for word in words):
        return False
    if not _INITIALS.isdisjoint(words):
        return True
    others = words[:-1]
    return len(words) > 1 and (
        words[-1] in _OUTLET_WORDS
        or (words[-1] in _OR_SURNAMES and not _OUTLET_WORDS.isdisjoint(others))
        or (words[0] == "the" and words[1] in {"daily", "weekly", "sunday"})
        or any(one in _OUTLET_WORDS and next_ == "of" for one, next_ in pairwise(words))
    )


def _words_of_a_name(text: str) -> list[str]:
    """The words in small letters, if they are few and written as those of a name."""
    words = text.strip(" .,|·•–—-").split()
    if not 1 <= len(words) <= _MOST_WORDS:
        return []
    if any(word[0].islower() and word not in _SMALL for word in words):
        return []
    bare = [word.strip("(),.").lower() for word in words]
    return bare if all(bare) and not any(char in text for char in '?!:;"“”') else []


def outlets_at_the_head(page: Page) -> Iterator[Line]:
    """Between headline and body, the outlet's name beside a date or a byline."""
    for headline in page.of_kind("headline")[:1]:
        for line in islice(page.below(headline), 5):
            if line.is_prose:
                return
            beside = [
                other.kind
                for other in (page.before(line), page.after(line))
                if other and other.rule
            ]
            if line.rule is not None or line.ends_sentence:
                continue
            dated = "date" in beside and may_name_outlet(line.text)
            if dated or ("byline" in beside and names_outlet(line.text)):
                yield line


def outlet_above_headline(page: Page) -> Iterator[Line]:
    """The first line, if it names an outlet and a headline stands below it.

    "Hard Times" may be a headline itself: so it begins with "The", has a word like "Gazette",
    shouts beside a headline that does not, or has the date below it.
    """
    first = page.lines[0] if page.lines else None
    if first is None or first.rule is not None or not may_name_outlet(first.text):
        return
    headline = next((line for line in islice(page.below(first), 2) if line.rule is None), None)
    if (
        headline is None
        or len(headline.words) < 4
        or not headline.is_headline_like
        or headline.is_prose
    ):
        return
    below = page.after(first)
    dated = below is not None and below.kind == "date" and names_outlet(first.text)
    words = _words_of_a_name(first.text)
    sure = _has_word_of_outlets(words) and (
        words[0] == "the"
        or not _OUTLETS_ONLY.isdisjoint(words)
        or (first.text.isupper() and not headline.text.isupper())
    )
    if dated or sure or _ADDRESS.fullmatch(first.text):
        yield first
