"""Read how the news covered a campaign: words, tone and reported figures.

``import metoo_research as mr`` gives the names that a notebook needs. Each is loaded when
it is first used, so that the import itself costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from metoo_research._version import __version__

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus, read_corpus, with_labels
    from metoo_research.passages import DEFAULT_KINDS, PASSAGE_KINDS, label_passages
    from metoo_research.study import Study, read_study
    from metoo_research.tokens import split_sentences, tokenize

# Each public name and the module it lives in.
_HOME = {
    "Corpus": "corpus",
    "read_corpus": "corpus",
    "with_labels": "corpus",
    "DEFAULT_KINDS": "passages",
    "PASSAGE_KINDS": "passages",
    "label_passages": "passages",
    "Study": "study",
    "read_study": "study",
    "split_sentences": "tokens",
    "tokenize": "tokens",
}

__all__ = [
    "DEFAULT_KINDS",
    "PASSAGE_KINDS",
    "Corpus",
    "Study",
    "__version__",
    "label_passages",
    "read_corpus",
    "read_study",
    "split_sentences",
    "tokenize",
    "with_labels",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
