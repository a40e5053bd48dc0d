"""Corrections applied to a reading, one after the other in time, on entries as plain objects."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.store.amending import BLANK, FIELDS, Unplaced, as_plain, placed, read_target
from onrecord.store.anchors import PARTS, Entries, Lost, Target, What
from onrecord.store.conflicts import Conflict, Opinions, against_reading
from onrecord.store.mending import fill

if TYPE_CHECKING:
    from onrecord.store.corrections import Correction

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that people changed: what it was, and what it is now, as in the record's JSON."""

    field: str
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Mark:
    """What one correction did to one entry: who, when and why; ``fields`` are those that it changed."""

    correction: str
    what: What
    entry: str
    action: str
    who: str
    at: str
    why: str
    fields: tuple[Changed, ...] = ()


def added_id(correction: str) -> str:
    """Give the id of the entry that a correction adds: of people's making, and nobody else's."""
    return f"h{correction[:11]}"


def live(corrections: Iterable[Correction]) -> list[Correction]:
    """Give the corrections that hold, by time: those not undone, or whose undoing was undone."""
    known = {c.id: c for c in corrections}
    undoing: dict[str, list[str]] = {}
    for c in known.values():
        if c.action == "undo":
            undoing.setdefault(str(c.change.get("correction")), []).append(c.id)
    holds: dict[str, bool] = {}
    for start in known:
        path = [start]
        while path:  # an id is the hash of what it undoes, so this comes to an end
            waiting = [u for u in undoing.get(path[-1], ()) if u not in holds]
            if waiting:
                path += waiting
                continue
            here = path.pop()
            holds[here] = not any(holds[u] for u in undoing.get(here, ()))
    return [c for c in in_time(known.values()) if holds[c.id] and c.action != "undo"]


def in_time(corrections: Iterable[Correction]) -> list[Correction]:
    """Give corrections by time, those of one moment by their ids."""
    return sorted(corrections, key=lambda c: (c.at, c.id))


