"""A store: the database's door, opened once; what goes in goes by its Writer, what comes out by its View."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from onrecord.errors import StoreError
from onrecord.store.trouble import is_passing, told

if TYPE_CHECKING:
    from onrecord.store.view import View
    from onrecord.store.writer import Writer

VERSION = "0003"
"""The newest version of the tables: the last of ``migrations/versions``."""

PATIENCE = 30.0
"""How many seconds to wait for another writer, or for a server that went away."""

_MAKING = 7_310_914_622  # the number of PostgreSQL's advisory lock for making tables
_T = TypeVar("_T")


class Store:
    """Records in SQLite or PostgreSQL. Open one with :meth:`open`; it may be shared by threads."""

    def __init__(self, engine: Engine, *, name: str, words: bool) -> None:
        self.engine = engine
        self.name = name
        self.words = words

    @classmethod
    def open(cls, url: str | Path = "onrecord.db", *, create: bool = True, text: bool = True) -> Self:
        """Open a store by path or URL, make it where there is none, and bring its tables up to date.

        ``text=False`` keeps no words of the pages, only offsets, names and hashes; a store that was made so
        stays so. Raises StoreError where it cannot be opened: missing, locked, read-only, no store, newer.
        """
        address = _address(url)
        name = address.render_as_string(hide_password=True)
        if address.get_backend_name() == "sqlite":
            name = str(address.database)
            _prepare_file(name, create=create)
        engine = _engine(address)
        store = cls(engine, name=name, words=text)
        try:
            store._bring_up_to_date(create=create, words=text)
        except BaseException:
            engine.dispose()
            raise
        return store

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    def writer(self) -> Writer:
        """Give the door in."""
        from onrecord.store.writer import Writer

        return Writer(self)

    def view(self) -> View:
        """Give the door out."""
        from onrecord.store.view import View

        return View(self)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for reading: what it sees is of one moment. Errors are told as StoreError."""
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise told(error, self.name) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give one transaction for writing, kept when the block ends without an error.

        In SQLite it waits its turn (30 seconds) before it begins, so that two writers never meet midway.
        """
        try:
            with self.engine.connect() as connection:
                connection = connection.execution_options(onrecord_writes=True)
                with connection.begin():
                    yield connection
        except SQLAlchemyError as error:
            raise told(error, self.name) from error

    def write(self, work: Callable[[Connection], _T], *, patience: float | None = None) -> _T:
        """Do ``work`` in one transaction, again where it met another's or the server went away for a while.

        ``work`` may be called more than once, each time in a new transaction. ``patience`` is in seconds.
        """
        until = time.monotonic() + (PATIENCE if patience is None else patience)
        wait = 0.05
        while True:
            try:
                with self.writing() as connection:
                    return work(connection)
            except StoreError as error:
                if not is_passing(error) or time.monotonic() + wait > until:
                    raise
            time.sleep(wait)
            wait = min(wait * 2, 2.0)

    def _bring_up_to_date(self, *, create: bool, words: bool) -> None:
        version = self._version()
        if version != VERSION:
            if version is None and not create:
                raise StoreError(f"{self.name}: there is no store here; name another, or let it be made")
            with self.writing() as connection:
                if not self.is_sqlite and connection.execute(text("SHOW server_encoding")).scalar() != "UTF8":
                    raise StoreError(f"{self.name}: its encoding is not UTF8; make a database that has it")
                if not self.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MAKING})
                self._make_tables(connection, words=words)
        with self.reading() as connection:
            kept = connection.execute(text("SELECT value FROM settings WHERE name = 'words'")).scalar()
        self.words = words and kept != "not kept"

    def _version(self) -> str | None:
        """Give the version of the tables, None where there are none; StoreError where they are not ours."""
        with self.reading() as connection:
            if not inspect(connection).has_table("alembic_version"):
                if inspect(connection).get_table_names():
                    raise StoreError(f"{self.name}: this database holds something else; name another")
                return None
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if version is not None and version > VERSION:
            raise StoreError(
                f"{self.name}: made by a newer onrecord (version {version} of the tables, this one knows "
                f"{VERSION}); update onrecord"
            )
        return None if version is None else str(version)

    def _make_tables(self, connection: Connection, *, words: bool) -> None:
        from onrecord.store.migrations import upgrade

        upgrade(connection)
        asked = {"name": "words", "value": "kept" if words else "not kept"}
        connection.execute(
            text("INSERT INTO settings (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING"), asked
        )


def _address(url: str | Path) -> URL:
    words = str(url)
    if isinstance(url, Path) or "://" not in words:
        if not words:
            raise StoreError("the store's name is empty; name a file, or postgresql://user@host/database")
        return URL.create("sqlite", database=os.path.abspath(words))
    try:
        address = make_url(words)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"{words!r} is no address of a store: a path or postgresql://… is") from error
    backend = address.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return address.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(f"a store is kept in SQLite or PostgreSQL, not in {backend!r}")
    if address.database in {None, "", ":memory:"}:
        raise StoreError("a store in memory would be gone at once; name a file")
    return address.set(drivername="sqlite", database=os.path.abspath(str(address.database)))


def _prepare_file(path: str, *, create: bool) -> None:
    """Make the file for its owner alone, before SQLite makes it for everybody."""
    if os.path.exists(path):
        if os.path.isdir(path):
            raise StoreError(f"{path}: this is a folder; name a file in it")
        return
    if not create:
        raise StoreError(f"{path}: there is no store here; name another, or let it be made")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreError(f"{path}: cannot be made: {error.strerror}") from error


def _engine(address: URL) -> Engine:
    if address.get_backend_name() == "sqlite":
        # As many connections as there are threads that ask: one that waits for another's would wait in vain.
        waits = {"timeout": PATIENCE}
        engine = create_engine(_readable(address), connect_args=waits, pool_size=8, max_overflow=-1)
        event.listen(engine, "connect", _set_up_sqlite)
        if os.access(str(address.database), os.W_OK):
            event.listen(engine, "connect", lambda raw, _: _keep_a_log(raw))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise StoreError("PostgreSQL needs a driver: pip install 'onrecord[postgres]'") from error
    return create_engine(address, pool_pre_ping=True, paramstyle="format")


def _readable(address: URL) -> URL:
    """Give the address of a file that may only be read in the words that SQLite has for it."""
    path = str(address.database)
    if os.access(path, os.W_OK):
        return address
    # SQLite makes files beside the store even to read it, unless it is told that nobody changes it.
    still = not os.access(os.path.dirname(path), os.W_OK) and not os.path.exists(f"{path}-wal")
    query = {"mode": "ro", "uri": "true"} | ({"immutable": "1"} if still else {})
    return address.set(database=f"file:{quote(path)}", query=query)


def _set_up_sqlite(raw: Any, _: object) -> None:
    raw.isolation_level = None  # transactions begin where _begin_sqlite says
    for line in ("foreign_keys = ON", "synchronous = NORMAL", "cache_size = -16384", "temp_store = MEMORY"):
        raw.execute(f"PRAGMA {line}")


def _keep_a_log(raw: Any) -> None:
    """Have readers and a writer at work at once (WAL); the file remembers it."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:  # another process does the same, and SQLite does not wait
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("onrecord_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
