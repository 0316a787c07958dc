import chart_tables as tables
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from read_back import cut_off, figure_of, overlaps, row_labels, strings

from metoo_research import charts


def bars(ax: Axes) -> list[float]:
    container = ax.containers[0]
    return [patch.get_width() for patch in container if isinstance(patch, Rectangle)]


def many_words(number: int) -> pd.DataFrame:
    words = [f"word{at:05}" for at in range(number)]
    return pd.DataFrame({"word": words, "count": range(number, 0, -1)})


def test_bars_are_the_counts_of_the_words_beside_them() -> None:
    ax = charts.word_frequency(
        tables.frequency(), tables.by_article(), articles=tables.articles()
    )
    assert row_labels(ax) == ["bus", "night", "city", "driver"]
    assert bars(ax) == [12, 8, 2, 2]
    assert ax.get_xlabel() == "occurrences"


def test_the_count_in_each_article_stands_in_its_column() -> None:
    ax = charts.word_frequency(
        tables.frequency(), tables.by_article(), articles=tables.articles()
    )
    drawn = charts.drawn(ax)
    assert drawn[list(tables.LABELS)].to_numpy().tolist() == [
        [9, 3, 0],
        [4, 3, 1],
        [0, 0, 2],
        [2, 0, 0],
    ]
    cells = [text.get_text() for text in ax.texts if text.get_text().isdigit()]
    # Columns are drawn one after the other; before them the numbers at the bars.
    assert cells[-12:] == ["9", "4", "0", "2", "3", "3", "0", "0", "0", "1", "2", "0"]


def test_columns_carry_the_articles_names_in_their_order() -> None:
    ax = charts.word_frequency(
        tables.frequency(), tables.by_article(), articles=tables.articles()
    )
    headings = [" ".join(text.get_text().split()) for text in ax.texts][-4:]
    assert headings == ["per million words", *tables.LABELS]


def test_the_title_says_how_many_words_are_left_out() -> None:
    ax = charts.word_frequency(many_words(812), top=25)
    assert charts.title_of(ax) == "The 25 most frequent of 812 words"
    assert len(charts.drawn(ax)) == 25
    assert row_labels(ax)[-1] == "word00024"


def test_equal_counts_stand_in_alphabetical_order_and_a_cut_among_them_is_noted() -> None:
    table = pd.DataFrame({"word": ["d", "b", "a", "c"], "count": [1, 1, 5, 1]})
    ax = charts.word_frequency(table, top=2)
    assert row_labels(ax) == ["a", "b"]
    note = "2 more words occur as often as the last one shown (1)."
    assert note in " ".join(strings(figure_of(ax)))


def test_a_cut_among_equal_counts_of_tags_names_what_they_are() -> None:
    tags = pd.DataFrame({"tag": ["#a", "#b", "@c"], "kind": "hashtag", "count": [5, 1, 1]})
    shown = " ".join(strings(figure_of(charts.hashtags_mentions(tags, top=2))))
    assert "1 more hashtag or mention occurs as often as the last one shown (1)." in shown


def test_too_many_articles_give_way_to_the_number_that_hold_the_word() -> None:
    ids = [f"a{at:03}" for at in range(120)]
    counts = pd.DataFrame({"article_id": ids, "word": "bus", "count": 2})
    total = pd.DataFrame({"word": ["bus"], "count": [240]})
    ax = charts.word_frequency(total, counts)
    shown = strings(figure_of(ax))
    assert "120 of 120" in shown
    assert "Counts per article are not drawn: 120 columns do not fit." in " ".join(shown)
    assert list(charts.drawn(ax).columns) == ["word", "count", "articles_containing"]


def test_words_that_nobody_counted_are_not_called_frequent() -> None:
    table = pd.DataFrame({"word": ["bus", "night"], "count": [float("nan")] * 2})
    ax = charts.word_frequency(table)
    assert charts.title_of(ax) == "all 2 words, not counted"
    assert "frequent" not in charts.alt_text(ax)


