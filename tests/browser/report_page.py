"""The report's page in a browser without a network, and what can be measured on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
) -> Iterator[tuple[Page, Events]]:
    """Open a file in a browser that reaches no network."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=colors)
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
    page.goto(file.as_uri())
    yield page, events
    context.close()


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
