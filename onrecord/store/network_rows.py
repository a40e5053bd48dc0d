"""What networks are made of: from whom to whom each event and relation of a filter goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.store.filter import Filter
from onrecord.store.matches import as_rows
from onrecord.store.narrowing import What
from onrecord.store.paging import by_day
from onrecord.store.schema import actors, entities, events, pages, parties, relations, tellings
from onrecord.store.series_rows import MUTUAL
from onrecord.store.view import View


@dataclass(frozen=True, slots=True)
class Member:
    """A party as networks join it: one actor, or the parties of one name where they are not joined."""

    key: str  # the actor's id, or the folded name
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """One entry from one party to another; ``status`` of a relation is its polarity."""

    source: Member
    target: Member
    what: What  # events, relations
    type: str
    mode: str | None
    status: str
    day: str | None
    page_id: str
    entry: str
    outlet: str
    happening: str


def links(view: View, filter: Filter = Filter(), *, limit: int) -> tuple[list[Link], bool]:  # noqa: A002, B008
    """Give the links of the newest events and relations that meet a filter, and whether these are all.

    ``limit`` is of each of the two. Of events, each actor goes to each recipient; those of a type that is
    done together go both ways between actors. A filter of a quad class or status leaves relations out.
    """
    with view.store.reading() as connection:
        of_events = by_day(connection, "events", filter, limit=limit + 1)
        of_relations = by_day(connection, "relations", filter, limit=limit + 1)
        found = [
            *_event_links(connection, of_events[:limit]),
            *_relation_links(connection, of_relations[:limit]),
        ]
    whole = len(of_events) <= limit and len(of_relations) <= limit
    return sorted(found, key=lambda k: (k.page_id, k.what, k.entry, k.source.key, k.target.key)), whole


def month_range(view: View) -> tuple[str, str] | None:
    """Give the first and the last month of any event or relation whose day is known."""
    with view.store.reading() as connection:
        ends = [
            connection.execute(select(end(table.c.day)).where(table.c.day.is_not(None))).scalar()
            for table in (events, relations)
            for end in (func.min, func.max)
        ]
    known = [day[:7] for day in ends if day]
    return (min(known), max(known)) if known else None


def _event_links(connection: Connection, rows: list[int]) -> list[Link]:
    listed = as_rows(connection, rows)
    ones, others = parties.alias("ones"), parties.alias("others")
    e, p = events.c, pages.c
    source = (
        listed.join(events, e.n == listed.c.value)
        .join(pages, p.n == e.page_n)
        .join(ones, ones.c.event_n == e.n)
        .join(others, (others.c.event_n == e.n) & (others.c.entity_n != ones.c.entity_n))
        .outerjoin(tellings, tellings.c.event_n == e.n)
    )
    columns = (
        ones.c.entity_n.label("one"), others.c.entity_n.label("other"), e.type, e.mode,
        e.status, e.day, p.id.label("page_id"), e.id, p.outlet, p.text_id, e.happening,
        tellings.c.happening.label("told"),
    )  # fmt: skip
    wanted = select(*columns).select_from(source).where(
        ones.c.role == "actor", (others.c.role == "recipient") | e.type.in_(sorted(MUTUAL))
    )  # fmt: skip
    found = connection.execute(wanted).all()
    known = _members(connection, {n for row in found for n in (row.one, row.other)})
    return [
        Link(
            known[r.one], known[r.other], "events", r.type, r.mode, r.status, r.day, r.page_id, r.id,
            r.outlet or "", r.told or f"{r.text_id}:{r.happening}",
        )
        for r in found
        if known[r.one].key != known[r.other].key
    ]  # fmt: skip


def _relation_links(connection: Connection, rows: list[int]) -> list[Link]:
    listed = as_rows(connection, rows)
    r, p = relations.c, pages.c
    source = listed.join(relations, r.n == listed.c.value).join(pages, p.n == r.page_n)
    columns = (
        r.subject_n, r.object_n, r.type, r.polarity, r.day, p.id.label("page_id"), r.id, p.outlet, p.text_id,
    )  # fmt: skip
    found = connection.execute(select(*columns).select_from(source)).all()
    known = _members(connection, {n for row in found for n in (row.subject_n, row.object_n)})
    return [
        Link(
            known[row.subject_n], known[row.object_n], "relations", row.type, None, row.polarity, row.day,
            row.page_id, row.id, row.outlet or "", f"{row.text_id}:{row.id}",
        )
        for row in found
        if known[row.subject_n].key != known[row.object_n].key
    ]  # fmt: skip


def _members(connection: Connection, rows: set[int]) -> dict[int, Member]:
    listed = as_rows(connection, rows)
    e: Any = entities.c
    source = listed.join(entities, e.n == listed.c.value).outerjoin(actors, actors.c.n == e.actor_n)
    columns = (e.n, e.name, e.folded, e.country, actors.c.id.label("actor"), actors.c.name.label("known"))
    return {
        row.n: Member(row.actor or row.folded, row.known or row.name, row.country)
        for row in connection.execute(select(*columns).select_from(source))
    }
