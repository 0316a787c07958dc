"""Invented tables of words for the tests of charts: a campaign for safer buses."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

NAN = float("nan")
WORDS = ("bus", "night", "driver")


def keyness(words: Sequence[str] = WORDS) -> pd.DataFrame:
    """The first three words as given, then three more."""
    first, second, third = words
    rows = [
        (first, 12, 3, 9.0, 2.0, 5.1, 0.01, 4, 2),
        (second, 4, 20, 14.5, -2.32, -6.0, 0.002, 2, 5),
        (third, 7, 5, 1.2, 0.49, 0.8, 0.3, 3, 3),
        ("city", 5, 6, 0.4, -0.26, -0.3, 0.6, 2, 4),
        ("strike", 6, 0, 8.1, float("inf"), 3.0, 0.02, 3, 0),
        ("mayor", 0, 0, 0.0, NAN, NAN, NAN, 0, 0),
    ]
    columns = ["word", "count_target", "count_reference", "log_likelihood", "log_ratio"]
    table = pd.DataFrame(
        rows, columns=[*columns, "log_odds_z", "q", "articles_target", "articles_reference"]
    )
    for side, words_in_all in (("target", 2000), ("reference", 4000)):
        table[f"per_million_{side}"] = table[f"count_{side}"] / words_in_all * 1e6
    return table


def rates(words: Sequence[str] = WORDS) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "word": words,
            "count": [12, 8, 2],
            "per_million": [12000.0, 8000.0, 2000.0],
            "per_million_low": [5000.0, 7000.0, NAN],
            "per_million_high": [19000.0, 9100.0, NAN],
            "articles_containing": [2, 3, 1],
        }
    )


def phrases(words: Sequence[str] = WORDS) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "collocation": words,
            "count": [12, 8, 2],
            "lambda": [5.25, 3.5, NAN],
            "z": [9.0, 4.5, NAN],
            "articles_containing": [3, 2, 1],
        }
    )


def diversity() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": ["herald", "examiner", "seven"],
            "tokens": [800, 640, 20],
            "types": [330, 300, 19],
            "mattr": [0.71, 0.745, NAN],
            "mattr_low": [0.69, 0.72, NAN],
            "mattr_high": [0.73, 0.77, NAN],
        }
    )


def trend(words: Sequence[str] = WORDS) -> pd.DataFrame:
    """Three words on 15, 16, 17 (no article) and 20 October: two days have no row."""
    days = pd.to_datetime(["2017-10-15", "2017-10-16", "2017-10-17", "2017-10-20"])
    rows = [
        (word, day, day + pd.Timedelta(days=1), *values)
        for at, word in enumerate(words)
        for day, values in zip(
            days,
            [
                (4 - at, 2, 4000.0 - 1000 * at, 2500.0 - 1000 * at, 6000.0),
                (2, 1, 2000.0, NAN, NAN),
                (NAN, 0, NAN, NAN, NAN),
                (1, 3, 500.0, 100.0, 900.0),
            ],
            strict=True,
        )
    ]
    columns = ["word", "period_start", "period_end", "count", "articles_counted"]
    return pd.DataFrame(rows, columns=[*columns, "per_million", "low", "high"])


def similarities() -> pd.DataFrame:
    rows = [
        ("herald", "examiner", 0.82, 0.3),
        ("herald", "seven", 0.05, 0.01),
        ("examiner", "seven", NAN, NAN),
    ]
    return pd.DataFrame(rows, columns=["article_a", "article_b", "cosine", "jaccard"])


def shared() -> pd.DataFrame:
    rows = [("herald", "seven", 2, 31)]
    return pd.DataFrame(rows, columns=["article_a", "article_b", "passages", "words"])


def shift(words: Sequence[str] = WORDS) -> pd.DataFrame:
    first, second, third = words
    table = pd.DataFrame(
        {
            "word": [first, second, third, "city", "mayor"],
            "contribution": [0.5, -0.25, 0.125, 0.0625, -0.03125],
            "share_target": [0.02, 0.0, 0.01, 0.004, 0.001],
            "share_reference": [0.0, 0.01, 0.002, 0.001, 0.003],
        }
    )
    table.attrs["total"] = 0.40625
    return table


def sentiment(column: str = "outlet", names: Sequence[str] = WORDS) -> pd.DataFrame:
    return pd.DataFrame(
        {
            column: names,
            "sentences": [80, 40, 0],
            "mean": [-0.3, -0.1, NAN],
            "low": [-0.5, -0.2, NAN],
            "high": [-0.2, 0.05, NAN],
            "mean_without_topic": [-0.05, 0.1, NAN],
            "low_without_topic": [-0.2, NAN, NAN],
            "high_without_topic": [0.1, NAN, NAN],
            "topic_share": [0.72, 0.4, NAN],
        }
    )


def voices() -> pd.DataFrame:
    """Two articles, the second without speech, and the row of all."""
    table = pd.DataFrame(
        {
            "article_id": ["herald", "examiner", None],
            "scope": ["article", "article", "all"],
            "sentences_speech": [5, 0, 5],
            "sentences_narration": [20, 9, 29],
            "mean_speech": [-0.4, NAN, -0.4],
            "mean_narration": [-0.1, 0.2, 0.05],
            "mean_embedded": [NAN, 0.5, 0.5],
            "contrast": [-0.3, NAN, -0.3],
            "ci_low": [-0.6, NAN, NAN],
            "ci_high": [0.1, NAN, NAN],
        }
    )
    for name in ("mean_speech", "mean_narration", "contrast", "ci_low", "ci_high"):
        table[f"{name}_without_topic"] = table[name] / 2
    return table


def places() -> pd.DataFrame:
    """Two passages in three places, one in two."""
    rows = [
        *((0, "herald", 12), (0, "examiner", 10), (0, "seven", 12)),
        *((1, "herald", 7), (1, "seven", 7)),
    ]
    return pd.DataFrame(rows, columns=["passage_id", "article_id", "words"])


def arc() -> pd.DataFrame:
    """Two articles in three parts, one of them without a mean; a third has no row."""
    rows = [
        ("herald", 1, -0.5, -0.25, 3),
        ("herald", 2, NAN, NAN, 0),
        ("herald", 3, 0.25, 0.5, 2),
        ("examiner", 1, 0.0, 0.0, 1),
        ("examiner", 3, -1.0, -0.75, 4),
    ]
    columns = ["article_id", "part", "mean", "mean_without_topic", "sentences"]
    return pd.DataFrame(rows, columns=columns)
