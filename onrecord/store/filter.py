"""What may be asked of a store: one filter for search, lists, export, the web and analysis alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from onrecord.store.rows import fold
from onrecord.store.schema import (
    actors,
    entities,
    events,
    names,
    pages,
    parties,
    relations,
    statements,
    tellers,
)

_ACTOR_ID = re.compile(r"[0-9a-f]{32}")
PAGE = "page"
"""As a claimant: the page's own voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Conditions that all hold; None asks for nothing.

    ``words`` is a full text query: words, "a phrase", -not, OR. ``speaker``, ``actor``, ``claimant`` and
    ``party`` are a name, an alias or the id of an actor; the claimant "page" is the page's own voice.
    ``type`` is an event's or relation's type; ``since`` and ``until`` are days, half open.
    """

    words: str | None = None
    speaker: str | None = None
    actor: str | None = None
    claimant: str | None = None
    party: str | None = None
    country: str | None = None
    type: str | None = None
    quad: str | None = None
    attitude: str | None = None
    status: str | None = None
    outlet: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    page_id: str | None = None


Condition = ColumnElement[bool]


def named(name: str) -> Select[Any]:
    """Select the row numbers of all entities with this name or alias, or that are this actor."""
    if _ACTOR_ID.fullmatch(name):
        of_actor = entities.c.actor_n == actors.c.n
        return select(entities.c.n).join(actors, of_actor).where(actors.c.id == name)
    return select(names.c.entity_n).where(names.c.folded == fold(name))


def of_page(filter: Filter) -> list[Condition]:  # noqa: A002
    """Give the conditions on ``pages`` itself: outlet, kind of source, days, page."""
    c = pages.c
    found: list[Condition] = []
    if filter.outlet is not None:
        found.append(c.outlet == filter.outlet)
    if filter.kind is not None:
        found.append(c.kind == filter.kind)
    if filter.page_id is not None:
        found.append(c.id == filter.page_id)
    return found + days(filter, c.day)


def days(filter: Filter, day: ColumnElement[Any]) -> list[Condition]:  # noqa: A002
    """Give the conditions on a column of days: since <= day < until."""
    found: list[Condition] = []
    if filter.since is not None:
        found.append(day >= filter.since)
    if filter.until is not None:
        found.append(day < filter.until)
    return found


def of_statement(filter: Filter) -> list[Condition]:  # noqa: A002
    """Give the conditions on ``statements``: speaker, attitude, the speaker's country."""
    c = statements.c
    found: list[Condition] = []
    if filter.speaker is not None:
        found.append(c.speaker_n.in_(named(filter.speaker)))
    if filter.attitude is not None:
        found.append(c.attitude == filter.attitude)
    return found


def of_event(filter: Filter) -> list[Condition]:  # noqa: A002
    """Give the conditions on ``events``: type, quad class, status, parties, claimant."""
    c = events.c
    found: list[Condition] = []
    for value, column in ((filter.type, c.type), (filter.quad, c.quad), (filter.status, c.status)):
        if value is not None:
            found.append(column == value)
    if filter.actor is not None:
        found.append(c.n.in_(_events_of(filter.actor, role="actor")))
    if filter.party is not None:
        found.append(c.n.in_(_events_of(filter.party)))
    return found + claimed(filter, events)


def of_relation(filter: Filter) -> list[Condition]:  # noqa: A002
    """Give the conditions on ``relations``: type, parties, claimant."""
    c = relations.c
    found: list[Condition] = []
    if filter.type is not None:
        found.append(c.type == filter.type)
    if filter.actor is not None:
        found.append(c.subject_n.in_(named(filter.actor)))
    if filter.party is not None:
        found.append(or_(c.subject_n.in_(named(filter.party)), c.object_n.in_(named(filter.party))))
    return found + claimed(filter, relations)


def claimed(filter: Filter, table: Any) -> list[Condition]:  # noqa: A002
    """Give the condition that the claimant tells an entry of events, relations or figures."""
    if filter.claimant is None:
        return []
    if filter.claimant == PAGE:
        return [table.c.chain == 0]
    t = tellers.c
    told = exists().where(
        t.page_n == table.c.page_n, t.entry == table.c.id, t.entity_n.in_(named(filter.claimant))
    )
    return [told]


def _events_of(name: str, role: str | None = None) -> Select[Any]:
    wanted = select(parties.c.event_n).where(parties.c.entity_n.in_(named(name)))
    return wanted if role is None else wanted.where(parties.c.role == role)


def whole_pages(filter: Filter) -> list[Condition]:  # noqa: A002
    """Give the conditions on ``pages`` for the filter as a whole.

    A page is found where one statement of it meets all that is asked of statements, and one event or
    relation of it all that is asked of those.
    """
    found = of_page(filter)
    if of_statement(filter):
        found.append(exists().where(statements.c.page_n == pages.c.n, *of_statement(filter)))
    if of_event(filter):
        an_event = exists().where(events.c.page_n == pages.c.n, *of_event(filter))
        a_relation = exists().where(relations.c.page_n == pages.c.n, *of_relation(filter))
        events_only = filter.quad is not None or filter.status is not None
        found.append(an_event if events_only else or_(an_event, a_relation))
    if filter.country is not None:
        found.append(
            exists().where(and_(entities.c.page_n == pages.c.n, entities.c.country == filter.country))
        )
    return found
