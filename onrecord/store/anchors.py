"""Where a correction holds on: an entry's own words by quote, with what stands before and after them.

As W3C's TextQuoteSelector and TextPositionSelector together. In the text that it was taken from an anchor is
at its place; in another text it is where its quote has the best context, or nowhere: words are never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.record import Record
from onrecord.store.rows import fold

What = Literal["statement", "event", "relation", "figure", "entity", "mention"]

PARTS: dict[What, str] = {
    "statement": "attributions", "event": "events", "relation": "relations", "figure": "figures",
    "entity": "entities", "mention": "mentions",
}  # fmt: skip
"""The record's field for each kind of entry."""

CONTEXT = 32
ENOUGH = 24
"""So many characters of quote and context must agree: a lone "said" is anybody's."""
_LEAD = 8  # by so much the best context beats the next, or the words are found twice
_MOST = 5_000  # so many places of a quote are looked at


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words by place and by quote; offsets in code points. The words are empty where none may be kept."""

    start: int
    end: int
    quote: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """An entry as it was when it was pointed at: its id, its own words, what it said, and who had read it.

    ``anchor`` is null for an entry without words (an entity that no mention names). ``was`` holds what tells
    entries of one place apart, as words. ``model`` is empty where people made the entry.
    """

    what: What
    entry: str
    anchor: Anchor | None
    was: dict[str, str]
    model: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where an anchor's words are, and how they were found."""

    start: int
    end: int
    how: Literal["place", "quote"]


@dataclass(frozen=True, slots=True)
class Lost:
    """Why an anchor has no place, or an entry is not there."""

    reason: Literal["not found", "found twice"]
    message: str


def anchor_at(text: str, start: int, end: int, *, words: bool = True) -> Anchor:
    """Anchor ``text[start:end]``; with ``words=False`` by its place alone."""
    if not words:
        return Anchor(start, end)
    before = text[max(0, start - CONTEXT) : start]
    return Anchor(start, end, text[start:end], before, text[end : end + CONTEXT])


def locate(text: str, anchor: Anchor, *, same: bool) -> Found | Lost:
    """Find an anchor's words in a text; ``same`` says that it is the text they were taken from.

    In another text the words must stand alone with the best context: where two places fit alike, they are
    found twice; where too little agrees, they are not found.
    """
    if same:
        if anchor.end <= len(text) and anchor.quote in ("", text[anchor.start : anchor.end]):
            return Found(anchor.start, anchor.end, "place")
        return Lost("not found", f"the words are not at {anchor.start}:{anchor.end}")
    if not anchor.quote:
        return Lost("not found", "no words were kept by which to find them in another text")
    told = f"{anchor.quote[:60]!r}"
    whole = [*_places(text, anchor.prefix + anchor.quote + anchor.suffix, 2)]
    if len(whole) > 1:
        return Lost("found twice", f"{told} stands in the same words twice")
    context = len(anchor.prefix) + len(anchor.suffix)
    size = len(anchor.quote)
    if whole and size + context >= ENOUGH:
        start = whole[0] + len(anchor.prefix)
        return Found(start, start + size, "place" if start == anchor.start else "quote")
    ranked = sorted(
        (-_agreement(text, at, at + size, anchor), at) for at in _places(text, anchor.quote, _MOST + 1)
    )
    if len(ranked) > _MOST:
        return Lost("found twice", f"{told} stands there more than {_MOST} times")
    if not ranked or size - ranked[0][0] < ENOUGH:
        return Lost("not found", f"{told} is not there in words like those around it")
    if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _LEAD:
        return Lost("found twice", f"{told} stands in like words more than once")
    start = ranked[0][1]
    return Found(start, start + size, "place" if start == anchor.start else "quote")


def _places(text: str, words: str, most: int) -> Iterator[int]:
    at = text.find(words)
    while at >= 0 and most:
        yield at
        most -= 1
        at = text.find(words, at + 1)


def _agreement(text: str, start: int, end: int, anchor: Anchor) -> int:
    """Count the characters on both sides that agree, from the words outwards."""
    before = text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT]
    return _common(before[::-1], anchor.prefix[::-1]) + _common(after, anchor.suffix)


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


