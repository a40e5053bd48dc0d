"""A filter for each kind of row: the conditions that all hold, and the rare ones to begin with.

A database asked for "the newest twenty of this speaker" can walk days and pass over what is not hers, or take
all that is hers and sort it. The first is quick where she speaks often, the second where she hardly does.
``conditions`` are for the first, ``beginnings`` for the second: selections of row numbers of which any one
that is small holds all that is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, Table, exists, false, or_, select, union_all

from onrecord.store.filter import PAGE, Filter, days, named, of_page, whole_pages
from onrecord.store.schema import entities, events, figures, pages, parties, relations, statements, tellers

What = Literal["statements", "events", "relations", "figures", "articles"]

Condition = ColumnElement[bool]
Rows = Select[Any]

TABLES: dict[What, Table] = {
    "statements": statements, "events": events, "relations": relations, "figures": figures, "articles": pages,
}  # fmt: skip


def conditions(what: What, filter: Filter) -> list[Condition]:  # noqa: A002
    """Give what must hold of a row, its day left out; words are the business of full text.

    Of a statement, ``actor`` and ``party`` are its speaker, ``country`` the speaker's, ``type``, ``quad`` and
    ``status`` those of an event or relation that it tells, and no statement is the page's own claim. Of an
    event, ``country`` is where it was or whence a party is. A figure has the parties, type, status and
    country of its event. ``speaker`` and ``attitude`` of what is no statement are those of its tellers.
    """
    table = TABLES[what]
    found = [] if what == "articles" else _of_its_page(filter, table)
    return found + _CONDITIONS[what](filter)


def on_days(what: What, filter: Filter) -> list[Condition]:  # noqa: A002
    """Give the conditions on a row's day: since <= day < until."""
    return days(filter, TABLES[what].c.day)


def beginnings(what: What, filter: Filter) -> Iterator[Rows]:  # noqa: A002
    """Give selections of the row numbers of which each alone holds all that the filter wants."""
    table = TABLES[what]
    if filter.page_id is not None:
        on_page = select(pages.c.n).where(pages.c.id == filter.page_id)
        yield on_page if what == "articles" else select(table.c.n).where(table.c.page_n.in_(on_page))
    for ask in ("speaker", "actor", "party", "claimant"):
        name = getattr(filter, ask)
        if name is not None and not (ask == "claimant" and name == PAGE):
            yield _BEGINNINGS[what](ask, _entities(named(name)))
    if filter.country is not None:
        of_country = select(entities.c.n).where(entities.c.country == filter.country)
        if what in {"events", "figures"}:
            there = select(events.c.n).where(events.c.country == filter.country)
            either = _either(there, _events_of("country", _entities(of_country)))
            yield either if what == "events" else _figures_with(either)
        else:
            yield _BEGINNINGS[what]("country", _entities(of_country))
    if filter.outlet is not None:
        of_outlet = select(pages.c.n).where(pages.c.outlet == filter.outlet)
        if what == "articles":
            yield of_outlet
        else:
            from_page = of_outlet.subquery()
            yield select(table.c.n).join(from_page, table.c.page_n == from_page.c.n)


def _of_its_page(filter: Filter, table: Table) -> list[Condition]:  # noqa: A002
    """Give the conditions on the page of a row: outlet, kind of source, id."""
    asked = Filter(outlet=filter.outlet, kind=filter.kind, page_id=filter.page_id)
    if not of_page(asked):
        return []
    return [_some(table, pages.c.n == table.c.page_n, *of_page(asked))]


def _of_statements(filter: Filter) -> list[Condition]:  # noqa: A002
    c = statements.c
    found = [_among(c.speaker_n, name) for name in _names(filter, "speaker", "actor", "party", "claimant")]
    if filter.claimant == PAGE:
        found.append(false())
    if filter.country is not None:
        found.append(_some(statements, entities.c.n == c.speaker_n, entities.c.country == filter.country))
    if filter.attitude is not None:
        found.append(c.attitude == filter.attitude)
    if filter.type is None and filter.quad is None and filter.status is None:
        return found
    told = (tellers.c.page_n == c.page_n, tellers.c.statement == c.id)
    kinds = [
        _some(
            statements,
            *told,
            events.c.page_n == c.page_n,
            events.c.id == tellers.c.entry,
            *_kind(filter, events),
        )
    ]
    if filter.quad is None and filter.status is None:
        kinds.append(
            _some(statements,
                *told, relations.c.page_n == c.page_n, relations.c.id == tellers.c.entry,
                relations.c.type == filter.type,
            )
        )  # fmt: skip
    return [*found, or_(*kinds)]


def _of_events(filter: Filter) -> list[Condition]:  # noqa: A002
    return [*_kind(filter, events), *_parties(filter, events.c.n, events), *_told(filter, events)]


def _of_relations(filter: Filter) -> list[Condition]:  # noqa: A002
    c = relations.c
    found: list[Condition] = []
    if filter.type is not None:
        found.append(c.type == filter.type)
    if filter.quad is not None or filter.status is not None:
        found.append(false())
    if filter.actor is not None:
        found.append(_among(c.subject_n, filter.actor))
    if filter.party is not None:
        found.append(or_(_among(c.subject_n, filter.party), _among(c.object_n, filter.party)))
    if filter.country is not None:
        found.append(
            _some(
                relations, entities.c.n.in_([c.subject_n, c.object_n]), entities.c.country == filter.country
            )
        )
    return found + _told(filter, relations)


