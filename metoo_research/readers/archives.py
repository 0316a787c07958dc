"""Archives: .zip, .gz, .tar, .tar.gz; nothing is ever written to disk."""

from __future__ import annotations

import io
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import PurePath
from typing import IO, Final
from unicodedata import normalize

from metoo_research.errors import ReadError
from metoo_research.readers.archives_names import (
    check_part,
    check_ratio,
    is_office,
    most_unpacked,
    part_names,
)
from metoo_research.readers.base import (
    MOST_BYTES,
    Budget,
    File,
    Item,
    RawArticle,
    RawProblem,
    Reader,
)
from metoo_research.readers.safely import safely
from metoo_research.readers.text_lines import opened

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_GZIP: Final = b"\x1f\x8b"
_BLOCK: Final = 1 << 20
# What systems and programs leave in folders, and papers about the files: no articles.
_SYSTEM: Final = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.[^/]|~\$|(?:thumbs\.db|desktop\.ini|icon\r)$)"
    r"|(?:^|/)(?:readme|licen[cs]e)(?:\.\w+)?$",
    re.IGNORECASE,
)
_LEADS_OUT: Final = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
_COPY_AGAIN: Final = "copy it again from its source"
_LOCAL_HEADER: Final = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_LENGTH_FOLLOWS: Final = 0x8
_ENCRYPTED: Final = 0x1
_UTF_8_NAME: Final = 0x800


def read(file: File) -> Iterator[Item]:
    """Read what an archive holds, each file by its own reader.

    What a file is within the archive, its item's ``member`` says. Files whose names lead out
    of the archive, that are protected or damaged are problems; so is a whole archive that
    unpacks to more than its budget. Of a truncated one, the files that are whole are read.

    Raises
    ------
    ReadError
        If it is no archive, an empty one, or too deep within others.
    """
    return safely(_read(file), what="damaged archive", way_out=_COPY_AGAIN)


def _read(file: File) -> Iterator[Item]:
    head = file.head
    if not head:
        raise ReadError("empty file", f"0 bytes; {_COPY_AGAIN}")
    with _within(file.budget):
        if head.startswith(_ZIP):
            yield from _of_zip(file)
        elif head.startswith(_GZIP):
            yield from _of_gzip(file)
        elif _is_tar(head):
            with opened(file) as stream:
                yield from _of_tar(stream, file)
        else:
            raise ReadError("not an archive, or a damaged one", _COPY_AGAIN)


@contextmanager
def _within(budget: Budget) -> Iterator[None]:
    if budget.depth <= 0:
        raise ReadError("archives within archives within archives", "unpack it yourself")
    budget.depth -= 1
    try:
        yield
    finally:
        budget.depth += 1


def member_items(file: File, name: str, data: bytes) -> Iterator[Item]:
    """Read a file that lies in another; what is wrong with it is a problem of that member.

    Parameters
    ----------
    file
        The archive or mail, whose budget it counts against.
    name
        The member's name in it.
    data
        Its bytes.
    """
    from metoo_research.readers import read_items, reader_for

    file.budget.files_left -= 1
    if file.budget.files_left < 0:
        raise ReadError("holds more files than are read from one archive", "unpack it yourself")
    member = File(name, data, columns=file.columns, budget=file.budget)
    try:
        reader = reader_for(member)
        for item in read_items(member):
            if isinstance(item, RawArticle) and reader and not item.reader:
                item = replace(item, reader=reader.name)
            yield replace(item, member=f"{name}/{item.member}" if item.member else name)
    except ReadError as error:
        yield RawProblem(error.reason, error.detail, member=name)
    except MemoryError:
        yield RawProblem("needs more memory than there is", "split it", member=name)


def _refused(name: str) -> RawProblem | None:
    if _LEADS_OUT.search(name):
        return RawProblem(
            "refused: its name leads out of the archive",
            "rename it in the archive, if you trust it",
            member=name,
        )
    return None


def _portable(name: str) -> str:
    """A name the same on all systems: forward slashes, composed accents, no half characters."""
    whole = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return normalize("NFC", whole.replace("\\", "/"))


# --- ZIP -------------------------------------------------------------------------------------


