from collections.abc import Callable

import chart_tables
import comparison_tables as tables
import numpy as np
import pandas as pd
import pytest
from comparison_rows import dots, points
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from read_back import cut_off, figure_of, overlaps, pixels, row_labels, strings, told

from metoo_research import charts
from metoo_research.charts.labels import place_names
from metoo_research.charts.text import line_mm, probability, significant, width_mm
from metoo_research.errors import TableError

# --- keyness -------------------------------------------------------------------------------


def test_the_words_of_the_target_stand_first_and_those_of_the_reference_last() -> None:
    ax = charts.keyness(tables.keyness(), target="Herald", reference="the others")
    assert row_labels(ax) == ["strike", "bus", "driver", "city", "night"]
    assert charts.title_of(ax) == "Words that set Herald and the others apart, 5 of 6"


def test_the_largest_log_likelihood_chooses_the_words_of_each_side() -> None:
    ax = charts.keyness(tables.keyness(), top=1)
    assert row_labels(ax) == ["bus", "night"]  # 9.0 and 14.5 of their sides


def test_points_are_filled_by_the_most_careful_probability_there_is() -> None:
    table = tables.keyness().assign(p_permutation=0.1)
    table.attrs["note"] = "With 2 against 3 articles no p can be under 0.1."
    ax = charts.keyness(table)
    assert {str(line.get_markerfacecolor()) for line in dots(ax)} == {"white"}
    assert "no p can be under 0.1" in told(ax)
    assert "p over articles under 0.05: 0 of 5." in charts.alt_text(ax)


def test_keyness_refuses_another_measure() -> None:
    with pytest.raises(TableError, match="measure is 'p'"):
        charts.keyness(tables.keyness(), measure="p")  # type: ignore[arg-type]


# --- scatter -------------------------------------------------------------------------------


def crowd(number: int) -> pd.DataFrame:
    random = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "word": [f"word{'s' * (at % 9)}{at}" for at in range(number)],
            "per_million_target": np.round(random.lognormal(6, 1, number)),
            "per_million_reference": np.round(random.lognormal(6, 1, number)),
        }
    )


@pytest.mark.parametrize("width_mm", [85, 180])
def test_names_of_many_words_do_not_touch_and_a_note_counts_them(width_mm: float) -> None:
    ax = charts.word_scatter(crowd(800), top=200, width_mm=width_mm)
    named = int(charts.drawn(ax)["named"].sum())
    assert 10 < named < 200
    assert len(ax.texts) == named
    assert f"Named: {named} of 800 words" in told(ax)
    assert overlaps(figure_of(ax)) == []
    assert cut_off(figure_of(ax)) == []


def test_words_of_one_group_only_stand_in_a_band_of_their_own() -> None:
    ax = charts.word_scatter(tables.keyness())
    zero = ax.get_xticks()[0]
    assert ax.get_xticklabels()[0].get_text() == "0"
    places = np.asarray(ax.collections[0].get_offsets())
    words = list(charts.drawn(ax)["word"])
    assert places[words.index("strike")][0] == zero  # 0 times in the reference
    assert places[words.index("bus")][0] > zero


def test_names_stay_in_their_frame_and_off_the_points_that_have_names() -> None:
    random = np.random.default_rng(3)
    places = random.uniform(0, 60, (150, 2))
    names = [f"name{at}" for at in range(150)]
    placed = place_names(names, places, places, width=60, height=60)
    boxes = [
        (n.x - w / 2, n.y - h / 2, n.x + w / 2, n.y + h / 2)
        for n in placed
        for w, h in [(width_mm(names[n.number], size=7), line_mm(7))]
    ]
    assert len(placed) > 20
    assert all(min(box) >= 0 and max(box) <= 60 for box in boxes)
    for one in placed:
        x, y = places[one.number]
        assert not any(box[0] < x < box[2] and box[1] < y < box[3] for box in boxes)


# --- trend, rates --------------------------------------------------------------------------


def test_a_period_without_articles_breaks_the_line_as_a_missing_one_does() -> None:
    ax = charts.word_trend(tables.trend())
    line = dots(ax)[0]
    heights = np.asarray(line.get_ydata(), dtype=float)
    # 15 and 16 October, none on the 17th, no row for the 18th and 19th, and the 20th.
    assert np.isnan(heights).tolist() == [False, False, True, True, False]
    assert "no article in this period" in told(ax)


