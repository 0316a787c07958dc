"""What a report says: its parts, made once for every format."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from metoo_research._version import __version__
from metoo_research._wording import plural
from metoo_research.errors import ExportError, TableError
from metoo_research.export import MANIFEST
from metoo_research.export.record import drawn_from, no_manifest, read_manifest
from metoo_research.folders import told_from
from metoo_research.limits import limits_of
from metoo_research.passages import DEFAULT_KINDS
from metoo_research.report.content_tables import (
    articles_table,
    concordance_table,
    figures_table,
    other_numbers_table,
    problems_table,
    rows_of,
)
from metoo_research.report.methods import methods_section
from metoo_research.report.parts import (
    ArticleText,
    Link,
    Passage,
    Picture,
    Report,
    Section,
    Term,
    evidence_in,
)
from metoo_research.tables import TableName, make_tables

if TYPE_CHECKING:
    import pandas as pd

    from metoo_research.corpus import Corpus

# The order in which the notebooks make them; bundles of other names follow.
_READING_ORDER: Final = (
    *("corpus_overview", "passage_map"),
    *("word_frequency", "word_rates", "word_positions", "collocations", "hashtags_mentions"),
    *("keyness", "word_scatter", "word_shift", "similarity", "shared_passages"),
    *("lexical_diversity", "word_trend"),
    *("sentiment_by_article", "sentiment_without_topic", "sentiment_shift"),
    *("sentiment_voices", "sentiment_targets", "sentiment_arc", "sentiment_groups"),
    *("reported_metrics", "metrics_timeline", "metrics_by_article", "metrics_sources"),
)
# The tables that a report is made from, and their columns that it reads.
_NEEDED: Final[dict[TableName, tuple[str, ...]]] = {
    "passages": ("article_id", "start", "end", "kind"),
    "tokens": ("article_id", "start", "end", "token", "kind"),
    "metrics": (
        *("article_id", "start", "end", "number_text", "value", "modifier", "unit", "kind"),
        *("role", "platform", "window_text", "attributed_to", "evidence"),
    ),
}
# What the manifest says of every figure in words.
_WORDS: Final = ("caption", "alt", "source")
_PICTURE_ENDINGS: Final = ("png", "svg", "pdf", "csv")
# Files of a run that lie beside the report, in the order in which a reader wants them.
_BESIDE: Final = {
    "report.html": "Report as a page",
    "report.docx": "Report as a Word document",
    "report.pdf": "Report as PDF",
    "figures.zip": "All figures, zipped",
}


def report_of(
    corpus: Corpus,
    *,
    figures: Path,
    home: Path | None = None,
    to_come: Collection[str] = (),
    tables: Mapping[str, pd.DataFrame] | None = None,
    failed: Sequence[str] = (),
) -> Report:
    """Gather all that a report says.

    Parameters
    ----------
    corpus
        The articles the run was on.
    figures
        Folder of the run's figure bundles, with their ``manifest.json``; it may be absent.
    home
        The folder that the report's files lie in: links are told from it. By default the
        folder that ``figures`` lies in.
    to_come
        Files below ``home`` that are linked although they are not there yet, such as
        ``report.pdf``, which is made from the page. Other files are linked if they exist.
    tables
        The tables ``passages``, ``tokens`` and ``metrics`` of this corpus, as
        :func:`~metoo_research.tables.make_table` makes them, so far as they are made
        already. Others are made here.
    failed
        The errors of notebooks that did not run to their end.

    Returns
    -------
    The parts, in reading order. Only articles that evidence leads to are in ``articles``.

    Raises
    ------
    ExportError
        If the manifest cannot be read or names a figure whose picture is not there.
    TableError
        If a table lacks a column or has rows of another corpus.
    """
    home = figures.parent if home is None else home
    passages, tokens, metrics = _tables(corpus, tables or {})
    bundles = _bundles(figures)
    sections = (
        _corpus_section(corpus, failed),
        _figures_section(bundles, figures, home, corpus),
        _metrics_section(corpus, metrics),
        _concordance_section(corpus, tokens),
        _limits_section(corpus),
        methods_section(corpus, bundles, manifest=_link_from(home, figures / MANIFEST)),
    )
    return Report(
        title=corpus.name,
        lead=(
            f"Report of a run of metoo_research {__version__} on "
            f"{plural(len(corpus), 'article')}. In the report as a page, each "
            "reported figure and each line of the concordance opens the passage of the article "
            "that it comes from."
        ),
        version=__version__,
        sections=sections,
        articles=_article_texts(corpus, passages, sections),
        companions=tuple(_companions(home, figures, to_come)),
    )


def _tables(
    corpus: Corpus, made: Mapping[str, pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Passages, tokens and metrics: as made already, else made here."""
    missing = [name for name in _NEEDED if name not in made]
    tables: dict[str, pd.DataFrame] = dict(made)
    for name in _NEEDED.keys() - missing:
        table = tables[name]
        lacking = [column for column in _NEEDED[name] if column not in table.columns]
        if lacking:
            raise TableError(
                f"the table {name} has no column {lacking[0]!r}; give it as make_table makes "
                "it, or leave it out"
            )
        others = table.loc[
            ~table["article_id"].isin(corpus.articles["article_id"]), "article_id"
        ]
        if len(others):
            raise TableError(
                f"the table {name} has a row of {others.iloc[0]!r}, which is no article of the "
                "corpus; leave the table out, and it is made anew"
            )
    tables.update({str(name): one for name, one in make_tables(corpus, missing).items()})
    return tables["passages"], tables["tokens"], tables["metrics"]


