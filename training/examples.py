"""Examples as the network sees them: windows of words with a label a head, batched by length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.model.labels import NAMES, NOMINALS, ROLES
from onrecord.model.tokens import Ints, Tokens
from onrecord.model.windows import LONGEST, windows
from training.corpora import Example, Stretch

UNKNOWN = -100
B_SOURCE, B_CUE, B_CONTENT = (ROLES.index(f"B-{r}") for r in ("source", "cue", "content"))


@dataclass(frozen=True, slots=True)
class Labels:
    """A text's labels by word; None where the corpus has none.

    ``cues``: 0, 1/2 outer, 3/4 nested. ``inside``: 1 in the content of a statement. ``statements``: a row of
    role labels a statement, with the word ranges of its cue.
    """

    tokens: Tokens
    cues: Ints | None
    inside: Ints | None
    spans: Ints | None
    statements: tuple[tuple[Ints, tuple[Stretch, ...]], ...]
    names: Ints | None
    nominals: Ints | None
    nested_known: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Part of a text that goes through the encoder at once."""

    labels: Labels
    begin: int
    end: int

    @property
    def pieces(self) -> int:
        """Its length in pieces, the two marks at its ends included."""
        return int(self.labels.tokens.first[self.end] - self.labels.tokens.first[self.begin]) + 2


def word_range(tokens: Tokens, stretch: Stretch) -> Stretch:
    """Give the words that a stretch of characters touches."""
    return (int(np.searchsorted(tokens.ends, stretch[0], side="right")),
            int(np.searchsorted(tokens.starts, stretch[1], side="left")))  # fmt: skip


def paint(row: Ints, ranges: Sequence[Stretch], begin_label: int) -> None:
    """Write B at the first word and I at the rest of each range."""
    for a, b in ranges:
        if a < b:
            row[a] = begin_label
            row[a + 1 : b] = begin_label + 1


def label(example: Example, tokens: Tokens) -> Labels:
    """Turn an example's offsets into labels by word."""
    n = len(tokens.starts)
    cues = inside = spans = None
    statements = []
    if example.attributions is not None:
        cues, inside, spans = (np.zeros(n, np.int64) for _ in range(3))
        for gold in sorted(example.attributions, key=lambda g: not g.nested):
            roles = {
                r: [word_range(tokens, s) for s in getattr(gold, r)] for r in ("source", "cue", "content")
            }
            roles = {r: _joined(ranges) for r, ranges in roles.items()}
            if not roles["cue"] or not roles["content"]:
                continue
            row = np.zeros(n, np.int64)
            paint(row, roles["content"], B_CONTENT)
            paint(row, roles["source"], B_SOURCE)
            paint(row, roles["cue"], B_CUE)
            statements.append((row, tuple(roles["cue"])))
            paint(cues, roles["cue"], 3 if gold.nested else 1)
            for a, b in roles["content"]:
                inside[a:b] = 1
            if not gold.nested:
                paint(spans, roles["content"], 3)
                paint(spans, roles["source"], 1)
    names = nominals = None
    if example.names is not None:
        names = np.zeros(n, np.int64)
        for a, b, kind in example.names:
            paint(names, [word_range(tokens, (a, b))], NAMES.index(f"B-{kind}"))
    if example.nominals is not None:
        nominals = np.zeros(n, np.int64)
        for a, b, kind in sorted(example.nominals, key=lambda x: x[0] - x[1]):
            paint(nominals, [word_range(tokens, (a, b))], NOMINALS.index(f"B-{kind}"))
    return Labels(tokens, cues, inside, spans, tuple(statements), names, nominals, example.nested_known)


def _joined(ranges: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for a, b in sorted(ranges):
        if joined and a <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(b, joined[-1][1])
        elif a < b:
            joined.append((a, b))
    return joined


def cut(labels: Labels, rng: random.Random) -> Iterator[Window]:
    """Cut a text into windows, the first of random length."""
    opening = rng.randint(60, LONGEST)
    for begin, end in windows(labels.tokens, LONGEST, opening):
        yield Window(labels, begin, end)


def batches(found: list[Window], rng: random.Random, pieces: int) -> list[list[Window]]:
    """Group windows of like length into batches of about ``pieces`` pieces, in random order."""
    rng.shuffle(found)
    found = sorted(found, key=lambda w: w.pieces + rng.random() * 40)
    grouped: list[list[Window]] = [[]]
    for window in found:
        if grouped[-1] and (len(grouped[-1]) + 1) * max(window.pieces, grouped[-1][-1].pieces) > pieces:
            grouped.append([])
        grouped[-1].append(window)
    rng.shuffle(grouped)
    return grouped
