"""The fields of entries that people may change, and how a change is written so that it outlives a reading.

In a correction a span is an anchor and a reference to another entry is a target: ids such as "e1" are of one
reading only. Here such changes are made from plain values, and turned into plain values again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec

from onrecord.errors import StoreError
from onrecord.record import Attribution, Entity, Event, Figure, Mention, Relation
from onrecord.store.anchors import Anchor, Entries, Lost, Target, What, anchor_at, locate

Pointing = Callable[[What, str], Target | None]
Shape = Literal["plain", "span", "spans", "date", "ref", "refs"]

TYPES: dict[What, type] = {
    "statement": Attribution, "event": Event, "relation": Relation, "figure": Figure, "entity": Entity,
    "mention": Mention,
}  # fmt: skip

_PLAIN: tuple[Shape, None] = ("plain", None)
FIELDS: dict[What, dict[str, tuple[Shape, What | None]]] = {
    "statement": {
        "kind": _PLAIN, "source": ("spans", None), "cue": ("spans", None), "content": ("spans", None),
        "speaker": ("ref", "entity"), "speaker_reason": _PLAIN, "attitude": _PLAIN,
        "addressees": ("refs", "entity"), "within": ("ref", "statement"),
    },
    "event": {
        "type": _PLAIN, "mode": _PLAIN, "contexts": _PLAIN, "trigger": ("span", None),
        "actors": ("refs", "entity"), "recipients": ("refs", "entity"), "date": ("date", None),
        "place": ("ref", "mention"), "status": _PLAIN, "according_to": ("refs", "statement"),
        "evidence": ("span", None), "factuality": _PLAIN,
    },
    "relation": {
        "subject": ("ref", "entity"), "object": ("ref", "entity"), "type": _PLAIN, "polarity": _PLAIN,
        "evidence": ("span", None), "according_to": ("refs", "statement"), "date": ("date", None),
    },
    "figure": {
        "value": _PLAIN, "low": _PLAIN, "high": _PLAIN, "approximate": _PLAIN, "unit": _PLAIN,
        "kind": _PLAIN, "evidence": ("span", None), "according_to": ("refs", "statement"),
        "event": ("ref", "event"), "period": ("span", None),
    },
    "entity": {
        "name": _PLAIN, "type": _PLAIN, "country": _PLAIN, "sectors": _PLAIN, "aliases": _PLAIN,
        "wikidata": _PLAIN,
    },
    "mention": {
        "span": ("span", None), "kind": _PLAIN, "entity": ("ref", "entity"), "type": _PLAIN,
    },
}  # fmt: skip
"""What may be amended, by kind: the shape of its value, and what it refers to."""

_NOUGHT = {"value": None, "precision": None, "method": "none stated", "span": None}
BLANK: dict[What, dict[str, Any]] = {
    "statement": {
        "kind": "indirect", "source": [], "cue": [], "speaker": None, "speaker_reason": None,
        "attitude": "asserts", "addressees": [], "within": None, "score": 1.0,
    },
    "event": {
        "mode": None, "contexts": [], "actors": [], "recipients": [], "date": _NOUGHT, "place": None,
        "status": "asserted", "according_to": [], "score": 1.0, "mentions": [],
    },
    "relation": {
        "according_to": [], "polarity": "positive", "date": _NOUGHT, "events": [], "attributions": [],
        "score": 1.0,
    },
    "figure": {
        "value": None, "low": None, "high": None, "approximate": False, "unit": "", "kind": None,
        "according_to": [], "event": None, "period": None,
    },
    "entity": {"country": None, "sectors": [], "roles": [], "aliases": [], "wikidata": None},
    "mention": {"kind": "name", "type": None},
}  # fmt: skip
"""What an added entry has where nothing is said."""

NEEDED: dict[What, tuple[str, ...]] = {
    "statement": ("content",), "event": ("type", "trigger"),
    "relation": ("subject", "object", "type", "evidence"), "figure": ("evidence",),
    "entity": ("name", "type"), "mention": ("span", "entity"),
}  # fmt: skip
"""What an added entry must say."""

_FACTUALITY = {"asserted": 3.0, "denied": -3.0, "negated": -3.0}
_ISO = re.compile(r"(\d{4})(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?)?)?)?")
_PRECISIONS = {4: "year", 7: "month", 10: "day", 13: "hour", 16: "minute", 19: "second"}


class Unplaced(Exception):
    """A part of a change that has no place in this reading; carries why."""

    def __init__(self, lost: Lost) -> None:
        super().__init__(lost.message)
        self.lost = lost


def shape_of(what: What, field: str) -> tuple[Shape, What | None]:
    """Give a field's shape; StoreError, with those that there are, where it may not be changed."""
    if field not in FIELDS[what]:
        there = ", ".join(sorted(FIELDS[what]))
        raise StoreError(f"{what}s have no {field!r} that can be corrected; there are {there}")
    return FIELDS[what][field]


