"""report.docx, read back: figures with alt text, captions, tables, evidence, properties."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from metoo_research.errors import ExportError
from metoo_research.report.parts import (
    ArticleText,
    Cell,
    Column,
    Evidence,
    Link,
    Picture,
    Report,
    Section,
    Table,
    Term,
)
from metoo_research.report.word import write_word
from metoo_research.report.word_xml import legal, paragraph, run

TEXT_WIDTH_MM = 180
EMU_PER_MM = 36_000
TWIPS_PER_MM = 1440 / 25.4

Write = Callable[..., Document]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a report of these sections and open it again."""

    def written(*sections: Section, **changes: Any) -> Document:
        report = report_of(*sections, **changes)
        return docx.Document(str(write_word(report, tmp_path / "report.docx")))

    return written


def report_of(*sections: Section, **changes: Any) -> Report:
    told = {
        "title": "Four articles",
        "lead": "What was read and found.",
        "version": "1.0",
        "articles": (),
    }
    return Report(sections=sections, **{**told, **changes})


def picture_of(folder: Path, *, width: int = 400, height: int = 200, **changes: Any) -> Picture:
    png = folder / "ages.png"
    Image.new("RGB", (width, height), "white").save(png)
    told = {
        "name": "ages",
        "title": "Ages of the users",
        "caption": "Users by age.",
        "alt": "Bar chart of two ages; most frequent: 30 (4 users).",
        "source": "Source: 4 articles.",
        "png": png,
        "width_mm": 85.0,
        "files": ("figures/ages.png", "figures/ages.csv"),
    }
    return Picture(**{**told, **changes})


def table_of(*rows: tuple[Cell, ...], **changes: Any) -> Table:
    told = {
        "name": "counts",
        "title": "Counts",
        "columns": (Column("word", "word"), Column("count", "times", "number")),
        "rows": rows,
        "rows_in_all": len(rows),
        "when_empty": "No word was counted.",
    }
    return Table(**{**told, **changes})


def styled(document: Document, style: str) -> list[Paragraph]:
    return [one for one in document.paragraphs if one.style and one.style.name == style]


def fields(element: Any) -> list[str]:
    """What the fields of a part of the document ask for."""
    return [(one.text or "").strip() for one in element.iter(qn("w:instrText"))]


# --- Headings


def test_title_and_sections_are_headings_of_word(write: Write) -> None:
    document = write(Section("a", "What was read"), Section("b", "Figures"))
    assert [one.text for one in styled(document, "Title")] == ["Four articles"]
    assert [one.text for one in styled(document, "Heading 1")] == ["What was read", "Figures"]


def test_paragraphs_and_terms_stand_in_their_order(write: Write) -> None:
    section = Section(
        "a", "Limits", ("Few articles.",), (Term("Is it whole?", "No."), Term("n", "4"))
    )
    texts = [one.text for one in write(section).paragraphs]
    assert texts[texts.index("Limits") :] == [
        "Limits",
        "Few articles.",
        "Is it whole? No.",
        "n: 4",
    ]


def test_the_contents_lead_to_the_headings_and_word_asks_nothing(write: Write) -> None:
    document = write(Section("a", "What was read"), Section("b", "Figures"))
    body = document.element.body
    marks = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    contents = next(body.iter(qn("w:sdtContent")))
    links = list(contents.iter(qn("w:hyperlink")))
    words = [node.text for link in links for node in link.iter(qn("w:t"))]
    assert words == ["What was read", "Figures"]
    assert {link.get(qn("w:anchor")) for link in links} <= marks
    assert fields(contents) == [r'TOC \o "1-1" \n \h \z']
    # Either would make Word ask whether it may renew the fields of a file from elsewhere.
    assert document.settings.element.find(qn("w:updateFields")) is None
    assert not [one for one in body.iter(qn("w:fldChar")) if one.get(qn("w:dirty"))]


# --- Figures


def drawn(document: Document) -> Any:
    (inline,) = document.element.body.iter(qn("wp:inline"))
    return inline


