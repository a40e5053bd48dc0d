"""Examples as the network sees them: windows of words with a label a head, batched by length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.model.labels import (
    CONTEXTS,
    DEEDS,
    NAMES,
    NOMINALS,
    PARTIES,
    RELATIONS,
    ROLES,
    STANCES,
    STATUSES,
    TRIGGERS,
    TYPED_MODES,
)
from onrecord.model.tokens import Ints, Tokens
from onrecord.model.windows import LONGEST, windows
from training.corpora import Example, GoldEvent, GoldPair, Stretch

UNKNOWN = -100
B_SOURCE, B_CUE, B_CONTENT = (ROLES.index(f"B-{r}") for r in ("source", "cue", "content"))


@dataclass(frozen=True, slots=True)
class EventLabels:
    """One event by words: its trigger's range, a row of PARTIES, and the numbers of its qualities.

    ``mode`` and ``status`` are UNKNOWN where not told; ``contexts`` is a row of 0 and 1, or None.
    """

    trigger: Stretch
    type: int
    parties: Ints | None
    mode: int
    status: int
    contexts: Ints | None


@dataclass(frozen=True, slots=True)
class PairLabels:
    """Two ranges of words, the first before the second, and how they stand to each other.

    ``stance`` of STANCES, ``deeds`` of DEEDS each way, UNKNOWN where not told, or -1 for CONCEDE or RETREAT;
    ``relations``: [2, RELATIONS] of 0 and 1 each way, and the same for those said not to be so; or None.
    """

    a: Stretch
    b: Stretch
    stance: int
    deeds: tuple[int, int]
    relations: Ints | None
    negative: Ints | None


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
    triggers: Ints | None = None
    events: tuple[EventLabels, ...] = ()
    pairs: tuple[PairLabels, ...] = ()
    facts: tuple[tuple[Stretch, float], ...] = ()


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
    triggers = None
    if example.events is not None:
        triggers = np.zeros(n, np.int64)
        for e in example.events:
            a, b = word_range(tokens, e.trigger)
            triggers[a:b] = TRIGGERS.index("I")
            triggers[a] = TRIGGERS.index(f"B-{e.type}")
    return Labels(
        tokens, cues, inside, spans, tuple(statements), names, nominals, example.nested_known, triggers,
        tuple(_event(tokens, e) for e in example.events or ()),
        tuple(_pair(tokens, p) for p in example.pairs),
        tuple((word_range(tokens, s), value) for s, value in example.facts),
    )  # fmt: skip


def _event(tokens: Tokens, e: GoldEvent) -> EventLabels:
    parties = None
    if e.status is not None:
        parties = np.zeros(len(tokens.starts), np.int64)
        # Wide stretches first: a place within a party's name is painted over it. Of one stretch's roles
        # the party's stays: "12 soldiers", killed, are whom it was done to; a figure is found by its number.
        for role, stretch in sorted(e.roles, key=lambda r: (r[1][0] - r[1][1], r[0] in PARTIES_PROPER)):
            paint(parties, [word_range(tokens, stretch)], PARTIES.index(f"B-{role}"))
    return EventLabels(
        word_range(tokens, e.trigger),
        TRIGGERS.index(f"B-{e.type}"),
        parties,
        UNKNOWN if e.mode is None else TYPED_MODES.index((e.type, e.mode)),
        UNKNOWN if e.status is None else STATUSES.index(e.status),
        None if e.status is None else np.array([int(c in e.contexts) for c in CONTEXTS]),
    )


YIELD = -1
PARTIES_PROPER = ("actor", "recipient", "both")


def _deed(name: str | None) -> int:
    return UNKNOWN if name is None else YIELD if name == "YIELD" else DEEDS.index(name)


def _swapped(stance: str | None) -> str | None:
    return stance if stance in (None, "none") else {"a": "b", "b": "a"}[stance[0]] + stance[1:-1] + stance[0]


def _pair(tokens: Tokens, p: GoldPair) -> PairLabels:
    a, b = word_range(tokens, p.a), word_range(tokens, p.b)
    stance, deeds, relations, negative = p.stance, p.deeds, p.relations, p.negative
    if b < a:
        a, b, stance, deeds, negative = b, a, _swapped(stance), deeds[::-1], negative[::-1]
        relations = relations and relations[::-1]
    rows = (
        None if relations is None else np.array([[int(r in side) for r in RELATIONS] for side in relations])
    )
    nots = None if relations is None else np.array([[int(r in side) for r in RELATIONS] for side in negative])
    return PairLabels(
        a,
        b,
        UNKNOWN if stance is None else STANCES.index(stance),
        (_deed(deeds[0]), _deed(deeds[1])),
        rows,
        nots,
    )


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
