"""Every chart of the five articles, in one and in two columns: read alone, it says enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from chart_cases import CASES
from figure_rows import metrics_timeline
from matplotlib.axes import Axes
from picture_rows import ROWS
from read_back import cut_off, figure_of, overlaps, strings, visible_texts

import metoo_research as mr
from metoo_research import charts, sentiment, words
from metoo_research.quotations import find_quotations
from metoo_research.write import read_table, write_table

Draw = Callable[[float], Axes]


@pytest.fixture(scope="module")
def corpus(seeds: Path) -> mr.Corpus:
    return mr.read_corpus(seeds)


@pytest.fixture(scope="module")
def drawing(corpus: mr.Corpus) -> dict[str, Draw]:
    """Each chart of the notebooks, as a function of its width."""
    articles, study = corpus.articles, corpus.study
    passages = mr.label_passages(corpus)
    everything = mr.split_sentences(corpus, passages, kinds=mr.PASSAGE_KINDS)
    all_tokens = mr.tokenize(everything)
    sentences = mr.split_sentences(corpus)
    tokens = mr.tokenize(sentences)
    use = mr.words_by_use(all_tokens, everything, articles)
    parts = mr.with_labels(passages, articles)
    frequency = mr.word_frequency(tokens, articles, stop_words="en")
    words_of = mr.word_frequency(tokens, articles, by="article_id", stop_words="en")
    places = mr.word_positions(tokens, articles, list(frequency["word"].head(6)))
    tags = mr.hashtags_and_mentions(all_tokens, articles)
    tags_of = mr.hashtags_and_mentions(all_tokens, articles, by="article_id")
    scores = mr.score_sentences(sentences, topic_words=study.topic.words)
    means = mr.with_labels(mr.score_articles(scores, articles), articles)
    found = mr.resolve_windows(mr.reported_metrics(sentences, study), articles, study)
    figures = mr.with_labels(found[found["role"] == "figure"], articles)
    event, zone = study.event, study.zone
    return _comparing(corpus, passages, sentences, tokens, scores) | {
        "corpus_overview": lambda mm: charts.corpus_overview(use, width_mm=mm),
        "passage_map": lambda mm: charts.passage_map(parts, articles=articles, width_mm=mm),
        "word_frequency": lambda mm: charts.word_frequency(
            frequency, words_of, articles=articles, width_mm=mm
        ),
        "hashtags_mentions": lambda mm: charts.hashtags_mentions(
            tags, tags_of, articles=articles, width_mm=mm
        ),
        "word_positions": lambda mm: charts.word_positions(
            mr.with_labels(places, articles), articles=articles, width_mm=mm
        ),
        "sentiment_by_article": lambda mm: charts.sentiment_by_article(
            scores, means, width_mm=mm
        ),
        "sentiment_without_topic": lambda mm: charts.sentiment_without_topic(
            means, width_mm=mm
        ),
        "reported_metrics": lambda mm: charts.reported_metrics(
            figures, articles=articles, width_mm=mm
        ),
        "metrics_timeline": lambda mm: charts.metrics_timeline(
            figures,
            event=event.start,
            event_name=event.name,
            zone=zone,
            articles=articles,
            width_mm=mm,
        ),
        "metrics_by_article": lambda mm: charts.metrics_by_article(
            figures, articles=articles, width_mm=mm
        ),
        "metrics_sources": lambda mm: charts.metrics_sources(
            figures, articles=articles, width_mm=mm
        ),
    }


def _comparing(
    corpus: mr.Corpus,
    passages: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    scores: pd.DataFrame,
) -> dict[str, Draw]:
    """The charts that compare: the first article against the others."""
    articles = corpus.articles
    counts = words.document_term_counts(tokens, articles, stop_words="en")
    first = words.target_articles(articles, "article_id", articles["article_id"].iloc[0])
    names: dict[str, Any] = {"target": "the first article", "reference": "the others"}
    keys = words.keyness(counts, target=first, min_count=2)
    rates = words.word_frequency(tokens, articles, stop_words="en", intervals=True)
    shift = words.word_shift(counts, target=first, kind="entropy")
    days = pd.date_range("2017-10-15", periods=len(articles), tz="UTC")  # not all are known
    trend = words.word_trend(tokens, articles.assign(published=days), ["women", "#metoo"])
    phrases = words.collocations(tokens, articles)
    diversity = words.lexical_diversity(tokens, articles, by="article_id")
    alike = words.similarity(counts, articles)
    shared = words.shared_passages(sentences, articles)
    groups = sentiment.score_groups(scores, articles, by="outlet")
    arc = sentiment.sentiment_arc(scores, articles)
    places = sentiment.target_sentiment(tokens, scores, articles, ["women", "nobody at all"])
    around = sentiment.summarise_targets(places)
    parts = sentiment.split_voices(sentences, find_quotations(corpus, passages))
    voices = sentiment.compare_voices(
        mr.score_sentences(parts, topic_words=corpus.study.topic.words), articles
    )
    return {
        "keyness": lambda mm: charts.keyness(keys, width_mm=mm, **names),
        "word_scatter": lambda mm: charts.word_scatter(keys, width_mm=mm, **names),
        "word_rates": lambda mm: charts.word_rates(rates, width_mm=mm),
        "word_trend": lambda mm: charts.word_trend(trend, width_mm=mm),
        "collocations": lambda mm: charts.collocations(phrases, width_mm=mm),
        "text_measure": lambda mm: charts.text_measure(
            diversity, measure="mattr", articles=articles, width_mm=mm
        ),
        "similarity": lambda mm: charts.similarity(alike, articles=articles, width_mm=mm),
        "shared_passages": lambda mm: charts.shared_passages(
            shared, articles=articles, width_mm=mm
        ),
        "word_shift": lambda mm: charts.word_shift(shift, width_mm=mm, **names),
        "sentiment_groups": lambda mm: charts.sentiment_groups(groups, width_mm=mm),
        "sentiment_voices": lambda mm: charts.sentiment_voices(
            voices, articles=articles, width_mm=mm
        ),
        "sentiment_targets": lambda mm: charts.sentiment_targets(around, width_mm=mm),
        "sentiment_arc": lambda mm: charts.sentiment_arc(arc, articles=articles, width_mm=mm),
    }


@pytest.mark.parametrize("width_mm", [charts.ONE_COLUMN_MM, charts.TWO_COLUMNS_MM])
@pytest.mark.parametrize("name", CASES)
def test_a_figure_of_the_seeds_can_be_read_alone(
    name: str, width_mm: float, drawing: dict[str, Draw], corpus: mr.Corpus, tmp_path: Path
) -> None:
    ax = drawing[name](width_mm)
    figure = figure_of(ax)
    charts.set_source(figure, charts.source_line(corpus.articles, about="#MeToo"))
    shown = strings(figure)
    assert charts.title_of(ax) in shown
    source = " ".join(shown)
    assert "Source: 5 news articles about #MeToo" in source
    assert "n = 5 articles." in source
    assert figure.get_figwidth() * 25.4 == pytest.approx(width_mm)
    assert figure.get_figheight() * 25.4 < 297  # A4
    assert min(float(text.get_fontsize()) for text in visible_texts(figure)) >= 7
    assert overlaps(figure) == []
    assert cut_off(figure) == []

    write_table(charts.drawn(ax), tmp_path / "drawn.csv")
    table = read_table(tmp_path / "drawn.csv")
    if name == "metrics_timeline":
        assert corpus.study.event.start is not None
        begins = datetime.combine(corpus.study.event.start, time(), corpus.study.zone)
        picture, expected = metrics_timeline(ax, table, begins)
    else:
        picture, expected = ROWS[name](ax, table)
    assert len(picture) > 0
    assert picture == expected


@pytest.mark.parametrize("name", CASES)
def test_axis_labels_of_one_column_need_one_line(name: str, drawing: dict[str, Draw]) -> None:
    ax = drawing[name](charts.ONE_COLUMN_MM)
    assert "\n" not in ax.xaxis.label.get_text()
