"""Accounts: made, found, given a role, closed. At least one administrator always stays."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import IntegrityError

from onrecord.errors import OnRecordError
from onrecord.store import Store
from onrecord.web import clock
from onrecord.web.secrets import new_id
from onrecord.web.tables import accounts, invitations, sessions, tokens

ROLES = ("reader", "editor", "administrator")
LOCAL = "local"
"""Who works alone; nobody else may be called so."""

_NAME = re.compile(r"\w[\w.@+-]{0,39}")


class NoSuchAccount(OnRecordError):
    """An account cannot be made, found or changed so; the message says why."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account."""

    id: str
    name: str
    role: str
    password: str | None
    closed: bool
    made: int


def plain(name: str) -> str:
    """Give a name as names are compared."""
    return unicodedata.normalize("NFKC", name.encode("utf-8", "replace").decode()).strip().casefold()[:160]


def add(
    store: Store, name: str, role: str, *, password: str | None = None, subject: str | None = None
) -> Person:
    """Make an account; raise NoSuchAccount where the name will not do or is taken."""
    return store.write(lambda connection: added(connection, name, role, password=password, subject=subject))


def added(
    connection: Connection, name: str, role: str, *, password: str | None = None, subject: str | None = None
) -> Person:
    """Make an account within a transaction."""
    name = unicodedata.normalize("NFKC", name.encode("utf-8", "replace").decode()).strip()
    if not _NAME.fullmatch(name) or plain(name) == LOCAL:
        raise NoSuchAccount("A name has letters, digits and . _ - @ +, 40 at most.")
    if role not in ROLES:
        raise NoSuchAccount(f"{role!r} is no role; reader, editor and administrator are")
    made = Person(new_id(), name, role, password, False, clock.now())
    try:
        with connection.begin_nested():
            connection.execute(
                accounts.insert().values(
                    id=made.id, name=name, plain=plain(name), role=role, password=password,
                    subject=subject, closed=False, made=made.made,
                )
            )  # fmt: skip
    except IntegrityError as error:
        raise NoSuchAccount("This name is taken.") from error
    return made


def by_name(store: Store, name: str) -> Person | None:
    """Find an account by its name, however it is written."""
    return _one(store, accounts.c.plain == plain(name))


def by_id(store: Store, account: str) -> Person | None:
    """Find an account by its id."""
    return _one(store, accounts.c.id == account)


def by_subject(store: Store, subject: str) -> Person | None:
    """Find the account of somebody whom an OpenID provider vouches for."""
    return _one(store, accounts.c.subject == subject)


def everybody(store: Store) -> Sequence[Person]:
    """List all accounts, the open ones first, by name."""
    with store.reading() as connection:
        rows = connection.execute(select(accounts).order_by(accounts.c.closed, accounts.c.plain))
        return [_person(row) for row in rows]


def set_role(store: Store, account: str, role: str) -> None:
    """Give an account another role."""
    if role not in ROLES:
        raise NoSuchAccount(f"{role!r} is no role; reader, editor and administrator are")
    store.write(lambda connection: _change(connection, account, role=role))


def set_closed(store: Store, account: str, closed: bool) -> None:
    """Close an account, so that nothing of it lets anybody in, or open it again."""

    def work(connection: Connection) -> None:
        _change(connection, account, closed=closed)
        if closed:
            for table in (sessions, invitations, tokens):
                connection.execute(table.delete().where(table.c.account == account))

    store.write(work)


def set_password(store: Store, account: str, password: str, *, but: str | None = None) -> None:
    """Keep a new password's hash and end all sessions of the account, except ``but``; open links are void."""

    def work(connection: Connection) -> None:
        changed_password(connection, account, password, but=but)

    store.write(work)


def changed_password(connection: Connection, account: str, password: str, *, but: str | None = None) -> None:
    """Do the same within a transaction."""
    connection.execute(accounts.update().where(accounts.c.id == account).values(password=password))
    connection.execute(
        sessions.delete().where(sessions.c.account == account, sessions.c.digest != (but or ""))
    )
    connection.execute(invitations.delete().where(invitations.c.account == account))


def keep_stronger(store: Store, account: str, was: str, password: str) -> None:
    """Keep a stronger hash of the same password."""
    same = (accounts.c.id == account) & (accounts.c.password == was)
    store.write(
        lambda connection: connection.execute(accounts.update().where(same).values(password=password))
    )


def _change(connection: Connection, account: str, **values: Any) -> None:
    # Locked, so that two administrators cannot take each other's role at the same instant.
    rows = connection.execute(
        select(accounts.c.id).where(accounts.c.role == "administrator", ~accounts.c.closed).with_for_update()
    )
    administrators = {row.id for row in rows}
    if administrators == {account} and (
        values.get("closed") or values.get("role", "administrator") != "administrator"
    ):
        raise NoSuchAccount("This is the last administrator; make another one first.")
    done = connection.execute(accounts.update().where(accounts.c.id == account).values(**values))
    if not done.rowcount:
        raise NoSuchAccount("There is no such account.")


def administrators(store: Store) -> int:
    """Count the open accounts of administrators."""
    with store.reading() as connection:
        asks = select(func.count()).where(accounts.c.role == "administrator", ~accounts.c.closed)
        return int(connection.execute(asks).scalar() or 0)


def _one(store: Store, where: Any) -> Person | None:
    with store.reading() as connection:
        row = connection.execute(select(accounts).where(where)).first()
    return _person(row) if row is not None else None


def _person(row: Row[Any]) -> Person:
    return Person(row.id, row.name, row.role, row.password, bool(row.closed), row.made)
