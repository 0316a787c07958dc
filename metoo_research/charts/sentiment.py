"""How the articles score, sentence by sentence, and what the topic's own words do to it."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.descriptions import description_of
from metoo_research.charts.dots import draw_dots
from metoo_research.charts.extremes import both_ends, shared
from metoo_research.charts.key import KeyItem, Swatch, marker
from metoo_research.charts.palettes import palette
from metoo_research.charts.rows import Column, draw_columns, label_blocks
from metoo_research.charts.score_axis import (
    SCALE,
    all_words,
    begin_scores,
    both_keys,
    has_interval,
    interval_note,
    interval_words,
    known_scores,
    named_alike,
    named_with,
    overlap,
    share_cells,
    topic_warning,
    without_topic,
)
from metoo_research.charts.style import (
    GREY,
    NARROW_MM,
    RULE,
    TWO_COLUMNS_MM,
)
from metoo_research.charts.tables import (
    articles_in,
    articles_of,
    each_of_articles,
    level_of,
    need,
    once,
    row_limit,
    shown_of,
)
from metoo_research.charts.text import count, counted, signed

_SCORES: Final = ("article_id", "compound")
_MEANS: Final = ("article_id", "mean_compound", "ci_low", "ci_high", "sentences")
_BOTH: Final = (
    *("article_id", "mean_compound", "ci_low", "ci_high"),
    *("mean_without_topic", "ci_low_without_topic", "ci_high_without_topic"),
)
_NOTHING: Final = "No sentence to score in this corpus."
_POINT_PT: Final = 3.0
_GOLDEN: Final = (5**0.5 - 1) / 2


@layout.chart
def sentiment_by_article(
    scores: pd.DataFrame,
    article_scores: pd.DataFrame,
    *,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw each sentence's score as a point, and each article's mean with its interval.

    Parameters
    ----------
    scores
        One row per sentence: ``article_id``, ``compound`` (−1 to 1), ``scored`` (whether a
        word of the sentence is in the lexicon; without this column, all are that have a
        score).
    article_scores
        One row per article, in the order to draw them: ``article_id``, ``label``,
        ``mean_compound``, ``ci_low``, ``ci_high``, ``sentences``; the same mean and interval
        ending in ``_without_topic`` (``mean_without_topic``, …) are drawn below where they are
        given. ``attrs["level"]`` is the coverage of the interval (0.95 if missing).
    top, title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; article 0 is the uppermost row. The first two collections are the sentences with
    and without a word of the lexicon. The height of a point within its row means nothing: it
    follows from the sentence's place in the table, so that points do not hide one another.
    A sentence without a score (NaN) has no point; a note counts them.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    need(scores, _SCORES, chart="sentiment_by_article")
    need(article_scores, _MEANS, chart="sentiment_by_article")
    once(article_scores, "article_id", chart="sentiment_by_article")
    top = row_limit(top)
    means = _labelled(article_scores).head(top).reset_index(drop=True)
    title = title or "Sentiment of each sentence, by article" + shown_of(
        len(means), len(article_scores)
    )
    if means.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    rows = {article_id: row for row, article_id in enumerate(means["article_id"])}
    shown = scores.loc[scores["article_id"].isin(means["article_id"])]
    points = shown.dropna(subset=["compound"])
    narrow = width_mm < NARROW_MM
    blocks = label_blocks(list(means["label"]), min(0.27 * width_mm, 46))
    if narrow:
        blocks = named_with(blocks, [counted(n, "sentence") for n in means["sentences"]])
    ax = begin_scores(ax, blocks, width=width_mm, least=13)
    has_word = _draw_sentences(ax, points, points["article_id"].map(rows))
    no_topic = known_scores(means)[1]
    both = set(_BOTH) <= set(means.columns) and not no_topic
    ends = means["ci_low"], means["ci_high"]
    down = 0.18 if both else 0.28
    draw_dots(ax, means["mean_compound"], *ends, down=down, mark=all_words())
    columns = [Column("mean", [signed(mean) for mean in means["mean_compound"]], 14)]
    if both:
        ends = means["ci_low_without_topic"], means["ci_high_without_topic"]
        draw_dots(ax, means["mean_without_topic"], *ends, down=0.36, mark=without_topic())
        if not narrow:
            cells = [signed(mean) for mean in means["mean_without_topic"]]
            columns.append(Column("without topic", cells, 15))
    if not narrow:
        columns.append(Column("sentences", [count(n) for n in means["sentences"]], 16))
    draw_columns(ax, columns, start=2.5)
    drawn_ends = means[[*_BOTH[1:4], *(_BOTH[4:] if both else ())]]
    known_ends = named_alike(drawn_ends)
    lines = [has_interval(known_ends, end) for end in ("", "_without_topic")]
    mean = "mean of the sentences"
    if any(lines):
        mean += f" with its {level_of(article_scores)} interval"
    marks: list[tuple[bool, Swatch, str]] = [
        (bool(has_word.any()), _point(_sentence_look(True)), "a sentence"),
        (
            not has_word.all(),
            _point(_sentence_look(False)),
            "a sentence without a word of the lexicon (0)",
        ),
        (
            bool(means["mean_compound"].notna().any()),
            marker(line=lines[0], **all_words()),
            mean,
        ),
    ]
    if both:
        other = marker(line=lines[1], **without_topic())
        known = bool(means["mean_without_topic"].notna().any())
        marks.append((known, other, "the same with topic words made neutral"))
    key = [KeyItem(swatch, meaning) for drawn, swatch, meaning in marks if drawn]
    missing = len(shown) - len(points)
    notes = [f"Not drawn: {plural(missing, 'sentence')} without a score."] if missing else []
    carried = ("article_id", "sentence_id", "start", "end", "compound", "scored")
    own = shown[[column for column in carried if column in shown.columns]]
    columns_drawn = ["article_id", "label", *_MEANS[1:], *(_BOTH[4:] if both else ())]
    drawn = means[columns_drawn].merge(own, on="article_id", how="left")
    return layout.finish(
        ax,
        title=title,
        table=drawn,
        alt=_describe_points(
            means,
            len(points),
            len(article_scores),
            interval_words(article_scores, drawn_ends),
            no_topic,
        ),
        key=key,
        notes=[*notes, no_topic],
    )


describe_sentiment_by_article = description_of(sentiment_by_article)


def _describe_points(
    means: pd.DataFrame, sentences: int, total: int, intervals: str, no_topic: str
) -> str:
    text = (
        f"Points {SCALE}: {plural(sentences, 'sentence')} of {articles_of(len(means), total)}, "
        f"with each article's mean"
    )
    extremes = _extremes(means, *_BOTH[1:4])
    if no_topic or not set(_BOTH) <= set(means.columns):
        return f"{text}{intervals}. {extremes} {no_topic}".rstrip()
    without = _extremes(means, *_BOTH[4:])
    return (
        f"{text} with all words and with topic words made neutral{intervals}. {extremes} "
        f"Without topic words, {without[:1].lower()}{without[1:]}"
    )


@layout.chart
def sentiment_without_topic(
    article_scores: pd.DataFrame,
    *,
    top: int = 40,
    title: str | None = None,
    width_mm: float = TWO_COLUMNS_MM,
    ax: Axes | None = None,
) -> Axes:
    """Draw each article's mean score with all words and with topic words made neutral.

    Parameters
    ----------
    article_scores
        One row per article: ``article_id``, ``label``, ``mean_compound``, ``ci_low``,
        ``ci_high`` and the same three ending in ``_without_topic``
        (``mean_without_topic``, …); ``topic_share`` (of the negative valence, 0 to 1) is
        written beside the row where it is given.
    top, title, width_mm, ax
        As for `corpus_overview`.

    Returns
    -------
    The Axes; article 0 is the uppermost row. Lines 0 and 1 are the means with and without
    the topic words.

    Raises
    ------
    TableError
        If a column is missing or `top` is below 1.
    """
    width_mm = layout.width_for(ax, width_mm)
    need(article_scores, _BOTH, chart="sentiment_without_topic")
    once(article_scores, "article_id", chart="sentiment_without_topic")
    top = row_limit(top)
    means = _labelled(article_scores).head(top).reset_index(drop=True)
    known, no_topic = known_scores(means)
    compared = "" if no_topic else " with and without the topic’s own words"
    title = title or f"Mean sentiment{compared or ' of each article'}" + shown_of(
        len(means), len(article_scores)
    )
    if means.empty:
        return layout.empty(ax, width=width_mm, message=_NOTHING, title=title)

    blocks = label_blocks(list(means["label"]), min(0.27 * width_mm, 46))
    ax = begin_scores(ax, blocks, width=width_mm, least=9.5)
    narrow = width_mm < NARROW_MM
    with_all, without = means["mean_compound"], means["mean_without_topic"]
    marks = all_words(), without_topic()
    draw_dots(ax, with_all, means["ci_low"], means["ci_high"], down=-0.18, mark=marks[0])
    low, high = means["ci_low_without_topic"], means["ci_high_without_topic"]
    draw_dots(ax, without, low, high, down=0.18, mark=marks[1])
    for row, (one, other) in enumerate(zip(with_all, without, strict=True)):
        if pd.notna(one) and pd.notna(other):
            ax.plot(
                [one, other], [row - 0.18, row + 0.18], color=RULE, linewidth=0.7, zorder=1.5
            )
    columns = [
        Column("all words", [signed(mean) for mean in with_all], 15),
        Column("without topic", [signed(mean) for mean in without], 15),
    ][: 0 if narrow else 1 if no_topic else 2]
    if "topic_share" in known.columns:
        columns.append(Column("topic words’ share of negative", share_cells(means), 18))
    draw_columns(ax, columns, start=2.5)
    drawn_ends = means[list(_BOTH[1:4] if no_topic else _BOTH[1:])]
    columns_drawn = ("article_id", "label", *_BOTH[1:], "topic_share")
    return layout.finish(
        ax,
        title=title,
        table=known[[name for name in columns_drawn if name in known.columns]],
        alt=_describe_means(
            means,
            len(article_scores),
            interval_words(article_scores, drawn_ends),
            no_topic,
        ),
        key=both_keys(means),
        notes=[
            *interval_note(article_scores, drawn_ends),
            no_topic,
            topic_warning(means, "article"),
        ],
    )


describe_sentiment_without_topic = description_of(sentiment_without_topic)


def _describe_means(means: pd.DataFrame, total: int, intervals: str, no_topic: str) -> str:
    articles = each_of_articles(len(means), total)
    if no_topic:
        extremes = _extremes(means, *_BOTH[1:4])
        return f"One mean for {articles}{intervals}, {SCALE}. {no_topic} {extremes}"
    both = means.dropna(subset=["mean_compound", "mean_without_topic"])
    shift = both["mean_without_topic"] - both["mean_compound"]
    text = (
        f"Two means for {articles}, with all words and with topic words made neutral"
        f"{intervals}, {SCALE}. "
    )
    if both.empty:
        return text + "No article has both means."
    text += (
        f"Without topic words {int((shift > 0).sum()):,} of {len(both):,} score higher. "
        f"Mean of the articles: {signed(both['mean_compound'].mean())} with all words, "
        f"{signed(both['mean_without_topic'].mean())} without."
    )
    if len(both) > 1:
        largest = shift.abs().map(signed) == signed(shift.abs().max())
        changes = zip(both.loc[largest, "label"], shift[largest], strict=True)
        names = [f"{name} ({signed(change)})" for name, change in changes]
        text += f" Largest change: {shared(names)}."
    return text


def _labelled(article_scores: pd.DataFrame) -> pd.DataFrame:
    table = article_scores.copy()
    labels = articles_in(table).set_index("article_id")["label"]
    table["label"] = table["article_id"].map(labels)
    return table


def _draw_sentences(ax: Axes, points: pd.DataFrame, rows: pd.Series[int]) -> pd.Series[bool]:
    """Draw a point per sentence, above the means; say which have a word of the lexicon."""
    has_word = (
        points["scored"].astype(bool)
        if "scored" in points.columns
        else points["compound"].notna()
    )
    within = points.groupby("article_id").cumcount()
    y = rows.astype(float) - 0.36 + 0.42 * ((within * _GOLDEN) % 1)
    for which, filled in ((has_word, True), (~has_word, False)):
        x, heights = points.loc[which, "compound"].to_numpy(dtype=float), y[which].to_numpy()
        ax.scatter(x, heights, s=_POINT_PT**2, clip_on=False, **_sentence_look(filled))
    return has_word


def _sentence_look(has_word: bool) -> dict[str, Any]:
    if has_word:
        return {
            **{"facecolor": palette().main_middle, "edgecolor": palette().main},
            "linewidth": 0.4,
        }
    return {"facecolor": "none", "edgecolor": GREY, "linewidth": 0.6}


def _point(look: dict[str, Any]) -> Swatch:
    return marker(
        "o",
        markersize=_POINT_PT,
        markerfacecolor=look["facecolor"],
        markeredgecolor=look["edgecolor"],
        markeredgewidth=look["linewidth"],
    )


def _extremes(means: pd.DataFrame, mean: str, low: str, high: str) -> str:
    """Name the lowest and the highest mean, and say whether intervals set any two apart."""
    known = means.dropna(subset=[mean])
    if known.empty:
        return "No article has a mean."
    if len(known) == 1:
        return f"Mean: {signed(known[mean].iloc[0])}."
    ends = ("Lowest mean", False), ("highest", True)
    text = both_ends(list(known["label"]), known[mean], ends=ends, write=signed)
    apart = overlap(known[low], known[high])
    return f"{text} {apart[:1].upper()}{apart[1:]}." if apart else text
