"""What the tables hold: their columns and types, and the rows that a page gives each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from onrecord.export.claimants import PAGE, Cast, joined
from onrecord.export.days import days
from onrecord.export.paged import Paged
from onrecord.export.plover_json import place_of
from onrecord.lexicon.plover import scores
from onrecord.record import Event, Figure, Relation

Type = Literal["string", "int", "float", "bool"]
Cell = str | int | float | bool | None
Row = dict[str, Cell]

_KEY: dict[str, Type] = {"page_id": "string", "id": "string"}
_TOLD: dict[str, Type] = {"claimant": "string", "chain": "int"}
_WORDS: dict[str, Type] = {"start": "int", "end": "int", "words": "string"}
_DATE: dict[str, Type] = {"date": "string", "precision": "string", "method": "string", "day": "string"}

COLUMNS: dict[str, dict[str, Type]] = {
    "pages": {
        "page_id": "string", "text_id": "string", "locator": "string", "uri": "string", "outlet": "string",
        "title": "string", "authors": "string", "language": "string", "kind": "string",
        "captured": "string", **_DATE, "sha256": "string", "bytes": "int", "characters": "int",
        "reader": "string", "model": "string",
    },
    "entities": {
        **_KEY, "name": "string", "type": "string", "country": "string", "sectors": "string",
        "roles": "string", "aliases": "string", "wikidata": "string", "mentions": "int",
    },
    "statements": {
        **_KEY, "kind": "string", "attitude": "string", "speaker_id": "string", "speaker": "string",
        "speaker_reason": "string", "speaker_country": "string", "addressees": "string", "source": "string",
        "cue": "string", "content": "string", "start": "int", "end": "int", "within": "string",
        "score": "float", "day": "string",
    },
    "events": {
        **_KEY, "happening": "string", "type": "string", "mode": "string", "contexts": "string",
        "quad": "string", "plover": "float", "goldstein": "float", "status": "string", **_TOLD, **_DATE,
        "trigger": "string",
        "trigger_start": "int", "trigger_end": "int", **_WORDS, "place": "string", "country": "string",
        "geonames_id": "string", "lat": "float", "lon": "float", "factuality": "float", "score": "float",
    },
    "parties": {
        "page_id": "string", "event_id": "string", "role": "string", "entity_id": "string", "name": "string",
        "type": "string", "country": "string", "sectors": "string",
    },
    "relations": {
        **_KEY, "type": "string", "polarity": "string", "subject_id": "string", "subject": "string",
        "subject_country": "string", "object_id": "string", "object": "string", "object_country": "string",
        **_TOLD, **_DATE, **_WORDS, "score": "float",
    },
    "figures": {
        **_KEY, "kind": "string", "unit": "string", "value": "float", "low": "float", "high": "float",
        "approximate": "bool", "event_id": "string", "period": "string", **_TOLD, **_WORDS, "day": "string",
    },
    "tellers": {
        "page_id": "string", "entry_id": "string", "remove": "int", "statement_id": "string",
        "speaker_id": "string", "speaker": "string", "speaker_reason": "string", "attitude": "string",
        "country": "string",
    },
}  # fmt: skip
"""The tables by name. ``day`` is null unless it is known to the day; ``remove`` 0 is the innermost teller.
Lists of codes are parted by blanks, lists of names by " | ". Codes and keys are strings, whatever they look
like."""

_BAR = " | "


def rows(page: Paged) -> Iterator[tuple[str, Row]]:
    """Give a page's rows, each with the name of its table."""
    record, document = page.record, page.record.document
    cast, key = Cast.of(record), {"page_id": page.id}
    published = document.published
    day = day_of(published.value)
    yield "pages", {
        **key, "text_id": document.id, "locator": page.locator or None, "uri": document.uri,
        "outlet": document.outlet, "title": document.title.text if document.title else None,
        "authors": _BAR.join(document.authors) or None, "language": document.language,
        "kind": document.source.kind, "captured": page.captured, "date": published.value,
        "precision": published.precision, "method": published.method, "day": day,
        "sha256": document.source.sha256, "bytes": document.source.bytes, "characters": len(document.text),
        "reader": record.reader.version, "model": record.reader.model_sha256,
    }  # fmt: skip
    counts: dict[str, int] = {}
    for mention in record.mentions:
        counts[mention.entity] = counts.get(mention.entity, 0) + 1
    for e in record.entities:
        yield "entities", {
            **key, "id": e.id, "name": e.name, "type": e.type, "country": e.country,
            "sectors": " ".join(e.sectors) or None, "roles": _BAR.join(r.title for r in e.roles) or None,
            "aliases": _BAR.join(e.aliases) or None, "wikidata": e.wikidata, "mentions": counts.get(e.id, 0),
        }  # fmt: skip
    for a in record.attributions:
        speaker = cast.entities.get(a.speaker or "")
        spans = (*a.source, *a.cue, *a.content)
        yield "statements", {
            **key, "id": a.id, "kind": a.kind, "attitude": a.attitude, "speaker_id": a.speaker,
            "speaker": speaker.name if speaker else None, "speaker_reason": a.speaker_reason,
            "speaker_country": speaker.country if speaker else None,
            "addressees": _BAR.join(cast.entities[x].name for x in a.addressees) or None,
            "source": joined(a.source) or None, "cue": joined(a.cue) or None,
            "content": joined(a.content) or None, "start": min((s.start for s in spans), default=None),
            "end": max((s.end for s in spans), default=None), "within": a.within,
            "score": a.score, "day": day,
        }  # fmt: skip
    for v in record.events:
        yield "events", {**key, **_event(page, v, cast)}
        for role, ids in (("actor", v.actors), ("recipient", v.recipients)):
            for party in cast.parties(ids):
                yield "parties", {
                    **key, "event_id": v.id, "role": role, "entity_id": party.id, "name": party.name,
                    "type": party.type, "country": party.country, "sectors": " ".join(party.sectors) or None,
                }  # fmt: skip
    for r in record.relations:
        one, other = cast.entities[r.subject], cast.entities[r.object]
        yield "relations", {
            **key, "id": r.id, "type": r.type, "polarity": r.polarity, "subject_id": r.subject,
            "subject": one.name, "subject_country": one.country, "object_id": r.object, "object": other.name,
            "object_country": other.country, **_told(r, cast), "date": r.date.value,
            "precision": r.date.precision, "method": r.date.method, "day": day_of(r.date.value),
            "start": r.evidence.start, "end": r.evidence.end, "words": r.evidence.text or None,
            "score": r.score,
        }  # fmt: skip
    for f in record.figures:
        yield "figures", {
            **key, "id": f.id, "kind": f.kind, "unit": f.unit, "value": f.value, "low": f.low, "high": f.high,
            "approximate": f.approximate, "event_id": f.event, "period": f.period.text if f.period else None,
            **_told(f, cast), "start": f.evidence.start, "end": f.evidence.end,
            "words": f.evidence.text or None, "day": day,
        }  # fmt: skip
    told: tuple[Event | Relation | Figure, ...] = (*record.events, *record.relations, *record.figures)
    for entry in told:
        for remove, who in enumerate(cast.chain(entry.according_to)):
            yield "tellers", {
                **key, "entry_id": entry.id, "remove": remove, "statement_id": who.statement.id,
                "speaker_id": who.statement.speaker, "speaker": who.entity.name if who.entity else None,
                "speaker_reason": who.statement.speaker_reason, "attitude": who.statement.attitude,
                "country": who.entity.country if who.entity else None,
            }  # fmt: skip