def test_a_figure_has_its_alt_text_and_title(write: Write, tmp_path: Path) -> None:
    document = write(Section("figures", "Figures", pictures=(picture_of(tmp_path),)))
    properties = drawn(document).find(qn("wp:docPr"))
    assert properties.get("descr") == "Bar chart of two ages; most frequent: 30 (4 users)."
    assert properties.get("title") == "Ages of the users"
    assert properties.get("name") == "ages.png"


def test_a_figure_is_the_very_file_at_its_own_width(write: Write, tmp_path: Path) -> None:
    picture = picture_of(tmp_path)
    document = write(Section("figures", "Figures", pictures=(picture,)))
    extent = drawn(document).find(qn("wp:extent"))
    assert int(extent.get("cx")) == 85 * EMU_PER_MM
    assert int(extent.get("cy")) == 85 * EMU_PER_MM / 2
    with zipfile.ZipFile(tmp_path / "report.docx") as archive:
        assert archive.read("word/media/image1.png") == picture.png.read_bytes()


@pytest.mark.parametrize(
    ("width", "height", "expected_mm"),
    [
        (400, 200, (180, 90)),  # wider than the text: as wide as the text
        (100, 400, (53.75, 215)),  # higher than the page: room for the caption is left
    ],
)
def test_a_figure_fits_the_page(
    write: Write,
    tmp_path: Path,
    width: int,
    height: int,
    expected_mm: tuple[float, float],
) -> None:
    picture = picture_of(tmp_path, width=width, height=height, width_mm=300.0)
    extent = drawn(write(Section("f", "F", pictures=(picture,)))).find(qn("wp:extent"))
    shown = tuple(int(extent.get(side)) / EMU_PER_MM for side in ("cx", "cy"))
    assert shown == pytest.approx(expected_mm, abs=0.01)


def test_captions_are_words_own_and_numbered_by_its_field(write: Write, tmp_path: Path) -> None:
    pictures = (picture_of(tmp_path), picture_of(tmp_path, caption="Again."))
    document = write(
        Section("f", "F", pictures=pictures, tables=(table_of((Cell("a"), Cell("1"))),))
    )
    captions = styled(document, "Caption")
    assert [one.text for one in captions] == [
        "Figure 1. Users by age.",
        "Figure 2. Again.",
        "Table 1. Counts",
    ]
    assert [fields(one._p) for one in captions] == [
        [r"SEQ Figure \* ARABIC"],
        [r"SEQ Figure \* ARABIC"],
        [r"SEQ Table \* ARABIC"],
    ]


def test_a_figure_stays_with_its_caption_source_and_warning(
    write: Write, tmp_path: Path
) -> None:
    picture = picture_of(tmp_path, note="Drawn from other articles.", files=())
    document = write(Section("f", "F", pictures=(picture,)))
    at = next(
        number
        for number, one in enumerate(document.paragraphs)
        if next(one._p.iter(qn("wp:inline")), None) is not None
    )
    holder, caption, note, source = document.paragraphs[at : at + 4]
    assert note.text == "Drawn from other articles."
    assert source.text == "Source: 4 articles."
    for before in (caption, note):
        assert before.paragraph_format.keep_with_next
    assert holder.style is not None
    assert holder.style.paragraph_format.keep_with_next


def test_the_files_of_a_figure_are_linked_from_the_documents_folder(
    write: Write, tmp_path: Path
) -> None:
    picture = picture_of(tmp_path, files=("figures/a b.png", "figures/ä.csv"))
    document = write(Section("f", "F", pictures=(picture,)))
    assert links_of(document) == {
        "figures/a b.png": "figures/a%20b.png",
        "figures/ä.csv": "figures/%C3%A4.csv",
    }


def links_of(document: Document) -> dict[str, str]:
    """The words and the targets of the links that lead out of the document."""
    return {
        link.text: link.address
        for one in document.paragraphs
        for link in one.hyperlinks
        if link.address
    }


@pytest.mark.parametrize("content", [None, b"", b"\x89PNG\r\n\x1a\n cut off", b"<svg/>"])
def test_a_picture_that_cannot_be_read_is_named_and_the_old_report_stays(
    tmp_path: Path, content: bytes | None
) -> None:
    out = tmp_path / "report.docx"
    out.write_bytes(b"the old one")
    picture = picture_of(tmp_path)
    picture.png.unlink()
    if content is not None:
        picture.png.write_bytes(content)
    with pytest.raises(ExportError, match=r"ages\.png.*save the figure again"):
        write_word(report_of(Section("f", "F", pictures=(picture,))), out)
    assert out.read_bytes() == b"the old one"


