"""The ends of a range in words, with all that share them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from metoo_research._wording import plural


def at_end(
    names: Sequence[str],
    values: pd.Series[float] | pd.Series[int],
    *,
    highest: bool,
    write: Callable[[float], str],
    noun: str = "",
) -> str:
    """Name what has the highest or the lowest value, and the value.

    Parameters
    ----------
    names, values
        One each; a missing value is no end.
    highest
        Which end.
    write
        Writes a value as the picture does. Values that are written alike share an end, since
        no reader of the picture can tell them apart.
    noun
        As for `shared`.

    Returns
    -------
    For instance "Herald (3)", "Herald and Post (3 each)"; "" where no value is known.
    """
    known = [
        (float(value), name)
        for name, value in zip(names, values, strict=True)
        if not pd.isna(value)
    ]
    if not known:
        return ""
    end = write((max if highest else min)(value for value, _ in known))
    alike = [name for value, name in known if write(value) == end]
    return f"{shared(alike, noun=noun)} ({end}{' each' if len(alike) > 1 else ''})"


def both_ends(
    names: Sequence[str],
    values: pd.Series[float] | pd.Series[int],
    *,
    ends: tuple[tuple[str, bool], tuple[str, bool]],
    write: Callable[[float], str],
    noun: str = "",
) -> str:
    """Name both ends of a range, as one sentence.

    Parameters
    ----------
    names, values, write, noun
        As for `at_end`.
    ends
        What each end is called, and whether it is the highest, in the order to tell them.

    Returns
    -------
    For instance "Lowest: Herald (2); highest: Post (5)."; where all values are written alike,
    "All: 2."; "" where no value is known.
    """
    written = {write(float(value)) for value in values.dropna()}
    if len(written) < 2:
        return f"All: {written.pop()}." if written else ""
    told = [
        f"{name}: {at_end(names, values, highest=highest, write=write, noun=noun)}"
        for name, highest in ends
    ]
    return f"{'; '.join(told)}."


def shared(names: Sequence[str], *, noun: str = "") -> str:
    """Name up to two that share something, of more the first and how many others.

    With a `noun` only the first is named: "Herald and Post, and 3 other pairs".
    """
    if len(names) == 1:
        return names[0]
    if noun:
        return f"{names[0]}, and {plural(len(names) - 1, f'other {noun}')}"
    if len(names) == 2:
        return " and ".join(names)
    return f"{names[0]} and {len(names) - 1:,} others"
