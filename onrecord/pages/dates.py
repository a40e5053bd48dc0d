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
    r"\s?(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?(?!\d)",
    re.I,
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>[0-5]\d))?(?!\d)"
    r"\s?(?:(?P<half>[ap])\.?m?\b\.?)?\s?(?P<zone>(?:GMT|UTC|Z)?[+-]\d\d:?\d\d(?!\d)|(?:GMT|UTC|Z)\b)?",
    re.I,
)
_FIGURES = re.compile(
    r"(?<![\w/.-])(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\w/-])"
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
    zone = _zone(found["zone"])
    if found["second"] is None or int(found["second"]) > 59:
        return Date(f"{day}T{found['hour']}:{found['minute']}{zone}", "minute", method)
    return Date(f"{day}T{found['hour']}:{found['minute']}:{found['second']}{zone}", "second", method)


def written(words: str, method: str, day_first: bool | None = None) -> Date | None:
    """Read a date in words ("10 Sep, 2015 14:50", "November 18, 2019"), in figures or in ISO, from a line.

    ``day_first`` is how the page writes "3/10/2031", by :func:`order`; where it is not known and the figures
    do not tell, the date's value is null and its method "ambiguous".
    """
    seen = words[:200]
    found = _WRITTEN.search(seen)
    if found is not None:
        month = _MONTHS[(found["month"] or found["month2"]).lower().rstrip(".")]
        day = _day(found["year"] or found["year2"], str(month), found["day"] or found["day2"])
    elif (found := _FIGURES.search(seen)) is not None:
        first = _day_first(found)
        if first is None and (first := day_first) is None:
            return Date(None, None, "ambiguous")
        day = _day(found["year"], *((found["second"], found["first"]) if first else found.group(1, 3)))
    else:
        return iso(seen, method)
    return None if day is None else _with_clock(day, seen, found, method)


def order(words: str, language: str | None) -> bool | None:
    """Tell whether a page puts the day before the month in figures: by its dates that leave no doubt, else
    by its language, of which only English is written both ways; None where neither tells.
    """
    told = {first for found in _FIGURES.finditer(words) if (first := _day_first(found)) is not None}
    if len(told) == 1:
        return told.pop()
    tag = (language or "").lower().replace("_", "-")
    if told or not tag or tag == "en":
        return None
    return tag not in ("en-us", "en-ph")


def _day_first(figures: re.Match[str]) -> bool | None:
    """Whether the figures themselves say that the day comes first; dots are put nowhere else."""
    first, second = int(figures["first"]), int(figures["second"])
    if figures["mark"] == "." or first > 12 or first == second:
        return True
    return False if second > 12 else None


def _with_clock(day: str, seen: str, found: re.Match[str], method: str) -> Date:
    """Add the time of day that stands after the date, or before it."""
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
    second = f":{clock['second']}" if clock["second"] else ""
    value = f"{day}T{hour:02d}:{clock['minute']}{second}{_zone(clock['zone'])}"
    return Date(value, "second" if second else "minute", method)


def _zone(words: str | None) -> str:
    """Give a zone as ISO 8601 writes it: "Z" or "+02:00"; nothing where none is stated."""
    zone = (words or "").upper()
    offset = zone.removeprefix("GMT").removeprefix("UTC").removeprefix("Z").replace(":", "")
    if offset:
        return f"{offset[:3]}:{offset[3:] or '00'}"
    return "Z" if zone else ""


def of_url(url: str) -> Date | None:
    """Read the day that an address holds ("/2019/11/18/"), as many outlets build theirs."""
    if not (found := _URL_DATE.search(url[:2000])):
        return None
    day = _day(found["year"], found["month"], found["day"])
    return Date(day, "day", "url") if day else None


def without_date(words: str) -> str:
    """Give what a line says beside its date and time of day."""
    seen = _FIGURES.sub(" ", _WRITTEN.sub(" ", words[:400]))
    return _CLOCK.sub(" ", _ISO.sub(" ", seen)).strip()


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
