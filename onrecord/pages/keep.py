"""Keeping: which lines or blocks of a page are its article; when unsure, keep."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.pages.block_form import block_forms
from onrecord.pages.blocks import Block
from onrecord.pages.form import forms
from onrecord.pages.net import net

LEAST_FOR_LINES, LEAST_FOR_BLOCKS = 0.35, 0.4
_MOST_LINES = 20_000  # no article has so many: what does is kept whole


def kept_lines(lines: Sequence[str]) -> list[bool]:
    """Choose the lines of a plain text that are its article."""
    if not lines or len(lines) > _MOST_LINES:
        return [True] * len(lines)
    likely = net("lines").probability(forms(lines))
    return [bool(p >= LEAST_FOR_LINES) for p in likely]


def kept_blocks(blocks: Sequence[Block], votes: Sequence[float]) -> list[bool]:
    """Choose the blocks of an HTML page that are its article."""
    if not blocks or len(blocks) > _MOST_LINES:
        return [vote >= 0.5 for vote in votes]
    likely = net("blocks").probability(block_forms(blocks, votes))
    return [bool(p >= LEAST_FOR_BLOCKS) for p in np.asarray(likely)]
