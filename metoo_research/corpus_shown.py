"""How a corpus shows itself in a notebook: what was read, in a table and a small chart."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from metoo_research._language import language_name
from metoo_research._wording import plural
from metoo_research.shown import show

_MOST_PROBLEMS: Final = 20
_MOST_OUTLETS: Final = 12
_MOST_NAMED: Final = 5
_MOST_DAYS: Final = 92
_MOST_MONTHS: Final = 60

# The chart's measures in pixels; notebooks give an output 848.
_WIDTH: Final = 640
_ROW: Final = 22
_BAR: Final = 14
_LEFT: Final = 190
_RIGHT: Final = 60
_COLUMNS_HEIGHT: Final = 120
_MARGIN: Final = 28
_INK, _GREY, _BLUE, _PALE = "#1A1A1A", "#595959", "#0072B2", "#8C8C8C"
_FONT: Final = 'font-family="DejaVu Sans, Verdana, sans-serif" font-size="12"'
_LONGEST_NAME: Final = 26


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be shown of a corpus."""

    name: str
    articles: pd.DataFrame
    problems: pd.DataFrame
    files: int
    set_aside: int
    changes: tuple[str, ...] = ()
    listed: int = 0


def summary_rows(contents: Contents) -> list[tuple[str, str]]:
    """Say what was read, one thing in a row: what, and how many or which."""
    articles = contents.articles
    copies = int(articles["duplicate_of"].notna().sum())
    groups = int(articles.loc[articles["duplicate_of"].notna(), "duplicate_of"].nunique())
    in_groups = f" in {plural(groups, 'group')}"
    dated = articles["published"].dropna()
    words = sum(len(text.split()) for text in articles["text"])
    rows = [
        ("files found", f"{contents.files:,}"),
        ("articles", f"{len(articles):,}"),
        ("problems", f"{len(contents.problems):,}"),
        ("files set aside (the study's own)", f"{contents.set_aside:,}"),
        ("words, roughly (between spaces)", f"{words:,}"),
        ("outlets named", f"{articles['outlet'].nunique():,}"),
        ("articles with a date", f"{len(dated):,}"),
        ("articles cut short at their source", f"{int(articles['truncated'].sum()):,}"),
        ("copies of other articles", f"{copies:,}{in_groups if copies else ''}"),
        (
            "languages",
            _most_frequent(articles["language"].map(language_name, na_action="ignore")),
        ),
    ]
    if contents.listed:
        rows.append(("articles listed without text", f"{contents.listed:,}"))
    if articles["outlet"].notna().any():
        rows.append(("outlets", _most_frequent(articles["outlet"])))
    if len(dated):
        days = dict.fromkeys(f"{day:%Y-%m-%d}" for day in (dated.min(), dated.max()))
        rows.append(("published", " to ".join(days)))
    rows += [("changed since it was read", change) for change in contents.changes]
    return rows


def _counted(values: pd.Series[Any]) -> list[tuple[str, int]]:
    """Different values and how often each occurs, the most frequent first, then by alphabet."""
    counts = values.dropna().astype("str").value_counts()
    return sorted(
        ((str(value), int(times)) for value, times in counts.items()),
        key=lambda pair: (-pair[1], pair[0]),
    )


def _most_frequent(values: pd.Series[Any]) -> str:
    counts = _counted(values)
    named = [f"{value} ({times:,})" for value, times in counts[:_MOST_NAMED]]
    if len(counts) > _MOST_NAMED:
        named.append(f"{len(counts) - _MOST_NAMED} more")
    if missing := int(values.isna().sum()):
        named.append(f"not known ({missing:,})")
    return ", ".join(named)


def corpus_html(contents: Contents) -> str:
    """Show a corpus: a table, a small chart, and what could not be read.

    The chart counts articles per day (week or month where there are many), per outlet where
    fewer than two days are known, else by length. It is a picture with a text in its place, no
    wider than a notebook's output, and the same bytes each time.
    """
    rows = pd.DataFrame(summary_rows(contents), columns=["what", "number"])
    parts = [
        f"<p><strong>{html.escape(contents.name)}</strong></p>",
        show(rows)._repr_html_(),
        _chart(contents.articles),
    ]
    if len(contents.problems):
        problems = contents.problems
        within = problems["record"].notna().any()
        problems = problems if within else problems.drop(columns="record")
        shown = show(problems, rows=_MOST_PROBLEMS)
        parts += ["<p>Problems:</p>", shown._repr_html_()]
    return "\n".join(filter(None, parts))


# --- the chart -------------------------------------------------------------------------------


def _chart(articles: pd.DataFrame) -> str:
    if not len(articles):
        return ""
    dated = articles["published"].dropna()
    if dated.dt.date.nunique() >= 2:
        return _per_time(dated, len(articles) - len(dated))
    if articles["outlet"].nunique() >= 2:
        return _per_outlet(articles["outlet"])
    return _by_length(articles["text"])


