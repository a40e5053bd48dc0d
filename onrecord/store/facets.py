"""Facets: of what meets a filter, how many by speaker, country, outlet, type, attitude, status and month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.errors import StoreError
from onrecord.store.filter import Filter
from onrecord.store.matches import as_rows
from onrecord.store.narrowing import TABLES, What
from onrecord.store.paging import by_day
from onrecord.store.query import parse
from onrecord.store.schema import entities, events, figures, pages, parties, relations, statements
from onrecord.store.view import View

COUNTED = 10_000
"""So many rows are counted at most, the newest, so that an answer takes no longer in a larger store."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A value and how many rows have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of the rows that meet a filter, ten of each, the most frequent first; months in their order.

    ``counted`` says of how many rows; where ``complete`` is False there are more, and these are the newest.
    An event counts for each of its parties ("speakers" are then its actors) and for each of their countries.
    """

    counted: int
    complete: bool
    speakers: tuple[Facet, ...]
    countries: tuple[Facet, ...]
    outlets: tuple[Facet, ...]
    types: tuple[Facet, ...]
    attitudes: tuple[Facet, ...]
    statuses: tuple[Facet, ...]
    months: tuple[Facet, ...]


def facets(
    view: View,
    filter: Filter = Filter(),  # noqa: A002, B008
    what: What = "statements",
    *,
    top: int = 10,
) -> Facets:
    """Count what meets a filter, by value; StoreError for words asked of a store that keeps none."""
    if parse(filter.words) and not view.store.words:
        raise StoreError(f"{view.store.name}: kept without words, so it cannot be searched for them")
    with view.store.reading() as connection:
        rows = by_day(connection, what, filter, limit=COUNTED + 1)
        complete, rows = len(rows) <= COUNTED, rows[:COUNTED]
        return Facets(
            len(rows),
            complete,
            _top(_speakers(connection, what, rows), top),
            _top(_countries(connection, what, rows), top),
            _top(_of_pages(connection, what, rows), top),
            _top(_own(connection, what, rows, "type" if what != "figures" else "kind"), top),
            _top(_own(connection, what, rows, "attitude"), top),
            _top(_own(connection, what, rows, "status"), top),
            _months(_own(connection, what, rows, "day")),
        )


def _top(counts: Counter[str], top: int) -> tuple[Facet, ...]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Facet(value, count) for value, count in ordered[:top])


def _months(days: Counter[str]) -> tuple[Facet, ...]:
    counts: Counter[str] = Counter()
    for day, count in days.items():
        counts[day[:7]] += count
    return tuple(Facet(month, counts[month]) for month in sorted(counts))


def _own(connection: Connection, what: What, rows: list[int], column: str) -> Counter[str]:
    """Count the values of a row's own column, where its table has one."""
    table = TABLES[what]
    if column not in table.c:
        return Counter()
    return _counts(
        connection, rows, lambda listed: listed.join(table, table.c.n == listed.c.value), table.c[column]
    )


def _of_pages(connection: Connection, what: What, rows: list[int]) -> Counter[str]:
    table = TABLES[what]

    def joined(listed: Any) -> Any:
        own = listed.join(table, table.c.n == listed.c.value)
        return own if what == "articles" else own.join(pages, pages.c.n == table.c.page_n)

    return _counts(connection, rows, joined, pages.c.outlet)


def _speakers(connection: Connection, what: What, rows: list[int]) -> Counter[str]:
    if what == "statements":
        return _own(connection, what, rows, "speaker")
    return _counts(connection, rows, lambda listed: _acting(listed, what), entities.c.name)


def _countries(connection: Connection, what: What, rows: list[int]) -> Counter[str]:
    return _counts(connection, rows, lambda listed: _acting(listed, what), entities.c.country)


def _acting(listed: Any, what: What) -> Any:
    """Join rows to their speakers, actors, subjects, or to whom a page names."""
    if what == "articles":
        return listed.join(entities, entities.c.page_n == listed.c.value)
    table = TABLES[what]
    own = listed.join(table, table.c.n == listed.c.value)
    if what == "statements":
        return own.join(entities, entities.c.n == statements.c.speaker_n)
    if what == "relations":
        return own.join(entities, entities.c.n == relations.c.subject_n)
    if what == "figures":
        same = (events.c.page_n == figures.c.page_n) & (events.c.id == figures.c.event)
        own = own.join(events, same)
    acts = (parties.c.event_n == events.c.n) & (parties.c.role == "actor")
    return own.join(parties, acts).join(entities, entities.c.n == parties.c.entity_n)


def _counts(connection: Connection, rows: list[int], joined: Any, column: Any) -> Counter[str]:
    source = joined(as_rows(connection, rows))
    wanted = select(column, func.count()).select_from(source).where(column.is_not(None)).group_by(column)
    return Counter({row[0]: row[1] for row in connection.execute(wanted)})
