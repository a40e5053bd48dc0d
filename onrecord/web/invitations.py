"""Links that work once: to make an account of a role, or to choose a new password for one that exists."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.store import Store
from onrecord.web import clock, people
from onrecord.web.secrets import digest, new_secret
from onrecord.web.tables import accounts, invitations

INVITED_DAYS, RESET_DAYS = 7, 1


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link is for: the account whose password may be chosen, or None, and the role that it gives."""

    account: str | None
    name: str | None
    role: str


def invite(store: Store, role: str) -> str:
    """Let somebody make an account of that role; give the code, for the only time."""
    if role not in people.ROLES:
        raise people.NoSuchAccount(f"{role!r} is no role; reader, editor and administrator are")
    return _make(store, None, role, INVITED_DAYS)


def reset(store: Store, account: str, *, days: int = RESET_DAYS) -> str:
    """Let whoever has the link choose an account's password; earlier links are void."""
    person = people.by_id(store, account)
    if person is None or person.closed:
        raise people.NoSuchAccount("There is no such account.")
    return _make(store, account, person.role, days)


def _make(store: Store, account: str | None, role: str, days: int) -> str:
    secret, at = new_secret(), clock.now()
    row = {
        "digest": digest(secret),
        "account": account,
        "role": role,
        "made": at,
        "until": at + days * clock.DAY,
    }

    def work(connection: Connection) -> None:
        old = invitations.c.until <= at
        if account is not None:
            old |= invitations.c.account == account
        connection.execute(invitations.delete().where(old))
        connection.execute(invitations.insert().values(**row))

    store.write(work)
    return secret


def known(store: Store, code: str) -> Invitation | None:
    """Tell what a link is for; None where it is unknown, used or too old."""
    asks = (
        select(invitations.c.account, accounts.c.name, invitations.c.role)
        .join(accounts, accounts.c.id == invitations.c.account, isouter=True)
        .where(invitations.c.digest == digest(code), invitations.c.until > clock.now())
    )
    with store.reading() as connection:
        row = connection.execute(asks).first()
    return Invitation(*row) if row is not None else None


def join(
    store: Store, code: str, *, name: str, password: str | None = None, subject: str | None = None
) -> people.Person:
    """Use a link up: make the account, or choose its password; raise NoSuchAccount where that cannot be.

    Of two who use one link at once, one gets in.
    """

    def work(connection: Connection) -> people.Person:
        mine = (invitations.c.digest == digest(code)) & (invitations.c.until > clock.now())
        row = connection.execute(select(invitations).where(mine).with_for_update()).first()
        if row is None or not connection.execute(invitations.delete().where(mine)).rowcount:
            raise people.NoSuchAccount("This link was used or is too old; ask for another.")
        if row.account is None:
            return people.added(connection, name, row.role, password=password, subject=subject)
        if password is None:
            raise people.NoSuchAccount("This link is for choosing a password.")
        people.changed_password(connection, row.account, password)
        found = connection.execute(
            select(accounts).where(accounts.c.id == row.account, ~accounts.c.closed)
        ).first()
        if found is None:
            raise people.NoSuchAccount("There is no such account.")
        return people.Person(found.id, found.name, found.role, found.password, False, found.made)

    return store.write(work)
