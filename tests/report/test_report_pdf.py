"""report.pdf is what a browser on the machine prints; without one, a reason is given."""

import os
import re
import stat
import sys
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from metoo_research.errors import ExportError
from metoo_research.report import pdf
from metoo_research.report.pdf import CHROMIUM, find_chromium, write_pdf

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<style>@page { size: A4 }</style></head><body><h1>Hello</h1><p>All of it.</p></body></html>"""
A4 = (595, 842)  # points

shell = pytest.mark.skipif(sys.platform == "win32", reason="stands for a browser by a script")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(CHROMIUM, raising=False)
    for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(folder, raising=False)
    monkeypatch.setattr(pdf, "_MACOS_FILES", ())


def stand_in(folder: Path, script: str) -> Path:
    """A program that is taken for the browser; ``$out`` is the file it is to print to."""
    path = folder / "browser"
    find_out = 'for one in "$@"; do case $one in --print-to-pdf=*) out=${one#*=};; esac; done'
    path.write_text(f"#!/bin/sh\n{find_out}\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


# --- What is printed


@pytest.fixture(scope="module")
def printed(printer: None, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("printed")
    (folder / "report.html").write_text(PAGE, "utf-8")
    out = write_pdf(folder / "report.html", folder / "report.pdf")
    assert out is not None
    return out.read_bytes()


def test_it_is_tagged_with_language_title_and_outline(printed: bytes) -> None:
    for mark in (rb"/Marked true", rb"/StructTreeRoot", rb"/Lang \(en\)", rb"/Outlines"):
        assert re.search(mark, printed)
    assert b"/Title (A page)" in printed


def test_the_page_says_how_large_it_is(printed: bytes) -> None:
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert box is not None
    width, height = (float(side) for side in box.groups())
    assert (width, height) == pytest.approx(A4, abs=1.5)


def test_no_date_and_no_path_is_printed_on_the_pages(printed: bytes) -> None:
    # Fonts map their glyphs to characters: those of the page's own words and no others.
    assert characters_in(printed) <= set("Hello All of it.")


def test_no_clock_time_is_in_the_file(printed: bytes) -> None:
    assert not re.search(rb"/(CreationDate|ModDate)", printed)


def test_the_parts_are_where_the_file_says(printed: bytes) -> None:
    start = re.search(rb"startxref\s+(\d+)\s+%%EOF", printed)
    assert start is not None
    table = printed[int(start[1]) :]
    assert table.startswith(b"xref")
    places = [int(place) for place in re.findall(rb"(\d{10}) \d{5} n", table)]
    assert places
    for place in places:
        assert re.match(rb"\d+ 0 obj", printed[place:])


def characters_in(content: bytes) -> set[str]:
    """The characters that the fonts of a PDF say their glyphs stand for."""
    found: set[str] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            continue
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.DOTALL):
            pairs = re.findall(rb"<[0-9A-Fa-f]+> <([0-9A-Fa-f]+)>", block)
            found |= {bytes.fromhex(code.decode()).decode("utf-16-be") for code in pairs}
        for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.DOTALL):
            for low, high, first in re.findall(rb"<(\w+)> <(\w+)> <(\w+)>", block):
                many = int(high, 16) - int(low, 16) + 1
                found |= {chr(int(first, 16) + at) for at in range(many)}
    assert found
    return found


@pytest.mark.usefixtures("printer")
def test_two_runs_in_two_folders_give_the_same_bytes(printed: bytes, page: Path) -> None:
    again = write_pdf(page, page.with_name("elsewhere.pdf"))
    assert again is not None
    assert again.read_bytes() == printed


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing on standard error."""

    opened = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=opened.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{opened.server_port}", asked
    opened.shutdown()
    opened.server_close()


@pytest.mark.usefixtures("printer")
def test_the_browser_reaches_no_network(page: Path, server: tuple[str, list[str]]) -> None:
    address, asked = server
    page.write_text(PAGE.replace("All", f'<img src="{address}/x.png" alt=""> All'), "utf-8")
    assert write_pdf(page, page.with_suffix(".pdf")) is not None
    assert asked == []


@pytest.mark.usefixtures("printer")
def test_nothing_but_the_result_is_left_behind(page: Path) -> None:
    write_pdf(page, page.with_suffix(".pdf"))
    assert sorted(path.name for path in page.parent.iterdir()) == ["report.html", "report.pdf"]