def _per_time(dated: pd.Series[Any], undated: int) -> str:
    """Articles per day, week or month, whichever gives a readable number of columns."""
    days = dated.dt.tz_localize(None)
    unit, per = _unit(days)
    periods = days.dt.to_period(per)
    every = pd.period_range(periods.min(), periods.max(), freq=per)
    counts = [int(n) for n in periods.value_counts().reindex(every, fill_value=0)]
    names = [f"{period.start_time:%Y-%m-%d}" for period in every]
    most = max(counts)
    first_most = names[counts.index(most)]
    alt = (
        f"Articles per {unit}, {names[0]} to {names[-1]}: at most {most:,}"
        f" ({unit} of {first_most})."
    )
    caption = (
        f"Articles per {unit} of publication, from {names[0]} to {names[-1]}; most: {most:,}."
    )
    if undated:
        caption += f" {undated:,} without a date {'are' if undated > 1 else 'is'} not shown."
    return _figure(_columns(counts, names), _COLUMNS_HEIGHT + 2 * _MARGIN, alt, caption)


def _unit(days: pd.Series[Any]) -> tuple[str, str]:
    span = (days.max() - days.min()).days
    if span < _MOST_DAYS:
        return "day", "D"
    if span < 7 * _MOST_DAYS:
        return "week", "W"
    return ("month", "M") if span < 31 * _MOST_MONTHS else ("year", "Y")


def _columns(counts: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    most = max(counts)
    step = (_WIDTH - 2 * _MARGIN) / len(counts)
    base = _MARGIN + _COLUMNS_HEIGHT
    for place, count in enumerate(counts):
        height = _COLUMNS_HEIGHT * count / most
        if count:
            yield (
                f'<rect x="{_MARGIN + place * step:.1f}" y="{base - height:.1f}" '
                f'width="{max(step * 0.8, 0.5):.1f}" height="{height:.1f}" fill="{_BLUE}"/>'
            )
    yield (
        f'<path d="M{_MARGIN} {base}.5H{_WIDTH - _MARGIN}" stroke="{_PALE}" stroke-width="1"/>'
    )
    at = _MARGIN + (counts.index(most) + 0.4) * step
    yield _text(
        min(max(at, 2 * _MARGIN), _WIDTH - 2 * _MARGIN), _MARGIN - 6, f"{most:,}", "middle"
    )
    yield _text(_MARGIN, base + 18, names[0], "start", _GREY)
    yield _text(_WIDTH - _MARGIN, base + 18, names[-1], "end", _GREY)


def _per_outlet(outlets: pd.Series[Any]) -> str:
    counts = _counted(outlets)
    rest = counts[_MOST_OUTLETS:]
    bars = counts[:_MOST_OUTLETS]
    if rest:
        bars.append((f"{len(rest)} other outlets", sum(times for _, times in rest)))
    if missing := int(outlets.isna().sum()):
        bars.append(("outlet not known", missing))
    return _bars(bars, "Articles per outlet")


_LENGTHS: Final = (0, 100, 250, 500, 1_000, 2_000, 5_000)


def _by_length(texts: pd.Series[Any]) -> str:
    words = [len(text.split()) for text in texts]
    bars = []
    for least, next_least in zip(_LENGTHS, (*_LENGTHS[1:], None), strict=True):
        number = sum(least <= n and (next_least is None or n < next_least) for n in words)
        name = (
            f"{least:,} words and more"
            if next_least is None
            else f"{least:,} to {next_least - 1:,} words"
        )
        bars.append((name, number))
    while bars and not bars[-1][1]:
        bars.pop()
    while bars and not bars[0][1]:
        bars.pop(0)
    return _bars(bars, "Articles by length")


def _bars(bars: Sequence[tuple[str, int]], title: str) -> str:
    alt = f"{title}: {', '.join(f'{name} {number:,}' for name, number in bars)}."
    return _figure(_rows(bars), len(bars) * _ROW + 8, alt, f"{title}.")


def _rows(bars: Sequence[tuple[str, int]]) -> Iterator[str]:
    most = max(number for _, number in bars)
    for place, (name, number) in enumerate(bars):
        top = 4 + place * _ROW
        width = (_WIDTH - _LEFT - _RIGHT) * number / most
        short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        yield _text(_LEFT - 8, top + _BAR - 2, short, "end")
        yield (
            f'<rect x="{_LEFT}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{_BLUE}"/>'
        )
        yield _text(round(_LEFT + width, 1) + 6, top + _BAR - 2, f"{number:,}", "start", _GREY)


def _text(x: float, y: float, said: str, anchor: str, colour: str = _INK) -> str:
    printable = "".join(char if char.isprintable() else " " for char in said)
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{colour}" {_FONT}>'
        f"{html.escape(printable)}</text>"
    )


def _figure(shapes: Iterator[str], height: int, alt: str, caption: str) -> str:
    """A drawing as a picture: an untrusted notebook shows no SVG, but it shows pictures."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}"><rect width="100%" height="100%" fill="white"/>'
        f"{''.join(shapes)}</svg>"
    )
    coded = base64.b64encode(svg.encode()).decode("ascii")
    return (
        '<figure style="margin: 0">'
        f'<img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{coded}" '
        f'width="{_WIDTH}" height="{height}" style="max-width: 100%; height: auto">'
        f"<figcaption>{html.escape(caption)}</figcaption></figure>"
    )
