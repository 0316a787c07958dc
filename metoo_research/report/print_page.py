"""The page as the browser prints it: figures as drawings, and no word of this machine.

A browser turns every link into one from the root of this machine's disk. Links to files beside
the page are therefore told from a host that is none (`BESIDE`), and become links from the PDF's
own folder when it is printed (`from_its_folder`).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from lxml import etree

#: Stands for the folder that the PDF lies in; RFC 2606 keeps names like it free of use.
BESIDE: Final = "https://beside.invalid/"
#: A link to neither a place in the page nor an address.
_RELATIVE_LINK: Final = re.compile(
    r'<a (?P<class>class="[^"]*" )?href="(?!#|https?:|mailto:)(?P<path>[^"]*)"', re.IGNORECASE
)
_ELSEWHERE: Final = re.compile(r"/|[a-z][a-z0-9+.-]*:|(?:.*/)?\.\.(?:/|$)", re.IGNORECASE)
#: Passages are not printed: their places are in the page.
_EVIDENCE: Final = re.compile(r'<a class="evidence" href="(?P<place>#[^"]*)"')
_PDF_LINK: Final = re.compile(rb"/URI \(" + re.escape(BESIDE.encode()) + rb"([^()\\]*)\)")
#: The figures as `report.html.j2` sets them.
_PICTURE: Final = re.compile(
    r'(?P<begin><figure id="figure-(?P<name>[a-z0-9_-]+)">\s*<div[^>]*>\s*)'
    r'<img src="data:image/png;base64,[^"]*"[^>]*>'
)
_POLICY_OF_STYLE: Final = re.compile(r"style-src '[^']*'")
_STYLE: Final = """\
@page { size: A4; }
figure svg { display: block; margin: 0 auto; max-width: 100%; height: auto; max-height: 21cm; }
"""
_SVG: Final = "http://www.w3.org/2000/svg"
_LINK: Final = "{http://www.w3.org/1999/xlink}href"
#: As Matplotlib names a font in the style of a text.
_FAMILY: Final = re.compile(r"<text style=\"[^\"]*?'([\w .-]+)'")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


def printable(page: str, figures: Path | None, *, name: str | None = None) -> str:
    """Give the page of a report as it goes into a PDF.

    Links to files in or below the page's folder are told from `BESIDE`; links to other files
    are taken away. Evidence links lead into the page, since no PDF holds the passages. Figures
    become the drawings of their bundles: sharp at any size, their words can be searched, and
    the browser has not to pack their pixels. They bring the font they were laid out with. Where
    a bundle has no readable drawing, its picture stays.

    Parameters
    ----------
    page
        The page as `write_report` wrote it; any other is printed with nothing replaced.
    figures
        Folder of the bundles; None leaves the pictures.
    name
        The page's file name, where the PDF will lie beside it; None takes all these links away.
    """

    def link(found: re.Match[str]) -> str:
        start = f"<a {found['class'] or ''}".rstrip()
        if name is None or _ELSEWHERE.match(found["path"]):
            return start
        path = found["path"].replace("(", "%28").replace(")", "%29")  # signs of PDF's own
        return f'{start} href="{BESIDE}{path}"'

    if name is None:
        page = _EVIDENCE.sub('<a class="evidence"', page)
    else:
        page = _EVIDENCE.sub(rf'<a class="evidence" href="{quote(name)}\g<place>"', page)
    page = _RELATIVE_LINK.sub(link, page)
    head, end, body = page.partition("</head>")
    if figures is None or not end:
        return page

    def drawing(found: re.Match[str]) -> str:
        svg = _drawing(figures / f"{found['name']}.svg")
        return found[0] if svg is None else found["begin"] + svg

    body = _PICTURE.sub(drawing, body)
    fonts = _fonts(sorted(set(_FAMILY.findall(body))))
    style = f"<style>{_STYLE}{fonts}</style>"
    # Drawings carry styles of their own; the browser reaches nothing but this page anyway.
    head = _POLICY_OF_STYLE.sub("style-src 'unsafe-inline'; font-src data:", head)
    return f"{head}{style}{end}{body}"


def from_its_folder(pdf: bytes) -> bytes:
    """Make links to files beside a printed page links from the folder that the PDF lies in.

    Blanks fill the place that this saves, for the file tells where its parts begin.
    """

    def relative(found: re.Match[bytes]) -> bytes:
        return (b"/URI (./%s)" % found[1]).ljust(len(found[0]))

    return _PDF_LINK.sub(relative, pdf)


def _drawing(path: Path) -> str | None:
    from lxml import etree

    try:
        root = etree.fromstring(path.read_bytes())
    except (OSError, etree.XMLSyntaxError):
        return None
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    _draw_hatching(root, path.stem)
    return etree.tostring(root, encoding="unicode")


def _draw_hatching(root: etree._Element, name: str) -> None:
    """Draw hatched areas line by line: of a pattern the browser makes pixels, and coarse ones.

    A pattern of Matplotlib's is a square with a ground and lines that go on in the next
    square. Each area becomes its ground, and over it as many squares of lines as it meets,
    cut to its shape.
    """
    for pattern in list(root.iter(f"{{{_SVG}}}pattern")):
        key = pattern.get("id", "")
        areas = [one for one in root.iter("*") if f"url(#{key})" in one.get("style", "")]
        if not all(_in_place(one) for one in areas):
            continue
        ground = pattern.find(f"{{{_SVG}}}rect")
        paint = "none" if ground is None else ground.get("fill", "none")
        if ground is not None:
            pattern.remove(ground)
        pattern.tag = f"{{{_SVG}}}g"  # in <defs> still: drawn where it is used
        side = float(pattern.get("width", "72"))
        for number, area in enumerate(areas):
            _hatch(area, key, paint, side, cut=f"{name}-{key}-{number}")


def _in_place(area: etree._Element) -> bool:
    """Whether it is a shape that stands where its numbers say, and nowhere else."""
    elsewhere = area.get("id") or area.get("transform")
    return area.tag == f"{{{_SVG}}}path" and bool(area.get("d")) and not elsewhere


def _hatch(area: etree._Element, lines: str, ground: str, side: float, *, cut: str) -> None:
    """Put an area's ground and lines under its outline."""
    shape, style = area.get("d", ""), area.get("style", "")
    whole = area.makeelement(f"{{{_SVG}}}g", {})
    if clip := area.get("clip-path"):
        whole.set("clip-path", clip)
        del area.attrib["clip-path"]
    area.addprevious(whole)
    _add(_add(whole, "clipPath", id=cut), "path", d=shape)
    _add(whole, "path", d=shape, style=f"fill: {ground}; stroke: none")
    within = _add(whole, "g", **{"clip-path": f"url(#{cut})"})
    for x, y in _squares(shape, side):
        _add(within, "use", **{_LINK: f"#{lines}", "x": f"{x:g}", "y": f"{y:g}"})
    area.set("style", style.replace(f"url(#{lines})", "none"))
    whole.append(area)


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    from lxml import etree

    return etree.SubElement(parent, f"{{{_SVG}}}{tag}", attributes)


def _squares(shape: str, side: float) -> Iterator[tuple[float, float]]:
    """Give the corners of the squares that a shape lies in."""
    numbers = [float(number) for number in _NUMBER.findall(shape)]
    across, down = numbers[::2], numbers[1::2]
    for column in range(int(min(across) // side), int(max(across) // side) + 1):
        for row in range(int(min(down) // side), int(max(down) // side) + 1):
            yield column * side, row * side


def _fonts(families: Iterable[str]) -> str:
    """The fonts of the figures, plain and bold: machines seldom have them."""
    from matplotlib.font_manager import FontProperties, findfont

    rules = []
    for family in families:
        for weight in ("normal", "bold"):
            try:
                file = findfont(
                    FontProperties(family=family, weight=weight), fallback_to_default=False
                )
            except ValueError:  # Matplotlib has fallen back itself when it drew
                continue
            data = base64.b64encode(Path(file).read_bytes()).decode("ascii")
            rules.append(
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
                f"src: url(data:font/ttf;base64,{data}); }}\n"
            )
    return "".join(rules)
