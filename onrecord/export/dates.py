"""Dates and TIMEX3 values in plain words: "2015-09-10T14:50" is "10 September 2015, 14:50"."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:?\d{2})?)?$")
_PART = re.compile(r"(\d{4}(?:-\d{2}){2})T(MO|MI|AF|EV|NI|DT)$")
_WEEK = re.compile(r"(\d{4})-W(\d{1,2})(-WE)?$")
_SPELL = re.compile(r"(\d{4})-(Q|H)(\d)$")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)$")
_DECADE = re.compile(r"(\d{3})X?$")
_LENGTH = re.compile(r"P(T?)(\d+(?:\.\d+)?|X)([YMWDHS])$")
_PARTS = {"MO": "morning", "MI": "noon", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_REFS = {"PRESENT_REF": "now", "PAST_REF": "in the past", "FUTURE_REF": "in the future"}
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}


def spoken(value: str) -> str:
    """Give a date's or a TIMEX3 value in words; one that is neither comes back as it is."""
    if value in _REFS:
        return _REFS[value]
    if match := _POINT.match(value):
        return _point(match) or value
    if match := _PART.match(value):
        return f"{spoken(match[1])}, {_PARTS[match[2]]}"
    if match := _WEEK.match(value):
        return _week(int(match[1]), int(match[2]), weekend=bool(match[3])) or value
    if match := _SPELL.match(value):
        return f"{'quarter' if match[2] == 'Q' else 'half'} {match[3]} of {match[1]}"
    if match := _SEASON.match(value):
        return f"{_SEASONS[match[2]]} {match[1]}"
    if match := _DECADE.match(value):
        return f"the {match[1]}0s"
    if match := _LENGTH.match(value):
        unit = _UNITS.get(match[1] + match[3], "")
        if not unit:
            return value
        return f"some {unit}s" if match[2] == "X" else f"{match[2]} {unit}{'' if match[2] == '1' else 's'}"
    return value


def _week(year: int, week: int, *, weekend: bool) -> str | None:
    try:
        day = date.fromisocalendar(year, week, 6 if weekend else 1)
    except ValueError:
        return None
    return f"the {'weekend' if weekend else 'week'} of {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _point(match: re.Match[str]) -> str | None:
    year, month, day, clock, zone = match.groups()
    if month and not 1 <= int(month) <= 12:
        return None
    words = year if not month else f"{_MONTHS[int(month) - 1]} {year}"
    if day:
        words = f"{int(day)} {words}"
    if clock:
        words += f", {clock.removesuffix(':00') if clock.count(':') == 2 else clock}"
    if zone:
        words += " UTC" if zone == "Z" else f" UTC{zone}"
    return words
