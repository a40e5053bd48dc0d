"""Actors, found by name, and pairs of them that may be one: for people to decide, with what speaks for it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.errors import StoreError
from onrecord.store.decisions import Party, all_decisions, in_force, party_named
from onrecord.store.naming import heritage, initials, is_acronym, person_name, role_key, side, skeleton
from onrecord.store.rows import fold
from onrecord.store.schema import actors, entities, names, pages
from onrecord.store.view import View

_ID = re.compile(r"[0-9a-f]{32}")
_ON_PAGE = re.compile(r"([0-9a-f]{32}):(e\d+)")
_BLOCKS = 200
_MOST = 200  # actors of a block that are compared with each other


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor, with what is known of it over its pages, and how many those are."""

    id: str
    name: str
    type: str
    country: str | None
    wikidata: str | None
    roles: tuple[str, ...]
    walks: tuple[str, ...]
    pages: int
    first: str | None
    last: str | None

    @property
    def party(self) -> Party:
        """Give the words by which a decision means it."""
        walk = self.walks[0] if len(self.walks) == 1 else None
        return party_named(self.name, type=self.type, country=self.country, walk=walk)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an entity of a page was taken for an actor."""

    page_id: str
    entity: str
    name: str
    day: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two actors that may be one: what speaks for it, and what against."""

    one: ActorLine
    other: ActorLine
    because: tuple[str, ...]
    against: tuple[str, ...]


def actors_named(view: View, name: str) -> tuple[ActorLine, ...]:
    """Give the actors who bear a name or alias, or have this id; those of most pages first."""
    with view.store.reading() as connection:
        if _ID.fullmatch(name):
            wanted = select(actors.c.n).where(actors.c.id == name)
        else:
            wanted = (
                select(entities.c.actor_n)
                .join(names, names.c.entity_n == entities.c.n)
                .where(names.c.folded == fold(name), entities.c.actor_n.is_not(None))
                .distinct()
            )
        lines = _lines(connection, [n for (n,) in connection.execute(wanted)])
    return tuple(sorted(lines.values(), key=lambda line: (-line.pages, line.name, line.id)))


def evidence(view: View, actor_id: str, *, limit: int | None = None) -> tuple[Evidence, ...]:
    """Give the entities that are an actor, each with why, by day and page."""
    e = entities.c
    wanted = (
        select(pages.c.id, e.id, e.name, pages.c.day, e.joined)
        .join(actors, actors.c.n == e.actor_n)
        .join(pages, pages.c.n == e.page_n)
        .where(actors.c.id == actor_id)
        .order_by(pages.c.day.nulls_last(), pages.c.id, e.id)
        .limit(limit)
    )
    with view.store.reading() as connection:
        return tuple(Evidence(*row) for row in connection.execute(wanted))


def candidates(view: View, name: str | None = None) -> Iterator[Candidate]:
    """Give the doubtful pairs: of the actors of a name's blocks, or of all, block by block.

    Two that a decision in force is about are no longer doubtful. Of a block at most 200 actors are compared.
    """
    settled = {frozenset((d.one, d.other)) for d in in_force(all_decisions(view))}
    for some in _blocks(view, name):
        with view.store.reading() as connection:
            lines = _lines(connection, some)
        ordered = sorted(lines.values(), key=lambda line: (-line.pages, line.name, line.id))
        for n, one in enumerate(ordered):
            for other in ordered[n + 1 :]:
                because, against = _compared(one, other)
                if because and frozenset((one.party, other.party)) not in settled:
                    yield Candidate(one, other, because, against)


def meant(view: View, words: str) -> Party:
    """Find whom words mean, to decide on: an actor's id, PAGE:e3, or a name that one actor alone bears.

    Raises StoreError where nobody is meant, or more than one could be.
    """
    if found := _ON_PAGE.fullmatch(words):
        wanted = (
            select(entities.c.name, entities.c.type)
            .join(pages, pages.c.n == entities.c.page_n)
            .where(pages.c.id == found[1], entities.c.id == found[2])
        )
        with view.store.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            raise StoreError(f"{view.store.name}: there is no entity {words!r}")
        return party_named(row.name, type=row.type, page_id=found[1])
    lines = actors_named(view, words)
    lines = tuple(line for line in lines if fold(line.name) == fold(words)) or lines
    if len(lines) > 1:
        said = "; ".join(
            f"{line.id} {line.name}, {line.country or 'no country known'}" for line in lines[:10]
        )
        raise StoreError(f"{len(lines)} actors are called {words!r}; name one by its id: {said}")
    if not lines:
        raise StoreError(
            f"{view.store.name}: no actor is called {words!r}; run `onrecord join` first, or name an entity "
            "of a page: PAGE:e3"
        )
    return lines[0].party


