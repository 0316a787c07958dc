"""Exports in the layouts of news databases, with articles of our own, for the tests."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass(frozen=True)
class Made:
    """An article to be written into an export; fields that are None are left out."""

    paragraphs: tuple[str, ...]
    headline: str | None = "Choir members speak about their teacher"
    outlet: str | None = "The Oldtown Gazette"
    author: str | None = "Jo Writer"
    day: date | None = date(2017, 10, 16)
    words: bool = True

    @property
    def count(self) -> int:
        return sum(len(one.split()) for one in self.paragraphs)


SPEAK = Made(
    (
        "Eleven women have told this newspaper what happened at the music school.",
        "The school's board said on Monday that it had read 1,200 messages in two days and "
        "would answer each of them, whatever the outcome of the inquiry.",
        "A hearing is planned.",
    )
)
REPLY = Made(
    (
        "The teacher's lawyer did not reply to letters.",
        "“We waited for years,” one woman said.",
    ),
    headline="No answer from the school",
    outlet="Newtown Post",
    author=None,
    day=date(2017, 11, 3),
)


def number_of(index: int, day: date | None) -> str:
    """A Factiva document number: source, day, and what tells it from others."""
    when = day or date(2017, 1, 1)
    return f"OLDGAZ00{when:%Y%m%d}edag{index:05d}"


def _long_date(day: date, *, weekday: bool = True) -> str:
    said = f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"{said} {_DAYS[day.weekday()]}" if weekday else said


def _day_first(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _centred(line: str) -> str:
    return line.center(78).rstrip()


# --------------------------------------------------------------------------- LexisNexis


def nexis_classic(made: Sequence[Made], *, total: int | None = None, cover: bool = True) -> str:
    """The text file with "1 of 100 DOCUMENTS": lines of 78 characters, fields in capitals."""
    total = total or len(made)
    lines: list[str] = []
    if cover:
        lines += [
            "", f"Download Request: Selected Items: 1-{total}",
            "Time Of Request: Friday, March 20, 2020  16:51:31", "", "Send To:",
            "OLDTOWN UNIVERSITY LIBRARY", "", "Terms: (choir and school)", "",
            "Source: All News", "Project ID: None", "", "",
        ]  # fmt: skip
    for number, one in enumerate(made, 1):
        lines += [_centred(f"{number} of {total} DOCUMENTS"), "", "", ""]
        lines += [_centred(one.outlet), ""] if one.outlet else []
        lines += [_centred(_long_date(one.day)), ""] if one.day else []
        lines += [*textwrap.wrap(one.headline, 78), ""] if one.headline else []
        lines += [f"BYLINE: {one.author}", ""] if one.author else []
        lines += ["SECTION: NEWS; Pg. 4", ""]
        lines += [f"LENGTH: {one.count} words", ""] if one.words else []
        for paragraph in one.paragraphs:
            lines += [*textwrap.wrap(paragraph, 78, break_long_words=False), ""]
        lines += ["LOAD-DATE: October 20, 2017", "", "LANGUAGE: ENGLISH", ""]
        lines += ["PUBLICATION-TYPE: Newspaper", "", ""]
        lines += [_centred(f"Copyright 2017 {one.outlet or 'Oldtown'} Ltd")]
        lines += [_centred("All Rights Reserved"), ""]
    return "\n".join(lines)


def nexis_page(made: Sequence[Made]) -> str:
    """The page of the same layout: a DIV a field, records hidden in comments."""
    parts = [
        '<HTML>\n<HEAD>\n<STYLE TYPE="text/css"><!--\n.c0 { color: red; }\n--></STYLE>\n'
        f'<!-- LXNComment 1827:1 -->\n<TITLE>&nbsp;</TITLE>\n<META TOPIC="null" '
        f'DOCUMENTS="{len(made)}" UPDATED="Saturday, October 21, 2017" /></HEAD>\n<BODY>\n'
    ]

    def field(*spans: str, tag: str = "P") -> str:
        inner = "".join(f'<SPAN CLASS="c2">{escape(span)}</SPAN>' for span in spans)
        return f'<BR><DIV CLASS="c5"><{tag} CLASS="c6">{inner}</{tag}>\n</DIV>\n'

    for number, one in enumerate(made, 1):
        parts.append("<!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\n")
        parts.append(field(f"{number} of {len(made)} DOCUMENTS"))
        parts.append(field(one.outlet) if one.outlet else "")
        if one.day:  # a searched word is a span of its own
            month, _, rest = _long_date(one.day).partition(" ")
            parts.append(field(month, f" {rest}"))
        parts.append(field(one.headline) if one.headline else "")
        parts.append(field("BYLINE: ", one.author) if one.author else "")
        parts.append(field("LENGTH: ", f"{one.count} words") if one.words else "")
        inner = "".join(
            f'<P CLASS="c9"><SPAN CLASS="c2">{escape(p)}</SPAN></P>\n' for p in one.paragraphs
        )
        parts.append(f'<BR><DIV CLASS="c5">{inner}</DIV>\n')
        parts.append(field("LOAD-DATE: ", "October 20, 2017") + field("LANGUAGE: ", "ENGLISH"))
        parts.append(field("PUBLICATION-TYPE: ", "Newspaper"))
        parts.append(
            f'<BR><DIV CLASS="c0"><P CLASS="c1">Copyright 2017 {escape(one.outlet or "")}<BR>'
            "All Rights Reserved</P>\n</DIV>\n<!-- Hide XML section from browser\n</DOCFULL>\n"
            "</DOC> -->\n"
        )
    return "".join(parts) + "</BODY></HTML>\n"


def nexis_uni(made: Sequence[Made], *, cover: bool = True) -> list[str]:
    """The paragraphs of a Nexis Uni document: its cover, "Body", "End of Document"."""
    lines: list[str] = []
    if cover:
        lines += [
            "User Name: Jo Student", "Date and Time: Tuesday, March 10, 2020 5:14:00PM EDT",
            "Job Number: 112233445", f"Documents ({len(made)})",
        ]  # fmt: skip
        for number, one in enumerate(made, 1):
            lines += [
                f"{number}. {one.headline or 'No Headline In Original'}",
                "Client/Matter: -None-", "Search Terms: choir AND school",
                "Search Type: Terms and Connectors", "Narrowed by:", "Content Type",
                "Narrowed by", "News", "-None-",
            ]  # fmt: skip
        lines += ["About LexisNexis | Privacy Policy | Terms & Conditions | Copyright © 2020"]
    for one in made:
        lines += ["", one.headline or "No Headline In Original"]
        lines += [one.outlet] if one.outlet else []
        lines += [_long_date(one.day), "Late Edition - Final"] if one.day else []
        lines += ["", f"Copyright 2017 {one.outlet or 'Oldtown'} All Rights Reserved"]
        lines += ["Section:\u00a0NEWS; Pg. 4"]
        lines += [f"Length:\u00a0{one.count} words"] if one.words else []
        lines += [f"Byline:\u00a0By {one.author}"] if one.author else []
        lines += ["Body", "", *one.paragraphs, "", "Classification", ""]
        lines += ["Language:\u00a0ENGLISH", "Publication-Type:\u00a0Newspaper"]
        lines += [
            "Subject:\u00a0MUSIC (90%); SCHOOLS (75%)",
            "Load-Date:\u00a0October 20, 2017",
        ]
        lines += ["", "End of Document", ""]
    return lines


# --------------------------------------------------------------------------- Factiva


def factiva_displayed(made: Sequence[Made], *, summary: bool = True) -> list[str]:
    """The paragraphs of Factiva's articles as displayed, without field codes."""
    lines: list[str] = []
    for index, one in enumerate(made, 1):
        lines += ["News", one.headline] if one.headline else []
        lines += [f"By {one.author}"] if one.author else []
        lines += [f"{one.count} words"]
        lines += [_day_first(one.day)] if one.day else []
        lines += [one.outlet, "OLDGAZ"] if one.outlet else []
        lines += ["4", "English", "© 2017 Oldtown Media. All rights reserved.", ""]
        for paragraph in one.paragraphs:
            lines += [paragraph, ""]
        lines += [f"Document {number_of(index, one.day)}", ""]
        lines += [f"Page {index} of {len(made)} © 2018 Factiva, Inc. All rights reserved.", ""]
    if summary:
        lines += ["Search Summary", "Text", "choir AND school", "Results Found", "1,204"]
    return lines