def test_a_table_of_several_groups_is_refused() -> None:
    twice = pd.concat([tables.rates(), tables.rates()])
    with pytest.raises(TableError, match="one group"):
        charts.word_rates(twice)
    with pytest.raises(TableError, match="one group"):
        charts.word_trend(pd.concat([tables.trend(), tables.trend()]))


def test_the_level_of_the_interval_is_that_of_the_table() -> None:
    rates = tables.rates()
    rates.attrs["intervals"] = {"level": 0.9}
    assert "its 90% interval" in told(charts.word_rates(rates))


# --- pairs ---------------------------------------------------------------------------------


def test_passages_in_places_are_counted_for_every_two_articles() -> None:
    ax = charts.shared_passages(tables.places(), articles=chart_tables.articles())
    columns = ["article_a", "article_b", "passages", "words"]
    assert charts.drawn(ax)[columns].to_numpy().tolist() == [
        ["herald", "examiner", 1, 10],  # the shorter of two places counts
        ["herald", "seven", 2, 12 + 7],
        ["examiner", "seven", 1, 10],
    ]


def test_a_pair_that_stands_twice_is_refused() -> None:
    pairs = tables.similarities()
    turned = pairs.rename(columns={"article_a": "article_b", "article_b": "article_a"})
    with pytest.raises(TableError, match="one stands twice"):
        charts.similarity(pd.concat([pairs, turned]))


def test_likeness_by_jaccard_is_named_and_explained() -> None:
    ax = charts.similarity(
        tables.similarities(), measure="jaccard", articles=chart_tables.articles()
    )
    assert charts.title_of(ax) == "Jaccard similarity of articles"
    assert "1: the same words; 0: no word in common." in told(ax)
    assert list(charts.drawn(ax)["jaccard"].dropna()) == [0.3, 0.01]
    assert "Most alike: Harbour Herald and The Inland" in charts.alt_text(ax)


def test_articles_that_were_not_drawn_to_be_compared_are_not_said_to_be_unlike() -> None:
    table = tables.similarities()
    table.attrs["articles_compared"] = "3 of 4, drawn with seed 1"
    articles = chart_tables.articles()
    other = articles.iloc[[0]].assign(article_id="other", label="Not Compared")
    ax = charts.similarity(table, articles=pd.concat([articles, other]))
    assert "Not Compared" not in charts.alt_text(ax)
    assert "lowest values" not in told(ax)
    assert "Articles compared: 3 of 4, drawn with seed 1." in told(ax)


def test_an_unknown_likeness_is_refused() -> None:
    with pytest.raises(TableError, match="it can be 'cosine' or 'jaccard'"):
        charts.similarity(tables.similarities(), measure="dice")  # type: ignore[arg-type]


# --- word shift ----------------------------------------------------------------------------


def test_words_others_and_total_sum_up() -> None:
    ax = charts.word_shift(tables.shift(), top=2)
    drawn = charts.drawn(ax)
    assert list(drawn["shown_as"]) == ["bus", "night", "2 others", "1 other", "total"]
    assert list(drawn["contribution"]) == [0.5, -0.25, 0.1875, -0.03125, 0.40625]
    assert drawn["contribution"].iloc[:-1].sum() == drawn["contribution"].iloc[-1]


def test_a_table_that_lacks_words_says_so() -> None:
    ax = charts.word_shift(tables.shift().head(3))
    assert "sum to +0.375 of a difference of +0.406" in told(ax)


# --- sentiment -----------------------------------------------------------------------------


