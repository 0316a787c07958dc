"""How often words occur per period of a dated corpus."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.bands import Bands, Numbers
from metoo_research.charts.counted import drawn_over
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.dots import dot
from metoo_research.charts.extremes import shared
from metoo_research.charts.key import KeyItem, marker, patch
from metoo_research.charts.style import GREY, INK, NARROW_MM, PALE, SMALL_PT, TWO_COLUMNS_MM
from metoo_research.charts.tables import level_of, need, row_limit, shown_of
from metoo_research.charts.text import clean, count, significant, some_of, widest_mm
from metoo_research.charts.text import width_mm as text_mm
from metoo_research.errors import TableError

_NEEDED: Final = (
    *("word", "period_start", "period_end", "count", "articles_counted"),
    *("per_million", "low", "high"),
)
_NOTHING: Final = "No word to follow, or no dated article, in this corpus."
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_ROOM_OF_POINT: Final = 2.0  # points of size for a millimetre of room
_NARROW_PERIOD_MM: Final = 1.0
_LEAST_BAR_MM: Final = 0.25
_BAR_SHARE: Final = 0.6  # of the distance between two narrow bars
_ARTICLES: Final = "articles"
_DAY: Final = pd.Timedelta(days=1)
_MONTH: Final = pd.DateOffset(months=1)
_YEAR: Final = pd.DateOffset(years=1)


@layout.chart
def word_trend(
    table: pd.DataFrame,
    *,
    top: int = 8,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw the rate of each word per period as points with intervals, one strip per word.

    Parameters
    ----------
    table
        One row per word and period: ``word``, ``period_start``, ``period_end`` (exclusive),
        ``count``, ``articles_counted``, ``per_million``, ``low``, ``high``. A period without
        articles has no rate (NaN): it is hatched, and the line is broken there, as it is where
        a period has no row. ``attrs["level"]`` is the coverage of the intervals (0.95 if
        missing).
    top
        How many words to draw, in the order of the table; the title says of how many.
    title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes: along x days since the first period begins, with a point at the middle of each
    period; along y millimetres from the top. All strips of words have one scale. A last strip
    has the number of articles of each period as bars, with their numbers where these fit; it
    is left out where none is known.

    Raises
    ------
    TableError
        If a column is missing, a word has two rows for a period or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    words, shown = _shown(table, top)
    total = table["word"].nunique()
    title = title or "Words over time" + shown_of(len(words), total, "words")
    shown_periods = _periods(shown)
    if shown.empty or shown_periods.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    most = shown[["per_million", "high"]].max().max()
    most = float(most) if pd.notna(most) and most > 0 else 1.0
    counted = bool(shown_periods["articles_counted"].notna().any())
    names = [*(clean(word) for word in words), *([_ARTICLES] if counted else [])]
    bands = Bands(ax, names, scale=(0.0, most), width=width_mm)
    ax = bands.ax
    bands.level(0.0)
    bands.level(most, linestyle=(0, (1, 2)))
    ax.set_xlim(shown_periods["from"].min(), shown_periods["to"].max())
    empty = shown_periods.loc[shown_periods["articles_counted"] == 0]
    for begin, end in zip(empty["from"], empty["to"], strict=True):
        ax.axvspan(begin, end, **_no_articles())
    highest, times = [], []
    each_mm = _room(width_mm) / max(len(shown_periods), 1)
    # Points of many periods would run into one another.
    size = min(3.5, max(0.8, _ROOM_OF_POINT * each_mm))
    for row, word in enumerate(words):
        own = _in_order(shown.loc[shown["word"] == word], shown_periods)
        x, rate, low, high = (
            own[c].to_numpy(float) for c in ("x", "per_million", "low", "high")
        )
        bands.course(row, x, rate, (low, high), dot() | {"markersize": size})
        highest.append(significant(own["per_million"].max()))
        times.append(count(own["count"].sum()) if own["count"].notna().any() else "–")
    top_of_scale = significant(most)
    bands.scale_words((0.0, "0"), (most, top_of_scale))
    unknown = len(shown_periods)
    if counted:
        unknown = _articles(bands, len(words), shown_periods, width_mm)
        times, highest = [*times, ""], [*highest, ""]
    columns = [("times", times), ("highest rate", highest)]
    bands.columns(columns, start=text_mm(top_of_scale, size=SMALL_PT) + 2.0)
    _dates(ax, shown_periods, width_mm)
    layout.tidy(ax, grid=False)
    has_intervals = bool(shown[["low", "high"]].notna().all(axis=1).any())
    key = []
    if shown["per_million"].notna().any():
        meaning = f"rate with its {level_of(table)} interval" if has_intervals else "rate"
        key.append(KeyItem(marker(line=True, **dot()), meaning))
    if len(empty):
        key.append(KeyItem(patch(**_no_articles()), "no article in this period"))
    notes = [f"Every strip of a word goes from 0 to {top_of_scale} per million words."]
    over = drawn_over(table.attrs)
    if over and has_intervals:
        notes.append(f"Intervals: from drawing {over} anew.")
    if each_mm < _NARROW_PERIOD_MM:
        notes.append("Periods are narrow here: count by longer ones to tell them apart.")
    if unknown:
        notes.append(f"Number of articles not known: {plural(unknown, 'period')}.")
    alt = _describe(words, shown, shown_periods, total, _marks(shown, level_of(table)))
    drawn = shown[list(_NEEDED)]
    return layout.finish(ax, title=title, table=drawn, alt=alt, key=key, notes=notes)


describe_word_trend = description_of(word_trend)


def _describe(
    words: list[Any], shown: pd.DataFrame, periods: pd.DataFrame, total: int, marks: str
) -> str:
    empty = int((periods["articles_counted"] == 0).sum())
    unit = _unit(periods)
    first = _written(periods["period_start"].iloc[0], unit)
    text = (
        f"Strips with {marks} for "
        f"{some_of(len(words), total, 'word')}: occurrences per "
        f"million words in {plural(len(periods), unit)} from {first} on, {empty:,} of them "
        "without an article."
    )
    known = periods["articles_counted"].dropna()
    if len(known):
        fewest = f"{count(known.min())} to " if known.min() < known.max() else ""
        text += f" Bars: {fewest}{plural(int(known.max()), 'article')} a {unit}."
    parts = []
    for word in words:
        own = shown.loc[(shown["word"] == word) & shown["per_million"].notna()]
        if own.empty:
            parts.append(f"{clean(word)} has none")
            continue
        highest = own["per_million"].max()
        at = own.loc[own["per_million"] == highest, "period_start"]
        starts = [_written(start, unit) for start in at]
        if unit in ("week", "period"):
            starts[0] = f"{unit} from {starts[0]}"
        when = f" ({shared(starts)})" if highest > 0 else " throughout"
        parts.append(f"{clean(word)} {significant(highest)}{when}")
    return f"{text} Highest rate: {'; '.join(parts)}."


def _marks(shown: pd.DataFrame, level: str) -> str:
    """Name what the strips hold: points, and intervals so far as they are drawn."""
    points = int(shown["per_million"].notna().sum())
    drawn = int(shown[["low", "high"]].notna().all(axis=1).sum())
    if not drawn:
        return "points"
    if drawn >= points:
        return f"points and {level} intervals"
    return f"points, {drawn:,} of {points:,} with {level} intervals,"


def _shown(table: pd.DataFrame, top: int) -> tuple[list[Any], pd.DataFrame]:
    need(table, _NEEDED, chart="word_trend")
    words = list(dict.fromkeys(table["word"].dropna()))[: min(row_limit(top), 40)]
    timed = table["period_start"].notna() & table["period_end"].notna()
    shown = table.loc[table["word"].isin(words) & timed].reset_index(drop=True)
    if shown.duplicated(["word", "period_start"]).any():
        raise TableError("the chart word_trend draws one group; a period has several rows")
    return words, shown


def _periods(shown: pd.DataFrame) -> pd.DataFrame:
    """List the periods in order, with their places in days since the first one begins."""
    columns = ["period_start", "period_end", "articles_counted"]
    # Each word tells the number of articles; one of them may not know it.
    known = shown.groupby("period_start", sort=False)[columns[1:]].first().reset_index()
    for column in columns[:2]:
        known[column] = pd.to_datetime(known[column])
    known = known.sort_values("period_start").reset_index(drop=True)
    for name, column in (("from", "period_start"), ("to", "period_end")):
        known[name] = (known[column] - known["period_start"].min()) / _DAY
    return known


def _in_order(own: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Give a word's rows by time, with a row of NaN wherever a stretch has no period."""
    values = ["count", "per_million", "low", "high"]
    by_start = own.set_index(pd.to_datetime(own["period_start"]))[values]
    rows = periods.join(by_start, on="period_start")
    rows["x"] = (rows["from"] + rows["to"]) / 2
    late = rows["from"] > rows["to"].shift() + 1e-6
    gaps = pd.DataFrame({"x": rows.loc[late, "from"]})
    return pd.concat([rows, gaps]).sort_values("x", kind="stable")


