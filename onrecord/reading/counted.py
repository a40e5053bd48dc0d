"""Counted: figures made into entries, with the chain of those who give them, their event and their period."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.model.found import FoundEvent, Stretch
from onrecord.reading.attributions import Chains
from onrecord.reading.figures import Reported
from onrecord.record import Attribution, Event, Figure, Time
from onrecord.span import Span

_WIDEST = 400  # characters; no party of an event is wider
_FEW = 5  # words between a figure and the time that it counts over
_SINCE = ("since", "from", "in", "during", "over", "within", "for", "between")


def counted(
    text: str,
    found: Sequence[Reported],
    told: Sequence[Attribution],
    events: Sequence[Event],
    seen: Sequence[FoundEvent],
    times: Sequence[Time],
    sentences: Sequence[Stretch],
) -> tuple[Figure, ...]:
    """Make the entries, in text order.

    A figure is of the event that the model reads it with, or whose trigger its words hold.
    """
    chains = Chains(told)
    counts = _Counts(seen, events)
    starts = [start for start, _ in sentences]
    figures = []
    for i, f in enumerate(found):
        at = bisect_right(starts, f.start) - 1
        end = sentences[at][1] if at >= 0 and f.start < sentences[at][1] else f.end
        figures.append(
            Figure(
                id=f"f{i + 1}",
                value=f.value,
                low=f.low,
                high=f.high,
                approximate=f.approximate,
                unit=f.unit,
                kind=f.kind,
                evidence=Span.cut(text, f.start, f.end),
                according_to=chains.over(f.start, f.end),
                event=counts.event(f.start, f.end),
                period=_period(text, f, times, end),
            )
        )
    return tuple(figures)


class _Counts:
    """Which event a stretch with a number belongs to, looked up by offset."""

    def __init__(self, seen: Sequence[FoundEvent], events: Sequence[Event]) -> None:
        self._of = {(m.start, m.end): e.id for e in reversed(events) for m in e.mentions}
        self._triggers = sorted(self._of)
        self._parts = sorted(
            (p.start, p.end, e.trigger)
            for e in seen if e.trigger in self._of for p in e.parties if p.role == "figure"
        )  # fmt: skip
        # "killed 12 soldiers": whom it befell and how many are the same words.
        self._sides = sorted(
            (p.start, p.end, e.trigger)
            for e in seen if e.trigger in self._of
            for p in e.parties if p.role in ("recipient", "actor", "both")
        )  # fmt: skip

    def event(self, start: int, end: int) -> str | None:
        """Give the first event that the model reads the stretch with, or whose trigger lies in it."""
        read = _meeting(self._parts, start, end)
        held = self._triggers[bisect_left(self._triggers, (start,)) : bisect_left(self._triggers, (end,))]
        read = read or [t for t in held if t[1] <= end] or _meeting(self._sides, start, end)
        return self._of[min(read)] if read else None


def _meeting(parts: Sequence[tuple[int, int, Stretch]], start: int, end: int) -> list[Stretch]:
    """Give the triggers of those of some parties, in text order, that meet a stretch."""
    found = []
    for k in range(bisect_left(parts, (end,)) - 1, -1, -1):
        begin, stop, trigger = parts[k]
        if begin < start - _WIDEST:
            break
        if stop > start:
            found.append(trigger)
    return found


def _period(text: str, f: Reported, times: Sequence[Time], sentence_end: int) -> Span | None:
    """Give the stretch of time that the words after a figure count over: "since March", "in two weeks"."""
    for t in times[bisect_left(times, f.end, key=lambda t: t.start) :]:
        if t.start >= sentence_end:
            break
        if t.end <= sentence_end:
            between = text[f.end : t.start].rstrip()
            if "," in between or len(between.split()) > _FEW:
                return None  # another clause's time
            last = between.split()[-1] if between else ""
            word = last.lower()
            if word == "since" or (t.type == "DURATION" and word in _SINCE):
                start = f.end + len(between) - len(last)
                return Span.cut(text, start, t.end)
    return None
