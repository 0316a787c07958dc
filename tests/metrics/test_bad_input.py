"""Hostile and broken text: no crash, no false million, time that grows with the length."""

import math

import pytest
from reading import figures, table_of

from metoo_research.metrics.context import Context
from metoo_research.metrics.extract import metrics_of_sentence
from metoo_research.study import Campaign, Study


@pytest.mark.parametrize(
    "text",
    [
        "9" * 400,
        "1" + ",000" * 100,
        "1" + " 000" * 100,
        "0." + "9" * 400,
        "1e999",
        "1e9",
        "1,2,3,4",
        "1,00,00,0",
        "Ⅳ",
        "million million million million",
        "a" + " million" * 60,
        "thousands" + " of thousands" * 60,
        "٣٤٥ مليون",
        "‮000,000,1‬",
        "“‘“‘5’”’”",
        "5\x00 5",
        "",
    ],
)
def test_no_crash_and_no_false_million(text: str) -> None:
    values = [row["value"] for row in figures(text)]
    assert all(math.isfinite(value) for value in values)
    assert all(value < 1e6 for value in values) or "million" in text or "thousands" in text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("½ of them came", 0.5),
        ("٣٤٥ came", 345),  # Arabic-Indic digits
        ("４５ came", 45),  # full width
        ("5 جاءوا", 5),  # right to left
        ("“She said ‘about 300 came’”", 300),
    ],
)
def test_digits_of_other_scripts_and_nested_quotes(text: str, value: float) -> None:
    assert [row["value"] for row in figures(text)] == [value]


def test_a_megabyte_of_digits() -> None:
    assert figures("7" * 1_000_000) == []


def test_a_table_without_sentences() -> None:
    assert len(table_of()) == 0


# Each unit, repeated, has made some rule look at the whole text once for every number in it.
UNITS = [
    "5,000 tweets and ",
    "on Monday 300 people, ",
    "won 3-1 ",
    "1,",
    "1.1",
    ",234",
    "123 ",
    "A-",
    "Aa ",
    "he said ",
    "Twitter said that 5 ",
    "since the tag began 5 ",
    "between 5 and ",
    "page 1.1.1 ",
    "5 aaas, bbbs, ",
    "“5” ",
    "Boeing 7 ",
    "+1 23 45 ",
    "number of posts 5 ",
    "three days after the ",
    "according to ",
    "one hundred and ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_sentence_without_an_end_is_read_in_linear_time(unit: str) -> None:
    # With the square of its length, this would take hours.
    text = unit * (160_000 // len(unit))
    rows = metrics_of_sentence(text, Context(Study(campaign=Campaign(names=("Clean Rivers",)))))
    assert all(text[row["start"] : row["end"]] == row["number_text"] for row in rows)
