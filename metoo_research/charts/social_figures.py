"""Reported figures as the charts show them: what counts as one, its words, its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from metoo_research._wording import HEDGE_NOTE, plural, worded
from metoo_research.charts.extremes import shared
from metoo_research.charts.tables import articles_in, need, records
from metoo_research.charts.text import clean, count

COLUMNS: Final = (
    *("article_id", "number_text", "value", "bound", "modifier", "unit", "measure"),
    *("kind", "platform", "subject", "window_text", "attributed_to", "source"),
)
#: Carried into the table as drawn where they are given, to lead back to the article, and for
#: the timeline.
_TRACE: Final = (
    *("sentence_id", "start", "end", "value_high"),
    *("window_kind", "window_start", "window_end"),
    *("window_precision", "window_basis", "window_hours"),
)
NOT_NAMED: Final = "platform not named"

_KIND_NAMES: Final = {
    "percentage": ("percentage", "percentages"),
    "money": ("sum of money", "sums of money"),
    "other_count": ("other count", "other counts"),
    "age": ("age", "ages"),
    "fraction": ("fraction", "fractions"),
    "date": ("date", "dates"),
    "ordinal": ("ordinal", "ordinals"),
}


@dataclass(frozen=True)
class SocialFigures:
    """The social-media figures of a table of metrics, and what is left out.

    Attributes
    ----------
    table
        One row per figure, in the order to draw them: the columns of the metrics and

        ``label``
            Display name of the article.
        ``what``
            The counted thing as drawn.
        ``as_written``
            The number with its hedge, as the article has it; a hedge that the article says of
            an earlier number joined to this one, or behind the unit, stands in brackets.
        ``platform_shown``
            The platform, or `NOT_NAMED`.
        ``source_named``
            Whom the article names for the figure, resolved where that is known, or "".
        ``other_subject``
            The other campaign that the figure speaks of, or "".
        ``drawn_low``, ``drawn_high``
            What is drawn: the value, and for a vague figure the range it is read as.
    campaign
        The campaign; "" where no figure names one.
    others
        How many figures of each other kind there are.
    """

    table: pd.DataFrame
    campaign: str
    others: Mapping[str, int]

    @property
    def about(self) -> str:
        """The campaign for a title: " about #SafeRide", or ""."""
        return f" about {self.campaign}" if self.campaign else ""

    def largest(self, top: int) -> pd.DataFrame:
        """Give the `top` largest figures, those about the campaign first, in their order."""
        sizes = self.table["drawn_high"].where(self.table["other_subject"] == "", -1.0)
        place = sizes.fillna(-2.0).rank(method="first", ascending=False)
        return self.table.loc[place <= top].reset_index(drop=True)

    def notes(self, drawn: pd.DataFrame) -> list[str]:
        """Explain brackets where there are any, and say which figures are not drawn."""
        has_brackets = drawn["as_written"].str.contains("[", regex=False).any()
        return [*([HEDGE_NOTE] if has_brackets else []), self.others_note()]

    def others_note(self) -> str:
        """Name the kinds of figures that are left out: "2 percentages, 1 sum of money"."""
        named = [
            plural(number, *_KIND_NAMES.get(kind, (clean(kind), clean(kind))))
            for kind, number in sorted(
                self.others.items(), key=lambda pair: (-pair[1], pair[0])
            )
        ]
        return f"Also reported, not drawn here: {', '.join(named)}." if named else ""


def social_figures(
    metrics: pd.DataFrame, articles: pd.DataFrame | None, *, subject: str | None, chart: str
) -> SocialFigures:
    """Take the social-media figures out of a table of metrics, in the order to draw them.

    Parameters
    ----------
    metrics
        The metrics table; where it has ``role``, rows of another role than "figure" (parts of
        a time window, dates, ordinals) are left aside.
    articles
        ``article_id`` and ``label``.
    subject
        The campaign; if None, the one that most figures speak of.
    chart
        For the message of an error.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need(metrics, COLUMNS, chart=chart)
    table = metrics.loc[metrics["role"] == "figure"] if "role" in metrics else metrics
    kinds = table["kind"].value_counts(sort=False)
    others = {str(kind): int(n) for kind, n in kinds.items() if kind != "social_metric"}
    table = table.loc[table["kind"] == "social_metric"]
    known = [name for name in (*COLUMNS, *_TRACE, "evidence") if name in table.columns]
    table = table[known].reset_index(drop=True)
    everyone = articles_in(articles, metrics)
    names = everyone.set_index("article_id")["label"]
    table.insert(1, "label", table["article_id"].map(names))

    if subject is None:
        subjects = table["subject"].dropna()
        subject = str(subjects.value_counts(sort=True).index[0]) if len(subjects) else ""
    campaign = clean(subject)
    same = table["subject"].isna() | (
        table["subject"].astype("str").str.casefold() == str(subject).casefold()
    )
    table["other_subject"] = [
        "" if own else clean(name) for own, name in zip(same, table["subject"], strict=True)
    ]
    table["platform_shown"] = [
        clean(name).replace("+", " + ") or NOT_NAMED for name in table["platform"]
    ]
    table["what"] = [
        _what(clean(unit), clean(measure))
        for unit, measure in zip(table["unit"], table["measure"], strict=True)
    ]
    sentences = table.pop("evidence") if "evidence" in table else [None] * len(table)
    table["as_written"] = [
        worded(clean(modifier), clean(number), sentence)
        for number, modifier, sentence in zip(
            table["number_text"], table["modifier"], sentences, strict=True
        )
    ]
    table["source_named"] = [
        clean(source) or clean(said)
        for source, said in zip(table["source"], table["attributed_to"], strict=True)
    ]
    made = ["label", "other_subject", "platform_shown", "what", "as_written", "source_named"]
    table[made] = table[made].astype("str")  # also where there is no row to tell the type by
    table["drawn_low"] = table["value"].astype("float64")
    table["drawn_high"] = _drawn_high(table)
    return SocialFigures(_ordered(table, everyone), campaign, others)