def test_more_than_half_of_the_valence_from_topic_words_is_a_warning() -> None:
    ax = charts.sentiment_groups(tables.sentiment())
    warning = "Topic words carry more than half of the negative valence in 1 of 3 groups"
    assert warning in told(ax)
    assert warning in charts.alt_text(ax)
    under = tables.sentiment().assign(topic_share=0.5)
    assert "more than half" not in told(charts.sentiment_groups(under))


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: charts.sentiment_groups(tables.sentiment()), "without topic"),
        (lambda: charts.sentiment_voices(tables.voices()), "not filled: without topic words"),
        (lambda: charts.sentiment_arc(tables.arc()), "mean with topic words made neutral"),
        (
            lambda: charts.sentiment_by_article(
                chart_tables.scores(), chart_tables.article_scores()
            ),
            "the same with topic words made neutral",
        ),
    ],
)
def test_both_scores_stand_side_by_side_and_neither_is_called_tone(
    draw: Callable[[], Axes], said: str
) -> None:
    ax = draw()
    assert said in told(ax)
    assert "tone" not in f"{told(ax)} {charts.alt_text(ax)}".lower()


def test_the_key_of_voices_has_those_with_a_point() -> None:
    assert "embedded posts" in strings(figure_of(charts.sentiment_voices(tables.voices())))
    ax = charts.sentiment_voices(tables.voices().assign(mean_embedded=float("nan")))
    assert "embedded posts" not in told(ax)
    assert {line.get_marker() for line in dots(ax)} == {"D", "o"}


def test_a_voice_without_a_point_says_why() -> None:
    every = tables.voices().assign(mean_embedded_without_topic=float("nan"))
    why = "No point: no sentence with a word of the lexicon (not filled: besides topic words)."
    assert why in told(charts.sentiment_voices(every))  # herald has no embedded post
    alt = charts.describe_sentiment_voices(every)
    assert "Embedded posts have a mean in 1 article, 0 without topic words." in alt
    whole = every.head(1).assign(mean_embedded=0.1, mean_embedded_without_topic=0.2)
    assert "No point" not in told(charts.sentiment_voices(whole))


def test_a_missing_interval_of_voices_says_why() -> None:
    why = "No interval: one of the two has fewer than two sentences."
    assert why in told(charts.sentiment_voices(tables.voices()))  # in the row of all
    assert why not in told(charts.sentiment_voices(tables.voices().head(2)))


def test_in_one_column_the_sentences_of_the_voices_stand_under_the_names() -> None:
    ax = charts.sentiment_voices(tables.voices(), width_mm=charts.ONE_COLUMN_MM)
    assert row_labels(ax)[:2] == ["herald n = 5 : 20", "examiner n = 0 : 9"]
    assert "n: sentences of speech : of narration." in told(ax)


def test_an_article_without_a_row_keeps_its_strip() -> None:
    ax = charts.sentiment_arc(tables.arc(), articles=chart_tables.articles())
    assert row_labels(ax) == list(chart_tables.LABELS)
    assert [points(line) for line in dots(ax)[4:]] == [[], []]


def test_gaps_in_an_arc_are_counted_and_explained() -> None:
    both = "Gaps: no word of the lexicon in 2 of 6 parts"
    assert f"{both}." in told(charts.sentiment_arc(tables.arc()))
    table = tables.arc()
    table.loc[0, "mean_without_topic"] = float("nan")  # that with all words is known
    assert f"{both}, and none but topic words in 1 more." in told(charts.sentiment_arc(table))
    assert "No mean without topic words." in told(charts.sentiment_arc(table.head(1)))
    assert "Gaps" not in told(charts.sentiment_arc(tables.arc().head(1)))


def test_an_arc_says_of_how_few_sentences_its_parts_are() -> None:
    assert "A part has 0 to 4 sentences." in told(charts.sentiment_arc(tables.arc()))
    assert "A part has 3 sentences." in told(charts.sentiment_arc(tables.arc().head(1)))
    alt = charts.describe_sentiment_arc(tables.arc().drop(columns="mean_without_topic"))
    assert alt.endswith("Lowest: examiner, part 3 (−1.00); highest: herald, part 3 (+0.25).")


def test_equal_means_of_an_arc_stand_beside_each_other() -> None:
    ax = charts.sentiment_arc(tables.arc().assign(mean_without_topic=tables.arc()["mean"]))
    squares, diamonds = (
        line.get_transform().transform(points(line)) for line in dots(ax)[:2]
    )  # those of the first article
    apart = (squares - diamonds) / figure_of(ax).dpi * 25.4
    assert apart[:, 0] == pytest.approx(1.6)
    assert apart[:, 1] == pytest.approx(0)


