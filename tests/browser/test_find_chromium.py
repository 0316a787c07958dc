"""A machine without Chromium skips the browser's tests and says so; CI must have one."""

from pathlib import Path

import find_chromium
import pytest


@pytest.fixture
def no_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for folder in find_chromium.WINDOWS_FOLDERS:
        monkeypatch.delenv(folder, raising=False)
    monkeypatch.setattr(find_chromium, "MACOS_FILES", ())
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.usefixtures("no_chromium")
def test_without_chromium_tests_are_skipped_and_the_reason_says_how_to_install_it() -> None:
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        find_chromium.chromium_or_skip()


@pytest.mark.usefixtures("no_chromium")
def test_on_a_ci_machine_a_missing_chromium_is_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no Chromium on this machine"):
        find_chromium.chromium_or_skip()


@pytest.mark.usefixtures("no_chromium")
def test_a_browser_that_is_installed_but_not_on_the_path_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edge = tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert find_chromium.chromium_or_skip() == str(edge)
