"""Europresse: what can be missing, what can mislead."""

from __future__ import annotations

from dataclasses import replace

import exports_made as made
import pytest
from exports_made import REPLY, SPEAK

from metoo_research.errors import ReadError
from metoo_research.readers import Declared, File, Item, RawArticle, RawProblem
from metoo_research.readers.exports import EUROPRESSE


def read(text: str) -> list[Item]:
    return list(EUROPRESSE.read(File("export", text.encode())))


def articles(items: list[Item]) -> list[RawArticle]:
    return [item for item in items if isinstance(item, RawArticle)]


def test_the_year_is_no_part_of_the_number_of_words() -> None:
    (one,) = articles(read(made.europresse_page([SPEAK])))
    assert one.notes == ("words: 43 declared, 43 found",)


def test_the_issue_is_no_part_of_the_outlets_name() -> None:
    (one,) = articles(read(made.europresse_page([SPEAK])))
    assert one.outlet == "The Oldtown Gazette"


def test_a_searched_word_set_off_parts_no_sentence() -> None:
    page = made.europresse_page([SPEAK]).replace(
        "women have", '<mark class="occurrence">women</mark> have'
    )
    (one,) = articles(read(page))
    assert "Eleven women have told" in one.text


def test_a_subtitle_is_a_subhead() -> None:
    page = made.europresse_page([SPEAK]).replace(
        "</p></div>",
        '</p><p class="sm-margin-TopNews rdp__subtitle">What they say</p></div>',
        1,
    )
    page = page.replace(
        '<p>1 documents</p><p class="sm-margin-TopNews rdp__subtitle">', "<p>1 "
    )
    page = page.replace(
        'rdp__articletitle">Choir members speak about their teacher</p></div>',
        'rdp__articletitle">Choir members speak about their teacher</p>'
        '<p class="rdp__subtitle">What they say</p></div>',
    )
    (one,) = articles(read(page))
    assert [(p.kind, one.text[p.start : p.end]) for p in one.passages] == [
        ("headline", SPEAK.headline),
        ("subhead", "What they say"),
    ]


def test_a_page_of_the_older_markup_keeps_its_text() -> None:
    page = (
        made.europresse_page([SPEAK])
        .replace('class="docOcurrContainer"', "")
        .replace('class="DocText clearfix"', "")
    )
    (one,) = articles(read(page))
    assert all(paragraph in one.text for paragraph in SPEAK.paragraphs)
    assert "no part of the page is marked as the text" in one.notes


def test_a_record_without_text_is_a_problem_that_names_it() -> None:
    items = read(made.europresse_page([replace(SPEAK, paragraphs=()), REPLY]))
    (problem,) = [item for item in items if isinstance(item, RawProblem)]
    assert problem.record == "news·20171016·OG·1"
    assert "Choir members" in problem.detail
    assert items[0] == Declared(2)


def test_a_page_cut_off_declares_more_than_it_has() -> None:
    page = made.europresse_page([SPEAK, REPLY, SPEAK])
    items = read(page[: page.rindex("<article>")])
    assert items[0] == Declared(3)
    assert len(articles(items)) == 2


def test_a_page_without_articles_is_refused() -> None:
    with pytest.raises(ReadError, match="no article in this Europresse export"):
        read('<html><body><p class="titreArticleVisu">A title</p></body></html>')
