"""From each number of the report to its characters in the article, in a browser."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from find_chromium import opened_chromium
from playwright.sync_api import Browser, Locator, Page, expect
from report_page import Shown, opened_offline, shown_evidence, violations

from metoo_research.corpus import Corpus, read_corpus
from metoo_research.report import write_report
from metoo_research.tables import make_table
from metoo_research.words import concordance

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def seeds_corpus() -> Corpus:
    return read_corpus(ROOT / "seeds")


@pytest.fixture(scope="module")
def report(seeds_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return write_report(seeds_corpus, figures=folder / "figures", out=folder / "report.html")


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    with opened_offline(browser, report) as (opened, events):
        yield opened
        assert events.console == []
        assert events.failed == []


def links_to(page: Page, row: Mapping[Any, Any], table: str = "") -> Locator:
    """The links that lead to a row's characters."""
    anchor = f"#e-{row['article_id']}-{row['start']}-{row['end']}"
    return page.locator(f"{table} a.evidence[href='{anchor}']")


def assert_marked(page: Page, row: Mapping[Any, Any], texts: Mapping[str, str]) -> None:
    """The viewer marks text[start:end], and what it shows before it is what stands before."""
    text, start, end = texts[row["article_id"]], row["start"], row["end"]
    shown = shown_evidence(page)
    assert shown is not None
    assert shown.marked == text[start:end]
    assert text[:start].endswith(shown.before)
    assert shown.in_view


# --- What is marked


def test_every_number_of_the_seeds_leads_to_its_characters(
    page: Page, seeds_corpus: Corpus
) -> None:
    texts = dict(
        zip(seeds_corpus.articles["article_id"], seeds_corpus.articles["text"], strict=True)
    )
    rows = make_table("metrics", seeds_corpus).to_dict("records")
    assert len(rows) > 20
    for row in rows:
        table = "#reported-figures" if row["role"] == "figure" else "#other-numbers"
        links_to(page, row, table).click()
        assert_marked(page, row, texts)
        page.keyboard.press("Escape")


