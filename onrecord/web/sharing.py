"""Shares: links that show one page or collection to whoever has them, read-only, until they are revoked.

The link's token is the share's id, signed with the workbench's secret: what is in the database opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from onrecord.store import Store
from onrecord.store.stored import plain
from onrecord.web import clock
from onrecord.web.doors import RANK
from onrecord.web.keeping_tables import collections, shares, trash
from onrecord.web.people import LOCAL
from onrecord.web.secrets import new_id, same, signed
from onrecord.web.tables import accounts

_SIGNS = 32


@dataclass(frozen=True, slots=True)
class Share:
    """A share: of a collection or of a page, by whom, and until when."""

    id: str
    account: str
    collection: str | None
    page_id: str | None
    said: str
    made: int
    until: int | None


def share(
    store: Store, account: str, *, said: str, collection: str | None = None, page_id: str | None = None,
    days: int | None = None,
) -> str:  # fmt: skip
    """Share a collection or a page; give the share's id."""
    at, key = clock.now(), new_id()
    row = {
        "id": key, "account": account, "collection": collection, "page_id": page_id,
        "said": plain(said)[:500],
        "made": at, "until": at + days * clock.DAY if days else None,
    }  # fmt: skip
    store.write(lambda connection: connection.execute(shares.insert().values(**row)))
    return key


def token(secret: str, key: str) -> str:
    """Give the token of a share's link."""
    return f"{key}{signed(secret, 'share', key)[:_SIGNS]}"


def shared(store: Store, secret: str, given: str, *, team: bool) -> Share | None:
    """Tell what a token shows; None where it was revoked, is over, or its sharer may share no more."""
    key, sign = given[:_SIGNS], given[_SIGNS:]
    if len(given) != 2 * _SIGNS or not same(sign, signed(secret, "share", key)[:_SIGNS]):
        return None
    c = shares.c
    in_trash = select(trash.c.page_id)
    gone = select(collections.c.id).where(collections.c.trashed.is_not(None))
    asks = select(shares).where(
        c.id == key,
        or_(c.until.is_(None), c.until > clock.now()),
        or_(c.page_id.is_(None), c.page_id.not_in(in_trash)),
        or_(c.collection.is_(None), c.collection.not_in(gone)),
    )
    if team:
        able = [role for role, rank in RANK.items() if rank >= RANK["editor"]]
        asks = asks.join(accounts, accounts.c.id == c.account).where(
            ~accounts.c.closed, accounts.c.role.in_(able)
        )
    else:
        asks = asks.where(c.account == LOCAL)
    with store.reading() as connection:
        row = connection.execute(asks).first()
    return None if row is None else Share(*row)


def shares_of(store: Store, account: str | None) -> list[Share]:
    """List somebody's shares, or everybody's, the latest first."""
    asks = select(shares).order_by(shares.c.made.desc(), shares.c.id)
    if account is not None:
        asks = asks.where(shares.c.account == account)
    with store.reading() as connection:
        return [Share(*row) for row in connection.execute(asks)]


def revoke(store: Store, account: str | None, key: str) -> bool:
    """Make a link worthless; with ``account``, only one of theirs."""
    this = shares.c.id == key
    if account is not None:
        this &= shares.c.account == account
    return bool(store.write(lambda connection: connection.execute(shares.delete().where(this)).rowcount))
