"""A page of a list: which rows come next, by day, and the cursor that says where the last page ended."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, or_, select, tuple_

from onrecord.errors import StoreError
from onrecord.store.filter import Filter
from onrecord.store.matches import among, as_rows, has_words, is_among, matching
from onrecord.store.narrowing import TABLES, What, beginnings, conditions, on_days
from onrecord.store.query import Query, parse
from onrecord.store.schema import pages, texts

FEW = 10_000
"""So many rows are ranked or sorted at most: 50 ms of one core. Of more, the days are walked."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the last entry's key (its rank or its day), its page and its id there."""

    order: str
    key: float | str | None
    page_id: str
    entry: str

    def __str__(self) -> str:
        packed = json.dumps([self.order, self.key, self.page_id, self.entry], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, cursor: str, order: str) -> Cursor:
        """Read a cursor; raise StoreError where it is none, or one of another order."""
        try:
            packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            found, key, page_id, entry = json.loads(packed)
        except (binascii.Error, ValueError, TypeError, RecursionError) as error:
            raise StoreError(f"{cursor[:40]!r} is no cursor; take one from the last page, or none") from error
        kinds = (float, int) if order == "rank" else (str, type(None))
        if found != order or not isinstance(key, kinds) or isinstance(key, bool):
            raise StoreError("this cursor is of a list in another order; begin without one")
        if not isinstance(page_id, str) or not isinstance(entry, str):
            raise StoreError(f"{cursor[:40]!r} is no cursor; take one from the last page, or none")
        return cls(found, key, page_id, entry)


def few_rows(
    connection: Connection,
    what: What,
    filter: Filter,  # noqa: A002
    few: int | None = None,
) -> list[int] | None:
    """Give row numbers that hold all that the filter wants, words aside, where some condition leaves few.

    None where all are many, or nothing is asked that is rare.
    """
    few = FEW if few is None else few
    for beginning in beginnings(what, filter):
        found = beginning.limit(few + 1)
        rows = [row[0] for row in connection.execute(found)]
        if len(rows) <= few:
            return list(dict.fromkeys(rows))
    return None


def worded_rows(connection: Connection, what: What, query: Query) -> list[int] | None:
    """Give the row numbers whose words match, where they are few; None where they are many.

    Of a statement these are its own words, of all else those of its page's text.
    """
    if not query.all:
        return None
    table = TABLES[what]
    found = matching(connection, "statements" if what == "statements" else "texts", query, FEW + 1)
    if len(found) > FEW:
        return None
    if what == "statements":
        return found
    listed = as_rows(connection, found)
    joined = listed.join(texts, texts.c.n == listed.c.value).join(pages, pages.c.text_id == texts.c.id)
    row = pages.c.n
    if what != "articles":
        joined, row = joined.join(table, table.c.page_n == pages.c.n), table.c.n
    rows = [r[0] for r in connection.execute(select(row).select_from(joined).limit(5 * FEW + 1))]
    return rows if len(rows) <= 5 * FEW else None


def by_day(
    connection: Connection,
    what: What,
    filter: Filter,  # noqa: A002
    *,
    limit: int,
    after: str | None = None,
) -> list[int]:
    """Give the numbers of the next rows that meet the filter, the newest day first, those of no day last.

    Within a day what was stored last comes first.
    """
    query = parse(filter.words)
    cursor = None if after is None else Cursor.read(after, "day")
    start = None if cursor is None else (cursor.key, _row_of(connection, what, cursor))
    rows = worded_rows(connection, what, query)
    asked: list[Any] = []
    if rows is None:
        # To walk until there are thousands takes longer than to sort some ten thousands.
        rows = few_rows(connection, what, filter, max(FEW, 8 * limit))
        if rows is not None and query and what in {"statements", "articles"}:
            rows = those_worded(connection, what, query, rows)
        else:
            asked = words_of(connection, what, query)
    asked += [*conditions(what, filter), *on_days(what, filter)]
    if rows is not None:
        return _of_these(connection, what, rows, asked, start, limit)
    return _walk(connection, what, filter, asked, start, limit)


def those_worded(connection: Connection, what: What, query: Query, rows: list[int]) -> list[int]:
    """Give those few statements or articles whose words match."""
    wanted = query if query.all else Query(all=(query.none,))
    if what == "statements":
        found = {n for n, _ in among(connection, "statements", wanted, rows)}
    else:
        of = texts_of(connection, rows)
        matched = {n for n, _ in among(connection, "texts", wanted, set(of.values()))}
        found = {n for n, text_n in of.items() if text_n in matched}
    return [n for n in rows if (n in found) == bool(query.all)]


