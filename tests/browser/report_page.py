"""The report's page in a browser without a network, and what can be measured on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page


@dataclass
class Events:
    """What a page asked for and what went wrong while it was open."""

    requests: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


@contextmanager
def opened_offline(
    browser: Browser,
    file: Path,
    *,
    width: int = 1280,
    colors: Literal["light", "dark"] = "light",
    scripts: bool = True,
    anchor: str = "",
) -> Iterator[tuple[Page, Events]]:
    """Open a file in a browser that reaches no network."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=colors,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    context.set_offline(True)
    context.route(lambda address: address.startswith("http"), lambda route: route.abort())
    context.set_default_timeout(5_000)  # milliseconds: everything is there from the start
    page = context.new_page()
    events = Events()
    page.on("request", lambda request: events.requests.append(request.url))
    page.on("requestfailed", lambda request: events.failed.append(request.url))
    page.on("console", lambda message: events.console.append(message.text))
    page.on("pageerror", lambda error: events.console.append(str(error)))

    def refuse(dialog: object) -> None:
        events.dialogs.append(str(dialog))

    page.on("dialog", refuse)
    page.goto(file.as_uri() + anchor, timeout=60_000)  # several MB of pictures
    yield page, events
    context.close()


# Boxes that reach over the right edge of the window and that nothing above them scrolls.
OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter(element => {
  if (element.getBoundingClientRect().right <= document.documentElement.clientWidth + 0.5) {
    return false;
  }
  for (let part = element.parentElement; part; part = part.parentElement) {
    if (getComputedStyle(part).overflowX === 'auto') return false;
  }
  return true;
}).map(element => element.outerHTML.slice(0, 100))"""


def overflowing(page: Page) -> list[str]:
    """Return what reaches over the right edge of the window, where nothing scrolls."""
    wide: list[str] = page.evaluate(OVERFLOWING)
    if page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    ):
        wide.append("the page itself")
    return wide


# The levels that WCAG 2.1 AA asks for, and what 2.2 adds to them.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Return what axe-core finds against WCAG 2.1 and 2.2, A and AA: rule and element."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run({ runOnly: { type: 'tag', values: tags } })", WCAG)[
        "violations"
    ]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


# What stands in the viewer: the marked characters, and those of their passage before them.
SHOWN = """() => {
  const marks = [...document.querySelectorAll('dialog[open] mark')];
  if (!marks.length) return null;
  const before = document.createRange();
  before.setStart(marks[0].closest('.passage'), 0);
  before.setEndBefore(marks[0]);
  return {
    marked: marks.map(mark => mark.textContent).join(''),
    before: before.toString(),
    in_view: marks[0].getBoundingClientRect().top > 0
      && marks[0].getBoundingClientRect().bottom < innerHeight,
  };
}"""


@dataclass(frozen=True)
class Shown:
    """What the viewer shows of a place."""

    marked: str
    before: str
    in_view: bool


def shown_evidence(page: Page) -> Shown | None:
    """Return what the viewer marks; None if it is closed."""
    found = page.evaluate(SHOWN)
    return None if found is None else Shown(**found)


# Contrast after WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of relative luminances. Colours
# are flattened by drawing them: background over background, text with its opacity on top.
CONTRASTS = """() => {
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const paint = (color, opacity) => {
    brush.globalAlpha = opacity;
    brush.fillStyle = color;
    brush.fillRect(0, 0, 1, 1);
  };
  const drawn = () => [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  const luminance = color => {
    const [red, green, blue] = color.map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim()) continue;
    const above = [];
    for (let part = element; part; part = part.parentElement) above.unshift(part);
    let opacity = 1;
    paint('Canvas', 1);
    for (const part of above) {
      const style = getComputedStyle(part);
      opacity *= Number(style.opacity);
      paint(style.backgroundColor, opacity);
    }
    const ground = luminance(drawn());
    paint(getComputedStyle(element).color, opacity);
    const ink = luminance(drawn());
    found.push({
      text: walker.currentNode.data.trim().slice(0, 60),
      inside: above.map(part => part.localName).join(' '),
      contrast: (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05),
    });
  }
  return found;
}"""


@dataclass(frozen=True)
class TextContrast:
    """Contrast of a piece of text with what is behind it."""

    text: str
    inside: str
    contrast: float


def contrasts(page: Page) -> list[TextContrast]:
    """Return the contrast of every piece of text of the page."""
    return [TextContrast(**found) for found in page.evaluate(CONTRASTS)]
