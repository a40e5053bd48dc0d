"""Roles over time, and which party of a page is meant: what an actor's page asks beside ``who``."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from onrecord.store.filter import named
from onrecord.store.lines import Named
from onrecord.store.paging import FEW
from onrecord.store.schema import actors, entities, pages
from onrecord.store.view import View


@dataclass(frozen=True, slots=True)
class Office:
    """A role that pages give a party: how many do, and the days of the first and the last that do."""

    title: str
    pages: int
    first: str | None
    last: str | None


def offices(view: View, name: str, *, limit: int = 20) -> tuple[Office, ...]:
    """Give the roles of whoever bears a name or is this actor, those on most pages, in order of time.

    At most 20,000 entities are looked at, those stored last. Roles of unknown day come last.
    """
    e, chosen = entities.c, named(name).subquery()
    source = chosen.join(entities, e.n == next(iter(chosen.c))).join(pages, pages.c.n == e.page_n)
    wanted = select(e.roles, pages.c.day).select_from(source).where(e.roles != "[]")
    days: dict[str, list[str | None]] = {}
    with view.store.reading() as connection:
        for packed, day in connection.execute(wanted.order_by(e.n.desc()).limit(FEW)):
            for title in dict.fromkeys(json.loads(packed)):
                days.setdefault(title, []).append(day)
    found = []
    for title, seen in days.items():
        known = sorted(day for day in seen if day is not None)
        found.append(Office(title, len(seen), known[0] if known else None, known[-1] if known else None))
    most = sorted(found, key=lambda office: (-office.pages, office.title))[:limit]
    return tuple(sorted(most, key=lambda o: (o.first is None, o.first or "", o.last or "", o.title)))


def party_of(view: View, page_id: str, entity: str) -> Named | None:
    """Give a party of a page with the actor that it is; None where there is none."""
    e = entities.c
    source = entities.join(pages, pages.c.n == e.page_n).outerjoin(actors, actors.c.n == e.actor_n)
    wanted = select(e.id, e.name, e.type, e.country, actors.c.id).select_from(source)
    with view.store.reading() as connection:
        row = connection.execute(wanted.where(pages.c.id == page_id, e.id == entity)).one_or_none()
    return None if row is None else Named(*row)
