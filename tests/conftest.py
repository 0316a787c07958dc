"""What several tests need: folders of articles, and the seeds of the repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run; no clock, for a busy machine is no failure.
settings.register_profile("project", derandomize=True, database=None, deadline=None)
settings.load_profile("project")

WriteFiles = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def write_files(tmp_path: Path) -> WriteFiles:
    """Write files into a fresh folder and give the folder; text is written as UTF-8."""
    folder = tmp_path / "articles"
    folder.mkdir()

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five articles."""
    return Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="session")
def printer() -> None:
    """A browser that prints is on the machine; in CI its lack is a failure, not a skip."""
    from metoo_research.report import find_chromium

    if find_chromium() is None:
        if os.environ.get("CI", "").lower() in {"true", "1"}:
            pytest.fail("no Chromium on this machine", pytrace=False)
        pytest.skip("no Chromium on this machine")
