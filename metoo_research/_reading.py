"""What comes of one file: rows for articles, their passages, and problems."""

from __future__ import annotations

import re
import stat
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from metoo_research._language import is_other, language_name, language_of
from metoo_research._text_facts import facts_in_text
from metoo_research.errors import ReadError
from metoo_research.passage_rules import Line
from metoo_research.passage_rules.outlets import names_outlet
from metoo_research.passages import label_text
from metoo_research.readers import (
    Declared,
    File,
    Item,
    Listed,
    RawArticle,
    RawProblem,
    read_items,
    reader_for,
)
from metoo_research.study import STUDY_FILE, ArticleFacts, Study

#: No article is longer; a book or a log file is.
MOST_CHARACTERS: Final = 50_000_000

#: ``source_file``, ``reason``, ``detail``, ``record``
Problem = tuple[str, str, str, str | None]


@dataclass(slots=True)
class FileRead:
    """What has come of one file so far."""

    source: str
    sha256: str = ""
    reader: str = ""
    articles: list[dict[str, Any]] = field(default_factory=list)
    passages: list[list[Line]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    listed: list[dict[str, Any]] = field(default_factory=list)
    _declared: dict[str | None, int] = field(default_factory=dict)
    _found: Counter[str | None] = field(default_factory=Counter)

    def add(self, item: Item, facts: ArticleFacts, study: Study) -> None:
        """Add an article, a problem, a listed article, or a number that the file declares."""
        if isinstance(item, Declared):
            self._declared[item.member] = item.articles
            return
        record = _record(item.member, item.record)
        if isinstance(item, RawProblem):
            self.say(item.reason, item.detail, record)
            self._found[item.member] += item.counted
            return
        if isinstance(item, Listed):
            self.listed.append(
                _listing(item, study) | {"source_file": self.source, "record": record}
            )
            return
        self._found[item.member] += 1
        if len(item.text) > MOST_CHARACTERS:
            reason = f"no article: {len(item.text):,} characters"
            self.say(reason, "split it into articles", record)
            return
        if why := _no_article(item.text):
            self.say("not an article", why, record)
            return
        lines = label_text(item.text, item.passages, switched_off=study.passages.switched_off)
        row = _describe(item, lines, facts, study)
        body = "\n".join(line.text for line in lines if line.kind == "body")
        language = _Language.of(body or item.text, item, facts, study)
        row |= {"language": language.code}
        for name, said in (("basis", language.basis), ("notes", language.note)):
            row[name] = "; ".join(filter(None, (row[name], said))) or None
        if language.note:
            detail = f"{language.note}; kept as an article: {_way_out(self.source)}"
            self.say("language other than expected", detail, record)
        of_file = {
            "source_file": self.source, "sha256": self.sha256,
            "reader": item.reader or self.reader,
            "record": record, "place": _place(self.source, record, item),
            "own_id": item.own_id,
        }  # fmt: skip
        self.articles.append(row | of_file)
        self.passages.append(lines)

    def say(self, reason: str, detail: str, record: str | None = None) -> None:
        """Add a problem."""
        self.problems.append((self.source, reason, detail, record))

    def close(self) -> None:
        """Compare what was declared with what was found; leave no file without a row."""
        for member, declared in self._declared.items():
            found = self._found[member]
            if found != declared:
                reason = f"says it holds {declared:,} articles, {found:,} were found"
                self.say(reason, "compare it with the database's own list", member)
        if not self.articles and not self.problems:
            self.say("holds no article", "take it out, or copy it again from its source")


def read_file(source: str, path: Path, facts: ArticleFacts, study: Study) -> FileRead:
    """Read a file; whatever is wrong with it becomes a row in its problems.

    Parameters
    ----------
    source
        Its name in the corpus.
    path
        Where it is.
    facts
        What the study says of it.
    study
        The study.
    """
    read = FileRead(source)
    try:
        _fill(read, File(source, path, columns=study.columns), facts, study)
    except ReadError as error:
        read.say(error.reason, error.detail)
    except FileNotFoundError as error:
        gone = "it is gone since the folder was listed"
        why = error.strerror if path.is_symlink() else gone
        read.say(f"cannot be opened ({why})", "copy it again from its source")
    except OSError as error:
        why = error.strerror or str(error)
        read.say(f"cannot be opened ({why})", "check the file and its permissions")
    except MemoryError:
        read.say("needs more memory than there is", "split it")
    except Exception as error:  # one bad file never stops a read
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        read.say("its reader failed", f"{said}; save it in another format")
    read.close()
    return read


def _fill(read: FileRead, file: File, facts: ArticleFacts, study: Study) -> None:
    # A named pipe would be waited for without end.
    if file.path is not None and not stat.S_ISREG(file.path.stat().st_mode):
        raise ReadError("not a regular file", "put the article itself there")
    read.sha256 = file.sha256
    reader = reader_for(file)
    read.reader = reader.name if reader else ""
    for item in read_items(file):
        read.add(item, facts, study)


def _record(member: str | None, record: str | None) -> str | None:
    """Where in its file an article is: the name within an archive, the record in that."""
    return "#".join(filter(None, (member, record))) or None


def _place(source: str, record: str | None, item: RawArticle) -> str:
    return f"{source}{'/' if item.member else '#'}{record}" if record else source


def _way_out(source: str) -> str:
    return f'take it out, or name its language under [articles."{source}"] in {STUDY_FILE}'


# --- what is no article ----------------------------------------------------------------------

_LONGEST_ERROR_PAGE: Final = 80  # words
_ERROR_PAGE = re.compile(
    r"\A\W*(?:error\W+|http\W+)?(?:40[0134]|410|429|50[0234])\W+(?:error\W+)?(?:bad request|"
    r"unauthori[sz]ed|forbidden|not found|page not found|gone|too many requests|internal server"
    r"|bad gateway|service unavailable|gateway time-?out|access denied)"
    r"|\byou don[’']?t have permission to access\b"
    r"|\bthe page you (?:are|were) looking for\b"
    r"|\bverify (?:that )?you(?: are|[’']re) (?:a )?(?:human|not a robot)\b"
    r"|\bchecking (?:your browser|if the site connection is secure)\b"
    r"|\b(?:enable|turn on|allow) (?:javascript|cookies)\b"
    r"|\bjavascript (?:is|must be) (?:disabled|enabled)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_CHARACTERS_OF_A_TABLE: Final = 200
_FEWEST_LETTERS: Final = 0.15


def _no_article(text: str) -> str | None:
    """Say why a text is no article, if that is certain; a short one may be a piece of news."""
    beginning = text[:10_000]
    letters = len(_LETTER.findall(beginning))
    if not letters and not _LETTER.search(text):
        return "no words in it, only numbers or signs"
    signs = len(re.sub(r"\s+", "", beginning))
    if signs >= _FEWEST_CHARACTERS_OF_A_TABLE and letters < _FEWEST_LETTERS * signs:
        return "hardly a letter in it; a table of numbers, or data of a program"
    if len(beginning.split()) <= _LONGEST_ERROR_PAGE and _ERROR_PAGE.search(beginning):
        return "an error or access page that was saved in place of the article; save it again"
    return None


# --- what is known of an article -------------------------------------------------------------


def _describe(
    raw: RawArticle, lines: list[Line], facts: ArticleFacts, study: Study
) -> dict[str, Any]:
    """The article's facts: the study's word first, then the file's, then its passages'."""
    told = facts_in_text(lines)
    body = [line for line in lines if line.kind == "body"]
    cut_off = bool(body) and body[-1].text.endswith(("…", "..."))
    cut_off = cut_off or any(line.rule == "read_more_elsewhere" for line in lines)
    basis, notes = dict(raw.basis), list(raw.notes)
    basis |= {
        name: where
        for name, where in told.basis.items()
        if not (getattr(facts, name) or getattr(raw, name))
    }
    if not (facts.published or raw.published):
        notes += told.notes
    # A newsletter's sender, or what a site's template gives for every page.
    desk = raw.author is not None and names_outlet(raw.author)
    author = (told.author or raw.author) if desk else (raw.author or told.author)
    published, precision = study.moment(
        facts.published or _as_date(raw.published or told.published)
    )
    return {
        "text": raw.text,
        "encoding": raw.encoding,
        "label": facts.label,
        "outlet": facts.outlet or raw.outlet or told.outlet,
        "headline": facts.headline or raw.headline or told.headline,
        "author": facts.author or author,
        "published": published,
        "published_precision": precision,
        "url": facts.url or raw.url or told.url,
        "truncated": cut_off if raw.truncated is None else raw.truncated,
        "basis": "; ".join(f"{name}: {where}" for name, where in basis.items()) or None,
        "notes": "; ".join(notes) or None,
    }


def _listing(item: Listed, study: Study) -> dict[str, Any]:
    """The facts of an article of which there is no text."""
    published, precision = study.moment(_as_date(item.published))
    return {
        "outlet": item.outlet,
        "headline": item.headline,
        "author": item.author,
        "published": published,
        "published_precision": precision,
        "url": item.url,
        "language": item.language,
    }


def _as_date(said: str | None) -> datetime | date | None:
    """A file's date; without a time of day it is no more than a day."""
    if not said:
        return None
    return date.fromisoformat(said) if len(said) <= 10 else datetime.fromisoformat(said)


@dataclass(frozen=True, slots=True)
class _Language:
    """An article's language; what it rests on if that is its words; what is odd about it."""

    code: str | None
    basis: str | None = None
    note: str | None = None

    @classmethod
    def of(cls, text: str, raw: RawArticle, facts: ArticleFacts, study: Study) -> _Language:
        """Decide: the study's word on the article, then its own words, then the file's.

        A page's declared language is often its template's, so words that are clearly of
        another language come before it.
        """
        if facts.language:
            return cls(facts.language)
        expected = study.study.language
        found = language_of(text)
        said = next(
            (
                one
                for one in (raw.language, expected)
                if one and found and not is_other(found, one)
            ),
            None,
        )
        code = said or found or raw.language or expected
        basis = f"language: small words of the text ({found})" if found and not said else None
        note = None
        if expected and code and is_other(code, expected):
            seems = language_name(code)
            note = f"in {seems}, as it seems; {STUDY_FILE} says {expected!r}"
        return cls(code, basis, note)
