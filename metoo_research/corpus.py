"""Walking a folder, choosing the reader, and the corpus: articles and problems.

One bad file never stops a read and never vanishes: it has a row in ``problems``.
"""

from __future__ import annotations

import difflib
import html
import re
import stat
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pandas as pd

from metoo_research._files import existing_roots, walk
from metoo_research._names import article_ids, labels
from metoo_research.errors import CorpusError, ReadError, StudyError, TableError
from metoo_research.passage_rules import Line
from metoo_research.passages import check_rule_names, label_text, passages_table
from metoo_research.progress import tracked
from metoo_research.readers import (
    Declared,
    File,
    Item,
    RawArticle,
    RawProblem,
    endings_read,
    read_items,
    reader_for,
)
from metoo_research.shown import show
from metoo_research.study import STUDY_FILE, ArticleFacts, Study, line_of_article, read_study

ARTICLE_COLUMNS = (
    "article_id",
    "label",
    "outlet",
    "headline",
    "author",
    "published",
    "published_precision",
    "url",
    "language",
    "source_file",
    "sha256",
    "reader",
    "encoding",
    "truncated",
    "duplicate_of",
    "basis",
    "notes",
    "text",
)
PROBLEM_COLUMNS = ("source_file", "reason", "detail")

#: No article is longer; a book or a log file is.
MOST_CHARACTERS = 50_000_000
# Above this, looking for similar names would take longer than reading the articles.
_MOST_SUGGESTIONS = 20


@dataclass(frozen=True, eq=False)
class Corpus:
    """The articles of a study and everything that did not become one.

    Attributes
    ----------
    articles
        One row per article; columns in :data:`ARTICLE_COLUMNS`.
    passages
        The labelled parts of all articles, as
        :func:`~metoo_research.passages.label_passages` gives them.
    problems
        One row per file that did not become an article, and per article that ``study.toml``
        names though there is none: ``source_file``, ``reason``, ``detail``.
    study
        What ``study.toml`` says.
    name
        The study's title, else the name of the folder or file.
    set_aside
        Files that are the study's own papers or the system's: never articles.
    sha256
        Fingerprint of all files read: of their names and their bytes.
    """

    articles: pd.DataFrame
    passages: pd.DataFrame
    problems: pd.DataFrame
    study: Study
    name: str
    set_aside: tuple[str, ...]
    sha256: str

    def __len__(self) -> int:
        """Give the number of articles."""
        return len(self.articles)

    def summary(self) -> pd.DataFrame:
        """Say in a few rows what was read: columns ``what`` and ``number``."""
        dated = self.articles["published"].dropna()
        rows: list[tuple[str, str]] = [
            ("articles", f"{len(self.articles):,}"),
            ("problems", f"{len(self.problems):,}"),
            ("files set aside (the study's own)", f"{len(self.set_aside):,}"),
            (
                "words, roughly (between spaces)",
                f"{sum(len(text.split()) for text in self.articles['text']):,}",
            ),
            ("outlets named", f"{self.articles['outlet'].nunique():,}"),
            ("articles with a date", f"{len(dated):,}"),
            (
                "articles cut short at their source",
                f"{int(self.articles['truncated'].sum()):,}",
            ),
        ]
        if len(dated):
            rows.append(("from", f"{dated.min():%Y-%m-%d}"))
            rows.append(("to", f"{dated.max():%Y-%m-%d}"))
        return pd.DataFrame(rows, columns=["what", "number"])

    def __repr__(self) -> str:
        """Name the corpus with its numbers of articles and problems."""
        return f"<Corpus {self.name!r}: {len(self)} articles, {len(self.problems)} problems>"

    def _repr_html_(self) -> str:
        parts = [f"<p><strong>{html.escape(self.name)}</strong></p>"]
        parts.append(show(self.summary())._repr_html_())
        if len(self.problems):
            parts.append("<p>Problems:</p>")
            parts.append(show(self.problems)._repr_html_())
        return "\n".join(parts)


