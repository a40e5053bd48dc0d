"""Keeping: which lines or blocks of a page are its article; when unsure, keep."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.pages.block_form import block_forms
from onrecord.pages.blocks import Block
from onrecord.pages.form import forms
from onrecord.pages.net import net
from onrecord.pages.reasons import is_notice

LEAST_FOR_LINES, LEAST_FOR_BLOCKS = 0.35, 0.4
_AD_SHARE = 0.2  # of the kept letters: more is an article on a page that names its parts oddly
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
        return [True] * len(blocks)
    likely = net("blocks").probability(block_forms(blocks, votes))
    return _without_adverts(blocks, [bool(p >= LEAST_FOR_BLOCKS) for p in np.asarray(likely)])


def _without_adverts(blocks: Sequence[Block], keep: list[bool]) -> list[bool]:
    """Leave out what the page itself marks as an advertisement, unless its article stands in such a mark."""
    marked = [good and "advert" in block.marks for block, good in zip(blocks, keep, strict=True)]
    letters = sum(len(block.text) for block, good in zip(blocks, keep, strict=True) if good)
    if sum(len(block.text) for block, ad in zip(blocks, marked, strict=True) if ad) < _AD_SHARE * letters:
        keep = [good and not ad for good, ad in zip(keep, marked, strict=True)]
    return [good and not is_notice(block.text) for block, good in zip(blocks, keep, strict=True)]
