"""Who is who over all pages: entities of many pages joined into actors, with the reason kept at each.

Entities are compared within blocks (a surname's skeleton, a body's initials, a country), by the rules of
``joining`` and after what people decided. A block with a new entity is looked at as a whole, so that the
actors are the same in whatever order pages came; the others are left alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from onrecord.store.copies import alone, batched
from onrecord.store.decisions import Decision, Party, in_force, read_decisions
from onrecord.store.joining import Days, Group, Profile, group, key_of
from onrecord.store.naming import block_of, heritage, person_name, side
from onrecord.store.rows import fold
from onrecord.store.schema import actors, entities, names, pages, parties, tellings
from onrecord.store.store import Store

_LOCK = 7_310_914_624  # PostgreSQL's advisory lock: one joins entities at a time
_ROWS = 5_000  # entities put into blocks a transaction
_BLOCKS = 50  # blocks a transaction
NO_NAME = "no name"


@dataclass(frozen=True, slots=True)
class Joined:
    """What was done: entities that changed, actors there are, decisions for which nobody was found."""

    changed: int
    actors: int
    unresolved: tuple[Decision, ...]


@dataclass(slots=True)
class _Block:
    """The entities of a block: rows by profile, and what stands at each row now."""

    rows: dict[Profile, list[int]] = field(default_factory=dict)
    days: Days = field(default_factory=dict)
    now: dict[int, tuple[int | None, str | None]] = field(default_factory=dict)


@dataclass(slots=True)
class _Known:
    """What an actor is called, over all its blocks."""

    names: Counter[tuple[int, str]] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    wikidata: str | None = None

    def add(self, profile: Profile, count: int) -> None:
        parts = person_name(profile.name) if profile.type == "person" else None
        self.names[(min(len(parts.given), 2) if parts else 0, profile.name)] += count
        self.types[profile.type] += count
        if profile.country:
            self.countries[profile.country] += count

    def row(self) -> dict[str, Any]:
        name = min(self.names, key=lambda n: (-n[0], -self.names[n], n[1]))[1]
        country = min(self.countries, key=lambda c: (-self.countries[c], c), default=None)
        kind = min(self.types, key=lambda t: (-self.types[t], t))
        return {"name": name, "type": kind, "country": country, "wikidata": self.wikidata}


@dataclass(slots=True)
class _Decided:
    """What the decisions in force come to: who is apart, which keys are one, what merged actors are."""

    apart: list[Decision] = field(default_factory=list)  # splits, by name
    pinned: dict[str, list[tuple[Party, str]]] = field(default_factory=dict)  # by page
    keys: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    known: dict[str, _Known] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def find_actors(store: Store) -> Joined:
    """Join the entities of pages that came since the last time, and follow all decisions.

    It may be stopped at any moment and goes on where it was.
    """
    while store.write(_put_in_blocks):
        pass
    decided, blocks, unresolved = store.write(_follow)
    changed = 0
    for some in batched(blocks, _BLOCKS):
        changed += store.write(partial(_join_blocks, some, decided))
    after = ""
    while new := store.write(partial(_unjoined, after)):
        changed += store.write(partial(_join_blocks, new, decided))
        after = new[-1]
    store.write(_forget_nobodies)
    return Joined(changed, store.view().counts().actors, unresolved)


def _put_in_blocks(connection: Connection) -> int:
    alone(connection, _LOCK)
    c = entities.c
    wanted = select(c.n, c.type, c.name).where(c.block.is_(None), c.joined.is_(None)).limit(_ROWS)
    rows = [
        {"row": n, "block": block, "joined": None if block else NO_NAME}
        for n, kind, name in connection.execute(wanted)
        for block in (block_of(kind, name)[:200],)
    ]
    if rows:
        change = update(entities).where(c.n == bindparam("row"))
        connection.execute(change.values(block=bindparam("block"), joined=bindparam("joined")), rows)
    return len(rows)


def _unjoined(after: str, connection: Connection) -> list[str]:
    c = entities.c
    wanted = select(c.block).where(c.joined.is_(None), c.block > after).distinct().order_by(c.block)
    return [block for (block,) in connection.execute(wanted.limit(_BLOCKS))]


def _follow(connection: Connection) -> tuple[_Decided, list[str], tuple[Decision, ...]]:
    """Work out what the decisions come to, and which blocks they are about, those taken back too."""
    alone(connection, _LOCK)
    taken = read_decisions(connection)
    force = in_force(taken)
    decided = _Decided()
    blocks: set[str] = set()
    for decision in taken:
        for party in (decision.one, decision.other):
            if party.name:
                blocks |= _blocks_of(connection, party)
    for decision in force:
        if decision.action == "split" and not decision.other.page_id:
            decided.apart.append(decision)
        for party in (decision.one, decision.other):
            if party.page_id:
                decided.pinned.setdefault(party.page_id, []).append((party, decision.why))
    known: dict[str, _Known] = {}
    found: dict[Decision, tuple[set[str], set[str]]] = {d: (set(), set()) for d in force}
    named: dict[str, dict[str, Group]] = {}
    for name in sorted(blocks):
        block = _read(connection, name, decided)
        groups, _ = _grouped(block, name, decided)
        for one in groups:
            for profile in one.members:
                for words in (profile.name, *(profile.aliases if profile.page_id else ())):
                    named.setdefault(fold(words), {})[one.key] = one
                known.setdefault(one.key, _Known()).add(profile, len(block.rows[profile]))
    for decision in force:
        for keys, party in zip(found[decision], (decision.one, decision.other), strict=True):
            keys.update(_meant(list(named.get(party.name, {}).values()), party))
    unresolved = _unite(force, found, decided)
    for key, what in known.items():
        whole = decided.known.setdefault(decided.keys.get(key, key), _Known())
        whole.names += what.names
        whole.types += what.types
        whole.countries += what.countries
    for key, wikidata in decided.links.items():
        decided.known[decided.keys.get(key, key)].wikidata = wikidata
    return decided, sorted(blocks), tuple(unresolved)


def _unite(
    force: Sequence[Decision], found: dict[Decision, tuple[set[str], set[str]]], decided: _Decided
) -> list[Decision]:
    """Make one of what is merged; give the decisions that meet nobody any more, or more than one."""
    unresolved: list[Decision] = []
    for decision in force:
        one, other = found[decision]
        if decision.action == "link":
            decided.links.update(dict.fromkeys(one, decision.other.wikidata or ""))
        missing = not other if decision.action == "split" else not one
        if decision.action == "merge" and (not other or (one != other and max(len(one), len(other)) > 1)):
            missing = True
        if missing:
            unresolved.append(decision)
        elif decision.action == "merge":
            keys = {decided.keys.get(key, key) for key in one | other}
            first = min(keys)
            for key in one | other:
                decided.keys[key] = first
                decided.reasons[key] = decision.why
            for key, to in list(decided.keys.items()):
                if to in keys:
                    decided.keys[key] = first
    return unresolved


def _meant(groups: Sequence[Group], party: Party) -> set[str]:
    """Give the keys of the groups that a party means: of its country, or else the one whose is not known."""
    if not party.name:
        return set()
    bearing = [g for g in groups if any(_fits(p, party) for p in g.members)]
    if party.page_id:
        return {g.key for g in bearing}
    same = [g for g in bearing if heritage(g.country) == heritage(party.country)]
    if not same:  # the country was learnt, or lost, since: who else could be meant?
        same = bearing if len(bearing) == 1 and None in (bearing[0].country, party.country) else []
    if party.walk and len(same) > 1:
        same = [g for g in same if any(side(p.sectors) == party.walk for p in g.members)]
    return {g.key for g in same}


def _fits(profile: Profile, party: Party) -> bool:
    if party.type is not None and profile.type != party.type:
        return False
    if party.page_id:
        return profile.page_id == party.page_id and profile.bears(party.name)
    return not profile.page_id and fold(profile.name) == party.name


def _blocks_of(connection: Connection, party: Party) -> set[str]:
    """Give the blocks in which somebody is looked for; a description that is meant on its page gets one."""
    e = entities.c
    wanted = select(e.n, e.block).join(names, names.c.entity_n == e.n).where(names.c.folded == party.name)
    if party.page_id is None:
        return {block for _, block in connection.execute(wanted.where(e.folded == party.name)) if block}
    of_page = wanted.join(pages, pages.c.n == e.page_n).where(pages.c.id == party.page_id)
    rows = connection.execute(of_page).all()
    own = f"page {party.page_id}"
    if bare := [n for n, block in rows if not block]:
        connection.execute(update(entities).where(e.n.in_(bare)).values(block=own))
    return {block or own for _, block in rows}


def _read(connection: Connection, name: str, decided: _Decided) -> _Block:
    e = entities.c
    wanted = (
        select(
            e.n, e.name, e.type, e.country, e.sectors, e.roles, e.aliases, e.actor_n, e.joined,
            pages.c.id, pages.c.day,
        )
        .join(pages, pages.c.n == e.page_n)
        .where(e.block == name)
    )  # fmt: skip
    block = _Block()
    for n, called, kind, country, sectors, roles, aliases, actor, joined, page, day in connection.execute(
        wanted
    ):
        sides = tuple(sorted(sectors.split()))
        decade = (day or "")[:3]
        profile = Profile(called, kind, country or "", sides, _list(roles), _list(aliases), decade)
        pins = decided.pinned.get(page, ()) if decided.pinned else ()
        if any(profile.bears(p.name) and p.type in (None, kind) for p, _ in pins):
            profile = replace(profile, page_id=page)
        block.rows.setdefault(profile, []).append(n)
        block.now[n] = (actor, joined)
        if day:
            first, last = block.days.get(profile, (day, day))
            block.days[profile] = (min(first, day), max(last, day))
    return block


def _list(packed: str) -> tuple[str, ...]:
    return () if packed == "[]" else tuple(sorted(set(json.loads(packed))))


def _grouped(block: _Block, name: str, decided: _Decided) -> tuple[list[Group], dict[Profile, str]]:
    """Group a block's profiles; those that a decision is about stand alone until it joins them."""
    pulled: dict[str, Group] = {}
    left: list[Profile] = []
    for profile in sorted(block.rows):
        if profile.page_id:
            why = next(w for p, w in decided.pinned[profile.page_id] if profile.bears(p.name))
            key = key_of("page", profile.page_id, fold(profile.name), profile.type)
        elif split := next((d for d in decided.apart if _set_apart(profile, d.other)), None):
            key, why = key_of("split", split.other.to_json()), split.why
        else:
            left.append(profile)
            continue
        pulled.setdefault(key, Group(key)).members[profile] = f"decided: {why}"
    groups, nobody = group(left, block.days, name)
    by_key = {}
    for one in sorted(groups, key=lambda g: min(g.members)):
        if one.key in by_key:  # two of one name that nothing in the key tells apart
            one.key = key_of(
                one.key, *(str(part) for part in min(one.members).sectors), min(one.members).name
            )
        by_key[one.key] = one
    return [*by_key.values(), *pulled.values()], nobody


