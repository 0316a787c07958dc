"""A description says what is drawn, no more, and names all that share an extreme."""

import chart_tables as tables
import pandas as pd
import pytest

from metoo_research import charts
from metoo_research.charts.extremes import at_end, both_ends, shared
from metoo_research.charts.text import count, signed

IDS = [f"a{at:02}" for at in range(30)]


@pytest.mark.parametrize(
    ("width_mm", "words"),
    [
        (180, "Columns give the count in each of 12 articles; 2 of the 3 occur in all."),
        (85, "A column tells in how many of 12 articles each occurs."),
    ],
)
def test_counts_per_article_are_described_where_they_are_drawn(
    width_mm: float, words: str
) -> None:
    frequency = pd.DataFrame({"word": ["bus", "bell", "rail"], "count": [24, 12, 1]})
    counts = [(article, *pair) for pair in (("bus", 2), ("bell", 1)) for article in IDS[:12]]
    by_article = pd.DataFrame(
        [*counts, ("a03", "rail", 1)], columns=["article_id", "word", "count"]
    )
    ax = charts.word_frequency(frequency, by_article, width_mm=width_mm)
    assert words in charts.alt_text(ax)
    assert charts.alt_text(ax) == charts.describe_word_frequency(
        frequency, by_article, width_mm=width_mm
    )


def test_the_first_and_the_only_article_are_named_so() -> None:
    scores = tables.article_scores()
    alone = charts.describe_sentiment_without_topic(scores.head(1))
    first = charts.describe_sentiment_without_topic(scores, top=1)
    assert "Two means for the one article, with all words" in alone
    assert "Two means for the first of 3 articles, with all words" in first


def test_words_as_frequent_as_the_third_are_counted() -> None:
    words = pd.DataFrame({"word": list("abcdef"), "count": [9, 2, 2, 2, 2, 1]})
    alt = charts.describe_word_frequency(words)
    assert "Most frequent: a (9), b (2), c (2) and 2 more with as many; last: f (1)." in alt


def test_figures_of_one_size_share_the_extreme() -> None:
    rows = [
        tables.figure_row(article, number_text="thousands", value=1000.0, bound="vague")
        for article in tables.IDS
    ]
    rows.append(tables.figure_row(value=2e6, number_text="2 million"))
    alt = charts.describe_reported_metrics(pd.DataFrame(rows))
    assert "Largest about #SafeRide: 2 million posts, Chirp (herald); " in alt
    assert "smallest: thousands of posts, Chirp (herald) and 2 others." in alt


def test_changes_of_one_size_are_named_together() -> None:
    scores = tables.article_scores()
    scores["mean_without_topic"] = scores["mean_compound"] + [0.1, -0.1, 0.0]
    alt = charts.describe_sentiment_without_topic(scores)
    assert (
        "Largest change: Harbour Herald (+0.10) and "
        "The Inland and Coastal Evening Examiner (−0.10)." in alt
    )


def test_one_extreme_is_named_with_its_value() -> None:
    assert at_end(["A", "B"], pd.Series([1, 3]), highest=True, write=count) == "B (3)"
    assert at_end(["A", "B"], pd.Series([1, None]), highest=True, write=count) == "A (1)"
    assert at_end(["A"], pd.Series([None], dtype=float), highest=True, write=count) == ""


def test_values_that_are_written_alike_share_an_end() -> None:
    values = pd.Series([0.251, 0.249, -0.5])
    assert at_end(list("ABC"), values, highest=True, write=signed) == "A and B (+0.25 each)"


def test_where_all_are_alike_there_are_no_ends() -> None:
    ends = ("Lowest", False), ("highest", True)
    told = both_ends(list("ABC"), pd.Series([0.5, 0.5, 0.5]), ends=ends, write=signed)
    assert told == "All: +0.50."


def test_of_many_the_first_is_named() -> None:
    assert shared(["A", "B", "C"]) == "A and 2 others"
    assert shared(["A and B", "C and D"], noun="pair") == "A and B, and 1 other pair"


def test_pairs_whose_likeness_is_not_known_are_counted() -> None:
    everyone = pd.DataFrame({"article_id": IDS[:3], "label": IDS[:3]})
    table = pd.DataFrame([("a00", "a01", 0.5)], columns=["article_a", "article_b", "cosine"])
    alt = charts.describe_similarity(table, articles=everyone)
    assert "of 3 pairs of 3 articles" in alt
    assert "It is not known for 2 pairs. a00 and a01: 0.50." in alt
    none = charts.describe_similarity(table.head(0), articles=everyone)
    assert none.endswith("It is not defined for any pair.")
