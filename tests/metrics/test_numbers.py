import math

import pytest

from metoo_research.metrics.masks import find_masks
from metoo_research.metrics.numbers import find_numbers, has_number

NO_END = math.nan


def read(text: str) -> list[tuple[str, float]]:
    """The numbers of a text and their values; ordinals left out."""
    numbers = find_numbers(text, find_masks(text))
    return [(text[n.start : n.end], n.value) for n in numbers if n.kind != "ordinal"]


def ranges(text: str) -> list[tuple[float, float]]:
    return [(n.value, n.value_high) for n in find_numbers(text, find_masks(text)) if n.is_range]


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("about 200,000 letters", "200,000", 200_000),
        ("some 1 000 000 letters", "1 000 000", 1_000_000),
        ("some 12\u202f500 letters", "12\u202f500", 12_500),
        ("a crowd of 450 000", "450 000", 450_000),
        ("some 5,00,000 letters", "5,00,000", 500_000),
        ("some 1,25,00,000 letters", "1,25,00,000", 12_500_000),
        ("some 12'500 letters", "12'500", 12_500),
        ("some ١٢٣ letters", "١٢٣", 123),
        ("some ١٢٬٥٠٠ letters", "١٢٬٥٠٠", 12_500),
        ("some ١٢٫٥ per cent", "١٢٫٥", 12.5),
        ("some １２，５００ letters", "１２，５００", 12_500),
        ("some १२,५०० letters", "१२,५००", 12_500),
        ("1.2M views", "1.2M", 1_200_000),
        ("12bn views", "12bn", 12_000_000_000),
        ("4.1bn views", "4.1bn", 4_100_000_000),
        ("250k followers", "250k", 250_000),
        ("4.7 million users", "4.7 million", 4_700_000),
        ("a 2-million-strong crowd", "2-million", 2_000_000),
        ("3 hundred thousand leaflets", "3 hundred thousand", 300_000),
        ("5 lakh people", "5 lakh", 500_000),
        ("1½ million leaflets", "1½ million", 1_500_000),
        ("2 and a half million leaflets", "2 and a half million", 2_500_000),
        ("a million leaflets", "a million", 1_000_000),
        ("half a million leaflets", "half a million", 500_000),
        ("a half-million leaflets", "a half-million", 500_000),
        ("a quarter of a million leaflets", "a quarter of a million", 250_000),
        ("two and a half million leaflets", "two and a half million", 2_500_000),
        ("a million and a half leaflets", "a million and a half", 1_500_000),
        ("three dozen wardens", "three dozen", 36),
        ("a dozen wardens", "a dozen", 12),
        ("twenty-five wardens", "twenty-five", 25),
        ("two hundred and fifty wardens", "two hundred and fifty", 250),
        (
            "one hundred and twenty-three thousand four hundred and fifty-six wardens",
            "one hundred and twenty-three thousand four hundred and fifty-six",
            123_456,
        ),
        ("minus 5 degrees", "5", -5),
        ("-5 degrees", "-5", -5),
        ("−3.5 million", "−3.5 million", -3_500_000),
        ("a tenfold rise", "tenfold", 10),
        ("twice as many wardens", "twice", 2),
        ("two-thirds of wardens", "two-thirds", 2 / 3),
        ("a third of wardens", "a third", 1 / 3),
        ("half of the wardens", "Half", 0.5),
        ("half its wardens", "half", 0.5),
        ("one in five wardens", "one in five", 0.2),
        ("9 out of 10 wardens", "9 out of 10", 0.9),
        ("3 of every 4 wardens", "3 of every 4", 0.75),
        ("1/16 of a pint", "1/16", 1 / 16),
    ],
)
def test_how_a_number_is_written(text: str, number: str, value: float) -> None:
    (found,) = read(text)
    assert found[0].lower() == number.lower()
    assert found[1] == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("dozens came", "dozens", 12),
        ("Hundreds of thousands came", "Hundreds of thousands", 100_000),
        ("tens of thousands came", "tens of thousands", 10_000),
        ("several hundred came", "several hundred", 100),
        ("a few thousand came", "a few thousand", 1_000),
        ("millions came", "millions", 1_000_000),
    ],
)
def test_a_vague_count_has_its_smallest_unit(text: str, number: str, value: float) -> None:
    (found,) = find_numbers(text)
    assert (text[found.start : found.end], found.value, found.vague) == (number, value, True)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("10 to 20 wardens", (10, 20)),
        ("10-20 wardens", (10, 20)),
        ("33-35 billion litres", (33e9, 35e9)),
        ("between 5 and 10 wardens", (5, 10)),
        ("between 5% and 6%", (5, 6)),
        ("rose from 2,315 to 2,415", (2315, 2415)),
        ("from $15 to about $90", (15, 90)),
        ("30 or 40 letters", (30, 40)),
        ("14- to 16-year-olds", (14, 16)),
    ],
)
def test_a_range_is_one_number_with_two_ends(text: str, ends: tuple[float, float]) -> None:
    assert ranges(text) == [ends]


@pytest.mark.parametrize(
    "text",
    [
        "12 wardens and 20 boats",  # two counts
        "fell by 12 points to 45",  # a change and where it led
        "one or two hundred",  # the second is 200
        "40 to the right",
    ],
)
def test_what_is_no_range(text: str) -> None:
    assert not ranges(text)


@pytest.mark.parametrize(
    "text",
    [
        "No one came, and the other one left.",
        "On day one she was the one who knew.",
        "a one-sided story",
        "a mother-of-two from Hull",
        "the last-16 tie",
        "1,2,3,4",
        "version 1.2.3",
        "agent 007",
        "zero-tolerance",
        "a third person came",
        "a second opinion",
        "many people, some of them old",
    ],
)
def test_number_words_that_count_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["6st 4lb", "a 6st dog"])
def test_an_ordinal_has_the_ending_that_its_digits_take(text: str) -> None:
    assert all(number.kind == "count" for number in find_numbers(text))


def test_ordinals_are_kept_apart() -> None:
    kinds = [number.kind for number in find_numbers("the 21st boat and the first warden")]
    assert kinds == ["ordinal", "ordinal"]


@pytest.mark.parametrize(
    ("text", "kind", "currency"),
    [
        ("$5.65bn", "money", "$"),
        ("£3.9m", "money", "£"),
        ("HK$20 million", "money", "HK$"),
        ("Rs 1,200 crore", "money", "Rs"),
        ("20 million euros", "money", "euros"),
        ("20 €", "money", "€"),
        ("45 percent", "percentage", None),
        ("45%", "percentage", None),
        ("four percentage points", "percentage", None),
        ("a 17-year-old", "age", None),
    ],
)
def test_what_belongs_to_a_number_tells_its_kind(
    text: str, kind: str, currency: str | None
) -> None:
    (number,) = find_numbers(text)
    assert (number.kind, number.currency) == (kind, currency)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the 400m hurdles", 400),
        ("a wall 2m tall", 2),
        ("5m views", 5_000_000),
        ("a 54b file", 54),
        ("£5m", 5_000_000),
    ],
)
def test_an_m_behind_digits_is_a_million_or_a_metre(text: str, value: float) -> None:
    assert read(text)[0][1] == value


def test_a_text_without_a_number_is_seen_at_once() -> None:
    assert not has_number("Nobody counted the boats.")
    assert has_number("Dozens of boats.")
    assert has_number("½")
