"""A text cut wherever a statement, its source, its cue, a time, a figure or a trigger begins or ends.

Statements overlap and nest, and HTML elements may not; so each piece says all that covers it, side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.export.outline import Statement
from onrecord.record import Event, Record, Time
from onrecord.span import Span

Part = Literal["content", "source", "cue"]

_BREAK = re.compile(r"[^\S\n]*\n\s*\n\s*")
_LONGEST_FIGURE = 80  # evidence beyond this is a sentence, and marking it would hide the number


@dataclass(frozen=True, slots=True)
class Cover:
    """One statement's hold on a stretch: its number in the outline, and as what it holds the words."""

    number: int
    part: Part
    depth: int


Mark = tuple[int, int, Cover | Time | Event | None]
"""A stretch, and what holds it; None stands for a figure."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words with everything that covers them; ``covers`` runs from the outermost statement inwards.

    ``events`` are those that the words belong to the trigger of, the shortest trigger first.
    """

    text: str
    covers: tuple[Cover, ...]
    time: Time | None
    figure: bool
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in its segments; ``start`` and ``end`` are offsets into the text."""

    start: int
    end: int
    segments: tuple[Segment, ...]


def paragraphs_of(record: Record, statements: Sequence[Statement]) -> tuple[Paragraph, ...]:
    """Cut a record's text into paragraphs, and these into segments."""
    text = record.document.text
    marks = sorted(_marks(record, statements), key=lambda mark: (mark[0], -mark[1]))
    paragraphs = []
    active: list[Mark] = []
    at = 0
    for start, end in _paragraph_ranges(text):
        while at < len(marks) and marks[at][0] < end:
            active.append(marks[at])
            at += 1
        active = [mark for mark in active if mark[1] > start]
        paragraphs.append(Paragraph(start, end, tuple(_segments(text, start, end, active))))
    return tuple(paragraphs)


def _paragraph_ranges(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _marks(record: Record, statements: Sequence[Statement]) -> Iterator[Mark]:
    for number, statement in enumerate(statements):
        a = statement.attribution
        held: dict[Part, tuple[Span, ...]] = {"content": a.content, "source": a.source, "cue": a.cue}
        for part, spans in held.items():
            cover = Cover(number, part, statement.depth)
            yield from ((span.start, span.end, cover) for span in spans)
    yield from ((time.start, time.end, time) for time in record.times)
    yield from ((event.trigger.start, event.trigger.end, event) for event in record.events)
    for figure in record.figures:
        if figure.evidence.end - figure.evidence.start <= _LONGEST_FIGURE:
            yield figure.evidence.start, figure.evidence.end, None


def _segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Segment]:
    """Sweep once over a paragraph, with what covers the place that the sweep has come to."""
    edges = sorted({start, end, *(edge for a, b, _ in marks for edge in (a, b) if start < edge < end)})
    begins = sorted(marks, key=lambda mark: mark[0])
    here: list[Mark] = []
    at = 0
    for left, right in pairwise(edges):
        while at < len(begins) and begins[at][0] <= left:
            here.append(begins[at])
            at += 1
        here = [mark for mark in here if mark[1] > left]
        covers = sorted(
            {mark[2] for mark in here if isinstance(mark[2], Cover)},
            key=lambda cover: (cover.depth, cover.part != "content", cover.number),
        )
        times = [mark[2] for mark in here if isinstance(mark[2], Time)]
        figure = any(mark[2] is None for mark in here)
        events = sorted((mark[2] for mark in here if isinstance(mark[2], Event)), key=_length)
        yield Segment(
            text[left:right],
            tuple(covers),
            times[0] if times else None,
            figure,
            tuple(events),
        )


def _length(event: Event) -> int:
    return event.trigger.end - event.trigger.start
