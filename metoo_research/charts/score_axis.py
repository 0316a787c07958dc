"""The scale of sentiment scores, and the signs of the two scores that stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from metoo_research._wording import plural
from metoo_research.charts import layout
from metoo_research.charts.dots import begin_blocks
from metoo_research.charts.key import KeyItem, marker
from metoo_research.charts.palettes import palette
from metoo_research.charts.style import NARROW_MM, RULE
from metoo_research.charts.tables import level_of
from metoo_research.charts.text import MINUS, percent

SCALE: Final = f"on a scale from {MINUS}1 (most negative) to +1 (most positive)"
_WIDE_SCALE_MM: Final = 150.0  # from here on five places of the scale have a label
_HALF: Final = 0.5
_OTHER_NAMES: Final = (
    ("mean", "mean_compound"),
    ("low", "ci_low"),
    ("high", "ci_high"),
    ("low_without_topic", "ci_low_without_topic"),
    ("high_without_topic", "ci_high_without_topic"),
)


def all_words() -> dict[str, Any]:
    """Give the look of a mean of the score with all words."""
    return {"marker": "D", "color": palette().contrast, "markersize": 4.5}


def without_topic() -> dict[str, Any]:
    """Give the look of a mean of the score with topic words made neutral."""
    look: dict[str, Any] = {"marker": "s", "color": palette().main, "markersize": 4.5}
    return look | {"markerfacecolor": "white"}


def both_keys(table: pd.DataFrame, *, joined: bool = False) -> list[KeyItem]:
    """Give the key of the means that a table has in some row: of one, both or none.

    Their signs have a line where the means are `joined` by one, or have intervals.
    """
    marks = (
        ("", all_words(), "mean with all words"),
        ("_without_topic", without_topic(), "mean with topic words made neutral"),
    )
    known = named_alike(table)
    return [
        KeyItem(marker(line=joined or has_interval(known, end), **look), meaning)
        for end, look, meaning in marks
        if f"mean{end}" in known.columns and known[f"mean{end}"].notna().any()
    ]


def has_interval(known: pd.DataFrame, end: str) -> bool:
    """Say whether a score has an interval in some row, in a table of `named_alike`."""
    return bool(_with_interval(known, end))


def _with_interval(known: pd.DataFrame, end: str) -> int | None:
    """Count the rows in which a score has an interval; None in a table without its columns."""
    ends = [f"low{end}", f"high{end}"]
    if not set(ends) <= set(known.columns):
        return None
    return int(known[ends].notna().all(axis=1).sum())


def known_scores(table: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Leave out scores without topic words where no row has one, and say why that is.

    Whether topic words were given, the table's ``attrs["topic_words"]`` tells. The sentence is
    "" where nothing is left out.
    """
    ending = "_without_topic"
    known = named_alike(table)
    names = [str(name) for name in known.columns]
    means = [name for name in names if name.startswith("mean") and name.endswith(ending)]
    with_all = [name for name in (mean.removesuffix(ending) for mean in means) if name in names]
    given = table.attrs.get("topic_words")
    if not means or known[means].notna().any(axis=None):
        return table, ""
    none_given = given is not None and not len(given)
    if not none_given and not known[with_all].notna().any(axis=None):
        return table, ""
    gone = [name for name in table if str(name).endswith(ending)]
    if "topic_share" in table and table["topic_share"].isna().all():
        gone.append("topic_share")
    kept = table.drop(columns=gone)
    kept.attrs = dict(table.attrs)
    if given is None:
        return kept, "No mean without topic words."
    if len(given):
        return kept, "No mean without topic words: no other word of the lexicon was found."
    return kept, "No topic words are given, so there is no mean without them."


def named_alike(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table of means the names ``mean``, ``low``, ``high`` for the score's own."""
    names = {
        other: name
        for name, other in _OTHER_NAMES
        if other in table.columns and name not in table.columns
    }
    renamed = table.rename(columns=names)
    renamed.attrs = dict(table.attrs)
    return renamed


def begin_scores(ax: Axes | None, blocks: list[str], *, width: float, least: float) -> Axes:
    """Give an Axes with labelled rows, every second on a faint ground, and a scale in words."""
    ax = begin_blocks(ax, blocks, width=width, least=least)
    ax.set_xlim(-1, 1)
    if width < _WIDE_SCALE_MM:
        places = [-1.0, 0.0, 1.0]
        words = [f"{MINUS}1\nmost\nnegative", "0\nneutral", "+1\nmost\npositive"]
    else:
        places = [-1.0, -0.5, 0.0, 0.5, 1.0]
        words = [f"{MINUS}1\nmost negative", f"{MINUS}0.5", "0\nneutral", "+0.5"]
        words.append("+1\nmost positive")
    ax.set_xticks(places, words)
    ax.set_xlabel("VADER compound" if width < NARROW_MM else "sentiment (VADER compound)")
    layout.tidy(ax)
    ax.axvline(0, color=RULE, linewidth=0.8, zorder=0.9)
    return ax


def named_with(blocks: Sequence[str], numbers: Sequence[str]) -> list[str]:
    """Write below each row's name of how much it is the mean, where no column has room."""
    return [f"{name}\n{number}" for name, number in zip(blocks, numbers, strict=True)]


def intervals_drawn(table: pd.DataFrame) -> list[int]:
    """Count in how many rows each score has an interval; `table` as `named_alike` gives it."""
    counts = (_with_interval(table, end) for end in ("", "_without_topic"))
    return [number for number in counts if number is not None]


def interval_note(table: pd.DataFrame, shown: pd.DataFrame) -> list[str]:
    """Explain the lines at the means in `shown`, where there are any."""
    if not any(intervals_drawn(named_alike(shown))):
        return []
    return [f"Lines on both sides of a mean: its {level_of(table)} interval."]


def interval_words(table: pd.DataFrame, shown: pd.DataFrame) -> str:
    """Say which means in `shown` have intervals: ", with 95% intervals for 3 of them"."""
    known = named_alike(shown)
    drawn = intervals_drawn(known)
    level, rows = level_of(table), len(known)
    if not any(drawn):
        return ", without intervals"
    kind = f"its {level} interval" if rows == 1 else f"{level} intervals"
    if min(drawn) == rows:
        return f", with {kind}"
    if len(set(drawn)) == 1:
        return f", with {kind} for {drawn[0]:,} of them"
    return (
        f", with {kind} for {drawn[0]:,} of them with all words and for {drawn[1]:,} without "
        "topic words"
    )


def overlap(low: pd.Series[float], high: pd.Series[float]) -> str:
    """Say whether intervals set any two means apart; "" where there are not two."""
    known = low.notna() & high.notna()
    if known.sum() < 2:
        return ""
    apart = low[known].max() > high[known].min()
    return "at least two intervals do not overlap" if apart else "all intervals overlap"


def topic_warning(table: pd.DataFrame, noun: str) -> str:
    """Say of how many rows topic words carry more than half of the negative valence."""
    if "topic_share" not in table.columns:
        return ""
    shares = table["topic_share"].dropna()
    over = shares[shares > _HALF]
    if over.empty:
        return ""
    return (
        f"Topic words carry more than half of the negative valence in {len(over):,} of "
        f"{plural(len(table), noun)} (up to {percent(over.max())}): there the score with all "
        "words tells what is written about, not how."
    )


def share_cells(table: pd.DataFrame) -> list[str]:
    """Write the share of the negative valence that topic words carry."""
    return ["–" if pd.isna(share) else f"{share:.0%}" for share in table["topic_share"]]