def _set_apart(profile: Profile, party: Party) -> bool:
    if fold(profile.name) != party.name or party.type not in (None, profile.type):
        return False
    if party.country is not None and heritage(profile.country or None) != heritage(party.country):
        return False
    return party.walk is None or side(profile.sectors) == party.walk


def _join_blocks(blocks: Sequence[str], decided: _Decided, connection: Connection) -> int:
    """Group each block and write what changes: actors, and at each entity its actor and the reason."""
    alone(connection, _LOCK)
    wanted: dict[int, tuple[str | None, str]] = {}
    now: dict[int, tuple[int | None, str | None]] = {}
    known: dict[str, _Known] = {}
    for name in blocks:
        block = _read(connection, name, decided)
        groups, nobody = _grouped(block, name, decided)
        now |= block.now
        for profile, why in nobody.items():
            wanted.update(dict.fromkeys(block.rows[profile], (None, why)))
        for one in groups:
            key = decided.keys.get(one.key, one.key)
            more = f"; decided: {decided.reasons[one.key]}" if one.key in decided.reasons else ""
            what = known[key] = decided.known.get(key) or known.get(key) or _Known()
            for profile, why in one.members.items():
                if key not in decided.known:
                    what.add(profile, len(block.rows[profile]))
                wanted.update(dict.fromkeys(block.rows[profile], (key, why + more)))
    numbers = _put_actors(connection, known)
    at = {n: (None if key is None else numbers[key], why) for n, (key, why) in sorted(wanted.items())}
    changed = [n for n in at if at[n] != now[n]]
    if changed:
        rows = [{"row": n, "actor": at[n][0], "joined": at[n][1]} for n in changed]
        change = update(entities).where(entities.c.n == bindparam("row"))
        connection.execute(change.values(actor_n=bindparam("actor"), joined=bindparam("joined")), rows)
    for some in batched([n for n in changed if at[n][0] != now[n][0]]):  # what happenings rest on has changed
        of_them = select(parties.c.event_n).where(parties.c.entity_n.in_(some))
        connection.execute(delete(tellings).where(tellings.c.event_n.in_(of_them)))
    return len(changed)


def _put_actors(connection: Connection, known: dict[str, _Known]) -> dict[str, int]:
    """Write the actors as they are known now; give their row numbers."""
    there: dict[str, Any] = {}
    for some in batched(sorted(known)):
        for row in connection.execute(select(actors).where(actors.c.id.in_(some))):
            there[row.id] = row
    fresh = [{"id": key, **known[key].row()} for key in sorted(known) if key not in there]
    if fresh:
        connection.execute(insert(actors), fresh)
    for key, row in there.items():
        fields = known[key].row()
        if any(getattr(row, name) != value for name, value in fields.items()):
            connection.execute(update(actors).where(actors.c.n == row.n).values(**fields))
    numbers = {key: row.n for key, row in there.items()}
    for some in batched([row["id"] for row in fresh]):
        numbers.update(connection.execute(select(actors.c.id, actors.c.n).where(actors.c.id.in_(some))).all())
    return numbers


def _forget_nobodies(connection: Connection) -> None:
    alone(connection, _LOCK)
    connection.execute(delete(actors).where(~exists().where(entities.c.actor_n == actors.c.n)))
