"""Weeks, months, seasons, years and longer: what each form of them means."""

from __future__ import annotations

from datetime import date

from onrecord.reading import time_quarters as quarters
from onrecord.reading import time_values as values
from onrecord.reading.time_meaning import (
    NO_ANCHOR,
    Context,
    Meaning,
    Words,
    date_of,
    from_last,
    from_report,
    step_of,
)
from onrecord.reading.time_tokens import context_words


def month_year(w: Words, c: Context) -> Meaning | None:
    """Read "August 1988"."""
    return date_of(f"{int(w['year']):04}-{int(w['month']):02}")


def month(w: Words, c: Context) -> Meaning | None:
    """Read a month with what tells its year: "last May", "June next year"; or without."""
    month = int(w["month"])
    if "unit" in w:
        step = step_of(w)
        return from_report(c, lambda r: f"{r.year + step:04}-{month:02}")
    if "last" in w or "past" in w or "previous" in w:
        return from_report(c, lambda r: f"{r.year - (month >= r.month):04}-{month:02}")
    if "next" in w or "following" in w:
        return from_report(c, lambda r: f"{r.year + (month <= r.month):04}-{month:02}")
    if "this" in w:
        return from_report(c, lambda r: f"{r.year:04}-{month:02}")
    return from_report(c, lambda r: values.nearest_month(r, month, c.tense))


def bare_month(w: Words, c: Context) -> Meaning | None:
    """Read a month's name alone; one that is another word too needs a word of time before it."""
    ambiguous = c.tokens[c.at].word in context_words("ambiguous month")
    return None if ambiguous and c.before not in context_words("before month") else month(w, c)


def season(w: Words, c: Context) -> Meaning | None:
    """Read a season with what tells its year, or without."""
    season = str(w["season"])
    if "year" in w:
        return Meaning("DATE", f"{w['year']}-{season}")
    month = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}[season]

    def make(r: date) -> str:
        if "unit" in w:
            return f"{r.year + step_of(w):04}-{season}"
        if "last" in w or "past" in w:
            return f"{r.year - (month >= r.month):04}-{season}"
        if "next" in w:
            return f"{r.year + (month <= r.month):04}-{season}"
        if "this" in w:
            return f"{r.year:04}-{season}"
        return values.nearest_month(r, month, c.tense)[:4] + f"-{season}"

    return from_report(c, make)


def bare_season(w: Words, c: Context) -> Meaning | None:
    """Read "the fall", "summer"; fall and spring alone are other words."""
    at = c.at + ("the" in w)
    before = c.tokens[at - 1].word if at else ""
    if c.tokens[at].word in ("fall", "spring") and before not in (
        "the",
        "in",
        "early",
        "late",
        "mid",
        "since",
        "by",
    ):
        return None
    return season(w, c)


def bare_year(w: Words, c: Context) -> Meaning | None:
    """Read four digits as a year unless the words around make them a count or a sum."""
    before = c.before
    after = c.tokens[c.at + 1].word if c.at + 1 < len(c.tokens) else ""
    if before in ("$", "£", "€", "¥", "#", "+") or after in context_words("counted"):
        return None
    if (
        "short" not in c.tokens[c.at].tags
        and not 1900 <= int(w["year"]) <= 2050
        and before not in context_words("before year")
    ):
        return None
    return year(w, c)


def year(w: Words, c: Context) -> Meaning | None:
    """Read a year."""
    return date_of(f"{int(w['year']):04}")


def decade(w: Words, c: Context) -> Meaning | None:
    """Read "the 1990s": the first three digits."""
    return Meaning("DATE", str(w["decade"]))


def century(w: Words, c: Context) -> Meaning | None:
    """Read "the 20th century": the first two digits of its years."""
    century = int(w["ordinal"]) - 1
    return Meaning("DATE", f"{century:02}") if w["unit"] == "C" and 0 <= century < 30 else None


