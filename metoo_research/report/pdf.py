"""The report as PDF, printed by a Chromium that is on the machine. None is downloaded."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from metoo_research.errors import ExportError
from metoo_research.report.html import page_of
from metoo_research.report.print_page import from_its_folder, printable
from metoo_research.write import output_path, replace_file

if TYPE_CHECKING:
    from metoo_research.report.parts import Report

#: The environment variable that names the browser to print with.
CHROMIUM: Final = "METOO_RESEARCH_CHROMIUM"
_NAMES: Final = (
    *("chromium", "google-chrome", "google-chrome-stable", "chrome"),
    *("msedge", "microsoft-edge", "microsoft-edge-stable"),
    "chromium-browser",  # last: on Ubuntu it may only say how to install one
)
_WINDOWS_FOLDERS: Final = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_WINDOWS_FILES: Final = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
_MACOS_FILES: Final = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_ARGUMENTS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # containers have little of it
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    # No name is resolved, and every request goes to a proxy that is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:1",
    "--proxy-bypass-list=<-loopback>",
    # Without them each page says when it was printed, and from which folder.
    "--no-pdf-header-footer",
    "--print-to-pdf-no-header",  # the same, as it was called before version 112
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)
_CLOCK: Final = re.compile(rb"/(?:CreationDate|ModDate) \(D:[0-9Z+'-]{4,30}\)")
_NONE: Final = (
    "no PDF: no Chromium, Chrome or Edge on this machine; install one, name it in the "
    f"environment variable {CHROMIUM}, or print report.html from your browser"
)


def find_chromium() -> Path | None:
    """Give the Chromium that PDFs are printed with; None if there is none.

    The one that the environment variable `CHROMIUM` names, as a path or as a command; else
    Chromium, Chrome or Edge, on the PATH or where they are installed on Windows and macOS.
    """
    named = os.environ.get(CHROMIUM, "").strip()
    if named:
        found = shutil.which(named)
        return Path(found) if found else None
    return next(_installed(), None)


def _installed() -> Iterator[Path]:
    for name in _NAMES:
        if found := shutil.which(name):
            yield Path(found)
    folders = [Path(os.environ[name]) for name in _WINDOWS_FOLDERS if os.environ.get(name)]
    yield from _files(folders, _WINDOWS_FILES)
    yield from _files([Path("/Applications"), Path.home() / "Applications"], _MACOS_FILES)


def _files(folders: list[Path], names: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                yield folder / name


def write_pdf(
    page: str | os.PathLike[str] | None,
    out: str | os.PathLike[str],
    *,
    figures: str | os.PathLike[str] | None = None,
    report: Report | None = None,
    seconds: float = 60,
    tell: Callable[[str], object] = lambda reason: None,
) -> Path | None:
    """Print an HTML page as a tagged PDF with an outline.

    The browser runs without a window, reaches no network, and uses a profile of its own that
    is deleted. Page size and margins are those of the page's ``@page`` rule. The file holds
    no clock time; other versions of the browser give other bytes.

    Links to files beside the page, and evidence links into the page, work while the PDF lies
    in the page's folder; printed into another folder, it has none of them.

    Parameters
    ----------
    page
        The page; None: the one that `report` makes, which lies nowhere to be linked to.
    out
        The file to write. It is written whole or not at all.
    figures
        Folder of the bundles whose figures the page shows: they are printed as drawings.
        None: as the pictures that the page holds.
    report
        What the page says, so that the PDF lists the page among the files of the run and not
        itself. None: it lists what the page lists.
    seconds
        After so long without a result, the browser is ended.
    tell
        Is called with one line, why there is no PDF, where the answer is None.

    Returns
    -------
    ``out``; None if the machine has no such browser, or the browser fails or takes too long.
    A file that was there before is then still there.

    Raises
    ------
    ExportError
        If ``page`` is not there, or ``out`` cannot be written.
    """
    page, out = None if page is None else Path(page), output_path(out)
    folder = None if figures is None else Path(figures)
    if page is not None and not page.is_file():
        raise ExportError(f"{page} is not there; write the report first")
    chromium = find_chromium()
    if chromium is None:
        named = os.environ.get(CHROMIUM, "").strip()
        wrong = f"no PDF: {CHROMIUM} names {named}, which is not there or cannot be run"
        tell(wrong if named else _NONE)
        return None
    # Beside the result, because a browser that is kept in a box of its own (Ubuntu's) may not
    # write into the folder for temporary files.
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        printed, copy = (_empty_file(out.parent, ending) for ending in (".pdf", ".html"))
        beside = None
        if page is not None and out.parent.resolve() == page.parent.resolve():
            beside = page.name
        if report is not None:
            shown = page_of(report, name=out.name)
        elif page is not None:
            shown = page.read_text("utf-8")
        else:
            raise TypeError("write_pdf needs a page or a report")
        to_print = printable(shown, folder, name=beside)
        copy.write_text(to_print, "utf-8", errors="xmlcharrefreplace", newline="")
    except OSError as error:
        raise ExportError(f"{out} cannot be written ({error.strerror or error})") from error
    try:
        failed = _print(chromium, copy, printed, seconds=seconds)
        content = printed.read_bytes()
    except OSError as error:
        failed, content = str(error.strerror or error), b""
    finally:
        for path in (printed, copy):
            with suppress(OSError):
                path.unlink()
    if not (content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")):
        shown_as = "report.html" if page is None else page.name
        tell(f"no PDF: {chromium} {failed or 'made none'}; print {shown_as} from your browser")
        return None
    replace_file(out, from_its_folder(_without_clock(content)))
    return out


def _empty_file(folder: Path, ending: str) -> Path:
    handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=ending)
    os.close(handle)
    return Path(name)


def _print(chromium: Path, page: Path, out: Path, *, seconds: float) -> str:
    """Run the browser; say what went wrong, if anything."""
    with tempfile.TemporaryDirectory(prefix="metoo_", ignore_cleanup_errors=True) as profile:
        command = [
            str(chromium),
            *_ARGUMENTS,
            *(["--no-sandbox"] if _is_root() else []),  # it refuses to run as root with one
            f"--user-data-dir={profile}",
            f"--print-to-pdf={out.resolve()}",
            page.resolve().as_uri(),
        ]
        try:
            # A group of its own, so that its children can be ended with it.
            process = subprocess.Popen(  # noqa: S603 - the browser, with arguments of ours
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            return f"cannot be run ({error.strerror or error})"
        try:
            code = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return f"took longer than {seconds:g} s"
        finally:
            if process.poll() is None:
                _end(process)
    return f"failed (exit code {code})" if code else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the browser and all that it started."""
    if sys.platform == "win32":
        with suppress(OSError):
            subprocess.run(  # noqa: S603
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607
                capture_output=True,
                check=False,
            )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _without_clock(content: bytes) -> bytes:
    """Take the times out; blanks in their place, for the file tells where its parts begin."""
    end = content.find(b"endobj")  # the first object holds the document's properties
    head = _CLOCK.sub(lambda found: b" " * len(found[0]), content[:end])
    return head + content[end:]
