"""Full text in each database: which rows have the words of a query, and how well."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    bindparam,
    cast,
    func,
    select,
    text,
    true,
)

from onrecord.store.query import Query, fts5, tsquery

Worded = Literal["statements", "texts"]


def best(connection: Connection, table: Worded, query: Query, limit: int) -> list[tuple[int, float]]:
    """Give row numbers with their ranks, higher being better, of at most so many matches: the last stored.

    The rank is BM25 in SQLite and ts_rank_cd in PostgreSQL. The query must have words that are to be there.
    """
    if _is_sqlite(connection):
        found = text(
            f"SELECT rowid, -rank FROM {table}_fts WHERE {table}_fts MATCH :query "  # noqa: S608
            "ORDER BY rowid DESC LIMIT :limit"
        )
        asked = fts5(query)
    else:
        found = text(
            f"SELECT n, ts_rank_cd(fts, asked) FROM {table}, CAST(:query AS tsquery) AS asked "  # noqa: S608
            "WHERE fts @@ asked ORDER BY n DESC LIMIT :limit"
        )
        asked = tsquery(query)
    return [(n, rank) for n, rank in connection.execute(found, {"query": asked, "limit": limit})]


def matching(connection: Connection, table: Worded, query: Query, limit: int) -> list[int]:
    """Give row numbers of at most so many matches, in no order and unranked, which is quicker."""
    if _is_sqlite(connection):
        found = text(f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH :query LIMIT :limit")  # noqa: S608
        asked = fts5(query)
    else:
        found = text(f"SELECT n FROM {table} WHERE fts @@ CAST(:query AS tsquery) LIMIT :limit")  # noqa: S608
        asked = tsquery(query)
    return [row[0] for row in connection.execute(found, {"query": asked, "limit": limit})]


def among(
    connection: Connection, table: Worded, query: Query, rows: Iterable[int]
) -> list[tuple[int, float]]:
    """Give those of the row numbers that match, with their ranks.

    SQLite goes through all matches, at some twenty million a second, and passes over the others: to look one
    row number up in an index of words takes it longer than to pass over a thousand.
    """
    numbers = list(rows)
    if not numbers:
        return []
    if _is_sqlite(connection):
        found = text(
            f"SELECT rowid, -rank FROM {table}_fts WHERE {table}_fts MATCH :query "  # noqa: S608
            "AND +rowid IN (SELECT value FROM json_each(:numbers))"
        )
        asked = {"query": fts5(query), "numbers": f"[{','.join(map(str, numbers))}]"}
    else:
        found = text(
            f"SELECT n, ts_rank_cd(fts, asked) FROM {table}, CAST(:query AS tsquery) AS asked "  # noqa: S608
            "WHERE fts @@ asked AND n IN (SELECT unnest(CAST(string_to_array(:numbers, ',') AS bigint[])))"
        )
        asked = {"query": tsquery(query), "numbers": ",".join(map(str, numbers))}
    return [(n, rank) for n, rank in connection.execute(found, asked)]


def has_words(connection: Connection, table: Worded, row: str, query: Query) -> ColumnElement[bool]:
    """Give the condition that the row of this number (an expression of SQL) has what the query asks for."""
    if not query:
        return true()
    if not _is_sqlite(connection):
        return text(
            f"EXISTS (SELECT 1 FROM {table} AS worded WHERE worded.n = {row} "  # noqa: S608
            "AND worded.fts @@ CAST(:asked_words AS tsquery))"
        ).bindparams(asked_words=tsquery(query))  # type: ignore[return-value]
    probe = f"SELECT 1 FROM {table}_fts WHERE {table}_fts MATCH :asked_words AND rowid = {row}"  # noqa: S608
    if query.all:
        return text(f"EXISTS ({probe})").bindparams(asked_words=fts5(query))  # type: ignore[return-value]
    unwanted = fts5(Query(all=(query.none,)))
    return text(f"NOT EXISTS ({probe})").bindparams(asked_words=unwanted)  # type: ignore[return-value]


def as_rows(connection: Connection, rows: Iterable[int]) -> Any:
    """Give row numbers as a table with the column ``value``: one parameter, however many they are."""
    listed = ",".join(map(str, rows))
    values: FromClause
    if _is_sqlite(connection):
        values = func.json_each(f"[{listed}]").table_valued("value", name="listed")
    else:
        numbers = cast(func.string_to_array(bindparam(None, listed), ","), ARRAY(BigInteger))
        values = func.unnest(numbers).table_valued("value", name="listed").render_derived(name="listed")
    return values


def is_among(connection: Connection, column: Any, rows: Iterable[int]) -> ColumnElement[bool]:
    """Give the condition that a column is one of these row numbers, in whatever order a database goes."""
    condition: ColumnElement[bool] = column.in_(select(as_rows(connection, rows).c.value))
    return condition


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
