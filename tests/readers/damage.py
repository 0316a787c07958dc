"""Damaged copies of a file, always the same ones: cut off, overwritten, shortened, repeated."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from metoo_research.errors import ReadError
from metoo_research.readers import File, Item


def damaged(data: bytes, copies: int, *, seed: int) -> Iterator[bytes]:
    chance = random.Random(seed)  # noqa: S311 (repeatable, not secret)
    for _ in range(copies):
        copy = bytearray(data)
        kind = chance.random()
        at = chance.randrange(len(copy))
        if kind < 0.25:
            del copy[at:]
        elif kind < 0.75:
            for _ in range(chance.choice([1, 3, 20, 200])):
                copy[chance.randrange(len(copy))] = chance.randrange(256)
        elif kind < 0.9:
            del copy[at : at + chance.randrange(1, 400)]
        else:
            copy[at:at] = copy[max(0, at - 100) : at] * chance.randrange(1, 5)
        yield bytes(copy)


def outcomes(read: Callable[[File], Iterable[Item]], copies: Iterable[bytes]) -> Counter[str]:
    """What came of each copy; anything but an item or a `ReadError` fails the test."""
    found: Counter[str] = Counter()
    for copy in copies:
        try:
            items = list(read(File("damaged", copy)))
        except ReadError:
            found["refused"] += 1
        else:
            assert items
            found["read"] += 1
    return found
