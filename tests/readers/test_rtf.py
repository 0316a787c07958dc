"""RTF: characters of all kinds, properties, exports; damage."""

from __future__ import annotations

import time
from collections.abc import Sequence

import exports_made as made
import pytest
from damage import damaged, outcomes
from exports_made import REPLY, SPEAK

from metoo_research.errors import ReadError
from metoo_research.readers import Declared, File, RawArticle
from metoo_research.readers.rtf import RTF

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}"


def rtf(*paragraphs: str, info: str = "") -> bytes:
    """Rich text; characters beyond ASCII as \\u, those beyond 65,536 in two halves."""

    def coded(text: str) -> str:
        units = memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")
        escaped = {"\\": "\\\\", "{": "\\{", "}": "\\}"}
        return "".join(
            escaped.get(chr(unit), chr(unit)) if unit < 128
            else rf"\u{unit - 65_536 if unit > 32_767 else unit}?"
            for unit in units
        )  # fmt: skip

    body = "\n".join(rf"\pard\f0\fs24 {coded(one)}\par" for one in paragraphs)
    return f"{HEAD}{info}{body}}}".encode("ascii")


def read(data: bytes) -> RawArticle:
    (article,) = RTF.read(File("a.rtf", data))
    assert isinstance(article, RawArticle)
    return article


@pytest.mark.parametrize(
    "text",
    [
        "“It wasn’t fair” – said the café’s owner…",
        "Женщины рассказывают о пережитом.",
        "女性たちは語っている。",
        "Hands 🙌 and hearts 💜.",
        r"Brackets {like these} and a back\slash.",
        "Tab\tand two  spaces.",
    ],
)
def test_characters_survive(text: str) -> None:
    assert read(rtf(text, "A second paragraph.")).text == f"{text}\n\nA second paragraph."


@pytest.mark.parametrize(
    ("font", "coded", "text"),
    [
        (0, rb"caf\'e9 \'93quoted\'94", "café “quoted”"),
        (204, rb"\'c6\'e5\'ed\'f9\'e8\'ed\'fb", "Женщины"),
        (128, rb"\'8f\'97\'90\'ab", "女性"),
        (238, rb"g\'b3osy", "głosy"),
    ],
)
def test_characters_in_the_code_page_of_their_font(font: int, coded: bytes, text: str) -> None:
    head = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset%d Arial;}}\f0 " % font
    assert read(head + coded + rb"\par}").text == text


def test_bytes_beyond_ascii_are_read_in_the_code_page_that_is_named() -> None:
    data = HEAD.replace("1252", "1250").encode() + "głosy z Łodzi".encode("cp1250") + b"}"
    assert read(data).text == "głosy z Łodzi"


def test_a_link_shows_its_words_and_not_its_address() -> None:
    field = r'{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt{the letter}}}'
    data = f"{HEAD} They published {field} on Monday.\\par}}".encode()
    assert read(data).text == "They published the letter on Monday."


def test_properties_count_where_the_text_bears_them_out() -> None:
    info = r"{\info{\title No answer from the school}{\author Office User}}"
    article = read(rtf("No answer from the school", "By Jo Writer", "Nobody wrote.", info=info))
    assert article.headline == "No answer from the school"
    assert article.author is None
    assert article.passages[0].kind == "headline"
    assert article.notes == ("RTF properties, not in the text: author Office User",)


@pytest.mark.parametrize(
    ("lines", "declared"),
    [
        (made.nexis_uni([SPEAK, REPLY]), [2]),
        (made.nexis_classic([SPEAK, REPLY]).split("\n"), [2]),
        (made.factiva_displayed([SPEAK, REPLY]), []),
        (made.factiva_coded([SPEAK, REPLY], between="|"), []),
    ],
    ids=["nexis uni", "nexis classic", "factiva", "factiva with codes"],
)
def test_an_export_gives_its_articles(lines: Sequence[str], declared: list[int]) -> None:
    items = list(RTF.read(File("export.rtf", rtf(*lines))))
    articles = [item for item in items if isinstance(item, RawArticle)]
    assert [item.articles for item in items if isinstance(item, Declared)] == declared
    assert [one.headline for one in articles] == [SPEAK.headline, REPLY.headline]
    assert SPEAK.paragraphs[1] in articles[0].text


