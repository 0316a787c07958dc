"""A progress bar for what takes long; nothing for what does not."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_SECONDS_BEFORE = 2.0
_SECONDS_BETWEEN_LINES = 30.0
_T = TypeVar("_T")


def tracked(
    items: Iterable[_T], *, what: str, unit: str, total: int, shown: bool
) -> Iterable[_T]:
    """Give the items, with a bar on standard error (or in the notebook) after two seconds.

    Where standard error is no terminal but a file, a line every half minute stands for it.
    """
    # Python without a console (pythonw, a service of Windows) has no standard error.
    shown = shown and sys.stderr is not None
    return _with_bar(items, what, unit, total) if shown else items


def _with_bar(items: Iterable[_T], what: str, unit: str, total: int) -> Iterator[_T]:
    # What draws the bar is imported when there is one to draw: that takes a quarter second.
    begun = time.monotonic()
    rest = iter(items)
    for done, item in enumerate(rest):
        if time.monotonic() - begun >= _SECONDS_BEFORE:
            if sys.stderr.isatty() or _is_notebook():
                yield from _bar(rest, item, done, what=what, unit=unit, total=total)
            else:
                yield from _lines(rest, item, done, what=what, unit=unit, total=total)
            return
        yield item


def _is_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")


def _bar(
    rest: Iterator[_T], item: _T, done: int, *, what: str, unit: str, total: int
) -> Iterator[_T]:
    from tqdm.auto import tqdm

    with tqdm(desc=what, unit=unit, total=total, initial=done) as bar:
        yield item
        bar.update()
        for other in rest:
            yield other
            bar.update()


def _lines(
    rest: Iterator[_T], item: _T, done: int, *, what: str, unit: str, total: int
) -> Iterator[_T]:
    told = time.monotonic()
    yield item
    for number, other in enumerate(rest, start=done + 1):
        if time.monotonic() - told >= _SECONDS_BETWEEN_LINES:
            told = time.monotonic()
            sys.stderr.write(f"{what}: {number:,} of {total:,} {unit}s\n")
        yield other
