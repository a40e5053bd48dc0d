"""Who somebody is, over all pages: names, roles, what they said and did, and what was done to them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select

from onrecord.store.filter import named
from onrecord.store.lines import EventLine, StatementLine, event_lines, statement_lines
from onrecord.store.matches import as_rows, is_among
from onrecord.store.paging import FEW
from onrecord.store.query import words_of
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
from onrecord.store.view import View

_SHOWN = 10  # roles and aliases
_NEAR = 20  # names that begin like the one asked for


@dataclass(frozen=True, slots=True)
class Counted:
    """Words with how many pages (of roles and aliases) or events (of tellers) have them."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Known:
    """One party over all its pages: an actor, or the pages' entities of one name, type and country.

    ``said``, ``did`` and ``met`` (what was done to them) count entries; the lists beside them are the newest
    of those. ``told_by`` are those who speak of events in which they have a part. ``complete`` is False where
    there are more entities than were looked at.
    """

    actor: str | None
    name: str
    type: str
    country: str | None
    aliases: tuple[Counted, ...]
    roles: tuple[Counted, ...]
    pages: int
    first: str | None
    last: str | None
    said: int
    did: int
    met: int
    relations: int
    statements: tuple[StatementLine, ...]
    deeds: tuple[EventLine, ...]
    suffered: tuple[EventLine, ...]
    told_by: tuple[Counted, ...]
    complete: bool = True


@dataclass(slots=True)
class _Group:
    """The entities of one party."""

    actor: str | None
    type: str
    rows: list[int]
    names: Counter[str]
    countries: Counter[str]
    aliases: Counter[str]
    roles: Counter[str]
    days: list[str]
    pages: set[int]


def who(view: View, name: str, *, limit: int = 5, examples: int = 3) -> tuple[Known, ...]:
    """Give whoever bears a name or alias, or is this actor; those of most pages first.

    Where nobody bears it whole, those with it among the words of their names are given: "Brandt" for "Ana
    Brandt". At most 10,000 entities are looked at, those stored last.
    """
    with view.store.reading() as connection:
        found = _grouped(connection, named(name))
        if not found:
            near = _near(connection, name)
            found = (
                _grouped(connection, select(names.c.entity_n).where(names.c.folded.in_(near))) if near else []
            )
        ordered = sorted(found, key=lambda group: (-len(group.pages), _most(group.names), group.actor or ""))
        complete = sum(len(group.rows) for group in found) < FEW
        return tuple(_known(connection, group, examples, complete) for group in ordered[: max(1, limit)])


def _near(connection: Connection, name: str) -> list[str]:
    """Find the names that begin like this one, or have its words among theirs."""
    asked = fold(name)
    if not asked:
        return []
    c = names.c.folded
    begins = select(c).where(c > asked, c < f"{asked}\U0010ffff").distinct().order_by(c).limit(_NEAR)
    found = [row[0] for row in connection.execute(begins)]
    if found:
        return found
    # No index has the words within a name: look through all names, each once.
    like = asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    within = select(c).where(c.like(f"%{like}%", escape="\\")).distinct().order_by(c).limit(_NEAR * 10)
    wanted = {word for _, _, word in words_of(asked)}
    held = [row[0] for row in connection.execute(within)]
    return [n for n in held if wanted <= {word for _, _, word in words_of(n)}][:_NEAR]


def _grouped(connection: Connection, wanted: Any) -> list[_Group]:
    """Read the entities and put those of one party together."""
    e = entities.c
    columns = [
        e.n,
        e.page_n,
        e.name,
        e.folded,
        e.type,
        e.country,
        e.roles,
        e.aliases,
        actors.c.id,
        pages.c.day,
    ]
    chosen = wanted.subquery()
    source = (
        chosen.join(entities, e.n == next(iter(chosen.c)))
        .outerjoin(actors, actors.c.n == e.actor_n)
        .join(pages, pages.c.n == e.page_n)
    )
    rows = connection.execute(select(*columns).select_from(source).order_by(e.n.desc()).limit(FEW))
    groups: dict[tuple[str, str], _Group] = {}
    for n, page_n, name, folded, kind, country, roles, aliases, actor, day in rows:
        key = ("actor", actor) if actor else (folded, kind)
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group(
                actor, kind, [], Counter(), Counter(), Counter(), Counter(), [], set()
            )
        group.rows.append(n)
        group.pages.add(page_n)
        group.names[name] += 1
        if country:
            group.countries[country] += 1
        group.aliases.update(_listed(aliases))
        group.roles.update(_listed(roles))
        if day:
            group.days.append(day)
    return list(groups.values())


