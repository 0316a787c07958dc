"""PDF: paragraphs, headline, running heads, properties; scans, passwords and damage."""

from __future__ import annotations

import io

import pytest
from damage import damaged, outcomes
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from metoo_research.errors import ReadError
from metoo_research.readers import File, RawArticle
from metoo_research.readers.pdf import PDF
from metoo_research.readers.pdf_layout import PageLine, paragraphs_of, printed_address

HEADLINE = "Choir members speak about their teacher"
LONG = (
    "The school's board said on Monday that it had read 1,200 messages in two days and would "
    "answer each of them, whatever the outcome of the inquiry that the town has asked for."
)
PARAGRAPHS = [
    f"{number} women have written to this newspaper. {LONG}" for number in range(2, 30)
]


def made(
    paragraphs: list[str], *, headline: str | None = HEADLINE, columns: int = 1,
    title: str = "",
    author: str = "",
) -> bytes:  # fmt: skip
    """A PDF of several pages, with a running head and a page number on each."""
    out = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    story = [Paragraph(headline, getSampleStyleSheet()["Title"])] if headline else []
    story += [Paragraph(text, ParagraphStyle("text", parent=style)) for text in paragraphs]

    def margins(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 820, "The Oldtown Gazette")
        canvas.drawString(72, 30, f"Page {document.page}")

    width = 480 / columns
    frames = [Frame(50 + n * (width + 15), 60, width, 720) for n in range(columns)]
    document = BaseDocTemplate(out, pagesize=A4, title=title, author=author, invariant=1)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=margins))
    document.build(story)
    return out.getvalue()


def read(data: bytes) -> RawArticle:
    (article,) = PDF.read(File("a.pdf", data))
    assert isinstance(article, RawArticle)
    return article


def by_kind(article: RawArticle, kind: str) -> list[str]:
    return [article.text[p.start : p.end] for p in article.passages if p.kind == kind]


@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_come_whole_and_in_order(columns: int) -> None:
    article = read(made(PARAGRAPHS, columns=columns))
    text = article.text.split("\n\n")
    assert text[0] == HEADLINE
    # A paragraph that goes on over a column or a page is parted only after a whole sentence.
    assert " ".join(text[1:]).startswith(" ".join(PARAGRAPHS))
    assert sum(paragraph in text for paragraph in PARAGRAPHS) >= len(PARAGRAPHS) - 3


def test_the_largest_type_at_the_beginning_is_the_headline() -> None:
    article = read(made(PARAGRAPHS))
    assert article.headline == HEADLINE
    assert by_kind(article, "headline") == [HEADLINE]
    assert article.basis["headline"] == "largest type on the first page"


def test_text_of_one_size_has_no_headline() -> None:
    article = read(made(PARAGRAPHS, headline=None))
    assert article.headline is None
    assert by_kind(article, "headline") == []


def test_running_heads_are_kept_behind_the_text_as_boilerplate() -> None:
    article = read(made(PARAGRAPHS))
    assert by_kind(article, "boilerplate") == [
        line for page in (1, 2) for line in ("The Oldtown Gazette", f"Page {page}")
    ]
    assert "Gazette" not in article.text[: article.passages[1].start]


def test_a_single_page_has_no_running_heads() -> None:
    article = read(made(PARAGRAPHS[:2]))
    assert by_kind(article, "boilerplate") == []
    assert "The Oldtown Gazette" in article.text


def test_properties_count_where_the_text_bears_them_out() -> None:
    text = ["By Jo Writer", *PARAGRAPHS[:3]]
    article = read(made(text, author="Jo Writer", title="report_final_v3.doc"))
    assert article.author == "Jo Writer"
    assert article.basis["author"] == "PDF properties, and in the text"
    assert article.notes == ("PDF properties, not in the text: title report_final_v3.doc",)


def test_the_owner_of_a_computer_is_no_author() -> None:
    assert read(made(PARAGRAPHS[:2], author="Office User")).author is None


def test_the_day_a_pdf_was_made_is_not_the_day_of_publication() -> None:
    assert read(made(PARAGRAPHS[:2])).published is None


def test_the_day_a_pdf_was_made_counts_if_the_text_names_it() -> None:
    # ReportLab dates its invariant files to the first day of 2000.
    article = read(made(["January 1, 2000", *PARAGRAPHS[:2]]))
    assert article.published == "2000-01-01"
    assert article.basis["published"] == "date in the text, the day the PDF was made"


