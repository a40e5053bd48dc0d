"""Facets: of what meets a filter, how many by speaker, country, outlet, type, attitude, status and month."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.errors import StoreError
from onrecord.store.filter import Filter
from onrecord.store.matches import is_among
from onrecord.store.narrowing import TABLES, What
from onrecord.store.paging import by_day
from onrecord.store.query import parse
from onrecord.store.schema import entities, events, figures, pages, parties, relations, statements
from onrecord.store.view import View

COUNTED = 5_000
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
        own = _own(connection, what, rows)
        names, countries = _acting(connection, what, rows)
    return Facets(
        len(rows),
        complete,
        _top(own["speaker"] if what == "statements" else names, top),
        _top(countries, top),
        _top(own["outlet"], top),
        _top(own["kind" if what == "figures" else "type"], top),
        _top(own["attitude"], top),
        _top(own["status"], top),
        _months(own["day"]),
    )


def _top(counts: Counter[str], top: int) -> tuple[Facet, ...]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Facet(value, count) for value, count in ordered[:top])


def _months(days: Counter[str]) -> tuple[Facet, ...]:
    counts: Counter[str] = Counter()
    for day, count in days.items():
        counts[day[:7]] += count
    return tuple(Facet(month, counts[month]) for month in sorted(counts))


def _own(connection: Connection, what: What, rows: list[int]) -> dict[str, Counter[str]]:
    """Count the values that rows have of themselves or of their pages.

    They are counted here and not by the database, which would go through a whole table to have them in order.
    """
    table = TABLES[what]
    columns = [
        table.c[name] for name in ("speaker", "type", "kind", "attitude", "status", "day") if name in table.c
    ]
    joined = table if what == "articles" else table.join(pages, pages.c.n == table.c.page_n)
    wanted = select(*columns, pages.c.outlet).select_from(joined).where(is_among(connection, table.c.n, rows))
    counts = {column.name: Counter[str]() for column in (*columns, pages.c.outlet)}
    for row in connection.execute(wanted):
        for name, value in row._mapping.items():
            if value is not None:
                counts[name][value] += 1
    return defaultdict(Counter, counts)


def _acting(connection: Connection, what: What, rows: list[int]) -> tuple[Counter[str], Counter[str]]:
    """Count the names and countries of speakers, actors, subjects, or of whom a page names."""
    of = is_among(connection, TABLES[what].c.n, rows)
    e = entities.c
    if what == "articles":
        wanted = select(e.name, e.country).where(is_among(connection, e.page_n, rows))
    elif what == "statements":
        wanted = select(e.name, e.country).join(statements, statements.c.speaker_n == e.n).where(of)
    elif what == "relations":
        wanted = select(e.name, e.country).join(relations, relations.c.subject_n == e.n).where(of)
    else:
        acts = (parties.c.event_n == events.c.n) & (parties.c.role == "actor")
        joined = events.join(parties, acts).join(entities, e.n == parties.c.entity_n)
        if what == "figures":
            same = (events.c.page_n == figures.c.page_n) & (events.c.id == figures.c.event)
            joined = figures.join(events, same).join(parties, acts).join(entities, e.n == parties.c.entity_n)
        wanted = select(e.name, e.country).select_from(joined).where(of)
    names: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    for name, country in connection.execute(wanted):
        names[name] += 1
        if country is not None:
            countries[country] += 1
    return names, countries
