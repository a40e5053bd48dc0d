"""PLOVER JSON: an event a line, with the field names of the codebook's "Data Fields" (draft 0.8, 2021).

Beside them stand ours: ``status``, ``claimants``, ``factuality``, ``score`` and ``date_method``; the codebook
asks for added fields to be named and leaves them to the provider.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord._version import __version__
from onrecord.export.claimants import Cast
from onrecord.export.days import event_days
from onrecord.export.paged import Paged
from onrecord.export.visible import ascii_controls
from onrecord.lexicon.plover import scores
from onrecord.record import Entity, Event, Figure, Place, Record

QUADS = {
    "verbal_cooperation": 1, "material_cooperation": 2, "verbal_conflict": 3, "material_conflict": 4,
}  # fmt: skip
SPECIAL = {"future": "future", "hypothetical": "hypothetical", "negated": "negation"}
"""Our status as the codebook's special context; denied, requested and habitual have none."""
_SIZES = {"killed": "dead", "injured": "injured", "detained": "arrested"}


def plover_json(pages: Iterable[Paged]) -> Iterator[str]:
    """Give every event as a line of PLOVER JSON."""
    for page in pages:
        cast = Cast.of(page.record)
        mentions = _first_words(page.record)
        for event in page.record.events:
            fields = _event(page, event, cast, mentions)
            yield ascii_controls(json.dumps(fields, ensure_ascii=False)) + "\n"


def _event(page: Paged, event: Event, cast: Cast, words: dict[str, str]) -> dict[str, Any]:
    document, when = page.record.document, event_days(event.date, page.record.document)
    contexts = [*event.contexts, *([SPECIAL[event.status]] if event.status in SPECIAL else [])]
    fields: dict[str, Any] = {
        "id": f"{page.id}-{event.id}",
        "has_event": True,
        "date": when.first,
        "enddate": when.last if when.last != when.first else None,
        "date_method": when.by,
        "source": [_actor(cast.entities[key], words) for key in event.actors],
        "recipient": [_actor(cast.entities[key], words) for key in event.recipients],
        "event": [event.type],
        "event_loc": _location(page.record, event),
        "event_text": [event.trigger.text] if event.trigger.text else None,
        "quad_code": QUADS[event.quad],
        "event_scale": scores(event.type, event.mode).plover,
        "mode": [event.mode] if event.mode else [],
        "context": contexts,
        "link": f"{page.id}-{event.happening}" if event.happening else None,
        "size": _sizes(page.record.figures, event.id),
        "text": event.evidence.text or None,
        "text_info": {"start": event.evidence.start, "end": event.evidence.end, "document": document.id},
        "cite_info": _citation(page),
        "coder": f"onrecord {page.record.reader.version} {page.record.reader.model}",
        "status": event.status,
        "claimants": [
            {
                **(_actor(who.entity, words) if who.entity else {"actor_text": who.name}),
                "attitude": who.statement.attitude,
            }
            for who in cast.chain(event.according_to)
        ],
        "factuality": event.factuality,
        "score": event.score,
    }
    always = {"date", "source", "claimants"}
    return {name: value for name, value in fields.items() if value not in (None, [], {}) or name in always}


def _actor(entity: Entity, words: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "code": entity.country,
        "sector": entity.sectors[0] if entity.sectors else None,
        "sectors": list(entity.sectors) if len(entity.sectors) > 1 else None,
        "actor_text": words.get(entity.id) or entity.name,
        "identifier_id": entity.wikidata,
        "identifier_text": entity.name,
        "office": entity.roles[0].title if entity.roles else None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _first_words(record: Record) -> dict[str, str]:
    words: dict[str, str] = {}
    for mention in sorted(record.mentions, key=lambda m: (m.start, m.end)):
        words.setdefault(mention.entity, mention.text)
    return words


def place_of(record: Record, event: Event) -> Place | None:
    """Give where an event was, on the map where that is known; None where the page does not say."""
    if event.place is None:
        return None
    known = next((place for place in record.places if place.mention == event.place), None)
    if known is not None:
        return known
    mention = next(m for m in record.mentions if m.id == event.place)
    entity = next((e for e in record.entities if e.id == mention.entity), None)
    return Place(event.place, entity.name if entity else mention.text, None, None, None, None)


def _location(record: Record, event: Event) -> dict[str, Any] | None:
    place = place_of(record, event)
    if place is None:
        return None
    fields = {
        "geonameid": place.geonames_id, "name": place.name, "latitude": place.lat, "longitude": place.lon,
        "cc3": place.country,
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value is not None}


def _sizes(figures: tuple[Figure, ...], event: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for figure in figures:
        name = _SIZES.get(figure.kind or "")
        if figure.event != event or name is None:
            continue
        # "Number" is "number or code" in the codebook: a range is written as one, open ends left open.
        bounds = (figure.low, figure.high)
        ends = "-".join("" if bound is None else str(bound) for bound in bounds)
        found.setdefault(name, ends if figure.value is None else figure.value)
    return found


def _citation(page: Paged) -> dict[str, Any]:
    document = page.record.document
    fields = {
        "url": page.address or None,
        "title": (document.title.text or None) if document.title else None,
        "language": document.language,
        "publication": document.outlet,
        "published": document.published.value,
        "captured": page.captured,
        "coder": f"onrecord {__version__}",
        "codebook": "plover-0.8",
    }
    return {name: value for name, value in fields.items() if value is not None}
