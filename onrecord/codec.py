"""JSON in and out for every type of the record, and the check that a record agrees with itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
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
    entities = {e.id for e in record.entities}
    mentions = {m.id for m in record.mentions}
    holders = {a.id: a.within for a in record.attributions}
    told: tuple[Event | Relation | Figure, ...] = (*record.events, *record.relations, *record.figures)
    chains: list[str] = [key for entry in told for key in entry.according_to]
    uses: tuple[tuple[str, list[str]], ...] = (
        ("entity", [m.entity for m in record.mentions]),
        ("entity", [a.speaker for a in record.attributions if a.speaker]),
        ("entity", [x for a in record.attributions for x in a.addressees]),
        ("entity", [x for e in record.events for x in (*e.actors, *e.recipients)]),
        ("entity", [x for r in record.relations for x in (r.subject, r.object)]),
        ("mention", [p.mention for p in record.places]),
        ("attribution", [a.within for a in record.attributions if a.within]),
        ("attribution", chains),
    )
    for what, ids in uses:
        known = {"entity": entities, "mention": mentions, "attribution": holders.keys()}[what]
        if missing := [i for i in ids if i not in known]:
            raise RecordError(f"document {record.document.id[:12]}: no {what} {missing[0]!r}")
    for attribution in record.attributions:
        if (attribution.speaker is None) != (attribution.speaker_reason is not None):
            raise RecordError(f"attribution {attribution.id}: a speaker, or the reason that there is none")
        seen, at = {attribution.id}, attribution.within
        while at is not None:
            if at in seen:
                raise RecordError(f"attribution {attribution.id} holds itself")
            seen.add(at)
            at = holders[at]


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
        yield from (event.trigger, event.evidence)
        if event.date.span is not None:
            yield event.date.span
    for relation in record.relations:
        yield relation.evidence
    for figure in record.figures:
        yield figure.evidence