def factiva_coded(made: Sequence[Made], *, between: str = "\t") -> list[str]:
    """The same with the codes of the fields, as "Full Article plus Indexing" gives them."""
    lines: list[str] = []
    for index, one in enumerate(made, 1):

        def field(code: str, value: str | None) -> list[str]:
            return [f"{code}{between}{value}"] if value else []

        lines += field("SE", "News") + field("HD", one.headline)
        lines += field("BY", f"By {one.author}" if one.author else None)
        lines += field("WC", f"{one.count} words" if one.words else None)
        lines += field("PD", _day_first(one.day) if one.day else None)
        lines += field("SN", one.outlet) + field("SC", "OLDGAZ") + field("LA", "English")
        lines += field("CY", "© 2017 Oldtown Media.")
        first, *others = one.paragraphs
        lines += field("LP", first)
        if others:
            lines += field("TD", others[0])
            for paragraph in others[1:]:
                lines += ["", paragraph]
        lines += field("NS", "gedu : Education | gcrim : Crime") + field("RE", "uk : Oldtown")
        lines += field("PUB", "Oldtown Media")
        lines += [f"AN{between}Document {number_of(index, one.day)}", ""]
    return lines


def factiva_page(made: Sequence[Made], *, coded: bool = False) -> str:
    """The page: a div for each article, with the headline in a span of its own."""
    parts = [
        "<!DOCTYPE html>\n<html><head><title>Factiva</title><style>"
        + ".x{color:red}" * 2_000
        + '</style></head><body><div id="page">'
    ]
    for index, one in enumerate(made, 1):
        parts.append(f'<div id="a{index}"><div class="article enArticle">')
        if coded:
            rows = [line.split("\t", 1) for line in factiva_coded([one]) if "\t" in line]
            rows = [row for row in rows if row[0] not in {"LP", "TD", "AN"}]
            first, *others = one.paragraphs
            rows += [
                ["LP", f"<p class='articleParagraph enarticleParagraph'>{escape(first)}</p>"]
            ]
            told = "".join(
                f"<p class='articleParagraph enarticleParagraph'>{escape(p)}</p>\n"
                for p in others
            )
            rows += [["TD", told]] if others else []
            rows += [["AN", f"Document {number_of(index, one.day)}"]]
            order = "SE HD BY WC PD SN SC LA CY LP TD NS RE PUB AN".split()
            rows.sort(key=lambda row: order.index(row[0]))
            parts.append("<table>")
            for code, value in rows:
                said = value if value.startswith("<p") else escape(value)
                parts.append(f"<tr><td><b>{code}</b>&nbsp;</td><td>{said}</td></tr>\n")
            parts.append("</table>")
        else:
            if one.headline:
                parts.append(
                    f'<div id="hd"><span class="enHeadline">{escape(one.headline)}</span></div>'
                )
            parts.append(
                f'<div class="author">By {escape(one.author)}</div>' if one.author else ""
            )
            parts.append(f"<div>{one.count} words</div>")
            parts.append(f"<div>{_day_first(one.day)}</div>" if one.day else "")
            if one.outlet:
                parts.append(f"<div>{escape(one.outlet)}</div><div>OLDGAZ</div>")
            parts.append(
                "<div>English</div><div>© 2017 Oldtown Media. All rights reserved.</div>"
            )
            parts += [
                f'<p class="articleParagraph enarticleParagraph">{escape(paragraph)}</p>'
                for paragraph in one.paragraphs
            ]
            parts.append(f"<p>Document {number_of(index, one.day)}</p>")
        parts.append("</div></div>")
    return "".join(parts) + "</div></body></html>"


