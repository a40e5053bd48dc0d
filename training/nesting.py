"""Statements inside statements, found by the first stage's own reader in the contents of marked ones.

PolNeAR marks the outermost statement only. Read by itself, a content is a text like another, and the reader
finds the statements in it; the second stage learns from these to find them in place, in one pass.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from training.corpora import Example, Gold


def load(path: Path) -> dict[str, list[Gold]]:
    """Read what :mod:`training.find_nested` wrote: by example key, nested statements."""
    rows = json.loads(path.read_text())
    return {
        key: [
            Gold(*(tuple((a, b) for a, b in row[r]) for r in ("source", "cue", "content")), nested=True)
            for row in found
        ]
        for key, found in rows.items()
    }


def added(example: Example, silver: dict[str, list[Gold]]) -> Example:
    """Give the example with its nested statements, where they are known."""
    if example.key not in silver or example.attributions is None:
        return example
    return replace(example, attributions=(*example.attributions, *silver[example.key]), nested_known=True)
