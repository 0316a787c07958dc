"""E-mails: newsletters and articles sent on, with what is attached to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from pathlib import PurePath
from typing import Any, Final

from metoo_research.errors import ReadError
from metoo_research.readers.archives import member_items
from metoo_research.readers.base import File, Item, RawArticle, RawPassage, Reader
from metoo_research.readers.encoding import decode
from metoo_research.readers.mojibake import repair
from metoo_research.readers.safely import safely
from metoo_research.readers.tables_cells import as_fact, cleaned
from metoo_research.readers.tables_dates import to_iso

_MOST_PARTS: Final = 1_000
_DEEPEST: Final = 20
_MOST_BOUNDARIES: Final = 2_000
_HEADERS: Final = ("From", "Date", "Subject", "To", "Message-ID", "Received", "MIME-Version")
_OF_A_MAIL: Final = re.compile(
    rb"^(?:Message-ID|Received|MIME-Version|Delivered-To):", re.I | re.M
)
_A_HEADER: Final = re.compile(rb"(?:From [^\n]+\n)?[A-Za-z][A-Za-z-]{1,60}:[ \t\r\n]")
_SAVED_PAGE: Final = re.compile(rb"^(?:Snapshot-Content-Location|From: <Saved by)", re.I | re.M)
# A plain part that only says where to find the newsletter is no text of it.
_SHARE_OF_HTML: Final = 0.4
_TAG: Final = re.compile(r"<[^<>]*>")
_UNSEEN: Final = re.compile(r"<(?P<end>/?)(?:style|script)\b", re.IGNORECASE)
_SOFT_BREAK: Final = re.compile(r"(?<=[^\r\n] )(?<!^-- )(?<!\n-- )\r?\n(?![>\r\n ])")
# What a mail program puts above a mail that is sent on: a line that says so, and its header.
_SENT_ON: Final = re.compile(
    r"\s*(?:-{2,}[^\n]{3,60}-{2,}\s*|begin forwarded message:\s*|_{5,}\s*)?"
    r"(?:^[> *]*(?:from|date|sent|to|cc|subject|reply-to)\*?:[^\n]*\n\s*){3,}",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD_SENT_ON: Final = re.compile(r"^[> *]*(?P<name>[\w-]+)\*?:\*?\s*(?P<said>[^\r\n]*)", re.M)
_SUBJECT_MARKS: Final = re.compile(r"(?:(?:fwd?|re|wg|aw|tr)\s*:\s*)+", re.IGNORECASE)
_LONGEST_HEADER: Final = 5_000
_COPY_AGAIN: Final = "save it again from the mail program"


@dataclass(slots=True)
class _Parts:
    """What a mail is put together of."""

    plain: list[tuple[str, str]] = field(default_factory=list)
    html: list[tuple[str, str]] = field(default_factory=list)
    attached: list[tuple[str, bytes]] = field(default_factory=list)
    mails: list[Message[Any, Any]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    number: int = 0


def read(file: File) -> Iterator[Item]:
    """Read an e-mail: its text as an article, and what is attached by its own reader.

    The subject is the headline, the sender's name the author, the date is the mail's; of a mail
    that was sent on, those of the first one. Where a
    mail holds its text as plain text and as HTML, the plain one is taken, unless it is much
    shorter. Mails in a digest are members of it.

    Raises
    ------
    ReadError
        If it is no e-mail, or holds no text.
    """
    return safely(_read(file), what="damaged e-mail", way_out=_COPY_AGAIN)


def _read(file: File) -> Iterator[Item]:
    data = file.data
    if not data.strip():
        raise ReadError("empty file", "copy it again from its source")
    if data.count(b"boundary=") > _MOST_BOUNDARIES:
        raise ReadError("an e-mail with more parts than any mail has", _COPY_AGAIN)
    # The newer policy takes minutes for a header of a megabyte, again at each look at it.
    message = BytesParser(policy=policy.compat32).parsebytes(data)
    if not any(name in message for name in _HEADERS):
        raise ReadError("not an e-mail, or without its header", _COPY_AGAIN)
    yield from _items(message, file, depth=0)


def _items(message: Message[Any, Any], file: File, *, depth: int) -> Iterator[Item]:
    parts = _Parts()
    _collect(message, parts, depth)
    found = False
    if (article := _article(parts, file)) is not None:
        found = True
        published = _published(message)
        left_out = ", ".join(parts.left_out)
        whole = replace(
            article,
            headline=_subject(_header(message, "Subject")) or article.headline,
            author=_name(_header(message, "From")) or article.author,
            published=published or article.published,
            language=article.language or _header(message, "Content-Language"),
            notes=(*article.notes, *([f"attached, not read: {left_out}"] if left_out else [])),
        )
        yield _as_first_sent(whole)
    for number, mail in enumerate(parts.mails, start=1):
        for item in _items(mail, file, depth=depth + 1):
            name = f"mail {number}"
            found = True
            yield replace(item, member=f"{name}/{item.member}" if item.member else name)
    for name, data in parts.attached:
        file.budget.take(len(data))
        found = True
        yield from member_items(file, name, data)
    if not found and not depth:
        left_out = (
            f"; attached, not read: {', '.join(parts.left_out)}" if parts.left_out else ""
        )
        raise ReadError("an e-mail without text", f"save what it links to{left_out}")


def _collect(part: Message[Any, Any], parts: _Parts, depth: int) -> None:
    parts.number += 1
    if depth > _DEEPEST or parts.number > _MOST_PARTS:
        raise ReadError("an e-mail with more parts than any mail has", _COPY_AGAIN)
    kind = part.get_content_type()
    payload = part.get_payload()
    if kind == "message/rfc822" and isinstance(payload, list):
        parts.mails += [one for one in payload if isinstance(one, Message)]
        return
    if isinstance(payload, list):
        for one in payload:
            if isinstance(one, Message):
                _collect(one, parts, depth + 1)
        return
    name = _file_name(part)
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return
    attached = name is not None and part.get_content_disposition() != "inline"
    if kind in {"text/plain", "text/html"} and not attached:
        try:
            text, encoding = decode(data, declared=_charset(part))
        except ReadError as error:
            parts.left_out.append(f"{kind}: {error.reason}")
            return
        if kind == "text/plain" and str(part.get_param("format", "")).lower() == "flowed":
            text = _SOFT_BREAK.sub("", text)
        (parts.plain if kind == "text/plain" else parts.html).append((text, encoding))
    elif name is not None and _is_read(name, data):
        parts.attached.append((name, data))
    else:
        parts.left_out.append(name or kind)


def _is_read(name: str, data: bytes) -> bool:
    from metoo_research.readers import reader_for

    return reader_for(File(name, data)) is not None


def _file_name(part: Message[Any, Any]) -> str | None:
    try:
        name = as_fact(_words(part.get_filename() or ""))
    except Exception:  # the parser of headers raises nearly everything on damaged ones
        return None
    return PurePath(name.replace("\\", "/")).name or None if name else None


def _charset(part: Message[Any, Any]) -> str | None:
    try:
        return part.get_content_charset()
    except Exception:  # as above
        return None


def _article(parts: _Parts, file: File) -> RawArticle | None:
    plain = "\n".join(text for text, _ in parts.plain)
    seen = sum(_characters_seen(text) for text, _ in parts.html)
    if plain.strip() and len("".join(plain.split())) >= _SHARE_OF_HTML * seen:
        text, cleaning = cleaned(plain)
        text, repairs = repair(text)
        return RawArticle(text=text, encoding=parts.plain[0][1], notes=(*cleaning, *repairs))
    if seen:
        from metoo_research.readers.html import read as read_html

        # With a mark, so that no declaration within the page is believed instead.
        page = "\n".join(text for text, _ in parts.html).encode("utf-8-sig", "replace")
        items = list(read_html(File(f"{file.name}.html", page)))
        articles = [item for item in items if isinstance(item, RawArticle)]
        if articles:
            notes = (*articles[0].notes, "text from the HTML of the mail")
            return replace(articles[0], encoding=parts.html[0][1], notes=notes)
    return None


def _characters_seen(page: str) -> int:
    """How much text a page shows, roughly."""
    _, *pieces = _UNSEEN.split(f"</style>{page}")
    shown = (piece for end, piece in zip(pieces[::2], pieces[1::2], strict=True) if end)
    return sum(len("".join(_TAG.sub(" ", piece).split())) for piece in shown)


# --- header ----------------------------------------------------------------------------------


def _header(message: Message[Any, Any], name: str) -> str | None:
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return as_fact(_words(str(value)[:_LONGEST_HEADER]))
    return None


def _words(raw: str) -> str:
    """A header's text: encoded words, and bytes beyond ASCII that no encoding is named for."""
    if not raw.isascii():
        data = raw.encode("utf-8", "surrogateescape")
        try:
            raw = data.decode("utf-8")
        except UnicodeDecodeError:
            raw = data.decode("cp1252", "replace")
    try:
        return "".join(
            word if isinstance(word, str) else word.decode(charset or "ascii", "replace")
            for word, charset in decode_header(raw)
        )
    except (LookupError, ValueError, HeaderParseError):  # an encoding that nobody knows
        return raw


