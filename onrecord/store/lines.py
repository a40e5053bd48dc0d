"""What lists show of a statement, event, relation or figure: plain values, parties and tellers by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onrecord.store.matches import as_rows
from onrecord.store.narrowing import What
from onrecord.store.paging import rows_by_number
from onrecord.store.schema import (
    actors,
    entities,
    events,
    figures,
    pages,
    parties,
    relations,
    statements,
    tellers,
    texts,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A party of a page: ``entity`` is its id there, ``actor`` its id across pages, where it has one."""

    entity: str
    name: str
    type: str
    country: str | None
    actor: str | None


@dataclass(frozen=True, slots=True)
class Teller:
    """One of those who say so: a statement of the page and its speaker, null where none is known."""

    statement: str
    speaker: Named | None


@dataclass(frozen=True, slots=True)
class Where:
    """The page that an entry stands in."""

    page_id: str
    locator: str
    uri: str | None
    outlet: str | None
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A statement; ``words`` are ``text[start:end]``, first to last; empty in a store without words."""

    id: str
    page: Where
    kind: str
    attitude: str
    speaker: Named | None
    speaker_reason: str | None
    within: str | None
    day: str | None
    start: int
    end: int
    words: str
    content: str
    score: float


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event; ``tellers`` are innermost first, none is the page's own voice; ``words`` are its evidence."""

    id: str
    page: Where
    happening: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: str
    status: str
    actors: tuple[Named, ...]
    recipients: tuple[Named, ...]
    tellers: tuple[Teller, ...]
    date: str | None
    precision: str | None
    day: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    start: int
    end: int
    words: str
    trigger_start: int
    trigger_end: int
    factuality: float
    score: float


