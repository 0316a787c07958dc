"""Scores of quoted speech, narration and embedded posts compared; scores by speaker."""

from __future__ import annotations

import math
from collections.abc import Sequence
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
    Floats,
    check_options,
    drawn_means,
    generator,
    interval,
    mean,
)
from metoo_research.sentiment.sentences import require_columns
from metoo_research.sentiment.voices import VOICES

_SCORES: Final = ("compound", "compound_without_topic")
_SCORED: Final = {"compound": "scored", "compound_without_topic": "scored_without_topic"}


def compare_voices(
    part_scores: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    seed: int = SEED,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Result:
    """Compare the scores of quoted speech with those of narration, article by article.

    The parts of one voice in one sentence make one value, their mean weighted by letters; a
    voice's mean is that of its sentences. The contrast is speech − narration. Its interval in
    an article is a percentile bootstrap over the article's sentences, in each of which both
    voices stay together. That of all articles draws articles, and in each its sentences, where
    two or more have a contrast; with fewer than ten articles it is too narrow, and says little
    of other articles. Of one article alone it is over its sentences.

    Parameters
    ----------
    part_scores
        The table of `split_voices`, scored by `score_sentences`.
    articles
        One row per article: ``article_id``, and ``label`` where there is one.
    seed, draws, level
        Of the bootstrap, as in `score_articles`.

    Returns
    -------
    One row per article, in their order, and a last one for all of them (``scope`` is
    ``article`` or ``all``; ``article_id`` is missing in the last):

    ``sentences_speech``, ``sentences_narration``, ``sentences_embedded``
        In how many sentences the voice has words.
    ``mean_speech``, ``mean_narration``, ``mean_embedded``
        Mean compound, −1 to 1, also of sentences that score 0 because the lexicon knows no
        word of them. NaN if it knows none in any. In the last row the mean of the articles'
        means.
    ``contrast``, ``ci_low``, ``ci_high``
        Speech − narration, and its interval. NaN where a voice has no mean; without an
        interval too where one of the two has fewer than two sentences.
    the six again with ``_without_topic``
        With the valence of topic words at 0.
    ``topic_share_speech``, ``topic_share_narration``, ``topic_share_embedded``
        Share of the voice's negative valence that topic words carry, 0 to 1.
    ``articles_compared``, ``interval_over``
        How many articles have a contrast, and what the interval is drawn over (``sentences``,
        or ``articles and sentences``).

    Raises
    ------
    TableError
        If a column is missing, a part belongs to no article, or an option has no meaning.
    """
    check_options(seed, draws, level)
    require_columns(
        part_scores,
        [
            "article_id",
            "sentence_id",
            "voice",
            "letters",
            *_SCORES,
            *_SCORED.values(),
            "negative_valence",
            "topic_negative_valence",
        ],
        name="part scores",
    )
    require_columns(articles, ["article_id"], name="articles")
    ids = articles["article_id"].astype("str").tolist()
    unknown = set(part_scores["article_id"]) - set(ids)
    if unknown:
        raise TableError(
            f"the part scores table has article {min(unknown)!r}, which the articles table has"
            " not; pass the articles that the sentences were made from"
        )
    units = _units(part_scores)
    grouped = dict(iter(units.groupby("article_id", sort=False)))
    pooled = {score: _Pooled(seed, score, draws) for score in _SCORES}
    options = _Options(seed, draws, level)
    has_both = [_has_contrast(grouped.get(article_id)) for article_id in ids]
    left = {score: sum(both[score] for both in has_both) for score in _SCORES}
    rows = []
    for article_id in ids:
        row, drawn = _article_row(article_id, grouped.get(article_id), options)
        rows.append(row)
        for score in _SCORES:
            if not math.isnan(row[f"contrast{_SUFFIX[score]}"]):
                pooled[score].add(drawn[score], left[score])
                left[score] -= 1
    table = pd.DataFrame(rows)
    everything = _overall_row(table, units, pooled, options)
    table = pd.concat([table, pd.DataFrame([everything])], ignore_index=True)
    table = table[list(rows[0] if rows else everything)]
    if "label" in articles.columns:
        table.insert(2, "label", pd.Series([*articles["label"], None], dtype="str"))
    table["article_id"] = table["article_id"].astype("str")
    return result(
        table,
        {
            **{str(key): value for key, value in part_scores.attrs.items()},
            "table": "sentiment_by_voice",
            "formulas": {
                "mean": "mean of the sentences; parts of one sentence weighted by letters",
                "contrast": "mean of speech − mean of narration",
                "ci": "percentile bootstrap",
            },
            "seed": seed,
            "draws": draws,
            "level": level,
            "n_articles": len(ids),
            "n_articles_compared": int(table["contrast"].iloc[:-1].notna().sum()),
        },
    )


_SHORT: Final = {"speech": "speech", "narration": "narration", "embedded post": "embedded"}
_SUFFIX: Final = {"compound": "", "compound_without_topic": "_without_topic"}


def _units(parts: pd.DataFrame) -> pd.DataFrame:
    """One row per article, sentence and voice: letter-weighted scores, sums of valences."""
    weight = np.maximum(parts["letters"].to_numpy(dtype=np.float64), 1.0)
    keys = ["article_id", "sentence_id", "voice"]
    table = parts[keys].copy()
    for score in _SCORES:
        table[score] = parts[score].to_numpy(dtype=np.float64) * weight
        table[_SCORED[score]] = parts[_SCORED[score]].to_numpy(dtype=bool)
    table["weight"] = weight
    for name in ("negative_valence", "topic_negative_valence"):
        table[name] = parts[name].to_numpy(dtype=np.float64)
    how: dict[str, Any] = {"weight": "sum"} | dict.fromkeys(_SCORED.values(), "any")
    units = table.groupby(keys, sort=False, as_index=False).agg(how)
    sums = table.groupby(keys, sort=False)
    for name in (*_SCORES, "negative_valence", "topic_negative_valence"):
        units[name] = sums[name].sum(min_count=1).to_numpy()
    for score in _SCORES:
        units[score] = units[score] / units["weight"]
    # Each part of a table would bring along its types of text and a copy of its settings.
    units["voice"] = units["voice"].astype("object")
    units.attrs = {}
    return units


@dataclass(frozen=True, slots=True)
class _Options:
    seed: int
    draws: int
    level: float


class _Pooled:
    """Means over drawn articles, each with a draw of its own sentences; one article at a time.

    How often each article is drawn is multinomial, taken apart into binomials, so that no
    table of all draws of all articles is held.
    """

    def __init__(self, seed: int, score: str, draws: int) -> None:
        self._random = generator(seed, f"all articles, {score}")
        self._sums = np.zeros(draws)
        self._taken = np.zeros(draws, dtype=np.int64)
        self._articles = 0

    def add(self, drawn: Floats, left: int) -> None:
        """Take in an article; ``left`` is the number of those still to come, with this one."""
        if not self._articles:
            self._articles = left
        times = self._random.binomial(self._articles - self._taken, 1 / left)
        self._taken += times
        self._sums += times * drawn

    def means(self) -> Floats:
        return self._sums / self._articles if self._articles else np.zeros(0)


def _has_contrast(units: pd.DataFrame | None) -> dict[str, bool]:
    both = {}
    for score in _SCORES:
        values = _by_sentence(units, score)[:, :2]
        both[score] = bool((~np.isnan(values)).any(axis=0).all()) if len(values) else False
    return both


def _article_row(
    article_id: str, units: pd.DataFrame | None, options: _Options
) -> tuple[dict[str, Any], dict[str, Floats]]:
    """The row of an article, and the draws of its contrasts."""
    row: dict[str, Any] = {"scope": "article", "article_id": article_id}
    contrasts: dict[str, Floats] = {}
    for voice in VOICES:
        count = 0 if units is None else int((units["voice"] == voice).sum())
        row[f"sentences_{_SHORT[voice]}"] = count
    for score in _SCORES:
        values = _by_sentence(units, score)
        means = [mean(values[:, at]) for at in range(len(VOICES))]
        drawn = drawn_means(values, seed=options.seed, name=article_id, draws=options.draws)
        contrast = means[0] - means[1]
        apart = drawn[:, 0] - drawn[:, 1]
        low, high = math.nan, math.nan
        # One sentence drawn again and again is always itself: it would seem to be certain.
        fewest = int((~np.isnan(values[:, :2])).sum(axis=0).min())
        if fewest > 1:
            low, high = interval(apart, options.level)
        # A draw without a sentence of one voice says nothing of the contrast.
        contrasts[score] = np.where(np.isnan(apart), contrast, apart)
        row |= _named(means, contrast, low, high, _SUFFIX[score])
    row |= _topic_shares(units)
    row["articles_compared"] = int(not math.isnan(row["contrast"]))
    row["interval_over"] = "sentences"
    return row, contrasts


def _by_sentence(units: pd.DataFrame | None, score: str) -> Any:
    """A row per sentence, a column per voice; NaN where the lexicon knows no word of it all."""
    if units is None or units.empty:
        return np.full((0, len(VOICES)), math.nan)
    sentences, row = np.unique(units["sentence_id"].to_numpy(), return_inverse=True)
    voice = units["voice"].to_numpy()
    scored = units[_SCORED[score]].to_numpy()
    values = np.full((len(sentences), len(VOICES)), math.nan)
    for at, name in enumerate(VOICES):
        own = voice == name
        if scored[own].any():
            values[row[own], at] = units[score].to_numpy()[own]
    return values


def _named(
    means: Sequence[float], contrast: float, low: float, high: float, suffix: str
) -> dict[str, float]:
    row = {f"mean_{_SHORT[v]}{suffix}": m for v, m in zip(VOICES, means, strict=True)}
    return row | {
        f"contrast{suffix}": contrast,
        f"ci_low{suffix}": low,
        f"ci_high{suffix}": high,
    }


def _topic_shares(units: pd.DataFrame | None) -> dict[str, float]:
    shares = {}
    for voice in VOICES:
        share = math.nan
        if units is not None:
            own = units[units["voice"] == voice]
            negative = own["negative_valence"].sum()
            if negative > 0:
                share = float(own["topic_negative_valence"].sum(min_count=1) / negative)
        shares[f"topic_share_{_SHORT[voice]}"] = share
    return shares


def _overall_row(
    table: pd.DataFrame, units: pd.DataFrame, pooled: dict[str, _Pooled], options: _Options
) -> dict[str, Any]:
    if table.empty:
        return _article_row("", None, options)[0] | {"scope": "all", "article_id": None}
    row: dict[str, Any] = {"scope": "all", "article_id": None}
    for voice in VOICES:
        name = f"sentences_{_SHORT[voice]}"
        row[name] = int(table[name].sum())
    over = "sentences"
    for score in _SCORES:
        suffix = _SUFFIX[score]
        means = [mean(table[f"mean_{_SHORT[v]}{suffix}"].to_numpy()) for v in VOICES]
        contrasts = table[f"contrast{suffix}"].to_numpy(dtype=np.float64)
        compared = np.flatnonzero(~np.isnan(contrasts))
        low, high = math.nan, math.nan
        if len(compared) > 1:
            low, high = interval(pooled[score].means(), options.level)
            over = "articles and sentences"
        elif len(compared) == 1:
            low, high = table.loc[compared[0], [f"ci_low{suffix}", f"ci_high{suffix}"]]
        row |= _named(means, mean(contrasts), float(low), float(high), suffix)
    row |= _topic_shares(units)
    row["articles_compared"] = int(table["contrast"].notna().sum())
    return row | {"interval_over": over}


def compare_speakers(part_scores: pd.DataFrame) -> Result:
    """Give the mean score of what each speaker is quoted with.

    A score of a few quotations says what they are about, not what the speaker is like.

    Parameters
    ----------
    part_scores
        The table of `split_voices`, scored by `score_sentences`.

    Returns
    -------
    One row per speaker as named in the text, by number of sentences; speech of which the
    text names nobody, or by a pronoun alone, has rows of its own (``speaker`` missing;
    ``named`` is ``name``, ``pronoun`` or ``nobody``): ``speaker``, ``named``, ``articles``,
    ``quotations``, ``sentences``, ``letters``, ``mean_compound``, ``mean_without_topic``
    (over sentences, −1 to 1; NaN where the lexicon knows no word). Two spellings of a name
    are two speakers.

    Raises
    ------
    TableError
        If a column is missing.
    """
    require_columns(
        part_scores,
        [
            "article_id",
            "sentence_id",
            "voice",
            "letters",
            "quotation_id",
            "speaker",
            "resolved",
            *_SCORES,
            *_SCORED.values(),
        ],
        name="part scores",
    )
    speech = part_scores[part_scores["voice"] == "speech"]
    pronoun = speech["speaker"].notna() & speech["resolved"].isna()
    named = np.where(speech["resolved"].notna(), "name", np.where(pronoun, "pronoun", "nobody"))
    speech = speech.assign(named=named, speaker=speech["resolved"])
    rows = []
    for (who, how), own in speech.groupby(["speaker", "named"], dropna=False, sort=True):
        row: dict[str, Any] = {"speaker": who if isinstance(who, str) else None, "named": how}
        keys = ["article_id", "sentence_id"]
        row["articles"] = own["article_id"].nunique()
        row["quotations"] = len(own[["article_id", "quotation_id"]].drop_duplicates())
        row["sentences"] = len(own[keys].drop_duplicates())
        row["letters"] = int(own["letters"].sum())
        for score, name in (
            ("compound", "mean_compound"),
            ("compound_without_topic", "mean_without_topic"),
        ):
            weight = np.maximum(own["letters"].to_numpy(dtype=np.float64), 1.0)
            sums = own[keys].assign(value=own[score].to_numpy() * weight, weight=weight)
            by_sentence = sums.groupby(keys)[["value", "weight"]].sum(min_count=1)
            value = mean((by_sentence["value"] / by_sentence["weight"]).to_numpy())
            row[name] = value if own[_SCORED[score]].any() else math.nan
        rows.append(row)
    columns = ["speaker", "named", "articles", "quotations", "sentences", "letters"]
    columns += ["mean_compound", "mean_without_topic"]
    table = pd.DataFrame(rows, columns=columns).astype({"speaker": "str", "named": "str"})
    table = table.sort_values(
        ["sentences", "named", "speaker"], ascending=[False, True, True], kind="stable"
    ).reset_index(drop=True)
    return result(
        table,
        {
            **{str(key): value for key, value in part_scores.attrs.items()},
            "table": "sentiment_by_speaker",
            "formulas": {"mean": "mean of the sentences; parts weighted by letters"},
            "n_speakers": int((table["named"] == "name").sum()),
        },
    )
