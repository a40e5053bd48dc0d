"""Dates of publication as pages write them, read into a Date; what is ambiguous or incomplete is no date."""

from __future__ import annotations

import re
from datetime import date

from onrecord.record import Date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
             ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"),
            ("november", "nov"), ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WRITTEN = re.compile(
    rf"(?<!\w)(?:{_DAY}\s{{1,2}}(?:of\s)?{_MONTH},?\s{{1,2}}{_YEAR}|"
    + rf"{_MONTH}\s{{1,2}}{_DAY},?\s{{1,2}}{_YEAR}".replace("?P<month>", "?P<month2>")
    .replace("?P<day>", "?P<day2>")
    .replace("?P<year>", "?P<year2>")
    + r")(?!\w)",
    re.I,
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)-?(?P<month>\d\d)-?(?P<day>\d\d)"
    r"(?:(?:T|\s)(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?!\d)\s?(?P<half>[ap])?\.?(?:m\b)?", re.I
)
_URL_DATE = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:/|-|_)?(?P<month>0[1-9]|1[0-2])(?:/|-|_)?(?P<day>[0-3]\d)(?![0-9])"
)


def iso(words: str, method: str) -> Date | None:
    """Read an ISO 8601 date and time, the way metadata states it."""
    if not (found := _ISO.search(words[:80])):
        return None
    day = _day(found["year"], found["month"], found["day"])
    if day is None:
        return None
    if found["hour"] is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        return Date(day, "day", method)
    zone = (found["zone"] or "").replace("z", "Z")
    if zone not in ("", "Z") and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    if found["second"] is None or int(found["second"]) > 59:
        return Date(f"{day}T{found['hour']}:{found['minute']}{zone}", "minute", method)
    return Date(f"{day}T{found['hour']}:{found['minute']}:{found['second']}{zone}", "second", method)


def written(words: str, method: str) -> Date | None:
    """Read a date in words ("10 Sep, 2015 14:50", "November 18, 2019"), or an ISO date, from a short line."""
    seen = words[:200]
    found = _WRITTEN.search(seen)
    if found is None:
        return iso(seen, method)
    month = _MONTHS[(found["month"] or found["month2"]).lower().rstrip(".")]
    day = _day(found["year"] or found["year2"], str(month), found["day"] or found["day2"])
    if day is None:
        return None
    clock = _CLOCK.search(seen, found.end()) or _CLOCK.search(seen[: found.start()])
    if clock is None or int(clock["minute"]) > 59:
        return Date(day, "day", method)
    hour = int(clock["hour"])
    if clock["half"]:
        if not 1 <= hour <= 12:
            return Date(day, "day", method)
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    if hour > 23:
        return Date(day, "day", method)
    return Date(f"{day}T{hour:02d}:{clock['minute']}", "minute", method)


def of_url(url: str) -> Date | None:
    """Read the day that an address holds ("/2019/11/18/"), as many outlets build theirs."""
    if not (found := _URL_DATE.search(url[:2000])):
        return None
    day = _day(found["year"], found["month"], found["day"])
    return Date(day, "day", "url") if day else None


def without_date(words: str) -> str:
    """Give what a line says beside its date and time of day."""
    seen = _WRITTEN.sub(" ", words[:400])
    return _CLOCK.sub(" ", _ISO.sub(" ", seen)).strip()


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
