"""From sentences to the table of reported metrics: the grammar's parts put together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pandas as pd

from metoo_research.metrics.attribution import attribution_of, find_attributions
from metoo_research.metrics.context import Context, Place
from metoo_research.metrics.hedges import Hedge, hedge_of, share_over_coordination
from metoo_research.metrics.masks import Mask, find_masks
from metoo_research.metrics.numbers import Number, find_numbers, has_number
from metoo_research.metrics.units import Unit, unit_of
from metoo_research.metrics.vocabulary import PLATFORM_MEASURES, SOCIAL_ACTS
from metoo_research.metrics.windows import Window, find_windows, window_of
from metoo_research.study import Study

METRIC_COLUMNS: Final = {
    "article_id": "str",
    "sentence_id": "int64",
    "start": "int64",
    "end": "int64",
    "number_text": "str",
    "value": "float64",
    "value_high": "float64",
    "approximate": "bool",
    "bound": "str",
    "modifier": "str",
    "unit": "str",
    "measure": "str",
    "kind": "str",
    "role": "str",
    "platform": "str",
    "platform_basis": "str",
    "subject": "str",
    "window_text": "str",
    "window_kind": "str",
    "window_start": "datetime64[us, UTC]",
    "window_end": "datetime64[us, UTC]",
    "attributed_to": "str",
    "source": "str",
    "evidence": "str",
}
#: Stands in results, so that tables made by different rules are never taken for the same.
GRAMMAR_VERSION = "1"

_SOCIAL_ACT: Final = re.compile(rf"\b(?:{SOCIAL_ACTS})\b", re.IGNORECASE)
_SOCIAL_CUE: Final = re.compile(
    r"#\w|\b(?:social[- ]media|online|hashtag\w*|viral|trend(?:s|ed|ing)?)\b", re.IGNORECASE
)
_FINANCE: Final = re.compile(
    r"\b(?:stock|shareholders?|trading|dividend|per share|investors?|outstanding)\b|[$£€]\d"
)
#: Measures that never need a platform beside them.
_ALWAYS_SOCIAL: Final = frozenset({"tweets", "retweets", "hashtags"})
_OF_PLATFORMS: Final = PLATFORM_MEASURES | {"users"}
_AGE_AFTER_NAME: Final = re.compile(r"[A-Z][\w’'-]+,\s$")
_PRONOUNS: Final = frozenset({"he", "she", "they", "we", "i"})


def reported_metrics(sentences: pd.DataFrame, study: Study | None = None) -> pd.DataFrame:
    """Find the figures that articles report, each with what the sentence says of it.

    Parameters
    ----------
    sentences
        As :func:`~metoo_research.tokens.split_sentences` gives them. Sentences before a
        figure are looked at for its platform and subject, so give whole articles.
    study
        The study: its campaign and its platforms. Without one, the default platforms and
        no campaign.

    Returns
    -------
    One row per number expression, in the order of the text: ``article_id``,
    ``sentence_id``, ``start``, ``end`` (code points of the number's own characters),
    ``number_text``, ``value`` (of a vague count its smallest unit: thousands 1000),
    ``value_high`` (upper end of a range), ``approximate`` (vague counts), ``bound`` (exact,
    at_least, at_most, about, vague), ``modifier`` (the word that says so), ``unit`` (the
    counted noun phrase), ``measure``, ``kind`` (social_metric, other_count, percentage,
    fraction, money, age, date, ordinal), ``role`` (figure; window: part of a time window;
    date; ordinal), ``platform`` and ``platform_basis`` (unit word, same sentence, earlier
    sentence), ``subject`` (campaign or hashtag), ``window_text``, ``window_kind`` (as_of,
    duration, since, period), ``window_start`` and ``window_end`` (empty: windows are not
    resolved to dates yet), ``attributed_to`` (as written), ``source`` (resolved) and
    ``evidence`` (the sentence). What the text does not say is empty.
    ``attrs["grammar"]`` is the version of the rules.
    """
    context = Context(study or Study())
    rows: list[dict[str, Any]] = []
    earlier: list[str] = []
    last_article: str | None = None
    columns = ["article_id", "sentence_id", "start", "text"]
    for article_id, sentence_id, start, text in sentences[columns].itertuples(index=False):
        if article_id != last_article:
            earlier, last_article = [], article_id
        if has_number(text):
            for row in metrics_of_sentence(text, context, earlier):
                row["article_id"], row["sentence_id"] = article_id, sentence_id
                row["start"], row["end"] = row["start"] + start, row["end"] + start
                rows.append(row)
        earlier.insert(0, text)
    table = pd.DataFrame(rows, columns=list(METRIC_COLUMNS)).astype(METRIC_COLUMNS)
    table.attrs["grammar"] = GRAMMAR_VERSION
    return table


def metrics_of_sentence(
    text: str, context: Context, earlier: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The rows of one sentence; offsets count from its beginning.

    Parameters
    ----------
    text
        The sentence.
    context
        Platforms and campaign.
    earlier
        The sentences before it in the article, nearest first.
    """
    masks = find_masks(text)
    numbers = find_numbers(text, masks)
    rows = [_date_row(text, mask) for mask in masks if mask.kind == "date"]
    if numbers:
        rows.extend(_number_rows(text, numbers, context, earlier))
    return sorted(rows, key=lambda row: row["start"])


def _date_row(text: str, mask: Mask) -> dict[str, Any]:
    said = text[mask.start : mask.end]
    year = re.search(r"(?:1[5-9]|20|21)\d\d", said)
    day = re.search(r"\d+", said)
    value = float(year[0]) if year else float(day[0]) if day else math.nan
    return {
        "start": mask.start,
        "end": mask.end,
        "number_text": said,
        "value": value,
        "value_high": math.nan,
        "approximate": False,
        "bound": "exact",
        "kind": "date",
        "role": "date",
        "evidence": text,
    }


def _number_rows(
    text: str, numbers: list[Number], context: Context, earlier: Sequence[str]
) -> Iterator[dict[str, Any]]:
    limits = [number.prefix_start for number in numbers[1:]] + [len(text)]
    units = [
        unit_of(text, number, limit) for number, limit in zip(numbers, limits, strict=True)
    ]
    hedges = [hedge_of(text, n, unit.end) for n, unit in zip(numbers, units, strict=True)]
    share_over_coordination(text, numbers, hedges)
    windows = find_windows(text)
    attributions = find_attributions(text)
    spans = [(number.start, number.end) for number in numbers]
    for number, unit, hedge in zip(numbers, units, hedges, strict=True):
        span = (number.start, number.end)
        row = _form_of(text, number, unit, hedge)
        if _is_age(text, number):
            row |= {"kind": "age", "measure": "years old", "unit": None}
        inside = any(w.start <= number.start < w.end for w in windows)
        if inside and row["kind"] != "ordinal":
            yield row | {"role": "window"}
            continue
        if row["role"] == "figure" and row["kind"] != "age":
            neighbours = [other for other in spans if other != span]
            place = context.place_of(text, span, (number.end, unit.end), neighbours, earlier)
            row |= _social_part(text, number, unit, row, place, context, earlier)
            row |= _window_part(window_of(text, span, windows))
            said = attribution_of(span, attributions)
            if said is not None:
                row |= {"attributed_to": said.text}
                row["source"] = _resolve(said.text, text, context, earlier)
        yield row


def _form_of(text: str, number: Number, unit: Unit, hedge: Hedge) -> dict[str, Any]:
    """What the number, its unit and its hedge say by themselves."""
    kind = {"count": "other_count"}.get(number.kind, number.kind)
    return {
        "start": number.start,
        "end": number.end,
        "number_text": text[number.start : number.end],
        "value": number.value,
        "value_high": number.value_high,
        "approximate": number.vague,
        "bound": hedge.bound,
        "modifier": hedge.modifier,
        "unit": number.currency if number.kind == "money" else unit.text,
        "measure": "money" if number.kind == "money" else unit.measure,
        "kind": kind,
        "role": "ordinal" if number.kind == "ordinal" else "figure",
        "evidence": text,
    }


def _is_age(text: str, number: Number) -> bool:
    """A bare number between commas behind a name: "Maria Lopez, 34, said"."""
    return (
        number.kind == "count"
        and 0 < number.value < 120
        and math.isnan(number.value_high)
        and bool(_AGE_AFTER_NAME.search(text[: number.start]))
        and bool(re.match(r",|\.$|\)", text[number.end :]))
    )


def _social_part(
    text: str,
    number: Number,
    unit: Unit,
    row: dict[str, Any],
    place: Place,
    context: Context,
    earlier: Sequence[str],
) -> dict[str, Any]:
    """Kind, measure, platform and subject of a figure of social media; nothing for others."""
    if number.kind not in {"count", "percentage", "fraction"} or unit.is_time:
        return {}
    measures = set((unit.measure or "").split("+"))
    cue = bool(place.platform) or bool(_SOCIAL_CUE.search(text))
    acting = bool(_SOCIAL_ACT.search(text[number.end :][:120]))
    told_by_verb = (unit.text or "").endswith("times") and measures != {"times"}
    if measures & _ALWAYS_SOCIAL or (told_by_verb and measures & PLATFORM_MEASURES):
        social = True
    elif measures & PLATFORM_MEASURES:
        social = cue and not ("shares" in measures and _FINANCE.search(text))
    elif "users" in measures:
        social = bool(place.platform)
    elif unit.is_person or (unit.text is None and number.value >= 100):
        social = cue and acting
    else:
        social = False
    if not social:
        return {}
    part: dict[str, Any] = {
        "platform": place.platform,
        "platform_basis": place.basis if place.platform else None,
        "subject": context.subject_of(text, earlier),
    }
    if number.kind == "count":
        part["kind"] = "social_metric"
        if unit.text is None or (unit.is_person and not measures & _OF_PLATFORMS):
            part["measure"] = "people"
    return part


def _window_part(window: Window | None) -> dict[str, Any]:
    if window is None:
        return {}
    return {"window_text": window.text, "window_kind": window.kind}


def _resolve(said: str, text: str, context: Context, earlier: Sequence[str]) -> str | None:
    """The source by its own name: the company behind "the company", or as written."""
    if said.lower() in _PRONOUNS:
        return None
    company = context.company_of(said, text, earlier)
    if company is not None:
        return company
    return context.platform_called(said) or (None if said.islower() else said)
