"""Walking a folder, choosing the reader, and the corpus: articles and problems.

One bad file never stops a read and never vanishes: it has a row in ``problems``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pandas as pd

from metoo_research._files import Walk, existing_roots, is_there, real, walk
from metoo_research._names import article_ids, labels
from metoo_research._reading import FileRead, Problem, read_file
from metoo_research._wording import plural
from metoo_research.corpus_shown import Contents, corpus_html, summary_rows
from metoo_research.duplicates import copies_told, find_duplicates
from metoo_research.errors import CorpusError, StudyError, TableError
from metoo_research.passage_rules import Line
from metoo_research.passages import check_rule_names, passages_table
from metoo_research.progress import tracked
from metoo_research.readers import endings_read
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
    "record",
    "sha256",
    "reader",
    "encoding",
    "truncated",
    "duplicate_of",
    "duplicate_group",
    "duplicate_kind",
    "duplicate_share",
    "basis",
    "notes",
    "text",
)
LISTED_COLUMNS = (
    "source_file",
    "record",
    "outlet",
    "headline",
    "author",
    "published",
    "published_precision",
    "url",
    "language",
)
PROBLEM_COLUMNS = ("source_file", "reason", "detail", "record")
FILE_COLUMNS = ("source_file", "articles", "problems", "set_aside")

# Above this, looking for similar names would take longer than reading the articles.
_MOST_SUGGESTIONS = 20
# What the rules note of a text takes ten times its memory, so it is kept for no more of them.
_CHARACTERS_AT_A_TIME = 500_000
_ARTICLES_AT_A_TIME = 1_000


def _no_files() -> pd.DataFrame:
    return _files_table({})


def _nothing_listed() -> pd.DataFrame:
    return _listed_table([], Study())


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
        One row for every file, or part of a file, that did not become an article, and for what
        is to be known of one that did (it is a copy, or in another language than expected;
        ``study.toml`` names an article that is not there): ``source_file``, ``reason``,
        ``detail``, and ``record``, where in the file (the name within an archive, a row).
    study
        What ``study.toml`` says.
    name
        The study's title, else the name of the folder or file.
    set_aside
        Files that are the study's own papers or the system's: never articles.
    sha256
        Fingerprint of the files that articles, or a list of them, come from: of their names
        and their bytes. A corpus that was changed after it was read has another.
    files
        One row for every file that was found: ``source_file``, ``articles`` and ``problems``
        (how many rows of each it has: none is without), ``set_aside``.
    listed
        One row for every article that a list of links (of Media Cloud, GDELT and the like)
        names and of which there is no text: ``source_file``, ``record``, ``outlet``,
        ``headline``, ``author``, ``published``, ``published_precision``, ``url``,
        ``language``. No analysis takes them; a row in ``problems`` says so for each list.
    changes
        What was done to the corpus after it was read: "3 copies left out".
    """

    articles: pd.DataFrame
    passages: pd.DataFrame
    problems: pd.DataFrame
    study: Study
    name: str
    set_aside: tuple[str, ...]
    sha256: str
    files: pd.DataFrame = field(default_factory=_no_files)
    changes: tuple[str, ...] = ()
    listed: pd.DataFrame = field(default_factory=_nothing_listed)

    def __len__(self) -> int:
        """Give the number of articles."""
        return len(self.articles)

    def summary(self) -> pd.DataFrame:
        """Say in a few rows what was read: columns ``what`` and ``number``."""
        return pd.DataFrame(summary_rows(self._contents()), columns=["what", "number"])

    def __repr__(self) -> str:
        """Name the corpus with its numbers of articles and problems."""
        changed = "".join(f", {change}" for change in self.changes)
        return (
            f"<Corpus {self.name!r}: {plural(len(self), 'article')}, "
            f"{plural(len(self.problems), 'problem')}{changed}>"
        )

    def _repr_html_(self) -> str:
        return corpus_html(self._contents())

    def _contents(self) -> Contents:
        return Contents(
            name=self.name,
            articles=self.articles,
            problems=self.problems,
            files=len(self.files),
            set_aside=len(self.set_aside),
            changes=self.changes,
            listed=len(self.listed),
        )


