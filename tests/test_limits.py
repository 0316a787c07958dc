"""What a corpus can tell is computed from the corpus."""

from math import isnan
from pathlib import Path

import pytest

from metoo_research.corpus import Corpus, read_corpus
from metoo_research.limits import limits_of, smallest_p


def corpus_of(folder: Path, *, articles: int, study: str = "") -> Corpus:
    for number in range(articles):
        (folder / f"{number}.txt").write_text(f"Article {number} tells a story.", "utf-8")
    (folder / "study.toml").write_text(study, "utf-8")
    return read_corpus(folder)


def answer(corpus: Corpus, question: str) -> str:
    limits = limits_of(corpus).set_index("question")["answer"]
    return str(limits[question])


@pytest.mark.parametrize(
    ("articles", "p"),
    [(2, 1 / 2), (5, 1 / 10), (6, 1 / 20), (10, 1 / 252)],  # 1 / C(n, n // 2)
)
def test_smallest_p_is_one_in_the_number_of_ways_to_make_the_groups(
    articles: int, p: float
) -> None:
    assert smallest_p(articles) == pytest.approx(p)


def test_one_article_has_no_smallest_p() -> None:
    assert isnan(smallest_p(1))


def test_five_articles_cannot_show_a_difference_of_two_groups(tmp_path: Path) -> None:
    said = answer(corpus_of(tmp_path, articles=5), "Can two groups of articles be told apart?")
    assert said.startswith(
        "No: with 2 against 3, a permutation test cannot reach a p under 0.1,"
    )


def test_ten_articles_can_in_principle(tmp_path: Path) -> None:
    said = answer(corpus_of(tmp_path, articles=10), "Can two groups of articles be told apart?")
    assert said.startswith("In principle: with 5 against 5")
    assert "0.004" in said


def test_undated_articles_show_no_change_over_time(tmp_path: Path) -> None:
    said = answer(corpus_of(tmp_path, articles=3), "Can change over time be shown?")
    assert said == "No: none of 3 articles has a date of publication."


def test_dated_articles_are_counted(tmp_path: Path) -> None:
    study = '[articles."0.txt"]\npublished = 2020-05-01\n'
    corpus = corpus_of(tmp_path, articles=3, study=study)
    assert answer(corpus, "Can change over time be shown?") == (
        "Only between articles with a date: 1 of 3."
    )


def test_one_article_an_outlet_cannot_compare_outlets(tmp_path: Path) -> None:
    study = '[articles."0.txt"]\noutlet = "Herald"\n[articles."1.txt"]\noutlet = "Post"\n'
    corpus = corpus_of(tmp_path, articles=2, study=study)
    said = answer(corpus, "Can outlets be compared?")
    assert said.startswith("2 of 2 articles name their outlet, 2 outlets in all")
    assert "outlet and article are the same thing" in said


def test_one_article_is_told_as_one(tmp_path: Path) -> None:
    limits = limits_of(corpus_of(tmp_path, articles=1))
    assert limits["answer"].tolist() == [
        "No: it is one article.",
        "No: there is one article.",
        "No: it is one article.",
        "No: it is one article.",
        "No article shows signs of having been cut short.",
    ]


def test_copies_are_told_and_make_no_group_larger(tmp_path: Path) -> None:
    text = "The bus came late on Monday, and nobody on the pier knew why it had to be so."
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    corpus = corpus_of(tmp_path, articles=3)
    said = answer(corpus, "Is each article a report of its own?")
    assert said.startswith("No: 2 of 6 are copies of another (b of a; c of a).")
    said = answer(corpus, "Can two groups of articles be told apart?")
    assert said.startswith("No: with 2 against 2 (copies left out)")


def test_copies_are_named_among_the_limits(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("The same story, word for word.", "utf-8")
    said = answer(read_corpus(tmp_path), "Is each article a report of its own?")
    assert said.startswith("No: 1 of 2 is a copy of another (b of a).")


def test_without_copies_the_limits_do_not_speak_of_them(tmp_path: Path) -> None:
    limits = limits_of(corpus_of(tmp_path, articles=3))
    assert "Is each article a report of its own?" not in set(limits["question"])
