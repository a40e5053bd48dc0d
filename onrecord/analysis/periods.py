"""Days, weeks and months: which of them a date falls into, as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

By = Literal["day", "week", "month"]
BYS: tuple[By, ...] = ("day", "week", "month")

_TO_THE_DAY = frozenset({"day", "hour", "minute", "second"})


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A day, week (from Monday) or month: its first day and the day after its last, as ISO dates."""

    since: str
    until: str


def period_of(value: str | None, precision: str | None, by: By) -> Period | None:
    """Give the period that a date falls into; None where it is not known that closely."""
    if value is None:
        return None
    try:
        if precision in _TO_THE_DAY:
            return around(date.fromisoformat(value[:10]), by)
        if precision == "month" and by == "month":
            return around(date.fromisoformat(f"{value[:7]}-01"), by)
        if precision == "week" and by == "week":
            return around(date.fromisoformat(f"{value[:8]}-1"), by)
    except ValueError:
        return None
    return None


def around(day: date, by: By) -> Period | None:
    """Give the period that a day falls into; None at the end of the calendar."""
    try:
        if by == "day":
            first, after = day, day + timedelta(days=1)
        elif by == "week":
            first = day - timedelta(days=day.weekday())
            after = first + timedelta(days=7)
        else:
            first = day.replace(day=1)
            after = (first + timedelta(days=31)).replace(day=1)
    except OverflowError:
        return None
    return Period(first.isoformat(), after.isoformat())


def as_by(value: str, default: By = "month") -> By:
    """Read a period's name; anything else is the default."""
    return next((by for by in BYS if by == value), default)


def fitting(days: list[str]) -> By:
    """Choose the period that shows these days best: no more than some sixty."""
    known = sorted(day for day in days if len(day) == 10)
    if not known:
        return "month"
    try:
        span = (date.fromisoformat(known[-1]) - date.fromisoformat(known[0])).days
    except ValueError:
        return "month"
    return "day" if span <= 62 else "week" if span <= 420 else "month"
