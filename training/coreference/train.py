"""Train the coreference scorer on GUM and write its weights: ``python -m training.coreference.train FOLDER``.

FOLDER is the corpus with ``train`` and ``dev``. A log-linear choice among the candidates and "none of them",
full-batch gradient descent with Adam, in numpy; a minute on one core.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord.quotes import quotations
from onrecord.reading.anaphors import anaphors
from onrecord.reading.coreference import Anaphor, Choose
from onrecord.reading.names import names
from onrecord.reading.nominals import Nominal
from onrecord.reading.parties import gathered, settled
from onrecord.reading.sentences import sentences
from onrecord.reading.setting import set_out
from onrecord.reading.tying import known_parties, tie
from training.coreference.gum import Passage, passages

WEIGHTS = Path(__file__).parents[2] / "onrecord/reading/coreference.json"
ROUNDS = 60
RARE = 3  # features seen fewer times are left out

Choice = tuple[list[list[str]], list[str], int | None]


def choices(passage: Passage) -> list[Choice]:
    """Walk a document with the right answer given each time; give what each choice looked like."""
    seen: list[Choice] = []
    gold_of: dict[int, str | None] = {}

    def oracle(
        anaphor: Anaphor, candidates: Sequence[int], described: Sequence[Sequence[str]], none: Sequence[str]
    ) -> int | None:
        entity = entity_at(passage, anaphor)
        right = next((n for n, k in enumerate(candidates) if entity and gold_of.get(k) == entity), None)
        seen.append(([list(d) for d in described], list(none), right))
        if right is None and isinstance(anaphor, Nominal):
            gold_of[max(gold_of, default=-1) + 1] = entity
        return None if right is None else candidates[right]

    walk(passage, oracle, gold_of)
    return seen


def walk(
    passage: Passage, choose: Choose, gold_of: dict[int, str | None]
) -> tuple[Sequence[Anaphor], list[int | None]]:
    """Tie a document's anaphors; fills ``gold_of`` with the gold entity of most names of each party."""
    setting = set_out(
        passage.text,
        sentences(passage.text),
        [(q.start, q.end) for q in quotations(passage.text) if q.level == 0],
    )
    named = settled(passage.text, names(setting, passage.names))
    of = gathered(passage.text, named)
    votes: dict[int, Counter[str]] = {}
    for name, k in zip(named, of, strict=True):
        entity = _entity(passage, name.start, name.end)
        votes.setdefault(k, Counter())
        if entity:
            votes[k][entity] += 1
    for k, counts in votes.items():
        gold_of[k] = max(counts, key=lambda e: (counts[e], e)) if counts else None
    found = anaphors(setting, named, passage.nominals)
    return found, tie(setting, named, of, found, known_parties(setting, named, of), choose)


def entity_at(passage: Passage, anaphor: Anaphor) -> str | None:
    """Give the gold entity whose head a mention ends on."""
    return _entity(passage, anaphor.start, anaphor.end)


def _entity(passage: Passage, start: int, end: int) -> str | None:
    inside = [(b, -a, e) for a, b, e in passage.heads if a < end and b > start and b <= end + 2]
    return max(inside)[2] if inside else None


def fit(data: Sequence[Choice], *, penalty: float = 1.0) -> dict[str, float]:
    """Fit the weights."""
    counts = Counter(f for described, none, _ in data for d in (*described, none) for f in d)
    number = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}
    rows: list[int] = []
    row_of: list[int] = []
    option_choice: list[int] = []
    right: list[int] = []
    options = 0
    for c, (described, none, answer) in enumerate(data):
        for n, d in enumerate((*described, none)):
            known = [number[f] for f in d if f in number]
            rows += known
            row_of += [options] * len(known)
            option_choice.append(c)
            if n == (len(described) if answer is None else answer):
                right.append(options)
            options += 1
    feature, option = np.array(rows), np.array(row_of)
    choice, gold = np.array(option_choice), np.array(right)
    first = np.flatnonzero(np.diff(choice, prepend=-1))
    target = np.zeros(options)
    target[gold] = 1
    weights, mean, square = np.zeros(len(number)), np.zeros(len(number)), np.zeros(len(number))
    for step in range(1, ROUNDS + 1):
        totals = np.bincount(option, weights[feature], options)
        totals -= np.maximum.reduceat(totals, first)[choice]
        power = np.exp(totals)
        chance = power / np.add.reduceat(power, first)[choice]
        slope = np.bincount(feature, (chance - target)[option], len(number)) + penalty * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= 0.1 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {f: round(float(weights[i]), 3) for f, i in number.items() if abs(weights[i]) >= 0.005}


def main() -> None:
    """Run the training."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--penalty", type=float, default=1.0)
    arguments = parser.parse_args()
    data = [c for p in passages(arguments.folder / "train") for c in choices(p)]
    print(len(data), "choices")
    weights = fit(data, penalty=arguments.penalty)
    told = {
        "source": "trained on GUM train (training/coreference/train.py)",
        "weights": dict(sorted(weights.items())),
    }
    WEIGHTS.write_text(json.dumps(told, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(len(weights), "weights,", WEIGHTS.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
