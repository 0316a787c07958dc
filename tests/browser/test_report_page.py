"""The report in a browser that reaches no network: as it is read from a disk or an e-mail."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from find_chromium import opened_chromium
from playwright.sync_api import Browser, Page
from report_page import Events, contrasts, opened_offline

from metoo_research.corpus import read_corpus
from metoo_research.report import write_report

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "figures"
PHONE = 360  # CSS pixels, the narrowest that is still common

# Boxes that reach over the right edge of the window and that nothing above them scrolls.
OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(element => {
  if (element.getBoundingClientRect().right <= document.documentElement.clientWidth + 0.5) {
    return false;
  }
  for (let part = element.parentElement; part; part = part.parentElement) {
    if (getComputedStyle(part).overflowX === 'auto') return false;
  }
  return true;
}).map(element => element.outerHTML.slice(0, 100))"""


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
            name: figure.id,
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
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert phone.evaluate(OVERFLOWING) == []


def test_what_scrolls_on_a_phone_has_a_name_and_can_be_scrolled_by_keyboard(
    phone: Page,
) -> None:
    scrolling = phone.locator("body *").evaluate_all(
        """elements => elements
          .filter(element => element.scrollWidth > element.clientWidth + 1
            && getComputedStyle(element).overflowX === 'auto')
          .map(element => [
            element.tabIndex, element.role, (element.ariaLabel ?? '').trim() !== '',
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
    widths = phone.locator("#metrics td:last-child").evaluate_all(
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
    assert paper.evaluate("document.documentElement.scrollWidth") <= PAPER_WIDTH
    assert paper.evaluate(OVERFLOWING) == []


def test_a_high_picture_stands_on_one_page_with_its_caption(paper: Page) -> None:
    figure = paper.locator("figure").first
    figure.locator("img").evaluate(TALL_PICTURE)
    assert 500 < figure.evaluate("figure => figure.clientHeight") <= PAPER_HEIGHT


# --- In light and in dark


@pytest.mark.parametrize("colors", ["light", "dark"])
def test_every_text_stands_out_from_its_background(
    browser: Browser, report: Path, colors: str
) -> None:
    with opened_offline(browser, report, colors="dark" if colors == "dark" else "light") as (
        page,
        _,
    ):
        found = contrasts(page)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    parts = {part for text in found for part in text.inside.split()}
    assert {"p", "figcaption", "th", "td", "a", "code"} <= parts
    # WCAG 2.2, 1.4.3: at least 4.5 to 1
    assert [text for text in found if text.contrast < 4.5] == []
    brightness = sum(map(int, re.findall(r"\d+", ground)[:3])) / (3 * 255)
    assert (brightness < 0.5) == (colors == "dark")


# --- With other articles


@pytest.fixture
def bare_report(tmp_path: Path) -> Path:
    """One article with markup in its headline, a file that cannot be read, no figures."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    study = '[articles."a.txt"]\nheadline = "<script>alert(1)</script><b>Bold</b>"\n'
    (corpus / "study.toml").write_text(study, encoding="utf-8")
    (corpus / "a.txt").write_text("The council met and went home.\n", encoding="utf-8")
    (corpus / "empty.txt").touch()
    return write_report(
        read_corpus(corpus), figures=tmp_path / "figures", out=tmp_path / "report.html"
    )


def test_markup_in_an_article_is_shown_as_text(browser: Browser, bare_report: Path) -> None:
    with opened_offline(browser, bare_report) as (page, events):
        assert page.get_by_text("<script>alert(1)</script><b>Bold</b>").is_visible()
        assert page.locator("script").count() == 0
        assert events.dialogs == []


def test_a_report_without_figures_says_so_and_names_the_file_that_could_not_be_read(
    browser: Browser, bare_report: Path
) -> None:
    with opened_offline(browser, bare_report) as (page, _):
        assert (
            page.get_by_role("region", name="Files that could not be read")
            .get_by_text("empty.txt")
            .is_visible()
        )
        assert page.get_by_text("No article reports a figure.").is_visible()
        figures = page.get_by_role("region", name="Figures", exact=True)
        assert figures.locator("p").inner_text() == "No figures were saved."


def test_a_share_is_not_shown_as_a_count(browser: Browser, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Prices rose by 3%. Some 45 percent of users wrote a post.\n", "utf-8")
    report = write_report(
        read_corpus(article), figures=tmp_path / "figures", out=tmp_path / "report.html"
    )
    with opened_offline(browser, report) as (page, _):
        rows = page.locator("#metrics tbody tr")
        shown = [rows.nth(at).locator("td").all_inner_texts()[1:3] for at in range(2)]
    assert shown == [["3", "percent"], ["some 45", "percent of users"]]
