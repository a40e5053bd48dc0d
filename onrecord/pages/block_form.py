"""The form of an HTML block: that of its line, what it stands in, and how an extractor votes on it
and its like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from onrecord.pages.blocks import Block, Element
from onrecord.pages.form import LETTERS, PROSE, Matrix, around, forms, shifted, since

_MARKS = (
    "nav", "footer", "header", "aside", "form", "figure", "caption", "list", "table", "quote", "article",
    "main",
    "button", "paragraph", "h1", "heading", "comments", "share", "related", "notice", "advert", "byline",
    "body",
    "hidden",
)  # fmt: skip
_LOOKED_AT = 2000
_KIN = 3  # an element, its parent and grandparent: blocks that agree in all three were made by one template


def block_forms(blocks: Sequence[Block], votes: Sequence[float]) -> Matrix:
    """Describe every block of a page, a row each; the columns are what ``weights/blocks.npz`` was
    fitted to.
    """
    lines = forms([block.text for block in blocks])
    rows: dict[frozenset[str], list[float]] = {}
    for b in blocks:
        if b.marks not in rows:
            rows[b.marks] = [float(mark in b.marks) for mark in _MARKS]
    marks = np.array([rows[b.marks] for b in blocks], dtype=np.float32)
    vote = np.array(votes, dtype=np.float32)
    both = np.stack([vote, np.array([b.linked for b in blocks], dtype=np.float32)], axis=1)
    columns = [lines, marks, both]
    for step in (1, 2, 3):
        columns += [shifted(both, step), shifted(both, -step)]
    columns += [around(vote, width)[:, None] for width in (2, 5, 10)]
    chosen = vote > 0.5
    columns.append(
        np.stack(
            [
                np.log1p(since(chosen)),
                np.log1p(since(chosen[::-1])[::-1]),
                np.full(len(vote), chosen.mean(), dtype=np.float32),
            ],
            axis=1,
        )
    )
    weight = vote * lines[:, LETTERS]
    usual = (marks * weight[:, None]).sum(axis=0) / max(1e-6, float(weight.sum()))
    columns.append(np.abs(marks - usual).sum(axis=1, keepdims=True))
    columns.append(_kin(blocks, vote, lines))
    return np.concatenate(columns, axis=1).astype(np.float32)


def _kin(blocks: Sequence[Block], vote: Matrix, lines: Matrix) -> Matrix:
    """Tell how much of the voted text, and of the page's prose, stands in blocks made like this one."""
    names: dict[Element, str] = {}
    kinds = [_template(block.element, names) for block in blocks]
    letters = np.array([min(len(block.text), _LOOKED_AT) for block in blocks], dtype=np.float64)
    voted: dict[str, float] = defaultdict(float)
    prose: dict[str, float] = defaultdict(float)
    everything: dict[str, float] = defaultdict(float)
    for kind, v, p, n in zip(
        kinds,
        (letters * vote).tolist(),
        (letters * (lines[:, PROSE] > 0.5)).tolist(),
        letters.tolist(),
        strict=True,
    ):
        voted[kind] += v
        prose[kind] += p
        everything[kind] += n
    all_voted, all_prose = max(1.0, sum(voted.values())), max(1.0, sum(prose.values()))
    return np.array(
        [
            [
                voted[kind] / all_voted,
                voted[kind] / max(1.0, everything[kind]),
                prose[kind] / all_prose,
                prose[kind] / max(1.0, everything[kind]),
                np.log1p(voted[kind]),
            ]
            for kind in kinds
        ],
        dtype=np.float32,
    )


def _template(element: Element, names: dict[Element, str]) -> str:
    """Name what made a block: its element with its classes, and those of the two around it."""
    around = []
    for _ in range(_KIN):
        if element is None:
            break
        if element not in names:
            names[element] = f"{element.tag}.{(element.get('class') or '')[:200]}"
        around.append(names[element])
        element = element.getparent()
    return "/".join(around)
