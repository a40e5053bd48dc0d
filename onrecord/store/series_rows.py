"""What series are made of: entries between two parties, and counts by day, with what tells reports apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.errors import StoreError
from onrecord.lexicon.known import countries
from onrecord.store.filter import Filter, named
from onrecord.store.lines import READERS, Line
from onrecord.store.matches import as_rows
from onrecord.store.narrowing import TABLES, What, conditions, on_days
from onrecord.store.paging import few_rows, worded_rows, words_of
from onrecord.store.query import parse
from onrecord.store.schema import copies, entities, events, pages, parties, tellings
from onrecord.store.view import View

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types that two parties do together: named side by side as actors, each does it to the other."""


@dataclass(frozen=True, slots=True)
class Report:
    """One entry of one page that tells of an event.

    ``happening`` is the same for all reports of one happening, across pages as far as those are joined.
    ``origins`` are the page's text and the clusters of copies that it is in: pages that share one are not
    independent of each other. ``chain`` is how many stand between the page and the event.
    """

    page_id: str
    entry: str
    outlet: str
    origins: frozenset[str]
    happening: str
    type: str
    mode: str | None
    quad: str
    status: str
    chain: int
    date: str | None
    precision: str | None
    day: str | None
    page_day: str | None


@dataclass(frozen=True, slots=True)
class Between:
    """A report of what one party did to another; ``forward`` from the first, or ``backward``."""

    report: Report
    forward: bool
    backward: bool


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many entries of one class there are on a day; None is all those whose day is not known."""

    day: str | None
    quad: str
    count: int


def is_country(name: str) -> bool:
    """Whether these are the capitals of a country's code, which stand for all parties of that country."""
    return len(name) == 3 and name.isupper() and any(known.code == name for known in countries().values())


def members(name: str) -> Select[Any]:
    """Select the row numbers of the entities of a name, an actor or a country's code."""
    if is_country(name):
        return select(entities.c.n).where(entities.c.country == name)
    return named(name)


def between(view: View, one: str, other: str, filter: Filter = Filter()) -> list[Between]:  # noqa: A002, B008
    """Give every report of what either party did to the other, days left to who counts, by page and entry.

    The filter's days are not asked: an entry that is known to its month only has no day.
    """
    ones, others = parties.alias("ones"), parties.alias("others")
    e = events.c
    with view.store.reading() as connection:
        joined = ones.join(others, ones.c.event_n == others.c.event_n).join(events, e.n == ones.c.event_n)
        wanted = (
            select(e.n, e.type, ones.c.role, others.c.role)
            .select_from(joined)
            .where(
                ones.c.entity_n.in_(members(one)),
                others.c.entity_n.in_(members(other)),
                ones.c.entity_n != others.c.entity_n,
                *conditions("events", filter),
            )
        )
        forward: set[int] = set()
        backward: set[int] = set()
        for n, kind, role, other_role in connection.execute(wanted):
            together = role == other_role == "actor" and kind in MUTUAL
            if together or (role, other_role) == ("actor", "recipient"):
                forward.add(n)
            if together or (role, other_role) == ("recipient", "actor"):
                backward.add(n)
        read = reports(connection, forward | backward)
    found = [Between(report, n in forward, n in backward) for n, report in read]
    return sorted(found, key=lambda b: (b.report.page_id, b.report.entry))


def reports(connection: Connection, rows: Iterable[int]) -> list[tuple[int, Report]]:
    """Read the reports of these rows of events."""
    listed = as_rows(connection, rows)
    e, p = events.c, pages.c
    source = (
        listed.join(events, e.n == listed.c.value)
        .join(pages, p.n == e.page_n)
        .outerjoin(tellings, tellings.c.event_n == e.n)
    )
    columns = (
        e.n, e.page_n, p.id.label("page_id"), e.id, p.outlet, p.text_id, e.happening,
        tellings.c.happening.label("told"), e.type, e.mode, e.quad, e.status, e.chain, e.date, e.precision,
        e.day, p.day.label("page_day"),
    )  # fmt: skip
    found = connection.execute(select(*columns).select_from(source)).all()
    clusters = _clusters(connection, {row.page_n for row in found})
    return [
        (r.n, Report(
            r.page_id, r.id, r.outlet or "", frozenset({r.text_id, *clusters[r.page_n]}),
            r.told or f"{r.text_id}:{r.happening}", r.type, r.mode, r.quad, r.status, r.chain, r.date,
            r.precision, r.day, r.page_day,
        ))
        for r in found
    ]  # fmt: skip


def _clusters(connection: Connection, rows: Iterable[int]) -> dict[int, set[str]]:
    listed = as_rows(connection, rows)
    source = listed.join(copies, copies.c.page_n == listed.c.value)
    found: dict[int, set[str]] = defaultdict(set)
    for page_n, cluster in connection.execute(select(copies.c.page_n, copies.c.cluster).select_from(source)):
        found[page_n].add(cluster)
    return found


def day_counts(view: View, filter: Filter = Filter(), what: What = "events") -> list[DayCount]:  # noqa: A002, B008
    """Count the entries that meet a filter by their day and quad class ("" of what has none), by day.

    Raises StoreError for words asked of a store that keeps none.
    """
    query = parse(filter.words)
    if query and not view.store.words:
        raise StoreError(f"{view.store.name}: kept without words, so it cannot be searched for them")
    table = TABLES[what]
    quad = table.c.quad if "quad" in table.c else None
    with view.store.reading() as connection:
        rows = worded_rows(connection, what, query)
        asked = [] if rows is not None else words_of(connection, what, query)
        if rows is None:
            rows = few_rows(connection, what, filter)
        asked += [*conditions(what, filter), *on_days(what, filter)]
        source: Any = table
        if rows is not None:
            listed = as_rows(connection, rows)
            source = listed.join(table, table.c.n == listed.c.value)
        keys = [table.c.day] if quad is None else [table.c.day, quad]
        wanted = select(*keys, func.count()).select_from(source).where(*asked).group_by(*keys)
        found = connection.execute(wanted).all()
    counts = [DayCount(row[0], "" if quad is None else row[1], row[-1]) for row in found]
    return sorted(counts, key=lambda c: (c.day is None, c.day or "", c.quad))


def lines(view: View, what: What, keys: Sequence[tuple[str, str]]) -> list[Line]:
    """Read the lines of entries by page and id, in this order; what is no longer there is left out."""
    table = TABLES[what]
    with view.store.reading() as connection:
        rows = _rows(connection, table, keys)
        return list(READERS[what](connection, [rows[key] for key in keys if key in rows]))


def _rows(connection: Connection, table: Any, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    page_ids = sorted({page_id for page_id, _ in keys})
    found: dict[tuple[str, str], int] = {}
    for at in range(0, len(page_ids), 500):
        some = page_ids[at : at + 500]
        wanted = select(pages.c.id, table.c.id, table.c.n).join(table, table.c.page_n == pages.c.n)
        for page_id, entry, n in connection.execute(wanted.where(pages.c.id.in_(some))):
            found[page_id, entry] = n
    return found
