"""What is worth a person's look: entries by least score first that nobody has judged yet."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import Connection, select, tuple_

from onrecord.errors import StoreError
from onrecord.store import schema
from onrecord.store.amending import read_target
from onrecord.store.anchors import What
from onrecord.store.applying import live
from onrecord.store.corrected import apply_all, read_page
from onrecord.store.corrections import Correction, of_pages
from onrecord.store.filter import Filter
from onrecord.store.lines import READERS, EventLine, RelationLine, StatementLine
from onrecord.store.matches import as_rows
from onrecord.store.narrowing import TABLES, conditions, on_days
from onrecord.store.paging import Cursor, few_rows, worded_rows, words_of
from onrecord.store.query import parse
from onrecord.store.view import View

Judged = Literal["statement", "event", "relation"]

_LISTED: dict[Judged, Literal["statements", "events", "relations"]] = {
    "event": "events", "relation": "relations", "statement": "statements",
}  # fmt: skip
_FIRST, _LARGEST = 60, 2_000  # rows looked at at once


@dataclass(frozen=True, slots=True)
class Doubt:
    """An entry that nobody judged: what it is, how sure the reader was, and its line as in lists."""

    what: Judged
    score: float
    line: StatementLine | EventLine | RelationLine


@dataclass(frozen=True, slots=True)
class Doubts:
    """A page of the queue; ``next`` is the cursor for what follows, None at the end."""

    lines: tuple[Doubt, ...]
    next: str | None


class _Row(NamedTuple):
    """A row of the queue, in its order: score, kind, number."""

    score: float
    what: Judged
    n: int
    page_id: str
    entry: str


def uncertain(
    view: View,
    filter: Filter = Filter(),  # noqa: A002, B008
    *,
    limit: int = 50,
    after: str | None = None,
    what: Iterable[Judged] = ("event", "relation", "statement"),
) -> Doubts:
    """Give statements, events and relations that nobody has judged, those of least score first.

    An entry is judged where somebody confirmed, rejected, amended, merged or split it and that holds: what
    was undone comes again, and so does what was confirmed and is now read as something else. ``after`` is
    the ``next`` of the page before.
    """
    if parse(filter.words) and not view.store.words:
        raise StoreError(f"{view.store.name}: kept without words, so it cannot be searched for them")
    limit = max(1, limit)
    start = None if after is None else Cursor.read(after, "rank")
    with view.store.reading() as connection:
        queues = [_queue(connection, kind, filter, start, limit) for kind in sorted(set(what))]
        found: list[_Row] = []
        for row in heapq.merge(*queues):
            found.append(row)
            if len(found) > limit:
                break
        lines = _lines(connection, found[:limit])
    if len(found) <= limit:
        return Doubts(lines, None)
    last = found[limit - 1]
    return Doubts(lines, str(Cursor("rank", last.score, last.page_id, f"{last.what} {last.entry}")))


def _queue(
    connection: Connection,
    what: Judged,
    filter: Filter,  # noqa: A002
    start: Cursor | None,
    limit: int,
) -> Iterator[_Row]:
    """Give one kind's unjudged rows by score, asking the database for ever more at once."""
    listed = _LISTED[what]
    c, pages = TABLES[listed].c, schema.pages.c
    query = parse(filter.words)
    rows = worded_rows(connection, listed, query)
    asked: list[Any] = [] if rows is not None else words_of(connection, listed, query)
    rows = few_rows(connection, listed, filter) if rows is None else rows
    source: Any = TABLES[listed]
    if rows is not None:
        few = as_rows(connection, rows)
        source = few.join(source, c.n == few.c.value)
    asked += [*conditions(listed, filter), *on_days(listed, filter)]
    # The page is looked up after the rows are chosen, so that the index on the score leads.
    wanted = select(c.n, c.score, c.id, c.page_n).select_from(source).where(*asked)
    wanted = wanted.order_by(c.score, c.n)
    after = None if start is None else _after(connection, what, start)
    size = min(_LARGEST, max(_FIRST, 2 * limit))
    while True:
        portion = wanted if after is None else wanted.where(c.score >= after[0], tuple_(c.score, c.n) > after)
        chosen = portion.limit(size).subquery()
        joined = chosen.join(schema.pages, pages.n == chosen.c.page_n)
        ordered = select(chosen, pages.id.label("page_id"), pages.reader, pages.model, pages.text_id)
        found = connection.execute(ordered.select_from(joined).order_by(chosen.c.score, chosen.c.n)).all()
        judged = _judged(connection, found)
        for row in found:
            if (row.page_id, what, row.id) not in judged:
                yield _Row(row.score, what, row.n, row.page_id, row.id)
        if len(found) < size:
            return
        after = (found[-1].score, found[-1].n)
        size = min(_LARGEST, 2 * size)


def _after(connection: Connection, what: Judged, start: Cursor) -> tuple[float, int]:
    """Give where a kind's queue goes on: after the cursor's entry, or its score, by the order of kinds."""
    kind, _, entry = start.entry.partition(" ")
    score = float(cast("float", start.key))
    if kind not in _LISTED or not entry:
        raise StoreError("this cursor is of a list in another order; begin without one")
    if what != kind:
        return score, (-1 if what > kind else 2**62)
    c = TABLES[_LISTED[what]].c
    page = select(schema.pages.c.n).where(schema.pages.c.id == start.page_id).scalar_subquery()
    row = connection.execute(select(c.n).where(c.page_n == page, c.id == entry)).one_or_none()
    return score, (-1 if row is None else row[0])


def _judged(connection: Connection, rows: Iterable[Any]) -> set[tuple[str, What, str]]:
    """Give the entries, of the pages of these rows, that people have judged."""
    pages = {row.page_id: row for row in rows}
    found: set[tuple[str, What, str]] = set()
    for page_id, corrections in of_pages(connection, sorted(pages)).items():
        page = pages[page_id]
        reading = (f"{page.reader} {page.model}", page.text_id)
        found.update(
            (page_id, what, entry) for what, entry in _said(connection, page_id, reading, corrections)
        )
    return found


def _said(
    connection: Connection, page_id: str, reading: tuple[str, str], corrections: list[Correction]
) -> Iterator[tuple[What, str]]:
    standing = live(corrections)
    if all((c.target.model or reading[0], c.text_id) == reading for c in standing):
        for c in standing:  # of this very reading: its ids are these
            yield c.what, c.target.entry
            for other in c.change.get("with", ()):
                yield c.what, read_target(other).entry
        return
    done = apply_all(read_page(connection, page_id), corrections)
    doubted = {
        key for conflict in done.conflicts if conflict.kind == "contradicts" for key in conflict.corrections
    }
    for mark in done.marks:
        if not (mark.action == "confirm" and mark.correction in doubted):
            yield mark.what, mark.entry


def _lines(connection: Connection, rows: list[_Row]) -> tuple[Doubt, ...]:
    shown: dict[tuple[Judged, str, str], Any] = {}
    for what, listed in _LISTED.items():
        for line in READERS[listed](connection, [row.n for row in rows if row.what == what]):
            shown[what, line.page.page_id, line.id] = line
    return tuple(Doubt(row.what, row.score, shown[row.what, row.page_id, row.entry]) for row in rows)
