import os
import re
import subprocess
import sys

import chart_tables as tables
import matplotlib as mpl
import pytest
from chart_cases import CASES
from matplotlib.figure import Figure
from read_back import (
    cut_off,
    figure_of,
    overlaps,
    pixels,
    row_labels,
    strings,
    visible_texts,
)

from metoo_research import charts
from metoo_research.charts.page_height import HIGHEST_MM
from metoo_research.charts.style import SMALL_PT
from metoo_research.errors import TableError

SOURCE = "3 articles about $safe_ride$ & <more>, 100 % of them, from a study with a long name."


@pytest.mark.parametrize(
    ("labels", "width_mm"),
    [
        pytest.param(tables.LABELS, 85, id="plain-85"),
        pytest.param(tables.LABELS, 120, id="plain-120"),
        pytest.param(tables.LABELS, 180, id="plain-180"),
        pytest.param(tables.HARD_LABELS, 85, id="hard-85"),
        pytest.param(tables.HARD_LABELS, 180, id="hard-180"),
    ],
)
@pytest.mark.parametrize("name", CASES)
def test_texts_are_readable_whole_and_apart(
    name: str, width_mm: float, labels: tuple[str, ...]
) -> None:
    ax = CASES[name].draw(tables.articles(labels), width_mm=width_mm)
    figure = figure_of(ax)
    charts.set_source(figure, SOURCE)
    assert figure.get_figwidth() * 25.4 == pytest.approx(width_mm)
    assert min(float(text.get_fontsize()) for text in visible_texts(figure)) >= SMALL_PT >= 7
    assert overlaps(figure) == []
    assert cut_off(figure) == []


@pytest.mark.parametrize("width_mm", [85, 180])
@pytest.mark.parametrize("name", CASES)
def test_nothing_reaches_the_edge_at_any_resolution(name: str, width_mm: float) -> None:
    # Hinted letters are up to a third wider at some resolutions, such as 110 and 150 dpi.
    ax = CASES[name].draw(tables.articles(), width_mm=width_mm)
    charts.set_source(figure_of(ax), SOURCE * 3)
    with mpl.rc_context({"text.hinting": "force_autohint"}):
        for dpi in (100, 110, 150, 300) if width_mm < 100 else (110, 150):
            edge = round(dpi / 25.4)
            picture = pixels(ax, dpi=dpi)
            picture[edge:-edge, edge:-edge] = 255
            assert (picture == 255).all()


@pytest.mark.parametrize("name", CASES)
def test_a_chart_says_what_it_shows_and_where_it_comes_from(name: str) -> None:
    ax = CASES[name].draw(tables.articles())
    charts.set_source(figure_of(ax), "3 articles.")
    shown = strings(figure_of(ax))
    assert charts.title_of(ax) in shown
    assert "Source: 3 articles." in " ".join(shown)
    assert charts.alt_text(ax)
    assert len(charts.drawn(ax)) > 0


@pytest.mark.parametrize("name", CASES)
def test_every_axis_with_a_scale_is_named(name: str) -> None:
    ax = CASES[name].draw(tables.articles())
    assert ax.get_xlabel() or len(ax.get_xticks()) == 0


def test_numbers_stay_with_the_word_after_them() -> None:
    ax = charts.corpus_overview(tables.overview(), width_mm=85)
    for words in range(1, 12):
        charts.set_source(figure_of(ax), f"{'word ' * words}; n = 12 articles.")
        (source,) = (t for t in figure_of(ax).texts if "Source" in t.get_text())
        assert "n = 12 articles." in source.get_text()


LONG_NAME = "07 The Independent Weekly Gazette of Upper and Lower Northwold"


@pytest.mark.parametrize("width_mm", [85, 180])
@pytest.mark.parametrize("name", sorted({*CASES} - {"word_scatter"}))
def test_a_long_name_of_a_newspaper_is_not_cut(name: str, width_mm: float) -> None:
    labels = tables.articles((LONG_NAME, *tables.LABELS[1:]))
    ax = CASES[name].draw(labels, width_mm=width_mm)
    assert not [text for text in strings(figure_of(ax)) if "…" in text]
    assert "…" not in charts.alt_text(ax)