def test_alt_texts_tell_both_scores_that_are_drawn() -> None:
    arc = charts.describe_sentiment_arc(tables.arc())
    assert "each part with all words and with topic words made neutral" in arc
    assert "Lowest: examiner, part 3 (−1.00); highest: herald, part 3 (+0.25)." in arc
    assert "Without topic words, lowest: examiner, part 3 (−0.75); highest: herald" in arc
    means = chart_tables.article_scores()
    every = charts.describe_sentiment_by_article(chart_tables.scores(), means)
    assert (
        "neutral, with 95% intervals for 1 of them. Lowest mean: Harbour Herald (−0.10)"
        in every
    )
    assert "Without topic words, lowest mean: Harbour Herald (+0.05); highest" in every
    own = means.drop(columns="mean_without_topic")
    alone = charts.describe_sentiment_by_article(chart_tables.scores(), own)
    assert "topic" not in alone


@pytest.mark.parametrize(
    "draw",
    [
        *(charts.keyness, charts.word_scatter, charts.word_rates, charts.word_trend),
        *(charts.collocations, charts.similarity, charts.shared_passages, charts.word_shift),
        *(charts.sentiment_groups, charts.sentiment_voices, charts.sentiment_targets),
        charts.sentiment_arc,
    ],
)
def test_a_missing_column_is_named(draw: object) -> None:
    with pytest.raises(TableError, match="needs the column"):
        draw(pd.DataFrame({"other": [1]}))  # type: ignore[operator]


# --- numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (12174.4, "12,174"),
        (0.08234, "0.0823"),
        (-2.3219, "−2.32"),
        (0, "0.00"),
        (float("-inf"), "−∞"),
        (float("nan"), "–"),
    ],
)
def test_measures_have_three_significant_digits(number: float, words: str) -> None:
    assert significant(number) == words


@pytest.mark.parametrize(("p", "words"), [(0.0001, "< 0.001"), (0.02, "0.020"), (0.2, "0.20")])
def test_probabilities_are_written_short(p: float, words: str) -> None:
    assert probability(p) == words


def test_a_part_without_a_mean_stands_in_the_table_too() -> None:
    ax = charts.sentiment_arc(tables.arc(), articles=chart_tables.articles())
    drawn = charts.drawn(ax)
    assert len(drawn) == 3 * 3  # articles, parts
    assert drawn["mean"].isna().any()


def days(counted: list[int], length: int) -> pd.DataFrame:
    """One word in articles of some of many days."""
    starts = pd.date_range("2020-01-01", periods=length)
    articles = [1 if day in counted else 0 for day in range(length)]
    return pd.DataFrame(
        {
            **{"word": "strike", "period_start": starts},
            "period_end": starts + pd.Timedelta(days=1),
            **{"count": articles, "articles_counted": articles},
            **{"per_million": [5.0 if n else np.nan for n in articles]},
            **{"low": np.nan, "high": np.nan},
        }
    )


@pytest.mark.parametrize("dpi", [100, 300])
def test_a_bar_of_a_day_is_seen_among_many(dpi: int) -> None:
    counted = [0, 40, 60, 100, 333, 450, 547]
    ax = charts.word_trend(days(counted, 548), width_mm=85)
    picture = pixels(ax, dpi=dpi)
    bars = [bar for bar in ax.patches if isinstance(bar, Rectangle) and bar.get_height() < -1]
    assert len(bars) == len(counted)
    for bar in bars:
        box = bar.get_window_extent()
        scale = dpi / figure_of(ax).dpi
        assert 0.25 <= box.width * scale / dpi * 25.4 < 0.4
        row = picture[int(picture.shape[0] - (box.y0 + box.y1) / 2 * scale)]
        at = int(box.x0 * scale)
        assert row[max(at - 1, 0) : at + 3].min() < 170  # darker than the hatching


def test_bars_of_days_keep_a_gap_where_there_is_room_for_one() -> None:
    ax = charts.word_trend(days([0, 5, 100, 101], 548), width_mm=85)
    bars = [bar for bar in ax.patches if isinstance(bar, Rectangle) and bar.get_height() < -1]
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars]
    assert ends[0][1] < ends[1][0]
    assert ends[3][0] < ends[2][1]  # of neighbouring days, which no eye tells apart