def relative(w: Words, c: Context) -> Meaning | None:
    """Read "last month", "this year", "the following week"."""
    unit = str(w["unit"])
    if unit.startswith("T") or (unit == "H" and "this" not in w):
        return None
    if "previous" in w or "following" in w:
        return from_last(c, lambda r: values.counted(r, step_of(w), unit), unit)
    if "that" in w:
        if unit == "Q" and c.quarter:
            return date_of(c.quarter)
        if c.last is None:
            return date_of(None, NO_ANCHOR)
        return from_last(c, lambda r: values.counted(r, 0, unit), unit)
    if unit == "D" and not ("this" in w or "next" in w):
        return None
    if "next" in w and unit == "D":
        return from_last(c, lambda r: values.counted(r, 1, "D"))
    if "latest" in w and unit == "Q":
        return quarters.quarter_now(c)
    if unit == "WE":
        return weekend(w, c)
    step = -1 if "latest" in w and "fiscal" in w else step_of(w)
    return from_report(c, lambda r: values.counted(r, step, unit))


def weekend(w: Words, c: Context) -> Meaning | None:
    """Read a weekend: the one before, on weekdays, unless something is to come."""

    def make(r: date) -> str | None:
        step = step_of(w)
        if not step and "this" not in w and c.tense != "future" and r.weekday() < 5:
            step = -1
        if "last" in w and r.weekday() == 6:
            step = -1
        return values.counted(r, step, "WE")

    return from_report(c, make)


def bare_unit(w: Words, c: Context) -> Meaning | None:
    """Read "the weekend", "the quarter ended Sept. 30", "the week", "the rest of the year"."""
    unit = str(w["unit"])
    if unit == "WE":
        return weekend(w, c)
    if unit == "Q":
        return quarters.ending_quarter(c) or quarters.bare_quarter(w, c)
    if unit not in ("W", "M", "Y") or c.after in context_words("narrows"):
        return None
    of_it = [token.word for token in c.tokens[max(0, c.at - 2) : c.at]]
    shared = of_it[1:] == ["of"] and of_it[0] in context_words("share")
    if unit == "W" or shared:
        return from_report(c, lambda r: values.counted(r, -(unit == "W" and r.weekday() == 0), unit))
    return None


def year_end(w: Words, c: Context) -> Meaning | None:
    """Read "year-end": its last day."""
    if w.get("unit") != "Y":
        return None
    step = -1 if c.at and c.tokens[c.at - 1].word == "since" else 0
    return from_report(c, lambda r: f"{r.year + step:04}-12-31")


def ago(w: Words, c: Context) -> Meaning | None:
    """Read "four years ago", "several weeks ago", "two days later", "ten years from now"."""
    unit = str(w.get("units", w.get("unit")))
    after = c.after or "."
    if unit == "H" or (c.tokens[c.end - 1].word in ("before", "after") and after[0].isalnum()):
        return None
    later = "later" in w or "hence" in w or "present" in w
    by_report = "ago" in w or "present" in w or "hence" in w
    if "vague" in w:
        return date_of(("FUTURE_REF" if later else "PAST_REF") if by_report else None, NO_ANCHOR)
    try:
        count = float(w.get("num", 1))
    except ValueError:
        return None
    if unit.startswith("T"):
        told = {"ago": "PAST_REF", "present": "FUTURE_REF", "hence": "FUTURE_REF"}
        value = next((value for word, value in told.items() if word in w), None)
        return Meaning("TIME", value, None if value else NO_ANCHOR)
    if count != int(count) or count > 9999:
        count, unit = {"Y": (round(count * 12), "M")}.get(unit, (int(min(count, 9999)), unit))
    step = int(count) if later else -int(count)
    if not by_report and c.last is None:
        return date_of(None, NO_ANCHOR)
    make = from_report if by_report else from_last
    return make(c, lambda r: values.counted(r, step, unit), unit)
