"""Precision and recall of the ties on GUM: ``python -m training.coreference.measure FOLDER/dev``.

Gold names and nominals in; a gold mention counts where its entity has a name.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from onrecord.reading.coreference import Anaphor, score
from onrecord.reading.nominals import Nominal
from training.coreference.gum import passages
from training.coreference.train import entity_at, walk

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def main() -> None:
    """Run the measurement; each threshold by itself, as later choices build on earlier ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--thresholds", type=float, nargs="*", default=THRESHOLDS)
    arguments = parser.parse_args()
    read = list(passages(arguments.folder))
    for threshold in arguments.thresholds:
        counts: Counter[tuple[str, str]] = Counter()
        for passage in read:
            gold_of: dict[int, str | None] = {}

            def choose(
                anaphor: Anaphor,
                candidates: Sequence[int],
                described: Sequence[Sequence[str]],
                none: Sequence[str],
            ) -> int | None:
                chances = score(described, none)
                best = max(range(len(chances)), key=chances.__getitem__, default=None)
                return candidates[best] if best is not None and chances[best] >= threshold else None  # noqa: B023

            found, ties = walk(passage, choose, gold_of)
            named = len(gold_of)
            entities = {e for e in gold_of.values() if e}
            for anaphor, k in zip(found, ties, strict=True):
                kind = "nominal" if isinstance(anaphor, Nominal) else anaphor.kind
                entity = entity_at(passage, anaphor)
                counts[kind, "gold"] += entity in entities
                tied = k is not None and k < named
                right = k is not None and tied and entity is not None and gold_of.get(k) == entity
                counts[kind, "tied"] += tied and entity is not None
                counts[kind, "loose"] += tied and entity is None
                counts[kind, "right"] += right
        for kind in ("he", "she", "it", "they", "I", "we", "you", "nominal"):
            made, good, gold = (counts[kind, what] for what in ("tied", "right", "gold"))
            p, r = 100 * good / max(1, made), 100 * good / max(1, gold)
            f = 2 * p * r / max(1e-9, p + r)
            print(
                f"{threshold} {kind:8} p {p:5.1f} r {r:5.1f} f1 {f:5.1f} "
                f"right {good} tied {made} (+{counts[kind, 'loose']}) gold {gold}"
            )


if __name__ == "__main__":
    main()