def _own_study(home: Path, root: Path) -> Path:
    """The study file in the corpus's folder; else beside the folder, if there is one."""
    inside, beside = home / STUDY_FILE, home.resolve().parent / STUDY_FILE
    return beside if root.is_dir() and not inside.exists() and beside.is_file() else inside


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
        The study file; by default the ``study.toml`` in the (first) folder named, else the
        one beside that folder; of a file, the one beside it. It may be absent.
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
    study_file = _own_study(home, roots[0]) if study is None else Path(study).expanduser()
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
    gathered = _Gathered(found)
    for source, file in tracked(
        found.files.items(),
        what="Reading",
        unit="file",
        total=len(found.files),
        shown=progress,
    ):
        gathered.add(read_file(source, file, told[source][1] or ArticleFacts(), facts))
    if not gathered.articles:
        raise CorpusError(_nothing_read(shown, gathered.problems))
    used = {name for name, _ in told.values()} | set(found.set_aside)
    named_in_vain = _named_in_vain(
        facts.articles.keys() - used, list(found.files), roots, study_file
    )
    articles, passages = gathered.tables(facts)
    copies = find_duplicates(articles, passages, progress=progress)
    for column in copies.columns.drop("article_id"):
        articles[column] = copies[column]
    for problem in copies_told(articles):
        gathered.say(problem)
    return Corpus(
        articles=articles[list(ARTICLE_COLUMNS)],
        passages=passages,
        problems=_problems_table([*gathered.problems, *named_in_vain]),
        study=facts,
        name=facts.study.title or (home if len(roots) > 1 else roots[0]).resolve().name,
        set_aside=tuple(found.set_aside),
        sha256=sha256("\n".join(sorted(gathered.digests)).encode()).hexdigest(),
        files=_files_table(gathered.files),
        listed=_listed_table(gathered.listed, facts),
    )


