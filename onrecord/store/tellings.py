"""Events of many pages that are one happening: told by several outlets, each telling kept.

A happening is all that one type's tellings of one day have in common, with those of the day after that
belong to it; days are gone through in order, so no chain runs from day to day. What comes out depends on
what is stored alone: a day is looked at again where it has new tellings, and the day after where it changed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select

from onrecord.store.copies import alone, batched
from onrecord.store.happening import Told, Who, day_after, same_day
from onrecord.store.naming import known_as, person_name
from onrecord.store.rows import fold
from onrecord.store.schema import actors, copies, entities, events, pages, parties, tellings
from onrecord.store.store import Store
from onrecord.store.view import View

_LOCK = 7_310_914_625  # PostgreSQL's advisory lock: one looks for happenings at a time
_TOLD = ("asserted", "denied")  # what is said to have happened, be it denied
_PORTION = 500


@dataclass(frozen=True, slots=True)
class Reported:
    """A happening: how often it is told, on how many pages, and how many where copies count once."""

    happening: str
    type: str
    day: str | None
    entries: int
    reports: int
    independent: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happenings:
    """What a store tells: entries of events, and how many happenings they come to."""

    entries: int
    happenings: int
    told_twice: int  # happenings on more than one page


def find_tellings(store: Store, *, anew: bool = False) -> int:
    """Find which new events are one happening; give how many days of a type were looked at.

    ``anew`` forgets what was found before. It may be stopped at any moment and goes on where it was.
    """
    if anew:
        store.write(lambda connection: connection.execute(delete(tellings)))
    looked = 0
    for kind, days in store.write(_waiting).items():
        at = 0
        day = days[0] if days else None
        while day is not None:
            changed = store.write(partial(_look_at_day, kind, day))
            looked += 1
            while at < len(days) and days[at] <= day:
                at += 1
            following = _after(day)
            day = following if changed else days[at] if at < len(days) else None
    return looked


def happenings_of(view: View, event: tuple[str, str]) -> Reported | None:
    """Give the happening that an event (page id, entry id) tells; None where it is not said to have been."""
    page_id, entry = event
    wanted = (
        select(tellings.c.happening)
        .join(events, events.c.n == tellings.c.event_n)
        .join(pages, pages.c.n == events.c.page_n)
        .where(pages.c.id == page_id, events.c.id == entry)
    )
    with view.store.reading() as connection:
        key = connection.execute(wanted).scalar()
        return None if key is None else _reported(connection, key)


def told_most(view: View, *, limit: int = 20) -> tuple[Reported, ...]:
    """Give the happenings that most pages tell."""
    c = tellings.c
    count = func.count(events.c.page_n.distinct())
    wanted = (
        select(c.happening)
        .join(events, events.c.n == c.event_n)
        .group_by(c.happening)
        .order_by(count.desc(), c.happening)
        .limit(limit)
    )
    with view.store.reading() as connection:
        return tuple(_reported(connection, key) for (key,) in connection.execute(wanted).all())


def count_happenings(view: View) -> Happenings:
    """Count entries and happenings."""
    c = tellings.c
    several = (
        select(c.happening)
        .join(events, events.c.n == c.event_n)
        .group_by(c.happening)
        .having(func.count(events.c.page_n.distinct()) > 1)
        .subquery()
    )
    with view.store.reading() as connection:
        entries, found = connection.execute(select(func.count(), func.count(c.happening.distinct()))).one()
        twice = connection.execute(select(func.count()).select_from(several)).scalar_one()
    return Happenings(entries, found, twice)


def _reported(connection: Connection, key: str) -> Reported:
    layer = copies.alias()
    joined = (
        tellings.join(events, events.c.n == tellings.c.event_n)
        .join(pages, pages.c.n == events.c.page_n)
        .outerjoin(layer, (layer.c.page_n == pages.c.n) & (layer.c.layer == "syndicated"))
    )
    wanted = select(
        events.c.type, events.c.day, pages.c.id, pages.c.outlet, func.coalesce(layer.c.cluster, pages.c.id)
    )
    rows = connection.execute(wanted.select_from(joined).where(tellings.c.happening == key)).all()
    return Reported(
        key,
        rows[0][0],
        min((row[1] for row in rows if row[1]), default=None),
        len(rows),
        len({row[2] for row in rows}),
        len({row[4] for row in rows}),
        tuple(sorted({row[3] for row in rows if row[3]})),
    )


def _waiting(connection: Connection) -> dict[str, list[str]]:
    """Give the days, by type, that have tellings which nobody looked at; those without a day stand alone."""
    alone(connection, _LOCK)
    day = func.coalesce(events.c.day, pages.c.day)
    fresh = [events.c.status.in_(_TOLD), ~exists().where(tellings.c.event_n == events.c.n)]
    joined = events.join(pages, pages.c.n == events.c.page_n)
    undated = select(events.c.n, events.c.happening, pages.c.id).select_from(joined)
    for some in batched(connection.execute(undated.where(*fresh, day.is_(None))).all()):
        rows = [{"event_n": n, "happening": _key(page, happening, "")} for n, happening, page in some]
        connection.execute(insert(tellings), rows)
    wanted = select(events.c.type, day.label("at")).select_from(joined).where(*fresh, day.is_not(None))
    found: dict[str, list[str]] = defaultdict(list)
    for kind, at in connection.execute(wanted.distinct().order_by(events.c.type, "at")):
        found[kind].append(at)
    return found


def _look_at_day(kind: str, day: str, connection: Connection) -> bool:
    """Group the tellings of a day, write what changed; give whether anything did."""
    alone(connection, _LOCK)
    today, stored = _told(connection, kind, day)
    before, known = _told(connection, kind, _before(day))
    begun = {told.key for told in before}  # a happening is named by a telling of its first day
    earlier = [(told, known[told.events[0]]) for told in before if known.get(told.events[0]) in begun]
    wanted: dict[int, str] = {}
    for members in _together(today):
        key = _belongs(members, earlier) or min(told.key for told in members)
        wanted.update({n: key for told in members for n in told.events})
    changed = sorted(n for n, key in wanted.items() if stored.get(n) != key)
    for some in batched(changed):
        connection.execute(delete(tellings).where(tellings.c.event_n.in_(some)))
        connection.execute(insert(tellings), [{"event_n": n, "happening": wanted[n]} for n in some])
    return bool(changed)


def _together(today: Sequence[Told]) -> list[list[Told]]:
    """Part a day's tellings into happenings: what is connected by pairs that are one."""
    parent = list(range(len(today)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    _pairs(
        today, today, lambda a, b: root(a) == root(b), lambda a, b: _join(parent, root(a), root(b)), same_day
    )
    parts: dict[int, list[Told]] = {}
    for n, told in enumerate(today):
        parts.setdefault(root(n), []).append(told)
    return list(parts.values())


def _join(parent: list[int], one: int, other: int) -> None:
    parent[max(one, other)] = min(one, other)


def _pairs(
    ones: Sequence[Told], others: Sequence[Told], known: Callable[[int, int], bool],
    found: Callable[[int, int], None], alike: Callable[[Told, Told], bool],
) -> None:  # fmt: skip
    """Compare all that share a sign."""
    by_sign: dict[str, list[int]] = defaultdict(list)
    for n, told in enumerate(others):
        for sign in told.signs():
            by_sign[sign].append(n)
    for a, told in enumerate(ones):
        for b in sorted({n for sign in told.signs() for n in by_sign.get(sign, ())}):
            if (ones is not others or b < a) and not known(a, b) and alike(told, others[b]):
                found(a, b)


def _belongs(members: Sequence[Told], earlier: Sequence[tuple[Told, str]]) -> str | None:
    """Give the happening of the day before that these tell, the first by name where there are several."""
    found: list[str] = []
    _pairs(
        members,
        [told for told, _ in earlier],
        lambda *_: False,
        lambda _, b: found.append(earlier[b][1]),
        day_after,
    )
    return min(found, default=None)


def _told(connection: Connection, kind: str, day: str) -> tuple[list[Told], dict[int, str]]:
    """Read what is told of a day, in order of key, and which happening each entry is now."""
    e = events.c
    columns = [
        e.n, e.page_n, e.happening, e.day, e.mode, e.trigger_start, e.place, e.country, e.geonames_id,
        pages.c.id, pages.c.text_id, pages.c.day.label("page_day"), tellings.c.happening.label("now"),
    ]  # fmt: skip
    joined = events.join(pages, pages.c.n == e.page_n).outerjoin(tellings, tellings.c.event_n == e.n)
    wanted = select(*columns).select_from(joined).where(e.type == kind, e.status.in_(_TOLD))
    rows = [
        *connection.execute(wanted.where(e.day == day)),
        *connection.execute(wanted.where(pages.c.day == day, e.day.is_(None))),
    ]
    sides = _parties(connection, [row.n for row in rows])
    units: dict[tuple[int, str, bool], list[Row[Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.id, row.trigger_start, row.n)):
        units[row.page_n, row.happening, row.day is None].append(row)
    found = [_unit(kind, day, of_one, sides) for of_one in units.values()]
    return sorted(found, key=lambda told: told.key), {row.n: row.now for row in rows if row.now}


def _unit(kind: str, day: str, rows: Sequence[Row[Any]], sides: dict[int, list[tuple[str, Who]]]) -> Told:
    first = rows[0]
    placed = next((row for row in rows if row.place), first)
    whole = known_as(placed.place) if placed.place else None
    where = whole or (str(placed.geonames_id) if placed.geonames_id else fold(placed.place or ""))
    who = [side for row in rows for side in sides.get(row.n, ())]
    return Told(
        key=_key(first.id, first.happening, day if first.day else ""),
        page_id=first.id, text_id=first.text_id, start=first.trigger_start, type=kind,
        mode=next((row.mode for row in rows if row.mode), ""), day=day, loose=first.day is None,
        page_day=first.page_day or "",
        actors=tuple(sorted({w for role, w in who if role == "actor"})),
        recipients=tuple(sorted({w for role, w in who if role != "actor"})),
        place=where, country=placed.country or "", events=tuple(row.n for row in rows),
    )  # fmt: skip


def _parties(connection: Connection, rows: Sequence[int]) -> dict[int, list[tuple[str, Who]]]:
    """Read the parties of events; a description that nobody bears as a name has none."""
    found: dict[int, list[tuple[str, Who]]] = defaultdict(list)
    e = entities.c
    joined = parties.join(entities, e.n == parties.c.entity_n).outerjoin(actors, actors.c.n == e.actor_n)
    columns = (parties.c.event_n, parties.c.role, e.type, e.name, e.country, e.block, actors.c.id)
    for some in batched(rows):
        wanted = select(*columns).select_from(joined).where(parties.c.event_n.in_(some))
        for event, role, kind, name, country, block, actor in connection.execute(wanted):
            names: tuple[str, ...] = ()
            if block:
                parts = person_name(name) if kind == "person" else None
                names = tuple(sorted({fold(name), *([parts.surname] if parts else [])}))
            found[event].append((role, Who(actor or "", names, country or "")))
    return found


def _key(page_id: str, happening: str, day: str) -> str:
    return hashlib.sha256(f"{page_id}\n{happening}\n{day}".encode()).hexdigest()[:32]


def _after(day: str) -> str:
    return _shifted(day, 1)


def _before(day: str) -> str:
    return _shifted(day, -1)


def _shifted(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return f"{day} and {days:+d}"  # no day of the calendar: nothing is beside it
