"""A record arranged for reading: its statements in page order, each under the one whose words hold it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from onrecord.record import Attribution, Entity, Record


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


def reporters(record: Record, according_to: tuple[str, ...]) -> tuple[Statement, ...]:
    """Give the chain of statements that an entry rests on, innermost first; empty is the page's own voice."""
    entities = {entity.id: entity for entity in record.entities}
    by_id = {a.id: a for a in record.attributions}
    chain = (by_id[name] for name in according_to)
    return tuple(Statement(a, entities[a.speaker] if a.speaker else None, 0) for a in chain)


def left_out(record: Record) -> tuple[tuple[str, int], ...]:
    """Count the page's words that are not in the text by their reason, the most frequent first."""
    counts = Counter(dropped.reason for dropped in record.document.dropped)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
