"""Durations, repetitions, and past, present and future without a date: what each form of them means."""

from __future__ import annotations

from onrecord.reading import time_values as values
from onrecord.reading.time_meaning import (
    NOT_A_DATE,
    Context,
    Make,
    Meaning,
    Words,
)
from onrecord.reading.time_tokens import context_words


def lasting(w: Words, c: Context) -> Meaning | None:
    """Read "three days", "half a century", "several months", "a year and a half"."""
    unit = str(w.get("units", w.get("unit")))
    if c.after == "old":
        return None  # an age
    count = str(w["num"]) if "num" in w else "X"
    if "one" in w and "vague" not in w:
        count = "1"
    if "half" in w and "num" not in w:
        count = {"E": "5", "C": "50"}.get(unit, "0.5")
        unit = "Y" if unit in ("E", "C") else unit
    elif "plus half" in w and count != "X":
        count = f"{float(count) + 0.5:g}"
    if unit == "WE" or (unit == "Q" and "vague" in w) or (unit == "H" and "units" not in w):
        return None
    value = values.duration(count, unit)
    return Meaning("DURATION", value, None if value else NOT_A_DATE)


def one_lasting(w: Words, c: Context) -> Meaning | None:
    """Read "a year" where it is a stretch: after "for", "within", "in", "about"; not "$5 a year"."""
    before = c.before
    if before not in context_words("stretch"):
        return None
    return lasting({**w, "one": 1}, c)


def the_past(w: Words, c: Context) -> Meaning | None:
    """Read "the past year", "the next decade": a stretch of one unit."""
    unit = str(w["unit"])
    return None if unit in ("WE", "H") else Meaning("DURATION", values.duration("1", unit))


def bare_units(w: Words, c: Context) -> Meaning | None:
    """Read "for years", "in recent weeks", "the coming days"."""
    before = {t.word for t in c.tokens[max(0, c.at - 2) : c.at]}
    if "next" in w:
        return Meaning("DATE", "FUTURE_REF")
    if "past" in w or "recent" in w:
        return Meaning("DATE", "PAST_REF")
    return (
        lasting({**w, "vague": 1}, c) if before & {"for", "in", "over", "after", "within", "took"} else None
    )


def repeated(w: Words, c: Context) -> Meaning | None:
    """Read "every Monday", "each of two years", "Mondays"."""
    if "weekday" in w or "weekdays" in w:
        return Meaning("SET", f"XXXX-WXX-{int(w.get('weekday', w.get('weekdays', 0))) + 1}")
    if "part" in w:
        return Meaning("SET", f"XXXX-XX-XXT{w['part']}")
    unit = str(w.get("units", w.get("unit")))
    count = str(w.get("num", w.get("ordinal", 2 if "other" in w else 1)))
    value = values.duration(count, unit)
    return Meaning("SET", value) if value and unit != "WE" else None


def repeating(w: Words, c: Context) -> Meaning | None:
    """Read "daily", "annually"."""
    return Meaning("SET", str(w["adverb"]))


def ref(value: str) -> Make:
    """Make the meaning of a word that always points the same way."""
    return lambda w, c: Meaning("DATE", value)


def soon(w: Words, c: Context) -> Meaning | None:
    """Read "soon", "shortly", "formerly"; not "as soon as", "shortly after"."""
    before = c.before
    after = c.after
    if before == "as" or after in ("before", "after", "as") or (c.tokens[c.at].word == "previously" and c.at):
        return None
    return Meaning("DATE", "FUTURE_REF" if "futureword" in w else "PAST_REF")


def future(w: Words, c: Context) -> Meaning | None:
    """Read "in the future"; not "future earnings"."""
    before = c.before
    after = c.after or "."
    if before not in ("in", "into", "of", "from", "for", "about") or ("the" not in w and after[0].isalnum()):
        return None
    return Meaning("DATE", "FUTURE_REF")


def recent(w: Words, c: Context) -> Meaning | None:
    """Read "recent"."""
    return Meaning("DATE", "PAST_REF")


def the_time(w: Words, c: Context) -> Meaning | None:
    """Read "at the time", "at this moment"."""
    before = c.before
    value = "PRESENT_REF" if "this" in w or ("moment" in w and "that" not in w) else "PAST_REF"
    return Meaning("DATE", value) if before in ("at", "by", "until", "since", "from") else None


def in_the(value: str) -> Make:
    """Make the meaning of "the past" where a preposition shows that it is a time."""

    def make(w: Words, c: Context) -> Meaning | None:
        before = c.before
        return Meaning("DATE", value) if before in ("in", "into", "of", "from", "for") else None

    return make
