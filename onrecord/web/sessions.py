"""Sessions: random ids in a cookie, kept as digests; they end when idle, when old, or when told to."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from onrecord.store import Store
from onrecord.web import clock
from onrecord.web.secrets import digest, new_secret
from onrecord.web.settings import Settings
from onrecord.web.tables import accounts, sessions

_TOUCH = 5 * clock.MINUTE  # how often it is noted that a session is in use


@dataclass(frozen=True, slots=True)
class Session:
    """A session that holds: its digest, and whose it is, as the account is now."""

    digest: str
    account: str
    name: str
    role: str
    begun: int
    seen: int
    agent: str


def begin(store: Store, account: str, *, agent: str = "") -> str:
    """Begin a session of an account; give its id, which nobody has seen before."""
    secret, at = new_secret(), clock.now()
    row = {"digest": digest(secret), "account": account, "begun": at, "seen": at, "agent": agent[:200]}
    store.write(lambda connection: connection.execute(sessions.insert().values(**row)))
    return secret


def held(store: Store, secret: str, settings: Settings) -> Session | None:
    """Give the session of this id, if it holds; note that it is in use."""
    at = clock.now()
    with store.reading() as connection:
        row = connection.execute(_SESSIONS.where(sessions.c.digest == digest(secret))).first()
    if row is None or row.seen <= at - settings.idle_seconds or row.begun <= at - settings.session_seconds:
        return None
    if row.seen < at - min(_TOUCH, settings.idle_seconds // 2):
        _touch(store, row.digest, at)
    return Session(*row)


def of_account(store: Store, account: str, settings: Settings) -> Sequence[Session]:
    """List an account's sessions that hold, the last used first."""
    at = clock.now()
    asks = _SESSIONS.where(
        sessions.c.account == account,
        sessions.c.seen > at - settings.idle_seconds,
        sessions.c.begun > at - settings.session_seconds,
    ).order_by(sessions.c.seen.desc(), sessions.c.digest)
    with store.reading() as connection:
        return [Session(*row) for row in connection.execute(asks)]


def end(store: Store, known_by: str) -> None:
    """End one session, by its digest."""
    store.write(lambda connection: connection.execute(sessions.delete().where(sessions.c.digest == known_by)))


def end_all(store: Store, account: str) -> None:
    """End all sessions of an account."""
    store.write(lambda connection: connection.execute(sessions.delete().where(sessions.c.account == account)))


def clear_ended(store: Store, settings: Settings) -> None:
    """Forget the sessions that no longer hold."""
    at = clock.now()
    ended = (sessions.c.seen <= at - settings.idle_seconds) | (
        sessions.c.begun <= at - settings.session_seconds
    )
    store.write(lambda connection: connection.execute(sessions.delete().where(ended)))


_SESSIONS = (
    select(
        sessions.c.digest, sessions.c.account, accounts.c.name, accounts.c.role,
        sessions.c.begun, sessions.c.seen, sessions.c.agent,
    )
    .join(accounts, accounts.c.id == sessions.c.account)
    .where(~accounts.c.closed)
)  # fmt: skip


def _touch(store: Store, known_by: str, at: int) -> None:
    """Note that a session is in use, if that is possible at once: no reader waits for a writer."""
    asks = sessions.update().where(sessions.c.digest == known_by).values(seen=at)
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        lite = isinstance(raw, sqlite3.Connection)
        patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar() if lite else None
        connection.rollback()
        try:
            if lite:
                raw.execute("PRAGMA busy_timeout = 0")  # type: ignore[union-attr]
            connection = connection.execution_options(onrecord_writes=True)
            with connection.begin():
                connection.execute(asks)
        except OperationalError:
            pass  # somebody writes; the next request will note it
        finally:
            if lite:
                raw.execute(f"PRAGMA busy_timeout = {int(patience or 0)}")  # type: ignore[union-attr]