def test_factiva_fields_in_a_table() -> None:
    rows = [line.split("|", 1) for line in made.factiva_coded([SPEAK], between="|")]
    cells = "\n".join(
        rf"\trowd\cellx900\cellx9000 {row[0]}\cell {row[1].replace('©', '')}\cell\row"
        for row in rows
        if len(row) == 2
    )
    (article,) = RTF.read(File("export.rtf", f"{HEAD}{cells}}}".encode()))
    assert isinstance(article, RawArticle)
    assert article.headline == SPEAK.headline
    assert article.text.endswith(SPEAK.paragraphs[1])


# --------------------------------------------------------------------------- bad input


def reason(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        list(RTF.read(File("a.rtf", data)))
    return caught.value.reason


def test_a_file_cut_off_says_so() -> None:
    article = read(rtf("A first paragraph.", "A second one.")[:-25])
    assert article.truncated
    assert "cut off" in article.notes[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not rich text (RTF), whatever its ending says"),
        (b"Just words.", "not rich text (RTF), whatever its ending says"),
        (b"{\\rtf1\\ansi }", "no text in it"),
        (
            b"{\\rtf1{\\fonttbl" + b"{\\f0 A;}" * 50_000,
            "damaged rich text (its table of fonts has no end)",
        ),
    ],
    ids=["empty", "words", "no text", "fonts without end"],
)
def test_what_is_no_rich_text_is_refused(data: bytes, said: str) -> None:
    assert reason(data) == said


@pytest.mark.parametrize(
    "piece", [r"{\field{\*\fldinst{HYPER ", "{" * 10, r"\'", r"{\pict\bin", r"\u99999999 "]
)
def test_long_lines_of_broken_code_take_no_time(piece: str) -> None:
    data = f"{HEAD} Words. {piece * 20_000}".encode()
    begun = time.perf_counter()
    outcomes(RTF.read, [data])
    assert time.perf_counter() - begun < 10


def test_rich_text_is_known_by_its_mark_whatever_its_name() -> None:
    assert RTF.recognises(File("a.doc", rtf("Words.")))
    assert not RTF.recognises(File("a.rtf", b"PK\x03\x04"))


def test_damaged_files_end_in_an_article_or_a_plain_reason() -> None:
    data = rtf("“It took me nine years,” said one.", *SPEAK.paragraphs)
    found = outcomes(RTF.read, damaged(data, 3_000, seed=2))
    assert found.total() == 3_000
    assert found["refused"] > 100


# --- notes


@pytest.mark.parametrize("mark", [r"\footnote", r"\footnote\ftnalt"])
def test_notes_stand_behind_the_text(mark: str) -> None:
    sign = r"{\super\chftn}"
    note = rf"{sign}{{{mark} \pard\plain \fs20 {sign} See the {{\i minutes}}.}}"
    data = f"{HEAD}\\pard The ferry left{note} at noon.\\par\nIt was full.\\par\n}}".encode()
    assert read(data).text == "The ferry left at noon.\n\nIt was full.\n\nSee the minutes."


def test_several_notes_stand_in_their_order() -> None:
    one, two = (rf"{{\footnote \pard {word}.}}" for word in ("One", "Two"))
    data = f"{HEAD}\\pard A{one} ferry{two} left.\\par\n}}".encode()
    assert read(data).text == "A ferry left.\n\nOne.\n\nTwo."


def test_a_note_cut_off_does_not_take_the_text_before_it() -> None:
    data = f"{HEAD}\\pard The ferry left.\\par A note{{\\footnote it ends".encode()
    article = read(data)
    assert article.text.startswith("The ferry left.")
    assert article.truncated