def read_corpus(
    path: str | Path | Sequence[str | Path],
    *,
    study: str | Path | None = None,
    progress: bool = True,
) -> Corpus:
    """Read articles from a folder with all its subfolders, from a file, or from several.

    Parameters
    ----------
    path
        Folder, file, or several of them.
    study
        The study file; by default the ``study.toml`` in the (first) folder named, or
        beside the (first) file named. It may be absent.
    progress
        Show a progress bar on standard error when reading takes longer than two seconds.

    Returns
    -------
    The :class:`Corpus`, articles in the order of their paths.

    Raises
    ------
    CorpusError
        If a path does not exist, or nothing in it can be read.
    StudyError
        If ``study.toml`` has a mistake.
    """
    roots = existing_roots([path] if isinstance(path, str | Path) else path)
    home = roots[0] if roots[0].is_dir() else roots[0].parent
    study_file = home / STUDY_FILE if study is None else Path(study).expanduser()
    if study is not None and not study_file.is_file():
        raise StudyError(f"{study_file}: no such study file")
    facts = read_study(study_file)
    check_rule_names(facts.passages.switched_off, study_file=study_file)

    found = walk(roots, study_file=study_file)
    shown = ", ".join(str(root) for root in roots)
    if not found.files and not found.problems:
        raise CorpusError(
            f"{shown}: no articles in it; put files there ({', '.join(endings_read())})"
        )
    told = {
        source: _facts_of(source, file, facts, study_file)
        for source, file in found.files.items()
    }
    records: list[dict[str, Any]] = []
    lines: list[list[Line]] = []
    problems = list(found.problems)
    digests: list[str] = []
    for source, file in tracked(
        found.files.items(),
        what="Reading",
        unit="file",
        total=len(found.files),
        shown=progress,
    ):
        try:
            read, digest = _read_file(source, file, told[source][1], facts)
        except ReadError as error:
            problems.append((source, error.reason, error.detail))
            continue
        read.close()
        digests.append(f"{digest}  {source}")
        records.extend(read.articles)
        lines.extend(read.passages)
        problems.extend(read.problems)
    if not records:
        raise CorpusError(_nothing_read(shown, problems))
    used = {name for name, _ in told.values()} | set(found.set_aside)
    problems += _named_in_vain(
        facts.articles.keys() - used, list(found.files), roots, study_file
    )
    articles = _articles_table(records, facts)
    return Corpus(
        articles=articles,
        passages=passages_table(articles["article_id"], lines),
        problems=pd.DataFrame(problems, columns=list(PROBLEM_COLUMNS), dtype="str"),
        study=facts,
        name=facts.study.title or (home if len(roots) > 1 else roots[0]).resolve().name,
        set_aside=tuple(found.set_aside),
        sha256=sha256("\n".join(sorted(digests)).encode()).hexdigest(),
    )


def _nothing_read(shown: str, problems: Sequence[tuple[str, str, str]]) -> str:
    first = "; ".join(f"{source}: {reason}" for source, reason, _ in problems[:3])
    more = f"; and {len(problems) - 3} more" if len(problems) > 3 else ""
    files = (
        f"none of {len(problems)} files can" if len(problems) > 1 else "its only file cannot"
    )
    return re.sub(r"[\r\n]+", " ", f"{shown}: {files} be read: {first}{more}")


