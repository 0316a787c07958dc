"""What the tests of the report share."""

import os

import pytest

from metoo_research.report import find_chromium


@pytest.fixture(scope="session")
def browser() -> None:
    """A browser is on the machine; in CI its lack is a failure, not a skip."""
    if find_chromium() is None:
        if os.environ.get("CI", "").lower() in {"true", "1"}:
            pytest.fail("no Chromium on this machine", pytrace=False)
        pytest.skip("no Chromium on this machine")