def _no_articles() -> dict[str, Any]:
    look: dict[str, Any] = {"facecolor": "white", "edgecolor": PALE, "hatch": "/////"}
    return look | {"linewidth": 0, "zorder": 0.4}


def _articles(bands: Bands, row: int, periods: pd.DataFrame, width: float) -> int:
    """Draw a bar for the articles of each period; say of how many periods none is known."""
    known = periods.dropna(subset=["articles_counted"])
    number = known["articles_counted"].to_numpy(float)
    most = max(float(number.max()), 1.0) if len(number) else 1.0
    share = bands.scale[1] / most  # the strip has the words' scale: as many parts of its height
    base, *tops = bands.heights(row, np.array([0.0, *number * share]))
    span = known["to"] - known["from"]
    middles = (known["from"] + known["to"]) / 2
    filled = 0.7 if _room(width) / len(periods) >= _NARROW_PERIOD_MM else 1.0
    look: dict[str, Any] = {"facecolor": GREY, "linewidth": 0, "zorder": 2}
    per_mm = (periods["to"].max() - periods["from"].min()) / _room(width)
    seen = number > 0
    wide = np.array(filled * span, dtype=float)
    wide[seen] = _bar_widths(wide[seen], middles.to_numpy(float)[seen], per_mm)
    # Bars drawn from pixel to pixel vanish where they are narrower than one.
    look["snap"] = None if filled < 1 else False
    heights = np.array(tops) - base
    bands.ax.bar(middles, heights, bottom=base, width=wide, clip_on=False, **look)
    bands.scale_words((0.0, "0"), (bands.scale[1], count(most)), row=row)
    texts = [count(n) for n in number]
    room = float(span.min()) / per_mm if len(span) else 0.0
    if all(text_mm(text, size=SMALL_PT) + 0.4 <= room for text in texts):
        look = {"fontsize": SMALL_PT, "ha": "center", "va": "bottom", "color": INK}
        for x, top, n, text in zip(middles, tops, number, texts, strict=True):
            if n > 0:  # the others are hatched
                bands.ax.text(x, top, text, **look)
    return len(periods) - len(known)


