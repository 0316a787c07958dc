"""Tables as users have them: of other types, with gaps, twice, out of range."""

from collections.abc import Callable
from typing import Any

import chart_tables as tables
import comparison_tables as comparisons
import numpy as np
import pandas as pd
import pytest
from chart_cases import CASES
from matplotlib.axes import Axes
from read_back import told

from metoo_research import charts
from metoo_research.charts.tables import articles_in
from metoo_research.errors import TableError

NAN = float("nan")


def drawn_from(name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Axes:
    """Draw a chart's example with its tables changed."""
    draw = getattr(charts, name)

    def changed(*frames: Any, **options: Any) -> Axes:
        given = [change(one) for one in frames]
        more = {
            key: change(one) if isinstance(one, pd.DataFrame) else one
            for key, one in options.items()
        }
        drawn: Axes = draw(*given, **more)
        return drawn

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, name, changed)
        return CASES[name].draw(tables.articles())


def csv_of(ax: Axes) -> str:
    return charts.drawn(ax).to_csv(index=False)


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.convert_dtypes(),
        lambda table: table.convert_dtypes(dtype_backend="pyarrow"),
        lambda table: table.astype("object"),
        lambda table: table.astype(
            dict.fromkeys(table.select_dtypes("str").columns, "category")
        ),
    ],
    ids=["nullable", "arrow", "object", "category"],
)
@pytest.mark.parametrize("name", CASES)
def test_the_types_of_columns_change_nothing(
    name: str, change: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    as_given, changed = CASES[name].draw(tables.articles()), drawn_from(name, change)
    assert charts.alt_text(changed) == charts.alt_text(as_given)
    assert csv_of(changed) == csv_of(as_given)


@pytest.mark.parametrize("top", [None, 2.5, "5", 0, -1, True])
def test_a_number_of_rows_that_is_none_is_refused(top: Any) -> None:
    with pytest.raises(TableError, match=r"^top is "):
        charts.corpus_overview(tables.overview(), top=top)


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (
            lambda: charts.text_measure(
                comparisons.diversity().assign(mattr="high"), measure="mattr"
            ),
            "text_measure needs numbers in the column mattr; one is 'high'",
        ),
        (
            lambda: charts.corpus_overview(tables.overview().assign(words_analysed=-3)),
            "corpus_overview needs numbers from 0 in the column words_analysed; one is -3",
        ),
        (
            lambda: charts.sentiment_groups(comparisons.sentiment().assign(mean=5.0)),
            "sentiment_groups needs numbers from -1 to 1 in the column mean; one is 5.0",
        ),
        (
            lambda: charts.sentiment_arc(comparisons.arc().assign(part=0)),
            "sentiment_arc needs numbers from 1 in the column part; one is 0",
        ),
        (
            lambda: charts.sentiment_arc(comparisons.arc().assign(part=1.5)),
            "sentiment_arc needs whole numbers in the column part",
        ),
        (
            lambda: charts.sentiment_arc(comparisons.arc().assign(part=1)),
            "sentiment_arc draws one row per part; one stands twice",
        ),
        (
            lambda: charts.corpus_overview(pd.concat([tables.overview()] * 2)),
            "corpus_overview draws one row per article_id; herald stands twice",
        ),
        (
            lambda: charts.sentiment_without_topic(pd.concat([tables.article_scores()] * 2)),
            "sentiment_without_topic draws one row per article_id; herald stands twice",
        ),
    ],
)
def test_what_a_chart_cannot_draw_is_named(draw: Callable[[], Axes], said: str) -> None:
    with pytest.raises(TableError) as told_of:
        draw()
    assert said in str(told_of.value)


def test_articles_of_one_name_are_told_apart() -> None:
    table = tables.overview().assign(label="Courier")
    assert list(charts.drawn(charts.corpus_overview(table))["label"]) == [
        "Courier (herald)",
        "Courier (examiner)",
        "Courier (seven)",
    ]


def test_no_two_articles_have_one_name_whatever_their_labels_are() -> None:
    labels = ["A", "A", "A (1)", "A (1)", "", ""]
    articles = pd.DataFrame({"article_id": [1, 2, 3, 4, 5, 6], "label": labels})
    names = list(articles_in(articles)["label"])
    assert names == ["A (1) (1)", "A (2)", "A (1) (3)", "A (1) (4)", "5", "6"]


def test_places_of_articles_with_numbers_for_ids_are_drawn() -> None:
    table = pd.DataFrame(
        {
            **{"article_id": [1, 2], "label": ["A", "B"], "word": ["bus", "bus"]},
            "position": [0.1, 0.2],
        }
    )
    assert list(charts.drawn(charts.word_positions(table))["position"]) == [0.1, 0.2]


def test_a_passage_without_a_number_of_words_is_counted() -> None:
    places = comparisons.places().assign(words=NAN)
    drawn = charts.drawn(charts.shared_passages(places, articles=tables.articles()))
    assert list(drawn["passages"]) == [1, 2, 1]
    assert drawn["words"].isna().all()