def test_a_long_title_is_not_cut() -> None:
    title = f"What sets {LONG_NAME} and {LONG_NAME} and {LONG_NAME} and the others apart"
    ax = charts.corpus_overview(tables.overview(), title=title, width_mm=85)
    assert title in strings(figure_of(ax))


# --- bad input -----------------------------------------------------------------------------

TITLE = "<b>50 %</b> of $x_1$ & \\frac_{y}\n🤘 = مرحبا, " + "a title that goes on " * 12


@pytest.mark.parametrize("width_mm", [85, 180])
@pytest.mark.parametrize("name", CASES)
def test_any_title_is_drawn_as_it_is_written(name: str, width_mm: float) -> None:
    ax = CASES[name].draw(tables.articles(tables.HARD_LABELS), title=TITLE, width_mm=width_mm)
    figure = figure_of(ax)
    charts.set_source(figure, TITLE)
    figure.canvas.draw()  # a letter without a glyph would be a warning, which fails the test
    texts = visible_texts(figure)
    assert not any(text.get_parse_math() for text in texts)
    assert "<b>50 %</b> of $x_1$ & \\frac_{y} □ = مرحبا" in " ".join(strings(figure))
    assert "□ stands for a character that the font lacks." in " ".join(strings(figure))
    assert overlaps(figure) == []
    assert cut_off(figure) == []


@pytest.mark.parametrize("name", CASES)
def test_a_table_without_rows_gives_a_sentence(name: str) -> None:
    ax = CASES[name].empty()
    charts.set_source(figure_of(ax), "No articles.")
    shown = " ".join(strings(figure_of(ax)))
    assert "No " in shown
    assert "in this corpus." in shown
    assert "Source: No articles." in shown
    assert charts.drawn(ax).empty
    assert overlaps(figure_of(ax)) == []
    assert cut_off(figure_of(ax)) == []


@pytest.mark.parametrize("name", CASES)
def test_one_row_is_drawn(name: str) -> None:
    ax = CASES[name].one()
    figure_of(ax).canvas.draw()
    assert len(charts.drawn(ax)) == 1
    assert overlaps(figure_of(ax)) == []
    assert cut_off(figure_of(ax)) == []


@pytest.mark.parametrize("name", CASES)
def test_a_table_of_missing_values_keeps_its_rows(name: str) -> None:
    ax = CASES[name].missing()
    figure_of(ax).canvas.draw()
    # A word without a rate has no row in a scatter, but a note.
    assert len(charts.drawn(ax)) > 0 or name == "word_scatter"
    shown = " ".join(strings(figure_of(ax)))
    assert not {"nan", "NaT", "None"} & set(shown.replace("(", " ").split())
    assert "nan" not in charts.alt_text(ax).lower()
    assert overlaps(figure_of(ax)) == []
    assert cut_off(figure_of(ax)) == []


#: Of how many articles or words the 10,000 rows of a chart are, where not as many.
TOTALS = {
    **dict.fromkeys(("word_positions", "word_trend"), 100),
    **dict.fromkeys(("metrics_by_article", "metrics_sources", "sentiment_arc"), 300),
    **dict.fromkeys(("similarity", "shared_passages"), 300),
}


@pytest.mark.parametrize("name", CASES)
def test_ten_thousand_rows_are_drawn_in_part_and_said_to_be(name: str) -> None:
    ax = CASES[name].many()
    said = charts.alt_text(ax) if name == "word_scatter" else charts.title_of(ax)
    assert re.search(rf" of {TOTALS.get(name, 10_000):,}\b", said)
    assert figure_of(ax).get_figheight() * 25.4 <= HIGHEST_MM


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("word_frequency", "The 200 most frequent of 10,000 words"),
        ("word_positions", "The first 15 of 10,000 words are shown."),
    ],
)
def test_a_chart_in_a_figure_of_the_callers_has_200_rows_at_the_most(
    name: str, said: str
) -> None:
    ax = CASES[name].many(top=10_000, ax=Figure(figsize=(8, 50)).subplots())
    assert 190 < len(row_labels(ax)) <= 200
    assert said in " ".join(strings(figure_of(ax)))


