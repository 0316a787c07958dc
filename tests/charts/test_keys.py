"""A key explains what is drawn, and nothing else."""

import chart_tables as tables
import comparison_tables as comparisons
import numpy as np
import pandas as pd
import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from read_back import figure_of, strings

from metoo_research import charts
from metoo_research.sentiment import compare_voices, score_sentences, sentiment_arc

NAN = float("nan")


def test_words_set_aside_have_a_place_in_the_key_where_there_are_any() -> None:
    table = tables.overview()
    assert "set aside: all other parts" in strings(figure_of(charts.corpus_overview(table)))
    ax = charts.corpus_overview(table.assign(words_set_aside=0))
    shown = strings(figure_of(ax))
    assert "analysed: headline, subhead, body" in shown
    assert "set aside: all other parts" not in shown


def test_a_bar_of_no_words_leaves_no_edge() -> None:
    ax = charts.corpus_overview(tables.overview())
    bars = [bar for bar in ax.patches if isinstance(bar, Rectangle)]
    assert [bar.get_visible() for bar in bars if bar.get_hatch()] == [True, True, False]


def test_the_parts_of_bars_of_figures_are_explained_where_they_are_drawn() -> None:
    figures = pd.DataFrame([tables.figure_row()])
    shown = strings(figure_of(charts.metrics_sources(figures)))
    assert "without a source" in shown
    assert "with a source named" not in shown


def test_a_sentence_without_a_known_word_is_explained_where_there_is_one() -> None:
    hollow = "a sentence without a word of the lexicon (0)"
    scores, means = tables.scores(), tables.article_scores()
    assert hollow in strings(figure_of(charts.sentiment_by_article(scores, means)))
    ax = charts.sentiment_by_article(scores.query("scored"), means)
    assert hollow not in strings(figure_of(ax))
    assert "a sentence" in strings(figure_of(ax))


# --- words of one group only ------------------------------------------------------------------


def test_words_of_one_group_only_have_one_sign_for_each_group() -> None:
    inf = float("inf")
    table = pd.DataFrame(
        {
            "word": ["bell", "bus", "rail", "tram"],
            "count_target": [9, 2, 0, 0],
            "count_reference": [0, 0, 2, 9],
            "log_ratio": [inf, inf, -inf, -inf],
            "p": [0.001, 0.5, 0.5, 0.001],
        }
    )
    shown = strings(figure_of(charts.keyness(table, target="Herald", reference="Post")))
    assert [text for text in shown if text.endswith(" only")] == [
        "in Herald only",
        "in Post only",
    ]
    assert "not filled: p is 0.05 or more" in shown
    assert not any("more often" in text for text in shown)


# --- a study without topic words ------------------------------------------------------------


NOTE = "No topic words are given, so there is no mean without them."


def without_topic_words(table: pd.DataFrame) -> pd.DataFrame:
    own = [column for column in table.columns if column.endswith("_without_topic")]
    without = table.assign(**dict.fromkeys(own, NAN), topic_share=NAN)
    without.attrs["topic_words"] = []
    return without


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], NOTE),
        (["late"], "No mean without topic words: no other word of the lexicon was found."),
        (None, "No mean without topic words."),  # tables of other makers may not tell
    ],
)
def test_why_means_stand_alone_is_told_as_far_as_it_is_known(
    given: list[str] | None, said: str
) -> None:
    means = without_topic_words(tables.article_scores())
    means.attrs["topic_words"] = given
    shown = " ".join(strings(figure_of(charts.sentiment_without_topic(means))))
    assert said in shown


def test_articles_have_one_mean_and_a_note_says_why() -> None:
    means = without_topic_words(tables.article_scores())
    for ax in (
        charts.sentiment_by_article(tables.scores(), means),
        charts.sentiment_without_topic(means),
    ):
        shown = strings(figure_of(ax))
        assert NOTE in " ".join(shown)
        assert "without topic" not in shown  # the heading of a column
        assert not any("made neutral" in text for text in shown)
    alt = charts.describe_sentiment_without_topic(means)
    assert alt.startswith("One mean for each of 3 articles, with 95% intervals for 1 of them, ")
    assert NOTE in alt


def test_groups_have_one_mean_and_a_note_says_why() -> None:
    ax = charts.sentiment_targets(without_topic_words(comparisons.sentiment("target")))
    shown = strings(figure_of(ax))
    assert NOTE in " ".join(shown)
    assert charts.title_of(ax) == "Mean sentiment around each target"
    assert not any("made neutral" in text for text in shown)
    assert charts.alt_text(ax).startswith("One mean for all 3 targets, with 95% intervals ")
    assert NOTE in charts.alt_text(ax)


def test_where_no_sentence_is_scored_there_is_one_mean_too() -> None:
    means = without_topic_words(tables.article_scores())
    numbers = [name for name in means.columns if name.startswith(("mean", "ci_"))]
    means[numbers] = NAN
    ax = charts.sentiment_without_topic(means)
    assert charts.title_of(ax) == "Mean sentiment of each article"
    assert NOTE in " ".join(strings(figure_of(ax)))
    voices = comparisons.voices()
    numbers = [n for n in voices.columns if n.startswith(("mean", "ci_", "contrast"))]
    voices[numbers] = NAN
    voices.attrs["topic_words"] = []
    ax = charts.sentiment_voices(voices)
    assert charts.title_of(ax) == "Sentiment of quoted speech and narration"
    assert "not compared" in strings(figure_of(ax))  # once in a row
    assert not any("not compared not" in text for text in strings(figure_of(ax)))


def scored_without_topic_words() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Eight sentences of one article, scored in a study that names no topic words."""
    words = ["good", "red", "sad", "bad", "happy", "awful", "great", "poor"]
    sentences = pd.DataFrame(
        {"article_id": "a", "sentence_id": range(8), "text": [f"A {w} day." for w in words]}
    )
    return score_sentences(sentences), pd.DataFrame({"article_id": ["a"], "label": ["Herald"]})


def test_an_arc_of_a_study_without_topic_words_has_one_line_and_no_gap() -> None:
    scores, articles = scored_without_topic_words()
    ax = charts.sentiment_arc(sentiment_arc(scores, articles, parts=2), articles=articles)
    shown = " ".join(strings(figure_of(ax)))
    assert charts.title_of(ax) == "Sentiment from beginning to end"
    assert NOTE in shown
    assert "Gaps" not in shown
    assert "none" not in charts.alt_text(ax)


def test_voices_of_a_study_without_topic_words_are_compared_once() -> None:
    scores, articles = scored_without_topic_words()
    parts = scores.assign(voice=["speech", "narration"] * 4, part=range(8), letters=8)
    ax = charts.sentiment_voices(compare_voices(parts, articles), articles=articles)
    shown = " ".join(strings(figure_of(ax)))
    assert charts.title_of(ax) == "Sentiment of quoted speech and narration"
    assert NOTE in shown
    assert "not compared" not in shown
    assert "No point" not in shown


def test_signs_of_means_have_a_line_only_where_there_are_intervals() -> None:
    def lines(means: pd.DataFrame) -> int:
        figure = figure_of(charts.sentiment_without_topic(means))
        drawn = [artist for artist in figure.artists if isinstance(artist, Line2D)]
        return sum(np.size(line.get_xdata()) == 2 for line in drawn)

    means = tables.article_scores()
    assert lines(means) == 2
    ends = [name for name in means.columns if name.startswith("ci_")]
    assert lines(means.assign(**dict.fromkeys(ends, NAN))) == 0
