"""Quarters and half years, as reports of earnings tell them: what each form of them means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.reading import time_values as values
from onrecord.reading.time_meaning import (
    Context,
    Meaning,
    Words,
    date_of,
    from_last,
    from_report,
    step_of,
)


def quarter_now(c: Context) -> Meaning:
    """Give the quarter that a report speaks of without a number: the last one told, or the one gone by."""
    if c.quarter:
        return date_of(c.quarter)
    return from_report(c, lambda r: values.counted(r, -1, "Q"))


def _year_before(value: str | None) -> str | None:
    return f"{int(value[:4]) - 1:04}{value[4:]}" if value else None


def quarter(w: Words, c: Context) -> Meaning | None:
    """Read every form of quarter and half year that has a number."""
    number = int(w["ordinal"] if "ordinal" in w else w["named quarter"])
    unit = str(w.get("unit", "Q"))
    if unit not in ("Q", "H") or number > (4 if unit == "Q" else 2):
        return None
    if unit == "H" and "year" not in w and "over" not in w and c.after == "of":
        return None  # the first half of a game, of the century

    def year_of(r: date) -> int:
        if "year" in w:
            return int(w["year"])
        if "over" in w:
            return r.year + step_of(w)
        now = int((values.counted(r, 0, unit) or "1")[-1])
        base = r.year - (number > now and c.tense != "future")
        return base - ("ago" in w or "earlier" in w)

    if "year" in w:
        return date_of(f"{int(w['year']):04}-{unit}{number}")
    return from_report(c, lambda r: f"{year_of(r):04}-{unit}{number}")


def last_half(w: Words, c: Context) -> Meaning | None:
    """Read "the last half of 1989"."""
    number = {"H": 2, "Q": 4}.get(str(w["unit"]))
    return date_of(f"{w['year']}-{w['unit']}{number}") if number else None


def bare_quarter(w: Words, c: Context) -> Meaning | None:
    """Read "the quarter", "the year-ago period", "the 1988 quarter", "last year's quarter"."""
    if w.get("unit", "Q") != "Q":
        return None
    if "unit" not in w and c.quarter is None:
        return None
    now = quarter_now(c)
    if now.value is None:
        return now
    if "year" in w:
        return date_of(f"{w['year']}{now.value[4:]}")
    if "over" in w:
        return replace(date_of(_year_before(now.value) if step_of(w) < 0 else now.value), aside=True)
    return now


def ending_quarter(c: Context) -> Meaning | None:
    """Give the quarter that ends on the day told after it: "the quarter ended Sept. 30"."""
    ahead = [token.tags for token in c.tokens[c.end : c.end + 5] if token.word != ","]
    if len(ahead) < 3 or "ended" not in ahead[0] or "month" not in ahead[1] or "dom" not in ahead[2]:
        return None
    month, day = int(ahead[1]["month"]), int(ahead[2]["dom"])
    if len(ahead) > 3 and "year" in ahead[3]:
        end = values.day_of(f"{int(ahead[3]['year']):04}-{month:02}-{day:02}")
        return date_of(values.counted(end, 0, "Q")) if end else None

    def make(r: date) -> str | None:
        end = values.day_of(values.nearest_year(r, month, day, "past") or "")
        return values.counted(end, 0, "Q") if end else None

    return from_report(c, make)


def year_ago(w: Words, c: Context) -> Meaning | None:
    """Read "a year earlier": the same quarter of the year before where one was just told, else that year."""
    if w.get("unit") != "Y":
        return None
    if c.last and c.quarter and c.last == c.quarter:
        return replace(date_of(_year_before(c.quarter)), aside=True)
    make = from_last if "earlier" in w else from_report
    return replace(make(c, lambda r: values.counted(r, -1, "Y"), "Y"), aside=True)
