"""The tables of a report, with the evidence that their numbers and lines lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from metoo_research._wording import HEDGE_NOTE, worded
from metoo_research.report.parts import Cell, Column, Evidence, Table
from metoo_research.tokens import normal_form
from metoo_research.words import concordance

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus

#: A page that holds more is slow to open and to search; the whole table is in its file.
MOST_ROWS: Final = 500
MOST_LINES: Final = 200
#: Characters of context on each side of a line: as much as fits a line of print.
_CONTEXT: Final = 50
_NOTHING: Final = "–"
_WORD: Final = re.compile(r"[#@]?\w+(?:['’.,]\w+)*")


def articles_table(corpus: Corpus) -> Table:
    """Give the articles that were read."""
    columns = (
        Column("label", "article"),
        Column("headline", "headline", "prose"),
        Column("outlet", "outlet"),
        Column("author", "author"),
        Column("published", "published"),
        Column("source_file", "file"),
    )
    shown = corpus.articles.head(MOST_ROWS)
    rows = (
        (
            _cell(row.label),
            _cell(row.headline),
            _cell(row.outlet),
            _cell(row.author),
            _moment(row.published, row.published_precision),
            _cell(row.source_file),
        )
        for row in rows_of(shown)
    )
    return Table(
        "articles",
        "Articles",
        columns,
        tuple(rows),
        len(corpus.articles),
        when_empty="None.",
        file="tables/articles.csv",
    )


def problems_table(corpus: Corpus) -> Table:
    """Give what was wrong with files, whether they became an article or not."""
    columns = (
        Column("source_file", "file"),
        Column("reason", "reason", "prose"),
        Column("detail", "detail", "prose"),
    )
    shown = corpus.problems.head(MOST_ROWS)
    return Table(
        "problems",
        "Problems with files",
        columns,
        tuple(
            (_cell(row.source_file), _cell(row.reason), _cell(row.detail))
            for row in rows_of(shown)
        ),
        len(corpus.problems),
        when_empty="None.",
        file="tables/problems.csv",
    )


def figures_table(metrics: pd.DataFrame, labels: pd.Series) -> Table:
    """Give what the articles report: one row per figure, leading to its characters.

    Parameters
    ----------
    metrics
        The metrics table; rows whose role is ``figure`` are taken.
    labels
        The articles' labels, indexed by ``article_id``.
    """
    columns = (
        Column("label", "article"),
        Column("said", "figure, as written", "number"),
        Column("unit", "of what"),
        Column("platform", "platform"),
        Column("window_text", "when"),
        Column("attributed_to", "according to"),
        Column("place", "characters", "number"),
        Column("evidence", "sentence", "prose"),
    )
    figures = metrics[metrics["role"] == "figure"]
    share = figures["kind"] == "percentage"
    of_what = ("percent of " + figures["unit"]).fillna("percent")
    units = figures["unit"].mask(share, of_what)
    # With spaces, so that the line can break.
    platforms = figures["platform"].str.replace("+", " + ", regex=False)
    shown = figures.assign(unit=units, platform=platforms).head(MOST_ROWS)
    rows = (
        (
            _cell(labels[row.article_id]),
            Cell(
                _line(worded(row.modifier, row.number_text, row.evidence)),
                _number(row.value),
                _place(row),
            ),
            _cell(row.unit),
            _cell(row.platform),
            _cell(row.window_text),
            _cell(row.attributed_to),
            Cell(f"{row.start}–{row.end}", float(row.start)),
            _cell(row.evidence),
        )
        for row in rows_of(shown)
    )
    cells = tuple(rows)
    is_shared = any("[" in row[1].text for row in cells)
    return Table(
        "reported-figures",
        "What the articles report",
        columns,
        cells,
        len(figures),
        note=HEDGE_NOTE if is_shared else "",
        when_empty="No article reports a figure.",
        file="tables/metrics.csv",
    )


def other_numbers_table(metrics: pd.DataFrame, labels: pd.Series) -> Table:
    """Give the expressions with a number that were not taken for a figure, and for what."""
    columns = (
        Column("label", "article"),
        Column("number_text", "expression", "number"),
        Column("role", "taken for"),
        Column("place", "characters", "number"),
        Column("evidence", "sentence", "prose"),
    )
    others = metrics[metrics["role"] != "figure"]
    taken_for = {"window": "part of a time", "date": "date", "ordinal": "place in an order"}
    rows = (
        (
            _cell(labels[row.article_id]),
            Cell(_line(row.number_text), _number(row.value), _place(row)),
            _cell(taken_for.get(row.role, row.role)),
            Cell(f"{row.start}–{row.end}", float(row.start)),
            _cell(row.evidence),
        )
        for row in rows_of(others.head(MOST_ROWS))
    )
    return Table(
        "other-numbers",
        "Numbers that are not figures",
        columns,
        tuple(rows),
        len(others),
        when_empty="None.",
        note="Recognised as numbers and set aside: look here for a figure that was missed.",
        file="tables/metrics.csv",
    )


def patterns_of(corpus: Corpus) -> list[str]:
    """Give the campaign's hashtags and names, without those that find the same."""
    campaign = corpus.study.campaign
    named = [name for name in (*campaign.hashtags, *campaign.names) if name.strip()]
    return list({normal_form(name): name for name in reversed(named)}.values())[::-1]