# --- Tables


def test_a_table_is_a_word_table_with_a_header_on_every_page(write: Write) -> None:
    document = write(
        Section(
            "w", "Words", tables=(table_of((Cell("a"), Cell("3")), (Cell("b"), Cell("2"))),)
        )
    )
    (table,) = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [["word", "times"], ["a", "3"], ["b", "2"]]
    repeated = [next(row._tr.iter(qn("w:tblHeader")), None) is not None for row in table.rows]
    assert repeated == [True, False, False]
    assert table.style is not None
    assert table.style.name == "Report Table"


def test_numbers_stand_at_the_right(write: Write) -> None:
    document = write(Section("w", "Words", tables=(table_of((Cell("a"), Cell("3"))),)))
    aligned = [
        [cell.paragraphs[0].alignment is not None for cell in row.cells]
        for row in document.tables[0].rows
    ]
    assert aligned == [[False, True], [False, True]]


def attribute(element: Any, name: str) -> str:
    return str(element.get(qn(name)))


def test_a_table_has_alt_text(write: Write) -> None:
    part = table_of((Cell("a"), Cell("3")), note="Counted once.", rows_in_all=70)
    properties = write(Section("w", "W", tables=(part,))).tables[0]._tbl.tblPr
    told = {
        name: attribute(properties.find(qn(f"w:tbl{name}")), "w:val")
        for name in ("Caption", "Description")
    }
    assert told == {
        "Caption": "Counts",
        "Description": "1 of 70 rows, 2 columns. Counted once.",
    }


def test_a_table_that_shows_a_part_says_so_and_where_the_rest_is(write: Write) -> None:
    part = table_of((Cell("a"), Cell("3")), rows_in_all=1_234, file="tables/words.csv")
    document = write(Section("w", "Words", tables=(part,)))
    assert styled(document, "Caption")[0].text == "Table 1. Counts (1 of 1,234 rows)"
    assert styled(document, "Note")[0].text == "All rows: tables/words.csv"
    assert links_of(document) == {"tables/words.csv": "tables/words.csv"}


def test_a_table_without_rows_is_a_sentence(write: Write) -> None:
    document = write(Section("w", "Words", tables=(table_of(),)))
    assert document.tables == []
    assert document.paragraphs[-1].text == "Counts: No word was counted."


def test_500_rows_are_all_there(write: Write) -> None:
    rows = [(Cell(f"word{number}"), Cell(str(number))) for number in range(500)]
    (table,) = write(Section("w", "Words", tables=(table_of(*rows),))).tables
    texts = [node.text for node in table._tbl.iter(qn("w:t"))]
    assert texts[2:] == [cell.text for row in rows for cell in row]


@pytest.mark.parametrize("columns", [2, 9])
def test_a_long_word_does_not_push_a_table_over_the_edge(write: Write, columns: int) -> None:
    part = table_of(
        tuple(Cell("x" * 300) for _ in range(columns)),
        columns=tuple(Column(f"c{at}", f"heading {at}") for at in range(columns)),
    )
    (table,) = write(Section("w", "Words", tables=(part,))).tables
    widths = [int(attribute(one, "w:w")) for one in table._tbl.tblGrid]
    assert sum(widths) <= TEXT_WIDTH_MM * TWIPS_PER_MM
    assert min(widths) >= 5 * TWIPS_PER_MM
    assert attribute(table._tbl.tblPr.find(qn("w:tblLayout")), "w:type") == "fixed"


def test_prose_gets_more_room_than_numbers(write: Write) -> None:
    part = table_of(
        (Cell("1,700,000"), Cell("A sentence of ten words has more to say, hasn't it?")),
        (Cell("2"), Cell("Another sentence. " * 10)),
        columns=(Column("n", "number", "number"), Column("s", "sentence", "prose")),
    )
    (table,) = write(Section("w", "W", tables=(part,))).tables
    number, sentence = (int(attribute(one, "w:w")) for one in table._tbl.tblGrid)
    assert sentence > 5 * number


