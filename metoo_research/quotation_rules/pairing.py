"""Pairing the quotation marks of one paragraph, double and single together."""

from __future__ import annotations

from metoo_research.quotation_rules.double import pair_double
from metoo_research.quotation_rules.marks import SINGLE, Paired, first_seen
from metoo_research.quotation_rules.single import pair_single


def pair_marks(text: str, *, pending: str = "", repeated: bool = False) -> Paired:
    """Find what stands in quotation marks in one paragraph, in time linear in its length.

    Parameters
    ----------
    text
        The paragraph.
    pending
        The mark of a quotation that an earlier paragraph has left open.
    repeated
        Whether the paragraph begins with that mark again.
    """
    first = first_seen(text) + 1 if repeated else 0
    last = len(text.rstrip())
    double, stray = pair_double(text, first, last, pending if _is_double(pending) else "")
    single = pair_single(
        text, first, last, double, pending if pending and not _is_double(pending) else ""
    )
    return Paired(sorted([*double, *single], key=lambda one: (one.start, -one.end)), stray)


def _is_double(sign: str) -> bool:
    return bool(sign) and not SINGLE.fullmatch(sign)
