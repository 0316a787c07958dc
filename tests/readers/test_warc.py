"""Web archives: every page that a server answered with, and what cannot be read of them."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

import pytest
from damage import damaged, outcomes
from pages import HEADLINE, page, paragraph, prose

from metoo_research.errors import ReadError
from metoo_research.readers import Budget, File, Item, RawArticle, RawProblem, reader_for
from metoo_research.readers.warc import WARC, read

SITE = "https://gazette.example"
Answer = tuple[str, bytes, str, str]  # path, content, media type, status


def answer(
    path: str, content: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK"
) -> Answer:
    return path, content, kind, status


def archive(answers: Iterable[Answer], *, packed: bool = True, encoding: str = "") -> bytes:
    """What a crawler writes: each record is packed by itself."""
    records = [record("warcinfo", "", "application/warc-fields", 0, b"software: test\r\n")]
    for number, (path, content, kind, status) in enumerate(answers):
        headers = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n"
        if encoding:
            headers += f"Content-Encoding: {encoding}\r\n"
        payload = f"{headers}\r\n".encode() + content
        kind = "application/http; msgtype=response"
        records.append(record("response", SITE + path, kind, number, payload))
    return b"".join(map(gzip.compress, records) if packed else records)


def record(name: str, address: str, kind: str, number: int, payload: bytes) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {name}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>",
        f"WARC-Date: 2017-10-17T09:00:{number:02}Z",
        *([f"WARC-Target-URI: {address}"] if address else []),
        f"Content-Type: {kind}",
        f"Content-Length: {len(payload)}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + payload + b"\r\n\r\n"


def items(data: bytes) -> list[Item]:
    return list(read(File("a.warc.gz", data)))


def articles(found: Iterable[Item]) -> list[RawArticle]:
    return [item for item in found if isinstance(item, RawArticle)]


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_is_an_article_and_its_address_the_record(packed: bool) -> None:
    pages = [answer("/a", page(prose(1))), answer("/b", page(prose(2)))]
    found = articles(items(archive(pages, packed=packed)))
    assert [(one.record, one.url) for one in found] == [(f"{SITE}/{x}",) * 2 for x in "ab"]
    assert found[1].text == f"{HEADLINE}\n\n{paragraph(2)}"


def test_pictures_scripts_and_redirections_are_no_problem() -> None:
    found = items(
        archive(
            [
                answer("/a.png", b"\x89PNG", "image/png"),
                answer("/a.js", b"var a", "text/javascript"),
                answer("/old", b"<html>Moved</html>", status="301 Moved Permanently"),
                answer("/a", page(prose(1))),
            ]
        )
    )
    assert [type(item) for item in found] == [RawArticle]


def test_pages_that_are_no_article_are_problems_of_their_own() -> None:
    found = items(
        archive(
            [
                answer("/gone", page("<p>Sorry.</p>"), status="404 Not Found"),
                answer("/empty", b""),
                answer("/a", page(prose(1))),
            ]
        )
    )
    problems = [(item.reason, item.record) for item in found if isinstance(item, RawProblem)]
    assert problems == [
        ("no article in it (the server answered 404)", f"{SITE}/gone"),
        ("no article in it (an empty page)", f"{SITE}/empty"),
    ]
    assert len(articles(found)) == 1


def test_an_address_captured_twice_is_two_records() -> None:
    found = articles(items(archive([answer("/a", page(prose(n))) for n in (1, 2)])))
    assert [one.record for one in found] == [f"{SITE}/a", f"{SITE}/a 2017-10-17T09:00:01Z"]


def test_the_servers_encoding_and_compression_are_undone() -> None:
    plain = page(f"{prose(1)}<p>“So it was” – £5.</p>").replace(b'<meta charset="utf-8">', b"")
    content = gzip.compress(plain.decode().encode("cp1252"))
    kind = "text/html; charset=windows-1252"
    found = articles(items(archive([answer("/a", content, kind)], encoding="gzip")))
    assert found[0].text.endswith("“So it was” – £5.")


def test_an_archive_cut_off_keeps_what_came_before_and_says_so() -> None:
    data = archive([answer(f"/{n}", page(prose(n, n + 1))) for n in range(4)])
    found = items(data[:-200])
    assert len(articles(found)) >= 3
    assert any(isinstance(item, RawProblem) for item in found)


def test_it_is_read_from_disk(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(archive([answer("/a", page(prose(1)))]))
    assert len(list(read(File("a.warc.gz", file)))) == 1


@pytest.mark.parametrize("packed", [True, False])
def test_it_is_known_by_its_first_record(packed: bool) -> None:
    data = archive([answer("/a", page(prose(1)))], packed=packed)
    assert reader_for(File("a.gz", data)) is WARC
    assert not WARC.recognises(File("a.gz", gzip.compress(b"A text about WARC/1.0 files.")))


@pytest.mark.parametrize("data", [b"", b"no archive at all", b"\x1f\x8b\x08", b"\0" * 999])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        items(data)


def test_an_archive_without_pages_is_refused() -> None:
    with pytest.raises(ReadError, match="no page in it"):
        items(archive([answer("/a.png", b"\x89PNG", "image/png")]))


def test_what_is_unpacked_is_bounded() -> None:
    data = archive([answer("/big", b"\0" * 30_000_000, "application/zip")])
    file = File("a.warc.gz", data, budget=Budget(bytes_left=5_000_000))
    with pytest.raises(ReadError, match="unpacks to too much"):
        list(read(file))


def test_damaged_archives_end_in_items_or_a_reason(capfd: pytest.CaptureFixture[str]) -> None:
    pages = [answer("/a", page(prose(1))), answer("/b", page(prose(2)))]
    for packed in (True, False):
        whole = archive(pages, packed=packed)
        assert outcomes(read, damaged(whole, 300, seed=7))["read"] > 50
    assert capfd.readouterr() == ("", "")
