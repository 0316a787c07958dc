"""The page as it is printed: figures as drawings, no folder of this machine, page numbers."""

import re
from pathlib import Path

import pandas as pd
import pytest
from lxml import etree
from matplotlib.figure import Figure

from metoo_research.export import save_figure
from metoo_research.report.html import write_page
from metoo_research.report.parts import Link, Report
from metoo_research.report.pdf import write_pdf
from metoo_research.report.print_page import BESIDE, from_its_folder, printable

SVG = "{http://www.w3.org/2000/svg}"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Buses</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-x'">
</head><body><a href="tables/words.csv">words</a> <a href="#figure-buses">1</a>
<figure id="figure-buses">
<div class="narrow">
<img src="data:image/png;base64,AAAA" alt="Night leads." width="9" height="9"></div>
<figcaption>Buses by day and night.</figcaption></figure></body></html>"""


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    """A bundle named buses: two bars of 20 points' height, one of them hatched."""
    figure = Figure(figsize=(3, 2))
    ax = figure.subplots()
    ax.bar(["day", "night"], [2, 5], hatch=["", "///"], facecolor="#cfe4f5", edgecolor="#000")
    table = pd.DataFrame({"time": ["day", "night"], "buses": [2, 5]})
    save_figure(
        figure,
        "buses",
        data=table,
        title="Buses",
        caption="Buses by day and night.",
        alt="Night leads.",
        source="Counted.",
        out=tmp_path,
    )
    return tmp_path


def drawing(page: str) -> etree._Element:
    found = re.search(r"<svg .*</svg>", page, re.DOTALL)
    assert found is not None
    return etree.fromstring(found[0])


def test_a_figure_becomes_the_drawing_of_its_bundle(figures: Path) -> None:
    page = printable(PAGE, figures)
    assert "<img" not in page
    assert {text.text for text in drawing(page).iter(f"{SVG}text")} >= {"day", "night"}


def test_the_drawing_is_still_named_and_described(figures: Path) -> None:
    svg = drawing(printable(PAGE, figures))
    assert svg.get("role") == "img"
    labels = {one.get("id"): one.text for one in svg}
    named = (svg.get("aria-labelledby") or "").split()
    assert [labels[one] for one in named] == ["Buses", "Night leads."]


def test_the_drawing_keeps_its_final_size(figures: Path) -> None:
    svg = drawing(printable(PAGE, figures))
    assert (svg.get("width"), svg.get("height")) == ("216pt", "144pt")  # 3 by 2 inches


def test_the_page_brings_the_font_of_its_drawings(figures: Path) -> None:
    page = printable(PAGE, figures)
    rules = re.findall(r'@font-face \{ font-family: "DejaVu Sans"; font-weight: (\w+)', page)
    assert rules == ["normal", "bold"]
    assert "style-src 'unsafe-inline'; font-src data:" in page


@pytest.mark.parametrize("damage", ["missing", "not a drawing"])
def test_without_a_readable_drawing_the_picture_stays(figures: Path, damage: str) -> None:
    if damage == "missing":
        (figures / "buses.svg").unlink()
    else:
        (figures / "buses.svg").write_text("<svg", "utf-8")
    assert '<img src="data:image/png;base64,AAAA"' in printable(PAGE, figures)


def test_without_a_folder_of_figures_pictures_stay() -> None:
    assert '<img src="data:image/png;base64,AAAA"' in printable(PAGE, None)


LINKS = """<html><head></head><body><a class="evidence" href="#e-a1-3-9">1.7 million</a>
<a href="tables/words.csv">words</a> <a href="../other/words.csv">others</a>
<a href="file:///home/words.csv">elsewhere</a> <a href="#figures">Figures</a></body></html>"""


def test_a_pdf_beside_its_page_links_to_it_and_to_the_files_beside_it() -> None:
    page = printable(LINKS, Path(), name="my report.html")
    assert re.findall('href="(.*?)"', page) == [
        f"{BESIDE}my%20report.html#e-a1-3-9",
        f"{BESIDE}tables/words.csv",
        "#figures",
    ]


def test_a_pdf_that_lies_elsewhere_has_no_link_that_leads_nowhere() -> None:
    page = printable(LINKS, Path())
    assert re.findall('href="(.*?)"', page) == ["#figures"]
    assert '<a class="evidence">1.7 million</a>' in page


def test_links_from_the_pdfs_folder_move_no_byte_behind_them() -> None:
    link = f"/URI ({BESIDE}report.html#e-a1-3-9)".encode()
    changed = from_its_folder(b"before " + link + b" behind")
    assert changed.split() == [b"before", b"/URI", b"(./report.html#e-a1-3-9)", b"behind"]
    assert changed.index(b"behind") == len(b"before ") + len(link) + 1


# --- Hatching


