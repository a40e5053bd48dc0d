"""Pairs: how two stretches of a text stand to each other, each way, from one sight of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from onrecord.model.deadline import in_time
from onrecord.model.decoding import Floats, bucket, softmax
from onrecord.model.found import Stretch
from onrecord.model.labels import DEEDS, RELATIONS
from onrecord.model.sight import Seen, Sight

if TYPE_CHECKING:
    import onnxruntime

AROUND, WIDEST = 12, 100  # words to either side of a pair, and in all
BATCH = 12  # pairs a run; bounds memory on a page that is one list of names


@dataclass(frozen=True, slots=True, eq=False)
class Paired:
    """What the model says of one pair (a, b), in the order they were given.

    ``stance``: probabilities over STANCES; ``deeds``: [2, DEEDS], a to b and b to a; ``relations`` and
    ``denied``: [2, RELATIONS], how likely each holds, and if so, how likely the page says it does not.
    """

    stance: Floats
    deeds: Floats
    relations: Floats
    denied: Floats


class PairScorer:
    """Holds the pair reader; :meth:`score` asks it about pairs of one text."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session

    def score(self, sight: Sight, pairs: Sequence[tuple[Stretch, Stretch]]) -> list[Paired | None]:
        """Give what is said of each pair; None where the two overlap, or are too far apart."""
        found: list[Paired | None] = [None] * len(pairs)
        by_window: dict[int, list[tuple[int, bool, tuple[int, int, int, int]]]] = {}
        for i, (a, b) in enumerate(pairs):
            one, other = sight.range(a), sight.range(b)
            turned = other < one
            first, second = (other, one) if turned else (one, other)
            if first[0] == first[1] or second[0] == second[1] or first[1] > second[0]:
                continue
            window = sight.window(first[0])
            seen = sight.windows[window]
            if second[1] <= seen.end and second[1] - first[0] <= WIDEST - 2:
                at = (
                    first[0] - seen.begin,
                    first[1] - seen.begin,
                    second[0] - seen.begin,
                    second[1] - seen.begin,
                )
                by_window.setdefault(window, []).append((i, turned, at))
        for window, asked in sorted(by_window.items()):
            # Pairs of like width together: less is computed for padding.
            asked.sort(key=lambda q: (q[2][3] - q[2][0], q[0]))
            for k in range(0, len(asked), BATCH):
                in_time()
                part = asked[k : k + BATCH]
                directed = self._run(sight.windows[window], [at for _, _, at in part])
                for (i, turned, _), scores in zip(part, directed, strict=True):
                    found[i] = _paired(scores[::-1] if turned else scores)
        return found

    def _run(self, seen: Seen, at: Sequence[tuple[int, int, int, int]]) -> Floats:
        ranges = []
        for a, _, _, end in at:
            margin = max(0, min(AROUND, (WIDEST - (end - a)) // 2))
            ranges.append((max(0, a - margin), min(seen.end - seen.begin, end + margin)))
        longest = max(b - a for a, b in ranges)
        index = np.stack([np.minimum(np.arange(a, a + longest), b - 1) for a, b in ranges])
        there = np.stack([np.arange(longest) < b - a for a, b in ranges])
        a0, a1, b0, b1 = (np.array([[x[i]] for x in at]) for i in range(4))
        held = np.stack(
            [(index >= x) & (index < y) & there for x, y in ((a0, a1), (b0, b1), (a1, b0))], axis=1
        )
        return np.asarray(
            self._session.run(
                None,
                {
                    "words": seen.words.astype(np.float32),
                    "whole": seen.whole.astype(np.float32)[None],
                    "index": index,
                    "to_a": bucket(np.where(index < a0, index - a0, np.maximum(index - a1 + 1, 0))),
                    "to_b": bucket(np.where(index < b0, index - b0, np.maximum(index - b1 + 1, 0))),
                    "held": held.astype(np.float32),
                    "seen": there.astype(np.float32),
                },
            )[0]
        )


def _paired(directed: Floats) -> Paired:
    n, after = len(RELATIONS), 2 + len(DEEDS)
    stance = np.concatenate([[0.0], directed[:, 0], directed[:, 1]]).astype(np.float32)
    likely = (1 / (1 + np.exp(-directed[:, after:]))).astype(np.float32)
    return Paired(softmax(stance), softmax(directed[:, 2:after]), likely[:, :n], likely[:, n:])
