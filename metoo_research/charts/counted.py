"""What was counted, told under a chart from the settings that its table carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from metoo_research._wording import plural
from metoo_research.charts.text import clean


def counted_note(settings: Mapping[Any, Any]) -> list[str]:
    """Say which stop list was left out and how often a word must occur; [] where none is told.

    Parameters
    ----------
    settings
        The table's ``attrs``: ``stop_words`` with its ``name``, ``min_count``.
    """
    parts = []
    least = settings.get("min_count")
    if isinstance(least, int) and least > 1:
        parts.append(f"Counted: what occurs at least {plural(least, 'time')}.")
    listed = settings.get("stop_words")
    if isinstance(listed, Mapping) and listed.get("name"):
        parts.append(f"Stop words left out: {clean(listed['name'])}.")
    return [" ".join(parts)] if parts else []


def drawn_over(settings: Mapping[Any, Any]) -> str:
    """Say what a bootstrap drew: "articles", or "sentences" of a single one; "" if untold."""
    intervals = settings.get("intervals")
    drawn = intervals.get("drawn") if isinstance(intervals, Mapping) else None
    if not isinstance(drawn, Mapping):
        return drawn if isinstance(drawn, str) else ""
    return " and ".join(
        str(unit) for unit, where in drawn.items() if not str(where).startswith("in 0 ")
    )


def told_of(settings: Mapping[Any, Any], name: str, measure: str) -> str:
    """Give what a setting such as "formulas" says of one measure; "" where it says nothing."""
    told = settings.get(name)
    return clean(told.get(measure)) if isinstance(told, Mapping) else ""
