"""How far long work is, told where somebody reads it."""

import pytest

from metoo_research import progress


def told(capfd: pytest.CaptureFixture[str]) -> str:
    items = progress.tracked([1, 2, 3], what="Reading", unit="file", total=3, shown=True)
    assert list(items) == [1, 2, 3]
    return capfd.readouterr().err


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_SECONDS_BEFORE", 0)


@pytest.mark.usefixtures("slow")
def test_a_terminal_shows_a_bar(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert "3/3" in told(capfd)


@pytest.mark.usefixtures("slow")
def test_a_log_gets_a_line_now_and_then(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(capfd) == ""  # under half a minute
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_LINES", 0)
    assert told(capfd) == "Reading: 1 of 3 files\nReading: 2 of 3 files\n"


def test_quick_work_says_nothing(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert told(capfd) == ""
