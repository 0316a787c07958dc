"""What is said around given names or words, with its place.

The score of a sentence is not about anybody in it. Scoring a few words on either side of a
name comes nearer; it still cannot tell what is said of the name from what is said beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.sentiment._draws import (
    DRAWS,
    LEVEL,
    SEED,
    check_options,
    drawn_means,
    interval,
    mean,
)
from metoo_research.sentiment.sentences import require_columns, score_sentences
from metoo_research.tokens import normal_form, token_spans

_ONE_LINE: Final = str.maketrans(dict.fromkeys("\n\r\t\v\f\x85\u2028\u2029", " "))
_SCORES: Final = ("compound", "compound_without_topic")


@dataclass(frozen=True, slots=True)
class _Spelling:
    target: str
    words: tuple[str, ...]
    #: The last word stands for any that begins so.
    open_ended: bool


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str


def target_sentiment(
    tokens: pd.DataFrame,
    scores: pd.DataFrame,
    articles: pd.DataFrame,
    targets: Sequence[str] | Mapping[str, Sequence[str]],
    *,
    window: int = 8,
    context: int = 60,
) -> Result:
    """Score what is said around names or words, within the sentence.

    The words of the target itself do not count: they stand as a word without valence. Topic
    words are those that ``scores`` was made with.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``sentence_id``, ``start``, ``end``, ``word``,
        ``kind``.
    scores
        The sentences as `score_sentences` gives them.
    articles
        One row per article: ``article_id``, ``text``.
    targets
        Words or phrases ("Milano", "the police", "survivor*"), or a mapping from a target's
        name to its spellings. They are compared with the normal form of the tokens: case and
        a possessive 's do not matter; a final ``*`` stands for any ending. Punctuation does
        not interrupt a phrase. Of two spellings of one target that overlap the longer counts.
    window
        How many words before and behind the target to score, fewer at the sentence's ends.
    context
        How many characters of the article ``left`` and ``right`` show.

    Returns
    -------
    One row per place, by article and text:

    ``target``, ``spelling``
        The target's name, and the spelling as it was given.
    ``article_id``, ``sentence_id``, ``start``, ``end``
        Offsets of the target into the article's text.
    ``left``, ``match``, ``right``
        ``match`` is ``text[start:end]``; in ``left`` and ``right`` line breaks are blanks.
    ``window_start``, ``window_end``
        Offsets of what was scored.
    ``words``
        Words in the window, the target's own left out.
    ``compound``, ``compound_without_topic``
        Score of the window, −1 to 1, without the target's words; NaN where the lexicon knows
        no word in it at all. Where topic words are the only ones, the second is 0, so that
        both rest on the same places; NaN if no topic words were given.
    ``sentence_compound``, ``sentence_compound_without_topic``
        The scores of the whole sentence, beside it.

    ``attrs`` tell in ``not_found`` which targets stand nowhere.

    Raises
    ------
    TableError
        If a column is missing, a token's sentence or article is not in its table, or an
        option has no meaning.
    """
    if window < 1 or context < 0:
        raise TableError("window is a whole number from 1 on, context one from 0 on")
    columns = ["article_id", "sentence_id", "start", "end", "word", "kind"]
    require_columns(tokens, columns, name="tokens")
    require_columns(scores, ["article_id", "sentence_id", *_SCORES], name="scores")
    require_columns(articles, ["article_id", "text"], name="articles")
    spellings, names = _spellings(targets)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    keys = zip(scores["article_id"], scores["sentence_id"], strict=True)
    of_sentence = dict(
        zip(keys, scores[list(_SCORES)].itertuples(index=False, name=None), strict=True)
    )
    rows: list[dict[str, Any]] = []
    windows: list[str] = []
    for article_id, sentence_id, sentence in _sentences(tokens):
        for first, last, spelling, named in _places(sentence, spellings):
            text = texts.get(article_id)
            if not isinstance(text, str) or sentence[-1].end > len(text):
                raise TableError(
                    f"article {article_id!r} has no such text; pass the articles that the"
                    " tokens were made from"
                )
            if (article_id, sentence_id) not in of_sentence:
                raise TableError(
                    f"sentence {sentence_id} of article {article_id!r} has no score; pass the"
                    " scores of the sentences that the tokens were made from"
                )
            low, high = max(0, first - window), min(len(sentence) - 1, last + window)
            start, end = sentence[first].start, sentence[last].end
            begin, until = sentence[low].start, sentence[high].end
            windows.append(text[begin:start] + "x" * (end - start) + text[end:until])
            whole = of_sentence[article_id, sentence_id]
            rows.append(
                {
                    "target": named,
                    "spelling": spelling,
                    "article_id": article_id,
                    "sentence_id": sentence_id,
                    "start": start,
                    "end": end,
                    "left": text[max(0, start - context) : start].translate(_ONE_LINE),
                    "match": text[start:end],
                    "right": text[end : end + context].translate(_ONE_LINE),
                    "window_start": begin,
                    "window_end": until,
                    "words": high - low - (last - first),
                    "sentence_compound": whole[0],
                    "sentence_compound_without_topic": whole[1],
                }
            )
    table = _table(rows)
    topic = scores.attrs.get("topic_words", [])
    scored = score_sentences(
        table[["article_id", "sentence_id"]].assign(text=pd.Series(windows, dtype="str")),
        topic_words=topic,
    )
    unscored = ~scored["scored"].to_numpy(dtype=bool)
    for name in _SCORES:
        value = scored[name].to_numpy(dtype=np.float64, copy=True)
        value[unscored] = math.nan
        table.insert(list(table.columns).index("sentence_compound"), name, value)
    found = set(table["target"])
    return result(
        table,
        {
            "table": "target_sentiment",
            "formulas": {"compound": "VADER on the window, without the target's words"},
            "window": window,
            "targets": names,
            "not_found": [name for name in names if name not in found],
            "topic_words": list(topic),
            "tokenizer": tokens.attrs.get("tokenizer"),
            "lexicon": scored.attrs.get("lexicon"),
            "lexicon_version": scored.attrs.get("lexicon_version"),
            "n_articles": len(articles),
            "n_tokens": len(tokens),
            "n_places": len(table),
        },
    )


_COLUMNS: Final = {
    "target": "str", "spelling": "str", "article_id": "str", "sentence_id": "int64",
    "start": "int64", "end": "int64", "left": "str", "match": "str", "right": "str",
    "window_start": "int64", "window_end": "int64", "words": "int64",
    "sentence_compound": "float64", "sentence_compound_without_topic": "float64",
}  # fmt: skip


def _table(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def _spellings(
    targets: Sequence[str] | Mapping[str, Sequence[str]],
) -> tuple[dict[str, list[tuple[str, _Spelling]]], list[str]]:
    """Spellings by their first word ("" where it is open-ended), longest first."""
    if isinstance(targets, str):
        raise TableError(f"targets is a list of words; write [{targets!r}]")
    named = targets if isinstance(targets, Mapping) else {name: [name] for name in targets}
    by_word: dict[str, list[tuple[str, _Spelling]]] = {}
    for name, spellings in named.items():
        if isinstance(spellings, str) or not spellings:
            raise TableError(f"target {name!r}: give a list of its spellings")
        for written in spellings:
            plain = written.strip().removesuffix("*")
            words = tuple(
                normal_form(plain[start:end])
                for start, end, kind in token_spans(plain)
                if kind != "punctuation"
            )
            if not words or "*" in plain:
                raise TableError(
                    f"target {written!r}: write a word or a phrase, with a * at its end alone"
                )
            one = _Spelling(name, words, written.strip().endswith("*"))
            first = "" if one.open_ended and len(words) == 1 else words[0]
            by_word.setdefault(first, []).append((written, one))
    for listed in by_word.values():
        listed.sort(key=lambda pair: -len(pair[1].words))
    return by_word, list(named)


def _sentences(tokens: pd.DataFrame) -> Iterator[tuple[str, int, list[_Token]]]:
    """Sentences in the order of articles and text, each with its words."""
    kept = tokens[(tokens["kind"] != "punctuation").to_numpy()]
    names = ["article_id", "sentence_id", "start", "end", "word"]
    sentence: list[_Token] = []
    key: tuple[str, int] | None = None
    for article_id, sentence_id, start, end, word in zip(
        *(kept[name].tolist() for name in names), strict=True
    ):
        if (article_id, sentence_id) != key:
            if key is not None:
                yield *key, sentence
            key, sentence = (article_id, sentence_id), []
        sentence.append(_Token(start, end, word))
    if key is not None:
        yield *key, sentence


def _places(
    sentence: Sequence[_Token], spellings: Mapping[str, Sequence[tuple[str, _Spelling]]]
) -> Iterator[tuple[int, int, str, str]]:
    """First and last word of each place; places of one target do not overlap."""
    taken: dict[str, int] = {}
    for at, token in enumerate(sentence):
        listed = [*spellings.get(token.word, ()), *spellings.get("", ())]
        for written, one in sorted(listed, key=lambda pair: -len(pair[1].words)):
            last = at + len(one.words) - 1
            if last >= len(sentence) or at < taken.get(one.target, 0):
                continue
            words = [sentence[place].word for place in range(at, last + 1)]
            same = words[:-1] == list(one.words[:-1]) and (
                words[-1].startswith(one.words[-1])
                if one.open_ended
                else words[-1] == one.words[-1]
            )
            if same:
                taken[one.target] = last + 1
                yield at, last, written, one.target


def summarise_targets(
    places: pd.DataFrame, *, seed: int = SEED, draws: int = DRAWS, level: float = LEVEL
) -> Result:
    """Give the mean score around each target.

    Parameters
    ----------
    places
        As `target_sentiment` gives them.
    seed, draws, level
        Of the bootstrap, as in `score_articles`.

    Returns
    -------
    One row per target, in the order in which they were given, also those found nowhere:
    ``target``, ``places``, ``places_scored`` (the lexicon knows a word of the window),
    ``articles``, ``mean_compound``, ``ci_low``, ``ci_high``, and the same three
    ``_without_topic`` (over places scored, −1 to 1), ``interval_over``: ``articles`` where
    two or more have a place scored, which are then drawn with all their places, else
    ``places``. NaN where nothing is scored; the interval also with fewer than two places.

    Raises
    ------
    TableError
        If a column is missing, or an option has no meaning.
    """
    check_options(seed, draws, level)
    require_columns(places, ["target", "article_id", *_SCORES], name="places")
    names = list(places.attrs.get("targets") or dict.fromkeys(places["target"]))
    rows = []
    for name in names:
        own = places[places["target"] == name]
        known = own[list(_SCORES)].notna()
        articles = own.loc[known["compound"], "article_id"].nunique()
        over = "articles" if articles > 1 else "places"
        row: dict[str, Any] = {
            "target": name,
            "places": len(own),
            "places_scored": int(known["compound"].sum()),
            "articles": own["article_id"].nunique(),
        }
        for score, suffix in zip(_SCORES, ("", "_without_topic"), strict=True):
            values = own[score].to_numpy(dtype=np.float64)
            low, high = _interval_of(
                own, score, over, name, seed=seed, draws=draws, level=level
            )
            row[f"mean{suffix or '_compound'}"] = mean(values)
            row[f"ci_low{suffix}"], row[f"ci_high{suffix}"] = low, high
        rows.append(row | {"interval_over": over})
    columns = [
        "target", "places", "places_scored", "articles", "mean_compound", "ci_low", "ci_high",
        "mean_without_topic", "ci_low_without_topic", "ci_high_without_topic", "interval_over",
    ]  # fmt: skip
    return result(
        pd.DataFrame(rows, columns=columns).astype({"target": "str", "interval_over": "str"}),
        {
            **{str(key): value for key, value in places.attrs.items()},
            "table": "sentiment_by_target",
            "formulas": {"mean": "mean of the places scored", "ci": "percentile bootstrap"},
            "seed": seed,
            "draws": draws,
            "level": level,
        },
    )


def _interval_of(
    own: pd.DataFrame, score: str, over: str, name: str, *, seed: int, draws: int, level: float
) -> tuple[float, float]:
    known = own[own[score].notna()]
    if len(known) < 2:
        return math.nan, math.nan
    if over == "places":
        values = known[score].to_numpy(dtype=np.float64)[:, np.newaxis]
        return interval(drawn_means(values, seed=seed, name=name, draws=draws)[:, 0], level)
    # A drawn article brings all its places: the mean is a ratio of two drawn means.
    sums = known.groupby("article_id", sort=True)[score].agg(["sum", "count"])
    drawn = drawn_means(sums.to_numpy(dtype=np.float64), seed=seed, name=name, draws=draws)
    return interval(drawn[:, 0] / drawn[:, 1], level)