def texts_of(connection: Connection, rows: Iterable[int]) -> dict[int, int]:
    """Give the row number of each page's text."""
    joined = pages.join(texts, texts.c.id == pages.c.text_id)
    wanted = select(pages.c.n, texts.c.n).select_from(joined).where(is_among(connection, pages.c.n, rows))
    return {row[0]: row[1] for row in connection.execute(wanted)}


def words_of(connection: Connection, what: What, query: Query) -> list[ColumnElement[bool]]:
    """Give the condition that a row's words match."""
    if not query:
        return []
    if what == "statements":
        return [has_words(connection, "statements", "statements.n", query)]
    page = "pages.text_id" if what == "articles" else None
    text_id = page or f"(SELECT p.text_id FROM pages AS p WHERE p.n = {TABLES[what].name}.page_n)"  # noqa: S608
    return [has_words(connection, "texts", f"(SELECT t.n FROM texts AS t WHERE t.id = {text_id})", query)]  # noqa: S608


def these_rows(
    connection: Connection, columns: Sequence[Any], table: Table, rows: Iterable[int]
) -> Select[Any]:
    """Select columns of these rows of a table, which SQLite is to look up by their numbers alone.

    Left to itself it would rather begin with an index of a condition, and go through a hundred times as many.
    """
    wanted = select(*columns).where(is_among(connection, table.c.n, rows))
    return wanted.with_hint(table, "NOT INDEXED", dialect_name="sqlite")


def rows_by_number(
    connection: Connection, columns: Sequence[Any], source: Any, rows: Sequence[int]
) -> list[Any]:
    """Read columns of these rows, in the order of the numbers; the first column is the number."""
    found = select(*columns).select_from(source).where(is_among(connection, columns[0], rows))
    by_n = {row[0]: row for row in connection.execute(found)}
    return [by_n[n] for n in rows if n in by_n]


Start = tuple[Any, int | None] | None


def _of_these(
    connection: Connection, what: What, rows: Iterable[int], asked: list[Any], start: Start, limit: int
) -> list[int]:
    """Sort the few that meet the conditions."""
    c = TABLES[what].c
    found = these_rows(connection, [c.n], TABLES[what], rows).where(*asked)
    if start is not None:
        day, n = start
        before = c.n < n if n is not None else c.n == c.n
        here = c.day.is_(None) if day is None else c.day == day
        later = [] if day is None else [c.day < day, c.day.is_(None)]
        found = found.where(or_(and_(here, before), *later))
    found = found.order_by(c.day.desc().nulls_last(), c.n.desc()).limit(limit)
    return [row[0] for row in connection.execute(found)]


def _walk(
    connection: Connection,
    what: What,
    filter: Filter,  # noqa: A002
    asked: list[Any],
    start: Start,
    limit: int,
) -> list[int]:
    """Go through the days from the newest, then through what has no day, until there are enough."""
    c = TABLES[what].c
    found: list[int] = []
    if start is None or start[0] is not None:
        dated = select(c.n).where(c.day.is_not(None), *asked).order_by(c.day.desc(), c.n.desc()).limit(limit)
        if start is not None:
            day, n = start
            dated = dated.where(c.day <= day if n is None else tuple_(c.day, c.n) < tuple_(day, n))
        found = [row[0] for row in connection.execute(dated)]
    if len(found) < limit and filter.since is None and filter.until is None:
        undated = select(c.n).where(c.day.is_(None), *asked).order_by(c.n.desc()).limit(limit - len(found))
        if start is not None and start[0] is None and start[1] is not None:
            undated = undated.where(c.n < start[1])
        found += [row[0] for row in connection.execute(undated)]
    return found


def _row_of(connection: Connection, what: What, cursor: Cursor) -> int | None:
    """Give the row number of a cursor's entry; None where it is no longer there: its day begins again."""
    c = TABLES[what].c
    if what == "articles":
        found = select(c.n).where(c.id == cursor.page_id)
    else:
        of_page = select(pages.c.n).where(pages.c.id == cursor.page_id).scalar_subquery()
        found = select(c.n).where(c.page_n == of_page, c.id == cursor.entry)
    row = connection.execute(found).one_or_none()
    return None if row is None else row[0]
