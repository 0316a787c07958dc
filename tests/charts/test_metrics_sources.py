import chart_tables as tables
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from read_back import cut_off, figure_of, overlaps, row_labels, strings, visible_texts

from metoo_research import charts
from metoo_research.charts.style import SMALL_PT
from metoo_research.errors import TableError


def draw(*rows: dict[str, object], width_mm: float = 180) -> Axes:
    metrics = pd.DataFrame(rows) if rows else tables.metrics()
    return charts.metrics_sources(metrics, articles=tables.articles(), width_mm=width_mm)


def parts(ax: Axes) -> list[tuple[str, bool, float, float]]:
    """Of each part of a bar its article, whether it is hatched, its beginning and length."""
    rows = list(zip(ax.get_yticks(), row_labels(ax), strict=True))
    return [
        (label, bool(bar.get_hatch()), bar.get_x(), bar.get_width())
        for bar in ax.patches
        if isinstance(bar, Rectangle)
        for y, label in rows
        if abs(bar.get_y() + bar.get_height() / 2 - y) < 0.01
    ]


def text(ax: Axes) -> str:
    return " ".join(strings(figure_of(ax)))


def test_a_bar_is_divided_into_figures_with_and_without_a_source() -> None:
    ax = draw()
    herald, examiner, seven = tables.LABELS
    assert parts(ax) == [
        (herald, False, 0, 1),
        (herald, True, 1, 1),
        (examiner, False, 0, 1),
        (examiner, True, 1, 2),
        (seven, True, 0, 1),
    ]


def test_the_table_is_what_is_drawn() -> None:
    ax = draw()
    table = charts.drawn(ax)
    assert table["label"].tolist() == row_labels(ax)
    drawn = parts(ax)
    for column, hatched in (("with_source", False), ("without_source", True)):
        lengths = {
            label: length for label, is_hatched, _, length in drawn if is_hatched == hatched
        }
        assert [lengths.get(label, 0) for label in table["label"]] == table[column].tolist()
    assert (table["with_source"] + table["without_source"]).tolist() == table[
        "figures"
    ].tolist()


def test_sources_stand_beside_the_bar_the_most_named_first() -> None:
    ax = draw(
        tables.figure_row(source="Pictogram"),
        tables.figure_row(attributed_to="the company", source="Chirp"),
        tables.figure_row(attributed_to="chirp", source=None),
        tables.figure_row(attributed_to="a researcher", source=None),
        tables.figure_row(),
    )
    assert "4 of 5 with a source Chirp 2, a researcher 1, Pictogram 1" in text(ax)
    assert charts.drawn(ax)["sources"].iloc[0] == "Chirp 2, a researcher 1, Pictogram 1"


def test_numbers_stand_in_the_parts_of_the_bar() -> None:
    ax = draw()
    inside = [
        (round(t.get_position()[0], 1), t.get_text())
        for t in ax.texts
        if t.get_text().isdigit()
    ]
    assert inside == [(0.5, "1"), (1.5, "1"), (0.5, "1"), (2.0, "2"), (0.5, "1")]


def test_a_part_too_small_for_its_number_has_it_beside_the_bar_alone() -> None:
    many = [tables.figure_row("seven") for _ in range(900)]
    ax = draw(tables.figure_row(source="Chirp"), *many, width_mm=85)
    assert [t.get_text() for t in ax.texts if t.get_text().isdigit()] == ["900"]
    assert "1 of 1 with a source" in text(ax)
    assert "none of 900 with a source" in text(ax)


def test_articles_without_a_figure_keep_their_row() -> None:
    ax = draw(tables.figure_row())
    assert row_labels(ax) == list(tables.LABELS)
    assert strings(figure_of(ax)).count("no figure") == 2
    assert charts.drawn(ax)["figures"].tolist() == [1, 0, 0]


def test_articles_without_a_figure_are_drawn_where_none_has_one() -> None:
    ax = charts.metrics_sources(tables.metrics().head(0), articles=tables.articles())
    assert strings(figure_of(ax)).count("no figure") == 3
    assert charts.drawn(ax)["figures"].tolist() == [0, 0, 0]
    assert overlaps(figure_of(ax)) == []


def test_other_campaigns_and_other_kinds_of_figures_are_noted() -> None:
    shown = text(draw())
    assert "Among them 1 figure about another campaign: #OtherRide." in shown
    assert "Also reported, not drawn here: 1 percentage." in shown


