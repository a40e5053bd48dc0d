"""A page in a store for tests of corrections, read once and read again by another model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handmade_events import harbor_record

from onrecord.record import ReaderCard, Record
from onrecord.store import Store, Stored
from onrecord.store.correcting import Written, correct

LOCATOR = "harbor.txt"
NEWER = ReaderCard("0.2.0", "newer", "1" * 64)


def put(store: Store, record: Record | None = None, locator: str = LOCATOR) -> str:
    """Put a record into a store; give its page's id."""
    stored = Stored(record if record is not None else harbor_record(), locator)
    store.writer().add([stored])
    return stored.page_id


def reread(record: Record, **fields: object) -> Record:
    """Give a record as newer weights read it: with these fields otherwise."""
    return replace(record, reader=NEWER, **fields)  # type: ignore[arg-type]


class People:
    """People at work on one page, a minute apart."""

    def __init__(self, store: Store, page_id: str) -> None:
        self.store, self.page_id, self.minute = store, page_id, 0

    def __call__(self, who: str, action: Any, entry: str | None = None, **said: Any) -> Written:
        """Write a correction down."""
        self.minute += 1
        at = f"2026-03-01T{self.minute // 60:02}:{self.minute % 60:02}:00Z"
        asked = {key: said.pop(key) for key in ("what", "expected", "text", "why", "at") if key in said}
        change = said.pop("change", said)
        return correct(self.store, self.page_id, action, entry, who=who, change=change, **{"at": at, **asked})

    def amend(self, who: str, entry: str, **fields: Any) -> Written:
        """Amend fields of an entry."""
        return self(who, "amend", entry, change=fields)
