"""Walking a folder, choosing the reader, and the corpus: articles and problems.

One bad file never stops a read and never vanishes: it has a row in ``problems``.
"""

from __future__ import annotations

import difflib
import html
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from metoo_research.errors import CorpusError, ReadError
from metoo_research.passages import label_text
from metoo_research.readers import RawArticle, endings_read, reader_for
from metoo_research.study import STUDY_FILE, ArticleFacts, Study, read_study

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
    "text",
)
PROBLEM_COLUMNS = ("source_file", "reason", "detail")

# What systems and programs leave in folders, and a study's own papers: no articles.
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_STUDY_PAPERS = re.compile(r"(?:readme|licen[cs]e)(?:\.\w+)?$", re.IGNORECASE)
_LONGEST_LABEL = 60
_SECONDS_BEFORE_PROGRESS = 2.0


@dataclass(frozen=True)
class Corpus:
    """The articles of a study and everything that did not become one.

    Attributes
    ----------
    articles
        One row per article; columns in :data:`ARTICLE_COLUMNS`.
    problems
        One row per file that did not become an article: ``source_file``, ``reason``,
        ``detail``.
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
        words = self.articles["text"].str.split().str.len()
        dated = self.articles["published"].dropna()
        rows: list[tuple[str, str]] = [
            ("articles", f"{len(self.articles):,}"),
            ("files that could not be read", f"{len(self.problems):,}"),
            ("files set aside (the study's own)", f"{len(self.set_aside):,}"),
            ("words, roughly (between spaces)", f"{int(words.sum()):,}"),
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
        parts.append(self.summary().to_html(index=False, header=False, border=0))
        if len(self.problems):
            parts.append("<p>Files that could not be read:</p>")
            parts.append(self.problems.to_html(index=False, border=0))
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
    roots = [Path(part) for part in ([path] if isinstance(path, str | Path) else path)]
    if not roots:
        raise CorpusError("no corpus named; name a folder of articles")
    for root in roots:
        _check_exists(root)
    home = roots[0] if roots[0].is_dir() else roots[0].parent
    if study is not None and not Path(study).is_file():
        raise CorpusError(f"{study}: no such study file")
    facts = read_study(Path(study) if study is not None else home / STUDY_FILE)

    files, set_aside = _walk(roots)
    shown = ", ".join(str(root) for root in roots)
    if not files:
        raise CorpusError(
            f"{shown}: no articles in it; put files there ({', '.join(endings_read())})"
        )
    records: list[dict[str, Any]] = []
    problems: list[tuple[str, str, str]] = []
    digests: list[str] = []
    for file, source in _with_progress(files, progress):
        try:
            found, digest = _read_file(file, source, facts)
        except ReadError as error:
            problems.append((source, error.reason, error.detail))
        else:
            digests.append(f"{digest}  {source}")
            records.extend(found)
    if not records:
        first = "; ".join(f"{source}: {reason}" for source, reason, _ in problems[:3])
        more = f"; and {len(problems) - 3} more" if len(problems) > 3 else ""
        raise CorpusError(
            f"{shown}: none of {len(problems)} file{'s' * (len(problems) != 1)} can be read: "
            f"{first}{more}"
        )
    articles = _articles_table(records, facts)
    return Corpus(
        articles=articles,
        problems=pd.DataFrame(problems, columns=list(PROBLEM_COLUMNS), dtype="str"),
        study=facts,
        name=facts.study.title or home.resolve().name,
        set_aside=tuple(set_aside),
        sha256=sha256("\n".join(sorted(digests)).encode()).hexdigest(),
    )


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
    """
    labels = articles.set_index("article_id")["label"]
    out = table.drop(columns="label", errors="ignore")
    place = int(out.columns.get_indexer(pd.Index(["article_id"]))[0]) + 1
    out.insert(place, "label", out["article_id"].astype("str").map(labels))
    return out


def _check_exists(root: Path) -> None:
    if root.exists():
        return
    try:
        siblings = [entry.name for entry in root.absolute().parent.iterdir()]
    except OSError:
        siblings = []
    near = difflib.get_close_matches(root.name, siblings, n=1)
    hint = f"; did you mean {root.parent / near[0]}?" if near else ""
    raise CorpusError(f"{root}: no such file or folder{hint}")


def _walk(roots: Iterable[Path]) -> tuple[list[tuple[Path, str]], list[str]]:
    """All files below the roots with their names relative to them, and those set aside.

    Names are POSIX paths, so that the same corpus has the same names on every system.
    """
    files: dict[str, Path] = {}
    set_aside: list[str] = []
    for root in roots:
        if not root.is_dir():
            files.setdefault(_free_name(root.name, files, root), root)
            continue
        for folder, subfolders, names in os.walk(root):
            subfolders[:] = [name for name in subfolders if not name.startswith(".")]
            for name in names:
                file = Path(folder) / name
                source = file.relative_to(root).as_posix()
                if _is_set_aside(name):
                    set_aside.append(source)
                else:
                    files.setdefault(_free_name(source, files, file), file)
    ordered = sorted((source, file) for source, file in files.items())
    return [(file, source) for source, file in ordered], sorted(set_aside)


def _free_name(source: str, taken: dict[str, Path], file: Path) -> str:
    """The name itself; where another root holds the same name, with its folder before it."""
    if source not in taken or taken[source].resolve() == file.resolve():
        return source
    return f"{file.resolve().parent.name}/{source}"