def with_labels(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Add the articles' display names to a table, beside ``article_id``.

    Parameters
    ----------
    table
        Any table with ``article_id``.
    articles
        ``corpus.articles``.

    Returns
    -------
    The table with a column ``label`` after ``article_id``.

    Raises
    ------
    TableError
        If the table has no ``article_id``.
    """
    if "article_id" not in table:
        raise TableError("no column article_id, so there is nothing to put labels beside")
    names = articles.set_index("article_id")["label"]
    out = table.drop(columns="label", errors="ignore")
    place = list(out.columns).index("article_id") + 1
    out.insert(place, "label", out["article_id"].astype("str").map(names))
    return out


def _facts_of(
    source: str, file: Path, study: Study, study_file: Path
) -> tuple[str, ArticleFacts | None]:
    """The name under which the study knows a file, and what it says of it.

    That is its name in the corpus, or the one seen from the study file's folder.
    """
    if source in study.articles or not study.articles:
        return source, study.articles.get(source)
    try:
        name = normalize(
            "NFC", file.resolve().relative_to(study_file.resolve().parent).as_posix()
        )
    except ValueError:  # the study file lies elsewhere
        name = source
    return name, study.articles.get(name)


def _named_in_vain(
    names: Iterable[str], sources: Sequence[str], roots: Sequence[Path], study_file: Path
) -> list[tuple[str, str, str]]:
    """Rows for articles that the study names and the corpus has not.

    Files that are there, but were not asked for, are no mistake.
    """
    rows: list[tuple[str, str, str]] = []
    asked_for = {root.resolve() for root in roots}
    for name in sorted(names):
        file = (study_file.parent / name).resolve()
        if file.exists() and not asked_for & {file, *file.parents}:
            continue
        near = (
            difflib.get_close_matches(name, sources, n=1)
            if len(rows) < _MOST_SUGGESTIONS
            else []
        )
        hint = f"did you mean {near[0]!r}?" if near else "correct the name or remove the entry"
        place = f"{study_file.name}, line {line_of_article(study_file, name)}"
        rows.append(
            (name, f"{STUDY_FILE} names it, but there is no such file", f"{place}: {hint}")
        )
    return rows


def _read_file(
    source: str, path: Path, facts: ArticleFacts | None, study: Study
) -> tuple[_Read, str]:
    """What a file holds, and the fingerprint of its bytes."""
    file = File(source, path, columns=study.columns)
    try:
        # A named pipe would be waited for without end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise ReadError("not a regular file", "put the article itself there")
        digest = file.sha256
        reader = reader_for(file)
        read = _Read(source, digest, reader.name if reader else "")
        for item in read_items(file):
            read.add(item, facts or ArticleFacts(), study)
    except OSError as error:
        raise ReadError(
            f"cannot be opened ({error.strerror or error})",
            "check the file and its permissions",
        ) from error
    except MemoryError as error:
        raise ReadError("needs more memory than there is", "split it") from error
    return read, digest


class _Read:
    """What has come of one file so far."""

    def __init__(self, source: str, digest: str, reader: str) -> None:
        self.source = source
        self._of_file = {"source_file": source, "sha256": digest, "reader": reader}
        self.articles: list[dict[str, Any]] = []
        self.passages: list[list[Line]] = []
        self.problems: list[tuple[str, str, str]] = []
        self._declared: dict[str | None, int] = {}
        self._found: Counter[str | None] = Counter()

    def add(self, item: Item, facts: ArticleFacts, study: Study) -> None:
        """Add an article, a problem, or a number of articles that the file declares."""
        if isinstance(item, Declared):
            self._declared[item.member] = item.articles
            return
        place = _place(self.source, item.member, item.record)
        if isinstance(item, RawArticle) and len(item.text) > MOST_CHARACTERS:
            item = RawProblem(
                f"no article: {len(item.text):,} characters",
                "split it into articles",
                item.record,
                item.member,
            )
        if isinstance(item, RawProblem):
            self.problems.append((place, item.reason, item.detail))
            return
        self._found[item.member] += 1
        record, lines = _describe(item, facts, study)
        self.articles.append(self._of_file | record | {"place": place})
        self.passages.append(lines)

    def close(self) -> None:
        """Compare what was declared with what was found."""
        for member, declared in self._declared.items():
            found = self._found[member]
            if found != declared:
                reason = f"says it holds {declared:,} articles, {found:,} were found"
                detail = "compare it with the database's own list"
                self.problems.append((_place(self.source, member, None), reason, detail))


def _place(source: str, member: str | None, record: str | None) -> str:
    """A file's name in the corpus, the name within its archive, and the record in it."""
    whole = f"{source}/{member}" if member else source
    return f"{whole}#{record}" if record else whole


_BYLINE_WORDS = re.compile(
    r"(?:(?:words|story|written|reported|report|text|interview) )?by[:\s]\s*", re.IGNORECASE
)

_HEADING_MARK = re.compile(r"^#{1,6}\s+")  # of markdown; a hashtag has no space behind it


def _describe(
    raw: RawArticle, facts: ArticleFacts, study: Study
) -> tuple[dict[str, Any], list[Line]]:
    """The article's own facts, and its passages.

    The study's word comes first, then the file's, then its passages'.
    """
    lines = label_text(raw.text, raw.passages, switched_off=study.passages.switched_off)
    headline = next((line.text for line in lines if line.kind == "headline"), "")
    byline = next((line.bare for line in lines if line.kind == "byline"), "")
    author = re.split(r"\s*[|·•]", _BYLINE_WORDS.sub("", byline, count=1))[0].strip(" ,.–—-")
    body = [line for line in lines if line.kind == "body"]
    cut_off = bool(body) and body[-1].text.endswith(("…", "..."))
    cut_off = cut_off or any(line.rule == "read_more_elsewhere" for line in lines)
    published, precision = study.moment(facts.published or _as_date(raw.published))
    record = {
        "text": raw.text,
        "encoding": raw.encoding,
        "label": facts.label,
        "outlet": facts.outlet or raw.outlet,
        "headline": facts.headline or raw.headline or _HEADING_MARK.sub("", headline) or None,
        "author": facts.author or raw.author or author or None,
        "published": published,
        "published_precision": precision,
        "url": facts.url or raw.url,
        "language": facts.language or raw.language or study.study.language,
        "truncated": cut_off if raw.truncated is None else raw.truncated,
        "duplicate_of": None,
        "basis": "; ".join(f"{name}: {where}" for name, where in raw.basis.items()) or None,
        "notes": "; ".join(raw.notes) or None,
    }
    return record, lines


def _as_date(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _articles_table(records: list[dict[str, Any]], study: Study) -> pd.DataFrame:
    table = pd.DataFrame(records)
    table.insert(0, "article_id", article_ids(table["place"].tolist()))
    published = pd.to_datetime(table["published"], utc=True).dt.as_unit("us")
    table["published"] = published.dt.tz_convert(study.zone)
    table["label"] = labels(
        *(table[name].tolist() for name in ("article_id", "label", "outlet"))
    )
    table["truncated"] = table["truncated"].astype(bool)
    text = [c for c in ARTICLE_COLUMNS if c not in {"published", "truncated"}]
    return table[list(ARTICLE_COLUMNS)].astype(dict.fromkeys(text, "str"))
