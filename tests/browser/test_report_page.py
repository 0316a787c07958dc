"""The report in a browser that reaches no network: as it is read from a disk or an e-mail."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from find_chromium import opened_chromium
from playwright.sync_api import Browser, Page
from report_page import Events, contrasts, opened_offline, overflowing, violations

from metoo_research.corpus import read_corpus
from metoo_research.report import write_report

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "figures"
PHONE = 360  # CSS pixels, the narrowest that is still common


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the project's own articles, with the figures that are committed."""
    out = tmp_path_factory.mktemp("report") / "report.html"
    return write_report(read_corpus(ROOT / "seeds"), figures=FIGURES, out=out)


@pytest.fixture(scope="module")
def visit(browser: Browser, report: Path) -> Iterator[tuple[Page, Events]]:
    with opened_offline(browser, report) as opened:
        yield opened


@pytest.fixture
def page(visit: tuple[Page, Events]) -> Page:
    return visit[0]


# --- It is one file


def test_the_page_asks_for_nothing_but_itself(visit: tuple[Page, Events], report: Path) -> None:
    _, events = visit
    others = [address for address in events.requests if not address.startswith("data:")]
    assert others == [report.as_uri()]
    assert events.failed == []


def test_the_browser_has_nothing_to_complain_of(visit: tuple[Page, Events]) -> None:
    assert visit[1].console == []


# --- It can be read, heard and walked through


def test_the_page_has_a_title_and_a_language(page: Page) -> None:
    assert page.title() == f"{page.locator('h1').inner_text()}: report"
    assert page.locator("html").get_attribute("lang") == "en"


def test_every_figure_is_shown_with_alt_text_and_caption(page: Page) -> None:
    names = json.loads((FIGURES / "manifest.json").read_text(encoding="utf-8"))["figures"]
    shown = page.locator("figure").evaluate_all(
        """figures => Promise.all(figures.map(async figure => {
          const image = figure.querySelector('img');
          const caption = figure.querySelector('figcaption');
          await image.decode().catch(() => null);
          return {
            name: figure.id.replace('figure-', ''),
            loaded: image.naturalWidth > 0,
            alt: image.alt.trim() !== '',
            caption: caption.offsetHeight > 0 && caption.innerText.trim() !== '',
          };
        }))"""
    )
    assert sorted(shown, key=lambda figure: str(figure["name"])) == [
        {"name": name, "loaded": True, "alt": True, "caption": True} for name in sorted(names)
    ]


def test_headings_start_with_one_h1_and_leave_out_no_level(page: Page) -> None:
    levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "headings => headings.map(heading => Number(heading.localName[1]))"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [step for step in pairwise(levels) if step[1] - step[0] > 1] == []


def test_every_link_in_the_page_has_one_target(page: Page) -> None:
    targets = page.locator("a[href^='#']").evaluate_all(
        """links => links.map(link => [
          link.hash,
          document.querySelectorAll(`[id="${link.hash.slice(1)}"]`).length,
        ])"""
    )
    assert targets
    assert [target for target in targets if target[1] != 1] == []


def test_every_table_has_headings_that_say_what_they_head(page: Page) -> None:
    tables = page.locator("table").evaluate_all(
        """tables => tables.map(table => [...table.querySelectorAll('th')]
          .map(heading => heading.scope))"""
    )
    assert tables
    assert [scopes for scopes in tables if not scopes or "" in scopes] == []


# --- On a narrow screen


@pytest.fixture(scope="module")
def phone(browser: Browser, report: Path) -> Iterator[Page]:
    with opened_offline(browser, report, width=PHONE) as (opened, _):
        yield opened


def test_nothing_is_wider_than_a_phone(phone: Page) -> None:
    assert overflowing(phone) == []


def test_the_viewer_is_no_wider_than_a_phone(browser: Browser, report: Path) -> None:
    with opened_offline(browser, report, width=PHONE) as (page, _):
        page.locator("a.evidence").first.click()
        page.get_by_role("button", name="Whole article").click()
        assert overflowing(page) == []


def test_what_scrolls_on_a_phone_has_a_name_and_can_be_scrolled_by_keyboard(
    phone: Page,
) -> None:
    scrolling = phone.locator("body *").evaluate_all(
        """elements => elements
          .filter(element => element.scrollWidth > element.clientWidth + 1
            && getComputedStyle(element).overflowX === 'auto')
          .map(element => [
            element.tabIndex, element.role, (
              element.ariaLabel ?? element.ariaLabelledByElements?.[0]?.textContent ?? ''
            ).trim() !== '',
          ])"""
    )
    assert scrolling
    allowed = ([0, "region", True], [0, "group", True])
    assert [found for found in scrolling if found not in allowed] == []