def _of_zip(file: File) -> Iterator[Item]:
    with opened(file) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, EOFError):
            archive = None
        if archive is None:
            yield from _of_truncated_zip(file)
            return
        with archive:
            yield from _of_whole_zip(archive, file)


def _of_whole_zip(archive: zipfile.ZipFile, file: File) -> Iterator[Item]:
    parts = sorted(
        ((_name_in_zip(part), part) for part in archive.infolist()), key=lambda p: p[0]
    )
    if [name for name, _ in parts if name == "mimetype"]:
        kind = archive.open("mimetype").read(200)
        if b"opendocument" in kind or b"epub" in kind:
            raise ReadError("an OpenDocument file or e-book", "save it as .docx, .html or .txt")
    files = [(name, part) for name, part in parts if not part.is_dir()]
    if not files:
        raise ReadError("an empty archive", "0 files in it")
    for name, part in files:
        if (refused := _refused(name)) is not None:
            yield refused
            continue
        if _SYSTEM.search(name):
            continue
        data = _part(archive, part, name, file.budget)
        if isinstance(data, RawProblem):
            yield data
            if file.budget.bytes_left < 0:
                yield RawProblem("the rest of the archive was not read", "unpack it yourself")
                return
            continue
        yield from member_items(file, name, data)


def _name_in_zip(part: zipfile.ZipInfo) -> str:
    """The name; programs write UTF-8 without saying so, which reads as code page 437."""
    name = part.orig_filename.split("\0")[0]
    if not part.flag_bits & _UTF_8_NAME and not name.isascii():
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return _portable(name)


def _part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, budget: Budget
) -> bytes | RawProblem:
    if part.flag_bits & _ENCRYPTED:
        return RawProblem("protected by a password", "unpack the archive yourself", member=name)
    if stat.S_ISLNK(part.external_attr >> 16):
        return RawProblem("a link, not followed", "put the file itself there", member=name)
    try:
        check_part(part, budget, most=MOST_BYTES)
        return archive.read(part)
    except ReadError as error:
        return RawProblem(error.reason, error.detail, member=name)
    except NotImplementedError:
        return RawProblem(
            "packed in a way that cannot be read", "pack it as an ordinary .zip", member=name
        )
    except Exception:  # zipfile raises nearly everything on damaged archives
        return RawProblem("damaged in the archive", _COPY_AGAIN, member=name)


def _of_truncated_zip(file: File) -> Iterator[Item]:
    """Read a ZIP file whose list of files, which stands at its end, is lost."""
    found = 0
    for name, data in _local_files(file.data, file.budget):
        if (refused := _refused(name)) is not None:
            yield refused
            continue
        if name.endswith("/") or _SYSTEM.search(name):
            continue
        found += 1
        yield from member_items(file, name, data)
    told = f"{found:,} of its files are whole and were read; {_COPY_AGAIN}"
    yield RawProblem("truncated archive", told)