# --- Which browser


@pytest.mark.usefixtures("no_browser")
def test_without_a_browser_there_is_no_pdf_and_the_reason_says_what_to_do(page: Path) -> None:
    reasons: list[str] = []
    assert write_pdf(page, page.with_suffix(".pdf"), tell=reasons.append) is None
    assert len(reasons) == 1
    assert CHROMIUM in reasons[0]
    assert "print report.html from your browser" in reasons[0]
    assert not page.with_suffix(".pdf").exists()


@shell
@pytest.mark.usefixtures("no_browser")
def test_the_environment_names_the_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = stand_in(tmp_path, "exit 0")
    monkeypatch.setenv(CHROMIUM, str(named))
    assert find_chromium() == named


def test_a_name_that_leads_nowhere_is_told(monkeypatch: pytest.MonkeyPatch, page: Path) -> None:
    monkeypatch.setenv(CHROMIUM, "/no/such/browser")
    reasons: list[str] = []
    assert write_pdf(page, page.with_suffix(".pdf"), tell=reasons.append) is None
    assert "names /no/such/browser, which is not there" in reasons[0]


@pytest.mark.usefixtures("no_browser")
def test_a_browser_that_is_installed_but_not_on_the_path_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edge = tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert find_chromium() == edge


# --- A browser that fails


@shell
def test_a_browser_that_hangs_is_ended_with_its_children(
    monkeypatch: pytest.MonkeyPatch, page: Path, tmp_path: Path
) -> None:
    child = tmp_path / "child"
    hangs = stand_in(tmp_path, f'sleep 600 & echo $! > "{child}"; wait')
    monkeypatch.setenv(CHROMIUM, str(hangs))
    reasons: list[str] = []
    begun = time.monotonic()
    assert write_pdf(page, tmp_path / "a.pdf", seconds=1, tell=reasons.append) is None
    assert time.monotonic() - begun < 30
    assert "took longer than 1 s" in reasons[0]
    assert has_ended(int(child.read_text("utf-8")))


def has_ended(process: int) -> bool:
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{process}/stat")
        if status.is_file() and status.read_text("utf-8").rpartition(")")[2].split()[0] == "Z":
            return True  # ended; whoever took it over has not asked yet
        time.sleep(0.05)
    return False


@shell
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "failed (exit code 3)"),
        ("exit 0", "made none"),
        ('printf "%%PDF-1.4 cut off" > "$out"', "made none"),
    ],
)
def test_what_is_no_whole_pdf_is_not_taken_and_the_old_one_stays(
    monkeypatch: pytest.MonkeyPatch, page: Path, tmp_path: Path, script: str, said: str
) -> None:
    monkeypatch.setenv(CHROMIUM, str(stand_in(tmp_path, script)))
    old = tmp_path / "report.pdf"
    old.write_bytes(b"the old one")
    reasons: list[str] = []
    assert write_pdf(page, old, tell=reasons.append) is None
    assert said in reasons[0]
    assert "\n" not in reasons[0]
    assert old.read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".*"))


@shell
def test_a_folder_that_cannot_be_made_is_an_error(
    monkeypatch: pytest.MonkeyPatch, page: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv(CHROMIUM, str(stand_in(tmp_path, "exit 0")))
    with pytest.raises(ExportError, match="cannot be written"):
        write_pdf(page, page / "in a file" / "report.pdf")


def test_a_page_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"report\.html is not there"):
        write_pdf(tmp_path / "report.html", tmp_path / "report.pdf")


def test_links_to_files_beside_the_page_do_not_name_the_machines_folders(
    printer: None, tmp_path: Path
) -> None:
    links = '<a href="tables/a.csv">table</a> <a href="https://example.org/a">article</a>'
    (tmp_path / "report.html").write_text(PAGE.replace("All of it.", links), "utf-8")
    out = write_pdf(tmp_path / "report.html", tmp_path / "report.pdf")
    assert out is not None
    content = out.read_bytes()
    assert re.findall(rb"/URI \(([^)]*)\)", content) == [
        b"./tables/a.csv",
        b"https://example.org/a",
    ]
    assert tmp_path.name.encode() not in content
