"""What the model finds in a text, before reading makes a record of it: labelled stretches, by offset."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.model.decoding import Words
    from onrecord.model.sight import Sight
    from onrecord.model.tokens import Tokens

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
class Party:
    """A stretch that plays a part in an event: actor, recipient, both, place, date or figure."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One event as the model sees it; ``factuality`` -3 to 3, scores 0 to 1."""

    trigger: Stretch
    type: str
    mode: str | None
    status: str
    contexts: tuple[str, ...]
    parties: tuple[Party, ...]
    factuality: float
    score: float
    status_score: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a window's words stand in the text."""

    tokens: Tokens
    begin: int

    def stretch(self, words: Words) -> Stretch:
        """Give the characters of a range of the window's words."""
        return int(self.tokens.starts[self.begin + words[0]]), int(
            self.tokens.ends[self.begin + words[1] - 1]
        )

    def labelled(self, found: list[tuple[Words, str, float]]) -> list[Labelled]:
        """Give ranges with their labels as stretches."""
        return [Labelled(*self.stretch(words), kind, sure) for words, kind, sure in found]


@dataclass(frozen=True, slots=True)
class Found:
    """All that one pass over a text finds, each list in text order.

    ``names`` are labelled person, organization, place, nationality or other; ``nominals`` (from the
    determiner to the head: "his US counterpart") person, organization, place or other. ``sight`` answers
    questions on pairs of stretches without a second pass.
    """

    names: tuple[Labelled, ...]
    nominals: tuple[Labelled, ...]
    statements: tuple[Statement, ...]
    events: tuple[FoundEvent, ...] = ()
    sight: Sight | None = field(default=None, repr=False, compare=False)
