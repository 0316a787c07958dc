import chart_tables as tables
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from read_back import figure_of, row_labels, strings

from metoo_research import charts


def points(ax: Axes, number: int) -> list[tuple[float, float]]:
    collection = [c for c in ax.collections if isinstance(c, PathCollection)][number]
    return [(float(x), float(y)) for x, y in np.asarray(collection.get_offsets())]


def intervals(ax: Axes, number: int = 0) -> list[tuple[float, float]]:
    collection = [c for c in ax.collections if isinstance(c, LineCollection)][number]
    return [
        (float(segment[0][0]), float(segment[-1][0]))
        for segment in collection.get_segments()
        if len(segment)  # a missing interval has no points
    ]


def test_each_sentence_is_a_point_in_the_row_of_its_article() -> None:
    ax = charts.sentiment_by_article(tables.scores(), tables.article_scores())
    scored = points(ax, 0)
    assert [x for x, _ in scored] == [-0.6, 0.3, 0.8]
    assert [round(y) for _, y in scored] == [0, 0, 1]
    assert row_labels(ax) == list(tables.LABELS)


def test_a_sentence_without_a_known_word_is_hollow() -> None:
    ax = charts.sentiment_by_article(tables.scores(), tables.article_scores())
    assert [x for x, _ in points(ax, 1)] == [0.0]
    hollow = [c for c in ax.collections if isinstance(c, PathCollection)][1]
    assert len(hollow.get_facecolor()) == 0
    assert "a sentence without a word of the lexicon (0)" in strings(figure_of(ax))


def test_a_sentence_without_a_score_has_no_point_and_is_counted() -> None:
    ax = charts.sentiment_by_article(tables.scores(), tables.article_scores())
    assert len(points(ax, 0)) + len(points(ax, 1)) == 4
    assert "Not drawn: 1 sentence without a score." in " ".join(strings(figure_of(ax)))


def test_means_and_intervals_are_those_of_the_table() -> None:
    ax = charts.sentiment_by_article(tables.scores(), tables.article_scores())
    all_words, _ = ax.lines[-2:]  # the last one is without topic words
    means = [float(x) for x in np.asarray(all_words.get_xdata())]
    assert means[:2] == [-0.1, 0.8]
    assert np.isnan(means[2])
    assert intervals(ax)[0] == (-0.5, 0.3)
    shown = strings(figure_of(ax))
    assert "−0.10" in shown
    assert "+0.80" in shown
    assert "not scored" in shown


def test_points_are_drawn_the_same_each_time() -> None:
    once = points(charts.sentiment_by_article(tables.scores(), tables.article_scores()), 0)
    again = points(charts.sentiment_by_article(tables.scores(), tables.article_scores()), 0)
    assert once == again


def test_points_of_one_row_stay_within_it() -> None:
    scores = pd.DataFrame({"article_id": "herald", "compound": np.linspace(-1, 1, 500)})
    ax = charts.sentiment_by_article(scores, tables.article_scores())
    heights = [y for _, y in points(ax, 0)]
    assert min(heights) > -0.5
    assert max(heights) < 0.18  # the means' lines are below them


def test_the_key_names_the_level_of_the_interval() -> None:
    means = tables.article_scores()
    means.attrs["level"] = 0.9
    ax = charts.sentiment_by_article(tables.scores(), means)
    assert "mean of the sentences with its 90% interval" in strings(figure_of(ax))


def test_the_scale_is_labelled_in_words() -> None:
    ax = charts.sentiment_by_article(tables.scores(), tables.article_scores())
    labels = [" ".join(tick.get_text().split()) for tick in ax.get_xticklabels()]
    assert labels == ["−1 most negative", "−0.5", "0 neutral", "+0.5", "+1 most positive"]
    assert ax.get_xlim() == (-1, 1)


@pytest.mark.parametrize(("high", "words"), [(0.1, "do not overlap"), (0.3, "All intervals")])
def test_alt_text_says_whether_intervals_overlap(high: float, words: str) -> None:
    means = tables.article_scores()
    means.loc[0, ["ci_low", "ci_high"]] = [-0.5, high]
    means.loc[1, ["mean_compound", "ci_low", "ci_high"]] = [0.5, 0.2, 0.8]
    alt = charts.describe_sentiment_by_article(tables.scores(), means)
    assert words in alt
    assert "Lowest mean: Harbour Herald (−0.10)" in alt


def test_both_means_are_drawn_with_their_own_marks_and_intervals() -> None:
    ax = charts.sentiment_without_topic(tables.article_scores())
    with_all, without = ax.lines[1], ax.lines[2]  # line 0 is the middle of the scale
    assert list(np.asarray(with_all.get_xdata()))[:2] == [-0.1, 0.8]
    assert list(np.asarray(without.get_xdata()))[:2] == [0.05, 0.8]
    assert with_all.get_marker() != without.get_marker()
    assert intervals(ax, 0)[0] == (-0.5, 0.3)
    assert intervals(ax, 1)[0] == (-0.2, 0.25)


def test_the_share_of_topic_words_stands_beside_the_row() -> None:
    ax = charts.sentiment_without_topic(tables.article_scores())
    assert "75%" in strings(figure_of(ax))
    assert charts.drawn(ax)["topic_share"].tolist()[:2] == [0.75, 0.0]


def test_alt_text_gives_the_direction_of_the_change() -> None:
    alt = charts.describe_sentiment_without_topic(tables.article_scores())
    assert "Without topic words 1 of 2 score higher." in alt
    assert "Largest change: Harbour Herald (+0.15)." in alt
