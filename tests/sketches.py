"""Pages sketched by hand for tests of copies, identity and happenings."""

from __future__ import annotations

from dataclasses import replace

from handmade import document_of, find, record_of
from handmade_events import UNKNOWN

from onrecord.lexicon.plover import scores
from onrecord.record import Date, Entity, Event, Mention, Record, Role
from onrecord.store import Stored


def page(text: str, locator: str, *, outlet: str = "The Ledger", day: str | None = None) -> Stored:
    """Sketch a page of which nothing was read."""
    published = Date(day, "day", "given") if day else Date(None, None, "the page does not say")
    return Stored(record_of(document_of(text, outlet=outlet, published=published)), locator)


def person(
    name: str, locator: str, *, country: str | None = None, role: str | None = None,
    sectors: tuple[str, ...] = (), aliases: tuple[str, ...] = (), day: str | None = "2015-03-01",
    kind: str = "person",
) -> Stored:  # fmt: skip
    """Sketch a page that names one party."""
    text = f"{role or 'Somebody'} {name} spoke at {locator}."
    at, title = find(text, name), find(text, role or "Somebody")
    roles = (Role(role, title.start, title.end, title.text),) if role else ()
    entity = Entity("e1", name, kind, country, sectors, roles, aliases)  # type: ignore[arg-type]
    published = Date(day, "day", "given") if day else Date(None, None, "the page does not say")
    record = record_of(
        document_of(text, published=published),
        mentions=(Mention("m1", at.start, at.end, at.text, "name", "e1"),),
        entities=(entity,),
    )
    return Stored(record, locator)


def deed(
    locator: str, *, actor: str = "Kelland", recipient: str = "Arden", type: str = "ASSAULT",  # noqa: A002
    day: str | None = None, published: str | None = "2015-03-02", status: str = "asserted",
    outlet: str = "The Ledger", more: str = "",
) -> Stored:  # fmt: skip
    """Sketch a page that tells one event of two parties."""
    text = f"{actor} struck {recipient}, says {locator}.{more}"
    trigger, whole = find(text, "struck"), find(text, f"{actor} struck {recipient}")
    names = (actor, recipient)
    weights = scores(type, None)
    event = Event(
        "v1", type, None, (), trigger, ("e1",), ("e2",),  # type: ignore[arg-type]
        Date(day, "day", "text") if day else UNKNOWN, None, status, (), whole,  # type: ignore[arg-type]
        weights.quad, 2.0, 0.9, "h1", (trigger,),
    )  # fmt: skip
    given = Date(published, "day", "given") if published else Date(None, None, "none")
    record = record_of(
        document_of(text, outlet=outlet, published=given),
        mentions=tuple(
            Mention(f"m{n}", find(text, name).start, find(text, name).end, name, "name", f"e{n}")
            for n, name in enumerate(names, 1)
        ),
        entities=tuple(Entity(f"e{n}", name, "organization") for n, name in enumerate(names, 1)),
        events=(event,),
    )
    return Stored(record, locator)


def read_again(stored: Stored, record: Record | None = None) -> Stored:
    """Sketch the same page as another model reads it."""
    record = record or stored.record
    return replace(stored, record=replace(record, reader=replace(record.reader, model_sha256="1" * 64)))