# --- figures -------------------------------------------------------------------------------


def test_a_callers_axes_is_used_and_the_chart_stays_in_its_place() -> None:
    figure = Figure(figsize=(12, 6))
    left, right = figure.subplots(1, 2)
    before = left.get_position().frozen()
    ax = charts.corpus_overview(tables.overview(), articles=tables.articles(), ax=left)
    assert ax is left
    assert right.get_position().width == pytest.approx(before.width)
    figure.canvas.draw()
    drawn = left.get_tightbbox()
    assert drawn is not None
    place = drawn.transformed(figure.transFigure.inverted())
    assert before.x0 - 0.001 <= place.x0
    assert place.x1 <= before.x1 + 0.001
    assert place.y1 <= before.y1 + 0.001


def test_two_charts_in_one_figure_keep_their_own_titles_and_tables() -> None:
    figure = Figure(figsize=(14, 6))
    left, right = figure.subplots(1, 2)
    charts.corpus_overview(tables.overview(), articles=tables.articles(), ax=left)
    charts.sentiment_without_topic(tables.article_scores(), ax=right)
    shown = strings(figure)
    assert charts.title_of(left) in shown
    assert charts.title_of(right) in shown
    assert list(charts.drawn(left).columns) != list(charts.drawn(right).columns)
    assert row_labels(left) == list(tables.LABELS)


def test_the_source_line_is_replaced_not_repeated() -> None:
    ax = charts.corpus_overview(tables.overview())
    figure = figure_of(ax)
    charts.set_source(figure, "First.")
    height = figure.get_figheight()
    charts.set_source(figure, "Second.")
    shown = " ".join(strings(figure))
    assert "Source: Second." in shown
    assert "First" not in shown
    assert figure.get_figheight() == height


def test_a_longer_source_line_makes_the_figure_higher_and_leaves_the_axes_as_high() -> None:
    ax = charts.corpus_overview(tables.overview())
    figure = figure_of(ax)
    charts.set_source(figure, "Short.")
    before, body = figure.get_figheight(), ax.get_position().height * figure.get_figheight()
    charts.set_source(figure, "A long source line. " * 20)
    assert figure.get_figheight() > before
    assert ax.get_position().height * figure.get_figheight() == pytest.approx(body)


def test_the_callers_settings_are_neither_used_nor_changed() -> None:
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "text.usetex": False}):
        before = dict(mpl.rcParams)
        ax = charts.corpus_overview(tables.overview())
        assert dict(mpl.rcParams) == before
    assert max(float(text.get_fontsize()) for text in visible_texts(figure_of(ax))) < 12
    assert ax.get_facecolor()[:3] == (1, 1, 1)


def test_too_narrow_a_width_is_refused() -> None:
    with pytest.raises(TableError, match="at least 60 mm"):
        charts.corpus_overview(tables.overview(), width_mm=20)


def test_an_axes_of_another_hand_has_no_table() -> None:
    with pytest.raises(TableError, match="not drawn by"):
        charts.drawn(Figure().add_subplot())


def test_drawing_a_chart_does_not_load_pyplot() -> None:
    code = (
        "import sys, pandas as pd; from metoo_research import charts; "
        "charts.word_frequency(pd.DataFrame({'word': ['a'], 'count': [1]})); "
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=dict(os.environ), check=False)
    assert done.returncode == 0


def test_the_table_drawn_cannot_be_changed_from_outside() -> None:
    ax = charts.corpus_overview(tables.overview())
    table = charts.drawn(ax)
    table["label"] = "another"
    assert charts.drawn(ax)["label"].tolist() == list(tables.IDS)
