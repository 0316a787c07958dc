"""Stop words: the kept list of a language, with what is needed to cite it.

A list is matched against ``word``, the normal form of a token, and its own words are brought
into that form first: a curly apostrophe in "don’t", on either side, changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from metoo_research.errors import StudyError, TableError
from metoo_research.study import Study, mistake_in
from metoo_research.tokens import normal_form

_PACKAGE = "stopwords"


@dataclass(frozen=True)
class StopList(Collection[str]):
    """A list of stop words that says where it comes from.

    Attributes
    ----------
    words
        The words in normal form: lower case, straight apostrophes.
    name
        What the list is called in the settings of a result.
    version
        Version of the package it comes from; ``None`` for a list of the user's own.
    added, removed
        What was changed in the package's list, sorted.
    sha256
        Of the sorted words, one a line, in UTF-8: equal for equal lists.
    """

    words: frozenset[str]
    name: str
    version: str | None = None
    added: tuple[str, ...] = field(default=(), compare=False)
    removed: tuple[str, ...] = field(default=(), compare=False)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        listed = "\n".join(sorted(self.words)).encode()
        object.__setattr__(self, "sha256", sha256(listed).hexdigest())

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.words))

    def __len__(self) -> int:
        return len(self.words)

    def settings(self) -> dict[str, Any]:
        """Return name, version, number of words, changes and hash, for a result's settings."""
        changes = {"added": list(self.added), "removed": list(self.removed)}
        return {
            "name": self.name,
            "version": self.version,
            "words": len(self),
            **{what: words for what, words in changes.items() if words},
            "sha256": self.sha256,
        }


def stop_words(
    language: str = "en", *, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> StopList:
    """Return the stop words of a language.

    The lists are those of the package ``stopwords`` (ISC licence), which brings them along;
    the English one is the list of the Snowball project. It holds function words only:
    "will", "also" and "said" are not on it, but "me" and "too" are, so a count without stop
    words cannot show the phrase "me too".

    Parameters
    ----------
    language
        Code of the language, such as ``"en"`` or ``"pt-BR"``.
    add, remove
        Words to put on the list, and to take off it.

    Raises
    ------
    TableError
        If there is no list for the language, or a word to remove is not on it.
    """
    package = _package()
    known: dict[str, str] = package.LANGUAGE_MAPPING
    if language not in known:
        raise TableError(
            f"no stop words for language {language!r}; there are lists for "
            f"{', '.join(sorted(known))}; or pass a list of your own"
        )
    # Without cache=False the package hands out its own list, which a caller could change.
    listed = normal_forms(package.get_stopwords(language, cache=False))
    added, removed = normal_forms(add), normal_forms(remove)
    absent = sorted(removed - listed)
    if absent:
        raise TableError(f"cannot remove {absent[0]!r}: it is not a stop word of {language!r}")
    both = sorted(added & removed)
    if both:
        raise TableError(f"{both[0]!r} is to be added to the stop words and to be removed")
    name = f"{_PACKAGE} {language}"
    changes = [
        f"{sign}{len(words)}"
        for sign, words in (("+", added - listed), ("-", removed))
        if words
    ]
    if changes:
        name = f"{name} ({', '.join(changes)})"
    return StopList(
        (listed | added) - removed,
        name,
        metadata.version(_PACKAGE),
        added=tuple(sorted(added - listed)),
        removed=tuple(sorted(removed)),
    )


def study_stop_words(
    study: Study, *, language: str | None = None, study_file: Path | None = None
) -> StopList:
    """Return the stop words of a study: the language's, changed as ``[words]`` says.

    ``stop_words`` in the section ``[words]`` of ``study.toml`` are put on the list, ``keep``
    are taken off it.

    Parameters
    ----------
    study
        As `read_study` gives it.
    language
        Code of the language; ``None`` takes that of the study, or English.
    study_file
        Where the study was read from, so that a mistake can be told with its line.

    Raises
    ------
    StudyError
        If a word to keep is not on the list, or is to be left out too.
    TableError
        If there is no list for the language.
    """
    language = language or study.study.language or "en"
    plain = stop_words(language)
    added = normal_forms(study.words.stop_words)
    for word in study.words.keep:
        kept = normal_forms([word])
        if not kept:
            continue
        said = f"{word!r} is not a stop word of {language!r}, so it is kept anyway; remove it"
        if kept <= added:
            said = f"{word!r} stands in stop_words too; remove it from one of both lists"
        elif kept <= plain.words:
            continue
        if study_file is not None:
            raise mistake_in(study_file, ["words", "keep"], said)
        raise StudyError(f"study, words.keep: {said}")
    return stop_words(language, add=added, remove=study.words.keep)


def resolve_stop_words(stop_words_option: str | Collection[str] | None) -> StopList | None:
    """Make a `StopList` of what a caller may pass: language, list, words, or nothing."""
    if stop_words_option is None or isinstance(stop_words_option, StopList):
        return stop_words_option
    if isinstance(stop_words_option, str):
        return stop_words(stop_words_option)
    return StopList(normal_forms(stop_words_option), "own list")


def normal_forms(words: Iterable[str]) -> frozenset[str]:
    """Bring words into the form in which tokens are counted; blanks are no words."""
    stripped = (word.strip() for word in words)
    return frozenset(normal_form(word) for word in stripped if word)


@cache
def _package() -> Any:
    # By name, because the package has no types; it reads its index of languages when imported.
    return import_module(_PACKAGE)
