"""Archives: each file in them read as it would be outside, and nothing let out or blown up."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from damage import damaged, outcomes

from metoo_research.errors import ReadError
from metoo_research.readers.archives import read, recognises
from metoo_research.readers.base import Budget, File, RawArticle, RawProblem

FILES = {"b/two.txt": b"Words of two", "a/one.txt": b"Words of one"}


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return stream.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            part = tarfile.TarInfo(name)
            part.size = len(data)
            archive.addfile(part, io.BytesIO(data))
    return stream.getvalue()


def items(
    data: bytes, name: str = "a.zip", budget: Budget | None = None
) -> list[RawArticle | RawProblem]:
    found = list(read(File(name, data, budget=budget)))
    assert all(isinstance(item, RawArticle | RawProblem) for item in found)
    return found  # type: ignore[return-value]


def articles(found: list[RawArticle | RawProblem]) -> list[tuple[str | None, str]]:
    return [(item.member, item.text) for item in found if isinstance(item, RawArticle)]


def problems(found: list[RawArticle | RawProblem]) -> list[tuple[str | None, str]]:
    return [(item.member, item.reason) for item in found if isinstance(item, RawProblem)]


def test_the_files_of_an_archive_are_its_members_in_the_order_of_their_names() -> None:
    both = [("a/one.txt", "Words of one"), ("b/two.txt", "Words of two")]
    assert articles(items(zipped(FILES))) == both
    assert articles(items(zipped(dict(reversed(FILES.items()))))) == both


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_archive_is_read_packed_or_not(mode: str) -> None:
    found = items(tarred(FILES, mode), "a.tar.gz")
    assert sorted(articles(found)) == [
        ("a/one.txt", "Words of one"),
        ("b/two.txt", "Words of two"),
    ]


def test_a_gzip_file_is_the_file_in_it() -> None:
    assert articles(items(gzip.compress(b"Words here"), "a.txt.gz")) == [(None, "Words here")]
    pieces = gzip.compress(b"Words ") + gzip.compress(b"here")
    assert articles(items(pieces, "a.txt.gz")) == [(None, "Words here")]


def test_an_archive_in_an_archive_is_read_and_one_too_deep_is_told() -> None:
    inner = zipped({"one.txt": b"Words of one"})
    assert articles(items(zipped({"in.zip": inner}))) == [("in.zip/one.txt", "Words of one")]
    for _ in range(4):
        inner = zipped({"in.zip": inner})
    assert problems(items(inner)) == [
        ("in.zip/in.zip/in.zip", "archives within archives within archives")
    ]


def test_names_that_lead_out_of_the_archive_are_refused() -> None:
    names = ["../up.txt", "a/../../up.txt", "/etc/one.txt", "C:" + "\\one.txt", "..\\up.txt"]
    found = items(zipped(dict.fromkeys([*names, "a..b/c...txt"], b"Words here")))
    assert articles(found) == [("a..b/c...txt", "Words here")]
    assert {reason for _, reason in problems(found)} == {
        "refused: its name leads out of the archive"
    }
    assert len(problems(found)) == len(names)
    assert problems(items(tarred({"../up.txt": b"Words"}), "a.tar"))


def test_what_systems_leave_in_archives_is_set_aside() -> None:
    files = {
        "__MACOSX/._one.txt": b"\0\1",
        ".DS_Store": b"\0",
        "a/Thumbs.db": b"\0",
        "README.md": b"x",
    }
    assert articles(items(zipped(files | {"one.txt": b"Words"}))) == [("one.txt", "Words")]
    assert problems(items(zipped(files | {"one.txt": b"Words"}))) == []


def test_a_file_that_cannot_be_read_costs_no_other() -> None:
    found = items(zipped({"a.txt": b"", "b.txt": b"Words", "c.xyz": b"?"}))
    assert articles(found) == [("b.txt", "Words")]
    assert problems(found) == [("a.txt", "empty file"), ("c.xyz", "no reader for .xyz")]


def test_a_name_in_utf_8_that_says_so_nowhere_is_read_as_such() -> None:
    data = zipped({"xxx.txt": b"Words"}).replace(b"xxx", "é".encode() + b"1")
    assert articles(items(data)) == [("é1.txt", "Words")]


def test_a_protected_file_is_told() -> None:
    data = bytearray(zipped({"one.txt": b"Words"}))
    data[6] |= 1  # the flag in the header before the file
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the list at the end
    assert problems(items(bytes(data))) == [("one.txt", "protected by a password")]


def test_a_link_is_not_followed() -> None:
    link = zipfile.ZipInfo("one.txt")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert problems(items(stream.getvalue())) == [("one.txt", "a link, not followed")]
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        part = tarfile.TarInfo("one.txt")
        part.type, part.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(part)
    assert problems(items(stream.getvalue(), "a.tar")) == [
        ("one.txt", "a link or a device, not followed")
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_of_a_truncated_archive_the_whole_files_are_read(method: int) -> None:
    files = {f"{n}.txt": f"Words of number {n}. ".encode() * 9 for n in range(6)}
    data = zipped(files, method)
    found = items(data[: data.index(b"4.txt")])
    assert [member for member, _ in articles(found)] == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert problems(found) == [(None, "truncated archive")]
    assert isinstance(found[-1], RawProblem)
    assert found[-1].detail.startswith("4 of its files are whole")


def test_a_truncated_archive_whose_sizes_follow_the_files_is_read() -> None:
    class Pipe(io.RawIOBase):
        """Where one cannot go back, sizes are written behind each file."""

        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece: bytes) -> int:  # type: ignore[override]
            self.data += piece
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.txt", "Words of one")
        archive.writestr("two.txt", "Words of two")
    found = items(bytes(pipe.data[: pipe.data.index(b"PK\x01\x02")]))
    assert articles(found) == [("one.txt", "Words of one"), ("two.txt", "Words of two")]
    assert problems(found) == [(None, "truncated archive")]


def test_a_text_in_a_truncated_gzip_file_is_no_article() -> None:
    whole = gzip.compress(bytes(range(32, 120)) * 40)
    assert problems(items(whole[:-20], "a.txt.gz")) == [(None, "truncated archive")]
    found = items(tarred(FILES, "w:gz")[:-40], "a.tar.gz")
    assert problems(found)[-1] == (None, "truncated or damaged archive")


def test_a_zip_bomb_is_refused_within_little_memory() -> None:
    bomb = zipped({"a.txt": b"a" * 120_000_000, "b.txt": b"Words"})
    packed = gzip.compress(b"a" * 120_000_000)
    tracemalloc.start()
    found = items(bomb)
    assert problems(found) == [("a.txt", "unpacks to far more than any text (a zip bomb?)")]
    assert articles(found) == [("b.txt", "Words")]
    with pytest.raises(ReadError, match="zip bomb"):
        items(packed, "a.txt.gz")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 110_000_000


def test_an_archive_that_lies_about_a_size_gives_no_more_than_it_says() -> None:
    data = bytearray(zipped({"a.txt": b"a" * 3_000_000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 100)
    assert problems(items(bytes(data))) == [("a.txt", "damaged in the archive")]


def test_what_an_archive_may_unpack_is_limited_in_bytes_and_files() -> None:
    many = zipped({f"{n}.txt": b"Words" * 50 for n in range(9)})
    found = items(many, budget=Budget(bytes_left=600))
    assert len(articles(found)) == 2
    assert problems(found) == [
        ("2.txt", "unpacks to too much data"),
        (None, "the rest of the archive was not read"),
    ]
    found = items(many, budget=Budget(files_left=3))
    assert len(articles(found)) == 3
    assert problems(found) == [(None, "holds more files than are read from one archive")]


def test_office_documents_and_web_archives_are_no_archives(tmp_path: Path) -> None:
    office = zipped({"docProps/app.xml": b"<x/>", "word/document.xml": b"<x/>"})
    path = tmp_path / "a.zip"
    path.write_bytes(office)
    assert not recognises(File("a.zip", path))
    assert not recognises(File("a.zip", office[:60]))
    assert not recognises(File("a.warc.gz", gzip.compress(b"WARC/1.0\r\n")))
    assert recognises(File("a.bin", zipped(FILES)))
    assert recognises(File("a.bin", gzip.compress(b"Words")))
    assert recognises(File("a.bin", tarred(FILES)))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty file"),
        (b"words", "not an archive"),
        (zipped({}), "an empty archive"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "an OpenDocument"),
    ],
)
def test_what_is_no_archive_has_a_reason(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        items(data)


LONGER = {f"{n}.txt": f"Words of number {n}, and more of them. ".encode() * 5 for n in range(5)}


@pytest.mark.parametrize(
    "data",
    [zipped(LONGER), zipped(LONGER, zipfile.ZIP_STORED), tarred(LONGER), tarred(LONGER, "w:gz"),
     gzip.compress(b"Words here. " * 60), zipped({"in.zip": zipped(LONGER)})],
    ids=["zip", "stored", "tar", "tar.gz", "gz", "zip in zip"],
)  # fmt: skip
def test_a_damaged_archive_ends_in_articles_and_plain_reasons(data: bytes) -> None:
    assert sum(outcomes(read, damaged(data, 1_000, seed=20171015)).values()) == 1_000
