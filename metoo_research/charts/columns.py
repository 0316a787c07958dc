"""The columns of numbers and names that charts read, and what these can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from numbers import Number
from typing import Any, Final

import numpy as np
import pandas as pd

from metoo_research.errors import TableError

_ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class Numbers:
    """What a column of numbers can hold; NaN always, for what is not known.

    Attributes
    ----------
    least, most
        From where to where its numbers lie.
    whole
        Whether they are saved as whole numbers, where all are.
    infinite
        Whether a chart has a place for infinity.
    """

    least: float = -np.inf
    most: float = np.inf
    whole: bool = False
    infinite: bool = False

    def refuse(self, column: pd.Series[Any], *, chart: str) -> None:
        """Raise `TableError` where `column` holds what is no number, or out of range."""
        known = column.dropna()
        if pd.api.types.is_numeric_dtype(known) and not pd.api.types.is_complex_dtype(known):
            wrong = (known < self.least - _ROUNDING) | (known > self.most + _ROUNDING)
            if not self.infinite:
                wrong |= known.abs() == np.inf
        else:
            wrong = known.map(lambda value: not isinstance(value, Number)).astype(bool)
            wrong |= not wrong.any()  # times, and the like
        if not wrong.any():
            return
        ends = [f"from {self.least:g}"] * bool(np.isfinite(self.least))
        ends += [f"to {self.most:g}"] * bool(np.isfinite(self.most))
        said = " ".join(["numbers", *ends])
        first = known.loc[wrong.to_numpy()].iloc[0]
        shown = repr(first) if isinstance(first, str) else first
        raise TableError(
            f"the chart {chart} needs {said} in the column {column.name}; one is {shown}"
        )


_SIDES: Final = ("target", "reference")
_ENDS: Final = ("", "_without_topic")
_VOICES: Final = ("speech", "narration", "embedded")
_COUNTS: Final = (
    *("count", "words", "words_analysed", "words_set_aside", "passages", "tokens", "types"),
    *("sentences", "articles", "places", "n", "articles_counted", "articles_containing"),
    *(f"{what}_{side}" for what in ("count", "articles") for side in _SIDES),
    *(f"sentences_{voice}" for voice in _VOICES),
    *("start", "end", "text_length", "sentence_id"),
)
_RATES: Final = tuple(
    f"per_million{end}" for end in ("", "_low", "_high", *(f"_{side}" for side in _SIDES))
)
_MEANS: Final = tuple(
    f"{name}{end}"
    for name in ("mean", "mean_compound", *(f"mean_{voice}" for voice in _VOICES))
    for end in _ENDS
)
_SHARES: Final = (
    *("position", "cosine", "jaccard", "topic_share", "share_target", "share_reference"),
    *("p", "q", "p_permutation"),
)
_INTERVALS: Final = tuple(
    f"{name}{end}" for name in ("low", "high", "ci_low", "ci_high") for end in _ENDS
)
_DIFFERENCES: Final = ("contrast", "contrast_without_topic", "contribution")

#: The numbers of a column, whatever the chart.
KINDS: Final[Mapping[str, Numbers]] = {
    **dict.fromkeys(_COUNTS, Numbers(least=0.0, whole=True)),
    "part": Numbers(least=1.0, whole=True),
    "direction": Numbers(whole=True),
    **dict.fromkeys(_RATES, Numbers(least=0.0)),
    **dict.fromkeys(("compound", *_MEANS), Numbers(least=-1.0, most=1.0)),
    **dict.fromkeys(_SHARES, Numbers(least=0.0, most=1.0)),
    **dict.fromkeys(("log_ratio", "log_odds_z"), Numbers(infinite=True)),
    **dict.fromkeys((*_INTERVALS, *_DIFFERENCES), Numbers()),
    **dict.fromkeys(("log_likelihood", "lambda", "z"), Numbers()),
    **dict.fromkeys(("value", "value_high", "window_hours"), Numbers()),
}
_SENTIMENT: Final = ("compound", *_MEANS, *_INTERVALS, "topic_share", "sentences")
_FIGURES: Final = ("value", "value_high", "window_hours")
_FREQUENCY: Final = ("count", "per_million", "articles_containing")
_PAIRS: Final = tuple("_".join(pair) for pair in product(("count", "articles"), _SIDES))

#: The columns of numbers that each chart reads, also those that its tables may lack. Others of
#: these names are of no concern to it.
READ: Final[Mapping[str, tuple[str, ...]]] = {
    "corpus_overview": ("words_analysed", "words_set_aside"),
    "passage_map": ("start", "end", "text_length"),
    "word_frequency": _FREQUENCY,
    "hashtags_mentions": _FREQUENCY,
    "word_rates": (*_FREQUENCY, "per_million_low", "per_million_high"),
    "word_positions": ("position",),
    "word_trend": ("count", "articles_counted", "per_million", "low", "high"),
    "collocations": ("count", "articles_containing", "lambda", "z"),
    "text_measure": ("tokens", "words", "types"),
    "keyness": (*_PAIRS, "log_likelihood", "p", "q", "p_permutation"),
    "word_scatter": ("per_million_target", "per_million_reference", "log_likelihood"),
    "word_shift": ("contribution", "share_target", "share_reference", "direction"),
    "similarity": (),
    "shared_passages": ("passages", "words"),
    "sentiment_by_article": _SENTIMENT,
    "sentiment_without_topic": _SENTIMENT,
    "sentiment_arc": (*_SENTIMENT, "part"),
    "sentiment_groups": (*_SENTIMENT, "articles"),
    "sentiment_targets": (*_SENTIMENT, "articles", "places", "n"),
    "sentiment_voices": (
        *_SENTIMENT,
        *("contrast", "contrast_without_topic"),
        *(f"sentences_{voice}" for voice in _VOICES),
    ),
    "reported_metrics": _FIGURES,
    "metrics_timeline": _FIGURES,
    "metrics_by_article": _FIGURES,
    "metrics_sources": _FIGURES,
}
#: Columns that name what a row is about: none may be missing.
_NAMES: Final = ("article_id", "article_a", "article_b")
#: Charts that draw nothing without a word. In others a row without one names an article.
_OF_WORDS: Final = ("word_frequency", "word_rates", "keyness", "word_scatter", "word_shift")


def checked(table: pd.DataFrame, *, chart: str, measure: object = None) -> pd.DataFrame:
    """Give a table of plain types whose numbers and names `chart` can draw.

    Parameters
    ----------
    table
        As `plain` gives it.
    chart
        The name of the chart.
    measure
        The column that the chart is asked to draw, with the ends of its interval.

    Raises
    ------
    TableError
        Where a column of numbers holds something else, or numbers that it cannot have, or a
        row has no article or no word.
    """
    asked = [f"{measure}{end}" for end in ("", "_low", "_high")] if measure else []
    numbers = {
        name: KINDS.get(name, Numbers())
        for name in (*READ.get(chart, ()), *asked)
        if isinstance(table.get(name), pd.Series)
    }
    for name in (*READ.get(chart, ()), *asked, *_NAMES, "word"):
        if isinstance(table.get(name), pd.DataFrame):
            raise TableError(
                f"the chart {chart} needs one column {name}; the table has several"
            )
    for name, kind in numbers.items():
        kind.refuse(table[name], chart=chart)
    _named(table, chart=chart)
    floats = {name: table[name].astype("float64") for name in numbers if name not in KINDS}
    floats |= {
        name: pd.Series(np.nan, index=table.index)  # none is known, so its type tells nothing
        for name in numbers
        if not pd.api.types.is_numeric_dtype(table[name])
    }
    changed = {name: one for name, one in floats.items() if table[name].dtype != one.dtype}
    return table.assign(**changed) if changed else table


def _named(table: pd.DataFrame, *, chart: str) -> None:
    """Raise `TableError` where a row does not say of which article, or which word, it is."""
    of_all = pd.Series(False, index=table.index)
    if chart == "sentiment_voices" and "scope" in table:
        of_all = table["scope"] == "all"  # a row for all articles has no one of them
    for name in (*_NAMES, *(("word",) if chart in _OF_WORDS else ())):
        column = table.get(name)
        if isinstance(column, pd.Series) and (column.isna() & ~of_all).any():
            number = int((column.isna() & ~of_all).sum())
            a = "an" if name[0] == "a" else "a"
            rows = "1 row has" if number == 1 else f"{number:,} rows have"
            raise TableError(f"the chart {chart} needs {a} {name} in every row; {rows} none")


def alike(tables: Iterable[pd.DataFrame], *, chart: str) -> None:
    """Raise `TableError` where ids of articles are numbers in one table and text in another."""
    kinds = {
        "numbers" if pd.api.types.is_numeric_dtype(ids) else "text"
        for table in tables
        for name in _NAMES
        if isinstance(ids := table.get(name), pd.Series) and ids.notna().any()
    }
    if len(kinds) > 1:
        raise TableError(
            f"the chart {chart} has numbers for article_id in one table and text in another; "
            "give both the same, as with astype(str)"
        )


def saved(table: pd.DataFrame) -> pd.DataFrame:
    """Give the known columns of numbers the types in which they are saved, whatever they had.

    Counts are whole numbers, also where some are missing; all other numbers are not, so that
    0.0 is not 0 in a table of another type.
    """
    types = {
        name: _saved_as(table[name], KINDS[name])
        for name in table.columns.intersection(list(KINDS))
        if isinstance(table[name], pd.Series)
    }
    changed = {name: kind for name, kind in types.items() if kind != table[name].dtype}
    return table.astype(changed) if changed else table


def _saved_as(column: pd.Series[Any], kind: Numbers) -> Any:
    if pd.api.types.is_bool_dtype(column) or not pd.api.types.is_numeric_dtype(column):
        return column.dtype
    known = column.dropna()
    if not kind.whole or known.empty or (known % 1 != 0).any():
        return np.dtype("float64")
    return np.dtype("int64") if len(known) == len(column) else pd.Int64Dtype()
