"""What a text says of its own date and outlet, where its file says nothing else."""

from __future__ import annotations

import pytest

from metoo_research._text_facts import TextFacts, facts_in_text
from metoo_research.passages import label_text

STORY = (
    "Nurses walked through the town on Monday and asked for shorter nights on the wards.\n\n"
    "The hospital said that it would answer them before the end of the month."
)


def told(head: str, story: str = STORY) -> TextFacts:
    return facts_in_text(label_text(f"{head}{story}"))


@pytest.mark.parametrize(
    ("head", "published", "where"),
    [
        ("Nurses march\n\nPublished 14 May 2019\n\n", "2019-05-14", "date of publication"),
        (
            "14 May 2019\n\nNurses march for shorter nights\n\n",
            "2019-05-14",
            "date at the head",
        ),
        ("Nurses march\n\n23/05/2019\n\n", "2019-05-23", "date at the head"),
        ("Nurses march\nBy Ana Ruiz, May 14, 2019\n\n", "2019-05-14", "date at the head"),
        ("Nurses march\n\nHARWICH, May 14, 2019 (NorthWire) –\n\n", "2019-05-14", "dateline"),
        ("Nurses march\n\nHarwich, 14 May 2019\n\n", "2019-05-14", "dateline"),
        ("Nurses march\n\nHARWICH, 14 May 2019 — ", "2019-05-14", "dateline"),
        (
            "Nurses march\n\nPublished: 14 May 2019 10:32 GMT | Updated: 15 May 2019\n\n",
            "2019-05-14T10:32:00+00:00",
            "date of publication",
        ),
    ],
)
def test_the_date_at_the_head_is_that_of_publication(
    head: str, published: str, where: str
) -> None:
    found = told(head)
    assert found.published == published
    assert found.basis["published"].startswith(where)


def test_the_date_called_that_of_publication_comes_before_others() -> None:
    found = told("Nurses march\n\n13 May 2019\n\nPublished on 14 May 2019\n\n")
    assert found.published == "2019-05-14"


def test_a_date_of_publication_may_stand_below_the_text() -> None:
    assert told("", f"{STORY}\n\nPublished 14 May 2019").published == "2019-05-14"


def test_a_date_below_the_text_does_not_gainsay_one_above_it() -> None:
    comment = "\n\nPosted on 20 May 2019\n\nPublished 21 May 2019"
    assert told("Nurses march\n\n14 May 2019\n\n", STORY + comment).published == "2019-05-14"


def test_the_first_date_of_a_timeline_is_none_of_publication() -> None:
    first, second = STORY.split("\n\n")
    text = f"{first}\n\n15 May 2019\n\n{second} {first}"
    assert told("How the nurses marched\n\n14 May 2019\n\n", text).published is None


def test_the_date_of_a_comment_is_none_of_the_article() -> None:
    assert told("", f"{STORY}\n\nPosted on 20 May 2019").published is None


@pytest.mark.parametrize(
    ("head", "note"),
    [
        ("03/04/2019", "date left empty, day and month unclear: '03/04/2019'"),
        ("Updated 2 May 2016", "date left empty, that of a change only: 'Updated 2 May 2016'"),
        (
            "14 May 2019\n\n15 May 2019",
            "date left empty, the text gives several: '14 May 2019' and '15 May 2019'",
        ),
    ],
)
def test_a_date_that_is_not_clear_is_not_taken_and_told(head: str, note: str) -> None:
    found = told(f"Nurses march\n\n{head}\n\n")
    assert (found.published, found.notes) == (None, (note,))


@pytest.mark.parametrize(
    "story",
    [
        "On 14 May 2019 the nurses walked through the town – and nobody was there to see it.",
        "The nurses, who met on 14 May 2019 in the old hall -- all of them -- went home early.",
    ],
)
def test_a_date_of_the_running_text_is_no_dateline(story: str) -> None:
    assert told("Nurses march\n\n", story).published is None


@pytest.mark.parametrize(
    ("head", "outlet", "author"),
    [
        ("Nurses Walk Through Town\nThe Daily Tide\n14 May 2019\n\n", "The Daily Tide", None),
        ("Nurses Walk Through Town\nHarwich Sun\n14 May 2019\n\n", None, None),  # or a person
        ("Nurses Walk Through Town\nNew Harwich\n14 May 2019\n\n", None, None),  # a place
        ("Nurses Walk Through Town\nAna Ruiz\n14 May 2019\n\n", None, "Ana Ruiz"),
        ("Nurses march\nBy Ana Ruiz, Harwich Gazette\n\n", "Harwich Gazette", "Ana Ruiz"),
        ("Harwich Gazette, 14 May 2019\n\nNurses march in town\n\n", "Harwich Gazette", None),
    ],
)
def test_the_outlet_at_the_head_is_not_the_author(
    head: str, outlet: str | None, author: str | None
) -> None:
    found = told(head)
    assert (found.outlet, found.author) == (outlet, author)


def test_a_head_that_a_person_typed_gives_the_facts() -> None:
    found = told(
        "Title: Nurses march\nAuthor: Ana Ruiz\nSource: Tideline\nDate: 14 May 2019\n"
        "URL: https://tideline.example/nurses\n\n"
    )
    assert (found.headline, found.author, found.outlet) == (
        "Nurses march", "Ana Ruiz", "Tideline",
    )  # fmt: skip
    assert (found.published, found.url) == ("2019-05-14", "https://tideline.example/nurses")


def test_lines_that_only_sound_like_fields_are_no_typed_head() -> None:
    lines = label_text(f"Author: a word that changed\n\nDate: a fruit\n\n{STORY}")
    assert {line.kind for line in lines}.isdisjoint({"byline", "date"})


def test_one_such_line_is_no_typed_head() -> None:
    found = told("Source: a river and its people\n\n")
    assert (found.headline, found.outlet) == ("Source: a river and its people", None)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            "https://tideline.example/nurses\n\nNurses march\n\n",
            "https://tideline.example/nurses",
        ),
        ("https://twitter.com/ana/status/1\n\nNurses march\n\n", None),
    ],
)
def test_an_address_above_the_text_is_that_of_the_article(head: str, url: str | None) -> None:
    assert told(head).url == url


def test_a_headline_that_sounds_like_an_outlet_stays_the_headline() -> None:
    head = "Hard Times\n\nHow one street learned to read the small print\n\n"
    assert (told(head).headline, told(head).outlet) == ("Hard Times", None)