def _local_files(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """The files of a ZIP file by the headers before each, up to the first that is not whole."""
    at = 0
    while data.startswith(_LOCAL_HEADER, at) and len(data) >= at + 30:
        flags, method = (int.from_bytes(data[at + o : at + o + 2], "little") for o in (6, 8))
        crc, packed, size = (
            int.from_bytes(data[at + o : at + o + 4], "little") for o in (14, 18, 22)
        )
        name_end = at + 30 + int.from_bytes(data[at + 26 : at + 28], "little")
        start = name_end + int.from_bytes(data[at + 28 : at + 30], "little")
        name = data[at + 30 : name_end].decode("utf-8", errors="replace")
        if flags & _ENCRYPTED:
            return
        if method == _DEFLATED:
            inflate = zlib.decompressobj(-15)
            limit = most_unpacked(len(data) - start)
            try:
                content = inflate.decompress(memoryview(data)[start:], limit + 1)
            except zlib.error:
                return
            check_ratio(len(content), len(data) - start)
            if not inflate.eof:
                return
            at = len(data) - len(inflate.unused_data)
        elif method == _STORED and not flags & _LENGTH_FOLLOWS and start + packed <= len(data):
            content, at = data[start : start + packed], start + packed
        else:
            return
        if flags & _LENGTH_FOLLOWS:
            marked = data.startswith(b"PK\x07\x08", at)
            crc = int.from_bytes(data[at + 4 * marked : at + 4 * marked + 4], "little")
            at += 12 + 4 * marked
        elif size != len(content):
            return
        if zlib.crc32(content) != crc:
            return
        budget.take(len(content))
        yield _portable(name), content


# --- gzip ------------------------------------------------------------------------------------


def _of_gzip(file: File) -> Iterator[Item]:
    data, whole = _gunzipped(file)
    name = PurePath(file.name).name
    ending = PurePath(name).suffix.lower()
    inner = name[: -len(ending)] if ending in {".gz", ".tgz", ".gzip"} else name
    if _is_tar(data[:512]):
        yield from _of_tar(io.BytesIO(data), file, whole=whole)
        return
    if ending == ".tgz" or inner.endswith(".tar"):
        raise ReadError("not an archive, or a damaged one", _COPY_AGAIN)
    if whole or _holds_records(inner, data):
        # A gzip file holds one file, so that needs no name of its own.
        yield from (replace(item, member=None) if item.member == inner else item
                    for item in member_items(file, inner, data))  # fmt: skip
    if not whole:
        yield RawProblem("truncated archive", _COPY_AGAIN)


def _holds_records(name: str, data: bytes) -> bool:
    """Whether a file that is cut off still has whole articles at its beginning."""
    from metoo_research.readers import reader_for

    reader = reader_for(File(name, data))
    return reader is not None and reader.name in {"table", "json"}


def _gunzipped(file: File) -> tuple[bytes, bool]:
    """What a gzip file unpacks to, and whether it is whole."""
    unpacked, taken = bytearray(), 0
    inflate = zlib.decompressobj(31)
    with opened(file) as stream:
        while block := stream.read(_BLOCK):
            while block:
                if inflate.eof:  # one file may be packed in several pieces
                    if not block.startswith(_GZIP):
                        return bytes(unpacked), True
                    inflate = zlib.decompressobj(31)
                try:
                    piece = inflate.decompress(block, _BLOCK)
                except zlib.error:
                    return bytes(unpacked), False
                unpacked += piece
                taken += len(block) - len(inflate.unconsumed_tail) - len(inflate.unused_data)
                file.budget.take(len(piece))
                check_ratio(len(unpacked), taken)
                if len(unpacked) > MOST_BYTES:
                    raise ReadError("unpacks to more than 1 GB", "unpack and split it")
                block = inflate.unconsumed_tail or inflate.unused_data
    return bytes(unpacked), inflate.eof


# --- tar -------------------------------------------------------------------------------------


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _of_tar(stream: IO[bytes], file: File, *, whole: bool = True) -> Iterator[Item]:
    found = 0
    try:
        with tarfile.open(fileobj=stream, mode="r:") as archive:
            for part in archive:
                name = _portable(part.name)
                if part.isdir():
                    continue
                found += 1
                if (refused := _refused(name)) is not None:
                    yield refused
                elif _SYSTEM.search(name):
                    continue
                elif not part.isreg() or part.issparse():
                    reason = "a link or a device, not followed"
                    yield RawProblem(reason, "put the file itself there", member=name)
                else:
                    file.budget.take(part.size)
                    opened_part = archive.extractfile(part)
                    data = opened_part.read() if opened_part else b""
                    if len(data) < part.size:
                        raise tarfile.ReadError("unexpected end of data")
                    yield from member_items(file, name, data)
    except (tarfile.TarError, EOFError, OSError, ValueError):
        whole = False
    if not whole:
        yield RawProblem("truncated or damaged archive", _COPY_AGAIN)
    elif not found:
        raise ReadError("an empty archive", "0 files in it")


def recognises(file: File) -> bool:
    """Whether it is an archive, and neither an Office document nor a web archive (WARC)."""
    head = file.head
    if head.startswith(_ZIP):
        return not is_office(part_names(file))
    if head.startswith(_GZIP):
        try:
            return not zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/")
        except zlib.error:
            return False
    return _is_tar(head)


ARCHIVES = Reader(
    name="archive", endings=(".zip", ".gz", ".tgz", ".tar"), read=read, recognises=recognises
)
