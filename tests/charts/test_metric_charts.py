import chart_tables as tables
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation
from read_back import figure_of, strings

from metoo_research import charts
from metoo_research.charts.palettes import PALETTES

BLUE, GREY = PALETTES["colour"].main, PALETTES["colour"].other


def draw(*rows: dict[str, object], width_mm: float = 180) -> Axes:
    return charts.reported_metrics(
        pd.DataFrame(rows), articles=tables.articles(), width_mm=width_mm
    )


def points(ax: Axes) -> list[Line2D]:
    return [line for line in ax.lines if line.get_marker() in {"o", "D"}]


def values(ax: Axes) -> list[float]:
    return [float(np.asarray(line.get_xdata())[0]) for line in points(ax)]


def bands(ax: Axes) -> list[tuple[float, float]]:
    return [
        (patch.get_x(), patch.get_x() + patch.get_width())
        for patch in ax.patches
        if isinstance(patch, Rectangle) and patch.get_hatch()
    ]


def arrows(ax: Axes) -> list[float]:
    """How far each arrow points, in points; to the left is negative."""
    return [
        text.get_position()[0]
        for text in ax.texts
        if isinstance(text, Annotation) and text.arrow_patch is not None
    ]


def test_every_social_figure_is_drawn_at_its_value() -> None:
    ax = charts.reported_metrics(tables.metrics(), articles=tables.articles())
    assert ax.get_xscale() == "log"
    assert sorted(values(ax)) == [300, 20_000, 90_000, 1e6, 4.2e6]
    assert bands(ax) == [(1000, 9999)]
    drawn = charts.drawn(ax)
    of_points = drawn.loc[drawn["bound"] != "vague", "drawn_low"]
    assert values(ax) == of_points.tolist()  # row for row


def test_a_number_without_a_hedge_is_a_filled_point() -> None:
    ax = draw(tables.figure_row())
    (point,) = points(ax)
    assert point.get_markerfacecolor() == BLUE
    assert arrows(ax) == []
    assert "number without a hedge" in strings(figure_of(ax))


def test_more_than_is_an_arrow_to_the_right() -> None:
    assert arrows(draw(tables.figure_row(bound="at_least", modifier="over")))[0] > 0


def test_up_to_is_an_arrow_to_the_left() -> None:
    assert arrows(draw(tables.figure_row(bound="at_most", modifier="up to")))[0] < 0


def test_nearly_is_an_open_point_with_a_sign() -> None:
    ax = draw(tables.figure_row(bound="about", modifier="nearly"))
    (point,) = points(ax)
    assert point.get_markerfacecolor() == "white"
    assert "≈" in strings(figure_of(ax))


@pytest.mark.parametrize(
    ("word", "value", "high"),
    [
        ("dozens", 12, 99),
        ("hundreds", 100, 999),
        ("thousands", 1000, 9999),
        ("tens of thousands", 10_000, 99_999),
        ("hundreds of thousands", 100_000, 999_999),
        ("millions", 1e6, 9_999_999),
    ],
)
def test_a_vague_word_is_a_band_up_to_the_next_power_of_ten(
    word: str, value: float, high: float
) -> None:
    ax = draw(tables.figure_row(number_text=word, value=float(value), bound="vague"))
    assert bands(ax) == [(value, high)]
    assert points(ax) == []
    assert f"drawn as {value:,.0f} to {high:,.0f}" in strings(figure_of(ax))


def test_a_range_is_a_band_between_its_ends() -> None:
    ax = draw(tables.figure_row(number_text="500 to 700", value_high=700.0))
    assert bands(ax) == [(500, 700)]


def test_the_number_stands_as_the_article_has_it_with_its_hedge() -> None:
    ax = draw(
        tables.figure_row(number_text="1.2 million", modifier="more than", bound="at_least"),
        tables.figure_row(number_text="700", modifier="or so", bound="about"),
        tables.figure_row(number_text="900", modifier="+", bound="at_least"),
    )
    shown = strings(figure_of(ax))
    assert {"more than 1.2 million", "700 or so", "900+"} <= set(shown)


