"""How well the shipped weights read the written test:  python -m training.measure_written [WEIGHTS]

Whole attributions (cue overlaps, content's word F1 at least 0.8, source overlaps or both have none), for the
outermost and for those within another; and of the nested that are found, how many have the right holder.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from onrecord.model.card import FOLDER
from onrecord.model.finder import Finder
from onrecord.quotes import quotations
from onrecord.reading.statements import Held, statements
from training.corpora import Stretch
from training.written import FOLDER as WRITTEN
from training.written.markup import Attribution, parse


def words(text: str, stretches: Iterable[Stretch]) -> set[int]:
    """Give where the words in the stretches begin."""
    return {a + m.start() for a, b in stretches for m in re.finditer(r"\w+|[–—:]", text[a:b])}


def same(text: str, gold: Attribution, held: Held) -> bool:
    """Whether a statement is the marked attribution, by the measure above."""
    s = held.statement
    content, found = words(text, gold["content"]), words(text, s.content)
    both = 2 * len(content & found) / max(1, len(content) + len(found))
    source, named = words(text, gold["source"]), words(text, s.source)
    cue = bool(words(text, gold["cue"]) & words(text, s.cue))
    return cue and both >= 0.8 and (bool(source & named) or not (source or named))


def main() -> None:
    """Print one line of figures."""
    finder = Finder(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    counts = {"outermost": [0, 0, 0], "nested": [0, 0, 0]}
    holders = [0, 0]
    for passage in parse(WRITTEN / "attributions_test.txt"):
        text = passage["text"]
        held = statements(text, finder.find(text).statements, quotations(text))
        golds = passage["attributions"]
        matched: dict[int, int] = {}
        for i, gold in enumerate(golds):
            free = (j for j, h in enumerate(held) if j not in matched.values() and same(text, gold, h))
            if (j := next(free, None)) is not None:
                matched[i] = j
        for i, gold in enumerate(golds):
            kind = "outermost" if gold["within"] is None else "nested"
            counts[kind][0] += i in matched
            counts[kind][2] += 1
            if kind == "nested" and i in matched:
                holders[1] += 1
                holders[0] += held[matched[i]].holder == matched.get(gold["within"] or 0, -1)
        for h in held:
            counts["outermost" if h.holder is None else "nested"][1] += 1
    figures = {k: _prf(*c) for k, c in counts.items()} | {"holder right": f"{holders[0]} of {holders[1]}"}
    print(json.dumps(figures))


def _prf(matched: int, predicted: int, gold: int) -> dict[str, float]:
    p, r = matched / max(1, predicted), matched / max(1, gold)
    return {"p": round(100 * p, 1), "r": round(100 * r, 1), "f1": round(200 * p * r / ((p + r) or 1), 1)}


if __name__ == "__main__":
    main()
