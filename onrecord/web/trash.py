"""The trash: pages set aside. The record forgets nothing, so they can be restored at any time.

A page in the trash is left out of the overview, of review, and of collections and what is shared; its
address, search, numbers and exports still have it, for they say what is on record.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from onrecord.errors import StoreError
from onrecord.store import Store
from onrecord.web import clock
from onrecord.web.keeping_tables import trash


@dataclass(frozen=True, slots=True)
class Trashed:
    """A page in the trash: how it is called, who put it there and when."""

    page_id: str
    who: str
    said: str
    made: int


def put(store: Store, page_id: str, *, who: str, said: str) -> None:
    """Put a page into the trash; one that is there stays."""
    row = {"page_id": page_id, "who": who[:80], "said": said[:500], "made": clock.now()}
    try:
        store.write(lambda connection: connection.execute(trash.insert().values(**row)))
    except StoreError as error:
        if not isinstance(error.__cause__, IntegrityError):
            raise


def restore(store: Store, page_id: str) -> None:
    """Take a page out of it again."""
    store.write(lambda connection: connection.execute(trash.delete().where(trash.c.page_id == page_id)))


def hidden(store: Store) -> frozenset[str]:
    """Give the ids of all pages in it."""
    with store.reading() as connection:
        return frozenset(row[0] for row in connection.execute(select(trash.c.page_id)))


def trashed(store: Store) -> list[Trashed]:
    """List it, the latest first."""
    asks = select(trash.c.page_id, trash.c.who, trash.c.said, trash.c.made)
    with store.reading() as connection:
        return [
            Trashed(*row) for row in connection.execute(asks.order_by(trash.c.made.desc(), trash.c.page_id))
        ]