def test_a_hashtag_and_a_word_of_the_same_letters_are_counted_apart() -> None:
    frequency = pd.DataFrame({"word": ["x", "x"], "kind": ["word", "hashtag"], "count": [3, 2]})
    rows = [("a", "x", "word", 3), ("b", "x", "hashtag", 2)]
    counts = pd.DataFrame(rows, columns=["article_id", "word", "kind", "count"])
    drawn = charts.drawn(charts.word_frequency(frequency, counts))
    assert drawn[["a", "b"]].to_numpy().tolist() == [[3, 0], [0, 2]]


def test_articles_of_the_same_name_keep_columns_of_their_own() -> None:
    ax = charts.word_frequency(
        tables.frequency(),
        tables.by_article(),
        articles=tables.articles(["Post", "Post", "count"]),
    )
    names = [column for column in charts.drawn(ax).columns if "(" in str(column)]
    assert names == ["Post (herald)", "Post (examiner)", "count (seven)"]


def test_one_word_in_one_article() -> None:
    ax = charts.word_frequency(
        pd.DataFrame({"word": ["bus"], "count": [1]}),
        pd.DataFrame({"article_id": ["a"], "word": ["bus"], "count": [1]}),
    )
    assert bars(ax) == [1]
    assert charts.title_of(ax) == "Words by frequency"


def test_alt_text_names_the_extremes() -> None:
    alt = charts.describe_word_frequency(
        tables.frequency(), tables.by_article(), articles=tables.articles()
    )
    assert "of all 4 words" in alt
    assert "bus (12), night (8), city (2) and 1 more with as many." in alt
    assert "1 of the 4 occur in all." in alt


def test_hashtags_and_mentions_are_bars_of_their_own_look() -> None:
    ax = charts.hashtags_mentions(
        tables.tags(), tables.tags_by_article(), articles=tables.articles()
    )
    assert row_labels(ax) == ["#saferide", "@citybus"]
    assert bars(ax) == [7, 4]
    hashtag, mention = (bar for bar in ax.containers[0] if isinstance(bar, Rectangle))
    assert hashtag.get_facecolor() != mention.get_facecolor()
    assert not hashtag.get_hatch()
    assert mention.get_hatch()
    drawn = charts.drawn(ax)
    assert drawn[list(tables.LABELS)].to_numpy().tolist() == [[5, 2, 0], [1, 0, 3]]


def test_letters_that_the_font_lacks_are_marked_and_said() -> None:
    tags = pd.DataFrame({"tag": ["#我也是"], "kind": ["hashtag"], "count": [3]})
    ax = charts.hashtags_mentions(tags)
    assert row_labels(ax) == ["#□□□"]
    assert "□ stands for a character that the font lacks." in strings(figure_of(ax))
    assert charts.drawn(ax)["tag"].tolist() == ["#我也是"]


def test_a_count_that_is_not_known_is_not_taken_for_none() -> None:
    counts = pd.DataFrame(
        {"article_id": ["a", "b"], "word": "bus", "count": [float("nan"), 2.0]}
    )
    total = pd.DataFrame({"word": ["bus"], "count": [2]})
    drawn = charts.drawn(charts.word_frequency(total, counts))
    assert drawn["a"].isna().all()
    assert drawn["b"].tolist() == [2]


@pytest.mark.parametrize("width_mm", [85, 180])
@pytest.mark.parametrize("articles", [2, 6, 12, 17, 30])
def test_large_counts_stand_apart_or_give_way(articles: int, width_mm: float) -> None:
    ids = [f"a{at}" for at in range(articles)]
    rows = [(one, word, n) for one in ids for word, n in (("bus", 123_456), ("tram", 234_567))]
    counts = pd.DataFrame(rows, columns=["article_id", "word", "count"])
    total = counts.groupby("word")["count"].sum().reset_index()
    figure = figure_of(charts.word_frequency(total, counts, width_mm=width_mm))
    assert overlaps(figure) == []
    assert cut_off(figure) == []
