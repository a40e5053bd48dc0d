"""What people say of entries: an append-only layer over what was read, never changed and never dropped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, insert, select, text

from onrecord.errors import StoreError
from onrecord.store import schema
from onrecord.store.anchors import Target, What
from onrecord.store.bulk import portions
from onrecord.store.conflicts import Conflict
from onrecord.store.store import Store
from onrecord.store.stored import plain
from onrecord.store.view import View

Action = Literal["confirm", "reject", "amend", "merge", "split", "add", "undo"]

_PORTION = 500
_TURNS = 7_310_914_623  # PostgreSQL's advisory lock for corrections: one person writes at a time


@dataclass(frozen=True, slots=True)
class Correction:
    """One person's word on one entry. ``at`` is UTC; ``text_id`` says in which text the target's words stood.

    ``change`` is for amend ``fields`` (each with "from" and "to"), for merge ``with``, for split ``keep``,
    ``into`` and ``mentions``, for add ``entry``, for undo the id of the ``correction``. Its spans are
    anchors and its references targets, so that they outlive the reading.
    """

    page_id: str
    text_id: str
    what: What
    action: Action
    target: Target
    change: dict[str, Any]
    who: str
    at: str
    why: str

    @property
    def id(self) -> str:
        """Give the hash of all that it says: said twice, it is one."""
        packed = _pack([msgspec.to_builtins(getattr(self, name)) for name in self.__dataclass_fields__])
        return hashlib.sha256(packed.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Appended:
    """What came of writing a correction: whether it is new, and whether somebody was quicker.

    ``conflict`` is of kind "changed meanwhile" where the last correction was not the one expected; the
    correction is kept all the same.
    """

    id: str
    new: bool
    conflict: Conflict | None = None


def append(store: Store, correction: Correction, *, expected: str | None = None) -> Appended:
    """Write a correction down.

    ``expected`` is the id of the page's last correction as it was seen (``Corrected.last``; "" where there
    was none); None asks nothing. StoreError where there is no such page.
    """
    key = correction.id

    def put(connection: Connection) -> Appended:
        if not store.is_sqlite:  # in SQLite writers take turns already
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _TURNS})
        before = of_page(connection, correction.page_id)
        if any(c.id == key for c in before):
            return Appended(key, new=False)
        c = schema.pages.c
        if connection.execute(select(c.n).where(c.id == correction.page_id)).one_or_none() is None:
            raise StoreError(f"{store.name}: no page {correction.page_id!r}")
        values = {
            "id": key, "page_id": correction.page_id, "text_id": correction.text_id,
            "what": correction.what, "action": correction.action,
            "anchor": _pack(msgspec.to_builtins(correction.target)), "change": _pack(correction.change),
            "who": correction.who, "at": correction.at, "why": correction.why,
        }  # fmt: skip
        connection.execute(insert(schema.corrections).values(values))
        last = before[-1].id if before else ""
        conflict = None
        if expected is not None and expected != last:
            conflict = _meanwhile(correction, before, expected)
        return Appended(key, new=True, conflict=conflict)

    return store.write(put)


def of_page(connection: Connection, page_id: str) -> list[Correction]:
    """Give the corrections of a page and of every other text at its place, as they were written."""
    return of_pages(connection, [page_id]).get(page_id, [])


def of_pages(connection: Connection, page_ids: Sequence[str]) -> dict[str, list[Correction]]:
    """Give, for those of these pages that have any, the corrections as :func:`of_page` does."""
    found: dict[str, list[Correction]] = {}
    here, there = schema.pages.alias("here"), schema.pages.alias("there")
    joined = schema.corrections.join(there, there.c.id == schema.corrections.c.page_id).join(
        here, here.c.locator == there.c.locator
    )
    wanted = select(schema.corrections, here.c.id.label("of_page")).select_from(joined)
    for some in portions(list(page_ids)):
        asked = wanted.where(here.c.id.in_(some)).order_by(schema.corrections.c.n)
        for row in connection.execute(asked):
            found.setdefault(row.of_page, []).append(_read(row))
    return found


def history(view: View, page_id: str | None = None, *, who: str | None = None) -> Iterator[Correction]:
    """Give corrections by time, all of them or one page's, one person's."""
    c = schema.corrections.c
    wanted = select(schema.corrections).order_by(c.at, c.id).limit(_PORTION)
    if page_id is not None:
        wanted = wanted.where(c.page_id == page_id)
    if who is not None:
        wanted = wanted.where(c.who == who)
    after: tuple[str, str] | None = None
    while True:
        portion = wanted
        if after is not None:
            portion = wanted.where((c.at > after[0]) | ((c.at == after[0]) & (c.id > after[1])))
        with view.store.reading() as connection:
            found = [_read(row) for row in connection.execute(portion)]
        yield from found
        if len(found) < _PORTION:
            return
        after = (found[-1].at, found[-1].id)


def moment(at: str | datetime) -> str:
    """Give a moment as it is kept: UTC, to the microsecond; StoreError where its zone is not told."""
    try:
        when = datetime.fromisoformat(at) if isinstance(at, str) else at
    except ValueError as error:
        raise StoreError(f"{at!r} is no moment in ISO 8601, such as 2026-03-01T12:00:00Z") from error
    if when.tzinfo is None:
        raise StoreError(f"{at!s} does not say its time zone; write 2026-03-01T12:00:00Z for UTC")
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def person(who: str) -> str:
    """Give a name as it is kept; StoreError where it is empty."""
    if not who.strip():
        raise StoreError("a correction needs to say who makes it")
    return plain(who.strip())


def _meanwhile(correction: Correction, before: Sequence[Correction], expected: str) -> Conflict:
    ids = [c.id for c in before]
    since = before[ids.index(expected) + 1 :] if expected in ids else before
    return Conflict(
        "changed meanwhile", correction.what, correction.target.entry or None, None,
        tuple(c.id for c in since), tuple((c.who, c.action) for c in since),
        f"the page was corrected {len(since)} times since it was looked at; this correction is kept as well",
    )  # fmt: skip


def _read(row: Row[Any]) -> Correction:
    return Correction(
        row.page_id, row.text_id, row.what, row.action, msgspec.convert(json.loads(row.anchor), Target),
        json.loads(row.change), row.who, row.at, row.why,
    )  # fmt: skip


def _pack(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True)
