"""Lexical diversity: how many different words a text uses, by the measures in use."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import pandas as pd

from metoo_research._wording import plural
from metoo_research.errors import TableError
from metoo_research.results import Result, result
from metoo_research.tokens import TokenKind
from metoo_research.words._counting import (
    COUNTED_KINDS,
    Codes,
    article_groups,
    by_columns,
    checked_kinds,
    counted_tokens,
    is_of_kinds,
    require_columns,
)

_FORMULAS: Final = {
    "ttr": "V / N",
    "cttr": "V / sqrt(2 N) (Carroll 1964)",
    "guiraud_r": "V / sqrt(N) (Guiraud 1954)",
    "herdan_c": "log V / log N (Herdan 1960)",
    "summer_s": "log10 log10 V / log10 log10 N",
    "dugast_u": "(log10 N)^2 / (log10 N - log10 V) (Dugast 1978)",
    "maas": "a = sqrt((log10 N - log10 V) / (log10 N)^2) (Maas 1972)",
    "yule_k": "10,000 * (sum of f^2 - N) / N^2 (Yule 1944)",
    "yule_i": "V^2 / (sum of f^2 - V) (Yule 1944)",
    "herdan_vm": "sqrt(sum of (f / N)^2 - 1 / V) (Herdan 1955)",
    "simpson_d": "sum of f (f - 1) / (N (N - 1)) (Simpson 1949)",
    "entropy": "-sum of f / N * log2(f / N), in bits (Shannon 1948)",
    "msttr": "mean V / N of windows that follow one another (Johnson 1944)",
    "mattr": "mean V / N of all windows (Covington & McFall 2010)",
    "mtld": "N / factors, mean of both directions (McCarthy & Jarvis 2010)",
    "hdd": "mean share of types in samples without replacement (McCarthy & Jarvis 2007)",
}
_COLUMNS: Final = ("tokens", "types", "hapaxes", *_FORMULAS)


def lexical_diversity(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = "article_id",
    kinds: Collection[TokenKind] = COUNTED_KINDS,
    window: int = 100,
    mtld_threshold: float = 0.72,
    hdd_sample: int = 42,
) -> Result:
    """Measure how varied the words of each article, or group of articles, are.

    N is the number of tokens, V of types (different words in normal form; the same word in
    two kinds is one type), f the number of times a type occurs.

    Parameters
    ----------
    tokens
        One row per token: ``article_id``, ``start``, ``word`` (normal form), ``kind``.
    articles
        One row per article: ``article_id`` and the columns named in ``by``. Articles
        without a token keep their row.
    by
        Column or columns of ``articles`` that make the groups; ``None`` for the whole
        corpus. The texts of a group follow one another in the order of the articles.
    kinds
        Kinds of tokens that count.
    window
        Tokens in a window of ``mattr`` and ``msttr``.
    mtld_threshold
        The type-token ratio at which a factor of ``mtld`` is full.
    hdd_sample
        Tokens in a sample of ``hdd``.

    Returns
    -------
    One row per group, in the order of their first article: the ``by`` columns, ``tokens``
    (N), ``types`` (V), ``hapaxes`` (types that occur once), and

    ``ttr``
        Type-token ratio, V / N. Bad for texts of different length: it falls as a text goes
        on, whatever its author does.
    ``cttr``, ``guiraud_r``
        V / √(2N) and V / √N. They rise with length instead.
    ``herdan_c``, ``summer_s``, ``dugast_u``, ``maas``
        Logarithmic ratios, less bound to length but not free of it. ``maas`` is a, not a²,
        with logarithms to base 10, as quanteda has it: a² to base e is a² divided by
        ln 10. A lower ``maas`` is a more varied text. ``summer_s`` and ``dugast_u`` are to
        base 10; ``summer_s`` has no meaning under about 100 tokens.
    ``yule_k``, ``yule_i``, ``simpson_d``, ``herdan_vm``, ``entropy``
        Repetition: K, D and Vm rise with it, I and the entropy (bits) fall. K, D and Vm
        hardly see length, but follow the few most frequent words, which are grammar.
    ``msttr``, ``mattr``
        Type-token ratio of windows of equal length: comparable between texts, for one and
        the same ``window``. Blind to what is repeated farther apart. ``msttr`` sets the rest
        after its last window aside.
    ``mtld``
        Mean length of stretches that keep a type-token ratio over the threshold; a factor
        is full when the ratio falls to it (≤, as LexicalRichness has it; koRpus waits until
        it falls below). The last stretch counts in part, and both directions are averaged.
        Shaky under 100 tokens.
    ``hdd``
        Type-token ratio that samples of ``hdd_sample`` tokens have on average, from the
        hypergeometric distribution; between 0 and 1 (some programs multiply it by the
        sample).

    NaN where a measure is not defined: no token, one token, fewer than the window or sample,
    a logarithm of nothing, no word that stands twice. ``attrs["not_computed"]`` says of each
    measure in how many rows, and why.

    Raises
    ------
    TableError
        If a column is missing, a token belongs to no article, or an option has no meaning.
    """
    if window < 1 or hdd_sample < 1:
        raise TableError("window and hdd_sample are whole numbers from 1 on")
    if not 0 < mtld_threshold < 1:
        raise TableError(f"mtld_threshold lies between 0 and 1, not at {mtld_threshold!r}")
    grouping = by_columns(by)
    require_columns(tokens, ["article_id", "start", "word", "kind"], name="tokens")
    counted = counted_tokens(tokens, articles, kinds)
    group_of_article, groups = article_groups(articles, grouping, taken=_COLUMNS)
    type_of_term, _ = pd.factorize(counted.words)
    start = tokens["start"].to_numpy(dtype=np.int64)[is_of_kinds(tokens, kinds)]
    group = group_of_article[counted.article]
    order = np.lexsort((start, counted.article, group))
    codes = type_of_term[counted.term][order].astype(np.int64)
    bounds = np.searchsorted(group[order], np.arange(len(groups) + 1))

    reasons: dict[str, dict[str, int]] = {}
    rows = []
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        _, text = np.unique(codes[begin:end], return_inverse=True)
        row, missing = _measures(text.astype(np.int64), window, mtld_threshold, hdd_sample)
        rows.append(row)
        for measure, reason in missing.items():
            times = reasons.setdefault(measure, {})
            times[reason] = times.get(reason, 0) + 1
    measured = pd.DataFrame(rows, columns=list(_COLUMNS))
    measured = measured.astype(dict.fromkeys(_COLUMNS, "float64"))
    measured = measured.astype(dict.fromkeys(_COLUMNS[:3], "int64"))
    return result(
        pd.concat([groups.reset_index(drop=True), measured], axis=1),
        {
            "table": "lexical_diversity",
            "by": grouping,
            "kinds": list(checked_kinds(kinds)),
            "window": window,
            "mtld_threshold": mtld_threshold,
            "hdd_sample": hdd_sample,
            "formulas": dict(_FORMULAS),
            "stop_words": None,
            "tokenizer": tokens.attrs.get("tokenizer"),
            "n_articles": len(articles),
            "n_tokens": len(codes),
            "left_out": {"tokens_of_other_kinds": counted.other_kinds},
            "not_computed": {
                measure: ", ".join(
                    f"{reason} ({times} of {plural(len(groups), 'row')})"
                    for reason, times in why.items()
                )
                for measure, why in reasons.items()
            },
        },
    )


def _measures(
    text: Codes, window: int, threshold: float, sample: int
) -> tuple[dict[str, float], dict[str, str]]:
    """Measures of one text, given as codes from 0 on; and why some are missing."""
    n = len(text)
    frequencies = np.bincount(text)
    v = len(frequencies)
    row: dict[str, float] = {
        "tokens": n,
        "types": v,
        "hapaxes": int((frequencies == 1).sum()),
    } | dict.fromkeys(_FORMULAS, math.nan)
    if not n:
        return row, dict.fromkeys(_FORMULAS, "no token")
    log_n, log_v = math.log10(n), math.log10(v)
    squares = int((frequencies.astype(np.int64) ** 2).sum())
    shares = frequencies / n
    row |= {
        "ttr": v / n,
        "cttr": v / math.sqrt(2 * n),
        "guiraud_r": v / math.sqrt(n),
        "yule_k": 10_000 * (squares - n) / n**2,
        # Rounding can carry equal frequencies a hair under 0.
        "herdan_vm": math.sqrt(max(squares / n**2 - 1 / v, 0)),
        "entropy": abs(float(-(shares * np.log2(shares)).sum())),
    }
    missing: dict[str, str] = {}
    if n == 1:
        missing |= dict.fromkeys(("herdan_c", "maas", "simpson_d"), "one token")
    else:
        row["herdan_c"] = log_v / log_n
        row["maas"] = math.sqrt((log_n - log_v) / log_n**2)
        row["simpson_d"] = (squares - n) / (n * (n - 1))
    if v < 2 or n in (1, 10):
        missing["summer_s"] = "logarithm of nothing"
    else:
        row["summer_s"] = math.log10(log_v) / math.log10(log_n)
    if v == n:
        missing |= dict.fromkeys(("dugast_u", "yule_i", "mtld"), "no word stands twice")
    else:
        row["dugast_u"] = log_n**2 / (log_n - log_v)
        row["yule_i"] = v**2 / (squares - v)
        listed = text.tolist()
        row["mtld"] = (_mtld(listed, threshold) + _mtld(listed[::-1], threshold)) / 2
    if n < window:
        missing |= dict.fromkeys(("msttr", "mattr"), f"fewer than {window} tokens")
    else:
        types = _types_in_windows(text, window)
        row["mattr"] = float(types.mean()) / window
        row["msttr"] = float(types[::window].mean()) / window
    if n < sample:
        missing["hdd"] = f"fewer than {sample} tokens"
    else:
        row["hdd"] = _hdd(frequencies, n, sample)
    return row, missing


def _mtld(text: list[int], threshold: float) -> float:
    """Tokens per factor in one direction."""
    factors = 0.0
    seen: set[int] = set()
    tokens = 0
    for word in text:
        tokens += 1
        seen.add(word)
        if len(seen) / tokens <= threshold:
            factors += 1
            seen.clear()
            tokens = 0
    if tokens:
        factors += (1 - len(seen) / tokens) / (1 - threshold)
    return len(text) / factors if factors else math.nan


def _types_in_windows(text: Codes, window: int) -> Codes:
    """Types in each window of ``window`` tokens.

    A token is the first of its type in all windows that begin behind its predecessor and
    reach it; so each token adds one to a range of windows.
    """
    n = len(text)
    order = np.argsort(text, kind="stable")
    before = np.full(n, -1, dtype=np.int64)
    same = text[order][1:] == text[order][:-1]
    before[order[1:][same]] = order[:-1][same]
    place = np.arange(n)
    n_windows = n - window + 1
    first = np.maximum(before + 1, place - window + 1).clip(0)
    last = np.minimum(place, n_windows - 1)
    counts = first <= last
    changes = np.zeros(n_windows + 1, dtype=np.int64)
    np.add.at(changes, first[counts], 1)
    np.add.at(changes, last[counts] + 1, -1)
    types: Codes = np.cumsum(changes[:-1])
    return types


def _hdd(frequencies: Codes, n: int, sample: int) -> float:
    """Expected type-token ratio of a sample without replacement."""
    values, times = np.unique(frequencies, return_counts=True)
    drawn = np.arange(sample)
    left = np.maximum(n - values[:, np.newaxis] - drawn, 0)
    never = (left / (n - drawn)).prod(axis=1)
    return float((times * (1 - never)).sum()) / sample