# --- Evidence


SOURCE = ArticleText(
    article_id="b_times",
    label="The B Times",
    headline="Users wrote",
    url="https://example.org/a?b=1&c=2",
    source_file="b.txt",
    text="Some 45 users wrote.",
    passages=(),
)
HERE = Evidence("b_times", 5, 7)
NUMBER_AND_SENTENCE = (Column("n", "number", "number"), Column("s", "sentence", "prose"))


def cells_of(document: Document) -> list[str]:
    return [cell.text for cell in document.tables[0].rows[1].cells]


def test_a_row_tells_its_article_and_its_characters_behind_its_last_prose(
    write: Write,
) -> None:
    part = table_of(
        (Cell("45", evidence=HERE), Cell("Some 45 users wrote.")), columns=NUMBER_AND_SENTENCE
    )
    document = write(Section("m", "M", tables=(part,)), articles=(SOURCE,))
    assert cells_of(document) == ["45", "Some 45 users wrote. [b_times, 5–7]"]


def test_what_a_column_tells_already_is_not_told_again(write: Write) -> None:
    part = table_of(
        (Cell("45", evidence=HERE), Cell("5–7"), Cell("Some 45 users wrote.")),
        columns=(*NUMBER_AND_SENTENCE, Column("e", "e", "prose")),
    )
    document = write(Section("m", "M", tables=(part,)), articles=(SOURCE,))
    assert cells_of(document)[-1] == "Some 45 users wrote. [b_times]"


def test_cells_that_rest_on_different_places_have_a_tag_each(write: Write) -> None:
    part = table_of(
        (Cell("45", evidence=HERE), Cell("wrote", evidence=Evidence("b_times", 14, 19))),
        columns=NUMBER_AND_SENTENCE,
    )
    document = write(Section("m", "M", tables=(part,)), articles=(SOURCE,))
    assert cells_of(document) == ["45 [b_times, 5–7]", "wrote [b_times, 14–19]"]


def test_evidence_leads_to_the_article_in_the_list(write: Write) -> None:
    part = table_of((Cell("45", evidence=HERE), Cell("x")), columns=NUMBER_AND_SENTENCE)
    document = write(Section("m", "M", tables=(part,)), articles=(SOURCE,))
    anchors = {
        link.get(qn("w:anchor")) for link in document.tables[0]._tbl.iter(qn("w:hyperlink"))
    }
    (entry,) = (one for one in document.paragraphs if one.text.startswith("b_times"))
    marks = {one.get(qn("w:name")) for one in entry._p.iter(qn("w:bookmarkStart"))}
    assert anchors == marks
    assert entry.text == (
        "b_times: The B Times, Users wrote, b.txt, 20 characters, https://example.org/a?b=1&c=2"
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/hosts",
        "https://",
        "http://[::1",
        "www.example.org",
        "https://example.org/" + "a" * 3_000,
    ],
)
def test_what_is_no_web_address_word_can_open_stays_text(write: Write, url: str) -> None:
    document = write(articles=(replace(SOURCE, url=url),))
    assert links_of(document) == {}
    assert url in document.paragraphs[-1].text


def test_the_other_files_of_the_run_are_linked(write: Write) -> None:
    document = write(
        articles=(SOURCE,),
        companions=(Link("Report as a page", "report.html"), Link("Table", "tables/a.csv")),
    )
    assert document.paragraphs[-2].text == "Report as a page: report.html"
    assert links_of(document)["tables/a.csv"] == "tables/a.csv"
    told = [one.text for one in document.paragraphs]
    assert "Their texts, with the passages marked, are in report.html." in told


# --- Any text


AWKWARD = (
    '<script>alert("1")</script> & $5 100 % _under_ {{ x }}',
    "one\ntwo\tthree",
    "\U0001f469‍\U0001f4bb #MeToo",
    "عربي وعبري",
    "w" * 300,
    "=1+1",
)


