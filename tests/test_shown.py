"""Tables in notebooks: whole text, dashes for what is missing, counts of rows."""

import numpy as np
import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.shown import show

LONG = (
    "A sentence that goes on for longer than the fifty characters that pandas would show of it."
)
TABLE = pd.DataFrame(
    {"text": [LONG, "a < b", None], "count": [1, 20_000, 3], "share": [0.125, np.nan, 2.0]}
)


def page(*, rows: int | None = None) -> str:
    return show(TABLE, rows=rows)._repr_html_()


def test_long_text_is_shown_whole() -> None:
    assert LONG in page()
    assert LONG in repr(show(TABLE))


def test_text_cannot_be_taken_for_markup() -> None:
    assert "a &lt; b" in page()


def test_a_missing_value_is_a_dash() -> None:
    assert page().count(">–</td>") == 2


def test_a_column_has_one_number_of_decimals() -> None:
    assert ">0.12<" in page()  # half to even
    assert ">2.00<" in page()
    assert ">20,000<" in page()


def test_large_fractions_are_shown_without_decimals() -> None:
    table = pd.DataFrame({"per_million": [20_029.31, 488.52]})
    assert ">20,029<" in show(table)._repr_html_()
    assert ">489<" in show(table)._repr_html_()


def test_a_long_word_can_break_and_copies_as_it_is() -> None:
    digest = "0123456789abcdef" * 4
    shown = show(pd.DataFrame({"sha256": [digest]}))._repr_html_()
    assert digest in shown.replace("<wbr>", "")
    assert digest not in shown


def test_text_can_be_set_flush_right() -> None:
    shown = show(pd.DataFrame({"left": ["said the"]}), right=["left"])._repr_html_()
    assert '<td style="text-align: right' in shown


def test_the_number_of_rows_is_told() -> None:
    assert "3 rows" in page()


def test_a_cut_is_told() -> None:
    assert "the first 2 of 3 rows" in page(rows=2)


def test_of_a_long_table_a_hundred_rows_are_shown() -> None:
    table = pd.DataFrame({"word": ["rain"] * 101})
    assert show(table).note == "the first 100 of 101 rows"
    assert show(table, rows=None).note == "101 rows"


def test_columns_are_shown_in_the_order_asked_for() -> None:
    assert list(show(TABLE, ["count", "text"]).frame.columns) == ["count", "text"]


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(
        TableError, match="no column 'cuont' in this table; columns: text, count"
    ):
        show(TABLE, ["cuont"])


def test_an_empty_table_says_so() -> None:
    assert "0 rows" in show(TABLE.head(0))._repr_html_()
