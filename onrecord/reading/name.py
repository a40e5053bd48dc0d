"""Name: words of the page that name somebody or something, with the title before them."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.lexicon.known import Country
from onrecord.reading.titles import Title
from onrecord.record import EntityType


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the page; ``whole`` is the index, among all names, of the name that this one stands in.

    ``title`` is what stands before it. ``wide`` is where it starts with its title, the same as ``start``
    where it has none. ``country`` where the words name one.
    """

    start: int
    end: int
    type: EntityType
    country: Country | None = None
    title: Title | None = None
    wide: int = -1
    nested: bool = False
