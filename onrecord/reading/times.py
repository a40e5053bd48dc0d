"""Times of a text with their TIMEX3 values, counted from the day of the report where they are told by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from onrecord.reading import sentences as _sentences
from onrecord.reading.time_forms import Form, forms, matched
from onrecord.reading.time_meaning import NO_DATE, Context, Meaning, Words
from onrecord.reading.time_ranges import other_day
from onrecord.reading.time_tense import tense_at
from onrecord.reading.time_tokens import Token, core_tags, tokens, triggers
from onrecord.reading.time_values import day_of
from onrecord.record import Time, TimeType

_LEAD = 6  # how many words of a time may stand before the one that shows it to be one
_WORDS = re.compile(r"[^\W\d_]+|\d")


def times(
    text: str, published: str | None, sentences: Sequence[tuple[int, int]] | None = None
) -> tuple[Time, ...]:
    """Find the times of a text, in order and without overlap.

    ``published`` is the date of publication in ISO 8601, or None: then what counts from it ("yesterday") gets
    a null value and the reason.
    """
    context = Context(_reference(published))
    found: list[Time] = []
    wanted = triggers()
    for start, end in _sentences.sentences(text) if sentences is None else sentences:
        words = set(_WORDS.findall(text[start:end].lower()))
        if wanted.isdisjoint(words) and not any(word.isdigit() for word in words):
            continue
        found += _in_sentence(text, tokens(text, start, end), context)
    return tuple(found)


def _reference(published: str | None) -> date | None:
    """Give the day of a date that may be shortened; one without a day is no day to count from."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _in_sentence(text: str, words: list[Token], context: Context) -> list[Time]:
    context.tokens = words
    context.day = None
    found: list[Time] = []
    core = core_tags()
    cores = [at for at, word in enumerate(words) if word.tags and not core.isdisjoint(word.tags)]
    cores.reverse()
    at = 0
    while cores:
        if cores[-1] < at:
            cores.pop()
            continue
        at = max(at, cores[-1] - _LEAD)
        step = _time_at(context, at) if words[at].tags else None
        if step is None:
            at += 1
            continue
        end, first, meaning = step
        start, stop = words[first].start, words[end - 1].end
        kind: TimeType = meaning.type  # type: ignore[assignment]
        found.append(Time(start, stop, text[start:stop], kind, meaning.value, meaning.reason))
        if meaning.finer and meaning.value and (other := other_day(text, words, first, end, meaning.value)):
            day, value = other
            found.append(Time(day.start, day.end, text[day.start : day.end], "DATE", value))
        _remember(context, meaning)
        at = end
    return _apart(found)


def _apart(found: list[Time]) -> list[Time]:
    """Put times in order, without those that overlap the one before."""
    kept: list[Time] = []
    for time in sorted(found, key=lambda time: (time.start, -time.end)):
        if not kept or kept[-1].end <= time.start:
            kept.append(time)
    return kept


def _remember(context: Context, meaning: Meaning) -> None:
    """Keep what later times of the text may count from."""
    value = meaning.value
    if value is None or not value[:4].isdigit() or meaning.type not in ("DATE", "TIME"):
        return
    if day := day_of(value):
        context.day = context.last = day.isoformat()
    if meaning.type == "DATE" and not meaning.aside:
        context.last = value
        if "-Q" in value:
            context.quarter = value


def _time_at(context: Context, at: int) -> tuple[int, int, Meaning] | None:
    """Read a time that starts at a word, with what may stand before it: "early", "the end of"."""
    words = context.tokens
    core = _form_at(context, at)
    first = core_at = at
    if core is None:
        core_at = past = _modifier(words, at)
        if past == at or (core := _form_at(context, past)) is None:
            return None
        if core[1].type not in ("DATE", "TIME") or (core[1].value or "").endswith("_REF"):
            return None
    end, meaning = core
    if meaning.type == "DATE" and meaning.finer:
        end, meaning = _finer(context, end, meaning)
    elif meaning.type == "TIME" and meaning.value and meaning.value.startswith("T"):
        joined = _dated(context, end, meaning, alone=first != core_at)
        if joined is None:
            return None
        end, meaning = joined
    return end, first, meaning


def _modifier(words: list[Token], at: int) -> int:
    """Give the word past "early", "late", "mid", "the end of", "nearly", which leave a value as it is."""
    start = at
    while at + 1 < len(words) and at - start < 2 and "about" in words[at].tags:
        at += 1
    if at > start:
        return at if {"num", "vague", "one", "hour", "clock"} & words[at].tags.keys() else start
    if at < len(words) and "the" in words[at].tags:
        at += 1
    if at < len(words) and "early" in words[at].tags:
        at += 1
        if at < len(words) and words[at].word in ("of", "in", "on"):
            at += 1
        return at
    return start


def _form_at(context: Context, at: int) -> tuple[int, Meaning] | None:
    """Read the longest form that starts at a word and has a meaning there."""
    if at >= len(context.tokens):
        return None
    found: dict[int, tuple[int, Form, Words]] = {}
    by_first = forms()
    for tag in context.tokens[at].tags:
        for form in by_first.get(tag, ()):
            if form.rank not in found and (match := matched(form, context.tokens, at)):
                found[form.rank] = (match[0], form, match[1])
    if not found:
        return None
    context.at = at
    for end, form, words in sorted(found.values(), key=lambda f: (-f[0], f[1].rank)):
        while end > at + 1 and context.tokens[end - 1].word in (",", "of", "in", "the"):
            end -= 1
        context.end = end
        context.tense = tense_at(context.tokens, at, end)
        meaning = form.make(words, context)
        if meaning is not None:
            return end, meaning
    return None


def _finer(context: Context, end: int, day: Meaning) -> tuple[int, Meaning]:
    """Join a part of day or a clock time to the day before it: "Friday morning", "Monday at 5 p.m."."""
    words = context.tokens
    if end < len(words) and "part" in words[end].tags:
        value = f"{day.value}T{words[end].tags['part']}" if day.value else None
        return end + 1, Meaning("TIME", value, day.reason)
    after = end
    while after < min(len(words), end + 2) and words[after].word in (",", "at", "around", "about", "by"):
        after += 1
    if after == end and not (after < len(words) and "clock" in words[after].tags):  # "10 Sep, 2015 14:50"
        return end, day
    if after < len(words) and not {"clock", "hour", "clockword", "num"}.isdisjoint(words[after].tags):
        clock = _form_at(context, after)
        if clock and clock[1].type == "TIME" and clock[1].value and clock[1].value.startswith("T"):
            return clock[0], Meaning("TIME", day.value + clock[1].value if day.value else None, day.reason)
    return end, day


def _dated(context: Context, end: int, clock: Meaning, *, alone: bool) -> tuple[int, Meaning] | None:
    """Join a day to the clock time or part of day before it ("5 p.m. on Friday"), else that of the report.

    A part of day without a day is a time only where ``alone`` says so.
    """
    words = context.tokens
    after = end
    while after < len(words) and after - end < 2 and words[after].word in (",", "on", "of"):
        after += 1
    day = _form_at(context, after)
    if day and day[1].type == "DATE" and day[1].finer:
        return day[0], Meaning(
            "TIME", day[1].value + (clock.value or "") if day[1].value else None, day[1].reason
        )
    if (clock.value or "T0")[1].isalpha() and not alone:
        return None
    told = context.day or (context.reference.isoformat() if context.reference else None)
    if told is None:
        return end, Meaning("TIME", None, NO_DATE)
    return end, replace(clock, value=told + (clock.value or ""))
