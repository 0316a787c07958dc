import chart_tables as tables
import pandas as pd
from matplotlib.axes import Axes
from read_back import figure_of, row_labels, strings, told

from metoo_research import charts


def cells(ax: Axes) -> dict[tuple[int, int], str]:
    """Of each filled cell its row and column, by where its text stands, and the text."""
    rows = list(ax.get_yticks())
    columns = range(3)
    return {
        (rows.index(y), int(x)): " ".join(text.get_text().split())
        for text in ax.texts
        for x, y in [text.get_position()]
        if y in rows and int(x) in columns
    }


def draw(width_mm: float = 180) -> Axes:
    return charts.metrics_by_article(
        tables.metrics(), articles=tables.articles(), width_mm=width_mm
    )


def test_each_number_stands_in_the_row_and_the_column_it_belongs_to() -> None:
    ax = draw()
    assert row_labels(ax) == [
        "posts on Chirp",
        "posts on Chirp (another campaign: #OtherRide)",
        "users on Pictogram",
        "posts on Chirp + Pictogram",
        "people, platform not named",
    ]
    assert cells(ax) == {
        (0, 0): "more than 20,000 •",
        (0, 1): "nearly a million",
        (1, 1): "90,000",
        (2, 1): "4.2 million •",
        (3, 0): "up to 300",
        (4, 2): "thousands",
    }


def test_in_one_column_width_the_same_cells_are_filled() -> None:
    assert cells(draw(85)) == cells(draw(180))


def test_columns_are_the_articles_in_order_with_those_that_report_nothing() -> None:
    metrics = tables.metrics().query("article_id != 'examiner'").assign(start=7)
    ax = charts.metrics_by_article(metrics, articles=tables.articles())
    headings = [" ".join(text.get_text().split()) for text in ax.texts][-3:]
    assert headings == list(tables.LABELS)
    assert ax.get_xlim() == (0, 3)
    silent = charts.drawn(ax).query("article_id == 'examiner'")
    assert list(silent["label"]) == [tables.LABELS[tables.IDS.index("examiner")]]
    assert silent["number_text"].isna().all()
    assert charts.drawn(ax)["start"].dtype == "Int64"


def test_two_figures_of_one_kind_share_a_cell() -> None:
    rows = [tables.figure_row(number_text="500"), tables.figure_row(number_text="700")]
    ax = charts.metrics_by_article(pd.DataFrame(rows), articles=tables.articles())
    assert cells(ax) == {(0, 0): "500 700"}


def test_articles_that_do_not_fit_are_counted_those_that_report_stay() -> None:
    ids = [f"a{at:02}" for at in range(40)]
    everyone = pd.DataFrame({"article_id": ids, "label": [f"Paper {at}" for at in range(40)]})
    metrics = pd.DataFrame([tables.figure_row("a39")])
    ax = charts.metrics_by_article(metrics, articles=everyone)
    shown = " ".join(strings(figure_of(ax)))
    assert " of 40 articles" in charts.title_of(ax)
    assert "Paper 39" in shown
    named = charts.metrics_by_article(metrics, articles=everyone, title="Figures")
    assert "of 40 shown." in " ".join(strings(figure_of(named)))


def test_a_source_without_a_letter_is_none_in_every_chart() -> None:
    figure = pd.DataFrame([tables.figure_row(attributed_to="", source=" ")])
    assert "no source named" in told(charts.reported_metrics(figure))
    assert "with a source named: 0." in charts.describe_reported_metrics(figure)
    assert "•" not in told(charts.metrics_by_article(figure))
    assert "1 figure, 0 with a source named." in charts.describe_metrics_by_article(figure)
    assert "0 with a source named and 1 without." in charts.describe_metrics_sources(figure)


def test_the_sign_for_a_named_source_is_explained() -> None:
    assert "• The article names a source for the figure." in " ".join(
        strings(figure_of(draw()))
    )


def test_alt_text_says_who_reports_most_and_what_is_shared() -> None:
    alt = charts.describe_metrics_by_article(tables.metrics(), articles=tables.articles())
    assert "6 figures, 2 with a source named." in alt
    assert "Most figures: The Inland and Coastal Evening Examiner (3)." in alt
    assert "Reported by more than one: posts on Chirp (2 articles)." in alt
