"""What a chart refuses, with the name of the column or of the argument."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import chart_tables as tables
import comparison_tables as comparisons
import pandas as pd
import pytest
from chart_cases import CASES
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from metoo_research import charts
from metoo_research.charts.columns import KINDS, READ
from metoo_research.errors import TableError

INF = float("inf")
NAN = float("nan")
#: Of each chart a table, with columns that its example lacks.
_TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "corpus_overview": tables.overview,
    "passage_map": tables.passages,
    "word_frequency": tables.frequency,
    "hashtags_mentions": tables.tags,
    "word_rates": comparisons.rates,
    "word_positions": tables.positions,
    "word_trend": comparisons.trend,
    "collocations": comparisons.phrases,
    "text_measure": comparisons.diversity,
    "keyness": lambda: comparisons.keyness().assign(p=0.1, p_permutation=0.1),
    "word_scatter": comparisons.keyness,
    "word_shift": comparisons.shift,
    "similarity": comparisons.similarities,
    "shared_passages": comparisons.shared,
    "sentiment_by_article": tables.article_scores,
    "sentiment_without_topic": tables.article_scores,
    "sentiment_arc": comparisons.arc,
    "sentiment_groups": comparisons.sentiment,
    "sentiment_targets": lambda: comparisons.sentiment("target"),
    "sentiment_voices": comparisons.voices,
    **dict.fromkeys(
        ("reported_metrics", "metrics_timeline", "metrics_by_article", "metrics_sources"),
        lambda: tables.metrics().assign(value_high=NAN, window_hours=NAN),
    ),
}
_OPTIONS: dict[str, dict[str, Any]] = {"text_measure": {"measure": "mattr"}}


def draw(name: str, table: pd.DataFrame) -> Axes:
    first = [tables.scores()] if name == "sentiment_by_article" else []
    ax: Axes = getattr(charts, name)(*first, table, **_OPTIONS.get(name, {}))
    return ax


def test_every_chart_says_which_numbers_it_reads() -> None:
    assert set(READ) == set(CASES) == set(_TABLES)
    assert {column for columns in READ.values() for column in columns} <= set(KINDS)


@pytest.mark.parametrize("name", _TABLES)
def test_a_column_of_numbers_with_infinity_or_text_is_named(name: str) -> None:
    """Whether the chart needs it or only writes it beside its rows."""
    table = _TABLES[name]()
    columns = [column for column in READ[name] if column in table] or ["cosine"]
    for column in columns:
        for wrong in (INF, "10"):
            changed = table.copy()
            changed[column] = pd.Series([wrong, *[None] * (len(table) - 1)], dtype="object")
            with pytest.raises(TableError) as told:
                draw(name, changed)
            assert f"the chart {name} needs numbers" in str(told.value)
            assert f"in the column {column}; one is {wrong!r}" in str(told.value)


def test_a_column_of_numbers_that_a_chart_does_not_read_may_hold_anything() -> None:
    table = tables.frequency().assign(value="much", end="late", p=INF)
    assert len(charts.drawn(charts.word_frequency(table))) == len(table)


@pytest.mark.parametrize("kind", ["str", "object", "Int64", "boolean"])
def test_a_column_of_numbers_without_any_may_be_of_any_type(kind: str) -> None:
    table = tables.metrics().assign(value_high=pd.Series(dtype=kind))
    assert charts.drawn(charts.reported_metrics(table))["value_high"].isna().all()


def test_decimals_are_numbers() -> None:
    rates = comparisons.rates()
    decimals = pd.Series(list(map(Decimal, rates["count"])), dtype="object")
    as_decimals = rates.assign(count=decimals)
    drawn = charts.drawn(charts.word_rates(as_decimals))
    assert list(drawn["count"]) == [12, 8, 2]


@pytest.mark.parametrize("wrong", [1j, pd.Timestamp("2019-06-03"), True])
def test_numbers_of_a_kind_that_is_not_drawn_are_refused(wrong: Any) -> None:
    table = comparisons.rates().assign(per_million=pd.Series([wrong, None, None]))
    with pytest.raises(TableError, match="word_rates needs numbers from 0 in the column"):
        charts.word_rates(table)


def test_a_column_that_stands_twice_is_named() -> None:
    rates = comparisons.rates()
    with pytest.raises(TableError, match="word_rates needs one column count"):
        charts.word_rates(pd.concat([rates, rates[["count"]]], axis="columns"))


def test_an_infinite_effect_has_its_place() -> None:
    table = comparisons.keyness()
    assert INF in list(charts.drawn(charts.keyness(table))["log_ratio"])


@pytest.mark.parametrize("missing", [NAN, None, pd.NA])
@pytest.mark.parametrize(
    "name", ["word_positions", "passage_map", "reported_metrics", "metrics_sources"]
)
def test_a_row_without_an_article_is_refused(name: str, missing: Any) -> None:
    table = _TABLES[name]().assign(article_id=missing)
    said = f"{name} needs a article_id in every row; {len(table)} rows have none"
    with pytest.raises(TableError, match=said.replace("a article", "an article")):
        draw(name, table)


def test_a_row_without_a_word_is_refused_where_all_rows_are_of_words() -> None:
    table = tables.frequency()
    table.loc[0, "word"] = None
    with pytest.raises(TableError, match="needs a word in every row; 1 row has none"):
        charts.word_frequency(table)


@pytest.mark.parametrize("name", ["word_positions", "passage_map", "corpus_overview"])
def test_ids_of_two_types_are_refused(name: str) -> None:
    table = _TABLES[name]()
    table["article_id"] = range(len(table))
    with pytest.raises(TableError, match=f"{name} has numbers for article_id in one table"):
        getattr(charts, name)(table, articles=tables.articles())


@pytest.mark.parametrize("given", [[], None, {"word": ["a"]}])
def test_what_is_no_table_is_refused(given: Any) -> None:
    said = "word_frequency draws a table of pandas, not a "
    with pytest.raises(TableError, match=said):
        charts.word_frequency(given)
    with pytest.raises(TableError, match=said):
        charts.word_frequency(frequency=given)


@pytest.mark.parametrize("width", ["85", None, 10, -1, NAN, 1e5, INF, True])
def test_a_width_that_is_none_is_refused(width: Any) -> None:
    with pytest.raises(
        TableError, match=r"^width_mm is .*; a chart (needs|is) at (least|most)"
    ):
        charts.corpus_overview(tables.overview(), width_mm=width)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by_article": "x"}, "by_article of the chart word_frequency is a table of pandas"),
        ({"articles": "x"}, "articles of the chart word_frequency is a table of pandas"),
        (
            {"articles": pd.DataFrame({"label": ["A"]})},
            "word_frequency needs the column article_id",
        ),
        ({"ax": "x"}, r"ax is a matplotlib Axes, such as .* gives, not a str"),
        ({"ax": Figure()}, r"ax is a matplotlib Axes, such as .* gives, not a Figure"),
        ({"title": 5}, "title of the chart word_frequency is a text, not a int: 5"),
    ],
)
def test_an_argument_of_another_type_is_named(options: dict[str, Any], said: str) -> None:
    with pytest.raises(TableError, match=said.replace("a int", "an int")):
        charts.word_frequency(tables.frequency(), **options)


def test_a_second_table_is_checked_where_it_stands_second() -> None:
    wrong: Any = "x"
    with pytest.raises(TableError, match="by_article of the chart word_frequency"):
        charts.word_frequency(tables.frequency(), wrong)


def test_names_of_groups_are_texts_and_kinds_a_list() -> None:
    wrong: Any = 5
    with pytest.raises(TableError, match="target of the chart keyness is a text, not an int"):
        charts.keyness(comparisons.keyness(), target=wrong)
    with pytest.raises(TableError, match="kinds of the chart corpus_overview is a list"):
        charts.corpus_overview(tables.overview(), kinds="body")