def _known(connection: Connection, group: _Group, examples: int, complete: bool) -> Known:
    name = _most(group.names)
    aliases = group.aliases + group.names
    del aliases[name]
    said = _count(connection, [statements.c.speaker_n], group.rows)
    newest = [
        _newest(connection, group.rows, "actor", examples),
        _newest(connection, group.rows, "recipient", examples),
    ]
    shown = dict(_lines(connection, [n for rows in newest for n in rows]))
    return Known(
        actor=group.actor,
        name=name,
        type=group.type,
        country=_most(group.countries) or None,
        aliases=_top(aliases, _SHOWN),
        roles=_top(group.roles, _SHOWN),
        pages=len(group.pages),
        first=min(group.days, default=None),
        last=max(group.days, default=None),
        said=said,
        did=_count_parties(connection, group.rows, "actor"),
        met=_count_parties(connection, group.rows, "recipient"),
        relations=_count(connection, [relations.c.subject_n, relations.c.object_n], group.rows),
        statements=tuple(_said(connection, group.rows, examples)),
        deeds=tuple(shown[n] for n in newest[0]),
        suffered=tuple(shown[n] for n in newest[1]),
        told_by=_top(_tellers(connection, group.rows), _SHOWN),
        complete=complete,
    )


def _lines(connection: Connection, rows: list[int]) -> Iterable[tuple[int, EventLine]]:
    unique = list(dict.fromkeys(rows))
    return zip(unique, event_lines(connection, unique), strict=True)


def _said(connection: Connection, rows: list[int], limit: int) -> list[StatementLine]:
    c = statements.c
    listed = as_rows(connection, rows)
    source = listed.join(statements, c.speaker_n == listed.c.value)
    newest = select(c.n).select_from(source).order_by(c.day.desc().nulls_last(), c.n.desc()).limit(limit)
    return statement_lines(connection, [row[0] for row in connection.execute(newest)])


def _newest(connection: Connection, rows: list[int], role: str, limit: int) -> list[int]:
    c = events.c
    listed = as_rows(connection, rows)
    has_part = (parties.c.entity_n == listed.c.value) & (parties.c.role == role)
    source = listed.join(parties, has_part).join(events, c.n == parties.c.event_n)
    order = (c.day.desc().nulls_last(), c.n.desc())
    newest = select(c.n, c.day).distinct().select_from(source).order_by(*order).limit(limit)
    return [row[0] for row in connection.execute(newest)]


def _count(connection: Connection, columns: list[Any], rows: list[int]) -> int:
    """Count the rows of a table of which some of these columns is one of these entities."""
    of = or_(*(is_among(connection, column, rows) for column in columns))
    return connection.execute(select(func.count()).select_from(columns[0].table).where(of)).scalar_one()


def _count_parties(connection: Connection, rows: list[int], role: str) -> int:
    listed = as_rows(connection, rows)
    source = listed.join(parties, (parties.c.entity_n == listed.c.value) & (parties.c.role == role))
    return connection.execute(
        select(func.count(parties.c.event_n.distinct())).select_from(source)
    ).scalar_one()


def _tellers(connection: Connection, rows: list[int]) -> Counter[str]:
    """Count the events of theirs that each speaker tells; what they tell of themselves counts too."""
    listed = as_rows(connection, rows)
    told = (tellers.c.page_n == events.c.page_n) & (tellers.c.entry == events.c.id)
    source = (
        listed.join(parties, parties.c.entity_n == listed.c.value)
        .join(events, events.c.n == parties.c.event_n)
        .join(tellers, told)
        .join(entities, entities.c.n == tellers.c.entity_n)
    )
    counted = func.count(events.c.n.distinct())
    wanted = select(entities.c.name, counted).select_from(source).group_by(entities.c.name)
    return Counter({row[0]: row[1] for row in connection.execute(wanted)})


def _listed(packed: str) -> list[str]:
    return [] if packed == "[]" else list(dict.fromkeys(json.loads(packed)))


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _top(counts: Counter[str], top: int) -> tuple[Counted, ...]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Counted(value, count) for value, count in ordered[:top])
