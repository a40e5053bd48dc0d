"""Accounts of the parties and places of a record: which words stand for them, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.explain.account import Account, Fact
from onrecord.explain.words import Places, quote
from onrecord.export import phrases
from onrecord.export.visible import one_line
from onrecord.lexicon.known import bodies, countries
from onrecord.lexicon.lines import LexiconLine, line_of
from onrecord.record import Attribution, Entity, Mention, Record
from onrecord.span import Span

_SHOWN = 12  # mentions of an entity that are quoted


class Named:
    """Knows the entities, mentions and places of one record."""

    def __init__(self, record: Record, places: Places) -> None:
        self._record = record
        self._places = places
        self._entities = {entity.id: entity for entity in record.entities}
        self._mentions = {mention.id: mention for mention in record.mentions}
        self._of: dict[str, list[Mention]] = {}
        for mention in record.mentions:
            self._of.setdefault(mention.entity, []).append(mention)
        self._located = {place.mention: place for place in record.places}

    def names(self, ids: Sequence[str]) -> str:
        """Name entities with their ids: "Ana Brandt (e1), the Free Column (e4)"."""
        return ", ".join(f"{one_line(self._entities[name].name)} ({name})" for name in ids)

    def speaker(self, a: Attribution, reasons: Mapping[str, str]) -> list[Fact]:
        """Say who speaks and by which mention in the source, or why nobody does."""
        if a.speaker is None:
            reason = a.speaker_reason or ""
            return [Fact("speaker", reasons.get(reason, f"null: {one_line(reason)}"))]
        held = [
            m
            for m in self._of.get(a.speaker, ())
            if any(s.start <= m.start and m.end <= s.end for s in a.source)
        ]
        how = (
            f"by “{one_line(held[0].text)}” ({held[0].id}, a {held[0].kind}) in the source"
            if held
            else "by the words around: no mention stands in the source"
        )
        return [Fact("speaker", f"{self.names((a.speaker,))}, {how}")]

    def place(self, mention: str | None) -> list[Fact]:
        """Say where an event took place and where that is on the map, or that the page does not say."""
        if mention is None:
            return [Fact("place", "null: the page does not say")]
        m = self._mentions[mention]
        return [Fact("place", f"{quote(_span(m))}, {mention}"), *self._on_map(mention)]

    def mention(self, m: Mention) -> Account:
        """Account for a mention."""
        facts = [
            *self._places.quoted("words", (_span(m),)),
            Fact("kind", m.kind),
            Fact("stands for", self.names((m.entity,))),
        ]
        if m.type is not None:
            facts.append(Fact("type", f"{m.type}, where the entity is a {self._entities[m.entity].type}"))
        facts += self._on_map(m.id)
        at = [v.id for v in self._record.events if v.place == m.id]
        if at:
            facts.append(Fact("place of", ", ".join(at)))
        return Account(m.id, "mention", f"“{one_line(m.text)}”", tuple(facts))

    def entity(self, entity: Entity) -> Account:
        """Account for an entity."""
        mentions = self._of.get(entity.id, [])
        facts = [Fact("type", entity.type)]
        if entity.country:
            facts.append(Fact("country", f"{entity.country}{_told(self._by_name(entity))}"))
        if entity.sectors:
            facts.append(Fact("sectors", ", ".join(entity.sectors)))
        for role in entity.roles:
            line = line_of("offices", role.title.lower())
            facts.append(Fact("role", f"{quote(Span(role.start, role.end, role.text))}{_told(line)}"))
        if entity.aliases:
            facts.append(Fact("also called", ", ".join(one_line(alias) for alias in entity.aliases)))
        for n, m in enumerate(mentions[:_SHOWN]):
            facts.append(Fact("" if n else "mentions", f"{m.id}, a {m.kind}: {quote(_span(m))}"))
        if len(mentions) > _SHOWN:
            facts.append(Fact("", f"and {len(mentions) - _SHOWN} more"))
        facts += [Fact(label, ", ".join(ids)) for label, ids in self._parts(entity.id) if ids]
        return Account(entity.id, "party", one_line(entity.name), tuple(facts))

    def _parts(self, key: str) -> tuple[tuple[str, list[str]], ...]:
        record = self._record
        return (
            ("says", [a.id for a in record.attributions if a.speaker == key]),
            ("acts in", [v.id for v in record.events if key in v.actors]),
            ("receives in", [v.id for v in record.events if key in v.recipients]),
            ("related in", [r.id for r in record.relations if key in (r.subject, r.object)]),
        )

    def _by_name(self, entity: Entity) -> LexiconLine | None:
        """Give the line of the lexicon that tells an entity's country by one of its names."""
        for name in (entity.name, *entity.aliases):
            if (country := countries().get(name)) and country.code == entity.country:
                return line_of("countries", country.code)
            if (body := bodies().get(name)) and body.country == entity.country:
                return line_of("organizations", body.name)
        return None

    def _on_map(self, mention: str) -> list[Fact]:
        place = self._located.get(mention)
        if place is None:
            return []
        where = phrases.coordinates(place)
        words = f"{one_line(place.name)}{f': {where}' if where else ''}"
        return [Fact("on the map", words if where else f"{words}: not found")]


def _told(line: LexiconLine | None) -> str:
    return f" ({line})" if line else ""


def _span(m: Mention) -> Span:
    return Span(m.start, m.end, m.text)
