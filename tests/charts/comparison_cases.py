"""The charts of words and sentiment that compare, with the tables that break charts.

Words and names of groups are taken from the articles' labels, so that the hard ones among
them are drawn as words too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, islice
from typing import Any

import comparison_tables as tables
import pandas as pd
from case import MANY, Case, without_numbers
from matplotlib.axes import Axes

from metoo_research import charts


def _words(number: int = MANY) -> list[str]:
    return [f"word{at}" for at in range(number)]


def _many_pairs(measure: str) -> pd.DataFrame:
    pairs = islice(combinations([f"a{at}" for at in range(300)], 2), MANY)
    table = pd.DataFrame(pairs, columns=["article_a", "article_b"])
    return table.assign(**{measure: 1})


def _many_periods() -> pd.DataFrame:
    days = pd.date_range("2017-01-01", periods=100)
    return pd.DataFrame(
        {
            "word": [word for word in _words(100) for _ in days],
            "period_start": [*days] * 100,
            "period_end": [*(days + pd.Timedelta(days=1))] * 100,
            **{"count": 1, "articles_counted": 2, "per_million": 50.0},
            **{"low": 10.0, "high": 90.0},
        }
    )


def _many_groups(column: str) -> pd.DataFrame:
    return pd.DataFrame({column: _words(), "mean": 0.1, "low": 0.0, "high": 0.2})


def _simple(
    name: str,
    example: Callable[..., pd.DataFrame],
    many: Callable[[], pd.DataFrame],
    *,
    item: str | None = None,
    **given: Any,
) -> Case:
    """The five drawings of a chart of one table, whose `item` the labels stand for."""

    def chart(*given: Any, **options: Any) -> Axes:
        drawn: Axes = getattr(charts, name)(*given, **options)
        return drawn

    def draw(articles: pd.DataFrame, **options: Any) -> Axes:
        if item is None:
            return chart(example(), articles=articles, **given, **options)
        return chart(example().assign(**named(articles)), **given, **options)

    def named(articles: pd.DataFrame) -> dict[str, Any]:
        column = example()[str(item)]
        labels = dict(zip(tables.WORDS, articles["label"], strict=True))
        return {str(item): [labels.get(word, word) for word in column]}

    return Case(
        draw=draw,
        empty=lambda: chart(example().head(0), **given),
        one=lambda: chart(example().head(1), **given),
        missing=lambda: chart(without_numbers(example()), **given),
        many=lambda **options: chart(many(), **given, **options),
    )


def _two_groups(
    name: str,
    example: Callable[..., pd.DataFrame],
    many: Callable[[], pd.DataFrame],
    *,
    item: str,
) -> Case:
    """The same for a chart of two groups, named by the first two labels."""
    simple = _simple(name, example, many, item=item)

    def draw(articles: pd.DataFrame, **options: Any) -> Axes:
        target, reference, *_ = articles["label"]
        return simple.draw(articles, target=target, reference=reference, **options)

    return replace(simple, draw=draw)


def _sentiment(name: str, column: str) -> Case:
    return _simple(
        name,
        lambda: tables.sentiment(column),
        lambda: _many_groups(column),
        item=column,
    )


def _many_rates() -> pd.DataFrame:
    return pd.DataFrame(
        {
            **{"word": _words(), "count": range(MANY), "per_million": 5.0},
            **{"per_million_low": 2.0, "per_million_high": 9.0},
        }
    )


def _many_keys() -> pd.DataFrame:
    return pd.DataFrame(
        {
            **{"word": _words(), "count_target": range(MANY), "count_reference": 50},
            **{"log_ratio": [at / 1000 - 5.0005 for at in range(MANY)]},
            "per_million_target": [10.0 * at for at in range(MANY)],
            "per_million_reference": [float(at % 700) for at in range(MANY)],
        }
    )


def _many_phrases() -> pd.DataFrame:
    return pd.DataFrame({"ngram": _words(), "count": range(MANY)})


def _many_texts() -> pd.DataFrame:
    return pd.DataFrame({"article_id": _words(), "mattr": 0.5})


def _many_parts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": [f"a{at}" for at in range(300) for _ in range(10)],
            "part": [*range(1, 11)] * 300,
            "mean": 0.25,
        }
    )


def _many_voices() -> pd.DataFrame:
    return pd.DataFrame(
        {
            **{"article_id": _words(), "scope": "article", "mean_speech": 0.1},
            **{"mean_narration": 0.2, "contrast": -0.1, "ci_low": -0.2, "ci_high": 0.0},
        }
    )


def _many_shifts() -> pd.DataFrame:
    return pd.DataFrame({"word": _words(), "contribution": [at - 50.5 for at in range(MANY)]})


COMPARISONS: dict[str, Case] = {
    "keyness": _two_groups("keyness", tables.keyness, _many_keys, item="word"),
    "word_scatter": _two_groups("word_scatter", tables.keyness, _many_keys, item="word"),
    "word_rates": _simple("word_rates", tables.rates, _many_rates, item="word"),
    "word_trend": _simple("word_trend", tables.trend, _many_periods, item="word"),
    "collocations": _simple("collocations", tables.phrases, _many_phrases, item="collocation"),
    "text_measure": _simple("text_measure", tables.diversity, _many_texts, measure="mattr"),
    "similarity": _simple("similarity", tables.similarities, lambda: _many_pairs("cosine")),
    "shared_passages": _simple(
        "shared_passages", tables.shared, lambda: _many_pairs("passages")
    ),
    "word_shift": _two_groups("word_shift", tables.shift, _many_shifts, item="word"),
    "sentiment_groups": _sentiment("sentiment_groups", "outlet"),
    "sentiment_voices": _simple("sentiment_voices", tables.voices, _many_voices),
    "sentiment_targets": _sentiment("sentiment_targets", "target"),
    "sentiment_arc": _simple("sentiment_arc", tables.arc, _many_parts),
}
