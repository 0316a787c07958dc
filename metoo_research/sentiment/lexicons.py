"""A sensitivity score: what other lexicons say of the same sentences.

References
----------
De Smedt, T., & Daelemans, W. (2012). Pattern for Python. *Journal of Machine Learning
Research*, 13, 2063-2067.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import metadata, util
from pathlib import Path
from typing import Any, Final, Literal, get_args

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.sentiment.sentences import (
    plain_settings,
    require_columns,
    with_primary_score,
)
from metoo_research.sentiment.vader import lexicon
from metoo_research.sentiment.vader_words import (
    lowered_words,
    straightened,
    with_emoji_described,
    word_lists,
)

Lexicon = Literal["vader", "pattern"]

_COLUMNS: Final = {"vader": "compound", "pattern": "pattern_polarity"}
_PACKAGES: Final = {"vader": "vaderSentiment", "pattern": "textblob"}
_LICENCES: Final = {
    "vader": "MIT",
    # The lexicon is in the public domain (Open Data Commons); the package that ships it is MIT.
    "pattern": "PDDL",
}
# What Pattern makes of a negated word, and how far before the word it looks.
_NEGATED = -0.5
_NEGATION_REACH = 2
_FORMULAS: Final = {
    "pattern_polarity": "mean polarity of the words of the lexicon, −0.5 times it where one of "
    "the two words before is a negation",
    "sensitivity": "mean over lexicons of (score − mean) / standard deviation, both over the "
    "sentences of the table in which the lexicon knows a word",
}


def sensitivity_scores(
    scores: pd.DataFrame, *, lexicons: Sequence[Lexicon] = ("vader", "pattern")
) -> Result:
    """Add the mean of the standardised scores of several lexicons.

    A finding that rests on the choice of VADER's lexicon does not show in this score. It is
    relative to the sentences it is made for: 0 is their mean, 1 one standard deviation above
    it. So it tells groups within a table apart, and must be made for all sentences at once.

    Parameters
    ----------
    scores
        As `score_sentences` gives them: ``text``, ``compound``, ``scored``.
    lexicons
        Which to take, at least two of: "vader"; "pattern", the subjectivity lexicon of
        Pattern (De Smedt & Daelemans 2012), 1,500 adjectives mostly, as the package
        ``textblob`` ships it. Both licences allow any use.

    Returns
    -------
    ``scores`` with these columns:

    ``pattern_polarity``
        −1 to 1; NaN where the lexicon knows no word with a polarity. Degree words do not
        count.
    ``sensitivity``
        In standard deviations; NaN where no lexicon knows a word.
    ``sensitivity_lexicons``
        How many lexicons it is the mean of.
    ``score``
        Set anew if "sensitivity" is the study's primary score.

    ``attrs["lexicons"]`` tells of each its package, version, licence, number of sentences
    with a known word, mean and standard deviation; ``attrs["agreement"]`` how far they agree:
    Pearson's r over the ``sentences`` in which both know a word, None with fewer than three.

    Raises
    ------
    TableError
        If a column is missing, a lexicon is unknown or not installed, or there are fewer
        than two.
    """
    require_columns(scores, ["text", "compound", "scored"], name="scores")
    chosen = list(dict.fromkeys(lexicons))
    for name in chosen:
        if name not in get_args(Lexicon):
            raise TableError(f"lexicons are {', '.join(get_args(Lexicon))}; not {name!r}")
    if len(chosen) < 2:
        raise TableError("a sensitivity score is the mean of at least two lexicons")

    values = pd.DataFrame(index=scores.index)
    for name in chosen:
        values[name] = _scores_of(name, scores)
    standardised = values.apply(_standardised)
    table = scores.assign(
        **{_COLUMNS[name]: values[name] for name in chosen if name != "vader"},
        sensitivity=standardised.mean(axis=1),
        sensitivity_lexicons=standardised.notna().sum(axis=1).astype("int64"),
    )
    table.attrs = scores.attrs
    if scores.attrs.get("primary") == "sensitivity":
        table = with_primary_score(table, "sensitivity")
    settings = {
        "formulas": {k: v for k, v in _FORMULAS.items() if k in table.columns},
        "lexicons": {name: _about(name, values[name]) for name in chosen},
        "agreement": _agreement(values),
    }
    return result(table, plain_settings(scores) | settings)


def _scores_of(name: Lexicon, scores: pd.DataFrame) -> pd.Series[float]:
    if name == "vader":
        known = scores["scored"].astype(bool)
        return scores["compound"].astype("float64").where(known)
    polarities = pattern_polarities()
    codes, texts = pd.factorize(scores["text"])
    distinct = [*(_pattern_polarity(str(text), polarities) for text in texts), math.nan]
    return pd.Series(np.array(distinct)[codes], index=scores.index)


def _pattern_polarity(text: str, polarities: Mapping[str, float]) -> float:
    words = lowered_words(with_emoji_described(straightened(text)).split())
    negations = word_lists().negations
    found = []
    for at, word in enumerate(words):
        if word in polarities:
            before = words[max(0, at - _NEGATION_REACH) : at]
            negated = any(one in negations or "n't" in one for one in before)
            found.append(polarities[word] * (_NEGATED if negated else 1.0))
    return sum(found) / len(found) if found else math.nan


def lexicon_valences() -> pd.Series[float]:
    """Give VADER's lexicon, say, as the weights of a word shift.

    Returns
    -------
    The valence of each entry, −4 to 4, indexed by the entry. Emoticons are entries too.
    """
    return pd.Series(lexicon(), name="valence", dtype="float64").rename_axis("word")


@cache
def pattern_polarities() -> dict[str, float]:
    """Read Pattern's lexicon: the mean polarity of each word's senses, −1 to 1, without 0.

    Raises
    ------
    TableError
        If the package that ships it is not installed.
    """
    from xml.etree import ElementTree

    found = util.find_spec("textblob")
    if found is None or not found.origin:
        raise TableError(
            'the lexicon "pattern" comes with the package textblob; install it: '
            "pip install textblob"
        )
    path = Path(found.origin).parent / "en" / "en-sentiment.xml"
    senses: dict[str, list[float]] = {}
    # The file comes with an installed package, as code does.
    for entry in ElementTree.parse(path).getroot():  # noqa: S314
        senses.setdefault(entry.get("form", "").lower(), []).append(
            float(entry.get("polarity", "0"))
        )
    means = {word: sum(of_word) / len(of_word) for word, of_word in senses.items()}
    boosters = word_lists().boosters
    return {word: mean for word, mean in means.items() if mean and word not in boosters}


def _standardised(values: pd.Series[float]) -> pd.Series[float]:
    spread = float(values.std(ddof=0))
    if not spread > 0:
        return pd.Series(math.nan, index=values.index)
    return (values - float(values.mean())) / spread


def _about(name: Lexicon, values: pd.Series[float]) -> dict[str, Any]:
    package = _PACKAGES[name]
    return {
        "package": package,
        "version": metadata.version(package),
        "licence": _LICENCES[name],
        "sentences": int(values.notna().sum()),
        "mean": _number(values.mean()),
        "standard_deviation": _number(values.std(ddof=0)),
    }


def _number(value: float) -> float | None:
    """A number for the settings, which are written as JSON: it has no NaN."""
    return None if math.isnan(value) else float(value)


def _agreement(values: pd.DataFrame) -> dict[str, dict[str, float | None]]:
    names = list(values.columns)
    told: dict[str, dict[str, float | None]] = {}
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            both = values[[one, other]].dropna()
            r = math.nan
            if len(both) > 2 and bool((both.std() > 0).all()):
                r = float(np.corrcoef(both[one], both[other])[0, 1])
            told[f"{one} and {other}"] = {"r": _number(r), "sentences": len(both)}
    return told
