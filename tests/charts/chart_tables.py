"""Invented tables for the tests of charts: three outlets on a campaign for safer buses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

LABELS = ("Harbour Herald", "The Inland and Coastal Evening Examiner", "Radio Seven")
IDS = ("herald", "examiner", "seven")

#: Labels that have broken charts, each in one article.
HARD_LABELS = (
    "<script>alert('x')</script> & $x_1^2$ 100 %",
    "two\nlines\tand a 🤘 sign of 我 and مرحبا",
    "The " + "very " * 57 + "long name",
)


def articles(labels: Sequence[str] = LABELS) -> pd.DataFrame:
    return pd.DataFrame({"article_id": IDS, "label": labels})


def overview() -> pd.DataFrame:
    return pd.DataFrame(
        {"article_id": IDS, "words_analysed": [500, 120, 310], "words_set_aside": [40, 60, 0]}
    )


def passages() -> pd.DataFrame:
    rows = [
        ("herald", 0, 60, "headline", 2000),
        ("herald", 62, 900, "body", 2000),
        ("herald", 902, 1700, "body", 2000),
        ("herald", 1702, 1990, "promo", 2000),
        ("examiner", 0, 80, "subhead", 1000),
        ("examiner", 82, 700, "body", 1000),
        ("examiner", 702, 960, "embedded_tweet", 1000),
        ("examiner", 962, 1000, "tweet_credit", 1000),
    ]
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "kind", "text_length"])


def by_article() -> pd.DataFrame:
    rows = [
        ("herald", "bus", 9),
        ("herald", "night", 4),
        ("herald", "driver", 2),
        ("examiner", "bus", 3),
        ("examiner", "night", 3),
        ("seven", "night", 1),
        ("seven", "city", 2),
    ]
    return pd.DataFrame(rows, columns=["article_id", "word", "count"])


def frequency() -> pd.DataFrame:
    counts = by_article().groupby("word")["count"].agg(["sum", "size"]).reset_index()
    counts.columns = pd.Index(["word", "count", "articles_containing"])
    counts["per_million"] = counts["count"] / 1000 * 1e6
    return counts


def tags_by_article() -> pd.DataFrame:
    rows = [
        ("herald", "#saferide", 5),
        ("herald", "@citybus", 1),
        ("examiner", "#saferide", 2),
        ("seven", "@citybus", 3),
    ]
    return pd.DataFrame(rows, columns=["article_id", "tag", "count"])


def tags() -> pd.DataFrame:
    rows = [("#saferide", "hashtag", 7), ("@citybus", "mention", 4)]
    return pd.DataFrame(rows, columns=["tag", "kind", "count"])


def positions() -> pd.DataFrame:
    rows = [
        ("herald", "bus", 0.05),
        ("herald", "bus", 0.5),
        ("herald", "strike", None),
        ("examiner", "bus", 0.9),
        ("examiner", "strike", 1.0),
        ("seven", "bus", None),
        ("seven", "strike", None),
    ]
    return pd.DataFrame(rows, columns=["article_id", "word", "position"])


def scores() -> pd.DataFrame:
    rows = [
        ("herald", 0, -0.6, True),
        ("herald", 1, 0.0, False),
        ("herald", 2, 0.3, True),
        ("examiner", 0, 0.8, True),
        ("examiner", 1, float("nan"), False),
    ]
    return pd.DataFrame(rows, columns=["article_id", "sentence_id", "compound", "scored"])


def article_scores(labels: Sequence[str] = LABELS) -> pd.DataFrame:
    nan = float("nan")
    return pd.DataFrame(
        {
            "article_id": IDS,
            "label": labels,
            "sentences": [3, 1, 0],
            "mean_compound": [-0.1, 0.8, nan],
            "ci_low": [-0.5, nan, nan],
            "ci_high": [0.3, nan, nan],
            "mean_without_topic": [0.05, 0.8, nan],
            "ci_low_without_topic": [-0.2, nan, nan],
            "ci_high_without_topic": [0.25, nan, nan],
            "topic_share": [0.75, 0.0, nan],
        }
    )


def figure_row(article_id: str = "herald", **changes: Any) -> dict[str, Any]:
    """One reported figure: "500 posts", on Chirp, about #SafeRide."""
    row: dict[str, Any] = {
        "article_id": article_id,
        "number_text": "500",
        "value": 500.0,
        "bound": "exact",
        "modifier": None,
        "unit": "posts",
        "measure": "posts",
        "kind": "social_metric",
        "role": "figure",
        "platform": "Chirp",
        "subject": "#SafeRide",
        "window_text": None,
        "attributed_to": None,
        "source": None,
    }
    return row | changes


def metrics() -> pd.DataFrame:
    return pd.DataFrame(
        [
            figure_row(
                number_text="20,000",
                value=20000.0,
                bound="at_least",
                modifier="more than",
                unit="posts with the hashtag",
                window_text="by Friday noon",
                attributed_to="the company",
                source="Chirp",
            ),
            figure_row(
                "examiner",
                number_text="a million",
                value=1e6,
                bound="about",
                modifier="nearly",
                unit="times",
                window_text="in two days",
            ),
            figure_row(
                "seven",
                number_text="thousands",
                value=1000.0,
                bound="vague",
                unit="women",
                measure="people",
                platform=None,
            ),
            figure_row(
                number_text="300",
                value=300.0,
                bound="at_most",
                modifier="up to",
                platform="Chirp+Pictogram",
            ),
            figure_row(
                "examiner",
                number_text="4.2 million",
                value=4.2e6,
                unit="members",
                measure="users",
                platform="Pictogram",
                source="Pictogram",
            ),
            figure_row("examiner", number_text="90,000", value=90000.0, subject="#OtherRide"),
            figure_row(number_text="12", value=12.0, kind="percentage"),
            figure_row(number_text="48", value=48.0, kind="other_count", role="window"),
        ]
    )
