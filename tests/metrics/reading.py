"""Figures of small texts, as the tests of the metrics grammar ask for them."""

from typing import Any

import pandas as pd

from metoo_research.metrics import reported_metrics
from metoo_research.study import Campaign, Study

CAMPAIGN = Campaign(names=("Clean Rivers",), hashtags=("#CleanRivers",))


def table_of(
    *sentences: str, campaign: Campaign | None = CAMPAIGN, study: Study | None = None
) -> pd.DataFrame:
    """The metrics table of one article that has these sentences."""
    starts = [sum(len(before) + 1 for before in sentences[:n]) for n in range(len(sentences))]
    table = pd.DataFrame(
        {
            "article_id": "one",
            "sentence_id": range(len(sentences)),
            "start": starts,
            "text": list(sentences),
        }
    )
    return reported_metrics(table, study or Study(campaign=campaign or Campaign()))


def figures(*sentences: str, campaign: Campaign | None = CAMPAIGN) -> list[dict[str, Any]]:
    """The figures of the last sentence, with None for what is empty."""
    table = table_of(*sentences, campaign=campaign)
    last = table[(table["sentence_id"] == len(sentences) - 1) & (table["role"] == "figure")]
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in last.to_dict("records")
    ]


def figure(*sentences: str, campaign: Campaign | None = CAMPAIGN) -> dict[str, Any]:
    """The only figure of the last sentence."""
    found = figures(*sentences, campaign=campaign)
    assert len(found) == 1, [row["number_text"] for row in found]
    return found[0]


def field_of(name: str, *sentences: str) -> list[Any]:
    """One field of each figure of the last sentence."""
    return [row[name] for row in figures(*sentences)]
