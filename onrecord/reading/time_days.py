"""Days, parts of day and clock times: what each form of them means."""

from __future__ import annotations

from datetime import date

from onrecord.reading import time_values as values
from onrecord.reading.time_meaning import (
    NO_DATE,
    Context,
    Meaning,
    Words,
    date_of,
    from_last,
    from_report,
    step_of,
)
from onrecord.reading.time_tokens import context_words


def iso(w: Words, c: Context) -> Meaning | None:
    """Read "2015-09-09", with or without a time of day."""
    value = str(w["iso"]).replace(" ", "T")
    if values.day_of(value) is None:
        return None
    return Meaning("TIME" if "T" in value else "DATE", value, finer="T" not in value)


def numeric(w: Words, c: Context) -> Meaning | None:
    """Read "11/02/89" or "10.09.2015"."""
    value = values.numeric_day(str(w["numeric"]))
    return date_of(value) if value else None


def full_day(w: Words, c: Context) -> Meaning | None:
    """Read a day with its month and year."""
    value = f"{int(w['year']):04}-{int(w['month']):02}-{int(w['dom']):02}"
    return date_of(value) if values.day_of(value) else None


def month_day(w: Words, c: Context) -> Meaning | None:
    """Read a day and month without a year."""
    if (w["month"], w["dom"]) == (9, 11) and c.after in (
        "attacks",
        "attack",
        "terror",
        "terrorist",
        "hijackers",
    ):
        return date_of("2001-09-11")
    ahead = [t.tags for t in c.tokens[c.end : c.end + 4] if t.word not in (",", "to", "and", "–")]
    if len(ahead) > 1 and "dom" in ahead[0] and "year" in ahead[1]:  # "Dec. 6-9, 2014"
        return full_day({**w, "year": ahead[1]["year"]}, c)
    return from_report(c, lambda day: values.nearest_year(day, int(w["month"]), int(w["dom"]), c.tense))


def month_day_of(w: Words, c: Context) -> Meaning | None:
    """Read "Oct. 31 last year"."""
    step = step_of(w)
    return from_report(c, lambda day: f"{day.year + step:04}-{int(w['month']):02}-{int(w['dom']):02}")


def attack(w: Words, c: Context) -> Meaning | None:
    """Read "9/11" as the day that goes by this name, in reports from after it."""
    day = date(2001, 9, 11)
    return None if c.reference and c.reference < day else date_of(day.isoformat())


def holiday(w: Words, c: Context) -> Meaning | None:
    """Read a feast that has a fixed day, and its eve."""
    month, day = map(int, str(w["holiday"]).split("-"))
    return _yearly(w, c, month, day - ("eve" in w))


def new_year(w: Words, c: Context) -> Meaning | None:
    """Read "New Year's Day" and "New Year's Eve"."""
    if w["over"] != "Y" or w.get("unit", "D") != "D":
        return None
    return _yearly(w, c, 12, 31) if "eve" in w else _yearly(w, c, 1, 1)


def _yearly(w: Words, c: Context, month: int, day: int) -> Meaning:
    if "year" in w:
        return date_of(f"{int(w['year']):04}-{month:02}-{day:02}")
    return from_report(c, lambda r: values.nearest_year(r, month, day, c.tense))


def weekday(w: Words, c: Context) -> Meaning | None:
    """Read a weekday with or without "last", "next", "this", "the previous", "the following"."""
    day = int(w["weekday"])
    if "last" in w or "past" in w:
        return from_report(c, lambda r: values.counted(r, -((r.weekday() - day - 1) % 7 + 1), "D"))
    if "previous" in w:
        return from_last(c, lambda r: values.counted(r, -((r.weekday() - day - 1) % 7 + 1), "D"))
    if "next" in w:
        return from_report(c, lambda r: values.counted(r, (day - r.weekday() - 1) % 7 + 1, "D"))
    if "following" in w:
        return from_last(c, lambda r: values.counted(r, (day - r.weekday() - 1) % 7 + 1, "D"))
    return from_report(c, lambda r: values.weekday(r, day, "future" if "this" in w else c.tense))


def bare_weekday(w: Words, c: Context) -> Meaning | None:
    """Read a weekday's name; the short ones alone are other words too."""
    return None if c.tokens[c.at].word in ("sun", "sat", "mon", "wed") else weekday(w, c)


def weekday_of_week(w: Words, c: Context) -> Meaning | None:
    """Read "Monday last week", "next week on Friday"."""
    step = step_of(w)
    return from_report(c, lambda r: values.counted(r, 7 * step + int(w["weekday"]) - r.weekday(), "D"))


def dayword(w: Words, c: Context) -> Meaning | None:
    """Read "today", "the day before yesterday"."""
    step = int(w["dayword"]) + (-1 if "before" in w else 1 if "after" in w else 0)
    return from_report(c, lambda r: values.counted(r, step, "D"))


def night(w: Words, c: Context) -> Meaning | None:
    """Read "tonight", "overnight"."""
    part = str(w["nowwhole"])
    if c.reference is None:
        return Meaning("TIME", None, NO_DATE)
    return Meaning("TIME", c.reference.isoformat() + part)


def part(w: Words, c: Context) -> Meaning | None:
    """Read "this morning", "last night", "that evening", "the morning"."""
    part = "T" + str(w["part"])
    after = c.after
    if "the" in w and (part == "TNI" or after == "of"):
        return Meaning("TIME", part) if after == "of" else None
    step = -1 if "last" in w or "previous" in w else 1 if "next" in w or "following" in w else 0
    if "last" in w and part != "TNI":
        return None
    make = from_report if {"this", "last"} & w.keys() else from_last
    day = make(c, lambda r: values.counted(r, step, "D"))
    return Meaning("TIME", day.value + part if day.value else None, day.reason)


def bare_part(w: Words, c: Context) -> Meaning | None:
    """Read "afternoon": a time only with a day behind it, or with "mid", "late", "early" before it."""
    return Meaning("TIME", "T" + str(w["part"]))


def clock(w: Words, c: Context) -> Meaning | None:
    """Read a clock time; bare digits need a word before that leads to one."""
    if "clockword" in w:
        value: str | None = "T" + str(w["clockword"])
    elif "military" in w:
        value = values.clock(f"{str(w['military'])[:2]}:{str(w['military'])[2:]}", None)
    else:
        plain = not {"ampm", "zone", "oclock"} & w.keys()
        dated = bool(c.at) and "year" in c.tokens[c.at - 1].tags
        if plain and not dated and c.before not in context_words("before clock"):
            return None
        half = str(w["ampm"]) if "ampm" in w else None
        value = values.clock(str(w.get("clock", w.get("hour", w.get("num")))), half)
    return Meaning("TIME", value) if value else None
