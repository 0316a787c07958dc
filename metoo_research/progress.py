"""A progress bar for what takes long; nothing for what does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

_SECONDS_BEFORE = 2.0
_T = TypeVar("_T")


def tracked(
    items: Iterable[_T], *, what: str, unit: str, total: int, shown: bool
) -> Iterable[_T]:
    """Give the items, with a bar on standard error (or in the notebook) after two seconds."""
    if not shown:
        return items
    from tqdm.auto import tqdm

    return tqdm(items, desc=what, unit=unit, total=total, delay=_SECONDS_BEFORE)
