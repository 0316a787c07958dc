import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import style
from matplotlib.figure import Figure

from metoo_research.charts import STYLE
from metoo_research.charts.text import (
    NOT_IN_FONT,
    TO_THE_RIGHT,
    clean,
    count,
    directed,
    drawable,
    glued,
    signed,
    tick_number,
    width_mm,
    wrap,
)


@pytest.mark.parametrize(
    ("given_text", "said"),
    [
        ("two\nlines\tand  more", "two lines and more"),
        ("$5 & 10 % of a_b < c", "$5 & 10 % of a_b < c"),
        ("a 🤘 b", "a 🤘 b"),
        ("安全\u3000夜车", "安全 夜车"),
        ("right\u202eleft\u200e", "rightleft"),
        ("क्\u200dष", "क्\u200dष"),  # a joiner is part of how a word is written
        ("\u06dd١", "\u06dd١"),  # a sign that is seen, though Unicode calls it a format
        ("\ud83d lone", "lone"),
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (3, "3"),
    ],
)
def test_a_value_becomes_words_on_one_line(given_text: object, said: str) -> None:
    assert clean(given_text) == said


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("a 🤘 b", f"a {NOT_IN_FONT} b"),
        ("安全", NOT_IN_FONT * 2),
        ("❤\ufe0f", "❤"),
        ("two\nlines, 5\u00a0%", "two\nlines, 5\u00a0%"),
    ],
)
def test_only_what_is_drawn_gives_up_characters_that_the_font_lacks(
    text: str, drawn: str
) -> None:
    assert drawable(text) == drawn


@given(st.text(max_size=60), st.floats(min_value=8, max_value=80))
def test_no_line_is_wider_than_asked_and_no_character_is_lost(text: str, width: float) -> None:
    text = clean(text)
    lines = wrap(text, width)
    assert all(width_mm(line) <= width for line in lines)
    seen = "".join(lines).replace(TO_THE_RIGHT, "")
    assert seen.replace(" ", "") == drawable(text).replace(" ", "")


def test_words_stay_whole_where_they_fit() -> None:
    assert wrap("safer buses at night", 20) == ["safer buses", "at night"]


@pytest.mark.parametrize(
    ("word", "width", "lines"),
    [
        ("c2.csv-row-10", 16, ["c2.csv-", "row-10"]),
        ("#marchforclimate", 20, ["#marchf", "orclimate"]),  # not "#marchforclimat", "e"
        ("#MarchForClimate", 20, ["#MarchFor", "Climate"]),
        ("20191015", 8, ["2019", "1015"]),  # nothing but digits breaks within them
        ("row1234567890", 16, ["row", "1234567890"]),
    ],
)
def test_a_long_word_breaks_at_signs_and_not_in_numbers(
    word: str, width: float, lines: list[str]
) -> None:
    assert wrap(word, width, size=7) == lines


def test_text_beyond_the_last_line_ends_in_an_ellipsis() -> None:
    lines = wrap("one two three four five six seven", 15, max_lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert width_mm(lines[-1]) <= 15


NEWS, TODAY = "أخبار", "اليوم"  # written from right to left


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Herald; no source", "Herald; no source"),
        (f"07 {NEWS} {TODAY}; no source", f"|07 |{NEWS} {TODAY}|; no source"),
        (f"({NEWS}, {TODAY}), 2 articles", f"|(|{NEWS}|, |{TODAY}|), 2 articles"),
        (f"{NEWS} 24, published", f"|{NEWS} 24|, published"),
        (f"{NEWS} 24 articles", f"|{NEWS}| 24 articles"),
        (f"{NEWS} 24.", f"{NEWS} 24."),  # a text of its own: from right to left
    ],
)
def test_names_from_right_to_left_keep_their_place_in_a_line(text: str, marked: str) -> None:
    assert directed([text]) == [marked.replace("|", TO_THE_RIGHT)]


def test_each_line_of_a_wrapped_text_is_read_from_left_to_right() -> None:
    lines = wrap(f"(Herald, {NEWS}, $%_& Post), published 2 to 16 March", 25)
    assert [line.replace(TO_THE_RIGHT, "|") for line in lines] == [
        f"|(Herald, |{NEWS}|,",
        "|$%_& Post),",
        "|published 2 to 16",
        "|March",
    ]
    assert wrap(" ".join(lines), 25) == lines  # not marked twice


def test_a_mark_of_direction_is_not_seen() -> None:
    assert width_mm(f"07 {NEWS}; no") == width_mm(f"{TO_THE_RIGHT}07 {NEWS}{TO_THE_RIGHT}; no")


def test_measured_widths_are_never_less_than_drawn_ones() -> None:
    for text in ("harassment", "illicit till", "WWW.iii", "1,234,567", "Ünïcödé – “quoted”"):
        for dpi in (72, 100, 110, 150, 300):
            with style.context(STYLE):
                shown = Figure(dpi=dpi).text(0, 0, text, fontsize=8, family="DejaVu Sans")
                drawn = shown.get_window_extent().width / dpi * 25.4
            assert drawn <= width_mm(text, size=8) + 25.4 / dpi  # whole pixels


def test_words_joined_stay_on_one_line_where_it_holds_them() -> None:
    text = glued("reported by 12 articles")
    assert wrap(text, 24) == ["reported by", "12 articles"]
    assert wrap(text, 14) == ["reported", "by 12", "articles"]


@pytest.mark.parametrize(
    ("given_text", "spaces"),
    [("n = 5 articles", 0), ("in 2017 The Post", 3), ("50 % of all", 2), ("a = b", 2)],
)
def test_numbers_are_joined_to_the_word_after_them(given_text: str, spaces: int) -> None:
    assert glued(given_text).count(" ") == spaces


@pytest.mark.parametrize(
    ("number", "words"),
    [(1234.0, "1,234"), (0, "0"), (float("nan"), "not counted"), (12.6, "13")],
)
def test_counts_have_thousands_separators(number: float, words: str) -> None:
    assert count(number) == words


@pytest.mark.parametrize(
    ("score", "words"),
    [(-0.254, "−0.25"), (0.5, "+0.50"), (-0.001, "0.00"), (float("nan"), "not scored")],
)
def test_scores_have_a_sign(score: float, words: str) -> None:
    assert signed(score) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1"),
        (100_000, "100,000"),
        (1e6, "1 million"),
        (1e8, "100 million"),
        (1e9, "1 billion"),
        (1e13, "10 trillion"),
    ],
)
def test_decades_are_written_in_words(number: float, words: str) -> None:
    assert tick_number(number) == words