def _what(unit: str, measure: str) -> str:
    """Name the counted thing: the words of the article where they name the measure."""
    if not unit or not measure:
        return unit or measure or "not named"
    if all(part.strip().casefold() in unit.casefold() for part in measure.split("+")):
        return unit
    return f"{measure.replace('+', ', ')} (“{unit}”)"


def _drawn_high(table: pd.DataFrame) -> pd.Series[float]:
    """Give the end of what is drawn.

    "Thousands" is read as 1,000 to 9,999 and "dozens" as 12 to 99: up to the next power of
    ten, from which on one would use the next word.
    """
    value = table["drawn_low"]
    known = table.get("value_high", pd.Series(np.nan, index=table.index)).astype("float64")
    vague = table["bound"].eq("vague") & (value >= 1) & np.isfinite(value)
    powers = np.floor(np.log10(value.where(vague, 1.0)) + 1e-9) + 1
    read_as = (10.0**powers - 1).where(vague, value)
    return known.where(known > value, read_as)


def _ordered(table: pd.DataFrame, everyone: pd.DataFrame) -> pd.DataFrame:
    """Order by platform (most figures first, several, none), measure, then size."""
    sizes = table["platform_shown"].value_counts()
    measures = table.groupby("measure", dropna=False)["drawn_high"].transform("max")
    place = {article_id: at for at, article_id in enumerate(everyone["article_id"])}
    keys = pd.DataFrame(
        {
            "none": table["platform_shown"] == NOT_NAMED,
            "several": table["platform_shown"].str.contains("+", regex=False),
            "size": -table["platform_shown"].map(sizes).astype("float64"),
            "platform": table["platform_shown"],
            "other": table["other_subject"] != "",
            "measure_size": -measures.astype("float64").fillna(0),
            "measure": table["measure"].fillna(""),
            "low": -table["drawn_low"].fillna(0),
            "high": -table["drawn_high"].fillna(0),
            "article": table["article_id"].map(place).astype("float64"),
        }
    )
    return table.loc[keys.sort_values(list(keys.columns), kind="stable").index].reset_index(
        drop=True
    )


def window_and_source(row: Mapping[str, Any]) -> str:
    """Write when a figure holds and who the article names for it."""
    window = clean(row["window_text"])
    named, source = clean(row["attributed_to"]), clean(row["source"])
    who = source if not named or named.casefold() == source.casefold() else named
    if source and who != source:
        who = f"{named} ({source})"
    when = f"“{window}”" if window else "time not stated"
    return f"{when}; {'source: ' + who if who else 'no source named'}"


def figure_words(figure: Mapping[str, Any]) -> str:
    """Write a figure in a sentence: hedge, number, what is counted, where, and the article."""
    of = " of" if figure["bound"] == "vague" else ""
    counted = f"{figure['as_written']}{of} {figure['what']}"
    return f"{counted}, {figure['platform_shown']} ({figure['label']})"


def ends_in_words(figures: pd.DataFrame, about: str) -> str:
    """Name the largest and the smallest figure about the campaign, as a sentence; or ""."""
    own = figures.loc[(figures["other_subject"] == "") & (figures["drawn_low"] > 0)]
    if own.empty:
        return ""
    sizes = own["drawn_low"]
    most, least = (
        shared(list(dict.fromkeys(map(figure_words, records(own.loc[sizes == end])))))
        for end in (sizes.max(), sizes.min())
    )
    return f" Largest{about}: {most}" + (f"; smallest: {least}." if least != most else ".")


def marked_words(figures: pd.DataFrame) -> str:
    """Say which other campaigns are marked, as a sentence; "" where none is."""
    names = sorted(set(figures["other_subject"]) - {""})
    return f" Marked as another campaign: {', '.join(names)}." if names else ""


def range_words(row: Mapping[str, Any]) -> str:
    """Say how a vague figure is read."""
    return f"drawn as {count(row['drawn_low'])} to {count(row['drawn_high'])}"
