"""A page's rows with ids in place of row numbers: what its record says, and what is there, to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from onrecord.store import schema
from onrecord.store.rows import COLUMNS, Drawn, Row

_REFERENCES = {"names": (0,), "statements": (0,), "relations": (0, 1), "tellers": (0,), "parties": (1,)}
"""Where in a row, its own number and its page's left out, a reference to an entity stands."""


def rows_said(drawn: Drawn) -> dict[str, list[Row]]:
    """Give the rows that a page's record says, by table."""
    entities = dict(enumerate(str(row[0]) for row in drawn.rows["entities"]))
    events = dict(enumerate(str(row[0]) for row in drawn.rows["events"]))
    return {
        table: [_with_ids(table, row, entities, events) for row in rows] for table, rows in drawn.rows.items()
    }


def rows_there(connection: Connection, page_ns: Sequence[int]) -> dict[str, dict[int, list[Row]]]:
    """Give the rows of these pages that are in the database, by table and page."""
    ids: dict[str, dict[int, str]] = {}
    for name in ("entities", "events"):
        c = schema.metadata.tables[name].c
        ids[name] = {
            row.n: row.id for row in connection.execute(select(c.n, c.id).where(c.page_n.in_(page_ns)))
        }
    found: dict[str, dict[int, list[Row]]] = {}
    for name, columns in COLUMNS.items():
        table = schema.metadata.tables[name]
        wanted = [table.c[column] for column in columns if column not in {"n", "page_n"}]
        if "page_n" in columns:
            question = select(table.c.page_n, *wanted).where(table.c.page_n.in_(page_ns))
        else:
            of = schema.events if name == "parties" else schema.entities
            key = table.c.event_n if name == "parties" else table.c.entity_n
            question = select(of.c.page_n, *wanted).join(of, of.c.n == key).where(of.c.page_n.in_(page_ns))
        of_pages = found.setdefault(name, {})
        for page_n, *row in connection.execute(question):
            line = _with_ids(name, tuple(row), ids["entities"], ids["events"])
            of_pages.setdefault(page_n, []).append(line)
    return found


def _with_ids(table: str, row: Row, entities: dict[int, str], events: dict[int, str]) -> Row:
    values: list[Any] = list(row)
    for place in _REFERENCES.get(table, ()):
        if values[place] is not None:
            values[place] = entities.get(values[place])
    if table == "parties":
        values[0] = events.get(values[0])
    return tuple(values)