def _bar_widths(own: Numbers, places: Numbers, per_mm: float) -> Numbers:
    """Give bars of the widths `own` a least width at which they are seen.

    Two of them in `places` in order keep a gap where these are far enough apart for one.
    """
    gaps = np.diff(places) / per_mm
    nearest = np.minimum([np.inf, *gaps], [*gaps, np.inf])
    apart = np.where(nearest >= _LEAST_BAR_MM, _BAR_SHARE * nearest, np.inf)
    return np.maximum(own, np.minimum(apart, _LEAST_BAR_MM) * per_mm)


def _room(width: float) -> float:
    """Give how wide the strips are at least, in mm."""
    return (0.42 if width < NARROW_MM else 0.6) * width


def _dates(ax: Axes, periods: pd.DataFrame, width: float) -> None:
    """Write under the strips when a period begins."""
    unit = _unit(periods)
    words = _on_axis(periods["period_start"], unit)
    widest = widest_mm(words, size=SMALL_PT) + 2.5
    middles = [float(x) for x in (periods["from"] + periods["to"]) / 2]
    per_mm = (periods["to"].max() - periods["from"].min()) / _room(width)
    chosen: list[int] = []
    for at, middle in enumerate(middles):
        if not chosen or middle - middles[chosen[-1]] >= widest * per_mm:
            chosen.append(at)
    ax.set_xticks([middles[at] for at in chosen], [words[at] for at in chosen])
    begins = unit in ("week", "period")
    ax.set_xlabel(f"{unit} beginning" if begins else f"{unit} of publication")


def _unit(periods: pd.DataFrame) -> str:
    """Say whether each period is a "day", "week", "month" or "year", or only a "period"."""
    starts, ends = periods["period_start"], periods["period_end"]
    first = starts.dt.is_month_start.all() and (starts == starts.dt.normalize()).all()
    if first and starts.dt.month.eq(1).all() and (ends == starts + _YEAR).all():
        return "year"
    if first and (ends == starts + _MONTH).all():
        return "month"
    # Rounded: where clocks are changed, a day has 23 or 25 hours.
    days = {round(float(span)) for span in periods["to"] - periods["from"]}
    return {1: "day", 7: "week"}.get(days.pop(), "period") if len(days) == 1 else "period"


def _on_axis(starts: pd.Series[Any], unit: str) -> list[str]:
    days = [_written(start, unit) for start in starts]
    if starts.dt.year.min() == starts.dt.year.max() and len(days) > 1:
        year = f" {starts.iloc[0].year}"
        return [
            days[0].replace(year, f"\n{year.strip()}"),
            *(d.replace(year, "") for d in days[1:]),
        ]
    return [day[::-1].replace(" ", "\n", 1)[::-1] for day in days]


def _written(start: Any, unit: str) -> str:
    """Write when a period begins: "16 Oct 2017", or "Oct 2017", "2017" of a whole one."""
    when = pd.Timestamp(start)
    if unit == "year":
        return str(when.year)
    month = f"{_MONTHS[when.month - 1]} {when.year}"
    return month if unit == "month" else f"{when.day} {month}"
