"""Mentioned: the names and anaphors of a page with the parties that they are tied to, before the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.reading.coreference import Anaphor, Party
from onrecord.reading.name import Name
from onrecord.reading.nominals import Nominal
from onrecord.reading.setting import Setting


@dataclass(frozen=True, slots=True)
class Mentioned:
    """All mentions of a page.

    ``of`` gives the party of each name, ``ties`` that of each anaphor (None: not known), both as indices of
    ``parties``; ``ties`` may still be filled while speakers are found. ``titles`` are the stretches that the
    model took for names and that are offices alone; ``leaning`` the likeliest party of a pronoun left open.
    """

    setting: Setting
    names: tuple[Name, ...]
    of: tuple[int, ...]
    anaphors: tuple[Anaphor, ...]
    ties: list[int | None]
    parties: list[Party]
    titles: frozenset[tuple[int, int]]
    leaning: dict[int, int]

    def named(self) -> Iterator[tuple[Name, int]]:
        """Give each name with its party."""
        return zip(self.names, self.of, strict=True)

    def tied(self) -> Iterator[tuple[Anaphor, int]]:
        """Give each anaphor that has a party with it."""
        return ((a, k) for a, k in zip(self.anaphors, self.ties, strict=True) if k is not None)

    def nominals(self) -> dict[int, list[Nominal]]:
        """Give the nominals of each party that has some."""
        found: dict[int, list[Nominal]] = {}
        for anaphor, party in self.tied():
            if isinstance(anaphor, Nominal):
                found.setdefault(party, []).append(anaphor)
        return found
