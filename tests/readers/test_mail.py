"""E-mails: the subject is the headline, the text the article, attachments are read too."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from damage import damaged, outcomes

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, RawArticle, RawProblem
from metoo_research.readers.mail import read, recognises

BODY = "The harbour stood still for a second day.\n\nNobody could say for how long.\n"


def mail(body: str = BODY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "The Daily Herald <news@herald.example>"
    message["Subject"] = "Cranes stand still – at last"
    message["Date"] = "Tue, 09 Mar 2021 08:30:00 +0100"
    for name, value in headers.items():
        message[name] = value
    message.set_content(body)
    return message


def items(message: EmailMessage | bytes) -> list[RawArticle | RawProblem]:
    data = message if isinstance(message, bytes) else message.as_bytes()
    found = list(read(File("a.eml", data)))
    assert all(isinstance(item, RawArticle | RawProblem) for item in found)
    return found  # type: ignore[return-value]


def test_a_mail_is_an_article() -> None:
    (article,) = items(mail())
    assert article == RawArticle(
        text=BODY,
        encoding="ascii",
        headline="Cranes stand still – at last",
        author="The Daily Herald",
        published="2021-03-09T08:30:00+01:00",
    )


def test_a_mail_sent_on_has_the_facts_of_the_first_one() -> None:
    header = (
        "---------- Forwarded message ---------\nFrom: The Tideline <news@tideline.example>\n"
        "Date: Mon, 8 Mar 2021 at 08:30\nSubject: Cranes stand still\nTo: <ana@a.example>\n\n"
    )
    (article,) = items(mail(header + BODY, Comments="sent on"))
    assert isinstance(article, RawArticle)
    assert (article.headline, article.author) == ("Cranes stand still", "The Tideline")
    assert article.published == "2021-03-08T08:30:00"
    (passage,) = article.passages
    assert article.text[passage.end :].strip() == BODY.strip()


def test_two_lines_like_a_header_are_no_mail_sent_on() -> None:
    (article,) = items(mail(f"From: the harbour\nTo: the town\n\n{BODY}"))
    assert isinstance(article, RawArticle)
    assert (article.author, article.passages) == ("The Daily Herald", ())


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("koi8-r", "koi8-r")],
)
def test_the_charset_that_a_mail_declares_is_heeded(charset: str, encoding: str) -> None:
    said = "Женщины говорят" if charset == "koi8-r" else "Café à Genève"
    data = (
        f"Subject: A\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode() + said.encode(charset)
    (article,) = items(data)
    assert isinstance(article, RawArticle)
    assert (article.text, article.encoding) == (said, encoding)


def test_lines_that_the_mail_program_broke_softly_are_put_together() -> None:
    data = (
        b"Subject: A\r\nContent-Type: text/plain; format=flowed\r\n\r\n"
        b"The harbour \r\nstood still.\r\n\r\nNobody knew.\r\n-- \r\nThe Daily\r\n"
    )
    (article,) = items(data)
    assert isinstance(article, RawArticle)
    assert article.text == (
        "The harbour stood still.\r\n\r\nNobody knew.\r\n-- \r\nThe Daily\r\n"
    )


def test_of_two_forms_of_a_text_the_plain_one_is_taken() -> None:
    message = mail()
    message.add_alternative(f"<p>{BODY}</p>", subtype="html")
    (article,) = items(message)
    assert isinstance(article, RawArticle)
    assert article.text == BODY


def test_attached_articles_are_members_and_pictures_are_told() -> None:
    message = mail()
    message.add_attachment(b"Words of it", "application", "octet-stream", filename="one.txt")
    message.add_attachment(b"\x89PNG\r\n", "image", "png", filename="logo.png")
    article, attached = items(message)
    assert isinstance(article, RawArticle)
    assert isinstance(attached, RawArticle)
    assert article.notes == ("attached, not read: logo.png",)
    assert (attached.member, attached.text) == ("one.txt", "Words of it")


def test_mails_in_a_mail_are_members() -> None:
    digest = mail("Two mails follow.\n")
    digest.add_attachment(mail("Words of one\n"))
    digest.add_attachment(mail("Words of two\n"))
    found = items(digest)
    assert [(item.member, item.text) for item in found if isinstance(item, RawArticle)] == [
        (None, "Two mails follow.\n"),
        ("mail 1", "Words of one\n"),
        ("mail 2", "Words of two\n"),
    ]


def test_a_header_in_bytes_of_no_named_encoding_is_read() -> None:
    (article,) = items("Subject: Café fermé\r\nDate: soon\r\n\r\nWords here\r\n".encode())
    assert isinstance(article, RawArticle)
    assert (article.headline, article.published) == ("Café fermé", None)


def test_a_mail_is_known_by_its_header() -> None:
    assert recognises(File("a.txt", b"Message-ID: <1@x>\r\nFrom: x@example.org\r\n\r\nWords"))
    assert not recognises(File("a.txt", b"From: Our reporter\nSubject: the port\n\nWords"))
    saved = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nSubject: A\r\n\r\n"
    assert not recognises(File("a.mhtml", saved))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty file"),
        (b"Words without a header", "not an e-mail"),
        (b"Subject: A\r\n\r\n", "an e-mail without text"),
        (b"Subject: A\r\n\r\n" + b"boundary=" * 3_000, "more parts than any mail has"),
    ],
)
def test_what_is_no_mail_has_a_reason(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        items(data)


def test_parts_within_parts_without_end_are_refused() -> None:
    data = b"Subject: A\r\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(500)
    )
    with pytest.raises(ReadError):
        items(data)


def test_a_damaged_mail_ends_in_articles_and_plain_reasons() -> None:
    message = mail(To="Ana Ruiz <ana@example.org>")
    message.add_attachment("Wörter davon".encode(), "text", "plain", filename="ä.txt")
    message.add_attachment(mail("Words of two\n"))
    found = outcomes(read, damaged(message.as_bytes(), 1_500, seed=20171015))
    assert sum(found.values()) == 1_500
    assert found["read"] > 1_000


def test_a_newsletter_whose_plain_part_only_points_elsewhere_is_read_from_its_html() -> None:
    message = mail("See https://herald.example/9\n")
    paragraphs = "".join(
        f"<p>The harbour stood still for day {n}, they said.</p>" for n in range(9)
    )
    page = (
        f"<html><head><style>{'p{} ' * 99}</style></head><body><article>{paragraphs}</article>"
    )
    message.add_alternative(page, subtype="html")
    (article,) = items(message)
    assert isinstance(article, RawArticle)
    assert "The harbour stood still for day 8, they said." in article.text
    assert "p{}" not in article.text
    assert article.headline == "Cranes stand still – at last"
    assert article.notes[-1] == "text from the HTML of the mail"