def day_of(value: str | None) -> str | None:
    """Give the day of a date that is known to the day; None for a month or year."""
    found = days(value)
    return found[0] if found and found[0] == found[1] else None


def _told(entry: Event | Relation | Figure, cast: Cast) -> Row:
    chain = entry.according_to
    return {"claimant": cast.names(chain) if chain else PAGE, "chain": len(chain)}


def _event(page: Paged, v: Event, cast: Cast) -> Row:
    place, weight = place_of(page.record, v), scores(v.type, v.mode)
    geonames = place.geonames_id if place else None
    return {
        "id": v.id, "happening": v.happening or None, "type": v.type, "mode": v.mode,
        "contexts": " ".join(v.contexts) or None, "quad": v.quad, "plover": weight.plover,
        "goldstein": weight.goldstein, "status": v.status, **_told(v, cast), "date": v.date.value,
        "precision": v.date.precision, "method": v.date.method, "day": day_of(v.date.value),
        "trigger": v.trigger.text or None, "trigger_start": v.trigger.start, "trigger_end": v.trigger.end,
        "start": v.evidence.start, "end": v.evidence.end, "words": v.evidence.text or None,
        "place": place.name if place else None, "country": place.country if place else None,
        "geonames_id": str(geonames) if geonames is not None else None, "lat": place.lat if place else None,
        "lon": place.lon if place else None, "factuality": v.factuality, "score": v.score,
    }  # fmt: skip
