"""From the rows of a table, of whatever format, to articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, Item, Listed, RawArticle, RawProblem
from metoo_research.readers.mojibake import repair
from metoo_research.readers.tables_cells import (
    as_fact,
    as_language,
    as_people,
    as_text,
    as_truth,
    cleaned,
)
from metoo_research.readers.tables_columns import (
    Columns,
    Fact,
    choose_text,
    find_columns,
    is_article_id,
    no_text,
)
from metoo_research.readers.tables_dates import DateOrder, to_iso

#: What spreadsheet programs cut a cell to.
MOST_IN_A_CELL: Final = 32_767
# NewsAPI says so where it cuts the text.
_CUT_HERE: Final = re.compile(r"\[\+\d+ chars\]\s*$")
_HTML: Final = re.compile(r"\s*<(?:!doctype|html|p|div|article|section|h[1-6]|figure)\b", re.I)
_LONGEST_ID: Final = 200
# The columns that only our own tables of articles have together.
_OURS: Final = frozenset(
    ("article_id", "label", "published_precision", "source_file", "sha256", "reader", "text")
)
#: Further columns of theirs that are read.
OWN_FACTS: Final = ("published_precision", "truncated")
# As the tables that this package writes guard cells against spreadsheet programs.
_GUARDED: Final = re.compile(r"'(?:['\s]*[=+\-@＝＋－＠]|'*[\t\r\n])")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands ("row 12"), and its cells by the names of their columns.

    Its place is empty where it is all of its file.
    """

    place: str
    cells: Mapping[str, Any]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be gone through more than once.

    Attributes
    ----------
    names
        Its columns, in order.
    rows
        Gives the rows, and problems of single ones, always from the first on.
    encoding
        That of its file, where that is text.
    spreadsheet
        Whether its cells may have been cut by a spreadsheet program.
    guarded
        Whether a table that this package wrote in this format has an apostrophe before what
        such a program would run.
    """

    names: Sequence[str]
    rows: Callable[[], Iterable[Row | RawProblem]]
    encoding: str | None = None
    spreadsheet: bool = False
    guarded: bool = False


@dataclass(slots=True)
class _Seen:
    """What one pass over all rows has shown."""

    rows: int = 0
    lengths: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    alike: bool = True
    ids: Counter[str] = field(default_factory=Counter)
    dates: DateOrder = field(default_factory=DateOrder)
    days: list[str] = field(default_factory=list)
    outlets: set[str] = field(default_factory=set)


def articles_of(table: Table, file: File) -> Iterator[Item]:
    """Give each row of a table as an article, or the reason why it is none.

    Parameters
    ----------
    table
        The rows. They are gone through twice: which column holds the whole texts, whether
        day or month stands first, and which ids occur once, only all rows together show.
    file
        Where they are from; its ``columns`` are the study's word on them.

    Raises
    ------
    ReadError
        If no column holds texts, or it cannot be told which of two.
    """
    columns = find_columns(table.names, file.columns)
    seen = _look_through(table, columns)
    if not seen.rows:
        problems = [row for row in table.rows() if isinstance(row, RawProblem)]
        if not problems:
            raise ReadError("no rows in it, so no articles", "export it again")
        yield from problems
        return
    choose_text(columns, seen.lengths, alike=seen.alike)
    text = columns.of.get("text")
    if text is None or not seen.filled[text]:
        if "url" in columns.of:
            yield from _list_of_links(table, columns, seen, file.columns)
            return
        if text is None:
            raise no_text(table.names, columns)
    ours = _OURS.issubset(table.names)
    make = _Maker(table, columns, seen, told=file.columns, ours=ours)
    for row in table.rows():
        yield row if isinstance(row, RawProblem) else make(row)


def _look_through(table: Table, columns: Columns) -> _Seen:
    seen = _Seen()
    texts = [name for name in (columns.of.get("text"), *columns.texts) if name is not None]
    of = columns.of
    for row in table.rows():
        if isinstance(row, RawProblem):
            continue
        seen.rows += 1
        found = [as_text(row.cells.get(name)) for name in texts]
        for name, text in zip(texts, found, strict=True):
            seen.filled[name] += bool(text.strip())
            if len(text.split(maxsplit=1)) > 1 or not text.isascii():
                seen.lengths[name] += len(text)
        seen.alike &= len(set(found)) < 2
        if "article_id" in of and (own := as_fact(row.cells.get(of["article_id"]))):
            seen.ids[own] += 1
        if "published" in of:
            seen.dates.see(row.cells.get(of["published"]))
    if not any(seen.filled.values()):
        _look_at_links(table, columns, seen)
    return seen


def _look_at_links(table: Table, columns: Columns, seen: _Seen) -> None:
    """What a list without texts says of the articles: when and where they appeared."""
    for row in table.rows():
        if isinstance(row, RawProblem):
            continue
        day, _ = to_iso(_cell(row, columns, "published"), seen.dates.order)
        if day:
            seen.days = [min([*seen.days[:1], day]), max([*seen.days[1:], day])]
        if outlet := as_fact(_cell(row, columns, "outlet")):
            seen.outlets.add(outlet)


def _list_of_links(
    table: Table, columns: Columns, seen: _Seen, told: Mapping[str, str]
) -> Iterator[Item]:
    """What a list names, as metadata, and one problem that says so."""
    make = _Maker(table, columns, seen, told=told)
    for row in table.rows():
        yield row if isinstance(row, RawProblem) else make.listed(row)
    said = [f"outlets: {len(seen.outlets):,}"] if seen.outlets else []
    if seen.days:
        said.append(f"published: {seen.days[0][:10]} to {seen.days[-1][:10]}")
    only = f", only {', '.join(map(repr, columns.parts))}" if columns.parts else ""
    yield RawProblem(
        f"a list of {seen.rows:,} links without text{only}; read as metadata"
        if seen.rows != 1
        else f"a link without text{only}; read as metadata",
        f"{'; '.join(said)}; " * bool(said)
        + "save the pages themselves into the corpus, or put their texts into a column 'text'",
    )


def _cell(row: Row, columns: Columns, fact: Fact) -> Any:
    name = columns.of.get(fact)
    return row.cells.get(name) if name is not None else None


class _Maker:
    """Makes articles of the rows of one table."""

    def __init__(
        self,
        table: Table,
        columns: Columns,
        seen: _Seen,
        *,
        told: Mapping[str, str],
        ours: bool = False,
    ) -> None:
        self._table = table
        self._columns = columns
        self._ids = seen.ids
        self._order = seen.dates.order
        self._ours = ours
        # A database's numbers may be another file's too; an `article_id` is meant to be one.
        self._gives_ids = is_article_id(columns.of.get("article_id"), told)
        self._basis: dict[str, str] = {}
        if self._order:
            name = columns.of.get("published")
            self._basis = {"published": f"column {name!r}, {self._order} in its other rows"}

    def __call__(self, row: Row) -> RawArticle | RawProblem:
        """Make an article of a row, or say why it is none."""
        record, notes = self._record(row)
        whole = as_text(_cell(row, self._columns, "text"))
        text, cleaning = cleaned(self._unguarded(whole))
        text, repairs = repair(text)
        if not text.strip():
            said = as_fact(_cell(row, self._columns, "headline")) or as_fact(
                _cell(row, self._columns, "url")
            )
            return RawProblem("row without text", f"of {said!r}" if said else "", record)
        published, told = self._published(row)
        basis = self._basis if published and self._order else {}
        truncated = as_truth(row.cells.get("truncated")) if self._ours else None
        notes = (
            *self._columns.notes,
            *row.notes,
            *notes,
            *cleaning,
            *repairs,
            *filter(None, (told,)),
        )
        if self._table.spreadsheet and _fills_a_cell(whole):
            truncated = True
            notes = (
                *notes,
                f"cut off by a spreadsheet program at {MOST_IN_A_CELL:,} characters",
            )
        elif _CUT_HERE.search(text[-60:]):
            truncated = True
        article = RawArticle(
            text=text,
            encoding=self._table.encoding,
            headline=self._fact(row, "headline"),
            author=self._said(as_people(_cell(row, self._columns, "author"))),
            outlet=self._fact(row, "outlet"),
            published=published,
            url=self._fact(row, "url"),
            language=as_language(_cell(row, self._columns, "language")),
            record=record,
            own_id=record if record and record != row.place and self._gives_ids else None,
            truncated=truncated,
            basis=basis,
            notes=notes,
        )
        return _without_tags(article) if _HTML.match(text) else article

    def listed(self, row: Row) -> Listed:
        """Give the facts of a row that has no text."""
        return Listed(
            headline=self._fact(row, "headline"),
            author=self._said(as_people(_cell(row, self._columns, "author"))),
            outlet=self._fact(row, "outlet"),
            published=self._published(row)[0],
            url=self._fact(row, "url"),
            language=as_language(_cell(row, self._columns, "language")),
            record=self._record(row)[0],
        )

    def _record(self, row: Row) -> tuple[str | None, tuple[str, ...]]:
        if not row.place:
            return None, ()
        own = as_fact(_cell(row, self._columns, "article_id"))
        if own is None:
            return row.place, ()
        if self._ids[own] > 1:
            return row.place, (f"id {own[:_LONGEST_ID]!r} stands in several rows",)
        return (own, ()) if len(own) <= _LONGEST_ID else (row.place, ())

    def _published(self, row: Row) -> tuple[str | None, str]:
        value = _cell(row, self._columns, "published")
        published, told = to_iso(
            as_fact(value) if isinstance(value, str) else value, self._order
        )
        day_only = self._ours and row.cells.get("published_precision") == "day"
        return (published[:10] if published and day_only else published), told

    def _fact(self, row: Row, fact: Fact) -> str | None:
        return self._said(as_fact(_cell(row, self._columns, fact)))

    def _said(self, fact: str | None) -> str | None:
        return repair(self._unguarded(fact))[0] if fact else None

    def _unguarded(self, text: str) -> str:
        guarded = self._ours and self._table.guarded and _GUARDED.match(text)
        return text[1:] if guarded else text


def _fills_a_cell(text: str) -> bool:
    """Whether a text is as long as a cell can be: some characters count twice there."""
    if not MOST_IN_A_CELL // 2 <= len(text) <= MOST_IN_A_CELL:
        return False
    return len(text.encode("utf-16-le", "surrogatepass")) == 2 * MOST_IN_A_CELL


def _without_tags(article: RawArticle) -> RawArticle:
    """The article of a page that stands in a cell; the table's facts go first."""
    from metoo_research.readers.html import read as read_html

    try:
        items = list(read_html(File("cell.html", article.text.encode())))
    except ReadError:
        items = []
    pages = [item for item in items if isinstance(item, RawArticle)]
    if len(pages) != 1:
        return replace(article, notes=(*article.notes, "HTML tags left in the text"))
    page = pages[0]
    return replace(
        article,
        text=page.text,
        passages=page.passages,
        headline=article.headline or page.headline,
        author=article.author or page.author,
        outlet=article.outlet or page.outlet,
        published=article.published or page.published,
        url=article.url or page.url,
        language=article.language or page.language,
        truncated=page.truncated if article.truncated is None else article.truncated,
        basis={**page.basis, **article.basis},
        notes=(*article.notes, *page.notes, "text from the HTML in its cell"),
    )
