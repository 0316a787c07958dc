"""Charts in colour and in greys: the same picture, told apart without any hue."""

from collections.abc import Callable
from itertools import combinations

import chart_tables as tables
import numpy as np
import pandas as pd
import pytest
from chart_cases import CASES
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from read_back import figure_of, pixels, strings

from metoo_research import charts
from metoo_research.charts.palettes import PALETTES, Variant
from metoo_research.errors import TableError


@pytest.fixture
def overview() -> Callable[[], Axes]:
    return lambda: charts.corpus_overview(tables.overview(), articles=tables.articles())


def has_hue(ax: Axes) -> bool:
    picture = pixels(ax).astype(int)
    return bool((picture.max(axis=2) - picture.min(axis=2)).max() > 8)


@pytest.mark.parametrize("name", CASES)
def test_in_greys_no_pixel_has_a_hue_and_all_else_is_the_same(name: str) -> None:
    colour = CASES[name].draw(tables.articles())
    with charts.variant("grey"):
        grey = CASES[name].draw(tables.articles())
    assert has_hue(colour)
    assert not has_hue(grey)
    assert charts.variant_of(colour) == "colour"
    assert charts.variant_of(grey) == "grey"
    assert charts.alt_text(grey) == charts.alt_text(colour)
    pd.testing.assert_frame_equal(charts.drawn(grey), charts.drawn(colour))
    names = PALETTES["grey"].other_name, PALETTES["colour"].other_name
    told = [text.replace(f"{names[0]}:", f"{names[1]}:") for text in strings(figure_of(grey))]
    assert told == strings(figure_of(colour))
    assert figure_of(grey).get_size_inches().tolist() == (
        figure_of(colour).get_size_inches().tolist()
    )


# --- what is told apart --------------------------------------------------------------------


def lightness(color: str) -> float:
    """CIE L*, from 0 (black) to 100 (white)."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)
    )
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return float(116 * np.cbrt(y) - 16 if y > 0.008856 else 903.3 * y)


def key(figure: Figure) -> dict[str, tuple[list[str], list[float]]]:
    """Of each meaning in the key the parts of its sign, and how light these are."""
    found = {}
    for text in figure.texts:
        (x, y), own = text.get_position(), []
        inside = [
            letter.get_text()
            for letter in figure.texts
            if abs(letter.get_position()[0] - x + 4) < 0.1
            and abs(letter.get_position()[1] - y + 1.2) < 0.5
        ]
        for sign in [*figure.findobj(Rectangle), *figure.findobj(Line2D)]:
            left, middle, shape, color = look(sign)
            if x - 7 <= left < x and abs(middle - y + 1.2) < 0.5:
                own.append((shape, lightness(color)))
        if own:
            parts = sorted([*inside, *(shape for shape, _ in own)])
            found[text.get_text()] = (parts, sorted(light for _, light in own))
    return found


def look(sign: Artist) -> tuple[float, float, str, str]:
    """Where a sign begins, the height of its middle, its shape, its colour."""
    if not str(sign.get_label()).startswith("metoo"):
        return -np.inf, -np.inf, "", "white"
    if isinstance(sign, Rectangle):
        middle = sign.get_y() + sign.get_height() / 2
        return sign.get_x(), middle, f"bar {sign.get_hatch()}", to_hex(sign.get_facecolor())
    assert isinstance(sign, Line2D)
    x, y = np.asarray(sign.get_xdata()), np.asarray(sign.get_ydata())
    color = sign.get_color() if sign.get_marker() == "None" else sign.get_markerfacecolor()
    shape = f"{sign.get_marker()} {sign.get_linestyle()}"
    return float(x[0]), float(y[0]), shape, "white" if color == "none" else str(color)


@pytest.mark.parametrize("variant", ["colour", "grey"])
@pytest.mark.parametrize("name", CASES)
def test_signs_of_the_key_differ_in_shape_hatching_or_lightness(
    name: str, variant: Variant
) -> None:
    with charts.variant(variant):
        ax = CASES[name].draw(tables.articles())
    for (parts, light), (others, other) in combinations(key(figure_of(ax)).values(), 2):
        apart = max(abs(a - b) for a, b in zip(light, other, strict=False))
        assert parts != others or apart >= 9.5


def test_every_kind_of_passage_has_a_sign_in_the_key() -> None:
    ax = CASES["passage_map"].draw(tables.articles())
    assert len(key(figure_of(ax))) == 6


@pytest.mark.parametrize("name", ["main", "main_middle", "main_pale", "second", "third"])
def test_grounds_of_the_grey_palette_are_ten_steps_of_lightness_apart(name: str) -> None:
    palette = PALETTES["grey"]
    own = lightness(getattr(palette, name))
    others = ("main", "main_middle", "main_pale", "second", "third", "fourth", "fifth")
    apart = [abs(own - lightness(getattr(palette, other))) for other in others if other != name]
    assert min(apart) >= 9.5


# --- choosing a variant --------------------------------------------------------------------


def test_a_variant_holds_in_its_block_alone(overview: Callable[[], Axes]) -> None:
    with charts.variant("grey"):
        with charts.variant("colour"):
            assert charts.variant_of(overview()) == "colour"
        assert charts.variant_of(overview()) == "grey"
    assert charts.variant_of(overview()) == "colour"


def test_a_variant_can_be_set_for_all_charts_from_here_on(overview: Callable[[], Axes]) -> None:
    charts.set_variant("grey")
    try:
        assert charts.variant_of(overview()) == "grey"
        with charts.variant("colour"):
            assert charts.variant_of(overview()) == "colour"
    finally:
        charts.set_variant("colour")


def test_what_is_placed_anew_keeps_the_variant_it_was_drawn_in() -> None:
    with charts.variant("grey"):
        ax = CASES["metrics_timeline"].draw(tables.articles())
    charts.set_source(figure_of(ax), "3 articles.")
    charts.set_title(figure_of(ax), "Another title")
    assert not has_hue(ax)


def test_an_unknown_variant_is_refused(overview: Callable[[], Axes]) -> None:
    with pytest.raises(TableError, match="no variant 'gray'"), charts.variant("gray"):  # type: ignore[arg-type]
        pass
    with pytest.raises(TableError, match="take 'colour' or 'grey'"):
        charts.set_variant("sepia")  # type: ignore[arg-type]


# --- drawing again -------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_a_chart_is_drawn_again_in_greys_with_its_title_and_source(name: str) -> None:
    ax = CASES[name].draw(tables.articles(), width_mm=85)
    charts.set_title(figure_of(ax), "A title of my own")
    charts.set_source(figure_of(ax), "3 articles.")
    again = charts.redrawn(ax, variant="grey")
    assert not has_hue(again)
    assert charts.title_of(again) == "A title of my own"
    assert "Source: 3 articles." in " ".join(strings(figure_of(again)))
    assert figure_of(again) is not figure_of(ax)
    assert figure_of(again).get_figwidth() * 25.4 == pytest.approx(85)
    pd.testing.assert_frame_equal(charts.drawn(again), charts.drawn(ax))


def test_a_chart_of_a_changed_table_is_not_drawn_again() -> None:
    table = tables.overview()
    ax = charts.corpus_overview(table)
    table["words_analysed"] += 1
    with pytest.raises(TableError, match="the table was changed"):
        charts.redrawn(ax, variant="grey")


def test_a_chart_in_a_figure_of_the_callers_is_not_drawn_again() -> None:
    ax = charts.corpus_overview(tables.overview(), ax=Figure(figsize=(8, 5)).add_subplot())
    with pytest.raises(TableError, match="a figure of your own"):
        charts.redrawn(ax, variant="grey")
