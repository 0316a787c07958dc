"""Exports of any size, with odd texts: each article comes out once, with all its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import exports_made as made
import pytest
from damage import damaged, outcomes
from exports_made import REPLY, SPEAK, Made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metoo_research.readers import Declared, File, Item, RawArticle, Reader
from metoo_research.readers.exports import (
    EUROPRESSE,
    FACTIVA,
    NEXIS,
    PROQUEST,
    articles_in_lines,
)

Writer = Callable[[Sequence[Made]], str]

TEXT_EXPORTS: dict[str, tuple[Reader, Writer]] = {
    "nexis classic text": (NEXIS, made.nexis_classic),
    "nexis classic without cover": (NEXIS, lambda some: made.nexis_classic(some, cover=False)),
    "nexis classic page": (NEXIS, made.nexis_page),
    "nexis uni text": (NEXIS, lambda some: "\n".join(made.nexis_uni(some))),
    "factiva displayed": (FACTIVA, lambda some: "\n".join(made.factiva_displayed(some))),
    "factiva coded": (FACTIVA, lambda some: "\n".join(made.factiva_coded(some))),
    "factiva page": (FACTIVA, made.factiva_page),
    "factiva coded page": (FACTIVA, lambda some: made.factiva_page(some, coded=True)),
    "proquest text": (PROQUEST, made.proquest_text),
    "proquest page": (PROQUEST, made.proquest_page),
    "europresse page": (EUROPRESSE, made.europresse_page),
}
LINE_EXPORTS: dict[str, Callable[[Sequence[Made]], list[str]]] = {
    "nexis uni document": made.nexis_uni,
    "nexis uni without cover": lambda some: made.nexis_uni(some, cover=False),
    "factiva displayed document": made.factiva_displayed,
    "factiva coded document": lambda some: made.factiva_coded(some, between="|"),
}
ALL = [*TEXT_EXPORTS, *LINE_EXPORTS]


def items_of(name: str, some: Sequence[Made]) -> list[Item]:
    if name in LINE_EXPORTS:
        items = articles_in_lines(LINE_EXPORTS[name](some))
        assert items is not None
        return list(items)
    reader, write = TEXT_EXPORTS[name]
    file = File("export", write(some).encode())
    assert reader.recognises(file)
    return list(reader.read(file))


def articles(items: Iterable[Item]) -> list[RawArticle]:
    return [item for item in items if isinstance(item, RawArticle)]


@pytest.mark.parametrize("name", ALL)
def test_fields_of_two_articles(name: str) -> None:
    one, two = articles(items_of(name, [SPEAK, REPLY]))
    assert (one.headline, one.author, one.outlet) == (
        "Choir members speak about their teacher", "Jo Writer", "The Oldtown Gazette",
    )  # fmt: skip
    assert (one.published, two.published) == ("2017-10-16", "2017-11-03")
    assert (two.headline, two.author, two.outlet) == (
        "No answer from the school", None, "Newtown Post",
    )  # fmt: skip
    assert one.record != two.record


@pytest.mark.parametrize("name", ALL)
def test_the_text_is_headline_and_paragraphs(name: str) -> None:
    (one,) = articles(items_of(name, [SPEAK]))
    without_section = one.text.replace("\n\nNews\n\n", "\n\n")
    assert without_section.split("\n\n") == [SPEAK.headline, *SPEAK.paragraphs]
    headline = one.passages[0]
    assert one.text[headline.start : headline.end] == SPEAK.headline
    assert headline.kind == "headline"


@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith("factiva")])
@pytest.mark.parametrize("count", [1, 40, 100])
def test_the_declared_number_is_that_of_the_articles(name: str, count: int) -> None:
    items = items_of(name, [SPEAK] * count)
    assert [item.articles for item in items if isinstance(item, Declared)] == [count]
    assert len(articles(items)) == count


@pytest.mark.parametrize("name", ALL)
def test_records_are_named_apart_even_if_an_article_comes_twice(name: str) -> None:
    records = [one.record for one in articles(items_of(name, [SPEAK, SPEAK, REPLY]))]
    assert len(set(records)) == 3


@pytest.mark.parametrize("name", ALL)
def test_only_its_own_reader_recognises_an_export(name: str) -> None:
    if name in TEXT_EXPORTS:
        own, write = TEXT_EXPORTS[name]
        file = File("export", write([SPEAK, REPLY]).encode())
        readers = (NEXIS, FACTIVA, PROQUEST, EUROPRESSE)
        assert [one for one in readers if one.recognises(file)] == [own]


@pytest.mark.parametrize(
    "text",
    [
        "The library gave me 2 of 100 DOCUMENTS, and an article about Factiva.",
        "Load-Date: nobody knows.\n\nBody\n\nThe word stood there alone.",
        "____________________________________________________________\n\nA line, and a text.",
        "HD\nA poem\nTD\nwithout end",
        "End of Document",
        "<html><body><article><p>A page, ProQuest said.</p></article></body></html>",
        "<html><head><title>Europresse is sold</title></head><body><p>Text.</p></body></html>",
        "By Jo Writer\n512 words\n17 October 2017\n\nNo document's number follows.",
    ],
)
def test_articles_that_speak_of_databases_are_no_exports(text: str) -> None:
    for reader in (NEXIS, FACTIVA, PROQUEST, EUROPRESSE):
        assert not reader.recognises(File("article", text.encode()))
    assert articles_in_lines(text.split("\n")) is None


# --------------------------------------------------------------------------- odd texts

ODD = (
    "BODY: of evidence, the paper called it.",
    "He read on and on, then put down 2 of 100 DOCUMENTS and left.",
    "They had 2 of 3 DOCUMENTS\nin hand.",
    "LENGTH: what matters is how long it took.",
    "LANGUAGE: mind it, the headmaster said.",
    "LOAD-DATE: a word on the ship's papers.",
    "Body of work, the critics said; Load-Date: never.",
    "End of Document, the last page read, and the beginning of a story.",
    "Document OLDGAZ0020171016edag00001 was missing, the clerk wrote.",
    "TD was all he signed. HD was her answer.",
    "IN brief: nothing.",
    "Full text: not to be had, they were told.",
    "Title: headmaster. Salary: unknown.",
    "Author: unknown, date: unknown, the file says.",
    "Subject: none of your business, the letter began.",
    "ProQuest document ID: a number that no reader needs.",
    "____ was written where the name should stand.",
    "© 2017 stood on the photograph.",
    "October 16, 2017 was the day on which everything changed for the members of the choir.",
    "512 words were all that she wrote in seven years, and nobody had asked for more of them.",
    "<b>bold</b> & \"quoted\" 'words' — and more…",
    "Page 3 of 233 of the file is empty.",
    "1. First of a list",
    "#MeToo @someone https://news.example/a/b?c=d 3.5 million",
)
PLAIN = (
    "Nobody answered.",
    "“It took me nine years,” said one of them, “and it took the school nine days.”",
    "Été à Zürich, l’avocate dit « non »: “naïve” façades; 12,400 réponses en une journée.",
    "The school did what schools had done before it. " * 6,
    "Twenty-two former pupils wrote to the board in the first week, and a further hundred in "
    "the second; the board answered none of the letters, its chair said in a short note.",
)
sentences = st.sampled_from(PLAIN)
#: The first paragraph is plain: at its own beginning an export's layout cannot be told from it.
texts = st.tuples(
    sentences.map(lambda text: f"On that day {text}"),
    st.lists(st.one_of(sentences, st.sampled_from(ODD)), max_size=5),
    sentences.map(lambda text: f"In the end {text}"),
).map(lambda parts: tuple(" ".join(one.split()) for one in (parts[0], *parts[1], parts[2])))
some_made = st.builds(
    Made,
    paragraphs=texts,
    headline=st.one_of(st.none(), st.just("A headline of some words")),
    outlet=st.one_of(st.none(), st.just("The Oldtown Gazette")),
    author=st.one_of(st.none(), st.just("Jo Writer")),
    day=st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 1, 1))),
    words=st.booleans(),
)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some=st.lists(some_made, min_size=1, max_size=6))
def test_no_paragraph_is_lost_or_comes_twice(name: str, some: list[Made]) -> None:
    found = articles(items_of(name, some))
    assert len(found) == len(some)
    for article, one in zip(found, some, strict=True):
        text = squeezed(article.text)
        assert squeezed(" ".join(one.paragraphs)) in text
        for passage in article.passages:
            assert 0 <= passage.start < passage.end <= len(article.text)


@settings(max_examples=4, deadline=None)
@given(count=st.integers(1, 100), odd=st.lists(st.sampled_from(ODD), min_size=1, max_size=3))
@pytest.mark.parametrize("name", ALL)
def test_each_of_up_to_100_articles_is_there(name: str, count: int, odd: list[str]) -> None:
    some = [
        Made((f"Text number {n} begins here.", *odd, f"Text number {n} ends here."))
        for n in range(count)
    ]
    found = articles(items_of(name, some))
    assert len(found) == count
    assert all(f"Text number {n} ends here." in one.text for n, one in enumerate(found))


@pytest.mark.parametrize("name", TEXT_EXPORTS)
def test_damaged_exports_end_in_items_or_a_plain_reason(name: str) -> None:
    reader, write = TEXT_EXPORTS[name]
    data = write([SPEAK, REPLY]).encode()
    found = outcomes(reader.read, damaged(data, 300, seed=5))
    assert found.total() == 300
