"""JSON in and out for every type of the record, and the check that a record agrees with itself."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from onrecord.errors import RecordError, SpanError
from onrecord.record import Document, Event, Figure, Mention, Record, Relation, Role, Time
from onrecord.span import Span


def encode(value: Any) -> str:
    """Give any record type as JSON with fields in their written order; equal values give equal bytes."""
    if isinstance(value, Record):
        fields = {name: getattr(value, name) for name in Record.__dataclass_fields__ if name != "schema"}
        value = {"schema": value.schema, **fields}
    return msgspec.json.encode(value).decode()


@cache
def _decoder(kind: type) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def decode_document(text: str | bytes) -> Document:
    """Read a document's JSON; raise RecordError where it is none."""
    try:
        document: Document = _decoder(Document).decode(text)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise RecordError(f"this is not a document of onrecord/1: {error}") from error
    _check_document(document)
    return document


def decode_record(text: str | bytes) -> Record:
    """Read a record's JSON and check it; raise RecordError where it is none or disagrees with itself."""
    try:
        record: Record = _decoder(Record).decode(text)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise RecordError(f"this is not a record of onrecord/1: {error}") from error
    check(record)
    return record


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of a record."""
    return msgspec.json.schema(Record)


def check(record: Record) -> None:
    """Raise RecordError unless every span quotes its text, every id resolves and chains end.

    The two promises that everything else rests on; run when a record is built, stored, imported or exported.
    """
    text = record.document.text
    _check_document(record.document)
    try:
        for span in _spans(record):
            span.check(text)
    except SpanError as error:
        raise RecordError(f"document {record.document.id[:12]}: {error}") from error
    _check_ids(record)
    holders = _check_holders(record)
    told: tuple[_Told, ...] = (*record.events, *record.relations, *record.figures)
    for entry in told:
        _check_chain(entry, holders)
    for event in record.events:
        _check_event(event)


_Told = Event | Relation | Figure


def _check_ids(record: Record) -> None:
    """Every id is its entry's alone, and whatever is named by its id is there."""
    where = f"document {record.document.id[:12]}"
    known: dict[str, set[str]] = {}
    for what, entries in (
        ("mention", record.mentions),
        ("entity", record.entities),
        ("attribution", record.attributions),
        ("event", record.events),
        ("relation", record.relations),
        ("figure", record.figures),
    ):
        counts = Counter(entry.id for entry in entries)
        known[what] = set(counts)
        if twice := [i for i, count in counts.items() if count > 1]:
            raise RecordError(f"{where}: {what} {twice[0]!r} is there twice")
    told: tuple[_Told, ...] = (*record.events, *record.relations, *record.figures)
    # An event's place is a mention that has a place's type, of itself or by its entity, or a map's point.
    types = {e.id: e.type for e in record.entities}
    known["mention of a place"] = {p.mention for p in record.places} | {
        m.id for m in record.mentions if (m.type or types.get(m.entity)) == "place"
    }
    uses: tuple[tuple[str, list[str]], ...] = (
        ("entity", [m.entity for m in record.mentions]),
        ("entity", [a.speaker for a in record.attributions if a.speaker is not None]),
        ("entity", [x for a in record.attributions for x in a.addressees]),
        ("entity", [x for e in record.events for x in (*e.actors, *e.recipients)]),
        ("entity", [x for r in record.relations for x in (r.subject, r.object)]),
        ("mention", [p.mention for p in record.places]),
        ("mention of a place", [e.place for e in record.events if e.place is not None]),
        ("attribution", [a.within for a in record.attributions if a.within is not None]),
        ("attribution", [x for entry in told for x in entry.according_to]),
        ("attribution", [x for r in record.relations for x in r.attributions]),
        ("event", [x for r in record.relations for x in r.events]),
        ("event", [f.event for f in record.figures if f.event is not None]),
    )
    for what, ids in uses:
        if missing := [i for i in ids if i not in known[what]]:
            raise RecordError(f"{where}: no {what} {missing[0]!r}")


def _check_holders(record: Record) -> dict[str, str | None]:
    """No statement holds itself, at whatever remove; give the holder of each."""
    holders = {a.id: a.within for a in record.attributions}
    ended: set[str] = set()  # statements whose holders are known to end: each is followed once
    for attribution in record.attributions:
        if (attribution.speaker is None) != (attribution.speaker_reason is not None):
            raise RecordError(f"attribution {attribution.id}: a speaker, or the reason that there is none")
        seen: set[str] = set()
        at: str | None = attribution.id
        while at is not None and at not in ended:
            if at in seen:
                raise RecordError(f"attribution {attribution.id} holds itself")
            seen.add(at)
            at = holders[at]
        ended |= seen
    return holders


def _check_chain(entry: _Told, holders: dict[str, str | None]) -> None:
    """A chain runs from the innermost statement outwards, each in the words of the next, none left out."""
    for inner, outer in pairwise((*entry.according_to, None)):
        if inner is not None and holders[inner] != outer:
            raise RecordError(
                f"the chain of {entry.id!r}: {inner!r} is within {holders[inner]!r}, not {outer!r}"
            )


def _check_event(event: Event) -> None:
    if not event.mentions:
        return
    starts = [(span.start, span.end) for span in event.mentions]
    if event.trigger not in event.mentions or starts != sorted(set(starts)):
        raise RecordError(f"event {event.id!r}: its mentions are in text order, its trigger among them")


def _check_document(document: Document) -> None:
    if hashlib.sha256(document.text.encode()).hexdigest() != document.id:
        raise RecordError(f"document {document.id[:12]}: the id is not the SHA-256 of the text")
    try:
        for span in (document.title, document.published.span):
            if span is not None:
                span.check(document.text)
    except SpanError as error:
        raise RecordError(f"document {document.id[:12]}: {error}") from error


def _spans(record: Record) -> Iterator[Span]:
    roles = tuple(role for entity in record.entities for role in entity.roles)
    placed: tuple[Mention | Time | Role, ...] = (*record.mentions, *record.times, *roles)
    for words in placed:
        yield Span(words.start, words.end, words.text)
    for a in record.attributions:
        yield from (*a.source, *a.cue, *a.content)
    for event in record.events:
        yield from (event.trigger, event.evidence, *event.mentions)
    for relation in record.relations:
        yield relation.evidence
    for figure in record.figures:
        yield figure.evidence
        if figure.period is not None:
            yield figure.period
    whens: tuple[Event | Relation, ...] = (*record.events, *record.relations)
    for dated in whens:
        if dated.date.span is not None:
            yield dated.date.span