class Entries:
    """A record's entries by kind and id, the words that are each one's own, and what each says."""

    def __init__(self, record: Record, text_id: str, *, words: bool = True) -> None:
        """Take a record; ``text_id`` is of the true text, ``words`` whether the record has its words."""
        self.record = record
        self.text_id = text_id
        self.words = words
        self.model = f"{record.reader.version} {record.reader.model_sha256}"
        self.by: dict[What, dict[str, Any]] = {
            what: {entry.id: entry for entry in getattr(record, part)} for what, part in PARTS.items()
        }
        self._mentions: dict[str, list[Any]] = {}
        for mention in record.mentions:
            self._mentions.setdefault(mention.entity, []).append(mention)
        self._owned: dict[What, dict[str, tuple[int, int] | None]] = {}

    def kind_of(self, entry: str) -> What | None:
        """Give the kind of the entry with this id."""
        return next((what for what, known in self.by.items() if entry in known), None)

    def own_words(self, what: What, entry: str) -> tuple[int, int] | None:
        """Give the stretch that is an entry's own: content, trigger, evidence, or the first name."""
        found = self.by[what][entry]
        span: Any = None
        if what == "statement":
            span = next(iter((*found.content, *found.cue, *found.source)), None)
        elif what == "event":
            span = found.trigger
        elif what == "entity":
            named = self._mentions.get(entry, [])
            span = next((m for m in named if m.kind == "name"), named[0] if named else None)
        elif what == "mention":
            span = found
        else:
            span = found.evidence
        return None if span is None else (span.start, span.end)

    def target(self, what: What, entry: str) -> Target:
        """Point at an entry so that it is found again; KeyError where there is none."""
        place = self.own_words(what, entry)
        text = self.record.document.text
        anchor = None if place is None else anchor_at(text, *place, words=self.words)
        model = "" if entry.startswith("h") else self.model
        return Target(what, entry, anchor, self.says(what, entry), model)

    def says(self, what: What, entry: str) -> dict[str, str]:
        """Give what an entry says, as words that outlive the ids of one reading."""
        e = self.by[what][entry]
        if what == "statement":
            return {"attitude": e.attitude, "kind": e.kind, "speaker": self._name(e.speaker)}
        if what == "event":
            return {
                "type": e.type, "status": e.status, "mode": e.mode or "", "actors": self._names(e.actors),
                "recipients": self._names(e.recipients), "told by": self._tellers(e.according_to),
            }  # fmt: skip
        if what == "relation":
            return {
                "subject": self._name(e.subject), "object": self._name(e.object), "type": e.type,
                "polarity": e.polarity, "told by": self._tellers(e.according_to),
            }  # fmt: skip
        if what == "figure":
            amounts = f"{e.value} {e.low} {e.high}"
            return {"value": amounts, "unit": e.unit, "kind": e.kind or "",
                    "told by": self._tellers(e.according_to)}  # fmt: skip
        if what == "entity":
            return {"name": fold(e.name), "type": e.type}
        return {"kind": e.kind, "entity": self._name(e.entity)}

    def resolve(self, target: Target, text_id: str) -> str | Lost:
        """Give the id of the entry that a target points at; ``text_id`` is of the text it was taken from.

        The same reading's by its id; another's by the words: exactly there, then by the largest overlap; of
        those alike, the one that says most of what was said.
        """
        known = self.by[target.what]
        if target.model == self.model and text_id == self.text_id and target.entry in known:
            return target.entry
        if target.anchor is None:
            return self._of_name(target)
        place = locate(self.record.document.text, target.anchor, same=text_id == self.text_id)
        if isinstance(place, Lost):
            return place
        over: dict[str, float] = {}
        for entry, overlap in self._over(target.what, place):
            over[entry] = max(overlap, over.get(entry, 0))
        ranked = sorted(
            (
                (overlap, sum(says.get(k) == v for k, v in target.was.items()), entry)
                for entry, overlap in over.items()
                if _alike(target, says := self.says(target.what, entry))
            ),
            reverse=True,
        )
        if not ranked:
            there = f"characters {place.start} to {place.end}"
            return Lost("not found", f"the reading has no such {target.what} at {there}")
        if len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]:
            return Lost("found twice", f"{ranked[0][2]} and {ranked[1][2]} fit {target.entry} alike")
        return ranked[0][2]

    def _over(self, what: What, place: Found) -> Iterator[tuple[str, float]]:
        """Give the entries whose own words overlap a place; an exact fit counts above all."""
        if what not in self._owned:
            self._owned[what] = {entry: self.own_words(what, entry) for entry in self.by[what]}
        owned: Mapping[str, tuple[int, int] | None] = self._owned[what]
        if what == "entity":  # by whichever of its mentions is there
            for mention in self.record.mentions:
                shared = _shared((mention.start, mention.end), place)
                if shared:
                    yield mention.entity, shared
            return
        for entry, stretch in owned.items():
            shared = _shared(stretch, place) if stretch else 0
            if shared:
                yield entry, shared

    def _of_name(self, target: Target) -> str | Lost:
        if target.what != "entity":
            return Lost("not found", f"the {target.what} {target.entry} has no words to be found by")
        named = [key for key in self.by["entity"] if self.says("entity", key) == target.was]
        if len(named) == 1:
            return named[0]
        return Lost("found twice" if named else "not found", f"the name {target.was.get('name')!r}")

    def _name(self, entity: str | None) -> str:
        return fold(self.by["entity"][entity].name) if entity is not None else ""

    def _names(self, entities: tuple[str, ...]) -> str:
        return " + ".join(sorted(map(self._name, entities)))

    def _tellers(self, chain: tuple[str, ...]) -> str:
        return " < ".join(self._name(self.by["statement"][a].speaker) for a in chain)


def _shared(stretch: tuple[int, int], place: Found) -> float:
    """Give the share of two stretches that they have in common; an exact fit is 2."""
    common = min(stretch[1], place.end) - max(stretch[0], place.start)
    if common <= 0:
        return 0
    together = max(stretch[1], place.end) - min(stretch[0], place.start)
    return 2 if stretch == (place.start, place.end) else common / together


def _alike(target: Target, says: dict[str, str]) -> bool:
    """Whether an entry may be the one meant: a relation is between the same two, whatever its words."""
    if target.what != "relation":
        return True
    return {says["subject"], says["object"]} == {target.was.get("subject"), target.was.get("object")}
