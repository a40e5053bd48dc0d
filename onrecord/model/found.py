"""What the model finds in a text, before reading makes a record of it: labelled stretches, by offset."""

from __future__ import annotations

from dataclasses import dataclass

Stretch = tuple[int, int]
"""Start and end in code points of the text that was read; end is past the last."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch with one label and how sure the model is of it (0 to 1)."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution as the model sees it: three roles, each a list of stretches in text order.

    ``nested`` says that its cue was found inside the content of another.
    """

    source: tuple[Stretch, ...]
    cue: tuple[Stretch, ...]
    content: tuple[Stretch, ...]
    nested: bool
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """All that one pass over a text finds, each list in text order.

    ``names`` are labelled person, organization, place, nationality or other; ``nominals`` (from the
    determiner to the head: "his US counterpart") person, organization, place or other.
    """

    names: tuple[Labelled, ...]
    nominals: tuple[Labelled, ...]
    statements: tuple[Statement, ...]
