"""Making a correction from what a person says of a page: ids and offsets in, a correction that lasts out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from onrecord.errors import StoreError
from onrecord.store.amending import NEEDED, as_plain, portable
from onrecord.store.anchors import PARTS, Anchor, Entries, Target, What
from onrecord.store.applying import added_id
from onrecord.store.conflicts import Conflict
from onrecord.store.corrected import Corrected, apply_all, read_page
from onrecord.store.corrections import Action, Correction, append, moment, of_page, person
from onrecord.store.store import Store
from onrecord.store.stored import plain


@dataclass(frozen=True, slots=True)
class Written:
    """A correction that was written: ``added`` is the id of the entry that it made, if any.

    ``conflicts`` are those it takes part in, be it that somebody disagrees or that somebody was quicker.
    """

    correction: Correction
    new: bool
    added: str | None
    conflicts: tuple[Conflict, ...]


def correct(
    store: Store,
    page_id: str,
    action: Action,
    entry: str | None = None,
    *,
    who: str,
    at: str | datetime,
    why: str = "",
    what: What | None = None,
    change: Mapping[str, Any] | None = None,
    expected: str | None = None,
    text: str | None = None,
) -> Written:
    """Correct one entry of a page ("a1", or "h…", added by people) and write that down.

    ``change`` is for amend {field: value}; for merge {"with": [ids]}; for split {"keep": {…}, "into": {…}}
    and, of an entity, "mentions": [ids] that go to the new one; for add (with ``what``) the entry's fields;
    for undo {"correction": id}. Spans are [start, end], references ids, dates ISO 8601. ``expected`` is
    ``Corrected.last`` as the person saw it. Raises StoreError where this makes no sense for the page now.
    """
    with store.reading() as connection:
        machine = read_page(connection, page_id, text=text, name=store.name)
        before = of_page(connection, page_id)
    desk = _Desk(page_id, machine, before)
    kind, target, written = desk.write(action, entry, what, dict(change or {}))
    correction = Correction(
        page_id, machine.text_id, kind, action, target, written, person(who), moment(at), plain(why)
    )
    after = apply_all(machine, [*before, correction])
    mine = tuple(c for c in after.conflicts if correction.id in c.corrections)
    for conflict in mine:
        if conflict.kind == "unsound":
            raise StoreError(f"this cannot be: {conflict.message}")
    done = append(store, correction, expected=expected)
    made = added_id(correction.id) if action in {"add", "split"} else None
    quicker = () if done.conflict is None else (done.conflict,)
    return Written(correction, done.new, made, (*quicker, *mine))


class _Desk:
    """A page laid out for correcting: the machine's entries, and those that people added."""

    def __init__(self, page_id: str, machine: Entries, before: list[Correction]) -> None:
        self.page_id = page_id
        self.machine = machine
        self.before = before
        self.now: Corrected = apply_all(machine, before)
        self.entries = Entries(self.now.record, machine.text_id, words=machine.words)

    def write(
        self, action: Action, entry: str | None, what: What | None, change: dict[str, Any]
    ) -> tuple[What, Target, dict[str, Any]]:
        """Give what a correction is of, its target and its change."""
        if action == "undo":
            return self._undoing(change)
        if action == "add":
            return self._adding(what, change)
        if entry is None:
            raise StoreError(f"{action}: name the entry")
        kind = what or self._kind_of(entry)
        target = None if kind is None else self._point(kind, entry)
        if kind is None or target is None:
            raise StoreError(f"page {self.page_id} has no entry {entry!r}")
        if action == "amend":
            if not change:
                raise StoreError("amend: say which field is to be what")
            return kind, target, {"fields": self._fields(kind, entry, change)}
        if action == "merge":
            return kind, target, {"with": self._others(kind, entry, change.get("with"))}
        if action == "split":
            return kind, target, self._splitting(kind, entry, change)
        if action not in {"confirm", "reject"}:
            raise StoreError(
                f"{action!r} is no correction; confirm, reject, amend, merge, split, add or undo"
            )
        return kind, target, {}

    def _kind_of(self, entry: str) -> What | None:
        return self.machine.kind_of(entry) or self.entries.kind_of(entry) or next(
            (gone.what for gone in self.now.rejected if gone.entry == entry), None
        )  # fmt: skip

    def _point(self, what: What, entry: str) -> Target | None:
        """Point at an entry as the machine read it, or as people added it; at a rejected one too."""
        for entries in (self.machine, self.entries):
            if entry in entries.by[what]:
                return entries.target(what, entry)
        if any((gone.what, gone.entry) == (what, entry) for gone in self.now.rejected):
            return Target(what, entry, None, {}, "")  # added by people and rejected: by its id alone
        return None

    def _portable(self, what: What, field: str, value: Any) -> Any:
        return portable(self.machine, self._point, what, field, value)

    def _fields(self, what: What, entry: str, change: Mapping[str, Any]) -> dict[str, Any]:
        """Give each field with what the machine read there and what it is to be."""
        fields = {}
        read = self.machine.by[what].get(entry)
        for field, value in change.items():
            to = self._portable(what, field, value)
            was = None
            if read is not None:
                there = as_plain(read if field == "span" else getattr(read, field))
                was = self._portable(what, field, there)
            fields[field] = {"from": was, "to": to}
        return fields

    def _others(self, what: What, entry: str, others: Any) -> list[Any]:
        listed = [others] if isinstance(others, str) else list(others or ())
        found = []
        for other in listed:
            target = self._point(what, other) if isinstance(other, str) else None
            if target is None or other == entry:
                raise StoreError(f"merge: page {self.page_id} has no other {what} {other!r}")
            found.append(as_plain(target))
        if not found:
            raise StoreError("merge: name the entries that are the same as this one, under 'with'")
        return found

    def _splitting(self, what: What, entry: str, change: dict[str, Any]) -> dict[str, Any]:
        extra = sorted(set(change) - {"keep", "into", "mentions"})
        if extra or not (change.get("into") or change.get("mentions")):
            raise StoreError("split: give the new entry's fields under 'into', the old one's under 'keep'")
        if change.get("mentions") and what != "entity":
            raise StoreError("split: only an entity has mentions to be shared out")
        moved = []
        for mention in change.get("mentions", ()):
            target = self._point("mention", mention)
            if target is None:
                raise StoreError(f"split: page {self.page_id} has no mention {mention!r}")
            moved.append(as_plain(target))
        into = {f: self._portable(what, f, value) for f, value in change.get("into", {}).items()}
        return {
            "keep": self._fields(what, entry, change.get("keep", {})), "into": into, "mentions": moved,
        }  # fmt: skip

    def _adding(self, what: What | None, change: dict[str, Any]) -> tuple[What, Target, dict[str, Any]]:
        if what is None or what not in PARTS:
            raise StoreError(f"add: say what it is: {', '.join(PARTS)}")
        if missing := [field for field in NEEDED[what] if not change.get(field)]:
            raise StoreError(f"add: a {what} needs its {' and its '.join(missing)}")
        written = {field: self._portable(what, field, value) for field, value in change.items()}
        return what, Target(what, "", _own_anchor(what, written), {}, ""), {"entry": written}

    def _undoing(self, change: dict[str, Any]) -> tuple[What, Target, dict[str, Any]]:
        wanted = str(change.get("correction", ""))
        found = [c for c in self.before if wanted and c.id.startswith(wanted)]
        if len(found) != 1:
            several = "several corrections begin so" if found else "no such correction"
            raise StoreError(f"undo: page {self.page_id}: {several}: {wanted!r}")
        return found[0].what, found[0].target, {"correction": found[0].id}


def _own_anchor(what: What, written: dict[str, Any]) -> Anchor | None:
    """Give the anchor of an added entry's own words."""
    for field in ("content", "trigger", "span", "evidence"):
        value = written.get(field)
        if value:
            return msgspec.convert(value[0] if isinstance(value, list) else value, Anchor)
    return None
