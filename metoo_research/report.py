"""The report of a run: one page that opens offline, with figures, tables, methods, limits."""

from __future__ import annotations

import base64
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metoo_research._version import __version__
from metoo_research.limits import limits_of
from metoo_research.metrics.compare import said
from metoo_research.passages import DEFAULT_KINDS
from metoo_research.tables import make_table
from metoo_research.write import replace_file

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus

# What a reader compares in a table of figures; the offsets lead back to the article.
_METRIC_COLUMNS = {
    "label": "article",
    "said": "figure, as written",
    "unit": "of what",
    "platform": "platform",
    "window_text": "when",
    "attributed_to": "according to",
    "place": "characters",
    "evidence": "sentence",
}
# The order in which the notebooks make them; bundles of other names follow.
_READING_ORDER = (
    "corpus_overview",
    "passage_map",
    "word_frequency",
    "word_positions",
    "hashtags_mentions",
    "sentiment_by_article",
    "sentiment_without_topic",
    "reported_metrics",
    "metrics_timeline",
    "metrics_by_article",
    "metrics_sources",
)


def write_report(corpus: Corpus, *, figures: Path, out: Path) -> Path:
    """Write the report of a run.

    Parameters
    ----------
    corpus
        The articles the run was on.
    figures
        Folder of the run's figure bundles, with their ``manifest.json``.
    out
        The file to write.

    Returns
    -------
    ``out``.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    from jinja2 import Environment, StrictUndefined

    template = files("metoo_research").joinpath("templates", "report.html.j2")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.from_string(template.read_text(encoding="utf-8")).render(
        name=corpus.name,
        version=__version__,
        summary=corpus.summary().to_dict("records"),
        limits=limits_of(corpus).to_dict("records"),
        articles=_records(corpus.articles, ["label", "headline", "author", "source_file"]),
        problems=_records(corpus.problems, list(corpus.problems.columns)),
        figures=_figures(figures),
        metric_headings=list(_METRIC_COLUMNS.values()),
        metrics=_metrics(corpus),
        kinds=DEFAULT_KINDS,
        corpus_sha256=corpus.sha256,
        study_sha256=corpus.study.sha256,
        topic_words=corpus.study.topic.words,
    )
    replace_file(out, page.encode("utf-8"))
    return out


def _records(table: Any, columns: list[str]) -> list[dict[str, Any]]:
    kept = table[columns].astype(object)
    return list(kept.where(kept.notna(), None).to_dict("records"))


def _figures(folder: Path) -> list[dict[str, Any]]:
    """The bundles in reading order, each with its picture inside the page."""
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return []
    bundles = json.loads(manifest.read_text(encoding="utf-8"))["figures"]
    return [
        {
            "name": name,
            "picture": base64.b64encode((folder / f"{name}.png").read_bytes()).decode(),
            "alt": bundle["alt"],
            "caption": bundle["caption"],
            "source": bundle["source"],
        }
        for name, bundle in sorted(bundles.items(), key=lambda item: _place(item[0]))
    ]


def _place(name: str) -> tuple[int, str]:
    known = name in _READING_ORDER
    return (_READING_ORDER.index(name) if known else len(_READING_ORDER)), name


def _metrics(corpus: Corpus) -> list[list[str]]:
    metrics = make_table("metrics", corpus)
    figures = metrics[metrics["role"] == "figure"].copy()
    figures["label"] = figures["article_id"].map(
        corpus.articles.set_index("article_id")["label"]
    )
    worded = zip(figures["modifier"], figures["number_text"], strict=True)
    figures["said"] = [said(modifier, number) for modifier, number in worded]
    share = figures["kind"] == "percentage"
    of_what = ("percent of " + figures["unit"]).fillna("percent")
    figures["unit"] = figures["unit"].mask(share, of_what)
    # With spaces, so that the line can break.
    figures["platform"] = figures["platform"].str.replace("+", " + ", regex=False)
    figures["place"] = figures["start"].astype(str) + "–" + figures["end"].astype(str)
    rows = figures[list(_METRIC_COLUMNS)].fillna("–")
    return [[str(cell) for cell in row] for row in rows.itertuples(index=False)]
