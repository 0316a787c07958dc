"""A notebook in JupyterLab's page: opening it, running it as a reader does, reading it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lab_server import Lab
from playwright.sync_api import BrowserContext, Page, Response

OPENING = 60_000  # milliseconds; JupyterLab's first page is 10 MB of scripts
RUNNING = 120_000

FIGURE = re.compile(r"<Figure '([a-z0-9_-]+)'")  # how a saved figure shows as plain text

# A kernel is there and waits. Its status alone will not do: before there is a kernel, the
# page calls itself idle.
READY = """() => {
  const session = window.jupyterapp?.shell?.currentWidget?.sessionContext;
  return session?.isReady && session.session?.kernel?.status === 'idle';
}"""

CLEARED = """() => jupyterapp.shell.currentWidget.content.widgets.every(
  cell => cell.model.type !== 'code'
    || (cell.model.outputs.length === 0 && cell.model.executionCount === null))"""

# Between two cells the kernel is idle for a moment, so no cell may be waiting either.
SETTLED = """() => {
  const panel = jupyterapp.shell.currentWidget;
  const code = panel.content.widgets.filter(cell => cell.model.type === 'code');
  return panel.sessionContext.session?.kernel?.status === 'idle'
    && code.every(cell => cell.model.executionState === 'idle')
    && code.some(cell => cell.model.executionCount !== null);
}"""

# Source and outputs from the notebook's model, which tells an error from a warning on stderr
# (the page shows both alike); pictures from the page, once they are there.
READ = """async () => {
  const { model, widgets } = jupyterapp.shell.currentWidget.content;
  const cells = [];
  for (const [index, cell] of model.toJSON().cells.entries()) {
    const pictures = [];
    for (const image of widgets[index].node.querySelectorAll('.jp-OutputArea-output img')) {
      await image.decode().catch(() => null);
      pictures.push({
        alt: image.alt,
        loaded: image.complete && image.naturalWidth > 0,
        caption: image.closest('figure')?.querySelector('figcaption')?.innerText ?? '',
        width: image.getBoundingClientRect().width,
        room: image.closest('.jp-OutputArea-output').clientWidth,
      });
    }
    const tables = [...widgets[index].node.querySelectorAll('.jp-OutputArea-output table')]
      .map(table => ({
        texts: [...table.querySelectorAll('td')].map(text => text.textContent),
        width: table.getBoundingClientRect().width,
        room: table.closest('.jp-OutputArea-output').clientWidth,
      }));
    cells.push({
      code: cell.cell_type === 'code',
      source: [cell.source].flat().join(''),
      count: cell.execution_count ?? null,
      outputs: cell.outputs ?? [],
      pictures,
      tables,
    });
  }
  return cells;
}"""


@dataclass(frozen=True)
class Picture:
    """A picture as the page shows it; widths in pixels."""

    alt: str
    loaded: bool
    caption: str
    width: float
    room: float


@dataclass(frozen=True)
class Table:
    """A table as the page shows it; widths in pixels."""

    texts: list[str]
    width: float
    room: float


@dataclass(frozen=True)
class Cell:
    """A cell as the page holds it."""

    code: bool
    source: str
    count: int | None
    outputs: list[dict[str, Any]]
    pictures: list[Picture]
    tables: list[Table]

    @property
    def figures(self) -> list[str]:
        """Names of the saved figures that the cell shows."""
        plain = [text_of(output.get("data", {}).get("text/plain")) for output in self.outputs]
        return [name for text in plain for name in FIGURE.findall(text)]


@dataclass
class Traffic:
    """What a page asked for, and what went wrong."""

    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    script_errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Take down everything from now on."""

        def answered(response: Response) -> None:
            if response.status >= 400:
                self.refused.append(f"{response.status} {response.url}")

        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("response", answered)
        page.on("pageerror", lambda error: self.script_errors.append(str(error)))

    def outside(self, host: str) -> list[str]:
        """Return the addresses of other machines than ``host``."""
        return [
            address
            for address in self.requests
            if urlsplit(address).scheme not in {"data", "blob"}
            and urlsplit(address).hostname != host
        ]


def text_of(value: object) -> str:
    """Return a notebook's text, which may be stored in lines."""
    return "".join(value) if isinstance(value, list) else str(value or "")


def open_notebook(context: BrowserContext, lab: Lab, path: Path) -> tuple[Page, Traffic]:
    """Open a notebook by its address and wait for its kernel."""
    page = context.new_page()
    page.set_default_timeout(OPENING)
    traffic = Traffic()
    traffic.watch(page)
    page.goto(lab.page_of(path), wait_until="domcontentloaded")
    page.wait_for_function(READY)
    return page, traffic


def choose(page: Page, menu: str, entry: str) -> None:
    """Choose an entry of JupyterLab's menu."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=entry, exact=True).click()


def run_all_cells(page: Page) -> None:
    """Clear the outputs, so that what is read later is of this run, and run every cell."""
    choose(page, "Edit", "Clear Outputs of All Cells")
    page.wait_for_function(CLEARED)
    choose(page, "Run", "Run All Cells")
    page.wait_for_function(SETTLED, timeout=RUNNING)


def read_cells(page: Page) -> list[Cell]:
    """Return the notebook's cells as they are now."""
    return [
        Cell(
            code=cell["code"],
            source=cell["source"],
            count=cell["count"],
            outputs=cell["outputs"],
            pictures=[Picture(**picture) for picture in cell["pictures"]],
            tables=[Table(**table) for table in cell["tables"]],
        )
        for cell in page.evaluate(READ)
    ]


def close_notebook(page: Page) -> None:
    """End the notebook's kernel and close its page."""
    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.close()
