"""Who says that an entry is so: the chain of speakers as every format names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.record import Attribution, Entity, Record
from onrecord.span import Span

PAGE = "page"
"""The claimant of what a page says in its own voice."""
NOBODY = "nobody named"


@dataclass(frozen=True, slots=True)
class Claimant:
    """One speaker of a chain: its name, or the words that stand for it, or "nobody named"."""

    name: str
    entity: Entity | None
    statement: Attribution


@dataclass(frozen=True, slots=True)
class Cast:
    """A record's entities and statements by id."""

    entities: Mapping[str, Entity]
    statements: Mapping[str, Attribution]

    @classmethod
    def of(cls, record: Record) -> Cast:
        """Gather them."""
        return cls({e.id: e for e in record.entities}, {a.id: a for a in record.attributions})

    def chain(self, according_to: tuple[str, ...]) -> tuple[Claimant, ...]:
        """Give the claimants of a chain, innermost first; none for the page's own voice."""
        return tuple(self.claimant(key) for key in according_to)

    def claimant(self, key: str) -> Claimant:
        """Give who makes a statement."""
        statement = self.statements[key]
        entity = self.entities[statement.speaker] if statement.speaker else None
        return Claimant(entity.name if entity else joined(statement.source) or NOBODY, entity, statement)

    def names(self, according_to: tuple[str, ...]) -> str:
        """Give the innermost claimant's name, or "page"."""
        return self.claimant(according_to[0]).name if according_to else PAGE

    def parties(self, keys: tuple[str, ...]) -> tuple[Entity, ...]:
        """Give entities by their ids."""
        return tuple(self.entities[key] for key in keys)


def joined(spans: tuple[Span, ...]) -> str:
    """Give the words of a split span as one string."""
    return " … ".join(span.text for span in spans if span.text)
