"""The grammar of moments: calendar words, days, clock times, and what is built of them."""

from __future__ import annotations

from typing import Final

from metoo_research.metrics.vocabulary import MONTHS, PARTS_OF_DAY, WEEKDAYS

_DEGREE: Final = r"(?:early|late|mid|earlier|later)"

# --- the calendar ----------------------------------------------------------------------------

_YEAR_DIGITS: Final = r"(?:1[5-9]|20)\d\d"
_YEAR: Final = rf"{_YEAR_DIGITS}(?![\d%])"
_OF_YEAR: Final = rf"(?:(?:,| of)? {_YEAR})"
_DAY_NUMBER: Final = r"\d{1,2}(?!\d|[,.]\d)(?:st|nd|rd|th)?"
# A second day belongs to the first ("Oct. 15 and 16"), unless it counts something.
_SECOND_DAY: Final = rf"(?: ?[-–] ?{_DAY_NUMBER}| (?:and|to) {_DAY_NUMBER}(?! [a-z]))"
#: A day, a month or a year: "July 4-6", "15 October 2017", "2017-10-16", "October", "2016-17".
DATE: Final = (
    rf"(?:{MONTHS} {_DAY_NUMBER}{_SECOND_DAY}?{_OF_YEAR}?"
    rf"|(?:the )?{_DAY_NUMBER}(?: ?[-–] ?{_DAY_NUMBER})?(?: of)? {MONTHS}{_OF_YEAR}?"
    rf"|{_YEAR}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/(?:20)?\d\d"
    rf"|{MONTHS}{_OF_YEAR}|{MONTHS}(?! \d)(?!\w)"
    rf"|{_YEAR}(?: ?[-–/] ?(?:{_YEAR}|\d\d\b))?)"
)
_FEAST: Final = (
    r"(?:Christmas(?: Day| Eve)?|New Year['’]s (?:Day|Eve)|Thanksgiving|Easter(?: Sunday)?"
    r"|Halloween|(?-i:(?:[A-Z][\w’']+ ){1,3}Day\b))"
)
_SEASON: Final = (
    r"(?:week(?:end)?|month|year|summer|spring|autumn|fall|winter|decade|quarter|night|morning"
    r"|afternoon|evening|day|hour|century|season|semester|term)"
)
#: Told from the day of writing, or of the story: "last night", "earlier this week".
RELATIVE: Final = (
    rf"(?:(?:{_DEGREE} )?(?:last|this|that|next|the (?:same|following|next|previous)) "
    rf"(?:{_SEASON}\b(?: (?:last|this) (?:year|week|month))?|(?-i:{MONTHS})"
    rf"|{WEEKDAYS}\b(?: {PARTS_OF_DAY})?)"
    rf"|{_DEGREE} in the (?:day|week|month|year)\b"
    r"|the (?:long |holiday |opening |same |whole )?(?:weekend|summer|spring|autumn|winter)\b"
    rf"(?: (?:of|before|after) {DATE}|(?: of)? {_YEAR})?)"
)

# --- days and hours --------------------------------------------------------------------------

_ZONE: Final = r"(?: \(?(?:E[SD]?T|P[SD]?T|C[SD]T|M[SD]T|GMT|BST|IST|WAT|UTC|local time)\b\)?)"
_CLOCK: Final = (
    r"(?:(?:\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.m\.|[ap]m\b)|\d{1,2}[:.]\d{2}(?!\d)"
    r"|\d{1,2} o['’]clock|(?:midnight|noon|midday|lunchtime|dawn|sunrise|sunset|breakfast"
    r"|nightfall)\b)"
    rf"{_ZONE}?)"
)
_WEEKDAY: Final = (
    rf"(?:{WEEKDAYS}\b(?:,? {PARTS_OF_DAY})?(?:,? {DATE})?(?:(?<=\d),? {PARTS_OF_DAY})?)"
)
_DAY: Final = rf"(?:{_WEEKDAY}|{_FEAST}|{DATE}(?:,? {PARTS_OF_DAY})?)"
_NOW: Final = (
    rf"(?:(?:early |late )?(?:yesterday|today|tonight)\b(?: {PARTS_OF_DAY})?|last night\b)"
)
# "Monday, Oct. 16 at 5 p.m.", "noon on Saturday"
_DAY_AND_HOUR: Final = (
    rf"(?:{_CLOCK}(?:,? (?:on |of )?(?:{_DAY}|{_NOW}|the (?:same|next|following) day\b))?"
    rf"|(?:{_DAY}|{_NOW})(?:,? (?:at |around |about )?{_CLOCK})?)"
)
# What something has an end of: "the campaign", "its first week".
_NOUNS: Final = (
    r"(?:(?:the|last|this|its|their|that|his|her|a) )?(?:first |second |third |final )?[\w’'-]+"
)
#: A part of a longer time: "the end of the week", "the fourth quarter of 2017".
PART_OF: Final = (
    r"(?:the |its |their )?(?:very )?(?:end|start|beginning|middle|close|turn|height|eve"
    r"|(?:first|second) half|(?:first|second|third|fourth|final|last) "
    r"(?:day|week|month|quarter|hour)) of "
    rf"(?:(?:the )?{_DAY_AND_HOUR}|{RELATIVE}|{_NOUNS}(?: {_YEAR})?)"
)
DECADE: Final = rf"(?:(?:the )?(?:early |mid-?|late )?(?:{_YEAR_DIGITS}|['’]?\d0)s\b)"
#: Any moment, or a stretch that is spoken of as one.
MOMENT: Final = (
    rf"(?:{DECADE}"
    rf"|(?:the )?(?:early |late |mid-?)?(?:{PARTS_OF_DAY} )?(?:hours )?(?:of )?(?:on )?"
    rf"{_DAY_AND_HOUR}"
    rf"|(?:the )?(?:early |late )?{PARTS_OF_DAY} (?:on|of) {_DAY}"
    rf"|{_NOW}|(?:then|now)\b|dawn\b|{PART_OF}|{RELATIVE})"
)
#: The day on which one writes: "yesterday afternoon", "earlier today".
WRITING_DAY: Final = rf"(?:{_NOW}|(?:earlier |later )today\b)"
