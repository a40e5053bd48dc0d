"""Rows in bulk: many tuples at once, row numbers taken beforehand, in SQLite's way or PostgreSQL's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, text
from sqlalchemy import Row as Line

from onrecord.store import schema

_PORTION = 500  # of keys in one question
_OF_A_PAGE = ("tellers", "figures", "relations", "events", "statements", "entities")
_NO_FTS = (
    "INSERT INTO {table}_fts ({table}_fts, rowid, {column}) SELECT 'delete', n, {column} FROM {table} WHERE "
)


def portions(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut keys into portions that one question may hold."""
    for start in range(0, len(keys), _PORTION):
        yield keys[start : start + _PORTION]


class Tables:
    """The tables of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.alone = connection.dialect.name == "sqlite"  # SQLite has one writer at a time
        self._mark = "?" if self.alone else "%s"
        self._quote = connection.dialect.identifier_preparer.quote

    def take(self, table: str, count: int) -> Sequence[int]:
        """Take row numbers that are nobody else's."""
        if not count:
            return range(0)
        if self.alone:
            last = self.connection.execute(select(func.max(schema.metadata.tables[table].c.n))).scalar() or 0
            return range(last + 1, last + 1 + count)
        wanted = {"sequence": f"{table}_n_seq", "count": count}
        numbers = self.connection.execute(
            text("SELECT nextval(CAST(:sequence AS regclass)) FROM generate_series(1, :count)"), wanted
        )
        return [int(n) for (n,) in numbers]

    def find(self, columns: Sequence[ColumnElement[Any]], keys: Sequence[str]) -> Iterator[Line[Any]]:
        """Find rows by keys, which are of the second column; they stay as they are until the end."""
        for some in portions(keys):
            wanted = select(*columns).where(columns[1].in_(some)).order_by(columns[1])
            yield from self.connection.execute(wanted.with_for_update())

    def insert(
        self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], *, anew: bool = True
    ) -> None:
        """Write rows; with ``anew=False`` those whose key is there are left as they are."""
        if not rows:
            return
        if anew and not self.alone:
            self._copy(table, columns, rows)
            return
        self.connection.exec_driver_sql(
            self._sql(table, columns) + ("" if anew else " ON CONFLICT DO NOTHING"), list(rows)
        )

    def upsert(
        self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], change: str
    ) -> None:
        """Write rows; where the key (the first column) is there, change it."""
        if rows:
            sql = f"{self._sql(table, columns)} ON CONFLICT ({columns[0]}) DO UPDATE SET {change}"
            self.connection.exec_driver_sql(sql, list(rows))

    def index(self, table: str, column: str, numbers: Sequence[int]) -> None:
        """Make new rows findable by their words (PostgreSQL does so by itself)."""
        if self.alone and numbers:
            self.connection.exec_driver_sql(
                f"INSERT INTO {table}_fts (rowid, {column}) "  # noqa: S608
                f"SELECT n, {column} FROM {table} WHERE n BETWEEN ? AND ? ORDER BY n",
                (numbers[0], numbers[-1]),
            )

    def clear(self, page_n: int) -> None:
        """Take away all rows drawn from a page's record."""
        if self.alone:
            sql = _NO_FTS.format(table="statements", column="content") + "page_n = ?"
            self.connection.exec_driver_sql(sql, (page_n,))
        for name in _OF_A_PAGE:
            table = schema.metadata.tables[name]
            self.connection.execute(delete(table).where(table.c.page_n == page_n))

    def give_words(self, text_n: int, words: str) -> None:
        """Give a text that was kept without words its words."""
        if self.alone:
            self.connection.exec_driver_sql(_NO_FTS.format(table="texts", column="text") + "n = ?", (text_n,))
        table = schema.texts
        self.connection.execute(table.update().where(table.c.n == text_n).values(text=words))
        self.index("texts", "text", [text_n])

    def _sql(self, table: str, columns: Sequence[str]) -> str:
        names = ", ".join(map(self._quote, columns))
        return f"INSERT INTO {table} ({names}) VALUES ({', '.join([self._mark] * len(columns))})"  # noqa: S608

    def _copy(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Hand PostgreSQL the rows as one stream."""
        names = ", ".join(map(self._quote, columns))
        cursor: Any = self.connection.connection.cursor()
        with cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