def _blocks(view: View, name: str | None) -> Iterator[list[int]]:
    """Give the actors of each block that has more than one, by row number."""
    e = entities.c
    several = select(e.block).where(e.actor_n.is_not(None)).group_by(e.block)
    several = several.having(func.count(e.actor_n.distinct()) > 1).order_by(e.block).limit(_BLOCKS)
    if name is not None:
        of_name = select(e.block).join(names, names.c.entity_n == e.n).where(names.c.folded == fold(name))
        several = several.where(e.block.in_(of_name))
    after = ""
    while True:
        with view.store.reading() as connection:
            found = [block for (block,) in connection.execute(several.where(e.block > after))]
            grouped = [
                [n for (n,) in connection.execute(
                    select(e.actor_n).where(e.block == block, e.actor_n.is_not(None))
                    .group_by(e.actor_n).order_by(func.count().desc(), e.actor_n).limit(_MOST)
                )]
                for block in found
            ]  # fmt: skip
        yield from grouped
        if len(found) < _BLOCKS:
            return
        after = found[-1]


def _lines(connection: Connection, rows: Sequence[int]) -> dict[int, ActorLine]:
    a, e = actors.c, entities.c
    told: dict[int, list[Any]] = defaultdict(list)
    lines: dict[int, ActorLine] = {}
    shown = (func.count(e.page_n.distinct()), func.min(pages.c.day), func.max(pages.c.day))
    wanted = (
        select(e.actor_n, e.roles, e.sectors, *shown)
        .join(pages, pages.c.n == e.page_n)
        .where(e.actor_n.in_(rows))
        .group_by(e.actor_n, e.roles, e.sectors)
    )  # fmt: skip
    for n, *said in connection.execute(wanted):
        told[n].append(said)
    for row in connection.execute(
        select(a.n, a.id, a.name, a.type, a.country, a.wikidata).where(a.n.in_(rows))
    ):
        of_it = told[row.n]
        days = [day for line in of_it for day in line[3:] if day]
        roles = sorted({key for line in of_it for role in json.loads(line[0]) if (key := role_key(role))})
        walks = sorted({walk for line in of_it if (walk := side(tuple(line[1].split())))})
        lines[row.n] = ActorLine(
            row.id, row.name, row.type, row.country, row.wikidata, tuple(roles), tuple(walks),
            sum(line[2] for line in of_it), min(days, default=None), max(days, default=None),
        )  # fmt: skip
    return lines


def _compared(one: ActorLine, other: ActorLine) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say what speaks for two actors being one, and what against; nothing for it where they are no pair."""
    because = _alike(one, other)
    if not because:
        return (), ()
    against: list[str] = []
    if one.country and other.country and heritage(one.country) != heritage(other.country):
        against.append(f"countries: {one.country}, {other.country}")
    elif one.country and other.country:
        because.append(f"the same country, {one.country}")
    if shared := set(one.roles) & set(other.roles):
        because.append(f"the same role, {min(shared)}")
    if one.walks and other.walks and not set(one.walks) & set(other.walks):
        against.append(f"walks of life: {', '.join(one.walks)}; {', '.join(other.walks)}")
    return tuple(because), tuple(against)


def _alike(one: ActorLine, other: ActorLine) -> list[str]:
    if one.type == other.type == "person":
        first, second = person_name(one.name), person_name(other.name)
        if first is None or second is None:
            return []
        if skeleton(first.surname) != skeleton(second.surname):
            return []
        if not first.given or not second.given:
            return ["the surname"]
        if skeleton(first.given) == skeleton(second.given):
            return ["the same full name" if first == second else "the full name, spelt otherwise"]
        if first.given[0] == second.given[0] and (first.initial or second.initial):
            return ["the surname and the initial"]
        return []
    if fold(one.name) == fold(other.name):
        return ["the same name"]
    for short, whole in ((one, other), (other, one)):
        if is_acronym(short.name) and fold(short.name).replace(".", "") == initials(whole.name):
            return [f"{short.name} are the initials of {whole.name}"]
    return []