def drawn(*lines: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()
    return out.getvalue()


def test_a_broken_word_is_put_together_where_the_file_has_it_whole() -> None:
    article = read(
        drawn("Every organi-", "sation wrote, and one organisation", "did not answer.")
    )
    assert article.text == "Every organisation wrote, and one organisation did not answer."


@pytest.mark.parametrize("second", ["known", "Known"])
def test_a_hyphen_that_may_belong_to_the_word_stays(second: str) -> None:
    article = read(drawn("The teacher was well-", f"{second} in the whole", "town."))
    assert "well-" in article.text
    assert "wellknown" not in article.text.casefold()


def line(
    text: str, base: float, *, left: float = 70, page: int = 0, size: float = 10
) -> PageLine:
    return PageLine(text, page, left, left + 5 * len(text), base, size, 800)


def test_an_indent_begins_a_paragraph() -> None:
    lines = [
        line("The board met on Monday and on Tuesday and", 700, left=85),
        line("it did not say what it had talked about then", 688),
        line("or later. Nobody was there to ask it.", 676),
        line("The town waits for an answer of its own and", 664, left=85),
        line("will wait for long.", 652),
    ]
    assert [one.text[:9] for one in paragraphs_of(lines)] == ["The board", "The town "]


def test_a_sentence_that_goes_on_over_a_page_is_one_paragraph() -> None:
    lines = [line("The board met on Monday and", 100), line("again on Tuesday.", 700, page=1)]
    assert [one.text for one in paragraphs_of(lines)] == [
        "The board met on Monday and again on Tuesday."
    ]


def test_a_byline_stands_alone_where_paragraphs_are_two_lines_long() -> None:
    lines = [line("By Ana Ruiz", 700)]
    for number in range(4):
        base = 676 - 36 * number
        lines += [
            line("The board met on Monday and on Tuesday and", base),
            line("it did not say what it had talked about.", base - 12),
        ]
    assert [one.text[:11] for one in paragraphs_of(lines)] == [
        "By Ana Ruiz",
        *["The board m"] * 4,
    ]


def test_what_a_browser_prints_around_a_single_page_is_boilerplate() -> None:
    address = "https://tideline.example/nurses"
    lines = [
        line("14/05/2019, 09:41 Nurses march | Tideline", 790),
        line("The nurses met on Monday.", 700),
        line("In 2019/2020 they will meet again.", 400),
        line(f"{address} 1/1", 20),
    ]
    assert [(one.text[:5], one.kind) for one in paragraphs_of(lines)] == [
        ("The n", None),
        ("In 20", None),
        ("14/05", "boilerplate"),
        ("https", "boilerplate"),
    ]
    assert printed_address(lines) == address


# --------------------------------------------------------------------------- bad input


def reason(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        PDF.read(File("a.pdf", data))
    return caught.value.reason


def test_a_scan_is_a_problem_with_a_way_out() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    with pytest.raises(ReadError, match=r"no text in it \(a scan\?\); run text recognition"):
        PDF.read(File("scan.pdf", out.getvalue()))


def test_pages_without_text_are_counted_in_the_notes() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "A page with words.")
    canvas.showPage()
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    assert read(out.getvalue()).notes == ("1 of 2 pages hold no text (pictures?)",)


def test_a_password_is_named() -> None:
    out = io.BytesIO()
    from reportlab.lib.pdfencrypt import StandardEncryption

    canvas = Canvas(out, encrypt=StandardEncryption("secret", strength=128))
    canvas.drawString(72, 700, "Hidden words.")
    canvas.save()
    assert reason(out.getvalue()) == "protected by a password"


def test_a_pdf_cut_off_is_a_problem_or_marked_as_truncated() -> None:
    data = made(PARAGRAPHS)
    for share in (0.1, 0.5, 0.9, 0.99):
        cut = data[: int(share * len(data))]
        try:
            assert read(cut).truncated
        except ReadError as error:
            assert error.reason in {"truncated or damaged PDF", "no text in it (a scan?)"}  # noqa: PT017


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty file"),
        (b"Just words.", "not a PDF, whatever its ending says"),
        (b"%PDF-1.7\n", "truncated or damaged PDF"),
    ],
)
def test_what_is_no_pdf_is_refused(data: bytes, said: str) -> None:
    assert reason(data) == said


def test_a_pdf_of_thousands_of_pages_is_refused() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(2_001):
        canvas.showPage()
    canvas.save()
    assert reason(out.getvalue()) == "too long (2,001 pages)"


def test_pdf_is_known_by_its_mark_whatever_its_name() -> None:
    assert PDF.recognises(File("a.txt", b"\n\n%PDF-1.4\n"))
    assert not PDF.recognises(File("a.pdf", b"An article about %PDF"))


def test_damaged_pdfs_end_in_an_article_or_a_plain_reason() -> None:
    data = made(PARAGRAPHS[:2])
    found = outcomes(PDF.read, damaged(data, 2_000, seed=1))
    assert found.total() == 2_000
    assert min(found["read"], found["refused"]) > 200
