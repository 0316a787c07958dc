"""Factiva: both displays, what can be missing, what can mislead."""

from __future__ import annotations

from dataclasses import replace

import exports_made as made
import pytest
from exports_made import REPLY, SPEAK, Made

from metoo_research.errors import ReadError
from metoo_research.readers import File, Item, RawArticle, RawProblem
from metoo_research.readers.exports import FACTIVA

PLAIN = """Culture
Eleven women speak about the choir
Jo Writer and Sam Reader
1,285 words
17 octobre 2017
08:30
The Oldtown Gazette
OLDGAZ
National
4
Français
(c) 2017 Oldtown Media

Onze femmes ont parlé.

Elles attendent une réponse.

Document OLDGAZ0020171017edah0001x

"""


def read(text: str) -> list[Item]:
    return list(FACTIVA.read(File("export", text.encode())))


def articles(items: list[Item]) -> list[RawArticle]:
    return [item for item in items if isinstance(item, RawArticle)]


def kinds(article: RawArticle) -> list[tuple[str, str]]:
    return [(p.kind, article.text[p.start : p.end]) for p in article.passages]


def test_the_head_of_a_displayed_article() -> None:
    (one,) = articles(read(PLAIN))
    assert one.headline == "Eleven women speak about the choir"
    assert one.author == "Jo Writer and Sam Reader"
    assert (one.outlet, one.language) == ("The Oldtown Gazette", "fr")
    assert one.published == "2017-10-17"
    assert one.record == "OLDGAZ0020171017edah0001x"
    assert ("section_tag", "Culture") in kinds(one)
    assert one.text.endswith("Onze femmes ont parlé.\n\nElles attendent une réponse.")
    assert one.notes == ("words: 1,285 declared, 8 found",)


def test_what_stands_above_the_count_and_is_not_understood_stays_in_the_text() -> None:
    text = PLAIN.replace("Jo Writer", "They say that nobody asked them\nJo Writer")
    (one,) = articles(read(text))
    assert "They say that nobody asked them" in one.text


def test_page_lines_and_the_search_are_no_part_of_an_article() -> None:
    (one, two) = articles(read("\n".join(made.factiva_displayed([SPEAK, REPLY]))))
    assert not any("Factiva, Inc." in each.text for each in (one, two))
    assert not any("Search Summary" in each.text for each in (one, two))


def test_a_text_line_that_looks_like_a_field_stays_text() -> None:
    odd = Made(("First words.", "Second words.", "IN\tbrief: nothing.", "HD\tlast words."))
    (one,) = articles(read("\n".join(made.factiva_coded([odd]))))
    assert one.headline == odd.headline
    assert "brief: nothing." in one.text
    assert one.text.endswith("last words.")


def test_indexing_is_no_part_of_the_text() -> None:
    (one,) = articles(read("\n".join(made.factiva_coded([SPEAK]))))
    assert "gedu : Education" not in one.text


def test_a_last_article_cut_off_is_kept_and_marked() -> None:
    lines = made.factiva_displayed([SPEAK, REPLY], summary=False)
    cut = lines[: lines.index(REPLY.paragraphs[0]) + 1]
    one, two = articles(read("\n".join(cut)))
    assert (one.truncated, two.truncated) == (None, True)
    assert two.record == "document 2"
    assert REPLY.paragraphs[0] in two.text


def test_a_record_without_text_is_a_problem_that_names_it() -> None:
    empty = replace(SPEAK, paragraphs=("",))
    for write in (made.factiva_displayed, made.factiva_coded):
        items = read("\n".join(write([empty, REPLY])))
        (problem,) = [item for item in items if isinstance(item, RawProblem)]
        assert problem.reason == "no text in this record"
        assert "Choir members" in problem.detail
        assert len(articles(items)) == 1


def test_a_page_whose_articles_are_in_tables() -> None:
    one, two = articles(read(made.factiva_page([SPEAK, REPLY], coded=True)))
    assert SPEAK.paragraphs[2] in one.text.split("\n\n")
    assert two.author is None


def test_a_page_without_articles_is_refused() -> None:
    with pytest.raises(ReadError, match="no article in this Factiva export"):
        read("<html><head><title>Factiva</title></head><body><p>Log in</p></body></html>")


def test_100_000_nested_tags_end_in_a_plain_reason_or_an_article() -> None:
    page = made.factiva_page([SPEAK]).replace("<body>", "<body>" + "<div>" * 100_000)
    try:
        assert read(page)
    except ReadError as error:
        assert error.detail  # noqa: PT017
