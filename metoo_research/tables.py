"""Each table of the contract, made from a corpus by its name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from metoo_research.errors import TableError
from metoo_research.passages import DEFAULT_KINDS, label_passages
from metoo_research.tokens import split_sentences, tokenize

if TYPE_CHECKING:
    import pandas as pd

    from metoo_research.corpus import Corpus
    from metoo_research.words.forms import WordForm

TableName = Literal[
    "articles", "passages", "sentences", "tokens", "words", "sentiment", "metrics"
]
TABLE_NAMES: Final[tuple[TableName, ...]] = get_args(TableName)


@dataclass(frozen=True, slots=True)
class Options:
    """Settings that some of the tables take."""

    kinds: Collection[str] = DEFAULT_KINDS
    by: str | None = None
    stop_words: str | None = None
    form: WordForm = "word"
    intervals: bool = False
    #: Whether the sentiment table also gets `model_score`; None: where the extra is installed.
    model: bool | None = None
    progress: bool = False


def make_table(name: TableName, corpus: Corpus, options: Options | None = None) -> pd.DataFrame:
    """Make one table.

    Parameters
    ----------
    name
        One of :data:`TABLE_NAMES`.
    corpus
        The articles.
    options
        Kinds of passages to take (all tables from sentences on); for words also the column
        of articles to count by, and a stop list.

    Returns
    -------
    The table, as the function that makes it describes it.

    Raises
    ------
    TableError
        If an option has no meaning for this corpus.
    """
    return _Made(corpus, options or Options()).table(name)


def make_tables(
    corpus: Corpus,
    names: Collection[TableName] = TABLE_NAMES,
    options: Options | None = None,
) -> dict[TableName, pd.DataFrame]:
    """Make several tables, and what they have in common only once.

    Parameters
    ----------
    corpus, options
        As for :func:`make_table`.
    names
        The tables to make.

    Returns
    -------
    The tables by their names.

    Raises
    ------
    TableError
        If an option has no meaning for this corpus.
    """
    made = _Made(corpus, options or Options())
    return {name: made.table(name) for name in names}


class _Made:
    """The tables of one corpus, each made when it is first asked for."""

    def __init__(self, corpus: Corpus, options: Options) -> None:
        self._corpus = corpus
        self._options = options
        self._tables: dict[TableName, pd.DataFrame] = {}

    def table(self, name: TableName) -> pd.DataFrame:
        if name not in self._tables:
            self._tables[name] = self._make(name)
        return self._tables[name]

    def _make(self, name: TableName) -> pd.DataFrame:
        corpus, options = self._corpus, self._options
        if name == "articles":
            return corpus.articles
        if name == "passages":
            return label_passages(corpus)
        if name == "sentences":
            return split_sentences(corpus, self.table("passages"), kinds=options.kinds)
        sentences = self.table("sentences")
        if name == "tokens":
            return tokenize(sentences)
        if name == "words":
            return _words(corpus, self.table("tokens"), options)
        if name == "sentiment":
            return _sentiment(corpus, sentences, options)
        from metoo_research.metrics import reported_metrics, resolve_windows

        metrics = reported_metrics(sentences, corpus.study, progress=options.progress)
        return resolve_windows(metrics, corpus.articles, corpus.study)


def _sentiment(corpus: Corpus, sentences: pd.DataFrame, options: Options) -> pd.DataFrame:
    from metoo_research.sentiment import (
        model_available,
        model_scores,
        score_sentences,
        sensitivity_scores,
        with_primary_score,
    )

    study, primary = corpus.study, corpus.study.sentiment.primary
    scores = score_sentences(
        sentences,
        topic_words=study.topic.words,
        primary=primary,
        articles=corpus.articles,
        progress=options.progress,
    )
    if primary == "sensitivity":
        scores = sensitivity_scores(scores)
    model = model_available() if options.model is None else options.model
    if model or primary == "model_score":
        scores = model_scores(scores, progress=options.progress)
    return with_primary_score(scores, primary)


def _words(corpus: Corpus, tokens: pd.DataFrame, options: Options) -> pd.DataFrame:
    from metoo_research.words import study_stop_words, word_frequency

    by = options.by
    if by is not None and (by not in corpus.articles.columns or by in {"text", "sha256"}):
        known = [c for c in corpus.articles.columns if c not in {"text", "sha256"}]
        raise TableError(
            f"--by {by}: articles have no such column; columns: {', '.join(known)}"
        )
    language = options.stop_words
    return word_frequency(
        tokens,
        corpus.articles,
        by=by,
        stop_words=study_stop_words(corpus.study, language=language) if language else None,
        form=options.form,
        intervals=options.intervals,
    )
