"""LexisNexis: what the layouts differ in, what can be missing, what can mislead."""

from __future__ import annotations

import time
from dataclasses import replace

import exports_made as made
import pytest
from exports_made import REPLY, SPEAK, Made

from metoo_research.errors import ReadError
from metoo_research.readers import Declared, File, Item, RawArticle, RawProblem
from metoo_research.readers.exports import NEXIS, articles_in_lines

GERMAN = """
                             Dokument 1 von 2

                               Altstädter Bote

                        27. Februar 2018 Dienstag 9:50 PM GMT+1

Chormitglieder sprechen über ihren Lehrer

AUTOR: Jo Schreiber

RUBRIK: KULTUR; S. 4

LÄNGE: 1285 Wörter

HIGHLIGHT: Elf Frauen berichten.

Elf Frauen haben dieser Zeitung erzählt, was in der Schule geschah.

UPDATE: 28. Februar 2018

SPRACHE: GERMAN; DEUTSCH

PUBLICATION-TYPE: Web-Publikation

                      Copyright 2018 Altstädter Verlag
                          Alle Rechte vorbehalten

                             Dokument 2 von 2

                               Altstädter Bote

                              1. März 2018

Keine Antwort

LÄNGE: 4 Wörter

Die Schule schweigt weiter.

SPRACHE: GERMAN; DEUTSCH
"""


def read(text: str) -> list[Item]:
    return list(NEXIS.read(File("export", text.encode())))


def articles(items: list[Item]) -> list[RawArticle]:
    return [item for item in items if isinstance(item, RawArticle)]


def declared(items: list[Item]) -> list[int]:
    return [item.articles for item in items if isinstance(item, Declared)]


def kinds(article: RawArticle) -> list[tuple[str, str]]:
    return [(p.kind, article.text[p.start : p.end]) for p in article.passages]


def test_the_german_layout() -> None:
    one, two = articles(read(GERMAN))
    assert one.headline == "Chormitglieder sprechen über ihren Lehrer"
    assert (one.author, one.outlet, one.language) == ("Jo Schreiber", "Altstädter Bote", "de")
    assert one.published == "2018-02-27T21:50:00+01:00"
    assert ("subhead", "Elf Frauen berichten.") in kinds(one)
    assert one.text.endswith("was in der Schule geschah.")
    assert two.published == "2018-03-01"


def test_fields_named_in_capitals_with_headline_and_body() -> None:
    text = """
1 of 1 DOCUMENT

Copyright 1998 Oldtown Media
The Oldtown Gazette

March 3, 1998, Tuesday, Late Edition

SECTION: Section A; Page 4

LENGTH: 9 words

HEADLINE: A hearing in Oldtown

BYLINE: By JO WRITER

BODY:
The board met and heard what they said.

GRAPHIC: Photo: The hall of the school.

LOAD-DATE: March 3, 1998
"""
    (one,) = articles(read(text))
    assert (one.headline, one.author) == ("A hearing in Oldtown", "JO WRITER")
    assert one.published == "1998-03-03"
    assert "The board met and heard what they said." in one.text
    assert ("caption", "Photo: The hall of the school.") in kinds(one)
    assert one.notes == ("words: 9 declared, 8 found",)


def test_lines_broken_by_the_database_are_joined_and_short_lines_stay() -> None:
    verse = ("They sang", "and sang", "until the light was gone.")
    text = made.nexis_classic([SPEAK]).replace("A hearing is planned.", "\n".join(verse))
    (one,) = articles(read(text))
    assert SPEAK.paragraphs[1] in one.text
    assert "\n\n".join(verse) in one.text


@pytest.mark.parametrize("quoted", ["2 of 3 DOCUMENTS", "3 of 3 DOCUMENTS", "9 of 9 DOCUMENTS"])
def test_a_paragraph_that_looks_like_a_beginning_is_text(quoted: str) -> None:
    some = [
        Made(("The file said only:", quoted, "Nobody knew what that meant to say."), headline=h)
        for h in ("First of three", "Second of three", "Third of three")
    ]
    items = read(made.nexis_classic(some))
    assert [one.headline for one in articles(items)] == [one.headline for one in some]
    assert all(quoted in one.text for one in articles(items)[:1])


