"""Sight: a text as the encoder saw it, kept so that a later question needs no second look."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.model.found import Stretch
from onrecord.model.tokens import Tokens

Halves = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One window: its words from ``begin`` to ``end``, a vector each, and one for the whole of it.

    Vectors are kept in half precision: a page of 100,000 words takes 75 MB.
    """

    begin: int
    end: int
    words: Halves
    whole: Halves


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A whole text's tokens and windows, in order."""

    tokens: Tokens
    windows: tuple[Seen, ...]

    def range(self, stretch: Stretch) -> Stretch:
        """Give the words that a stretch of characters touches; an empty range where it touches none."""
        t = self.tokens
        begin = int(np.searchsorted(t.ends, stretch[0], side="right"))
        return begin, max(begin, int(np.searchsorted(t.starts, stretch[1], side="left")))

    def window(self, word: int) -> int:
        """Give the number of the window that holds a word."""
        return int(np.searchsorted([w.end for w in self.windows], word, side="right"))
