"""The machine's own Chromium, for the tests that open pages in it."""

from collections.abc import Iterator

import pytest
from find_chromium import chromium_or_skip
from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# For a module, not for the session: while it is open, Playwright keeps an event loop running
# in this thread, which tests elsewhere may not expect.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = chromium_or_skip()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()
