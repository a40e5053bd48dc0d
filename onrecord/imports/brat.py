"""brat standoff read: text-bound annotations, events and relations, ours (by notes) and people's own."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

from onrecord.errors import RecordError, SpanError
from onrecord.imports.annotation import Annotated, fields_of
from onrecord.imports.packed import unpack
from onrecord.record import Attitude, EventType, RelationType
from onrecord.span import Span

BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_PIECE = re.compile(f"[^{BREAKS}]+")
_ARGUMENT = re.compile(r"([^:\s]+):([TE]\d+)")
_NUMBER = re.compile(r"\d+$")
_SAYS = "Says-"
_LINKS = ("Actor", "Recipient", "Claim", "Speaker", "Within")
_FIELDS = {"Actor": "actors", "Recipient": "recipients", "Speaker": "speaker"}


def label_of(name: str) -> str:
    """Give a label as brat takes it: letters, digits, hyphens and underscores, a capital first."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "_", name)
    return plain[:1].upper() + plain[1:]


def event_label(kind: str, label: str) -> str:
    """Give the label of a brat event: a statement's is kept apart from a relation's of the same word."""
    return label_of(f"{_SAYS}{label}" if kind == "statement" else label)


def fragments(text: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Cut spans at line breaks, which brat's lines cannot hold: brat's fragments."""
    return [
        (span.start + piece.start(), span.start + piece.end())
        for span in spans
        for piece in _PIECE.finditer(text[span.start : span.end])
    ]


@dataclass(slots=True)
class _Ann:
    """The lines of an .ann file by their ids; an event's first argument is its type and trigger."""

    bound: dict[str, tuple[str, list[tuple[int, int]]]] = field(default_factory=dict)
    events: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    relations: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_folder(folder: Path) -> Iterator[Annotated]:
    """Read every .ann of a folder with the .txt beside it; RecordError where one is missing or wrong."""
    for path in sorted(folder.glob("*.ann")):
        beside = path.with_suffix(".txt")
        try:
            text, lines = beside.read_bytes().decode("utf-8"), path.read_bytes().decode("utf-8")
        except FileNotFoundError as error:
            raise RecordError(
                f"{path}: brat keeps a text beside it, and {beside.name} is not there"
            ) from error
        except UnicodeDecodeError as error:
            raise RecordError(f"{path}: not UTF-8: {error}") from error
        try:
            yield from read(text, lines)
        except RecordError as error:
            raise RecordError(f"{path}: {error}") from error


def read(text: str, lines: str) -> tuple[Annotated, ...]:
    """Give the annotations of an .ann's lines over their text.

    What brat shows is believed before what a note says: words that were moved, labels and parties that were
    changed. Annotations without a note of ours are new: mentions, or events and relations of a known type.
    """
    ann = _parse(lines)
    reader = _Reader(text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), ann)
    return (*reader.ours(), *reader.new_mentions(), *reader.new_events(), *reader.new_relations())


