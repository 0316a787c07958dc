"""Readers: bytes become characters, unchanged, or one plain reason why not."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.errors import ReadError
from metoo_research.readers import File, RawArticle, endings_read, reader_for
from metoo_research.readers.encoding import decode
from metoo_research.readers.plain_text import PLAIN_TEXT, read

ENGLISH = "She said “it wasn’t fair” – and the café’s owner agreed. The £50 fine… stood."
RUSSIAN = "Женщины рассказывают о пережитом в социальных сетях, и число сообщений растёт."
POLISH = "Kobiety opowiadają o swoich przeżyciach, a głosy z całej Polski są coraz liczniejsze."
CZECH = "Ženy vyprávějí své příběhy na sociálních sítích a počet příspěvků každým dnem roste."
TURKISH = "Kadınlar yaşadıklarını sosyal medyada anlatıyor ve sayıları gün geçtikçe artıyor."
GREEK = "Οι γυναίκες μοιράζονται τις ιστορίες τους στα κοινωνικά δίκτυα."
FRENCH = "Des milliers de femmes racontent ce qu’elles ont vécu, et l’été n’y a rien changé."
GERMAN = (
    "Über die größte Änderung sei später zu reden, sagte Müller auf der überfüllten Straße."
)
HUNGARIAN = (
    "A nők sorra mondják el történetüket, és a bejegyzések száma egyre nő. Az új törvényről "
    "később döntenek, hogy ne kelljen többet hallgatni."
)
ROMANIAN = "Femeile îşi spun poveştile, iar numărul lor creşte, nu doar din Bucureşti."
CROATIAN = "Žene pričaju svoje priče, a broj objava je sve veći i nije kraj, kao što kažu."
ESTONIAN = (
    "Naised räägivad oma lugusid ja see on alles algus, kui õigus ei tule, jätkub võitlus."
)
LITHUANIAN = "Moterys pasakoja savo istorijas ir sako, kad tai yra svarbu, bet nieko nepakeitė."
ICELANDIC = "Konurnar segja sögur sínar og það er ekki auðvelt, sagði hann um þær sem til eru."
CHINESE = "女性们在社交媒体上讲述自己的经历，帖子的数量每天都在增加。这是一个开始，不是结束。"
KOREAN = (
    "여성들은 소셜 미디어에서 자신의 경험을 이야기하고 있으며 게시물의 수는 날마다 늘고 있다."
)
JAPANESE = "女性たちはソーシャルメディアで自分の体験を語り、投稿の数は日ごとに増えている。"


def test_a_reader_is_found_by_the_ending_in_capitals_or_not() -> None:
    assert reader_for(File("a/b.TXT", b"")) is PLAIN_TEXT
    assert reader_for(File("a/b.xyz", b"")) is None
    assert reader_for(File("txt", b"")) is None
    assert {".txt", ".text", ".md"} <= set(endings_read())


def test_no_ending_belongs_to_two_readers() -> None:
    assert len(set(endings_read())) == len(endings_read())


def test_a_text_file_is_one_article() -> None:
    assert read(File("a.txt", "Café\r\n\tA line.\n".encode())) == (
        RawArticle(text="Café\r\n\tA line.\n", encoding="utf-8"),
    )


@pytest.mark.parametrize(
    ("text", "written_as", "read_as"),
    [
        ("plain", "ascii", "ascii"),
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "utf-8-sig"),
        (ENGLISH, "utf-16", "utf-16"),
        (ENGLISH, "utf-32", "utf-32"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        (ENGLISH, "cp1252", "cp1252"),
        ("The caf\u00e9 in M\u00fcnchen stayed open.", "latin-1", "cp1252"),
        (FRENCH, "cp1252", "cp1252"),
        (GERMAN, "cp1252", "cp1252"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8_r"),
        (CZECH, "cp1250", "cp1250"),
        (POLISH, "cp1250", "cp1250"),
        (TURKISH, "cp1254", "cp1254"),
        (GREEK, "cp1253", "cp1253"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (ENGLISH, "mac_roman", "mac_roman"),
        (HUNGARIAN, "cp1250", "cp1250"),
        (ROMANIAN, "cp1250", "cp1250"),
        (CROATIAN, "cp1250", "cp1250"),
        (ESTONIAN, "cp1252", "cp1252"),
        (LITHUANIAN, "cp1257", "cp1257"),
        (ICELANDIC, "cp1252", "cp1252"),
        ("Björk Guðmundsdóttir said that she was not the only one.", "cp1252", "cp1252"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (JAPANESE, "utf-16-be", "utf-16-be"),
        (KOREAN, "utf-16-le", "utf-16-le"),
    ],
)
def test_the_encoding_is_found(text: str, written_as: str, read_as: str) -> None:
    assert decode(text.encode(written_as)) == (text, read_as)


@pytest.mark.parametrize(
    ("text", "written_as", "declared", "read_as"),
    [
        ("Život jde dál", "cp1250", "windows-1250", "cp1250"),
        ("Życie", "iso8859-2", "ISO-8859-2", "iso8859-2"),
        ("café", "cp1252", "ISO-8859-1", "cp1252"),  # as browsers read that name
        ("Это так", "koi8-r", "'koi8-r'", "koi8-r"),
        ("日本", "shift_jis", "Shift_JIS", "cp932"),
        ("café", "utf-8", "iso-8859-1", "utf-8"),  # strict UTF-8 is surer than a name
        ("The café was open", "cp1252", "utf-8", "cp1252"),  # a name that the bytes belie
        ("The café was open", "cp1252", "no such name", "cp1252"),
        ("The café was open", "cp1252", "rot13", "cp1252"),
        ("The café was open", "cp1252", "unicode_escape", "cp1252"),
        ("The café was open", "cp1252", "utf-16", "cp1252"),
    ],
)
def test_a_declared_encoding_is_believed_where_the_bytes_fit(
    text: str, written_as: str, declared: str, read_as: str
) -> None:
    assert decode(text.encode(written_as), declared=declared) == (text, read_as)


def test_a_file_far_too_long_for_an_article_is_not_read_to_its_end() -> None:
    with pytest.raises(ReadError, match="no article: 101 MB of text"):
        read(File("a.txt", b"a" * 101_000_000))


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_utf_8_is_read_character_for_character(text: str) -> None:
    assert decode(text.encode())[0] == text.removeprefix("\ufeff")


@given(text=st.text(alphabet="aeiou rst\r\n\t“”’–é", min_size=1))
def test_line_ends_and_tabs_stay_as_they_are(text: str) -> None:
    assert decode(text.encode("utf-8-sig"))[0] == text


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        (b"", "empty file", "0 bytes; copy it again from its source"),
        (b" \r\n\t", "no text in it", "white space only; copy it again from its source"),
        (b" \n", "no text in it", "white space only; copy it again from its source"),
        (b"\xef\xbb\xbf", "no text in it", "white space only; copy it again from its source"),
        (
            b"\xef\xbb\xbfabc\xff",
            "damaged utf-8 text at byte 3",
            "copy it again from its source or save it again as UTF-8",
        ),
        (
            ENGLISH.encode()[: ENGLISH.encode().index("…".encode()) + 1],
            "damaged utf-8 text at byte 81",
            "copy it again from its source or save it again as UTF-8",
        ),
        (
            b"\xff\xfea",
            "damaged utf-16 text at byte 2",
            "copy it again from its source or save it again as UTF-8",
        ),
    ],
)
def test_what_is_no_article_has_a_reason(data: bytes, reason: str, detail: str) -> None:
    with pytest.raises(ReadError) as told:
        read(File("a.txt", data))
    assert (told.value.reason, told.value.detail) == (reason, detail)


def noise(size: int, seed: int) -> bytes:
    return random.Random(seed).randbytes(size)  # noqa: S311 - no secret depends on it


@pytest.mark.parametrize(
    "data",
    [
        noise(5_000, seed=1),
        bytes(range(256)) * 20,
        bytes(range(1, 256)) * 20,
        b"\0" * 1_000,
        b"\x89PNG\r\n\x1a\n" + noise(3_000, seed=2),
        b"PK\x03\x04" + b"\0" * 200 + noise(3_000, seed=3),
        b"%PDF-1.7\n" + noise(3_000, seed=4),
        b"A text with a zero \0 in it.",
        "odd number of bytes".encode("utf-16-le") + b"x",
        b"\x01\x02\x03\x04 some words",
    ],
    ids=[
        "random",
        "all",
        "all but zero",
        "zeros",
        "png",
        "zip",
        "pdf",
        "zero",
        "odd",
        "controls",
    ],
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(ReadError, match="not text"):
        read(File("a.txt", data))


def test_a_stray_control_character_does_not_make_a_text_binary() -> None:
    text = "A stray \x02 control character from a bad export. " + "More words follow it. " * 20
    assert decode(text.encode()) == (text, "ascii")


@given(data=st.binary(max_size=300))
def test_any_bytes_are_text_or_a_reason(data: bytes) -> None:
    with suppress(ReadError):
        (article,) = read(File("a.txt", data))
        assert article.text.strip()
