"""Read how the news covered a campaign: words, tone and reported figures.

``import metoo_research as mr`` gives the names that a notebook needs. Each is loaded when
it is first used, so that the import itself costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from metoo_research._version import __version__

if TYPE_CHECKING:
    from metoo_research import charts
    from metoo_research.corpus import Corpus, read_corpus, with_labels
    from metoo_research.duplicates import duplicate_groups, find_duplicates, unique
    from metoo_research.export import (
        check_figures,
        edit_figure,
        read_table,
        save_figure,
        update_figures,
        write_table,
    )
    from metoo_research.folders import Workspace, new_study, workspace
    from metoo_research.limits import limits_of
    from metoo_research.metrics import (
        agreement,
        annotation_sheet,
        attribution_by_outlet,
        compare_metrics,
        read_annotations,
        repeated_figures,
        reported_metrics,
        resolve_windows,
        score_annotations,
        sources_by_outlet,
    )
    from metoo_research.passages import DEFAULT_KINDS, PASSAGE_KINDS, label_passages
    from metoo_research.pipeline import run
    from metoo_research.privacy import list_pseudonyms, pseudonymise
    from metoo_research.report import write_report
    from metoo_research.sentiment import (
        compare_articles,
        most_extreme_sentences,
        score_articles,
        score_sentences,
    )
    from metoo_research.shown import show
    from metoo_research.study import Study, read_study
    from metoo_research.tokens import split_sentences, tokenize
    from metoo_research.words import (
        concordance,
        document_term_counts,
        hashtags_and_mentions,
        stop_words,
        word_frequency,
        word_positions,
        words_by_use,
    )

# Each public name and the module it lives in. No function has the name of a module, so that
# importing the module can never put itself in the function's place.
_HOME = {
    "Corpus": "corpus",
    "DEFAULT_KINDS": "passages",
    "PASSAGE_KINDS": "passages",
    "Study": "study",
    "Workspace": "folders",
    "agreement": "metrics",
    "annotation_sheet": "metrics",
    "attribution_by_outlet": "metrics",
    "check_figures": "export",
    "compare_articles": "sentiment",
    "compare_metrics": "metrics",
    "concordance": "words",
    "document_term_counts": "words",
    "duplicate_groups": "duplicates",
    "edit_figure": "export",
    "find_duplicates": "duplicates",
    "hashtags_and_mentions": "words",
    "label_passages": "passages",
    "limits_of": "limits",
    "list_pseudonyms": "privacy",
    "most_extreme_sentences": "sentiment",
    "new_study": "folders",
    "pseudonymise": "privacy",
    "read_annotations": "metrics",
    "read_corpus": "corpus",
    "read_study": "study",
    "read_table": "export",
    "repeated_figures": "metrics",
    "reported_metrics": "metrics",
    "resolve_windows": "metrics",
    "run": "pipeline",
    "save_figure": "export",
    "score_annotations": "metrics",
    "score_articles": "sentiment",
    "score_sentences": "sentiment",
    "show": "shown",
    "sources_by_outlet": "metrics",
    "split_sentences": "tokens",
    "stop_words": "words",
    "tokenize": "tokens",
    "unique": "duplicates",
    "update_figures": "export",
    "with_labels": "corpus",
    "word_frequency": "words",
    "word_positions": "words",
    "words_by_use": "words",
    "workspace": "folders",
    "write_report": "report",
    "write_table": "export",
}

__all__ = [
    "DEFAULT_KINDS",
    "PASSAGE_KINDS",
    "Corpus",
    "Study",
    "Workspace",
    "__version__",
    "agreement",
    "annotation_sheet",
    "attribution_by_outlet",
    "charts",
    "check_figures",
    "compare_articles",
    "compare_metrics",
    "concordance",
    "document_term_counts",
    "duplicate_groups",
    "edit_figure",
    "find_duplicates",
    "hashtags_and_mentions",
    "label_passages",
    "limits_of",
    "list_pseudonyms",
    "most_extreme_sentences",
    "new_study",
    "pseudonymise",
    "read_annotations",
    "read_corpus",
    "read_study",
    "read_table",
    "repeated_figures",
    "reported_metrics",
    "resolve_windows",
    "run",
    "save_figure",
    "score_annotations",
    "score_articles",
    "score_sentences",
    "show",
    "sources_by_outlet",
    "split_sentences",
    "stop_words",
    "tokenize",
    "unique",
    "update_figures",
    "with_labels",
    "word_frequency",
    "word_positions",
    "words_by_use",
    "workspace",
    "write_report",
    "write_table",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first asked for."""
    if name == "charts":
        return import_module(f"{__name__}.charts")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
