"""brat standoff: ``<page>.txt`` with ``<page>.ann`` beside it, and the configuration that brat shows them by.

A mention is a text-bound annotation with its entity's type; a statement and an event are brat events, whose
arguments are their sources, cues and parties; a relation is a relation between two mentions; what brat has no
place for stands in a note (``AnnotatorNotes``) as JSON, which `onrecord.imports.brat` reads back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.export.paged import Paged, with_text
from onrecord.imports.annotation import Annotated, annotated, pack
from onrecord.imports.brat import event_label, fragments, label_of
from onrecord.record import Record
from onrecord.span import Span

NOWHERE = "T0"
"""What a note is about that brat cannot show: an entity without mentions, words of line breaks only."""


def brat(pages: Iterable[Paged], folder: Path) -> list[Path]:
    """Write two files a page, named by its id, and ``annotation.conf``; give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    labels: dict[str, set[str]] = {"mention": set(), "statement": set(), "event": set(), "relation": set()}
    for page in pages:
        text, lines = with_text(page, "brat"), standoff(page.record, labels)
        for suffix, content in ((".txt", text), (".ann", lines)):
            path = folder / f"{page.id}{suffix}"
            path.write_text(content, encoding="utf-8", newline="")
            paths.append(path)
    conf = folder / "annotation.conf"
    conf.write_text(_configuration(labels), encoding="utf-8", newline="\n")
    return [*paths, conf]


def standoff(record: Record, labels: dict[str, set[str]] | None = None) -> str:
    """Give a record's annotations as the lines of an .ann file; note the labels used in ``labels``."""
    lines = _Lines(record.document.text)
    entries = annotated(record)
    types = {one.id: one.label for one in entries if one.kind == "entity"}
    first: dict[str, str] = {}  # an entity's first mention, by which brat's arguments name it
    for one in entries:
        if one.kind == "mention":
            label = label_of(one.get("type") or types[one.get("entity") or ""])
            bound = lines.bind_noted(label, one)
            if bound != NOWHERE:
                first.setdefault(one.get("entity") or "", bound)
            _seen(labels, "mention", label)
    events: dict[str, str] = {}
    told = [one for one in entries if one.kind in ("statement", "event")]
    for number, one in enumerate(told, 1):
        events[one.id] = f"E{number}"
    for one in told:
        _seen(labels, one.kind, lines.happen(events[one.id], one, first, events))
    for one in entries:
        if one.kind == "relation":
            ends = (first.get(one.get("subject") or ""), first.get(one.get("object") or ""))
            _seen(labels, "relation", lines.relate(one, ends))
        elif one.kind in ("figure", "time"):
            lines.bind_noted(label_of(f"{one.kind}-{one.label}"), one)
            _seen(labels, "mention", label_of(f"{one.kind}-{one.label}"))
        elif one.kind == "entity":
            lines.note(first.get(one.id, NOWHERE), one)
    return "".join(f"{line}\n" for line in lines.lines)


@dataclass(slots=True)
class _Lines:
    text: str
    lines: list[str] = field(default_factory=list)
    bound: int = 0
    relations: int = 0
    notes: int = 0

    def bind(self, label: str, spans: Iterable[Span]) -> str:
        """Add a text-bound annotation; give its id."""
        self.bound += 1
        pieces = fragments(self.text, spans)
        where = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(self.text[start:end] for start, end in pieces)
        self.lines.append(f"T{self.bound}\t{label} {where}\t{words}")
        return f"T{self.bound}"

    def bind_noted(self, label: str, one: Annotated) -> str:
        """Add an entry as a text-bound annotation and its note; NOWHERE where it has no words to show."""
        bound = self.bind(label, one.spans) if fragments(self.text, one.spans) else NOWHERE
        self.note(bound, one)
        return bound

    def note(self, target: str, one: Annotated) -> None:
        """Add what brat has no place for."""
        self.notes += 1
        packed = json.dumps(pack(one), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        self.lines.append(f"#{self.notes}\tAnnotatorNotes {target}\tonrecord {packed}")

    def happen(self, key: str, one: Annotated, first: dict[str, str], events: dict[str, str]) -> str:
        """Add a statement or an event as a brat event; give its label."""
        words = [("content", one.spans)] if one.kind == "statement" else [("trigger", one.spans)]
        words = [(name, spans) for name, spans in (*words, *one.parts) if name in _BOUND and spans]
        label = event_label(one.kind, one.label)
        words = [(name, spans) for name, spans in words if fragments(self.text, spans)]
        if not words:
            self.note(NOWHERE, one)
            return label
        trigger = self.bind(label, words[0][1])
        arguments = [f"{label}:{trigger}"]
        for name, spans in words[1:]:
            arguments.append(f"{name.capitalize()}:{self.bind(name.capitalize(), spans)}")
        for role, keys in _arguments(one):
            ids = [first.get(k) or events.get(k) for k in keys]
            found = [i for i in ids if i is not None]
            arguments += [f"{role}{number if number > 1 else ''}:{i}" for number, i in enumerate(found, 1)]
        self.lines.append(f"{key}\t{' '.join(arguments)}")
        self.note(key, one)
        return label

    def relate(self, one: Annotated, ends: tuple[str | None, str | None]) -> str:
        """Add a relation between two first mentions; only a note where an end has none. Give its label."""
        label = label_of(one.label)
        if None in ends:
            self.note(NOWHERE, one)
            return label
        self.relations += 1
        self.lines.append(f"R{self.relations}\t{label} Arg1:{ends[0]} Arg2:{ends[1]}")
        self.note(f"R{self.relations}", one)
        return label


_BOUND = ("content", "trigger", "source", "cue")


def _arguments(one: Annotated) -> list[tuple[str, list[str]]]:
    """Give brat's arguments: ids of entities and of statements."""
    if one.kind == "statement":
        return [("Speaker", [one.get("speaker") or ""]), ("Within", [one.get("within") or ""])]
    lists = (("Actor", "actors"), ("Recipient", "recipients"))
    found = [(role, json.loads(one.get(name) or "[]")) for role, name in lists]
    return [*found, ("Claim", json.loads(one.get("according_to") or "[]")[:1])]


def _seen(labels: dict[str, set[str]] | None, kind: str, label: str) -> None:
    if labels is not None:
        labels[kind].add(label)


def _configuration(labels: dict[str, set[str]]) -> str:
    bound = sorted(labels["mention"] | {"Source", "Cue"})
    told = [
        f"{label}\tSource?:Source, Cue?:Cue, Speaker*:<ENTITY>, Within?:<EVENT>"
        for label in sorted(labels["statement"])
    ]
    done = [
        f"{label}\tActor*:<ENTITY>, Recipient*:<ENTITY>, Claim?:<EVENT>" for label in sorted(labels["event"])
    ]
    related = [f"{label}\tArg1:<ENTITY>, Arg2:<ENTITY>" for label in sorted(labels["relation"])]
    parts: tuple[tuple[str, list[str]], ...] = (
        ("entities", bound),
        ("relations", related),
        ("events", [*told, *done]),
        ("attributes", []),
    )
    return "\n".join("\n".join((f"[{name}]", *lines, "")) for name, lines in parts)