def test_every_line_of_the_concordance_leads_to_its_characters(
    page: Page, seeds_corpus: Corpus
) -> None:
    texts = dict(
        zip(seeds_corpus.articles["article_id"], seeds_corpus.articles["text"], strict=True)
    )
    campaign = seeds_corpus.study.campaign
    lines = concordance(
        make_table("tokens", seeds_corpus),
        seeds_corpus.articles,
        [*campaign.hashtags, *campaign.names],
        match="exact",
    ).to_dict("records")
    assert page.locator("#concordance a.evidence").count() == len(lines)
    for row in lines:
        links_to(page, row, "#concordance-lines").click()
        assert_marked(page, row, texts)
        page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("The choir \N{MUSICAL SYMBOL G CLEF} said", id="beyond-16-bits"),
        pytest.param("“👩🏽‍💻 Wow 🎉🎉” they said and", id="emoji-of-several-characters"),
        pytest.param("Cafe\u0301 owners e\u0301crit that", id="combining-accents"),
        pytest.param("& <b>so</b> &amp; on: the town said", id="markup"),
        pytest.param("قال المنظمون said", id="right-to-left"),
    ],
)
def test_characters_before_a_number_do_not_shift_its_mark(
    browser: Browser, tmp_path: Path, before: str
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(f"{before} more than 4,500 people wrote posts.\n", encoding="utf-8")
    corpus = read_corpus(article)
    report = write_report(corpus, figures=tmp_path / "none", out=tmp_path / "report.html")
    with opened_offline(browser, report) as (page, _):
        page.locator("#reported-figures a.evidence").click()
        shown = shown_evidence(page)
    assert shown == Shown(marked="4,500", before=f"{before} more than ", in_view=True)


# --- The viewer


def test_the_viewer_names_the_article_and_its_file(page: Page) -> None:
    page.locator("#reported-figures a.evidence").first.click()
    viewer = page.get_by_role("dialog")
    row = page.locator("#articles tbody tr").first.locator("th, td").all_inner_texts()
    assert viewer.locator("h2").inner_text() == row[1]
    assert viewer.locator(".viewer-label").inner_text() == row[0]
    assert row[-1] in viewer.locator(".viewer-from").inner_text()
    place = page.locator("#reported-figures tbody tr").first.locator("td").nth(5).inner_text()
    assert viewer.locator(".viewer-from").inner_text().endswith(f"characters {place}")


def test_escape_closes_the_viewer_and_the_focus_is_back_on_the_link(page: Page) -> None:
    link = page.locator("#reported-figures a.evidence").nth(4)
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert page.get_by_role("dialog").count() == 0


def test_the_focus_stays_in_the_viewer(page: Page) -> None:
    page.locator("#reported-figures a.evidence").first.click()
    for _ in range(12):
        page.keyboard.press("Tab")
        # Between the last and the first button the browser's own bar has its turn.
        assert page.evaluate(
            "document.activeElement === document.body"
            " || document.activeElement.closest('dialog') !== null"
        )


def test_next_and_previous_go_through_the_table_as_it_is_sorted(page: Page) -> None:
    page.get_by_role("button", name="figure, as written").click()
    links = page.locator("#reported-figures a.evidence")
    addresses = links.evaluate_all("links => links.map(link => link.hash)")
    links.first.click()
    assert page.get_by_role("button", name="Previous").is_disabled()
    visited = [page.evaluate("location.hash")]
    for _ in addresses[1:]:
        page.get_by_role("button", name="Next").click()
        visited.append(page.evaluate("location.hash"))
    assert visited == addresses
    assert page.get_by_role("button", name="Next").is_disabled()
    assert page.evaluate("document.activeElement.localName") == "h2"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("location.hash") == addresses[-2]
    page.keyboard.press("Escape")
    expect(links.nth(len(addresses) - 2)).to_be_focused()


def test_passages_around_the_place_are_shown_when_asked_for(page: Page) -> None:
    page.locator("#reported-figures a.evidence").first.click()
    viewer = page.get_by_role("dialog")
    of_article = page.locator("#texts details.article").first.locator(".passage")
    marked = viewer.locator(".passage").inner_text()
    whole = of_article.evaluate_all("all => all.map(passage => passage.textContent)")
    at = whole.index(marked)
    viewer.get_by_role("button", name="Passage before").click()
    viewer.get_by_role("button", name="Passage after").click()
    assert viewer.locator(".passage").all_inner_texts() == whole[at - 1 : at + 2]
    viewer.get_by_role("button", name="Whole article").click()
    assert viewer.locator(".passage").count() == len(whole)
    shown = shown_evidence(page)
    assert shown is not None
    assert shown.in_view
    assert viewer.locator("mark").count() == 1


def test_the_page_holds_no_id_twice_while_the_viewer_is_open(page: Page) -> None:
    page.locator("a.evidence").first.click()
    page.get_by_role("button", name="Whole article").click()
    ids = page.locator("[id]").evaluate_all("all => all.map(element => element.id)")
    assert len(ids) == len(set(ids))


# --- Links that are passed on


def test_a_link_that_was_passed_on_opens_its_place(browser: Browser, report: Path) -> None:
    with opened_offline(browser, report) as (page, _):
        link = page.locator("#reported-figures a.evidence").nth(3)
        anchor = link.evaluate("link => link.hash")
        link.click()
        first = shown_evidence(page)
        assert page.evaluate("location.hash") == anchor
    with opened_offline(browser, report, anchor=anchor) as (page, _):
        assert first is not None
        assert shown_evidence(page) == first
        page.keyboard.press("Escape")
        # A browser tells of a closed dialog in its own time, so the focus is waited for.
        expect(page.locator(f"a.evidence[href='{anchor}']").first).to_be_focused()
        assert page.evaluate("location.hash") == ""


@pytest.mark.parametrize("anchor", ["#e-nothing-0-1", "#metrics", "#%", "#e-"])
def test_an_address_that_leads_to_no_place_opens_no_viewer(
    browser: Browser, report: Path, anchor: str
) -> None:
    with opened_offline(browser, report, anchor=anchor) as (page, events):
        assert page.get_by_role("dialog").count() == 0
        assert events.console == []


def test_without_scripts_a_link_leads_to_the_place_in_the_articles_text(
    browser: Browser, report: Path
) -> None:
    with opened_offline(browser, report, scripts=False) as (page, _):
        link = page.locator("#reported-figures a.evidence").nth(5)
        anchor = link.get_attribute("href")
        link.click()
        place = page.locator(":target")
        assert f"#{place.get_attribute('id')}" == anchor
        assert place.is_visible()
        assert place.inner_text() in link.inner_text()
        assert page.get_by_role("button").count() == 0  # none that would do nothing


# --- Articles that mean harm, or are merely odd

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)> $1 & {{ 7*7 }} 🎉 <!--"
)
ARABIC = "عنوان المقال: أنا أيضا"


