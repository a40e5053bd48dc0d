"""Marked texts for the tests of gathering: what a model would find, written into the text itself."""

from __future__ import annotations

import re

from onrecord.model.found import Found, Labelled, Statement, Stretch
from onrecord.quotes import quotations
from onrecord.reading.gather import Gathered, gather
from onrecord.reading.sentences import sentences

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
