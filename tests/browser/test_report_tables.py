"""The report's tables in a browser: sorted, filtered, and by hand of mouse and keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from find_chromium import opened_chromium
from playwright.sync_api import Browser, Locator, Page
from report_page import opened_offline

from metoo_research.corpus import read_corpus
from metoo_research.report import write_report

ARTICLE = """\
Some 200 people posted about it on Twitter. Another 1,000 users signed a petition. \
Then 9 women spoke. The town has 3 million voters.
"""
IN_ORDER = ["some 200", "1,000", "9", "3 million"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "one.txt").write_text(ARTICLE, encoding="utf-8")
    report = write_report(
        read_corpus(folder), figures=tmp_path / "figures", out=tmp_path / "report.html"
    )
    with opened_offline(browser, report) as (opened, events):
        yield opened
        assert events.console == []


def figures(page: Page) -> list[str]:
    return page.locator("#reported-figures tbody a.evidence:visible").all_inner_texts()


def heading(page: Page, name: str) -> Locator:
    return page.locator("#reported-figures").get_by_role("columnheader", name=name)


def test_a_table_stands_in_the_order_of_the_articles_until_it_is_sorted(page: Page) -> None:
    assert figures(page) == IN_ORDER
    assert page.locator("[aria-sort]").count() == 0


def test_numbers_are_sorted_by_their_value_with_a_click(page: Page) -> None:
    column = heading(page, "figure, as written")
    column.get_by_role("button").click()
    assert figures(page) == ["9", "some 200", "1,000", "3 million"]
    assert column.get_attribute("aria-sort") == "ascending"
    column.get_by_role("button").click()
    assert figures(page) == ["3 million", "1,000", "some 200", "9"]
    assert column.get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_column_is_sorted_from_the_keyboard(page: Page, key: str) -> None:
    heading(page, "figure, as written").get_by_role("button").focus()
    page.keyboard.press(key)
    assert figures(page)[0] == "9"
    assert page.locator("#said").inner_text() == (
        "What the articles report: sorted by figure, as written, ascending"
    )


def test_text_is_sorted_as_text_and_what_is_missing_comes_last(page: Page) -> None:
    column = heading(page, "platform")
    for _ in range(2):  # ascending, then descending
        column.get_by_role("button").click()
        platforms = page.locator("#reported-figures tbody tr td:nth-child(4)").all_inner_texts()
        assert platforms[0] == "Twitter"
        assert platforms[-1] == "–"


def test_one_column_at_a_time_is_said_to_be_sorted(page: Page) -> None:
    for name in ("of what", "platform"):
        heading(page, name).get_by_role("button").click()
    assert page.locator("#reported-figures [aria-sort]").all_inner_texts() == ["platform"]


def test_the_original_order_can_be_had_back(page: Page) -> None:
    heading(page, "figure, as written").get_by_role("button").click()
    page.locator("#reported-figures").get_by_role("button", name="Original order").click()
    assert figures(page) == IN_ORDER
    assert page.locator("[aria-sort]").count() == 0


@pytest.fixture
def long_table(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    article = tmp_path / "a.txt"
    sentences = (f"Some {number} people wrote posts. " for number in range(11, 31))
    article.write_text("".join(sentences) + "\n", encoding="utf-8")
    report = write_report(
        read_corpus(article), figures=tmp_path / "figures", out=tmp_path / "report.html"
    )
    with opened_offline(browser, report) as (opened, _):
        yield opened


def test_a_long_table_shows_the_rows_with_a_word(long_table: Page) -> None:
    box = long_table.get_by_role("searchbox", name="What the articles report: rows with")
    box.fill("Some  2")
    assert figures(long_table) == [f"some {number}" for number in range(20, 30)]
    box.fill("Some 29")
    assert figures(long_table) == ["some 29"]
    assert long_table.locator("#reported-figures .shown").inner_text() == "1 of 20 rows"
    box.fill("")
    assert len(figures(long_table)) == 20


def test_the_viewer_goes_through_the_rows_that_are_shown(long_table: Page) -> None:
    box = long_table.get_by_role("searchbox", name="What the articles report: rows with")
    box.fill("some 29")
    long_table.locator("#reported-figures a.evidence:visible").click()
    assert long_table.get_by_role("status").filter(has_text="1 of 1").is_visible()
    assert long_table.get_by_role("button", name="Next").is_disabled()