def _corpus_section(corpus: Corpus, failed: Sequence[str]) -> Section:
    summary = corpus.summary()
    return Section(
        "corpus",
        "What was read",
        paragraphs=tuple(
            f"Not finished: {error}. Figures of this notebook are missing here, or are older "
            "than this report."
            for error in failed
        ),
        terms=tuple(
            Term(str(what), str(number))
            for what, number in zip(summary["what"], summary["number"], strict=True)
        ),
        tables=(articles_table(corpus), problems_table(corpus)),
    )


def _metrics_section(corpus: Corpus, metrics: pd.DataFrame) -> Section:
    labels = _labels(corpus)
    return Section(
        "metrics",
        "Reported metrics",
        paragraphs=(
            "Each figure that an article reports, as the article words it, with the characters "
            "of the article's text where it stands.",
            *_copies_counted(corpus),
        ),
        tables=(figures_table(metrics, labels), other_numbers_table(metrics, labels)),
    )


def _copies_counted(corpus: Corpus) -> tuple[str, ...]:
    copies = int(corpus.articles["duplicate_of"].notna().sum())
    if not copies:
        return ()
    are = "is a copy" if copies == 1 else "are copies"
    return (
        f"{plural(copies, 'article')} {are} of another (see Problems with files), and each "
        "counts: a figure that stands in an article and its copy is reported by both.",
    )


def _concordance_section(corpus: Corpus, tokens: pd.DataFrame) -> Section:
    return Section(
        "concordance",
        "The campaign in context",
        paragraphs=(
            "The campaign's hashtags and names, each with the text around it, in passages of "
            f"the kinds {', '.join(DEFAULT_KINDS)}.",
        ),
        tables=(concordance_table(corpus, tokens, _labels(corpus)),),
    )


def _limits_section(corpus: Corpus) -> Section:
    limits = limits_of(corpus)
    return Section(
        "limits",
        "What this corpus can tell",
        paragraphs=(
            "With few articles, differences between outlets cannot be told from chance.",
        ),
        terms=tuple(
            Term(str(question), str(answer))
            for question, answer in zip(limits["question"], limits["answer"], strict=True)
        ),
    )


def _labels(corpus: Corpus) -> pd.Series:
    return corpus.articles.set_index("article_id")["label"]


def _bundles(folder: Path) -> dict[str, Mapping[str, Any]]:
    """The figures of the manifest, in reading order."""
    if not (folder / MANIFEST).is_file():
        return {}
    figures = read_manifest(folder)
    for bundle in figures.values():
        if not isinstance(bundle, dict) or not all(
            isinstance(bundle.get(key), str) for key in _WORDS
        ):
            raise no_manifest(folder)
    return dict(sorted(figures.items(), key=lambda item: _reading_place(item[0])))


def _reading_place(name: str) -> tuple[int, str]:
    known = name in _READING_ORDER
    return (_READING_ORDER.index(name) if known else len(_READING_ORDER)), name


def _figures_section(
    bundles: Mapping[str, Mapping[str, Any]], folder: Path, home: Path, corpus: Corpus
) -> Section:
    pictures = tuple(
        _picture(name, bundle, folder, home, corpus) for name, bundle in bundles.items()
    )
    return Section(
        "figures",
        "Figures",
        paragraphs=() if pictures else ("No figures were saved.",),
        pictures=pictures,
    )


def _picture(
    name: str, bundle: Mapping[str, Any], folder: Path, home: Path, corpus: Corpus
) -> Picture:
    png = folder / f"{name}.png"
    if not png.is_file():
        raise ExportError(
            f"{png} is not there, although {MANIFEST} names it; save the figure again"
        )
    stale = drawn_from(bundle) not in {None, corpus.sha256}
    paths = [folder / f"{name}.{ending}" for ending in _PICTURE_ENDINGS]
    return Picture(
        name=name,
        title=bundle.get("title") or "",
        caption=bundle["caption"],
        alt=bundle["alt"],
        source=bundle["source"],
        png=png,
        width_mm=float(bundle.get("width_mm") or 180),
        files=tuple(_link_from(home, path) for path in paths if path.is_file()),
        note=(
            "Drawn from other articles than this report: run again before you use it."
            if stale
            else ""
        ),
    )


def _link_from(home: Path, path: Path) -> str:
    return told_from(home, path) or path.resolve().as_uri()


def _companions(home: Path, figures: Path, to_come: Collection[str]) -> Iterable[Link]:
    for name, words in _BESIDE.items():
        if name in to_come or (home / name).is_file():
            yield Link(words, name)
    for folder, ending, words in (
        ("notebooks", "html", "Notebook"),
        ("tables", "csv", "Table"),
    ):
        found = {f"{folder}/{path.name}" for path in (home / folder).glob(f"*.{ending}")}
        awaited = {name for name in to_come if fnmatch(name, f"{folder}/*.{ending}")}
        for name in sorted(found | awaited):
            yield Link(f"{words} {PurePosixPath(name).stem}", name)
    manifest = figures / MANIFEST
    if manifest.is_file():
        yield Link("What the figures rest on", _link_from(home, manifest))


def _article_texts(
    corpus: Corpus, passages: pd.DataFrame, sections: Iterable[Section]
) -> tuple[ArticleText, ...]:
    """The articles that a cell leads to, in the order of the corpus."""
    shown = {place.article_id for place in evidence_in(sections)}
    pieces: dict[str, list[Passage]] = {article_id: [] for article_id in shown}
    for row in rows_of(passages[passages["article_id"].isin(shown)]):
        pieces[row.article_id].append(Passage(row.start, row.end, row.kind))
    return tuple(
        ArticleText(
            article_id=row.article_id,
            label=row.label,
            headline=_text(row.headline),
            url=_text(row.url),
            source_file=row.source_file,
            text=row.text,
            passages=tuple(pieces[row.article_id]),
        )
        for row in rows_of(corpus.articles[corpus.articles["article_id"].isin(shown)])
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
