"""What articles are called: a stable id from the file's path, a short label for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

_OWN_ID = re.compile(r"[\w.:/@+~-]{1,100}")
_PIECE = re.compile(r"[^-_./~]+[-_./~]*")


def article_ids(sources: Sequence[str], own: Sequence[object] = ()) -> list[str]:
    """Name articles after their files' paths alone, whatever else is in the corpus.

    An article whose table gives it an id of its own keeps that, unless it is that of an earlier
    article, could be another file's, or holds white space or signs that no address can.

    The path without ``.txt``. Of paths that hold anything but letters, digits and ``_ . - /``,
    or that could be another's without its ending (``a`` beside ``a.txt``, ``a.md.txt`` beside
    ``a.md``), a readable form and a piece of the path's hash, so that no two share an id.
    Further articles of one file are numbered from 2.
    """
    number: Counter[str] = Counter()
    ids = []
    for source in sources:
        number[source] += 1
        one = _id_of(source)
        ids.append(one if number[source] == 1 else f"{one}~{number[source]}")
    taken = set(ids)
    for at, given in enumerate(own):
        if isinstance(given, str) and _OWN_ID.fullmatch(given) and given not in taken:
            taken.add(given)
            ids[at] = given
    return ids


def _id_of(source: str) -> str:
    stem = source.removesuffix(".txt")
    slug = re.sub(r"[^\w./]+", "-", stem).strip("-.")
    has_ending = "." in stem.rpartition("/")[2]
    if slug == stem and has_ending == (stem == source):
        return slug
    return f"{slug or 'article'}~{sha256(source.encode()).hexdigest()[:8]}"


def labels(ids: Sequence[str], given: Sequence[object], outlets: Sequence[object]) -> list[str]:
    """Short names, no two alike: the study's own, else the id's beginning and the outlet."""
    made = [
        f"{start} {outlet}" if isinstance(outlet, str) else start
        for start, outlet in zip(_shortest_own_starts(ids), outlets, strict=True)
    ]
    chosen = [
        one if isinstance(one, str) else other for one, other in zip(given, made, strict=True)
    ]
    times = Counter(chosen)
    told_apart = [
        label if times[label] == 1 else (f"{label} ({one})" if label == own else one)
        for label, one, own in zip(chosen, ids, given, strict=True)
    ]
    return told_apart if len(set(told_apart)) == len(ids) else list(ids)


def _shortest_own_starts(ids: Sequence[str]) -> list[str]:
    """For each id the fewest of its parts (cut at ``- _ . / ~``) that no other shares."""
    starts_of = [_starts(one) for one in ids]
    shared = Counter(start for starts in starts_of for start in set(starts))
    return [
        next((start for start in starts if shared[start] == 1), one)
        for one, starts in zip(ids, starts_of, strict=True)
    ]


def _starts(one: str) -> list[str]:
    ends = [piece.end() for piece in _PIECE.finditer(one)]
    return [one[:end].strip("-_./~") for end in ends]
