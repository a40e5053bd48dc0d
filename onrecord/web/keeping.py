"""What people keep for themselves: bookmarks, collections with notes, tags, and searches.

All of it is its owner's alone, until a collection is shared by a link. A page or entry is kept with how it
was called then, so that it still says something when its page was read anew or is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request

from onrecord.errors import StoreError
from onrecord.store import Store
from onrecord.store.stored import plain
from onrecord.web import clock
from onrecord.web.bench import bench, user
from onrecord.web.keeping_tables import bookmarks, collected, collections, searches, tags, trash
from onrecord.web.secrets import new_id

MOST = 5_000  # of each kind, of one person
_NOTE = 20_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A page or entry that somebody keeps; ``entry`` is empty for a page."""

    id: str
    page_id: str
    entry: str
    said: str
    note: str
    made: int


@dataclass(frozen=True, slots=True)
class Collection:
    """A named list of pages and entries; ``trashed`` is when it went into the trash."""

    id: str
    account: str
    name: str
    note: str
    made: int
    trashed: int | None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """A search somebody saved: a path of the workbench with its query."""

    id: str
    name: str
    address: str


def star(store: Store, account: str, page_id: str, entry: str, said: str) -> None:
    """Bookmark a page or entry, or no longer where it is bookmarked."""
    this = _this(bookmarks, account, page_id, entry)
    row = {
        "id": new_id(), "account": account, "page_id": page_id, "entry": entry, "said": plain(said)[:500],
        "made": clock.now(),
    }  # fmt: skip

    def turn(connection: Connection) -> None:
        if not connection.execute(bookmarks.delete().where(this)).rowcount:
            _room(connection, bookmarks, bookmarks.c.account == account)
            connection.execute(bookmarks.insert().values(**row))

    _once(store, turn)


def starred(store: Store, account: str) -> list[Kept]:
    """List somebody's bookmarks, the latest first, without pages in the trash."""
    c = bookmarks.c
    asks = select(c.id, c.page_id, c.entry, c.said, c.made).where(c.account == account, _at_hand(c))
    with store.reading() as connection:
        rows = connection.execute(asks.order_by(c.made.desc(), c.id)).all()
    return [Kept(*row[:4], "", row[4]) for row in rows]


def make(store: Store, account: str, name: str, note: str = "") -> str:
    """Make a collection; give its id. Raises StoreError for a name that is none."""
    if not name.strip():
        raise StoreError("a collection needs a name")
    key = new_id()
    row = {
        "id": key, "account": account, "name": plain(name.strip())[:200], "note": plain(note)[:_NOTE],
        "made": clock.now(),
    }  # fmt: skip

    def put(connection: Connection) -> None:
        _room(connection, collections, collections.c.account == account)
        connection.execute(collections.insert().values(**row))

    store.write(put)
    return key


def describe(store: Store, account: str, key: str, *, name: str, note: str) -> bool:
    """Change a collection's name and note."""
    if not name.strip():
        raise StoreError("a collection needs a name")
    mine = (collections.c.id == key) & (collections.c.account == account)
    values = {"name": plain(name.strip())[:200], "note": plain(note)[:_NOTE]}
    return _changed(store, collections.update().where(mine).values(**values))


def throw(store: Store, account: str, key: str, *, away: bool) -> bool:
    """Put a collection into the trash, or take it out; what was shared of it cannot be seen meanwhile."""
    mine = (collections.c.id == key) & (collections.c.account == account)
    return _changed(store, collections.update().where(mine).values(trashed=clock.now() if away else None))


def destroy(store: Store, account: str, key: str) -> bool:
    """Delete a collection for good; only one that is in the trash."""
    mine = (collections.c.id == key) & (collections.c.account == account) & collections.c.trashed.is_not(None)
    return _changed(store, collections.delete().where(mine))


def collection(store: Store, key: str, account: str | None = None) -> Collection | None:
    """Give a collection by its id; with ``account``, only where it is theirs."""
    asks = _COLLECTIONS.where(collections.c.id == key)
    if account is not None:
        asks = asks.where(collections.c.account == account)
    with store.reading() as connection:
        row = connection.execute(asks).first()
    return None if row is None else _collection(row)


def collections_of(store: Store, account: str, *, trashed: bool = False) -> list[Collection]:
    """List somebody's collections by name, or those in the trash."""
    c = collections.c
    where = c.trashed.is_not(None) if trashed else c.trashed.is_(None)
    asks = _COLLECTIONS.where(c.account == account, where).order_by(c.name, c.id)
    with store.reading() as connection:
        return [_collection(row) for row in connection.execute(asks)]


def collect(store: Store, key: str, page_id: str, entry: str, said: str, note: str = "") -> None:
    """Put a page or entry into a collection; where it is there, its note is changed."""
    this = (collected.c.collection == key) & (collected.c.page_id == page_id) & (collected.c.entry == entry)
    row = {
        "id": new_id(), "collection": key, "page_id": page_id, "entry": entry, "said": plain(said)[:500],
        "note": plain(note)[:_NOTE], "made": clock.now(),
    }  # fmt: skip

    def put(connection: Connection) -> None:
        if connection.execute(select(collected.c.id).where(this)).first() is not None:
            if note:
                connection.execute(collected.update().where(this).values(note=row["note"]))
            return
        _room(connection, collected, collected.c.collection == key)
        connection.execute(collected.insert().values(**row))

    _once(store, put)


def annotate(store: Store, key: str, kept: str, note: str) -> bool:
    """Change the note of one thing in a collection."""
    this = (collected.c.collection == key) & (collected.c.id == kept)
    return _changed(store, collected.update().where(this).values(note=plain(note)[:_NOTE]))


