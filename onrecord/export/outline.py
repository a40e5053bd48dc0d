"""A record arranged for reading: its statements in page order, each under the one whose words hold it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.record import Attribution, Document, Entity, Event, Record


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with its speaker, and how many others hold it."""

    attribution: Attribution
    speaker: Entity | None
    depth: int

    @property
    def start(self) -> int:
        """Where its first word stands, be it source, cue or content."""
        a = self.attribution
        return min((span.start for span in (*a.content, *a.source, *a.cue)), default=0)


def outline(record: Record) -> tuple[Statement, ...]:
    """Give every statement once, in page order, nested ones right after their holder."""
    entities = {entity.id: entity for entity in record.entities}
    held: dict[str | None, list[Statement]] = {}
    for a in record.attributions:
        speaker = entities[a.speaker] if a.speaker else None
        held.setdefault(a.within, []).append(Statement(a, speaker, 0))
    for group in held.values():
        group.sort(key=lambda statement: (statement.start, statement.attribution.id))
    ordered: list[Statement] = []
    waiting = held.get(None, [])[::-1]
    while waiting:
        statement = waiting.pop()
        ordered.append(statement)
        waiting += [
            Statement(inner.attribution, inner.speaker, statement.depth + 1)
            for inner in reversed(held.get(statement.attribution.id, []))
        ]
    return tuple(ordered)


def parties(record: Record) -> tuple[tuple[Entity, int], ...]:
    """Give the entities with how many statements each makes: speakers first, then the most mentioned."""
    told = Counter(a.speaker for a in record.attributions if a.speaker)
    mentioned = Counter(mention.entity for mention in record.mentions)
    ranked = sorted(
        enumerate(record.entities), key=lambda pair: (-told[pair[1].id], -mentioned[pair[1].id], pair[0])
    )
    return tuple((entity, told[entity.id]) for _, entity in ranked)


def chains(statements: Iterable[Statement]) -> dict[str, Statement]:
    """Give the statements by their attribution's id, as the chains of other entries name them."""
    return {statement.attribution.id: statement for statement in statements}


def happenings(record: Record) -> tuple[tuple[Event, ...], ...]:
    """Give the events in page order, those together that tell one happening, the page's own telling first."""
    told: dict[str, list[Event]] = {}
    for event in record.events:
        told.setdefault(event.happening or f"of {event.id}", []).append(event)
    for events in told.values():
        events.sort(key=lambda event: (bool(event.according_to), event.trigger.start))
    groups = sorted(told.values(), key=lambda events: min(event.trigger.start for event in events))
    return tuple(tuple(events) for events in groups)


def left_out(document: Document) -> tuple[tuple[str, int], ...]:
    """Count the page's words that are not in the text by their reason, the most frequent first."""
    counts = Counter(dropped.reason for dropped in document.dropped)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
