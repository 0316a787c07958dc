import pandas as pd
import pytest
from chart_cases import CASES
from matplotlib.axes import Axes
from read_back import figure_of, row_labels, strings

from metoo_research import charts
from metoo_research.charts.page_height import HIGHEST_MM, most_that_fit

REST_MM = 50.0  # of title, axis and notes


def high_mm(ax: Axes) -> float:
    return float(figure_of(ax).get_figheight()) * 25.4


def numbered(words: int) -> pd.DataFrame:
    names = [f"word{at}" for at in range(words)]
    return pd.DataFrame({"word": names, "count": range(words, 0, -1)})


@pytest.mark.parametrize(
    ("asked", "there", "row_mm", "room_mm", "fit"),
    [
        (30, 30, 10.0, 150, 15),
        (200, 30, 10.0, 150, 15),  # more were asked for than there are
        (200, 17, 10.0, 160, 16),
        (2, 2, 90.0, 150, 1),
        (30, 30, 500.0, 150, 1),  # one is drawn even where it is too high
    ],
)
def test_as_many_rows_as_a_page_is_high(
    asked: int, there: int, row_mm: float, room_mm: float, fit: int
) -> None:
    def draw(rows: int) -> tuple[float, float]:
        body = min(rows, there) * row_mm
        return body, body + REST_MM

    assert most_that_fit(draw, asked, draw(asked), room_mm + REST_MM) == fit


def test_a_chart_that_fits_a_page_is_drawn_whole() -> None:
    ax = charts.word_frequency(numbered(30), top=30)
    assert len(charts.drawn(ax)) == 30
    assert "page" not in " ".join(strings(figure_of(ax)))


def test_a_chart_higher_than_a_page_shows_fewer_rows_and_says_of_how_many() -> None:
    ax = charts.word_frequency(numbered(90), top=60)
    rows = len(row_labels(ax))
    assert HIGHEST_MM - 15 < high_mm(ax) <= HIGHEST_MM
    assert charts.title_of(ax) == f"The {rows} most frequent of 90 words"
    assert f"{rows} of 90 words" in charts.alt_text(ax)
    assert len(charts.drawn(ax)) == rows < 60
    assert "More rows would not fit on a page." in strings(figure_of(ax))[-1]


def test_under_a_title_of_ones_own_the_note_says_of_how_many() -> None:
    ax = charts.word_frequency(numbered(90), top=60, title="Words")
    rows = len(row_labels(ax))
    note = f"The {rows} most frequent of 90 words: more rows would not fit on a page."
    assert charts.title_of(ax) == "Words"
    assert note in " ".join(strings(figure_of(ax)))


def test_articles_by_words_are_cut_by_articles() -> None:
    places = [
        {"article_id": f"a{article}", "word": f"word{word}", "position": 0.5}
        for article in range(12)
        for word in range(6)
    ]
    for width_mm in (85, 180):
        ax = charts.word_positions(pd.DataFrame(places), width_mm=width_mm)
        articles = len(row_labels(ax)) // 6
        assert charts.title_of(ax).endswith(f", {articles} of 12 articles")
        assert f"the first {articles} of 12 articles" in charts.alt_text(ax)
        assert high_mm(ax) <= HIGHEST_MM


@pytest.mark.parametrize("name", CASES)
def test_no_chart_is_higher_than_a_page_in_one_column(name: str) -> None:
    ax = CASES[name].many(width_mm=85)
    assert high_mm(ax) <= HIGHEST_MM


def test_in_grey_a_chart_is_cut_as_in_colour() -> None:
    ax = charts.word_frequency(numbered(90), top=60)
    grey = charts.redrawn(ax, variant="grey")
    assert strings(figure_of(grey)) == strings(figure_of(ax))
    assert high_mm(grey) == pytest.approx(high_mm(ax))
