"""Statements: what the model found, mended at its ends and put in order, each with the one that holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.model.found import Statement, Stretch
from onrecord.quotes import Quotation


@dataclass(frozen=True, slots=True)
class Held:
    """A statement and the index of the statement whose content holds it (None: the page tells it)."""

    statement: Statement
    holder: int | None


def statements(text: str, found: Sequence[Statement], quotations: Sequence[Quotation]) -> tuple[Held, ...]:
    """Give the statements in text order, their contents with whole quotations, each with its holder.

    A statement lies within another where the other's content holds its cue and is longer than its own: the
    smallest such content holds it. Longer and not merely other, so that no chain of holders closes on itself.
    """
    opening = {q.start + 1: q for q in quotations if q.opened}
    closing = {q.end - 1: q for q in quotations if q.closed}
    ordered = sorted((_whole(s, opening, closing) for s in found), key=_place)
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
    return tuple(Held(s, holder) for s, holder in zip(ordered, holders, strict=True))


def _place(s: Statement) -> tuple[int, int]:
    spans = (*s.source, *s.cue, *s.content)
    return min(a for a, _ in spans), -max(b for _, b in spans)


def _whole(s: Statement, opening: Mapping[int, Quotation], closing: Mapping[int, Quotation]) -> Statement:
    """Take in a quotation mark just outside an end of the content, where its partner is within."""
    content = []
    for a, b in s.content:
        opened, closed = opening.get(a), closing.get(b)
        start = opened.start if opened and opened.end <= b + 1 else a
        end = closed.end if closed and start <= closed.start else b
        content.append((start, end))
    return Statement(s.source, s.cue, tuple(content), s.nested, s.score)


def stretches(spans: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Give stretches in text order, those that touch joined."""
    joined: list[Stretch] = []
    for a, b in sorted(spans):
        if joined and a <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(b, joined[-1][1])
        else:
            joined.append((a, b))
    return tuple(joined)