def test_a_word_that_a_group_does_not_use_is_not_typical_of_it() -> None:
    """0 of 100 words against 3 of 1,000: with 0.5 for 0 the log ratio is log2(5/3) > 0."""
    table = pd.DataFrame(
        {
            **{"word": ["bus", "solidarity"], "count_target": [4, 0]},
            **{"count_reference": [2, 3], "log_ratio": [np.log2(20), np.log2(5 / 3)]},
        }
    )
    ax = charts.keyness(table, target="Herald", reference="Post")
    assert list(charts.drawn(ax)["word"]) == ["bus"]
    assert "Not drawn: 1 word of one group, whose effect the number put for 0" in told(ax)
    assert "Most typical of Herald: bus" in charts.alt_text(ax)


def test_words_as_telling_as_the_last_one_are_counted() -> None:
    table = pd.DataFrame(
        {
            **{"word": list("abcdef"), "count_target": 3, "count_reference": 1},
            "log_ratio": [1.5] * 5 + [-2.0],
        }
    )
    ax = charts.keyness(table, top=2, target="Herald", reference="Post")
    assert "As telling as the last one shown: 3 more words of Herald." in told(ax)


def test_a_word_that_is_not_drawn_on_a_side_is_no_tie_of_it() -> None:
    table = pd.DataFrame(
        {
            **{"word": list("abc"), "count_target": [3, 3, 0], "count_reference": [1, 1, 3]},
            "log_ratio": [1.5] * 3,
        }
    )
    ax = charts.keyness(table, top=1, target="Herald", reference="Post")
    assert "As telling as the last one shown: 1 more word of Herald." in told(ax)


def test_a_triangle_keeps_the_articles_that_share_most() -> None:
    ids = [f"a{at:02}" for at in range(40)]
    table = pd.DataFrame({"article_a": ["a07"], "article_b": ["a39"], "passages": [5]})
    articles = pd.DataFrame(
        {"article_id": ids, "label": [f"{one} {'Long ' * 20}" for one in ids]}
    )
    ax = charts.shared_passages(table, articles=articles)
    pair = charts.drawn(ax).query("passages == 5")
    assert pair[["article_a", "article_b"]].to_numpy().tolist() == [["a07", "a39"]]
    assert "Most: a07 Long" in charts.alt_text(ax)


def test_of_more_figures_than_are_drawn_the_largest_stay() -> None:
    figures = pd.DataFrame(
        [
            tables.figure_row(number_text=str(size), value=float(size), platform=platform)
            for size, platform in ((10, "Chirp"), (20, "Chirp"), (900, "Zoom"))
        ]
    )
    ax = charts.reported_metrics(figures, top=2)
    assert list(charts.drawn(ax)["value"]) == [20, 900]
    assert "the largest, grouped by platform" in charts.alt_text(ax)
    assert "Not drawn: the 1 smallest figure." in told(ax)


@pytest.mark.parametrize(
    ("figure", "there", "absent"),
    [
        ({"value": 20.0, "value_high": 40.0, "bound": "about"}, "range", "about, nearly"),
        ({"value": 20.0, "value_high": 40.0, "bound": "exact"}, "range", "without a hedge"),
        ({"value": 0.0, "bound": "at_least"}, "no place on this axis", "more than"),
    ],
)
def test_the_key_of_figures_names_the_signs_that_are_drawn(
    figure: dict[str, Any], there: str, absent: str
) -> None:
    shown = told(charts.reported_metrics(pd.DataFrame([tables.figure_row(**figure)])))
    assert there in shown
    assert absent not in shown


def test_counts_that_are_not_known_are_not_taken_for_none() -> None:
    table = tables.overview().assign(words_analysed=[NAN, 100, 50], words_set_aside=[1, 1, NAN])
    alt = charts.describe_corpus_overview(table)
    assert "Analysed: 100 of 101 words. Words not counted in 2 articles." in alt


def test_passages_of_kinds_of_ones_own_have_letters_of_their_own() -> None:
    passages = tables.passages().head(3).assign(kind=["intro", "aside", "footer"])
    letters = [text for text in told(charts.passage_map(passages)).split() if len(text) == 1]
    assert {"I", "F"} <= set(letters)
    assert "?" not in letters


def test_a_passage_without_a_place_is_not_drawn_and_told() -> None:
    passages = tables.passages().head(2).assign(start=[0, NAN])
    ax = charts.passage_map(passages)
    assert len(charts.drawn(ax)) == 1
    assert "Not drawn: 1 passage without a place." in told(ax)


def test_a_tag_of_another_kind_has_a_look_of_its_own() -> None:
    ax = charts.hashtags_mentions(
        pd.DataFrame({"tag": ["#a", "x"], "kind": ["hashtag", "url"], "count": [3, 1]})
    )
    assert "of another kind" in told(ax)
    assert len({str(bar.get_facecolor()) for bar in ax.patches}) == 2


def test_a_small_contribution_keeps_its_sign_and_its_digits() -> None:
    table = pd.DataFrame({"word": ["a", "b"], "contribution": [3e-8, -2e-8]})
    assert "a (+3.00·10⁻⁸), b (−2.00·10⁻⁸)" in charts.describe_word_shift(table)


def test_columns_that_are_not_drawn_are_not_saved() -> None:
    table = comparisons.sentiment().assign(articles=2, sentences=9)
    saved = [
        {"articles", "sentences"}
        & set(charts.drawn(charts.sentiment_groups(table, width_mm=mm)))
        for mm in (85, 180)
    ]
    assert saved == [{"sentences"}, {"articles", "sentences"}]
