"""What people say of entries: a page as corrected, an entry in its sentence, and the form that amends it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from sqlalchemy.exc import SQLAlchemyError

from onrecord.errors import OnRecordError, StoreError
from onrecord.export.visible import visible
from onrecord.record import (
    Attitude,
    Attribution,
    AttributionKind,
    Event,
    EventType,
    Figure,
    Polarity,
    Record,
    Relation,
    RelationType,
    Status,
)
from onrecord.span import Span
from onrecord.store import Store, View
from onrecord.store.corrected import Corrected, corrected
from onrecord.store.correcting import Written, correct
from onrecord.store.corrections import of_page
from onrecord.web.finding import Piece

ACTIONS = ("confirm", "reject", "amend", "merge", "split", "add", "undo")
_AROUND = 260
_BEGINS = re.compile(r"[.!?…][”’\"')\]]*\s+|\n")
_ODD = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a change of no sensible shape makes Python say."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form that amends: ``chosen`` are its values, ``options`` those to choose among."""

    name: str
    chosen: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()
    several: bool = False


def judged(view: View, page_id: str) -> Corrected:
    """Give a page as people corrected it; StoreError or RecordError where it cannot be had."""
    with view.store.reading() as connection:
        spoken = of_page(connection, page_id)
    if not spoken or not view.store.words:
        return Corrected(view.record(page_id), ())
    return corrected(view, page_id)


def say(store: Store, page_id: str, action: str, entry: str | None, *, who: str, **more: Any) -> Written:
    """Write one correction down; StoreError, in one sentence, for whatever makes no sense."""
    if action not in ACTIONS:
        raise StoreError(f"{action!r} is no correction; {', '.join(ACTIONS)} are")
    try:
        return correct(store, page_id, action, entry, who=who, at=datetime.now(UTC), **more)  # type: ignore[arg-type]
    except (OnRecordError, SQLAlchemyError):
        raise
    except _ODD as error:
        raise StoreError(f"the change makes no sense of this entry: {str(error)[:200]}") from error


def in_sentence(text: str, start: int, end: int) -> list[Piece]:
    """Cut the sentence around some words, with them marked; a long one is cut at its ends."""
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    begins = [match.end() for match in _BEGINS.finditer(text, low, start)]
    left = begins[-1] if begins else low
    ends = _BEGINS.search(text, max(start, end - 1), high)
    right = ends.end() if ends else high
    before = ("… " if left and not begins else "") + text[left:start]
    after = text[end:right].rstrip() + (" …" if right < len(text) and not ends else "")
    pieces = ((before.lstrip(), False), (text[start:end], True), (after, False))
    return [Piece(visible(words), marked) for words, marked in pieces if words]


def entry_of(record: Record, entry: str) -> Attribution | Event | Relation | Figure | None:
    """Find a statement, event, relation or figure by its id."""
    every: tuple[Attribution | Event | Relation | Figure, ...] = (
        *record.attributions, *record.events, *record.relations, *record.figures,
    )  # fmt: skip
    return next((one for one in every if one.id == entry), None)


def fields_of(record: Record, entry: Attribution | Event | Relation | Figure) -> list[Field]:
    """Give the form that amends an entry."""
    return list(_fields(record, entry))


def change_of(
    record: Record, entry: Attribution | Event | Relation | Figure, given: Mapping[str, list[str]]
) -> dict[str, Any]:
    """Give what a form changes of an entry; StoreError where a value is none."""
    change: dict[str, Any] = {}
    for field in _fields(record, entry):
        values = [value.strip() for value in given.get(field.name, []) if value.strip()]
        if field.name not in given and not field.several:
            continue
        if sorted(values) == sorted(field.chosen):
            continue
        change |= _changed(record, entry, field, values)
    return change


def _fields(record: Record, entry: Attribution | Event | Relation | Figure) -> Iterator[Field]:
    parties = tuple((e.id, f"{visible(e.name)} ({e.type})") for e in record.entities)
    nobody = (("", "—"), *parties)

    def choice(name: str, of: object) -> Field:
        return Field(name, (getattr(entry, name),), tuple((v, v.replace("_", " ")) for v in get_args(of)))

    if isinstance(entry, Attribution):
        yield Field("speaker", (entry.speaker,) if entry.speaker else (), nobody)
        yield choice("attitude", Attitude)
        yield choice("kind", AttributionKind)
        if len(entry.content) == 1:
            yield Field("content", (entry.content[0].text,))
    elif isinstance(entry, Event):
        yield choice("type", EventType)
        yield choice("status", Status)
        yield Field("actors", entry.actors, parties, several=True)
        yield Field("recipients", entry.recipients, parties, several=True)
        yield Field("date", (entry.date.value,) if entry.date.value else ())
        yield Field("trigger", (entry.trigger.text,))
    elif isinstance(entry, Relation):
        yield Field("subject", (entry.subject,), parties)
        yield choice("type", RelationType)
        yield Field("object", (entry.object,), parties)
        yield choice("polarity", Polarity)
    else:
        for name in ("value", "low", "high"):
            number = getattr(entry, name)
            yield Field(name, () if number is None else (f"{number:g}" if number < 1e6 else str(number),))
        yield Field("unit", (entry.unit,) if entry.unit else ())
        yield Field("kind", (entry.kind,) if entry.kind else ())


def _changed(record: Record, entry: Any, field: Field, values: list[str]) -> dict[str, Any]:
    name, one = field.name, values[0] if values else None
    if field.several:
        return {name: values}
    if name in ("content", "trigger"):
        at = entry.content[0] if name == "content" else entry.trigger
        found = _nearest(record.document.text, one or "", at)
        return {name: [found] if name == "content" else found}
    if name in ("value", "low", "high"):
        return {name: None if one is None else _number(name, one)}
    if name == "speaker":
        return {"speaker": one, "speaker_reason": None if one else "not resolved"}
    if name == "unit":
        return {name: one or ""}
    if one is None and field.options:
        raise StoreError(f"{name}: choose one")
    return {name: one}


def _nearest(text: str, words: str, at: Span) -> list[int]:
    """Find words that a person typed, where they stand nearest to what was read; they must be the page's."""
    before = text.rfind(words, 0, at.end + len(words)) if words else -1
    after = text.find(words, at.start) if words else -1
    found = [place for place in (before, after) if place >= 0]
    if not found:
        raise StoreError("these words are not on the page; copy them from it exactly")
    start = min(found, key=lambda place: abs(place - at.start))
    return [start, start + len(words)]


def _number(name: str, words: str) -> float | int:
    try:
        number = float(words.replace(",", "").replace(" ", ""))
    except ValueError as error:
        raise StoreError(f"{name}: {words[:40]!r} is no number") from error
    if not abs(number) < 1e18:
        raise StoreError(f"{name}: {words[:40]!r} is no number that can be kept")
    return int(number) if number.is_integer() else number