# --------------------------------------------------------------------------- ProQuest


def proquest_text(made: Sequence[Made], *, first_id: int = 195_100_000) -> str:
    """The text file: records between lines of underscores, one named field a paragraph."""
    rule = "_" * 60
    parts = [f"\n{rule}\n\nReport Information from ProQuest 17 October 2020 12:00\n\n{rule}\n"]
    for index, one in enumerate(made, 1):
        fields = [f"Document {index} of {len(made)}"]
        fields += [one.headline] if one.headline else []
        fields += [f"Author: {one.author}"] if one.author else []
        fields += ["Abstract: Women speak about a school."]
        fields += ["Links: http://library.example/resolve"]
        fields += [f"Full text: {one.paragraphs[0]}", *one.paragraphs[1:]]
        fields += ["Subject: Music; Schools", "Location: Oldtown"]
        fields += [f"Title: {one.headline}"] if one.headline else []
        fields += [f"Publication title: {one.outlet}; Oldtown"] if one.outlet else []
        fields += ["Pages: 4", f"Publication year: {one.day.year if one.day else 2017}"]
        if one.day:
            month = _MONTHS[one.day.month - 1][:3]
            fields += [f"Publication date: {month} {one.day.day}, {one.day.year}"]
        fields += ["Language of publication: English", "Document type: News"]
        fields += [f"ProQuest document ID: {first_id + index}"]
        fields += [f"Document URL: https://search.proquest.com/docview/{first_id + index}"]
        fields += ["Copyright: (c) 2017 Oldtown Media", "Database: Global Newsstream"]
        parts.append("\n" + "\n\n".join(fields) + f"\n\n{rule}\n")
    parts.append("\nContact us at: https://support.example/proquest\n\n")
    parts.append("Database copyright © 2020 ProQuest LLC. All rights reserved.\n")
    return "".join(parts)


