"""Passages written for training, with statements inside statements marked (GUIDELINE.md says how)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.corpora import Example, Gold
from training.written.markup import parse

FOLDER = Path(__file__).parent


def passages(pattern: str = "attributions_[a-s]*.txt") -> Iterator[Example]:
    """Give the written passages of the files that match; by default those for training, not the test."""
    for path in sorted(FOLDER.glob(pattern)):
        for k, passage in enumerate(parse(path)):
            golds = tuple(
                Gold(tuple(a["source"]), tuple(a["cue"]), tuple(a["content"]), a["within"] is not None)
                for a in passage["attributions"]
            )
            yield Example(f"{path.stem}-{k}", passage["text"], attributions=golds, nested_known=True)
