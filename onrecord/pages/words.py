"""Words: what each word of a line is, counted for every line of a page at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np

from onrecord.lexicon.load import rows

Counts = np.ndarray[Any, np.dtype[np.float64]]

FUNCTION, LOWER, UPPER, CAPITALS, SAID, YOU, THIRD = range(7)
_KINDS = 7
_SAID = frozenset(
    {"said", "says", "told", "added", "according", "announced", "reported", "explained", "wrote", "asked"}
)
_YOU = frozenset({"you", "your", "yours"})
_THIRD = frozenset({"he", "she", "they", "his", "her", "their", "it", "its"})


@cache
def function_words() -> frozenset[str]:
    """Give the words that hold sentences together ("the", "of", "und")."""
    return frozenset(word for _, words in rows("function_words") for word in words.split())


def counts(lines: Sequence[Sequence[str]]) -> Counts:
    """Count for each line, given as its words, how many are of each kind: a row a line, a column a kind."""
    kinds = np.array([_kinds(word) for line in lines for word in line], dtype=np.int64)
    # A line's first word says nothing by its capital.
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    first = np.ones(len(owner), dtype=bool)
    first[1:] = owner[1:] != owner[:-1]
    kinds[first] &= ~(1 << UPPER)
    found = [np.bincount(owner[kinds >> kind & 1 == 1], minlength=len(lines)) for kind in range(_KINDS)]
    return np.stack(found, axis=1).astype(np.float64)


@lru_cache(maxsize=1 << 15)
def _kinds(word: str) -> int:
    """Give the kinds of a word, a bit each."""
    small = word.lower()
    return (
        (small in function_words()) << FUNCTION
        | word[0].islower() << LOWER
        | word[0].isupper() << UPPER
        | (len(word) > 1 and word.isupper()) << CAPITALS
        | (small in _SAID) << SAID
        | (small in _YOU) << YOU
        | (small in _THIRD) << THIRD
    )