def _subject(said: str | None) -> str | None:
    """A subject without what mail programs put before it: "Fwd: …"."""
    return (
        _SUBJECT_MARKS.sub("", said, count=1) if said and _SUBJECT_MARKS.match(said) else said
    )


def _name(said: str | None) -> str | None:
    """The name of a sender, else the address."""
    if not said:
        return None
    found = re.fullmatch(r'\s*"?(?P<name>[^"<]*?)"?\s*<(?P<address>[^<>]*)>\s*', said)
    return (found["name"] or found["address"] or None) if found else said


def _as_first_sent(article: RawArticle) -> RawArticle:
    """The article of a mail that was sent on, with the facts of the first sender's mail.

    Who sent it on, and when, says nothing of the article.
    """
    found = _SENT_ON.match(article.text[:_LONGEST_HEADER])
    if found is None or article.passages or found.end() >= len(article.text.rstrip()):
        return article
    fields = {
        field["name"].lower(): field["said"].strip(" *")
        for field in reversed(list(_FIELD_SENT_ON.finditer(found[0])))
    }
    if "from" not in fields:
        return article
    published = to_iso(fields.get("date") or fields.get("sent"))[0]
    return replace(
        article,
        headline=_subject(fields.get("subject")) or article.headline,
        author=_name(fields["from"]),
        published=published,
        passages=(RawPassage(0, len(found[0].rstrip()), "boilerplate", "mail_sent_on"),),
        notes=(*article.notes, "facts from the header of the mail that was sent on"),
    )


def _published(message: Message[Any, Any]) -> str | None:
    said = _header(message, "Date")
    return to_iso(said)[0] if said else None


def recognises(file: File) -> bool:
    """Whether it begins with the header of an e-mail; saved pages (.mhtml) have another."""
    head = file.head
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return (
        _A_HEADER.match(head) is not None
        and _OF_A_MAIL.search(header) is not None
        and re.search(rb"^(?:From|Subject):", header, re.I | re.M) is not None
        and _SAVED_PAGE.search(header) is None
    )


MAIL = Reader(name="mail", endings=(".eml",), read=read, recognises=recognises)
