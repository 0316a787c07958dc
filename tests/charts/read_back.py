"""What a finished chart shows, read from its Axes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import chart_tables as tables
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from metoo_research import charts

Make = Callable[[float, pd.DataFrame], Axes]

#: Every chart: from a width and the articles (with their labels) to its Axes.
CHARTS: dict[str, Make] = {
    "corpus_overview": lambda width, articles: charts.corpus_overview(
        tables.overview(), articles=articles, width_mm=width
    ),
    "passage_map": lambda width, articles: charts.passage_map(
        tables.passages(), articles=articles, width_mm=width
    ),
    "word_frequency": lambda width, articles: charts.word_frequency(
        tables.frequency(), tables.by_article(), articles=articles, width_mm=width
    ),
    "hashtags_mentions": lambda width, articles: charts.hashtags_mentions(
        tables.tags(), tables.tags_by_article(), articles=articles, width_mm=width
    ),
    "word_positions": lambda width, articles: charts.word_positions(
        tables.positions(), articles=articles, width_mm=width
    ),
    "sentiment_by_article": lambda width, articles: charts.sentiment_by_article(
        tables.scores(), tables.article_scores(list(articles["label"])), width_mm=width
    ),
    "sentiment_without_topic": lambda width, articles: charts.sentiment_without_topic(
        tables.article_scores(list(articles["label"])), width_mm=width
    ),
    "reported_metrics": lambda width, articles: charts.reported_metrics(
        tables.metrics(), articles=articles, width_mm=width
    ),
    "metrics_by_article": lambda width, articles: charts.metrics_by_article(
        tables.metrics(), articles=articles, width_mm=width
    ),
}


def figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def visible_texts(figure: Figure) -> list[Text]:
    """All texts that are drawn, tick labels beyond the axis limits left out."""
    figure.canvas.draw()
    hidden = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                if not low <= tick.get_loc() <= high:
                    hidden.add(tick.label1)
    return [
        text
        for text in figure.findobj(Text)
        if isinstance(text, Text)
        and text.get_visible()
        and text.get_text().strip()
        and text not in hidden
    ]


def strings(figure: Figure) -> list[str]:
    """All texts, each on one line."""
    return [" ".join(text.get_text().split()) for text in visible_texts(figure)]


def row_labels(ax: Axes) -> list[str]:
    """Labels of the rows from the top down, each on one line."""
    return [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]


def overlaps(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes overlap by more than a pixel."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in visible_texts(figure)]
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]


def cut_off(figure: Figure) -> list[str]:
    """Texts that reach beyond the figure."""
    page = figure.bbox
    return [
        text.get_text()
        for text in visible_texts(figure)
        for box in [text.get_window_extent()]
        if box.x0 < page.x0 - 0.5
        or box.x1 > page.x1 + 0.5
        or box.y0 < page.y0 - 0.5
        or box.y1 > page.y1 + 0.5
    ]