def proquest_page(made: Sequence[Made], *, first_id: int = 195_100_000) -> str:
    """The page: a div for each record, the names of fields in bold."""
    parts = ["<html><head><title>ProQuest</title></head><body>"]
    for index, one in enumerate(made, 1):
        parts.append(f'<div style="margin-bottom:20px"><a name="DocID_{first_id + index}"></a>')
        parts.append(f"<p style='font-weight:bold;'>{escape(one.headline or '')}</p>")

        def field(name: str, value: str | None) -> str:
            return f"<p><strong>{name}:  </strong>{escape(value)}</p>\n" if value else ""

        parts.append(field("Author", one.author))
        parts.append(
            '<p><a href="https://search.proquest.com/docview/1">ProQuest document link</a></p>'
        )
        parts.append(field("Abstract", "Women speak about a school."))
        text = "".join(f"<p>{escape(p)}</p>" for p in one.paragraphs)
        parts.append(f'<p><strong>Full text: </strong><text wordcount="9">{text}</text></p>')
        parts.append(field("Subject", "Music; Schools") + field("Title", one.headline))
        parts.append(field("Publication title", one.outlet and f"{one.outlet}; Oldtown"))
        parts.append(
            field("Publication date", _long_date(one.day, weekday=False) if one.day else None)
        )
        parts.append(field("Language of publication", "English"))
        parts.append(field("ProQuest document ID", str(first_id + index)))
        parts.append(field("Database", "Global Newsstream") + "</div>")
    return "".join(parts) + "</body></html>"


# --------------------------------------------------------------------------- Europresse

_MOIS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
_JOURS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()


def europresse_page(made: Sequence[Made]) -> str:
    """The page: an article element for each document."""
    parts = [
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Europresse</title></head>'
        "<body>"
        f'<div class="cover"><h1>Documents sauvegardés</h1><p>{len(made)} documents</p></div>'
    ]
    for index, one in enumerate(made, 1):
        day = one.day
        parts.append("<article><header>")
        if one.outlet:
            parts.append(
                '<div class="rdp__DocPublicationName"><span class="DocPublicationName">'
                f"{escape(one.outlet)}, no. 22670</span></div>"
            )
        said = (
            f"{_JOURS[day.weekday()]} {day.day} {_MOIS[day.month - 1]} {day.year}"
            if day
            else ""
        )
        counted = f" {one.count} mots" if one.words else ""
        parts.append(f'<span class="DocHeader">Culture, {said}{counted}, p. 4</span>')
        if one.headline:
            parts.append(
                '<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu '
                f'rdp__articletitle">{escape(one.headline)}</p></div>'
            )
        if one.author:
            parts.append(f'<div class="docAuthors">{escape(one.author)}</div>')
        text = "".join(f"<p>{escape(p)}</p>\n" for p in one.paragraphs)
        when = f"{day:%Y%m%d}" if day else "20170101"
        parts.append(
            '</header><section><div class="DocText clearfix"><div class="docOcurrContainer">'
            f"{text}</div></div></section><footer><small>© 2017 Oldtown. Tous droits réservés."
            f"</small><p>Numéro de document : news·{when}·OG·{index}</p></footer></article>"
        )
    return "".join(parts) + "</body></html>"
