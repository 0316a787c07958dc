import io

import chart_tables as tables
import pypdfium2
import pytest
from matplotlib.axes import Axes
from read_back import figure_of

from metoo_research import charts
from metoo_research.charts.furniture import MARGIN_MM
from metoo_research.charts.style import SMALL_PT
from metoo_research.charts.text import width_mm


def last_letter_mm(ax: Axes) -> float:
    """How far from the left edge the last letter of a PDF file's text ends."""
    file = io.BytesIO()
    figure_of(ax).savefig(file, format="pdf")
    page = pypdfium2.PdfDocument(file.getvalue())[0].get_textpage()
    text = page.get_text_range()
    _, _, right, _ = page.get_charbox(text.rindex("x"))
    return float(right) / 72 * 25.4


@pytest.mark.parametrize("name", ["Herald", "أخبار", "אבג 24"])
def test_a_name_from_right_to_left_moves_no_other_letter_in_a_pdf(name: str) -> None:
    ax = charts.corpus_overview(tables.overview())
    line = f"Source: Post, {name}, {name}; x"
    charts.set_source(figure_of(ax), line)
    expected = MARGIN_MM + width_mm(line, size=SMALL_PT) / 1.01  # without its allowance
    assert last_letter_mm(ax) == pytest.approx(expected, abs=0.4)