@pytest.mark.parametrize("text", AWKWARD)
def test_text_stays_what_it_is_wherever_it_stands(
    write: Write, tmp_path: Path, text: str
) -> None:
    document = write(
        Section(
            "a",
            text,
            (text,),
            (Term(text, text),),
            (picture_of(tmp_path, title=text, caption=text, alt=text, source=text),),
            (table_of((Cell(text), Cell("1")), title=text),),
        ),
        title=text,
        lead=text,
    )
    assert styled(document, "Title")[0].text == text
    assert styled(document, "Heading 1")[0].text == text
    assert styled(document, "Caption")[0].text == f"Figure 1. {text}"
    assert drawn(document).find(qn("wp:docPr")).get("descr") == text
    assert document.tables[0].rows[1].cells[0].text == text


def test_a_broken_name_of_a_file_breaks_no_link(write: Write) -> None:
    document = write(companions=(Link("File", "tables/a\udcff\x00.csv"),))
    assert document.paragraphs[-1].text == "File: tables/a\\udcff\u2400.csv"


@given(st.text(st.characters(codec=None)))
def test_no_text_breaks_the_xml_and_none_is_lost(text: str) -> None:
    element = parse_xml(paragraph(run(text), style="BodyText"))
    assert Paragraph(element, None).text == legal(text)  # type: ignore[arg-type]


def test_what_xml_has_no_place_for_is_shown_as_its_sign() -> None:
    assert legal("a\x00b\x0bc\r\nd\re\ud800") == "a\u2400b\u240bc\nd\ne\\ud800"


def test_text_from_right_to_left_is_set_so(write: Write) -> None:
    part = table_of((Cell("عربي"), Cell("1")))
    (table,) = write(Section("w", "W", tables=(part,))).tables
    found = [next(row._tr.iter(qn("w:bidi")), None) is not None for row in table.rows]
    assert found == [False, True]


# --- The file


def test_properties_tell_title_subject_and_language_and_no_one(write: Write) -> None:
    properties = write().core_properties
    assert properties.title == "Four articles"
    assert properties.subject == "What was read and found."
    assert properties.language == "en-GB"
    assert properties.author == "metoo_research"
    assert properties.last_modified_by == ""


def test_a_title_longer_than_word_allows_is_whole_on_the_page(write: Write) -> None:
    document = write(title="t" * 300)
    assert document.core_properties.title == "t" * 254 + "…"
    assert styled(document, "Title")[0].text == "t" * 300


def test_pages_are_numbered(write: Write) -> None:
    footer = write().sections[0].footer.paragraphs[0]
    assert footer.text == "metoo_research 1.0, page 1 of 1"
    assert fields(footer._p) == ["PAGE", "NUMPAGES"]


def test_the_language_of_the_text_is_english(write: Write) -> None:
    languages = {one.get(qn("w:val")) for one in write().styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_every_style_that_is_used_is_there(write: Write, tmp_path: Path) -> None:
    document = write(
        Section("a", "A", ("p",), (Term("t", "s"),), (picture_of(tmp_path),), (table_of(),)),
        Section("b", "B", tables=(table_of((Cell("a", evidence=HERE), Cell("1"))),)),
        articles=(SOURCE,),
        companions=(Link("Page", "report.html"),),
    )
    used = {
        one.get(qn("w:val"))
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
        for element in (document.element, document.styles.element)
        for one in element.iter(qn(f"w:{kind}"))
    }
    defined = {one.style_id for one in document.styles}
    assert used <= defined


def test_two_runs_give_the_same_bytes_and_no_clock_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = Section("f", "F", pictures=(picture_of(tmp_path),))
    written = []
    for place, clock in (("here", 1_500_000_000.0), ("there", 1_600_000_000.0)):
        monkeypatch.setattr("time.time", lambda clock=clock: clock)
        path = write_word(report_of(section), tmp_path / place / "report.docx")
        written.append(path.read_bytes())
    assert written[0] == written[1]
    with zipfile.ZipFile(tmp_path / "here" / "report.docx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not re.search(rb"\b20\d\d-\d\d-\d\d", archive.read("docProps/core.xml"))


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match=r"report\.docx cannot be written"):
        write_word(report_of(), tmp_path / "file" / "report.docx")
