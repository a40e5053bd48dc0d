"""Dates as other formats want them: whole days, with the first and the last where only a month is known."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.record import Date, Document

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)$")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])$")
_WEEK = re.compile(r"(\d{4})-W(\d\d)$")
_YEAR = re.compile(r"(\d{4})$")


@dataclass(frozen=True, slots=True)
class Days:
    """From which to which day, both inclusive, and what it is known by: "event", "published" or "unknown"."""

    first: str | None
    last: str | None
    by: str


def days(value: str | None) -> tuple[str, str] | None:
    """Give the first and last day of an ISO date of any precision; None where it names none."""
    found = value or ""
    try:
        if match := _DAY.match(found):
            day = date(int(match[1]), int(match[2]), int(match[3])).isoformat()
            return day, day
        if match := _MONTH.match(found):
            return _months(int(match[1]), int(match[2]), int(match[2]))
        if match := _QUARTER.match(found):
            return _months(int(match[1]), int(match[2]) * 3 - 2, int(match[2]) * 3)
        if match := _WEEK.match(found):
            first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return first.isoformat(), (first + timedelta(days=6)).isoformat()
        if match := _YEAR.match(found):
            return _months(int(match[1]), 1, 12)
    except (ValueError, OverflowError):
        return None
    return None


def event_days(when: Date, document: Document) -> Days:
    """Give an event's days; the publication's where the page does not date it, and ``by`` says so."""
    if found := days(when.value):
        return Days(*found, "event")
    if found := days(document.published.value):
        return Days(*found, "published")
    return Days(None, None, "unknown")


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    end = calendar.monthrange(year, last)[1]
    return date(year, first, 1).isoformat(), date(year, last, end).isoformat()
