"""How far coders agree, and how sure a share is: Krippendorff's alpha, Wilson's interval."""

from __future__ import annotations

import math
from statistics import NormalDist

from metoo_research._agreement import Level, Reliability, krippendorff_alpha

__all__ = ["Level", "Reliability", "f1_interval", "krippendorff_alpha", "wilson_interval"]


def wilson_interval(right: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Give the interval of a share by Wilson's score (Wilson 1927, JASA 22:209).

    Unlike the one from the share's standard error it stays within 0 and 1, and does not
    shrink to a point where all or none are right. It takes the cases as drawn one by one;
    figures of one article resemble each other, so that it is rather too narrow for them.

    Parameters
    ----------
    right, n
        So many of so many.
    confidence
        Of the interval.

    Returns
    -------
    Lower and upper end; NaN where ``n`` is 0.
    """
    if n == 0:
        return math.nan, math.nan
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = right / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # At 0 and 1 rounding could leave the ends a hair beyond the share itself.
    return min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share)


def f1_interval(
    right: int, *, different: int = 0, said_only: int = 0, true_only: int = 0,
    confidence: float = 0.95,
) -> tuple[float, float]:  # fmt: skip
    """Give the interval of F1, carried over from Wilson's.

    F1 is ``2 right / (said + true)``. With ``q`` the share of ``right`` in all cases of which
    one side or both say something, it is ``q / (q + h (1 - q))``, where ``h`` is the weight of
    the mean mistake: 1/2 for what one side alone says, 1 for what both say differently. The
    ends are those of the interval of ``q``, put through this at the weight that was seen; at
    1 where there was no mistake. In simulations with 10 to 200 cases it held the true F1 90
    to 99 times of 100; the percentiles of a bootstrap 28 to 96 times, for without a mistake
    they shrink to a point.

    Parameters
    ----------
    right
        Cases of which both say the same.
    different
        Of which both say something, not the same.
    said_only, true_only
        Of which only one side says something.
    confidence
        Of the interval.

    Returns
    -------
    Lower and upper end; NaN without a case.
    """
    mistakes = different + said_only + true_only
    weight = (different + (said_only + true_only) / 2) / mistakes if mistakes else 1.0
    low, high = (
        share / (share + weight * (1 - share))
        for share in wilson_interval(right, right + mistakes, confidence=confidence)
    )
    return low, high
