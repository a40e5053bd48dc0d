"""An annotation: an entry tied to words of a text, whatever tool it came from; a record's entries as such."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from onrecord.record import (
    Attribution,
    Date,
    Entity,
    Event,
    Figure,
    Mention,
    Record,
    Relation,
    Time,
)
from onrecord.span import Span

Kind = Literal["entity", "mention", "statement", "event", "relation", "figure", "time"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Part = tuple[str, tuple[Span, ...]]
Texts = Callable[[str], str | None]
"""Gives the text of an id (SHA-256) or an address; None where there is none."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One entry of one text.

    ``spans`` are its own words (a statement's content, an event's trigger, a relation's or figure's evidence;
    none for an entity, whose words are its mentions). ``parts`` are other words that belong to it, by name:
    source and cue, evidence, date, role. ``label`` is its type, or a statement's attitude. ``fields`` are the
    rest as (name, value), sorted; a list is a JSON list, an absent field a null. ``id`` is empty where the
    entry is none of ours.
    """

    text_id: str
    kind: Kind
    id: str
    spans: tuple[Span, ...]
    label: str
    parts: tuple[Part, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        """Give a field; None where it is absent."""
        return dict(self.fields).get(name)

    def part(self, name: str) -> tuple[Span, ...]:
        """Give the words of a part; none where it is absent."""
        return dict(self.parts).get(name, ())


def annotated(record: Record) -> tuple[Annotated, ...]:
    """Give a record's entries as annotations, in the order of KINDS."""
    return tuple(_entries(record))


def fields_of(values: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Give values as sorted fields: nulls and empty lists left out, lists and numbers as JSON."""
    kept = ((name, value) for name, value in values.items() if value is not None and value not in ((), []))
    return tuple(sorted((name, value if isinstance(value, str) else _json(value)) for name, value in kept))


def parts_of(parts: Iterable[tuple[str, Iterable[Span | None]]]) -> tuple[Part, ...]:
    """Give the parts that have words."""
    found = ((name, tuple(span for span in spans if span is not None)) for name, spans in parts)
    return tuple((name, spans) for name, spans in found if spans)


def pack(one: Annotated) -> dict[str, Any]:
    """Give an annotation as JSON values; spans are pairs of offsets."""
    return {
        "id": one.id,
        "kind": one.kind,
        "label": one.label,
        "spans": [[span.start, span.end] for span in one.spans],
        "parts": {name: [[span.start, span.end] for span in spans] for name, spans in one.parts},
        "fields": dict(one.fields),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _entries(record: Record) -> Iterator[Annotated]:
    text_id = record.document.id
    kinds: tuple[tuple[Kind, Iterable[Any]], ...] = (
        ("entity", record.entities),
        ("mention", record.mentions),
        ("statement", record.attributions),
        ("event", record.events),
        ("relation", record.relations),
        ("figure", record.figures),
        ("time", record.times),
    )
    for kind, entries in kinds:
        for number, entry in enumerate(entries, 1):
            spans, label, parts, fields = _take(entry)
            key = getattr(entry, "id", f"t{number}")  # times have no ids of their own
            yield Annotated(text_id, kind, key, spans, label, parts_of(parts), fields_of(fields))


_Taken = tuple[tuple[Span, ...], str, list[tuple[str, tuple[Span | None, ...]]], dict[str, object]]


def _take(entry: object) -> _Taken:
    match entry:
        case Entity():
            roles = tuple(Span(role.start, role.end, role.text) for role in entry.roles)
            return (), entry.type, [("role", roles)], {
                "name": entry.name, "country": entry.country, "sectors": entry.sectors,
                "aliases": entry.aliases, "titles": [role.title for role in entry.roles],
                "wikidata": entry.wikidata,
            }  # fmt: skip
        case Mention():
            spans = (Span(entry.start, entry.end, entry.text),)
            return spans, entry.kind, [], {"entity": entry.entity, "type": entry.type}
        case Attribution():
            return entry.content, entry.attitude, [("source", entry.source), ("cue", entry.cue)], {
                "kind": entry.kind, "speaker": entry.speaker, "speaker_reason": entry.speaker_reason,
                "addressees": entry.addressees, "within": entry.within, "score": entry.score,
            }  # fmt: skip
        case Event():
            parts: list[tuple[str, tuple[Span | None, ...]]] = [
                ("evidence", (entry.evidence,)), ("date", (entry.date.span,)), ("mentions", entry.mentions),
            ]  # fmt: skip
            return (entry.trigger,), entry.type, parts, {
                "mode": entry.mode, "contexts": entry.contexts, "actors": entry.actors,
                "recipients": entry.recipients, "place": entry.place, "status": entry.status,
                "according_to": entry.according_to, "quad": entry.quad, "factuality": entry.factuality,
                "score": entry.score, "happening": entry.happening or None, **_date(entry.date),
            }  # fmt: skip
        case Relation():
            return (entry.evidence,), entry.type, [("date", (entry.date.span,))], {
                "subject": entry.subject, "object": entry.object, "according_to": entry.according_to,
                "polarity": entry.polarity, "events": entry.events, "attributions": entry.attributions,
                "score": entry.score, **_date(entry.date),
            }  # fmt: skip
        case Figure():
            return (entry.evidence,), entry.kind or "number", [("period", (entry.period,))], {
                "value": entry.value, "low": entry.low, "high": entry.high, "approximate": entry.approximate,
                "unit": entry.unit, "event": entry.event, "according_to": entry.according_to,
            }  # fmt: skip
        case Time():
            spans = (Span(entry.start, entry.end, entry.text),)
            return spans, entry.type, [], {"value": entry.value, "reason": entry.reason}
    raise TypeError(f"no annotation of a {type(entry).__name__}")


def _date(date: Date) -> dict[str, object]:
    return {"date": date.value, "precision": date.precision, "method": date.method}