class Applied:
    """A reading's entries with corrections applied; a correction that has no place changes nothing."""

    def __init__(self, machine: Entries) -> None:
        self.machine = machine
        self.lists: dict[What, dict[str, Entry]] = {
            what: {entry["id"]: entry for entry in as_plain(getattr(machine.record, part))}
            for what, part in PARTS.items()
        }
        self.places: list[Entry] = as_plain(machine.record.places)
        self.aliases: dict[tuple[What, str], str] = {}
        self.rejected: dict[tuple[What, str], Mark] = {}
        self.marks: list[Mark] = []
        self.conflicts: list[Conflict] = []
        self.opinions = Opinions()

    def copy(self) -> Applied:
        """Give a copy that can be changed by itself."""
        other = copy.copy(self)
        for name in ("lists", "places", "aliases", "rejected", "marks", "conflicts", "opinions"):
            setattr(other, name, copy.deepcopy(getattr(self, name)))
        return other

    def apply(self, correction: Correction) -> None:
        """Apply one correction, or take down the conflict that keeps it from being applied."""
        try:
            if correction.action == "add":
                self._add(correction)
                return
            entry = self._find(correction.target, correction.text_id)
            if isinstance(entry, Lost):
                raise Unplaced(entry)
            {"confirm": self._confirm, "reject": self._reject, "amend": self._amend, "merge": self._merge,
             "split": self._split}[correction.action](correction, entry)  # fmt: skip
        except Unplaced as error:
            self._unplaced(correction, error.lost)

    def take(self, correction: Correction, kind: Any, message: str) -> None:
        """Take down that a correction could not be applied."""
        self.conflicts.append(
            Conflict(kind, correction.what, correction.target.entry or None, None, (correction.id,),
                     ((correction.who, correction.action),), message)
        )  # fmt: skip

    def _unplaced(self, c: Correction, lost: Lost) -> None:
        gone = c.action == "reject" and lost.reason == "not found" and self._is_newer(c)
        if gone:
            self.take(c, "already so", f"the new reading no longer has {c.target.entry}: {lost.message}")
        else:
            self.take(c, lost.reason, lost.message)

    def _find(self, target: Target, text_id: str) -> str | Lost:
        """Give the id that a target has now, through merges and additions."""
        entry = target.entry
        if target.model:
            resolved = self.machine.resolve(target, text_id)
            if isinstance(resolved, Lost):
                return resolved
            entry = resolved
        while (target.what, entry) in self.aliases:
            entry = self.aliases[target.what, entry]
        if entry not in self.lists[target.what]:
            return Lost("not found", f"{entry}, which somebody added, is not there now")
        return entry

    def _is_newer(self, c: Correction) -> bool:
        """Whether the page was read again since, by another model or in another text."""
        return bool(c.target.model) and (c.target.model, c.text_id) != (
            self.machine.model, self.machine.text_id
        )  # fmt: skip

    def _place(self, c: Correction, shape: Any, value: Any) -> Any:
        return placed(
            self.machine, shape, value, text_id=c.text_id, find=lambda target: self._find(target, c.text_id)
        )

    def _mark(self, c: Correction, what: What, entry: str, fields: Sequence[Changed] = ()) -> Mark:
        mark = Mark(c.id, what, entry, c.action, c.who, c.at, c.why, tuple(fields))
        self.marks.append(mark)
        return mark

    def _confirm(self, c: Correction, entry: str) -> None:
        if self._is_newer(c) and entry in self.machine.by[c.what]:
            now = self.machine.says(c.what, entry)
            for field in sorted(k for k, v in c.target.was.items() if now.get(k) != v):
                self.conflicts.append(
                    against_reading("contradicts", c.what, entry, field, c.id, c.who, c.target.was[field],
                                    now.get(field))
                )  # fmt: skip
        self.rejected.pop((c.what, entry), None)
        self.opinions.confirm(c.what, self.lists[c.what][entry], c.who, c.id)
        self._mark(c, c.what, entry)

    def _reject(self, c: Correction, entry: str) -> None:
        self.opinions.reject(c.what, entry, c.who, c.id)
        self.rejected[c.what, entry] = self._mark(c, c.what, entry)

    def _amend(self, c: Correction, entry: str) -> None:
        self._change(c, entry, c.change.get("fields", {}))

    def _change(self, c: Correction, entry: str, fields: dict[str, Any]) -> None:
        """Change fields of an entry, all of them or none."""
        new: dict[str, Any] = {}
        for field, change in sorted(fields.items()):
            shape, _ = FIELDS[c.what][field]
            new[field] = self._place(c, shape, change["to"])
        current = self.lists[c.what][entry]
        changed = []
        for field, value in new.items():
            if self._is_newer(c):
                self._compare(c, entry, field, fields[field].get("from"), value)
            was = _value(current, field)
            if was != value:
                changed.append(Changed(field, was, value))
            self.opinions.amend(c.what, entry, field, value, c.who, c.id)
        self.rejected.pop((c.what, entry), None)
        fill(c.what, current, new)
        self._mark(c, c.what, entry, changed)

    def _compare(self, c: Correction, entry: str, field: str, was: Any, now: Any) -> None:
        """Take down what a newer reading makes of an amended field."""
        if entry not in self.machine.by[c.what]:
            return
        read = _value(as_plain(self.machine.by[c.what][entry]), field)
        if read == now:
            self.conflicts.append(against_reading("already so", c.what, entry, field, c.id, c.who, now, read))
            return
        try:
            before = self._place(c, FIELDS[c.what][field][0], was)
        except Unplaced:
            return
        if read != before:
            self.conflicts.append(
                against_reading("contradicts", c.what, entry, field, c.id, c.who, now, read)
            )

    def _merge(self, c: Correction, entry: str) -> None:
        others = []
        for target in map(read_target, c.change["with"]):
            other = self._find(target, c.text_id)
            if isinstance(other, Lost):
                raise Unplaced(other)
            if other != entry:
                others.append(other)
        kept = self.lists[c.what][entry]
        changed: dict[str, Any] = {}
        for other in dict.fromkeys(others):
            gone = self.lists[c.what].pop(other)
            self.aliases[c.what, other] = entry
            self.rejected.pop((c.what, other), None)
            for field in _UNITED[c.what]:
                changed.setdefault(field, kept[field])
                kept[field] = _united(kept[field], gone[field])
            if c.what == "entity" and gone["name"] not in (kept["name"], *kept["aliases"]):
                changed.setdefault("aliases", kept["aliases"])
                kept["aliases"] = [*kept["aliases"], gone["name"]]
            self._redirect(c.what, other, entry)
            if c.what == "statement" and kept["within"] == entry:
                kept["within"] = gone["within"] if gone["within"] != entry else None
            self._mark(c, c.what, other)
        fields = [Changed(f, was, kept[f]) for f, was in changed.items() if was != kept[f]]
        self._mark(c, c.what, entry, fields)

    def _redirect(self, what: What, old: str, new: str) -> None:
        """Let whatever refers to one entry refer to another."""
        for holder, field in references(what):
            for entry in self.lists[holder].values():
                value = entry[field]
                if isinstance(value, list):
                    if old in value:
                        entry[field] = list(dict.fromkeys(new if x == old else x for x in value))
                elif value == old:
                    entry[field] = new
        if what == "mention":
            for place in self.places:
                place["mention"] = new if place["mention"] == old else place["mention"]

    def _split(self, c: Correction, entry: str) -> None:
        into = {
            f: self._place(c, FIELDS[c.what][f][0], v) for f, v in sorted(c.change.get("into", {}).items())
        }
        moved = []
        for target in map(read_target, c.change.get("mentions", ())):
            mention = self._find(target, c.text_id)
            if isinstance(mention, Lost):
                raise Unplaced(mention)
            moved.append(mention)
        new = copy.deepcopy(self.lists[c.what][entry])
        self._change(c, entry, c.change.get("keep", {}))
        new["id"] = added_id(c.id)
        fill(c.what, new, into)
        self.lists[c.what][new["id"]] = new
        for mention in moved:
            self.lists["mention"][mention]["entity"] = new["id"]
        self._mark(c, c.what, new["id"], [Changed(field, None, value) for field, value in into.items()])

    def _add(self, c: Correction) -> None:
        fields = {f: self._place(c, FIELDS[c.what][f][0], v) for f, v in sorted(c.change["entry"].items())}
        new = {"id": added_id(c.id), **copy.deepcopy(BLANK[c.what])}
        fill(c.what, new, fields)
        there = self._already(c.what, new)
        if there is not None:
            self.aliases[c.what, new["id"]] = there
            self.conflicts.append(
                against_reading("already so", c.what, there, None, c.id, c.who, "added", "has it")
            )
            self.opinions.confirm(c.what, self.lists[c.what][there], c.who, c.id)
            self._mark(c, c.what, there)
            return
        self.lists[c.what][new["id"]] = new
        self.opinions.confirm(c.what, new, c.who, c.id)
        self._mark(c, c.what, new["id"], [Changed(field, None, value) for field, value in fields.items()])

    def _already(self, what: What, new: Entry) -> str | None:
        """Give the entry of the reading that says the same of the same words, if there is one."""
        telling = _TELLING[what]
        if what == "entity":
            return None
        for entry in self.machine.by[what]:
            there = self.lists[what].get(entry)
            if there is not None and all(there[field] == new[field] for field in telling):
                return entry
        return None


