"""Marked texts for the tests of reading: what a model would find, written into the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from handmade import document_of

from onrecord.model.card import Card
from onrecord.model.found import Found, FoundEvent, Labelled, Party, Statement, Stretch
from onrecord.model.labels import DEEDS, RELATIONS, STANCES
from onrecord.model.pairs import Paired
from onrecord.model.sight import Sight
from onrecord.model.tokens import Tokens
from onrecord.quotes import quotations
from onrecord.reading import Reader
from onrecord.reading.gather import Gathered, gather
from onrecord.reading.reader import LIMIT_SECONDS
from onrecord.reading.sentences import sentences
from onrecord.record import Date, Event, ReaderCard, Record
from training.written import examples
from training.written.inline import passages
from training.written.scenes import LETTERS, scene

_MARK = re.compile(r"\{(\w):([^{}]*)\}")
_TYPES = {"p": "person", "o": "organization", "l": "place", "n": "nationality", "x": "other"}
_NOMINALS = {"P": "person", "O": "organization", "L": "place"}
_ROLES = {"s": "source", "c": "cue", "q": "content"}


class Reading:
    """A text with what was gathered from it, asked by words."""

    def __init__(self, marked: str) -> None:
        text = ""
        names: list[Labelled] = []
        nominals: list[Labelled] = []
        at = 0
        for mark in _MARK.finditer(marked):
            text += marked[at : mark.start()]
            start = len(text)
            text += mark.group(2)
            at = mark.end()
            kind = mark.group(1)
            if kind in _TYPES:
                names.append(Labelled(start, len(text), _TYPES[kind], 1.0))
            else:
                nominals.append(Labelled(start, len(text), _NOMINALS[kind], 1.0))
        self.text = text + marked[at:]
        self._found = Found(tuple(names), tuple(nominals), ())
        self._statements: list[Statement] = []

    def says(self, source: str, cue: str, content: str = "", *, nth: int = 0) -> Reading:
        """Add a statement by its words; ``nth`` counts the source's occurrences."""
        roles: list[tuple[Stretch, ...]] = []
        for words in (source, cue, content):
            places = [m.span() for m in re.finditer(re.escape(words), self.text)] if words else []
            roles.append((places[min(nth, len(places) - 1)],) if places else ())
        self._statements.append(Statement(roles[0], roles[1], roles[2], False, 1.0))
        return self

    @property
    def gathered(self) -> Gathered:
        return gather(self.text, self._found, self._statements, sentences(self.text), quotations(self.text))

    def entity(self, words: str, nth: int = 0) -> str | None:
        """Give the name of the entity that the nth mention of exactly these words stands for."""
        found = self.gathered
        ids = [m.entity for m in found.mentions if m.text == words]
        names = {e.id: e.name for e in found.entities}
        return names[ids[nth]] if nth < len(ids) else None

    def speakers(self) -> list[str | None]:
        found = self.gathered
        names = {e.id: e.name for e in found.entities}
        return [names[s] if s else None for s in found.speakers]

    def addressees(self) -> list[list[str]]:
        found = self.gathered
        names = {e.id: e.name for e in found.entities}
        return [[names[k] for k in ks] for ks in found.addressees]


NOWHERE = Sight(Tokens(*(np.empty(0, dtype=np.int64) for _ in range(7))), ())
Scored = Mapping[tuple[str, str], Paired]


class StandInFinder:
    """Finds what it was told to find; of pairs, by their words, it says what it was told to say."""

    def __init__(self, text: str, found: Found, scored: Scored | None = None) -> None:
        self.card = Card("stand-in", {}, [], [], [], [], {})
        self.asked: list[tuple[str, str]] = []
        self._text, self._found, self._scored = text, found, scored or {}

    def find(self, text: str) -> Found:
        assert text == self._text
        return self._found

    def see(self, text: str) -> Sight:
        assert text == self._text
        return NOWHERE

    def pairs(self, sight: Sight, pairs: Sequence[tuple[Stretch, Stretch]]) -> list[Paired | None]:
        words = [(self._text[slice(*a)], self._text[slice(*b)]) for a, b in pairs]
        self.asked += words
        return [self._scored.get(pair) for pair in words]


