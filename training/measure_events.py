"""Measure events on the written test:  python -m training.measure_events [WEIGHTS] [--files PATTERN]

Triggers count as found where they overlap one of the test; parties where the ends of their heads meet. The
test was written apart from the training passages, and marked a second time by somebody who had not seen the
first marks: ``--second FILE`` says how far the two agree, measured in the same way.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from onrecord.model.card import FOLDER as SHIPPED
from onrecord.model.finder import Finder
from onrecord.model.found import FoundEvent, Party, Stretch
from onrecord.model.labels import RELATIONS, STANCES
from onrecord.reading.relations import least
from training import written
from training.corpora import Example, GoldEvent
from training.written.scenes import scenes


class Tally:
    """Right, found and wanted, by name."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}

    def add(self, name: str, right: int, found: int, wanted: int) -> None:
        """Add to one name's counts."""
        row = self.counts.setdefault(name, [0, 0, 0])
        for i, n in enumerate((right, found, wanted)):
            row[i] += n

    def figures(self) -> dict[str, dict[str, float]]:
        """Give precision, recall and F1 in percent, with the number wanted."""
        shown = {}
        for name, (right, found, wanted) in self.counts.items():
            p, r = 100 * right / max(1, found), 100 * right / max(1, wanted)
            f = 2 * p * r / (p + r) if p + r else 0.0
            shown[name] = {"p": round(p, 1), "r": round(r, 1), "f1": round(f, 1), "n": wanted}
        return shown


def compare(text: str, mine: list[FoundEvent], gold: list[GoldEvent], tally: Tally) -> None:
    """Add one text's events to the tally."""
    left = list(mine)
    tally.add("trigger", 0, len(mine), len(gold))
    tally.add("trigger and type", 0, len(mine), len(gold))
    for kind in {e.type for e in mine} | {g.type for g in gold}:
        tally.add(kind, 0, sum(e.type == kind for e in mine), sum(g.type == kind for g in gold))
    for g in gold:
        hit = next((e for e in left if e.trigger[0] < g.trigger[1] and g.trigger[0] < e.trigger[1]), None)
        if hit is None:
            continue
        left.remove(hit)
        tally.add("trigger", 1, 0, 0)
        if hit.type == g.type:
            tally.add("trigger and type", 1, 0, 0)
            tally.add(g.type, 1, 0, 0)
        tally.add("status", int(hit.status == g.status), 1, 1)
        tally.add(f"status {g.status}", int(hit.status == g.status), 0, 1)
        tally.add(f"status {hit.status}", 0, 1, 0)
        if g.mode is not None and hit.type == g.type:
            tally.add("mode", int(hit.mode == g.mode), int(hit.mode is not None), 1)
        for role, names in (("actor", ("actor", "both")), ("recipient", ("recipient", "both")),
                            ("place", ("place",)), ("date", ("date",)), ("figure", ("figure",))):  # fmt: skip
            a = [(p.start, p.end) for p in hit.parties if p.role in names]
            b = [s for r, s in g.roles if r in names]
            both = sum(any(_met(text, x, y) for y in b) for x in a)
            tally.add(role, both, len(a), len(b))


def _met(text: str, one: Stretch, other: Stretch) -> bool:
    """Whether two stretches share the last word of either's head."""
    return one[0] < other[1] and other[0] < one[1] and bool(_end(text, one) & _end(text, other))


def _end(text: str, stretch: Stretch) -> set[int]:
    words = text[stretch[0] : stretch[1]]
    for stop in (" of ", " in ", " from ", " who ", " that "):
        words = words.split(stop)[0]
    return {stretch[0] + len(words), stretch[1]}


def compare_pairs(finder: Finder, example: Example, tally: Tally) -> None:
    """Add one text's relations and stances, pair by pair of the marked parties."""
    if not example.pairs:
        return
    bars = least()
    said = finder.pairs(finder.see(example.text), [(p.a, p.b) for p in example.pairs])
    for p, s in zip(example.pairs, said, strict=True):
        if s is None:
            continue
        if p.stance is not None:
            found = STANCES[int(s.stance.argmax())]
            tally.add(
                "stance", int(found == p.stance != "none"), int(found != "none"), int(p.stance != "none")
            )
        for way in (0, 1) if p.relations is not None else ():
            for k, kind in enumerate(RELATIONS):
                mine, gold = s.relations[way, k] >= bars[kind], kind in p.relations[way]
                tally.add(f"relation {kind}", int(mine and gold), int(mine), int(gold))
                tally.add("relations", int(mine and gold), int(mine), int(gold))


def as_found(e: GoldEvent) -> FoundEvent:
    """Give a second marker's event in the reader's form."""
    parties = tuple(Party(role, *stretch) for role, stretch in e.roles)
    return FoundEvent(e.trigger, e.type, e.mode, e.status or "", e.contexts, parties, 0.0, 1.0, 1.0)


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path, nargs="?", default=SHIPPED)
    parser.add_argument("--files", default="events_test.txt")
    parser.add_argument("--second", type=Path, help="the same passages marked again, in the same order")
    given = parser.parse_args()
    tally = Tally()
    gold = list(written.eventful(given.files))
    if given.second:
        for one, other in zip(gold, written.examples("second", scenes(given.second)), strict=True):
            assert one.text == other.text, other.text
            compare(one.text, [as_found(e) for e in other.events or ()], list(one.events or ()), tally)
    else:
        finder = Finder(given.weights)
        for example in gold:
            compare(example.text, list(finder.find(example.text).events), list(example.events or ()), tally)
            compare_pairs(finder, example, tally)
    kinds = Counter(e.type for x in gold for e in x.events or ())
    print(json.dumps({"passages": len(gold), "events": kinds.total(), **tally.figures()}, indent=1))


if __name__ == "__main__":
    main()
