"""Words over time: counts per day, week, month or year, with intervals and with the gaps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import tzinfo
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    COUNTED_KINDS,
    Codes,
    article_groups,
    article_index,
    by_columns,
    checked_kinds,
    code_point_order,
    counted_tokens,
    require_columns,
)
from metoo_research.words.intervals import Bootstrap, Units, ratio_intervals
from metoo_research.words.matching import Match, find_all, pattern_list, token_sequence

Period = Literal["day", "week", "month", "year"]
_Frequency = Literal["D", "W-SUN", "M", "Y-DEC"]

_FREQUENCIES: dict[Period, _Frequency] = {
    "day": "D",
    "week": "W-SUN",
    "month": "M",
    "year": "Y-DEC",
}
#: How many periods a chart shows apart.
_MOST_AT_ONCE = 62
#: More periods than this come from a mistaken date, not from a campaign.
_MOST_PERIODS = 40_000
_FORMULAS = {"per_million": "1,000,000 * count / tokens_counted"}
_COLUMNS = (
    "period_start",
    "period_end",
    "word",
    "count",
    "per_million",
    "low",
    "high",
    "articles_containing",
    "tokens_counted",
    "articles_counted",
)


def word_trend(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    words: str | Sequence[str],
    *,
    per: Period | None = "day",
    time_zone: str | None = None,
    by: str | Sequence[str] | None = None,
    match: Match = "glob",
    ignore_punctuation: bool = False,
    kinds: Collection[TokenKind] = COUNTED_KINDS,
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 2017,
) -> Result:
    """Count words and phrases per day, week, month or year of publication.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``sentence_id``, ``start``, ``end``, ``word``,
        ``kind``.
    articles
        One row per article: ``article_id``, ``published``, the columns named in ``by``; for
        regular expressions also ``text``. With ``published_precision``, an article of which
        only the day is known stays on that day in every zone.
    words
        Words or phrases; patterns as in `concordance`.
    per
        ``"day"``, ``"week"`` (from Monday), ``"month"`` or ``"year"``, as the clock of
        ``time_zone`` shows them; ``None`` takes the shortest of which there are no more than
        62. Which one, ``attrs["per"]`` says.
    time_zone
        Name of a time zone (``"Europe/London"``); ``None`` takes that of ``published``,
        which is the study's, and UTC where ``published`` has none.
    by
        Column or columns of ``articles`` that make the groups; ``None`` for the corpus.
    match, ignore_punctuation
        As in `concordance`.
    kinds
        Kinds of tokens that make up ``tokens_counted``.
    level, draws, seed
        Level of the interval, number of draws and seed.

    Returns
    -------
    One row per group, word (in the order of ``words``) and period, without a hole from the
    first period of the corpus to the last, the same for all groups:

    ``by`` columns
        The group.
    ``period_start``, ``period_end``
        Midnight at both ends, in ``time_zone``; the end belongs to the next period.
    ``word``
        The pattern as given.
    ``count``
        Occurrences; 0 where articles of the period have none, missing in a period
        **without articles**: nobody wrote is not nobody used the word.
    ``per_million``
        Occurrences per million of ``tokens_counted``; NaN where that is 0.
    ``low``, ``high``
        Percentile bootstrap over the period's articles (see `ratio_intervals`). NaN where
        fewer than two of them hold tokens, and where the word does not occur: every draw is
        0 then, which does not tell how rare it is.
    ``articles_containing``
        Articles with an occurrence; missing in a period without articles.
    ``tokens_counted``, ``articles_counted``
        Tokens of ``kinds``, and articles, in the period.

    ``attrs["left_out"]`` counts the articles without a date, and their tokens.

    Raises
    ------
    TableError
        If a column is missing, a token belongs to no article, or an option has no meaning.
    """
    if per is not None and per not in get_args(Period):
        raise TableError(f"per is one of {', '.join(get_args(Period))}, not {per!r}")
    bootstrap = Bootstrap(level, draws, seed)
    patterns = pattern_list(words)
    grouping = by_columns(by)
    require_columns(articles, ["article_id", "published"], name="articles")
    counted = counted_tokens(tokens, articles, kinds)
    group_of_article, groups = article_groups(articles, grouping, taken=_COLUMNS)
    zone, local = _local_times(articles, time_zone)
    dated = local.notna().to_numpy(dtype=bool)
    per = per or _shortest(local[dated])
    frequency = _FREQUENCIES[per]
    periods = _periods(local[dated], frequency)
    number = np.zeros(len(articles), dtype=np.int64)
    if dated.any():
        number[dated] = periods.get_indexer(pd.PeriodIndex(local[dated], freq=frequency))
    # A cell is a group's period; undated articles are in none.
    n_cells = len(groups) * len(periods)
    cell = group_of_article * len(periods) + number

    sizes = counted.article_sizes
    cell_articles = np.bincount(cell[dated], minlength=n_cells)
    cell_tokens = np.bincount(cell[dated], weights=sizes[dated], minlength=n_cells)
    occurrences = _occurrences(
        tokens, articles, patterns, match=match, ignore_punctuation=ignore_punctuation
    )
    # One row per pattern and cell; the rows of a pattern follow one another.
    pattern, article = np.nonzero(occurrences * dated)
    row = pattern * n_cells + cell[article]
    hits = occurrences[pattern, article]
    n_rows = len(patterns) * n_cells
    count = np.bincount(row, weights=hits, minlength=n_rows)
    containing = np.bincount(row, minlength=n_rows)
    row_cell = np.tile(np.arange(n_cells), len(patterns))

    place = code_point_order(pd.Series(article_index(articles)))
    in_order = np.argsort(place)
    low, high = ratio_intervals(
        Units(cell[in_order], np.where(dated, sizes, 0)[in_order]),
        row=row,
        unit=place[article],
        count=hits,
        row_group=row_cell,
        bootstrap=bootstrap,
    )
    held = cell_tokens[row_cell]
    empty = cell_articles[row_cell] == 0
    period = row_cell % max(len(periods), 1)
    table = groups.iloc[row_cell // max(len(periods), 1)].reset_index(drop=True)
    starts, ends = _bounds(periods, zone)
    table["period_start"] = starts[period]
    table["period_end"] = ends[period]
    table["word"] = pd.Series(
        np.repeat(np.asarray(patterns, dtype=object), n_cells), dtype="str"
    )
    table["count"] = _whole(count, empty)
    table["per_million"] = 1_000_000 * count / np.where(held > 0, held, np.nan)
    table["low"] = 1_000_000 * low
    table["high"] = 1_000_000 * high
    table["articles_containing"] = _whole(containing, empty)
    table["tokens_counted"] = held.astype(np.int64)
    table["articles_counted"] = cell_articles[row_cell].astype(np.int64)

    group = row_cell // max(len(periods), 1)
    order = np.lexsort((period, np.repeat(np.arange(len(patterns)), n_cells), group))
    settings: dict[str, Any] = {
        "table": "word_trend",
        "words": patterns,
        "match": match,
        "ignore_punctuation": ignore_punctuation,
        "per": per,
        "time_zone": str(zone),
        "by": grouping,
        "kinds": list(checked_kinds(kinds)),
        "intervals": bootstrap.settings() | {"drawn": "articles of the period"},
        "formulas": dict(_FORMULAS),
        "tokenizer": tokens.attrs.get("tokenizer"),
        "n_articles": len(articles),
        "n_tokens": int(sizes.sum()),
        "periods": len(periods),
        "periods_without_articles": int((cell_articles == 0).sum()),
        "left_out": {
            "without_date": {
                "articles": int((~dated).sum()),
                "tokens": int(sizes[~dated].sum()),
                "occurrences": int(occurrences[:, ~dated].sum()),
            },
            "other_kinds": {"tokens": counted.other_kinds},
        },
    }
    return result(table.iloc[order].reset_index(drop=True), settings)


def _occurrences(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    patterns: list[str],
    *,
    match: Match,
    ignore_punctuation: bool,
) -> Codes:
    """Occurrences of each pattern (rows) in each article (columns)."""
    sequence = token_sequence(tokens, articles, ignore_punctuation=ignore_punctuation)
    return np.stack(
        [
            np.bincount(sequence.article[places.first], minlength=len(articles))
            for places in find_all(sequence, articles, patterns, match)
        ]
    ).astype(np.int64)


def _local_times(
    articles: pd.DataFrame, time_zone: str | None
) -> tuple[tzinfo, pd.Series[pd.Timestamp]]:
    """Return the zone, and the times that its clock shows; a bare date stays that date."""
    try:
        times = pd.to_datetime(articles["published"], format="ISO8601")
    except (ValueError, TypeError) as error:
        raise TableError(
            "the column 'published' holds something that is no date (2017-10-15), or several "
            "time zones; bring it into one with pandas.to_datetime(..., utc=True)"
        ) from error
    own = times.dt.tz
    try:
        zone: tzinfo = (own or ZoneInfo("UTC")) if time_zone is None else ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise TableError(
            f"no time zone is called {time_zone!r}; use a name such as Europe/London"
        ) from error
    if own is None:  # the clock of the zone that is asked for
        return zone, times.reset_index(drop=True)
    local = times.dt.tz_convert(zone).dt.tz_localize(None)
    if "published_precision" in articles.columns:
        local = local.where(
            articles["published_precision"] != "day", times.dt.tz_localize(None)
        )
    return zone, local.reset_index(drop=True)


def _shortest(local: pd.Series[pd.Timestamp]) -> Period:
    """Give the shortest period of which there are few enough to be seen apart."""
    if local.empty:
        return "day"
    for per, frequency in _FREQUENCIES.items():
        first, last = (pd.Period(at, freq=frequency) for at in (local.min(), local.max()))
        if last.ordinal - first.ordinal < _MOST_AT_ONCE:
            return per
    return "year"


def _periods(local: pd.Series[pd.Timestamp], frequency: _Frequency) -> pd.PeriodIndex:
    """All periods from the first time to the last."""
    if local.empty:
        return pd.PeriodIndex([], freq=frequency)
    first, last = pd.Period(local.min(), freq=frequency), pd.Period(local.max(), freq=frequency)
    if last.ordinal - first.ordinal >= _MOST_PERIODS:
        raise TableError(
            f"from {first.start_time.date()} to {last.end_time.date()} there are more than "
            f"{_MOST_PERIODS:,} periods; correct the date, or count by year"
        )
    return pd.period_range(first, last, freq=frequency)


def _bounds(periods: pd.PeriodIndex, zone: tzinfo) -> tuple[pd.DatetimeIndex, pd.DatetimeIndex]:
    """First midnight of each period and of the next one."""

    def midnight(of: pd.PeriodIndex) -> pd.DatetimeIndex:
        # Where clocks go forward at midnight, the day begins at one; where they go back, it
        # begins with the first of both midnights.
        first = np.ones(len(of), dtype=bool)
        return of.start_time.as_unit("us").tz_localize(
            zone, ambiguous=first, nonexistent="shift_forward"
        )

    return midnight(periods), midnight(periods + 1)


def _whole(values: NDArray[Any], missing: NDArray[np.bool_]) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(values.astype(np.int64), missing)
