"""Statements: what the model found, mended at its ends and put in order, each with the one that holds it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.model.found import Statement, Stretch
from onrecord.quotes import Quotation
from onrecord.span import Span

SURE = 0.5  # how likely a cue must be to stand by itself


@dataclass(frozen=True, slots=True)
class Held:
    """A statement and the index of the statement whose content holds it (None: the page tells it)."""

    statement: Statement
    holder: int | None


def statements(
    text: str, found: Sequence[Statement], quotations: Sequence[Quotation], title: Span | None = None
) -> tuple[Held, ...]:
    """Give the statements in text order, their contents with whole quotations, each with its holder.

    A statement lies within another where the other's content holds its cue and is longer than its own: the
    smallest such content holds it. Longer and not merely other, so that no chain of holders closes on itself.
    """
    opening = {q.start + 1: q for q in quotations if q.opened}
    closing = {q.end - 1: q for q in quotations if q.closed}
    breaks = [m.start() for m in re.finditer("\n", text)] + [len(text)]
    settled = [_settled(text, _whole(s, opening, closing), breaks, title) for s in found]
    ordered = sorted((s for s in settled if s.content), key=_place)
    while True:
        holders = _holders(ordered)
        # A cue that the model takes for a nested one, and is unsure of, is none where no content holds it.
        loose = {i for i, s in enumerate(ordered) if s.nested and s.score < SURE and holders[i] is None}
        if not loose:
            return tuple(Held(s, holder) for s, holder in zip(ordered, holders, strict=True))
        ordered = [s for i, s in enumerate(ordered) if i not in loose]


def _holders(ordered: Sequence[Statement]) -> list[int | None]:
    sizes = [sum(b - a for a, b in s.content) for s in ordered]
    contents = sorted((a, b, i) for i, s in enumerate(ordered) for a, b in s.content)
    holders: list[int | None] = [None] * len(ordered)
    open_: list[tuple[int, int, int]] = []
    at = 0
    for i in sorted(range(len(ordered)), key=lambda i: ordered[i].cue[0]):
        begin, end = ordered[i].cue[0]
        while at < len(contents) and contents[at][0] <= begin:
            open_.append(contents[at])
            at += 1
        open_ = [c for c in open_ if c[1] > begin]
        around = [j for _, b, j in open_ if end <= b and sizes[j] > sizes[i]]
        holders[i] = min(around, key=lambda j: (sizes[j], j), default=None)
    return holders


def _place(s: Statement) -> tuple[int, int]:
    spans = (*s.source, *s.cue, *s.content)
    return min(a for a, _ in spans), -max(b for _, b in spans)


def _settled(text: str, s: Statement, breaks: Sequence[int], title: Span | None) -> Statement:
    """Part stretches at line breaks; a source stays on its cue's line, a headline's words in the headline."""
    cue = s.cue[0]
    at = bisect_left(breaks, cue[0])
    line_start, line_end = breaks[at - 1] if at else -1, breaks[at]

    def kept(stretch: Stretch) -> bool:
        above = title is not None and stretch[1] <= title.end and cue[0] >= title.end
        return not above

    content = tuple(piece for stretch in s.content for piece in _parted(text, stretch) if kept(piece))
    source = tuple(piece for stretch in s.source for piece in _parted(text, stretch) if kept(piece))
    beside = tuple(piece for piece in source if line_start < piece[0] and piece[1] <= line_end)
    return Statement(beside or source, s.cue, content, s.nested, s.score)


def _parted(text: str, stretch: Stretch) -> list[Stretch]:
    start, end = stretch
    found = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if piece := Span.trimmed(text, start, stop):
            found.append((piece.start, piece.end))
        start = stop + 1
    return found


def _whole(s: Statement, opening: Mapping[int, Quotation], closing: Mapping[int, Quotation]) -> Statement:
    """Take in a quotation mark just outside an end of the content, where its partner is within."""
    content = []
    for a, b in s.content:
        opened, closed = opening.get(a), closing.get(b)
        start = opened.start if opened and opened.end <= b + 1 else a
        end = closed.end if closed and start <= closed.start else b
        content.append((start, end))
    return Statement(s.source, s.cue, tuple(content), s.nested, s.score)
