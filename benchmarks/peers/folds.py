"""Ourselves, cross-validated: each sentence is read with the weights of its fold, which never saw it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from onrecord.reading.reader import Reader as Ours
from onrecord.reading.relate import PairReading
from training.pairs import fold_of

FOLDS = 5


class Reader:
    """``setting``: the folder that holds ``fold0`` to ``fold4``, trained with ``deeds(..., fold=k)``."""

    def __init__(self, setting: str) -> None:
        paths = [Path(setting) / f"fold{k}" for k in range(FOLDS)]
        for path in paths:
            if not (path / "card.json").is_file():
                raise SystemExit(f"no weights in {path}: five folds are needed, fold0 to fold4")
        self._reader = cache(lambda k: Ours(paths[k]))

    def relate(self, text: str, pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[PairReading]:
        """Read the pairs of a sentence with the weights that it was kept from."""
        return self._reader(fold_of(text, FOLDS)).relate(text, pairs)
