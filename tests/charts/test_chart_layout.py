import os
import subprocess
import sys

import chart_tables as tables
import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from read_back import CHARTS, cut_off, figure_of, overlaps, row_labels, strings, visible_texts

from metoo_research import charts
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
@pytest.mark.parametrize("name", CHARTS)
def test_texts_are_readable_whole_and_apart(
    name: str, width_mm: float, labels: tuple[str, ...]
) -> None:
    ax = CHARTS[name](width_mm, tables.articles(labels))
    figure = figure_of(ax)
    charts.set_source(figure, SOURCE)
    assert figure.get_figwidth() * 25.4 == pytest.approx(width_mm)
    assert min(float(text.get_fontsize()) for text in visible_texts(figure)) >= SMALL_PT >= 7
    assert overlaps(figure) == []
    assert cut_off(figure) == []


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_what_it_shows_and_where_it_comes_from(name: str) -> None:
    ax = CHARTS[name](180, tables.articles())
    charts.set_source(figure_of(ax), "3 articles.")
    shown = strings(figure_of(ax))
    assert charts.title_of(ax) in shown
    assert "Source: 3 articles." in " ".join(shown)
    assert charts.alt_text(ax)
    assert len(charts.drawn(ax)) > 0


@pytest.mark.parametrize("name", CHARTS)
def test_dollar_signs_are_text_not_mathematics(name: str) -> None:
    ax = CHARTS[name](180, tables.articles(tables.HARD_LABELS))
    assert not any(text.get_parse_math() for text in visible_texts(figure_of(ax)))


EMPTY = {
    "corpus_overview": lambda: charts.corpus_overview(tables.overview().head(0)),
    "passage_map": lambda: charts.passage_map(tables.passages().head(0)),
    "word_frequency": lambda: charts.word_frequency(tables.frequency().head(0)),
    "hashtags_mentions": lambda: charts.hashtags_mentions(tables.tags().head(0)),
    "word_positions": lambda: charts.word_positions(tables.positions().head(0)),
    "sentiment_by_article": lambda: charts.sentiment_by_article(
        tables.scores().head(0), tables.article_scores().head(0)
    ),
    "sentiment_without_topic": lambda: charts.sentiment_without_topic(
        tables.article_scores().head(0)
    ),
    "reported_metrics": lambda: charts.reported_metrics(tables.metrics().head(0)),
    "metrics_by_article": lambda: charts.metrics_by_article(tables.metrics().head(0)),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_table_without_rows_gives_a_sentence(name: str) -> None:
    ax = EMPTY[name]()
    charts.set_source(figure_of(ax), "No articles.")
    shown = " ".join(strings(figure_of(ax)))
    assert "No " in shown
    assert "in this corpus." in shown
    assert "Source: No articles." in shown
    assert overlaps(figure_of(ax)) == []
    assert cut_off(figure_of(ax)) == []


MISSING = {
    "corpus_overview": lambda: charts.corpus_overview(
        tables.overview().assign(words_analysed=float("nan"), words_set_aside=float("nan"))
    ),
    "passage_map": lambda: charts.passage_map(
        tables.passages().assign(start=float("nan"), end=float("nan"), kind=None)
    ),
    "word_frequency": lambda: charts.word_frequency(
        tables.frequency().assign(count=float("nan"), per_million=float("nan"))
    ),
    "hashtags_mentions": lambda: charts.hashtags_mentions(
        tables.tags().assign(count=float("nan"))
    ),
    "word_positions": lambda: charts.word_positions(
        tables.positions().assign(position=float("nan"))
    ),
    "sentiment_by_article": lambda: charts.sentiment_by_article(
        tables.scores().assign(compound=float("nan")),
        tables.article_scores().assign(mean_compound=float("nan")),
    ),
    "sentiment_without_topic": lambda: charts.sentiment_without_topic(
        tables.article_scores().assign(
            mean_compound=float("nan"), mean_without_topic=float("nan")
        )
    ),
    "reported_metrics": lambda: charts.reported_metrics(
        tables.metrics().assign(value=float("nan"), subject=None, platform=None)
    ),
    "metrics_by_article": lambda: charts.metrics_by_article(
        tables.metrics().assign(value=float("nan"), subject=None, platform=None, measure=None)
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_table_of_missing_values_keeps_its_rows(name: str) -> None:
    ax = MISSING[name]()
    assert len(ax.get_yticks()) > 0 or name == "reported_metrics"
    assert len(charts.drawn(ax)) > 0
    assert "nan" not in " ".join(strings(figure_of(ax))).lower()
    assert "nan" not in charts.alt_text(ax).lower()
    assert overlaps(figure_of(ax)) == []


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
