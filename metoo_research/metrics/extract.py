"""From sentences to the table of reported metrics: the grammar's parts put together."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, Final

import pandas as pd

from metoo_research.metrics.ages import is_age
from metoo_research.metrics.attribution import (
    PRONOUNS,
    Attribution,
    attribution_of,
    speaks_for,
)
from metoo_research.metrics.context import LOOK_BACK, Context, Sentence, Social
from metoo_research.metrics.expression import Number
from metoo_research.metrics.hedges import Hedge, hedge_of, share_over_coordination
from metoo_research.metrics.masks import Mask, find_masks
from metoo_research.metrics.numbers import find_numbers, has_number
from metoo_research.metrics.social import social_part
from metoo_research.metrics.units import Unit, unit_of
from metoo_research.metrics.voices import Voices
from metoo_research.metrics.windows import Window, is_of_saying, window_around, window_of
from metoo_research.progress import tracked
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
#: Gives who speaks at a place of a sentence, if another sentence names them.
_SpeakerOf = Callable[[int], Attribution | None]
#: Stands in results, so that tables made by different rules are never taken for the same.
GRAMMAR_VERSION = "1"


def reported_metrics(
    sentences: pd.DataFrame, study: Study | None = None, *, progress: bool = False
) -> pd.DataFrame:
    """Find the figures that articles report, each with what the sentence says of it.

    Parameters
    ----------
    sentences
        As :func:`~metoo_research.tokens.split_sentences` gives them. Sentences before a
        figure are looked at for its platform and subject, so give whole articles.
    study
        The study: its campaign and its platforms. Without one, the default platforms and
        no campaign.
    progress
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    One row per number expression, in the order of the text: ``article_id``,
    ``sentence_id``, ``start``, ``end`` (code points of the number's own characters),
    ``number_text``, ``value`` (of a vague count its smallest unit: thousands 1000; of a
    percentage the percent; of a fraction the share of one), ``value_high`` (upper end of a
    range), ``approximate`` (vague counts), ``bound`` (exact, at_least, at_most, about,
    vague), ``modifier`` (the word that says so), ``unit`` (the counted noun phrase),
    ``measure`` (with the time of a rate: "tweets per hour"), ``kind`` (social_metric,
    other_count, percentage, fraction, money, age, date, ordinal), ``role`` (figure; window:
    part of a time window; date; ordinal), ``platform`` and ``platform_basis`` (unit word,
    same sentence, earlier sentence), ``subject`` (campaign or hashtag), ``window_text``,
    ``window_kind`` (as_of, duration, since, period), ``window_start`` and ``window_end``
    (empty until :func:`resolve_windows` fills them), ``attributed_to`` (as written),
    ``source`` (resolved) and ``evidence`` (the sentence). What the text does not say is
    empty. ``attrs["grammar"]`` is the version of the rules.
    """
    context = Context(study or Study())
    rows: list[dict[str, Any]] = []
    columns = ["article_id", "sentence_id", "start", "text"]
    rows_in = sentences[columns].itertuples(index=False)
    tracked_rows = tracked(
        rows_in, what="Metrics", unit="sentence", total=len(sentences), shown=progress
    )
    for article_id, of_article in groupby(tracked_rows, key=itemgetter(0)):
        _, ids, starts, texts = zip(*of_article, strict=True)
        for place, row in _rows_of_article(texts, starts, context):
            row["article_id"], row["sentence_id"] = article_id, ids[place]
            row["start"], row["end"] = row["start"] + starts[place], row["end"] + starts[place]
            rows.append(row)
    table = pd.DataFrame(rows, columns=list(METRIC_COLUMNS)).astype(METRIC_COLUMNS)
    table.attrs["grammar"] = GRAMMAR_VERSION
    return table


def metrics_of_sentence(
    text: str, context: Context, earlier: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Give the rows of one sentence; offsets count from its beginning.

    Parameters
    ----------
    text
        The sentence.
    context
        Platforms and campaign.
    earlier
        The sentences before it in the article, nearest first.
    """
    texts = [*reversed(earlier[:LOOK_BACK]), text]
    found = _rows_of_article(texts, [0] * len(texts), context)
    return [row for place, row in found if place == len(texts) - 1]


def _rows_of_article(
    texts: Sequence[str], starts: Sequence[int], context: Context
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the rows of an article's sentences, each with the place of its sentence."""
    article = [Sentence(text, context) for text in texts]
    voices = Voices(article, starts)
    earlier: deque[Sentence] = deque(maxlen=LOOK_BACK)
    opening: str | None = None
    for place, sentence in enumerate(article):
        if opening is None and context.main_subject is None and sentence.campaigns:
            opening = sentence.campaigns[0][1]
        if has_number(sentence.text):
            speaker_of = partial(voices.speaker_of, place)
            for row in _rows_of(sentence, context, earlier, opening, speaker_of):
                yield place, row
        earlier.appendleft(sentence)


def _rows_of(
    sentence: Sentence,
    context: Context,
    earlier: Sequence[Sentence],
    opening: str | None,
    speaker_of: _SpeakerOf,
) -> list[dict[str, Any]]:
    text = sentence.text
    masks = find_masks(text, [*context.names_in(text), *_numbered_platforms(sentence)])
    numbers = find_numbers(text, masks)
    rows = [_date_row(text, mask) for mask in masks if mask.kind == "date"]
    if numbers:
        rows.extend(_number_rows(sentence, numbers, context, earlier, opening, speaker_of))
    return sorted(rows, key=lambda row: row["start"])


def _numbered_platforms(sentence: Sentence) -> list[tuple[int, int]]:
    """Platforms that have a number in their name: "38 Degrees"."""
    spans = [(mention.start, mention.end) for mention in sentence.platforms]
    return [(start, end) for start, end in spans if _DIGITS.search(sentence.text, start, end)]


_OF: Final = re.compile(r"\sof\s(?:(?:the|its|their|all|some|our)\s){0,2}")
_YEAR: Final = re.compile(r"(?:1[5-9]|20|21)\d\d")
_DIGITS: Final = re.compile(r"\d+")


def _date_row(text: str, mask: Mask) -> dict[str, Any]:
    said = text[mask.start : mask.end]
    number = _YEAR.search(said) or _DIGITS.search(said)
    return {
        "start": mask.start,
        "end": mask.end,
        "number_text": said,
        "value": float(number[0]) if number else math.nan,
        "value_high": math.nan,
        "approximate": False,
        "bound": "exact",
        "kind": "date",
        "role": "date",
        "evidence": text,
    }


def _number_rows(
    sentence: Sentence,
    numbers: Sequence[Number],
    context: Context,
    earlier: Sequence[Sentence],
    opening: str | None,
    speaker_of: _SpeakerOf,
) -> Iterator[dict[str, Any]]:
    text, windows = sentence.text, sentence.windows
    units = _units_of(text, numbers)
    hedges = [hedge_of(text, n, unit.end) for n, unit in zip(numbers, units, strict=True)]
    share_over_coordination(text, numbers, [unit.end for unit in units], hedges)
    told_when = _windows_of_figures(sentence)
    figures = [
        (number.start, number.end)
        for number in numbers
        if number.kind != "ordinal" and window_around(number.start, windows) is None
    ]
    previous = _said_before(sentence, earlier)
    share_before: Social | None = None
    for number, unit, hedge in zip(numbers, units, hedges, strict=True):
        row = _form_of(text, number, unit, hedge)
        if number.kind == "ordinal":
            yield row
        elif window_around(number.start, windows) is not None:
            yield row | {"role": "window"}
        elif number.kind == "age" or is_age(text, number, unit):
            yield row | {"kind": "age", "measure": "years old"}
        else:
            span = (number.start, number.end)
            source = _source_columns(span, sentence, context, earlier, speaker_of)
            where = context.place_of(
                sentence, span, (number.end, unit.end), figures, earlier, source.get("source")
            )
            told = share_before if number.kind == "percentage" and not unit.text else None
            social = told or social_part(sentence, number, unit, where, previous)
            if social is not None:
                row |= _social_columns(number, social)
                if not _of_an_account(sentence, social):
                    place = number.start
                    row["subject"] = context.subject_of(sentence, place, earlier, opening)
            if number.kind == "count":
                previous = sentence.counted = social
            elif number.kind == "percentage":
                share_before = social
            window = None if unit.names_a_length else window_of(text, span, told_when, figures)
            yield row | _window_columns(window) | source


_CAMPAIGN_OWN: Final = re.compile(
    r"\b(?:campaign|movement|petition|hashtag|group)(?:['’]s)?\b", re.IGNORECASE
)


def _of_an_account(sentence: Sentence, social: Social) -> bool:
    """Whether somebody's followers are counted: they say nothing of the campaign."""
    if social.measure != "followers" or sentence.campaigns:
        return False
    return not _CAMPAIGN_OWN.search(sentence.text)


# "It had 180,000 on Monday": the sentence before says what is counted.
_GOES_ON: Final = re.compile(
    r"(?:[Ii]t|[Tt]h(?:at|is) (?:one|figure|number|total)"
    r"|[Tt]he (?:total|figure|number|count|tally))"
    r"(?: had| has| was| is| stood at| rose to| grew to| climbed to| reached| hit| passed)+\b"
)


def _said_before(sentence: Sentence, earlier: Sequence[Sentence]) -> Social | None:
    """What the sentence before has counted, where this one goes on with it."""
    if earlier and earlier[0].counted and _GOES_ON.match(sentence.text):
        return earlier[0].counted
    return None


def _units_of(text: str, numbers: Sequence[Number]) -> list[Unit]:
    limits = [number.prefix_start for number in numbers[1:]] + [len(text)]
    units = [
        unit_of(text, number, limit) for number, limit in zip(numbers, limits, strict=True)
    ]
    for place, (part, whole) in enumerate(pairwise(numbers)):
        # "6.5m of its 1bn users": both count users
        between = part.unit_start, whole.prefix_start
        if units[place].text is None and _OF.fullmatch(text, *between):
            units[place] = units[place + 1]
    return units


def _windows_of_figures(sentence: Sentence) -> list[Window]:
    """The windows in which something was counted, not those in which it was said."""
    verbs = sorted(one.verb for one in sentence.attributions)
    kept = []
    for window in sentence.windows:
        behind = bisect_left(verbs, (window.start, 0))
        near = verbs[max(behind - 1, 0) : behind + 1]
        if not any(is_of_saying(sentence.text, window, verb) for verb in near):
            kept.append(window)
    return kept


def _form_of(text: str, number: Number, unit: Unit, hedge: Hedge) -> dict[str, Any]:
    """What the number, its unit and its hedge say by themselves."""
    money = number.kind == "money"
    return {
        "start": number.start,
        "end": number.end,
        "number_text": text[number.start : number.end],
        "value": number.value,
        "value_high": number.value_high,
        "approximate": number.vague,
        "bound": hedge.bound,
        "modifier": hedge.modifier,
        "unit": number.currency if money else unit.text,
        "measure": "money" if money else unit.measure,
        "kind": "other_count" if number.kind == "count" else number.kind,
        "role": "ordinal" if number.kind == "ordinal" else "figure",
        "evidence": text,
    }


def _social_columns(number: Number, social: Social) -> dict[str, Any]:
    columns = {"platform": social.platform, "platform_basis": social.basis}
    if number.kind == "count":
        columns |= {"kind": "social_metric", "measure": social.measure}
    return columns


def _window_columns(window: Window | None) -> dict[str, Any]:
    if window is None:
        return {}
    return {"window_text": window.text, "window_kind": window.kind}


def _source_columns(
    number: tuple[int, int],
    sentence: Sentence,
    context: Context,
    earlier: Sequence[Sentence],
    speaker_of: _SpeakerOf,
) -> dict[str, Any]:
    attribution = attribution_of(sentence.text, number, sentence.attributions)
    attribution = attribution or speaker_of(number[0])
    if attribution is None:
        return {}
    said = attribution.text
    return {"attributed_to": said, "source": _resolve(said, sentence, context, earlier)}


def _resolve(
    said: str, sentence: Sentence, context: Context, earlier: Sequence[Sentence]
) -> str | None:
    """Name the source: the company behind "the company", the X of "a study by X"."""
    if said.lower() in PRONOUNS:
        return None
    company = context.company_of(said, sentence, earlier)
    if company is not None:
        return company
    name = speaks_for(said) or said
    return context.platform_called(name) or (None if name.islower() else name)
