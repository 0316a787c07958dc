"""Tables that print their settings."""

from __future__ import annotations

import pandas as pd

from metoo_research.results import Result, result, settings_lines
from metoo_research.shown import show


def example() -> Result:
    return result(
        pd.DataFrame({"word": ["reef", "tide"], "count": [3, 1]}),
        {
            "table": "word_frequency",
            "formulas": {"per_million": "1,000,000 * count / tokens"},
            "stop_words": {"name": "own list", "version": None, "sha256": "0123456789abcdef"},
            "min_count": 2,
            "n_articles": 1200,
        },
    )


def test_a_result_prints_its_settings_below_the_table() -> None:
    lines = repr(example()).splitlines()
    assert lines[-2:] == [
        "Settings: stop words: (name own list, version none, sha256 0123456789ab…); "
        "min count: 2; articles: 1,200.",
        "Formulas: per_million: 1,000,000 * count / tokens.",
    ]
    assert "reef" in lines[1]


def test_settings_stand_in_the_page_as_text_not_as_markup() -> None:
    table = result(pd.DataFrame({"word": ["<b>"]}), {"pattern": "<script>"})
    page = table._repr_html_()
    assert page is not None
    assert "<script>" not in page
    assert "Settings: pattern: &lt;script&gt;." in page


def test_rows_of_a_result_are_a_result_with_its_settings() -> None:
    some = example().head(1)
    assert isinstance(some, Result)
    assert some.settings["min_count"] == 2


def test_a_result_is_a_table_like_any_other() -> None:
    plain = pd.DataFrame({"word": ["reef", "tide"], "count": [3, 1]})
    pd.testing.assert_frame_equal(pd.DataFrame(example()), plain)
    assert example()["count"].sum() == 4


def test_a_result_leaves_the_attrs_of_its_table_behind() -> None:
    table = pd.DataFrame({"word": ["reef"]})
    table.attrs = {"table": "tokens"}
    assert result(table, {"table": "words"}).attrs == {"table": "words"}
    assert table.attrs == {"table": "tokens"}


def test_a_table_without_settings_prints_none() -> None:
    assert settings_lines({}) == []
    assert "Settings" not in repr(Result({"word": ["reef"]}))


def test_a_long_list_says_how_much_of_it_is_not_told() -> None:
    assert settings_lines({"groups": [f"g{n}" for n in range(11)]}) == [
        "Settings: groups: g0, g1, g2, g3, g4, g5, g6, g7 and 3 more."
    ]


def test_a_shown_part_of_a_result_tells_its_settings() -> None:
    shown = show(example(), ["word"], rows=1)
    assert "the first 1 of 2 rows" in repr(shown)
    assert "min count: 2" in repr(shown)
    assert "min count: 2" in shown._repr_html_()


def test_a_seed_is_told_as_it_is_written() -> None:
    assert settings_lines({"seed": 2017, "draws": 2000}) == [
        "Settings: seed: 2017; draws: 2,000."
    ]
