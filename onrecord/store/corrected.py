"""A page as people corrected it: its record with corrections applied, and beside it who changed what."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from onrecord.codec import decode_record
from onrecord.errors import RecordError, StoreError
from onrecord.record import Record
from onrecord.store import schema
from onrecord.store.amending import TYPES
from onrecord.store.anchors import Entries, What
from onrecord.store.applying import Applied, Changed, Mark, live
from onrecord.store.bare import is_bare, outlined, with_words
from onrecord.store.conflicts import Conflict
from onrecord.store.corrections import Correction, of_page
from onrecord.store.mending import Gone, finish
from onrecord.store.view import View

__all__ = ["Changed", "Corrected", "Mark", "Rejected", "apply_all", "corrected", "read_page"]

_UNSOUND = (RecordError, msgspec.ValidationError, ArithmeticError, AttributeError, LookupError, TypeError,
            ValueError)  # fmt: skip
"""What a correction raises that, with the others, makes no sound record."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entry that is left out: ``content`` as it was, ``mark`` who rejected it.

    ``mark`` is null where it went with another, and ``why`` says with which.
    """

    what: What
    entry: str
    content: Any
    mark: Mark | None
    why: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A record as corrected; it passes the record's check as any other does.

    ``marks`` tell what each correction did, in time; ``last`` is the id of the correction that was written
    last, to be given as ``expected`` with the next one. In a store without words, where no text is given,
    the record's text is a row of "x" and only its offsets mean something.
    """

    record: Record
    marks: tuple[Mark, ...]
    rejected: tuple[Rejected, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    last: str | None = None

    def marks_of(self, entry: str) -> tuple[Mark, ...]:
        """Give what was done to one entry."""
        return tuple(mark for mark in self.marks if mark.entry == entry)


def corrected(view: View, page_id: str, *, text: str | None = None) -> Corrected:
    """Give a page's record with people's corrections applied.

    Corrections of every text at the page's place count, found again by their words. ``text`` is the page's
    text where the store keeps none. Raises StoreError where there is no such page.
    """
    with view.store.reading() as connection:
        machine = read_page(connection, page_id, text=text, name=view.store.name)
        found = of_page(connection, page_id)
    return apply_all(machine, found, last=found[-1].id if found else None)


def read_page(connection: Connection, page_id: str, *, text: str | None = None, name: str = "") -> Entries:
    """Give a page's entries as the machine read them, with words where the store or the caller has them."""
    c, t = schema.pages.c, schema.texts.c
    wanted = select(c.record, c.text_id, t.text, t.length).join(schema.texts, t.id == c.text_id)
    row = connection.execute(wanted.where(c.id == page_id)).one_or_none()
    if row is None:
        raise StoreError(f"{name}: no page {page_id!r}")
    try:
        packed = zlib.decompress(row.record)
    except zlib.error as error:
        raise RecordError(f"page {page_id}: the record is damaged: {error}") from error
    if not is_bare(packed):
        return Entries(decode_record(packed), row.text_id)
    known = text if text is not None else row.text
    if known is not None:  # the words are put back to be looked at, and still not kept
        return Entries(with_words(packed, known), row.text_id, words=row.text is not None)
    return Entries(outlined(packed, row.length), row.text_id, words=False)


def apply_all(machine: Entries, corrections: Iterable[Correction], *, last: str | None = None) -> Corrected:
    """Apply corrections to a reading, by time; their order here plays no part.

    A correction with which the record would be at odds with itself changes nothing, and is a conflict.
    """
    standing = live(corrections)
    state = Applied(machine)
    try:
        for correction in standing:
            state.apply(correction)
        record, gone = finish(state)
    except _UNSOUND:
        state = Applied(machine)
        for correction in standing:
            trial = state.copy()
            try:
                trial.apply(correction)
                finish(trial)
            except _UNSOUND as error:
                state.take(correction, "unsound", str(error))
            else:
                state = trial
        record, gone = finish(state)
    conflicts = (*state.conflicts, *state.opinions.conflicts())
    return Corrected(record, tuple(state.marks), _rejected(gone, state), conflicts, last)


def _rejected(gone: Gone, state: Applied) -> tuple[Rejected, ...]:
    return tuple(
        Rejected(
            what, entry["id"], msgspec.convert(entry, TYPES[what]),
            None if why else state.rejected[what, entry["id"]], why,
        )
        for what, entry, why in gone
    )  # fmt: skip
