"""An executed notebook as a page: whole, self-contained, the same on every run."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)

from metoo_research.errors import ExportError
from metoo_research.notebook_html import write_notebook_html

ROOT = Path(__file__).parents[1]
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5Er"
    "kJggg=="
)


@pytest.fixture
def page_of(tmp_path: Path) -> Any:
    """Write a notebook of these cells and give its page."""

    def page(*cells: Any) -> str:
        notebook = new_notebook(
            cells=list(cells), metadata={"language_info": {"name": "python"}}
        )
        path = tmp_path / "02_words.ipynb"
        path.write_text(nbformat.writes(notebook), "utf-8")
        return write_notebook_html(path, tmp_path / "02_words.html").read_text("utf-8")

    return page


def code(source: str = "", *outputs: Any, number: int = 3) -> Any:
    return new_code_cell(source, outputs=list(outputs), execution_count=number)


def shown(**data: str) -> Any:
    """An output; ``text_html="…"`` stands for the type text/html."""
    return new_output(
        "display_data", data={kind.replace("_", "/", 1): text for kind, text in data.items()}
    )


# --- What the page holds


def test_text_code_and_outputs_are_on_it_in_their_order(page_of: Any) -> None:
    page = page_of(
        new_markdown_cell("# Words\n\nWhich *words*?"),
        code("count(1)", new_output("stream", text="a line\n"), shown(text_plain="'41'")),
        new_raw_cell("raw & plain"),
    )
    pieces = [
        "<h1",
        "Which <em>words</em>?",
        "count",
        "a line",
        "'41'",
        "raw &amp; plain",
    ]
    places = [page.index(piece) for piece in pieces]
    assert places == sorted(places)


def test_the_richest_form_that_needs_no_script_is_shown(page_of: Any) -> None:
    page = page_of(
        code("1", shown(text_plain="plain", text_html="<b>rich</b>")),
        code("2", shown(text_plain="Bar: 100%", **{"application_vnd.jupyter.widget": "{}"})),
        code("3", shown(**{"application_pdf": "JVBERi0="})),
    )
    assert "<b>rich</b>" in page
    assert "plain</pre>" not in page
    assert "Bar: 100%" in page
    assert "Shown in JupyterLab only: application/pdf." in page


def test_the_title_is_the_first_heading_in_plain_words(page_of: Any) -> None:
    page = page_of(
        code("# a comment"), new_markdown_cell("Text\n\n# The `words` of *[a](b.ipynb)* & b #")
    )
    assert "<title>The words of a &amp; b</title>" in page


def test_without_a_heading_the_title_is_the_files_name(page_of: Any) -> None:
    assert "<title>02_words</title>" in page_of(new_markdown_cell("## Not the first level"))


def test_the_page_names_its_language_and_its_notebook(page_of: Any) -> None:
    page = page_of()
    assert '<html lang="en">' in page
    assert '<a href="02_words.ipynb">02_words.ipynb</a>' in page


def test_every_picture_has_alt_text(page_of: Any) -> None:
    described = new_output(
        "display_data",
        data={"image/png": PIXEL, "text/plain": "<Figure>"},
        metadata={"image/png": {"alt": "Bars; R&D leads"}},
    )
    page = page_of(
        code("1", described),
        code("2", shown(image_png=PIXEL, text_plain="<Figure with 1 Axes>")),
        code("3", shown(**{"image_svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>"})),
    )
    assert re.findall(r'<img alt="([^"]*)"', page) == [
        "Bars; R&amp;D leads",
        "&lt;Figure with 1 Axes&gt;",
        "A picture",
    ]


def test_an_output_that_may_be_scrolled_can_be_reached_by_keyboard(page_of: Any) -> None:
    page = page_of(code("t", shown(text_html="<table><tr><td>1</td></tr></table>"), number=7))
    (output,) = re.findall(r'<div[^>]*class="output"[^>]*>', page)
    assert 'tabindex="0"' in output
    assert 'role="group"' in output
    assert 'aria-label="Output of cell 7"' in output


# --- It needs nothing else


def outside(page: str) -> list[str]:
    """Addresses that a browser would load something from."""
    loaded = re.findall(r"""(?:\ssrc|<link[^>]*\shref)=["']?([^"'\s>]+)|url\(([^)]*)\)""", page)
    found = ["".join(pair) for pair in loaded]
    return [one for one in found if not one.startswith("data:")]


def test_the_projects_own_pages_load_nothing_and_hold_no_script(tmp_path: Path) -> None:
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert notebooks
    for notebook in notebooks:
        page = write_notebook_html(notebook, tmp_path / "page.html").read_text("utf-8")
        assert outside(page) == []
        assert "<script" not in page


def test_the_browser_is_told_to_load_nothing(page_of: Any) -> None:
    (policy,) = re.findall(
        r'content="([^"]*)"\s+http-equiv="Content-Security-Policy"'
        r'|http-equiv="Content-Security-Policy"\s+content="([^"]*)"',
        page_of(),
    )
    rules = dict(rule.split(" ", 1) for rule in "".join(policy).split("; "))
    assert rules["default-src"] == "'none'"
    assert "script-src" not in rules
    assert rules["img-src"] == "data:"


def test_a_picture_beside_the_notebook_is_put_into_the_page(
    page_of: Any, tmp_path: Path
) -> None:
    (tmp_path / "drawing.svg").write_text("<svg/>", "utf-8")
    page = page_of(new_markdown_cell("![A drawing](drawing.svg)"))
    assert "data:image/svg+xml;base64,PHN2Zy8+" in page
    assert outside(page) == []


def test_links_to_other_notebooks_lead_to_their_pages(page_of: Any) -> None:
    page = page_of(
        new_markdown_cell(
            "[a](01_articles.ipynb) [b](../more/x.ipynb#part) "
            "[c](https://example.org/x.ipynb) [d](notes.txt)"
        )
    )
    assert re.findall(r'<a href="([^"]*)"', page)[1:] == [
        "01_articles.html",
        "../more/x.html#part",
        "https://example.org/x.ipynb",
        "notes.txt",
    ]


# --- Text is text


def test_markup_in_code_and_in_printed_text_is_shown_as_text(page_of: Any) -> None:
    nasty = "<script>alert(1)</script>"
    page = page_of(
        code(f"'{nasty}'", new_output("stream", text=nasty), shown(text_plain=nasty)),
        new_raw_cell(nasty),
        code("1", new_output("error", ename="E", evalue="v", traceback=[nasty])),
    )
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4


def test_colours_of_a_terminal_are_no_signs_in_the_text(page_of: Any) -> None:
    page = page_of(code("1", new_output("stream", text="\x1b[31mred\x1b[0m")))
    assert "\x1b" not in page
    assert ">red<" in page


# --- The file


def test_the_same_notebook_gives_the_same_bytes_wherever_it_lies(tmp_path: Path) -> None:
    notebook = new_notebook(cells=[new_markdown_cell("# A"), code("1 + 1", number=1)])
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    pages = []
    for place in ("here", "there"):
        folder = tmp_path / place
        folder.mkdir()
        (folder / "a.ipynb").write_text(nbformat.writes(notebook), "utf-8")
        pages.append(write_notebook_html(folder / "a.ipynb", folder / "a.html").read_bytes())
    assert pages[0] == pages[1]


def test_a_page_is_little_more_than_its_outputs(page_of: Any) -> None:
    assert len(page_of(new_markdown_cell("# A"))) < 8_000


@pytest.mark.parametrize("content", ["", "[1]", "{}", "not JSON", '{"nbformat": 4}'])
def test_what_is_no_notebook_is_named_and_the_old_page_stays(
    tmp_path: Path, content: str
) -> None:
    notebook, page = tmp_path / "a.ipynb", tmp_path / "a.html"
    notebook.write_text(content, "utf-8")
    page.write_text("the old one", "utf-8")
    with pytest.raises(ExportError, match=r"a\.ipynb: not a notebook"):
        write_notebook_html(notebook, page)
    assert page.read_text("utf-8") == "the old one"


def test_a_notebook_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"a\.ipynb cannot be read"):
        write_notebook_html(tmp_path / "a.ipynb", tmp_path / "a.html")