def test_a_picture_on_a_phone_keeps_a_size_at_which_its_words_can_be_read(phone: Page) -> None:
    # Figures are made for 7 inches with words of 8 points: 600 pixels show those 8 high.
    widths = phone.locator("figure img").evaluate_all(
        "images => images.map(image => image.clientWidth)"
    )
    assert widths
    assert min(widths) >= 600


def test_the_sentence_of_a_reported_figure_has_room_on_a_phone(phone: Page) -> None:
    widths = phone.locator("#reported-figures td:last-child").evaluate_all(
        "cells => cells.map(cell => cell.clientWidth)"
    )
    assert widths
    assert min(widths) >= 250


# --- On paper


# A4 and Letter with margins of 1 cm: at least 718 by 980 CSS pixels.
PAPER_WIDTH, PAPER_HEIGHT = 718, 980

TALL_PICTURE = """async image => {
  image.src = 'data:image/svg+xml,'
    + '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="3000"/>';
  await image.decode();
}"""


@pytest.fixture(scope="module")
def paper(browser: Browser, report: Path) -> Iterator[Page]:
    with opened_offline(browser, report, width=PAPER_WIDTH) as (opened, _):
        opened.emulate_media(media="print")
        yield opened


def test_nothing_is_wider_than_the_paper(paper: Page) -> None:
    assert overflowing(paper) == []


def test_what_can_only_be_done_on_a_screen_is_not_printed(paper: Page) -> None:
    tools = ".tools, .tools button, input, .skip, dialog, details.alt"
    assert paper.locator(tools).count() > 5
    assert paper.locator(tools).locator("visible=true").count() == 0
    arrows = paper.locator("thead button").evaluate_all(
        "buttons => buttons.map(button => getComputedStyle(button, '::after').content)"
    )
    assert set(arrows) == {"none"}


def test_a_high_picture_stands_on_one_page_with_its_caption(paper: Page) -> None:
    figure = paper.locator("figure").first
    figure.locator("img").evaluate(TALL_PICTURE)
    assert 500 < figure.evaluate("figure => figure.clientHeight") <= PAPER_HEIGHT


# --- In light and in dark


@pytest.mark.parametrize("colors", ["light", "dark"])
def test_every_text_stands_out_from_its_background(
    browser: Browser, report: Path, colors: Literal["light", "dark"]
) -> None:
    with opened_offline(browser, report, colors=colors) as (page, _):
        found = contrasts(page)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    parts = {part for text in found for part in text.inside.split()}
    assert {"p", "figcaption", "th", "td", "a", "code", "dt", "summary", "button"} <= parts
    # WCAG 2.2, 1.4.3: at least 4.5 to 1
    assert [text for text in found if text.contrast < 4.5] == []
    brightness = sum(map(int, re.findall(r"\d+", ground)[:3])) / (3 * 255)
    assert (brightness < 0.5) == (colors == "dark")


# --- By the rules of accessibility, as far as a program can check them


@pytest.mark.parametrize(
    ("colors", "width"), [("light", 1280), ("dark", 1280), ("light", PHONE)]
)
def test_axe_finds_no_fault(
    browser: Browser, report: Path, colors: Literal["light", "dark"], width: int
) -> None:
    with opened_offline(browser, report, colors=colors, width=width) as (page, _):
        page.evaluate(
            "document.querySelectorAll('details').forEach(part => { part.open = true })"
        )
        assert violations(page) == []


@pytest.mark.parametrize("colors", ["light", "dark"])
def test_axe_finds_no_fault_in_the_viewer(
    browser: Browser, report: Path, colors: Literal["light", "dark"]
) -> None:
    with opened_offline(browser, report, colors=colors) as (page, _):
        page.locator("a.evidence").nth(2).click()
        assert violations(page) == []
        page.get_by_role("button", name="Whole article").click()
        assert violations(page) == []


def test_axe_would_find_a_fault(browser: Browser, report: Path) -> None:
    with opened_offline(browser, report) as (page, _):
        page.locator("figure img").first.evaluate("image => image.removeAttribute('alt')")
        assert [found.partition(":")[0] for found in violations(page)] == ["image-alt"]


def test_the_first_tab_leads_past_the_contents(browser: Browser, report: Path) -> None:
    with opened_offline(browser, report) as (page, _):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")