def concordance_table(corpus: Corpus, tokens: pd.DataFrame, labels: pd.Series) -> Table:
    """Give the places of the campaign's hashtags and names, with the text around them."""
    columns = (
        Column("label", "article"),
        Column("left", "before", "prose"),
        Column("match", "in the text"),
        Column("right", "after", "prose"),
    )
    patterns = patterns_of(corpus)
    if not patterns:
        rows: Iterable[tuple[Cell, ...]] = ()
        total = 0
        why = "No study.toml names a hashtag or the name of a campaign to look for."
    else:
        lines = concordance(
            tokens, corpus.articles, patterns, match="exact", width=_CONTEXT, limit=MOST_LINES
        )
        total = int(lines.attrs["total"])
        why = f"No article has {_listed(patterns)}."
        rows = (
            (
                _cell(labels[row.article_id]),
                Cell(_before(row.left), _words_in_order(row.left, backwards=True)),
                Cell(_line(row.match), normal_form(row.match), _place(row)),
                Cell(_after(row.right), _words_in_order(row.right)),
            )
            for row in rows_of(lines)
        )
    return Table(
        "concordance-lines",
        "Places in the text",
        columns,
        tuple(rows),
        total,
        when_empty=why,
        note=f"Looked for: {'; '.join(patterns)}." if patterns else "",
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Give the rows, with the columns as attributes."""
    return iter(table.itertuples(index=False))


def _place(row: Any) -> Evidence:
    return Evidence(str(row.article_id), int(row.start), int(row.end))


def _line(text: str) -> str:
    """A cell stands in one line: breaks in the text are blanks."""
    return " ".join(text.split())


def _before(context: str) -> str:
    """The text before a place, from the first whole word where it was cut."""
    if len(context) < _CONTEXT:
        return _line(context)
    return f"… {_line(context.partition(' ')[2] or context)}"


def _words_in_order(context: str, *, backwards: bool = False) -> str:
    """The words beside a place, the nearest first: what concordance lines are sorted by."""
    words = _WORD.findall(context)
    return " ".join(reversed(words) if backwards else words)


def _after(context: str) -> str:
    """The text after a place, up to the last whole word where it was cut."""
    if len(context) < _CONTEXT:
        return _line(context)
    return f"{_line(context.rpartition(' ')[0] or context)} …"


def _cell(value: object) -> Cell:
    return Cell(_line(value) or _NOTHING if isinstance(value, str) else _NOTHING)


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _moment(when: pd.Timestamp, precision: object) -> Cell:
    if pd.isna(when):
        return Cell(_NOTHING)
    shown = f"{when:%Y-%m-%d}" if precision == "day" else f"{when:%Y-%m-%d %H:%M %Z}"
    return Cell(shown, f"{when.tz_convert('UTC') if when.tzinfo else when:%Y-%m-%d %H:%M:%S}")