def drop(store: Store, key: str, kept: str) -> bool:
    """Take one thing out of a collection."""
    this = (collected.c.collection == key) & (collected.c.id == kept)
    return _changed(store, collected.delete().where(this))


def contents(store: Store, key: str) -> list[Kept]:
    """List what a collection holds, in the order in which it came, without pages in the trash."""
    c = collected.c
    asks = select(c.id, c.page_id, c.entry, c.said, c.note, c.made).where(c.collection == key, _at_hand(c))
    with store.reading() as connection:
        return [Kept(*row) for row in connection.execute(asks.order_by(c.made, c.id))]


def tag(store: Store, account: str, page_id: str, entry: str, words: str, said: str) -> None:
    """Tag a page or entry with each of the words, which commas part."""
    found = {" ".join(plain(word).split())[:60].lower() for word in words.split(",")[:20]} - {""}

    def put(connection: Connection) -> None:
        _room(connection, tags, tags.c.account == account)
        this = select(tags.c.tag).where(_this(tags, account, page_id, entry))
        there = set(connection.execute(this).scalars())
        for word in sorted(found - there):
            row = {"account": account, "page_id": page_id, "entry": entry, "tag": word}
            connection.execute(tags.insert().values(**row, said=plain(said)[:500], made=clock.now()))

    _once(store, put)


def untag(store: Store, account: str, page_id: str, entry: str, word: str) -> bool:
    """Take a tag away."""
    this = _this(tags, account, page_id, entry) & (tags.c.tag == word)
    return _changed(store, tags.delete().where(this))


def tag_counts(store: Store, account: str) -> list[tuple[str, int]]:
    """Give somebody's tags, each with how often it is used."""
    asks = select(tags.c.tag, func.count()).where(tags.c.account == account, _at_hand(tags.c))
    with store.reading() as connection:
        return [
            (row[0], row[1]) for row in connection.execute(asks.group_by(tags.c.tag).order_by(tags.c.tag))
        ]


def tagged(store: Store, account: str, word: str) -> list[Kept]:
    """List what somebody tagged so."""
    c = tags.c
    asks = select(c.tag, c.page_id, c.entry, c.said, c.made).where(
        c.account == account, c.tag == word, _at_hand(c)
    )
    with store.reading() as connection:
        rows = connection.execute(asks.order_by(c.made.desc(), c.page_id, c.entry)).all()
    return [Kept(*row[:4], "", row[4]) for row in rows]


def save(store: Store, account: str, name: str, address: str) -> None:
    """Save a search by its address."""
    row = {"account": account, "name": plain(name)[:200], "address": plain(address)[:4000]}
    same = (searches.c.account == account) & (searches.c.address == row["address"])

    def put(connection: Connection) -> None:
        connection.execute(searches.delete().where(same))
        _room(connection, searches, searches.c.account == account)
        connection.execute(searches.insert().values(id=new_id(), made=clock.now(), **row))

    store.write(put)


def unsave(store: Store, account: str, key: str) -> bool:
    """Forget a saved search."""
    mine = (searches.c.id == key) & (searches.c.account == account)
    return _changed(store, searches.delete().where(mine))


def saved(store: Store, account: str) -> list[Search]:
    """List somebody's saved searches, the latest first."""
    c = searches.c
    asks = select(c.id, c.name, c.address).where(c.account == account).order_by(c.made.desc(), c.id)
    with store.reading() as connection:
        return [Search(*row) for row in connection.execute(asks)]


def kept_of(request: Request, page_id: str) -> dict[str, Any]:
    """Give what the reading view shows: whether a page is starred, tagged, collected or in the trash."""
    store, account = bench(request).store, user(request).account
    b, t, c = bookmarks.c, tags.c, collected.c
    with store.reading() as connection:
        stars = set(
            connection.execute(select(b.entry).where(b.account == account, b.page_id == page_id)).scalars()
        )
        words = connection.execute(
            select(t.tag).where(t.account == account, t.page_id == page_id, t.entry == "").order_by(t.tag)
        ).scalars().all()  # fmt: skip
        away = (
            connection.execute(select(trash.c.page_id).where(trash.c.page_id == page_id)).first() is not None
        )
        within = set(connection.execute(select(c.collection).where(c.page_id == page_id)).scalars())
    mine = collections_of(store, account)
    return {
        "stars": stars, "page_tags": words, "trashed": away, "my_collections": mine,
        "within": [one for one in mine if one.id in within],
    }  # fmt: skip


_COLLECTIONS = select(
    *(collections.c[name] for name in ("id", "account", "name", "note", "made", "trashed")),
    select(func.count()).where(collected.c.collection == collections.c.id).scalar_subquery(),
)


def _collection(row: Any) -> Collection:
    return Collection(*row)


def _this(table: Table, account: str, page_id: str, entry: str) -> Any:
    c = table.c
    return (c.account == account) & (c.page_id == page_id) & (c.entry == entry)


def _at_hand(columns: Any) -> Any:
    return columns.page_id.not_in(select(trash.c.page_id))


def _room(connection: Connection, table: Table, mine: Any) -> None:
    if (connection.execute(select(func.count()).select_from(table).where(mine)).scalar() or 0) >= MOST:
        raise StoreError(f"there are {MOST:,} of these already; take some away first")


def _changed(store: Store, statement: Any) -> bool:
    return bool(store.write(lambda connection: connection.execute(statement).rowcount))


def _once(store: Store, work: Callable[[Connection], None]) -> None:
    """Do it; where the same was done in the same instant, that is enough."""
    try:
        store.write(work)
    except StoreError as error:
        if not isinstance(error.__cause__, IntegrityError):
            raise