def test_a_range_of_a_longer_list_declares_what_lies_in_it() -> None:
    text = made.nexis_classic([SPEAK, REPLY, SPEAK], cover=False)
    for old, new in ((1, 101), (2, 102), (3, 104)):
        text = text.replace(f"{old} of 3 DOCUMENTS", f"{new} of 300 DOCUMENTS")
    items = read(text)
    assert declared(items) == [4]  # 101 to 104, and 103 is not there
    assert [one.record for one in articles(items)] == [
        "document 101", "document 102", "document 104",
    ]  # fmt: skip


def test_two_exports_in_one_file_are_both_read() -> None:
    text = made.nexis_classic([SPEAK, REPLY], cover=False) + made.nexis_classic([REPLY] * 3)
    items = read(text)
    assert len(articles(items)) == 5
    assert declared(items) == [5]


def test_an_export_cut_off_declares_more_than_it_has_and_marks_its_last() -> None:
    whole = made.nexis_classic([SPEAK] * 4, cover=False)
    at = whole.index("3 of 4 DOCUMENTS")
    items = read(whole[: at + 500])
    assert declared(items) == [4]
    assert [one.truncated for one in articles(items)] == [None, None, True]


def test_a_record_without_text_is_a_problem_that_names_it() -> None:
    photo = replace(SPEAK, paragraphs=(), headline="Photo standalone")
    for items in (
        read(made.nexis_classic([photo, REPLY])),
        read("\n".join(made.nexis_uni([photo, REPLY]))),
    ):
        (problem,) = [item for item in items if isinstance(item, RawProblem)]
        assert problem.reason == "no text in this record"
        assert problem.record == "document 1"
        assert "The Oldtown Gazette" in problem.detail
        assert "Photo standalone" in problem.detail
        assert len(articles(items)) == 1


def test_graphics_under_their_line_are_captions() -> None:
    lines = made.nexis_uni([SPEAK])
    at = lines.index("Classification")
    lines[at:at] = ["Graphic", "", "The hall of the school, seen from the road."]
    items = articles_in_lines(lines)
    assert items is not None
    (one,) = articles(list(items))
    assert kinds(one)[-1] == ("caption", "The hall of the school, seen from the road.")


def test_end_of_document_within_a_text_ends_nothing() -> None:
    odd = Made(("The last page read:", "End of Document", "They turned it over and went on."))
    items = articles_in_lines(made.nexis_uni([odd, REPLY]))
    assert items is not None
    one, two = articles(list(items))
    assert one.text.endswith("They turned it over and went on.")
    assert two.headline == REPLY.headline


def test_no_headline_in_original_is_no_headline() -> None:
    items = articles_in_lines(made.nexis_uni([replace(SPEAK, headline=None), REPLY]))
    assert items is not None
    one, two = articles(list(items))
    assert one.headline is None
    assert one.outlet == "The Oldtown Gazette"
    assert two.headline == REPLY.headline


def test_a_date_that_can_be_two_days_is_left_open_and_noted() -> None:
    text = made.nexis_classic([SPEAK]).replace("October 16, 2017 Monday", "October 2017")
    (one,) = articles(read(text))
    assert one.published is None
    assert "no date of publication; in the database since October 20, 2017" in one.notes


def test_an_export_without_documents_is_refused() -> None:
    with pytest.raises(ReadError, match="no article in this LexisNexis export; download it"):
        read("Download Request: Selected Items: 1-2\nTime Of Request: Friday\n")


@pytest.mark.parametrize(
    "text",
    [
        "Download Request: "
        + "1" * 50_000
        + "x\n\n1 of 1 DOCUMENTS\n\n\nOctober 1, 2017\n\nText.",
        "1 of 1 DOCUMENTS\n\nOctober 1, 2017\n\n" + "End of Document\n\n" * 20_000,
        "User Name: x\nJob Number: 1\nDocuments (9)\n" + "1.\n" * 20_000 + "Body\nText.",
        "1 of 1 DOCUMENTS\n\nOctober 1, 2017\n\n" + "LENGTH: " * 50_000,
        "\n\n".join(f"{n} of 5000 DOCUMENTS" for n in range(1, 5_000)) + "\n\nOctober 1, 2017",
    ],
    ids=["digits", "ends", "list", "labels", "marks"],
)
def test_long_and_odd_files_take_no_time(text: str) -> None:
    begun = time.perf_counter()
    assert read(text)
    assert time.perf_counter() - begun < 10
