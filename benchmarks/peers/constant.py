"""A constant: every pair has the commonest type or stance, every event is a fact."""

from __future__ import annotations

from benchmarks.peers.reading import Pair

FACT = 3.0


class Reader:
    """``setting``: the label that every pair gets, an event's type in capitals or a stance."""

    def __init__(self, setting: str) -> None:
        self._pair = Pair(event=setting) if setting.isupper() else Pair(setting or "none")

    def relate(self, text: str, pairs: list[object]) -> list[Pair]:
        """Say the same of each pair."""
        return [self._pair] * len(pairs)

    def factuality(self, text: str, predicates: list[object]) -> list[float]:
        """Say that each predicate is a fact, as most are."""
        return [FACT] * len(predicates)
