"""The pages of the executed notebooks in a browser that reaches no network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from find_chromium import opened_chromium
from playwright.sync_api import Browser
from report_page import contrasts, opened_offline

from metoo_research.notebook_html import write_notebook_html

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PHONE = 360  # CSS pixels


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_chromium() as opened:
        yield opened


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("notebook") / f"{request.param.stem}.html"
    return write_notebook_html(request.param, out)


def test_a_page_asks_for_nothing_but_itself_and_the_browser_does_not_complain(
    browser: Browser, written: Path
) -> None:
    with opened_offline(browser, written) as (page, events):
        others = [address for address in events.requests if not address.startswith("data:")]
        assert others == [written.as_uri()]
        assert events.failed == []
        assert events.console == []
        assert page.locator("h1").count() == 1
        assert page.title() == page.locator("h1").inner_text()


def test_every_picture_is_there_with_its_words(browser: Browser, written: Path) -> None:
    with opened_offline(browser, written) as (page, _):
        pictures = page.locator("main img").evaluate_all(
            "images => images.map(image => [image.naturalWidth > 0, image.alt.trim() !== ''])"
        )
    assert pictures
    assert [found for found in pictures if found != [True, True]] == []


def test_nothing_is_wider_than_a_phone(browser: Browser, written: Path) -> None:
    with opened_offline(browser, written, width=PHONE) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


@pytest.mark.parametrize("colors", ["light", "dark"])
def test_every_text_stands_out_from_its_background(
    browser: Browser, written: Path, colors: str
) -> None:
    with opened_offline(browser, written, colors="dark" if colors == "dark" else "light") as (
        page,
        _,
    ):
        found = contrasts(page)
    assert found
    # WCAG 2.2, 1.4.3: at least 4.5 to 1
    assert [text for text in found if text.contrast < 4.5] == []
