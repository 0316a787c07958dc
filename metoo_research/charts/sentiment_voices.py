"""The score of quoted speech against that of narration, article by article."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.dots import hollow
from metoo_research.charts.key import KeyItem, marker
from metoo_research.charts.palettes import palette
from metoo_research.charts.rows import Column, draw_columns, label_blocks
from metoo_research.charts.score_axis import SCALE, begin_scores, known_scores, named_with
from metoo_research.charts.style import NARROW_MM, RULE, TWO_COLUMNS_MM
from metoo_research.charts.tables import (
    articles_in,
    articles_of,
    level_of,
    need,
    row_limit,
    shown_of,
)
from metoo_research.charts.text import MINUS, clean, count, signed

_VOICES: Final = ("speech", "narration", "embedded")
_NAMES: Final = {
    "speech": "quoted speech",
    "narration": "narration",
    "embedded": "embedded posts",
}
_NEEDED: Final = (
    *("article_id", "scope", "mean_speech", "mean_narration"),
    *("contrast", "ci_low", "ci_high"),
)
_ENDS: Final = ("", "_without_topic")
_ALL: Final = "all articles"
_NOTHING: Final = "No sentence to score in this corpus."
_DOWN: Final = {"": -0.18, "_without_topic": 0.18}


@layout.chart
def sentiment_voices(
    table: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw the mean scores of quoted speech, narration and embedded posts of each article.

    Parameters
    ----------
    table
        One row per article and one for all of them: ``article_id``, ``scope`` ("article" or
        "all"), ``mean_speech``, ``mean_narration``, ``contrast`` (speech minus narration),
        ``ci_low``, ``ci_high`` (of the contrast); ``mean_embedded``, ``label`` and
        ``sentences_speech``, ``sentences_narration`` where they are given, and the means and
        the contrast again with ``_without_topic``. A mean is missing (NaN) where no sentence
        of the voice has a word of the lexicon, an interval where one of the two voices has
        fewer than two sentences. ``attrs["level"]`` is the coverage of the interval (0.95 if
        missing).
    articles, top, title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; row 0 is the uppermost. In each row the means with all words stand above those
    with topic words made neutral, which are not filled; a line joins speech and narration.
    Beside the rows stand the contrasts with their intervals.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    table, no_topic = known_scores(table)
    shown, total = _shown(table, articles, top)
    both = len(_scores(shown)) > 1
    number = int((shown["scope"] != "all").sum())
    title = title or (
        "Sentiment of quoted speech and narration"
        + (", with and without topic words" if both else "")
        + shown_of(number, total)
    )
    if shown.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    narrow = width_mm < NARROW_MM
    blocks = label_blocks(list(shown["label"]), min(0.25 * width_mm, 46))
    counts = _counts(shown)
    if narrow and counts:
        blocks = named_with(blocks, [f"n = {pair}" for pair in counts])
    ax = begin_scores(ax, blocks, width=width_mm, least=11)
    for end in _scores(shown):
        y = np.arange(len(shown)) + (_DOWN[end] if both else 0.0)
        speech, narration = (
            shown[f"mean_{voice}{end}"].to_numpy(dtype=float) for voice in _VOICES[:2]
        )
        ax.hlines(y, speech, narration, color=RULE, linewidth=0.9)
        for voice in _drawn_voices(shown, end):
            look = _look(voice) if end == "" else hollow(_look(voice))
            x = shown[f"mean_{voice}{end}"].to_numpy(dtype=float)
            ax.plot(x, y, linestyle="none", zorder=3, clip_on=False, label=voice + end, **look)
    heading = f"speech {MINUS} narration"
    cells = [
        "\n".join(_contrast(row, end) for end in _scores(shown)) for _, row in shown.iterrows()
    ]
    columns = [Column(heading, cells, 33)]
    if counts and not narrow:
        columns.append(Column("sentences", counts, 20))
    draw_columns(ax, columns, start=2.5)
    key = [KeyItem(marker(**_look(v)), _NAMES[v]) for v in _drawn_voices(shown, "")]
    for voice in _drawn_voices(shown, _ENDS[1])[: int(both)]:
        look = hollow(_look(voice))
        key.append(KeyItem(marker(**look), "not filled: without topic words"))
    notes = [f"Beside the rows: the difference and its {level_of(table)} interval"]
    notes[0] += ", below it without topic words." if both else "."
    if counts:
        name = "n: sentences" if narrow else "Sentences:"
        notes.append(f"{name} of speech : of narration.")
    if any("no interval" in cell for cell in cells):
        notes.append("No interval: one of the two has fewer than two sentences.")
    if _lacks_points(shown):
        beside = " (not filled: besides topic words)" if both else ""
        notes.append(f"No point: no sentence with a word of the lexicon{beside}.")
    return layout.finish(
        ax,
        title=title,
        table=shown,
        alt=_describe(shown, total),
        key=key,
        notes=[*notes, no_topic],
    )


describe_sentiment_voices = description_of(sentiment_voices)


def _describe(shown: pd.DataFrame, total: int) -> str:
    of_articles = shown.loc[shown["scope"] != "all"]
    known = {voice: int(of_articles[f"mean_{voice}"].notna().sum()) for voice in _VOICES[:2]}
    text = (
        f"Points for the mean score of quoted speech (in {known['speech']:,}) and of narration "
        f"(in {known['narration']:,}) of {articles_of(len(of_articles), total)}, {SCALE}."
    )
    for end, words in zip(
        _scores(shown), ("with all words", "without topic words"), strict=False
    ):
        own = of_articles[f"contrast{end}"].dropna()
        if own.empty:
            text += f" No article has both means {words}."
        else:
            text += (
                f" In {int((own < 0).sum()):,} of {plural(len(own), 'article')} with both, "
                f"speech scores lower than narration {words}."
            )
        every = shown.loc[shown["scope"] == "all"]
        if len(every):
            text += f" All articles: {_contrast(every.iloc[0], end)}."
    if "embedded" in _drawn_voices(shown, ""):
        means = [f"mean_embedded{end}" for end in _scores(shown)]
        embedded = [int(of_articles[mean].notna().sum()) for mean in means if mean in shown]
        text += f" Embedded posts have a mean in {plural(embedded[0], 'article')}"
        text += f", {embedded[1]:,} without topic words." if len(embedded) > 1 else "."
    return text


def _shown(
    table: pd.DataFrame, articles: pd.DataFrame | None, top: int
) -> tuple[pd.DataFrame, int]:
    """Take the first articles and the row of all; give also how many articles there are."""
    need(table, _NEEDED, chart="sentiment_voices")
    every = table["scope"] == "all"
    own = table.loc[~every]
    labels = articles_in(articles, own).set_index("article_id")["label"]
    kept = pd.concat([own.head(row_limit(top)), table.loc[every]]).drop(
        columns="label", errors="ignore"
    )
    names = kept["article_id"].map(labels).where(kept["scope"] != "all", _ALL)
    kept.insert(0, "label", [clean(name) for name in names])
    columns = [
        *("label", "article_id", "scope", "sentences_speech", "sentences_narration"),
        *(
            f"{name}{end}"
            for end in _ENDS
            for name in (*(f"mean_{v}" for v in _VOICES), "contrast", "ci_low", "ci_high")
        ),
    ]
    kept = kept[[column for column in columns if column in kept.columns]]
    return kept.reset_index(drop=True), len(own)


def _scores(shown: pd.DataFrame) -> list[str]:
    needed = ("mean_speech", "mean_narration", "contrast", "ci_low", "ci_high")
    return [end for end in _ENDS if {f"{name}{end}" for name in needed} <= set(shown.columns)]


def _drawn_voices(shown: pd.DataFrame, end: str) -> list[str]:
    """Give the voices that have a point in this score."""
    means = {voice: f"mean_{voice}{end}" for voice in _VOICES}
    return [v for v, mean in means.items() if mean in shown and shown[mean].notna().any()]


def _lacks_points(shown: pd.DataFrame) -> bool:
    """Say whether a voice that is in the key has no point in a row or in a score."""
    ends, voices = _scores(shown), _drawn_voices(shown, "")
    means = [f"mean_{voice}{end}" for voice in voices for end in ends]
    return bool(shown[[mean for mean in means if mean in shown]].isna().any(axis=None))


def _counts(shown: pd.DataFrame) -> list[str]:
    """Write of how many sentences the means of speech and narration are, if it is known."""
    columns = [f"sentences_{voice}" for voice in _VOICES[:2]]
    if not set(columns) <= set(shown.columns):
        return []
    pairs = zip(*(shown[column] for column in columns), strict=True)
    return [" : ".join(count(n, missing="–") for n in pair) for pair in pairs]


def _contrast(row: pd.Series[Any], end: str) -> str:
    difference, low, high = (row[f"{name}{end}"] for name in ("contrast", "ci_low", "ci_high"))
    if pd.isna(difference):
        return "not compared"
    if pd.isna(low) or pd.isna(high):
        return f"{signed(difference)} (no interval)"
    return f"{signed(difference)} ({signed(low)} to {signed(high)})"


def _look(voice: str) -> dict[str, Any]:
    color = {
        "speech": palette().contrast,
        "narration": palette().main,
        "embedded": palette().third,
    }
    shape = {"speech": "D", "narration": "o", "embedded": "^"}
    return {"marker": shape[voice], "color": color[voice], "markersize": 4.5}
