"""Word documents: all their words, styles, properties, exports; bombs, passwords and damage."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import exports_made as made
import pytest
from damage import damaged, outcomes
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from exports_made import REPLY, SPEAK

from metoo_research.errors import ReadError
from metoo_research.readers import Declared, File, RawArticle
from metoo_research.readers.base import Budget
from metoo_research.readers.word import WORD


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_paragraphs(*paragraphs: str) -> Document:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def read(data: bytes) -> RawArticle:
    (article,) = WORD.read(File("a.docx", data))
    assert isinstance(article, RawArticle)
    return article


def changed(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A copy of an archive, each member changed; None leaves one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content, zipfile.ZIP_DEFLATED, compresslevel=1)
    return out.getvalue()


def test_paragraphs_in_order() -> None:
    assert read(saved(with_paragraphs("One.", "", "Two “quoted” 💜."))).text == (
        "One.\n\nTwo “quoted” 💜."
    )


def test_tables_stand_where_they_are() -> None:
    document = with_paragraphs("Before.")
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"Cell {number}"
    document.add_paragraph("After.")
    assert read(saved(document)).text.split("\n\n") == [
        "Before.", "Cell 0", "Cell 1", "Cell 2", "Cell 3", "After.",
    ]  # fmt: skip


def test_headers_and_footers_are_no_part_of_the_text() -> None:
    document = with_paragraphs("The text.")
    document.sections[0].header.paragraphs[0].text = "Draft, confidential"
    assert read(saved(document)).text == "The text."


def test_words_of_links_are_kept() -> None:
    document = with_paragraphs("They wrote ")
    paragraph = document.paragraphs[0]
    link = OxmlElement("w:hyperlink")
    run = paragraph.add_run("a letter")._r
    link.append(run)
    paragraph._p.append(link)
    paragraph.add_run(" to the board.")
    assert read(saved(document)).text == "They wrote a letter to the board."


def test_words_put_in_while_changes_are_tracked_count_and_deleted_ones_do_not() -> None:
    document = with_paragraphs("")
    document.element.body.replace(
        document.paragraphs[0]._p,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:t>Nine </w:t></w:r>"
            "<w:ins w:id='1' w:author='x'><w:r><w:t>former </w:t></w:r></w:ins>"
            "<w:del w:id='2' w:author='x'><w:r><w:delText>old </w:delText></w:r></w:del>"
            "<w:moveFrom w:id='3' w:author='x'><w:r><w:t>moved </w:t></w:r></w:moveFrom>"
            "<w:r><w:t>pupils</w:t><w:tab/><w:t>spoke.</w:t></w:r></w:p>"
        ),
    )
    assert read(saved(document)).text == "Nine former pupils\tspoke."


def test_text_in_content_controls_and_frames_is_kept_once() -> None:
    document = with_paragraphs("First.")
    document.paragraphs[0]._p.addnext(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a form.</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        )
    )
    box = "<w:txbxContent><w:p><w:r><w:t>In a frame.</w:t></w:r></w:p></w:txbxContent>"
    document.add_paragraph("Last.")._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/"
            f"markup-compatibility/2006'><mc:AlternateContent><mc:Choice Requires='wps'>{box}"
            f"</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert read(saved(document)).text.split("\n\n") == [
        "First.", "In a form.", "Last.", "In a frame.",
    ]  # fmt: skip


def test_footnotes_come_behind_the_text() -> None:
    data = saved(with_paragraphs("The text."))
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p><w:r><w:t>A note.</w:t></w:r>"
        "</w:p></w:footnote></w:footnotes>"
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

    def change(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            extra = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
            return content.replace(b"</Types>", extra.encode())
        if name == "word/_rels/document.xml.rels":
            extra = (
                f'<Relationship Id="rIdNote" Type="{RELATIONSHIP_TYPE.FOOTNOTES}" '
                'Target="footnotes.xml"/></Relationships>'
            )
            return content.replace(b"</Relationships>", extra.encode())
        return content

    out = io.BytesIO(changed(data, change))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    assert read(out.getvalue()).text == "The text.\n\nA note."


def test_styles_tell_headline_subheads_and_captions() -> None:
    document = docx.Document()
    document.add_heading("The headline", 0)
    document.add_paragraph("The text.")
    document.add_heading("A part", 2)
    document.add_paragraph("A picture of the school.", style="Caption")
    article = read(saved(document))
    assert article.headline == "The headline"
    assert [(p.kind, article.text[p.start : p.end]) for p in article.passages] == [
        ("headline", "The headline"),
        ("subhead", "A part"),
        ("caption", "A picture of the school."),
    ]


def test_properties_count_where_the_text_bears_them_out() -> None:
    document = with_paragraphs("No answer from the school", "By Jo Writer", "Nobody wrote.")
    document.core_properties.title = "No Answer from the School"
    document.core_properties.author = "Jo Writer"
    article = read(saved(document))
    assert (article.headline, article.author) == ("No answer from the school", "Jo Writer")
    document.core_properties.title = "Template for letters"
    article = read(saved(document))
    assert article.headline is None
    assert article.notes == ("Word properties, not in the text: title Template for letters",)


# --------------------------------------------------------------------------- exports


def nexis_document(lines: list[str], links: dict[str, str]) -> bytes:
    document = docx.Document()
    for text in lines:
        paragraph = document.add_paragraph("" if text in links else text)
        if text in links:
            link = OxmlElement("w:hyperlink")
            key = document.part.relate_to(
                links[text], RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            link.set(qn("r:id"), key)
            link.append(paragraph.add_run(text)._r)
            paragraph._p.append(link)
    return saved(document)


@pytest.mark.parametrize("cover", [True, False])
def test_a_nexis_uni_export_gives_its_articles(cover: bool) -> None:
    data = saved(with_paragraphs(*made.nexis_uni([SPEAK, REPLY], cover=cover)))
    items = list(WORD.read(File("export.docx", data)))
    articles = [item for item in items if isinstance(item, RawArticle)]
    assert [item.articles for item in items if isinstance(item, Declared)] == [2]
    assert [one.headline for one in articles] == [SPEAK.headline, REPLY.headline]
    assert [one.record for one in articles] == ["document 1", "document 2"]
    assert articles[0].notes == ("words: 43 declared, 43 found",)


def test_the_links_of_headlines_name_the_records() -> None:
    address = "https://advance.example/api/document?collection=news&id=urn:contentItem:5PQR-X"
    data = nexis_document(
        made.nexis_uni([SPEAK, REPLY], cover=False), {str(SPEAK.headline): address}
    )
    one, two = [i for i in WORD.read(File("x", data)) if isinstance(i, RawArticle)]
    assert (one.record, one.url) == ("5PQR-X", address)
    assert (two.record, two.url) == ("document 2", None)


def test_an_article_missing_from_the_list_is_noticed() -> None:
    lines = made.nexis_uni([SPEAK, REPLY])
    cut = lines[: lines.index("End of Document") + 1]
    items = list(WORD.read(File("export.docx", saved(with_paragraphs(*cut)))))
    assert [type(item) for item in items] == [Declared, RawArticle]
    assert items[0] == Declared(2)


# --------------------------------------------------------------------------- bad input


def reason(data: bytes, budget: Budget | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        list(WORD.read(File("a.docx", data, budget=budget)))
    return caught.value.reason


PLAIN = saved(with_paragraphs(*SPEAK.paragraphs))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty file"),
        (b"Just words.", "not a Word document, whatever its ending says"),
        (b"{\\rtf1 }", "rich text, not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word file (.doc)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (PLAIN[: len(PLAIN) // 2], "truncated or damaged Word document"),
        (PLAIN[:-30], "truncated or damaged Word document"),
    ],
    ids=["empty", "words", "rtf", "doc", "password", "half", "without its end"],
)
def test_what_cannot_be_read_says_why(data: bytes, said: str) -> None:
    assert reason(data) == said


def test_a_document_without_words_is_a_problem() -> None:
    assert reason(saved(docx.Document())) == "no text in it"


def test_a_bomb_is_refused_by_the_sizes_it_declares() -> None:
    def change(name: str, content: bytes) -> bytes:
        return b" " * (129 << 20) if name == "word/document.xml" else content

    assert reason(changed(PLAIN, change)).startswith("unpacks to too much data (1")


def test_what_is_unpacked_counts_against_the_files_budget() -> None:
    assert reason(PLAIN, Budget(bytes_left=1_000)) == "unpacks to too much data"


def test_names_that_lead_out_of_the_folder_do_no_harm() -> None:
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("../../outside.xml", b"<a/>")
    assert read(out.getvalue()).text.startswith(SPEAK.paragraphs[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_entities_is_refused(encoding: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        text = content.decode().split("?>", 1)[1]
        head = f"<?xml version='1.0' encoding='{encoding}'?>"
        return (head + "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + text).encode(
            encoding
        )

    assert reason(changed(PLAIN, change)) == "refused: its XML declares entities"


def test_a_damaged_picture_does_not_lose_the_text() -> None:
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/media/image1.png", b"PICTURE" * 500)
    data = out.getvalue().replace(b"PICTURE", b"DAMAGED", 1)
    assert read(data).text.startswith(SPEAK.paragraphs[0])


def test_a_document_is_known_by_its_members_whatever_its_name() -> None:
    assert WORD.recognises(File("a.zip", PLAIN))
    other = changed(PLAIN, lambda name, content: content if "word" not in name else None)
    assert not WORD.recognises(File("a.docx", other))


def test_damaged_archives_end_in_an_article_or_a_plain_reason() -> None:
    found = outcomes(WORD.read, damaged(PLAIN, 1_500, seed=3))
    assert found.total() == 1_500
    assert found["refused"] > 1_000


def test_damaged_texts_in_sound_archives_end_in_an_article_or_a_plain_reason() -> None:
    needed = {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"}
    small = changed(PLAIN, lambda name, content: content if name in needed else None)
    with zipfile.ZipFile(io.BytesIO(small)) as archive:
        text = archive.read("word/document.xml")
        types = archive.read("[Content_Types].xml")
    copies = [
        changed(small, lambda n, c, x=one: x if n == "word/document.xml" else c)  # type: ignore[misc]
        for one in damaged(text, 200, seed=4)
    ]
    copies += [
        changed(small, lambda n, c, x=one: x if n == "[Content_Types].xml" else c)  # type: ignore[misc]
        for one in damaged(types, 100, seed=4)
    ]
    assert outcomes(WORD.read, copies).total() == 300
