"""What holds for any text: offsets, order, and the worth of a number that was written out."""

import math
from itertools import pairwise

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from reading import table_of

from metoo_research.metrics.masks import find_masks
from metoo_research.metrics.numbers import find_numbers

PIECES = st.sampled_from(
    "5 12 300 1,700,000 4.7 million a half dozen thousands of one in and to or between from - –"
    " $ £ % percent users tweets people #Dam @a Twitter Facebook said according by Monday night"
    " within hours since the tag began more than nearly 2017 October 15 10:30 a.m. 3-1 page No."
    " twice third first year-old ½ ٣٤ 1e9 00 . , ; ( ) “ ” ’ \u00a0 😀 İ e\u0301".split(" ")
)
NEWSLIKE = st.lists(PIECES, max_size=25).map(" ".join)
GLUED = st.lists(PIECES, max_size=12).map("".join)
ANY_TEXT = st.one_of(st.text(max_size=80), NEWSLIKE, GLUED)


@given(st.lists(ANY_TEXT, min_size=1, max_size=3))
def test_offsets_give_back_the_characters(sentences: list[str]) -> None:
    article = " ".join(sentences)
    for row in table_of(*sentences).to_dict("records"):
        assert article[row["start"] : row["end"]] == row["number_text"]
        assert row["number_text"].strip()
        assert row["role"] in {"figure", "window", "date", "ordinal"}
        for field in ("window_text", "attributed_to", "unit"):
            assert (
                pd.isna(row[field]) or row["kind"] == "money" or row[field] in row["evidence"]
            )


@given(ANY_TEXT)
def test_numbers_are_finite_in_order_and_apart(text: str) -> None:
    numbers = find_numbers(text, find_masks(text))
    assert all(n.prefix_start <= n.start < n.end <= n.unit_start for n in numbers)
    assert all(a.end <= b.start for a, b in pairwise(numbers))
    assert all(math.isfinite(n.value) for n in numbers)


def value_of(text: str) -> float:
    (number,) = find_numbers(text, find_masks(text))
    assert text[number.start : number.end] == text.removesuffix(" letters")
    return number.value


WHOLE = st.integers(2, 999_999_999)


@given(WHOLE)
def test_digits_with_commas(value: int) -> None:
    assert value_of(f"{value:,} letters") == value


@given(WHOLE)
def test_digits_with_narrow_spaces(value: int) -> None:
    assert value_of(f"{value:,} letters".replace(",", "\u202f")) == value


@given(st.integers(11, 9_999), st.sampled_from(["K", "M", "bn", " million", " billion"]))
def test_digits_with_a_scale(tenths: int, scale: str) -> None:
    factor = {"K": 1e3, "M": 1e6, "bn": 1e9, " million": 1e6, " billion": 1e9}[scale]
    assert math.isclose(value_of(f"{tenths / 10}{scale} letters"), tenths / 10 * factor)


ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(value: int) -> str:
    """A whole number below a thousand million in British English."""
    for scale, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if value >= scale:
            more = value % scale
            link = " and " if more < 100 else " "
            return f"{spelled(value // scale)} {name}" + (link + spelled(more) if more else "")
    if value < 20:
        return ONES[value]
    return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")


@given(WHOLE)
def test_numbers_in_words(value: int) -> None:
    assert value_of(f"{spelled(value)} letters") == value


@given(WHOLE)
def test_numbers_in_words_without_and(value: int) -> None:
    assert value_of(f"{spelled(value).replace(' and ', ' ')} letters") == value
