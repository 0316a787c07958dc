"""Every chart of the package, with its example table and the tables that break charts."""

from __future__ import annotations

from typing import Any

import chart_tables as tables
import numpy as np
import pandas as pd
import timeline_tables as timeline
from case import MANY, NAN, Case, without_numbers
from comparison_cases import COMPARISONS
from matplotlib.axes import Axes

from metoo_research import charts


def _ids() -> list[str]:
    return [f"a{at}" for at in range(MANY)]


def _many_figures() -> pd.DataFrame:
    rows = [
        tables.figure_row(f"a{at % 300}", number_text=f"{at:,}", value=float(at + 1))
        for at in range(MANY)
    ]
    return pd.DataFrame(rows)


def _many_scores() -> pd.DataFrame:
    return pd.DataFrame(
        {
            **{"article_id": _ids(), "sentences": 3, "mean_compound": 0.1},
            **{"ci_low": 0.0, "ci_high": 0.2, "mean_without_topic": 0.2},
            **{"ci_low_without_topic": 0.1, "ci_high_without_topic": 0.3},
        }
    )


def _no_times(table: pd.DataFrame) -> pd.Series[Any]:
    return pd.Series(pd.NaT, index=table.index)


def _timeline(metrics: pd.DataFrame, **options: Any) -> Axes:
    given: dict[str, Any] = {
        "event": timeline.EVENT,
        "event_name": timeline.EVENT_NAME,
        "zone": timeline.ZONE,
    }
    return charts.metrics_timeline(metrics, **given | options)


_NO_FACTS = dict.fromkeys(
    ("subject", "platform", "measure", "unit", "source", "attributed_to", "window_text")
)

