"""Dates as pages write them, to ISO 8601; day and month are never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ZONE = r"(?P<zone>z\b|utc|gmt|[ecmp][sd]?t\b|bst\b|[+-]\d{2}:?\d{2}|[+-]\d{1,2}\b)"
_TIME = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    rf"\s*(?P<half>[ap]\.?m\.?)?\s*(?:\(?(?:{_ZONE}|(?P<other_zone>[a-z]{{2,5}}\b))\)?)?"
)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_BETWEEN = r"(?:\s*[,|·•-]?\s*(?:at|t|-|–)?\s*)"
_AFTER_DATE = rf"(?:{_BETWEEN}{_TIME})?"
# Year first leaves nothing open; so do the names of months.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d)(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d){_AFTER_DATE}",
        rf"(?<!\d)(?P<year>(?:19|20)\d{{2}})(?P<month>\d{{2}})(?P<day>\d{{2}})(?:t(?P<hour>\d{{2}})"
        rf"(?P<minute>\d{{2}})(?P<second>\d{{2}})?\s*{_ZONE}?)?(?!\d)",
        rf"\b{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})\b{_AFTER_DATE}",
        rf"(?<!\d){_DAY}[\s-]+(?:of\s+)?{_MONTH}[\s,-]+(?P<year>\d{{4}})\b{_AFTER_DATE}",
        # Sun Oct 15 08:30:00 UTC 2017
        rf"\b{_MONTH}\s+{_DAY}\s+{_TIME}\s+(?P<year>\d{{4}})\b",
    )
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")
# Hours that zones of these names are behind UTC; RFC 2822, section 4.3.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "bst": 1, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
# Those that stand for both halves of the year.
_PLACES = {"et": "New_York", "ct": "Chicago", "mt": "Denver", "pt": "Los_Angeles"}
_LONGEST = 120
_EPOCH = date(1970, 1, 1)
_FIRST_NEWSPAPER = 1605


def iso_date(said: str | None, *, within: bool = False) -> str | None:
    """Give a date in ISO 8601, with the time and the time zone as far as they are said.

    Parameters
    ----------
    said
        What the page says.
    within
        It is a line of text that a date stands in: only the day is taken, for the time may be
        that of a change.

    Returns
    -------
    "2017-10-15T08:30:00-04:00", "2017-10-15T08:30:00" or "2017-10-15"; None where no date is
    in it, or where only a guess could tell the day from the month ("10/11/2017").
    """
    if not said or len(said) > _LONGEST:
        return None
    for form in _FORMS:
        if found := form.search(said):
            return _written(found.groupdict(), day_only=within)
    if found := _NUMERIC.search(said):
        first, second, year = map(int, found.groups())
        if first > 12 or first == second:
            return _written({"year": year, "month": second, "day": first}, day_only=True)
        if second > 12:
            return _written({"year": year, "month": first, "day": second}, day_only=True)
    return None


def _written(
    parts: dict[str, str | int | None] | dict[str, int], *, day_only: bool
) -> str | None:
    month = str(parts["month"])
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        day = date(int(parts["year"] or 0), number, int(parts["day"] or 0))
        # The epoch is what content systems write for "no date".
        if day == _EPOCH or day.year < _FIRST_NEWSPAPER:
            return None
        # In a zone that is not known, a time tells less than the day.
        if day_only or parts.get("hour") is None or parts.get("other_zone"):
            return day.isoformat()
        hour = int(parts["hour"] or 0)
        if half := parts.get("half"):
            hour = hour % 12 + (12 if str(half).lower().startswith("p") else 0)
        minute, second = int(parts["minute"] or 0), int(parts.get("second") or 0)
        zone = _zone(str(parts["zone"])) if parts.get("zone") else None
        moment = datetime(
            day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=zone
        )
    except ValueError:
        return None
    return moment.isoformat()


def _zone(name: str) -> tzinfo:
    if place := _PLACES.get(name.lower()):
        return ZoneInfo(f"America/{place}")
    if name.lower() in _ZONES:
        return timezone(timedelta(hours=_ZONES[name.lower()]))
    digits = name[1:].replace(":", "")
    hours, minutes = (
        (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    )
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if name[0] == "-" else away)