def _of_figures(filter: Filter) -> list[Condition]:  # noqa: A002
    c = figures.c
    asked = [*_kind(filter, events), *_parties(filter, events.c.n, events)]
    found: list[Condition] = []
    if asked:
        found.append(c.event.is_not(None))  # most figures count nothing that happens: no need to look
        found.append(_some(figures, events.c.page_n == c.page_n, events.c.id == c.event, *asked))
    return found + _told(filter, figures)


def _kind(filter: Filter, table: Table) -> list[Condition]:  # noqa: A002
    asked = ((filter.type, "type"), (filter.quad, "quad"), (filter.status, "status"))
    return [table.c[column] == value for value, column in asked if value is not None]


def _parties(filter: Filter, event_n: ColumnElement[Any], table: Table) -> list[Condition]:  # noqa: A002
    """Give the conditions on an event's parties; its country is the place's or a party's."""
    found: list[Condition] = []
    for name, role in ((filter.actor, "actor"), (filter.party, None)):
        if name is None:
            continue
        is_party = [parties.c.event_n == event_n, _among(parties.c.entity_n, name)]
        found.append(_some(table, *is_party, *([] if role is None else [parties.c.role == role])))
    if filter.country is not None:
        of_party = _some(
            table,
            parties.c.event_n == event_n,
            entities.c.n == parties.c.entity_n,
            entities.c.country == filter.country,
        )
        found.append(or_(table.c.country == filter.country, of_party))
    return found


def _told(filter: Filter, table: Table) -> list[Condition]:  # noqa: A002
    """Give the conditions on the statements that tell a row."""
    c = tellers.c
    here = (c.page_n == table.c.page_n, c.entry == table.c.id)
    found: list[Condition] = [
        _some(table, *here, _among(c.entity_n, name)) for name in _names(filter, "speaker", "claimant")
    ]
    if filter.claimant == PAGE:
        found.append(table.c.chain == 0)
    if filter.attitude is not None:
        found.append(
            _some(table,
                *here, statements.c.page_n == c.page_n, statements.c.id == c.statement,
                statements.c.attitude == filter.attitude,
            )
        )  # fmt: skip
    return found


def _names(filter: Filter, *asks: str) -> list[str]:  # noqa: A002
    found = ((ask, getattr(filter, ask)) for ask in asks)
    return [name for ask, name in found if name is not None and not (ask == "claimant" and name == PAGE)]


def _some(of: Table, *asked: Condition) -> Condition:
    """Give the condition that something is there, for a row of ``of``, which meets all that is asked."""
    return exists().where(*asked).correlate(of)


def _among(column: ColumnElement[Any], name: str) -> Condition:
    """Give the condition that a column is one of the entities of this name.

    The zero keeps a database from beginning with the column's index: rows come by day, this only passes over.
    """
    return (column + 0).in_(named(name))


def _entities(wanted: Rows) -> Any:
    return wanted.subquery()


def _statements_of(ask: str, of: Any) -> Rows:
    return select(statements.c.n).select_from(of.join(statements, statements.c.speaker_n == _only(of)))


def _events_of(ask: str, of: Any) -> Rows:
    if ask in {"speaker", "claimant"}:
        return _told_by(events, of)
    joined = of.join(parties, parties.c.entity_n == _only(of))
    found = select(parties.c.event_n).select_from(joined)
    return found.where(parties.c.role == "actor") if ask == "actor" else found


def _relations_of(ask: str, of: Any) -> Rows:
    if ask in {"speaker", "claimant"}:
        return _told_by(relations, of)
    c = relations.c
    subject = select(c.n).select_from(of.join(relations, c.subject_n == _only(of)))
    if ask == "actor":
        return subject
    return _either(subject, select(c.n).select_from(of.join(relations, c.object_n == _only(of))))


def _figures_of(ask: str, of: Any) -> Rows:
    if ask in {"speaker", "claimant"}:
        return _told_by(figures, of)
    return _figures_with(_events_of(ask, of))


def _figures_with(of_events: Rows) -> Rows:
    found = of_events.subquery()
    same = (figures.c.page_n == events.c.page_n) & (figures.c.event == events.c.id)
    return select(figures.c.n).select_from(found.join(events, events.c.n == _only(found)).join(figures, same))


def _pages_of(ask: str, of: Any) -> Rows:
    if ask == "speaker":
        joined = of.join(statements, statements.c.speaker_n == _only(of))
        return select(statements.c.page_n).select_from(joined)
    return select(entities.c.page_n).select_from(of.join(entities, entities.c.n == _only(of)))


def _told_by(table: Table, of: Any) -> Rows:
    c = tellers.c
    same = (table.c.page_n == c.page_n) & (table.c.id == c.entry)
    return select(table.c.n).select_from(of.join(tellers, c.entity_n == _only(of)).join(table, same))


def _either(one: Rows, other: Rows) -> Rows:
    both = union_all(one, other).subquery()
    return select(_only(both))


def _only(of: Any) -> ColumnElement[Any]:
    column: ColumnElement[Any] = next(iter(of.c))
    return column


_CONDITIONS: dict[What, Callable[[Filter], list[Condition]]] = {
    "statements": _of_statements,
    "events": _of_events,
    "relations": _of_relations,
    "figures": _of_figures,
    "articles": lambda filter: whole_pages(_without_days(filter)),  # noqa: A006
}

_BEGINNINGS: dict[What, Callable[[str, Any], Rows]] = {
    "statements": _statements_of,
    "events": _events_of,
    "relations": _relations_of,
    "figures": _figures_of,
    "articles": _pages_of,
}


def _without_days(filter: Filter) -> Filter:  # noqa: A002
    return replace(filter, since=None, until=None)