CASES: dict[str, Case] = {
    "corpus_overview": Case(
        draw=lambda articles, **options: charts.corpus_overview(
            tables.overview(), articles=articles, **options
        ),
        empty=lambda: charts.corpus_overview(tables.overview().head(0)),
        one=lambda: charts.corpus_overview(tables.overview().head(1)),
        missing=lambda: charts.corpus_overview(without_numbers(tables.overview())),
        many=lambda **options: charts.corpus_overview(
            pd.DataFrame({"article_id": _ids(), "words_analysed": 9, "words_set_aside": 1}),
            **options,
        ),
    ),
    "passage_map": Case(
        draw=lambda articles, **options: charts.passage_map(
            tables.passages(), articles=articles, **options
        ),
        empty=lambda: charts.passage_map(tables.passages().head(0)),
        one=lambda: charts.passage_map(tables.passages().head(1)),
        missing=lambda: charts.passage_map(
            without_numbers(tables.passages()).assign(kind=None)
        ),
        many=lambda **options: charts.passage_map(
            pd.DataFrame(
                {
                    "article_id": ["long"] * MANY + _ids()[1:],
                    "start": [*range(0, 10 * MANY, 10), *[0] * (MANY - 1)],
                    "end": [*range(9, 10 * MANY + 9, 10), *[500] * (MANY - 1)],
                    "kind": ["body", "promo"] * (MANY - 1) + ["body"],
                }
            ),
            **options,
        ),
    ),
    "word_frequency": Case(
        draw=lambda articles, **options: charts.word_frequency(
            tables.frequency(), tables.by_article(), articles=articles, **options
        ),
        empty=lambda: charts.word_frequency(tables.frequency().head(0)),
        one=lambda: charts.word_frequency(tables.frequency().head(1)),
        missing=lambda: charts.word_frequency(without_numbers(tables.frequency())),
        many=lambda **options: charts.word_frequency(
            pd.DataFrame({"word": _ids(), "count": range(MANY)}),
            pd.DataFrame({"article_id": "only", "word": _ids(), "count": range(MANY)}),
            **options,
        ),
    ),
    "hashtags_mentions": Case(
        draw=lambda articles, **options: charts.hashtags_mentions(
            tables.tags(), tables.tags_by_article(), articles=articles, **options
        ),
        empty=lambda: charts.hashtags_mentions(tables.tags().head(0)),
        one=lambda: charts.hashtags_mentions(tables.tags().head(1)),
        missing=lambda: charts.hashtags_mentions(without_numbers(tables.tags())),
        many=lambda **options: charts.hashtags_mentions(
            pd.DataFrame(
                {"tag": [f"#{at}" for at in _ids()], "kind": "hashtag", "count": range(MANY)}
            ),
            **options,
        ),
    ),
    "word_positions": Case(
        draw=lambda articles, **options: charts.word_positions(
            tables.positions(), articles=articles, **options
        ),
        empty=lambda: charts.word_positions(tables.positions().head(0)),
        one=lambda: charts.word_positions(tables.positions().head(1)),
        missing=lambda: charts.word_positions(tables.positions().assign(position=NAN)),
        many=lambda **options: charts.word_positions(
            pd.DataFrame(
                {
                    "article_id": _ids()[:100] * 100,
                    "word": _ids(),
                    "position": np.linspace(0, 1, MANY),
                }
            ),
            **options,
        ),
    ),
    "sentiment_by_article": Case(
        draw=lambda articles, **options: charts.sentiment_by_article(
            tables.scores(), tables.article_scores(list(articles["label"])), **options
        ),
        empty=lambda: charts.sentiment_by_article(
            tables.scores().head(0), tables.article_scores().head(0)
        ),
        one=lambda: charts.sentiment_by_article(
            tables.scores().head(1), tables.article_scores().head(1)
        ),
        missing=lambda: charts.sentiment_by_article(
            tables.scores().assign(compound=NAN),
            without_numbers(tables.article_scores()),
            width_mm=85,
        ),
        many=lambda **options: charts.sentiment_by_article(
            pd.DataFrame({"article_id": "a0", "compound": np.linspace(-1, 1, MANY)}),
            _many_scores(),
            **options,
        ),
    ),
    "sentiment_without_topic": Case(
        draw=lambda articles, **options: charts.sentiment_without_topic(
            tables.article_scores(list(articles["label"])), **options
        ),
        empty=lambda: charts.sentiment_without_topic(tables.article_scores().head(0)),
        one=lambda: charts.sentiment_without_topic(tables.article_scores().head(1)),
        missing=lambda: charts.sentiment_without_topic(
            without_numbers(tables.article_scores())
        ),
        many=lambda **options: charts.sentiment_without_topic(_many_scores(), **options),
    ),
    "reported_metrics": Case(
        draw=lambda articles, **options: charts.reported_metrics(
            tables.metrics(), articles=articles, **options
        ),
        empty=lambda: charts.reported_metrics(tables.metrics().head(0)),
        one=lambda: charts.reported_metrics(tables.metrics().head(1)),
        missing=lambda: charts.reported_metrics(
            tables.metrics().assign(value=NAN, **_NO_FACTS)
        ),
        many=lambda **options: charts.reported_metrics(_many_figures(), **options),
    ),
    "metrics_timeline": Case(
        draw=lambda articles, **options: _timeline(
            timeline.timeline(), articles=articles, **options
        ),
        empty=lambda: _timeline(timeline.timeline().head(0)),
        one=lambda: _timeline(timeline.timeline().head(1)),
        missing=lambda: _timeline(
            timeline.timeline()
            .assign(value=NAN, window_kind=None, **_NO_FACTS)
            .assign(window_start=_no_times, window_end=_no_times)
        ),
        many=lambda **options: _timeline(
            pd.concat([timeline.timeline()] * (MANY // 8), ignore_index=True), **options
        ),
    ),
    "metrics_by_article": Case(
        draw=lambda articles, **options: charts.metrics_by_article(
            tables.metrics(), articles=articles, **options
        ),
        empty=lambda: charts.metrics_by_article(tables.metrics().head(0)),
        one=lambda: charts.metrics_by_article(tables.metrics().head(1)),
        missing=lambda: charts.metrics_by_article(
            tables.metrics().assign(value=NAN, **_NO_FACTS)
        ),
        many=lambda **options: charts.metrics_by_article(_many_figures(), **options),
    ),
    "metrics_sources": Case(
        draw=lambda articles, **options: charts.metrics_sources(
            tables.metrics(), articles=articles, **options
        ),
        empty=lambda: charts.metrics_sources(tables.metrics().head(0)),
        one=lambda: charts.metrics_sources(tables.metrics().head(1)),
        missing=lambda: charts.metrics_sources(tables.metrics().assign(value=NAN, **_NO_FACTS)),
        many=lambda **options: charts.metrics_sources(_many_figures(), **options),
    ),
}
CASES |= COMPARISONS
