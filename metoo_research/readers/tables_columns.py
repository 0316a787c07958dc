"""Which column of a table holds what: by the study's word, else by usual names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from metoo_research.errors import ReadError

Fact = Literal[
    "text", "headline", "author", "published", "outlet", "url", "language", "article_id"
]
FACTS: Final[tuple[Fact, ...]] = get_args(Fact)

# The surest first. Names are compared as `_plain` writes them: "Full Text" is "fulltext".
_NAMES: Final[dict[Fact, str]] = {
    "text": """
        text fulltext articletext bodytext maintext articlebody body content articlecontent
        contenttext fieldsbodytext fieldsbody cleantext rawtext article story storytext
        document transcript
        volltext artikeltext beitragstext inhalt textkorper artikel texte texteintegral contenu
        corps cuerpo textocompleto contenido texto articulo testo testocompleto corpo conteudo
        tekst artikkel brodtext tresc szoveg tekstas metin текст 正文 内容 本文 본문
        """,
    "headline": """
        headline title articletitle headlinemain fieldsheadline webtitle hlead head
        uberschrift schlagzeile titel titre titulo titular titolo titulli rubrik tittel otsikko
        tytul cim nadpis naslov baslik heading subject
        заголовок 标题 標題 題名 제목
        hl hd ti
        """,
    "author": """
        author authors byline bylineoriginal writer creator authorname journalist reporter
        fieldsbyline autor autorin autoren verfasser auteur auteurs autores autore autori
        forfatter forfattare schrijver szerzo yazar автор 作者 by au
        """,
    "published": """
        published publishedat publicationdate publishdate datepublished datepublish pubdate
        webpublicationdate publishedon publishedtime publicationtime datetime date
        dateofpublication pubdatetime articledate seendate timestamp time createdat created
        loaddate day
        datum erscheinungsdatum veroffentlicht veroffentlichungsdatum datedepublication
        datepublication fecha fechadepublicacion data datadipubblicazione dato publicerad
        paivamaara datapublikacji tarih дата 日期 날짜
        pd
        """,
    "outlet": """
        outlet outletname source sourcename sourcetitle publication publicationname
        publicationtitle publisher medianame mediaoutlet media medium newspaper newspapername
        newssource newsoutlet journal magazine paper sourcedomain domain site sitename website
        venue quelle zeitung publikation journalname fuente periodico medio fonte giornale
        testata jornal krant bron tidning kilde zrodlo forras kaynak источник 来源
        sn so
        """,
    "url": """
        url link articleurl weburl sourceurl pageurl href permalink canonicalurl uri
        documentidentifier storyurl newsurl adresse lien enlace ссылка 链接
        """,
    "language": "language lang languagecode sprache langue idioma lingua taal",
    "article_id": """
        articleid docid documentid storiesid storyid recordid id uid uuid guid accessionnumber
        articlenumber
        """,
}
_RANK: Final[dict[Fact, dict[str, int]]] = {
    fact: {name: rank for rank, name in enumerate(names.split())}
    for fact, names in _NAMES.items()
}
#: Words by which a heading of several is known: "Ersch.-Datum", "Link zum Artikel".
_WORDS: Final[dict[Fact, frozenset[str]]] = {
    "published": frozenset("date datum fecha published publicado publie".split()),
    "outlet": frozenset("outlet newspaper zeitung periodico giornale krant".split()),
    "url": frozenset("url link".split()),
    "author": frozenset("author authors autor autorin auteur".split()),
}
#: With these it is the date of something else, or of somebody else.
_OTHER_WORDS: Final = frozenset(
    "access accessed abruf abgerufen retrieved downloaded collected scraped crawled added"
    " import imported export exported coded updated modified birth image img photo bild video"
    " pdf".split()
)
#: Columns that hold a part of an article, never to be taken for the whole unasked.
_PARTS: Final = frozenset(
    "summary abstract description snippet teaser lead leadparagraph excerpt trailtext deck "
    "subtitle standfirst zusammenfassung resume resumen riassunto".split()
)
#: Names that are as often those of numbers or files; what they hold must be more than one word.
_WEAK: Final = frozenset("article document story artikel articulo documento".split())
# Search engines and feeds put records into such a shell; a second column of the same name has
# a number behind it.
_WRAPPING: Final = re.compile(r"^(?:_source|attributes|properties|node|doc|record)\.| \(\d+\)$")
_LONGEST_NAME: Final = 80
#: How much more text one of two columns must hold to be the one with the whole articles.
_TIMES_LONGER: Final = 1.5


@dataclass(slots=True)
class Columns:
    """Which of a table's columns holds which fact, and what was decided about that."""

    of: dict[Fact, str] = field(default_factory=dict)
    #: Several columns that may hold the text; the longest is chosen when the rows are known.
    texts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def find_columns(names: Sequence[str], told: Mapping[str, str]) -> Columns:
    """Find the columns by their names.

    Parameters
    ----------
    names
        The table's headings; of several that are the same, the first counts.
    told
        What ``study.toml`` says under ``[columns]``: ours to theirs. Its word goes first.

    Raises
    ------
    ReadError
        If the column that the study names for the text is not there, nor one with a usual name.
    """
    plain = {name: _plain(name) for name in reversed(names)}
    found = Columns()
    for fact in FACTS:
        if fact in told and (named := _named(told[fact], plain)) is not None:
            found.of[fact] = named
    for fact in FACTS:
        if fact in found.of:
            continue
        ranks = _RANK[fact]
        by_rank = sorted(
            (ranks[short], names.index(name), name)
            for name, short in plain.items()
            if short in ranks and name not in found.of.values()
        )
        if by_rank and fact == "text":
            found.texts = tuple(name for _, _, name in by_rank)
        elif by_rank:
            found.of[fact] = by_rank[0][2]
    taken = {*found.of.values(), *found.texts}
    for fact, words in _WORDS.items():
        if fact not in found.of:
            worded = [name for name in names if name not in taken and _has_one(name, words)]
            if len(worded) == 1:
                found.of[fact] = worded[0]
                taken.add(worded[0])
                found.notes += (f"{fact} from column {worded[0]!r}",)
    if "text" in told and "text" not in found.of:
        missing = f"no column {told['text']!r}, which [columns] in study.toml names"
        if not found.texts:
            raise ReadError(missing, f"columns: {_listed(names)}")
        found.notes += (missing,)
    taken = {*found.of.values(), *found.texts}
    found.parts = tuple(n for n in names if plain[n] in _PARTS and n not in taken)
    return found


