"""Tables: a row is an article, its columns found by their names, nothing guessed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from damage import damaged, outcomes
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.errors import ReadError
from metoo_research.readers.base import Budget, File, Listed, RawArticle, RawProblem
from metoo_research.readers.tables import read, recognises
from metoo_research.readers.tables_cells import as_people
from metoo_research.readers.tables_dates import to_iso
from metoo_research.write import write_table

LONG = "The harbour stood still for a second day, and nobody could say for how long. "


def items(
    content: str | bytes, *, name: str = "a.csv", columns: Mapping[str, str] | None = None
) -> list[RawArticle | RawProblem]:
    data = content.encode() if isinstance(content, str) else content
    found = list(read(File(name, data, columns=columns)))
    assert all(isinstance(item, RawArticle | RawProblem) for item in found)
    return found  # type: ignore[return-value]


def texts(found: list[RawArticle | RawProblem]) -> list[str]:
    return [item.text for item in found if isinstance(item, RawArticle)]


def problems(found: list[RawArticle | RawProblem]) -> list[tuple[str | None, str]]:
    return [(item.record, item.reason) for item in found if isinstance(item, RawProblem)]


def reason(content: str | bytes, **how: str) -> str:
    with pytest.raises(ReadError) as told:
        items(content, **how)  # type: ignore[arg-type]
    return str(told.value)


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Part {number}")
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet(table: pd.DataFrame) -> bytes:
    stream = io.BytesIO()
    table.to_parquet(stream, index=False)
    return stream.getvalue()


# --- columns ---------------------------------------------------------------------------------


def test_a_row_is_an_article_with_the_facts_of_its_columns() -> None:
    row = (
        "Title,Full Text,Publication date,Author,Source,Link,Lang\n"
        'Cranes stand still,"The port, as a whole, is shut.\nFor how long?",'
        "2021-03-09T08:30:00+01:00,Ana Ruiz,Herald,https://h.example/1,English\n"
    )
    assert items(row) == [
        RawArticle(
            text="The port, as a whole, is shut.\nFor how long?",
            encoding="ascii",
            headline="Cranes stand still",
            author="Ana Ruiz",
            outlet="Herald",
            published="2021-03-09T08:30:00+01:00",
            url="https://h.example/1",
            language="en",
            record="row 2",
            basis={},
        )
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Überschrift;Volltext;Datum;Quelle",
        "TITRE;Texte;Date de publication;Journal",
        "título;contenido;fecha;medio",
        "titolo;testo;data;fonte",
        "标题;正文;日期;来源",
        "Headline;body_text;pub_date;media_name",
        "_source.title;_source.text;_source.date;_source.outlet",
    ],
)
def test_columns_are_known_by_their_names_in_several_languages(heading: str) -> None:
    found = items(f"{heading}\nA headline;Words of a text;2021-03-09;Herald\n")
    (article,) = found
    assert isinstance(article, RawArticle)
    assert (article.headline, article.text, article.published, article.outlet) == (
        "A headline", "Words of a text", "2021-03-09", "Herald",
    )  # fmt: skip


def test_a_heading_of_several_words_is_known_by_one_of_them_and_told() -> None:
    heading = "Volltext,Ersch.-Datum,Link zum Artikel,Date accessed"
    (found,) = items(f"{heading}\nWords here,14.05.2019,https://a.example/1,1 June 2020\n")
    assert isinstance(found, RawArticle)
    assert (found.published, found.url) == ("2019-05-14", "https://a.example/1")
    assert "published from column 'Ersch.-Datum'" in found.notes


def test_of_two_such_headings_none_is_taken() -> None:
    (found,) = items("text,date online,date in print\nWords here,2019-05-14,2019-05-15\n")
    assert isinstance(found, RawArticle)
    assert found.published is None


def test_the_study_names_columns_that_have_other_names() -> None:
    found = items("N,What it says\n1,Words of a text\n", columns={"text": "what it says"})
    assert texts(found) == ["Words of a text"]


def test_of_two_columns_the_one_with_the_whole_texts_is_taken_and_told() -> None:
    found = items(f'title,content,body\nA,Short words,"{LONG}"\nB,Others,"{LONG}"\n')
    assert texts(found) == [LONG, LONG]
    assert isinstance(found[0], RawArticle)
    assert found[0].notes == ("text from column 'body', the longest of 'body', 'content'",)


def test_of_two_columns_as_long_the_study_must_name_one() -> None:
    table = "title,content,body\nA,one two three,four five six\n"
    assert reason(table) == (
        "two columns may hold the text: 'body' and 'content'; "
        'name one in study.toml: [columns], text = "body"'
    )
    assert texts(items(table, columns={"text": "content"})) == ["one two three"]


def test_a_list_of_links_says_what_it_is_and_what_it_holds() -> None:
    table = (
        "stories_id,publish_date,title,url,media_name\n"
        "1,2017-10-15,A,https://h.example/1,Herald\n2,2017-10-20,B,https://p.example/2,Post\n"
    )
    *listed, said = read(File("a.csv", table.encode()))
    assert listed == [
        Listed("A", None, "Herald", "2017-10-15", "https://h.example/1", record="1"),
        Listed("B", None, "Post", "2017-10-20", "https://p.example/2", record="2"),
    ]
    assert said == RawProblem(
        "a list of 2 links without text; read as metadata",
        "outlets: 2; published: 2017-10-15 to 2017-10-20; "
        "save the pages themselves into the corpus, or put their texts into a column 'text'",
    )


def test_a_summary_is_not_taken_for_the_text() -> None:
    assert reason("title,description\nA,Some words about it\n").startswith(
        "no column with whole texts, only 'description'"
    )


def test_a_table_of_something_else_says_which_columns_it_has() -> None:
    assert reason("year,votes\n2017,12\n") == (
        "a table without a column of texts; "
        "name it in study.toml: [columns], text = \"…\"; columns: 'year', 'votes'"
    )


def test_a_column_called_article_that_holds_numbers_is_no_text() -> None:
    assert "without a column of texts" in reason("article,votes\n17,12\n18,13\n")


def test_a_row_without_text_is_a_problem_not_an_empty_article() -> None:
    found = items("id,title,text\n7,A,Words here\n8,B,\n9,C,nan\n,,\n")
    assert texts(found) == ["Words here"]
    assert problems(found) == [("8", "row without text"), ("9", "row without text")]


def test_an_id_is_the_record_where_it_occurs_once() -> None:
    found = items("id,text\nx1,One text\nx2,Two text\nx2,Three text\n,Four text\n")
    assert [item.record for item in found] == ["x1", "row 3", "row 4", "row 5"]


def test_lines_before_the_heading_are_passed_over() -> None:
    found = items("Export of 9 March\n\ntitle,text,url\nA,Words here,https://h.example\n")
    assert texts(found) == ["Words here"]
    assert found[0].record == "row 4"


def test_authors_written_out_as_a_list_are_read_as_one() -> None:
    assert as_people("['Ana Ruiz', 'Bo Li']") == "Ana Ruiz, Bo Li"
    assert as_people('["Ana Ruiz"]') == "Ana Ruiz"
    assert as_people("[Ana") == "[Ana"


def test_a_text_as_long_as_a_spreadsheet_cell_was_cut_off() -> None:
    found = items("text\n" + "word " * 6553 + "ab" + "\nshort one\n")
    assert [item.truncated for item in found if isinstance(item, RawArticle)] == [True, None]


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2017-10-15", "2017-10-15"),
        ("2017-10-15T16:21:00Z", "2017-10-15T16:21:00+00:00"),
        ("2017-10-15 16:21:00 +0200", "2017-10-15T16:21:00+02:00"),
        ("20171015T162100Z", "2017-10-15T16:21:00+00:00"),  # GDELT
        ("20171015", "2017-10-15"),
        ("Sun, 15 Oct 2017 16:21:00 -0400 (EDT)", "2017-10-15T16:21:00-04:00"),  # RFC 2822
        ("Sun Oct 15 16:21:00 +0000 2017", "2017-10-15T16:21:00+00:00"),  # asctime
        ("October 15, 2017", "2017-10-15"),
        ("Oct. 15, 2017 4:21 p.m. EST", "2017-10-15T16:21:00-05:00"),
        ("15. März 2018", "2018-03-15"),
        ("1er août 2018", "2018-08-01"),
        ("15 de octubre de 2017", "2017-10-15"),
        ("2017年10月15日", "2017-10-15"),
        ("31/10/2017", "2017-10-31"),
        ("10/31/2017 4:21 PM", "2017-10-31T16:21:00"),
        ("03.04.2017", "2017-04-03"),
        ("05/05/2017", "2017-05-05"),
        ("1508084460", "2017-10-15T16:21:00+00:00"),  # seconds since 1970
        (1508084460000, "2017-10-15T16:21:00+00:00"),
        (43023, "2017-10-15"),  # days as spreadsheets count them
        (dt.date(2017, 10, 15), "2017-10-15"),
        (dt.datetime(2017, 10, 15, 16, 21), "2017-10-15T16:21:00"),
        (dt.datetime(2017, 10, 15), "2017-10-15"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(written: object, iso: str) -> None:
    assert to_iso(written)[0] == iso


@pytest.mark.parametrize(
    "written", ["03/04/2017", "17-10-15", "31/02/2017", "2017", "October 2017", "soon", "1e9"]
)
def test_what_is_no_whole_date_stays_empty_with_a_note(written: str) -> None:
    published, note = to_iso(written)
    assert published is None
    assert written in note


def test_a_time_in_a_zone_that_is_not_known_keeps_its_day() -> None:
    assert to_iso("15 Oct 2017 10:00 IST") == (
        "2017-10-15",
        "time of day left out, its zone is not known: IST",
    )


@pytest.mark.parametrize(
    ("other", "published"),
    [("25/12/2017", "2017-04-03"), ("12/25/2017", "2017-03-04"), ("05/06/2017", None)],
)
def test_day_and_month_are_told_by_the_other_rows_or_not_at_all(
    other: str, published: str | None
) -> None:
    first, _ = items(f"date,text\n03/04/2017,Words here\n{other},Words there\n")
    assert isinstance(first, RawArticle)
    assert first.published == published
    assert bool(first.notes) == (published is None)


@given(day=st.dates(min_value=dt.date(1700, 1, 1), max_value=dt.date(2100, 1, 1)))
def test_every_day_is_read_in_every_clear_form(day: dt.date) -> None:
    month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[day.month - 1]
    for written in (
        f"{day:%Y}-{day:%m}-{day:%d}".zfill(10),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
    ):
        assert to_iso(written) == (day.isoformat(), "")
    numeric = f"{day.day}/{day.month}/{day.year}"
    assert to_iso(numeric, "day first")[0] == day.isoformat()


@given(st.text(max_size=40) | st.integers() | st.floats())
def test_anything_is_a_date_or_none(value: object) -> None:
    published, _ = to_iso(value)
    assert published is None or dt.datetime.fromisoformat(published)


# --- delimited text --------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows(
        [["title", "text"], ["Café", 'She said: "No; never", and left |'], ["B", "b c"]]
    )
    found = items(stream.getvalue().encode(encoding))
    assert texts(found) == ['She said: "No; never", and left |', "b c"]
    assert isinstance(found[0], RawArticle)
    assert found[0].headline == "Café"


@given(
    rows=st.lists(
        st.tuples(
            st.text(alphabet=st.sampled_from("ab \"'“,;\n\t|é=-"), max_size=12),
            st.text(alphabet=st.sampled_from("ab \"'“,;\n\t|é=-"), min_size=1, max_size=30),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_the_standard_writer_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([("headline", "text"), *rows])
    assert texts(items(stream.getvalue())) == [text for _, text in rows if text.strip()]


def test_a_table_of_one_column_keeps_its_commas() -> None:
    assert texts(items("text\nOne, two, three\nFour, five\n")) == [
        "One, two, three",
        "Four, five",
    ]


def test_quotation_marks_within_a_text_need_not_be_doubled() -> None:
    found = items('id,title,text\n3,A,"He said "no" to it"\n4,B,Words here\n')
    assert texts(found) == ['He said "no" to it', "Words here"]
    assert isinstance(found[0], RawArticle)
    assert found[0].notes == ("quotation marks in the row do not match",)


def test_quotation_marks_with_a_backslash_are_read() -> None:
    found = items('id,text\n3,"He said \\"no\\", twice"\n4,"Words here"\n')
    assert texts(found) == ['He said "no", twice', "Words here"]


def test_a_mark_that_is_not_closed_does_not_swallow_the_next_rows() -> None:
    found = items('id,title,text\n3,"Oops,some words\n4,B,"one, two"\n5,C,"three\nfour"\n')
    assert texts(found) == ["some words", "one, two", "three\nfour"]


def test_a_table_that_ends_in_the_middle_of_a_text_says_so() -> None:
    found = items('id,text\n3,"Words here"\n4,"Words that bre')
    assert texts(found) == ["Words here"]
    assert problems(found) == [("row 3", "the table ends in the middle of a row: truncated")]


def test_a_row_with_too_few_or_too_many_cells_is_a_problem_of_its_own() -> None:
    found = items("id,title,text\n1,A,One text\n2,B,Two, text\n3\n4,D,Four text,,\n")
    assert texts(found) == ["One text", "Four text"]
    assert problems(found) == [
        ("row 3", "row with 4 cells where the heading has 3"),
        ("row 4", "row with 1 cells where the heading has 3"),
    ]


def test_nul_bytes_are_left_out_and_told() -> None:
    (article,) = items(b"title,text\nA,Some\0 words here\n")
    assert isinstance(article, RawArticle)
    assert (article.text, article.notes) == ("Some words here", ("NUL characters left out: 1",))


def test_one_damaged_row_costs_no_other() -> None:
    rows = "".join(f"{n},Straße und Café Nummer {n}\n" for n in range(20))
    data = ("id,text\n" + rows).encode().replace("Café Nummer 7".encode(), b"Caf\xe9 Nummer 7")
    found = items(data)
    assert len(texts(found)) == 19
    assert problems(found) == [("row 9", "damaged utf-8 text in the row")]


def test_excels_line_about_the_delimiter_is_heeded() -> None:
    assert texts(items("sep=;\ntitle;text\nA;one, two\n")) == ["one, two"]


def test_mojibake_in_a_cell_is_repaired_and_told() -> None:
    (article,) = items("title,text\nA,It wasnâ€™t fair\n")
    assert isinstance(article, RawArticle)
    assert (article.text, article.notes) == (
        "It wasn’t fair",
        ("mojibake repaired, places: 1",),
    )


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_a_table_that_we_wrote_gives_back_its_texts(tmp_path: Path, ending: str) -> None:
    from metoo_research.readers.json_lines import read as read_json

    said = ["=1+1 is no sum", "'@harbour' said so", "Lines\r\nwith ends", "  “quoted, text” "]
    table = pd.DataFrame(
        {
            "article_id": ["a", "b", "c", "d"],
            "label": "L",
            "headline": "@harbour speaks",
            "published": pd.Timestamp("2017-10-15", tz="America/New_York"),
            "published_precision": ["day", "minute", "day", "day"],
            "source_file": "x",
            "sha256": "y",
            "reader": "z",
            "truncated": [True, False, False, False],
            "text": said,
        }
    )
    path = tmp_path / f"articles{ending}"
    write_table(table, path)
    found = list((read_json if ending == ".jsonl" else read)(File(path.name, path)))
    articles = [item for item in found if isinstance(item, RawArticle)]
    assert [article.text for article in articles] == said
    assert {article.headline for article in articles} == {"@harbour speaks"}
    assert [article.record for article in articles] == ["a", "b", "c", "d"]
    assert [article.truncated for article in articles] == [True, False, False, False]
    assert [article.published for article in articles[:2]] == [
        "2017-10-15",
        "2017-10-15T00:00:00-04:00",
    ]


def test_an_apostrophe_in_another_table_stays() -> None:
    assert texts(items("title,text\nA,'@harbour' said so\n")) == ["'@harbour' said so"]


# --- workbooks and Parquet -------------------------------------------------------------------


def test_a_workbook_is_read_sheet_by_sheet() -> None:
    rows: list[list[object]] = [
        ["Title", "Text", "Date"],
        ["A", "Words here_x000D_\nand there", dt.datetime(2017, 10, 15)],
        [None, None, None],
        ["B", None, None],
    ]
    notes: list[list[object]] = [["Remarks"], ["made in March"]]
    found = items(workbook(rows, rows[:2], notes), name="a.xlsx")
    assert texts(found) == ["Words here\r\nand there"] * 2
    assert [item.record for item in found] == [
        "row 2",
        "row 4",
        "sheet Part 2 row 2",
        "sheet Part 3",
    ]
    assert isinstance(found[0], RawArticle)
    assert found[0].published == "2017-10-15"


def test_formulas_whose_values_were_not_saved_are_told_with_row_and_column() -> None:
    rows: list[list[object]] = [
        ["Title", "Text", "Date"],
        ["A", "Words here", "=TODAY()"],
        ["B", '=CONCATENATE("Words ", "there")', None],
        ["C", "Words beyond", None],
    ]
    told, first, second, third = items(workbook(rows), name="a.xlsx")
    assert isinstance(told, RawProblem)
    assert isinstance(first, RawArticle)
    assert isinstance(third, RawArticle)
    assert told.record == "sheet Part 1"
    assert told.detail.startswith("row 2: Date; row 3: Text; open it in Excel or LibreOffice")
    assert first.notes == ("formula without its value: Date",)
    assert (type(second), second.record) == (RawProblem, "row 3")
    assert third.notes == ()


def test_formulas_with_a_value_are_read_though_it_is_empty() -> None:
    book = workbook([["Title", "Text"], ["=A1", "Words here"]])
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if "worksheets/" in name:
                data = data.replace(b'<c r="A2">', b'<c r="A2" t="str">')
            new.writestr(name, data)
    found = items(saved.getvalue(), name="a.xlsx")
    assert [isinstance(item, RawArticle) and item.notes for item in found] == [()]


def test_a_table_is_known_by_its_content_where_the_ending_lies() -> None:
    book = workbook([["text"], ["Words here"]])
    assert texts(items(book, name="a.csv")) == ["Words here"]
    assert texts(items("text;url\nWords here;x\n", name="a.xlsx")) == ["Words here"]
    assert recognises(File("a.bin", book))
    assert recognises(File("a.bin", parquet(pd.DataFrame({"text": ["Words here"]}))))
    assert not recognises(File("a.csv", b"text\nWords here\n"))


def test_a_parquet_file_is_read() -> None:
    table = pd.DataFrame(
        {
            "text": ["Words here", None],
            "date": [pd.Timestamp("2017-10-15T16:21:00.000000001Z"), pd.NaT],
            "authors": [["Ana Ruiz", "Bo Li"], None],
            "vector": [[1.0, 2.0], [3.0, 4.0]],
        }
    )
    found = items(parquet(table), name="a.parquet")
    assert isinstance(found[0], RawArticle)
    assert (found[0].text, found[0].author) == ("Words here", "Ana Ruiz, Bo Li")
    assert found[0].published == "2017-10-15T16:21:00+00:00"
    assert problems(found) == [("row 3", "row without text")]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "empty file"),
        ("a.csv", b" \n \n", "no table in it"),
        ("a.csv", b"title,text\n", "no rows in it"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(2000), "not text"),
        ("a.parquet", b"PAR1 and then nothing", "damaged or truncated Parquet file"),
        ("a.parquet", b"Words", "not a Parquet file"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "damaged or truncated Excel workbook"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "an Excel workbook with a",
        ),
        ("a.xlsx", workbook([]), "an empty workbook"),
    ],
)
def test_what_is_no_table_has_a_reason(name: str, data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        list(read(File(name, data)))


def repacked(book: bytes, part: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return stream.getvalue()


def test_a_workbook_with_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    book = repacked(workbook([["text"], ["Words"]]), "xl/worksheets/sheet1.xml", bomb)
    with pytest.raises(ReadError, match="XML entities"):
        list(read(File("a.xlsx", book)))


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    book = repacked(workbook([["text"]]), "xl/theme/theme1.xml", b" " * 60_000_000)
    with pytest.raises(ReadError, match="zip bomb"):
        list(read(File("a.xlsx", book)))
    whole = workbook([["text"], ["Words here"]])
    with pytest.raises(ReadError, match="unpacks to too much"):
        list(read(File("a.xlsx", whole, budget=Budget(bytes_left=100))))


def test_a_row_with_an_impossible_number_is_not_waited_for() -> None:
    book = workbook([["text"], ["Words here"], ["More words"]])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b'r="3"', b'r="99999999999"').replace(b"A3", b"A99999999999")
    found = items(repacked(book, "xl/worksheets/sheet1.xml", far), name="a.xlsx")
    assert texts(found) == ["Words here"]


# --- damage ----------------------------------------------------------------------------------


SAMPLE = pd.DataFrame(
    {
        "id": range(6),
        "title": "A “title”",
        "text": [LONG * n for n in range(1, 7)],
        "date": "3/4/2017",
    }
)


@pytest.mark.parametrize(
    ("data", "copies"),
    [
        (SAMPLE.to_csv(index=False).encode(), 1_500),
        (SAMPLE.to_csv(index=False, sep="\t", quoting=csv.QUOTE_ALL).encode(), 500),
        (workbook([list(SAMPLE), *SAMPLE.to_numpy().tolist()]), 1_500),
        (parquet(SAMPLE), 1_500),
    ],
    ids=["csv", "tsv", "xlsx", "parquet"],
)
def test_a_damaged_table_ends_in_articles_and_plain_reasons(data: bytes, copies: int) -> None:
    found = outcomes(read, damaged(data, copies, seed=20171015))
    assert sum(found.values()) == copies
    assert min(found["read"], found["refused"]) > 0


def test_a_workbook_with_a_damaged_sheet_ends_in_articles_and_plain_reasons() -> None:
    book = workbook([list(SAMPLE), *SAMPLE.to_numpy().tolist()])
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read(part)
    copies = (repacked(book, part, copy) for copy in damaged(sheet, 250, seed=7))
    assert sum(outcomes(read, copies).values()) == 250
