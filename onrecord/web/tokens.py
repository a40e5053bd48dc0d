"""API tokens: shown once, kept as digests; they read, or read and write, and never administer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, or_, select

from onrecord.store import Store
from onrecord.web import clock
from onrecord.web.doors import RANK
from onrecord.web.people import LOCAL
from onrecord.web.secrets import digest, new_id, new_secret
from onrecord.web.tables import accounts, tokens

PREFIX = "onr_"
"""What every token begins with, so that scanners of leaked secrets can know them."""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its owner sees it afterwards."""

    id: str
    label: str
    writes: bool
    made: int
    until: int | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token stands for, with the lesser of its scope and the account's role."""

    name: str
    account: str
    role: str
    token: str


def make(store: Store, account: str, label: str, *, writes: bool, days: int | None) -> str:
    """Make a token; give it, for the only time."""
    secret = PREFIX + new_secret()
    at = clock.now()
    row = {
        "id": new_id(), "digest": digest(secret), "account": account, "label": label[:80], "writes": writes,
        "made": at, "until": at + days * clock.DAY if days else None,
    }  # fmt: skip
    store.write(lambda connection: connection.execute(tokens.insert().values(**row)))
    return secret


def of_account(store: Store, account: str) -> Sequence[ApiToken]:
    """List an account's tokens, the newest first."""
    asks = select(tokens).where(tokens.c.account == account).order_by(tokens.c.made.desc(), tokens.c.id)
    with store.reading() as connection:
        return [_token(row) for row in connection.execute(asks)]


def revoke(store: Store, account: str, token: str) -> bool:
    """Make a token of this account worthless; tell whether there was one."""
    mine = (tokens.c.id == token) & (tokens.c.account == account)
    return bool(store.write(lambda connection: connection.execute(tokens.delete().where(mine)).rowcount))


def bearer(store: Store, secret: str, *, team: bool) -> Bearer | None:
    """Tell whom a token stands for; None where it is not known, too old, or its account is closed."""
    if not secret.startswith(PREFIX):
        return None
    holds = (tokens.c.digest == digest(secret), or_(tokens.c.until.is_(None), tokens.c.until > clock.now()))
    with store.reading() as connection:
        if not team:
            row = connection.execute(select(tokens).where(*holds, tokens.c.account == LOCAL)).first()
            return Bearer(LOCAL, LOCAL, _role("editor", row.writes), row.id) if row is not None else None
        asks = select(tokens, accounts.c.name, accounts.c.role).join(
            accounts, accounts.c.id == tokens.c.account
        )
        row = connection.execute(asks.where(*holds, ~accounts.c.closed)).first()
    return Bearer(row.name, row.account, _role(row.role, row.writes), row.id) if row is not None else None


def _role(account: str, writes: bool) -> str:
    return min(account, "editor" if writes else "reader", key=RANK.__getitem__)


def _token(row: Row[tuple[object, ...]]) -> ApiToken:
    return ApiToken(row.id, row.label, bool(row.writes), row.made, row.until)