def paired(
    stance: str = "none",
    to: Iterable[str] = (),
    back: Iterable[str] = (),
    *,
    denied: bool = False,
    deed: str = "none",
    sure: float = 0.9,
) -> Paired:
    """Make what a model says of a pair: the relations from a ``to`` b and ``back``, each as ``sure``."""
    kinds = np.array([[k in ways for k in RELATIONS] for ways in (tuple(to), tuple(back))])
    return Paired(
        _peaked(STANCES.index(stance), len(STANCES), sure),
        np.stack([_peaked(DEEDS.index(deed), len(DEEDS), sure), _peaked(0, len(DEEDS), sure)]),
        np.where(kinds, sure, 0.05).astype(np.float32),
        np.full(kinds.shape, 0.9 if denied else 0.1, dtype=np.float32),
    )


def _peaked(at: int, size: int, sure: float) -> Any:
    odds = np.full(size, (1 - sure) / (size - 1), dtype=np.float32)
    odds[at] = sure
    return odds


def reading_of(
    text: str, found: Found, published: str | None = None, finder: StandInFinder | None = None
) -> Record:
    """Give the record that the reader makes of a text in which the model finds these things."""
    reader = object.__new__(Reader)
    reader._finder = finder or StandInFinder(text, found)  # type: ignore[assignment]
    reader._card = ReaderCard("0.1.0", "stand-in", "0" * 64)
    reader._limit_seconds = LIMIT_SECONDS
    date = Date(published, "day", "given") if published else Date(None, None, "the page does not say")
    return reader.read(document_of(text, published=date))


class Told:
    """A text in the notation of ``training/written/EVENTS.md``, taken for what a model finds, and its record.

    A name or nominal that the model sees is an entity's mark with its type: ``{E1=p Ann Lee}``, of the
    letters that :class:`Reading` knows. ``sure`` is how sure the model is of each event's status.
    """

    def __init__(self, marked: str, scored: Scored | None = None, *, sure: float = 1.0) -> None:
        [passage] = passages(marked, LETTERS)
        [example] = examples("marked", [scene(passage)])
        self.text = passage.text
        self._published = passage.header.get("published")
        seen = sorted((m for m in passage.marks if m.letter == "E" and m.detail), key=lambda m: m.start)
        self.found = Found(
            tuple(Labelled(m.start, m.end, _TYPES[m.detail], 1.0) for m in seen if m.detail in _TYPES),
            tuple(Labelled(m.start, m.end, _NOMINALS[m.detail], 1.0) for m in seen if m.detail in _NOMINALS),
            tuple(
                Statement(g.source, g.cue, g.content, g.nested, 1.0)
                for g in sorted(example.attributions or (), key=lambda g: g.cue)
            ),
            tuple(
                FoundEvent(
                    trigger=e.trigger,
                    type=e.type,
                    mode=e.mode,
                    status=e.status or "asserted",
                    contexts=e.contexts,
                    parties=tuple(
                        Party(role, *at) for role, at in sorted(e.roles, key=lambda r: (r[1], r[0]))
                    ),
                    factuality=2.5,
                    score=0.8,
                    status_score=sure,
                )
                for e in sorted(example.events or (), key=lambda e: e.trigger)
            ),
            NOWHERE,
        )
        self.finder = StandInFinder(self.text, self.found, scored)

    @cached_property
    def record(self) -> Record:
        """Give the record, which the reader has checked."""
        return reading_of(self.text, self.found, self._published, self.finder)

    def names(self, ids: Iterable[str | None]) -> list[str | None]:
        """Give the names of entities by id."""
        known = {e.id: e.name for e in self.record.entities}
        return [None if i is None else known[i] for i in ids]

    def sides(self, event: Event) -> tuple[list[str | None], list[str | None]]:
        """Give the names of an event's actors and recipients."""
        return self.names(event.actors), self.names(event.recipients)

    def tellers(self, chain: Iterable[str]) -> list[str | None]:
        """Give the names of a chain's speakers, innermost first."""
        of = {a.id: a.speaker for a in self.record.attributions}
        return self.names(of[a] for a in chain)

    def relations(self) -> list[tuple[str | None, str, str | None, str]]:
        """Give each relation as its subject's name, type, object's name and polarity."""
        return [
            (self.names([r.subject])[0], r.type, self.names([r.object])[0], r.polarity)
            for r in self.record.relations
        ]
