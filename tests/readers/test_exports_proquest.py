"""ProQuest: what can be missing, what can mislead."""

from __future__ import annotations

import time

import exports_made as made
import pytest
from exports_made import REPLY, SPEAK, Made

from metoo_research.errors import ReadError
from metoo_research.readers import Declared, File, Item, RawArticle, RawProblem
from metoo_research.readers.exports import PROQUEST

RULE = "_" * 60


def read(text: str) -> list[Item]:
    return list(PROQUEST.read(File("export", text.encode())))


def articles(items: list[Item]) -> list[RawArticle]:
    return [item for item in items if isinstance(item, RawArticle)]


def test_a_record_has_the_databases_number_and_address() -> None:
    (one,) = articles(read(made.proquest_text([SPEAK])))
    assert one.record == "195100001"
    assert one.url == "https://search.proquest.com/docview/195100001"
    assert one.basis == {"url": "ProQuest document URL"}


def test_an_abstract_is_no_article() -> None:
    text = made.proquest_text([SPEAK, REPLY])
    whole = (
        f"Full text: {SPEAK.paragraphs[0]}\n\n{SPEAK.paragraphs[1]}\n\n{SPEAK.paragraphs[2]}"
    )
    for instead in ("Full text: Not available.", "Notes: none"):
        items = read(text.replace(whole, instead))
        (problem,) = [item for item in items if isinstance(item, RawProblem)]
        assert problem.record == "195100001"
        assert problem.detail.endswith("only an abstract; look it up in the database")
        assert len(articles(items)) == 1


def test_the_abstract_is_not_counted_with_the_text() -> None:
    (one,) = articles(read(made.proquest_text([SPEAK])))
    assert "Women speak about a school." not in one.text


@pytest.mark.parametrize(
    "odd",
    [
        "Title: headmaster, salary unknown.",
        "Subject: none of your business.",
        "Author: unknown.",
    ],
)
def test_a_last_paragraph_that_looks_like_a_field_stays_text(odd: str) -> None:
    some = Made(("First words.", odd))
    (one,) = articles(read(made.proquest_text([some])))
    if odd.startswith("Author"):
        # A field that the record lacks behind its text cannot be told from such a paragraph.
        assert one.author in {"Jo Writer", "unknown."}
    else:
        assert one.text.endswith(odd)
    assert one.headline == some.headline


def test_a_line_of_underscores_within_a_text_parts_nothing() -> None:
    odd = Made(("Above the line.", RULE, "Below the line."))
    items = read(made.proquest_text([odd, REPLY]))
    one, two = articles(items)
    assert one.text.endswith("Below the line.")
    assert two.headline == REPLY.headline


def test_the_table_of_contents_declares_the_number() -> None:
    contents = f"{RULE}\n\nTable of contents\n\n1. One\n\n2. Two\n\n3. Three\n\n{RULE}\n"
    text = made.proquest_text([SPEAK, REPLY]).replace("Document 1 of 2", "")
    items = read(contents + text.replace("Document 2 of 2", ""))
    assert items[0] == Declared(3)
    assert [one.headline for one in articles(items)] == [SPEAK.headline, REPLY.headline]


def test_an_export_without_records_is_refused() -> None:
    with pytest.raises(ReadError, match="no article in this ProQuest export"):
        read(f"{RULE}\n\nReport Information from ProQuest\n\n{RULE}\n\nContact us at: x\n")


def test_many_lines_of_underscores_take_no_time() -> None:
    text = "Title: One\n\nFull text: Words.\n\n" + f"{RULE}\n" * 50_000
    begun = time.perf_counter()
    assert read(text)
    assert time.perf_counter() - begun < 10
