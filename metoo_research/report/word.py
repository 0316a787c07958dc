"""The report as a Word document, for people who go on writing in Word."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from metoo_research._wording import plural
from metoo_research.errors import ExportError
from metoo_research.report.links import href, web_address
from metoo_research.report.parts import (
    ArticleText,
    Cell,
    Link,
    Picture,
    Report,
    Section,
    Table,
)
from metoo_research.report.word_file import TEXT_MM, bytes_of, empty_document
from metoo_research.report.word_tables import Tag, tags_of, widths_of
from metoo_research.report.word_xml import (
    CellXml,
    bookmark,
    contents,
    field,
    legal,
    link,
    paragraph,
    run,
    runs_right_to_left,
    table,
)
from metoo_research.write import output_path, replace_file

if TYPE_CHECKING:
    from docx.document import Document

#: The rest of the page is for the caption and the source line.
_HIGHEST_MM: Final = 215
_EMU_PER_MM: Final = 36_000
#: Word opens no file with a longer address in it.
_LONGEST_ADDRESS: Final = 2_000
_HOW_TO_READ: Final = (
    "In brackets behind a row: the article it rests on, and the characters of its text, "
    "counted from 0; the last one is not included."
)


def write_word(report: Report, out: str | os.PathLike[str]) -> Path:
    """Write the report as a Word document.

    Figures are pictures with alt text at their own width, captions Word's own (so that it can
    number them and list them), tables Word tables whose headings stand again on every page.
    What a number rests on is told as the article's identifier and the offsets of the
    characters; the articles' texts are not in the document. It holds no clock time: the same
    report gives the same bytes.

    Parameters
    ----------
    report
        What the report says.
    out
        The file to write, ``.docx``. It is written whole or not at all.

    Returns
    -------
    ``out``.

    Raises
    ------
    ExportError
        If a figure's picture cannot be read, or ``out`` cannot be written.
    """
    out = output_path(out)
    replace_file(out, bytes_of(_Writer(report, out.name).document()))
    return out


class _Writer:
    """Puts the parts of a report one after another into a document."""

    def __init__(self, report: Report, name: str) -> None:
        from docx.oxml import parse_xml

        self._report = report
        self._companions = report.companions_of(name)
        self._document = empty_document(report)
        self._parse = parse_xml
        self._bookmarks = 0
        self._figures = 0
        self._tables = 0
        self._articles = {
            article.article_id: f"article_{number}"
            for number, article in enumerate(report.articles, start=1)
        }

    def document(self) -> Document:
        report = self._report
        self._add(paragraph(run(report.title), style="Title"))
        self._add(paragraph(run(report.lead), style="BodyText"))
        if self._articles:
            self._add(paragraph(run(_HOW_TO_READ), style="BodyText"))
        headings = [section.title for section in report.sections]
        headings += ["Articles with evidence"] * bool(report.articles)
        headings += ["Files of this run"] * bool(self._companions)
        anchors = [f"_Toc{number:08}" for number in range(1, len(headings) + 1)]
        places = iter(zip(headings, anchors, strict=True))
        if headings:
            self._add(contents(list(zip(headings, anchors, strict=True)), title="Contents"))
        for section in report.sections:
            self._heading(*next(places))
            self._section(section)
        if report.articles:
            self._heading(*next(places))
            self._article_list(report.articles)
        if self._companions:
            self._heading(*next(places))
            for companion in self._companions:
                self._add(paragraph(self._companion(companion), style="BodyText"))
        return self._document

    def _add(self, xml: str) -> Any:
        element = self._parse(xml)
        # The page's measures are the body's last element.
        self._document.element.body[-1].addprevious(element)
        return element

    def _bookmark(self, content: str, name: str) -> str:
        self._bookmarks += 1
        return bookmark(content, number=self._bookmarks, name=name)

    def _heading(self, title: str, anchor: str) -> None:
        self._add(paragraph(self._bookmark(run(title), anchor), style="Heading1"))

    def _section(self, section: Section) -> None:
        for words in section.paragraphs:
            self._add(paragraph(run(words), style="BodyText"))
        for term in section.terms:
            stop = "" if term.name.endswith(("?", "!", ".", ":")) else ":"
            said = run(f"{term.name}{stop} ", bold=True) + run(term.said)
            self._add(paragraph(said, style="Term"))
        for picture in section.pictures:
            self._picture(picture)
        for part in section.tables:
            self._table(part)

    def _picture(self, picture: Picture) -> None:
        if picture.title:
            self._add(paragraph(run(picture.title), style="Heading2"))
        holder = self._add(paragraph("<w:r/>", style="Picture", keep_next=True))
        holder[-1].append(self._drawing(picture))
        self._figures += 1
        number = run("Figure ", bold=True) + _numbered("Figure", self._figures)
        caption = f"{number}{run(f' {picture.caption}')}"
        self._add(paragraph(caption, style="Caption", keep_next=True))
        if picture.note:
            self._add(paragraph(run(picture.note, bold=True), style="Note", keep_next=True))
        self._add(paragraph(run(picture.source), style="Note", keep_next=bool(picture.files)))
        if picture.files:
            links = run(", ").join(self._file(path) for path in picture.files)
            self._add(paragraph(run("Files: ") + links, style="Note"))

    def _drawing(self, picture: Picture) -> Any:
        """The picture at its own width, narrower only where the page is."""
        try:
            content = picture.png.read_bytes()
        except OSError as error:
            raise ExportError(
                f"{picture.png} cannot be read ({error.strerror or error}); "
                "save the figure again"
            ) from error
        part = self._document.part
        try:
            _, image = part.get_or_add_image(io.BytesIO(content))
            ratio = image.px_height / image.px_width
        except Exception as error:  # whatever a damaged picture makes of its parser
            raise ExportError(f"{picture.png}: not a picture; save the figure again") from error
        width = min(picture.width_mm, TEXT_MM, _HIGHEST_MM / ratio)
        inline = part.new_pic_inline(
            io.BytesIO(content),
            width=round(width * _EMU_PER_MM),
            height=round(width * ratio * _EMU_PER_MM),
        )
        shown: tuple[Any, ...] = (inline.docPr, inline.graphic.graphicData.pic.nvPicPr.cNvPr)
        for properties in shown:
            properties.set("name", picture.png.name)
            properties.set("descr", legal(picture.alt))
            properties.set("title", legal(picture.title))
        drawing = self._parse(
            '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
        )
        drawing.append(inline)
        return drawing

    def _table(self, part: Table) -> None:
        if not part.rows:
            said = run(f"{part.title}: ", bold=True) + run(part.when_empty)
            self._add(paragraph(said, style="BodyText"))
            return
        self._tables += 1
        number = run("Table ", bold=True) + _numbered("Table", self._tables)
        shown, in_all = len(part.rows), part.rows_in_all
        cut = f" ({shown:,} of {in_all:,} rows)" if shown < in_all else ""
        caption = f"{number}{run(f' {part.title}{cut}')}"
        self._add(paragraph(caption, style="Caption", keep_next=True))
        right = [column.kind == "number" for column in part.columns]
        header = [
            CellXml(run(column.heading, bold=True), right=at_right)
            for column, at_right in zip(part.columns, right, strict=True)
        ]
        tags = [tags_of(part, row) for row in part.rows]
        rows = (
            [
                CellXml(
                    self._cell(cell, evidence),
                    right=at_right,
                    right_to_left=runs_right_to_left(cell.text),
                )
                for cell, evidence, at_right in zip(row, tags_of_row, right, strict=True)
            ]
            for row, tags_of_row in zip(part.rows, tags, strict=True)
        )
        rows_said = f"{shown:,} of {in_all:,} rows" if cut else plural(shown, "row")
        described = f"{rows_said}, {plural(len(part.columns), 'column')}. {part.note}"
        self._add(
            table(
                header,
                rows,
                widths=widths_of(part, tags, text_mm=TEXT_MM),
                title=part.title,
                description=described.strip(),
            )
        )
        self._add(paragraph(self._below(part, cut=bool(cut)), style="Note"))

    def _below(self, part: Table, *, cut: bool) -> str:
        """What stands under a table: its note, and where the whole of it is."""
        said = [run(part.note)] if part.note else []
        if part.file:
            words = "All rows: " if cut else "As a file: "
            said.append(run(words) + self._file(part.file))
        return run(" ").join(said)

    def _cell(self, cell: Cell, tag: Tag | None) -> str:
        if tag is None:
            return run(cell.text)
        anchor = self._articles.get(tag.article_id)
        told = run(tag.words, style="Evidence")
        return run(f"{cell.text} ") + (link(told, anchor=anchor) if anchor else told)

    def _article_list(self, articles: Sequence[ArticleText]) -> None:
        """Name the articles; their texts are for the page, where they can be opened."""
        page = next((one for one in self._companions if one.path == "report.html"), None)
        if page is not None:
            said = run("Their texts, with the passages marked, are in ") + self._file(page.path)
            self._add(paragraph(said + run("."), style="BodyText"))
        for article in articles:
            name = self._bookmark(
                run(article.article_id, bold=True), self._articles[article.article_id]
            )
            told = [article.label] * (article.label != article.article_id)
            told += [article.headline] if article.headline else []
            told += [article.source_file, plural(len(article.text), "character")]
            words = run(": " + ", ".join(told))
            address = run(", ") + self._address(article.url) if article.url else ""
            self._add(paragraph(name + words + address, style="Term"))

    def _companion(self, companion: Link) -> str:
        return run(f"{companion.words}: ") + self._file(companion.path)

    def _file(self, path: str) -> str:
        """A link to a file, told from the document's folder."""
        return self._link(path, href(path))

    def _address(self, url: str) -> str:
        """A link to the web; a plain text where it is no address that Word could open."""
        address = web_address(url)
        return self._link(url, address) if address and address.isascii() else run(url)

    def _link(self, words: str, target: str) -> str:
        from docx.opc.constants import RELATIONSHIP_TYPE

        if len(target) > _LONGEST_ADDRESS:
            return run(words)
        place = self._document.part.relate_to(
            target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        return link(run(words, style="Hyperlink"), target=place)


def _numbered(kind: str, number: int) -> str:
    r"""The number of a caption, as the field that Word lists figures and tables by."""
    return field(rf"SEQ {kind} \* ARABIC", str(number), bold=True) + run(".", bold=True)
