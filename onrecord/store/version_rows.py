"""What versions are made of: the events and figures that one party tells, with how it tells them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from onrecord.errors import StoreError
from onrecord.store.filter import PAGE, Filter, named
from onrecord.store.lines import EventLine, FigureLine, event_lines, figure_lines
from onrecord.store.matches import as_rows
from onrecord.store.narrowing import What
from onrecord.store.paging import by_day
from onrecord.store.query import parse
from onrecord.store.schema import events, figures, pages, statements, tellers, tellings
from onrecord.store.view import View


@dataclass(frozen=True, slots=True)
class Link:
    """One statement of a chain: ``own`` where the party itself makes it, and its attitude."""

    own: bool
    attitude: str


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event that the party has a part in telling; ``happening`` as in ``onrecord.store.series_rows``."""

    line: EventLine
    happening: str
    chain: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure that the party has a part in telling."""

    line: FigureLine
    chain: tuple[Link, ...]


def told_events(view: View, party: str, filter: Filter, *, limit: int) -> list[ToldEvent]:  # noqa: A002
    """Give the newest events of a filter that a party tells; the party "page" is the pages' own voice."""
    with view.store.reading() as connection:
        rows = _rows(view, connection, "events", party, filter, limit)
        chains, keys = _chains(connection, events, rows, party), _happenings(connection, rows)
        read = event_lines(connection, rows)
    return [ToldEvent(line, keys[n], tuple(chains[n])) for n, line in zip(rows, read, strict=True)]


def told_figures(view: View, party: str, filter: Filter, *, limit: int) -> list[ToldFigure]:  # noqa: A002
    """Give the newest figures of a filter that a party tells."""
    with view.store.reading() as connection:
        rows = _rows(view, connection, "figures", party, filter, limit)
        chains = _chains(connection, figures, rows, party)
        read = figure_lines(connection, rows)
    return [ToldFigure(line, tuple(chains[n])) for n, line in zip(rows, read, strict=True)]


def _rows(
    view: View,
    connection: Connection,
    what: What,
    party: str,
    filter: Filter,  # noqa: A002
    limit: int,
) -> list[int]:
    if parse(filter.words) and not view.store.words:
        raise StoreError(f"{view.store.name}: kept without words, so it cannot be searched for them")
    return by_day(connection, what, replace(filter, claimant=party), limit=limit)


def _chains(connection: Connection, table: Any, rows: list[int], party: str) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = defaultdict(list)
    if party == PAGE:
        return found
    listed = as_rows(connection, rows)
    t, s = tellers.c, statements.c
    source = (
        listed.join(table, table.c.n == listed.c.value)
        .join(tellers, (t.page_n == table.c.page_n) & (t.entry == table.c.id))
        .join(statements, (s.page_n == t.page_n) & (s.id == t.statement))
    )
    own = t.entity_n.in_(named(party))
    wanted = select(table.c.n, own, s.attitude).select_from(source).order_by(table.c.n, t.remove)
    for n, is_own, attitude in connection.execute(wanted):
        found[n].append(Link(bool(is_own), attitude))
    return found


def _happenings(connection: Connection, rows: list[int]) -> dict[int, str]:
    listed = as_rows(connection, rows)
    e = events.c
    source = (
        listed.join(events, e.n == listed.c.value)
        .join(pages, pages.c.n == e.page_n)
        .outerjoin(tellings, tellings.c.event_n == e.n)
    )
    wanted = select(e.n, tellings.c.happening, pages.c.text_id, e.happening).select_from(source)
    return {n: told or f"{text_id}:{own}" for n, told, text_id, own in connection.execute(wanted)}
