"""Votes: which blocks of a page an extractor's text holds, told by runs of three words."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_RUN = 3


def votes(blocks: Sequence[str], extracted: str) -> list[float]:
    """Give for each block the share of its words that the extracted text has in the same runs of three."""
    runs: set[tuple[str, ...]] = set()
    short: set[tuple[str, ...]] = set()
    for line in extracted.split("\n"):
        words = tuple(_WORD.findall(line))
        if len(words) <= _RUN:
            short.add(words)
        runs.update(zip(words, words[1:], words[2:], strict=False))
    shares = []
    for block in blocks:
        words = tuple(_WORD.findall(block))
        if len(words) < _RUN:
            shares.append(float(words in short))
        else:
            found = [run in runs for run in zip(words, words[1:], words[2:], strict=False)]
            shares.append(sum(found) / len(found))
    return shares
