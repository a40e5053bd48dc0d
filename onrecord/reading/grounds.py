"""Grounds: what in a page's own words ties two parties, beside their standing in one sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import IntEnum

from onrecord.lexicon.load import word_set
from onrecord.model.found import Stretch
from onrecord.record import Attribution, Event, Mention

_TAKEN_IN = frozenset({"member_of", "commands", "located_in"})
_STANCES = frozenset({"supports", "opposes"})
_AGAINST = frozenset({"opposes", "fights"})
_SHOWS = {
    "opposes": frozenset({"opposes", "criticizes", "accuses", "rejects"}),
    "supports": frozenset({"supports", "praises", "agrees", "promises"}),
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[^\w\s]")
_LONGEST = 300  # characters between two parties that are looked at
_DESCRIBING = 4  # words from a preposition on that may come before the place: "in a densely packed Chelsea"
_BETWEEN = 10  # words between a party and the body that it is said to be of


class Ground(IntEnum):
    """How firmly the words tie two parties; a relation must be the likelier the less they do."""

    NEAR = 0  # both stand in one sentence
    CLAUSE = 1  # and in one clause of it
    TOLD = 2  # what is between them, or a deed or statement of one about the other, says so


class Grounds:
    """Looks up what ties two mentions of one sentence."""

    def __init__(self, text: str, told: Sequence[Attribution], events: Sequence[Event]) -> None:
        self._text = text
        self._told = {a.id: a for a in told}
        self._addressed = frozenset((a.speaker, e) for a in told for e in a.addressees)
        self._events = sorted(events, key=lambda e: e.trigger.start)
        self._triggers = [e.trigger.start for e in self._events]

    def of(self, kind: str, one: Mention, other: Mention, said: Sequence[str], sentence: Stretch) -> Ground:
        """Give the ground on which ``one`` can stand so to ``other``.

        ``said`` are the statements that hold one of the two and not the other. Who speaks of somebody
        has taken no side yet: there only a statement that shows one, or a deed, ties the two.
        """
        first, last = (one, other) if one.start < other.start else (other, one)
        gap = self._text[first.end : min(last.start, first.end + _LONGEST)]
        if kind in _TAKEN_IN:
            tied = _lies_in(self._text, one, other) if kind == "located_in" else _belongs(gap, one is first)
            tied = tied and (kind != "commands" or _leads(self._text[first.start : last.end]))
            return Ground.TOLD if tied else Ground.CLAUSE if _one_clause(gap) else Ground.NEAR
        if self._dealt(kind, one, other, sentence):
            return Ground.TOLD
        if kind == "communicated_with" and (one.entity, other.entity) in self._addressed:
            return Ground.TOLD
        speaks = [self._told[a] for a in said if self._told[a].speaker == one.entity]
        if not _one_clause(gap):
            return Ground.NEAR
        if kind in _STANCES and speaks:
            shown = any(a.attitude in _SHOWS[kind] for a in speaks)
            return Ground.TOLD if shown else Ground.NEAR
        return Ground.CLAUSE

    def _dealt(self, kind: str, one: Mention, other: Mention, sentence: Stretch) -> bool:
        """Whether a deed told in the sentence goes from one to the other and is of that kind."""
        at = bisect_left(self._triggers, sentence[0])
        for e in self._events[at : bisect_right(self._triggers, sentence[1])]:
            if kind != "communicated_with" and e.quad.endswith("conflict") != (kind in _AGAINST):
                continue
            if one.entity in e.actors and other.entity in e.recipients:
                return True
            if kind == "fights" and other.entity in e.actors and one.entity in e.recipients:
                return True
        return False


def _words(gap: str) -> list[str]:
    return [w.lower().replace("’", "'") for w in _WORD.findall(gap)]


def _one_clause(gap: str) -> bool:
    """Whether nothing between two parties begins another clause: a mark, or "though", "until", ", and"."""
    if "\n" in gap or len(gap) >= _LONGEST:
        return False
    if gap.count('"') % 2 or gap.count("“") != gap.count("”"):
        return False  # one stands in what is quoted, the other does not
    words = _words(gap)
    for k, word in enumerate(words):
        if word in word_set("begins a clause") or word in (";", ":", "—", "–", "?", "!"):
            return False
        if word in ("and", "but", "or", "as", "that") and k and words[k - 1] == ",":
            return False
    return True


def _belongs(gap: str, party_first: bool) -> bool:
    """Whether a party and a body stand in one noun phrase.

    "NBC moderator Matt Lauer", "the task force's commander, Gen. Ray"; "Ann Lee, head of planning at the
    bank".
    """
    words = _words(gap)
    if len(words) > _BETWEEN or any(w in word_set("no noun phrase") for w in words):
        return False
    if party_first:
        rest = words[1:] if words[:1] == [","] else words
        if rest and rest[-1] == "the":
            rest = rest[:-1]
        return bool(rest) and rest[-1] in ("of", "at", "for", "with", "from") and rest.count(",") == 0
    if words[:1] == ["'s"]:
        words = words[1:]
    marks = [w for w in words if not w[0].isalnum()]
    # A comma only where an office of the body is told before it, or the body after the name's own phrase.
    return (
        marks in ([], [","]) and words[:1] != [","] and not any(w in word_set("after a head") for w in words)
    )


def _leads(words: str) -> bool:
    """Whether the phrase tells of one who leads: "president of", "commanding general"."""
    return any(w in word_set("those who lead") for w in _words(words))


def _lies_in(text: str, one: Mention, place: Mention) -> bool:
    """Whether a preposition of place stands right before the place, or the place opens the sentence so."""
    before = _words(text[max(0, place.start - 60) : place.start])[-_DESCRIBING:]
    lead = next(
        (k for k in range(len(before) - 1, -1, -1) if before[k] in word_set("place prepositions")), None
    )
    if lead is None or any(w in word_set("no noun phrase") or not w[0].isalnum() for w in before[lead + 1 :]):
        return False
    gap = text[one.end : place.start] if one.start < place.start else text[place.end : one.start]
    return _one_clause(gap[:_LONGEST])
