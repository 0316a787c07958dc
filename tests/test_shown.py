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


def test_fractions_are_rounded_and_whole_numbers_have_no_decimals() -> None:
    assert ">0.12<" in page()  # half to even
    assert ">2<" in page()
    assert ">20,000<" in page()


def test_the_number_of_rows_is_told() -> None:
    assert "3 rows" in page()


def test_a_cut_is_told() -> None:
    assert "the first 2 of 3 rows" in page(rows=2)


def test_columns_are_shown_in_the_order_asked_for() -> None:
    assert list(show(TABLE, ["count", "text"]).frame.columns) == ["count", "text"]


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(
        TableError, match="no column 'cuont' in this table; columns: text, count"
    ):
        show(TABLE, ["cuont"])


def test_an_empty_table_says_so() -> None:
    assert "0 rows" in show(TABLE.head(0))._repr_html_()
