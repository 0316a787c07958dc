"""Stop words: the kept list of a language, with what is needed to cite it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import import_module, metadata
from typing import Any

from metoo_research.errors import TableError
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
    sha256
        Of the sorted words, one a line, in UTF-8: equal for equal lists.
    """

    words: frozenset[str]
    name: str
    version: str | None = None
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

    def settings(self) -> dict[str, str | int | None]:
        """Return name, version, number of words and hash, for the settings of a result."""
        return {
            "name": self.name,
            "version": self.version,
            "words": len(self),
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
    name = f"{_PACKAGE} {language}"
    changes = [
        f"{sign}{len(words)}"
        for sign, words in (("+", added - listed), ("-", removed))
        if words
    ]
    if changes:
        name = f"{name} ({', '.join(changes)})"
    return StopList((listed | added) - removed, name, metadata.version(_PACKAGE))


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