@dataclass(slots=True)
class _Reader:
    text: str
    text_id: str
    ann: _Ann
    names: dict[str, str] = field(default_factory=dict)  # brat's id -> ours
    types: dict[str, str] = field(default_factory=dict)  # entity -> type
    entities: dict[str, str] = field(default_factory=dict)  # brat's id of a mention -> its entity
    firsts: dict[str, str] = field(default_factory=dict)  # entity -> brat's id of its first mention

    def ours(self) -> list[Annotated]:
        """Give what has a note of ours and still stands."""
        ann = self.ann
        noted = [(target, unpack(self.text_id, self.text, _json(note))) for target, note in ann.notes]
        for target, one in noted:
            if one.kind == "entity":
                self.types[one.id] = one.label
            elif one.kind == "mention" and target in ann.bound:
                self.entities[target] = one.get("entity") or ""
                self.firsts.setdefault(one.get("entity") or "", target)
            if one.kind != "entity":
                self.names[target] = one.id
        found: list[Annotated] = []
        for target, one in noted:
            if one.kind == "entity" or target == "T0":
                found.append(one)
            elif target in ann.bound:
                found.append(self._bound(one, *ann.bound[target]))
            elif target in ann.events:
                found.append(self._event(one, ann.events[target]))
            elif target in ann.relations:
                label, _, _ = ann.relations[target]
                found.append(one if label == label_of(one.label) else replace(one, label=label.lower()))
        return found

    def new_mentions(self) -> Iterator[Annotated]:
        """Give the text-bound annotations that a person added."""
        used = {i for all_ in self.ann.events.values() for role, i in all_ if _role(role) not in _LINKS}
        for key, (label, pieces) in self.ann.bound.items():
            if key not in self.names and key not in used:
                fields = fields_of({"type": label.lower()})
                yield Annotated(self.text_id, "mention", "", self._spans(pieces), "name", (), fields)

    def new_events(self) -> Iterator[Annotated]:
        """Give the events and statements that a person added."""
        for key, arguments in self.ann.events.items():
            if key in self.names:
                continue
            label, trigger = arguments[0]
            if label.upper() in get_args(EventType):
                blank = Annotated(self.text_id, "event", "", (), label.upper())
            elif label.removeprefix(_SAYS).lower() in get_args(Attitude):
                blank = Annotated(self.text_id, "statement", "", (), label.removeprefix(_SAYS).lower())
            else:
                raise RecordError(f"{key}: {label!r} is no event of PLOVER's sixteen and no attitude")
            yield self._event(replace(blank, spans=self._bound_words(trigger)), arguments)

    def new_relations(self) -> Iterator[Annotated]:
        """Give the relations that a person added."""
        for key, (label, one, other) in self.ann.relations.items():
            if key in self.names:
                continue
            if label.lower() not in get_args(RelationType):
                raise RecordError(f"{key}: {label!r} is no relation of the record's")
            ends = {"subject": self.entities.get(one), "object": self.entities.get(other)}
            # An end that is new itself has no entity yet: its words say who it is.
            words = tuple((name, self._bound_words(i)) for name, i in (("subject", one), ("object", other)))
            yield Annotated(self.text_id, "relation", "", (), label.lower(), words, fields_of(ends))

    def _bound(self, one: Annotated, label: str, pieces: list[tuple[int, int]]) -> Annotated:
        if pieces != fragments(self.text, one.spans):
            one = replace(one, spans=self._spans(pieces))
        if one.kind == "mention":
            kind = one.get("type") or self.types.get(one.get("entity") or "", "")
            if label != label_of(kind):
                return replace(one, fields=fields_of({**dict(one.fields), "type": label.lower()}))
            return one
        prefix = label_of(f"{one.kind}-")
        known = label == label_of(f"{one.kind}-{one.label}") or not label.startswith(prefix)
        return one if known else replace(one, label=label.removeprefix(prefix))

    def _event(self, one: Annotated, arguments: list[tuple[str, str]]) -> Annotated:
        label, trigger = arguments[0]
        words = {
            role.lower(): i for role, i in arguments[1:] if i in self.ann.bound and role in ("Source", "Cue")
        }
        if label != event_label(one.kind, one.label):
            plain = label.removeprefix(_SAYS)
            one = replace(one, label=plain.lower() if one.kind == "statement" else plain.upper())
        parts = dict(one.parts)
        # A statement without content is triggered by its source or cue.
        spoken = any(fragments(self.text, (span,)) for span in one.spans)
        place = "" if spoken or not one.id else next((n for n, s in one.parts if n in ("source", "cue")), "")
        if self._moved(parts[place] if place else one.spans, trigger):
            moved = self._bound_words(trigger)
            parts, one = ({**parts, place: moved}, one) if place else (parts, replace(one, spans=moved))
        for name, bound in words.items():
            if self._moved(parts.get(name, ()), bound):
                parts[name] = self._bound_words(bound)
        fields = dict(one.fields)
        for role, name in _FIELDS.items():
            if (role == "Speaker") == (one.kind == "statement"):
                self._parties(fields, name, [i for r, i in arguments[1:] if _role(r) == role])
        return replace(one, parts=tuple(parts.items()), fields=tuple(sorted(fields.items())))

    def _parties(self, fields: dict[str, str], name: str, bound: list[str]) -> None:
        """Take the parties that brat shows, where they are others than the note's."""
        single = name == "speaker"
        stated = fields.get(name)
        before = ([stated] if stated else []) if single else json.loads(stated or "[]")
        shown = [self.entities[i] for i in bound if i in self.entities]
        unseen = [key for key in before if key not in self.firsts]
        if shown == [key for key in before if key in self.firsts]:
            return
        after = [*shown, *unseen]
        if not after:
            fields.pop(name, None)
        else:
            fields[name] = after[0] if single else json.dumps(after, separators=(",", ":"))

    def _moved(self, spans: tuple[Span, ...], bound: str) -> bool:
        return self.ann.bound[bound][1] != fragments(self.text, spans)

    def _bound_words(self, key: str) -> tuple[Span, ...]:
        if key not in self.ann.bound:
            raise RecordError(f"there is no {key}")
        return self._spans(self.ann.bound[key][1])

    def _spans(self, pieces: list[tuple[int, int]]) -> tuple[Span, ...]:
        """Join the fragments that only line breaks part."""
        joined: list[tuple[int, int]] = []
        for start, end in pieces:
            if joined and not self.text[joined[-1][1] : start].strip(BREAKS) and start >= joined[-1][1]:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        try:
            return tuple(Span.cut(self.text, start, end) for start, end in joined)
        except SpanError as error:
            raise RecordError(str(error)) from error


def _role(name: str) -> str:
    return _NUMBER.sub("", name)


def _parse(lines: str) -> _Ann:
    ann = _Ann()
    for number, line in enumerate(lines.split("\n"), 1):
        line = line.rstrip("\r")
        if not line:
            continue
        key, _, rest = line.partition("\t")
        head, _, tail = rest.partition("\t")
        try:
            if key.startswith("T"):
                label, _, where = head.partition(" ")
                pairs = [pair.split(" ") for pair in where.split(";")]
                ann.bound[key] = (label, [(int(start), int(end)) for start, end in pairs])
            elif key.startswith("E"):
                ann.events[key] = _ARGUMENT.findall(head)
                if not ann.events[key] or ann.events[key][0][1] not in ann.bound:
                    raise ValueError("an event without a trigger")
            elif key.startswith("R"):
                label, one, other = head.split()
                ann.relations[key] = (label, one.partition(":")[2], other.partition(":")[2])
            elif key.startswith("#") and tail.startswith("onrecord "):
                ann.notes.append((head.partition(" ")[2], tail.removeprefix("onrecord ")))
        except ValueError as error:
            raise RecordError(f"line {number} is not brat's: {line[:60]!r} ({error})") from error
    return ann


def _json(note: str) -> object:
    try:
        return json.loads(note)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RecordError(f"a note of onrecord is damaged: {note[:60]!r}") from error
