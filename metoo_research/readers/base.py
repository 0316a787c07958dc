"""What every reader takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from metoo_research.errors import ReadError

#: A file beyond this is read by no reader that needs it whole.
MOST_BYTES: Final = 1 << 30
_HEAD: Final = 8_192


@dataclass(frozen=True, slots=True)
class Post:
    """Who wrote an embedded post, and when, as the page says it."""

    author: str | None = None
    handle: str | None = None
    posted: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RawPassage:
    """A part of the text whose kind the file's own structure tells.

    ``start`` and ``end`` count code points of the article's text; passages are in order and do
    not overlap. ``rule`` names what decided ("html_caption"). What no passage covers is left to
    the rules for text; so is a passage of kind "body", as far as rules for bylines, dates,
    notices and the like find one in it.
    """

    start: int
    end: int
    kind: str
    rule: str
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as its file holds it, before labels and the study's facts.

    ``text`` is kept character for character where the file is text; what the file does not say
    is None. ``published`` is in ISO 8601, with the time zone if the file names one.

    Attributes
    ----------
    record
        Which article of its file this is, where it may hold several: "row 12", "document 3".
        The same article has the same record whatever else the file holds.
    member
        The path of its own file inside an archive.
    own_id
        The ``article_id`` that its table gives it.
    reader
        What read it, where that is not its file's reader: that of a member of an archive.
    passages
        What the file's structure tells of the parts; empty where it tells nothing.
    truncated
        Whether the file says that the text is cut short; None where it does not say.
    basis
        Where facts were found, for those that need it: {"published": "JSON-LD datePublished"}.
    notes
        What was done to get at the text: "mojibake repaired".
    """

    text: str
    encoding: str | None = None
    headline: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    record: str | None = None
    member: str | None = None
    own_id: str | None = None
    reader: str | None = None
    passages: tuple[RawPassage, ...] = ()
    truncated: bool | None = None
    basis: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawProblem:
    """A part of a file that did not become an article: what is wrong, and the way out.

    ``counted`` says that it is one of those that its file declares: nothing is missing.
    """

    reason: str
    detail: str = ""
    record: str | None = None
    member: str | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An article that a list names and of which it holds no text: facts alone."""

    headline: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    record: str | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """How many articles a file says it holds, to be compared with what was found."""

    articles: int
    member: str | None = None


Item = RawArticle | RawProblem | Listed | Declared


@dataclass(slots=True)
class Budget:
    """What reading one file on disk may still unpack, so that no archive fills the memory."""

    bytes_left: int = 4 * MOST_BYTES
    files_left: int = 200_000
    depth: int = 3

    def take(self, number: int) -> None:
        """Count unpacked bytes.

        Raises
        ------
        ReadError
            If the file has unpacked more than it may.
        """
        self.bytes_left -= number
        if self.bytes_left < 0:
            raise ReadError("unpacks to too much data", "unpack it yourself, if you trust it")


class File:
    """A file of the corpus, or of an archive in it.

    Parameters
    ----------
    name
        Its name in the corpus, or within its archive.
    content
        Where it is on disk, or its bytes.
    columns
        What ``study.toml`` says of the columns of tables: ours to theirs.
    budget
        What may still be unpacked.
    """

    def __init__(
        self,
        name: str,
        content: Path | bytes,
        *,
        columns: Mapping[Any, str] | None = None,
        budget: Budget | None = None,
    ) -> None:
        self.name = name
        self.columns: dict[str, str] = dict(columns or {})
        self.budget = budget or Budget()
        self._content = content
        self._head: bytes | None = None

    @property
    def path(self) -> Path | None:
        """Where it is on disk; None inside an archive."""
        return self._content if isinstance(self._content, Path) else None

    @property
    def head(self) -> bytes:
        """The first bytes, by which a format is known."""
        if self._head is None:
            if isinstance(self._content, bytes):
                self._head = self._content[:_HEAD]
            else:
                with self._content.open("rb") as opened:
                    self._head = opened.read(_HEAD)
        return self._head

    @property
    def data(self) -> bytes:
        """All bytes; not kept, so ask once.

        Raises
        ------
        ReadError
            If they are too many.
        """
        if isinstance(self._content, bytes):
            return self._content
        if self._content.stat().st_size > MOST_BYTES:
            raise ReadError(
                f"too large ({self._content.stat().st_size / MOST_BYTES:.1f} GB)",
                "split it, or name the articles' own files",
            )
        return self._content.read_bytes()

    @property
    def sha256(self) -> str:
        """Fingerprint of the bytes."""
        if isinstance(self._content, bytes):
            return sha256(self._content).hexdigest()
        digest = sha256()
        with self._content.open("rb") as opened:
            while block := opened.read(1 << 20):
                digest.update(block)
        return digest.hexdigest()


def never(file: File) -> bool:
    """Recognise nothing: the reader goes by the file's ending alone."""
    return False


@dataclass(frozen=True, slots=True)
class Reader:
    """A family of formats: its name, its endings, and how a file becomes articles.

    ``read`` gives what the file holds, one item after another, or raises
    :class:`~metoo_research.errors.ReadError` with a reason a researcher understands.
    ``recognises`` says from a file's first bytes that it is of this family, whatever its ending
    says; it must be sure, and quick.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[File], Iterable[Item]]
    recognises: Callable[[File], bool] = never
