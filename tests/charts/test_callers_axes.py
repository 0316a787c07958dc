import io

import chart_tables as tables
import comparison_tables as comparison
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from chart_cases import CASES
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from read_back import cut_off, figure_of, overlaps, pixels, row_labels, strings

from metoo_research import charts
from metoo_research.errors import TableError


def half_of_a_page(**options: object) -> Axes:
    axes: Axes = Figure(figsize=(12, 7), **options).subplots(1, 2)[0]  # type: ignore[arg-type]
    return axes


def numbered(words: int) -> pd.DataFrame:
    names = [f"word{at}" for at in range(words)]
    return pd.DataFrame({"word": names, "count": range(words, 0, -1)})


@pytest.mark.parametrize("name", CASES)
def test_no_rows_are_drawn_over_one_another(name: str) -> None:
    ax = CASES[name].many(ax=Figure(figsize=(12, 9)).subplots(1, 2)[0])
    assert overlaps(figure_of(ax)) == []
    assert cut_off(figure_of(ax)) == []
    assert " of " in charts.title_of(ax) or name == "word_scatter"


def test_as_many_rows_are_drawn_as_the_place_has_height_for() -> None:
    ax = charts.word_frequency(numbered(90), top=60, ax=half_of_a_page())
    rows = len(row_labels(ax))
    assert charts.title_of(ax) == f"The {rows} most frequent of 90 words"
    assert "More rows would not fit here." in " ".join(strings(figure_of(ax)))
    assert len(charts.drawn(ax)) == rows
    assert f"{rows} of 90 words" in charts.alt_text(ax)
    one_more = charts.word_frequency(numbered(90), top=rows + 2, ax=half_of_a_page())
    assert len(row_labels(one_more)) == rows


def test_where_all_rows_fit_nothing_is_said_of_it() -> None:
    ax = charts.word_frequency(numbered(10), ax=half_of_a_page())
    assert len(row_labels(ax)) == 10
    assert "fit" not in " ".join(strings(figure_of(ax)))


def test_under_a_title_of_ones_own_a_note_says_of_how_many() -> None:
    ax = charts.word_frequency(numbered(90), title="Words", ax=half_of_a_page())
    note = f"The {len(row_labels(ax))} most frequent of 90 words: more rows would not fit here."
    assert note in " ".join(strings(figure_of(ax)))


def test_too_low_a_place_is_refused_with_the_size_it_needs() -> None:
    axes: Axes = Figure(figsize=(5, 1)).subplots()
    before = axes.get_position().bounds
    with pytest.raises(TableError, match=r"needs at least 98 × \d\d mm; .* has 98 × 20 mm"):
        charts.word_frequency(numbered(9), ax=axes)
    assert axes.get_position().bounds == before
    assert not axes.has_data()


def test_the_size_that_is_told_is_enough() -> None:
    with pytest.raises(TableError) as error:
        charts.word_frequency(numbered(9), ax=Figure(figsize=(5, 1)).add_axes((0, 0, 1, 1)))
    needed = int(str(error.value).split(" × ")[1].split(" mm")[0])
    enough = Figure(figsize=(5, needed / 25.4)).add_axes((0, 0, 1, 1))
    assert len(row_labels(charts.word_frequency(numbered(9), ax=enough))) == 1


def test_too_narrow_a_place_is_refused() -> None:
    with pytest.raises(TableError, match="needs at least 50 mm of width; this Axes has 49"):
        charts.word_frequency(numbered(9), ax=Figure(figsize=(2.5, 5)).subplots())


@pytest.mark.parametrize("name", CASES)
def test_a_second_chart_takes_the_place_of_the_first(name: str) -> None:
    twice, once = half_of_a_page(), half_of_a_page()
    charts.sentiment_without_topic(tables.article_scores(), ax=twice)
    for ax in (twice, twice, once):
        CASES[name].draw(tables.articles(), ax=ax)
    assert strings(figure_of(twice)) == strings(figure_of(once))
    assert np.array_equal(pixels(twice), pixels(once))


def test_where_the_caller_has_moved_the_axes_the_second_stands_there() -> None:
    ax = half_of_a_page()
    charts.word_frequency(numbered(9), ax=ax)
    ax.set_position((0.1, 0.1, 0.8, 0.8))
    charts.word_frequency(numbered(9), ax=ax)
    figure_of(ax).draw_without_rendering()
    box = ax.get_tightbbox()
    assert box is not None
    assert box.x1 > 0.7 * figure_of(ax).bbox.width


def test_a_chart_drawn_into_one_of_ours_is_as_drawn_anew() -> None:
    ax = charts.similarity(comparison.similarities(), width_mm=85)
    charts.word_frequency(numbered(9), ax=ax)
    anew = charts.word_frequency(numbered(9), width_mm=85)
    assert np.array_equal(pixels(ax), pixels(anew))
    grey = charts.redrawn(ax, variant="grey")
    assert strings(figure_of(grey)) == strings(figure_of(anew))
    assert grey is not ax


def test_what_the_caller_wrote_into_the_axes_stays() -> None:
    ax = half_of_a_page()
    ax.set_title("Mine")
    charts.word_frequency(numbered(9), ax=ax)
    assert ax.get_title() == "Mine"


def test_our_inks_stand_on_white_paper() -> None:
    with style.context("dark_background"):
        dark = half_of_a_page()
        charts.word_frequency(numbered(9), ax=dark)
    plain = half_of_a_page()
    charts.word_frequency(numbered(9), ax=plain)
    for ax in (dark, plain):
        figure_of(ax).axes[1].remove()
    assert np.array_equal(pixels(dark), pixels(plain))


@pytest.mark.parametrize("engine", ["tight", "constrained"])
def test_no_layout_engine_moves_a_chart(engine: str) -> None:
    ax = charts.word_frequency(numbered(9), ax=half_of_a_page(layout=engine))
    before = ax.get_position().bounds
    figure_of(ax).draw_without_rendering()
    assert ax.get_position().bounds == before


def test_a_figure_of_ours_is_saved_on_white() -> None:
    ax = charts.word_frequency(numbered(9))
    with mpl.rc_context({"savefig.facecolor": "green"}):
        assert (pixels(ax)[0, 0] == 255).all()


def test_a_figure_of_ours_is_not_saved_transparent() -> None:
    ax = charts.word_frequency(numbered(9))
    picture = io.BytesIO()
    with mpl.rc_context({"savefig.transparent": True}):
        figure_of(ax).savefig(picture, format="rgba")
    assert picture.getvalue()[3] == 255
