"""Words brought to a base form: lemmas from a dictionary, stems by rule."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib import metadata
from typing import Any, Literal, get_args

from metoo_research.errors import TableError
from metoo_research.tokens import normal_form

WordForm = Literal["word", "lemma", "stem"]

# What NLTK calls the languages of its Snowball stemmers.
_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
}
_LIBRARY = {"lemma": "simplemma", "stem": "nltk"}


def checked_form(form: str) -> WordForm:
    """Return ``form``, or raise `TableError` if there is no such form."""
    known: tuple[WordForm, ...] = get_args(WordForm)
    for one in known:
        if form == one:
            return one
    raise TableError(f"form is one of {', '.join(known)}, not {form!r}")


def base_forms(words: Sequence[str], *, form: WordForm, language: str = "en") -> list[str]:
    """Bring words to their base form.

    A lemma is looked up for the bare word, without its part of speech and without the
    sentence: "left" and "saw" have one lemma each, whatever they mean where they stand, a
    noun that looks like a verb's form becomes the verb ("meeting": "meet"), and a word that
    the dictionary does not know stays as it is. A stem is cut off by rule and need not be a
    word ("community": "communiti"); different words may share one ("universe",
    "university": "univers").

    Parameters
    ----------
    words
        In normal form.
    form
        ``"lemma"``: the dictionaries of the package ``simplemma``, which brings them along;
        ``"stem"``: the Snowball stemmers of NLTK; ``"word"``: as they are.
    language
        Code of the language, such as ``"en"``.

    Returns
    -------
    One form per word, in normal form.

    Raises
    ------
    TableError
        If there is no such form, or nothing for the language.
    """
    if checked_form(form) == "word":
        return list(words)
    return _lemmas(words, language) if form == "lemma" else _stems(words, language)


def form_settings(form: WordForm, language: str) -> str | dict[str, str]:
    """Return form, language, library and version, for the settings of a result."""
    if form == "word":
        return form
    library = _LIBRARY[form]
    return {
        "name": form,
        "language": language,
        "library": library,
        "version": metadata.version(library),
    }


def _lemmas(words: Sequence[str], language: str) -> list[str]:
    from simplemma import lemmatize
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    _refuse_unknown(language, SUPPORTED_LANGUAGES, "lemmas")
    return [normal_form(lemmatize(word, lang=language)) for word in words]


def _stems(words: Sequence[str], language: str) -> list[str]:
    from nltk.stem.snowball import SnowballStemmer  # a second to import

    _refuse_unknown(language, _STEMMERS, "stems")
    stemmer: Any = SnowballStemmer(_STEMMERS[language])
    return [str(stemmer.stem(word)) for word in words]


def _refuse_unknown(language: str, known: Collection[str], what: str) -> None:
    if language not in known:
        raise TableError(
            f"no {what} for language {language!r}; there are for {', '.join(sorted(known))}"
        )
