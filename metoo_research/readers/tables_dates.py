"""Dates as tables write them, to ISO 8601; day and month are never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

import regex

Order = str  # "day first", "month first" or "" where the column does not tell

_MONTHS: Final = (
    "jan january januar janvier enero ene janeiro gennaio gen januari januar stycznia января",
    "feb february februar fevrier fev febrero fevereiro febbraio februari lutego февраля",
    "mar march marz mars mrz marzo marco maart marca марта",
    "apr april avril avr abril abr aprile kwietnia апреля",
    "may mai mayo maio maggio mag mei maj maja мая",
    "jun june juni juin junio junho giugno giu czerwca июня",
    "jul july juli juillet juil julio julho luglio lug lipca июля",
    "aug august aout agosto ago augusti augustus sierpnia августа",
    "sep sept september septembre septiembre setembro set settembre wrzesnia сентября",
    "oct october okt oktober octobre octubre outubro out ottobre ott pazdziernika октября",
    "nov november novembre noviembre novembro listopada ноября",
    "dec december dez dezember decembre diciembre dic dezembro dicembre grudnia декабря",
)  # fmt: skip
_MONTH: Final = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}
_CLOCK: Final = (
    r"(?:[\sT,]+(?:at\s+|um\s+|à\s+)?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"(?:\s*Uhr)?\s*(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d{2}:?\d{2}\b|[A-Z]{3,4}\b)?)?"
)
_WEEKDAY: Final = r"(?:\p{L}{2,12}\.?,?\s+)?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
_NAME: Final = r"(?P<month>\p{L}{3,12})\.?"
_WORDED: Final = tuple(
    regex.compile(rf"{_WEEKDAY}{form}{_CLOCK}\W*(?:\(.{{1,40}}\))?", regex.IGNORECASE)
    for form in (
        rf"{_DAY}[\s-]*(?:of\s+|de\s+|d[’'])?{_NAME},?[\s-]*(?:de\s+|del\s+)?(?P<year>\d{{4}})",
        rf"{_NAME}\s*{_DAY},?\s+(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[\s,-]+{_NAME}[\s-]+{_DAY}",
    )
)
# "Sun Oct 15 16:21:00 +0000 2017", as the C library and Twitter write it.
_YEAR_LAST: Final = re.compile(
    r"(?:[A-Za-z]{3} )?(?P<month>[A-Za-z]{3}) +(?P<day>\d{1,2}) "
    r"(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2}) "
    r"(?:(?P<zone>[+-]\d{4}|[A-Z]{3,4}) )?(?P<year>\d{4})(?P<half>)"
)
_ISO: Final = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})" + _CLOCK,
    re.IGNORECASE | re.ASCII,
)
_PACKED: Final = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)"
    r"(?:[T ]?(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?(?P<half>)"
)
_EAST_ASIAN: Final = re.compile(
    r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]"
    + _CLOCK
)
_NUMERIC: Final = re.compile(
    r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})" + _CLOCK,
    re.IGNORECASE | re.ASCII,
)
_NUMBER: Final = re.compile(r"(?P<whole>\d{5,16})(?:\.\d+)?")
# Zones of RFC 2822 and those that one word can mean alone; what BST or IST is, it does not say.
_ZONES: Final = {
    "Z": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "WET": 0, "WEST": 1, "EET": 2,
    "EEST": 3,
}  # fmt: skip
_EXCEL_DAYS: Final = range(20_000, 80_000)  # 1954 to 2119
# Seconds, milliseconds and microseconds since 1970, from 1973 on.
_EPOCH: Final = (
    (1, range(10**8, 10**10)),
    (1_000, range(10**11, 10**13)),
    (1_000_000, range(10**14, 10**16)),
)
_YEARS: Final = range(1600, 2200)
_CENTURY_TURNS: Final = 69  # as POSIX has it: 68 is 2068, 69 is 1969
_MOST_CHARACTERS: Final = 120


@dataclass(slots=True)
class DateOrder:
    """What the values of one column show about the order of day and month."""

    day_first: int = 0
    month_first: int = 0

    def see(self, value: object) -> None:
        """Count one value."""
        found = _numeric(value)
        if found is None:
            return
        if int(found["one"]) > 12 >= int(found["two"]):
            self.day_first += 1
        elif int(found["two"]) > 12 >= int(found["one"]):
            self.month_first += 1

    @property
    def order(self) -> Order:
        """The order of the column; empty where no value tells, or they contradict."""
        if bool(self.day_first) == bool(self.month_first):
            return ""
        return "day first" if self.day_first else "month first"


def to_iso(value: object, order: Order = "") -> tuple[str | None, str]:
    """Give a cell's date in ISO 8601, as exact as it is written.

    Parameters
    ----------
    value
        The cell: text, number, date or time. Whole numbers are seconds, milliseconds or
        microseconds since 1970, or days as spreadsheets count them, by their size.
    order
        The order of day and month in the column.

    Returns
    -------
    The date, with time and offset where the cell has them, and what to note about it. None
    where there is none, or where ``03/04/2017`` can mean two days.
    """
    if value is None or isinstance(value, bool) or value != value:  # not a number
        return None, ""
    if isinstance(value, datetime):
        return _of_moment(value), ""
    if isinstance(value, date):
        return value.isoformat(), ""
    said = str(value).strip()
    if not said or len(said) > _MOST_CHARACTERS:
        return None, "" if not said else _unread(said[:40])
    try:
        return _read(said, order)
    except (ValueError, OverflowError):  # the 31st of February
        return None, _unread(said)


def _unread(said: str) -> str:
    return f"date not read: {said!r}"


def _read(said: str, order: Order) -> tuple[str | None, str]:
    for form in (_ISO, _PACKED, _EAST_ASIAN, _YEAR_LAST):
        if found := form.fullmatch(said):
            return _iso(found.groupdict().get, _number_of_month(found["month"]))
    if found := _NUMBER.fullmatch(said):
        return _of_number(said, int(found["whole"]))
    for worded in _WORDED:
        match = worded.fullmatch(said)
        if match and (month := _number_of_month(match["month"])):
            return _iso(match.groupdict().get, month)
    if numeric := _numeric(said):
        return _of_numeric(numeric, said, order)
    moment = datetime.fromisoformat(said)  # what else ISO 8601 allows: weeks, days of a year
    return _of_moment(moment) if len(said) > 10 else moment.date().isoformat(), ""


def _number_of_month(name: str) -> int:
    if name.isdecimal():
        return int(name)
    plain = regex.sub(r"\p{M}", "", _decomposed(name.casefold()))
    return _MONTH.get(plain, 0)


def _decomposed(text: str) -> str:
    from unicodedata import normalize

    # й is one letter, not и with a sign
    return "".join(normalize("NFD", char) if char < "Ѐ" else char for char in text)


def _numeric(value: object) -> re.Match[str] | None:
    return _NUMERIC.fullmatch(value.strip()) if isinstance(value, str) else None


def _of_numeric(found: re.Match[str], said: str, order: Order) -> tuple[str | None, str]:
    one, two = int(found["one"]), int(found["two"])
    year = int(found["year"])
    if len(found["year"]) == 2:
        if found["mark"] == "-":  # 17-10-15 is as often a year first
            return None, f"date left empty, year, month and day unclear: {said!r}"
        year += 2000 if year < _CENTURY_TURNS else 1900
    if one > 12 or one == two:
        day, month = one, two
    elif two > 12:
        day, month = two, one
    elif order == "day first" or (not order and found["mark"] == "."):
        day, month = one, two  # with full stops, the day stands first in all countries
    elif order == "month first":
        day, month = two, one
    else:
        return None, f"date left empty, day and month unclear: {said!r}"
    parts = found.groupdict() | {"year": str(year), "day": str(day)}
    return _iso(parts.get, month)


def _iso(part: Callable[[str], str | None], month: int) -> tuple[str | None, str]:
    day = date(int(part("year") or 0), month, int(part("day") or 0))
    if day.year not in _YEARS:
        raise ValueError
    if part("hour") is None:
        return day.isoformat(), ""
    hour = int(part("hour") or 0)
    if half := (part("half") or "").lower():
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    clock = time(hour, int(part("minute") or 0), int(part("second") or 0))
    zone = (part("zone") or "").upper()
    if not zone:
        return datetime.combine(day, clock).isoformat(), ""
    if (offset := _offset(zone)) is None:
        return day.isoformat(), f"time of day left out, its zone is not known: {zone}"
    return datetime.combine(day, clock, timezone(offset)).isoformat(), ""


def _offset(zone: str) -> timedelta | None:
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    if found := re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})", zone):
        size = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return -size if found[1] == "-" else size
    return None


def _of_number(said: str, whole: int) -> tuple[str | None, str]:
    if whole in _EXCEL_DAYS:
        moment = datetime(1899, 12, 30) + timedelta(days=float(said))
        return _of_moment(moment.replace(microsecond=0)), "date from a spreadsheet's day number"
    for parts, sizes in _EPOCH:
        if whole in sizes:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=whole / parts)
            return moment.replace(microsecond=0).isoformat(), ""
    raise ValueError


def _of_moment(moment: datetime) -> str:
    """A time; midnight without a zone is how spreadsheets and databases write a bare day."""
    if moment.tzinfo is None and moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat()