def test_several_other_campaigns_are_counted_each() -> None:
    own = [tables.figure_row()] * 4
    others = [tables.figure_row(subject=tag) for tag in ("#B", "#A", "#A")]
    assert "Among them 3 figures about other campaigns: #A 2, #B 1." in text(
        draw(*own, *others)
    )


@pytest.mark.parametrize("width_mm", [85, 120, 180])
@pytest.mark.parametrize("labels", [tables.LABELS, tables.HARD_LABELS], ids=["plain", "hard"])
def test_texts_are_readable_whole_and_apart(width_mm: float, labels: tuple[str, ...]) -> None:
    long = "a spokeswoman for the $company$ & <more>, " * 8
    metrics = pd.concat(
        [tables.metrics(), pd.DataFrame([tables.figure_row("seven", attributed_to=long)])]
    )
    ax = charts.metrics_sources(metrics, articles=tables.articles(labels), width_mm=width_mm)
    figure = figure_of(ax)
    charts.set_source(figure, "3 articles.")
    assert figure.get_figwidth() * 25.4 == pytest.approx(width_mm)
    assert min(float(shown.get_fontsize()) for shown in visible_texts(figure)) >= SMALL_PT
    assert overlaps(figure) == []
    assert cut_off(figure) == []
    assert not any(shown.get_parse_math() for shown in visible_texts(figure))


def test_a_table_without_rows_gives_a_sentence() -> None:
    ax = charts.metrics_sources(tables.metrics().head(0))
    assert "No article and no figure in this corpus." in text(ax)
    assert charts.drawn(ax).empty


def test_missing_values_keep_their_rows() -> None:
    missing = tables.metrics().assign(
        value=float("nan"), subject=None, platform=None, source=None, attributed_to=None
    )
    ax = charts.metrics_sources(missing, articles=tables.articles())
    assert charts.drawn(ax)["with_source"].tolist() == [0, 0, 0]
    assert "nan" not in (text(ax) + charts.alt_text(ax)).lower()


def test_many_articles_are_cut_and_the_title_says_so() -> None:
    metrics = pd.DataFrame([tables.figure_row(f"a{at}") for at in range(300)])
    ax = charts.metrics_sources(metrics, top=15)
    assert len(row_labels(ax)) == 15
    assert charts.title_of(ax).endswith(", 15 of 300 articles")
    assert (
        "the first 15 of 300 articles. Of the 15 figures drawn (300 in all)"
        in charts.alt_text(ax)
    )


def test_fewer_than_one_row_is_refused() -> None:
    with pytest.raises(TableError, match="top is 0"):
        charts.metrics_sources(tables.metrics(), top=0)


def test_alt_text_sums_up_and_names_sources_and_extremes() -> None:
    everyone = pd.concat(
        [tables.articles(), pd.DataFrame({"article_id": ["none"], "label": ["Weekly"]})]
    )
    alt = charts.describe_metrics_sources(tables.metrics(), articles=everyone)
    assert alt == (
        "Stacked bar chart of the number of social-media figures, one bar for each of 4 "
        "articles. Of 6 figures, 2 with a source named and 4 without. Sources: Chirp 1, "
        "Pictogram 1. Most figures: The Inland and Coastal Evening Examiner (3); most with a "
        "source: Harbour Herald and The Inland and Coastal Evening Examiner (1 each). 1 "
        "article without a figure."
    )


def test_where_not_all_fit_articles_with_a_figure_are_drawn_and_the_rest_is_told() -> None:
    articles = pd.DataFrame({"article_id": list("abcdefgh"), "label": list("ABCDEFGH")})
    table = pd.DataFrame([tables.figure_row(key) for key in ("b", "e", "e", "h")])
    ax = charts.metrics_sources(table, articles=articles, top=2)
    assert row_labels(ax) == ["B", "E"]
    assert charts.title_of(ax).endswith(", 2 of 8 articles")
    assert "Not drawn: 1 figure in 6 articles." in text(ax)
    alt = charts.alt_text(ax)
    assert "one bar for each of 2 of 8 articles. Of the 3 figures drawn (4 in all), " in alt
    assert alt.endswith("Not drawn: 1 figure in 6 articles.")


def test_articles_left_out_without_a_figure_are_told_as_such() -> None:
    articles = pd.DataFrame({"article_id": list("abcd"), "label": list("ABCD")})
    table = pd.DataFrame([tables.figure_row("c")])
    ax = charts.metrics_sources(table, articles=articles, top=2)
    assert row_labels(ax) == ["A", "C"]
    assert "Not drawn: 2 articles without a figure." in text(ax)