_UNITED: dict[What, tuple[str, ...]] = {
    "statement": ("source", "cue", "content", "addressees"),
    "event": ("actors", "recipients", "contexts", "mentions"), "relation": ("events", "attributions"),
    "figure": (), "entity": ("aliases", "roles", "sectors"), "mention": (),
}  # fmt: skip
_TELLING: dict[What, tuple[str, ...]] = {
    "statement": ("content", "speaker", "attitude"), "event": ("trigger", "type", "actors", "recipients"),
    "relation": ("evidence", "subject", "object", "type", "polarity"),
    "figure": ("evidence", "value", "low", "high"), "entity": (), "mention": ("start", "end", "entity"),
}  # fmt: skip


def references(what: What) -> Iterator[tuple[What, str]]:
    """Give the fields, by kind of entry, that refer to entries of a kind."""
    for holder, fields in FIELDS.items():
        for field, (_, of) in fields.items():
            if of == what:
                yield holder, field
    if what == "event":
        yield "relation", "events"
    if what == "statement":
        yield "relation", "attributions"


def _value(entry: Entry, field: str) -> Any:
    if field == "span":
        return {key: entry[key] for key in ("start", "end", "text")}
    return entry[field]


def _united(one: list[Any], other: list[Any]) -> list[Any]:
    """Give what is in either list, once; spans in the order of the text."""
    both = [*one, *(x for x in other if x not in one)]
    if both and isinstance(both[0], dict) and "start" in both[0]:
        both.sort(key=lambda span: (span["start"], span["end"]))
    return both