@pytest.fixture
def hostile_report(tmp_path: Path) -> Path:
    """Two articles whose every fact is markup, right to left, or of 300 characters."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "study.toml").write_text(
        f"""
[study]
title = '''{HOSTILE}
{ARABIC}'''
[campaign]
names = ["Not here"]
hashtags = ["#here"]
[articles."a.txt"]
headline = '''{HOSTILE}'''
outlet = '''{HOSTILE}'''
author = '{"A" * 300}'
url = "javascript:alert(3)"
[articles."b.txt"]
headline = '{ARABIC}'
outlet = '{"word " * 60}'
url = "https://news.example/a?b=1&c='2'"
""",
        encoding="utf-8",
    )
    (corpus / "a.txt").write_text(
        f"{HOSTILE}\n\nSome 300 people {HOSTILE} posted #here, they said.\n", encoding="utf-8"
    )
    long = "x" * 300
    (corpus / "b.txt").write_text(
        f"{ARABIC}\n\nAbout 90 people wrote {long} on Facebook, with #here.\n", encoding="utf-8"
    )
    return write_report(
        read_corpus(corpus), figures=tmp_path / "figures", out=tmp_path / "report.html"
    )


def figure(page: Page, number: str) -> Locator:
    return page.locator("#reported-figures a.evidence").filter(has_text=number).first


@pytest.mark.parametrize("width", [360, 1280])
def test_articles_cannot_act_on_the_page(
    browser: Browser, hostile_report: Path, width: int
) -> None:
    with opened_offline(browser, hostile_report, width=width) as (page, events):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        row = page.locator("#articles tbody tr").first.locator("td")
        assert row.nth(0).inner_text() == HOSTILE
        for number in ("300", "90"):
            figure(page, number).click()
            shown = shown_evidence(page)
            assert shown is not None
            assert shown.marked == number
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(page) == []
            page.keyboard.press("Escape")
        assert page.locator("script, img").count() == 1  # the page's own
        assert events.dialogs == []
        assert events.console == []


def test_only_addresses_of_pages_are_linked(browser: Browser, hostile_report: Path) -> None:
    with opened_offline(browser, hostile_report) as (page, _):
        schemes = page.locator("a").evaluate_all("links => links.map(link => link.protocol)")
        assert set(schemes) == {"file:", "https:"}
        figure(page, "90").click()
        link = page.get_by_role("dialog").get_by_role("link", name="Where it appeared")
        assert link.get_attribute("href") == "https://news.example/a?b=1&c='2'"


def test_text_is_set_in_its_own_direction(browser: Browser, hostile_report: Path) -> None:
    with opened_offline(browser, hostile_report) as (page, _):
        figure(page, "90").click()
        title = page.get_by_role("dialog").locator("h2")
        assert title.inner_text() == ARABIC
        assert title.evaluate("title => getComputedStyle(title).direction") == "rtl"
        first = page.locator("#texts details.article").nth(1).locator(".passage").first
        assert first.evaluate("passage => getComputedStyle(passage).direction") == "rtl"


def test_the_page_lets_no_other_script_run(browser: Browser, report: Path) -> None:
    with opened_offline(browser, report) as (page, _):
        page.evaluate(
            """() => {
              const script = document.createElement('script');
              script.textContent = 'window.intruder = true';
              document.body.append(script);
            }"""
        )
        assert page.evaluate("window.intruder") is None
