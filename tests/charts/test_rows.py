import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from read_back import figure_of, overlaps

from metoo_research import charts
from metoo_research.charts.rows import row_heights, row_mm

LONG = "a name so long that it takes several lines of the labels"


def bars_mm(ax: Axes) -> list[float]:
    """How thick each bar is, in mm."""
    (bars,) = (found for found in ax.containers if isinstance(found, BarContainer))
    figure_of(ax).draw_without_rendering()
    mm = 25.4 / figure_of(ax).dpi
    return [bar.get_window_extent().height * mm for bar in bars]


def frequency(*words: str) -> pd.DataFrame:
    return pd.DataFrame({"word": words, "count": range(len(words), 0, -1)})


def test_a_wrapped_label_makes_its_own_row_higher_and_no_other() -> None:
    blocks = ["one line", "two\nlines", "one line"]
    one, two = row_mm(blocks[:1], least=4.6), row_mm(blocks[1:2], least=4.6)
    assert row_heights(blocks, least=4.6) == [one, two, one]
    assert two > one


def test_ten_rows_with_one_wrapped_label_are_little_higher_than_ten_without() -> None:
    short = [f"word{at}" for at in range(10)]
    plain, wrapped = frequency(*short), frequency(*short[:4], LONG, *short[5:])
    heights = [
        figure_of(charts.word_frequency(table)).get_figheight() * 25.4
        for table in (plain, wrapped)
    ]
    assert 0 < heights[1] - heights[0] < 10
    assert overlaps(figure_of(charts.word_frequency(wrapped))) == []


def test_bars_are_equally_thick_in_rows_of_different_heights() -> None:
    thick = bars_mm(charts.word_frequency(frequency("bus", LONG, "line"), width_mm=85))
    assert thick == pytest.approx([thick[0]] * 3)
    assert thick[0] == pytest.approx(0.7 * row_mm(["bus"], least=4.6))