def test_hatching_is_drawn_in_lines(figures: Path) -> None:
    svg = drawing(printable(PAGE, figures))
    assert not list(svg.iter(f"{SVG}pattern"))
    painted = [one.get("style", "") for one in svg.iter()]
    assert not any("url(#h" in style for style in painted)


def test_a_hatched_area_keeps_ground_lines_and_outline_in_this_order(figures: Path) -> None:
    svg = drawing(printable(PAGE, figures))
    [cut] = [
        one for one in svg.iter(f"{SVG}clipPath") if (one.get("id") or "").startswith("buses-")
    ]
    area = cut.getparent()
    assert area is not None
    _, ground, lines, outline = area
    assert "fill: #cfe4f5" in ground.get("style", "")
    assert lines.get("clip-path") == f"url(#{cut.get('id')})"
    assert "fill: none; stroke: #000000" in outline.get("style", "")
    assert ground.get("d") == outline.get("d") == cut[0].get("d")


def test_the_squares_of_lines_cover_the_area(figures: Path) -> None:
    svg = drawing(printable(PAGE, figures))
    [use] = {one.getparent() for one in svg.iter(f"{SVG}use") if "#h" in str(one.attrib)}
    assert use is not None
    squares = [(float(one.get("x", "")), float(one.get("y", ""))) for one in use]
    ground = use.getprevious()
    assert ground is not None
    numbers = [float(number) for number in re.findall(r"[\d.]+", ground.get("d", ""))]
    assert min(x for x, _ in squares) <= min(numbers[::2])
    assert max(x for x, _ in squares) + 72 >= max(numbers[::2])
    assert min(y for _, y in squares) <= min(numbers[1::2])
    assert max(y for _, y in squares) + 72 >= max(numbers[1::2])


@pytest.mark.parametrize("elsewhere", ['id="named"', 'transform="translate(9 9)"'])
def test_a_shape_drawn_elsewhere_keeps_its_pattern(figures: Path, elsewhere: str) -> None:
    path = figures / "buses.svg"
    svg = path.read_text("utf-8")
    key = re.search(r'<pattern id="(\w+)"', svg)
    assert key is not None
    area = f'<path {elsewhere} d="M 0 0 L 9 9" style="fill: url(#{key[1]})"/>'
    path.write_text(svg.replace("<metadata>", f"<!-- a comment -->{area}<metadata>"), "utf-8")
    assert list(drawing(printable(PAGE, figures)).iter(f"{SVG}pattern"))


# --- In the PDF


@pytest.mark.usefixtures("printer")
def test_the_pdf_holds_letters_and_no_pixels(figures: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    page = tmp_path / "report.html"
    page.write_text(PAGE, "utf-8")
    out = write_pdf(page, tmp_path / "report.pdf", figures=figures)
    assert out is not None
    [sheet] = PdfReader(out).pages
    assert "night" in sheet.extract_text()
    actions = [note.get_object().get("/A", {}) for note in sheet.annotations or []]
    assert [one["/URI"] for one in actions if "/URI" in one] == ["./tables/words.csv"]
    assert not sheet.images
    assert b"/Alt" in out.read_bytes()


@pytest.mark.usefixtures("printer")
def test_a_header_stands_again_on_the_next_page_with_its_words(tmp_path: Path) -> None:
    from pypdf import PdfReader

    import metoo_research.report as package

    style = (Path(package.__file__).parent / "templates" / "report.css").read_text("utf-8")
    rows = "<tr><td>a row</td></tr>" * 120
    page = tmp_path / "table.html"
    head = "<tr><th><button>the heading</button></th></tr>"
    page.write_text(
        f"<!doctype html><html><head><style>{style}</style></head><body><table>"
        f"<thead>{head}</thead><tbody>{rows}</tbody></table></body></html>",
        "utf-8",
    )
    out = write_pdf(page, tmp_path / "table.pdf")
    assert out is not None
    texts = [sheet.extract_text() for sheet in PdfReader(out).pages]
    assert len(texts) > 1
    assert all("the heading" in text for text in texts)


@pytest.mark.usefixtures("printer")
def test_a_pdf_lists_its_page_among_the_files_of_the_run_and_not_itself(tmp_path: Path) -> None:
    from pypdf import PdfReader

    names = ("report.html", "report.docx", "report.pdf")
    report = Report("T", "L.", "1", (), (), tuple(Link("Report", name) for name in names))
    page = tmp_path / "report.html"
    write_page(report, page)
    out = write_pdf(page, tmp_path / "report.pdf", report=report)
    assert out is not None
    [sheet] = PdfReader(out).pages
    text = sheet.extract_text()
    assert [name in text for name in names] == [True, True, False]
    assert b"/URI (./report.html)" in out.read_bytes()
    assert b"/URI (./report.pdf)" not in out.read_bytes()
    assert 'href="report.pdf"' in page.read_text("utf-8")
