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


def among(
    connection: Connection, table: Worded, query: Query, rows: Iterable[int]
) -> list[tuple[int, float]]:
    """Give those of the row numbers that match, with their ranks."""
    listed = as_rows(connection, rows)
    if _is_sqlite(connection):
        fts = text(f"{table}_fts MATCH :query AND {table}_fts.rowid = listed.value")
        found = select(text(f"{table}_fts.rowid, -rank")).select_from(listed, text(f"{table}_fts")).where(fts)
        return [(n, rank) for n, rank in connection.execute(found, {"query": fts5(query)})]
    fts = text(f"{table}.n = listed.value AND fts @@ asked")
    source = text(f"{table}, CAST(:query AS tsquery) AS asked")
    found = select(text(f"{table}.n, ts_rank_cd(fts, asked)")).select_from(listed, source).where(fts)
    return [(n, rank) for n, rank in connection.execute(found, {"query": tsquery(query)})]


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


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