@dataclass(frozen=True, slots=True)
class RelationLine:
    """How two parties stand to each other, and who says so."""

    id: str
    page: Where
    type: str
    polarity: str
    subject: Named
    object: Named
    tellers: tuple[Teller, ...]
    date: str | None
    day: str | None
    start: int
    end: int
    words: str
    score: float


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A number that a page reports, and who says so; ``event`` is the id of what it counts."""

    id: str
    page: Where
    kind: str | None
    unit: str
    value: float | None
    low: float | None
    high: float | None
    approximate: bool
    event: str | None
    tellers: tuple[Teller, ...]
    day: str | None
    start: int
    end: int
    words: str


Line = StatementLine | EventLine | RelationLine | FigureLine

_PAGE = (pages.c.id, pages.c.locator, pages.c.uri, pages.c.outlet, pages.c.title, pages.c.published)
_WIDTH = len(_PAGE) + 1


def statement_lines(connection: Connection, rows: Sequence[int]) -> list[StatementLine]:
    """Read these statements, in this order."""
    c = statements.c
    columns = [c.n, c.id, c.kind, c.attitude, c.speaker_reason, c.within, c.day, c.start, c.end, c.content,
               c.score, c.speaker_n]  # fmt: skip
    found = _read(connection, columns, statements, rows)
    named = _named(connection, [row.speaker_n for row in found if row.speaker_n is not None])
    return [
        StatementLine(
            r.id, _where(r), r.kind, r.attitude, named.get(r.speaker_n), r.speaker_reason, r.within, r.day,
            r.start, r.end, _words(r), r.content, r.score,
        )
        for r in found
    ]  # fmt: skip


def event_lines(connection: Connection, rows: Sequence[int]) -> list[EventLine]:
    """Read these events, in this order."""
    c = events.c
    columns = [c[name] for name in (
        "n", "id", "happening", "type", "mode", "contexts", "quad", "status", "date", "precision", "day",
        "place", "country", "lat", "lon", "start", "end", "trigger_start", "trigger_end", "factuality",
        "score",
    )]  # fmt: skip
    found = _read(connection, columns, events, rows)
    sides, told = _sides(connection, rows), _told(connection, events, rows)
    return [
        EventLine(
            r.id, _where(r), r.happening, r.type, r.mode, tuple(r.contexts.split()), r.quad, r.status,
            tuple(sides[r.n, "actor"]), tuple(sides[r.n, "recipient"]), tuple(told[r.n]), r.date,
            r.precision, r.day, r.place, r.country, r.lat, r.lon, r.start, r.end, _words(r),
            r.trigger_start, r.trigger_end, r.factuality, r.score,
        )
        for r in found
    ]  # fmt: skip


def relation_lines(connection: Connection, rows: Sequence[int]) -> list[RelationLine]:
    """Read these relations, in this order."""
    c = relations.c
    columns = [c.n, c.id, c.type, c.polarity, c.subject_n, c.object_n, c.date, c.day, c.start, c.end, c.score]
    found = _read(connection, columns, relations, rows)
    named = _named(connection, [n for row in found for n in (row.subject_n, row.object_n)])
    told = _told(connection, relations, rows)
    return [
        RelationLine(
            r.id, _where(r), r.type, r.polarity, named[r.subject_n], named[r.object_n], tuple(told[r.n]),
            r.date, r.day, r.start, r.end, _words(r), r.score,
        )
        for r in found
    ]  # fmt: skip


def figure_lines(connection: Connection, rows: Sequence[int]) -> list[FigureLine]:
    """Read these figures, in this order."""
    c = figures.c
    columns = [
        c.n,
        c.id,
        c.kind,
        c.unit,
        c.value,
        c.low,
        c.high,
        c.approximate,
        c.event,
        c.day,
        c.start,
        c.end,
    ]
    found = _read(connection, columns, figures, rows)
    told = _told(connection, figures, rows)
    return [
        FigureLine(
            r.id, _where(r), r.kind, r.unit, r.value, r.low, r.high, r.approximate, r.event,
            tuple(told[r.n]), r.day, r.start, r.end, _words(r),
        )
        for r in found
    ]  # fmt: skip


READERS: dict[What, Callable[[Connection, Sequence[int]], list[Any]]] = {
    "statements": statement_lines,
    "events": event_lines,
    "relations": relation_lines,
    "figures": figure_lines,
}
"""What reads the lines of each kind."""


def _read(connection: Connection, columns: list[Any], table: Any, rows: Sequence[int]) -> list[Any]:
    page = [column.label(f"page_{column.name}") for column in _PAGE]
    source = table.join(pages, pages.c.n == table.c.page_n).join(texts, texts.c.id == pages.c.text_id)
    return rows_by_number(connection, [*columns, *page, texts.c.text.label("page_text")], source, rows)


def _where(row: Any) -> Where:
    return Where(*(getattr(row, f"page_{column.name}") for column in _PAGE))


def _words(row: Any) -> str:
    return "" if row.page_text is None else str(row.page_text[row.start : row.end])


_ENTITY = (entities.c.id, entities.c.name, entities.c.type, entities.c.country, actors.c.id.label("actor"))


def _named(connection: Connection, rows: Sequence[int]) -> dict[int, Named]:
    source = entities.outerjoin(actors, actors.c.n == entities.c.actor_n)
    found = rows_by_number(connection, [entities.c.n, *_ENTITY], source, list(dict.fromkeys(rows)))
    return {row[0]: Named(*row[1:]) for row in found}


def _party(values: Any) -> Named:
    return Named(*values)


def _sides(connection: Connection, rows: Sequence[int]) -> dict[tuple[int, str], list[Named]]:
    """Give the parties of these events, in the order in which the record has them."""
    listed = as_rows(connection, rows)
    joined = (
        listed.join(parties, parties.c.event_n == listed.c.value)
        .join(entities, entities.c.n == parties.c.entity_n)
        .outerjoin(actors, actors.c.n == entities.c.actor_n)
    )
    found: dict[tuple[int, str], list[Named]] = defaultdict(list)
    wanted = select(parties.c.event_n, parties.c.role, *_ENTITY).select_from(joined).order_by(parties.c.n)
    for event_n, role, *entity in connection.execute(wanted).all():
        found[event_n, role].append(_party(entity))
    return found


def _told(connection: Connection, table: Any, rows: Sequence[int]) -> dict[int, list[Teller]]:
    """Give who tells each of these rows, innermost first."""
    listed = as_rows(connection, rows)
    same = (tellers.c.page_n == table.c.page_n) & (tellers.c.entry == table.c.id)
    joined = (
        listed.join(table, table.c.n == listed.c.value)
        .join(tellers, same)
        .outerjoin(entities, entities.c.n == tellers.c.entity_n)
        .outerjoin(actors, actors.c.n == entities.c.actor_n)
    )
    found: dict[int, list[Teller]] = defaultdict(list)
    wanted = select(table.c.n, tellers.c.statement, *_ENTITY).select_from(joined).order_by(tellers.c.remove)
    for n, statement, *entity in connection.execute(wanted):
        found[n].append(Teller(statement, None if entity[0] is None else _party(entity)))
    return found
