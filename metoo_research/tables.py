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
    options = options or Options()
    if name == "articles":
        return corpus.articles
    passages = label_passages(corpus)
    if name == "passages":
        return passages
    sentences = split_sentences(corpus, passages, kinds=options.kinds)
    if name == "sentences":
        return sentences
    if name == "tokens":
        return tokenize(sentences)
    if name == "words":
        return _words(corpus, sentences, options)
    if name == "sentiment":
        from metoo_research.sentiment import score_sentences

        return score_sentences(
            sentences, topic_words=corpus.study.topic.words, progress=options.progress
        )
    from metoo_research.metrics import reported_metrics, resolve_windows

    metrics = reported_metrics(sentences, corpus.study, progress=options.progress)
    return resolve_windows(metrics, corpus.articles, corpus.study)


def _words(corpus: Corpus, sentences: pd.DataFrame, options: Options) -> pd.DataFrame:
    from metoo_research.words import word_frequency

    by = options.by
    if by is not None and (by not in corpus.articles.columns or by in {"text", "sha256"}):
        known = [c for c in corpus.articles.columns if c not in {"text", "sha256"}]
        raise TableError(
            f"--by {by}: articles have no such column; columns: {', '.join(known)}"
        )
    return word_frequency(
        tokenize(sentences), corpus.articles, by=by, stop_words=options.stop_words
    )
