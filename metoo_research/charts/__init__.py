"""Charts: each takes a table and, if wanted, an Axes, and returns the Axes.

A chart keeps what it drew (`drawn`) and its description in words (`alt_text`), which
``save_figure`` takes from there. No chart touches Matplotlib's current figure.

Charts are drawn in colour, or in greys for print: in a block ``with charts.variant("grey")``
or from ``charts.set_variant("grey")`` on; `redrawn` draws a finished chart once more.
"""

from metoo_research.charts.articles import corpus_overview, describe_corpus_overview
from metoo_research.charts.keyness import describe_keyness, keyness
from metoo_research.charts.layout import (
    alt_text,
    drawn,
    redrawn,
    set_source,
    set_title,
    title_of,
    variant_of,
)
from metoo_research.charts.measures import (
    collocations,
    describe_collocations,
    describe_text_measure,
    describe_word_rates,
    text_measure,
    word_rates,
)
from metoo_research.charts.metrics import describe_reported_metrics, reported_metrics
from metoo_research.charts.metrics_matrix import describe_metrics_by_article, metrics_by_article
from metoo_research.charts.metrics_sources import describe_metrics_sources, metrics_sources
from metoo_research.charts.metrics_timeline import describe_metrics_timeline, metrics_timeline
from metoo_research.charts.pairs import (
    describe_shared_passages,
    describe_similarity,
    shared_passages,
    similarity,
)
from metoo_research.charts.palettes import set_variant, variant
from metoo_research.charts.passage_map import describe_passage_map, passage_map
from metoo_research.charts.positions import describe_word_positions, word_positions
from metoo_research.charts.sentiment import (
    describe_sentiment_by_article,
    describe_sentiment_without_topic,
    sentiment_by_article,
    sentiment_without_topic,
)
from metoo_research.charts.sentiment_arc import describe_sentiment_arc, sentiment_arc
from metoo_research.charts.sentiment_means import (
    describe_sentiment_groups,
    describe_sentiment_targets,
    sentiment_groups,
    sentiment_targets,
)
from metoo_research.charts.sentiment_voices import describe_sentiment_voices, sentiment_voices
from metoo_research.charts.source import source_line
from metoo_research.charts.style import ONE_COLUMN_MM, STYLE, TWO_COLUMNS_MM
from metoo_research.charts.word_scatter import describe_word_scatter, word_scatter
from metoo_research.charts.word_shift import describe_word_shift, word_shift
from metoo_research.charts.word_trend import describe_word_trend, word_trend
from metoo_research.charts.words import (
    describe_hashtags_mentions,
    describe_word_frequency,
    hashtags_mentions,
    word_frequency,
)

__all__ = [
    "ONE_COLUMN_MM",
    "STYLE",
    "TWO_COLUMNS_MM",
    "alt_text",
    "collocations",
    "corpus_overview",
    "describe_collocations",
    "describe_corpus_overview",
    "describe_hashtags_mentions",
    "describe_keyness",
    "describe_metrics_by_article",
    "describe_metrics_sources",
    "describe_metrics_timeline",
    "describe_passage_map",
    "describe_reported_metrics",
    "describe_sentiment_arc",
    "describe_sentiment_by_article",
    "describe_sentiment_groups",
    "describe_sentiment_targets",
    "describe_sentiment_voices",
    "describe_sentiment_without_topic",
    "describe_shared_passages",
    "describe_similarity",
    "describe_text_measure",
    "describe_word_frequency",
    "describe_word_positions",
    "describe_word_rates",
    "describe_word_scatter",
    "describe_word_shift",
    "describe_word_trend",
    "drawn",
    "hashtags_mentions",
    "keyness",
    "metrics_by_article",
    "metrics_sources",
    "metrics_timeline",
    "passage_map",
    "redrawn",
    "reported_metrics",
    "sentiment_arc",
    "sentiment_by_article",
    "sentiment_groups",
    "sentiment_targets",
    "sentiment_voices",
    "sentiment_without_topic",
    "set_source",
    "set_title",
    "set_variant",
    "shared_passages",
    "similarity",
    "source_line",
    "text_measure",
    "title_of",
    "variant",
    "variant_of",
    "word_frequency",
    "word_positions",
    "word_rates",
    "word_scatter",
    "word_shift",
    "word_trend",
]
