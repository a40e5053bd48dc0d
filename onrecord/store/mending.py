"""What follows from corrections: fields that hang on a changed one, and a sound record of what stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.codec import check
from onrecord.lexicon.plover import scores
from onrecord.record import Place, Record
from onrecord.store.amending import TYPES, factuality_of
from onrecord.store.anchors import PARTS, What

if TYPE_CHECKING:
    from onrecord.store.applying import Applied

Entry = dict[str, Any]
Gone = list[tuple[What, Entry, str]]
"""Entries that are left out, by kind, each with why where it was not rejected itself."""

_TOLD: tuple[What, ...] = ("event", "relation", "figure")


def fill(what: What, entry: Entry, fields: Entry) -> None:
    """Set fields of an entry, and those that hang on them."""
    before = entry.get("trigger")
    for field, value in fields.items():
        if field == "span":
            entry.update(value)
        else:
            entry[field] = value
    if what == "statement":
        _speaker(entry, fields)
    elif what == "event":
        _event(entry, fields, before)


def _speaker(entry: Entry, fields: Entry) -> None:
    if entry.get("speaker") is not None:
        entry["speaker_reason"] = None
    elif entry.get("speaker_reason") is None or ("speaker" in fields and "speaker_reason" not in fields):
        entry["speaker_reason"] = "not resolved" if entry["source"] else "none named"


def _event(entry: Entry, fields: Entry, before: Entry | None) -> None:
    trigger = entry["trigger"]
    entry.setdefault("evidence", trigger)
    entry.setdefault("happening", entry["id"])
    mentions = [m for m in entry["mentions"] if m not in (before, trigger)]
    entry["mentions"] = sorted([*mentions, trigger], key=lambda span: (span["start"], span["end"]))
    if "type" in fields or "quad" not in entry:
        if "type" in fields and "mode" not in fields and "quad" in entry:
            entry["mode"] = None  # a mode is of its type
        try:
            entry["quad"] = scores(entry["type"], entry["mode"]).quad
        except (KeyError, TypeError):  # not a type: the record's check says so
            entry["quad"] = entry.get("quad", "")
    if "factuality" not in entry or ("status" in fields and "factuality" not in fields):
        entry["factuality"] = factuality_of(entry["status"])


def finish(applied: Applied) -> tuple[Record, Gone]:
    """Give the record of what stays, and what goes: the rejected, and what cannot be without them.

    Raises RecordError or msgspec.ValidationError where the whole is not sound.
    """
    lists = {what: dict(entries) for what, entries in applied.lists.items()}
    gone: Gone = [(what, lists[what].pop(entry), "") for what, entry in sorted(applied.rejected)]
    removed = {what: {entry["id"]: entry for kind, entry, _ in gone if kind == what} for what in lists}
    for mention, entry in [*lists["mention"].items()]:
        if entry["entity"] in removed["entity"]:
            removed["mention"][mention] = lists["mention"].pop(mention)
            gone.append(("mention", entry, f"of {entry['entity']}"))
    for relation, entry in [*lists["relation"].items()]:
        lost = [e for e in (entry["subject"], entry["object"]) if e in removed["entity"]]
        if lost:
            del lists["relation"][relation]
            gone.append(("relation", entry, f"between {lost[0]} and another"))
    lists = {what: {key: dict(entry) for key, entry in of.items()} for what, of in lists.items()}
    _unlink(lists, removed)
    holders = _holders(lists["statement"], removed["statement"])
    for what in _TOLD:
        for entry in lists[what].values():
            entry["according_to"] = _chain(entry["according_to"], holders, removed["statement"])
    fields: dict[str, Any] = {PARTS[what]: tuple(_built(what, lists[what])) for what in lists}
    places = [place for place in applied.places if place["mention"] in lists["mention"]]
    corrected = replace(applied.machine.record, places=msgspec.convert(places, tuple[Place, ...]), **fields)
    check(corrected)
    return corrected, gone


def _built(what: What, entries: dict[str, Entry]) -> list[Any]:
    return [msgspec.convert(entry, TYPES[what]) for entry in entries.values()]


def _unlink(lists: dict[What, dict[str, Entry]], removed: dict[What, dict[str, Entry]]) -> None:
    """Take out of every entry what refers to those that are gone; chains are seen to apart."""
    entities, mentions = removed["entity"], removed["mention"]
    for statement in lists["statement"].values():
        if statement["speaker"] in entities:
            statement.update(speaker=None, speaker_reason="not resolved")
        statement["addressees"] = [e for e in statement["addressees"] if e not in entities]
    for event in lists["event"].values():
        for role in ("actors", "recipients"):
            event[role] = [e for e in event[role] if e not in entities]
        if event["place"] in mentions:
            event["place"] = None
    for relation in lists["relation"].values():
        relation["events"] = [e for e in relation["events"] if e not in removed["event"]]
        relation["attributions"] = [a for a in relation["attributions"] if a not in removed["statement"]]
    for figure in lists["figure"].values():
        if figure["event"] in removed["event"]:
            figure["event"] = None


def _holders(statements: dict[str, Entry], removed: dict[str, Entry]) -> dict[str, str | None]:
    """Give the holder of each statement, one that is gone passed over; set it in the statements that stay."""
    holders: dict[str, str | None] = {}
    for key, statement in statements.items():
        statement["within"] = holders[key] = _standing(statement["within"], removed)
    return holders


def _standing(statement: str | None, removed: dict[str, Entry]) -> str | None:
    """Give a statement, or else the first of its holders that is not gone."""
    seen: set[str] = set()
    while statement in removed:
        if statement in seen:
            return None
        seen.add(statement)
        statement = removed[statement]["within"]
    return statement


def _chain(chain: list[str], holders: dict[str, str | None], removed: dict[str, Entry]) -> list[str]:
    """Give the whole chain of what its innermost statement's words hold."""
    at = _standing(chain[0], removed) if chain else None
    found: list[str] = []
    while at is not None and at not in found:  # a circle is told by the record's check
        found.append(at)
        at = holders.get(at)
    return found
