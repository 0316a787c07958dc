"""Numbers in words: with their noun, and with the hedge of their article."""

import math

import pytest

from metoo_research._wording import plural, worded
from metoo_research.metrics.vocabulary import HEDGES_AFTER, HEDGES_BEFORE


@pytest.mark.parametrize(
    ("number", "nouns", "words"),
    [
        (0, ("row",), "0 rows"),
        (1, ("row",), "1 row"),
        (2000, ("row",), "2,000 rows"),
        (2, ("study", "studies"), "2 studies"),
    ],
)
def test_a_number_has_its_noun_in_one_or_many(
    number: int, nouns: tuple[str, ...], words: str
) -> None:
    assert plural(number, *nouns) == words


@pytest.mark.parametrize(
    ("modifier", "number", "words"),
    [
        ("more than", "500", "more than 500"),
        ("or more", "500", "500 or more"),
        ("or thereabouts", "500", "500 or thereabouts"),
        ("+", "500", "500+"),
        ("-odd", "500", "500-odd"),
        ("at most", "500", "at most 500"),
        (None, "500", "500"),
        (math.nan, "500", "500"),
        ("", "500", "500"),
    ],
)
def test_a_hedge_stands_on_its_side(modifier: object, number: str, words: str) -> None:
    assert worded(modifier, number) == words


@pytest.mark.parametrize("hedge", [*HEDGES_BEFORE, *HEDGES_AFTER])
def test_the_side_of_every_hedge_is_known(hedge: str) -> None:
    assert worded(hedge, "500").startswith("500") == (hedge not in HEDGES_BEFORE)


@pytest.mark.parametrize(
    ("sentence", "modifier", "number", "words"),
    [
        ("The city bought over 40 buses and 12 trams.", "over", "40", "over 40"),
        ("The city bought over 40 buses and 12 trams.", "over", "12", "[over] 12"),
        ("More than\n$500 was paid.", "more than", "500", "more than 500"),
        ("Over 400,000 buses and 40 trams.", "over", "40", "[over] 40"),
        ("Over 12 million rode buses and 12 rode trams.", "over", "12", "[over] 12"),
        ("Moreover 40 buses, over 30 trams.", "over", "40", "[over] 40"),
        ("It cost more than US$5 million.", "more than", "5 million", "more than 5 million"),
        ("More than a staggering 500 came.", "more than", "500", "more than 500"),
        ("Over\u200b 500 came.", "over", "500", "over 500"),
        ("About >500 came.", ">", "500", "> 500"),
        ("It took 15 or so buses, 5 were late.", "or so", "5", "5 [or so]"),
        ("Nobody counted.", "over", "500", "over 500"),
        ("It took 30 minutes or so.", "or so", "30", "30 [or so]"),
        ("It took 30 or so minutes.", "or so", "30", "30 or so"),
        ("It took 30+ minutes.", "+", "30", "30+"),
    ],
)
def test_a_hedge_of_another_place_stands_in_brackets(
    sentence: str, modifier: str, number: str, words: str
) -> None:
    assert worded(modifier, number, sentence) == words