def portable(entries: Entries, point: Pointing, what: What, field: str, value: Any) -> Any:
    """Write a field's plain value so that it outlives the reading.

    Spans are given as [start, end], references as ids, dates as ISO 8601. ``point`` gives the target of an
    id, None where there is none; then StoreError is raised, as for spans outside the text.
    """
    shape, of = shape_of(what, field)
    if value is None:
        return None
    if shape == "span":
        return _anchor(entries, value, field)
    if shape == "spans":
        listed = value if isinstance(value, (list, tuple)) else [value]
        if len(listed) == 2 and all(isinstance(x, int) for x in listed):
            listed = [listed]
        return [_anchor(entries, one, field) for one in listed]
    if shape == "ref":
        return _target(point, of, value, field)
    if shape == "refs":
        listed = value if isinstance(value, (list, tuple)) else [value]
        return [_target(point, of, one, field) for one in listed]
    return _date(entries, value) if shape == "date" else value


def placed(
    entries: Entries,
    shape: Shape,
    value: Any,
    *,
    text_id: str,
    find: Callable[[Target], str | Lost],
) -> Any:
    """Turn a written value into a plain one of this reading: spans cut anew, targets as ids.

    ``text_id`` is of the text that the value was written in. Raises Unplaced where a part has no place.
    """
    if value is None or shape == "plain":
        return value
    if shape == "span":
        return _cut(entries, value, text_id)
    if shape == "spans":
        cut = (_cut(entries, one, text_id) for one in value)
        return sorted(cut, key=lambda span: (span["start"], span["end"]))
    if shape == "date":
        span = value.get("span")
        return {**value, "span": None if span is None else _cut(entries, span, text_id)}
    if shape == "ref":
        return _found(value, find)
    return list(dict.fromkeys(_found(one, find) for one in value))


def as_plain(value: Any) -> Any:
    """Give a record's type, or a list of them, as JSON has it: objects, lists and plain values."""
    return msgspec.json.decode(msgspec.json.encode(value))


def read_target(value: Any) -> Target:
    """Read a target out of a correction."""
    return msgspec.convert(value, Target)


def factuality_of(status: str) -> float:
    """Give how far an event of this status is a fact, where people say no more than its status."""
    return _FACTUALITY.get(status, 0.0)


def _anchor(entries: Entries, value: Any, field: str) -> dict[str, Any]:
    if isinstance(value, Mapping):
        value = (value.get("start"), value.get("end"))
    length = len(entries.record.document.text)
    try:
        start, end = value
        sound = type(start) is int and type(end) is int and 0 <= start < end <= length
    except (TypeError, ValueError):
        sound = False
    if not sound:
        raise StoreError(f"{field}: {value!r} is no stretch within a text of {length} characters")
    found: dict[str, Any] = as_plain(anchor_at(entries.record.document.text, start, end, words=entries.words))
    return found


def _target(point: Pointing, of: What | None, value: Any, field: str) -> dict[str, Any]:
    target = None if of is None or not isinstance(value, str) else point(of, value)
    if target is None:
        raise StoreError(f"{field}: the page has no {of} {value!r}")
    found: dict[str, Any] = as_plain(target)
    return found


def _date(entries: Entries, value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        precision = _PRECISIONS.get(len(value)) if _ISO.fullmatch(value) else None
        try:
            datetime.fromisoformat(value + "0001-01-01"[len(value) :])
        except ValueError:
            precision = None
        if precision is None:
            raise StoreError(f"date: {value!r} is no day or time of ISO 8601, such as 2015-09-10T14:50")
        return {"value": value, "precision": precision, "method": "given", "span": None}
    if not isinstance(value, Mapping) or set(value) - {"value", "precision", "method", "span"}:
        raise StoreError("date: give an ISO 8601 date, or an object with value, precision, method and span")
    span = value.get("span")
    written = None if span is None else _anchor(entries, span, "date")
    return {**_NOUGHT, "method": "given", **value, "span": written}


def _cut(entries: Entries, value: Any, text_id: str) -> dict[str, Any]:
    place = locate(
        entries.record.document.text, msgspec.convert(value, Anchor), same=text_id == entries.text_id
    )
    if isinstance(place, Lost):
        raise Unplaced(place)
    words = entries.record.document.text[place.start : place.end]
    return {"start": place.start, "end": place.end, "text": words}


def _found(value: Any, find: Callable[[Target], str | Lost]) -> str:
    entry = find(read_target(value))
    if isinstance(entry, Lost):
        raise Unplaced(entry)
    return entry
