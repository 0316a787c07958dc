"""The machine's own Chromium, for the tests that open pages in it. None is downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
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

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("chrome", "msedge", "microsoft-edge"),
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_FILES = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
MACOS_FILES = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
MISSING = (
    "no Chromium on this machine; install it (Debian, Ubuntu: sudo apt-get install chromium; "
    "macOS: brew install --cask chromium; Windows: Chrome or Edge will do)"
)


def find_chromium() -> str | None:
    """Return the path of Chromium, or of a browser made from it; None if there is none."""
    on_path = (shutil.which(name) for name in NAMES)
    windows = (
        Path(os.environ[folder]) / file
        for folder in WINDOWS_FOLDERS
        if os.environ.get(folder)
        for file in WINDOWS_FILES
    )
    macos = (
        folder / "Applications" / file
        for folder in (Path("/"), Path.home())
        for file in MACOS_FILES
    )
    installed = (str(path) for path in (*windows, *macos) if path.is_file())
    return next((path for path in (*on_path, *installed) if path), None)


def chromium_or_skip() -> str:
    """Return Chromium's path; without one, skip the test, or fail it on a CI machine."""
    found = find_chromium()
    if found:
        return found
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)


@contextmanager
def opened_chromium() -> Iterator[Browser]:
    """Open the browser for as long as a module's tests need it.

    While it is open, Playwright keeps an event loop running in this thread, which tests
    elsewhere may not expect.
    """
    chromium = chromium_or_skip()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()
