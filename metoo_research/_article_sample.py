"""Drawing articles where there are too many to compare every two of them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from metoo_research.errors import TableError

SEED: Final = 2017


def drawn_articles(
    article_ids: Sequence[str], most: int | None, *, seed: int
) -> NDArray[np.intp]:
    """Draw articles at random, without replacement.

    Parameters
    ----------
    article_ids
        All articles.
    most
        How many to draw; None, or if there are no more: all.
    seed
        The same seed draws the same articles, in whatever order they are given.

    Returns
    -------
    Their places, in the order in which they were given.

    Raises
    ------
    TableError
        If `most` is below 2 or `seed` below 0.
    """
    if most is not None and most < 2:
        raise TableError(f"most_articles is a number from 2 on, or None for all, not {most!r}")
    if seed < 0:
        raise TableError(f"seed is a whole number from 0 on, not {seed!r}")
    if most is None or len(article_ids) <= most:
        return np.arange(len(article_ids))
    lots = [
        sha256(f"{seed} {one}".encode("utf-8", "surrogatepass")).digest() for one in article_ids
    ]
    drawn = sorted(range(len(lots)), key=lots.__getitem__)[:most]
    return np.array(sorted(drawn), dtype=np.intp)


def sample_settings(drawn: int, articles: int, *, seed: int) -> dict[str, str]:
    """Tell which articles were compared, where it was not all of them."""
    if drawn == articles:
        return {}
    return {"articles_compared": f"{drawn:,} of {articles:,}, drawn with seed {seed}"}