class _Gathered:
    """What has come of all files so far."""

    def __init__(self, found: Walk) -> None:
        self.problems: list[Problem] = [(*row, None) for row in found.problems]
        self.listed: list[dict[str, Any]] = []
        self.digests: list[str] = []
        #: For each file its numbers of articles and problems, and whether it was set aside.
        self.files: dict[str, tuple[int, int, bool]] = {
            **{source: (0, 1, False) for source, _, _ in found.problems},
            **dict.fromkeys(found.set_aside, (0, 0, True)),
        }
        self.articles = 0
        self._records: list[dict[str, Any]] = []
        self._lines: list[list[Line]] = []
        self._characters = 0
        self._tables: list[tuple[pd.DataFrame, pd.DataFrame]] = []

    def add(self, read: FileRead) -> None:
        """Add what has come of a file."""
        self.files[read.source] = (len(read.articles), len(read.problems), False)
        if read.sha256 and (read.articles or read.listed):
            self.digests.append(f"{read.sha256}  {read.source}")
        self.problems += read.problems
        self.listed += read.listed
        self.articles += len(read.articles)
        self._records += read.articles
        self._lines += read.passages
        self._characters += sum(len(row["text"]) for row in read.articles)
        many = len(self._records) >= _ARTICLES_AT_A_TIME
        if many or self._characters >= _CHARACTERS_AT_A_TIME:
            self._store()

    def say(self, problem: Problem) -> None:
        """Add a problem of a file that was read."""
        self.problems.append(problem)
        found, problems, aside = self.files[problem[0]]
        self.files[problem[0]] = (found, problems + 1, aside)

    def _store(self) -> None:
        first = self.articles - len(self._records)
        numbers = map(str, range(first, self.articles))
        articles = pd.DataFrame(self._records)
        published = pd.to_datetime(articles["published"], utc=True).dt.as_unit("us")
        articles["published"] = published
        articles["truncated"] = articles["truncated"].astype(bool)
        text = articles.columns.difference(["published", "truncated"])
        articles = articles.astype(dict.fromkeys(text, "str"))
        self._tables.append((articles, passages_table(numbers, self._lines)))
        self._records, self._lines, self._characters = [], [], 0

    def tables(self, study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Articles and passages, with their ids and labels."""
        if self._records:
            self._store()
        parts = zip(*self._tables, strict=True)
        articles, passages = (pd.concat(part, ignore_index=True) for part in parts)
        self._tables = []
        own = articles.pop("own_id").tolist()
        ids = article_ids(articles.pop("place").tolist(), own)
        self._say_ids_not_kept(articles, own, ids)
        articles.insert(0, "article_id", pd.array(ids, dtype="str"))
        articles["published"] = articles["published"].dt.tz_convert(study.zone)
        told = (articles[name].tolist() for name in ("label", "outlet"))
        articles["label"] = pd.array(labels(ids, *told), dtype="str")
        numbers = passages["article_id"].astype("int64")
        passages["article_id"] = articles["article_id"].take(numbers).array
        return articles, passages

    def _say_ids_not_kept(
        self, articles: pd.DataFrame, own: Sequence[object], ids: Sequence[str]
    ) -> None:
        lost = [
            at for at, given in enumerate(own) if isinstance(given, str) and given != ids[at]
        ]
        for at in lost:
            source, record = (articles[name].iloc[at] for name in ("source_file", "record"))
            detail = (
                "give each article an id without spaces that no other has; kept as an article"
            )
            told = f"its article_id is not kept, it is called {ids[at]!r}"
            self.say((source, told, detail, record))


def _listed_table(rows: list[dict[str, Any]], study: Study) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(LISTED_COLUMNS))
    published = pd.to_datetime(table["published"], utc=True).dt.as_unit("us")
    table = table.astype("str")
    table["published"] = published.dt.tz_convert(study.zone)
    return table


def _problems_table(rows: Iterable[Problem]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(PROBLEM_COLUMNS)).astype("str")


def _files_table(files: dict[str, tuple[int, int, bool]]) -> pd.DataFrame:
    rows = [(source, *files[source]) for source in sorted(files)]
    kinds = dict(zip(FILE_COLUMNS, ("str", "int64", "int64", "bool"), strict=True))
    return pd.DataFrame(rows, columns=list(FILE_COLUMNS)).astype(kinds)


def _nothing_read(shown: str, problems: Sequence[Problem]) -> str:
    """Say that no file can be read, and why; of a single one also the way out."""
    if len(problems) == 1:
        source, reason, detail, *_ = problems[0]
        way_out = f"; {detail}" if detail else ""
        said = f"its only file cannot be read: {source}: {reason}{way_out}"
    else:
        first = "; ".join(f"{source}: {reason}" for source, reason, *_ in problems[:3])
        more = f"; and {len(problems) - 3} more" if len(problems) > 3 else ""
        said = f"none of {len(problems)} files can be read: {first}{more}"
    return re.sub(r"[\r\n]+", " ", f"{shown}: {said}")


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
        name = normalize("NFC", real(file).relative_to(real(study_file).parent).as_posix())
    except ValueError:  # the study file lies elsewhere
        name = source
    return name, study.articles.get(name)


def _named_in_vain(
    names: Iterable[str], sources: Sequence[str], roots: Sequence[Path], study_file: Path
) -> list[Problem]:
    """Rows for articles that the study names and the corpus has not.

    Files that are there, but were not asked for, are no mistake.
    """
    rows: list[Problem] = []
    asked_for = {real(root) for root in roots}
    for name in sorted(names):
        file = real(study_file.parent / name)
        if is_there(file) and not asked_for & {file, *file.parents}:
            continue
        near = (
            difflib.get_close_matches(name, sources, n=1)
            if len(rows) < _MOST_SUGGESTIONS
            else []
        )
        hint = f"did you mean {near[0]!r}?" if near else "correct the name or remove the entry"
        place = f"{study_file.name}, line {line_of_article(study_file, name)}"
        rows.append(
            (
                name,
                f"{STUDY_FILE} names it, but there is no such file",
                f"{place}: {hint}",
                None,
            )
        )
    return rows