def header_row(rows: Sequence[Sequence[str]], told: Mapping[str, str]) -> int:
    """Find the row with the headings, among a table's first ones; some have lines before it.

    That is the one with the most usual names, at least two; else the first.
    """
    known = [known_names(row, told) for row in rows]
    best = max(range(len(rows)), key=lambda at: (known[at], -at), default=0)
    return best if rows and known[best] > 1 else 0


def known_names(names: Sequence[str], told: Mapping[str, str]) -> int:
    """Count what the names of columns tell: facts by usual names, or by the study's."""
    plain = {_plain(name) for name in names}
    named = sum(_plain(name) in plain for name in told.values())
    return named + sum(not plain.isdisjoint(ranks) for ranks in _RANK.values())


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Make column names of the cells of a heading: none empty, no two the same."""
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\0", "").split()) or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return tuple(names)


def choose_text(columns: Columns, lengths: Mapping[str, int], *, alike: bool) -> None:
    """Choose the column with the whole texts, where several may hold them.

    Parameters
    ----------
    columns
        Changed in place: ``of["text"]`` is set, unless no column can hold texts.
    lengths
        How many characters each of ``columns.texts`` holds, all rows together, in cells of
        more than one word.
    alike
        Whether they hold the same in every row.

    Raises
    ------
    ReadError
        If two hold about as much.
    """
    if "text" in columns.of:
        return
    may = [name for name in columns.texts if lengths[name] or _plain(name) not in _WEAK]
    if not may:
        return
    best, *others = sorted(
        [name for name in may if lengths[name]] or may[:1], key=lambda name: -lengths[name]
    )
    if others and not alike and lengths[best] < _TIMES_LONGER * lengths[others[0]]:
        raise ReadError(
            f"two columns may hold the text: {best!r} and {others[0]!r}",
            f'name one in study.toml: [columns], text = "{best}"',
        )
    columns.of["text"] = may[0] if alike else best
    if others and not alike:
        told = f"text from column {best!r}, the longest of {_listed(columns.texts)}"
        columns.notes = (*columns.notes, told)


def is_article_id(name: str | None, told: Mapping[str, str]) -> bool:
    """Whether a column is called ``article_id``, or the study says that it is that."""
    if name is None:
        return False
    return _plain(name) == "articleid" or _plain(told.get("article_id", "")) == _plain(name)


def no_text(names: Sequence[str], columns: Columns) -> ReadError:
    """Make the error for a table without a column of texts."""
    way_out = 'name it in study.toml: [columns], text = "…"'
    if columns.parts:
        return ReadError(
            f"no column with whole texts, only {_listed(columns.parts)}",
            f"if that is what you want to study, {way_out}",
        )
    return ReadError(
        "a table without a column of texts", f"{way_out}; columns: {_listed(names)}"
    )


def _listed(names: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(
        repr(name if len(name) <= 40 else f"{name[:39]}…") for name in names[:most]
    )
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")


def _named(theirs: str, plain: Mapping[str, str]) -> str | None:
    if theirs in plain:
        return theirs
    return next((name for name, short in plain.items() if short == _plain(theirs)), None)


def _has_one(name: str, words: frozenset[str]) -> bool:
    found = {_plain(word) for word in re.findall(r"[^\W\d_]+", name[:_LONGEST_NAME])}
    return not words.isdisjoint(found) and _OTHER_WORDS.isdisjoint(found)


def _plain(name: str) -> str:
    """A heading without case, accents, spaces and signs, and without what only wraps it."""
    if len(name) > _LONGEST_NAME:  # a text, which would take its time
        return name
    letters = unicodedata.normalize("NFKD", _WRAPPING.sub("", name).casefold())
    return "".join(char for char in letters if char.isalnum())
