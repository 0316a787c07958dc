"""Labelled fields of LexisNexis exports: which there are, and what they hold."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from metoo_research.readers.exports.common import COPYRIGHT, plain

# Our names for the fields, and theirs, in the languages of the site.
_LABELS: Final = {
    "author": "byline author autor auteur von par autores",
    "words": "length länge laenge longueur longitud lengte",
    "headline": "headline title titel titre",
    "section": "section rubrik rubrique sección",
    "dateline": "dateline ort",
    "subhead": "highlight",
    "url": "url",
    "body": "body text",
    "loaded": "load-date update",
    "language": "language sprache langue idioma",
    "type": "publication-type type",
    "code": "journal-code zeitungs-code code-revue",
    "caption": "graphic grafik graphique",
    "show": "show",
    "anchor": "anchor guest guests reporters",
    "notes": "notes correction correction-date",
    "index": (
        "subject subjects company organization industry geographic person people ticker city "
        "state country document-type acc-no issn distribution series terms pub-type "
        "gegenstand firma organisation branche person stadt staat land sujet entreprise"
    ),
}
_NAME_OF: Final = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_LABEL: Final = re.compile(r"([^\W\d_][^\W\d_ -]*(?:[ -][^\W\d_]+)?):(?=\s|$)\s*")

#: Fields that come before the text; the others come behind it.
BEFORE: Final = frozenset(
    {"author", "words", "headline", "section", "dateline", "subhead", "show", "anchor", "url"}
)
BEHIND: Final = frozenset(
    {"loaded", "language", "type", "code", "caption", "notes", "index", "url", "section"}
)
_COUNT: Final = re.compile(
    r"\d[\d.,\s]*(?:words?|wörter|woerter|mots|palabras|woorden|parole)\b"
)


class Labelled(NamedTuple):
    """A field: our name for it, and what it holds."""

    name: str
    value: str


def labelled(line: str, *, capitals: bool) -> Labelled | None:
    """Read a line as a field; None where it is none that we know.

    Parameters
    ----------
    line
        As it stands in the export.
    capitals
        Whether its layout writes the names of fields in capitals ("LENGTH:").
    """
    bare = plain(line)
    found = _LABEL.match(bare)
    if found is None or (capitals and found[1] != found[1].upper()):
        return None
    name = _NAME_OF.get(found[1].casefold().replace(" ", "-"))
    value = bare[found.end() :]
    if name is None or (name == "words" and not _COUNT.match(value.casefold())):
        return None
    return Labelled(name, value)


def is_copyright(line: str) -> bool:
    """Whether a short line says whose rights the article is under."""
    return len(line) <= _LONGEST_NOTICE and COPYRIGHT.match(line) is not None


_LONGEST_NOTICE: Final = 200
