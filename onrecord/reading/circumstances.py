"""Circumstances: when, where and by what means an event was, as far as the page ties them to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.lexicon.load import word_set
from onrecord.model.found import FoundEvent
from onrecord.record import Date, Mention, Time
from onrecord.span import Span

NOT_STATED = "none stated"
NO_DAY = "no day of the calendar"
_ISO = re.compile(
    r"(\d{4})(?![\dX])(?:-(?:(Q[1-4])|(W\d\d)|(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d))?)?)?)?))?"
)
_PRECISIONS = ("year", "quarter", "week", "month", "day", "hour", "minute", "second")
_OPENING = 12  # characters that may stand before what opens a sentence
_NEAR = 60  # characters after a trigger in which its means are told: "spoke on the phone with"
_STOPS = ",:“”\"'’"
_WHEN = frozenset({"on", "in", "at", "early", "late"})
_WHERE = frozenset({"in", "near", "at", "outside", "around", "inside"})


def means(text: str, f: FoundEvent) -> str | None:
    """Give the event's mode: the model's; where it is unsure of a talk's, "phone" if the words say so."""
    if f.mode is None and f.type == "CONSULT":
        near = text[f.trigger[0] : f.trigger[1] + _NEAR].partition("\n")[0]
        words = {w.strip(_STOPS) for w in re.split(r"[.;!?]", near.lower())[0].split()}
        if not words.isdisjoint(word_set("spoken by telephone")):
            return "phone"
    return f.mode


def when(text: str, f: FoundEvent, times: Sequence[Time], opened: Span | None) -> Date:
    """Give the date that the page ties to the event; null where there is none, or none that can be told.

    ``opened`` is the event's sentence where what opens it holds for the event: "On Monday, …".
    """
    told = [p for p in f.parties if p.role == "date"]
    for p in told:
        for time in times:
            if time.start < p.end and p.start < time.end and time.type in ("DATE", "TIME"):
                return _dated(text, time)
    if told:
        return Date(None, None, NO_DAY, Span.cut(text, told[0].start, told[0].end))
    for time in times if opened is not None and f.status == "asserted" else ():
        if opened is not None and opened.start <= time.start < opened.start + _OPENING:
            before = text[opened.start : time.start].strip().lower()
            if time.type in ("DATE", "TIME") and (before in _WHEN or text[time.end : time.end + 1] == ","):
                return _dated(text, time)
    return Date(None, None, NOT_STATED)


def _dated(text: str, time: Time) -> Date:
    span = Span.cut(text, time.start, time.end)
    if time.value is None:
        return Date(None, None, time.reason or NO_DAY, span)
    value, precision = iso(time.value)
    return Date(value, precision, "text" if value else NO_DAY, span)


def iso(value: str) -> tuple[str | None, str | None]:
    """Give as much of a TIMEX3 value as ISO 8601 can write, with its precision; no decade, no "now".

    A season is its year, the night or morning of a day is the day, a weekend its week.
    """
    match = _ISO.match(value)
    if match is None:
        return None, None
    return match.group(), _PRECISIONS[(match.lastindex or 1) - 1]


def where(f: FoundEvent, placed: Sequence[Mention], opened: Span | None) -> str | None:
    """Give the mention of a located place that the page gives as the event's; null where it gives none.

    The first of several; else the place that opens its sentence: "Near Mosul, five strikes …".
    """
    for p in f.parties:
        inside = [m for m in placed if p.role == "place" and p.start < m.end and m.start < p.end]
        if inside:
            return min(inside, key=lambda m: m.start).id
    for m in placed if opened is not None else ():
        if opened is not None and opened.start < m.start < opened.start + _OPENING:
            before = opened.text[: m.start - opened.start].strip().lower()
            if before in _WHERE and opened.text[m.end - opened.start :][:1] == ",":
                return m.id
    return None
