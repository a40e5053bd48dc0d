"""Written passages with events, parties, statements and relations, as offsets (EVENTS.md says how)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.model.labels import CONTEXTS, EVENT_TYPES, MODES, RELATIONS, STATUSES
from training.written.inline import Mark, Marked, MarkupError, passages
from training.written.markup import Attribution, Stretch, attributions_of

LETTERS = "SQCTARPDFE"
_RELATION = re.compile(r"(not )?E(\d+) (\w+) E(\d+)")
_SAME = re.compile(r"T(\d+) same T(\d+)")


@dataclass
class Event:
    """One event: its trigger, what it is, and the stretches of its parties, place, time and figures."""

    type: str
    mode: str | None
    status: str
    contexts: tuple[str, ...]
    trigger: Stretch
    actors: list[Stretch] = field(default_factory=list)
    recipients: list[Stretch] = field(default_factory=list)
    places: list[Stretch] = field(default_factory=list)
    dates: list[Stretch] = field(default_factory=list)
    figures: list[Stretch] = field(default_factory=list)
    same: int | None = None  # place in the passage's list of the event that it tells again


@dataclass(frozen=True)
class Relation:
    """How two entities stand to each other, by their numbers."""

    subject: int
    type: str
    object: int
    negative: bool


@dataclass(frozen=True)
class Scene:
    """One passage with all that is marked in it."""

    text: str
    header: dict[str, str]
    line: int
    attributions: list[Attribution]
    events: list[Event]
    entities: dict[int, list[Stretch]]
    relations: list[Relation]


def scenes(path: Path | str) -> list[Scene]:
    """Read a file of passages; raise MarkupError at the first that is not sound."""
    return [scene(p) for p in passages(Path(path).read_text(encoding="utf-8"), LETTERS)]


def scene(passage: Marked) -> Scene:
    """Make one passage's scene; raise MarkupError where its marks do not fit together."""
    triggers = {m.number: m for m in passage.marks if m.letter == "T"}
    if sum(m.letter == "T" for m in passage.marks) != len(triggers):
        raise MarkupError("an event has two triggers", passage.line)
    if sorted(triggers) != list(range(1, len(triggers) + 1)):
        raise MarkupError("events are not numbered 1 upwards without a gap", passage.line)
    events = [_event(triggers[n]) for n in sorted(triggers)]
    entities: dict[int, list[Stretch]] = defaultdict(list)
    lists = {"A": "actors", "R": "recipients", "P": "places", "D": "dates", "F": "figures"}
    for mark in passage.marks:
        words = passage.text[mark.start : mark.end]
        if words != words.strip():
            raise MarkupError(f"{words!r} begins or ends with a space", mark.line)
        if mark.letter == "E":
            entities[mark.number].append((mark.start, mark.end))
        elif mark.letter in lists:
            if mark.number > len(events):
                raise MarkupError(f"{mark.letter}{mark.number} belongs to no T{mark.number}", mark.line)
            getattr(events[mark.number - 1], lists[mark.letter]).append((mark.start, mark.end))
    relations = []
    for note, line in passage.notes:
        if same := _SAME.fullmatch(note):
            a, b = int(same[1]), int(same[2])
            if not (1 <= b < a <= len(events)):
                raise MarkupError(f"`{note}`: a later event tells an earlier one again", line)
            events[a - 1].same = b - 1
        elif found := _RELATION.fullmatch(note):
            subject, object_ = int(found[2]), int(found[4])
            if found[3] not in RELATIONS:
                raise MarkupError(f"`{found[3]}` is no relation", line)
            if subject not in entities or object_ not in entities or subject == object_:
                raise MarkupError(f"`{note}`: both entities must be marked, and be two", line)
            relations.append(Relation(subject, found[3], object_, bool(found[1])))
        else:
            raise MarkupError(f"`{note}` is neither `E1 arms E2` nor `T2 same T1`", line)
    return Scene(
        passage.text,
        passage.header,
        passage.line,
        attributions_of(passage),
        events,
        dict(entities),
        relations,
    )


def _event(mark: Mark) -> Event:
    parts = mark.detail.split("/")
    if len(parts) != 4:
        raise MarkupError(f"T{mark.number}={mark.detail}: wants TYPE/mode/status/contexts", mark.line)
    kind, mode, status, contexts = parts
    if kind not in EVENT_TYPES:
        raise MarkupError(f"{kind} is no PLOVER type", mark.line)
    if mode != "-" and mode not in MODES.get(kind, ()):
        raise MarkupError(f"{mode} is no mode of {kind}: {' '.join(MODES.get(kind, '-'))}", mark.line)
    if status not in STATUSES:
        raise MarkupError(f"{status} is no status", mark.line)
    named = () if contexts == "-" else tuple(contexts.split("+"))
    if bad := [c for c in named if c not in CONTEXTS]:
        raise MarkupError(f"{bad[0]} is no context", mark.line)
    return Event(kind, None if mode == "-" else mode, status, named, (mark.start, mark.end))
