"""Readability: how hard a text is to read, by the formulas in use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metoo_research._wording import plural
from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    COUNTED_KINDS,
    Codes,
    article_codes,
    article_groups,
    by_columns,
    checked_kinds,
    codes_and_values,
    is_of_kinds,
    require_columns,
)
from metoo_research.words.syllables import count_syllables

#: A number is read as a word too.
_READ_KINDS: Final[tuple[TokenKind, ...]] = (*COUNTED_KINDS, "number")
_COUNTS: Final = ("sentences", "words", "syllables", "letters", "complex_words", "long_words")
_MEANS: Final = {
    "words_per_sentence": "words / sentences",
    "syllables_per_word": "syllables / words",
}
_ANY_LANGUAGE: Final = {
    "ari": "4.71 * letters / words + 0.5 * words / sentences - 21.43 (Smith & Senter 1967)",
    "coleman_liau": "5.88 * letters / words - 29.6 * sentences / words - 15.8"
    " (Coleman & Liau 1975)",
    "lix": "words / sentences + 100 * long_words / words (Björnsson 1968)",
}
_ENGLISH: Final = {
    "flesch": "206.835 - 1.015 * words / sentences - 84.6 * syllables / words (Flesch 1948)",
    "flesch_kincaid": "0.39 * words / sentences + 11.8 * syllables / words - 15.59"
    " (Kincaid et al. 1975)",
    "fog": "0.4 * (words / sentences + 100 * complex_words / words) (Gunning 1952)",
    "smog": "1.043 * sqrt(30 * complex_words / sentences) + 3.1291 (McLaughlin 1969)",
}
_NEED_SYLLABLES: Final = ("syllables", "complex_words", "syllables_per_word", *_ENGLISH)
_LONG: Final = 7  # letters
_COMPLEX: Final = 3  # syllables


def readability(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = "article_id",
    kinds: Collection[TokenKind] = _READ_KINDS,
    min_words: int = 1,
) -> Result:
    """Measure how hard each article, or group of articles, is to read.

    Parameters
    ----------
    sentences
        One row per sentence: ``article_id``, ``sentence_id``.
    tokens
        Their tokens: ``article_id``, ``sentence_id``, ``token`` (as written), ``kind``.
        Tokens of other sentences are set aside.
    articles
        One row per article: ``article_id``, the columns named in ``by`` and, where known,
        ``language`` (``"en"``, ``"en-GB"``, …). Without such a column all count as English.
    by
        Column or columns of ``articles`` that make the groups; ``None`` for the whole
        corpus.
    kinds
        Kinds of tokens that are words to a reader: words, hashtags, mentions, numbers.
    min_words
        Sentences with fewer words are left out ("PAGE 1."), with their words.

    Returns
    -------
    One row per group, in the order of their first article: the ``by`` columns and

    ``sentences``, ``words``
        Sentences with at least ``min_words`` words, and the words in them.
    ``syllables``, ``complex_words``
        Syllables by `count_syllables`; words of three or more. A number has one.
    ``letters``, ``long_words``
        Letters and digits; words with more than six of them.
    ``words_per_sentence``, ``syllables_per_word``
        Means.
    ``flesch``
        Reading ease: 100 very easy, 60 plain, 30 hard. Bad below 100 words.
    ``flesch_kincaid``, ``fog``
        Years of school in the United States. ``fog`` takes all words of three syllables for
        hard, names, compounds and "-ing" forms too, as quanteda does; Gunning did not.
    ``smog``
        Years of school to understand a text in full. Made for 30 sentences; shaky with
        fewer.
    ``ari``, ``coleman_liau``
        Years of school from the letters: no syllables to count wrong, but long plain words
        ("children") count as hard.
    ``lix``
        30 easy, 50 hard; made for Swedish and used for many languages. A sentence is ours,
        a colon ends none.

    All of them see the length of words and sentences only, not order, sense or layout; were
    fitted to school books; and jump with every full stop that is missed or found too much.
    Quotations of speech make an article easier than its own prose is.

    NaN in an article without words, and for what needs syllables (``syllables``,
    ``complex_words``, ``flesch``, ``flesch_kincaid``, ``fog``, ``smog``) where an article of
    the group is not known to be English; ``attrs["not_computed"]`` says in how many rows.

    Raises
    ------
    TableError
        If a column is missing, a token or sentence belongs to no article, or an option has
        no meaning.
    """
    if min_words < 1:
        raise TableError(f"min_words is a whole number from 1 on, not {min_words!r}")
    grouping = by_columns(by)
    require_columns(sentences, ["article_id", "sentence_id"], name="sentences")
    require_columns(tokens, ["article_id", "sentence_id", "token", "kind"], name="tokens")
    formulas = _MEANS | _ENGLISH | _ANY_LANGUAGE
    group_of_article, groups = article_groups(articles, grouping, taken=[*_COUNTS, *formulas])

    article, sentence, token, set_aside = _words_of_sentences(
        sentences, tokens, articles, kinds
    )
    words_in = np.bincount(sentence, minlength=len(sentences)).astype(np.int64)
    kept = words_in[sentence] >= min_words
    too_short = (words_in > 0) & (words_in < min_words)
    article, token = article[kept], token[kept]

    surface, spelling = codes_and_values(tokens["token"])
    used = surface[token]
    of_surface = _counts_of(spelling, np.unique(used))
    group = group_of_article[article]
    counts = {
        name: np.bincount(group, values[used], len(groups)).astype(np.float64)
        for name, values in of_surface.items()
    }
    counts["words"] = np.bincount(group, minlength=len(groups)).astype(np.float64)
    article_of_sentence = article_codes(sentences, articles, name="sentences")
    read = words_in >= min_words
    counts["sentences"] = np.bincount(
        group_of_article[article_of_sentence[read]], minlength=len(groups)
    ).astype(np.float64)

    english = _is_english(articles)
    foreign = np.bincount(group_of_article[article], weights=~english[article]) > 0
    foreign = np.append(foreign, np.zeros(len(groups) - len(foreign), dtype=bool))
    table = groups.reset_index(drop=True).assign(**{name: counts[name] for name in _COUNTS})
    table = table.assign(**_scores(counts))
    table.loc[foreign, list(_NEED_SYLLABLES)] = np.nan
    exact = [name for name in _COUNTS if name not in _NEED_SYLLABLES]
    table = table.astype(dict.fromkeys(exact, "int64"))
    empty = counts["words"] == 0
    return result(
        table,
        {
            "table": "readability",
            "by": grouping,
            "kinds": list(checked_kinds(kinds)),
            "min_words": min_words,
            "syllables": "counted by rule",
            "language": "articles" if "language" in articles.columns else "English, as assumed",
            "formulas": formulas,
            "tokenizer": tokens.attrs.get("tokenizer"),
            "n_articles": len(articles),
            "n_tokens": len(token),
            "left_out": {
                "tokens_of_other_kinds_or_sentences": set_aside,
                "sentences_too_short": int(too_short.sum()),
            },
            "not_computed": _reasons(empty, foreign),
        },
    )


def _words_of_sentences(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    kinds: Collection[TokenKind],
) -> tuple[Codes, Codes, Codes, int]:
    """Article, row of the sentence and row of the token of each word; how many are none."""
    number = sentences["sentence_id"].to_numpy(dtype=np.int64)
    of_token = tokens["sentence_id"].to_numpy(dtype=np.int64)
    span = int(max(number.max(initial=0), of_token.max(initial=0))) + 1
    known = pd.Index(article_codes(sentences, articles, name="sentences") * span + number)
    if known.has_duplicates:
        raise TableError("a sentence stands twice in the sentences table; keep one row")
    article = article_codes(tokens, articles, name="tokens")
    sentence = known.get_indexer(pd.Index(article * span + of_token)).astype(np.int64)
    words = np.flatnonzero(is_of_kinds(tokens, kinds) & (sentence >= 0)).astype(np.int64)
    return article[words], sentence[words], words, len(tokens) - len(words)


def _counts_of(spelling: NDArray[np.object_], used: Codes) -> dict[str, NDArray[np.float64]]:
    """Syllables, letters and whether complex or long, of each spelling in use."""
    # A token without text has code -1 and finds the 0 at the end.
    counts = {name: np.zeros(len(spelling) + 1) for name in _COUNTS[2:]}
    for at in used.tolist():
        if at < 0:
            continue
        word = str(spelling[at])
        syllables = count_syllables(word)
        letters = sum(map(str.isalnum, word))
        counts["syllables"][at] = syllables
        counts["letters"][at] = letters
        counts["complex_words"][at] = syllables >= _COMPLEX
        counts["long_words"][at] = letters >= _LONG
    return counts


def _is_english(articles: pd.DataFrame) -> NDArray[np.bool_]:
    if "language" not in articles.columns:
        return np.ones(len(articles), dtype=bool)
    return np.asarray(
        [
            isinstance(language, str)
            and language.replace("_", "-").lower().split("-")[0] == "en"
            for language in articles["language"]
        ],
        dtype=bool,
    )


def _scores(counts: dict[str, NDArray[np.float64]]) -> dict[str, Any]:
    words = np.where(counts["words"] > 0, counts["words"], np.nan)
    sentences = np.where(counts["sentences"] > 0, counts["sentences"], np.nan)
    length = words / sentences
    syllables = counts["syllables"] / words
    complex_share = counts["complex_words"] / words
    letters = counts["letters"] / words
    return {
        "words_per_sentence": length,
        "syllables_per_word": syllables,
        "flesch": 206.835 - 1.015 * length - 84.6 * syllables,
        "flesch_kincaid": 0.39 * length + 11.8 * syllables - 15.59,
        "fog": 0.4 * (length + 100 * complex_share),
        "smog": 1.043 * np.sqrt(30 * counts["complex_words"] / sentences) + 3.1291,
        "ari": 4.71 * letters + 0.5 * length - 21.43,
        "coleman_liau": 5.88 * letters - 29.6 / length - 15.8,
        "lix": length + 100 * counts["long_words"] / words,
    }


def _reasons(empty: NDArray[np.bool_], foreign: NDArray[np.bool_]) -> dict[str, str]:
    reasons = {}
    if empty.any():
        reasons["all"] = f"no word ({int(empty.sum())} of {plural(len(empty), 'row')})"
    if foreign.any():
        told = (
            f"not known to be English ({int(foreign.sum())} of {plural(len(foreign), 'row')})"
        )
        reasons |= dict.fromkeys(_NEED_SYLLABLES, told)
    return reasons