def _is_set_aside(name: str) -> bool:
    return (
        name == STUDY_FILE
        or name.startswith((".", "~$"))
        or name.lower() in _SYSTEM_FILES
        or bool(_STUDY_PAPERS.match(name))
    )


def _with_progress(files: list[tuple[Path, str]], progress: bool) -> Iterable[tuple[Path, str]]:
    if not progress:
        return files
    from tqdm.auto import tqdm

    return tqdm(files, desc="Reading", unit="file", delay=_SECONDS_BEFORE_PROGRESS)


def _read_file(file: Path, source: str, study: Study) -> tuple[list[dict[str, Any]], str]:
    reader = reader_for(PurePosixPath(source))
    if reader is None:
        raise ReadError(
            f"no reader for {file.suffix or 'files without an ending'}",
            f"files that are read: {', '.join(endings_read())}",
        )
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise ReadError("not a regular file", "put the article itself there")
        data = file.read_bytes()
    except OSError as error:
        raise ReadError(
            f"cannot be opened ({error.strerror or error})",
            "check the file and its permissions",
        ) from error
    digest = sha256(data).hexdigest()
    raw = reader.read(data)
    return [
        {"source_file": source, "sha256": digest, "reader": reader.name}
        | _describe(article, study.articles.get(source), study)
        for article in raw
    ], digest


_BYLINE_WORDS = re.compile(
    r"^(?:by|words by|story by|written by|reported by|report by|text by)[:\s]\s*", re.IGNORECASE
)


def _describe(raw: RawArticle, facts: ArticleFacts | None, study: Study) -> dict[str, Any]:
    """The article's own facts: the study's word first, then the file's, then its passages'."""
    facts = facts or ArticleFacts()
    lines = label_text(raw.text, switched_off=study.passages.switched_off)
    headline = next((line.text for line in lines if line.kind == "headline"), None)
    byline = next((line.text for line in lines if line.kind == "byline"), None)
    author = _BYLINE_WORDS.sub("", byline).strip(" |·•–—-,") if byline else None
    body = [line for line in lines if line.kind == "body"]
    cut_off = bool(body) and bool(re.search(r"(…|\.{3})$", body[-1].text))
    published, precision = study.moment(facts.published or _as_date(raw.published))
    return {
        "text": raw.text,
        "encoding": raw.encoding,
        "label": facts.label,
        "outlet": facts.outlet or raw.outlet,
        "headline": facts.headline or raw.headline or headline,
        "author": facts.author or raw.author or author,
        "published": published,
        "published_precision": precision,
        "url": facts.url or raw.url,
        "language": facts.language or raw.language or study.study.language,
        "truncated": cut_off or any(line.rule == "read_more_elsewhere" for line in lines),
        "duplicate_of": None,
    }


def _as_date(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _articles_table(records: list[dict[str, Any]], study: Study) -> pd.DataFrame:
    table = pd.DataFrame(records)
    table.insert(0, "article_id", _article_ids(table["source_file"].tolist()))
    published = pd.to_datetime(table["published"], utc=True)
    table["published"] = published.dt.tz_convert(study.zone)
    table["label"] = table["label"].fillna(_labels(table))
    table["truncated"] = table["truncated"].astype(bool)
    text = [c for c in ARTICLE_COLUMNS if c not in {"published", "truncated"}]
    return table[list(ARTICLE_COLUMNS)].astype(dict.fromkeys(text, "str"))


def _article_ids(sources: Sequence[str]) -> list[str]:
    """A stable slug per article: from its own path alone, whatever else is in the corpus.

    Only where two files would share a slug do they get a piece of their path's hash.
    """
    slugs = [_slug(source) for source in sources]
    records: Counter[str] = Counter()
    ids = []
    twice = {slug for slug, n in Counter(dict(zip(sources, slugs, strict=True)).values()).items()
             if n > 1}  # fmt: skip
    for source, slug in zip(sources, slugs, strict=True):
        records[source] += 1
        own = f"{slug}-{sha256(source.encode()).hexdigest()[:6]}" if slug in twice else slug
        ids.append(own if records[source] == 1 else f"{own}-{records[source]}")
    return ids


def _slug(source: str) -> str:
    stem = str(PurePosixPath(source).with_suffix(""))
    plain = unicodedata.normalize("NFC", stem).lower()
    return re.sub(r"[^\w.]+", "-", plain).strip("-.") or "article"


def _labels(table: pd.DataFrame) -> pd.Series:
    """Short display names: the shortest beginning of the id that is its own, and the outlet."""
    starts = _shortest_own_starts(table["article_id"].tolist())
    labels = [
        f"{start} {outlet}" if isinstance(outlet, str) else start
        for start, outlet in zip(starts, table["outlet"], strict=True)
    ]
    cut = [
        label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
        for label in labels
    ]
    return pd.Series(cut, index=table.index, dtype="str")


def _shortest_own_starts(ids: Sequence[str]) -> list[str]:
    """For each id the fewest of its parts (cut at ``-``, ``_``, ``.``) that no other shares."""
    parts = [re.findall(r"[^-_.]+[-_.]*", one) or [one] for one in ids]
    starts: Counter[str] = Counter(
        "".join(pieces[:n]) for pieces in parts for n in range(1, len(pieces) + 1)
    )
    return [
        next(
            ("".join(pieces[:n]).strip("-_.") for n in range(1, len(pieces) + 1)
             if starts["".join(pieces[:n])] == 1),
            one,
        )
        for one, pieces in zip(ids, parts, strict=True)
    ]  # fmt: skip
