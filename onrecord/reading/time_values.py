"""Calendar arithmetic in TIMEX3 values: days, weeks, months, quarters, years, counted from a day or a value.

Units are the letters of the lexicon: D W M Y, Q (quarter), H (half), E (decade), C (century), F (fortnight),
WE (weekend), TH TM TS (hours, minutes, seconds).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})(?!\d)")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"(\d{4})(?!\d)")


def day_of(value: str) -> date | None:
    """Give the day that a value names or starts with; None where it is no finer than a month."""
    match = _DAY.match(value)
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def first_day(value: str) -> date | None:
    """Give the first day of a day, week, month, quarter or year; None for anything else."""
    try:
        if found := _DAY.match(value):
            return date(*map(int, found.groups()))
        if found := _WEEK.match(value):
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        if found := _QUARTER.match(value):
            return date(int(found[1]), int(found[2]) * 3 - 2, 1)
        if found := _MONTH.match(value):
            return date(int(found[1]), int(found[2]), 1)
        if found := _YEAR.match(value):
            return date(int(found[1]), 1, 1)
    except ValueError:
        pass
    return None


def unit_of(value: str) -> str | None:
    """Give the unit that a value is told in: D, W, Q, M or Y."""
    for unit, form in (("D", _DAY), ("W", _WEEK), ("Q", _QUARTER), ("M", _MONTH), ("Y", _YEAR)):
        if form.match(value):
            return unit
    return None


def counted(start: date, count: int, unit: str) -> str | None:
    """Give the unit that lies ``count`` units from the one with ``start``; None where no calendar has it.

    >>> counted(date(2015, 9, 10), -1, "W")
    '2015-W36'
    """
    try:
        if unit == "D":
            return (start + timedelta(days=count)).isoformat()
        if unit in ("W", "F", "WE"):
            weeks = count * (2 if unit == "F" else 1)
            year, week, _ = (start + timedelta(weeks=weeks)).isocalendar()
            return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
        if unit in ("M", "Q", "H"):
            length = {"M": 1, "Q": 3, "H": 6}[unit]
            index = (start.year * 12 + start.month - 1) // length + count
            year, part = divmod(index, 12 // length)
            if not 1 <= year <= 9999:
                return None
            return f"{year:04}-{part + 1:02}" if unit == "M" else f"{year:04}-{unit}{part + 1}"
        span, width = {"Y": (1, 4), "E": (10, 3), "C": (100, 2)}[unit]
        year = start.year // span + count
        return f"{year:0{width}}" if 0 < year * span <= 9999 else None
    except (KeyError, OverflowError, ValueError):
        return None


def nearest_year(reference: date, month: int, day: int, tense: str | None) -> str | None:
    """Give the day of a month and day without year, as a report of ``reference`` means it.

    Without a tense it is the nearest; the past may reach some weeks ahead and the future some weeks back, for
    the words around are no sure guide.
    """
    earliest = {"past": -310, "future": -25, None: -190}[tense]
    for year in range(reference.year - 1, reference.year + 3):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found - reference).days >= earliest:
            return found.isoformat()
    return None


def nearest_month(reference: date, month: int, tense: str | None) -> str:
    """Give the month of a bare name: the latest, this month included; in the future the next."""
    year = reference.year
    if tense == "future":
        year += month < reference.month
    elif month > reference.month:
        year -= 0 if tense is None and month - reference.month <= 2 else 1
    return f"{year:04}-{month:02}"


def weekday(reference: date, day: int, tense: str | None) -> str | None:
    """Give the day that a weekday's bare name means: the latest, the report's own included; or the next."""
    try:
        if tense == "future":
            return (reference + timedelta(days=(day - reference.weekday()) % 7)).isoformat()
        return (reference - timedelta(days=(reference.weekday() - day) % 7)).isoformat()
    except OverflowError:
        return None


def duration(count: str, unit: str) -> str | None:
    """Give the TIMEX3 duration of so many units: P4Y, PT12H, PXM."""
    if unit.startswith("T"):
        return f"PT{count}{unit[1]}"
    try:
        number = None if count == "X" else float(count)
    except ValueError:
        return None
    times = {"F": (2, "W"), "H": (6, "M")}.get(unit)
    if times:
        return f"P{'X' if number is None else _plain(number * times[0])}{times[1]}"
    letter = {"E": "DE", "C": "CE"}.get(unit, unit)
    return f"P{'X' if number is None else _plain(number)}{letter}"


def clock(word: str, half: str | None) -> str | None:
    """Give "T17:00" for "5" in the afternoon; ``half`` is a, p or None; None where there is no such hour."""
    parts = re.split("[:.]", word)
    try:
        hour, rest = int(parts[0]), [int(p) for p in parts[1:]]
    except ValueError:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or any(p > 59 for p in rest):
        return None
    return f"T{hour:02}:{rest[0] if rest else 0:02}" + (f":{rest[1]:02}" if len(rest) > 1 else "")


def numeric_day(word: str) -> str | None:
    """Give the day of "11/02/89" (month first where that can be) or "10.09.2015" (day first)."""
    a, b, c = map(int, re.split("[/.]", word))
    year = c if c > 99 else (1900 + c if c > 30 else 2000 + c)
    month, day = (b, a) if "." in word or a > 12 else (a, b)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
