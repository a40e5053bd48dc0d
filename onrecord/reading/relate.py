"""How two stretches of a text stand to each other: stance, and what the first does to the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.model.finder import Finder
from onrecord.model.found import Stretch
from onrecord.model.labels import DEEDS, STANCES

Stance = Literal["none", "a_supports_b", "b_supports_a", "a_opposes_b", "b_opposes_a"]
_NOTHING = 0.9  # how likely it must be that a does nothing to b for the answer to be None


@dataclass(frozen=True, slots=True)
class PairReading:
    """What is read of a pair (a, b): the stance between them, and the PLOVER type of what a does to b.

    ``event`` is None where a does nothing to b. Scores are how likely each is, 0 to 1.
    """

    stance: Stance
    stance_score: float
    event: str | None
    event_score: float


def relate(finder: Finder, text: str, pairs: Sequence[tuple[Stretch, Stretch]]) -> list[PairReading]:
    """Read each pair; a stretch may end in white space, and must lie within the text.

    Raises ValueError for a stretch that is empty, backwards or outside the text.
    """
    asked = [(_bare(text, a), _bare(text, b)) for a, b in pairs]
    read: list[PairReading] = []
    for paired in finder.pairs(finder.see(text), asked):
        if paired is None:
            read.append(PairReading("none", 0.0, None, 0.0))
            continue
        stance = int(paired.stance.argmax())
        deeds = paired.deeds[0]
        deed = int(deeds[1:].argmax()) + 1
        something = deeds[0] < _NOTHING
        read.append(
            PairReading(
                STANCES[stance],  # type: ignore[arg-type]
                round(float(paired.stance[stance]), 3),
                DEEDS[deed] if something else None,
                round(float(deeds[deed] if something else deeds[0]), 3),
            )
        )
    return read


def factuality(finder: Finder, text: str, predicates: Sequence[Stretch]) -> list[float]:
    """Say how far each predicate is presented as a fact, -3 to 3; ValueError as in :func:`relate`."""
    asked = [_bare(text, p) for p in predicates]
    return finder.factuality(finder.see(text), asked)


def _bare(text: str, stretch: Stretch) -> Stretch:
    start, end = stretch
    if not 0 <= start < end <= len(text):
        raise ValueError(
            f"({start}, {end}) is no stretch of a text of {len(text)} characters: "
            "give 0 <= start < end <= len(text)"
        )
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