@pytest.mark.parametrize(
    ("window", "attributed", "source", "words"),
    [
        ("in two days", "the company", "Chirp", "“in two days”; source: the company (Chirp)"),
        ("by noon", "Chirp", "Chirp", "“by noon”; source: Chirp"),
        (None, None, None, "time not stated; no source named"),
        (None, None, "Chirp", "time not stated; source: Chirp"),
    ],
)
def test_time_and_source_stand_in_the_row(
    window: str | None, attributed: str | None, source: str | None, words: str
) -> None:
    ax = draw(tables.figure_row(window_text=window, attributed_to=attributed, source=source))
    assert words in " ".join(strings(figure_of(ax)))


def test_the_counted_thing_is_named_as_written_or_with_the_measure_it_stands_for() -> None:
    ax = draw(
        tables.figure_row(unit="posts with a picture"),
        tables.figure_row(unit="times", measure="posts"),
        tables.figure_row(unit=None, measure="people"),
    )
    shown = set(strings(figure_of(ax)))
    assert {"posts with a picture", "posts (“times”)", "people"} <= shown


def test_rows_are_grouped_by_platform_those_without_one_last() -> None:
    ax = charts.reported_metrics(tables.metrics(), articles=tables.articles())
    bold = [t for t in ax.texts if t.get_fontweight() == "bold"]
    headings = sorted(
        (t.get_position()[1], t.get_text())
        for t in bold
        if t.get_text() in {"Chirp", "Pictogram", "Chirp + Pictogram", "Platform not named"}
    )
    assert [text for _, text in headings] == [
        "Chirp",
        "Pictogram",
        "Chirp + Pictogram",
        "Platform not named",
    ]


def test_another_campaign_is_marked_and_named() -> None:
    ax = charts.reported_metrics(tables.metrics(), articles=tables.articles())
    diamonds = [line for line in points(ax) if line.get_marker() == "D"]
    assert [float(np.asarray(line.get_xdata())[0]) for line in diamonds] == [90_000]
    assert to_hex(str(diamonds[0].get_markerfacecolor())) == GREY.lower()
    shown = " ".join(strings(figure_of(ax)))
    assert "another campaign: #OtherRide" in shown
    assert charts.title_of(ax) == "Social-media figures reported about #SafeRide"


def test_the_campaign_can_be_named() -> None:
    ax = charts.reported_metrics(
        tables.metrics(), articles=tables.articles(), subject="#otherride"
    )
    assert len([line for line in points(ax) if line.get_marker() == "D"]) == 4


def test_what_is_not_a_social_figure_is_left_out_and_counted() -> None:
    ax = charts.reported_metrics(tables.metrics(), articles=tables.articles())
    assert 12.0 not in values(ax)
    assert 48.0 not in values(ax)  # of a time window
    assert "Also reported, not drawn here: 1 percentage." in " ".join(strings(figure_of(ax)))


@pytest.mark.parametrize("value", [0.0, -3.0, float("nan")])
@pytest.mark.parametrize("width_mm", [85, 180])
def test_a_value_without_a_place_on_the_axis_keeps_its_row(
    value: float, width_mm: float
) -> None:
    ax = draw(
        tables.figure_row(number_text="no", value=value),
        tables.figure_row(number_text="many", value=value, bound="vague"),
        width_mm=width_mm,
    )
    assert points(ax) == []
    assert strings(figure_of(ax)).count("no place on this axis") == 2


def test_many_rows_grow_the_figure_and_the_rest_is_counted() -> None:
    rows = [tables.figure_row(value=float(10 + at)) for at in range(10_000)]
    ax = charts.reported_metrics(pd.DataFrame(rows), articles=tables.articles(), top=18)
    assert len(points(ax)) == 18
    assert charts.title_of(ax).endswith(", 18 of 10,000 figures")
    assert figure_of(ax).get_figheight() * 25.4 > 18 * 8


def test_alt_text_names_hedges_sources_and_extremes() -> None:
    alt = charts.describe_reported_metrics(tables.metrics(), articles=tables.articles())
    assert alt.startswith("All 6 reported social-media figures on a logarithmic axis")
    assert "Lower bounds: 1; vague words: 1; with a source named: 2." in alt
    assert "Largest about #SafeRide: 4.2 million users (“members”), Pictogram" in alt
    assert "Marked as another campaign: #OtherRide." in alt
